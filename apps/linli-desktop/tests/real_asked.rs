//! A guard at a real gate's window is asked about a pass, calls its household with one key, and reads on that verdict what
//! the household said in its own window. Whoever is let in on it has used the pass.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::{GateAct, PassArgs, Request};
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Node, Window, ask, ask_until, enrol, found, now_ms, options};

const UNIT: &str = "3-2-501";

fn line(window: &mut Window, text: &str) {
    window.text(text);
    window.key(Modifiers::NONE, Key::Enter);
}

#[test]
fn what_a_household_answers_in_its_window_stands_on_the_guards_screen_and_the_pass_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let [office, gate, house] = ["office", "gate", "house"].map(|name| options(dir.path(), name));
    found(&office);
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &gate, None, "gate:1");
    enrol(&office, &house, Some(UNIT), "household");
    let mut home = Window::open(&house, Lang::ZhCn, Look::Light);
    home.until("丰盛园");
    let mut guard = Window::open(&gate, Lang::ZhCn, Look::Light);
    guard.until("还没有人登记值班");
    // Where the node behind the household's window listens: as an invitation of it says.
    let invite = Request::InviteOpen {
        unit: None,
        role: "sibling".into(),
        ttl_s: 600,
    };
    let invite = ask(&house, invite);
    let own = invite["addrs"][0].as_str().unwrap().to_owned();
    for addr in [office_node.addr.clone(), own] {
        ask(&gate, Request::NetDial { addr });
    }
    let addr = office_node.addr.clone();
    ask(&house, Request::NetDial { addr });
    let from_s = now_ms() / 1000 - 60;
    let pass = Request::PassIssue(PassArgs {
        label: "李*".into(),
        kind: "person".into(),
        from_s,
        until_s: from_s + 4 * 3600,
        host: None,
        entries: 1,
        gates: vec![1],
        plate: None,
        companions: 0,
        pin: None,
        windows: Vec::new(),
    });
    let text = ask(&house, pass)["text"].as_str().unwrap().to_owned();
    let find = Request::Gate {
        act: GateAct::FindUnit { query: UNIT.into() },
    };
    ask_until("the gate knows the household", &gate, find, |data| {
        data["units"][0]["devices"] == 1
    });
    ask_until(
        "it has heard of the pass",
        &gate,
        Request::GateStatus,
        |data| data["grants"] == 1 && data["clock"] == "GOOD",
    );

    guard.key(Modifiers::NONE, Key::F6);
    line(&mut guard, "07");
    guard.until("值班：07");
    guard.key(Modifiers::NONE, Key::ArrowUp);
    line(&mut guard, &text);
    guard.until("E_COMPANIONS");
    assert!(guard.says("按 F3 呼叫 3-2-501"));
    guard.key(Modifiers::NONE, Key::F3);
    guard.until("正在呼叫住户");

    home.until("东门有人找您");
    assert!(home.says("李*，同行还有 1 人"));
    assert!(home.says("出示了到您家的通行码") && home.says("来的人比通行码上的多"));
    home.armed();
    home.key(Modifiers::NONE, Key::F1);
    home.until("已回答：可以进来");

    guard.until("住户说：可以进来");
    assert!(guard.says("E_COMPANIONS"), "on the same verdict");
    guard.key(Modifiers::NONE, Key::F8);
    guard.key(Modifiers::NONE, Key::Num1);
    guard.key(Modifiers::NONE, Key::Enter);
    guard.until("已放行并记录");
    home.until("呼叫结束：保安已放行");
    line(&mut guard, &text);
    guard.until("E_USED");
    drop((home, guard, office_node));
}
