//! The window as egui sees it: drain, fold, draw, collect, carry out.

mod keys;
mod perform;

use crate::clipboard::Clipboard;
use crate::state::{Focus, State};
use crate::theme::{self, Theme};
use crate::typing::Typing;
use crate::view::{self, View};
use crate::{draw, fonts};
use linli_view::api::{Event, FaultCode, Incoming, Request};
use linli_view::client::Client;
use linli_view::dates::Now;
use linli_view::model::Model;
use linli_view::station::SHOWN_MS;
use linli_view::words::Catalogue;
use std::path::PathBuf;
use std::time::Duration;

/// The offset before a community says its own: Beijing time, like every Chinese community.
const OFFSET_MIN: i32 = 480;
const MINUTE_MS: u64 = 60_000;
/// egui's panels take the size their content had a frame ago, so a changed view is drawn twice more.
const SETTLE_FRAMES: u8 = 2;

/// What the window needs from the world.
pub struct World {
    /// Opens a connection to the home; called again when the person tries again.
    pub connect: Box<dyn FnMut() -> Box<dyn Client>>,
    /// Milliseconds since 1970.
    pub clock: Box<dyn Fn() -> u64>,
    /// Takes pictures.
    pub clipboard: Box<dyn Clipboard>,
    /// Where pictures are saved.
    pub pictures: PathBuf,
    /// The home's folder, as a person would type it.
    pub home: String,
}

/// The window.
pub struct App {
    world: World,
    client: Box<dyn Client>,
    /// False once the node said that the connection is over.
    connected: bool,
    /// What the node said last.
    pub model: Model,
    /// What belongs to this window.
    pub state: State,
    words: Catalogue,
    typing: Typing,
    seen: Option<Seen>,
    styled: Option<Theme>,
    /// Frames to draw yet until everything stands where it belongs.
    unsettled: u8,
}

/// The view last made, and what it was made from: an unchanged window is not worded again.
struct Seen {
    state: State,
    minute: u64,
    view: View,
}

impl App {
    /// A window on what `world` connects to.
    #[must_use]
    pub fn new(ctx: &egui::Context, mut world: World, state: State) -> Self {
        ctx.set_fonts(fonts::with_system());
        let client = (world.connect)();
        let mut app = Self {
            client,
            connected: true,
            model: Model::default(),
            words: Catalogue::of(state.lang),
            state,
            typing: Typing::default(),
            seen: None,
            styled: None,
            unsettled: SETTLE_FRAMES,
            world,
        };
        app.open();
        app.restyle(ctx);
        app
    }

    /// Is everything that was asked for here?
    #[must_use]
    pub fn settled(&self) -> bool {
        !self.model.waiting()
    }

    /// Now, at the community's offset.
    #[must_use]
    pub fn now(&self) -> Now {
        let community = self
            .model
            .status
            .as_ref()
            .and_then(|status| status.community.as_ref());
        Now {
            ms: (self.world.clock)(),
            offset_min: community.map_or(OFFSET_MIN, |c| c.utc_offset_min),
        }
    }

    fn open(&mut self) {
        for request in Model::opening() {
            self.send(request);
        }
    }

    fn send(&mut self, request: Request) {
        let id = self.client.send(request.clone());
        self.model.asked(id, request);
    }

    /// Takes everything that came in.
    pub fn drain(&mut self) {
        // A reply may lead to further questions; a client without delay answers those at once, so go on a little.
        let mut fresh = false;
        for _ in 0..4 {
            let incoming = self.client.poll();
            if incoming.is_empty() {
                break;
            }
            fresh = true;
            self.seen = None;
            for line in incoming {
                let over = matches!(
                    line,
                    Incoming::Event {
                        event: Event::Closed(_)
                    }
                );
                self.connected &= !over;
                let folded = self.model.fold(line);
                for request in folded.asks {
                    self.send(request);
                }
                if let Some(told) = folded.told {
                    self.told(told);
                }
            }
        }
        let code = self.model.closed.as_ref().map(|fault| fault.code);
        if fresh && matches!(code, Some(FaultCode::Locked | FaultCode::WrongPassphrase)) {
            self.state.focus = Some(Focus::Passphrase);
        }
    }

    /// The view of this moment, made anew only if something changed.
    fn look(&mut self) -> View {
        let now = self.now();
        let minute = now.ms / MINUTE_MS;
        if let Some(seen) = self
            .seen
            .as_ref()
            .filter(|seen| seen.minute == minute && seen.state == self.state)
        {
            return seen.view.clone();
        }
        if self.words.lang() != self.state.lang {
            self.words = Catalogue::of(self.state.lang);
        }
        let view = view::view(&self.words, now, &self.model, &self.state, &self.world.home);
        self.unsettled = SETTLE_FRAMES;
        self.seen = Some(Seen {
            state: self.state.clone(),
            minute,
            view: view.clone(),
        });
        view
    }

    /// A verdict that has stood long enough goes, so that it is not taken for the next visitor's.
    fn forget_verdict(&mut self, ctx: &egui::Context) {
        let Some(answer) = &self.model.answer else {
            return;
        };
        let stood = (self.world.clock)().saturating_sub(answer.at_ms);
        if stood > SHOWN_MS {
            self.model.answer = None;
            self.seen = None;
        } else {
            ctx.request_repaint_after(Duration::from_millis(SHOWN_MS - stood + 50));
        }
    }

    fn restyle(&mut self, ctx: &egui::Context) -> Theme {
        let theme = Theme::of(self.state.look);
        if self.styled != Some(theme) {
            theme::apply(ctx, &theme);
            self.unsettled = SETTLE_FRAMES;
            self.styled = Some(theme);
        }
        theme
    }

    /// One frame: keys, drawing, and what the person did.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        ctx.input_mut(|input| self.typing.filter(&mut input.events));
        let theme = self.restyle(&ctx);
        let view = self.look();
        if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::F11)) {
            let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
        }
        self.forget_verdict(&ctx);
        let before = self.state.typed.0.len();
        keys::burst(&ctx, &view, &mut self.state.typed.0);
        if before == 0 && !self.state.typed.0.is_empty() {
            // Whoever is scanned now is not the one the last verdict was about.
            self.model.answer = None;
        }
        let mut intents = keys::intents(&ctx, &view, self.model.is_gate());
        draw::draw(ui, &theme, &view, &mut self.state, &mut intents);
        if self.unsettled > 0 {
            self.unsettled -= 1;
            ctx.request_repaint();
        }
        if !intents.is_empty() {
            // What was done is seen at once, not at the next movement of the mouse.
            ctx.request_repaint();
        }
        for intent in intents {
            self.perform(&ctx, intent);
        }
        // Dates and the light change by themselves once a minute; nothing else does.
        let left = MINUTE_MS - (self.world.clock)() % MINUTE_MS;
        ctx.request_repaint_after(Duration::from_millis(left + 50));
    }
}

impl eframe::App for App {
    fn logic(&mut self, _ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.drain();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
