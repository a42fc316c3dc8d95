//! Help as text: who is told what, when the numbers come, what is heard where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::{
    Care, Fault, FaultCode, HelpEar, HelpHow, HelpReceived, HelpReport, Incoming, MissedItem,
    PhoneItem, Reply, Request, Topic,
};
use crate::model::Told;
use crate::samples::{DAY, HOUR, NOW, en, model, zh};
use crate::tone::Tone;
use proptest::prelude::*;

mod care;

fn item(id: &str, by: &str, at_ms: u64) -> HelpItem {
    HelpItem {
        id: id.into(),
        by: by.into(),
        practice: false,
        open: true,
        at_ms,
        over_ms: None,
        own: false,
        words: None,
        asks_me: true,
        hears_as: HelpEar::Neighbour,
        received: Vec::new(),
    }
}

fn own(at_ms: u64) -> HelpItem {
    HelpItem {
        own: true,
        asks_me: false,
        hears_as: HelpEar::Own,
        ..item("h:own", "3-2-501", at_ms)
    }
}

fn by(name: &str, kind: PrincipalKind, how: HelpHow) -> HelpReceived {
    HelpReceived {
        by: name.into(),
        kind,
        how,
        at_ms: (how != HelpHow::Holds).then_some(NOW.ms),
    }
}

fn with(calls: Vec<HelpItem>) -> Model {
    let mut model = model();
    model.help.calls = calls;
    model
}

fn later(ms: u64) -> Now {
    Now {
        ms: NOW.ms + ms,
        ..NOW
    }
}

fn open_call(now: Now, model: &Model) -> OpenCall {
    match page(&zh(), now, model, &HelpState::default()).mine {
        Some(Mine::Open(call)) => *call,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_numbers_come_after_ten_seconds_without_anybody_and_go_when_somebody_has_it() {
    let mut model = with(vec![own(NOW.ms)]);
    let early = open_call(later(9_999), &model);
    assert_eq!((early.call_now.as_ref(), early.tone), (None, Tone::Info));
    assert!(early.state.contains("十秒"), "{}", early.state);
    assert!(!overdue(&model, later(9_999)) && overdue(&model, later(10_000)));
    let late = open_call(later(10_000), &model);
    let numbers = late.call_now.unwrap();
    let state: Vec<&str> = numbers.state.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(state, ["急救：120", "报警：110", "火警：119"]);
    assert_eq!(late.tone, Tone::Danger);
    assert!(late.state.starts_with("这里还没有人收到"), "{}", late.state);
    // A neighbour's computer has it. That is nobody yet.
    let holds = by("3-2-502", PrincipalKind::Household, HelpHow::Holds);
    model.help.calls[0].received = vec![holds];
    let held = open_call(later(10_000), &model);
    assert!(held.call_now.is_some() && held.state.contains("还没有人回应"));
    assert_eq!(
        held.received[0].text,
        "邻居 3-2-502 的电脑上有了，还没有人回应"
    );
    for (how, state) in [
        (HelpHow::Received, "已经收到"),
        (HelpHow::Heard, "已经有人听到了"),
        (HelpHow::Coming, "有人正赶来"),
    ] {
        let gate = by("东门", PrincipalKind::Gate, how);
        model.help.calls[0].received = vec![gate];
        // A computer that says "received" is believed for a minute, a person for good.
        let person = how != HelpHow::Received;
        let open = open_call(later(3 * HOUR), &model);
        assert_eq!(open.call_now.is_none(), person, "{}", open.state);
        let open = open_call(later(if person { 3 * HOUR } else { 59_999 }), &model);
        assert!(
            open.call_now.is_none() && open.state.starts_with(state),
            "{}",
            open.state
        );
        assert!(
            open.received[0].text.starts_with("门岗 东门"),
            "{:?}",
            open.received
        );
    }
}

#[test]
fn who_received_it_is_named_by_what_they_are_to_the_caller() {
    let mut call = own(NOW.ms);
    call.received = vec![
        by("3-2-502", PrincipalKind::Household, HelpHow::Coming),
        by("4-1-101", PrincipalKind::Household, HelpHow::Heard),
        by("物业服务中心", PrincipalKind::Office, HelpHow::Received),
        by("5-1-101", PrincipalKind::Household, HelpHow::Holds),
    ];
    let mut model = with(vec![call]);
    model.help.mine.helpers = vec!["3-2-502".into()];
    let open = open_call(later(1_000), &model);
    let said: Vec<(&str, Tone)> = open
        .received
        .iter()
        .map(|r| (r.text.as_str(), r.tone))
        .collect();
    assert_eq!(
        said,
        [
            ("照看人 3-2-502 马上来，14:32", Tone::Good),
            ("邻居 4-1-101 有人听到了，14:32", Tone::Good),
            ("物业服务中心 已收到，14:32", Tone::Info),
            ("邻居 5-1-101 的电脑上有了，还没有人回应", Tone::Quiet),
        ]
    );
    // Taking it back says who will hear that it was a false alarm.
    let state = HelpState {
        ending: true,
        ..HelpState::default()
    };
    let Some(Mine::Open(open)) = page(&en(), NOW, &model, &state).mine else {
        panic!()
    };
    let ending = open.ending.unwrap();
    assert_eq!(
        ending.who,
        "These have received it and will see that it was taken back: 3-2-502, 4-1-101, 物业服务中心, 5-1-101."
    );
}

#[test]
fn practice_is_marked_in_every_part_asks_nobody_and_leads_to_no_ambulance() {
    let mut call = own(NOW.ms);
    call.practice = true;
    let mut other = item("h:2", "3-2-502", NOW.ms);
    other.practice = true;
    let model = with(vec![call, other]);
    let open = open_call(later(60_000), &model);
    assert!(open.call_now.is_none() && open.banner.is_some());
    assert!(open.title.contains("演练") && open.end.contains("演练"));
    assert!(alarm::alarming(&model).is_empty());
    let page = page(&zh(), NOW, &model, &HelpState::default());
    assert!(page.calls[0].who.contains("演练") && page.calls[0].answers.is_empty());
    assert_eq!(waits(&model), 0);
    assert!(
        !need(&model, NOW, &HelpState::default()),
        "nothing is held back for it"
    );
    let bars = bars(&zh(), NOW, &model, false, false);
    assert!(bars.len() == 1 && bars[0].text.contains("演练"), "{bars:?}");
    // A call in earnest stands before it.
    let mut both = model;
    both.help.calls.push(own(NOW.ms - HOUR));
    assert!(open_call(NOW, &both).banner.is_none());
}

#[test]
fn helpers_offices_and_gates_hear_every_call_and_neighbours_those_of_their_building() {
    let near = item("h:near", "3-1-101", NOW.ms - 2);
    let far = item("h:far", "13-1-101", NOW.ms - 3);
    let mut helped = item("h:helped", "9-1-101", NOW.ms - 1);
    helped.hears_as = HelpEar::Helper;
    let mut model = with(vec![helped, far.clone(), near]);
    let ids = |model: &Model| -> Vec<String> {
        let all = alarm::alarming(model);
        all.into_iter().map(|call| call.id.clone()).collect()
    };
    assert_eq!(ids(&model), ["h:near", "h:helped"], "the oldest first");
    let alarm = alarm::alarm(&zh(), NOW, &model).unwrap();
    assert_eq!(
        (alarm.place.as_str(), alarm.more.as_deref()),
        ("3-1-101", Some("还有 1 个呼救在等。"))
    );
    let names: Vec<&str> = alarm.choices.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["我马上去（F7）", "听到了，我去不了（F8）"]);
    // Who does not hear the far one sees it, and may answer all the same.
    let bars_here = bars(&zh(), NOW, &model, false, false);
    assert!(bars_here[0].text.contains("13-1-101") && bars_here.len() == 1);
    let page = page(&zh(), NOW, &model, &HelpState::default());
    assert!(page.calls.iter().all(|row| row.answers.len() == 2));
    assert_eq!(waits(&model), 3);
    // An office and a gate send somebody.
    for (kind, ear) in [
        (PrincipalKind::Office, HelpEar::Office),
        (PrincipalKind::Gate, HelpEar::Gate),
    ] {
        let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
        (me.kind, me.unit) = (kind, None);
        model.help.calls = vec![HelpItem {
            hears_as: ear,
            ..far.clone()
        }];
        let alarm = alarm::alarm(&en(), NOW, &model).unwrap();
        assert_eq!(alarm.choices[0].name, "Sending somebody (F7)");
        assert!(page_of(&model).mine.is_none() && page_of(&model).care.is_none());
    }
    // A screen in a lobby answers nobody.
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    me.kind = PrincipalKind::Screen;
    assert!(alarm::alarm(&zh(), NOW, &model).is_none());
}

fn page_of(model: &Model) -> HelpPage {
    page(&zh(), NOW, model, &HelpState::default())
}

#[test]
fn an_answer_that_is_on_its_way_asks_no_more_and_whoever_is_going_is_named() {
    let mut call = item("h:1", "3-1-101", NOW.ms);
    call.received = vec![by("3-2-502", PrincipalKind::Household, HelpHow::Coming)];
    let mut model = with(vec![call]);
    let alarm = alarm::alarm(&zh(), NOW, &model).unwrap();
    assert!(
        alarm.facts.contains(&"已经有人去了：3-2-502".to_owned()),
        "{:?}",
        alarm.facts
    );
    let id = "h:1".to_owned();
    model.asked(7, Request::HelpAnswer { id, coming: true });
    assert!(alarm::alarm(&zh(), NOW, &model).is_none() && waits(&model) == 0);
}

#[test]
fn the_end_of_a_call_and_an_answer_are_told_once_and_a_first_report_tells_nothing() {
    let report = |calls: Vec<HelpItem>| HelpReport {
        calls,
        ..HelpReport::default()
    };
    let mut ours = own(NOW.ms);
    let theirs = item("h:1", "3-1-101", NOW.ms);
    let before = report(vec![ours.clone(), theirs.clone()]);
    assert_eq!(news(&HelpReport::default(), &before), None);
    assert_eq!(news(&before, &before), None);
    let mut over = theirs;
    (over.open, over.over_ms) = (false, Some(NOW.ms));
    let after = report(vec![ours.clone(), over]);
    let told = news(&before, &after).unwrap();
    assert_eq!(
        told,
        HelpTold::Over {
            by: "3-1-101".into()
        }
    );
    assert!(super::told(&zh(), &told).0.contains("误报"));
    ours.received = vec![by("4-1-101", PrincipalKind::Household, HelpHow::Coming)];
    let answered = report(vec![ours]);
    let told = news(&after, &answered).unwrap();
    assert_eq!(
        super::told(&en(), &told).0,
        "4-1-101 has heard you and is coming."
    );
    assert_eq!(news(&answered, &answered), None);
}

#[test]
fn a_call_that_was_not_written_down_says_so_with_the_numbers() {
    let mut model = model();
    let request = Request::HelpRaise {
        practice: false,
        words: None,
    };
    model.asked(1, request);
    let fault = Reply::Fault(Fault::of(FaultCode::DiskFull));
    let folded = model.fold(Incoming::Reply {
        id: 1,
        reply: fault,
    });
    let Some(Told::Help(told)) = folded.told else {
        panic!("{folded:?}")
    };
    let (text, tone) = super::told(&zh(), &told);
    assert!(
        text.contains("没有发出去") && text.contains("120"),
        "{text}"
    );
    assert_eq!(tone, Tone::Danger);
    assert_eq!(folded.asks, [Request::HelpList]);
    // And whoever answers what is over already is told that nobody need go.
    let id = "h:1".to_owned();
    model.asked(2, Request::HelpAnswer { id, coming: true });
    let fault = Reply::Fault(Fault::of(FaultCode::BadInput));
    let folded = model.fold(Incoming::Reply {
        id: 2,
        reply: fault,
    });
    assert_eq!(folded.told, Some(Told::Help(HelpTold::TooLate)));
    assert!(
        super::told(&en(), &HelpTold::TooLate)
            .0
            .contains("nobody need go")
    );
}

#[test]
fn gates_are_asked_for_calls_though_they_carry_no_board() {
    let mut model = model();
    model.status.as_mut().unwrap().me.as_mut().unwrap().kind = PrincipalKind::Gate;
    let event = crate::api::Event::Changed(vec![Topic::Posts]);
    let folded = model.fold(Incoming::Event { event });
    assert_eq!(folded.asks, [Request::HelpList, Request::HelpNumbers]);
    // Who holds this household's call changes with the links.
    let sync = |model: &mut Model| {
        let event = crate::api::Event::Changed(vec![Topic::Sync]);
        model.fold(Incoming::Event { event }).asks
    };
    let mut house = with(Vec::new());
    assert_eq!(sync(&mut house), [Request::Peers]);
    house.help.calls = vec![own(NOW.ms)];
    assert_eq!(sync(&mut house), [Request::Peers, Request::HelpList]);
}

#[test]
fn who_needs_help_is_covered_by_nothing_for_half_an_hour() {
    let asking = HelpState {
        asking: Some(false),
        ..HelpState::default()
    };
    assert!(need(&model(), NOW, &asking));
    let model = with(vec![own(NOW.ms - AGAIN_MS), item("h:1", "3-1-101", NOW.ms)]);
    assert!(need(&model, NOW, &HelpState::default()));
    assert!(!need(&model, later(1), &HelpState::default()));
    // Others' calls wait below meanwhile.
    let covered = bars(&zh(), NOW, &model, true, true);
    assert!(
        covered.len() == 1 && covered[0].text.contains("3-1-101"),
        "{covered:?}"
    );
    assert!(
        bars(&zh(), NOW, &model, true, false).is_empty(),
        "they stand on the page"
    );
    let away = bars(&zh(), NOW, &model, false, false);
    assert!(away.len() == 1 && away[0].tone == Tone::Danger, "{away:?}");
}

fn any_call() -> impl Strategy<Value = HelpItem> {
    let how = prop_oneof![
        Just(HelpHow::Holds),
        Just(HelpHow::Received),
        Just(HelpHow::Heard),
        Just(HelpHow::Coming),
        Just(HelpHow::Other)
    ];
    let ear = prop_oneof![
        Just(HelpEar::Neighbour),
        Just(HelpEar::Helper),
        Just(HelpEar::Other)
    ];
    (
        "[a-c]",
        "\\PC{0,12}",
        any::<(bool, bool, bool, bool)>(),
        any::<u64>(),
        proptest::option::of(any::<u64>()),
        proptest::collection::vec(("\\PC{0,8}", how), 0..4),
        ear,
    )
        .prop_map(
            |(id, by, (practice, open, own, asks_me), at_ms, over_ms, got, ear)| HelpItem {
                words: asks_me.then(|| by.clone()),
                id,
                by,
                practice,
                open,
                at_ms,
                over_ms,
                own,
                asks_me,
                hears_as: ear,
                received: got
                    .into_iter()
                    .map(|(by, how)| HelpReceived {
                        by,
                        kind: PrincipalKind::Household,
                        how,
                        at_ms: over_ms,
                    })
                    .collect(),
            },
        )
}

proptest! {
    /// Whatever came in: practice is heard by nobody, and the numbers are on the page whenever nobody has an own call.
    #[test]
    fn no_practice_is_heard_and_no_call_without_anybody_lacks_its_numbers(
        calls in proptest::collection::vec(any_call(), 0..6), now in any::<u64>(),
    ) {
        let model = with(calls);
        let now = Now { ms: now, ..NOW };
        prop_assert!(alarm::alarming(&model).iter().all(|c| !c.practice && c.open && !c.own));
        let page = page(&zh(), now, &model, &HelpState::default());
        prop_assert!(page.numbers.state.len() >= 3);
        if let Some(Mine::Open(open)) = &page.mine {
            let call = own_call(&model).unwrap();
            let anybody = call.received.iter().any(|r| {
                matches!(r.how, HelpHow::Received | HelpHow::Heard | HelpHow::Coming)
            });
            let person = call.received.iter().any(|r| {
                matches!(r.how, HelpHow::Heard | HelpHow::Coming)
            });
            let gone = now.ms.abs_diff(call.at_ms);
            let late = !anybody && gone >= PATIENCE_MS || !person && gone >= SILENCE_MS;
            prop_assert_eq!(open.call_now.is_some(), late && !call.practice);
        }
        let text = format!("{page:?}{:?}{:?}", alarm::alarm(&en(), now, &model), bars(&en(), now, &model, false, false));
        prop_assert!(!text.contains('⟦'), "{}", text);
    }
}
