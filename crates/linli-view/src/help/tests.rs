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
        let open = open_call(later(3 * HOUR), &model);
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
fn the_daily_button_says_by_when_who_sees_it_and_that_it_is_said() {
    let mut model = model();
    assert!(
        fine(&zh(), NOW, &model).is_none(),
        "only for those who want it"
    );
    model.help.mine = Care {
        helpers: vec!["3-2-502".into()],
        minute: Some(9 * 60),
        last_ms: Some(NOW.ms - DAY),
    };
    let before = fine(&zh(), NOW, &model).unwrap();
    assert_eq!(before.note, "每天 09:00 前按一下。没按，3-2-502 会看到。");
    assert!(!before.done && before.daily);
    model.help.mine.last_ms = Some(NOW.ms - HOUR);
    let after = fine(&zh(), NOW, &model).unwrap();
    assert!(
        after.done && after.note.starts_with("今天 13:32 已报平安"),
        "{}",
        after.note
    );
    model.help.calls = vec![own(NOW.ms)];
    assert!(
        fine(&zh(), NOW, &model).is_none(),
        "nobody calls and is fine"
    );
    model.help.calls.clear();
    model.help.missed = vec![
        MissedItem {
            unit: "3-1-201".into(),
            due_ms: NOW.ms - 5 * HOUR,
            last_ms: Some(NOW.ms - 30 * HOUR),
        },
        MissedItem {
            unit: "5-1-101".into(),
            due_ms: NOW.ms - HOUR,
            last_ms: None,
        },
    ];
    let rows = missed(&en(), NOW, &model);
    assert_eq!(
        rows[0].text,
        "3-1-201 had not said by today 09:32 that all is well, as far as this computer knows; the last time was yesterday 08:32."
    );
    assert!(rows[1].text.ends_with("it never has.") && rows[1].todo.contains("knock"));
    assert_eq!(crate::home::home(&zh(), NOW, &model).missed.len(), 2);
}

fn care_form(model: &Model, helpers: &str, time: &str, agreed: bool) -> CareForm {
    let state = HelpState {
        care: Some(CareDraft {
            helpers: helpers.into(),
            time: time.into(),
            agreed,
            tried: true,
        }),
        ..HelpState::default()
    };
    page(&zh(), NOW, model, &state).care.unwrap().form.unwrap()
}

#[test]
fn nothing_is_set_without_consent_a_neighbour_and_a_time_that_can_be_read() {
    let model = model();
    let ready = care_form(&model, " 3-2-502， 4-1-101、3-2-502 ", "9点半", true).ready;
    let units = vec!["3-2-502".to_owned(), "4-1-101".to_owned()];
    assert_eq!(ready, Some((units, Some(570))));
    assert_eq!(
        care_form(&model, "3-2-502", "", true).ready,
        Some((vec!["3-2-502".into()], None))
    );
    assert_eq!(
        care_form(&model, "3-2-502", "24:00", true).ready.unwrap().1,
        Some(0)
    );
    let refused = care_form(&model, "3-2-502", "9:00", false);
    assert!(refused.ready.is_none() && refused.agree_problem.is_some());
    for (helpers, time) in [
        ("", "9:00"),
        ("3-2-501", "9:00"),
        ("3-2-502", "早上"),
        ("1-1-1 1-1-2 1-1-3 1-1-4 1-1-5 1-1-6 1-1-7 1-1-8 1-1-9", ""),
    ] {
        let form = care_form(&model, helpers, time, true);
        assert!(form.ready.is_none(), "{helpers} {time}");
        assert!(form.helpers.problem.is_some() || form.time.problem.is_some());
    }
}

#[test]
fn numbers_stand_before_the_node_has_said_any_and_an_office_gives_out_its_own() {
    let mut model = model();
    let bare = numbers(&zh(), NOW, &model, &HelpState::default());
    assert_eq!((bare.state.len(), bare.edit.as_ref()), (3, None));
    assert!(bare.offices_none.is_some());
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    (me.kind, me.name) = (PrincipalKind::Office, "居委会".into());
    model.phones = vec![
        PhoneItem {
            office: Some("居委会".into()),
            label: "值班室".into(),
            number: "010-6666 0001".into(),
            at_ms: Some(NOW.ms),
        },
        PhoneItem {
            office: Some("物业".into()),
            label: "报修".into(),
            number: "139".into(),
            at_ms: None,
        },
    ];
    let shown = numbers(&zh(), NOW, &model, &HelpState::default());
    assert!(shown.edit.is_some() && shown.offices.len() == 2);
    assert!(
        shown.offices[0].by.starts_with("居委会，11月22日"),
        "{:?}",
        shown.offices
    );
    let draft = PhonesDraft::of(&model);
    assert_eq!(draft.lines, "值班室: 010-6666 0001", "its own alone");
    let form = |lines: &str| {
        let state = HelpState {
            phones: Some(PhonesDraft {
                lines: lines.into(),
                tried: true,
            }),
            ..HelpState::default()
        };
        numbers(&zh(), NOW, &model, &state).form.unwrap()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        form("值班室：010-6666 0001\n\n3号楼门卫: 139\n报修 139 0000 0023")
            .ready
            .unwrap(),
        [
            pair("值班室", "010-6666 0001"),
            pair("3号楼门卫", "139"),
            pair("报修", "139 0000 0023")
        ]
    );
    let wrong = form("值班室 139\n报修");
    assert!(wrong.ready.is_none() && wrong.lines.problem.unwrap().contains("第 2 行"));
    assert!(
        form(&"a: 1\n".repeat(13))
            .lines
            .problem
            .unwrap()
            .contains("12")
    );
    assert_eq!(form("").ready, Some(Vec::new()), "taken back");
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
            let late = now.ms.abs_diff(call.at_ms) >= PATIENCE_MS;
            prop_assert_eq!(open.call_now.is_some(), !anybody && late && !call.practice);
        }
        let text = format!("{page:?}{:?}{:?}", alarm::alarm(&en(), now, &model), bars(&en(), now, &model, false, false));
        prop_assert!(!text.contains('⟦'), "{}", text);
    }
}
