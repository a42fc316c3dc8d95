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
