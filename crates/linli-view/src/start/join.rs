//! Joining from the first page: who invites, what this computer is called, seven pictures, and then the home opens.

use super::Begin;
use crate::api::{Meanwhile, MeanwhileNotice, MeanwhileNumber, Pictures};
use crate::clean;
use crate::words::{Catalogue, Lang};

/// Longest invitation, in characters; a real one has about three hundred.
pub const INVITE_MAX: usize = 2_000;
/// Longest name of a computer, in characters.
pub const NAME_MAX: usize = 24;
/// Longest line of seven names.
pub const TYPED_MAX: usize = 200;
/// Notices, and numbers, on the page; and characters of one of them.
const LINES_MAX: usize = 20;
const BODY_MAX: usize = 2_000;
/// Pictures on each side.
const SEVEN: usize = 7;

/// What is filled in so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JoinDraft {
    /// The invitation.
    pub invite: String,
    /// What the neighbours call this computer.
    pub name: String,
    /// What the other screen shows, as typed.
    pub typed: String,
    /// How far it is.
    pub stage: JoinStage,
    /// Why the last step failed: a code of the node, or one of ours.
    pub problem: Option<String>,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum JoinStage {
    /// The form.
    #[default]
    Form,
    /// The other side is asked.
    Asking,
    /// Both sides see the pictures.
    Pictures(Pictures),
    /// They agree; the other side's person has the word.
    Confirming(Pictures),
    /// It is given up: what was begun is taken back. The pictures that were on screen, if any.
    Leaving(Option<Pictures>),
}

impl JoinDraft {
    /// Is the node at work on a step?
    #[must_use]
    pub const fn under_way(&self) -> bool {
        matches!(
            self.stage,
            JoinStage::Asking | JoinStage::Confirming(_) | JoinStage::Leaving(_)
        )
    }

    /// What is missing in the form, as a code; none: it can be sent. `passphrase` and its repeat as typed.
    #[must_use]
    pub fn missing(&self, passphrase: &str, again: &str) -> Option<&'static str> {
        let invite = self.invite.trim();
        if invite.is_empty() {
            Some("no-invite")
        } else if self.name.trim().is_empty() {
            Some("no-name")
        } else if passphrase != again {
            Some("passphrases-differ")
        } else if !passphrase.is_empty() && passphrase.trim().is_empty() {
            Some("empty-passphrase")
        } else {
            None
        }
    }
}

/// The form or the pictures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Join {
    /// Its heading.
    pub title: String,
    /// What to do.
    pub body: String,
    /// The two fields.
    pub form: Option<JoinForm>,
    /// The pictures with their names, and the field below them.
    pub pictures: Option<PictureForm>,
    /// What went wrong, and what to do.
    pub problem: Option<String>,
    /// The button; none while the other side is asked.
    pub button: Option<String>,
    /// The button that shows the pictures of a joining that was interrupted.
    pub again: Option<String>,
    /// The button that gives up what was begun: the pictures differ, or nobody waits any more.
    pub anew: Option<String>,
    /// What may be read until both sides agree.
    pub waiting: Option<Waiting>,
    /// Back to the choice; none once the other side was asked.
    pub back: Option<String>,
    /// Numbers that help at once, whatever becomes of this.
    pub emergency: String,
}

/// What may be read while the people compare: as yet unverified, and said to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// That it waits to be verified, and what that means.
    pub title: String,
    /// Numbers that offices give out.
    pub numbers: Vec<String>,
    /// Notices: who and headline, and the text.
    pub notices: Vec<(String, String)>,
}

/// The two fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JoinForm {
    /// Name of the first.
    pub invite: String,
    /// Name of the second.
    pub name: String,
    /// An example for it.
    pub example: String,
    /// What opens this computer's home; none at a gate, which has to start by itself after a power cut.
    pub opens: Option<OpensForm>,
}

/// The names of the two fields for a passphrase, and what it is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpensForm {
    /// The passphrase's.
    pub passphrase: String,
    /// Its repeat's.
    pub again: String,
    /// What it is for, and what without it.
    pub note: String,
}

/// The pictures with their names, and the field below them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PictureForm {
    /// Picture, name, number.
    pub seven: Vec<(String, String, String)>,
    /// All of them for who hears the screen.
    pub spoken: String,
    /// Name of the field.
    pub typed: String,
    /// The flat, office or gate that the invitation is for.
    pub unit: Option<String>,
    /// It is for something else than what was chosen.
    pub other: Option<String>,
}

/// Makes it. `who`: as whom; `interrupted`: this home has begun to join before.
#[must_use]
pub fn join(words: &Catalogue, draft: &JoinDraft, who: Begin, interrupted: bool) -> Join {
    let (stage, pictures) = match &draft.stage {
        JoinStage::Form => ("form", None),
        JoinStage::Asking => ("asking", None),
        JoinStage::Pictures(pictures) => ("pictures", Some(pictures)),
        JoinStage::Confirming(_) => ("confirming", None),
        JoinStage::Leaving(_) => ("leaving", None),
    };
    // What a household reads is worded most closely; of the others only what differs.
    let for_whom = |key: &str| {
        let own = format!("{key}-{}", who.id());
        if words.has(&own) { own } else { key.to_owned() }
    };
    let form = (draft.stage == JoinStage::Form).then(|| JoinForm {
        invite: words.say("join-invite"),
        name: words.say("join-name"),
        example: words.say(&for_whom("join-name-example")),
        opens: (who != Begin::Gate).then(|| opens(words)),
    });
    let button = match draft.stage {
        JoinStage::Form => Some("join-button"),
        JoinStage::Pictures(_) => Some("join-same"),
        JoinStage::Asking | JoinStage::Confirming(_) | JoinStage::Leaving(_) => None,
    };
    let anew = match draft.stage {
        JoinStage::Form if interrupted => Some("join-anew"),
        JoinStage::Pictures(_) => Some("join-differ"),
        _ => None,
    };
    Join {
        anew: anew.map(|key| words.say(key)),
        title: words.say(&for_whom(&format!("join-{stage}-title"))),
        body: words.say(&for_whom(&format!("join-{stage}-body"))),
        again: (interrupted && form.is_some()).then(|| words.say("join-again")),
        waiting: match &draft.stage {
            JoinStage::Pictures(pictures) | JoinStage::Confirming(pictures) => {
                waiting(words, &pictures.meanwhile)
            }
            JoinStage::Form | JoinStage::Asking | JoinStage::Leaving(_) => None,
        },
        back: form.is_some().then(|| words.say("begin-back")),
        form,
        pictures: pictures.map(|pictures| pictured(words, pictures)),
        problem: draft.problem.as_deref().map(|code| problem(words, code)),
        button: button.map(|key| words.say(key)),
        emergency: words.say("join-emergency"),
    }
}

/// The fields for a passphrase, here and where one founds.
#[must_use]
pub fn opens(words: &Catalogue) -> OpensForm {
    OpensForm {
        passphrase: words.say("found-passphrase"),
        again: words.say("found-again"),
        note: words.say("found-passphrase-note"),
    }
}

/// The pictures with their names in the language of the window.
#[must_use]
pub fn pictured(words: &Catalogue, pictures: &Pictures) -> PictureForm {
    let names = match words.lang() {
        Lang::ZhCn => &pictures.names_zh,
        Lang::En => &pictures.names_en,
    };
    let seven: Vec<(String, String, String)> = pictures
        .emoji
        .iter()
        .take(SEVEN)
        .enumerate()
        .map(|(at, emoji)| {
            let name = names.get(at).map(String::as_str).unwrap_or_default();
            let number = pictures.numbers.get(at).map(u32::to_string);
            (
                clean::line(emoji, 8),
                clean::line(name, clean::NAME_MAX),
                number.unwrap_or_default(),
            )
        })
        .collect();
    let spoken: Vec<String> = seven
        .iter()
        .map(|(_, name, number)| format!("{name} {number}"))
        .collect();
    PictureForm {
        spoken: spoken.join(&words.say("notice-list-comma")),
        seven,
        typed: words.say("join-typed"),
        unit: invited(words, pictures),
        other: None,
    }
}

/// Notices and numbers, where the other side sent any.
fn waiting(words: &Catalogue, meanwhile: &Meanwhile) -> Option<Waiting> {
    if meanwhile.notices.is_empty() && meanwhile.numbers.is_empty() {
        return None;
    }
    let line = |text: &str| clean::line(text, clean::TITLE_MAX);
    let number = |one: &MeanwhileNumber| {
        let (office, label, number) = (line(&one.office), line(&one.label), line(&one.number));
        words.text(
            "waiting-number",
            &[
                ("office", office.into()),
                ("label", label.into()),
                ("number", number.into()),
            ],
        )
    };
    let notice = |one: &MeanwhileNotice| {
        let of = [
            ("office", line(&one.office).into()),
            ("title", line(&one.title).into()),
        ];
        (
            words.text("waiting-notice", &of),
            clean::text(&one.body, BODY_MAX),
        )
    };
    Some(Waiting {
        title: words.say("waiting-title"),
        numbers: meanwhile
            .numbers
            .iter()
            .take(LINES_MAX)
            .map(number)
            .collect(),
        notices: meanwhile
            .notices
            .iter()
            .take(LINES_MAX)
            .map(notice)
            .collect(),
    })
}

/// Whom the invitation is for, as the other side says; the person looks whether it is right.
fn invited(words: &Catalogue, pictures: &Pictures) -> Option<String> {
    let unit = pictures.unit.as_deref().filter(|unit| !unit.is_empty());
    let (key, name) = match pictures.role.split_once(':') {
        Some(("office", name)) => ("join-for-office", name),
        Some(("gate", number)) => ("join-for-gate", number),
        _ => ("join-unit", unit?),
    };
    let name = clean::line(name, clean::NAME_MAX);
    Some(words.text(key, &[("unit", name.into())]))
}

/// That the invitation makes this computer something else than what was chosen; none where it fits, or where an older
/// or newer host says what we do not know.
pub(super) fn other(words: &Catalogue, draft: &JoinDraft, chosen: Begin) -> Option<String> {
    let (JoinStage::Pictures(pictures) | JoinStage::Confirming(pictures)) = &draft.stage else {
        return None;
    };
    let role = pictures.role.as_str();
    let becomes = match role.split_once(':').map_or(role, |(kind, _)| kind) {
        "household" | "sibling" => Begin::Household,
        "office" => Begin::Office,
        "gate" => Begin::Gate,
        _ => return None,
    };
    let called = |begin: Begin| words.say(&format!("begin-{}", begin.id()));
    (becomes != chosen).then(|| {
        words.text(
            "join-other",
            &[
                ("chosen", called(chosen).into()),
                ("becomes", called(becomes).into()),
            ],
        )
    })
}

/// Why a step failed, and what to do.
fn problem(words: &Catalogue, code: &str) -> String {
    let key = format!("join-problem-{code}");
    if words.has(&key) {
        words.say(&key)
    } else {
        // What the node says of it names no argument here; where it needs one, the code is the best there is.
        let own = |part: &str| words.whole(&format!("fault-{code}-{part}"), &[]);
        if let (Some(what), Some(next)) = (own("message"), own("window").or_else(|| own("next"))) {
            let glue = if words.lang() == Lang::En { " " } else { "" };
            return format!("{what}{glue}{next}");
        }
        let code = clean::line(code, clean::NAME_MAX);
        words.text("join-problem-other", &[("code", code.into())])
    }
}
