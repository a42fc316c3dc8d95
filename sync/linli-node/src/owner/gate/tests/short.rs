//! The short memory over a restart: neither tries nor a second opening are to be had by pulling the plug.

use super::office_and_gate;
use super::world::{World, pair};
use crate::api::{Request, ScanArgs};

fn with(world: &mut World, gate: usize, args: ScanArgs) -> (String, String) {
    let said = world.data(gate, Request::GateCheck(args));
    let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
    (word("result"), word("code"))
}

fn pinned(text: &str, pin: &str) -> ScanArgs {
    ScanArgs {
        text: Some(text.to_owned()),
        pin: Some(pin.to_owned()),
        ..ScanArgs::default()
    }
}

#[test]
fn three_wrong_pins_lock_the_pass_however_often_the_gate_is_started_between_them() {
    let (mut world, gate) = office_and_gate();
    let text = world.issue_for(0, "李*", 1, Some("482913"));
    world.meet(0, gate);
    for wrong in ["111111", "222222", "333333"] {
        assert_eq!(
            with(&mut world, gate, pinned(&text, wrong)),
            pair("DENY", "E_PIN")
        );
        world.reboot(gate);
        world.meet(0, gate);
    }
    let right = pinned(&text, "482913");
    assert_eq!(with(&mut world, gate, right.clone()), pair("DENY", "E_PIN"));
    world.pass(14 * 60);
    world.reboot(gate);
    world.meet(0, gate);
    assert_eq!(with(&mut world, gate, right.clone()), pair("DENY", "E_PIN"));
    // After a quarter of an hour it may be tried again.
    world.pass(61);
    assert_eq!(with(&mut world, gate, right), pair("ADMIT", ""));
}

#[test]
fn a_code_that_was_just_admitted_opens_once_although_the_gate_was_started_again() {
    let (mut world, gate) = office_and_gate();
    let text = world.issue_for(0, "王*", 3, None);
    world.meet(0, gate);
    assert_eq!(world.scan(gate, &text)["opens"], true);
    for _ in 0..3 {
        world.pass(2);
        world.reboot(gate);
        let again = world.scan(gate, &text);
        assert_eq!(
            (&again["result"], &again["code"]),
            (&"ADMIT".into(), &"E_REPEAT".into())
        );
        assert_eq!(
            (&again["opens"], &again["label"]),
            (&false.into(), &"王*".into())
        );
    }
    assert_eq!(world.log(gate).len(), 1, "nothing was counted");
    world.pass(11);
    world.reboot(gate);
    world.meet(0, gate);
    let second = world.scan(gate, &text);
    assert_eq!(
        (&second["opens"], &second["use"]),
        (&true.into(), &2.into())
    );
}

#[test]
fn five_wrong_codes_lock_code_entry_however_often_the_gate_is_started_between_them() {
    let (mut world, gate) = office_and_gate();
    let code = |code: &str| ScanArgs {
        code: Some(code.to_owned()),
        ..ScanArgs::default()
    };
    for n in 0..5 {
        let wrong = code(&format!("0000000{n}"));
        assert_eq!(
            with(&mut world, gate, wrong),
            pair("DENY", "E_CODE_UNKNOWN"),
            "{n}"
        );
        world.pass(5);
        world.reboot(gate);
    }
    assert_eq!(
        with(&mut world, gate, code("00000009")),
        pair("DENY", "E_CODE_LOCKED")
    );
    world.pass(61);
    world.reboot(gate);
    assert_eq!(
        with(&mut world, gate, code("00000009")),
        pair("DENY", "E_CODE_UNKNOWN")
    );
}

#[test]
fn a_pass_whose_last_entry_is_spent_is_used_at_once_after_a_start() {
    let (mut world, gate) = office_and_gate();
    let text = world.issue(0, "赵*");
    world.meet(0, gate);
    assert_eq!(world.check(gate, &text), pair("ADMIT", ""));
    assert_eq!(world.check(gate, &text), pair("ADMIT", "E_REPEAT"));
    world.reboot(gate);
    assert_eq!(world.check(gate, &text), pair("DENY", "E_USED"));
}
