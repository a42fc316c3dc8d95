//! The window's keys: `Alt+1`... pages, `Ctrl+N` a new pass, `Esc` back, Enter to send the form; at a gate `F1` and
//! `F2`, and whatever a barcode gun types. `F11` is the whole window's.
//!
//! Tab, Space and Enter on what has the focus are egui's. Input methods had their keys taken out before this is
//! asked.

use crate::view::{Beside, Page, View};
use egui::{Context, Event, Key, Modifiers};
use linli_view::intent::{Intent, Screen};
use linli_view::station::{Mode, REASONS, Station, type_in};

const PAGES: [Key; 4] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];

/// What the keys of this frame mean.
pub(super) fn intents(ctx: &Context, view: &View, gate: bool) -> Vec<Intent> {
    let mut intents = Vec::new();
    if matches!(view.page, Page::Start(_)) {
        return intents;
    }
    if let Page::Station(station) = &view.page {
        self::station(ctx, station, &mut intents);
    }
    ctx.input_mut(|input| {
        for (key, screen) in PAGES.into_iter().zip(Screen::all(gate)) {
            if input.consume_key(Modifiers::ALT, key) {
                intents.push(Intent::Go(*screen));
            }
        }
        if !gate && input.consume_key(Modifiers::COMMAND, Key::N) {
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

/// One key an action at the gate.
const MODES: [(Key, Mode); 6] = [
    (Key::F1, Mode::Scan),
    (Key::F2, Mode::Plate),
    (Key::F3, Mode::WalkIn),
    (Key::F5, Mode::Exit),
    (Key::F6, Mode::Badge),
    (Key::F8, Mode::Override),
];
const DIGITS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];

/// F keys choose what the field takes, Enter sends it, digits name the reason after F8, Escape and Space call the next
/// visitor.
fn station(ctx: &Context, station: &Station, intents: &mut Vec<Intent>) {
    let empty = station.entry.typed.is_empty();
    let free = ctx.memory(|memory| memory.focused().is_none()) || ctx.text_edit_focused();
    ctx.input_mut(|input| {
        for (key, mode) in MODES {
            if input.consume_key(Modifiers::NONE, key) {
                intents.push(Intent::ScanMode(mode));
            }
        }
        if station.entry.mode == Mode::Override {
            for ((reason, _), key) in REASONS.into_iter().zip(DIGITS) {
                if input.consume_key(Modifiers::NONE, key) {
                    intents.push(Intent::Override(reason));
                }
            }
        }
        if free && input.consume_key(Modifiers::NONE, Key::Enter) {
            intents.push(Intent::TryScan);
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(Intent::NextVisitor);
        }
        let resting = empty && free && station.entry.mode == Mode::Scan;
        if resting && input.consume_key(Modifiers::NONE, Key::Space) {
            input
                .events
                .retain(|event| !matches!(event, Event::Text(text) if text == " "));
            intents.push(Intent::NextVisitor);
        }
    });
}

/// What a barcode gun or a guard typed at a gate while no text field has the cursor. A gun is a keyboard that types a
/// pass within a moment and ends it with Enter; its characters must neither press buttons nor be lost.
pub(super) fn burst(ctx: &Context, view: &View, typed: &mut String) {
    let Page::Station(station) = &view.page else {
        return;
    };
    if station.entry.mode != Mode::Scan || ctx.text_edit_focused() {
        return;
    }
    let mut came = false;
    ctx.input_mut(|input| {
        // In the order in which they came: a gun's Enter belongs behind its last character, the next scan after it.
        let mut sent = false;
        input.events.retain(|event| match event {
            Event::Text(text) | Event::Paste(text) if !sent => {
                type_in(typed, text);
                came = true;
                false
            }
            Event::Key {
                key: Key::Backspace,
                pressed: true,
                ..
            } => {
                typed.pop();
                false
            }
            // The key behind a blank that was just typed, or behind a letter that is a shortcut elsewhere.
            Event::Key {
                key: Key::Space, ..
            } => typed.is_empty(),
            Event::Key {
                key: Key::Enter,
                pressed: true,
                ..
            } => {
                sent = true;
                true
            }
            _ => true,
        });
    });
    if came && let Some(id) = ctx.memory(|memory| memory.focused()) {
        ctx.memory_mut(|memory| memory.surrender_focus(id));
    }
}
