//! Whom a household does not want let in to its unit, or the property office into the estate: the list, and a form for
//! one line more. A gate reads the lists and shows them on its station; it writes none.

use crate::api::{PrincipalKind, RefusalItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::Field;
use crate::words::Catalogue;

/// What is typed into the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RefusalDraft {
    /// A name, as a pass says it.
    pub name: String,
    /// A plate.
    pub plate: String,
    /// Why.
    pub reason: String,
    /// Was it sent while it named nobody?
    pub tried: bool,
}

impl RefusalDraft {
    /// The line it would add; nothing while it names nobody.
    #[must_use]
    pub fn line(&self) -> Option<Line> {
        let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (name, plate, reason) = (said(&self.name), said(&self.plate), said(&self.reason));
        (name.is_some() || plate.is_some()).then_some(Line {
            name,
            plate,
            reason,
        })
    }
}

/// A line to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// A name.
    pub name: Option<String>,
    /// A plate.
    pub plate: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The list and the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusalList {
    /// Its heading.
    pub title: String,
    /// What it does.
    pub advice: String,
    /// The lines, the newest first.
    pub rows: Vec<RefusalRow>,
    /// Said while there are none.
    pub none: String,
    /// Name, plate, reason.
    pub fields: [Field; 3],
    /// The button that adds a line.
    pub add: String,
}

/// A line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusalRow {
    /// Its id.
    pub id: String,
    /// Whom.
    pub who: String,
    /// Since when, and why.
    pub why: String,
    /// The button, and its accessible name.
    pub remove: (String, String),
}

/// Makes it; nothing where this device keeps no list.
#[must_use]
pub fn list(
    words: &Catalogue,
    now: Now,
    model: &Model,
    draft: &RefusalDraft,
) -> Option<RefusalList> {
    let me = model.status.as_ref()?.me.as_ref()?;
    let keeps = matches!(me.kind, PrincipalKind::Household | PrincipalKind::Office);
    let items = model.asked_for.refusals.as_ref()?;
    if !keeps || !me.may_grant {
        return None;
    }
    let mut mine: Vec<&RefusalItem> = items.iter().filter(|one| one.mine).collect();
    mine.sort_by_key(|one| (std::cmp::Reverse(one.at_ms), &one.id));
    let office = me.kind == PrincipalKind::Office;
    let problem = (draft.tried && draft.line().is_none()).then(|| words.say("refusal-nobody"));
    let field = |key: &str, hint: &str, problem: Option<String>| Field {
        name: words.say(key),
        hint: words.say(hint),
        problem,
    };
    Some(RefusalList {
        title: words.say("refusal-title"),
        advice: words.say(if office {
            "refusal-advice-estate"
        } else {
            "refusal-advice-unit"
        }),
        rows: mine.into_iter().map(|one| row(words, now, one)).collect(),
        none: words.say("refusal-none"),
        fields: [
            field("refusal-name", "refusal-name-hint", problem),
            field("refusal-plate", "refusal-plate-hint", None),
            field("refusal-reason", "refusal-reason-hint", None),
        ],
        add: words.say("refusal-add"),
    })
}

fn row(words: &Catalogue, now: Now, one: &RefusalItem) -> RefusalRow {
    let short = |text: &String| clean::line(text, clean::NAME_MAX);
    let who: Vec<String> = [&one.name, &one.plate]
        .into_iter()
        .flatten()
        .map(short)
        .collect();
    let who = who.join("  ");
    let since = [("time", dates::at(words, now, one.at_ms).into())];
    let since = words.text("refusal-since", &since);
    let why = one
        .reason
        .as_ref()
        .map(|why| clean::line(why, clean::TITLE_MAX));
    RefusalRow {
        id: one.id.clone(),
        why: [Some(since), why]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        remove: (
            words.say("refusal-remove"),
            words.text("refusal-remove-name", &[("who", (&who).into())]),
        ),
        who,
    }
}

#[cfg(test)]
mod tests {
    //! Who may write a list sees it, with every line of its own.
    #![allow(
        clippy::unwrap_used,
        clippy::field_reassign_with_default,
        reason = "tests"
    )]

    use super::*;
    use crate::samples::{MINUTE, NOW, en, status, zh};

    fn model(kind: PrincipalKind, may_grant: bool) -> Model {
        let line = |id: &str, name: Option<&str>, plate: Option<&str>, ago, mine| RefusalItem {
            id: id.into(),
            unit: Some("3-2-501".into()),
            plate: plate.map(str::to_owned),
            name: name.map(str::to_owned),
            reason: Some("推销".into()).filter(|_| mine),
            at_ms: NOW.ms - ago * MINUTE,
            mine,
        };
        let mut status = status();
        let me = status.me.as_mut().unwrap();
        (me.kind, me.may_grant) = (kind, may_grant);
        let mut model = Model::default();
        model.status = Some(status);
        model.asked_for.refusals = Some(vec![
            line("l:1", Some("推销\u{202e}员"), Some("京N58K21"), 9, true),
            line("l:2", Some("别人家的"), None, 2, false),
            line("l:3", Some("赵六"), None, 1, true),
        ]);
        model
    }

    #[test]
    fn a_household_and_an_office_see_their_own_lines_and_a_gate_or_a_guest_device_none() {
        let draft = RefusalDraft::default();
        let shown = |kind, may| list(&zh(), NOW, &model(kind, may), &draft);
        let house = shown(PrincipalKind::Household, true).unwrap();
        let who: Vec<&str> = house.rows.iter().map(|row| row.who.as_str()).collect();
        assert_eq!(who, ["赵六", "推销员  京N58K21"], "the newest first");
        assert_eq!(house.rows[1].why, "今天 14:23 起 · 推销");
        assert_eq!(house.rows[0].remove.1, "去掉 赵六");
        assert!(house.advice.contains("自己一户"));
        let office = shown(PrincipalKind::Office, true).unwrap();
        assert!(office.advice.contains("全小区"));
        assert_eq!(shown(PrincipalKind::Gate, true), None);
        assert_eq!(shown(PrincipalKind::Household, false), None);
    }

    #[test]
    fn a_line_names_somebody_and_what_is_missing_is_said_once_it_was_tried() {
        let mut draft = RefusalDraft {
            reason: "推销".into(),
            name: "  ".into(),
            ..RefusalDraft::default()
        };
        let model = model(PrincipalKind::Household, true);
        assert_eq!(draft.line(), None);
        let before = list(&en(), NOW, &model, &draft).unwrap();
        assert_eq!(before.fields[0].problem, None);
        draft.tried = true;
        let tried = list(&en(), NOW, &model, &draft).unwrap();
        assert!(tried.fields[0].problem.as_ref().unwrap().contains("name"));
        draft.plate = " 京N58K21 ".into();
        let line = draft.line().unwrap();
        assert_eq!(
            (line.name, line.plate.as_deref(), line.reason.as_deref()),
            (None, Some("京N58K21"), Some("推销"))
        );
        let whole = list(&en(), NOW, &model, &draft).unwrap();
        assert_eq!(whole.fields[0].problem, None);
    }
}
