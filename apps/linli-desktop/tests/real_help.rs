//! Two real homes over loopback: one calls for help in its window, the other's window shows and sounds it and answers; the
//! caller is shown that, also after its window was closed and opened again; the false alarm is told; practice is not heard.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; the nodes beside the windows run on the real clock"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::{HelpAct, Request};
use linli_node::home::{self, HomeOptions};
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Node, PATIENCE, Window, ask, ask_until, enrol, found, options};
use std::time::{Duration, Instant};

fn help(act: HelpAct) -> Request {
    Request::Help { act }
}

/// Asks the neighbour to look after this home, as soon as the neighbour is known here.
fn asked_to_look(house: &HomeOptions, unit: &str) {
    let began = Instant::now();
    let act = || HelpAct::SetCare {
        helpers: Some(vec![unit.to_owned()]),
        minute: Some(Some(9 * 60)),
    };
    while home::ask(house, help(act()), &mut |_, _| {}).is_err() {
        assert!(began.elapsed() < PATIENCE, "never: the neighbour is known");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// Presses a key until the window says this: an alarm that has just come takes no answer yet.
fn press_until(window: &mut Window, key: Key, text: &str) {
    let began = Instant::now();
    while !window.says(text) {
        assert!(began.elapsed() < PATIENCE, "never: {text}");
        window.key(Modifiers::NONE, key);
        std::thread::park_timeout(Duration::from_millis(100));
    }
}

#[test]
fn a_real_call_is_heard_answered_stands_after_a_restart_and_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let [office, caller, helper] =
        ["office", "caller", "helper"].map(|name| options(dir.path(), name));
    found(&office);
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &helper, Some("3-2-502"), "household");
    enrol(&office, &caller, Some("3-2-501"), "household");
    let mut theirs = Window::open(&helper, Lang::ZhCn, Look::Light);
    theirs.until("丰盛园");
    let mut mine = Window::open(&caller, Lang::ZhCn, Look::Elderly);
    mine.until("丰盛园");
    let dial = |of: &HomeOptions| {
        let addr = office_node.addr.clone();
        ask(of, Request::NetDial { addr });
    };
    dial(&helper);
    dial(&caller);
    asked_to_look(&caller, "3-2-502");

    // Somebody types a pass for a visitor while the neighbour falls.
    theirs.key(Modifiers::COMMAND, Key::N);
    theirs.text("李");
    mine.key(Modifiers::NONE, Key::F9);
    mine.until("要叫人来帮忙吗");
    mine.key(Modifiers::NONE, Key::F9);
    mine.until("您正在呼救");
    theirs.until("有人呼救");
    theirs.until("这家请您照看");
    assert!(
        theirs.says("3-2-501") && theirs.alarms() > 0,
        "and it is heard"
    );
    mine.until("照看人 3-2-502 已收到");
    mine.until("物业服务中心 已收到");

    // The window dies. The call stands, and so does who has it.
    drop(mine);
    let mut mine = Window::open(&caller, Lang::ZhCn, Look::Elderly);
    mine.until("您家正在呼救：2 处已收到");
    dial(&caller);
    mine.key(Modifiers::NONE, Key::F9);
    mine.until("照看人 3-2-502 已收到");
    let list = ask(&caller, help(HelpAct::List));
    assert_eq!(list["calls"].as_array().unwrap().len(), 1, "{list}");

    press_until(&mut theirs, Key::F7, "已告诉对方：马上有人来");
    assert!(!theirs.says("这家请您照看"));
    mine.until("有人正赶来");
    mine.until("照看人 3-2-502 马上来");
    // What was typed before is there, the cursor too.
    theirs.text("然");
    theirs.key(Modifiers::NONE, Key::Enter);
    theirs.until("不需要联网就能用");
    assert!(theirs.says("李然"));

    // A false alarm: whoever heard it is told.
    mine.click("没事了，撤回");
    mine.until("已经收到的会看到");
    mine.click("对，没事了");
    mine.until("这些人会看到没事了");
    theirs.until("3-2-501 撤回了呼救：没事了，或者是误报");

    // Practice goes the same way, is marked, and makes no sound.
    let alarms = theirs.alarms();
    mine.click("演练一次");
    mine.click("开始演练（F9）");
    mine.until("【演练】正在演练呼救");
    mine.until("照看人 3-2-502 已收到");
    theirs.key(Modifiers::ALT, Key::Num7);
    theirs.until("【演练】3-2-501 在演练呼救，不用去");
    assert_eq!(theirs.alarms(), alarms);

    // All is well: said on the first screen, read by those who look.
    mine.click("结束演练");
    mine.click("对，没事了");
    mine.until("演练结束了");
    mine.key(Modifiers::ALT, Key::Num1);
    mine.click("我很好，报平安");
    mine.until("已报平安，会看到的有：3-2-502");

    // And the office's numbers are here when nobody is.
    let numbers = vec![("值班室".to_owned(), "010-6666 0001".to_owned())];
    ask(&office, help(HelpAct::SetNumbers { numbers }));
    let shown = help(HelpAct::Numbers);
    ask_until("the numbers are here", &caller, shown, |data| {
        data["numbers"].as_array().unwrap().len() == 4
    });
    drop(office_node);
    drop(theirs);
    mine.key(Modifiers::NONE, Key::Escape);
    mine.key(Modifiers::ALT, Key::Num5);
    mine.until("值班室：010-6666 0001");
}
