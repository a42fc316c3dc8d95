//! The box that finds.

use super::*;
use crate::api::{PrincipalKind, Reply, Request};
use crate::samples::{NOW, en, model, zh};

fn item(kind: FoundKind, id: &str, title: &str, snippet: &str) -> FoundItem {
    FoundItem {
        kind,
        id: id.into(),
        title: title.into(),
        title_marks: Vec::new(),
        snippet: snippet.into(),
        marks: Vec::new(),
        unit: None,
        over: false,
        at_ms: None,
    }
}

fn found(query: &str, hits: Vec<FoundItem>) -> FoundList {
    FoundList {
        query: query.into(),
        total: hits.len() as u32,
        hits,
        as_of_ms: NOW.ms,
    }
}

#[test]
fn an_empty_box_offers_pages_and_acts_and_says_what_can_be_written() {
    let page = find(&zh(), NOW, &model(), "", 0);
    let opens: Vec<&Intent> = page.rows.iter().map(|row| &row.open).collect();
    assert!(opens.contains(&&Intent::NewPass) && opens.contains(&&Intent::Go(Screen::Board)));
    assert!(page.foot.contains("状态:未确认"), "{}", page.foot);
    let page = find(&en(), NOW, &model(), "new p", 0);
    let opens: Vec<&Intent> = page.rows.iter().map(|row| &row.open).collect();
    assert_eq!(opens, [&Intent::NewPass, &Intent::NewPost]);
}

#[test]
fn an_office_writes_notices_and_a_gate_invites_nobody() {
    let mut model = model();
    let open = |model: &Model| -> Vec<Intent> {
        let page = find(&zh(), NOW, model, "", 0);
        page.rows.into_iter().map(|row| row.open).collect()
    };
    let me = |model: &mut Model, kind| {
        let status = model.status.as_mut().and_then(|status| status.me.as_mut());
        status.map(|me| me.kind = kind)
    };
    assert!(!open(&model).contains(&Intent::NewNotice));
    assert!(me(&mut model, PrincipalKind::Office).is_some());
    assert_eq!(open(&model)[0], Intent::NewNotice);
    assert!(me(&mut model, PrincipalKind::Gate).is_some());
    assert!(!open(&model).contains(&Intent::NewPass));
}

#[test]
fn what_was_found_for_other_words_is_not_shown() {
    let mut model = model();
    model.found = Some(found(
        "停电",
        vec![item(FoundKind::Notice, "n", "停电", "")],
    ));
    let rows = |typed: &str| find(&zh(), NOW, &model, typed, 0).rows.len();
    assert_eq!((rows("停电 "), rows("停")), (1, 0));
    assert_eq!(find(&zh(), NOW, &model, "停", 0).foot, "正在找……");
}

#[test]
fn each_kind_opens_what_it_is_and_a_person_leads_to_the_unit() {
    let mut model = model();
    let mut person = item(FoundKind::Person, "r", "张三", "3-2-501");
    person.unit = Some("3-2-501".into());
    let hits = vec![
        item(FoundKind::Unit, "3-2-501", "3-2-501", "3号楼2单元501"),
        person,
        item(FoundKind::Notice, "n", "停电", ""),
        item(FoundKind::Post, "p", "3-1-201", "钥匙"),
        item(FoundKind::Pass, "v", "李然", ""),
    ];
    model.found = Some(found("x", hits));
    let page = find(&zh(), NOW, &model, "x", 9);
    let opens: Vec<Intent> = page.rows.iter().map(|row| row.open.clone()).collect();
    let unit = || Intent::Find {
        query: "3-2-501".into(),
    };
    let expected = [
        unit(),
        unit(),
        Intent::OpenNotice { id: "n".into() },
        Intent::OpenPost { id: "p".into() },
        Intent::ShowPass { id: "v".into() },
    ];
    assert_eq!(opens, expected);
    assert_eq!(page.chosen, 4);
    assert_eq!(page.rows[1].name, "人, 张三, 3-2-501, 3-2-501");
}

#[test]
fn the_place_is_a_piece_of_its_own_and_foreign_marks_break_nothing() {
    let mut one = item(FoundKind::Post, "p", "3-1-201", "捡到\u{202e}钥匙 一串");
    one.marks = vec![(3, 2), (900, 7)];
    let mut model = model();
    model.found = Some(found("钥匙", vec![one]));
    let page = find(&zh(), NOW, &model, "钥匙", 0);
    let pieces: Vec<(&str, bool)> = page.rows[0]
        .snippet
        .iter()
        .map(|piece| (piece.text.as_str(), piece.marked))
        .collect();
    assert_eq!(pieces[1], ("钥匙", true));
    assert_eq!(pieces[2], (" 一串", false));
    assert!(!pieces[0].0.contains('\u{202e}'));
}

#[test]
fn the_answer_is_kept_until_the_next_and_nothing_asks_for_nothing() {
    let mut model = model();
    let query = || "x".to_owned();
    model.asked(3, Request::Find { query: query() });
    let reply = Reply::Found(Box::new(found("x", Vec::new())));
    let folded = model.fold(crate::api::Incoming::Reply { id: 3, reply });
    assert_eq!(folded, crate::model::Folded::default());
    assert!(
        find(&en(), NOW, &model, "x", 0)
            .foot
            .starts_with("Not on this computer")
    );
    assert_eq!(Intent::Find { query: "  ".into() }.request(), None);
    assert_eq!(
        Intent::Find { query: query() }.request(),
        Some(Request::Find { query: query() })
    );
}

#[test]
fn a_unit_opens_in_the_register_of_an_office_and_is_looked_for_elsewhere() {
    let mut model = model();
    let mut unit = item(FoundKind::Unit, "u", "3-2-501", "");
    unit.unit = Some("3-2-501".into());
    model.found = Some(found("501", vec![unit]));
    let open = |model: &Model| {
        let page = find(&zh(), NOW, model, "501", 0);
        page.rows.last().map(|row| row.open.clone())
    };
    let query = "3-2-501".to_owned();
    assert_eq!(open(&model), Some(Intent::Find { query }));
    if let Some(me) = model.status.as_mut().and_then(|s| s.me.as_mut()) {
        me.kind = PrincipalKind::Office;
    }
    let unit = RegisterDo::OpenUnit("3-2-501".into());
    assert_eq!(open(&model), Some(Intent::Register(unit)));
}
