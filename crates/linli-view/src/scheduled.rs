//! Notices that wait for their time, at the office that wrote them.

use crate::api::ScheduledItem;
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

/// The list above the notices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scheduled {
    /// Heading.
    pub title: String,
    /// The rows, the soonest first.
    pub rows: Vec<Waiting>,
}

/// One that waits, or did not go out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// When, and what.
    pub line: String,
    /// Why it did not go out; empty while it waits.
    pub note: String,
    /// The tone of the note.
    pub tone: Tone,
    /// The button that takes it off and goes on writing, and its accessible name.
    pub back: (String, String),
}

/// Makes it; none where nothing waits.
#[must_use]
pub fn scheduled(words: &Catalogue, now: Now, items: &[ScheduledItem]) -> Option<Scheduled> {
    let row = |item: &ScheduledItem| {
        let title = clean::line(&item.title, clean::TITLE_MAX);
        let said = [
            ("when", dates::at(words, now, item.at_ms).into()),
            ("title", (&title).into()),
        ];
        Waiting {
            id: item.id.clone(),
            line: words.text("scheduled-line", &said),
            note: match item.state.as_str() {
                "waits" => String::new(),
                "missed" => words.say("scheduled-missed"),
                _ => words.say("scheduled-failed"),
            },
            tone: Tone::Warn,
            back: (
                words.say("scheduled-back"),
                words.text("scheduled-back-name", &[("title", title.into())]),
            ),
        }
    };
    (!items.is_empty()).then(|| Scheduled {
        title: words.text("scheduled-title", &[("n", items.len().into())]),
        rows: items.iter().map(row).collect(),
    })
}

#[cfg(test)]
mod tests {
    //! The list as text.
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::samples::{HOUR, NOW, en, zh};

    #[test]
    fn what_waits_says_when_and_what_was_missed_says_so_plainly() {
        assert_eq!(scheduled(&zh(), NOW, &[]), None);
        let item = |id: &str, state: &str| ScheduledItem {
            id: id.into(),
            at_ms: NOW.ms + HOUR,
            state: state.into(),
            title: "停水".into(),
            ..ScheduledItem::default()
        };
        let items = [
            item("s1", "waits"),
            item("s2", "missed"),
            item("s3", "failed"),
        ];
        let list = scheduled(&zh(), NOW, &items).unwrap();
        assert_eq!(list.title, "定时发布（3）");
        assert_eq!(
            (list.rows[0].line.as_str(), list.rows[0].note.as_str()),
            ("今天 15:32 发出：停水", "")
        );
        assert!(list.rows[1].note.contains("没有发出") && list.rows[2].note.contains("没有发出"));
        assert_ne!(list.rows[1].note, list.rows[2].note);
        assert!(
            scheduled(&en(), NOW, &items).unwrap().rows[0]
                .back
                .1
                .contains("停水")
        );
    }
}
