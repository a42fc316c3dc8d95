//! The notice list: sorted, dated, badged.
//!
//! First what waits for this household, then by the time the office signed, newest first. A version that was
//! corrected is not listed beside its correction (the correction leads back to it); a retracted notice stays in
//! the list, struck out, because people may have acted on it.

use crate::api::{NoticeItem, NoticeText, Severity};
use crate::clean;
use crate::dates::{self, Now};
use crate::intent::NoticeFilter;
use crate::scheduled::Scheduled;
use crate::tone::{Badge, Tone};
use crate::words::{Catalogue, Lang};
use std::cmp::Reverse;

/// Characters of the body shown under the headline in a list.
const SUMMARY_MAX: usize = 60;

/// The notices screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeBoard {
    /// Heading.
    pub title: String,
    /// How many there are.
    pub count: String,
    /// The filters, and which is chosen.
    pub filters: Vec<FilterTab>,
    /// The rows, sorted.
    pub rows: Vec<NoticeRow>,
    /// What to say when there is no row.
    pub empty: String,
    /// At an office: what waits for its time.
    pub scheduled: Option<Scheduled>,
    /// At an office: writes a new one, or goes on with the draft.
    pub compose: Option<String>,
    /// At an office: reads an alert of an authority in.
    pub alert: Option<String>,
}

/// One filter above the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterTab {
    /// Which.
    pub filter: NoticeFilter,
    /// Its word.
    pub word: String,
    /// Is it the chosen one?
    pub chosen: bool,
}

/// One notice in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeRow {
    /// Its id.
    pub id: String,
    /// What a screen reader says for the row.
    pub name: String,
    /// Headline, one line.
    pub title: String,
    /// The beginning of the body, one line.
    pub summary: String,
    /// The office that signed.
    pub org: String,
    /// When it signed.
    pub when: String,
    /// Severity, state, what it asks.
    pub badges: Vec<Badge>,
    /// The tone of the bar at the row's edge.
    pub bar: Tone,
    /// Drawn struck out: retracted or not valid.
    pub struck: bool,
    /// Drawn quieter: over, retracted, replaced.
    pub quiet: bool,
    /// Not opened on this home yet.
    pub unread: bool,
}

/// Makes the notices screen.
#[must_use]
pub fn board(
    words: &Catalogue,
    now: Now,
    items: &[NoticeItem],
    filter: NoticeFilter,
) -> NoticeBoard {
    let listed: Vec<&NoticeItem> = sorted(items, now);
    let needs = listed.iter().filter(|item| needs_me(item, now)).count();
    let rows = listed
        .iter()
        .filter(|item| match filter {
            NoticeFilter::All => true,
            NoticeFilter::NeedsMe => needs_me(item, now),
            NoticeFilter::Current => current(item, now),
        })
        .map(|item| row(words, now, item))
        .collect();
    let tab = |which: NoticeFilter, key: &str| {
        let word = words.say(key);
        FilterTab {
            filter: which,
            word: if which == NoticeFilter::NeedsMe && needs > 0 {
                format!("{word} {needs}")
            } else {
                word
            },
            chosen: which == filter,
        }
    };
    NoticeBoard {
        title: words.say("notices-title"),
        count: words.text("notices-count", &[("n", listed.len().into())]),
        filters: vec![
            tab(NoticeFilter::All, "notices-filter-all"),
            tab(NoticeFilter::NeedsMe, "notices-filter-needs"),
            tab(NoticeFilter::Current, "notices-filter-current"),
        ],
        rows,
        empty: words.say(if items.is_empty() {
            "notices-none"
        } else {
            "notices-none-here"
        }),
        compose: None,
        alert: None,
        scheduled: None,
    }
}

/// The notices to list, in order.
#[must_use]
pub fn sorted(items: &[NoticeItem], now: Now) -> Vec<&NoticeItem> {
    let mut listed: Vec<&NoticeItem> = items
        .iter()
        .filter(|item| item.corrected_by.is_none())
        .collect();
    listed.sort_by_key(|item| {
        (
            !needs_me(item, now),
            Reverse(item.published_ms),
            item.id.clone(),
        )
    });
    listed
}

/// Does this notice wait for the household's confirmation?
#[must_use]
pub fn needs_me(item: &NoticeItem, now: Now) -> bool {
    item.needs_confirm
        && item.confirmed_by_me_ms.is_none()
        && item.corrected_by.is_none()
        && current(item, now)
}

/// Does it still hold: validly signed, not taken back, not over?
#[must_use]
pub fn current(item: &NoticeItem, now: Now) -> bool {
    item.valid && item.retracted.is_none() && item.corrected_by.is_none() && !over(item, now)
}

/// Is its time over?
#[must_use]
pub fn over(item: &NoticeItem, now: Now) -> bool {
    item.expires_ms.is_some_and(|expires| expires <= now.ms)
}

/// Is it a warning in force that everybody should see first?
#[must_use]
pub fn urgent(item: &NoticeItem, now: Now) -> bool {
    item.severity
        .is_some_and(|severity| severity >= Severity::Moderate && severity != Severity::Unknown)
        && current(item, now)
}

/// One row.
#[must_use]
pub fn row(words: &Catalogue, now: Now, item: &NoticeItem) -> NoticeRow {
    let text = in_language(item, words.lang());
    let title = headline(words, text);
    let org = clean::line(&item.org_name, clean::NAME_MAX);
    let when = dates::at(words, now, item.published_ms);
    let badges = badges(words, now, item);
    let mut name = words.text(
        "notice-row-name",
        &[
            ("title", (&title).into()),
            ("org", (&org).into()),
            ("when", (&when).into()),
        ],
    );
    for badge in &badges {
        name = format!(
            "{name}{}{}",
            if words.lang() == Lang::ZhCn {
                "，"
            } else {
                ", "
            },
            badge.word
        );
    }
    NoticeRow {
        id: item.id.clone(),
        name,
        title,
        summary: clean::line(&text.body, SUMMARY_MAX),
        org,
        when,
        bar: bar(item, now),
        badges,
        struck: item.retracted.is_some() || !item.valid,
        quiet: !current(item, now),
        unread: item.read_ms.is_none() && current(item, now),
    }
}

/// The text in the person's language, if the office wrote one; else the text as written.
#[must_use]
pub fn in_language(item: &NoticeItem, lang: Lang) -> &NoticeText {
    std::iter::once(&item.text)
        .chain(&item.also)
        .find(|text| Lang::parse(&text.lang) == Some(lang))
        .unwrap_or(&item.text)
}

/// A headline fit to be drawn, never empty.
#[must_use]
pub fn headline(words: &Catalogue, text: &NoticeText) -> String {
    let title = clean::line(&text.title, clean::TITLE_MAX);
    if title.is_empty() {
        words.say("notice-untitled")
    } else {
        title
    }
}

/// All badges of a notice, the most important first.
#[must_use]
pub fn badges(words: &Catalogue, now: Now, item: &NoticeItem) -> Vec<Badge> {
    let mut badges = Vec::new();
    let mut add = |key: &str, tone: Tone| badges.push(Badge::new(words.say(key), tone));
    if !item.valid {
        add("notice-badge-invalid", Tone::Danger);
    }
    if item.retracted.is_some() {
        add("notice-badge-retracted", Tone::Warn);
    }
    if item.corrected_by.is_some() {
        add("notice-badge-corrected", Tone::Warn);
    }
    if needs_me(item, now) {
        add("notice-badge-needs", Tone::Alert);
        if item.reminders > 0 {
            add("notice-badge-again", Tone::Alert);
        }
    }
    if item.ours && item.confirm_asked {
        add("notice-badge-asks", Tone::Info);
    }
    if let Some(severity) = item.severity {
        let (key, tone) = severity_words(severity);
        add(
            key,
            if current(item, now) {
                tone
            } else {
                Tone::Quiet
            },
        );
    }
    if item.corrects.is_some() {
        add("notice-badge-correction", Tone::Info);
    }
    if over(item, now) {
        add("notice-badge-expired", Tone::Quiet);
    }
    if item.confirmed_by_me_ms.is_some() {
        add("notice-badge-confirmed", Tone::Good);
    }
    // The household's confirmation is not yet read by each who sits here.
    if item.read_ms.is_none() && current(item, now) {
        add("notice-badge-new", Tone::Info);
    }
    badges
}

pub(crate) const fn severity_words(severity: Severity) -> (&'static str, Tone) {
    match severity {
        Severity::Minor => ("notice-severity-minor", Tone::Info),
        Severity::Moderate => ("notice-severity-moderate", Tone::Warn),
        Severity::Severe => ("notice-severity-severe", Tone::Alert),
        Severity::Extreme => ("notice-severity-extreme", Tone::Danger),
        Severity::Unknown => ("notice-severity-unknown", Tone::Warn),
    }
}

fn bar(item: &NoticeItem, now: Now) -> Tone {
    match item.severity {
        _ if !current(item, now) => Tone::Quiet,
        Some(severity) => severity_words(severity).1,
        None => Tone::Plain,
    }
}

#[cfg(test)]
mod tests;
