//! What is asked below a post before something is done about it: why it is reported, how it ended, which office, why it
//! should stand. One form for all of them: choices, a few words, buttons.

use super::page::Reader;
use crate::api::{PostDo, PostItem, PostKind};
use crate::clean;
use crate::pass_form::Choices;
use crate::typed;
use crate::words::Catalogue;

/// Longest word with a report, a ruling, an appeal or a hand-over, in characters (docs/formats/facts.md).
pub const SAID_CHARS: usize = 500;

/// What is being asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PostAsk {
    /// Why is it reported?
    Report {
        /// The comment; none = the post.
        comment: Option<String>,
    },
    /// How did it end?
    Settle,
    /// To which office?
    HandOver,
    /// Is it taken back, for good?
    TakeBack {
        /// The comment.
        comment: String,
    },
    /// Why should it stand?
    Appeal {
        /// The comment; none = the post.
        comment: Option<String>,
    },
}

/// How a post ends, half filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SettleDraft {
    /// `done`, `returned`, `withdrawn`; none = what its kind suggests.
    pub outcome: Option<&'static str>,
    /// Whose claim is taken; none = nobody's.
    pub chosen: Option<String>,
}

/// The question on screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskForm {
    /// The question.
    pub question: String,
    /// How it ended.
    pub outcomes: Option<Choices<&'static str>>,
    /// Who helped.
    pub chosen: Option<Choices<Option<String>>>,
    /// Name of the field for words, where there is one.
    pub words: Option<String>,
    /// What is wrong with the words, or missing once a button was pressed without it.
    pub problem: Option<String>,
    /// The buttons; what they do, once nothing is missing.
    pub sends: Vec<(Option<PostDo>, String)>,
    /// Not at all.
    pub no: String,
}

/// The comment a question is about; none = the post.
pub(super) fn about(ask: &PostAsk) -> Option<&str> {
    match ask {
        PostAsk::Report { comment } | PostAsk::Appeal { comment } => comment.as_deref(),
        PostAsk::TakeBack { comment } => Some(comment),
        PostAsk::Settle | PostAsk::HandOver => None,
    }
}

pub(super) fn form(
    words: &Catalogue,
    post: &PostItem,
    ask: &PostAsk,
    reader: &Reader<'_>,
) -> AskForm {
    match ask {
        PostAsk::Report { comment } => report(words, comment.as_deref()),
        PostAsk::Settle => settle(words, post, reader),
        PostAsk::HandOver => hand_over(words, reader),
        PostAsk::TakeBack { comment } => take_back(words, comment),
        PostAsk::Appeal { comment } => appeal(words, comment.clone(), reader),
    }
}

/// What is asked about one comment, wherever it stands.
pub(super) fn below(words: &Catalogue, comment: &str, reader: &Reader<'_>) -> Option<AskForm> {
    let ask = reader.ask.filter(|ask| about(ask) == Some(comment))?;
    match ask {
        PostAsk::Report { comment } => Some(report(words, comment.as_deref())),
        PostAsk::Appeal { comment } => Some(appeal(words, comment.clone(), reader)),
        PostAsk::TakeBack { comment } => Some(take_back(words, comment)),
        PostAsk::Settle | PostAsk::HandOver => None,
    }
}

fn empty(words: &Catalogue, question: &str, no: &str) -> AskForm {
    AskForm {
        question: words.say(question),
        outcomes: None,
        chosen: None,
        words: None,
        problem: None,
        sends: Vec::new(),
        no: words.say(no),
    }
}

fn report(words: &Catalogue, comment: Option<&str>) -> AskForm {
    let reasons = [
        ("abuse", "post-report-abuse"),
        ("ad", "post-report-ad"),
        ("privacy", "post-report-privacy"),
        ("wrong", "post-report-wrong"),
        ("other", "board-kind-other"),
    ];
    let does = |reason: &str| match comment {
        None => PostDo::Report {
            reason: reason.to_owned(),
        },
        Some(comment) => PostDo::ReportReply {
            comment: comment.to_owned(),
            reason: reason.to_owned(),
        },
    };
    let sends = reasons.map(|(word, key)| (Some(does(word)), words.say(key)));
    AskForm {
        sends: sends.to_vec(),
        ..empty(words, "post-report-ask", "post-report-no")
    }
}

fn take_back(words: &Catalogue, comment: &str) -> AskForm {
    let comment = comment.to_owned();
    let send = PostDo::TakeBack { comment };
    AskForm {
        sends: vec![(Some(send), words.say("post-take-back-send"))],
        ..empty(words, "post-take-back-ask", "post-take-back-no")
    }
}

/// What most posts of a kind end with.
const fn usual(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Lost | PostKind::Found | PostKind::Lend => "returned",
        _ => "done",
    }
}

fn settle(words: &Catalogue, post: &PostItem, reader: &Reader<'_>) -> AskForm {
    let outcome = reader.settle.outcome.unwrap_or(usual(post.kind));
    let outcomes = [
        ("done", "post-outcome-done"),
        ("returned", "post-outcome-returned"),
        ("withdrawn", "post-outcome-withdrawn"),
    ];
    // Whoever took the claim back meanwhile is not chosen.
    let chosen = reader.settle.chosen.as_ref();
    let chosen = chosen.filter(|unit| post.claims.contains(unit));
    let mut who = vec![(None, words.say("post-chosen-nobody"), chosen.is_none())];
    who.extend(post.claims.iter().map(|unit| {
        let word = clean::line(unit, clean::NAME_MAX);
        (Some(unit.clone()), word, chosen == Some(unit))
    }));
    let (said, problem) = said(words, reader);
    let send = PostDo::Settle {
        outcome: Some(outcome.to_owned()),
        chosen: chosen.cloned(),
        thanks: (!said.is_empty()).then_some(said),
    };
    let send = problem.is_none().then_some(send);
    AskForm {
        outcomes: Some(Choices {
            name: words.say("post-settle-how"),
            items: outcomes
                .map(|(word, key)| (word, words.say(key), word == outcome))
                .to_vec(),
        }),
        chosen: (!post.claims.is_empty()).then(|| Choices {
            name: words.say("post-settle-who"),
            items: who,
        }),
        words: Some(words.say("post-settle-thanks")),
        sends: vec![(send, words.say("post-settle-send"))],
        problem,
        ..empty(words, "post-settle-ask", "post-settle-no")
    }
}

fn hand_over(words: &Catalogue, reader: &Reader<'_>) -> AskForm {
    let (said, problem) = said(words, reader);
    let sends = reader.offices.iter().map(|office| {
        let send = PostDo::HandOver {
            to: office.clone(),
            words: (!said.is_empty()).then(|| said.clone()),
        };
        let send = problem.is_none().then_some(send);
        (send, clean::line(office, clean::NAME_MAX))
    });
    AskForm {
        words: Some(words.say("post-hand-words")),
        sends: sends.collect(),
        problem,
        ..empty(words, "post-hand-ask", "post-hand-no")
    }
}

fn appeal(words: &Catalogue, comment: Option<String>, reader: &Reader<'_>) -> AskForm {
    let (said, unfit) = said(words, reader);
    let missing = said.is_empty();
    let ready = !missing && unfit.is_none();
    let send = PostDo::Appeal {
        comment,
        words: said,
    };
    AskForm {
        words: Some(words.say("post-appeal-words")),
        problem: unfit
            .or_else(|| (missing && reader.tried).then(|| words.say("post-appeal-empty"))),
        sends: vec![(ready.then_some(send), words.say("post-appeal-send"))],
        ..empty(words, "post-appeal-ask", "post-appeal-no")
    }
}

/// The words, and what is wrong with them: then they are not sent.
fn said(words: &Catalogue, reader: &Reader<'_>) -> (String, Option<String>) {
    let problem = typed::problem(words, reader.words, SAID_CHARS);
    (reader.words.trim().to_owned(), problem)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::samples::zh;

    #[test]
    fn words_too_long_or_not_to_be_seen_are_told_and_not_sent() {
        let offices = ["居委会".to_owned(), "物业".to_owned()];
        let settle = SettleDraft::default();
        let of = |words: &str, ask: &PostAsk| {
            let reader = Reader {
                me: "3-2-501",
                office: false,
                offices: &offices,
                ask: None,
                settle: &settle,
                words,
                tried: false,
                delivery: None,
            };
            let form = match ask {
                PostAsk::HandOver => hand_over(&zh(), &reader),
                _ => appeal(&zh(), None, &reader),
            };
            let sends = form.sends.iter().filter(|(what, _)| what.is_some()).count();
            (sends, form.problem.is_some())
        };
        let (fits, long) = ("字".repeat(SAID_CHARS), "字".repeat(SAID_CHARS + 1));
        let appeal = PostAsk::Appeal { comment: None };
        for (ask, all) in [(PostAsk::HandOver, 2), (appeal, 1)] {
            assert_eq!(of(&fits, &ask), (all, false));
            for bad in [long.as_str(), "\u{200b}\u{200b}"] {
                assert_eq!(of(bad, &ask), (0, true), "{ask:?}");
            }
        }
        assert_eq!(of("", &PostAsk::HandOver), (2, false), "nobody has to");
    }
}
