//! Opens the real window, and takes its picture if asked to.

use crate::app::{App, World};
use crate::args::{Args, Theme};
#[cfg(feature = "camera")]
use crate::camera::{Camera, Program};
use crate::eyes::Eyes;
use crate::picture::Picture;
use crate::state::State;
use crate::{client, clipboard, files, homes, sound};
use anyhow::anyhow;
use egui::{Event, ViewportCommand, vec2};
use linli_node::home;
use linli_view::intent::Look;
use linli_view::words::Catalogue;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The window for a picture waits this long for the node before it shows what there is.
const PATIENCE_MS: u64 = 10_000;

/// Runs the window until it is closed.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let lang = args.lang();
    let home = client::Home {
        dir: args.home(),
        keys_dir: std::env::var_os("LINLI_KEYS_DIR").map(PathBuf::from),
        listen: Vec::new(),
        mdns: true,
        attach: args.attach,
        ring: Some(lang),
    };
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("linli-desktop")
        .with_title("邻里 Linli")
        .with_inner_size(vec2(1180.0, 720.0))
        .with_min_inner_size(vec2(720.0, 520.0))
        .with_fullscreen(args.full_screen);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    let theme = args.theme.unwrap_or(Theme::Fixed(Look::Light));
    let (look, by_day) = theme.start();
    let mut state = State::new(lang, look, args.screen);
    state.opens.clone_from(&args.open);
    state.by_day = by_day;
    state.given = (args.lang.is_some(), args.theme.is_some());
    let returns = args.attach;
    #[cfg(feature = "camera")]
    let camera = args.camera.clone();
    let shot = args.screenshot.clone();
    let outcome: Outcome = Arc::default();
    let told = Arc::clone(&outcome);
    eframe::run_native(
        "linli-desktop",
        options,
        Box::new(move |cc| {
            let ctx = cc.egui_ctx.clone();
            let wake = cc.egui_ctx.clone();
            let seen = cc.egui_ctx.clone();
            let seen: client::Wake = Arc::new(move || seen.request_repaint());
            let eyes = Eyes::start(Arc::clone(&seen));
            #[cfg(feature = "camera")]
            let camera = match camera {
                Some(command) => {
                    let source = Program::start(&command)?;
                    Some(Camera::watch(source, eyes.camera(), seen)?)
                }
                None => None,
            };
            let login = Box::new(crate::login::System::of(&home));
            let path = home.dir.display().to_string();
            let open: homes::Open = Arc::new(Mutex::new(home));
            let world = World {
                homes: Box::new(homes::System::of(Arc::clone(&open))),
                chimes: Box::new(sound::System::start()),
                eyes,
                returns,
                home: path,
                connect: Box::new(move || {
                    let (wake, home) = (wake.clone(), homes::opened(&open));
                    client::open(&home, Arc::new(move || wake.request_repaint()))
                }),
                clock: Box::new(clock),
                clipboard: Box::new(clipboard::System::default()),
                pictures: files::pictures(),
                papers: files::papers(),
                login,
            };
            let app = App::new(&ctx, world, state);
            let ends = Arc::new(AtomicBool::new(false));
            let (asked, wakes) = (Arc::clone(&ends), ctx.clone());
            let heard = home::on_stop(move || {
                asked.store(true, Ordering::Relaxed);
                wakes.request_repaint();
            });
            if let Err(fault) = heard {
                // Then a signal ends the program as it always did.
                eprintln!("linli-desktop: {}", fault.code);
            }
            Ok(Box::new(Window {
                #[cfg(feature = "camera")]
                _camera: camera,
                app,
                ends,
                shot: shot.map(|file| Shot {
                    file,
                    since_ms: clock(),
                    asked: false,
                    told,
                }),
            }))
        }),
    )
    .map_err(|error| anyhow!(none(&Catalogue::of(lang), &error.to_string())))?;
    let failed = outcome.lock().ok().and_then(|mut failed| failed.take());
    failed.map_or(Ok(()), |reason| Err(anyhow!(reason)))
}

/// Why there is no window, in words; what the system said without the places in its source.
fn none(words: &Catalogue, message: &str) -> String {
    let plain = message.split_whitespace();
    let plain: Vec<&str> = plain.filter(|word| !word.contains(['/', '\\'])).collect();
    let detail = linli_view::clean::line(&plain.join(" "), 200);
    let mut out = words.say("window-none");
    if !detail.is_empty() {
        let args = [("message", detail.into())];
        out.push('\n');
        out.push_str(&words.text("window-none-detail", &args));
    }
    out
}

/// Milliseconds since 1970 by this computer's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the window is where the view gets its time from"
)]
fn clock() -> u64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Why the picture was not taken, told to the caller after the window has closed.
type Outcome = Arc<Mutex<Option<String>>>;

/// The app, and the picture to take of it.
struct Window {
    app: App,
    /// The system asked this program to end.
    ends: Arc<AtomicBool>,
    /// Watched until the window closes.
    #[cfg(feature = "camera")]
    _camera: Option<Camera>,
    shot: Option<Shot>,
}

struct Shot {
    file: PathBuf,
    /// Milliseconds when the window opened.
    since_ms: u64,
    asked: bool,
    told: Outcome,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
        if self.ends.load(Ordering::Relaxed) {
            self.app.leave(ctx);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.frame(ui);
        if let Some(shot) = &mut self.shot {
            shot.step(ui.ctx(), self.app.settled());
        }
    }
}

impl Shot {
    /// Asks for the picture once the window is settled, saves it when it comes, and closes.
    fn step(&mut self, ctx: &egui::Context, settled: bool) {
        let picture = ctx.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Screenshot { image, .. } => Some(Arc::clone(image)),
                _ => None,
            })
        });
        if let Some(image) = picture {
            let [width, height] = image.size;
            let picture = Picture {
                width,
                height,
                rgba: image.as_raw().to_vec(),
            };
            let saved = picture
                .png()
                .map_err(anyhow::Error::from)
                .and_then(|png| Ok(std::fs::write(&self.file, png)?));
            if let (Err(error), Ok(mut told)) = (saved, self.told.lock()) {
                *told = Some(format!("{}: {error:#}", self.file.display()));
            }
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if !self.asked && (settled || clock().saturating_sub(self.since_ms) > PATIENCE_MS) {
            self.asked = true;
            ctx.send_viewport_cmd(ViewportCommand::Screenshot(egui::UserData::default()));
            ctx.request_repaint();
        } else if !self.asked {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }
}
