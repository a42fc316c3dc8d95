//! The page of one notice as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{NOW, en, notices, zh};

fn at(words: &Catalogue, id: &str) -> NoticePage {
    page(words, NOW, &notices(), id).unwrap()
}

#[test]
fn a_notice_shows_who_signed_when_for_whom_and_how_long() {
    let page = at(&zh(), "ntc059");
    assert_eq!(
        page.facts,
        [
            "物业 ✔ 签名已验证 · 设备 h6c2 v9e4",
            "发布 今天 14:05 · 本机收到 今天 14:06",
            "有效时间：今天 15:00–18:00",
            "范围：3号楼、5号楼"
        ]
    );
    let Confirm::Asked { button, name, .. } = page.confirm else {
        panic!("it asks")
    };
    assert_eq!(button, "我知道了");
    assert_eq!(name, "确认收到：因高压线路故障今日15—18时停电");
}

#[test]
fn a_confirmation_says_how_far_it_has_got() {
    let Confirm::Given {
        text,
        delivery,
        heard_by,
    } = at(&zh(), "ntc055").confirm
    else {
        panic!("it was given")
    };
    assert_eq!(text, "您家在 11月20日 周五 21:33 确认过了");
    assert_eq!(delivery, "◐ 确认已到别的机器（1 台），还没到物业");
    assert_eq!(heard_by, "已知收到的：3-1-201 王家");
    let Confirm::Given { delivery, .. } = at(&en(), "ntc056").confirm else {
        panic!("it was given")
    };
    assert_eq!(delivery, "● Your confirmation reached 居委会");
}

#[test]
fn correction_and_original_lead_to_each_other() {
    let new = at(&zh(), "ntc055");
    assert_eq!(
        (new.links[0].id.as_str(), new.links[0].button.as_str()),
        ("ntc054", "看原来那条")
    );
    let old = at(&zh(), "ntc054");
    assert_eq!(old.links[0].id, "ntc055");
    assert_eq!(old.warning.unwrap().text, "这条已有更正，请以新的为准");
    // The other version is not here: no dead link.
    let alone: Vec<_> = notices()
        .into_iter()
        .filter(|item| item.id == "ntc055")
        .collect();
    assert!(page(&zh(), NOW, &alone, "ntc055").unwrap().links.is_empty());
}

#[test]
fn a_retracted_notice_says_by_whom_and_why_before_the_text() {
    let page = at(&zh(), "ntc024");
    assert!(page.struck);
    assert_eq!(
        page.warning.unwrap().text,
        "居委会于 10月4日 周日 16:55 撤回了这条通知，请不要再照它做。\n撤回原因：老人已找到,协查撤销"
    );
}

#[test]
fn a_forged_notice_says_not_to_act_on_it_and_asks_for_nothing() {
    let page = at(&zh(), "ntcbad");
    assert!(
        page.warning
            .unwrap()
            .text
            .starts_with("签名无效：发出它的设备（z9z9 z9z9）没有代表“居委会”")
    );
    assert_eq!(page.confirm, Confirm::Nothing);
    assert!(!page.facts.iter().any(|fact| fact.contains('✔')));
    assert!(!page.body.contains('\u{2066}'));
}

#[test]
fn what_nobody_is_to_do_any_more_is_not_said_again() {
    use crate::api::{CapWords, Response};
    let told = |change: &dyn Fn(&mut NoticeItem)| {
        let mut all = notices();
        let item = all.iter_mut().find(|n| n.id == "ntc059").unwrap();
        item.cap = CapWords {
            response: Some(Response::Evacuate),
            ..CapWords::default()
        };
        change(item);
        let facts = page(&zh(), NOW, &all, "ntc059").unwrap().facts;
        facts.iter().any(|fact| fact.contains("请大家"))
    };
    assert!(told(&|_| {}));
    assert!(!told(&|n| n.valid = false));
    assert!(!told(&|n| n.corrected_by = Some("ntc060".into())));
    assert!(!told(&|n| n.expires_ms = Some(NOW.ms)));
    assert!(!told(&|n| n.retracted = Some(crate::api::Retraction {
        by: "物业".into(),
        reason: String::new(),
        at_ms: NOW.ms,
    })));
}

#[test]
fn the_second_language_of_the_office_stands_below_and_nothing_is_translated_by_machine() {
    let page = at(&en(), "ntc054");
    assert!(page.title.is_ascii());
    assert!(page.also.unwrap().title.contains("燃气泄漏"));
    assert!(
        at(&en(), "ntc059").title.contains("停电"),
        "there is no English, so it stays as written"
    );
}

#[test]
fn a_notice_that_is_not_here_has_no_page() {
    assert!(page(&zh(), NOW, &notices(), "nothing").is_none());
}
