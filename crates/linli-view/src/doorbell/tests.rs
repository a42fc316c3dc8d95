//! The page of the doorbell as text.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use crate::api::{DoorbellDevice, RingSaid};
use crate::samples::{MINUTE, NOW, call, en, model, zh};

fn bell() -> Doorbell {
    let device = |device: &str, me| DoorbellDevice {
        device: device.into(),
        me,
    };
    Doorbell {
        order: vec![
            device("d:phonephonephone", false),
            device("d:3m8xk2p7", true),
        ],
        seconds: 55,
        set: true,
    }
}

#[test]
fn the_order_is_named_and_one_device_can_go_before_the_other() {
    let mut model = model();
    model.doorbell = Some(bell());
    let page = page(&zh(), NOW, &model);
    let rows: Vec<&str> = page.order.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(
        rows,
        ["1. 家里另一台（phoneph…）", "2. 这台电脑（书房电脑）"]
    );
    assert!(page.order[0].earlier.is_none());
    let earlier = page.order[1].earlier.as_ref().unwrap();
    assert_eq!(earlier.order, ["d:3m8xk2p7", "d:phonephonephone"]);
    assert_eq!(earlier.name, "让这台电脑（书房电脑）提前响");
    assert_eq!(page.length, "每台响 55 秒");
    let here: Vec<u8> = page
        .lengths
        .iter()
        .filter(|length| length.here)
        .map(|length| length.seconds)
        .collect();
    assert_eq!(here, [55]);
    assert_eq!(
        page.calls_none,
        "还没有门岗呼叫过您。有人没有通行码、要来找您时，门岗会在这里呼叫。"
    );

    model
        .status
        .as_mut()
        .unwrap()
        .me
        .as_mut()
        .unwrap()
        .may_grant = false;
    let page = super::page(&en(), NOW, &model);
    assert!(page.order.iter().all(|row| row.earlier.is_none()) && page.lengths.is_empty());
    assert!(page.order_note.contains("on the device that makes passes"));
}

#[test]
fn a_call_can_be_answered_late_and_a_yes_taken_back_until_the_guard_has_decided() {
    let says = |row: &CallRow| row.says.iter().map(|say| say.admit).collect::<Vec<_>>();
    let mut model = model();
    let mut ring = call("e:1", NOW.ms - 3 * MINUTE);
    ring.here = false;
    ring.state = RingState::NoAnswer;
    let row = |model: &Model| page(&zh(), NOW, model).calls[0].clone();
    model.rings = vec![ring.clone()];
    assert_eq!(says(&row(&model)), [true, false]);
    assert_eq!(row(&model).state.word, "没有人回答");
    assert_eq!(row(&model).when, "东门，今天 14:29");
    ring.state = RingState::Admit;
    ring.answers = vec![RingSaid {
        admit: true,
        mine: true,
    }];
    model.rings = vec![ring.clone()];
    assert_eq!(says(&row(&model)), [false], "a no beats a yes");
    assert_eq!(row(&model).says[0].name, "不要放进来：老周，同行还有 1 人");
    let decided = RingItem {
        state: RingState::Decided,
        ..ring.clone()
    };
    let refused = RingItem {
        answers: vec![RingSaid {
            admit: false,
            mine: false,
        }],
        ..ring.clone()
    };
    let old = RingItem {
        at_ms: NOW.ms - calls::LIVE_MS - 1,
        ..ring.clone()
    };
    let elsewhere = RingItem {
        rang: false,
        ..ring
    };
    for over in [decided, refused, old, elsewhere] {
        model.rings = vec![over];
        assert_eq!(says(&row(&model)), [] as [bool; 0]);
    }
}
