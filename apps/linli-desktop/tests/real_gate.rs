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

use egui::{Key, vec2};
use egui_kittest::Harness;
use gate_home::{Node, PATIENCE, Silence, Window, ask, gate, now_ms};
use linli_desktop::app::{App, World};
use linli_desktop::client::{self, Home};
use linli_desktop::clipboard::System;
use linli_desktop::eyes::Eyes;
use linli_desktop::state::State;
use linli_node::api::{GateAct, Request};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

#[test]
fn a_shift_on_a_real_gates_node_is_decided_written_down_and_there_again_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (gate, text) = gate(dir.path());
    let mut window = Window::open(&gate);
    // No click: a gate's home opens as its station.
    window.until("还没有人登记值班");
    window.until("预计到访（2）");
    window.key(Key::F6);
    window.line("赵队 07");
    window.until("值班：赵队 07");

    window.line(&text);
    window.until("可进入，李* +1 人  → 3-2-501");
    window.until("院内未离开（1）");
    window.line(&text);
    window.until("已放行过");
    window.line(&format!("{text}X"));
    window.until("不可进入");
    window.key(Key::F2);
    window.line("京ＡＤ12345");
    window.until("可进入，张* +1 人");
    window.key(Key::F2);
    window.line("津C66018");
    window.until("E_PLATE_UNKNOWN");
    window.key(Key::F3);
    window.line("3-2-501 老周");
    window.until("请先确认，老周  → 3-2-501");
    window.key(Key::F8);
    window.key(Key::Num1);
    window.key(Key::Enter);
    window.until("已放行并记录");
    window.until("院内未离开（3）");
    window.key(Key::F5);
    window.line("京AD12345");
    window.until("院内未离开（2）");
    // It was another car: the last click is taken back.
    window.key(Key::F7);
    window.choose("离开 张*");
    window.until("更正这一条");
    window.key(Key::Enter);
    window.until("院内未离开（3）");
    window.key(Key::F9);
    window.key(Key::Num2);
    window.key(Key::Enter);
    window.until("正在对所有人开放");
    assert_eq!(ask(&gate, Request::GateStatus)["open_all"], true);

    // The power goes and comes back.
    drop(window);
    let mut window = Window::open(&gate);
    window.until("值班：赵队 07");
    window.until("正在对所有人开放");
    assert!(
        !window.says("可进入，"),
        "no answer of before stands for anybody now"
    );
    window.key(Key::F9);
    window.key(Key::Enter);
    window.until("已恢复关闭");
    assert_eq!(ask(&gate, Request::GateStatus)["open_all"], false);
    window.line(&text);
    window.until("E_USED");
    window.key(Key::F8);
    window.key(Key::Num2);
    window.key(Key::Enter);
    window.until("已放行并记录");
    window.key(Key::F10);
    window.until("用超次数的码（1）");
    window.until("李* 3-2-501：第 2 次，只准 1 次（值班员放行）");
    window.key(Key::F12);
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
    let (wake, woken) = sync_channel(1);
    let home = Home {
        dir: gate.dir.clone(),
        keys_dir: gate.keys_dir.clone(),
        attach: true,
        ring: None,
        ..Home::default()
    };
    let world = World {
        home: home.dir.display().to_string(),
        connect: Box::new(move || {
            let wake = wake.clone();
            client::open(
                &home,
                Arc::new(move || wake.try_send(()).unwrap_or_default()),
            )
        }),
        // A clock that runs fast enough to try again in every frame.
        clock: {
            let ahead = std::cell::Cell::new(0);
            Box::new(move || {
                ahead.set(ahead.get() + 500);
                now_ms() + ahead.get() % 4_000
            })
        },
        clipboard: Box::new(System::default()),
        chimes: Box::new(Silence),
        eyes: Eyes::start(Arc::new(|| {})),
        returns: true,
        papers: gate.dir.clone(),
        login: Box::new(linli_desktop::login::NoLogIn),
        homes: Box::new(linli_desktop::homes::OneHome),
        pictures: gate.dir.clone(),
    };
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    let builder = Harness::builder()
        .with_size(vec2(1366.0, 768.0))
        .with_max_steps(4);
    let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
    let mut window = Window { harness, woken };
    let seen = |window: &mut Window, text: &str| {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            window.harness.step();
            if window.says(text) {
                return;
            }
            // The node needs the processor more than the window does.
            let _ = window
                .woken
                .recv_timeout(std::time::Duration::from_millis(5));
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
