//! Kinds, bodies, places.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::admission::ChangeHead;
use crate::fact::{Fact, GateEvent, GateResult, Grant};
use linli_base::entry::record_id;
use linli_base::{
    CommunityId, DeviceId, EntryId, EntryKind, Header, LaneKey, LogKey, Period, PrincipalId,
    Private, RecordId, ScopeId, UnixMs,
};
use proptest::prelude::*;

const COMMUNITY: CommunityId = CommunityId([1; 32]);
const OWNER: PrincipalId = PrincipalId([2; 16]);

fn header(kind: EntryKind, class: LaneClass, period: u32, record: RecordId) -> Header {
    Header {
        kind,
        sealed: !class.is_open(),
        class,
        period: Period(period),
        seq: 7,
        payload_len: 0,
        time: UnixMs(0),
        epoch: 0,
        drop_day: 0,
        epoch_tag: [0; 8],
        scope: ScopeId::ZERO,
        device: DeviceId([3; 32]),
        prev: EntryId::ZERO,
        record,
        payload_hash: [0; 32],
        signature: [0; 64],
    }
}

/// A header whose entry creates the record it names.
fn creating(class: LaneClass, period: u32) -> Header {
    let mut header = header(EntryKind::CHANGE, class, period, RecordId::ZERO);
    header.record = record_id(&COMMUNITY, &header.log(), header.seq);
    header
}

fn change(deps: usize) -> ChangeHead {
    ChangeHead {
        hash: [0; 32],
        actor: [0; 16],
        seq: 1,
        start_op: 1,
        max_op: 1,
        deps: vec![[4; 32]; deps],
        other_actors: Vec::new(),
        ops: 1,
        expanded: 1,
    }
}

fn place<'a>(header: &'a Header, kind: RecordKind, home: Option<Home>) -> Place<'a> {
    Place {
        community: &COMMUNITY,
        header,
        kind,
        author: AuthorKind::Office,
        principal: OWNER,
        home,
    }
}

fn home(kind: RecordKind, header: &Header) -> Home {
    Home {
        kind,
        lane: header.log().lane,
        owner: OWNER,
    }
}

#[test]
fn kinds_are_read_as_numbered_and_unknown_ones_are_kept() {
    for number in 0..=u8::MAX {
        let kind = RecordKind::from_number(number);
        assert_eq!(kind.number(), number);
        assert_eq!(kind.is_known(), (1..=8).contains(&number));
    }
    let unknown = ChangeBody {
        kind: RecordKind::from_number(200),
        change: vec![1],
    };
    assert_eq!(ChangeBody::decode(&unknown.encode()), Ok(unknown));
}

#[test]
fn a_body_that_is_no_kind_and_change_is_refused() {
    let refused: [&[u8]; 8] = [
        b"",
        &[0x80],
        &[0x82, 1],
        &[0x83, 1, 0x40, 0],
        &[0x82, 0x61, b'1', 0x40],
        &[0x82, 0x18, 1, 0x40],
        &[0x82, 0x19, 1, 0, 0x40],
        &[0x82, 1, 0x40, 0],
    ];
    for body in refused {
        assert!(ChangeBody::decode(body).is_err(), "{body:02x?}");
    }
}

#[test]
fn a_change_stands_in_the_lane_of_its_kind_only() {
    let lanes = [
        (RecordKind::Notice, LaneClass::Notice, 672),
        (RecordKind::Post, LaneClass::Board, 672),
        (RecordKind::Visit, LaneClass::Office, 672),
        (RecordKind::Building, LaneClass::Board, 0),
        (RecordKind::Room, LaneClass::Board, 0),
        (RecordKind::Household, LaneClass::Office, 0),
        (RecordKind::Person, LaneClass::Office, 0),
        (RecordKind::Vehicle, LaneClass::Office, 0),
    ];
    for (kind, class, period) in lanes {
        for other in LaneClass::ALL {
            for when in [0, 672, 673] {
                let header = creating(other, when);
                let verdict = place(&header, kind, None).check(&change(0));
                let right = other == class && when == period;
                assert_eq!(verdict == Ok(Turn::Judge), right, "{kind} {other:?} {when}");
            }
        }
    }
}

#[test]
fn a_register_entry_in_the_clear_and_a_sealed_notice_are_void() {
    for (kind, class, period) in [
        (RecordKind::Person, LaneClass::Office, 0),
        (RecordKind::Notice, LaneClass::Notice, 672),
    ] {
        let mut header = creating(class, period);
        header.sealed = !header.sealed;
        header.record = record_id(&COMMUNITY, &header.log(), header.seq);
        let verdict = place(&header, kind, None).check(&change(0));
        assert_eq!(verdict, Err(PlaceFault::Seal));
    }
}

#[test]
fn only_the_creating_entry_begins_a_record_and_edits_wait_for_it() {
    let created = creating(LaneClass::Office, 0);
    let home = home(RecordKind::Person, &created);
    let mut later = created;
    later.seq = 8;
    let at = |header, home| place(header, RecordKind::Person, home);
    assert_eq!(at(&created, None).check(&change(1)), Err(PlaceFault::Root));
    assert_eq!(
        at(&later, Some(home)).check(&change(0)),
        Err(PlaceFault::Root)
    );
    assert_eq!(at(&later, None).check(&change(1)), Ok(Turn::Wait));
    assert_eq!(at(&later, Some(home)).check(&change(1)), Ok(Turn::Judge));

    let vehicle = Home {
        kind: RecordKind::Vehicle,
        ..home
    };
    assert_eq!(
        at(&later, Some(vehicle)).check(&change(1)),
        Err(PlaceFault::Kind)
    );
    let stranger = Home {
        owner: PrincipalId([9; 16]),
        ..home
    };
    assert_eq!(
        at(&later, Some(stranger)).check(&change(1)),
        Err(PlaceFault::Owner)
    );
    let lane = LaneKey {
        scope: ScopeId([9; 16]),
        ..home.lane
    };
    let elsewhere = Home { lane, ..home };
    assert_eq!(
        at(&later, Some(elsewhere)).check(&change(1)),
        Err(PlaceFault::Lane)
    );
}

#[test]
fn a_notice_is_never_edited() {
    let created = creating(LaneClass::Notice, 672);
    let mut later = created;
    later.seq = 8;
    let notice = Some(home(RecordKind::Notice, &created));
    for deps in [0, 1] {
        let verdict = place(&later, RecordKind::Notice, notice).check(&change(deps));
        assert_eq!(verdict, Err(PlaceFault::Immutable));
    }
}

#[test]
fn households_keep_posts_and_visits_and_no_register() {
    for kind in RecordKind::ALL {
        let keeps = kind.lane(AuthorKind::Household).is_some();
        assert_eq!(keeps, matches!(kind, RecordKind::Post | RecordKind::Visit));
        assert_eq!(kind.lane(AuthorKind::Gate), None);
        assert_eq!(kind.lane(AuthorKind::Machine), None);
    }
}

fn words_less() -> crate::fact::HelpCall {
    crate::fact::HelpCall {
        key: [1; 16],
        practice: false,
        words: None,
    }
}

#[test]
fn facts_stand_in_their_lanes_and_name_a_record_where_they_are_about_one() {
    let grant = Grant {
        claims: Private::new(vec![1]),
        short_code: false,
    };
    let event = GateEvent::new(1, 1, GateResult::Exit);
    let answer = Fact::RingAnswer(crate::fact::RingAnswer {
        about: linli_base::EntryId([1; 32]),
        admit: true,
    });
    let ruling = Fact::Ruling(crate::fact::Ruling {
        hide: true,
        reason: linli_base::Private::new("no".into()),
        comment: None,
        answers: Vec::new(),
        replaces: None,
    });
    let ack = Fact::HelpAck(crate::fact::HelpAck {
        key: [1; 16],
        caller: PrincipalId([1; 16]),
        how: crate::fact::HelpHow::Heard,
    });
    let words = crate::fact::HelpCall {
        key: [1; 16],
        practice: false,
        words: Some(linli_base::Private::new("fell".into())),
    };
    // What somebody says with a call stands in no open lane, and only offices decide and give out numbers.
    let open = header(EntryKind::FACT, LaneClass::Board, 672, RecordId::ZERO);
    let call = |words| {
        Fact::HelpCall(crate::fact::HelpCall {
            words,
            ..words_less()
        })
    };
    assert_eq!(
        check_fact(&call(words.words.clone()), &open, AuthorKind::Household),
        Err(PlaceFault::Seal)
    );
    assert_eq!(
        check_fact(&call(None), &open, AuthorKind::Household),
        Ok(())
    );
    for (fact, author) in [
        (call(None), AuthorKind::Office),
        (call(None), AuthorKind::Gate),
        (Fact::Phones(Vec::new()), AuthorKind::Household),
        (Fact::Comments { open: false }, AuthorKind::Household),
        (Fact::Letter(vec![vec![0; 64]]), AuthorKind::Gate),
    ] {
        assert_eq!(check_fact(&fact, &open, author), Err(PlaceFault::Author));
    }
    assert_eq!(
        check_fact(&ack, &open, AuthorKind::Gate),
        Err(PlaceFault::Lane)
    );
    let by_office = header(EntryKind::FACT, LaneClass::Pass, 675, RecordId::ZERO);
    assert_eq!(
        check_fact(&answer, &by_office, AuthorKind::Office),
        Err(PlaceFault::Author)
    );
    let facts = [
        (
            Fact::Unclaim,
            LaneClass::Board,
            672,
            true,
            AuthorKind::Household,
        ),
        (
            Fact::Grant(grant),
            LaneClass::Pass,
            675,
            false,
            AuthorKind::Household,
        ),
        (
            Fact::GateEvent(event.clone()),
            LaneClass::GateLog,
            677,
            false,
            AuthorKind::Gate,
        ),
        (
            Fact::GateEvent(event),
            LaneClass::House,
            672,
            false,
            AuthorKind::Gate,
        ),
        (
            Fact::Spent(Vec::new()),
            LaneClass::GateLog,
            677,
            false,
            AuthorKind::Gate,
        ),
        (
            Fact::RefusalEnd([1; 16]),
            LaneClass::Pass,
            675,
            false,
            AuthorKind::Office,
        ),
        (
            Fact::RefusalEnd([1; 16]),
            LaneClass::House,
            672,
            false,
            AuthorKind::Household,
        ),
        (answer, LaneClass::Pass, 675, false, AuthorKind::Household),
        (ruling, LaneClass::Board, 672, true, AuthorKind::Office),
        (
            Fact::HelpEnd([1; 16]),
            LaneClass::Board,
            672,
            false,
            AuthorKind::Household,
        ),
        (
            Fact::HelpCall(words.clone()),
            LaneClass::Pass,
            675,
            false,
            AuthorKind::Household,
        ),
        (
            ack.clone(),
            LaneClass::Board,
            672,
            false,
            AuthorKind::Office,
        ),
        (ack.clone(), LaneClass::House, 672, false, AuthorKind::Gate),
        (ack, LaneClass::GateLog, 677, false, AuthorKind::Gate),
        (
            Fact::Phones(Vec::new()),
            LaneClass::Board,
            672,
            false,
            AuthorKind::Office,
        ),
        (
            Fact::Comments { open: false },
            LaneClass::Board,
            672,
            true,
            AuthorKind::Office,
        ),
    ];
    let record = RecordId([5; 16]);
    for (fact, class, period, about, author) in facts {
        let named = if about { record } else { RecordId::ZERO };
        let right = header(EntryKind::FACT, class, period, named);
        assert_eq!(check_fact(&fact, &right, author), Ok(()));
        let other = if about { RecordId::ZERO } else { record };
        let wrong = header(EntryKind::FACT, class, period, other);
        assert_eq!(check_fact(&fact, &wrong, author), Err(PlaceFault::Record));
        let wrong = header(EntryKind::FACT, LaneClass::Notice, period, named);
        assert_eq!(check_fact(&fact, &wrong, author), Err(PlaceFault::Lane));
        let wrong = header(EntryKind::CHANGE, class, period, named);
        assert_eq!(check_fact(&fact, &wrong, author), Err(PlaceFault::Entry));
        assert_eq!(
            check_fact(&fact, &right, AuthorKind::Machine),
            Err(PlaceFault::Author)
        );
        let mut open = right;
        open.sealed = !open.sealed;
        assert_eq!(check_fact(&fact, &open, author), Err(PlaceFault::Seal));
    }
}

#[test]
fn every_log_of_a_cycle_begins_where_the_cycle_does() {
    let lane = |period| LogKey {
        device: DeviceId([0; 32]),
        lane: LaneKey {
            class: LaneClass::Board,
            scope: ScopeId::ZERO,
            period: Period(period),
        },
    };
    for (cycle, period, fits) in [
        (Cycle::Ever, 0, true),
        (Cycle::Ever, 12, false),
        (Cycle::Year, 0, false),
        (Cycle::Year, 12, true),
        (Cycle::Year, 15, false),
        (Cycle::Quarter, 15, true),
        (Cycle::Quarter, 16, false),
        (Cycle::Month, 16, true),
        (Cycle::Month, 0, false),
    ] {
        assert_eq!(cycle.fits(&lane(period).lane), fits, "{cycle:?} {period}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_a_body_in_its_one_encoding_or_refused(body in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Ok(read) = ChangeBody::decode(&body) {
            prop_assert_eq!(read.encode(), body);
        }
    }
}
