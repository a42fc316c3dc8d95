//! B12, the half of it that is drawing: a window of the product on a home of 50,000 posts, of which it lists the newest
//! 10,000 at most ([`board::MOST`]), and 3,000 notices. A frame is everything the processor does for it: input, the view,
//! layout, tessellation. The peer is the same window on a handful of each.

use super::Scale;
use crate::clock::timed;
use crate::stats::{Measured, Rounds, Times};
use anyhow::{Context as _, Result};
use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, pos2, vec2};
use linli_desktop::app::{App, World};
use linli_desktop::clipboard::{Clipboard, NoClipboard};
use linli_desktop::eyes::Eyes;
use linli_desktop::picture::Picture;
use linli_desktop::sound::Chimes;
use linli_desktop::state::State;
use linli_view::api::{
    Fault, FaultCode, GateResult, Incoming, NoticeItem, PostItem, PostsOf, PostsPage, Reply,
    Request, Status,
};
use linli_view::board;
use linli_view::client::Client;
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Sunday 2026-11-22 14:32 in Beijing.
const NOW_MS: u64 = 1_795_329_120_000;
const BODY: &str = "今晚七点想搬一张沙发下楼，需要两个人，谁能帮忙？谢谢。";

/// A node that has everything ready.
struct Ready {
    status: Status,
    notices: Vec<NoticeItem>,
    posts: Vec<PostItem>,
    inbox: Vec<Incoming>,
    next: u64,
}

impl Ready {
    fn new(posts: usize, notices: usize) -> Result<Self> {
        let status = include_str!("../../../../crates/linli-view/samples/status.json");
        let some = include_str!("../../../../crates/linli-view/samples/notices.json");
        let some: Vec<NoticeItem> = serde_json::from_str(some)?;
        let first = some.first().context("no notice")?;
        let notices = (0..notices).map(|n| {
            let mut notice = first.clone();
            notice.id = format!("n{n}");
            notice.published_ms = NOW_MS - n as u64 * 60_000;
            notice
        });
        let post: PostItem = serde_json::from_value(json!({
            "id": "p", "kind": "ask", "author": "3-2-501", "body": BODY, "published_ms": NOW_MS,
            "heard_ms": NOW_MS, "closed": false,
        }))?;
        let posts = (0..posts).map(|n| {
            let mut post = post.clone();
            (post.id, post.body) = (format!("p{n}"), format!("{n} {BODY}"));
            post.published_ms = NOW_MS - n as u64 * 60_000;
            post
        });
        Ok(Self {
            status: serde_json::from_str(status)?,
            notices: notices.collect(),
            posts: posts.collect(),
            inbox: Vec::new(),
            next: 0,
        })
    }
}

impl Ready {
    /// The newest, as a node gives them: it reads no others.
    fn page(&self, most: u32) -> PostsPage {
        let total = u32::try_from(self.posts.len()).unwrap_or(u32::MAX);
        let newest = total.min(most);
        let posts = self.posts.iter().take(newest as usize).cloned().collect();
        PostsPage {
            posts,
            newest,
            total,
        }
    }
}

impl Client for Ready {
    fn send(&mut self, request: Request) -> u64 {
        self.next += 1;
        let reply = match request {
            Request::Status => Reply::Status(Box::new(self.status.clone())),
            Request::NoticeList => Reply::Notices(self.notices.clone()),
            Request::PostList => Reply::Posts(self.page(board::PAGE)),
            Request::PostPage { most, .. } => Reply::PostPage(self.page(most)),
            Request::Subscribe => Reply::Done,
            _ => Reply::Fault(Fault::of(FaultCode::NotFound)),
        };
        let id = self.next;
        self.inbox.push(Incoming::Reply { id, reply });
        id
    }

    fn poll(&mut self) -> Vec<Incoming> {
        std::mem::take(&mut self.inbox)
    }
}

struct Nothing;

impl Clipboard for Nothing {
    fn picture(&mut self, _: &Picture) -> Result<(), NoClipboard> {
        Err(NoClipboard("none".into()))
    }
}

impl Chimes for Nothing {
    fn chime(&mut self, _: GateResult) {}
    fn ring(&mut self) {}
    fn alarm(&mut self) {}
}

/// A window, and how long its frames take.
struct Window {
    ctx: egui::Context,
    app: App,
    at_s: f64,
}

impl Window {
    fn new(screen: Screen, posts: usize, notices: usize) -> Result<Self> {
        let mut ready = Some(Ready::new(posts, notices)?);
        let world = World {
            connect: Box::new(move || match ready.take() {
                Some(ready) => Box::new(ready),
                None => std::process::abort(),
            }),
            clock: Box::new(|| NOW_MS),
            clipboard: Box::new(Nothing),
            chimes: Box::new(Nothing),
            eyes: Eyes::start(Arc::new(|| {})),
            returns: false,
            pictures: PathBuf::new(),
            papers: PathBuf::new(),
            home: "/nonexistent".into(),
            login: Box::new(linli_desktop::login::NoLogIn),
            homes: Box::new(linli_desktop::homes::OneHome),
        };
        let ctx = egui::Context::default();
        let app = App::new(&ctx, world, State::new(Lang::ZhCn, Look::Light, screen));
        let mut window = Self {
            ctx,
            app,
            at_s: 0.0,
        };
        for _ in 0..5 {
            window.frame(Vec::new());
        }
        // As far back as a window goes.
        let all = Intent::OlderPosts(PostsOf::All, board::MOST);
        let ctx = window.ctx.clone();
        window.app.perform(&ctx, all);
        for _ in 0..5 {
            window.frame(Vec::new());
        }
        Ok(window)
    }

    fn frame(&mut self, events: Vec<Event>) -> std::time::Duration {
        self.at_s += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1366.0, 768.0))),
            time: Some(self.at_s),
            events,
            ..RawInput::default()
        };
        let Self { ctx, app, .. } = self;
        let (drawn, took) = timed(|| {
            app.drain();
            let output = ctx.run_ui(input, |ui| app.frame(ui));
            ctx.tessellate(output.shapes, output.pixels_per_point)
        });
        std::hint::black_box(drawn);
        took
    }

    /// Turns the wheel over the list.
    fn scroll(&mut self, frames: usize) -> Times {
        let mut times = Times::default();
        for n in 0..frames {
            let wheel = Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, if n % 100 < 70 { -180.0 } else { 180.0 }),
                phase: egui::TouchPhase::Move,
                modifiers: Modifiers::NONE,
            };
            let over = Event::PointerMoved(pos2(300.0, 400.0));
            times.push(self.frame(vec![over, wheel]));
        }
        times
    }

    /// Types into the form of a new post or notice, a letter a frame.
    fn write(&mut self, frames: usize) -> Times {
        let key = |key, modifiers, pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.frame(vec![
            key(Key::N, Modifiers::COMMAND, true),
            key(Key::N, Modifiers::COMMAND, false),
        ]);
        for _ in 0..5 {
            self.frame(Vec::new());
        }
        let mut times = Times::default();
        for n in 0..frames {
            let letter = BODY.chars().nth(n % BODY.chars().count()).unwrap_or('邻');
            times.push(self.frame(vec![Event::Text(letter.to_string())]));
        }
        times
    }
}

pub(super) fn run(_dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let (posts, notices) = (scale.of(50_000, 500), scale.of(3_000, 30));
    let frames = scale.of(200, 20);
    let (mut scrolled, mut typed) = (Rounds::default(), Rounds::default());
    for _ in 0..scale.rounds {
        let (mut scroll, mut bare) = (Times::default(), Times::default());
        for screen in [Screen::Board, Screen::Notices] {
            scroll.extend(&Window::new(screen, posts, notices)?.scroll(frames));
            bare.extend(&Window::new(screen, 10, 10)?.scroll(frames));
        }
        scrolled.push(scroll.percentile_s(99), bare.percentile_s(99));
        let many = Window::new(Screen::Board, posts, notices)?.write(frames);
        let few = Window::new(Screen::Board, 10, 10)?.write(frames);
        typed.push(many.percentile_s(99), few.percentile_s(99));
    }
    let listed = posts.min(board::MOST as usize);
    let note = format!(
        "a home of {posts} posts, of which the window lists {listed} at most, {notices} notices, {frames} frames each, 1366x768"
    );
    Ok(vec![
        scrolled.measured("b12-scroll", note.clone()),
        typed.measured("b12-typing", note),
    ])
}
