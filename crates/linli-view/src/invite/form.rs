//! The form that opens an invitation: whom, where they live or what they are called, how long.

use super::{Hold, InviteDraft, Whom, may, problem};
use crate::api::{Request, Status};
use crate::clean;
use crate::model::Model;
use crate::words::Catalogue;

/// Longest unit, and longest name of an office, that is typed.
pub const UNIT_MAX: usize = 40;
/// Longest name of an office, in characters, as the node takes it.
const NAME_CHARS: usize = 40;
/// Units of the register below the field.
const FOUND_MAX: usize = 8;

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InviteForm {
    /// Its heading.
    pub title: String,
    /// Heading of whom.
    pub whom_title: String,
    /// Whom one may invite.
    pub whom: Vec<Offered<Whom>>,
    /// What that means.
    pub whom_note: String,
    /// A household's unit.
    pub unit: Option<UnitField>,
    /// An office's name.
    pub office: Option<NamedField>,
    /// Heading of the gates, and the gates.
    pub gates: Option<(String, Vec<Offered<u8>>)>,
    /// Heading of how long.
    pub hold_title: String,
    /// How long.
    pub hold: Vec<Offered<Hold>>,
    /// When it ends early.
    pub hold_note: String,
    /// What is missing or went wrong, and what to do.
    pub problem: Option<String>,
    /// The button; none while it is being opened.
    pub button: Option<String>,
}

/// One of a choice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered<T> {
    /// What it chooses.
    pub to: T,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Is it so now?
    pub on: bool,
}

/// A field with its name and an example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedField {
    /// Its name.
    pub name: String,
    /// An example for it.
    pub example: String,
}

/// The unit: typed, or taken from the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitField {
    /// The field.
    pub field: NamedField,
    /// Units of the register that fit what is typed.
    pub found: Vec<Offered<String>>,
    /// That there are more, or none.
    pub note: Option<String>,
}

impl InviteDraft {
    /// Whom: as chosen, or the first that is possible.
    #[must_use]
    pub fn whom(&self, model: &Model) -> Option<Whom> {
        let may = may(model);
        let chosen = self.whom.filter(|whom| may.contains(whom));
        chosen.or_else(|| may.first().copied())
    }

    /// What to look up in the register for what is typed; none: nothing.
    #[must_use]
    pub fn looks_up(&self, model: &Model) -> Option<String> {
        let query = self.unit.trim();
        let household = self.whom(model) == Some(Whom::Household);
        (household && !query.is_empty()).then(|| query.to_owned())
    }

    /// The request, or what is missing, as a code.
    ///
    /// # Errors
    /// `no-unit`, `no-office`, `office-name-unfit`, `no-gate`, `not-issuing`.
    pub fn request(&self, model: &Model) -> Result<Request, &'static str> {
        let whom = self.whom(model).ok_or("not-issuing")?;
        let (unit, office) = (self.unit.trim(), self.office.trim());
        let role = match whom {
            Whom::Household if unit.is_empty() => return Err("no-unit"),
            Whom::Office if office.is_empty() => return Err("no-office"),
            Whom::Office if clean::fit_name(office, NAME_CHARS).is_none() => {
                return Err("office-name-unfit");
            }
            Whom::Office => format!("office:{office}"),
            Whom::Gate => format!("gate:{}", self.chosen_gate(model).ok_or("no-gate")?),
            Whom::Household | Whom::Screen | Whom::Sibling => whom.id().to_owned(),
        };
        Ok(Request::InviteOpen {
            unit: (whom == Whom::Household).then(|| unit.to_owned()),
            role,
            ttl_s: self.hold.seconds(),
        })
    }

    /// Puts another one on screen; none: whichever waits. What was typed belonged to the one before.
    pub fn show(&mut self, id: Option<String>) {
        self.shown = id;
        self.typed.clear();
        self.refused = None;
    }

    /// The gate that is chosen, or the only one.
    fn chosen_gate(&self, model: &Model) -> Option<u8> {
        let gates = gates(model);
        match (self.gate, gates) {
            (Some(no), gates) if gates.iter().any(|gate| gate.no == no) => Some(no),
            (_, [only]) => Some(only.no),
            _ => None,
        }
    }
}

fn gates(model: &Model) -> &[crate::api::GateRef] {
    let community = model
        .status
        .as_ref()
        .and_then(|s: &Status| s.community.as_ref());
    community.map_or(&[], |community| community.gates.as_slice())
}

/// Makes it; none where this device may invite nobody.
pub(super) fn form(words: &Catalogue, model: &Model, draft: &InviteDraft) -> Option<InviteForm> {
    let chosen = draft.whom(model)?;
    let named = |key: &str| NamedField {
        name: words.say(key),
        example: words.say(&format!("{key}-example")),
    };
    let whom = may(model).into_iter().map(|whom| {
        let word = words.say(&format!("invite-whom-{}", whom.id()));
        Offered {
            to: whom,
            name: word.clone(),
            word,
            on: whom == chosen,
        }
    });
    let hold = Hold::ALL.map(|hold| Offered {
        to: hold,
        word: words.say(hold.key()),
        name: words.text(
            "invite-hold-name",
            &[("hold", words.say(hold.key()).into())],
        ),
        on: hold == draft.hold,
    });
    let gates = (chosen == Whom::Gate).then(|| {
        let on = draft.chosen_gate(model);
        let offered = gates(model).iter().map(|gate| {
            let args = [
                ("no", u32::from(gate.no).into()),
                ("name", clean::line(&gate.name, clean::NAME_MAX).into()),
            ];
            let word = words.text("invite-gate", &args);
            Offered {
                to: gate.no,
                name: word.clone(),
                word,
                on: on == Some(gate.no),
            }
        });
        (words.say("invite-gate-title"), offered.collect())
    });
    Some(InviteForm {
        title: words.say("invite-form-title"),
        whom_title: words.say("invite-whom"),
        whom: whom.collect(),
        whom_note: words.say(&format!("invite-note-{}", chosen.id())),
        unit: (chosen == Whom::Household).then(|| unit(words, model, draft)),
        office: (chosen == Whom::Office).then(|| named("invite-office")),
        gates,
        hold_title: words.say("invite-hold"),
        hold: hold.into(),
        hold_note: words.say("invite-hold-note"),
        problem: draft.problem.as_deref().map(|code| problem(words, code)),
        button: (!model.inviting()).then(|| words.say("invite-button")),
    })
}

/// What the register has for what is typed. An answer to something that was typed before is not shown.
fn unit(words: &Catalogue, model: &Model, draft: &InviteDraft) -> UnitField {
    let query = draft.unit.trim();
    let answer = model.asked_for.units.as_ref();
    let units = answer
        .filter(|(asked, _)| asked == query && !query.is_empty())
        .map_or(&[][..], |(_, units)| units.as_slice());
    let taken = units.iter().any(|one| one.unit == query);
    let offered = units.iter().filter(|one| one.unit != query);
    let found: Vec<Offered<String>> = offered
        .take(FOUND_MAX)
        .map(|one| {
            let unit = clean::line(&one.unit, clean::NAME_MAX);
            let word = if one.devices > 0 {
                let args = [("unit", (&unit).into()), ("n", one.devices.into())];
                words.text("invite-unit-has", &args)
            } else {
                unit
            };
            Offered {
                to: one.unit.clone(),
                name: words.text("invite-unit-name", &[("unit", (&word).into())]),
                word,
                on: false,
            }
        })
        .collect();
    let more = units.len() > FOUND_MAX;
    UnitField {
        field: NamedField {
            name: words.say("invite-unit"),
            example: words.say("invite-unit-example"),
        },
        note: if taken {
            let here = units.iter().find(|one| one.unit == query);
            let n = here.map_or(0, |one| one.devices);
            (n > 0).then(|| words.text("invite-unit-second", &[("n", n.into())]))
        } else {
            more.then(|| words.say("invite-unit-more"))
        },
        found: if taken { Vec::new() } else { found },
    }
}
