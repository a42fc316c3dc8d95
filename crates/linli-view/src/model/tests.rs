//! The fold of the node's lines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::{Event, FaultCode, Incoming, Reply, Topic};
use crate::samples::{NOW, notice, passes, report, status};

fn reply(model: &mut Model, request: Request, reply: Reply) -> Folded {
    model.asked(9, request);
    model.fold(Incoming::Reply { id: 9, reply })
}

#[test]
fn an_event_is_answered_by_asking_for_what_changed() {
    let mut model = Model::default();
    let event = Event::Changed(vec![Topic::Notices, Topic::Sync, Topic::Other]);
    let folded = model.fold(Incoming::Event { event });
    assert_eq!(
        folded.asks,
        [Request::NoticeList, Request::Peers, Request::Bell]
    );
}

#[test]
fn a_confirmation_is_told_once_and_replaces_the_notice_in_place() {
    let mut model = Model {
        status: Some(status()),
        notices: vec![notice("ntc059"), notice("ntc058")],
        ..Model::default()
    };
    let mut confirmed = notice("ntc059");
    // Who confirms has read it; the node says both.
    (confirmed.confirmed_by_me_ms, confirmed.read_ms) = (Some(NOW.ms), Some(NOW.ms));
    let ask = Request::NoticeConfirm {
        id: "ntc059".into(),
    };
    let folded = reply(&mut model, ask, Reply::Notice(Box::new(confirmed.clone())));
    assert_eq!(
        folded.told,
        Some(Told::Confirmed {
            title: confirmed.text.title.clone()
        })
    );
    assert_eq!(model.notices[0], confirmed);
    assert_eq!(model.notices.len(), 2);
    // Taken back or corrected while somebody read it: that is said with it.
    for (corrected_by, corrected) in [(Some("ntc060"), true), (None, false)] {
        let mut late = confirmed.clone();
        late.corrected_by = corrected_by.map(str::to_owned);
        late.retracted = (!corrected).then(|| crate::api::Retraction {
            by: "物业".into(),
            reason: "来电了".into(),
            at_ms: NOW.ms,
        });
        let ask = Request::NoticeConfirm {
            id: "ntc059".into(),
        };
        let title = late.text.title.clone();
        assert_eq!(
            reply(&mut model, ask, Reply::Notice(Box::new(late))).told,
            Some(Told::ConfirmedLate { title, corrected })
        );
    }
    let show = Request::NoticeShow {
        id: "ntc059".into(),
    };
    assert_eq!(
        reply(&mut model, show, Reply::Notice(Box::new(confirmed))).told,
        None
    );
}

#[test]
fn comments_that_another_desk_holds_closed_are_not_said_to_be_open() {
    let mut model = Model {
        status: Some(status()),
        ..Model::default()
    };
    let open = |open| Request::NoticeComments {
        id: "ntc059".into(),
        open,
    };
    let mut item = notice("ntc059");
    item.comments_closed_ms = Some(NOW.ms);
    let answer = Reply::Notice(Box::new(item));
    let told = reply(&mut model, open(true), answer.clone()).told;
    assert_eq!(told, Some(Told::CommentsNotSet { open: true }));
    let told = reply(&mut model, open(false), answer).told;
    assert_eq!(told, Some(Told::CommentsSet { open: false }));
}

#[test]
fn a_list_does_not_shorten_what_is_read_below_the_open_notice() {
    use crate::api::CommentItem;
    let mut model = Model {
        status: Some(status()),
        ..Model::default()
    };
    let with = |here: u64, left_out: u64| {
        let mut item = notice("ntc059");
        item.said = (0..here).map(|_| CommentItem::default()).collect();
        item.said_left_out = left_out;
        item
    };
    let show = Request::NoticeShow {
        id: "ntc059".into(),
    };
    reply(&mut model, show, Reply::Notice(Box::new(with(5, 0))));
    let list = |item| Reply::Notices(vec![item]);
    reply(&mut model, Request::NoticeList, list(with(2, 3)));
    assert_eq!(model.notices[0], with(5, 0));
    reply(&mut model, Request::NoticeList, list(with(2, 4)));
    assert_eq!(model.notices[0], with(2, 4), "there is more now");
}

#[test]
fn a_fault_of_the_home_closes_it_and_any_other_is_only_told() {
    let mut model = Model {
        status: Some(status()),
        notices: vec![notice("ntc059")],
        ..Model::default()
    };
    let full = Fault::of(FaultCode::DiskFull);
    let ask = Request::NoticeConfirm {
        id: "ntc059".into(),
    };
    assert_eq!(
        reply(&mut model, ask, Reply::Fault(full.clone())).told,
        Some(Told::Failed(full))
    );
    assert_eq!(model.closed, None);
    assert_eq!(model.notices.len(), 1, "what was there stays on screen");
    reply(
        &mut model,
        Request::Status,
        Reply::Fault(Fault::of(FaultCode::Locked)),
    );
    assert_eq!(model.closed, Some(Fault::of(FaultCode::Locked)));
}

#[test]
fn unlocking_asks_for_everything_anew() {
    let mut model = Model::default();
    let ask = Request::Unlock {
        passphrase: crate::api::Passphrase("x".into()),
    };
    reply(
        &mut model,
        ask.clone(),
        Reply::Fault(Fault::of(FaultCode::WrongPassphrase)),
    );
    assert!(model.closed.is_some());
    let folded = reply(&mut model, ask, Reply::Status(Box::new(status())));
    let house = [
        Request::Refusals,
        Request::Rings,
        Request::Doorbell,
        Request::GateIncidents,
        Request::DraftList,
        Request::Family(crate::api::FamilyDo::Show),
        Request::Invites,
    ];
    assert_eq!(folded.asks, [Model::opening(), house.to_vec()].concat());
    assert_eq!(model.closed, None);
}

#[test]
fn a_home_without_a_community_is_closed_with_that_reason() {
    let mut model = Model::default();
    let bare = Status {
        community: None,
        me: None,
        ..status()
    };
    reply(&mut model, Request::Status, Reply::Status(Box::new(bare)));
    assert_eq!(model.closed, Some(Fault::of(FaultCode::NoCommunity)));
}

#[test]
fn a_picture_that_is_gone_is_no_error() {
    let mut model = Model {
        status: Some(status()),
        passes: passes(),
        ..Model::default()
    };
    let ask = Request::PassImage {
        id: "g:liran".into(),
    };
    let folded = reply(
        &mut model,
        ask,
        Reply::Fault(Fault::of(FaultCode::NotFound)),
    );
    assert_eq!(folded.told, Some(Told::NoPicture));
}

#[test]
fn fresh_facts_from_the_peers_reach_the_light() {
    let mut model = Model {
        status: Some(status()),
        ..Model::default()
    };
    let mut report = report();
    report.facts.undelivered = 7;
    reply(&mut model, Request::Peers, Reply::Peers(Box::new(report)));
    assert_eq!(model.status.unwrap().sync.undelivered, 7);
}

#[test]
fn a_broken_connection_forgets_what_was_asked_and_keeps_what_was_known() {
    let mut model = Model {
        status: Some(status()),
        ..Model::default()
    };
    model.asked(1, Request::Peers);
    model.fold(Incoming::Event {
        event: Event::Closed(Fault::of(FaultCode::Gone)),
    });
    assert!(!model.waiting());
    assert!(model.status.is_some());
    assert_eq!(model.closed, Some(Fault::of(FaultCode::Gone)));
}

#[test]
fn a_verdict_about_which_the_household_is_called_follows_that_call_and_no_other_does() {
    use crate::api::{GateAnswer, RingState};
    let answer: GateAnswer = serde_json::from_value(serde_json::json!({
        "result": "ASK", "opens": false, "sentence_zh": "", "sentence_en": "", "at_ms": NOW.ms,
        "event": "e:1", "unit": "3-2-501",
    }))
    .unwrap();
    let asks = |event: &str| Request::GateRing {
        event: event.into(),
    };
    let mut model = Model {
        answer: Some(answer),
        ..Model::default()
    };
    let mut ring = crate::samples::call("e:1", NOW.ms);
    ring.state = RingState::NotReached;
    // The verdict of the next visitor stands there by now.
    let before = crate::samples::call("e:0", NOW.ms);
    reply(&mut model, asks("e:0"), Reply::Rings(vec![before]));
    assert_eq!(model.answer.as_ref().unwrap().ring, None);
    model.asked(9, asks("e:1"));
    assert!(model.calls_about("e:1") && !model.calls_about("e:0"));
    reply(&mut model, asks("e:1"), Reply::Rings(vec![ring.clone()]));
    let state = |model: &Model| model.answer.as_ref().unwrap().ring;
    assert_eq!(
        state(&model),
        Some(RingState::NotReached),
        "as the node says"
    );
    ring.state = RingState::Refuse;
    reply(&mut model, Request::Rings, Reply::Rings(vec![ring]));
    assert_eq!(state(&model), Some(RingState::Refuse));
}

#[test]
fn a_gate_hears_what_the_household_says_about_whoever_stands_there() {
    use crate::api::{GateAnswer, GateResult, RingState};
    let mut model = Model::default();
    let answer: GateAnswer = serde_json::from_value(serde_json::json!({
        "result": "ASK", "opens": false, "sentence_zh": "", "sentence_en": "", "at_ms": NOW.ms,
        "event": "e:1", "ring": "RINGS",
    }))
    .unwrap();
    assert_eq!(answer.result, GateResult::Ask);
    model.answer = Some(answer);
    let mut other = crate::samples::call("e:2", NOW.ms + 90_000);
    other.state = RingState::Refuse;
    let mut ring = crate::samples::call("e:1", NOW.ms);
    (ring.state, ring.since_ms) = (RingState::Admit, NOW.ms + 70_000);
    reply(&mut model, Request::Rings, Reply::Rings(vec![other, ring]));
    let answer = model.answer.unwrap();
    assert_eq!(
        answer.ring,
        Some(RingState::Admit),
        "of this call, and of no other"
    );
    assert_eq!(
        answer.at_ms,
        NOW.ms + 70_000,
        "it stands from its newest step on"
    );
}
