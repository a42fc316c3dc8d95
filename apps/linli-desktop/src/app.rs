//! The window as egui sees it: drain, fold, draw, collect, carry out.

mod aid;
mod alert;
mod bell;
mod board;
mod calls;
mod drafts;
mod export;
mod family;
mod files;
mod find;
mod folder;
mod gate;
mod homes;
mod invite;
mod join;
mod keys;
mod leave;
mod notice;
mod office;
mod opens;
mod passes;
mod perform;
mod print;
mod register;

use crate::album::Album;
use crate::clipboard::Clipboard;
use crate::eyes::Eyes;
use crate::homes::Homes;
use crate::login::LogIn;
use crate::sound::Chimes;
use crate::state::{Focus, State};
use crate::theme::{self, Theme};
use crate::typing::Typing;
use crate::view::{self, View};
use crate::{draw, fonts};
use linli_view::api::{Event, FaultCode, Incoming, Reply, Request};
use linli_view::client::Client;
use linli_view::compose;
use linli_view::dates::Now;
use linli_view::drafts::Keeper;
use linli_view::help;
use linli_view::intent::Intent;
use linli_view::model::Model;
use linli_view::words::Catalogue;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
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
    /// Makes a gate's answers heard.
    pub chimes: Box<dyn Chimes>,
    /// Reads passes out of pictures.
    pub eyes: Eyes,
    /// Whether to try again by itself when the home's program is gone.
    pub returns: bool,
    /// Where pictures are saved, until another folder is chosen.
    pub pictures: PathBuf,
    /// Where what is to be printed is saved, until another folder is chosen.
    pub papers: PathBuf,
    /// The home's folder, as a person would type it.
    pub home: String,
    /// Starts the home at log-in.
    pub login: Box<dyn LogIn>,
    /// The homes of this account.
    pub homes: Box<dyn Homes>,
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
    /// Lists of the views since the model last changed.
    lists: view::Lists,
    styled: Option<Theme>,
    /// For whom of the household the window was dressed last; none before the home has said who sits here.
    dressed_for: Option<Option<u32>>,
    /// How the household as a whole has it.
    own_dress: family::Dress,
    /// Photos and documents.
    album: Album,
    /// What came behind a gun's Enter within one frame.
    later: Vec<egui::Event>,
    /// Calls of gates: what was heard of them, what is rung and told.
    calls: calls::Calls,
    /// Calls for help: what is heard of them.
    aid: aid::Aid,
    /// When it was last listened who is nearby, before there is a community.
    around_ms: Option<u64>,
    /// When to try the connection again by itself.
    again_ms: Option<u64>,
    /// Drafts.
    keeper: Keeper,
    /// At an office: files of a corrected notice that are to go along with its correction, until they are opened.
    carried: Vec<(String, u32)>,
    /// At an office: the area in the form, as the node was asked about it.
    asked_area: Option<Vec<String>>,
    /// The page of the register has asked this connection for what it shows.
    asked_register: bool,
    /// The invitation on screen, for which pictures are typed.
    compares: Option<String>,
    /// The unit in the form of an invitation, as the node was asked about it.
    asked_unit: Option<String>,
    /// At a gate: the hour in which old day sheets were last looked for.
    swept_hour: Option<u64>,
    /// The folders to save into that the home remembers.
    saves_into: folder::SavesInto,
    /// Whose home this is stands on the list of this account.
    noted: bool,
    /// Another home that waits to be opened.
    changing: Option<homes::Changing>,
    /// When somebody asked this program to end.
    leaving_ms: Option<u64>,
    /// Frames to draw yet until everything stands where it belongs.
    unsettled: u8,
    /// Who looks on.
    onlooker: Option<Onlooker>,
}

/// Sees every intent that is carried out.
pub type Onlooker = Box<dyn FnMut(&Intent)>;

/// The view last made, and what it was made from: an unchanged window is not worded again.
struct Seen {
    state: State,
    minute: u64,
    /// Seconds until a notice that is held goes out.
    held_s: Option<u64>,
    /// Nobody has received this household's call in ten seconds.
    overdue: bool,
    view: Rc<View>,
}

impl App {
    /// A window on what `world` connects to.
    #[must_use]
    pub fn new(ctx: &egui::Context, mut world: World, state: State) -> Self {
        ctx.set_fonts(fonts::with_system());
        let client = (world.connect)();
        let wake = ctx.clone();
        let wake: crate::client::Wake = Arc::new(move || wake.request_repaint());
        let album = Album::start(PathBuf::from(&world.home), wake);
        let mut state = state;
        state.pictures.clone_from(&world.pictures);
        state.papers.clone_from(&world.papers);
        let own_dress = family::Dress {
            lang: state.lang,
            look: state.look,
            standard: state.standard,
            by_day: state.by_day,
        };
        let mut app = Self {
            own_dress,
            client,
            connected: true,
            model: Model::default(),
            words: Catalogue::of(state.lang),
            state,
            typing: Typing::default(),
            seen: None,
            lists: view::Lists::default(),
            styled: None,
            calls: calls::Calls::default(),
            aid: aid::Aid::default(),
            again_ms: None,
            around_ms: None,
            dressed_for: None,
            keeper: Keeper::default(),
            carried: Vec::new(),
            asked_area: None,
            asked_register: false,
            asked_unit: None,
            compares: None,
            noted: false,
            saves_into: folder::SavesInto::default(),
            changing: None,
            leaving_ms: None,
            swept_hour: None,
            album,
            later: Vec::new(),
            unsettled: SETTLE_FRAMES,
            onlooker: None,
            world,
        };
        // Also where this home does not open, there is a way to another.
        app.state.homes = app.world.homes.list();
        app.open();
        app.restyle(ctx);
        app
    }

    /// From now on somebody looks on at what is carried out.
    pub fn watch(&mut self, onlooker: Onlooker) {
        self.onlooker = Some(onlooker);
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
        self.asked_area = None;
        self.asked_register = false;
        self.asked_unit = None;
        self.keeper.reconnected();
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
                if let Incoming::Event {
                    event: Event::Open(opens),
                } = &line
                {
                    self.state.opens = Some(opens.clone());
                }
                let over = matches!(
                    line,
                    Incoming::Event {
                        event: Event::Closed(_)
                    }
                );
                self.connected &= !over;
                let bell = matches!(
                    line,
                    Incoming::Reply {
                        reply: Reply::Bell(_),
                        ..
                    }
                );
                let family = matches!(
                    line,
                    Incoming::Reply {
                        reply: Reply::Family(_),
                        ..
                    }
                );
                let answered = matches!(
                    line,
                    Incoming::Reply {
                        reply: Reply::GateAnswer(_),
                        ..
                    }
                );
                let folded = self.model.fold(line);
                for request in folded.asks {
                    self.send(request);
                }
                if let Some(told) = folded.told {
                    self.told(told);
                }
                if family {
                    self.follow_family();
                }
                if bell {
                    self.follow_on();
                }
                self.follow_folders();
                if answered {
                    self.answered();
                }
                if let Some(sheet) = self.model.sheet.take() {
                    self.print(&sheet);
                }
            }
        }
        let code = self.model.closed.as_ref().map(|fault| fault.code);
        if fresh && matches!(code, Some(FaultCode::Locked | FaultCode::WrongPassphrase)) {
            self.state.focus = Some(Focus::Passphrase);
        }
    }

    /// The view of this moment, made anew only if something changed.
    fn look(&mut self) -> Rc<View> {
        let now = self.now();
        let (minute, held_s) = (now.ms / MINUTE_MS, compose::held_s(self.state.step, now));
        let overdue = help::overdue(&self.model, now);
        if let Some(seen) = self
            .seen
            .as_ref()
            .filter(|seen| seen.minute == minute && seen.held_s == held_s)
            .filter(|seen| seen.overdue == overdue)
            .filter(|seen| seen.state == self.state)
        {
            return Rc::clone(&seen.view);
        }
        if self.seen.as_ref().is_none_or(|seen| seen.minute != minute) {
            // The model may have changed.
            self.lists = view::Lists::default();
        }
        if self.words.lang() != self.state.lang {
            self.words = Catalogue::of(self.state.lang);
            self.lists = view::Lists::default();
        }
        let home = &self.world.home;
        let lists = &mut self.lists;
        let view = view::view(&self.words, now, &self.model, &self.state, home, lists);
        let view = Rc::new(view);
        self.unsettled = SETTLE_FRAMES;
        self.seen = Some(Seen {
            state: self.state.clone(),
            minute,
            held_s,
            overdue,
            view: Rc::clone(&view),
        });
        view
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
        self.come_back(&ctx);
        self.day_or_night();
        self.look_around(&ctx);
        let theme = self.restyle(&ctx);
        let mut view = self.look();
        if ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::F11)) {
            let full = ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
        }
        self.forget_verdict(&ctx);
        self.sweep_papers();
        self.cover(&ctx, view.call.is_some() || view.alarm.is_some());
        self.arm(&ctx, view.call.as_ref().map(|call| call.event.as_str()));
        self.look_at_files(&ctx, &view);
        self.give_out(&ctx);
        let mut intents = Vec::new();
        if view.alarm.is_some() {
            aid::drop_typing(&ctx);
        } else {
            intents = self.station_input(&ctx, &mut view);
        }
        intents.extend(keys::intents(
            &ctx,
            &view,
            self.model.screens(self.state.look),
            self.state.armed,
        ));
        draw::draw(ui, &theme, &view, &mut self.state, &mut intents);
        self.ask_for_photos(&ctx, &view);
        if view.alarm.is_some() && self.too_new() {
            intents.retain(|intent| !matches!(intent, Intent::AnswerHelp { .. }));
        }
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
        self.follow_register();
        self.at_the_desk(&ctx);
        self.follow_invites();
        self.keep_drafts(&ctx);
        self.change_home(&ctx);
        self.ten_seconds(&ctx);
        // Dates and the light change by themselves once a minute; nothing else does.
        let left = MINUTE_MS - (self.world.clock)() % MINUTE_MS;
        ctx.request_repaint_after(Duration::from_millis(left + 50));
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.drain();
        self.show_pressed(ctx);
        self.hold_close(ctx);
        self.aid(ctx);
        self.ring(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
