//! The key that calls the household about the answer on the screen.

use super::*;
use crate::api::RingState;

fn asked() -> GateAnswer {
    GateAnswer {
        result: GateResult::Ask,
        opens: false,
        code: Some("E_COMPANIONS".into()),
        event: Some("e:7".into()),
        ..answer()
    }
}

fn about(event: &str) -> Option<Intent> {
    let event = event.to_owned();
    Some(Intent::CallAbout { event })
}

fn walk_in_key(words: &Catalogue, facts: Facts<'_>) -> String {
    let entry = station(words, NOW, facts).entry;
    let key = |one: &&ModeKey| one.mode == Mode::WalkIn;
    entry.modes.iter().find(key).unwrap().word.clone()
}

#[test]
fn an_answer_that_asks_says_which_key_calls_whom_in_both_languages() {
    let asked = asked();
    let facts = Facts {
        answer: Some(&asked),
        ..Facts::default()
    };
    assert_eq!(calling(&facts), about("e:7"));
    for (words, key, hint) in [
        (zh(), "F3 呼叫住户", "按 F3 呼叫 3-2-501"),
        (en(), "F3 Call household", "Press F3 to call 3-2-501"),
    ] {
        let verdict = shown(&words, Some(&asked), &status()).verdict.unwrap();
        let (said, tone) = verdict.call.unwrap();
        assert!(said.starts_with(hint), "{said}");
        assert_eq!(tone, Tone::Warn);
        assert!(verdict.name.contains(hint), "heard too: {}", verdict.name);
        assert_eq!(walk_in_key(&words, facts), key);
        let quiet = walk_in_key(&words, Facts::default());
        assert_ne!(quiet, key, "the key is the walk-in's again");
    }
}

#[test]
fn the_key_is_the_walk_ins_where_nobody_is_asked_about_or_the_next_one_is_typed_in() {
    let asked = asked();
    let facts = Facts {
        answer: Some(&asked),
        ..Facts::default()
    };
    for other in [
        GateAnswer {
            result: GateResult::Admit,
            ..asked.clone()
        },
        GateAnswer {
            result: GateResult::Deny,
            ..asked.clone()
        },
        GateAnswer {
            unit: None,
            ..asked.clone()
        },
        GateAnswer {
            event: None,
            ..asked.clone()
        },
        GateAnswer {
            ring: Some(RingState::NoAnswer),
            ..asked.clone()
        },
    ] {
        let answer = Some(&other);
        assert_eq!(calling(&Facts { answer, ..facts }), None, "{other:?}");
        let line = shown(&en(), answer, &status()).verdict.unwrap().call;
        let hint = line.is_some_and(|(said, _)| said.contains("F3"));
        assert!(!hint, "{other:?}");
    }
    let nobody = Facts {
        answer: None,
        ..facts
    };
    let typed = Facts {
        typed: "4821",
        ..facts
    };
    let counted = Facts {
        companions: 1,
        ..facts
    };
    let plate = Facts {
        lane_plate: Some("京N58K27"),
        ..facts
    };
    for other in [nobody, typed, counted, plate] {
        assert_eq!(calling(&other), None, "{other:?}");
    }
    for mode in Mode::KEYED {
        let can = calling(&Facts { mode, ..facts }).is_some();
        let rests = matches!(mode, Mode::Scan | Mode::Override);
        assert_eq!(can, rests, "{mode:?}");
    }
}

#[test]
fn what_the_household_says_stands_on_the_verdict_and_the_verdict_stands_as_long_as_it_rings() {
    let at = |ring, later_ms| {
        let answer = GateAnswer {
            ring: Some(ring),
            at_ms: NOW.ms - later_ms,
            ..asked()
        };
        shown(&zh(), Some(&answer), &status()).verdict
    };
    let said = |ring| at(ring, 0).unwrap().call;
    let (admit, tone) = said(RingState::Admit).unwrap();
    assert!(admit.contains("住户说：可以进来") && admit.contains("F8"));
    assert_eq!(tone, Tone::Good);
    let (refuse, tone) = said(RingState::Refuse).unwrap();
    assert!(refuse.contains("住户说：不要放进来"));
    assert_eq!(tone, Tone::Danger);
    assert_eq!(said(RingState::Decided), None);
    // A household may let each device ring for two minutes.
    assert!(at(RingState::Rings, 121_000).is_some());
    assert!(at(RingState::Admit, 61_000).is_none());
}

#[test]
fn a_pin_that_nobody_was_asked_for_is_said_with_the_question() {
    let answer = GateAnswer {
        pin_unasked: true,
        ..asked()
    };
    for (words, part) in [
        (zh(), "另有口令，还没有问"),
        (en(), "a PIN that was not asked"),
    ] {
        let verdict = shown(&words, Some(&answer), &status()).verdict.unwrap();
        assert!(
            verdict.sentence.contains(part) && verdict.name.contains(part),
            "{}",
            verdict.sentence
        );
    }
    let let_in = GateAnswer {
        pin_unasked: true,
        ..super::answer()
    };
    let verdict = shown(&en(), Some(&let_in), &status()).verdict.unwrap();
    assert!(!verdict.sentence.contains("PIN"));
}
