//! The window's keys: `Alt+1`... pages, `Ctrl+N` a new pass, `Esc` back, Enter to send the form.
//!
//! Tab, Space and Enter on what has the focus are egui's. Input methods had their keys taken out before this is
//! asked.

use crate::view::{Beside, Page, View};
use egui::{Context, Key, Modifiers};
use linli_view::intent::{Intent, Screen};

const PAGES: [Key; 4] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];

/// What the keys of this frame mean.
pub(super) fn intents(ctx: &Context, view: &View) -> Vec<Intent> {
    let mut intents = Vec::new();
    if matches!(view.page, Page::Start(_)) {
        return intents;
    }
    ctx.input_mut(|input| {
        for (key, screen) in PAGES.into_iter().zip(Screen::ALL) {
            if input.consume_key(Modifiers::ALT, key) {
                intents.push(Intent::Go(screen));
            }
        }
        if input.consume_key(Modifiers::COMMAND, Key::N) {
            intents.push(Intent::NewPass);
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(Intent::Back);
        }
    });
    // Enter sends the form from any of its text fields, and from nowhere; on a button it presses the button.
    let free = ctx.text_edit_focused() || ctx.memory(|memory| memory.focused().is_none());
    if matches!(view.page, Page::Visitors(_, Beside::Form(_)))
        && free
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    {
        intents.push(Intent::TryPass);
    }
    intents
}
