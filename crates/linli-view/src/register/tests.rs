//! What the page says of the register, and what may be written when.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::{
    AskItem, BatchCounts, BatchStage, BuildingItem, Event, Fault, FaultCode, Incoming, IssueItem,
    PersonItem, PrincipalKind, RegisterSaid, Reply, Request, Topic,
};
use crate::samples::{NOW, en, model as sample, zh};
use proptest::prelude::*;

fn office(keeps: bool) -> Model {
    let mut model = sample();
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    (me.kind, me.keeps_register) = (PrincipalKind::Office, keeps);
    model
}

fn say(model: &mut Model, ask: RegisterAsk, said: RegisterSaid) -> crate::model::Folded {
    model.asked(77, Request::Register(ask));
    let reply = Reply::Register(Box::new(said));
    model.fold(Incoming::Reply { id: 77, reply })
}

fn places(model: &mut Model) {
    let building = |name: &str, units| BuildingItem {
        building: name.into(),
        units,
    };
    let said = RegisterPlaces {
        buildings: vec![building("3", 2), building("会所", 1)],
        ..RegisterPlaces::default()
    };
    say(model, RegisterAsk::Places, RegisterSaid::Places(said));
}

fn report(mode: Duplicates, counts: BatchCounts) -> BatchReport {
    BatchReport {
        batch: "b1".into(),
        file: "花名册.xlsx".into(),
        mode,
        counts,
        ..BatchReport::default()
    }
}

fn imported(report: BatchReport) -> (Model, RegisterState) {
    let mut model = office(true);
    let state = RegisterState {
        desk: Desk::Import,
        batch: Some(report.batch.clone()),
        ..RegisterState::default()
    };
    let batch = report.batch.clone();
    say(
        &mut model,
        RegisterAsk::Batch { batch },
        RegisterSaid::Batch(report),
    );
    (model, state)
}

fn shown(model: &Model, state: &RegisterState) -> Box<ImportPage> {
    match page(&zh(), NOW, model, state).beside {
        Beside::Import(page) => page,
        other => panic!("{other:?}"),
    }
}

fn reported(model: &Model, state: &RegisterState) -> Box<Report> {
    match shown(model, state).step {
        ImportStep::Report(report) => report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn buildings_open_into_stairs_and_units() {
    let mut model = office(true);
    let mut state = RegisterState::default();
    assert_eq!(page(&zh(), NOW, &model, &state).notes, ["正在取登记……"]);
    places(&mut model);
    let unit = |unit: &str, persons| RegisterUnit {
        unit: unit.into(),
        usage: Some("自住".into()),
        persons,
        cell: Some("02".into()),
    };
    let units = vec![unit("3-1-101", 3), unit("3-2-101", 0)];
    let building = "3".to_owned();
    let ask = RegisterAsk::Units {
        building: building.clone(),
    };
    say(&mut model, ask, RegisterSaid::Units { building, units });
    let words = |page: &RegisterPage| -> Vec<String> {
        page.rows.iter().map(|row| row.word.clone()).collect()
    };
    let closed = page(&zh(), NOW, &model, &state);
    assert_eq!(words(&closed), ["3号楼", "会所"]);
    assert_eq!(closed.count, "2 栋楼 · 3 户");
    state.building = Some("3".into());
    let open = page(&zh(), NOW, &model, &state);
    assert_eq!(
        words(&open),
        ["3号楼", "1单元", "3-1-101", "2单元", "3-2-101", "会所"]
    );
    assert_eq!(open.rows[2].beside, "自住 · 3 人 · 网格02");
    assert_eq!(
        open.rows[4].beside, "自住 · 网格02",
        "nobody is not counted"
    );
    assert!(open.rows[1].go.is_none(), "a stair is a heading");
    let ids: std::collections::BTreeSet<_> = open.rows.iter().map(|row| &row.id).collect();
    assert_eq!(ids.len(), open.rows.len(), "each line is its own");
}

#[test]
fn an_office_without_the_register_sees_homes_and_neither_people_nor_imports() {
    let mut model = office(false);
    places(&mut model);
    let state = RegisterState {
        desk: Desk::Import,
        unit: Some("3-1-101".into()),
        ..RegisterState::default()
    };
    let seen = page(&en(), NOW, &model, &state);
    assert!(seen.desks.is_empty());
    assert!(
        seen.notes
            .iter()
            .any(|note| note.contains("Another office"))
    );
    assert!(matches!(seen.beside, Beside::Unit(_)), "{:?}", seen.beside);
    let unit_said = UnitRecord {
        unit: "3-1-101".into(),
        ..UnitRecord::default()
    };
    let unit = "3-1-101".to_owned();
    say(
        &mut model,
        RegisterAsk::Unit { unit },
        RegisterSaid::Unit(unit_said),
    );
    let Beside::Unit(unit) = page(&en(), NOW, &model, &state).beside else {
        panic!("no unit")
    };
    assert!(unit.nobody.unwrap().contains("Only the office"));
    assert_eq!(unit.grid, None);
}

#[test]
fn what_was_found_is_listed_only_for_what_is_looked_for() {
    let mut model = office(true);
    let mut state = RegisterState {
        looked: Some("袁".into()),
        ..RegisterState::default()
    };
    assert_eq!(page(&zh(), NOW, &model, &state).notes, ["正在查找……"]);
    let found = RegisterFound {
        query: "袁".into(),
        units: vec!["3-1-101".into()],
        persons: vec![PersonItem {
            unit: "3-2-101".into(),
            name: "袁静文\u{202e}".into(),
            ..PersonItem::default()
        }],
    };
    let query = "袁".to_owned();
    say(
        &mut model,
        RegisterAsk::Find { query },
        RegisterSaid::Found(found),
    );
    let rows = page(&zh(), NOW, &model, &state).rows;
    assert_eq!(
        rows[1].name, "袁静文 · 3-2-101",
        "what turns text around is gone"
    );
    let open = RegisterDo::OpenUnit("3-2-101".into());
    assert_eq!(rows[1].go, Some(Intent::Register(open)));
    // The answer to an earlier question is not taken for that to a later one.
    state.looked = Some("欧阳".into());
    assert!(page(&zh(), NOW, &model, &state).rows.is_empty());
}

#[test]
fn a_report_lists_each_row_that_is_not_taken_and_writes_only_after_it() {
    let counts = BatchCounts {
        rows: 5,
        refused: 1,
        add: 3,
        ask: 1,
        ..BatchCounts::default()
    };
    let mut of = report(Duplicates::Update, counts);
    let issue = |severity: &str, zh: &str| IssueItem {
        row: Some(4),
        severity: severity.into(),
        zh: zh.into(),
        en: "Row 4".into(),
    };
    of.issues = vec![
        issue("note", "第 9 行"),
        issue("refused", "第 4 行:没有房号"),
    ];
    of.asks = vec![AskItem {
        row: 7,
        why: "repeats_row".into(),
        first: Some(6),
    }];
    let (model, mut state) = imported(of);
    let seen = reported(&model, &state);
    assert_eq!(seen.doubts, ["第 4 行:没有房号"], "the gravest come first");
    let tabs: Vec<&str> = seen.tabs.iter().map(|tab| tab.word.as_str()).collect();
    assert_eq!(tabs, ["收不进来 1", "要人来定 1", "说明 1"]);
    assert!(seen.warnings[0].contains("其余照写"), "{:?}", seen.warnings);
    assert_eq!(seen.write.as_deref(), Some("写入登记"));
    assert_eq!((seen.take_back, seen.asks), (None, None));
    state.doubt = Some(Doubt::Ask);
    let seen = reported(&model, &state);
    assert!(seen.doubts[0].contains("第 7 行") && seen.doubts[0].contains("第 6 行"));
}

#[test]
fn an_import_that_is_to_ask_writes_nothing_while_something_is_open_and_none_writes_what_is_there() {
    let asks = BatchCounts {
        add: 3,
        ask: 1,
        ..BatchCounts::default()
    };
    let (model, state) = imported(report(Duplicates::Ask, asks));
    let seen = reported(&model, &state);
    assert!(seen.write.is_none() && seen.warnings[0].contains("有不同就先问"));
    let same = BatchCounts {
        same: 5,
        ..BatchCounts::default()
    };
    let (model, state) = imported(report(Duplicates::Update, same));
    let seen = reported(&model, &state);
    assert!(seen.write.is_none() && seen.warnings[0].contains("完全一样"));
    assert!(seen.none.is_some());
}

#[test]
fn what_was_written_can_be_taken_back_after_a_question() {
    let mut of = report(Duplicates::Update, BatchCounts::default());
    of.stage = BatchStage::Applied;
    let (model, mut state) = imported(of);
    let seen = reported(&model, &state);
    assert!(seen.write.is_none() && seen.take_back.is_some());
    state.ask_back = true;
    let seen = reported(&model, &state);
    assert!(seen.take_back.is_none() && seen.asks.is_some());
}

#[test]
fn a_file_that_cannot_be_read_is_said_in_the_language_of_the_moment() {
    let model = office(true);
    let state = RegisterState {
        desk: Desk::Import,
        chosen: Chosen::Failed(
            "a.pdf".into(),
            Unread::Said("这是 PDF。".into(), "This is a PDF.".into()),
        ),
        ..RegisterState::default()
    };
    let failed = |words: &Catalogue| match page(words, NOW, &model, &state).beside {
        Beside::Import(page) => match page.step {
            ImportStep::Failed(why) => (why, page.choose),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let (why, choose) = failed(&zh());
    assert!(why.contains("这是 PDF。") && why.contains("登记没有改动"));
    assert_eq!(choose.as_deref(), Some("换一个表格……"));
    assert!(failed(&en()).0.contains("This is a PDF."));
}

#[test]
fn while_it_is_written_nothing_else_can_be_pressed() {
    let of = report(Duplicates::Update, BatchCounts::default());
    let (mut model, state) = imported(of);
    let batch = "b1".to_owned();
    model.asked(9, Request::Register(RegisterAsk::Apply { batch }));
    let seen = shown(&model, &state);
    assert!(matches!(seen.step, ImportStep::Waits(_)));
    assert!(seen.choose.is_none() && seen.before.is_empty() && seen.duplicates.items.is_empty());
    // It could not be: what stands is looked up, and the reason is told.
    let reply = Reply::Fault(Fault::of(FaultCode::RegisterChanged));
    let folded = model.fold(Incoming::Reply { id: 9, reply });
    let again = RegisterAsk::Batch { batch: "b1".into() };
    assert_eq!(folded.asks, [Request::Register(again)]);
    let note = crate::frame::note(&zh(), &folded.told.unwrap());
    assert!(note.text.contains("登记又有了改动"), "{}", note.text);
}

#[test]
fn what_changed_elsewhere_is_asked_again_as_far_as_it_was_looked_at() {
    let mut model = office(true);
    let changed = |model: &mut Model| {
        let event = Event::Changed(vec![Topic::Register]);
        model.fold(Incoming::Event { event }).asks
    };
    assert!(changed(&mut model).is_empty(), "nobody has looked at it");
    places(&mut model);
    let places = Request::Register(RegisterAsk::Places);
    assert_eq!(changed(&mut model), [places]);
}

#[test]
fn a_table_prints_as_dots_and_travels_as_text() {
    let table: ReadTable = String::from("{\"name\":\"袁静文\"}").into();
    assert_eq!(format!("{table:?}"), "ReadTable(••••)");
    let ask = RegisterAsk::Read {
        file: "a.csv".into(),
        table,
        duplicates: Duplicates::Skip,
    };
    let wire = serde_json::to_string(&Request::Register(ask.clone())).unwrap();
    assert!(wire.starts_with("{\"ask\":\"register\""), "{wire}");
    let back: Request = serde_json::from_str(&wire).unwrap();
    assert_eq!(back, Request::Register(ask));
}

proptest! {
    #[test]
    fn no_import_is_writable_that_the_home_would_refuse(
        add in 0_u32..3, ask in 0_u32..3, units in 0_u32..3, mode in 0_usize..4, stage in 0_usize..3,
    ) {
        let counts = BatchCounts { add, ask, units_ask: units, ..BatchCounts::default() };
        let mut of = report(Duplicates::ALL[mode], counts);
        of.stage = [BatchStage::Preview, BatchStage::Applied, BatchStage::Undone][stage];
        let asks = of.mode == Duplicates::Ask && ask + units > 0;
        let may = of.stage == BatchStage::Preview && !asks && add > 0;
        let (model, state) = imported(of);
        prop_assert_eq!(reported(&model, &state).write.is_some(), may);
    }
}
