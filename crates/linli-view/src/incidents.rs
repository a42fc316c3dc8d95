//! Passes that were used more often than they allow, as host and office see them: what happened and what to do.
//!
//! Gate, host and office are told alike: each derives the same lines from the gates' logs it has heard.

use crate::api::{IncidentItem, PassItem, PrincipalKind};
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::words::Catalogue;

/// The list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incidents {
    /// Its heading, with their number.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// One line each, the newest first.
    pub rows: Vec<IncidentRow>,
}

/// One time too often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncidentRow {
    /// What happened.
    pub text: String,
    /// The pass of this home that it is about: its id, the word on its button and the button's accessible name.
    pub pass: Option<(String, String, String)>,
}

/// All that is known here; nothing where no pass was used too often.
#[must_use]
pub fn list(words: &Catalogue, now: Now, model: &Model) -> Option<Incidents> {
    if model.incidents.is_empty() {
        return None;
    }
    let office = model
        .status
        .as_ref()
        .and_then(|status| status.me.as_ref())
        .is_some_and(|me| me.kind == PrincipalKind::Office);
    let row = |item: &IncidentItem| IncidentRow {
        text: sentence(words, now, model, item),
        pass: pass(model, &item.pass).map(|pass| {
            let label = clean::line(&pass.label, clean::NAME_MAX);
            (
                pass.id.clone(),
                words.say("pass-show"),
                words.text("incident-show-name", &[("label", label.into())]),
            )
        }),
    };
    Some(Incidents {
        title: words.text("incidents", &[("n", model.incidents.len().into())]),
        advice: words.say(if office {
            "incidents-advice-office"
        } else {
            "incidents-advice-house"
        }),
        rows: sorted(model).into_iter().map(row).collect(),
    })
}

/// What the card of a pass says of it: each time, and what to do.
pub(crate) fn of_pass(words: &Catalogue, now: Now, model: &Model, mark: &str) -> Vec<String> {
    let mine = sorted(model).into_iter().filter(|item| item.pass == mark);
    let mut lines: Vec<String> = mine.map(|item| sentence(words, now, model, item)).collect();
    if !lines.is_empty() {
        lines.push(words.say("incidents-advice-pass"));
    }
    lines
}

/// The passes of this home that were used too often, each with the word for it.
pub(crate) fn badges(words: &Catalogue, model: &Model) -> Vec<(String, String)> {
    let hit = |pass: &&PassItem| {
        !pass.mark.is_empty() && model.incidents.iter().any(|i| i.pass == pass.mark)
    };
    let passes = model.passes.iter().filter(hit);
    passes
        .map(|pass| (pass.id.clone(), words.say("incident-badge")))
        .collect()
}

fn sorted(model: &Model) -> Vec<&IncidentItem> {
    let mut items: Vec<&IncidentItem> = model.incidents.iter().collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.at_ms), &item.pass, item.number));
    items
}

fn pass<'a>(model: &'a Model, mark: &str) -> Option<&'a PassItem> {
    model
        .passes
        .iter()
        .find(|pass| !pass.mark.is_empty() && pass.mark == mark)
}

/// 今天 14:17 西门：郑* 2-3-502，第 2 次，只准 1 次（值班员放行）
fn sentence(words: &Catalogue, now: Now, model: &Model, item: &IncidentItem) -> String {
    let own = pass(model, &item.pass).map(|pass| pass.label.as_str());
    let who: Vec<String> = [item.label.as_deref().or(own), item.unit.as_deref()]
        .into_iter()
        .flatten()
        .map(|part| clean::line(part, clean::NAME_MAX))
        .collect();
    let community = model.status.as_ref().and_then(|s| s.community.as_ref());
    let gate = community.and_then(|c| c.gates.iter().find(|gate| gate.no == item.gate));
    let gate = match gate {
        Some(gate) => clean::line(&gate.name, clean::NAME_MAX),
        None => words.text("incident-gate", &[("n", item.gate.into())]),
    };
    words.text(
        if item.by_guard {
            "incident-by-guard"
        } else {
            "incident"
        },
        &[
            ("time", dates::at(words, now, item.at_ms).into()),
            ("gate", gate.into()),
            ("who", who.join(" ").into()),
            ("n", item.number.into()),
            ("of", item.entries.into()),
        ],
    )
}

#[cfg(test)]
mod tests;
