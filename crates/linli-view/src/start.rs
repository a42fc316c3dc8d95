//! The first page, when there is nothing to show yet: what is the matter, and what to do about it.

use crate::api::{Fault, FaultCode, Nearby};
use crate::dates::Now;
use crate::fault;
use crate::help::{self, HelpState, Numbers};
use crate::intent::Look;
use crate::model::Model;
use crate::tone::Tone;
use crate::words::Catalogue;

mod begin;
mod found;
mod join;

pub use begin::{Answer, Begin, BeginPage, Switch, begin};
pub use found::{FIELD_MAX, Found, FoundDraft, FoundForm, FoundStage, Sheet, found};
pub use join::{
    INVITE_MAX, Join, JoinDraft, JoinForm, JoinStage, NAME_MAX, OpensForm, PictureForm, TYPED_MAX,
    Waiting, join, pictured,
};

/// Communities listed at most: anyone can claim to be one.
const AROUND_MAX: usize = 5;

/// The first page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Start {
    /// What is the matter.
    pub title: String,
    /// In a few words more.
    pub body: String,
    /// What the node said, if it said something; quiet.
    pub detail: String,
    /// What to do, in order.
    pub steps: Vec<Step>,
    /// A field for the passphrase, if the home is locked.
    pub unlock: Option<Unlock>,
    /// Who one is, where there is no community yet and nobody has said so.
    pub begin: Option<BeginPage>,
    /// Joining; set where there is no community yet.
    pub join: Option<Join>,
    /// Founding; likewise.
    pub found: Option<Found>,
    /// Who is heard on the local network, with what to do about it; empty: nothing is known yet.
    pub nearby: Vec<String>,
    /// Heading of the lines to type in a terminal, where there is another way.
    pub terminal: Option<String>,
    /// The word on the button that tries again; none while connecting.
    pub retry: Option<String>,
    /// Which home this is about.
    pub home: String,
    /// Whom to phone meanwhile, if somebody needs help.
    pub urgent: Option<Urgent>,
}

/// Telephone numbers while the home cannot help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Urgent {
    /// That one should phone.
    pub title: String,
    /// Its tone: a call was under way, or not.
    pub tone: Tone,
    /// The numbers that were known last.
    pub numbers: Numbers,
}

/// The numbers for a home that is closed: large where this household was calling for help.
#[must_use]
pub fn urgent(words: &Catalogue, now: Now, model: &Model) -> Urgent {
    let calling = help::own_call(model).is_some_and(|call| !call.practice);
    Urgent {
        title: words.say(if calling {
            "help-closed-call"
        } else {
            "help-closed"
        }),
        tone: if calling { Tone::Danger } else { Tone::Quiet },
        numbers: help::numbers(words, now, model, &HelpState::default()),
    }
}

/// Fills in what begins here: the choice, or what was chosen. `begun`: this home has begun to join before.
#[must_use]
pub fn beginning(
    words: &Catalogue,
    mut page: Start,
    look: Look,
    chosen: Option<Begin>,
    drafts: (&JoinDraft, &FoundDraft),
    nearby: Option<&Nearby>,
    begun: bool,
) -> Start {
    if chosen.is_some() {
        // Whoever has begun in the window goes on there.
        page.steps.clear();
    } else {
        page.terminal = Some(words.say("start-terminal"));
    }
    if drafts.0.under_way() || drafts.1.under_way() {
        // A new connection would forget the question, and its answer would find nobody.
        page.retry = None;
    }
    if chosen != Some(Begin::Found) {
        page.nearby = nearby
            .map(|nearby| around(words, nearby))
            .unwrap_or_default();
    }
    match chosen {
        None if !begun => page.begin = Some(begin(words, look)),
        Some(Begin::Found) => page.found = Some(found(words, drafts.1)),
        who => {
            let mut join = join(words, drafts.0, who.unwrap_or(Begin::Household), begun);
            if let (Some(chosen), Some(pictures)) = (who, &mut join.pictures) {
                pictures.other = join::other(words, drafts.0, chosen);
            }
            page.join = Some(join);
        }
    }
    page
}

/// Who is around, in sentences. What a computer says of itself is said to be that.
fn around(words: &Catalogue, nearby: &Nearby) -> Vec<String> {
    let heard = nearby.heard.iter().take(AROUND_MAX).map(|one| {
        let name = crate::clean::line(&one.name, crate::clean::NAME_MAX);
        let picture = crate::clean::line(&one.picture, crate::clean::NAME_MAX);
        words.text(
            "nearby-open",
            &[("name", name.into()), ("picture", picture.into())],
        )
    });
    let mut said: Vec<String> = heard.collect();
    said.push(if !said.is_empty() {
        words.say("nearby-ask")
    } else if nearby.others > 0 {
        words.text("nearby-closed", &[("n", nearby.others.into())])
    } else {
        words.say("nearby-none")
    });
    said
}

/// One step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// A line to type in a terminal, if there is one. Shown to be copied, never run.
    pub command: Option<String>,
}

/// The words around the passphrase field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unlock {
    /// Name of the field.
    pub field: String,
    /// The button.
    pub button: String,
    /// The last one was wrong.
    pub problem: Option<String>,
}

/// The page while the connection is being made.
#[must_use]
pub fn connecting(words: &Catalogue, home: &str) -> Start {
    Start {
        title: words.say("start-connecting-title"),
        body: words.say("start-connecting-body"),
        detail: String::new(),
        steps: Vec::new(),
        unlock: None,
        begin: None,
        join: None,
        found: None,
        nearby: Vec::new(),
        terminal: None,
        retry: None,
        home: place(words, home),
        urgent: None,
    }
}

/// The page for a fault that keeps the home closed. `home` is the folder as a person would type it.
#[must_use]
pub fn closed(words: &Catalogue, fault: &Fault, home: &str) -> Start {
    let stem = match fault.code {
        FaultCode::NoHome => "no-home",
        FaultCode::NoCommunity => "no-community",
        FaultCode::Locked | FaultCode::WrongPassphrase => "locked",
        FaultCode::Busy => "busy",
        FaultCode::TooNew => "too-new",
        FaultCode::DiskFull => "disk-full",
        FaultCode::Storage => "storage",
        FaultCode::Gone => "gone",
        FaultCode::NotAllowed
        | FaultCode::NotFound
        | FaultCode::RuledMeanwhile
        | FaultCode::DraftGone
        | FaultCode::DraftsMany
        | FaultCode::DraftTooLong
        | FaultCode::BadInput
        | FaultCode::RegisterChanged
        | FaultCode::BatchMeanwhile
        | FaultCode::BadCell
        | FaultCode::BadPlace
        | FaultCode::PlaceUnknown
        | FaultCode::PlaceNotOurs
        | FaultCode::Other => "other",
    };
    let locked = stem == "locked";
    Start {
        title: words.say(&format!("start-{stem}-title")),
        body: words.say(&format!("start-{stem}-body")),
        detail: fault::of_a_closed_home(words, fault),
        steps: steps(words, fault.code, home),
        unlock: locked.then(|| Unlock {
            field: words.say("start-passphrase"),
            button: words.say("start-unlock"),
            problem: (fault.code == FaultCode::WrongPassphrase)
                .then(|| words.say("start-wrong-passphrase")),
        }),
        begin: None,
        join: None,
        found: None,
        nearby: Vec::new(),
        terminal: None,
        retry: (!locked).then(|| words.say("button-retry")),
        home: place(words, home),
        urgent: None,
    }
}

fn steps(words: &Catalogue, code: FaultCode, home: &str) -> Vec<Step> {
    let step = |key: &str, command: Option<String>| Step {
        text: words.say(key),
        command,
    };
    let home = quoted(home);
    let word = |key: &str| words.say(key);
    let (invite, device) = (word("start-word-invite"), word("start-word-device"));
    let (pictures, name) = (word("start-word-pictures"), word("start-word-name"));
    match code {
        FaultCode::NoHome | FaultCode::NoCommunity => vec![
            step("start-step-invite", None),
            step(
                "start-step-join",
                Some(format!(
                    "linli --home {home} join {invite} --device-name {device}"
                )),
            ),
            step(
                "start-step-sas",
                Some(format!("linli --home {home} sas confirm {pictures}")),
            ),
            step("start-step-reopen", None),
            step(
                "start-step-found",
                Some(format!(
                    "linli --home {home} community found --name {name} --utc-offset +08:00"
                )),
            ),
        ],
        FaultCode::Gone => vec![step(
            "start-step-node",
            Some(format!("linli --home {home} node run")),
        )],
        _ => Vec::new(),
    }
}

fn place(words: &Catalogue, home: &str) -> String {
    words.text(
        "start-home",
        &[("home", crate::clean::line(home, 200).into())],
    )
}

/// A path as one word of a shell line.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-~:\\".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path.into()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests;
