//! An office, a gate and a window on the gate's own node.
#![allow(
    dead_code,
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
use linli_node::api::{PassArgs, Request};
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

pub const PATIENCE: Duration = Duration::from_secs(30);

pub fn options(dir: &Path, name: &str) -> HomeOptions {
    HomeOptions {
        dir: dir.join(name),
        passphrase: None,
        keys_dir: Some(dir.join("keys").join(name)),
        timeout: PATIENCE,
    }
}

#[track_caller]
pub fn ask(options: &HomeOptions, request: Request) -> Value {
    home::ask(options, request, &mut |_, _| {}).unwrap().data
}

pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// A node in a thread, until it is told to stop.
pub struct Node {
    options: HomeOptions,
    pub addr: String,
    thread: Option<JoinHandle<()>>,
}

impl Node {
    pub fn start(options: &HomeOptions, peers: Vec<String>) -> Self {
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

/// The office that founds the estate.
pub fn found(dir: &Path) -> HomeOptions {
    let office = options(dir, "office");
    let found = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![(1, "东门".into())],
        office: "物业服务中心".into(),
        founders: 1,
    };
    home::found(&office, &found).unwrap();
    office
}

/// Who is invited joins the office's home; both type the pictures.
pub fn enrol(office: &HomeOptions, home: &HomeOptions, role: &str, unit: Option<&str>) {
    let invite = Request::InviteOpen {
        unit: unit.map(str::to_owned),
        role: role.into(),
        ttl_s: 600,
    };
    let join = JoinArgs {
        invite: ask(office, invite)["invite"].as_str().unwrap().to_owned(),
        device_name: role.into(),
    };
    let side = home::join(home, &join).unwrap().data;
    let pictures: Vec<&str> = side["emoji"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for side in [office, home] {
        let typed = pictures.join(" ");
        ask(side, Request::SasConfirm { typed });
    }
}

/// A gate that has heard of two passes, and the text of one. Nobody else is left on the network.
pub fn gate(dir: &Path) -> (HomeOptions, String) {
    gate_after(dir, |_| ())
}

/// The same, where the office did something before.
pub fn gate_after(dir: &Path, before: impl FnOnce(&HomeOptions)) -> (HomeOptions, String) {
    let (office, gate) = (found(dir), options(dir, "gate"));
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &gate, "gate:1", None);
    before(&office);
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

pub struct Silence;

impl Chimes for Silence {
    fn chime(&mut self, _: GateResult) {}
    fn ring(&mut self) {}
    fn alarm(&mut self) {}
}

pub struct Window {
    pub harness: Harness<'static, App>,
    pub woken: Receiver<()>,
}

impl Window {
    pub fn open(options: &HomeOptions) -> Self {
        let (wake, woken) = sync_channel(1);
        let home = Home {
            dir: options.dir.clone(),
            keys_dir: options.keys_dir.clone(),
            listen: vec!["127.0.0.1:0".into()],
            mdns: false,
            attach: false,
            ring: None,
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
            papers: options.dir.clone(),
            login: Box::new(linli_desktop::login::NoLogIn),
            homes: Box::new(linli_desktop::homes::OneHome),
            pictures: options.dir.clone(),
        };
        let state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
        let builder = Harness::builder()
            .with_size(vec2(1366.0, 768.0))
            .with_max_steps(16);
        let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
        Self { harness, woken }
    }

    pub fn says(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    /// Draws whenever the node has said something, until the window says this.
    #[track_caller]
    pub fn until(&mut self, text: &str) {
        loop {
            self.harness.run_ok();
            if self.says(text) {
                return;
            }
            let woken = self.woken.recv_timeout(PATIENCE);
            assert!(woken.is_ok(), "the window never said: {text}");
        }
    }

    pub fn key(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::NONE, key);
        self.harness.run_ok();
    }

    /// Puts the cursor, or the focus, there.
    pub fn focus(&mut self, role: accesskit::Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run_ok();
    }

    pub fn with_control(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, key);
        self.harness.run_ok();
    }

    /// Types without Enter.
    pub fn types(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.harness.run_ok();
    }

    /// Presses the digit in front of the line that says this.
    #[track_caller]
    pub fn choose(&mut self, line: &str) {
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

    pub fn line(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.harness.run_ok();
        self.key(Key::Enter);
    }
}
