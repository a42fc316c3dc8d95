//! A real gate's node calls a real household's window over loopback: it stands over a half filled form, is answered with
//! one key, the guard hears it, and the window says how it ended.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::{DoorAct, GateAct, Request};
use linli_node::home::HomeOptions;
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Node, Window, ask, ask_until, enrol, found, options};
use serde_json::Value;

const UNIT: &str = "3-2-501";

fn rings() -> Request {
    Request::Door {
        act: DoorAct::Rings,
    }
}

fn gate_act(gate: &HomeOptions, act: GateAct) -> Value {
    ask(gate, Request::Gate { act })
}

/// Somebody without a pass stands at the gate; gives the call.
fn walk_in(gate: &HomeOptions, name: &str) -> String {
    let act = GateAct::WalkIn {
        unit: UNIT.into(),
        name: Some(name.into()),
        plate: None,
        companions: 1,
        resident: false,
        courier: false,
    };
    let said = gate_act(gate, act);
    assert_eq!(said["ring"], "RINGS", "{said}");
    said["event"].as_str().unwrap().to_owned()
}

fn stands(gate: &HomeOptions, event: &str, state: &str) {
    let what = format!("{event} is {state}");
    ask_until(&what, gate, rings(), |data| {
        let list = data["rings"].as_array().unwrap();
        list.iter()
            .any(|ring| ring["event"] == event && ring["state"] == state)
    });
}

#[test]
fn a_real_gate_rings_in_a_real_window_over_a_half_filled_form_and_hears_the_answer() {
    let dir = tempfile::tempdir().unwrap();
    let [office, gate, house] = ["office", "gate", "house"].map(|name| options(dir.path(), name));
    found(&office);
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &gate, None, "gate:1");
    enrol(&office, &house, Some(UNIT), "household");
    let gate_node = Node::start(&gate, vec![office_node.addr.clone()]);
    let mut window = Window::open(&house, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    for addr in [&office_node.addr, &gate_node.addr] {
        let addr = addr.clone();
        ask(&house, Request::NetDial { addr });
    }
    let find = Request::Gate {
        act: GateAct::FindUnit { query: UNIT.into() },
    };
    ask_until("the gate knows the household", &gate, find, |data| {
        data["units"][0]["online"] == true
    });
    let doorbell = Request::Door {
        act: DoorAct::Doorbell,
    };
    ask_until("the household has its key", &house, doorbell, |data| {
        data["order"][0]["me"] == true
    });

    // A form is half filled in when somebody comes.
    window.key(Modifiers::COMMAND, Key::N);
    window.text("李");
    let event = walk_in(&gate, "老周");
    window.until("东门有人找您");
    assert!(window.says("老周，同行还有 1 人") && window.says("要去 3-2-501"));
    assert!(window.bells() > 0, "and it is heard");
    window.armed();
    window.key(Modifiers::NONE, Key::F1);
    window.until("已回答：可以进来");
    assert!(!window.says("东门有人找您"));
    stands(&gate, &event, "ADMIT");
    window.text("然");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("不需要联网就能用");
    assert!(window.says("李然"));
    let (reason, badge) = ("住户同意".to_owned(), "07".to_owned());
    let act = GateAct::Override {
        event,
        reason,
        badge,
    };
    gate_act(&gate, act);
    window.until("呼叫结束：保安已放行");

    // On the page of the doorbell it rings shorter from now on; who does not know says nothing.
    window.key(Modifiers::ALT, Key::Num6);
    window.until("这台电脑");
    window.click("每台响 15 秒");
    window.until("门岗听到后就照这样呼叫");
    let before = window.bells();
    let event = walk_in(&gate, "快递");
    window.until("快递，同行还有 1 人");
    assert!(window.bells() > before);
    window.armed();
    window.click("我不清楚（F3）");
    window.until("没有回答门岗");
    assert!(window.says("东门还在等您回话：快递，同行还有 1 人"));
    // The gate may have heard of the shorter ring or not; nobody answers in either case.
    window.until("呼叫结束：没有人来得及回答");
    stands(&gate, &event, "NO_ANSWER");
    // A late no is still heard, before the guard decides.
    window.click("不要放进来：快递，同行还有 1 人");
    window.until("已回答：不要放进来");
    stands(&gate, &event, "REFUSE");
    drop((window, gate_node, office_node));
}
