//! The gate station on a real gate's home: enrolled with an office over loopback, then alone, with the network dead. What
//! is typed in the window is decided and written down by the node; the command line's questions see the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; the node beside the window runs on the real clock"
)]

use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_desktop::app::{App, World};
use linli_desktop::client::{self, Home};
use linli_desktop::clipboard::System;
use linli_desktop::eyes::Eyes;
use linli_desktop::sound::Chimes;
use linli_desktop::state::State;
use linli_node::api::{GateAct, PassArgs, Request};
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, RunArgs};
use linli_view::api::GateResult;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const PATIENCE: Duration = Duration::from_secs(30);

fn options(dir: &Path, name: &str) -> HomeOptions {
    HomeOptions {
        dir: dir.join(name),
        passphrase: None,
        keys_dir: Some(dir.join("keys").join(name)),
        timeout: PATIENCE,
    }
}

#[track_caller]
fn ask(options: &HomeOptions, request: Request) -> Value {
    home::ask(options, request, &mut |_, _| {}).unwrap().data
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// A node in a thread, until it is told to stop.
struct Node {
    options: HomeOptions,
    addr: String,
    thread: Option<JoinHandle<()>>,
}

impl Node {
    fn start(options: &HomeOptions, peers: Vec<String>) -> Self {
        let (tell, told) = sync_channel(1);
        let of = options.clone();
        let args = RunArgs {
            listen: vec!["127.0.0.1:0".into()],
            peers,
            mdns: false,
        };
        let body = move || {
            home::run(&of, &args, &mut |ready| {
                let _ = tell.send(ready);
            })
            .unwrap();
        };
        let thread = std::thread::Builder::new().spawn(body).unwrap();
        let ready: Value = told.recv_timeout(PATIENCE).unwrap();
        Self {
            options: options.clone(),
            addr: ready["addrs"][0].as_str().unwrap().to_owned(),
            thread: Some(thread),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = home::ask(&self.options, Request::Shutdown, &mut |_, _| {});
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A gate that has heard of two passes, and their texts. Nobody else is left on the network.
fn gate(dir: &Path) -> (HomeOptions, String) {
    let (office, gate) = (options(dir, "office"), options(dir, "gate"));
    let found = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![(1, "东门".into())],
        office: "物业服务中心".into(),
        founders: 1,
    };
    home::found(&office, &found).unwrap();
    let office_node = Node::start(&office, Vec::new());
    let invite = ask(
        &office,
        Request::InviteOpen {
            unit: None,
            role: "gate:1".into(),
            ttl_s: 600,
        },
    );
    let join = JoinArgs {
        invite: invite["invite"].as_str().unwrap().to_owned(),
        device_name: "东门".into(),
    };
    let side = home::join(&gate, &join).unwrap().data;
    let pictures: Vec<&str> = side["emoji"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for side in [&office, &gate] {
        let typed = pictures.join(" ");
        ask(side, Request::SasConfirm { typed });
    }
    let from_s = now_ms() / 1000 - 60;
    let pass = |label: &str, kind: &str, entries, plate: Option<&str>| {
        let args = PassArgs {
            label: label.into(),
            kind: kind.into(),
            from_s,
            until_s: from_s + 4 * 3600,
            host: Some("3-2-501".into()),
            entries,
            gates: vec![1],
            plate: plate.map(str::to_owned),
            companions: 1,
            pin: None,
            windows: Vec::new(),
        };
        ask(&office, Request::PassIssue(args))
    };
    let text = pass("李*", "person", 1, None)["text"]
        .as_str()
        .unwrap()
        .to_owned();
    pass("张*", "vehicle", 0, Some("京AD12345"));
    let gate_node = Node::start(&gate, vec![office_node.addr.clone()]);
    let by = now_ms() + 60_000;
    while ask(&gate, Request::GateStatus)["grants"] != 2 {
        assert!(now_ms() < by, "the gate never heard of the passes");
        std::thread::yield_now();
    }
    drop((gate_node, office_node));
    (gate, text)
}

struct Silence;

impl Chimes for Silence {
    fn chime(&mut self, _: GateResult) {}
}

struct Window {
    harness: Harness<'static, App>,
    woken: Receiver<()>,
}

impl Window {
    fn open(options: &HomeOptions) -> Self {
        let (wake, woken) = sync_channel(1);
        let home = Home {
            dir: options.dir.clone(),
            keys_dir: options.keys_dir.clone(),
            listen: vec!["127.0.0.1:0".into()],
            mdns: false,
            attach: false,
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
            clock: Box::new(now_ms),
            clipboard: Box::new(System::default()),
            chimes: Box::new(Silence),
            eyes: Eyes::start(Arc::new(|| {})),
            returns: false,
            pictures: options.dir.clone(),
        };
        let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
        let builder = Harness::builder()
            .with_size(vec2(1366.0, 768.0))
            .with_max_steps(16);
        let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
        Self { harness, woken }
    }

    fn says(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    /// Draws whenever the node has said something, until the window says this.
    #[track_caller]
    fn until(&mut self, text: &str) {
        loop {
            self.harness.run_ok();
            if self.says(text) {
                return;
            }
            let woken = self.woken.recv_timeout(PATIENCE);
            assert!(woken.is_ok(), "the window never said: {text}");
        }
    }

    fn key(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::NONE, key);
        self.harness.run_ok();
    }

    /// Presses the digit in front of the line that says this.
    #[track_caller]
    fn choose(&mut self, line: &str) {
        self.until(line);
        let digits = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
        ];
        let named = |n: &usize| {
            let mut lines = self.harness.query_all_by_role(accesskit::Role::Button);
            lines.any(|node| {
                let label = node.accesskit_node().label().unwrap_or_default();
                label.starts_with(&format!("{n}  ")) && label.contains(line)
            })
        };
        let at = (1..=digits.len()).find(named).expect("a line to choose");
        self.key(digits[at - 1]);
    }

    fn line(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.harness.run_ok();
        self.key(Key::Enter);
    }
}

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
        pictures: gate.dir.clone(),
    };
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    let builder = Harness::builder()
        .with_size(vec2(1366.0, 768.0))
        .with_max_steps(4);
    let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
    let mut window = Window { harness, woken };
    let seen = |window: &mut Window, text: &str| {
        for _ in 0..20_000 {
            window.harness.step();
            if window.says(text) {
                return;
            }
            std::thread::yield_now();
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
