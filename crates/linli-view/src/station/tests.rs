//! The station as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
mod acts;
mod call;
mod pages;

use crate::api::{GateMark, GateResult, GuardAct, ScanKind};
use crate::intent::Intent;
use crate::samples::{MINUTE, NOW, en, zh};
use proptest::prelude::*;

fn answer() -> GateAnswer {
    serde_json::from_value(serde_json::json!({
        "result": "ADMIT", "opens": true, "sentence_zh": "签名有效，可进入", "sentence_en": "Signature valid, may enter",
        "label": "李*", "unit": "3-2-501", "plate": "京AD12345", "until_s": NOW.ms / 1000 + 3_600,
        "use": 1, "of": 1, "companions": 2, "at_ms": NOW.ms,
    }))
    .unwrap()
}

fn status() -> GateStatus {
    GateStatus {
        no: 1,
        name: Some("东门".into()),
        clock: Some("GOOD".into()),
        cancels_as_of_ms: Some(NOW.ms - 3 * MINUTE),
        grants: 12,
        badge: Some("07".into()),
        open_all: false,
    }
}

fn shown(words: &Catalogue, answer: Option<&GateAnswer>, status: &GateStatus) -> Station {
    let facts = Facts {
        status: Some(status),
        answer,
        ..Facts::default()
    };
    station(words, NOW, facts)
}

#[test]
fn an_admission_says_who_where_to_and_until_when_in_both_languages() {
    let told = shown(&zh(), Some(&answer()), &status()).verdict.unwrap();
    assert_eq!(told.word, "可进入");
    assert_eq!(told.who, "李* +2 人  → 3-2-501  京AD12345");
    assert_eq!(told.facts, "有效到 今天 15:32 · 第 1/1 次");
    assert_eq!(told.tone, Tone::Good);
    let told = shown(&en(), Some(&answer()), &status()).verdict.unwrap();
    assert_eq!(told.word, "May enter");
    assert_eq!(told.sentence, "Signature valid, may enter");
    assert_eq!(
        told.name,
        "May enter, 李* +2  → 3-2-501  京AD12345, Signature valid, may enter"
    );
}

#[test]
fn the_three_answers_differ_in_word_and_tone_and_a_repeated_one_says_that_nothing_opens() {
    let mut seen = Vec::new();
    for result in [GateResult::Admit, GateResult::Ask, GateResult::Deny] {
        for opens in [true, false] {
            let answer = GateAnswer {
                result,
                opens,
                ..answer()
            };
            let told = shown(&zh(), Some(&answer), &status()).verdict.unwrap();
            seen.push((told.word, told.tone));
        }
    }
    seen.dedup();
    let words: Vec<&str> = seen.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["可进入", "已放行过", "请先确认", "不可进入"]);
}

#[test]
fn a_verdict_does_not_stand_for_the_next_person() {
    let answer = GateAnswer {
        at_ms: NOW.ms - SHOWN_MS - 1,
        ..answer()
    };
    assert_eq!(shown(&zh(), Some(&answer), &status()).verdict, None);
}

#[test]
fn freshness_and_a_doubtful_clock_are_always_said() {
    let fresh = shown(&zh(), None, &status()).fresh;
    assert_eq!(fresh.len(), 1);
    assert_eq!(fresh[0].text, "取消名单截至 今天 14:29");
    for clock in ["DRIFT", "BEHIND", "LOST"] {
        let status = GateStatus {
            clock: Some(clock.into()),
            cancels_as_of_ms: None,
            ..status()
        };
        for words in [zh(), en()] {
            let fresh = shown(&words, None, &status).fresh;
            assert_eq!(fresh.len(), 2, "{clock}");
            assert!(fresh.iter().all(|line| line.tone == Tone::Warn));
        }
    }
}

#[test]
fn the_text_of_a_pass_is_not_shown_but_digits_and_plates_are() {
    let typed = |mode, typed| {
        let facts = Facts {
            mode,
            typed,
            ..Facts::default()
        };
        station(&zh(), NOW, facts).entry.typed
    };
    assert_eq!(typed(Mode::Scan, "LL1:6BFOXN"), "已读入 10 个字符");
    assert_eq!(typed(Mode::Scan, "4821-03"), "4821-03");
    assert_eq!(typed(Mode::Plate, "京AD12345"), "京AD12345");
    let debug = format!("{:?}", scan(Mode::Scan, "LL1:6BFOXN").unwrap());
    assert!(!debug.contains("6BFOXN"), "{debug}");
}

#[test]
fn what_is_about_to_be_read_by_a_guard_holds_no_marks_that_turn_it_around() {
    let answer = GateAnswer {
        label: Some("李\u{202e}然\n".into()),
        unit: Some("3-\u{200b}2".into()),
        ..answer()
    };
    let told = shown(&zh(), Some(&answer), &status()).verdict.unwrap();
    assert_eq!(told.who, "李然 +2 人  → 3-2  京AD12345");
}

#[test]
fn who_is_inside_longest_and_who_comes_next_stand_first() {
    let inside = |event: &str, since_ms, overstayed_s| InsideItem {
        event: event.into(),
        since_ms,
        label: Some("王*".into()),
        unit: Some("3-2-501".into()),
        plate: None,
        companions: 1,
        overstayed_s,
        until_ms: None,
    };
    let coming = |label: &str, in_hours: u64| ExpectedItem {
        label: Some(label.into()),
        unit: Some("1-1-101".into()),
        plate: None,
        from_ms: NOW.ms + in_hours * 3_600_000,
        until_ms: NOW.ms + (in_hours + 1) * 3_600_000,
        ..ExpectedItem::default()
    };
    let status = status();
    let items = [
        inside("e2", NOW.ms - MINUTE, None),
        inside("e1", NOW.ms - 90 * MINUTE, Some(1_800)),
    ];
    let facts = Facts {
        status: Some(&status),
        inside: &items,
        expected: &[coming("张*", 3), coming("李*", 1)],
        ..Facts::default()
    };
    let shown = station(&zh(), NOW, facts);
    assert_eq!(shown.inside_title, "院内未离开（2）");
    assert_eq!(shown.inside[0].text, "今天 13:02 王* +1 3-2-501");
    assert_eq!(shown.inside[0].over, "超时 30 分钟");
    assert_eq!(shown.inside[0].leave.1, "王* +1 3-2-501 离开");
    assert!(shown.expected[0].text.contains("李*"));
    assert_eq!(shown.duty, "值班：07");
}

#[test]
fn only_a_guard_on_duty_overrides_and_only_what_was_not_admitted() {
    let (on, off) = (
        status(),
        GateStatus {
            badge: None,
            ..status()
        },
    );
    let asked = GateAnswer {
        result: GateResult::Ask,
        event: Some("e1".into()),
        ..answer()
    };
    let try_it = |answer: &GateAnswer, status, reason| {
        let facts = Facts {
            status: Some(status),
            answer: Some(answer),
            ..Facts::default()
        };
        overriding(&en(), &facts, reason)
    };
    assert_eq!(
        try_it(&asked, &on, 3),
        Some(Intent::Guard(GuardAct::Override {
            event: "e1".into(),
            reason: "ambulance, fire, police".into(),
            badge: "07".into(),
        }))
    );
    assert_eq!(try_it(&asked, &off, 3), None);
    assert_eq!(try_it(&asked, &on, 6), None);
    assert_eq!(try_it(&answer(), &on, 1), None, "who was let in is in");
}

proptest! {
    #[test]
    fn any_typing_stays_short_and_without_control_characters(bursts in proptest::collection::vec(".{0,400}", 0..8)) {
        let mut typed = String::new();
        for burst in &bursts {
            type_in(&mut typed, burst);
        }
        prop_assert!(typed.chars().count() <= TYPED_MAX);
        prop_assert!(!typed.chars().any(char::is_control));
        for mode in [Mode::Scan, Mode::Plate] {
            if let Some(scan) = scan(mode, &typed) {
                prop_assert!(!scan.value.trim().is_empty());
            }
        }
    }
}
