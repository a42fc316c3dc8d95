//! A gate's call as text: who, where, since when, and how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use crate::api::{Incoming, Reply, Request, RingSaid};
use crate::samples::{MINUTE, NOW, call, en, model, zh};

fn rung(rings: Vec<RingItem>) -> Model {
    let mut model = model();
    model.rings = rings;
    model
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

#[test]
fn a_call_says_who_asks_at_which_gate_and_since_when() {
    let mut ring = call("e:1", NOW.ms - 2 * MINUTE);
    ring.resident = true;
    let model = rung(vec![ring]);
    let view = super::call(&zh(), NOW, &model, &none()).unwrap();
    assert_eq!(view.title, "东门有人找您");
    assert_eq!(view.who, "老周，同行还有 1 人");
    assert_eq!(
        view.facts,
        [
            "要去 3-2-501",
            "自称是住户，没带卡",
            "14:30 起在等（2 分钟前）"
        ]
    );
    let names: Vec<&str> = view.choices.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names,
        ["可以进来（F1）", "不要放进来（F2）", "我不清楚（F3）"]
    );
    assert_eq!(
        view.name,
        "东门有人找您，老周，同行还有 1 人，要去 3-2-501，自称是住户，没带卡，14:30 起在等（2 分钟前）"
    );
    let view = super::call(&en(), NOW, &model, &none()).unwrap();
    assert_eq!(view.title, "Somebody asks for you at 东门");
    assert_eq!(view.who, "老周, with 1 more");
    assert_eq!(view.facts[2], "Waiting since 14:30 (2 minutes ago)");
    assert!(view.name.contains("at 东门, 老周, with 1 more, Wants"));
}

#[test]
fn a_call_about_a_pass_says_what_was_shown_and_why_the_gate_asks() {
    let mut ring = call("e:1", NOW.ms - 2 * MINUTE);
    ring.code = Some("E_COMPANIONS".into());
    ring.plate = Some("京AD12345".into());
    ring.pass = Some("k3v9x2qa".into());
    let model = rung(vec![ring]);
    let said = |words: &Catalogue| super::call(words, NOW, &model, &none()).unwrap();
    assert_eq!(
        said(&zh()).facts[1..4],
        [
            "出示了到您家的通行码",
            "车牌 京AD12345",
            "来的人比通行码上的多"
        ]
    );
    let view = said(&en());
    assert_eq!(
        view.facts[1..4],
        [
            "Shows a pass to your home",
            "Plate 京AD12345",
            "More people came than the pass says"
        ]
    );
    assert!(
        view.name.contains("Shows a pass"),
        "heard too: {}",
        view.name
    );
    assert!(!view.name.contains("k3v9"), "its name is for programs");
    let page = crate::doorbell::page(&zh(), NOW, &model);
    assert!(page.calls[0].when.contains("来的人比通行码上的多"));
    // Every code that asks has words of its own, and one of a later version has some.
    let why = |code: &str| about(&zh(), Some(code), None, None).remove(0);
    let mut seen = BTreeSet::new();
    for code in [
        "E_AWAY",
        "E_COMPANIONS",
        "E_PLATE",
        "E_PLATE_NEAR",
        "E_INSIDE",
        "E_CLOCK",
        "E_STALE",
        "E_HELD",
        "E_NEW",
    ] {
        assert!(seen.insert(why(code)), "{code}");
    }
}

#[test]
fn the_oldest_call_is_answered_first_and_a_nameless_one_at_a_nameless_gate_has_words_too() {
    let mut bare = call("e:2", NOW.ms - 5 * MINUTE);
    (bare.name, bare.gate_name, bare.unit, bare.companions) = (None, None, None, 0);
    let model = rung(vec![call("e:1", NOW.ms), bare]);
    let view = super::call(&zh(), NOW, &model, &none()).unwrap();
    assert_eq!(view.event, "e:2");
    assert_eq!((&*view.title, &*view.who), ("1号门有人找您", "没有说姓名"));
    assert_eq!(view.more.unwrap(), "还有 1 个呼叫在等。");
    let aside = BTreeSet::from(["e:2".to_owned()]);
    let view = super::call(&zh(), NOW, &model, &aside).unwrap();
    assert_eq!((&*view.event, view.more), ("e:1", None));
    let waiting = waiting(&zh(), NOW, &model, &aside);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].text, "1号门还在等您回话：没有说姓名");
    assert_eq!(waiting[0].name, "回答1号门的呼叫");
}

#[test]
fn what_does_not_ring_here_is_too_old_or_is_being_answered_stands_over_nothing() {
    let mut elsewhere = call("e:1", NOW.ms);
    elsewhere.here = false;
    assert!(super::call(&zh(), NOW, &rung(vec![elsewhere]), &none()).is_none());
    let old = call("e:1", NOW.ms - LIVE_MS - 1);
    assert!(super::call(&zh(), NOW, &rung(vec![old]), &none()).is_none());

    let mut model = rung(vec![call("e:1", NOW.ms)]);
    let answer = Request::RingAnswer {
        event: "e:1".into(),
        admit: true,
    };
    model.asked(7, answer);
    assert!(
        super::call(&zh(), NOW, &model, &none()).is_none(),
        "not twice"
    );
    // The node refuses: the question is back, and what stands is looked up.
    let reply = Reply::Fault(crate::api::Fault::of(crate::api::FaultCode::Storage));
    let folded = model.fold(Incoming::Reply { id: 7, reply });
    assert_eq!(folded.asks, [Request::Rings]);
    assert!(folded.told.is_some());
    assert!(super::call(&zh(), NOW, &model, &none()).is_some());
}

#[test]
fn every_end_of_a_call_is_told_once_and_our_own_answer_is_not_told_as_somebody_elses() {
    let at = |state, answers: &[(bool, bool)]| {
        let mut ring = call("e:1", NOW.ms);
        ring.state = state;
        ring.answers = answers
            .iter()
            .map(|(admit, mine)| RingSaid {
                admit: *admit,
                mine: *mine,
            })
            .collect();
        ring
    };
    use RingState::{Admit, Decided, NoAnswer, NotReached, Refuse, Rings};
    let told = |ring: &RingItem, before| news(ring, NOW, before);
    assert_eq!(told(&at(Rings, &[]), Rings), None);
    assert_eq!(told(&at(Admit, &[(true, true)]), Rings), None);
    let other = told(&at(Admit, &[(true, false)]), Rings);
    assert_eq!(other, Some(CallTold::AdmitElsewhere));
    assert_eq!(told(&at(Admit, &[]), Admit), None, "once");
    let other = told(&at(Refuse, &[(true, true), (false, false)]), Admit);
    assert_eq!(other, Some(CallTold::RefuseElsewhere));
    assert_eq!(told(&at(Refuse, &[(false, true)]), Rings), None);
    assert_eq!(told(&at(NoAnswer, &[]), Rings), Some(CallTold::NoAnswer));
    assert_eq!(told(&at(NotReached, &[]), Rings), Some(CallTold::NoAnswer));
    assert_eq!(told(&at(Decided, &[]), Admit), Some(CallTold::LetIn));
    let mut old = at(Rings, &[]);
    old.at_ms = NOW.ms - LIVE_MS - 1;
    assert_eq!(told(&old, Rings), Some(CallTold::Old));
    let all = [
        CallTold::SaidAdmit,
        CallTold::SaidRefuse,
        CallTold::Aside,
        CallTold::AdmitElsewhere,
        CallTold::RefuseElsewhere,
        CallTold::NoAnswer,
        CallTold::LetIn,
        CallTold::Old,
    ];
    for words in [zh(), en()] {
        let texts: BTreeSet<String> = all.map(|one| super::told(&words, one).0).into();
        assert_eq!(texts.len(), all.len(), "each has its own sentence");
        assert!(texts.iter().all(|text| !text.contains('⟦')));
    }
}
