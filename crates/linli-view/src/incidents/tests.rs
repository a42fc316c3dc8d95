//! What host and office are told of a pass used too often.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::samples::{MINUTE, NOW, en, model as sample, zh};

fn item(pass: &str, number: u32, ago: u64) -> IncidentItem {
    IncidentItem {
        pass: pass.into(),
        label: Some("李*\u{202e}".into()),
        unit: Some("3-2-501".into()),
        entries: 1,
        number,
        at_ms: NOW.ms - ago * MINUTE,
        gate: 1,
        by_guard: number == 2,
    }
}

fn model(kind: PrincipalKind) -> Model {
    let mut model = sample();
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    me.kind = kind;
    model.passes[0].mark = "mark0001".into();
    model.incidents = vec![
        item("mark0001", 2, 20),
        item("mark0001", 3, 10),
        item("another1", 2, 5),
    ];
    model
}

#[test]
fn nobody_is_told_anything_where_nothing_happened() {
    let mut model = model(PrincipalKind::Household);
    model.incidents.clear();
    assert_eq!(list(&zh(), NOW, &model), None);
    assert_eq!(
        of_pass(&zh(), NOW, &model, "mark0001"),
        Vec::<String>::new()
    );
    assert!(badges(&zh(), &model).is_empty());
}

#[test]
fn the_newest_comes_first_and_says_what_to_do_to_host_and_office_each() {
    let house = list(&zh(), NOW, &model(PrincipalKind::Household)).unwrap();
    assert_eq!(house.title, "用超次数的码（3）");
    assert_eq!(
        house.rows[1].text,
        "今天 14:22 东门 李* 3-2-501：第 3 次，只准 1 次"
    );
    assert_eq!(
        house.rows[2].text,
        "今天 14:12 东门 李* 3-2-501：第 2 次，只准 1 次（值班员放行）"
    );
    assert_eq!(
        house.rows[0].pass, None,
        "another home's pass opens nothing here"
    );
    let own = model(PrincipalKind::Household).passes[0].id.clone();
    assert_eq!(house.rows[1].pass.as_ref().unwrap().0, own);
    let office = list(&en(), NOW, &model(PrincipalKind::Office)).unwrap();
    assert!(house.advice.contains("取消它") && office.advice.contains("household"));
}

#[test]
fn the_pass_itself_says_each_time_and_what_to_do() {
    let model = model(PrincipalKind::Household);
    let lines = of_pass(&zh(), NOW, &model, "mark0001");
    assert_eq!(lines.len(), 3);
    assert!(lines[0].contains("第 3 次") && lines[2].contains("取消这张码"));
    let marked = badges(&zh(), &model);
    assert_eq!(
        marked,
        [(model.passes[0].id.clone(), "用超次数".to_owned())]
    );
    let mut old = model;
    old.passes[0].mark.clear();
    old.incidents[0].pass.clear();
    assert!(
        badges(&zh(), &old).is_empty(),
        "a pass without a mark is nobody's"
    );
}
