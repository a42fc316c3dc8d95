//! What can be found, and finding it.

use crate::query::cell_key;
use crate::{Filter, Kind, Query, SNIPPET, Status, TEXT_MAX, fold};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Something that can be found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doc {
    /// What it is.
    pub kind: Kind,
    /// Its id, by which it is opened; one of a kind.
    pub id: String,
    /// What it is called: a headline, a name, `3号楼2单元501`.
    pub title: String,
    /// Everything else that is said in it.
    pub text: String,
    /// The unit it is or belongs to, as `3-2-501`.
    pub unit: Option<String>,
    /// The buildings it is for; empty = all, or none in particular.
    pub buildings: Vec<String>,
    /// Of a unit the grid cell it lies in, of a notice those it names.
    pub cells: Vec<String>,
    /// Its plates, in normal form.
    pub plates: Vec<String>,
    /// Whether it is this home's own, or about it.
    pub mine: bool,
    /// How it stands.
    pub status: Status,
    /// Until when it stands so; it is over then.
    pub until_ms: Option<u64>,
    /// Since when, in milliseconds since 1970; 0 where that means nothing.
    pub at_ms: u64,
}

impl Doc {
    /// How it stands at a time.
    #[must_use]
    pub fn status_at(&self, now_ms: u64) -> Status {
        match self.until_ms {
            Some(until) if until <= now_ms => Status::Over,
            _ => self.status,
        }
    }
}

/// A place in [`Hit::snippet`] that answers the query: first character, and how many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// Characters before it.
    pub from: usize,
    /// Characters of it.
    pub len: usize,
}

/// How something was found; the first are the closest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum How {
    /// It is the unit or plate, or bears the name.
    Exact,
    /// In its title.
    Title,
    /// Its title sounds so, and has nothing more: `zs` is 张三 before it is 张三丰.
    ExactSound,
    /// In its text.
    Text,
    /// By the sound of its title.
    TitleSound,
    /// By the sound of its text.
    TextSound,
}

impl How {
    /// The word in data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Title => "title",
            Self::ExactSound => "exact-sound",
            Self::Text => "text",
            Self::TitleSound => "title-sound",
            Self::TextSound => "text-sound",
        }
    }
}

/// Something found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit<'a> {
    /// What.
    pub doc: &'a Doc,
    /// How.
    pub how: How,
    /// The part of its text around the first place found, on one line; empty where the title says it all.
    pub snippet: String,
    /// What to mark in the title.
    pub title_marks: Vec<Mark>,
    /// What to mark in the snippet.
    pub marks: Vec<Mark>,
}

/// The closest hits, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found<'a> {
    /// The closest first.
    pub hits: Vec<Hit<'a>>,
    /// All that were found.
    pub total: usize,
}

#[derive(Debug)]
struct Entry {
    doc: Doc,
    title: String,
    text: String,
}

impl Entry {
    fn of(mut doc: Doc) -> Self {
        if let Some((at, _)) = doc.text.char_indices().nth(TEXT_MAX) {
            doc.text.truncate(at);
        }
        let (title, text) = (fold(&doc.title), fold(&doc.text));
        Self { doc, title, text }
    }
}

/// Everything that can be found here, in memory.
#[derive(Debug, Default)]
pub struct Index {
    entries: BTreeMap<(Kind, String), Entry>,
}

impl Index {
    /// How many things can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds something, in place of what had its kind and id.
    pub fn put(&mut self, doc: Doc) {
        self.entries
            .insert((doc.kind, doc.id.clone()), Entry::of(doc));
    }

    /// Takes something out.
    pub fn remove(&mut self, kind: Kind, id: &str) {
        self.entries.remove(&(kind, id.to_owned()));
    }

    /// Takes out everything of a kind.
    pub fn clear(&mut self, kind: Kind) {
        self.entries.retain(|(of, _), _| *of != kind);
    }

    fn holds(&self, filter: &Filter, doc: &Doc, now_ms: u64) -> bool {
        match filter {
            Filter::Kind(kind) => doc.kind == *kind,
            Filter::Status(Status::Open) => doc.status_at(now_ms) != Status::Over,
            Filter::Status(status) => doc.status_at(now_ms) == *status,
            Filter::Building(building) => {
                let lies = doc.unit.as_ref().and_then(|unit| unit.split('-').next());
                lies == Some(building) || doc.buildings.contains(building)
            }
            Filter::Cell(cell) => {
                let named = |doc: &Doc| doc.cells.iter().any(|one| cell_key(one) == *cell);
                // A post or a person lies where its unit does.
                let lies = || {
                    let unit = doc.unit.as_ref()?;
                    self.entries.get(&(Kind::Unit, unit.clone()))
                };
                named(doc) || lies().is_some_and(|unit| named(&unit.doc))
            }
        }
    }

    /// Finds, the closest first: what is so called before what says it before what sounds like it, and of equals this
    /// home's own, what waits for it, what goes on, the newest.
    #[must_use]
    pub fn find(&self, query: &Query, now_ms: u64, most: usize) -> Found<'_> {
        let mut hits: Vec<(How, &Entry)> = self
            .entries
            .values()
            .filter(|entry| {
                query
                    .filters
                    .iter()
                    .all(|f| self.holds(f, &entry.doc, now_ms))
            })
            .filter_map(|entry| Some((how(query, entry)?, entry)))
            .collect();
        hits.sort_by_key(|(how, entry)| {
            let doc = &entry.doc;
            let waits = doc.status_at(now_ms) == Status::Waits;
            let over = doc.status_at(now_ms) == Status::Over;
            (
                *how,
                !doc.mine,
                !waits,
                over,
                Reverse(doc.at_ms),
                doc.kind,
                &doc.id,
            )
        });
        let total = hits.len();
        hits.truncate(most);
        Found {
            hits: hits
                .into_iter()
                .map(|(how, e)| hit(query, how, e))
                .collect(),
            total,
        }
    }
}

/// How the least close of the terms is found; none if one is not. Filters alone find everything they let through.
fn how(query: &Query, entry: &Entry) -> Option<How> {
    let mut worst = How::Exact;
    for term in &query.terms {
        worst = worst.max(term_how(term, entry)?);
    }
    Some(worst)
}

fn term_how(term: &crate::query::Term, entry: &Entry) -> Option<How> {
    let doc = &entry.doc;
    let is_unit = matches!(doc.kind, Kind::Unit | Kind::Person);
    if is_unit && term.unit.is_some() && doc.unit == term.unit {
        return Some(How::Exact);
    }
    let plate = |like: &String| doc.plates.contains(like);
    match term.plates.iter().position(plate) {
        Some(0) => return Some(How::Exact),
        Some(_) => return Some(How::Title),
        None => {}
    }
    if entry.title == term.text {
        return Some(How::Exact);
    }
    if entry.title.contains(&term.text) {
        return Some(How::Title);
    }
    let spelling = term.spelling.as_ref();
    if spelling.is_some_and(|spelling| spelling.is_all_of(&entry.title)) {
        return Some(How::ExactSound);
    }
    if entry.text.contains(&term.text) || (term.unit.is_some() && doc.unit == term.unit) {
        return Some(How::Text);
    }
    let spelling = spelling?;
    if spelling.is_in(&entry.title) {
        return Some(How::TitleSound);
    }
    spelling.is_in(&entry.text).then_some(How::TextSound)
}

/// Where a folded text has a term: first character, and how many.
fn mark(term: &crate::query::Term, folded: &str) -> Option<Mark> {
    let literal = folded.find(&term.text).map(|at| (at, at + term.text.len()));
    let (from, to) = literal.or_else(|| term.spelling.as_ref()?.find(folded))?;
    Some(Mark {
        from: folded.get(..from)?.chars().count(),
        len: folded.get(from..to)?.chars().count(),
    })
}

fn marks(query: &Query, folded: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = query.terms.iter().filter_map(|t| mark(t, folded)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn hit<'a>(query: &Query, how: How, entry: &'a Entry) -> Hit<'a> {
    let in_text = marks(query, &entry.text);
    let first = in_text.first().map_or(0, |mark| mark.from);
    // A few words before the place, the rest behind it.
    let start = first.saturating_sub(SNIPPET / 4);
    let line = |c: char| if c.is_control() { ' ' } else { c };
    let chars = entry.doc.text.chars().skip(start);
    let mut snippet: String = chars.take(SNIPPET).map(line).collect();
    let mut before = 0;
    if start > 0 {
        snippet.insert(0, '…');
        before = 1;
    }
    if entry.doc.text.chars().nth(start + SNIPPET).is_some() {
        snippet.push('…');
    }
    let marks = in_text
        .into_iter()
        .filter(|mark| mark.from + mark.len <= start + SNIPPET && mark.from >= start)
        .map(|mark| Mark {
            from: mark.from - start + before,
            ..mark
        });
    Hit {
        doc: &entry.doc,
        how,
        title_marks: self::marks(query, &entry.title),
        marks: marks.collect(),
        snippet,
    }
}

#[cfg(test)]
mod tests;
