//! Somebody asks this program to end, as a computer that shuts down does: what is half written is kept first. Whoever closes
//! the window by hand while a notice goes out is told to wait for it.

use super::App;
use crate::state::Said;
use egui::{Context, ViewportCommand};
use linli_view::compose::Step;
use linli_view::intent::Screen;
use linli_view::tone::Tone;
use std::time::Duration;

/// How long what is under way may take: a system that shuts down waits for a while, and then waits no longer.
const PATIENCE_MS: u64 = 5_000;

impl App {
    /// A window that is closed by hand stays while a notice goes out within seconds: closed, it would take the notice with
    /// it, and nobody would be told. A program that has to end does so, and says it at its next start.
    pub(super) fn hold_close(&mut self, ctx: &Context) {
        let asked = ctx.input(|input| input.viewport().close_requested());
        let held = matches!(self.state.step, Step::Held { .. });
        if asked && held && self.leaving_ms.is_none() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            // Its seconds are in sight, and the button that calls it back.
            (self.state.screen, self.state.composing) = (Screen::Notices, true);
            self.state.said = Some(Said::Sentence("note-held-close", Tone::Warn));
            ctx.request_repaint();
        }
    }

    /// Closes the window once everything that was typed is in the home, or after a moment. Called once a frame from then on,
    /// also where nothing is drawn because the window is put away.
    pub fn leave(&mut self, ctx: &Context) {
        let now_ms = self.now().ms;
        let since_ms = *self.leaving_ms.get_or_insert(now_ms);
        self.keep_drafts(ctx);
        // A home that never opened, or is closed, takes nothing any more.
        let open = self.connected && self.model.status.is_some() && self.model.closed.is_none();
        let waits = open && (self.model.waiting() || !self.kept());
        // A clock that was set back meanwhile is no reason to stay.
        let patient = now_ms
            .checked_sub(since_ms)
            .is_some_and(|ms| ms < PATIENCE_MS);
        if waits && patient {
            ctx.request_repaint_after(Duration::from_millis(50));
        } else {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }
}
