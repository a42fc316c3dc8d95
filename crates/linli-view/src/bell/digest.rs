//! The digest: everything that is neither pressing nor about this home, twice a day, on the first screen.

use super::item::{Class, Facts, Item, What, items};
use crate::api::BellReport;
use crate::board;
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::Intent;
use crate::notices;
use crate::words::Catalogue;

/// The hours of the digest.
const HOURS: [i8; 2] = [8, 18];
/// Most lines on the first screen; the rest is one click away.
const LINES_MAX: usize = 8;
/// A notice that nobody opened stays in the digest so long.
const UNREAD_MS: u64 = 7 * 24 * 3_600_000;
const DAY_MS: u64 = 24 * 3_600_000;

/// The digest that holds now: what came from one moment to the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// The digest before.
    pub from_ms: u64,
    /// This one.
    pub until_ms: u64,
}

/// The last 08:00 or 18:00, and the one before it.
#[must_use]
pub fn slot(now: Now) -> Option<Slot> {
    let today = now.civil(now.ms)?.date();
    let yesterday = today.yesterday().ok()?;
    let before = yesterday.yesterday().ok()?;
    let mut moments: Vec<u64> = [before, yesterday, today]
        .into_iter()
        .flat_map(|day| HOURS.map(|hour| day.at(hour, 0, 0, 0)))
        .filter_map(|at| now.moment(at))
        .filter(|at| *at <= now.ms)
        .collect();
    let until_ms = moments.pop()?;
    let from_ms = moments.pop().unwrap_or(until_ms.saturating_sub(DAY_MS));
    Some(Slot { from_ms, until_ms })
}

/// What the digest of this moment lists, the newest first; a thread comes once.
#[must_use]
pub fn lines<'a>(now: Now, kept: &BellReport, facts: Facts<'a>) -> Vec<Item<'a>> {
    let Some(slot) = slot(now) else {
        return Vec::new();
    };
    let mut out: Vec<Item<'a>> = items(now, facts);
    out.retain(|item| {
        let at = item.since(kept);
        let late = matches!(item.what, What::Notice(_)) && !item.known;
        let from = if late {
            slot.until_ms.saturating_sub(UNREAD_MS).min(slot.from_ms)
        } else {
            slot.from_ms
        };
        matches!(item.class, Class::Mine | Class::Rest)
            && !item.muted(kept)
            && from < at
            && at <= slot.until_ms
    });
    out.sort_by_key(|item| (std::cmp::Reverse(item.since(kept)), item.key.clone()));
    let mut told = std::collections::BTreeSet::new();
    out.retain(|item| item.thread.clone().is_none_or(|of| told.insert(of)));
    out
}

/// The digest on the first screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Digest {
    /// Its heading, with its hour.
    pub title: String,
    /// What came.
    pub lines: Vec<DigestLine>,
    /// How many more, as a sentence.
    pub more: Option<String>,
    /// Said when nothing came, with the hour of the next one.
    pub none: String,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DigestLine {
    /// What it is.
    pub text: String,
    /// Opens it.
    pub open: Intent,
    /// Its accessible name.
    pub name: String,
    /// Somebody here has read it.
    pub read: bool,
}

/// Makes the digest.
#[must_use]
pub fn digest(words: &Catalogue, now: Now, kept: &BellReport, facts: Facts<'_>) -> Digest {
    let all = lines(now, kept, facts);
    let at = slot(now).map_or(now.ms, |slot| slot.until_ms);
    let more = all.len().saturating_sub(LINES_MAX);
    Digest {
        title: words.text("digest-title", &[("at", dates::at(words, now, at).into())]),
        lines: all
            .iter()
            .take(LINES_MAX)
            .filter_map(|item| line(words, item))
            .collect(),
        more: (more > 0).then(|| words.text("digest-more", &[("n", more.into())])),
        none: words.say("digest-none"),
    }
}

/// What an item is, in one line, as it stands on the home's own screen.
pub(crate) fn text(words: &Catalogue, what: What<'_>) -> Option<(String, Intent)> {
    let post = |key: &str, post: &crate::api::PostItem, by: &str| {
        let body = clean::line(&post.body, clean::TITLE_MAX);
        let by = clean::line(by, clean::NAME_MAX);
        let kind = words.say(board::kind_key(post.kind));
        let args = [
            ("kind", kind.into()),
            ("by", by.into()),
            ("text", body.into()),
        ];
        let open = Intent::OpenPost {
            id: post.id.clone(),
        };
        Some((words.text(key, &args), open))
    };
    match what {
        What::Notice(n) | What::Retracted(n) => {
            let key = match what {
                What::Retracted(_) => "digest-retracted",
                _ => "digest-notice",
            };
            let title = notices::headline(words, notices::in_language(n, words.lang()));
            let office = clean::line(&n.org_name, clean::NAME_MAX);
            let args = [("office", office.into()), ("title", title.into())];
            let open = Intent::OpenNotice { id: n.id.clone() };
            Some((words.text(key, &args), open))
        }
        What::Post(p) => post("digest-post", p, &p.author),
        What::Comment(p, c) => post("digest-comment", p, &c.author),
        What::Claim(p, by) => post("digest-claim", p, by),
        What::Decided(p) => post("digest-decided", p, ""),
        What::Help(_) | What::Ring(_) | What::Missed(_) => None,
    }
}

fn line(words: &Catalogue, item: &Item<'_>) -> Option<DigestLine> {
    let (text, open) = text(words, item.what)?;
    let read = item.known;
    let name = if read {
        words.text("digest-read-name", &[("text", (&text).into())])
    } else {
        text.clone()
    };
    Some(DigestLine {
        text,
        open,
        name,
        read,
    })
}
