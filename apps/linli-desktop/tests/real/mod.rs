//! Homes with nodes in threads over loopback, and a window on one of them.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; the node beside the window runs on the real clock"
)]

use egui::{Event, Key, Modifiers, Vec2, accesskit, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_desktop::app::{App, World};
use linli_desktop::client::{self, Home};
use linli_desktop::clipboard::System;
use linli_desktop::eyes::Eyes;
use linli_desktop::homes;
use linli_desktop::sound::Chimes;
use linli_desktop::state::State;
use linli_node::api::Request;
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, RunArgs};
use linli_view::api::GateResult;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub const PATIENCE: Duration = Duration::from_secs(90);

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

/// Asks until it holds.
#[track_caller]
pub fn ask_until(
    what: &str,
    options: &HomeOptions,
    request: Request,
    holds: impl Fn(&Value) -> bool,
) {
    let began = Instant::now();
    while !holds(&ask(options, request.clone())) {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// Asks until it is done without a fault or a warning.
#[track_caller]
pub fn ask_until_done(what: &str, options: &HomeOptions, request: Request) {
    let began = Instant::now();
    let done = || {
        let answer = home::ask(options, request.clone(), &mut |_, _| {});
        answer.is_ok_and(|answer| answer.warnings.is_empty())
    };
    while !done() {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
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
        let told = home::ask(&self.options, Request::Shutdown, &mut |_, _| {});
        // One that did not hear us ends with the test: waiting for it would hide what went wrong.
        let hears = told.map_or_else(|fault| fault.code == "owner-gone", |_| true);
        if let Some(thread) = self.thread.take().filter(|_| hears) {
            let _ = thread.join();
        }
    }
}

/// A community of one founder with one gate.
pub fn found(office: &HomeOptions) {
    let args = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![(1, "东门".into())],
        office: "物业服务中心".into(),
        founders: 1,
    };
    home::found(office, &args).unwrap();
}

/// Enrols a home with a running office; both sides type the pictures.
pub fn enrol(office: &HomeOptions, joiner: &HomeOptions, unit: Option<&str>, role: &str) {
    let invite = ask(
        office,
        Request::InviteOpen {
            unit: unit.map(str::to_owned),
            role: role.into(),
            ttl_s: 600,
        },
    );
    let join = JoinArgs {
        invite: invite["invite"].as_str().unwrap().to_owned(),
        device_name: role.into(),
    };
    let side = home::join(joiner, &join).unwrap().data;
    let pictures: Vec<&str> = side["emoji"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for side in [office, joiner] {
        let typed = pictures.join(" ");
        ask(side, Request::SasConfirm { typed });
    }
}

/// Counts how often the doorbell and the alarm were heard.
struct Counted(Arc<AtomicU32>, Arc<AtomicU32>);

impl Chimes for Counted {
    fn chime(&mut self, _: GateResult) {}
    fn ring(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
    fn alarm(&mut self) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

/// How large a window is, unless its test says otherwise.
const SIZE: Vec2 = vec2(1180.0, 720.0);

/// A window on this home, as it would find it: with a node of its own where no program has the home.
pub fn home_of(options: &HomeOptions) -> Home {
    Home {
        dir: options.dir.clone(),
        keys_dir: options.keys_dir.clone(),
        listen: vec!["127.0.0.1:0".into()],
        mdns: false,
        attach: false,
        ring: None,
    }
}

/// A window with a node of its own.
pub struct Window {
    pub harness: Harness<'static, App>,
    woken: Receiver<()>,
    bells: Arc<AtomicU32>,
    alarms: Arc<AtomicU32>,
    /// How far the window's clock is ahead of the real one, ms.
    pub ahead: Arc<AtomicU64>,
}

impl Window {
    pub fn open(options: &HomeOptions, lang: Lang, look: Look) -> Self {
        Self::open_in(home_of(options), lang, look, SIZE, |_| ())
    }

    /// Opens it in a world that differs.
    pub fn open_in(
        home: Home,
        lang: Lang,
        look: Look,
        size: Vec2,
        differs: impl FnOnce(&mut World),
    ) -> Self {
        let (wake, woken) = sync_channel(1);
        let dir = home.dir.clone();
        let open: homes::Open = Arc::new(Mutex::new(home));
        let opens = Arc::clone(&open);
        let bells = Arc::new(AtomicU32::new(0));
        let alarms = Arc::new(AtomicU32::new(0));
        let ahead = Arc::new(AtomicU64::new(0));
        let of = Arc::clone(&ahead);
        let mut world = World {
            home: dir.display().to_string(),
            connect: Box::new(move || {
                let (wake, home) = (wake.clone(), homes::opened(&opens));
                // A wake that is not taken yet is as good as two.
                client::open(
                    &home,
                    Arc::new(move || wake.try_send(()).unwrap_or_default()),
                )
            }),
            clock: Box::new(move || now_ms() + of.load(Ordering::Relaxed)),
            clipboard: Box::new(System::default()),
            chimes: Box::new(Counted(Arc::clone(&bells), Arc::clone(&alarms))),
            eyes: Eyes::start(Arc::new(|| {})),
            returns: false,
            pictures: dir.clone(),
            papers: dir,
            login: Box::new(linli_desktop::login::NoLogIn),
            homes: Box::new(homes::System::of(open)),
        };
        differs(&mut world);
        let state = State::new(lang, look, Screen::Home);
        let builder = Harness::builder().with_size(size).with_max_steps(16);
        let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
        Self {
            harness,
            woken,
            bells,
            alarms,
            ahead,
        }
    }

    pub fn alarms(&self) -> u32 {
        self.alarms.load(Ordering::Relaxed)
    }

    pub fn bells(&self) -> u32 {
        self.bells.load(Ordering::Relaxed)
    }

    pub fn says(&self, text: &str) -> bool {
        self.harness
            .query_all_by_label_contains(text)
            .next()
            .is_some()
    }

    /// Draws whenever the node has said something, until it holds. A node says something every half a minute by itself,
    /// so what counts is the time since the first look.
    #[track_caller]
    fn drawn(&mut self, never: &str, holds: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        loop {
            self.harness.run_ok();
            if holds(self) {
                return;
            }
            let left = PATIENCE.saturating_sub(began.elapsed());
            let woken = self.woken.recv_timeout(left).is_ok();
            assert!(woken && !left.is_zero(), "{never}");
        }
    }

    /// Until the window says this.
    #[track_caller]
    pub fn until(&mut self, text: &str) {
        let never = format!("the window never said: {text}");
        self.drawn(&never, |window| window.says(text));
    }

    /// Until everything that the window asked for is here: what comes later would draw the page anew under the keys.
    #[track_caller]
    pub fn settle(&mut self) {
        let settled = |window: &Self| window.harness.state().settled();
        self.drawn("the window still waits for an answer", settled);
    }

    /// A key alone.
    pub fn press(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    pub fn text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.into()));
        self.harness.run_ok();
    }

    /// Until the call over the page takes an answer.
    pub fn armed(&mut self) {
        let began = Instant::now();
        while !self.harness.state().state.armed {
            assert!(began.elapsed() < PATIENCE, "the call never took an answer");
            std::thread::park_timeout(Duration::from_millis(20));
            self.harness.run_ok();
        }
    }

    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.harness
            .get_by_role_and_label(accesskit::Role::Button, name)
            .click();
        self.harness.run_ok();
    }

    /// Presses what may have to be scrolled to first.
    #[track_caller]
    pub fn in_sight(&mut self, name: &str) {
        self.harness
            .get_by_role_and_label(accesskit::Role::Button, name)
            .scroll_to_me();
        self.harness.run_ok();
        self.click(name);
    }

    /// Writes into the page of a folder where a file is.
    #[track_caller]
    pub fn file(&mut self, path: &Path) {
        self.until("或者在这里写出");
        self.settle();
        let field = "或者在这里写出、粘贴它在哪里";
        let role = accesskit::Role::TextInput;
        self.harness.get_by_role_and_label(role, field).focus();
        self.harness.run_ok();
        self.key(Modifiers::COMMAND, Key::A);
        self.text(&path.display().to_string());
        self.key(Modifiers::NONE, Key::Enter);
    }

    /// Types a line.
    pub fn line(&mut self, text: &str) {
        self.text(text);
        self.press(Key::Enter);
    }

    /// Puts the cursor, or the focus, there.
    #[track_caller]
    pub fn focus(&mut self, role: accesskit::Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run_ok();
    }

    /// At a station: presses the digit in front of the line that says this.
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
        self.press(digits[at - 1]);
    }
}
