//! Inviting from the window: whom, how long, the line and its picture, who knocks, and seven pictures to compare.
//!
//! What the person does here is typed and pressed in one page; who is compared with whom the node knows. Both sides type
//! what the other screen shows, here as on the command line: a "yes" is pressed without looking.

use crate::api::{InviteItem, InviteState};
use crate::clean;
use crate::dates::Now;
use crate::intent::Screen;
use crate::model::Model;
use crate::tone::Tone;
use crate::words::Catalogue;

mod file;
mod form;
mod page;

pub use file::{FileText, file};
pub use form::{InviteForm, NamedField, Offered, UNIT_MAX, UnitField};
pub use page::{InviteCard, InvitePage, InviteRow, InviteStage, Waits, page, shown};

/// Longest line of seven names.
pub const TYPED_MAX: usize = 200;

/// As what somebody is invited.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Whom {
    /// 住户
    Household,
    /// 办公室的人
    Office,
    /// 门岗
    Gate,
    /// 公告屏
    Screen,
    /// 自家的另一台
    Sibling,
}

impl Whom {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Household,
        Self::Office,
        Self::Gate,
        Self::Screen,
        Self::Sibling,
    ];

    /// The word of the node.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Office => "office",
            Self::Gate => "gate",
            Self::Screen => "screen",
            Self::Sibling => "sibling",
        }
    }
}

/// How long it holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Hold {
    /// Ten minutes: whoever joins stands beside one.
    #[default]
    TenMinutes,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Hold {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::TenMinutes, Self::Hour, Self::Day];

    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        match self {
            Self::TenMinutes => 600,
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::TenMinutes => "invite-hold-minutes",
            Self::Hour => "invite-hold-hour",
            Self::Day => "invite-hold-day",
        }
    }
}

/// One thing a person does on the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InviteDo {
    /// Whom.
    Whom(Whom),
    /// How long.
    Hold(Hold),
    /// Which gate.
    Gate(u8),
    /// This unit of the register.
    Unit(String),
    /// Enter or the button: opens it as the form stands, or shows what is missing.
    Open,
    /// Shows one; none: none of them.
    Show(Option<String>),
    /// Puts its line on the clipboard.
    Copy(String),
    /// Saves its line as a file.
    Save(String),
    /// Enter or the button: what was typed is what the other screen shows.
    Same(String),
    /// Closes one: it was a slip, nobody came, or the pictures differ.
    Close(String),
}

/// What is filled in so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InviteDraft {
    /// Whom; none: the first one may invite.
    pub whom: Option<Whom>,
    /// The unit, as typed.
    pub unit: String,
    /// The name of the office, as typed.
    pub office: String,
    /// The gate.
    pub gate: Option<u8>,
    /// How long.
    pub hold: Hold,
    /// Why it was not opened: a code of the node, or one of ours.
    pub problem: Option<String>,
    /// The invitation on screen.
    pub shown: Option<String>,
    /// What the other screen shows, as typed.
    pub typed: String,
    /// Why the pictures on screen were not confirmed, or the invitation not closed: a code.
    pub refused: Option<String>,
    /// A community was founded a moment ago.
    pub founded: bool,
}

/// A step of inviting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Opening.
    Open,
    /// Closing this one.
    Close(String),
    /// Confirming the pictures of this one.
    Confirm(String),
}

/// What has come of a step, or happened by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InviteTold {
    /// One is open.
    Opened {
        /// Its id.
        id: String,
    },
    /// One is closed.
    Closed,
    /// The pictures agree here; the other side has the word.
    Agreed {
        /// The invitation.
        id: String,
    },
    /// Somebody is in.
    Joined {
        /// The invitation.
        id: String,
        /// As what.
        role: String,
        /// The unit, of a household.
        unit: Option<String>,
        /// What the device calls itself.
        device: Option<String>,
    },
    /// It did not go: the node's code.
    Failed {
        /// What.
        step: Step,
        /// The code.
        code: String,
    },
}

/// The way to the page, from the first page of an office and from the settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its heading.
    pub title: String,
    /// How things stand.
    pub text: String,
    /// The button.
    pub button: String,
    /// Nobody else is in yet: it stands first.
    pub first: bool,
}

/// A sentence on every other page: somebody waits for the pictures to be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knock {
    /// The sentence.
    pub text: String,
    /// The word on the button that leads there.
    pub word: String,
}

/// For which roles this device can invite.
#[must_use]
pub fn may(model: &Model) -> Vec<Whom> {
    let report = model.invites.as_ref();
    let roles = report.map_or(&[][..], |report| report.may.as_slice());
    let of = |whom: &Whom| roles.iter().any(|role| role == whom.id());
    Whom::ALL.into_iter().filter(of).collect()
}

/// Those that are open, in the order in which they were opened. What is over is left out before the node says so.
pub(crate) fn open(model: &Model, now: Now) -> impl Iterator<Item = &InviteItem> {
    let all = model.invites.iter().flat_map(|report| &report.invites);
    all.filter(move |one| one.until_ms > now.ms && one.state != InviteState::Other)
}

/// Does it wait for the person here?
pub(crate) fn waits(one: &InviteItem) -> bool {
    one.state == InviteState::Comparing && !one.confirmed
}

/// The way to the page; none where this device may invite nobody.
#[must_use]
pub fn entry(words: &Catalogue, now: Now, model: &Model) -> Option<Entry> {
    let may = may(model);
    let key = if model.is_gate() || may.is_empty() {
        return None;
    } else if may == [Whom::Sibling] {
        "invite-entry-own"
    } else {
        "invite-entry"
    };
    let n = open(model, now)
        .filter(|one| one.state != InviteState::Enrolled)
        .count();
    let alone = model.report.as_ref().is_some_and(|r| r.peers.is_empty());
    Some(Entry {
        title: words.say(key),
        text: if n > 0 {
            words.text("invite-entry-open", &[("n", n.into())])
        } else if alone && model.is_office() {
            words.say("invite-entry-alone")
        } else {
            words.say(&format!("{key}-text"))
        },
        button: words.say(&format!("{key}-button")),
        first: alone && model.is_office(),
    })
}

/// Who waits, unless the page that shows it is on screen.
#[must_use]
pub fn knock(words: &Catalogue, now: Now, model: &Model, screen: Screen) -> Option<Knock> {
    let one = open(model, now).find(|one| waits(one))?;
    (screen != Screen::Invite && !model.is_gate()).then(|| Knock {
        text: words.text(
            "invite-knock",
            &[
                ("device", device(words, one.device_name.as_deref()).into()),
                ("who", who(words, &one.role, one.unit.as_deref()).into()),
            ],
        ),
        word: words.say("invite-knock-button"),
    })
}

/// Whom an invitation is for.
pub(crate) fn who(words: &Catalogue, role: &str, unit: Option<&str>) -> String {
    let (kind, name) = role.split_once(':').unwrap_or((role, ""));
    let name = match kind {
        "household" | "sibling" => unit.unwrap_or_default(),
        _ => name,
    };
    let name = clean::line(name, clean::NAME_MAX);
    let key = format!("invite-for-{kind}");
    if words.has(&key) {
        words.text(&key, &[("name", name.into())])
    } else {
        clean::line(role, clean::NAME_MAX)
    }
}

/// What the device calls itself.
pub(crate) fn device(words: &Catalogue, name: Option<&str>) -> String {
    let name = clean::line(name.unwrap_or_default(), clean::NAME_MAX);
    if name.is_empty() {
        words.say("invite-device-unnamed")
    } else {
        name
    }
}

/// What is told once, with its tone; none: the page says it.
#[must_use]
pub fn told(words: &Catalogue, told: &InviteTold) -> (String, Tone) {
    match told {
        InviteTold::Opened { .. } => (words.say("note-invite-opened"), Tone::Good),
        InviteTold::Closed => (words.say("note-invite-closed"), Tone::Info),
        InviteTold::Agreed { .. } => (words.say("note-invite-agreed"), Tone::Info),
        InviteTold::Joined {
            role, unit, device, ..
        } => {
            let args = [
                ("who", who(words, role, unit.as_deref()).into()),
                ("device", self::device(words, device.as_deref()).into()),
            ];
            (words.text("note-invite-joined", &args), Tone::Good)
        }
        InviteTold::Failed { code, .. } => (problem(words, code), Tone::Alert),
    }
}

/// Why a step failed, and what to do.
pub(crate) fn problem(words: &Catalogue, code: &str) -> String {
    let key = format!("invite-problem-{code}");
    if words.has(&key) {
        words.say(&key)
    } else {
        let code = clean::line(code, clean::NAME_MAX);
        words.text("invite-problem-other", &[("code", code.into())])
    }
}

#[cfg(test)]
mod tests;
