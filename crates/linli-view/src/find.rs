//! The one box that finds: pages and acts of the window at once, what the home holds as its node answers.

use crate::api::{FoundItem, FoundKind, FoundList};
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::{Intent, Look, Screen};
use crate::model::Model;
use crate::register::RegisterDo;
use crate::words::Catalogue;

/// Most characters of the box.
pub const TYPED_MAX: usize = 100;
/// Characters of one piece of text that are shown.
const PIECE_MAX: usize = 120;

/// The box as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindBox {
    /// What it is.
    pub title: String,
    /// What one can write there.
    pub hint: String,
    /// What can be opened, in order.
    pub rows: Vec<FindRow>,
    /// The row that Enter opens.
    pub chosen: usize,
    /// How many there are and as of when, or what to do where there is nothing.
    pub foot: String,
    /// The word on the button that closes it.
    pub close: String,
}

/// One line of the box.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FindRow {
    /// What it is, in a word.
    pub kind: String,
    /// What it is called.
    pub title: Vec<Piece>,
    /// Words around the place.
    pub snippet: Vec<Piece>,
    /// Unit and date.
    pub beside: String,
    /// What opens it.
    pub open: Intent,
    /// Everything, for who cannot see it.
    pub name: String,
}

/// A piece of text, marked where it is what was looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Text.
    pub text: String,
    /// Marked.
    pub marked: bool,
}

/// The box for what is typed, with what the node found last.
#[must_use]
pub fn find(words: &Catalogue, now: Now, model: &Model, typed: &str, chosen: usize) -> FindBox {
    let wanted = typed.trim();
    let mut rows: Vec<FindRow> = commands(words, model)
        .into_iter()
        .filter(|(word, _)| fits(wanted, word))
        .map(|(word, open)| command(words, word, open))
        .collect();
    // What was found for other words is not shown below these.
    let found = model.found.as_ref().filter(|f| f.query == wanted);
    rows.extend(
        found
            .into_iter()
            .flat_map(|f| f.hits.iter().map(|item| row(words, now, model, item))),
    );
    let chosen = chosen.min(rows.len().saturating_sub(1));
    FindBox {
        title: words.say("find-title"),
        hint: words.say("find-hint"),
        foot: foot(words, now, wanted, found),
        close: words.say("find-close"),
        rows,
        chosen,
    }
}

fn fits(wanted: &str, word: &str) -> bool {
    word.to_lowercase().contains(&wanted.to_lowercase())
}

/// Pages and acts, each with its word.
fn commands(words: &Catalogue, model: &Model) -> Vec<(String, Intent)> {
    let mut all: Vec<(&str, Intent)> = Vec::new();
    if !model.is_gate() {
        all.push(("find-new-pass", Intent::NewPass));
        all.push(("find-new-post", Intent::NewPost));
    }
    if model.is_office() {
        all.insert(0, ("find-new-notice", Intent::NewNotice));
    }
    let invites = !crate::invite::may(model).is_empty();
    // Every page there is, also in the large look, whose rail has four.
    let pages = model
        .screens(Look::Light)
        .iter()
        .chain(&[Screen::Phones, Screen::Settings])
        .chain(invites.then_some(&Screen::Invite))
        .map(|s| (screen_key(*s), Intent::Go(*s)));
    all.extend(pages);
    all.into_iter()
        .map(|(key, open)| (words.say(key), open))
        .collect()
}

/// The word of a page on the rail.
const fn screen_key(screen: Screen) -> &'static str {
    match screen {
        Screen::Home => "nav-home",
        Screen::Notices => "nav-notices",
        Screen::Visitors => "nav-visitors",
        Screen::Board => "nav-board",
        Screen::Neighbours => "nav-neighbours",
        Screen::Doorbell => "nav-doorbell",
        Screen::Help => "nav-help",
        Screen::Phones => "nav-phones",
        Screen::Settings => "nav-settings",
        Screen::Register => "nav-register",
        Screen::Invite => "nav-invite",
    }
}

fn command(words: &Catalogue, word: String, open: Intent) -> FindRow {
    let kind = words.say("find-kind-go");
    FindRow {
        name: words.text("find-row-go", &[("what", word.as_str().into())]),
        kind,
        title: vec![Piece {
            text: word,
            marked: false,
        }],
        snippet: Vec::new(),
        beside: String::new(),
        open,
    }
}

fn row(words: &Catalogue, now: Now, model: &Model, item: &FoundItem) -> FindRow {
    let kind = words.say(match item.kind {
        FoundKind::Unit => "find-kind-unit",
        FoundKind::Person => "find-kind-person",
        FoundKind::Notice => "find-kind-notice",
        FoundKind::Post => "find-kind-post",
        FoundKind::Pass => "find-kind-pass",
    });
    let id = item.id.clone();
    // Only an office has a page of a unit: elsewhere everything that is known of the unit is looked for.
    let about = |unit: &Option<String>| match unit {
        Some(unit) if model.is_office() => Intent::Register(RegisterDo::OpenUnit(unit.clone())),
        _ => Intent::Find {
            query: unit.clone().unwrap_or_else(|| item.title.clone()),
        },
    };
    let open = match item.kind {
        FoundKind::Notice => Intent::OpenNotice { id },
        FoundKind::Post => Intent::OpenPost { id },
        FoundKind::Pass => Intent::ShowPass { id },
        FoundKind::Unit | FoundKind::Person => about(&item.unit),
    };
    let unit = item.unit.as_deref().filter(|unit| *unit != item.title);
    let unit = unit.map(|unit| clean::line(unit, PIECE_MAX));
    let at = item.at_ms.map(|ms| dates::day(words, now, ms));
    let over = item.over.then(|| words.say("find-over"));
    let beside: Vec<String> = [unit, at, over].into_iter().flatten().collect();
    let beside = beside.join(" · ");
    let title = pieces(&item.title, &item.title_marks);
    let snippet = pieces(&item.snippet, &item.marks);
    let whole = |pieces: &[Piece]| pieces.iter().map(|p| p.text.as_str()).collect::<String>();
    let said = [kind.clone(), whole(&title), whole(&snippet), beside.clone()];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    FindRow {
        name: said.join(", "),
        kind,
        title,
        snippet,
        beside,
        open,
    }
}

/// Cuts a text at its marks; foreign characters are cleaned inside each piece.
fn pieces(text: &str, marks: &[(u32, u32)]) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut push = |part: &[char], marked: bool| {
        let part: String = part.iter().collect();
        // Blanks at an edge are between two pieces, not around a line.
        let (before, after) = (part.starts_with(' '), part.ends_with(' '));
        let mut text = clean::line(&part, PIECE_MAX);
        if before && !text.starts_with(' ') {
            text.insert(0, ' ');
        }
        if after && !text.ends_with(' ') {
            text.push(' ');
        }
        if !part.is_empty() {
            pieces.push(Piece { text, marked });
        }
    };
    let mut at = 0;
    for (from, len) in marks {
        let from = (*from as usize).clamp(at, chars.len());
        let to = (from + *len as usize).min(chars.len());
        push(chars.get(at..from).unwrap_or_default(), false);
        push(chars.get(from..to).unwrap_or_default(), true);
        at = to;
    }
    push(chars.get(at..).unwrap_or_default(), false);
    pieces
}

fn foot(words: &Catalogue, now: Now, wanted: &str, found: Option<&FoundList>) -> String {
    if wanted.is_empty() {
        return words.say("find-how");
    }
    let Some(found) = found else {
        return words.say("find-looking");
    };
    let at = dates::time(now, found.as_of_ms);
    if found.total == 0 {
        return words.text("find-nothing", &[("at", at.into())]);
    }
    words.text(
        "find-count",
        &[
            ("shown", (found.hits.len() as u64).into()),
            ("total", u64::from(found.total).into()),
            ("at", at.into()),
        ],
    )
}

#[cfg(test)]
mod tests;
