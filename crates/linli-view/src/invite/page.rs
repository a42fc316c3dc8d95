//! The page: the invitation on screen, those that are open, and the form for another.

use super::form::{InviteForm, form};
use super::{InviteDraft, device, may, open, problem, waits, who};
use crate::api::{InviteItem, InviteState, PassQr, Passphrase, PrincipalKind};
use crate::dates::{self, Now};
use crate::model::Model;
use crate::start::{PictureForm, pictured};
use crate::tone::Tone;
use crate::words::Catalogue;

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvitePage {
    /// Its heading.
    pub title: String,
    /// What comes next, right after founding, and the word that leaves it for later.
    pub founded: Option<(String, String)>,
    /// How it goes; none while pictures are compared, which need the room.
    pub body: Option<String>,
    /// Why this device invites nobody, and who does.
    pub none: Option<String>,
    /// The invitation that was on screen is over.
    pub gone: Option<String>,
    /// The invitation on screen.
    pub card: Option<Box<InviteCard>>,
    /// Heading of those that are open.
    pub list_title: String,
    /// Those that are open; empty: there are none, or only the one on screen.
    pub list: Vec<InviteRow>,
    /// The form for another.
    pub form: Option<InviteForm>,
}

/// One that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InviteRow {
    /// Its id.
    pub id: String,
    /// Whom it is for.
    pub who: String,
    /// How far it is, and until when.
    pub state: String,
    /// Its tone.
    pub tone: Tone,
    /// Is it on screen?
    pub here: bool,
    /// The word and the name of the button that shows it.
    pub show: (String, String),
    /// Of the one that closes it; none once somebody has joined by it.
    pub close: Option<(String, String)>,
}

/// The invitation on screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InviteCard {
    /// Its id.
    pub id: String,
    /// Whom it is for.
    pub title: String,
    /// Until when it holds.
    pub until: String,
    /// The register does not know the unit.
    pub unknown: Option<String>,
    /// How far it is.
    pub stage: InviteStage,
    /// What went wrong with the last step, and what to do.
    pub problem: Option<String>,
    /// The word on the button that closes it, and its name; none once somebody has joined by it.
    pub close: Option<(String, String)>,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InviteStage {
    /// Nobody has come: how to give it away.
    Waits(Box<Waits>),
    /// Somebody has come; the pictures are about to.
    Arrives(String),
    /// The pictures.
    Pictures {
        /// Who waits, and what to do.
        body: String,
        /// What to do where they differ.
        differ: String,
        /// The pictures and the field below them.
        form: Box<PictureForm>,
        /// The button; none while the node is at work.
        button: Option<String>,
    },
    /// They agree here; the other side has the word.
    Agreed(String),
    /// Whoever it was for is in.
    Joined(String),
}

/// How to give an invitation away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waits {
    /// What whoever joins does, in order.
    pub steps: Vec<String>,
    /// Heading of the line.
    pub line_title: String,
    /// The line.
    pub line: Passphrase,
    /// The same as a picture.
    pub qr: Option<PassQr>,
    /// What is read out for it.
    pub qr_name: String,
    /// The button that copies the line.
    pub copy: String,
    /// The button that saves it.
    pub save: String,
    /// The button that chooses where.
    pub place: String,
    /// Who may have it.
    pub secret: String,
}

/// Makes the page.
#[must_use]
pub fn page(words: &Catalogue, now: Now, model: &Model, draft: &InviteDraft) -> InvitePage {
    let known = model.invites.is_some();
    let shown = shown(model, now, draft);
    let list: Vec<InviteRow> = open(model, now)
        .map(|one| row(words, now, one, shown.is_some_and(|s| s.id == one.id)))
        .collect();
    let compares = shown.is_some_and(|one| one.state == InviteState::Comparing);
    let only = list.len() == 1 && shown.is_some();
    InvitePage {
        title: words.say("invite-title"),
        founded: draft
            .founded
            .then(|| (words.say("invite-founded"), words.say("invite-later"))),
        body: (!compares).then(|| words.say("invite-body")),
        none: (known && may(model).is_empty()).then(|| words.say(nobody(model))),
        gone: (known && draft.shown.is_some() && shown.map(|one| &one.id) != draft.shown.as_ref())
            .then(|| words.say("invite-gone")),
        card: shown.map(|one| Box::new(card(words, now, model, draft, one))),
        list_title: words.say("invite-list"),
        list: if only { Vec::new() } else { list },
        form: form(words, model, draft),
    }
}

/// Why this device invites nobody.
fn nobody(model: &Model) -> &'static str {
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    match me.map(|me| me.kind) {
        Some(PrincipalKind::Gate) => "invite-nobody-gate",
        _ => "invite-nobody",
    }
}

/// The one on screen: as chosen, or whoever waits.
#[must_use]
pub fn shown<'a>(model: &'a Model, now: Now, draft: &InviteDraft) -> Option<&'a InviteItem> {
    let chosen = open(model, now).find(|one| draft.shown.as_ref() == Some(&one.id));
    chosen.or_else(|| open(model, now).find(|one| waits(one)))
}

fn row(words: &Catalogue, now: Now, one: &InviteItem, here: bool) -> InviteRow {
    let who = who(words, &one.role, one.unit.as_deref());
    let named = |key: &str| {
        let name = words.text(&format!("{key}-name"), &[("who", (&who).into())]);
        (words.say(key), name)
    };
    let (key, tone) = match one.state {
        InviteState::Open | InviteState::Other => ("invite-row-open", Tone::Quiet),
        InviteState::Answered => ("invite-row-arrives", Tone::Info),
        InviteState::Comparing if one.confirmed => ("invite-row-agreed", Tone::Info),
        InviteState::Comparing => ("invite-row-waits", Tone::Warn),
        InviteState::Enrolled => ("invite-row-joined", Tone::Good),
    };
    let args = [
        ("until", dates::time(now, one.until_ms).into()),
        ("device", device(words, one.device_name.as_deref()).into()),
    ];
    InviteRow {
        id: one.id.clone(),
        state: words.text(key, &args),
        tone,
        here,
        show: named("invite-show"),
        // The one on screen has its own.
        close: (one.state != InviteState::Enrolled && !here).then(|| named("invite-close")),
        who,
    }
}

fn card(
    words: &Catalogue,
    now: Now,
    model: &Model,
    draft: &InviteDraft,
    one: &InviteItem,
) -> InviteCard {
    let who = who(words, &one.role, one.unit.as_deref());
    let device = device(words, one.device_name.as_deref());
    let of_both = |key: &str| {
        let args = [("device", (&device).into()), ("who", (&who).into())];
        words.text(key, &args)
    };
    let stage = match (one.state, &one.pictures, &one.line) {
        (InviteState::Enrolled, ..) => InviteStage::Joined(of_both("invite-joined")),
        (InviteState::Comparing, Some(_), _) if one.confirmed => {
            InviteStage::Agreed(of_both("invite-agreed"))
        }
        (InviteState::Comparing, Some(pictures), _) => InviteStage::Pictures {
            body: of_both("invite-compare"),
            differ: words.text("invite-differ", &[("n", u32::from(one.tries_left).into())]),
            form: Box::new(PictureForm {
                unit: None,
                ..pictured(words, pictures)
            }),
            button: (!model.inviting()).then(|| words.say("invite-same")),
        },
        (InviteState::Open, _, Some(line)) => InviteStage::Waits(Box::new(Waits {
            steps: [
                "invite-step-open",
                "invite-step-line",
                "invite-step-pictures",
            ]
            .map(|key| words.say(key))
            .into(),
            line_title: words.say("invite-line"),
            line: line.clone(),
            qr: one.qr.clone().filter(PassQr::sound),
            qr_name: words.say("invite-qr-name"),
            copy: words.say("invite-copy"),
            save: words.say("invite-save"),
            place: words.say("invite-place"),
            secret: words.say("invite-secret"),
        })),
        _ => InviteStage::Arrives(words.say("invite-arrives")),
    };
    let compares = matches!(stage, InviteStage::Pictures { .. });
    let close = if compares {
        "invite-differs"
    } else {
        "invite-close"
    };
    let left = one.until_ms.saturating_sub(now.ms);
    InviteCard {
        id: one.id.clone(),
        until: words.text(
            "invite-until",
            &[
                ("until", dates::at(words, now, one.until_ms).into()),
                ("left", dates::length(words, left).into()),
            ],
        ),
        unknown: (!one.known_unit).then(|| words.say("invite-unit-unknown")),
        problem: draft.refused.as_deref().map(|code| problem(words, code)),
        close: (one.state != InviteState::Enrolled).then(|| {
            let name = words.text("invite-close-name", &[("who", (&who).into())]);
            (
                words.say(close),
                if compares { words.say(close) } else { name },
            )
        }),
        title: who,
        stage,
    }
}
