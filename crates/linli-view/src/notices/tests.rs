//! The notice list as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{NOW, en, notice, notices, zh};

fn words_of(badges: &[Badge]) -> Vec<&str> {
    badges.iter().map(|badge| badge.word.as_str()).collect()
}

#[test]
fn what_waits_for_me_comes_first_and_then_the_newest() {
    let board = board(&zh(), NOW, &notices(), NoticeFilter::All);
    let first: Vec<&str> = board
        .rows
        .iter()
        .take(4)
        .map(|row| row.title.as_str())
        .collect();
    assert_eq!(
        first,
        [
            "因高压线路故障今日15—18时停电",
            "6号楼又有人高空抛物,请停手",
            "请把燃气卡押金转到这个账户",
            "明年地面车位抽签办法"
        ]
    );
    assert_eq!(board.filters[1].word, "等我确认 2");
    let needs = super::board(&zh(), NOW, &notices(), NoticeFilter::NeedsMe);
    assert_eq!(needs.rows.len(), 2);
}

#[test]
fn a_row_says_all_it_shows_to_a_screen_reader_too() {
    let row = row(&zh(), NOW, &notice("ntc059"));
    assert_eq!(
        row.name,
        "因高压线路故障今日15—18时停电，物业，今天 14:05，要您确认，黄色 · 较重，新"
    );
    assert_eq!((row.bar, row.struck, row.unread), (Tone::Warn, false, true));
    let row = super::row(&en(), NOW, &notice("ntc054"));
    assert_eq!(
        words_of(&row.badges),
        ["Corrected", "Red · extreme", "Over", "Confirmed"]
    );
    assert!(
        row.title.is_ascii(),
        "the office wrote it in English too: {}",
        row.title
    );
}

#[test]
fn corrected_versions_are_not_listed_and_retracted_ones_stay_struck_out() {
    let items = notices();
    let board = board(&zh(), NOW, &items, NoticeFilter::All);
    assert!(
        !board
            .rows
            .iter()
            .any(|row| row.id == "ntc054" || row.id == "ntc000")
    );
    let retracted = board.rows.iter().find(|row| row.id == "ntc024").unwrap();
    assert!(retracted.struck && retracted.quiet && !retracted.unread);
    assert_eq!(
        words_of(&retracted.badges),
        ["已撤回", "黄色 · 较重", "已过期", "已确认"]
    );
}

#[test]
fn a_notice_signed_by_nobody_entitled_is_never_urgent_and_never_asks() {
    let forged = notice("ntcbad");
    assert!(!urgent(&forged, NOW) && !needs_me(&forged, NOW) && !current(&forged, NOW));
    let row = row(&zh(), NOW, &forged);
    assert!(row.struck);
    assert_eq!(words_of(&row.badges), ["签名无效", "橙色 · 严重"]);
    assert_eq!(
        row.title, "请把燃气卡押金转到这个账户",
        "marks that turn the text around are gone"
    );
}

#[test]
fn a_notice_that_ran_out_no_longer_asks() {
    let item = notice("ntc059");
    assert!(needs_me(&item, NOW));
    assert!(!needs_me(&item, Now::beijing(NOW.ms + 4 * 3_600_000)));
}

#[test]
fn an_empty_list_says_why_it_is_empty() {
    assert_eq!(
        board(&zh(), NOW, &[], NoticeFilter::All).empty,
        "本机还没有通知。有人发布后，碰到邻居就会收到。"
    );
    assert_eq!(
        board(&en(), NOW, &notices(), NoticeFilter::All).empty,
        "No notice of this sort."
    );
}
