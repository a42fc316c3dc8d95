//! Draws every screen in both languages and all looks, from the sample replies, as PNG files to look at.
//! `cargo run -p linli-desktop --example gallery -- DIR [WIDTHxHEIGHT] [SCALE]`. Needs no display; the product has no sample data.
//!
//! The tests in `tests/scenes/` go over the same scenes: whatever is added here is held to names, layout, contrast, keys and
//! input methods there. A file of its own for scenes: `examples/scenes/`, and its list into [`scenes`].
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a tool for looking, and scenes for tests"
)]

#[path = "scenes/alert.rs"]
mod alert;
#[path = "scenes/begin.rs"]
mod begin;
#[path = "scenes/board.rs"]
mod board;
#[path = "scenes/call.rs"]
mod call;
#[path = "../tests/common/mod.rs"]
pub(crate) mod common;
#[path = "scenes/find.rs"]
mod find;
#[path = "scenes/folder.rs"]
mod folder;
#[path = "scenes/help.rs"]
mod help;
#[path = "scenes/homes.rs"]
mod homes;
#[path = "scenes/invite.rs"]
mod invite;
#[path = "scenes/more.rs"]
mod more;
#[path = "scenes/notice.rs"]
mod notice;
#[path = "scenes/register.rs"]
mod register;

use common::office::be_office;
use common::passes::incident;
use common::{Shared, app, be_gate, node, raster};
use linli_desktop::app::App;
use linli_desktop::picture::Picture;
use linli_desktop::state::State;
use linli_view::api::{
    Fault, FaultCode, GateScan, Reason, RingState, ScanKind, SyncFacts, Trouble,
};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::pass_form::AskPin;
use linli_view::station::Mode;
use linli_view::words::Lang;
use notice::compose;
use std::path::PathBuf;

/// A name, what the node is like, and what the person does.
pub(crate) type Scene = (
    &'static str,
    Screen,
    fn(&Shared),
    fn(&egui::Context, &mut App),
);
const SCENES: &[Scene] = &[
    ("01-home", Screen::Home, |_| {}, |_, _| {}),
    ("02-notices", Screen::Notices, |_| {}, |_, _| {}),
    (
        "03-notice",
        Screen::Notices,
        |_| {},
        |ctx, app| open(ctx, app, "ntc059"),
    ),
    (
        "04-notice-two-languages",
        Screen::Notices,
        |_| {},
        |ctx, app| open(ctx, app, "ntc054"),
    ),
    (
        "05-notice-retracted",
        Screen::Notices,
        |_| {},
        |ctx, app| open(ctx, app, "ntc024"),
    ),
    (
        "06-notice-forged",
        Screen::Notices,
        |_| {},
        |ctx, app| open(ctx, app, "ntcbad"),
    ),
    ("07-visitors", Screen::Visitors, |_| {}, |_, _| {}),
    (
        "08-pass-form",
        Screen::Visitors,
        |_| {},
        |ctx, app| app.perform(ctx, Intent::NewPass),
    ),
    (
        "09-pass-form-problems",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::NewPass);
            let draft = app.state.draft.as_mut().unwrap();
            (draft.from, draft.plate) = ("25点".into(), "ABC".into());
            draft.gates.push(2);
            app.perform(ctx, Intent::TryPass);
        },
    ),
    (
        "10-pass",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::NewPass);
            let draft = app.state.draft.as_mut().unwrap();
            (draft.label, draft.companions, draft.plate) = ("李然".into(), 2, "京AD12345".into());
            app.perform(ctx, Intent::TryPass);
        },
    ),
    ("11-neighbours", Screen::Neighbours, |_| {}, |_, _| {}),
    ("12-alone", Screen::Neighbours, alone, |_, _| {}),
    (
        "13-trouble",
        Screen::Home,
        |node| node.borrow_mut().report.facts.trouble = Some(Trouble::DiskFull),
        |_, _| {},
    ),
    (
        "14-welcome",
        Screen::Home,
        |node| close(node, FaultCode::NoHome),
        |_, _| {},
    ),
    (
        "15-locked",
        Screen::Home,
        |node| close(node, FaultCode::WrongPassphrase),
        |_, _| {},
    ),
    (
        "16-gone",
        Screen::Home,
        |node| close(node, FaultCode::Gone),
        |_, _| {},
    ),
    ("17-station", Screen::Home, be_gate, |_, _| {}),
    ("18-station-admit", Screen::Home, be_gate, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:GOOD PASS")
    }),
    ("19-station-ask", Screen::Home, be_gate, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:GOOD PASS");
        scan(ctx, app, ScanKind::Plate, "京AD12345");
    }),
    ("20-station-deny", Screen::Home, be_gate, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:FORGED")
    }),
    ("21-station-plate", Screen::Home, be_gate, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Plate))
    }),
    ("22-station-open-all", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::OpenAll));
        app.perform(ctx, Intent::Choose(1));
    }),
    (
        "23-station-open-now",
        Screen::Home,
        |node| {
            on_duty(node);
            node.borrow_mut().open_all = true;
        },
        |_, _| {},
    ),
    ("24-station-correct", Screen::Home, on_duty, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:GOOD PASS");
        scan(ctx, app, ScanKind::Code, "4821-0376");
        app.perform(ctx, Intent::ScanMode(Mode::Correct));
        app.perform(ctx, Intent::Choose(2));
    }),
    ("25-station-override", Screen::Home, on_duty, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:FORGED");
        app.perform(ctx, Intent::ScanMode(Mode::Override));
    }),
    ("26-station-incidents", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Incidents));
        app.drain();
    }),
    (
        "27-station-evacuation",
        Screen::Home,
        on_duty,
        |ctx, app| {
            app.perform(ctx, Intent::ScanMode(Mode::Evacuation));
            app.drain();
        },
    ),
    ("28-station-pin", Screen::Home, on_duty, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:WITH PIN");
    }),
    ("29-station-along", Screen::Home, on_duty, |ctx, app| {
        app.state.lane_plate = Some("京N58K27".into());
        app.perform(ctx, Intent::Companions { more: true });
        app.perform(ctx, Intent::Companions { more: true });
    }),
    (
        "46-pass-more",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            weekly(ctx, app);
            let draft = app.state.draft.as_mut().unwrap();
            draft.more_hours();
            draft.also[0].days = 0b010_0000;
            draft.tried = true;
        },
    ),
    (
        "47-pass-pin",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            weekly(ctx, app);
            app.perform(ctx, Intent::TryPass);
        },
    ),
    (
        "48-visitors-too-often",
        Screen::Visitors,
        |node| {
            let mut node = node.borrow_mut();
            node.passes[0].mark = "k3v9x2qa".into();
            node.incidents = vec![incident("k3v9x2qa")];
        },
        |_, _| {},
    ),
    (
        "49-cancel-all",
        Screen::Visitors,
        |node| node.borrow_mut().passes.truncate(1),
        |ctx, app| app.perform(ctx, Intent::AskCancelAll),
    ),
    (
        "50-office-plates",
        Screen::Visitors,
        |node| {
            be_office(node);
            node.borrow_mut().passes.truncate(1);
            node.borrow_mut().incidents = vec![incident("another1")];
        },
        |ctx, app| {
            app.perform(ctx, Intent::Residents { apply: false });
            app.drain();
        },
    ),
    (
        "51-pass-form-open",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::NewPass);
            app.state.draft.as_mut().unwrap().more = true;
        },
    ),
    (
        "53-pass-too-often",
        Screen::Visitors,
        |node| {
            let mut node = node.borrow_mut();
            node.passes[0].mark = "k3v9x2qa".into();
            node.incidents = vec![incident("k3v9x2qa")];
        },
        |ctx, app| {
            let id = app.model.passes[0].id.clone();
            app.perform(ctx, Intent::ShowPass { id });
        },
    ),
    ("31-compose", Screen::Notices, be_office, |ctx, app| {
        compose(ctx, app);
    }),
    (
        "32-compose-check",
        Screen::Notices,
        be_office,
        |ctx, app| {
            compose(ctx, app);
            app.perform(ctx, Intent::CheckNotice);
        },
    ),
    ("33-compose-held", Screen::Notices, be_office, |ctx, app| {
        compose(ctx, app);
        app.perform(ctx, Intent::CheckNotice);
        app.perform(ctx, Intent::SignNotice);
    }),
    ("34-reach", Screen::Notices, be_office, |ctx, app| {
        open(ctx, app, "ntc056");
        app.drain();
    }),
    ("35-retract", Screen::Notices, be_office, |ctx, app| {
        open(ctx, app, "ntc056");
        app.perform(ctx, Intent::AskRetract);
        app.drain();
    }),
    ("40-station-resident", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
        app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
    }),
    (
        "41-station-resident-called",
        Screen::Home,
        on_duty,
        |ctx, app| {
            app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
            app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
            app.state.typed.0.push_str("3-2-501 老王");
            app.perform(ctx, Intent::TryScan);
            app.drain();
        },
    ),
    ("42-station-refusals", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Refusals));
        app.drain();
    }),
    ("43-station-unit", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Unit));
        app.state.typed.0.push_str("501");
        app.perform(ctx, Intent::TryScan);
        app.drain();
    }),
    (
        "44-station-unit-asked",
        Screen::Home,
        on_duty,
        |ctx, app| {
            app.perform(ctx, Intent::ScanMode(Mode::Unit));
        },
    ),
    ("45-station-sheet", Screen::Home, on_duty, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Sheet));
        app.drain();
    }),
    ("46-station-ask-about", Screen::Home, on_duty, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:TOO MANY");
    }),
    (
        "47-station-ask-called",
        Screen::Home,
        on_duty,
        |ctx, app| {
            scan(ctx, app, ScanKind::Text, "LL1:TOO MANY");
            app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
            app.drain();
        },
    ),
    ("48-station-ask-said", Screen::Home, on_duty, |ctx, app| {
        scan(ctx, app, ScanKind::Text, "LL1:TOO MANY");
        app.perform(ctx, Intent::ScanMode(Mode::WalkIn));
        app.drain();
        let answer = app.model.answer.as_mut().unwrap();
        answer.ring = Some(RingState::Admit);
    }),
];

/// All of them.
pub(crate) fn scenes() -> impl Iterator<Item = &'static Scene> {
    let own = SCENES.iter().chain(board::SCENES).chain(call::SCENES);
    own.chain(alert::SCENES)
        .chain(begin::SCENES)
        .chain(find::SCENES)
        .chain(folder::SCENES)
        .chain(help::SCENES)
        .chain(homes::SCENES)
        .chain(invite::SCENES)
        .chain(more::SCENES)
        .chain(notice::SCENES)
        .chain(register::SCENES)
}

/// 王阿姨, Monday Wednesday Friday, with a PIN.
fn weekly(ctx: &egui::Context, app: &mut App) {
    app.perform(ctx, Intent::NewPass);
    let draft = app.state.draft.as_mut().unwrap();
    (draft.label, draft.from, draft.until) = ("王阿姨".into(), "9:00".into(), "11:00".into());
    for bit in [1, 4, 16] {
        draft.toggle_day(bit);
    }
    draft.pin = AskPin::Drawn;
}

fn scan(ctx: &egui::Context, app: &mut App, kind: ScanKind, value: &str) {
    app.perform(
        ctx,
        Intent::Scan(GateScan {
            kind,
            value: value.into(),
            companions: 0,
            pin: None,
            lane_plate: None,
        }),
    );
    app.drain();
}

fn open(ctx: &egui::Context, app: &mut App, id: &str) {
    app.perform(ctx, Intent::OpenNotice { id: id.into() });
}

fn on_duty(node: &Shared) {
    be_gate(node);
    node.borrow_mut().badge = Some("赵队 07".into());
}

fn close(node: &Shared, code: FaultCode) {
    node.borrow_mut().closed = Some(Fault::of(code));
}

fn alone(node: &Shared) {
    let mut node = node.borrow_mut();
    node.report.facts = SyncFacts {
        undelivered: 2,
        ..SyncFacts::default()
    };
    node.report.peers.clear();
    node.report.clock_skew_ms = None;
    node.report.reason = Some(Reason::NobodyOnLan);
    node.status.protected = false;
}

/// One scene as a picture.
pub(crate) fn shoot(
    scene: &Scene,
    lang: Lang,
    look: Look,
    size: egui::Vec2,
    scale: f32,
) -> Picture {
    let (name, screen, prepare, act) = scene;
    let node = node();
    prepare(&node);
    let ctx = egui::Context::default();
    let state = State::new(lang, look, *screen);
    let mut app = app(&ctx, &node, state, PathBuf::from("/nonexistent/pictures"));
    app.drain();
    act(&ctx, &mut app);
    // A call takes answers once it has stood for a moment.
    let call = name.contains("-call");
    let later = |frame: usize| {
        node.borrow_mut().later_ms += u64::from(frame == 0 && call) * 1_000;
    };
    raster::shoot(&ctx, &mut app, size, scale, later)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().unwrap_or_else(|| "gallery".into()));
    let size = args.next().unwrap_or_else(|| "1180x720".into());
    let (width, height) = size.split_once('x').expect("WIDTHxHEIGHT");
    let size = egui::vec2(width.parse().unwrap(), height.parse().unwrap());
    let scale: f32 = args.next().map_or(1.0, |scale| scale.parse().unwrap());
    let only = args.next().unwrap_or_default();
    std::fs::create_dir_all(&dir).unwrap();
    for scene in scenes().filter(|(name, ..)| name.contains(&only)) {
        for lang in Lang::ALL {
            for look in Look::ALL {
                let picture = shoot(scene, lang, look, size, scale);
                let file = dir.join(format!("{}-{lang}-{}.png", scene.0, look.id()));
                std::fs::write(&file, picture.png().unwrap()).unwrap();
            }
        }
    }
}
