//! Changing to another home of this account: what is written here is kept first, the node here has stopped before the other
//! one starts, and nothing of this home comes along.

use super::{App, aid, calls, folder};
use crate::album::Album;
use crate::client::Closed;
use crate::state::{Said, State};
use egui::Context;
use linli_view::api::{Fault, FaultCode};
use linli_view::compose::Step;
use linli_view::drafts::Keeper;
use linli_view::help;
use linli_view::intent::{Intent, Screen};
use linli_view::model::Model;
use linli_view::tone::Tone;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long what is under way may take before one stays where one is.
const PATIENCE_MS: u64 = 10_000;

/// A change that waits until everything is kept.
pub(super) struct Changing {
    dir: String,
    since_ms: u64,
}

impl App {
    /// Carries out what belongs here; `true` if there is nothing more to do.
    pub(super) fn perform_homes(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::Homes(open) => {
                if *open {
                    self.state.homes = self.world.homes.list();
                }
                self.state.homes_open = *open;
            }
            Intent::ForgetHome(dir) => {
                let (key, tone) = if self.world.homes.forget(dir) {
                    ("homes-forgotten", Tone::Good)
                } else {
                    ("homes-list-failed", Tone::Warn)
                };
                self.state.said = Some(Said::Sentence(key, tone));
                self.state.homes = self.world.homes.list();
            }
            Intent::ActAs(dir) => {
                self.state.homes_open = false;
                let held = matches!(self.state.step, Step::Held { .. });
                let calls = help::own_call(&self.model).is_some_and(|call| !call.practice);
                let said = match () {
                    () if held => ("homes-held", Tone::Warn),
                    () if calls => ("homes-help", Tone::Alert),
                    () => {
                        self.changing = Some(Changing {
                            dir: dir.clone(),
                            since_ms: self.now().ms,
                        });
                        ("homes-changing", Tone::Info)
                    }
                };
                self.state.said = Some(Said::Sentence(said.0, said.1));
            }
            _ => return false,
        }
        true
    }

    /// Once a frame: notes whose home this is, and changes to another once nothing here is under way.
    pub(super) fn change_home(&mut self, ctx: &Context) {
        self.note_home();
        let Some(changing) = &self.changing else {
            return;
        };
        // A home that never opened, or is closed, holds nothing that could be lost.
        let open = self.model.status.is_some() && self.model.closed.is_none();
        let waits = self.model.waiting();
        let unkept = !self.kept();
        if open && (waits || unkept) {
            if self.now().ms.saturating_sub(changing.since_ms) > PATIENCE_MS {
                self.changing = None;
                let key = if unkept {
                    "homes-not-kept"
                } else {
                    "homes-busy"
                };
                self.state.said = Some(Said::Sentence(key, Tone::Warn));
            }
            ctx.request_repaint_after(Duration::from_millis(50));
            return;
        }
        let dir = changing.dir.clone();
        self.changing = None;
        self.act_as(ctx, &dir);
    }

    /// Is everything that was written here in the home?
    pub(super) fn kept(&self) -> bool {
        self.keeper.is_kept()
    }

    fn note_home(&mut self) {
        if self.noted {
            return;
        }
        let Some(status) = &self.model.status else {
            return;
        };
        if let (Some(community), Some(me)) = (&status.community, &status.me) {
            self.noted = true;
            // Where it cannot be kept there is nothing to change to, and everything else works.
            self.world.homes.note(community, me);
            self.state.homes = self.world.homes.list();
        }
    }

    fn act_as(&mut self, ctx: &Context, dir: &str) {
        let Some((home, login)) = self.world.homes.choose(dir) else {
            self.state.said = Some(Said::Sentence("homes-gone", Tone::Warn));
            self.state.homes = self.world.homes.list();
            return;
        };
        // Dropping the client stops a node of its own and waits for it: its home is free before another is opened.
        self.client = Box::new(Closed::new(Fault::of(FaultCode::Gone)));
        self.world.home = home;
        self.world.login = login;
        let old = &self.state;
        let mut state = State::new(old.lang, old.look, Screen::Home);
        (state.standard, state.by_day) = (old.standard, old.by_day);
        state.homes = self.world.homes.list();
        // The other home has its own folders to save into, and says so soon.
        state.pictures.clone_from(&self.world.pictures);
        state.papers.clone_from(&self.world.papers);
        self.state = state;
        self.saves_into = folder::SavesInto::default();
        self.model = Model::default();
        self.keeper = Keeper::default();
        (self.calls, self.aid) = (calls::Calls::default(), aid::Aid::default());
        (self.swept_hour, self.again_ms, self.seen) = (None, None, None);
        self.later.clear();
        self.noted = false;
        let wake = ctx.clone();
        let wake: crate::client::Wake = Arc::new(move || wake.request_repaint());
        self.album = Album::start(PathBuf::from(&self.world.home), wake);
        // What fields remember for taking typing back belongs to the other home, too.
        ctx.data_mut(egui::util::IdTypeMap::clear);
        ctx.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
        self.client = (self.world.connect)();
        self.connected = true;
        self.open();
        ctx.request_repaint();
    }
}
