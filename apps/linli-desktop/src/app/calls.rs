//! A gate that calls this household: heard at once whatever is on screen, and followed until it is over.

use super::App;
use crate::state::Said;
use egui::{Context, Id, UserAttentionType, ViewportCommand};
use linli_view::api::RingState;
use linli_view::calls::{self, CallTold, RING_S};
use linli_view::model::Told;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long after one sound of the bell the next.
const AGAIN_MS: u64 = 4_000;
/// How long a call stands before it takes an answer: whoever was typing or pressing when it came did not mean it.
const ARM_MS: u64 = 700;
/// How often a call is looked at while it waits: it may have become too old.
const LOOK_MS: u64 = 30_000;

/// What this window knows of calls beside what the node says.
#[derive(Default)]
pub(super) struct Calls {
    /// Calls that rang here, and how far each was when it was last looked at.
    followed: BTreeMap<String, RingState>,
    /// The bell of the call that is heard.
    bell: Option<Bell>,
    /// What had the cursor before a call stood over it.
    held: Option<Id>,
    /// Does a call stand over the page?
    covered: bool,
    /// The call over the page, and since when it stands there.
    stands: Option<(String, u64)>,
}

struct Bell {
    event: String,
    /// Until when it is heard.
    until_ms: u64,
    /// When it is heard again.
    next_ms: u64,
}

impl App {
    /// Makes calls heard and tells how they went on; also while the window is hidden.
    pub(super) fn ring(&mut self, ctx: &Context) {
        if !self.model.is_house() || self.model.closed.is_some() {
            return;
        }
        let now = self.now();
        let waiting = calls::ringing(&self.model, now).into_iter();
        let waiting: Vec<(String, u8)> = waiting
            .map(|ring| (ring.event.clone(), ring.for_s.unwrap_or(RING_S)))
            .collect();
        for (event, _) in &waiting {
            let followed = &mut self.calls.followed;
            followed.entry(event.clone()).or_insert(RingState::Rings);
        }
        self.follow();
        let sounds = self.sounds();
        let open = |event: &String| !self.state.aside.contains(event);
        let heard = waiting.iter().find(|(event, _)| open(event)).cloned();
        let Some((event, for_s)) = heard else {
            self.calls.bell = None;
            if self.watches() {
                ctx.request_repaint_after(Duration::from_millis(LOOK_MS));
            }
            return;
        };
        let at = now.ms;
        if self
            .calls
            .bell
            .as_ref()
            .is_none_or(|bell| bell.event != event)
        {
            self.calls.bell = Some(Bell {
                event,
                until_ms: at + u64::from(for_s) * 1000,
                next_ms: at,
            });
            if ctx.input(|input| input.viewport().minimized == Some(true)) {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            }
            let attention = ViewportCommand::RequestUserAttention(UserAttentionType::Critical);
            ctx.send_viewport_cmd(attention);
        }
        let Some(bell) = &mut self.calls.bell else {
            return;
        };
        if at >= bell.next_ms && at < bell.until_ms {
            bell.next_ms = at + AGAIN_MS;
            // Somebody calls for help: the doorbell waits its turn.
            if !sounds {
                self.world.chimes.ring();
            }
        }
        let wait = if at < bell.until_ms {
            AGAIN_MS
        } else {
            LOOK_MS
        };
        ctx.request_repaint_after(Duration::from_millis(wait));
    }

    /// Is there a call that may yet become too old?
    fn watches(&self) -> bool {
        let now = self.now();
        let mut rings = self.model.rings.iter();
        rings.any(|ring| calls::young(ring, now) && self.calls.followed.contains_key(&ring.event))
    }

    /// Tells once what came of calls that rang here.
    fn follow(&mut self) {
        let now = self.now();
        let mut told: Vec<CallTold> = Vec::new();
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (event, before) in &mut self.calls.followed {
            // Not there: the connection is new, and the calls have not come yet.
            let Some(ring) = self.model.rings.iter().find(|ring| ring.event == *event) else {
                continue;
            };
            told.extend(calls::news(ring, now, *before));
            *before = ring.state;
            if !calls::young(ring, now) || ring.state == RingState::Decided {
                gone.insert(event.clone());
            }
        }
        self.calls.followed.retain(|event, _| !gone.contains(event));
        self.state.aside.retain(|event| !gone.contains(event));
        if let Some(told) = told.pop() {
            self.seen = None;
            self.state.said = Some(Said::Told(Told::Call(told)));
        }
    }

    /// Each call takes answers only after it has stood there for a moment.
    pub(super) fn arm(&mut self, ctx: &Context, event: Option<&str>) {
        let now = (self.world.clock)();
        let Some(event) = event else {
            (self.calls.stands, self.state.armed) = (None, false);
            return;
        };
        let held = self.calls.stands.as_ref().filter(|(of, _)| of == event);
        // A clock that was turned back begins anew.
        let since = held.map_or(now, |(_, since)| (*since).min(now));
        self.calls.stands = Some((event.to_owned(), since));
        let stood = now - since;
        self.state.armed = stood >= ARM_MS;
        if stood < ARM_MS {
            ctx.request_repaint_after(Duration::from_millis(ARM_MS - stood + 20));
        }
    }

    /// A call takes the cursor; when it is gone, what was typed into has it again.
    pub(super) fn cover(&mut self, ctx: &Context, covered: bool) {
        if covered && !self.calls.covered {
            self.calls.held = ctx.memory(|memory| memory.focused());
            if let Some(id) = self.calls.held {
                ctx.memory_mut(|memory| memory.surrender_focus(id));
            }
        }
        self.calls.covered = covered;
        if covered || self.calls.held.is_none() {
            return;
        }
        // In the frame behind the call, egui still gives nothing below it the cursor.
        if ctx.memory(|memory| memory.top_modal_layer()).is_some() {
            ctx.request_repaint();
        } else if let Some(id) = self.calls.held.take() {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
}
