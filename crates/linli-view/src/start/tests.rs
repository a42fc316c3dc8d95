//! The first page as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{en, zh};

#[test]
fn without_a_home_the_page_says_how_to_get_one() {
    let page = closed(&zh(), &Fault::of(FaultCode::NoHome), "/srv/li ran/.linli");
    assert_eq!(page.title, "欢迎来到邻里");
    let commands: Vec<_> = page
        .steps
        .iter()
        .filter_map(|step| step.command.as_deref())
        .collect();
    assert_eq!(
        commands,
        [
            "linli --home '/srv/li ran/.linli' join 邀请函 --device-name 电脑名",
            "linli --home '/srv/li ran/.linli' sas confirm 七个图案",
            "linli --home '/srv/li ran/.linli' community found --name 小区名 --utc-offset +08:00"
        ]
    );
    assert!(page.retry.is_some() && page.unlock.is_none());
}

#[test]
fn a_locked_home_asks_for_its_passphrase_and_says_when_it_was_wrong() {
    let locked = closed(&en(), &Fault::of(FaultCode::Locked), "/srv/h");
    assert_eq!(locked.unlock.unwrap().problem, None);
    let wrong = closed(&en(), &Fault::of(FaultCode::WrongPassphrase), "/srv/h");
    assert!(
        wrong
            .unlock
            .unwrap()
            .problem
            .unwrap()
            .starts_with("That passphrase is wrong")
    );
    assert_eq!(wrong.retry, None);
}

#[test]
fn a_home_in_trouble_says_that_nothing_is_lost() {
    let fault = Fault {
        message: "lock held\nby 4711".into(),
        ..Fault::of(FaultCode::Busy)
    };
    let page = closed(&zh(), &fault, "/srv/h");
    assert_eq!(
        (page.title.as_str(), page.detail.as_str()),
        ("另一个程序正占着这个家", "详细：lock held by 4711")
    );
    let gone = closed(&zh(), &Fault::of(FaultCode::Gone), "/srv/h");
    assert_eq!(
        gone.steps[0].command.as_deref(),
        Some("linli --home /srv/h node run")
    );
}

#[test]
fn a_path_never_breaks_out_of_its_quotes() {
    assert_eq!(quoted("a'; rm -r b"), "'a'\\''; rm -r b'");
    assert_eq!(quoted("/家/x-1.linli"), "/家/x-1.linli");
    assert_eq!(quoted(""), "''");
}

#[test]
fn joining_says_at_every_step_what_to_do_and_for_every_failure_what_to_do_next() {
    let pictures = crate::api::Pictures {
        emoji: (0..7).map(|_| "🐶".to_owned()).collect(),
        names_zh: (0..7).map(|_| "狗".to_owned()).collect(),
        names_en: (0..7).map(|_| "dog".to_owned()).collect(),
        numbers: (1..8).collect(),
        unit: Some("3-2-501".into()),
        role: "household".into(),
        meanwhile: crate::api::Meanwhile::default(),
    };
    let stages = [
        JoinStage::Form,
        JoinStage::Asking,
        JoinStage::Pictures(pictures.clone()),
        JoinStage::Confirming(pictures.clone()),
        JoinStage::Leaving(Some(pictures)),
        JoinStage::Leaving(None),
    ];
    for words in [zh(), en()] {
        for stage in &stages {
            for code in [
                None,
                Some("sas-different"),
                Some("join-confirmed"),
                Some("of-a-later-version"),
            ] {
                let draft = JoinDraft {
                    stage: stage.clone(),
                    problem: code.map(str::to_owned),
                    ..JoinDraft::default()
                };
                let page = join(&words, &draft, Begin::Household, true);
                assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
                assert!(page.emergency.contains("120"));
                assert_eq!(page.form.is_some(), page.again.is_some());
                let waits = !matches!(stage, JoinStage::Form | JoinStage::Pictures(_));
                assert_eq!(page.button.is_none(), waits, "nothing is pressed twice");
                assert_eq!(page.anew.is_none(), waits, "there is a way out");
                if let Some(seven) = page.pictures {
                    assert_eq!(seven.seven.len(), 7);
                    assert!(seven.spoken.contains('7'));
                }
            }
        }
    }
    assert_eq!(
        join(&en(), &JoinDraft::default(), Begin::Household, false).again,
        None
    );
}

#[test]
fn the_form_names_what_is_missing_in_the_order_of_its_fields() {
    let mut draft = JoinDraft::default();
    assert_eq!(draft.missing("", ""), Some("no-invite"));
    draft.invite = " LLI1 ".into();
    assert_eq!(draft.missing("", ""), Some("no-name"));
    draft.name = "客厅".into();
    assert_eq!(draft.missing("", ""), None);
    assert_eq!(draft.missing("opens", "opens"), None);
    assert_eq!(draft.missing("opens", "open"), Some("passphrases-differ"));
    assert_eq!(draft.missing("  ", "  "), Some("empty-passphrase"));
}

#[test]
fn who_begins_is_asked_first_and_every_answer_leads_to_its_own_page() {
    for words in [zh(), en()] {
        let closed = || closed(&words, &Fault::of(FaultCode::NoHome), "/srv/h");
        let (join, found) = (JoinDraft::default(), FoundDraft::default());
        let page = |chosen, begun| {
            beginning(
                &words,
                closed(),
                Look::Light,
                chosen,
                (&join, &found),
                None,
                begun,
            )
        };
        let first = page(None, false);
        let asked = first.begin.unwrap();
        assert_eq!(asked.answers.len(), 4);
        assert!(first.join.is_none() && first.found.is_none());
        assert!(asked.emergency.contains("120"));
        let on = asked.switches.iter().filter(|switch| switch.on).count();
        assert_eq!(on, 1, "the language that is spoken");
        let mut titles = std::collections::BTreeSet::new();
        for answer in asked.answers {
            let page = page(Some(answer.begin), false);
            assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
            assert!(page.begin.is_none());
            let title = match (page.join, page.found) {
                (Some(join), None) => join.title,
                (None, Some(found)) => found.title,
                other => panic!("{other:?}"),
            };
            titles.insert(title);
        }
        assert_eq!(titles.len(), 4);
        let begun = page(None, true);
        assert!(begun.begin.is_none() && begun.join.unwrap().again.is_some());
    }
}

#[test]
fn nothing_is_tried_again_while_the_node_is_at_work() {
    let words = en();
    let retry = |joining: JoinStage, founding: FoundStage| {
        let join = JoinDraft {
            stage: joining,
            ..JoinDraft::default()
        };
        let found = FoundDraft {
            stage: founding,
            ..FoundDraft::default()
        };
        let page = closed(&words, &Fault::of(FaultCode::NoHome), "/srv/h");
        let drafts = (&join, &found);
        beginning(&words, page, Look::Light, None, drafts, None, false).retry
    };
    assert!(retry(JoinStage::Form, FoundStage::Form).is_some());
    for stage in [
        JoinStage::Asking,
        JoinStage::Confirming(crate::api::Pictures::default()),
        JoinStage::Leaving(None),
    ] {
        assert_eq!(retry(stage, FoundStage::Form), None);
    }
    assert_eq!(retry(JoinStage::Form, FoundStage::Drawing), None);
}

#[test]
fn the_invitation_says_whom_it_is_for() {
    let mut pictures = crate::api::Pictures {
        unit: Some("3-2-501".into()),
        role: "household".into(),
        ..crate::api::Pictures::default()
    };
    let said = |pictures: &crate::api::Pictures| {
        let draft = JoinDraft {
            stage: JoinStage::Pictures(pictures.clone()),
            ..JoinDraft::default()
        };
        let page = join(&en(), &draft, Begin::Household, false);
        page.pictures.unwrap().unit
    };
    assert_eq!(said(&pictures).unwrap(), "The invitation is for 3-2-501.");
    (pictures.unit, pictures.role) = (None, "gate:1".into());
    assert_eq!(said(&pictures).unwrap(), "The invitation is for gate 1.");
    pictures.role = "office:业委会".into();
    assert_eq!(
        said(&pictures).unwrap(),
        "The invitation is for an office: 业委会."
    );
    pictures.role = "screen".into();
    assert_eq!(said(&pictures), None);
}

#[test]
fn an_invitation_for_something_else_than_what_was_chosen_is_said_before_anybody_confirms() {
    let said = |role: &str, chosen| {
        let draft = JoinDraft {
            stage: JoinStage::Pictures(crate::api::Pictures {
                unit: Some("3-2-501".into()),
                role: role.into(),
                ..crate::api::Pictures::default()
            }),
            ..JoinDraft::default()
        };
        let [zh, en] = [zh(), en()].map(|words| {
            let page = closed(&words, &Fault::of(FaultCode::NoHome), "/srv/h");
            let drafts = (&draft, &FoundDraft::default());
            let page = beginning(&words, page, Look::Light, chosen, drafts, None, true);
            page.join.unwrap().pictures.unwrap().other
        });
        assert_eq!(zh.is_some(), en.is_some());
        assert!(!format!("{zh:?}{en:?}").contains('⟦'));
        en
    };
    let other = said("household", Some(Begin::Gate)).unwrap();
    assert!(other.contains("A gate") && other.contains("A household"));
    assert!(said("gate:1", Some(Begin::Household)).is_some());
    assert!(said("gate:1", Some(Begin::Office)).is_some());
    for (role, chosen) in [
        ("household", Some(Begin::Household)),
        ("sibling", Some(Begin::Household)),
        ("gate:1", Some(Begin::Gate)),
        ("office:业委会", Some(Begin::Office)),
        ("of-a-later-version", Some(Begin::Gate)),
        // A joining that goes on after a restart: nobody has chosen.
        ("gate:1", None),
    ] {
        assert_eq!(said(role, chosen), None, "{role}");
    }
}

#[test]
fn who_is_heard_is_said_to_say_so_itself_and_what_it_needs_is_said_too() {
    use crate::api::{Nearby, NearbyCommunity};
    let one = NearbyCommunity {
        name: "朝阳\u{202e}花园".into(),
        picture: "🐶 🔑".into(),
    };
    let heard = |heard: Vec<NearbyCommunity>, others| Nearby { heard, others };
    for words in [zh(), en()] {
        let open = around(&words, &heard(vec![one.clone()], 3));
        assert_eq!(open.len(), 2);
        assert!(open[0].contains("🐶") && !open[0].contains('\u{202e}'));
        assert!(open[1].contains("LLI1"), "the invitation is still needed");
        let closed = around(&words, &heard(vec![], 3));
        assert!(closed.len() == 1 && closed[0].contains('3'));
        assert_eq!(around(&words, &heard(vec![], 0)).len(), 1);
        let many = around(&words, &heard(vec![one.clone(); 99], 0));
        assert_eq!(many.len(), AROUND_MAX + 1, "whoever claims to be many");
        assert!(!format!("{open:?}{closed:?}").contains('⟦'));
    }
}

#[test]
fn while_it_waits_to_be_verified_notices_and_numbers_are_readable_and_said_to_be_unverified() {
    use crate::api::{Meanwhile, MeanwhileNotice, MeanwhileNumber};
    let mut pictures = crate::api::Pictures::default();
    let draft = |stage: JoinStage| JoinDraft {
        stage,
        ..JoinDraft::default()
    };
    let page = |words: &Catalogue, stage| join(words, &draft(stage), Begin::Household, false);
    let bare = page(&zh(), JoinStage::Pictures(pictures.clone()));
    assert_eq!(bare.waiting, None, "an older host sends nothing");
    pictures.meanwhile = Meanwhile {
        notices: vec![MeanwhileNotice {
            office: "居委会".into(),
            title: "停水".into(),
            body: "周三上午\u{202e}停水。".into(),
            at_ms: 1,
        }],
        numbers: vec![MeanwhileNumber {
            office: "物业".into(),
            label: "值班室".into(),
            number: "010-6666 0001".into(),
        }],
    };
    for words in [zh(), en()] {
        for stage in [
            JoinStage::Pictures(pictures.clone()),
            JoinStage::Confirming(pictures.clone()),
        ] {
            let waiting = page(&words, stage).waiting.unwrap();
            assert!(!waiting.title.contains('⟦'));
            assert!(waiting.numbers[0].contains("010-6666 0001"));
            assert!(waiting.notices[0].0.contains("停水"));
            assert!(!waiting.notices[0].1.contains('\u{202e}'));
        }
        assert_eq!(page(&words, JoinStage::Form).waiting, None);
    }
}
