//! The page of invitations as text, in both languages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::api::{
    Fault, FaultCode, Incoming, InviteReport, Me, Passphrase, Pictures, PrincipalKind, Reply,
    Request, UnitItem,
};
use crate::model::Told;
use crate::samples::{MINUTE, NOW, en, zh};
use proptest::prelude::*;

fn model(roles: &[&str]) -> Model {
    let mut model = crate::samples::model();
    model.invites = Some(InviteReport {
        may: roles.iter().map(|role| (*role).to_owned()).collect(),
        ..InviteReport::default()
    });
    model
}

fn office() -> Model {
    let mut model = model(&["household", "office", "gate", "screen"]);
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    *me = Me {
        kind: PrincipalKind::Office,
        unit: None,
        ..me.clone()
    };
    model
}

fn item(id: &str, state: InviteState) -> InviteItem {
    InviteItem {
        id: id.into(),
        state,
        role: "household".into(),
        unit: Some("3-2-501".into()),
        until_ms: NOW.ms + 10 * MINUTE,
        known_unit: true,
        tries_left: 3,
        ..InviteItem::default()
    }
}

fn open_one(model: &mut Model, one: InviteItem) {
    model.invites.as_mut().unwrap().invites.push(one);
}

fn comparing(id: &str, device: &str) -> InviteItem {
    InviteItem {
        device_name: Some(device.into()),
        pictures: Some(Pictures {
            emoji: vec!["🐶".into(); 7],
            names_zh: vec!["狗".into(); 7],
            names_en: vec!["dog".into(); 7],
            numbers: vec![1; 7],
            ..Pictures::default()
        }),
        ..item(id, InviteState::Comparing)
    }
}

fn fold(model: &mut Model, request: Request, reply: Reply) -> crate::model::Folded {
    model.asked(7, request);
    model.fold(Incoming::Reply { id: 7, reply })
}

#[test]
fn what_this_device_may_not_open_is_not_offered_and_said_where_it_may_nothing() {
    for words in [zh(), en()] {
        let page = |model: &Model| page(&words, NOW, model, &InviteDraft::default());
        let offered = |model: &Model| -> Vec<Whom> {
            let form = page(model).form.unwrap();
            form.whom.iter().map(|one| one.to).collect()
        };
        assert_eq!(
            offered(&office()),
            [Whom::Household, Whom::Office, Whom::Gate, Whom::Screen]
        );
        assert_eq!(offered(&model(&["sibling"])), [Whom::Sibling]);
        let none = page(&model(&[]));
        assert!(none.form.is_none() && none.none.is_some());
        assert!(entry(&words, NOW, &model(&[])).is_none());
        // Before the node has said so nobody is told that he may not.
        let mut unknown = model(&[]);
        unknown.invites = None;
        assert!(page(&unknown).none.is_none());
        assert!(!format!("{none:?}{:?}", page(&office())).contains('⟦'));
    }
}

#[test]
fn the_form_says_what_is_missing_and_asks_for_what_the_command_line_does() {
    let model = office();
    let draft = |whom| InviteDraft {
        whom: Some(whom),
        ..InviteDraft::default()
    };
    let missing = |draft: InviteDraft| draft.request(&model).unwrap_err();
    assert_eq!(missing(draft(Whom::Household)), "no-unit");
    assert_eq!(missing(draft(Whom::Office)), "no-office");
    assert_eq!(missing(draft(Whom::Gate)), "no-gate");
    let hidden = InviteDraft {
        office: "物业\u{200b}".into(),
        ..draft(Whom::Office)
    };
    assert_eq!(missing(hidden), "office-name-unfit");
    for (draft, unit, role, ttl_s) in [
        (
            InviteDraft {
                unit: " 3-2-501 ".into(),
                ..draft(Whom::Household)
            },
            Some("3-2-501"),
            "household",
            600,
        ),
        (
            InviteDraft {
                office: "物业".into(),
                unit: "3-2-501".into(),
                hold: Hold::Day,
                ..draft(Whom::Office)
            },
            None,
            "office:物业",
            86_400,
        ),
        (
            InviteDraft {
                gate: Some(2),
                hold: Hold::Hour,
                ..draft(Whom::Gate)
            },
            None,
            "gate:2",
            3_600,
        ),
        (draft(Whom::Screen), None, "screen", 600),
    ] {
        let wanted = Request::InviteOpen {
            unit: unit.map(str::to_owned),
            role: role.into(),
            ttl_s,
        };
        assert_eq!(draft.request(&model), Ok(wanted));
    }
    // A household adds a computer of its own, whatever was chosen elsewhere.
    let own = draft(Whom::Gate).request(&self::model(&["sibling"]));
    assert!(matches!(own, Ok(Request::InviteOpen { role, .. }) if role == "sibling"));
    for words in [zh(), en()] {
        for code in ["no-unit", "no-office", "no-gate", "office-name-unfit"] {
            let said = problem(&words, code);
            assert!(!said.contains(code) && !said.contains('⟦'), "{said}");
        }
        assert!(problem(&words, "something-else").contains("something-else"));
    }
}

#[test]
fn units_of_the_register_are_offered_for_what_is_typed_and_for_nothing_else() {
    let mut model = office();
    let unit = |unit: &str, devices| UnitItem {
        unit: unit.into(),
        devices,
        online: false,
        plates: Vec::new(),
    };
    let many = (1..20).map(|n| unit(&format!("3-2-5{n:02}"), 0));
    model.asked_for.units = Some(("3-2".into(), many.chain([unit("3-2-601", 2)]).collect()));
    let form = |typed: &str| {
        let draft = InviteDraft {
            unit: typed.into(),
            ..InviteDraft::default()
        };
        let form = page(&en(), NOW, &model, &draft).form.unwrap();
        form.unit.unwrap()
    };
    let shown = form("3-2");
    assert_eq!(shown.found.len(), 8);
    assert!(shown.note.is_some(), "that there are more is said");
    assert!(form("3-").found.is_empty(), "an answer to something else");
    model.asked_for.units = Some(("3-2-601".into(), vec![unit("3-2-601", 2)]));
    let draft = InviteDraft {
        unit: "3-2-601".into(),
        ..InviteDraft::default()
    };
    let form = page(&en(), NOW, &model, &draft).form.unwrap();
    let unit = form.unit.unwrap();
    assert!(unit.found.is_empty());
    assert!(unit.note.unwrap().contains("2 computers"));
}

#[test]
fn an_invitation_goes_from_its_line_to_the_pictures_and_shows_who_knocks() {
    for words in [zh(), en()] {
        let mut model = office();
        let line = Passphrase("LLI1:ABC".into());
        open_one(
            &mut model,
            InviteItem {
                line: Some(line.clone()),
                ..item("i:1", InviteState::Open)
            },
        );
        let draft = InviteDraft {
            shown: Some("i:1".into()),
            ..InviteDraft::default()
        };
        let card = |model: &Model| *page(&words, NOW, model, &draft).card.unwrap();
        let shown = card(&model);
        assert!(matches!(&shown.stage, InviteStage::Waits(waits) if waits.line == line));
        assert!(shown.until.contains("14:42"), "{}", shown.until);
        assert!(
            !format!("{shown:?}").contains("LLI1:ABC"),
            "it prints as dots"
        );
        assert!(knock(&words, NOW, &model, Screen::Board).is_none());
        let items = &mut model.invites.as_mut().unwrap().invites;
        items[0] = comparing("i:1", "客厅\u{202e}电脑");
        let knocks = knock(&words, NOW, &model, Screen::Board).unwrap();
        assert!(knocks.text.contains("客厅电脑") && knocks.text.contains("3-2-501"));
        assert!(knock(&words, NOW, &model, Screen::Invite).is_none());
        let shown = card(&model);
        let InviteStage::Pictures { form, differ, .. } = &shown.stage else {
            panic!("{shown:?}");
        };
        assert_eq!(form.seven.len(), 7);
        assert!(differ.contains('3'), "how often it may go wrong: {differ}");
        let items = &mut model.invites.as_mut().unwrap().invites;
        items[0].confirmed = true;
        assert!(matches!(card(&model).stage, InviteStage::Agreed(_)));
        assert!(knock(&words, NOW, &model, Screen::Board).is_none());
        let items = &mut model.invites.as_mut().unwrap().invites;
        items[0].state = InviteState::Enrolled;
        let shown = card(&model);
        assert!(matches!(shown.stage, InviteStage::Joined(_)));
        assert!(shown.close.is_none(), "what is done is not closed");
        assert!(!format!("{shown:?}").contains('⟦'));
    }
}

#[test]
fn who_waits_is_on_screen_by_itself_but_not_in_place_of_another() {
    let mut model = office();
    open_one(&mut model, item("i:1", InviteState::Open));
    open_one(&mut model, comparing("i:2", "study"));
    let mut draft = InviteDraft::default();
    let shown = |draft: &InviteDraft| page(&en(), NOW, &model, draft).card.unwrap().id;
    assert_eq!(shown(&draft), "i:2");
    draft.show(Some("i:1".into()));
    assert_eq!(shown(&draft), "i:1");
    let rows = page(&en(), NOW, &model, &draft).list;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].tone, Tone::Warn);
    assert!(rows[1].state.contains("study"));
}

#[test]
fn what_is_over_is_gone_before_the_node_says_so_and_the_page_says_that_it_is() {
    let mut model = office();
    open_one(
        &mut model,
        InviteItem {
            until_ms: NOW.ms,
            ..item("i:1", InviteState::Open)
        },
    );
    let draft = InviteDraft {
        shown: Some("i:1".into()),
        ..InviteDraft::default()
    };
    let page = page(&zh(), NOW, &model, &draft);
    assert!(page.card.is_none() && page.list.is_empty() && page.gone.is_some());
    assert!(
        self::page(&zh(), NOW, &model, &InviteDraft::default())
            .gone
            .is_none()
    );
}

#[test]
fn joining_is_told_once_and_a_fault_of_a_step_names_its_step() {
    let mut model = office();
    let report = |model: &Model, state, opened: Option<&str>| {
        let mut report = model.invites.clone().unwrap();
        report.invites = vec![item("i:1", state)];
        report.opened = opened.map(str::to_owned);
        Reply::Invites(Box::new(report))
    };
    let open = Request::InviteOpen {
        unit: None,
        role: "household".into(),
        ttl_s: 600,
    };
    let reply = report(&model, InviteState::Open, Some("i:1"));
    let told = fold(&mut model, open.clone(), reply).told;
    let id = "i:1".to_owned();
    assert_eq!(told, Some(Told::Invite(InviteTold::Opened { id })));
    let reply = report(&model, InviteState::Enrolled, None);
    let told = fold(&mut model, Request::Invites, reply.clone()).told;
    let joined = matches!(&told, Some(Told::Invite(InviteTold::Joined { unit: Some(unit), .. })) if unit == "3-2-501");
    assert!(joined, "{told:?}");
    assert_eq!(fold(&mut model, Request::Invites, reply).told, None);
    let fault = |code: &str| {
        Reply::Fault(Fault {
            message: code.into(),
            ..Fault::of(FaultCode::NotAllowed)
        })
    };
    let folded = fold(&mut model, open, fault("not-issuing"));
    assert_eq!(folded.asks, [Request::Invites]);
    let (step, code) = (Step::Open, "not-issuing".to_owned());
    let failed = Told::Invite(InviteTold::Failed { step, code });
    assert_eq!(folded.told, Some(failed));
    assert!(model.closed.is_none());
    let silent = fold(&mut model, Request::Invites, fault("our-fault"));
    assert_eq!(silent.told, None, "nobody pressed anything");
}

#[test]
fn the_file_has_the_line_alone_on_its_line_and_nobody_in_its_name() {
    let model = office();
    let one = InviteItem {
        line: Some(Passphrase("LLI1:ABC".into())),
        ..item("i:1", InviteState::Open)
    };
    for words in [zh(), en()] {
        let file = file(&words, NOW, &model, &one).unwrap();
        assert!(file.text.lines().any(|line| line == "LLI1:ABC"));
        assert!(!file.name.contains("501") && file.name.ends_with(".txt"));
        assert!(!file.text.contains('⟦'));
    }
    assert!(file(&zh(), NOW, &model, &item("i:1", InviteState::Answered)).is_none());
}

#[test]
fn an_office_that_is_alone_is_offered_to_invite_first() {
    let mut model = office();
    assert!(!entry(&en(), NOW, &model).unwrap().first);
    model.report.as_mut().unwrap().peers.clear();
    assert!(entry(&en(), NOW, &model).unwrap().first);
    open_one(&mut model, item("i:1", InviteState::Open));
    let text = entry(&en(), NOW, &model).unwrap().text;
    assert_eq!(text, "One invitation is open.");
}

proptest! {
    /// Whatever a joining device calls itself and whatever role a newer host has: the page stands, cleaned.
    #[test]
    fn foreign_names_and_roles_are_drawn_cleaned(name in "\\PC{0,80}", role in "[a-z]{0,8}:?\\PC{0,60}") {
        let mut model = office();
        open_one(&mut model, InviteItem { role, ..comparing("i:1", &name) });
        let page = page(&zh(), NOW, &model, &InviteDraft::default());
        let card = page.card.unwrap();
        prop_assert!(card.title.chars().count() <= 80);
        prop_assert!(!card.title.chars().any(clean::invisible));
    }
}
