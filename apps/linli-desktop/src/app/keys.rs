//! The window's keys: `Alt+1`... pages, `Ctrl+K` finds, `Ctrl+Shift+H` acts as somebody else, `Ctrl+N` a new pass, `Ctrl+P` prints what the page shows, `Esc` back, Enter to send the form; `F9` twice
//! calls for help; `F7` and `F8` answer a neighbour who does, `F1` to `F3` a gate that calls, and nothing else is heard
//! meanwhile; at a gate one key an action (`linli_view::station::Mode`), and
//! whatever a barcode gun types. `F11` is the whole window's.
//!
//! Tab, Space and Enter on what has the focus are egui's. Input methods had their keys taken out before this is
//! asked.

use crate::view::{Beside, BesidePost, Page, View};
use egui::{Context, Event, ImeEvent, Key, Modifiers};
use linli_view::api::ExportForm;
use linli_view::find::FindBox;
use linli_view::help::Mine;
use linli_view::intent::{Intent, Screen};
use linli_view::station::{Mode, Station, type_in};

const PAGES: [Key; 7] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
];

/// What the keys of this frame mean.
pub(super) fn intents(ctx: &Context, view: &View, screens: &[Screen], armed: bool) -> Vec<Intent> {
    let mut intents = Vec::new();
    if matches!(view.page, Page::Start(_)) {
        return on_start(ctx, view);
    }
    let asked = match &view.page {
        Page::Help(page) => matches!(page.mine, Some(Mine::Ask(_))),
        _ => false,
    };
    // In need this goes before everything, whatever stands over the page.
    if view.calls_help && super::aid::key(ctx) {
        intents.push(if asked {
            Intent::TryHelp
        } else {
            Intent::AskHelp { practice: false }
        });
        return intents;
    }
    if let Some(alarm) = &view.alarm {
        super::aid::answers(ctx, &alarm.id, &mut intents);
        return intents;
    }
    if asked {
        // Enter that is still down from the first button is not the second yes.
        super::aid::no_repeats(ctx);
    }
    if let Some(call) = &view.call {
        // Alt+1 is not meant for the page below, and Enter there must not send what is half filled in.
        // A key that was held down before, or pressed just when the call came, answers nobody.
        ctx.input_mut(|input| {
            input
                .events
                .retain(|event| !matches!(event, Event::Key { repeat, .. } if *repeat || !armed));
            for choice in &call.choices {
                if let Some((modifiers, key)) = super::gate::key(choice.say.key())
                    && input.consume_key(modifiers, key)
                {
                    intents.push(choice.say.about(&call.event));
                }
            }
        });
        intents.truncate(1);
        return intents;
    }
    if view.folder.is_some() {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            intents.push(Intent::Browse(None));
        }
        return intents;
    }
    if view.guide.is_some() {
        let closes = |input: &mut egui::InputState| {
            input.consume_key(Modifiers::NONE, Key::Escape)
                || input.consume_key(Modifiers::NONE, Key::F1)
        };
        if ctx.input_mut(closes) {
            intents.push(Intent::Guide(None));
        }
        return intents;
    }
    if let Some(intent) = homes(ctx, view) {
        return vec![intent];
    }
    if view.homes.is_some() {
        return intents;
    }
    if let Some(page) = &view.find {
        return self::find(ctx, page);
    }
    // At a gate the key is the station's, from wherever it is pressed.
    let help = screens.contains(&Screen::Visitors);
    if help && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F1)) {
        intents.push(Intent::Guide(Some(crate::draw::topic(&view.page))));
        return intents;
    }
    if let Page::Station(station) = &view.page {
        self::station(ctx, station, &mut intents);
    }
    let typing = ctx.text_edit_focused();
    ctx.input_mut(|input| {
        for (key, screen) in PAGES.into_iter().zip(screens) {
            if input.consume_key(Modifiers::ALT, key) {
                intents.push(Intent::Go(*screen));
            }
        }
        if screens.contains(&Screen::Visitors) && input.consume_key(Modifiers::COMMAND, Key::K) {
            intents.push(Intent::FindBox { open: true });
        }
        // In a field it takes typing back, which is egui's.
        if screens.contains(&Screen::Visitors)
            && !typing
            && input.consume_key(Modifiers::COMMAND, Key::Z)
        {
            intents.push(Intent::Undo { yes: false });
        }
        if view.undo.is_some() && input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(Intent::KeepDone);
        }
        if screens.contains(&Screen::Visitors) && input.consume_key(Modifiers::COMMAND, Key::Comma)
        {
            intents.push(Intent::Go(Screen::Settings));
        }
        if screens.contains(&Screen::Visitors) && input.consume_key(Modifiers::COMMAND, Key::N) {
            intents.push(match &view.page {
                Page::Notices(board, _) if board.compose.is_some() => Intent::NewNotice,
                Page::Board(..) => Intent::NewPost,
                _ => Intent::NewPass,
            });
        }
        if let Some(print) = printed(&view.page)
            && input.consume_key(Modifiers::COMMAND, Key::P)
        {
            intents.push(print);
        }
        if let Page::Board(_, BesidePost::Form(_)) = &view.page
            && input.consume_key(Modifiers::COMMAND, Key::Enter)
        {
            intents.push(Intent::TryPost);
        }
        if let Page::Board(_, BesidePost::Post(page)) = &view.page
            && input.consume_key(Modifiers::COMMAND, Key::Enter)
        {
            // One button, or several of which one has to be chosen.
            let ask = page.ask.as_ref().or_else(|| {
                let mut replies = page.comments.iter();
                replies.find_map(|reply| reply.ask.as_ref())
            });
            if let Some([(Some(what), _)]) = ask.map(|ask| ask.sends.as_slice()) {
                let (id, what) = (page.id.clone(), what.clone());
                intents.push(Intent::PostDo { id, what });
            }
        }
        if let Page::Compose(page) = &view.page
            && input.consume_key(Modifiers::COMMAND, Key::Enter)
        {
            match (&page.held, &page.check) {
                // Pressed once too often it must not call back what was signed.
                (Some(_), _) => {}
                (_, Some(_)) => intents.push(Intent::SignNotice),
                _ => intents.push(Intent::CheckNotice),
            }
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(Intent::Back);
        }
    });
    if asked
        && ctx.text_edit_focused()
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
    {
        intents.push(Intent::TryHelp);
    }
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

/// What `Ctrl+P` prints: what the page shows.
fn printed(page: &Page) -> Option<Intent> {
    match page {
        Page::Notices(_, Some(page)) if page.give.is_some() => Some(Intent::GiveNotice {
            id: page.id.clone(),
            form: ExportForm::Paper,
        }),
        Page::Visitors(_, Beside::Card(_)) => Some(Intent::PrintCard { a4: false }),
        _ => None,
    }
}

/// The list of this account's homes, from any page; none where there is but one.
fn homes(ctx: &Context, view: &View) -> Option<Intent> {
    let open = view.homes.is_some();
    view.acting.as_ref()?;
    let pressed = ctx.input_mut(|input| {
        input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::H)
            || (open && input.consume_key(Modifiers::NONE, Key::Escape))
    });
    pressed.then_some(Intent::Homes(!open))
}

/// On the first page there is nothing yet but help, and the way to another home.
fn on_start(ctx: &Context, view: &View) -> Vec<Intent> {
    if let Some(intent) = homes(ctx, view) {
        return vec![intent];
    }
    let open = view.guide.is_some();
    let pressed = ctx.input_mut(|input| {
        input.consume_key(Modifiers::NONE, Key::F1)
            || (open && input.consume_key(Modifiers::NONE, Key::Escape))
    });
    let topic = (!open).then(|| crate::draw::topic(&view.page));
    pressed
        .then_some(Intent::Guide(topic))
        .into_iter()
        .collect()
}

/// While the box that finds is open, nothing below it is meant: up and down choose, Enter opens, Esc closes.
fn find(ctx: &Context, page: &FindBox) -> Vec<Intent> {
    let mut intents = Vec::new();
    ctx.input_mut(|input| {
        for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if input.consume_key(Modifiers::NONE, key) {
                intents.push(Intent::FindStep { down });
            }
        }
        let closes = input.consume_key(Modifiers::NONE, Key::Escape);
        if closes || input.consume_key(Modifiers::COMMAND, Key::K) {
            intents.push(Intent::FindBox { open: false });
        }
    });
    // On a line or a button that has the focus Enter is egui's.
    let typing = ctx.text_edit_focused() || ctx.memory(|memory| memory.focused().is_none());
    if typing
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
        && let Some(row) = page.rows.get(page.chosen)
    {
        intents.push(row.open.clone());
    }
    intents
}

/// Digits that choose.
const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// One key an action at the gate: F keys choose what the field takes, Enter sends or confirms it, digits choose, up and
/// down count companions, Escape and Space call the next visitor.
fn station(ctx: &Context, station: &Station, intents: &mut Vec<Intent>) {
    let entry = &station.entry;
    let free = ctx.memory(|memory| memory.focused().is_none()) || ctx.text_edit_focused();
    ctx.input_mut(|input| {
        for mode in Mode::KEYED {
            if let Some((modifiers, key)) = super::gate::key(mode.key())
                && input.consume_key(modifiers, key)
            {
                intents.push(Intent::ScanMode(mode));
            }
        }
        if input.consume_key(Modifiers::COMMAND, Key::L) {
            intents.push(Intent::NightDay);
        }
        for (key, more) in [(Key::ArrowUp, true), (Key::ArrowDown, false)] {
            if input.consume_key(Modifiers::NONE, key) {
                intents.push(Intent::Companions { more });
            }
        }
        if entry.mode.is_choice() {
            for ((n, _), key) in entry.choices.iter().zip(DIGITS) {
                if input.consume_key(Modifiers::NONE, key) {
                    intents.push(Intent::Choose(*n));
                }
            }
        }
        if free && input.consume_key(Modifiers::NONE, Key::Enter) {
            intents.push(Intent::TryScan);
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            intents.push(Intent::NextVisitor);
        }
        let resting = entry.typed.is_empty() && free && !entry.mode.is_field();
        if resting && input.consume_key(Modifiers::NONE, Key::Space) {
            input
                .events
                .retain(|event| !matches!(event, Event::Text(text) if text == " "));
            intents.push(Intent::NextVisitor);
        }
    });
}

/// Keys after which the station is another one: what was typed behind them is meant for that one.
const TURNS: [Key; 14] = [
    Key::Enter,
    Key::Escape,
    Key::F1,
    Key::F2,
    Key::F3,
    Key::F4,
    Key::F5,
    Key::F6,
    Key::F7,
    Key::F8,
    Key::F9,
    Key::F10,
    Key::F11,
    Key::F12,
];

fn turns(key: Key, modifiers: Modifiers) -> bool {
    let mut keyed = Mode::KEYED.into_iter();
    let with_control = modifiers.command
        && keyed.any(|mode| super::gate::key(mode.key()) == Some((Modifiers::COMMAND, key)));
    with_control || TURNS.contains(&key)
}

/// Keeps what came behind such a key within one frame for the next. A gun types a pass and Enter faster than a slow
/// screen draws, and a guard who knows the keys types `F5` and a plate before the field is there.
pub(super) fn in_order(ctx: &Context, later: &mut Vec<Event>) {
    ctx.input_mut(|input| {
        if !later.is_empty() {
            let before = std::mem::take(later);
            drop(input.events.splice(0..0, before));
        }
        let turn = input.events.iter().position(
            |event| matches!(event, Event::Key { key, pressed: true, modifiers, .. } if turns(*key, *modifiers)),
        );
        let Some(turn) = turn else { return };
        for event in input.events.split_off(turn + 1) {
            match event {
                Event::Text(_) | Event::Paste(_) | Event::Key { .. } | Event::Ime(_) => {
                    later.push(event);
                }
                other => input.events.push(other),
            }
        }
    });
    if !later.is_empty() {
        ctx.request_repaint();
    }
}

/// At a gate, on another page than the station: did somebody type, scan or press a key of the station?
pub(super) fn turns_home(ctx: &Context, view: &View) -> bool {
    if matches!(view.page, Page::Station(_) | Page::Start(_)) || ctx.text_edit_focused() {
        return false;
    }
    ctx.input(|input| {
        input.events.iter().any(|event| match event {
            Event::Text(text) | Event::Paste(text) => !text.trim().is_empty(),
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => {
                let of_station =
                    |mode: Mode| super::gate::key(mode.key()) == Some((Modifiers::NONE, *key));
                modifiers.is_none() && Mode::KEYED.into_iter().any(of_station)
            }
            _ => false,
        })
    })
}

/// Digits that were typed.
fn figures(event: &Event) -> Option<&str> {
    match event {
        Event::Text(text) | Event::Paste(text) => {
            let digits = text.chars().all(|c| c.is_ascii_digit());
            digits.then_some(text.as_str())
        }
        _ => None,
    }
}

/// What a barcode gun or a guard typed at a gate while no text field has the cursor. A gun is a keyboard that types a
/// pass within a moment and ends it with Enter; its characters must neither press buttons nor be lost.
///
/// True if a scan began where a number was asked for. The digits inside of a pass choose nothing then.
pub(super) fn burst(ctx: &Context, view: &View, typed: &mut String, digits: &mut String) -> bool {
    let Page::Station(station) = &view.page else {
        return false;
    };
    let mode = station.entry.mode;
    if ctx.text_edit_focused() {
        return false;
    }
    let digit = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let blank = |text: &str| text.chars().all(char::is_whitespace);
    let (mut came, mut left) = (false, false);
    ctx.input_mut(|input| {
        if mode.is_choice() {
            let other = input.events.iter().any(|event| {
                matches!(event, Event::Text(text) | Event::Paste(text) if !digit(text) && !blank(text))
            });
            let more: String = input.events.iter().filter_map(figures).collect();
            // One digit is a choice. A second one behind it is a code or the label of a parcel.
            left = other || digits.len() + more.len() > 1;
            if !left {
                digits.push_str(&more);
                input
                    .events
                    .retain(|event| !matches!(event, Event::Text(text) if digit(text)));
                return;
            }
            type_in(typed, &std::mem::take(digits));
        }
        input.events.retain(|event| match event {
            Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) => {
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
            _ => true,
        });
    });
    // A field that is about to get the cursor keeps it.
    if came
        && !mode.is_field()
        && let Some(id) = ctx.memory(|memory| memory.focused())
    {
        ctx.memory_mut(|memory| memory.surrender_focus(id));
    }
    left
}
