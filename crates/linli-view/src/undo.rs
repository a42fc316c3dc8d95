//! Taking the last command back: what was done, what is asked first, and why something cannot be.

use crate::api::{UndoItem, UndoState};
use crate::clean;
use crate::frame::Note;
use crate::tone::Tone;
use crate::words::Catalogue;

/// What is asked before it is taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UndoAsk {
    /// The question.
    pub question: String,
    /// Yes.
    pub yes: String,
    /// No.
    pub no: String,
}

/// What it is called: the command by its key, and what it was about.
fn named(words: &Catalogue, item: &UndoItem) -> String {
    let key = format!("undo-what-{}", item.what);
    let about = clean::line(&item.about, 40);
    let what = if words.has(&key) {
        words.say(&key)
    } else {
        words.say("undo-what-other")
    };
    if about.is_empty() {
        return what;
    }
    words.text(
        "undo-about",
        &[("what", what.into()), ("about", about.into())],
    )
}

/// The question; none where nothing is asked.
#[must_use]
pub fn ask(words: &Catalogue, item: Option<&UndoItem>) -> Option<UndoAsk> {
    let item = item.filter(|item| item.state == UndoState::Asks)?;
    let what = [("what", named(words, item).into())];
    let key = if item.what == "pass" {
        "undo-ask-pass"
    } else {
        "undo-ask-post"
    };
    Some(UndoAsk {
        question: words.text(key, &what),
        yes: words.say("undo-yes"),
        no: words.say("undo-no"),
    })
}

/// The sentence.
#[must_use]
pub fn note(words: &Catalogue, item: &UndoItem) -> Note {
    let what = [("what", named(words, item).into())];
    let (text, tone) = match item.state {
        UndoState::Done => (words.text("undo-done", &what), Tone::Good),
        UndoState::Asks => (words.text("undo-ask-post", &what), Tone::Info),
        UndoState::Used => (words.text("undo-used", &what), Tone::Warn),
        UndoState::Nothing => (words.say("undo-nothing"), Tone::Info),
        UndoState::Never => {
            let key = format!("undo-why-{}", item.what);
            let why = if words.has(&key) {
                words.say(&key)
            } else {
                words.say("undo-why-signed")
            };
            let said = [("what", named(words, item).into()), ("why", why.into())];
            (words.text("undo-never", &said), Tone::Warn)
        }
    };
    Note { text, tone }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::samples::{en, zh};

    fn item(state: UndoState, what: &str) -> UndoItem {
        UndoItem {
            state,
            what: what.into(),
            about: "捡到钥匙".into(),
        }
    }

    #[test]
    fn every_command_has_its_words_in_both_languages() {
        let done = [
            "like", "claim", "unclaim", "close", "reopen", "hide", "stays", "pass", "post", "said",
            "regular", "pause", "resume", "comments",
        ];
        let never = [
            "said",
            "unsaid",
            "notice",
            "signed",
            "cancelled",
            "register",
            "stays",
        ];
        for words in [zh(), en()] {
            let other = words.say("undo-what-other");
            for what in done {
                let note = note(&words, &item(UndoState::Done, what));
                assert!(
                    note.text.contains("捡到钥匙") && !note.text.contains(&other),
                    "{what}"
                );
            }
            for what in never {
                let said = note(&words, &item(UndoState::Never, what));
                assert_eq!(said.tone, Tone::Warn);
                assert!(!said.text.contains("undo-"), "{}", said.text);
            }
            // A command of a later version has words too.
            assert!(
                note(&words, &item(UndoState::Done, "fly"))
                    .text
                    .contains(&other)
            );
        }
    }

    #[test]
    fn only_what_asks_is_asked() {
        assert_eq!(ask(&zh(), None), None);
        assert_eq!(ask(&zh(), Some(&item(UndoState::Done, "pass"))), None);
        let asked = ask(&zh(), Some(&item(UndoState::Asks, "pass"))).unwrap();
        assert!(asked.question.contains("通行码") && asked.question.contains("捡到钥匙"));
    }
}
