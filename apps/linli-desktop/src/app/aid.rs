//! Help in this window: the key, the question, the alarm that is heard until somebody has answered.
//!
//! What stands over what: whoever calls for help here is covered by nothing (others wait in the bar below); next a
//! neighbour's call for help; below it a gate's call. The doorbell is silent while the alarm is heard, its time goes on,
//! and it is heard again behind the alarm's answer. See `linli_view::help` for the key.

use super::App;
use crate::state::{Focus, Said};
use egui::{Context, Event, Key, Modifiers, UserAttentionType, ViewportCommand};
use linli_view::api::Request;
use linli_view::help::{self, CareDraft, Go, HelpState, PhonesDraft, WORDS_CHARS};
use linli_view::intent::{Intent, Screen};
use linli_view::model::Told;
use std::time::Duration;

/// How long after one sound of the alarm the next.
const AGAIN_MS: u64 = 4_000;
/// An alarm that has just come takes no answer yet: the key was meant for what stood there before.
const NEW_MS: u64 = 600;
/// A missed check-in is no message: it is looked for.
const LOOK_MS: u64 = 5 * 60_000;

/// What this window knows of help beside what the node says.
#[derive(Default)]
pub(super) struct Aid {
    /// The call that is heard.
    alarm: Option<Sounding>,
    /// When to ask the node again who has missed a check-in.
    look_ms: u64,
    /// Since when the question about practice stands.
    practice_ms: u64,
}

struct Sounding {
    id: String,
    since_ms: u64,
    next_ms: u64,
}

impl App {
    /// Makes calls for help heard, also while the window is hidden; looks for missed check-ins.
    pub(super) fn aid(&mut self, ctx: &Context) {
        if self.model.closed.is_some() || self.model.status.is_none() {
            self.aid.alarm = None;
            return;
        }
        let now = self.now();
        self.practice_ends(ctx);
        if self.aid.look_ms == 0 {
            self.aid.look_ms = now.ms + LOOK_MS;
        } else if now.ms.abs_diff(self.aid.look_ms) > LOOK_MS || now.ms >= self.aid.look_ms {
            self.aid.look_ms = now.ms + LOOK_MS;
            self.send(Request::HelpList);
        }
        let wait = Duration::from_millis(self.aid.look_ms - now.ms + 10);
        ctx.request_repaint_after(wait);
        let first = help::alarm::alarming(&self.model).into_iter().next();
        let Some(id) = first.map(|call| call.id.clone()) else {
            self.aid.alarm = None;
            return;
        };
        let same = self.aid.alarm.as_ref().is_some_and(|alarm| alarm.id == id);
        if !same {
            self.aid.alarm = Some(Sounding {
                id,
                since_ms: now.ms,
                next_ms: now.ms,
            });
            if ctx.input(|input| input.viewport().minimized == Some(true)) {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            }
            let attention = ViewportCommand::RequestUserAttention(UserAttentionType::Critical);
            ctx.send_viewport_cmd(attention);
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
        let Some(alarm) = &mut self.aid.alarm else {
            return;
        };
        // A clock that was set back must not silence it.
        if now.ms >= alarm.next_ms || alarm.next_ms - now.ms > AGAIN_MS {
            alarm.next_ms = now.ms + AGAIN_MS;
            self.world.chimes.alarm();
        }
        ctx.request_repaint_after(Duration::from_millis(alarm.next_ms - now.ms + 10));
    }

    /// Is a call for help heard now?
    pub(super) const fn sounds(&self) -> bool {
        self.aid.alarm.is_some()
    }

    /// Has the alarm stood too short a time to be meant?
    pub(super) fn too_new(&self) -> bool {
        let now = self.now().ms;
        let alarm = self.aid.alarm.as_ref();
        // A clock that was set back must not keep it from being answered.
        alarm.is_some_and(|alarm| now.abs_diff(alarm.since_ms) < NEW_MS)
    }

    /// When ten seconds are over, and when a minute is, the numbers come by themselves.
    pub(super) fn ten_seconds(&self, ctx: &Context) {
        let now = self.now();
        let Some(call) = help::own_call(&self.model) else {
            return;
        };
        for patience in [help::PATIENCE_MS, help::SILENCE_MS] {
            let due = call.at_ms.saturating_add(patience);
            if due > now.ms && due - now.ms <= patience {
                ctx.request_repaint_after(Duration::from_millis(due - now.ms + 10));
            }
        }
    }

    /// A question about practice that was left open must not take the key of somebody who falls an hour later.
    fn practice_ends(&mut self, ctx: &Context) {
        let now = self.now().ms;
        if self.state.help.asking != Some(true) {
            self.aid.practice_ms = now;
        } else if now.abs_diff(self.aid.practice_ms) >= help::PRACTICE_MS {
            self.state.help.asking = None;
            ctx.request_repaint();
        } else {
            let left = help::PRACTICE_MS - now.abs_diff(self.aid.practice_ms);
            ctx.request_repaint_after(Duration::from_millis(left + 10));
        }
    }

    /// Carries out what belongs to help; `true` if there is nothing more to do.
    pub(super) fn perform_help(&mut self, ctx: &Context, intent: &Intent) -> bool {
        match intent {
            Intent::AskHelp { practice } => self.ask_help(*practice),
            Intent::LeaveHelp => self.state.help.asking = None,
            Intent::TryHelp => {
                let help = &mut self.state.help;
                if let Some(practice) = help.asking.take() {
                    let words: String = help.words.trim().chars().take(WORDS_CHARS).collect();
                    let words = Some(words).filter(|words| !words.is_empty());
                    self.state.said = None;
                    self.perform(ctx, Intent::CallHelp { practice, words });
                }
            }
            Intent::AskEndHelp => self.state.help.ending = true,
            Intent::KeepHelp => self.state.help.ending = false,
            Intent::EditCare => {
                self.state.help.care = Some(CareDraft::of(&self.model));
                self.state.focus = Some(Focus::Care);
            }
            Intent::LeaveCare => self.state.help.care = None,
            Intent::TryCare => {
                let ready = match self.help_page().and_then(|page| page.care) {
                    Some(care) => care.form.and_then(|form| form.ready),
                    None => None,
                };
                match ready {
                    Some((helpers, minute)) => {
                        self.perform(ctx, Intent::SetCare { helpers, minute });
                    }
                    None => {
                        if let Some(draft) = &mut self.state.help.care {
                            draft.tried = true;
                        }
                        self.state.focus = Some(Focus::Care);
                    }
                }
            }
            Intent::EditPhones => {
                self.state.help.phones = Some(PhonesDraft::of(&self.model));
                self.state.focus = Some(Focus::Care);
            }
            Intent::LeavePhones => self.state.help.phones = None,
            Intent::TryPhones => {
                let form = self.help_page().and_then(|page| page.numbers.form);
                match form.and_then(|form| form.ready) {
                    Some(numbers) => self.perform(ctx, Intent::SetPhones { numbers }),
                    None => {
                        if let Some(draft) = &mut self.state.help.phones {
                            draft.tried = true;
                        }
                        self.state.focus = Some(Focus::Care);
                    }
                }
            }
            Intent::EndHelp(_) => {
                self.state.help.ending = false;
                return false;
            }
            Intent::CallHelp { .. } | Intent::AnswerHelp { .. } => {
                self.seen = None;
                return false;
            }
            Intent::BackToCall { .. } if self.state.screen == Screen::Help => {
                // A gate that waits is answered; the call for help stands all the same.
                self.state.screen = Screen::Home;
                return false;
            }
            _ => return false,
        }
        true
    }

    fn help_page(&self) -> Option<help::HelpPage> {
        let now = self.now();
        Some(help::page(&self.words, now, &self.model, &self.state.help))
    }

    /// The key, or the button: the question; where a call stands already, how far it is.
    fn ask_help(&mut self, practice: bool) {
        let now = self.now();
        self.go_from_here(Screen::Help);
        let waits = HelpState::default();
        let stands = help::need(&self.model, now, &waits);
        self.state.help.asking = (practice || !stands).then_some(practice);
        if self.state.help.asking.is_some() {
            self.state.focus = Some(Focus::Help);
        }
    }

    fn go_from_here(&mut self, screen: Screen) {
        self.state.screen = screen;
        self.state.find = None;
        self.state.help.ending = false;
        self.state.help.care = None;
    }

    /// What becomes of the window's own state when something about help is told.
    pub(super) fn told_help(&mut self, told: &help::HelpTold) {
        let help = &mut self.state.help;
        match told {
            help::HelpTold::Raised { .. } => help.words.clear(),
            help::HelpTold::CareSet { .. } => help.care = None,
            help::HelpTold::PhonesSet => help.phones = None,
            // What was typed is there for the next try.
            help::HelpTold::Failed { practice, .. } => help.asking = Some(*practice),
            _ => {}
        }
        self.state.said = Some(Said::Told(Told::Help(told.clone())));
    }

    /// One step back on the page of help, if there is one.
    pub(super) fn back_on_help(&mut self) -> bool {
        if self.state.screen == Screen::Phones {
            self.state.screen = Screen::Help;
            return true;
        }
        if self.state.screen != Screen::Help {
            return false;
        }
        let help = &mut self.state.help;
        if help.asking.is_some() {
            help.asking = None;
        } else if help.ending {
            help.ending = false;
        } else if help.care.is_some() {
            help.care = None;
        } else if help.phones.is_some() {
            help.phones = None;
        } else {
            return false;
        }
        true
    }
}

/// Was the key pressed? Held down it repeats, and repeats are nothing.
pub(super) fn key(ctx: &Context) -> bool {
    let Some(key) = Key::from_name(help::KEY) else {
        return false;
    };
    ctx.input_mut(|input| {
        let of_key = |event: &Event| {
            matches!(event, Event::Key { key: of, pressed: true, modifiers, .. }
                if *of == key && *modifiers == Modifiers::NONE)
        };
        let pressed = input
            .events
            .iter()
            .any(|event| of_key(event) && matches!(event, Event::Key { repeat: false, .. }));
        input.events.retain(|event| !of_key(event));
        pressed
    })
}

/// The keys of the alarm; nothing else is heard meanwhile.
pub(super) fn answers(ctx: &Context, id: &str, intents: &mut Vec<Intent>) {
    no_repeats(ctx);
    ctx.input_mut(|input| {
        for go in Go::ALL {
            if let Some(key) = Key::from_name(go.key())
                && input.consume_key(Modifiers::NONE, key)
            {
                intents.push(go.about(id));
            }
        }
    });
    intents.truncate(1);
}

/// A key that was held down before answers nobody.
pub(super) fn no_repeats(ctx: &Context) {
    ctx.input_mut(|input| {
        let repeated = |event: &Event| matches!(event, Event::Key { repeat: true, .. });
        input.events.retain(|event| !repeated(event));
    });
}

/// What a barcode gun or a guard types while the alarm stands goes nowhere: it is scanned again behind it.
pub(super) fn drop_typing(ctx: &Context) {
    ctx.input_mut(|input| {
        let typed =
            |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_));
        input.events.retain(|event| !typed(event));
    });
}
