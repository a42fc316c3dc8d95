//! The gate station on a real gate's home: enrolled with an office over loopback, then alone, with the network dead. What
//! is typed in the window is decided and written down by the node; the command line's questions see the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; the node beside the window runs on the real clock"
)]

mod gate_home;
mod real;

use egui::Key;
use gate_home::{gate, open, open_in};
use linli_desktop::client::Home;
use linli_node::api::{GateAct, Request};
use real::{Node, PATIENCE, Window, ask, home_of, now_ms};

#[test]
fn a_shift_on_a_real_gates_node_is_decided_written_down_and_there_again_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (gate, text) = gate(dir.path());
    let mut window = open(&gate);
    // No click: a gate's home opens as its station.
    window.until("还没有人登记值班");
    window.until("预计到访（2）");
    window.press(Key::F6);
    window.line("赵队 07");
    window.until("值班：赵队 07");

    window.line(&text);
    window.until("可进入，李* +1 人  → 3-2-501");
    window.until("院内未离开（1）");
    window.line(&text);
    window.until("已放行过");
    window.line(&format!("{text}X"));
    window.until("不可进入");
    window.press(Key::F2);
    window.line("京ＡＤ12345");
    window.until("可进入，张* +1 人");
    window.press(Key::F2);
    window.line("津C66018");
    window.until("E_PLATE_UNKNOWN");
    window.press(Key::F3);
    window.line("3-2-501 老周");
    window.until("请先确认，老周  → 3-2-501");
    window.press(Key::F8);
    window.press(Key::Num1);
    window.press(Key::Enter);
    window.until("已放行并记录");
    window.until("院内未离开（3）");
    window.press(Key::F5);
    window.line("京AD12345");
    window.until("院内未离开（2）");
    // It was another car: the last click is taken back.
    window.press(Key::F7);
    window.choose("离开 张*");
    window.until("更正这一条");
    window.press(Key::Enter);
    window.until("院内未离开（3）");
    window.press(Key::F9);
    window.press(Key::Num2);
    window.press(Key::Enter);
    window.until("正在对所有人开放");
    assert_eq!(ask(&gate, Request::GateStatus)["open_all"], true);

    // The power goes and comes back.
    drop(window);
    let mut window = open(&gate);
    window.until("值班：赵队 07");
    window.until("正在对所有人开放");
    assert!(
        !window.says("可进入，"),
        "no answer of before stands for anybody now"
    );
    window.press(Key::F9);
    window.press(Key::Enter);
    window.until("已恢复关闭");
    assert_eq!(ask(&gate, Request::GateStatus)["open_all"], false);
    window.line(&text);
    window.until("E_USED");
    window.press(Key::F8);
    window.press(Key::Num2);
    window.press(Key::Enter);
    window.until("已放行并记录");
    window.press(Key::F10);
    window.until("用超次数的码（1）");
    window.until("李* 3-2-501：第 2 次，只准 1 次（值班员放行）");
    window.press(Key::F12);
    window.until("疏散名单：院内来访 4 人");

    let act = GateAct::Incidents;
    let incidents = ask(&gate, Request::Gate { act })["incidents"].clone();
    assert_eq!(incidents.as_array().unwrap().len(), 1, "{incidents}");
    let log = ask(&gate, Request::GateLog)["events"].to_string();
    for word in [
        "HAND_OVER",
        "ADMIT",
        "WALK_IN",
        "OVERRIDE",
        "EXIT",
        "CORRECTED",
        "OPEN_ALL",
        "CLOSED",
        "急救",
        "老周",
        "点错了",
    ] {
        assert!(log.contains(word), "{word} is not in {log}");
    }
}

#[test]
fn a_station_that_waits_for_its_node_finds_it_loses_it_and_finds_it_again() {
    let dir = tempfile::tempdir().unwrap();
    let (gate, text) = gate(dir.path());
    let home = Home {
        attach: true,
        ..home_of(&gate)
    };
    let mut window = open_in(home, |world| {
        world.returns = true;
        // A clock that runs fast enough to try again in every frame.
        let ahead = std::cell::Cell::new(0);
        world.clock = Box::new(move || {
            ahead.set(ahead.get() + 500);
            now_ms() + ahead.get() % 4_000
        });
    });
    let seen = |window: &mut Window, text: &str| {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            window.harness.step();
            if window.says(text) {
                return;
            }
            // The node needs the processor more than the window does.
            std::thread::park_timeout(std::time::Duration::from_millis(5));
        }
        panic!("the window never said: {text}");
    };
    let node = Node::start(&gate, Vec::new());
    seen(&mut window, "预计到访（2）");
    window.line(&text);
    seen(&mut window, "可进入，李* +1 人");
    drop(node);
    // What is gone is not drawn.
    for _ in 0..20_000 {
        window.harness.step();
        if !window.says("院内未离开") {
            break;
        }
        std::thread::yield_now();
    }
    assert!(!window.says("可进入，"), "an answer outlived its node");
    let _node = Node::start(&gate, Vec::new());
    seen(&mut window, "院内未离开（1）");
    assert!(!window.says("可进入，"), "an answer came back");
}
