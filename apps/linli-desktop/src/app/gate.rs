//! What the window does at a gate beside drawing: takes what a barcode gun types, what pictures and cameras show, makes
//! answers heard, forgets what no longer stands, comes back after the node was away.

use super::{App, keys};
use crate::eyes::Seen;
use crate::state::{Focus, Said, Shown, Typed};
use crate::view::{Page, View, station_facts};
use egui::{Context, Key, Modifiers};
use linli_view::api::{FaultCode, GateResult, GateScan, ScanKind};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::model::AskedFor;
use linli_view::station::{self, COMPANIONS_MAX, Mode};
use linli_view::tone::Tone;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long after the node went away the window looks for it again.
const AGAIN_MS: u64 = 2_000;
/// The day at a gate, in minutes: outside of it the screen is dark.
const DAY_MIN: std::ops::Range<u64> = 6 * 60 + 30..18 * 60;

impl App {
    /// Everything that comes in at a station beside the keys of [`keys::intents`].
    pub(super) fn station_input(&mut self, ctx: &Context, view: &mut Rc<View>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let before = self.state.typed.0.len();
        if self.model.is_gate() && keys::turns_home(ctx, view) {
            // Whoever scans or presses a key of the station while another page is open means the station.
            self.state.screen = Screen::Home;
            *view = self.look();
        }
        if matches!(view.page, Page::Station(_)) {
            keys::in_order(ctx, &mut self.later);
        }
        if keys::burst(ctx, view, &mut self.state.typed.0, &mut self.state.digits.0) {
            // A pass came while a number was asked for: whoever is scanned goes before.
            (self.state.mode, self.state.chosen) = (Mode::Scan, None);
            *view = self.look();
        }
        if before == 0 && !self.state.typed.0.is_empty() && self.state.mode != Mode::Pin {
            // Whoever is scanned now is not the one the last verdict was about.
            self.model.answer = None;
        }
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let seen = self.world.eyes.seen();
        if !matches!(view.page, Page::Station(_)) {
            return intents;
        }
        for path in dropped.into_iter().filter_map(|file| file.path) {
            self.look_at(path);
        }
        for seen in seen {
            match seen {
                Seen::Picture(Ok(text)) => intents.extend(self.shown_to_eyes(text)),
                Seen::Picture(Err(unread)) => {
                    self.state.said = Some(Said::Sentence(unread.sentence(), Tone::Warn));
                }
                // What a hand chose on the keyboard is finished first.
                Seen::Camera(_) if self.state.mode.is_choice() || self.state.mode.is_field() => {}
                Seen::Camera(text) => intents.extend(self.shown_to_eyes(text)),
            }
        }
        intents
    }

    fn shown_to_eyes(&self, text: String) -> Option<Intent> {
        let mut scan = station::scan(Mode::Scan, &text)?;
        (scan.kind, scan.companions) = (ScanKind::Text, self.state.companions);
        scan.lane_plate = self.state.lane_plate.clone();
        Some(Intent::Scan(scan))
    }

    pub(super) fn look_at(&mut self, path: PathBuf) {
        let said = match self.world.eyes.look(path) {
            Ok(()) => ("station-picture-reading", Tone::Info),
            Err(unread) => (unread.sentence(), Tone::Warn),
        };
        self.state.said = Some(Said::Sentence(said.0, said.1));
    }

    /// Carries out what only a gate does; true if the wish was one of those and is done.
    pub(super) fn perform_at_gate(&mut self, ctx: &Context, intent: &Intent) -> bool {
        match intent {
            Intent::ScanMode(mode) => {
                let facts = station_facts(&self.model, &self.state);
                let call = station::calling(&facts).filter(|_| *mode == Mode::WalkIn);
                if let Some(Intent::CallAbout { event }) = call {
                    // Pressed twice it calls once.
                    if !self.model.calls_about(&event) {
                        self.state.said = None;
                        self.rest(ctx);
                        self.perform(ctx, Intent::CallAbout { event });
                    }
                    return true;
                }
                self.turn_to(ctx, *mode);
            }
            Intent::TryScan => {
                let facts = station_facts(&self.model, &self.state);
                if let Some(intent) = station::entered(&self.words, &facts) {
                    self.perform(ctx, intent);
                }
                return true;
            }
            Intent::Choose(n) => {
                self.seen = None;
                let facts = station_facts(&self.model, &self.state);
                let nobody = self.state.mode == Mode::Override
                    && station::overriding(&self.words, &facts, *n).is_none();
                if !nobody {
                    // Nothing opens by a digit alone: Enter does.
                    self.state.chosen = Some(*n);
                } else if facts.status.is_some_and(|status| status.badge.is_some()) {
                    // There is nobody to let in: back to where passes are scanned.
                    self.state.mode = Mode::Scan;
                }
                return true;
            }
            Intent::Picture { path } => {
                self.look_at(PathBuf::from(path));
                self.rest(ctx);
                return true;
            }
            Intent::Pin(pin) => {
                if let Some(shown) = self.state.shown.clone() {
                    let scan = GateScan {
                        kind: shown.kind,
                        value: (*shown.value.0).clone(),
                        companions: shown.companions,
                        pin: Some(pin.0.clone()),
                        lane_plate: shown.lane_plate,
                    };
                    self.perform(ctx, Intent::Scan(scan));
                }
                return true;
            }
            Intent::Companions { more } => {
                let n = self.state.companions;
                self.state.companions = if *more {
                    n.saturating_add(1).min(COMPANIONS_MAX)
                } else {
                    n.saturating_sub(1)
                };
            }
            Intent::NightDay => {
                self.state.by_day = false;
                let look = if self.state.look == Look::Dark {
                    Look::Light
                } else {
                    Look::Dark
                };
                self.dress(look);
            }
            Intent::Guard(_) | Intent::Leaves { .. } => self.rest(ctx),
            Intent::Scan(scan) => {
                self.state.shown = Some(Shown {
                    kind: scan.kind,
                    value: Typed(Zeroizing::new(scan.value.clone())),
                    companions: scan.companions,
                    lane_plate: scan.lane_plate.clone(),
                });
                (self.state.companions, self.state.lane_plate) = (0, None);
                (self.model.answer, self.state.said) = (None, None);
                self.rest(ctx);
            }
            Intent::WalkIn { .. } => {
                (self.state.companions, self.state.lane_plate) = (0, None);
                (self.model.answer, self.state.said) = (None, None);
                self.rest(ctx);
            }
            Intent::FindUnit { .. } => {
                // Without a cursor, so that the next scan is one; another unit is looked up with the key again.
                self.state.typed = Typed::default();
                put_down(ctx);
            }
            Intent::NextVisitor => {
                (self.state.companions, self.state.lane_plate) = (0, None);
                (self.model.answer, self.state.said) = (None, None);
                self.state.shown = None;
                self.rest(ctx);
            }
            _ => {}
        }
        false
    }

    /// Another mode. A plate that was typed stays with the pass that is scanned next, or with who comes without one; the
    /// unit that was looked up stands where somebody goes to it; the key of the walk-in changes between visitor and
    /// resident and keeps what is typed.
    fn turn_to(&mut self, ctx: &Context, mode: Mode) {
        let typed = std::mem::take(&mut self.state.typed);
        let plate = typed.0.trim();
        let visits = matches!(mode, Mode::WalkIn | Mode::Delivery);
        let mut mode = mode;
        match self.state.mode {
            Mode::Plate if (visits || mode == Mode::Scan) && !plate.is_empty() => {
                self.state.lane_plate = Some(plate.to_owned());
            }
            Mode::Unit if visits => {
                if let Some((_, units)) = &self.model.asked_for.units
                    && let [unit] = units.as_slice()
                {
                    self.state.typed = Typed(Zeroizing::new(unit.unit.clone()));
                }
            }
            Mode::WalkIn if mode == Mode::WalkIn => {
                (mode, self.state.typed) = (Mode::Resident, typed);
            }
            Mode::Resident if mode == Mode::WalkIn => self.state.typed = typed,
            _ => {}
        }
        self.state.mode = mode;
        self.state.chosen = None;
        self.state.digits = Typed::default();
        self.put_away();
        self.state.focus = mode.is_field().then_some(Focus::Plate);
        self.seen = None;
        if !mode.is_field() {
            put_down(ctx);
        }
    }

    /// Forgets what was asked for and is no longer on the screen.
    fn put_away(&mut self) {
        self.model.asked_for = AskedFor::default();
        self.state.printed = None;
    }

    /// Back to where a barcode gun is expected, without a cursor anywhere.
    fn rest(&mut self, ctx: &Context) {
        self.put_away();
        self.state.typed = Typed::default();
        self.state.digits = Typed::default();
        self.state.chosen = None;
        self.state.mode = Mode::Scan;
        self.seen = None;
        put_down(ctx);
    }

    /// The gate answered: it is heard, and if it wants a PIN, digits are one.
    pub(super) fn answered(&mut self) {
        let Some(answer) = &self.model.answer else {
            return;
        };
        self.world.chimes.chime(answer.result);
        let asked = answer.result != GateResult::Admit && answer.code.as_deref() == Some("E_PIN");
        if asked && self.state.shown.is_some() && self.state.mode == Mode::Scan {
            self.state.mode = Mode::Pin;
        }
    }

    /// A verdict that has stood long enough goes, so that it is not taken for the next visitor's.
    pub(super) fn forget_verdict(&mut self, ctx: &Context) {
        let Some(answer) = &self.model.answer else {
            return;
        };
        let stood = (self.world.clock)().saturating_sub(answer.at_ms);
        let stands = station::stands_ms(answer);
        if stood > stands {
            self.model.answer = None;
            self.state.shown = None;
            if self.state.mode == Mode::Pin {
                self.state.mode = Mode::Scan;
            }
            self.seen = None;
        } else {
            ctx.request_repaint_after(Duration::from_millis(stands - stood + 50));
        }
    }

    /// Looks for a node that went away, for as long as it is away.
    pub(super) fn come_back(&mut self, ctx: &Context) {
        let gone = self
            .model
            .closed
            .as_ref()
            .is_some_and(|fault| matches!(fault.code, FaultCode::Gone | FaultCode::Busy));
        if !self.world.returns || !gone {
            self.again_ms = None;
            return;
        }
        let now = (self.world.clock)();
        let at = *self.again_ms.get_or_insert(now + AGAIN_MS);
        if now >= at {
            self.again_ms = None;
            // Nothing of what was there before is drawn again: what stands is asked for anew.
            self.state.typed = Typed::default();
            self.state.shown = None;
            self.perform(ctx, Intent::Retry);
            ctx.request_repaint();
        } else {
            ctx.request_repaint_after(Duration::from_millis(at - now + 10));
        }
    }

    /// Dark at night and light by day, unless somebody chose.
    pub(super) fn day_or_night(&mut self) {
        if !self.state.by_day || self.state.look == Look::Elderly {
            return;
        }
        let now = self.now();
        let local = now.ms / 60_000 + u64::try_from(now.offset_min + 1440).unwrap_or_default();
        let look = if DAY_MIN.contains(&(local % 1440)) {
            Look::Light
        } else {
            Look::Dark
        };
        (self.state.look, self.state.standard) = (look, look);
    }
}

/// Takes the cursor out of a field that will not be drawn again: until then what a gun types would go into it.
fn put_down(ctx: &Context) {
    if let Some(id) = ctx.memory(|memory| memory.focused()) {
        ctx.memory_mut(|memory| memory.surrender_focus(id));
    }
}

/// The key of its name: `F1`, or one with Ctrl before it.
pub(super) fn key(name: &str) -> Option<(Modifiers, Key)> {
    match name.strip_prefix("Ctrl+") {
        Some(name) => Key::from_name(name).map(|key| (Modifiers::COMMAND, key)),
        None => Key::from_name(name).map(|key| (Modifiers::NONE, key)),
    }
}
