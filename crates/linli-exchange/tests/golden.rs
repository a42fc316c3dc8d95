//! The sample files, read as their descriptions say they should be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use std::collections::BTreeMap;

use common::{TODAY, applied, cleaned, read, sample};
use linli_exchange::Private;
use linli_exchange::register::{
    self, Column, Duplicates, Encoding, Existing, FieldChange, IdDoubt, IssueKind, Plan,
    RepeatKind, Severity,
};
use serde_json::Value;

#[test]
fn the_estate_has_its_1946_rows_792_rooms_and_their_known_quirks() {
    let sheet = read(&sample("registry-fengshengyuan.xlsx")).unwrap();
    assert_eq!(
        (sheet.name.as_deref(), sheet.header_row, sheet.encoding),
        (Some("住户台账"), 2, Encoding::Workbook)
    );
    assert_eq!(
        (sheet.columns.len(), sheet.unread.len(), sheet.rows.len()),
        (11, 0, 1946)
    );
    assert_eq!(
        (
            sheet.rows.first().unwrap().line,
            sheet.rows.last().unwrap().line
        ),
        (3, 1948)
    );

    let cleaned = register::clean(&sheet, TODAY);
    let counts = cleaned.counts;
    assert_eq!(
        (counts.rows, counts.units, counts.persons),
        (1946, 792, 1943)
    );
    assert_eq!(
        (counts.repeated, counts.refused, counts.without_person),
        (3, 0, 0)
    );
    assert_eq!(counts.doubtful_ids, 9);

    let repeats: Vec<(u32, u32)> = cleaned.repeats.iter().map(|r| (r.first, r.line)).collect();
    assert_eq!(repeats, [(40, 41), (895, 896), (1678, 1679)]);
    assert!(cleaned.repeats.iter().all(|r| r.kind == RepeatKind::Same));

    let wrong_check = IssueKind::Id {
        doubt: IdDoubt::CheckCharacter,
    };
    assert_eq!(
        cleaned
            .issues
            .iter()
            .filter(|i| i.kind == wrong_check)
            .count(),
        9
    );
    let others: Vec<_> = cleaned
        .issues
        .iter()
        .filter(|i| i.kind != wrong_check)
        .map(|i| i.kind.severity())
        .collect();
    assert_eq!(
        others,
        [Severity::Note; 3],
        "the three repeats and nothing else"
    );

    let buildings: std::collections::BTreeSet<&str> =
        cleaned.units.keys().map(|k| k.building()).collect();
    assert_eq!(
        buildings.into_iter().collect::<Vec<_>>(),
        ["1", "2", "3", "4", "5", "6", "7", "8"]
    );
    assert!(
        cleaned
            .units
            .keys()
            .all(|k| ["1", "2", "3"].contains(&k.stair()))
    );
    assert!(
        cleaned
            .units
            .values()
            .all(|unit| unit.area.is_some() && unit.usage.is_some())
    );
}

#[test]
fn gb_18030_reads_as_utf_8_does() {
    let utf8 = read(&sample("registry-small-utf8.csv")).unwrap();
    let gb = read(&sample("registry-small-gb18030.csv")).unwrap();
    assert_eq!(
        (utf8.encoding, gb.encoding),
        (Encoding::Utf8, Encoding::Gb18030)
    );
    assert_eq!(utf8.rows, gb.rows);
    assert_eq!((utf8.header_row, utf8.rows.len()), (1, 100));
    assert_eq!(register::clean(&utf8, TODAY), register::clean(&gb, TODAY));
}

#[test]
fn the_same_table_as_utf_16_or_with_other_delimiters_reads_the_same() {
    let plain = sample("registry-small-utf8.csv");
    let text = std::str::from_utf8(&plain)
        .unwrap()
        .trim_start_matches('\u{FEFF}')
        .to_owned();
    let expected = read(&plain).unwrap().rows;
    let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{FEFF}{text}")
            .encode_utf16()
            .flat_map(unit)
            .collect()
    };
    for (bytes, encoding) in [
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes), Encoding::Utf16Be),
        (text.replace(',', "\t").into_bytes(), Encoding::Utf8),
        (text.replace(',', ";").into_bytes(), Encoding::Utf8),
        (text.replace("\r\n", "\r").into_bytes(), Encoding::Utf8),
        (text.replace("\r\n", "\n").into_bytes(), Encoding::Utf8),
    ] {
        let sheet = read(&bytes).unwrap();
        assert_eq!(sheet.encoding, encoding);
        assert_eq!(sheet.rows, expected);
    }
}

/// The plan from November to December.
fn months() -> (Existing, Plan, Value) {
    let november = Existing::from(&cleaned(&sample("registry-small-utf8.csv")));
    let december = cleaned(&sample("registry-2026-12.xlsx"));
    assert_eq!(december.counts.rows, 103);
    let plan = register::plan(&november, &december, Duplicates::Update);
    let expected = serde_json::from_slice(&sample("registry-2026-12.expected.json")).unwrap();
    (november, plan, expected)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        number => Some(number.to_string()),
    }
}

fn shown(value: &Option<Private<String>>) -> Option<String> {
    value.as_ref().map(|v| v.reveal().clone())
}

/// Changes by the names that the expected file uses.
fn by_name(changes: &[FieldChange]) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let name = |column: Column| match column {
        Column::IdNumber => "id".to_owned(),
        column => serde_json::to_value(column)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned(),
    };
    changes
        .iter()
        .map(|c| (name(c.column), (shown(&c.old), shown(&c.new))))
        .collect()
}

fn fields(value: &Value) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let pairs = value.as_object().unwrap().iter();
    pairs
        .map(|(name, pair)| (name.clone(), (text(&pair[0]), text(&pair[1]))))
        .collect()
}

#[test]
fn december_adds_exactly_the_seven_who_came() {
    let (_, plan, expected) = months();
    let found: Vec<_> = plan
        .add
        .iter()
        .map(|add| {
            assert_eq!(add.resembles, None);
            let p = &add.person;
            let columns = [
                Column::Name,
                Column::Relation,
                Column::Phone,
                Column::IdNumber,
                Column::Plate,
                Column::Note,
            ];
            (
                add.line,
                p.unit.to_string(),
                columns.map(|c| shown(&p.text(c))),
            )
        })
        .collect();
    let wanted: Vec<_> = list(&expected, "added")
        .iter()
        .map(|v| {
            let columns =
                ["name", "relation", "phone", "id", "plate", "note"].map(|name| text(&v[name]));
            (
                u32::try_from(v["new_row"].as_u64().unwrap()).unwrap(),
                text(&v["unit"]).unwrap(),
                columns,
            )
        })
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn december_changes_and_moves_exactly_those_it_should() {
    let (_, plan, expected) = months();
    let found: Vec<_> = plan
        .update
        .iter()
        .map(|u| {
            let moved = u
                .moved
                .as_ref()
                .map(|m| (m.from.to_string(), m.to.to_string()));
            ((u.record.clone(), u.line), moved, by_name(&u.changes))
        })
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let rows = |v: &Value| {
        (
            text(&v["old_row"]).unwrap(),
            u32::try_from(v["new_row"].as_u64().unwrap()).unwrap(),
        )
    };
    let moved = list(&expected, "moved").iter().map(|v| {
        (
            rows(v),
            Some((text(&v["from"]).unwrap(), text(&v["to"]).unwrap())),
            fields(&v["fields"]),
        )
    });
    let changed = list(&expected, "changed")
        .iter()
        .map(|v| (rows(v), None, fields(&v["fields"])));
    let wanted: Vec<_> = moved
        .chain(changed)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(found, wanted);
    assert_eq!(
        plan.counts.cleared, 3,
        "a phone, an ID number and a note became blank"
    );
}

#[test]
fn december_lists_those_who_are_gone_and_the_units_that_changed() {
    let (_, plan, expected) = months();
    let missing: Vec<_> = plan
        .missing
        .iter()
        .map(|m| {
            (
                m.record.clone(),
                m.unit.to_string(),
                m.name.reveal().clone(),
            )
        })
        .collect();
    let wanted: Vec<_> = list(&expected, "removed")
        .iter()
        .map(|v| {
            (
                text(&v["old_row"]).unwrap(),
                text(&v["unit"]).unwrap(),
                text(&v["name"]).unwrap(),
            )
        })
        .collect();
    assert_eq!(missing, wanted);

    let units: BTreeMap<_, _> = plan
        .units_update
        .iter()
        .map(|u| (u.key.to_string(), by_name(&u.changes)))
        .collect();
    let wanted: BTreeMap<_, _> = list(&expected, "units_changed")
        .iter()
        .map(|v| {
            let mut changes = v.clone();
            let unit = text(&changes.as_object_mut().unwrap().remove("unit").unwrap()).unwrap();
            (unit, fields(&changes))
        })
        .collect();
    assert_eq!(units, wanted);
}

#[test]
fn december_counts_as_expected_and_asks_nothing() {
    let (_, plan, expected) = months();
    let count = |name: &str| u32::try_from(expected["counts"][name].as_u64().unwrap()).unwrap();
    assert_eq!(plan.counts.rows, count("rows_new"));
    assert_eq!(plan.counts.add, count("added"));
    assert_eq!(plan.counts.missing, count("removed"));
    assert_eq!(plan.counts.moved, count("moved_within_estate"));
    assert_eq!(
        plan.counts.update,
        count("changed") + count("moved_within_estate")
    );
    assert_eq!(plan.counts.same, count("unchanged"));
    assert_eq!(plan.counts.units_update, count("units_changed"));
    assert_eq!(
        plan.counts.units_same,
        count("units") - count("units_changed")
    );
    assert_eq!(
        (
            plan.counts.ask,
            plan.counts.skipped,
            plan.counts.repeated,
            plan.counts.units_add
        ),
        (0, 0, 0, 0)
    );
}

#[test]
fn an_approved_december_finds_nothing_more_to_do() {
    let (november, plan, _) = months();
    let after = applied(&november, &plan);
    let again = register::plan(
        &after,
        &cleaned(&sample("registry-2026-12.xlsx")),
        Duplicates::Update,
    );
    assert_eq!(
        (
            again.counts.add,
            again.counts.update,
            again.counts.units_update,
            again.counts.ask
        ),
        (0, 0, 0, 0)
    );
    assert_eq!(again.counts.same, 103);
    assert_eq!(
        again.missing, plan.missing,
        "nobody is removed by an import"
    );
}

#[test]
fn previews_survive_the_disk_and_reach_no_log() {
    let (_, plan, _) = months();
    let kept = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&kept).unwrap(), plan);
    let december = cleaned(&sample("registry-2026-12.xlsx"));
    let kept = serde_json::to_string(&december).unwrap();
    assert_eq!(
        serde_json::from_str::<register::Cleaned>(&kept).unwrap(),
        december
    );

    let sheet = read(&sample("registry-2026-12.xlsx")).unwrap();
    let logged = format!("{plan:?}{december:?}{sheet:?}");
    for add in &december.persons {
        for column in [Column::Name, Column::Phone, Column::IdNumber, Column::Plate] {
            if let Some(value) = add.person.text(column) {
                assert!(
                    !logged.contains(value.reveal()),
                    "row {} {column} is in a log",
                    add.line
                );
            }
        }
    }
    assert!(!logged.contains("2-1-502"));
}

#[test]
fn our_reader_of_workbooks_sees_the_cells_that_calamine_sees() {
    use calamine::{Data, Reader};
    for name in ["registry-fengshengyuan.xlsx", "registry-2026-12.xlsx"] {
        let bytes = sample(name);
        let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice())).unwrap();
        let range = book.worksheet_range("住户台账").unwrap();
        let theirs: Vec<Vec<String>> = range
            .rows()
            .skip(2)
            .map(|row| {
                row.iter()
                    .filter(|c| **c != Data::Empty)
                    .map(ToString::to_string)
                    .collect()
            })
            .collect();
        let ours: Vec<Vec<String>> = read(&bytes)
            .unwrap()
            .rows
            .iter()
            .map(|row| {
                let order = [
                    Column::Building,
                    Column::Stair,
                    Column::Room,
                    Column::Area,
                    Column::Name,
                    Column::Phone,
                    Column::IdNumber,
                    Column::Relation,
                    Column::Use,
                    Column::Plate,
                    Column::Note,
                ];
                order
                    .iter()
                    .filter_map(|c| row.cells.get(c))
                    .map(|cell| cell.text.reveal().clone())
                    .collect()
            })
            .collect();
        assert_eq!(ours, theirs);
    }
}
