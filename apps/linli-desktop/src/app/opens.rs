//! Somebody pressed a notice of the system: the window comes forward and shows what it tells of.

use super::App;
use egui::{Context, ViewportCommand};
use linli_view::bell::Opens;
use linli_view::intent::{Intent, Screen};

impl App {
    /// Shows it, once it is known here or everything has come; also while the window is put away.
    pub(super) fn show_pressed(&mut self, ctx: &Context) {
        let Some(opens) = &self.state.opens else {
            return;
        };
        if self.model.status.is_none() || self.model.closed.is_some() {
            return;
        }
        let here = match opens {
            Opens::Notice { id } => self.model.notices.iter().any(|one| one.id == *id),
            Opens::Post { id } => self.model.posts.iter().any(|one| one.id == *id),
            Opens::Home | Opens::Board | Opens::Help => true,
        };
        if !here && self.model.waiting() {
            return;
        }
        let intent = match self.state.opens.take() {
            Some(Opens::Notice { id }) if here => Intent::OpenNotice { id },
            Some(Opens::Post { id }) if here => Intent::OpenPost { id },
            Some(Opens::Board | Opens::Post { .. }) => Intent::Go(Screen::Board),
            Some(Opens::Notice { .. }) => Intent::Go(Screen::Notices),
            Some(Opens::Help) => Intent::Go(Screen::Help),
            Some(Opens::Home) | None => Intent::Go(Screen::Home),
        };
        if ctx.input(|input| input.viewport().minimized == Some(true)) {
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        }
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        self.perform(ctx, intent);
        ctx.request_repaint();
    }
}
