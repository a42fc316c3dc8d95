//! The sample node's register: eight buildings of three stairs, imports in all their stages.

use super::{NOW_MS, Node};
use linli_view::api::{
    AskItem, BatchCounts, BatchItem, BatchReport, BatchStage, BatchWritten, BuildingItem,
    Duplicates, Fault, FaultCode, IssueItem, PersonItem, RegisterAsk, RegisterCell, RegisterFound,
    RegisterPlaces, RegisterSaid, RegisterUnit, Reply, UnitRecord,
};

/// Buildings, and units of a stair.
const BUILDINGS: u32 = 8;
const FLOORS: u32 = 11;

/// What it holds.
#[derive(Default)]
pub struct Sample {
    /// Nothing yet.
    pub empty: bool,
    /// Imports, the newest last.
    pub batches: Vec<BatchReport>,
    /// Set: the next act fails with this code.
    pub fails: Option<FaultCode>,
}

/// An import of the estate with doubts of every kind.
pub fn report(batch: &str, mode: Duplicates) -> BatchReport {
    let issue = |row: u32, severity: &str, zh: &str, en: &str| IssueItem {
        row: Some(row),
        severity: severity.into(),
        zh: format!("第 {row} 行{zh}"),
        en: format!("Row {row}{en}"),
    };
    let mut issues = vec![
        issue(
            17,
            "refused",
            ":没有写明楼栋或房号,该行未导入;请补上后重新导入。",
            ": building or room missing; this row was not imported.",
        ),
        issue(
            233,
            "refused",
            "「房号」:看不懂这个写法,该行未导入;请改成数字,如 3号楼、2单元、501。",
            ", Room: not understood; this row was not imported.",
        ),
    ];
    let phones = (0..70).map(|n| {
        issue(
            300 + n,
            "warning",
            "「手机号码」:不像是电话号码,已原样保留;请核对。",
            ", Phone: this does not look like a phone number; kept as written.",
        )
    });
    issues.extend(phones);
    issues.push(issue(
        512,
        "note",
        ":与第 511 行相同,未重复导入。",
        ": the same as row 511.",
    ));
    let ask = |row: u32, why: &str, first| AskItem {
        row,
        why: why.into(),
        first,
    };
    BatchReport {
        batch: batch.into(),
        file: "丰盛园花名册2026年12月.xlsx".into(),
        stage: BatchStage::Preview,
        at_ms: NOW_MS - 60_000,
        mode,
        counts: BatchCounts {
            rows: 1_946,
            units: 792,
            persons: 1_899,
            vehicles: 410,
            refused: 2,
            add: 1_720,
            update: 12,
            moved: 3,
            same: 160,
            skipped: 0,
            ask: 2,
            missing: 4,
            units_add: 700,
            units_update: 5,
            units_ask: 0,
        },
        issues,
        asks: vec![ask(88, "differs", None), ask(512, "repeats_row", Some(511))],
        units_ask: Vec::new(),
        written: None,
    }
}

impl Node {
    pub(super) fn register(&mut self, ask: &RegisterAsk) -> Reply {
        let acts = matches!(
            ask,
            RegisterAsk::Apply { .. } | RegisterAsk::Undo { .. } | RegisterAsk::Cell { .. }
        );
        if let Some(code) = self.register.fails.filter(|_| acts) {
            return Reply::Fault(Fault::of(code));
        }
        let sample = &mut self.register;
        let said = match ask {
            RegisterAsk::Places if sample.empty => RegisterSaid::Places(RegisterPlaces::default()),
            RegisterAsk::Places => RegisterSaid::Places(places()),
            RegisterAsk::Units { building } => RegisterSaid::Units {
                building: building.clone(),
                units: units(building),
            },
            RegisterAsk::Unit { unit } => RegisterSaid::Unit(record(unit)),
            RegisterAsk::Find { query } => RegisterSaid::Found(found(query)),
            RegisterAsk::Batches => RegisterSaid::Batches(sample.list()),
            RegisterAsk::Read {
                file, duplicates, ..
            } => {
                let batch = format!("b{}", sample.batches.len() + 1);
                sample.batches.push(BatchReport {
                    file: file.clone(),
                    ..report(&batch, *duplicates)
                });
                sample.batch(&batch)
            }
            RegisterAsk::Batch { batch } => sample.batch(batch),
            RegisterAsk::Apply { batch } => {
                let one = sample.one(batch);
                one.stage = BatchStage::Applied;
                one.written = Some(BatchWritten {
                    buildings: 8,
                    rooms: 700,
                    households: 700,
                    persons: 1_720,
                    vehicles: 380,
                    updated: 17,
                    cells_elsewhere: 3,
                });
                sample.batch(batch)
            }
            RegisterAsk::Undo { batch } => {
                let one = sample.one(batch);
                (one.stage, one.written) = (BatchStage::Undone, None);
                sample.batch(batch)
            }
            RegisterAsk::Cell { cell, places } => RegisterSaid::Cell {
                cell: cell.clone(),
                places: places.clone(),
                changed: 1,
            },
        };
        Reply::Register(Box::new(said))
    }
}

impl Sample {
    fn one(&mut self, batch: &str) -> &mut BatchReport {
        let found = self.batches.iter_mut().find(|one| one.batch == batch);
        found.unwrap()
    }

    fn batch(&mut self, batch: &str) -> RegisterSaid {
        RegisterSaid::Batch(self.one(batch).clone())
    }

    fn list(&self) -> Vec<BatchItem> {
        let one = |of: &BatchReport| BatchItem {
            batch: of.batch.clone(),
            file: of.file.clone(),
            stage: of.stage,
            at_ms: of.at_ms,
            rows: of.counts.rows,
        };
        self.batches.iter().rev().map(one).collect()
    }
}

fn places() -> RegisterPlaces {
    let cell = |no: u32| RegisterCell {
        cell: format!("{no:02}"),
        units: 66,
        buildings: vec![(no * 2 - 1).to_string(), (no * 2).to_string()],
    };
    RegisterPlaces {
        buildings: (1..=BUILDINGS)
            .map(|no| BuildingItem {
                building: no.to_string(),
                units: 3 * FLOORS,
            })
            .collect(),
        cells: (1..=3).map(cell).collect(),
        without: 66,
    }
}

fn units(building: &str) -> Vec<RegisterUnit> {
    let floors = (1..=3).flat_map(|stair| (1..=FLOORS).map(move |floor| (stair, floor)));
    floors
        .map(|(stair, floor)| RegisterUnit {
            unit: format!("{building}-{stair}-{floor}01"),
            usage: Some(if floor == 4 { "出租" } else { "自住" }.into()),
            persons: if floor == 9 { 0 } else { 1 + floor % 4 },
            cell: Some("02".into()),
        })
        .collect()
}

fn person(unit: &str, name: &str, relation: &str) -> PersonItem {
    PersonItem {
        unit: unit.into(),
        name: name.into(),
        relation: Some(relation.into()),
        phones: vec!["13900000123".into()],
    }
}

fn record(unit: &str) -> UnitRecord {
    UnitRecord {
        unit: unit.into(),
        usage: Some("自住".into()),
        area_dm2: Some(8_962),
        cell: Some("02".into()),
        persons: vec![
            person(unit, "袁静文", "户主"),
            person(unit, "欧阳小满", "女儿"),
        ],
        vehicles: vec!["京AD12345".into()],
    }
}

fn found(query: &str) -> RegisterFound {
    let known = !query.contains('无');
    RegisterFound {
        query: query.into(),
        units: Vec::new(),
        persons: if known {
            vec![
                person("3-2-501", "袁静文", "户主"),
                person("5-1-1101", "袁天", "租客"),
            ]
        } else {
            Vec::new()
        },
    }
}
