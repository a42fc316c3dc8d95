//! The passes made here as lists: what works now or later, the past, and who comes today.

use crate::api::PassItem;
use crate::clean;
use crate::dates::Now;
use crate::incidents::{self, Incidents};
use crate::model::Model;
use crate::pass_card::{PassState, badges, span, state, who};
use crate::pass_form;
use crate::residents::{self, Residents};
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;
use std::cmp::Reverse;

/// The visitors screen beside form and card: the two lists with their headings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassLists {
    /// Heading of the screen.
    pub title: String,
    /// The button for a new pass.
    pub new_pass: String,
    /// Heading of the regular visitors.
    pub regulars_title: String,
    /// Regular visitors, a button each.
    pub regulars: Vec<Regular>,
    /// Heading of what works now or later.
    pub ahead_title: String,
    /// What works now or later.
    pub ahead: Vec<PassRow>,
    /// Heading of the past.
    pub past_title: String,
    /// The past.
    pub past: Vec<PassRow>,
    /// Said when both are empty.
    pub none: String,
    /// Passes used too often, where there are any.
    pub incidents: Option<Incidents>,
    /// Cancels all of them; nothing where there are none, or where this device may not.
    pub all: Option<CancelAll>,
    /// At an office: plates of residents by the register.
    pub residents: Option<Residents>,
}

/// All passes of this home at once: a telephone is lost, a key is in the wrong hands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelAll {
    /// When one needs it.
    pub why: String,
    /// The button.
    pub button: String,
    /// The question, which says what it does.
    pub sure: String,
    /// Yes.
    pub yes: String,
    /// No.
    pub no: String,
}

fn cancel_all(words: &Catalogue, now: Now, model: &Model) -> Option<CancelAll> {
    let me = model.status.as_ref()?.me.as_ref()?;
    let works = |pass: &&PassItem| matches!(state(pass, now), PassState::Valid | PassState::Later);
    let n = model.passes.iter().filter(works).count();
    // Plates of residents are passes too, and stand in no list here.
    let plates = me.resident_plates;
    (me.may_grant && (n > 0 || plates)).then(|| CancelAll {
        why: words.say("pass-all-why"),
        button: words.say("pass-all"),
        sure: words.text(
            if plates {
                "pass-all-sure-office"
            } else {
                "pass-all-sure"
            },
            &[("n", n.into())],
        ),
        yes: words.say("pass-all-yes"),
        no: words.say("pass-all-no"),
    })
}

/// Makes the lists of the visitors screen.
#[must_use]
pub fn lists(words: &Catalogue, now: Now, model: &Model) -> PassLists {
    let (mut ahead, mut past) = rows(words, now, &model.passes);
    for (id, badge) in incidents::badges(words, model) {
        let of_pass = |row: &&mut PassRow| row.id == id;
        if let Some(row) = ahead.iter_mut().chain(&mut past).find(of_pass) {
            row.badges.insert(0, Badge::new(badge, Tone::Danger));
        }
    }
    PassLists {
        incidents: incidents::list(words, now, model),
        all: cancel_all(words, now, model),
        residents: residents::panel(words, model),
        title: words.say("passes-title"),
        new_pass: words.say("home-new-pass"),
        regulars_title: words.say("regulars"),
        regulars: regulars(words, model),
        ahead_title: words.say("pass-list-now"),
        ahead,
        past_title: words.say("pass-list-past"),
        past,
        none: words.say("pass-list-none"),
    }
}

/// A regular visitor as a button that fills in the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Regular {
    /// The label, which names it.
    pub label: String,
    /// The word on the button.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// The regular visitors, in the order in which they were kept.
#[must_use]
pub fn regulars(words: &Catalogue, model: &Model) -> Vec<Regular> {
    let shown = model.regulars.iter().map(|one| {
        let word = clean::line(&one.label, clean::NAME_MAX);
        Regular {
            label: one.label.clone(),
            name: words.text("regular-name", &[("label", (&word).into())]),
            word,
        }
    });
    shown.collect()
}

/// One pass in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassRow {
    /// Its id.
    pub id: String,
    /// What a screen reader says for its button.
    pub name: String,
    /// The visitor and who comes along.
    pub who: String,
    /// When.
    pub span: String,
    /// State and uses.
    pub badges: Vec<Badge>,
    /// The word on its button.
    pub show: String,
    /// Drawn quieter.
    pub quiet: bool,
}

/// The passes made here, in two parts: what works now or later (soonest first), and the past (newest first).
#[must_use]
pub fn rows(words: &Catalogue, now: Now, passes: &[PassItem]) -> (Vec<PassRow>, Vec<PassRow>) {
    let live = |pass: &&PassItem| matches!(state(pass, now), PassState::Valid | PassState::Later);
    let mut ahead: Vec<&PassItem> = passes.iter().filter(live).collect();
    ahead.sort_by_key(|pass| (pass.from_s, pass.id.clone()));
    let mut past: Vec<&PassItem> = passes.iter().filter(|pass| !live(pass)).collect();
    past.sort_by_key(|pass| (Reverse(pass.until_s), pass.id.clone()));
    let row = |pass: &&PassItem| row(words, now, pass);
    (
        ahead.iter().map(row).collect(),
        past.iter().map(row).collect(),
    )
}

/// One row.
#[must_use]
pub fn row(words: &Catalogue, now: Now, pass: &PassItem) -> PassRow {
    let state = state(pass, now);
    PassRow {
        id: pass.id.clone(),
        name: words.text(
            "pass-show-name",
            &[("label", clean::line(&pass.label, clean::NAME_MAX).into())],
        ),
        who: who(words, pass),
        span: span(words, now, pass),
        badges: badges(words, now, pass, state),
        show: words.say("pass-show"),
        quiet: !matches!(state, PassState::Valid | PassState::Later),
    }
}

/// Does the pass touch the day of `now` and was it not cancelled?
#[must_use]
pub fn today(pass: &PassItem, now: Now) -> bool {
    let day = |s: u64| now.civil(s.saturating_mul(1000)).map(|t| t.date());
    let Some(today) = now.civil(now.ms).map(|t| t.date()) else {
        return false;
    };
    pass.cancelled_ms.is_none()
        && pass_form::on_day(&pass.windows, now)
        && day(pass.from_s).is_some_and(|from| from <= today)
        && day(pass.until_s).is_some_and(|until| until >= today)
}
