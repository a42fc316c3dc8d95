//! At an office: what waits for a decision, and one case of it with all that was said.

use super::page::{by, reason, rulings};
use super::{BoardFilter, SUMMARY_CHARS, TITLE_CHARS, kind_key};
use crate::api::{PostKind, QueueItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::files::{self, FileLine};
use crate::intent::Intent;
use crate::notices::NoticeRow;
use crate::pass_form::Field;
use crate::tone::{Badge, Tone};
use crate::typed;
use crate::words::Catalogue;

/// One case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CasePage {
    /// The post or notice.
    pub record: String,
    /// Heading.
    pub title: String,
    /// What it is and how it stands.
    pub badges: Vec<Badge>,
    /// Who wrote it and when.
    pub by: String,
    /// Its text.
    pub body: String,
    /// By what its files are asked for: the comment, else the post.
    pub of: String,
    /// Photos and documents that go with it.
    pub files: Vec<FileLine>,
    /// Heading of the reports.
    pub reports_title: String,
    /// Who reported it, why and when; and more about it.
    pub reports: Vec<(String, String)>,
    /// What its author says.
    pub appeal: Option<String>,
    /// What was decided before.
    pub before: Vec<String>,
    /// The field for the reason.
    pub reason: Field,
    /// Hides it; none while the reason is missing.
    pub hide: (Option<Intent>, String),
    /// It stays.
    pub stays: (Option<Intent>, String),
    /// Leads to the whole thread.
    pub whole: (Intent, String),
}

fn kind(words: &Catalogue, item: &QueueItem) -> String {
    let known = PostKind::ALL.into_iter().find(|k| k.word() == item.kind);
    match known {
        Some(kind) => words.say(kind_key(kind)),
        None if item.comment.is_some() => words.say("case-comment"),
        None => words.say("board-kind-other"),
    }
}

fn badges(words: &Catalogue, item: &QueueItem) -> Vec<Badge> {
    let m = &item.moderation;
    let mut badges = vec![Badge::new(kind(words, item), Tone::Info)];
    let state = match m.state.as_str() {
        "paused" => Some("board-badge-paused"),
        "hidden" => Some("board-badge-hidden"),
        _ => None,
    };
    badges.extend(state.map(|key| Badge::new(words.say(key), Tone::Warn)));
    if m.appealed {
        badges.push(Badge::new(words.say("case-badge-appealed"), Tone::Alert));
    }
    if m.reports > 0 {
        let n = [("n", m.reports.into())];
        badges.push(Badge::new(words.text("case-badge-reports", &n), Tone::Warn));
    }
    badges
}

/// The key of a case in a list.
#[must_use]
pub(super) fn key(item: &QueueItem) -> String {
    case_key(&item.record, item.comment.as_deref())
}

/// The same, of what was decided.
#[must_use]
pub fn case_key(record: &str, comment: Option<&str>) -> String {
    match comment {
        Some(comment) => format!("{record} {comment}"),
        None => record.to_owned(),
    }
}

/// The filter of the queue, and its rows: the most pressing first.
#[must_use]
pub fn queue_rows(
    words: &Catalogue,
    now: Now,
    queue: &[QueueItem],
    filter: BoardFilter,
) -> ((BoardFilter, String, bool), Vec<NoticeRow>) {
    let word = words.text("case-filter", &[("n", queue.len().into())]);
    let tab = (BoardFilter::Queue, word, filter == BoardFilter::Queue);
    let rows = queue.iter().map(|item| {
        let title = clean::line(&item.body, TITLE_CHARS);
        let author = clean::line(&item.author, clean::NAME_MAX);
        let when = dates::at(words, now, item.published_ms);
        let said = [
            ("kind", kind(words, item).into()),
            ("title", (&title).into()),
            ("author", (&author).into()),
            ("when", (&when).into()),
        ];
        let last = item.reports.iter().rev().find(|r| !r.answered);
        let summary = last.map(|r| format!("{}: {}", r.by, reason(words, &r.reason)));
        NoticeRow {
            id: key(item),
            name: words.text("board-row-name", &said),
            title,
            summary: clean::line(&summary.unwrap_or_default(), SUMMARY_CHARS),
            org: author,
            when,
            bar: if item.moderation.appealed {
                Tone::Alert
            } else {
                Tone::Warn
            },
            badges: badges(words, item),
            struck: false,
            quiet: false,
            unread: false,
        }
    });
    (tab, rows.collect())
}

/// One case, if it still waits. `typed` is the reason as far as it is typed; `tried`: a button was pressed without one.
#[must_use]
pub fn case(
    words: &Catalogue,
    now: Now,
    queue: &[QueueItem],
    open: &str,
    typed: &str,
    tried: bool,
) -> Option<CasePage> {
    let item = queue.iter().find(|item| key(item) == open)?;
    let unfit = typed::problem(words, typed, super::ask::SAID_CHARS);
    let typed = typed.trim().to_owned();
    let rule = |hide: bool| {
        (unfit.is_none() && !typed.is_empty()).then(|| Intent::RulePost {
            id: item.record.clone(),
            comment: item.comment.clone(),
            hide,
            reason: typed.clone(),
            seen: item.seen.clone(),
        })
    };
    let m = &item.moderation;
    let reports = item.reports.iter().map(|r| {
        let said = [
            ("by", clean::line(&r.by, clean::NAME_MAX).into()),
            ("reason", reason(words, &r.reason).into()),
            ("when", dates::at(words, now, r.at_ms).into()),
        ];
        let key = if r.answered {
            "case-report-answered"
        } else {
            "case-report"
        };
        let more = clean::line(r.words.as_deref().unwrap_or_default(), 500);
        (words.text(key, &said), more)
    });
    let mut before = rulings(words, now, m);
    if m.state == "hidden" {
        let said = [
            (
                "by",
                clean::line(m.by.as_deref().unwrap_or_default(), clean::NAME_MAX).into(),
            ),
            (
                "reason",
                clean::line(m.reason.as_deref().unwrap_or_default(), 500).into(),
            ),
        ];
        before.push(words.text("post-was-hidden", &said));
    }
    let appeal = m.appeal.as_ref().filter(|_| m.appealed);
    Some(CasePage {
        record: key(item),
        title: words.say("case-title"),
        badges: badges(words, item),
        by: by(words, now, &item.author, item.published_ms),
        body: clean::text(&item.body, clean::BODY_MAX),
        of: item.comment.as_ref().unwrap_or(&item.record).clone(),
        files: files::lines(words, &item.files),
        reports_title: words.text("case-reports", &[("n", item.reports.len().into())]),
        reports: reports.collect(),
        appeal: appeal.map(|said| {
            let said = [("words", clean::line(said, 500).into())];
            words.text("post-appeal-said", &said)
        }),
        before,
        reason: Field {
            name: words.say("case-reason"),
            hint: words.say("case-reason-hint"),
            problem: unfit
                .clone()
                .or_else(|| (tried && typed.is_empty()).then(|| words.say("case-reason-missing"))),
        },
        hide: (rule(true), words.say("case-hide")),
        stays: (rule(false), words.say("case-stays")),
        whole: (
            if item.on_notice {
                Intent::OpenNotice {
                    id: item.record.clone(),
                }
            } else {
                Intent::OpenPost {
                    id: item.record.clone(),
                }
            },
            words.say("case-whole"),
        ),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::samples::{NOW, zh};

    #[test]
    fn a_reason_too_long_or_not_to_be_seen_decides_nothing() {
        let item = QueueItem {
            record: "p:1".into(),
            ..QueueItem::default()
        };
        let queue = [item];
        let of = |typed: &str| {
            let page = case(&zh(), NOW, &queue, &key(&queue[0]), typed, false).unwrap();
            let decides = (page.hide.0.is_some(), page.stays.0.is_some());
            (decides, page.reason.problem.is_some())
        };
        assert_eq!(of(&"字".repeat(500)), ((true, true), false));
        assert_eq!(of(&"字".repeat(501)), ((false, false), true));
        assert_eq!(of("\u{3164}"), ((false, false), true));
    }
}
