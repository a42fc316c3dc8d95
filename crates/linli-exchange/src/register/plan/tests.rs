//! Plans in all four modes, and what must hold for any file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::register;

const A: &str = "110101195610124044";
const B: &str = "110101201810229092";
const C: &str = "110101194703109471";

fn cleaned(rows: &str) -> Cleaned {
    if rows.is_empty() {
        return Cleaned::default();
    }
    let file = format!("楼栋,单元,房号,面积,姓名,电话,证件号,关系,居住性质,车牌,备注\n{rows}");
    let sheet = register::read(file.as_bytes(), "test.csv", &mut |_, _| ()).unwrap();
    register::clean(&sheet, date(2026, 11, 22))
}

fn planned(old: &str, new: &str, mode: Duplicates) -> Plan {
    plan(&Existing::from(&cleaned(old)), &cleaned(new), mode)
}

/// (add, update, same, skipped, ask, missing) of people.
fn people(plan: &Plan) -> [u32; 6] {
    let c = plan.counts;
    [c.add, c.update, c.same, c.skipped, c.ask, c.missing]
}

const ALL: [Duplicates; 4] = [
    Duplicates::Skip,
    Duplicates::Update,
    Duplicates::Add,
    Duplicates::Ask,
];

#[test]
fn each_mode_does_its_own_with_a_person_who_differs() {
    let (old, new) = (
        "1,1,101,80,张三,13900000001,,,自住,,\n",
        "1,1,101,81,张三,13900000002,,,自住,,\n1,1,101,,李四,,,,,,\n",
    );
    for (mode, expected, units) in [
        (Duplicates::Skip, [1, 0, 0, 1, 0, 0], [0, 1, 0]),
        (Duplicates::Update, [1, 1, 0, 0, 0, 0], [1, 0, 0]),
        (Duplicates::Add, [2, 0, 0, 0, 0, 0], [0, 0, 1]),
        (Duplicates::Ask, [1, 0, 0, 0, 1, 0], [0, 0, 1]),
    ] {
        let plan = planned(old, new, mode);
        assert_eq!(people(&plan), expected, "{mode:?}");
        let c = plan.counts;
        assert_eq!(
            [c.units_update, c.units_skipped, c.units_ask],
            units,
            "{mode:?}"
        );
    }
    let added = planned(old, new, Duplicates::Add);
    assert_eq!(
        added.add[0].resembles.as_deref(),
        Some("2"),
        "the record beside which they are added"
    );
}

#[test]
fn the_same_file_again_changes_nothing_in_any_mode_but_add() {
    let file =
        format!("1,1,101,80,张三,13900000001,{A},户主,自住,京A12345,注\n1,1,101,,李四,,,,,,\n");
    for mode in [Duplicates::Skip, Duplicates::Update, Duplicates::Ask] {
        let plan = planned(&file, &file, mode);
        assert_eq!(
            (people(&plan), plan.counts.units_same),
            ([0, 0, 2, 0, 0, 0], 1)
        );
    }
    assert_eq!(planned(&file, &file, Duplicates::Add).counts.add, 2);
}

#[test]
fn who_is_who() {
    let one = |old: &str, new: &str| {
        planned(&format!("{old}\n"), &format!("{new}\n"), Duplicates::Update)
    };
    for (old, new, matched) in [
        (
            format!("1,1,101,,张三,,{A},,,,"),
            format!("2,1,101,,张三,,{A},,,,"),
            Some(Match::SameId),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,"),
            format!("1,1,101,,张珊,,{A},,,,"),
            Some(Match::SameId),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,"),
            "1,1,101,,张三,1,,,,,".to_owned(),
            Some(Match::SameUnitAndName),
        ),
        (
            "1,1,101,,张三,,,,,,".to_owned(),
            format!("1,1,101,,张三,,{A},,,,"),
            Some(Match::SameUnitAndName),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,"),
            format!("1,1,101,,张三,,{B},,,,"),
            Some(Match::CorrectedId),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,"),
            format!("1,1,102,,张三,,{B},,,,"),
            None,
        ),
        (
            "1,1,101,,张三,,,,,,".to_owned(),
            "1,1,102,,张三,,,,,,".to_owned(),
            None,
        ),
        (
            "1,1,101,,张三,,,,,,".to_owned(),
            "1,1,101,,张四,,,,,,".to_owned(),
            None,
        ),
    ] {
        let plan = one(&old, &new);
        assert_eq!(
            plan.update.first().map(|u| u.matched),
            matched,
            "{old} {new}"
        );
        assert_eq!(plan.counts.add, u32::from(matched.is_none()), "{old} {new}");
    }
}

#[test]
fn a_number_that_stands_elsewhere_is_not_a_correction() {
    // Father and son of one name: the father stays, the son is new.
    let father = format!("1,1,101,,张三,,{A},,,,\n");
    let both = format!("{father}1,1,101,,张三,,{B},,,,\n");
    let plan = planned(&father, &both, Duplicates::Update);
    assert_eq!(
        (people(&plan), plan.add[0].person.accepted_id()),
        ([1, 0, 1, 0, 0, 0], Some(B))
    );
    // The old number has moved out with its owner, and a namesake moved in.
    let plan = planned(
        &father,
        &format!("1,1,101,,张三,,{B},,,,\n2,1,101,,张三,,{A},,,,\n"),
        Duplicates::Update,
    );
    assert_eq!(
        (plan.counts.add, plan.counts.moved, plan.counts.missing),
        (1, 1, 0)
    );
    // The new number is in the records at another address already.
    let old = format!("1,1,101,,张三,,{A},,,,\n2,1,101,,李四,,{B},,,,\n");
    let plan = planned(
        &old,
        &format!("1,1,101,,张三,,{B},,,,\n"),
        Duplicates::Update,
    );
    assert_eq!(
        (people(&plan), &plan.ask[0].why),
        ([0, 0, 0, 0, 1, 1], &AskWhy::OtherNameAndUnit)
    );
}

#[test]
fn what_could_do_harm_is_asked_even_in_an_update() {
    for (old, new, why) in [
        (
            format!("1,1,101,,张三,,{A},,,,\n"),
            "1,1,101,,张三,,110101195610124045,,,,\n".to_owned(),
            AskWhy::DoubtfulId,
        ),
        (
            "1,1,101,,张三,13900000001,,,,,\n".to_owned(),
            "1,1,101,,张三,13900000001,,户主,,,\n1,1,101,,张三,13900000001,,子,,,\n".to_owned(),
            AskWhy::RepeatsRow { first: 2 },
        ),
        (
            format!("1,1,101,,张三,,{A},,,,\n"),
            format!("1,1,101,,张三,,{A},,,,\n2,1,101,,张三,,{A},,,,\n"),
            AskWhy::RepeatsRow { first: 2 },
        ),
    ] {
        let plan = planned(&old, &new, Duplicates::Update);
        assert_eq!(
            plan.ask.iter().map(|a| a.why.clone()).collect::<Vec<_>>(),
            [why]
        );
        assert_eq!((plan.ask[0].candidates.len(), plan.counts.missing), (1, 0));
    }
}

#[test]
fn several_records_that_fit_are_all_offered_and_none_is_missing() {
    let old = format!("1,1,101,,张三,,{A},,,,\n1,1,101,,张三,,{B},,,,\n");
    let plan = planned(&old, "1,1,101,,张三,13900000001,,,,,\n", Duplicates::Update);
    assert_eq!(
        (people(&plan), &plan.ask[0].why),
        ([0, 0, 0, 0, 1, 0], &AskWhy::SeveralRecords)
    );
    assert_eq!(plan.ask[0].candidates.len(), 2);
    let mut twice = Existing::from(&cleaned(&format!("1,1,101,,张三,,{C},,,,\n")));
    let again = twice.persons[0].clone();
    twice.persons.push(ExistingPerson {
        record: "other".to_owned(),
        ..again
    });
    let plan = super::plan(
        &twice,
        &cleaned(&format!("1,1,101,,张三,,{C},,,,\n")),
        Duplicates::Update,
    );
    assert_eq!(
        (
            plan.counts.ask,
            plan.counts.missing,
            plan.ask[0].candidates.len()
        ),
        (1, 0, 2)
    );
}

#[test]
fn a_blank_that_was_a_value_is_cleared_only_when_confirmed() {
    let plan = planned(
        "1,1,101,80,张三,13900000001,,户主,,,注\n",
        "1,1,101,,张三,,,子,,,\n",
        Duplicates::Update,
    );
    let update = &plan.update[0];
    let cleared: Vec<Column> = update
        .changes
        .iter()
        .filter(|c| c.is_cleared())
        .map(|c| c.column)
        .collect();
    assert_eq!(
        (cleared, plan.counts.cleared),
        (vec![Column::Phone, Column::Note], 3)
    );
    let (kept, emptied) = (update.after(false), update.after(true));
    assert_eq!(
        (
            kept.phones.len(),
            kept.note.is_some(),
            kept.relation.unwrap().word().to_owned()
        ),
        (1, true, "子".to_owned())
    );
    assert_eq!((emptied.phones.len(), emptied.note), (0, None));
    assert_eq!(
        (
            plan.units_update[0].after(false).area.is_some(),
            plan.units_update[0].after(true).area
        ),
        (true, None)
    );
}

#[test]
fn a_column_that_the_file_lacks_says_nothing() {
    let old = Existing::from(&cleaned(&format!(
        "1,1,101,80,张三,13900000001,{A},户主,自住,京A12345,注\n"
    )));
    let sheet = register::read(
        "楼栋,单元,房号,姓名\n1,1,101,张三\n".as_bytes(),
        "",
        &mut |_, _| (),
    )
    .unwrap();
    let plan = super::plan(
        &old,
        &register::clean(&sheet, date(2026, 11, 22)),
        Duplicates::Update,
    );
    assert_eq!(
        (people(&plan), plan.counts.units_same),
        ([0, 0, 1, 0, 0, 0], 1)
    );
}

#[test]
fn only_people_of_units_in_the_file_can_be_missing() {
    let plan = planned(
        "1,1,101,,张三,,,,,,\n1,1,102,,李四,,,,,,\n",
        "1,1,101,,王五,,,,,,\n",
        Duplicates::Update,
    );
    assert_eq!(
        (people(&plan), plan.missing[0].name.reveal().as_str()),
        ([1, 0, 0, 0, 0, 1], "张三")
    );
}

#[test]
fn modes_are_named_as_on_the_command_line() {
    for (name, mode) in ["skip", "update", "add", "ask"].into_iter().zip(ALL) {
        assert_eq!(name.parse(), Ok(mode));
    }
    assert_eq!("Skip".parse::<Duplicates>(), Err(UnknownMode));
}

/// A row of a small village, where names, rooms and numbers repeat.
fn a_row() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["", A, B, C, "110101195610124045"]);
    (
        1..3_u8,
        1..3_u8,
        "[张李]三",
        "(1390000000[1-3])?",
        id,
        "(户主|子)?",
    )
        .prop_map(|(building, room, name, phone, id, relation)| {
            format!("{building},1,10{room},,{name},{phone},{id},{relation},,,\n")
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_row_has_one_fate_and_every_record_at_most_one_row(
        old in prop::collection::vec(a_row(), 0..8),
        new in prop::collection::vec(a_row(), 1..8),
        mode in prop::sample::select(ALL.to_vec()),
    ) {
        let (old, new) = (cleaned(&old.concat()), cleaned(&new.concat()));
        let plan = plan(&Existing::from(&old), &new, mode);
        let mut fates: Vec<u32> = plan.add.iter().map(|a| a.line).collect();
        fates.extend(plan.update.iter().map(|u| u.line));
        fates.extend(plan.same.iter().map(|s| s.line));
        fates.extend(plan.skipped.iter().map(|s| s.line));
        fates.extend(plan.ask.iter().map(|a| a.line));
        fates.extend(plan.repeated.iter().map(|r| r.line));
        fates.sort_unstable();
        let mut rows: Vec<u32> = new.persons.iter().map(|r| r.line).chain(new.repeats.iter().map(|r| r.line)).collect();
        rows.sort_unstable();
        prop_assert_eq!(fates, rows);

        let mut records: Vec<&String> = plan.update.iter().map(|u| &u.record).chain(plan.same.iter().map(|s| &s.record)).collect();
        records.extend(plan.missing.iter().map(|m| &m.record));
        records.sort_unstable();
        let count = records.len();
        records.dedup();
        prop_assert_eq!(records.len(), count);
    }

    #[test]
    fn an_update_applied_and_planned_again_is_at_rest(
        old in prop::collection::vec(a_row(), 0..8),
        new in prop::collection::vec(a_row(), 1..8),
    ) {
        let new = cleaned(&new.concat());
        let mut records = Existing::from(&cleaned(&old.concat()));
        let first = plan(&records, &new, Duplicates::Update);
        for update in &first.update {
            let record = records.persons.iter_mut().find(|p| p.record == update.record).unwrap();
            record.person = update.after(true);
        }
        for add in &first.add {
            records.persons.push(ExistingPerson { record: format!("row {}", add.line), person: add.person.clone() });
        }
        let second = plan(&records, &new, Duplicates::Update);
        prop_assert_eq!((second.counts.add, second.counts.update), (0, 0));
    }
}
