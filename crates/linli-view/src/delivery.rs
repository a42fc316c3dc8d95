//! How far something made here has got: a sign, words, and by name who is known to hold it.

use crate::api::{Delivery, Stage};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;

/// Most devices that are named.
const NAMED_MAX: usize = 12;

/// What is delivered: where it should be differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A post: an office.
    Post,
    /// A reply: whoever wrote the post.
    Reply,
    /// A pass: its gates.
    Pass,
    /// A notice: households and gates.
    Notice,
}

impl What {
    const fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Reply => "reply",
            Self::Pass => "pass",
            Self::Notice => "notice",
        }
    }
}

/// One line, with more behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryLine {
    /// Of what: its id.
    pub id: String,
    /// Sign and words.
    pub text: String,
    /// What a screen reader says for the button.
    pub name: String,
    /// Who is known to hold it, one a line, and as of when; for who points at it or presses it.
    pub more: Vec<String>,
    /// It was pressed: the lines are shown.
    pub open: bool,
}

/// The sign alone: ◌ ◐ ● ✓.
#[must_use]
pub const fn sign(stage: Stage) -> &'static str {
    match stage {
        Stage::Here => "◌",
        Stage::Elsewhere => "◐",
        Stage::Arrived => "●",
        Stage::Read => "✓",
    }
}

fn said(words: &Catalogue, delivery: &Delivery, what: What) -> String {
    let key = match delivery.stage {
        Stage::Here => "delivery-here".to_owned(),
        Stage::Elsewhere => "delivery-elsewhere".to_owned(),
        Stage::Arrived => format!("delivery-arrived-{}", what.word()),
        Stage::Read => format!("delivery-read-{}", what.word()),
    };
    let n = [("n", delivery.heard_by.len().max(1).into())];
    format!("{} {}", sign(delivery.stage), words.text(&key, &n))
}

/// For a list.
#[must_use]
pub fn badge(words: &Catalogue, delivery: &Delivery, what: What) -> Badge {
    let tone = match delivery.stage {
        Stage::Here => Tone::Warn,
        Stage::Elsewhere => Tone::Info,
        Stage::Arrived | Stage::Read => Tone::Good,
    };
    Badge::new(said(words, delivery, what), tone)
}

/// For a page. `open`: of what the lines behind it are shown.
#[must_use]
pub fn line(
    words: &Catalogue,
    now: Now,
    delivery: &Delivery,
    what: What,
    id: &str,
    open: Option<&str>,
) -> DeliveryLine {
    let text = said(words, delivery, what);
    let mut more: Vec<String> = delivery
        .heard_by
        .iter()
        .rev()
        .take(NAMED_MAX)
        .map(|heard| {
            let name = clean::line(&heard.name, clean::NAME_MAX);
            if heard.at_ms == 0 {
                return words.text("delivery-holds", &[("name", name.into())]);
            }
            let when = dates::at(words, now, heard.at_ms);
            let args = [("name", name.into()), ("when", when.into())];
            words.text("delivery-holds-at", &args)
        })
        .collect();
    let rest = delivery.heard_by.len().saturating_sub(NAMED_MAX);
    if rest > 0 {
        more.push(words.text("delivery-more", &[("n", rest.into())]));
    }
    if more.is_empty() {
        more.push(words.say("delivery-nobody"));
    }
    let as_of = dates::time(now, now.ms);
    more.push(words.text("delivery-as-of", &[("time", as_of.into())]));
    DeliveryLine {
        id: id.to_owned(),
        name: words.text("delivery-name", &[("text", (&text).into())]),
        text,
        more,
        open: open == Some(id),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::api::HeardBy;
    use crate::samples::{NOW, en, zh};

    fn of(stage: Stage, n: u64) -> Delivery {
        let heard = |n| HeardBy {
            name: format!("3-1-{}", 200 + n),
            at_ms: NOW.ms - 60_000 * (20 - n),
        };
        Delivery {
            stage,
            heard_by: (0..n).map(heard).collect(),
        }
    }

    #[test]
    fn every_stage_has_a_sign_and_words_in_both_languages() {
        let stages = [Stage::Here, Stage::Elsewhere, Stage::Arrived, Stage::Read];
        let whats = [What::Post, What::Reply, What::Pass, What::Notice];
        for words in [zh(), en()] {
            let mut all = std::collections::BTreeSet::new();
            for what in whats {
                for stage in stages {
                    let badge = badge(&words, &of(stage, 2), what);
                    assert!(badge.word.starts_with(sign(stage)), "{}", badge.word);
                    assert!(!badge.word.contains("delivery-"), "{}", badge.word);
                    all.insert(badge.word);
                }
            }
            // Where it should be, and who read it, differs with what it is.
            assert_eq!(all.len(), 2 + 4 + 4);
        }
    }

    #[test]
    fn who_holds_it_is_named_the_newest_first_and_nobody_is_named_who_is_not_known() {
        let line_of = |delivery: Delivery, open: Option<&str>| {
            line(&zh(), NOW, &delivery, What::Post, "p1", open)
        };
        let shown = line_of(of(Stage::Elsewhere, 14), Some("p1"));
        assert!(
            shown.open && shown.more[0].contains("3-1-213"),
            "{:?}",
            shown.more
        );
        assert_eq!(shown.more.len(), NAMED_MAX + 2, "the rest is counted");
        assert!(shown.more.last().unwrap().contains("14:32"));
        let alone = line_of(Delivery::default(), Some("p2"));
        assert!(!alone.open && alone.text.starts_with('◌'));
        assert!(alone.more[0].contains("还没有别的电脑"));
    }
}
