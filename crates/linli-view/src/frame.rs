//! The window around the screens: the rail, the light, the switches, the note at the bottom.

use crate::api::GuardAct;
use crate::bell;
use crate::calls;
use crate::clean;
use crate::dates::Now;
use crate::family;
use crate::fault;
use crate::help;
use crate::intent::{Look, Screen};
use crate::invite;
use crate::light::{self, LightView};
use crate::model::{JoinTold, Model, Told};
use crate::notices;
use crate::tone::Tone;
use crate::undo;
use crate::words::{Catalogue, Lang};

/// The window around the screens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The program's name.
    pub app: String,
    /// The community.
    pub community: String,
    /// Whose home this is.
    pub who: String,
    /// The rail.
    pub nav: Vec<NavItem>,
    /// The sync light.
    pub light: LightView,
    /// Switches the language.
    pub language: Switch<Lang>,
    /// Switches large type on and off.
    pub elderly: Switch<Look>,
    /// Switches dark and light; not shown in large type.
    pub dark: Option<Switch<Look>>,
    /// Sentences that stay: unprotected keys, waiting to be verified.
    pub standing: Vec<String>,
    /// Opens the box that finds; not at a gate, and not in large type.
    pub find: Option<String>,
    /// The way to the page of settings; not at a gate, and not in large type.
    pub settings: Option<String>,
    /// The word that opens help.
    pub guide: String,
    /// The word on a way back.
    pub back: String,
    /// The word that closes a note.
    pub close: String,
}

/// One entry of the rail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub screen: Screen,
    /// Its word.
    pub word: String,
    /// How much waits there; 0 for nothing.
    pub badge: usize,
    /// Its accessible name.
    pub name: String,
    /// Is this where we are?
    pub here: bool,
}

/// A button that changes one setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch<T> {
    /// What it changes to.
    pub to: T,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// Makes the frame.
#[must_use]
pub fn frame(words: &Catalogue, now: Now, model: &Model, screen: Screen, look: Look) -> Frame {
    let status = model.status.as_ref();
    let me = status.and_then(|status| status.me.as_ref());
    let community = status.and_then(|status| status.community.as_ref());
    let switch = |to, word: &str, name: &str| Switch {
        to,
        word: words.say(word),
        name: words.say(name),
    };
    let mut standing = Vec::new();
    if me.is_some_and(|me| me.provisional) {
        standing.push(words.say("frame-provisional"));
    }
    if status.is_some_and(|status| !status.protected && status.me.is_some()) {
        standing.push(words.say("frame-unprotected"));
    }
    Frame {
        app: words.say("app-name"),
        community: community.map_or_else(
            || words.say("frame-unknown-community"),
            |c| clean::line(&c.name, clean::NAME_MAX),
        ),
        who: me.map(|me| who(words, me)).unwrap_or_default(),
        nav: model
            .screens(look)
            .iter()
            .map(|to| nav(words, now, model, *to, screen, look))
            .collect(),
        light: light::view(
            words,
            now,
            &status.map(|s| s.sync.clone()).unwrap_or_default(),
        ),
        language: Switch {
            to: match words.lang() {
                Lang::ZhCn => Lang::En,
                Lang::En => Lang::ZhCn,
            },
            word: words.say("frame-language"),
            name: words.say("frame-language-name"),
        },
        elderly: if look == Look::Elderly {
            switch(Look::Light, "frame-elderly-off", "frame-elderly-off-name")
        } else {
            switch(Look::Elderly, "frame-elderly-on", "frame-elderly-on-name")
        },
        dark: match look {
            Look::Light => Some(switch(Look::Dark, "frame-dark", "frame-dark-name")),
            Look::Dark => Some(switch(Look::Light, "frame-light", "frame-light-name")),
            Look::Elderly => None,
        },
        standing,
        find: (look != Look::Elderly && !model.is_gate()).then(|| words.say("find-open")),
        settings: (look != Look::Elderly && !model.is_gate()).then(|| words.say("nav-settings")),
        guide: words.say("guide-open"),
        back: words.say("button-back"),
        close: words.say("button-close"),
    }
}

fn who(words: &Catalogue, me: &crate::api::Me) -> String {
    let name = clean::line(&me.name, clean::NAME_MAX);
    match (&me.unit, me.kind) {
        (Some(unit), _) => words.text(
            "frame-who-unit",
            &[("unit", clean::line(unit, clean::NAME_MAX).into())],
        ),
        (None, crate::api::PrincipalKind::Gate) => {
            words.text("frame-gate", &[("name", name.into())])
        }
        _ => name,
    }
}

fn nav(
    words: &Catalogue,
    now: Now,
    model: &Model,
    to: Screen,
    here: Screen,
    look: Look,
) -> NavItem {
    let elderly = look == Look::Elderly;
    let word = words.say(match to {
        Screen::Home if model.is_gate() => "nav-gate",
        Screen::Home => "nav-home",
        Screen::Notices if elderly => "nav-notices-elderly",
        Screen::Notices => "nav-notices",
        Screen::Visitors if elderly => "nav-visitors-elderly",
        Screen::Visitors => "nav-visitors",
        Screen::Board => "nav-board",
        Screen::Neighbours => "nav-neighbours",
        Screen::Doorbell => "nav-doorbell",
        Screen::Help if elderly => "nav-help-elderly",
        Screen::Help => "nav-help",
        Screen::Phones => "nav-phones",
        Screen::Settings => "nav-settings",
        Screen::Register => "nav-register",
        Screen::Invite => "nav-invite",
    });
    let badge = match to {
        Screen::Notices => model
            .notices
            .iter()
            .filter(|item| notices::needs_me(item, now))
            .count(),
        Screen::Doorbell => calls::ringing(model, now).len(),
        Screen::Help => help::waits(model),
        // What waits for this office's decision, and what is new about what this home wrote.
        Screen::Board => {
            let kept = model.bell.as_ref();
            model.queue.len() + kept.map_or(0, |kept| bell::badge(kept, &model.posts))
        }
        Screen::Home
        | Screen::Visitors
        | Screen::Neighbours
        | Screen::Phones
        | Screen::Register
        | Screen::Settings
        | Screen::Invite => 0,
    };
    let name = if badge > 0 {
        words.text(
            "nav-badge",
            &[("word", (&word).into()), ("n", badge.into())],
        )
    } else {
        word.clone()
    };
    NavItem {
        screen: to,
        word,
        badge,
        name,
        here: to == here,
    }
}

/// The note at the bottom of the window: stays until it is put away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The sentence.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// That a pass is ready, and what to know about it.
fn issued_but(words: &Catalogue, codes: &[String]) -> String {
    let mut text = words.say("note-issued");
    for code in codes {
        let key = format!("note-issued-{code}");
        if words.has(&key) {
            text.push_str(&words.say(&key));
        }
    }
    text
}

/// What happened, in words.
#[must_use]
pub fn note(words: &Catalogue, told: &Told) -> Note {
    let good = |text: String| Note {
        text,
        tone: Tone::Good,
    };
    match told {
        Told::Confirmed { title } => {
            let title = clean::line(title, clean::TITLE_MAX);
            good(words.text("note-confirmed", &[("title", title.into())]))
        }
        Told::ConfirmedLate { title, corrected } => {
            let title = clean::line(title, clean::TITLE_MAX);
            let key = match corrected {
                true => "note-confirmed-corrected",
                false => "note-confirmed-retracted",
            };
            Note {
                text: words.text(key, &[("title", title.into())]),
                tone: Tone::Warn,
            }
        }
        Told::Published { unknown, .. } if unknown.is_empty() => good(words.say("note-published")),
        Told::Published { unknown, .. } => Note {
            text: words.text(
                "note-published-unknown",
                &[("area", unknown.join(&words.say("notice-list-comma")).into())],
            ),
            tone: Tone::Warn,
        },
        Told::Posted { .. } => good(words.say("note-posted")),
        Told::TakenBack { .. } => good(words.say("note-taken-back")),
        Told::Reported { .. } => good(words.say("note-reported")),
        Told::Undo(item) => undo::note(words, item),
        Told::Replied { .. } => good(words.say("note-replied")),
        Told::Settled { .. } => good(words.say("note-settled")),
        Told::Appealed { .. } => good(words.say("note-appealed")),
        Told::Ruled { hide: true, .. } => good(words.say("note-ruled-hidden")),
        Told::Ruled { hide: false, .. } => good(words.say("note-ruled-stays")),
        Told::HandedTo { office, .. } => {
            let office = clean::line(office, clean::NAME_MAX);
            good(words.text("note-handed-to", &[("office", office.into())]))
        }
        Told::Retracted => good(words.say("note-retracted")),
        Told::Reminded => good(words.say("note-reminded")),
        Told::ToldAtDoor { unit } => {
            let unit = clean::line(unit, clean::NAME_MAX);
            good(words.text("note-told-at-door", &[("unit", unit.into())]))
        }
        Told::Scheduled { .. } => good(words.say("note-scheduled")),
        Told::Unscheduled => good(words.say("note-unscheduled")),
        Told::TemplateKept { name } => {
            let name = clean::line(name, clean::NAME_MAX);
            good(words.text("note-template-kept", &[("name", name.into())]))
        }
        Told::TemplateForgotten => good(words.say("note-template-forgotten")),
        Told::SaidBelow { .. } => good(words.say("note-said-below")),
        Told::CommentsSet { open: true } => good(words.say("note-comments-opened")),
        Told::CommentsNotSet { open } => Note {
            text: words.say(if *open {
                "note-comments-still-closed"
            } else {
                "note-comments-still-open"
            }),
            tone: Tone::Warn,
        },
        Told::CommentsSet { open: false } => good(words.say("note-comments-closed")),
        Told::Kept => good(words.say("note-kept")),
        Told::Dropped => good(words.say("note-dropped")),
        Told::Issued => good(words.say("note-issued")),
        Told::IssuedBut { codes } => Note {
            text: issued_but(words, codes),
            tone: Tone::Warn,
        },
        Told::AllCancelled => good(words.say("note-all-cancelled")),
        Told::ResidentsApplied => good(words.say("note-plates-applied")),
        Told::Cancelled { label } => {
            let label = clean::line(label, clean::NAME_MAX);
            good(words.text("note-cancelled", &[("label", label.into())]))
        }
        Told::Guard(act) => good(words.say(match act {
            GuardAct::Exit { .. } => "note-left",
            GuardAct::Override { .. } => "note-overridden",
            GuardAct::HandOver { .. } => "note-handed-over",
            GuardAct::OpenAll { .. } => "note-opened-all",
            GuardAct::CloseAll { .. } => "note-closed-all",
            GuardAct::Correct { .. } => "note-corrected",
        })),
        Told::Refused => good(words.say("note-refused")),
        Told::ReceivedAgain => good(words.say("note-received-again")),
        Told::Call(told) => {
            let (text, tone) = calls::told(words, *told);
            Note { text, tone }
        }
        Told::Help(told) => {
            let (text, tone) = help::told(words, told);
            Note { text, tone }
        }
        Told::Register(told) => crate::register::told(words, told),
        Told::Invite(told) => {
            let (text, tone) = invite::told(words, told);
            Note { text, tone }
        }
        Told::Join(JoinTold::Founded) => good(words.say("note-founded")),
        Told::Join(_) => good(words.say("note-joined")),
        Told::Sits { name } => good(family::sits(words, name.as_deref())),
        Told::DoorbellSet => good(words.say("note-doorbell-set")),
        Told::Paused => Note {
            text: words.say("note-paused"),
            tone: Tone::Warn,
        },
        Told::Resumed => good(words.say("note-resumed")),
        Told::NoPicture => Note {
            text: words.say("pass-image-gone"),
            tone: Tone::Info,
        },
        Told::Failed(fault) => Note {
            text: fault::view(words, fault).sentence(),
            tone: Tone::Alert,
        },
    }
}
