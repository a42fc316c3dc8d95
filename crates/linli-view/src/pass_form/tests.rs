//! The form for a pass: defaults, forgiving reading, sentences.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod more;

use super::*;
use crate::samples::{DAY, HOUR, MINUTE, NOW, en, status, zh};
use proptest::prelude::*;

fn draft(label: &str) -> PassDraft {
    PassDraft {
        label: label.into(),
        ..PassDraft::fresh(NOW, status().community.as_ref())
    }
}

fn request(draft: &PassDraft) -> Option<PassRequest> {
    form(&zh(), NOW, Some(&status()), draft, "").request
}

/// All problems the form shows after a first try.
fn problems(draft: PassDraft) -> Vec<String> {
    let form = form(
        &zh(),
        NOW,
        Some(&status()),
        &PassDraft {
            tried: true,
            ..draft
        },
        "",
    );
    assert_eq!(form.request, None);
    [form.label, form.date, form.from, form.until, form.plate]
        .into_iter()
        .filter_map(|field| field.problem)
        .chain(form.problems)
        .collect()
}

#[test]
fn a_name_is_all_that_a_fresh_form_needs() {
    assert_eq!(
        request(&draft("李然")),
        Some(PassRequest {
            label: "李然".into(),
            kind: PassKind::Person,
            from_s: NOW.ms / 1000,
            until_s: (NOW.ms + 7 * HOUR + 28 * MINUTE) / 1000,
            entries: 1,
            gates: vec![1],
            plate: None,
            companions: 0,
            windows: Vec::new(),
            pin: None,
            host: None,
        })
    );
    let form = form(&zh(), NOW, Some(&status()), &draft(""), "");
    assert_eq!(
        (form.label.problem, form.request),
        (None, None),
        "nothing is said before a first try"
    );
    assert_eq!(form.span, "今天 14:30–22:00");
}

#[test]
fn late_in_the_evening_a_fresh_pass_lasts_into_the_night() {
    let late = Now::beijing(NOW.ms + 8 * HOUR); // 22:32
    let fresh = PassDraft {
        label: "a".into(),
        ..PassDraft::fresh(late, status().community.as_ref())
    };
    assert_eq!(
        (fresh.from.as_str(), fresh.until.as_str()),
        ("22:30", "02:30")
    );
    let form = form(&zh(), late, Some(&status()), &fresh, "");
    assert_eq!(form.span, "今天 22:30 至 明天 02:30");
    assert_eq!(form.hints, ["结束时间在第二天。"]);
    assert!(form.request.is_some());
}

#[test]
fn every_problem_has_its_sentence() {
    let with = |change: fn(&mut PassDraft)| {
        let mut draft = draft("李然");
        change(&mut draft);
        problems(draft)
    };
    assert_eq!(problems(draft("  ")), ["请写上客人怎么称呼。"]);
    assert_eq!(
        problems(draft("一二三四五六七八九")),
        ["称呼太长，最多 8 个汉字或 24 个字母。"]
    );
    assert_eq!(
        problems(draft("李\u{202e}然")),
        ["称呼里有看不见的字符，请重新输入。"]
    );
    assert_eq!(
        with(|d| d.from = "25点".into()),
        ["开始时间看不懂，请写成 18:00 这样。"]
    );
    assert_eq!(
        with(|d| d.until = "晚上".into()),
        ["结束时间看不懂，请写成 22:00 这样。"]
    );
    assert_eq!(
        with(|d| d.until = d.from.clone()),
        ["结束时间要晚于开始时间。"]
    );
    assert_eq!(
        with(|d| (d.from, d.until) = ("8".into(), "9".into())),
        ["这段时间已经过去了。"]
    );
    assert_eq!(
        with(|d| (d.day, d.date) = (Day::Other, "13-40".into())),
        ["日期看不懂，请写成 11-23 这样。"]
    );
    assert_eq!(with(|d| d.kind = PassKind::Vehicle), ["车辆通行要填车牌。"]);
    assert_eq!(
        with(|d| d.plate = "京".repeat(11)),
        ["车牌太长，最多 32 个字母（汉字算三个）。"]
    );
    let form = form(&en(), NOW, None, &draft("Li"), "");
    assert_eq!(
        form.problems,
        ["Not in a community yet, so no pass can be issued."]
    );
    let mut status = status();
    status.me.as_mut().unwrap().may_grant = false;
    status.community.as_mut().unwrap().pass_max_s = 3600;
    let form = super::form(&zh(), NOW, Some(&status), &draft("李然"), "");
    assert_eq!(
        form.problems,
        [
            "本机没有发通行码的权限，请用家里另一台机器，或找居委会。",
            "最长只能 1 小时，请把时间缩短。"
        ]
    );
    assert_eq!(form.request, None);
}

#[test]
fn gates_and_counting_keep_each_other_lawful() {
    let mut draft = draft("李然");
    draft.any_gate();
    assert_eq!((draft.entries, draft.gates.len()), (0, 0));
    assert!(request(&draft).is_some());
    draft.count(2, Some(1));
    assert_eq!((draft.entries, draft.gates.as_slice()), (2, [1].as_slice()));
    draft.toggle_gate(2);
    let form = form(&zh(), NOW, Some(&status()), &draft, "");
    assert_eq!(
        form.hints,
        ["断网时两个门互相听不到：第一个门（东门）数次数，别的门会先问保安。只选一个门最顺当。"]
    );
    draft.toggle_gate(1);
    draft.toggle_gate(2);
    assert_eq!(
        (draft.entries, draft.gates.len()),
        (0, 0),
        "without a gate nobody counts"
    );
    draft.count(3, None);
    assert_eq!(draft.entries, 0);
}

#[test]
fn times_and_dates_are_read_as_people_type_them() {
    for (text, minute) in [
        ("18:00", 1080),
        ("18：05", 1085),
        ("1830", 1110),
        ("９点半", 570),
        ("9", 540),
        ("7时5分", 425),
        ("24:00", 1440),
        ("0:00", 0),
        (" 8.15 ", 495),
    ] {
        assert_eq!(time_of_day(text), Some(minute), "{text}");
    }
    for text in [
        "", "24:01", "12:60", "-1", "1 2", "一点", "12:30:00", "99999", "：", "+8",
    ] {
        assert_eq!(time_of_day(text), None, "{text}");
    }
    let today = NOW.civil(NOW.ms).unwrap().date();
    let day = |y, m, d| jiff::civil::date(y, m, d);
    for (text, want) in [
        ("11-23", day(2026, 11, 23)),
        ("11/22", day(2026, 11, 22)),
        ("１２月１日", day(2026, 12, 1)),
        ("1.5", day(2027, 1, 5)),
        ("2027-02-28", day(2027, 2, 28)),
        ("11-21", day(2027, 11, 21)),
    ] {
        assert_eq!(date(text, today), Some(want), "{text}");
    }
    for text in [
        "",
        "2-30",
        "11",
        "a-b",
        "26-11-22",
        "0-0",
        "2026-13-01",
        "1-2-3-4",
    ] {
        assert_eq!(date(text, today), None, "{text}");
    }
}

#[test]
fn plates_are_normalised_and_odd_ones_only_hinted_at() {
    assert_eq!(plate(" 京A·d1２345"), "京AD12345");
    let with = |text: &str| {
        let form = form(
            &zh(),
            NOW,
            Some(&status()),
            &PassDraft {
                plate: text.into(),
                ..draft("李然")
            },
            "",
        );
        (form.hints.len(), form.request.unwrap().plate.unwrap())
    };
    assert_eq!(with("京AD12345"), (0, "京AD12345".into()));
    assert_eq!(with("粤B1234学"), (0, "粤B1234学".into()));
    assert_eq!(with("ABC123"), (1, "ABC123".into()));
}

#[test]
fn another_day_and_a_vehicle_for_longer_than_a_guest() {
    let mut draft = draft("外婆");
    draft.day = Day::Tomorrow;
    let tomorrow = request(&draft).unwrap();
    assert_eq!(tomorrow.from_s, (NOW.ms - 2 * MINUTE + DAY) / 1000);
    draft.day = Day::Other;
    draft.date = "12-1".into();
    assert_eq!(
        form(&zh(), NOW, Some(&status()), &draft, "").span,
        "12月1日 周二 14:30–22:00"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_request_is_lawful_whatever_was_typed(
        label in any::<String>(), from in "\\PC{0,6}", until in "[0-9:]{0,5}", text in any::<String>(), entries in any::<u8>(),
        companions in any::<u8>(), other in any::<bool>(),
    ) {
        let mut draft = draft(&label);
        (draft.from, draft.until, draft.plate, draft.date) = (from, until, text.clone(), text);
        draft.companions = companions;
        draft.day = if other { Day::Other } else { Day::Today };
        draft.count(entries, Some(1));
        if let Some(pass) = request(&draft) {
            prop_assert!((1..=24).contains(&pass.label.len()));
            prop_assert!(pass.from_s < pass.until_s && pass.from_s >= NOW.ms / 1000);
            prop_assert!(pass.until_s - pass.from_s <= 72 * 3600);
            prop_assert!(pass.entries == 0 || !pass.gates.is_empty());
            prop_assert!(pass.companions <= COMPANIONS_MAX);
            prop_assert!(pass.plate.is_none_or(|plate| (1..=32).contains(&plate.len())));
        }
    }
}
