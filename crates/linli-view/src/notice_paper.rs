//! A notice on paper for the hall, and as a short text for a chat group: the same words around it, for the command
//! line, for the window, and for the preview before anything is signed.
//!
//! Neither proves anything by itself, and both say so: what counts is the notice with this number in Linli.

use crate::api::{CapWords, Severity};
use crate::cap;
use crate::clean;
use crate::dates::{self, Now};
use crate::notices;
use crate::words::{Catalogue, Lang};
use serde::{Deserialize, Serialize};

/// A chat shows about this much without folding it away.
const CHAT_BODY_MAX: usize = 300;
/// Of an id on paper and in a chat: enough to find it, few enough to type.
const ID_SHOWN: usize = 10;
/// Of a headline in the name of a file.
const STEM_CHARS: usize = 24;

/// What leaves the house, as the node gives it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperNotice {
    /// The estate's name.
    pub estate: String,
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// The whole id; empty on a draft.
    pub id: String,
    /// The office's name.
    pub office: String,
    /// When it was signed.
    pub sent_ms: u64,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// Headline in English; empty where the office wrote none.
    pub title_en: String,
    /// Text in English.
    pub body_en: String,
    /// The CAP word; none on an ordinary notice.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    pub words: CapWords,
    /// The buildings; empty = all.
    pub area: Vec<String>,
    /// The grid cells by which they were chosen.
    pub cells: Vec<String>,
    /// From when it holds.
    pub effective_ms: Option<u64>,
    /// Until when it holds.
    pub expires_ms: Option<u64>,
    /// What it is to those before it.
    pub after: PaperAfter,
}

/// A notice among those before it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperAfter {
    /// It stands alone.
    #[default]
    Nothing,
    /// It corrects these, the nearest first.
    Corrects(Vec<PaperEarlier>),
    /// It takes this one back.
    TakesBack {
        /// The nearest first.
        earlier: Vec<PaperEarlier>,
        /// Why.
        reason: String,
    },
}

/// An earlier notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaperEarlier {
    /// Its whole id.
    pub id: String,
}

/// What stands on the paper, in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// Estate and office.
    pub head: String,
    /// When it was signed.
    pub date: String,
    /// What must be known before the rest, in few words; and why.
    pub banner: Option<(String, String)>,
    /// Title and text, once for each language.
    pub texts: Vec<(String, String)>,
    /// What it concerns, from when, until when.
    pub rows: Vec<(String, String)>,
    /// How to check it; on a draft what will stand there.
    pub check: Vec<String>,
}

/// Makes the paper.
#[must_use]
pub fn letter(
    words: &Catalogue,
    now: Now,
    notice: &PaperNotice,
    corrected_by: Option<&str>,
) -> Letter {
    let warning = warning(words, notice, corrected_by);
    let warning = warning.map(|what| (words.say("letter-warning"), what));
    let mut rows: Vec<(String, String)> = warning.into_iter().collect();
    rows.push((words.say("letter-for"), places(words, notice)));
    rows.extend(span(words, now, notice).map(|span| (words.say("letter-when"), span)));
    let mut texts = vec![(&notice.title, &notice.body)];
    if !notice.title_en.is_empty() {
        texts.push((&notice.title_en, &notice.body_en));
    }
    let texts = texts.into_iter().map(|(title, body)| {
        let title = clean::line(title, clean::BODY_MAX);
        (title, clean::text(body, clean::BODY_MAX))
    });
    let by = [
        ("office", head(notice).into()),
        ("when", signed(words, now, notice).into()),
    ];
    let check = if notice.id.is_empty() {
        vec![words.say("letter-draft")]
    } else {
        let id = [("id", shown_id(&notice.id).into())];
        vec![
            words.text("letter-by", &by),
            words.text("letter-id", &id),
            words.say("letter-check"),
        ]
    };
    Letter {
        head: head(notice),
        date: day(words, now, notice),
        banner: banner(words, notice, corrected_by),
        texts: texts.collect(),
        rows,
        check,
    }
}

/// The foot of a page.
#[must_use]
pub fn foot(words: &Catalogue, notice: &PaperNotice, page: usize, of: usize) -> String {
    let said = [
        ("page", page.into()),
        ("of", of.into()),
        ("id", shown_id(&notice.id).into()),
    ];
    words.text("letter-foot", &said)
}

/// The text for a chat group.
#[must_use]
pub fn chat(
    words: &Catalogue,
    now: Now,
    notice: &PaperNotice,
    corrected_by: Option<&str>,
) -> String {
    let english = words.lang() == Lang::En && !notice.title_en.is_empty();
    let (title, body) = if english {
        (&notice.title_en, &notice.body_en)
    } else {
        (&notice.title, &notice.body)
    };
    let mut parts = Vec::new();
    if let Some((what, why)) = banner(words, notice, corrected_by) {
        parts.push(what);
        parts.push(why);
    }
    parts.extend(warning(words, notice, corrected_by));
    let headline = [
        (
            "office",
            clean::line(&notice.office, clean::NAME_MAX).into(),
        ),
        ("title", clean::line(title, clean::BODY_MAX).into()),
    ];
    parts.push(words.text("chat-title", &headline));
    let whole = clean::text(body, clean::BODY_MAX);
    let short = clean::text(&whole, CHAT_BODY_MAX);
    let cut = short != whole;
    parts.push(short);
    if cut {
        parts.push(words.say("chat-more"));
    }
    let mut facts = format!("{}{}", words.say("chat-for"), places(words, notice));
    if let Some(span) = span(words, now, notice) {
        facts = format!("{facts}\n{}{span}", words.say("chat-when"));
    }
    parts.push(facts);
    if notice.id.is_empty() {
        parts.push(words.say("letter-draft"));
    } else {
        let last = [
            ("office", head(notice).into()),
            ("when", signed(words, now, notice).into()),
            ("id", shown_id(&notice.id).into()),
        ];
        parts.push(words.text("chat-check", &last));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// A name for its file, without the ending.
#[must_use]
pub fn file_stem(words: &Catalogue, notice: &PaperNotice) -> String {
    let title: String = notice.title.chars().take(STEM_CHARS).collect();
    let said = [
        ("title", crate::pass_card::file_stem(&title).into()),
        ("id", shown_id(&notice.id).replace(':', "").into()),
    ];
    words.text("letter-file", &said)
}

/// The same for a feed of all notices of an estate.
#[must_use]
pub fn feed_stem(words: &Catalogue, estate: &str) -> String {
    let title = crate::pass_card::file_stem(&clean::line(estate, STEM_CHARS));
    words.text("letter-file-feed", &[("title", title.into())])
}

/// How serious it is and what people should do, then how soon and how sure; nothing of what is taken back or corrected.
fn warning(words: &Catalogue, notice: &PaperNotice, corrected_by: Option<&str>) -> Option<String> {
    if corrected_by.is_some() || matches!(notice.after, PaperAfter::TakesBack { .. }) {
        return None;
    }
    let severity = notice.severity.map(notices::severity_words);
    let mut said: Vec<String> = severity.iter().map(|(key, _)| words.say(key)).collect();
    // The kind of event is for programs: the text says what it is.
    let cap = CapWords {
        category: None,
        ..notice.words
    };
    said.extend(cap::lines(words, &cap));
    (!said.is_empty()).then(|| said.join(" · "))
}

/// What must be known before the rest, and why.
fn banner(
    words: &Catalogue,
    notice: &PaperNotice,
    corrected_by: Option<&str>,
) -> Option<(String, String)> {
    match (&notice.after, corrected_by) {
        (PaperAfter::TakesBack { reason, .. }, _) => {
            Some((words.say("letter-retracted"), clean::text(reason, 2_000)))
        }
        (_, Some(by)) => {
            let id = [("id", shown_id(by).into())];
            Some((words.text("letter-corrected", &id), String::new()))
        }
        (PaperAfter::Corrects(earlier), None) => {
            let id = earlier.first().map(|e| shown_id(&e.id));
            let id = [("id", id.unwrap_or_default().into())];
            Some((words.text("letter-corrects", &id), String::new()))
        }
        (PaperAfter::Nothing, None) => None,
    }
}

fn head(notice: &PaperNotice) -> String {
    let office = clean::line(&notice.office, clean::NAME_MAX);
    format!("{}  {office}", clean::line(&notice.estate, 64))
}

fn shown_id(id: &str) -> String {
    id.chars().take(ID_SHOWN).collect()
}

fn places(words: &Catalogue, notice: &PaperNotice) -> String {
    if notice.area.is_empty() {
        return words.say("letter-all");
    }
    let place = |building: &String| {
        let number = !building.is_empty() && building.bytes().all(|b| b.is_ascii_digit());
        let building = clean::line(building, clean::NAME_MAX);
        if number {
            words.text("letter-building", &[("no", building.into())])
        } else {
            crate::compose::places::said(words, &building)
        }
    };
    let places: Vec<String> = notice.area.iter().map(place).collect();
    let comma = words.say("letter-comma");
    let places = places.join(&comma);
    if notice.cells.is_empty() {
        return places;
    }
    let cells = clean::line(&notice.cells.join(&comma), 300);
    words.text(
        "letter-cells",
        &[("places", places.into()), ("cells", cells.into())],
    )
}

/// From when, until when: with days, since paper is read on another day than it is made.
fn span(words: &Catalogue, now: Now, notice: &PaperNotice) -> Option<String> {
    let now = at(now, notice);
    let dated = |ms| format!("{} {}", dates::day(words, now, ms), dates::time(now, ms));
    match (notice.effective_ms, notice.expires_ms) {
        (Some(from), Some(until)) => Some(dates::span_dated(words, now, from, until)),
        (Some(from), None) => Some(words.text("letter-from", &[("when", dated(from).into())])),
        (None, Some(until)) => Some(words.text("letter-until", &[("when", dated(until).into())])),
        (None, None) => None,
    }
}

fn at(now: Now, notice: &PaperNotice) -> Now {
    Now {
        ms: now.ms,
        offset_min: notice.offset_min,
    }
}

fn day(words: &Catalogue, now: Now, notice: &PaperNotice) -> String {
    dates::day(words, at(now, notice), notice.sent_ms)
}

fn signed(words: &Catalogue, now: Now, notice: &PaperNotice) -> String {
    let time = dates::time(at(now, notice), notice.sent_ms);
    format!("{} {time}", day(words, now, notice))
}

#[cfg(test)]
mod tests;
