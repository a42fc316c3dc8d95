//! The rarer fields of the form: days of the week, a last day, a group, a PIN.

use super::read::Checked;
use super::week::WEEKDAYS;
use super::{AskPin, Choices, Field, HOURS_MAX, PassDraft};
use crate::words::Catalogue;

/// The rarer fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct More {
    /// The button that opens them.
    pub word: String,
    /// Are they open? What is filled in is never hidden.
    pub open: bool,
    /// Days of the week.
    pub week: Choices<u8>,
    /// What the days do.
    pub week_hint: String,
    /// Further hours.
    pub also: Vec<HoursForm>,
    /// The button for one set of hours more, while there may be one.
    pub add: Option<String>,
    /// The last day.
    pub last_day: Field,
    /// One picture for so many people.
    pub group: Field,
    /// The PIN.
    pub pin: PinForm,
}

/// Further hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoursForm {
    /// On which days.
    pub days: Choices<u8>,
    /// No day is chosen.
    pub problem: Option<String>,
    /// From.
    pub from: Field,
    /// Until.
    pub until: Field,
    /// The button that takes them away, and its accessible name.
    pub remove: (String, String),
}

/// The PIN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PinForm {
    /// None, drawn, or one's own.
    pub kinds: Choices<AskPin>,
    /// The digits, where they are one's own.
    pub digits: Option<Field>,
    /// What becomes of it.
    pub hint: String,
}

pub(super) fn more(words: &Catalogue, draft: &PassDraft, checked: &Checked) -> More {
    let shown = |problem: &Option<String>| problem.clone().filter(|_| draft.tried);
    let field = |name: String, hint: &str, problem: Option<String>| Field {
        name,
        hint: words.say(hint),
        problem,
    };
    let recurs = draft.week != 0 || !draft.also.is_empty();
    let days = |name: String, chosen: u8| Choices {
        name,
        items: WEEKDAYS
            .into_iter()
            .zip(1_u8..)
            .map(|(bit, day)| {
                let word = words.text("paper-weekday", &[("day", day.into())]);
                (bit, word, chosen & bit != 0)
            })
            .collect(),
    };
    let also = draft.also.iter().zip(&checked.also).zip(2_usize..);
    let also = also.map(|((hours, [none, from, until]), n)| {
        let named = |key: &str| {
            words.text(
                "pass-hours-n",
                &[("n", n.into()), ("what", words.say(key).into())],
            )
        };
        HoursForm {
            days: days(named("pass-week"), hours.days),
            problem: shown(none),
            from: field(named("pass-from"), "pass-from-hint", shown(from)),
            until: field(named("pass-until"), "pass-until-hint", shown(until)),
            remove: (words.say("pass-hours-remove"), named("pass-hours-remove")),
        }
    });
    let pin = |kind, key: &str| (kind, words.say(key), draft.pin == kind);
    More {
        word: words.say("pass-open-more"),
        open: draft.more || draft.uses_more(),
        week: days(words.say("pass-week"), draft.week),
        week_hint: words.say(if recurs {
            "pass-week-hint-on"
        } else {
            "pass-week-hint"
        }),
        also: also.collect(),
        add: (recurs && draft.also.len() + 1 < HOURS_MAX).then(|| words.say("pass-hours-add")),
        // Two words for one field: what is empty means something else.
        last_day: field(
            words.say("pass-last-day"),
            if recurs {
                "pass-last-day-hint-week"
            } else {
                "pass-last-day-hint"
            },
            checked.last_day.clone(),
        ),
        group: field(
            words.say("pass-group-people"),
            "pass-group-hint",
            checked.group.clone(),
        ),
        pin: PinForm {
            kinds: Choices {
                name: words.say("pass-pin"),
                items: vec![
                    pin(AskPin::No, "pass-pin-no"),
                    pin(AskPin::Drawn, "pass-pin-drawn"),
                    pin(AskPin::Own, "pass-pin-own"),
                ],
            },
            digits: (draft.pin == AskPin::Own).then(|| {
                field(
                    words.say("pass-pin-digits"),
                    "pass-pin-digits-hint",
                    shown(&checked.pin),
                )
            }),
            hint: words.say(if draft.pin == AskPin::No {
                "pass-pin-why"
            } else {
                "pass-pin-told"
            }),
        },
    }
}
