//! A pass on screen and in a chat, as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::PassIssued;
use crate::pass_list::{PassRow, rows};
use crate::samples::{HOUR, NOW, en, model, zh};

fn with_picture(id: &str) -> Model {
    let mut model = model();
    let pass = model
        .passes
        .iter()
        .find(|pass| pass.id == id)
        .unwrap()
        .clone();
    let qr = PassQr::pack(21, &[true; 441]).unwrap();
    model.issued = Some(PassIssued {
        pass,
        text: "LL1:X".into(),
        qr,
        pin: None,
        warnings: Vec::new(),
    });
    model
}

#[test]
fn a_pass_shows_its_code_its_time_and_what_each_gate_heard() {
    let card = card(&zh(), NOW, &with_picture("g:liran"), "g:liran").unwrap();
    assert_eq!(
        (card.who.as_str(), card.code.as_str()),
        ("李然 ＋2 人", "4821-0376")
    );
    assert_eq!(
        card.facts,
        ["今天 18:00–22:00", "东门、西门", "1 次", "京AD12345"]
    );
    assert_eq!(
        card.gates
            .iter()
            .map(|gate| gate.text.as_str())
            .collect::<Vec<_>>(),
        [
            "东门：已收到 ✓",
            "西门：22 分钟前有联系，还没收到（码照样能用）"
        ]
    );
    assert!(card.qr.is_some() && card.can_cancel);
    assert_eq!(card.file_name, "通行码-李然.png");
}

#[test]
fn the_sentence_for_the_chat_stands_on_its_own() {
    let model = with_picture("g:liran");
    assert_eq!(
        card(&zh(), NOW, &model, "g:liran").unwrap().share,
        "李然您好：这是丰盛园的访客通行码，11月22日 周日 18:00–22:00 有效，请走东门、西门。到门口出示图片，或报数字 4821-0376。"
    );
    assert_eq!(
        card(&en(), NOW, &model, "g:waipo").unwrap().share,
        "Hello 外婆: your visitor pass for 丰盛园, valid Mon 23 Nov 09:00 to Wed 25 Nov 20:00, any gate. \
         Show the picture at the gate, or say 7731-0024."
    );
}

#[test]
fn without_the_picture_the_code_is_left_and_a_foreign_picture_is_not_drawn() {
    let other = card(&zh(), NOW, &with_picture("g:wang"), "g:liran").unwrap();
    assert_eq!(other.qr, None);
    let mut model = with_picture("g:liran");
    model.issued.as_mut().unwrap().qr = PassQr {
        size: 177,
        bits: vec![0; 3],
    };
    assert_eq!(card(&zh(), NOW, &model, "g:liran").unwrap().qr, None);
}

#[test]
fn passes_are_sorted_into_ahead_and_past() {
    let (ahead, past) = rows(&zh(), NOW, &model().passes);
    let who = |rows: &[PassRow]| {
        rows.iter()
            .map(|row| format!("{} {}", row.who, row.badges[0].word))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        who(&ahead),
        [
            "王师傅 空调 现在可用",
            "李然 ＋2 人 还没到时间",
            "外婆 还没到时间"
        ]
    );
    assert_eq!(who(&past), ["家具送货 已过期", "张犇 已取消"]);
}

#[test]
fn a_pass_runs_through_its_states() {
    let pass = model().passes[0].clone();
    let at = |hours: u64| Now::beijing(NOW.ms + hours * HOUR);
    assert_eq!(state(&pass, NOW), PassState::Later);
    assert_eq!(state(&pass, at(4)), PassState::Valid);
    assert_eq!(
        state(
            &PassItem {
                used: 1,
                ..pass.clone()
            },
            at(4)
        ),
        PassState::Used
    );
    assert_eq!(state(&pass, at(8)), PassState::Over);
    assert_eq!(
        state(
            &PassItem {
                cancelled_ms: Some(1),
                ..pass
            },
            at(4)
        ),
        PassState::Cancelled
    );
}

#[test]
fn file_names_hold_nothing_a_file_system_refuses() {
    assert_eq!(file_stem("../a:b*"), "a-b");
    assert_eq!(file_stem("///"), "pass");
    assert_eq!(file_stem("王*"), "王");
}

#[test]
fn a_recurring_pass_with_a_pin_says_its_hours_and_that_one_is_asked_and_the_pin_only_once() {
    let mut model = with_picture("g:liran");
    for pass in &mut model.passes {
        pass.windows = vec![(0b001_0101, 540, 660)];
        (pass.pin, pass.host) = (true, Some("3-2-501".into()));
    }
    model.issued.as_mut().unwrap().pin = Some(Passphrase("482735".into()));
    let card = super::card(&zh(), NOW, &model, "g:liran").unwrap();
    let once = card.pin.clone().unwrap();
    assert_eq!(once.digits.0, "482735");
    assert!(once.title.contains("只显示这一次"));
    assert!(
        card.facts[0].starts_with("周一 周三 周五 09:00–11:00 · "),
        "{:?}",
        card.facts
    );
    assert!(card.facts.contains(&"门岗会问口令".to_owned()));
    assert!(card.facts.contains(&"去 3-2-501".to_owned()));
    assert!(card.caption.contains(&"门岗会问口令".to_owned()));
    assert!(card.share.contains("我打电话告诉您"));
    // Nothing that is copied, saved or printed holds it.
    assert!(!format!("{:?}{:?}{card:?}", card.caption, card.share).contains("482735"));
    let issued = model.issued.as_ref().unwrap();
    let paper = crate::pass_paper::paper(&zh(), NOW, model.status.as_ref(), issued);
    let rows = format!("{:?}", paper.rows);
    assert!(
        !rows.contains("482735") && paper.file_name == "通行码-李然.pdf",
        "{paper:?}"
    );
    // Once the picture is asked for again it is gone.
    model.issued.as_mut().unwrap().pin = None;
    assert_eq!(
        super::card(&zh(), NOW, &model, "g:liran").unwrap().pin,
        None
    );
}

#[test]
fn outside_of_its_hours_a_recurring_pass_waits_and_on_other_days_nobody_is_expected() {
    let mut pass = model().passes[0].clone();
    // Sunday 14:32.
    (pass.from_s, pass.until_s) = (NOW.ms / 1000 - 60, NOW.ms / 1000 + 9 * 86_400);
    let state_with = |windows: &[crate::api::Hours]| {
        let mut pass = pass.clone();
        pass.windows = windows.to_vec();
        (state(&pass, NOW), crate::pass_list::today(&pass, NOW))
    };
    assert_eq!(state_with(&[]), (PassState::Valid, true));
    assert_eq!(state_with(&[(64, 870, 873)]), (PassState::Valid, true));
    assert_eq!(state_with(&[(64, 540, 872)]), (PassState::Later, true));
    assert_eq!(state_with(&[(1, 0, 1440)]), (PassState::Later, false));
}
