//! Trust.md §3, the table: introductions, countersigning, holds, lifts, paper keys, writers, keysets.

mod common;

use common::*;
use linli_base::{DeviceId, EntryId, LaneClass, ScopeId};
use linli_oracle::*;

fn hold(w: &mut World, by: DeviceId, d: DeviceId, heads: &[&Entry]) -> Entry {
    let heads = heads.iter().map(|e| cut(e)).collect();
    w.write(authority(by), Body::Hold(Target::Device(d), heads))
}

#[test]
fn a_household_introduces_and_a_stranger_does_not() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PHONE, Kind::Household);
    w.introduce(OTHER, HOME, THIEF, Kind::Household);
    assert!(w.stands(PHONE) && !w.stands(THIEF));
}

#[test]
fn a_stolen_issuing_key_puts_nobody_into_a_household() {
    let mut w = World::new();
    let mut c = w.certificate(DESK, THIEF, Kind::Household, Some("3"));
    c.principal = of(HOME);
    w.set.certificates.insert(c.clone());
    w.write(authority(DESK), Body::Enrol(c.id));
    assert!(!w.stands(THIEF));
    w.next_epoch(|e| {
        e.attested.insert((THIEF, of(HOME)));
    });
    assert!(w.stands(THIEF), "the committee may, after it saw the person");
}

#[test]
fn an_introduced_device_grants_nothing_and_has_no_keys_before_it_is_countersigned() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PHONE, Kind::Household);
    let grant = w.write(passes(PHONE), Body::Data);
    let post = w.write(board(PHONE), Body::Data);
    let keys = Body::Keyset(LaneClass::House, of(HOME).scope());
    let keys = w.write(authority(PHONE), keys);
    assert_eq!((w.says(&grant), w.says(&post)), (Err(Reason::Role), Ok(())));
    assert_eq!(w.says(&keys), Err(Reason::NoEffect));
    let own = w.write(authority(PHONE), Body::Countersign(PHONE));
    assert_eq!((w.says(&own), w.says(&grant)), (Ok(()), Err(Reason::Role)), "not by itself");
    w.introduce(HOME, HOME, THIEF, Kind::Household);
    w.write(authority(THIEF), Body::Countersign(PHONE));
    assert_eq!(w.says(&keys), Err(Reason::NoEffect), "not by one that waits itself");
    w.write(authority(HOME), Body::Countersign(PHONE));
    assert_eq!((w.says(&grant), w.says(&keys)), (Ok(()), Ok(())));
}

#[test]
fn the_paper_key_introduces_and_revokes_within_its_household() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PAPER, Kind::Paper);
    let p = w.write(board(HOME), Body::Data);
    let q = w.write(board(OTHER), Body::Data);
    w.introduce(PAPER, HOME, PHONE, Kind::Household);
    w.write(authority(PAPER), Body::Revoke(HOME, [].into()));
    let far = w.write(authority(PAPER), Body::Revoke(OTHER, [].into()));
    let g = w.write(passes(PHONE), Body::Data);
    assert_eq!(w.says(&p), Err(Reason::AboveCut));
    assert_eq!((w.says(&q), w.says(&far)), (Ok(()), Err(Reason::NoEffect)));
    assert_eq!(w.says(&g), Ok(()));
}

#[test]
fn a_household_without_the_right_to_grant_hands_on_none() {
    let mut w = World::new();
    let mut c = w.certificate(DESK, THIEF, Kind::Household, Some("3"));
    c.may_grant = false;
    w.set.certificates.insert(c.clone());
    w.write(authority(DESK), Body::Enrol(c.id));
    w.introduce(THIEF, THIEF, PAPER, Kind::Paper);
    w.introduce(PAPER, THIEF, PHONE, Kind::Household);
    w.write(authority(THIEF), Body::Countersign(PHONE));
    let phone = &valid(&w.set).devices[&PHONE];
    assert!(phone.countersigned && !phone.may_grant);
}

#[test]
fn whom_the_paper_key_cuts_introduced_nobody_above() {
    let mut w = World::new();
    let first = w.introduce(HOME, HOME, PHONE, Kind::Household);
    w.introduce(HOME, HOME, PAPER, Kind::Paper);
    assert!(w.stands(PHONE) && w.stands(PAPER));
    w.write(authority(PAPER), Body::Revoke(HOME, [cut(&first)].into()));
    assert!(w.stands(PHONE) && w.stands(PAPER));
    w.write(authority(PAPER), Body::Revoke(HOME, [].into()));
    assert!(!w.stands(PHONE) && w.stands(PAPER), "the sheet outlives the phone it came from");
}

#[test]
fn a_second_paper_key_or_one_of_a_later_device_does_not_stand() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PHONE, Kind::Household);
    w.introduce(PHONE, HOME, PAPER, Kind::Paper);
    assert!(!w.stands(PAPER));
    w.introduce(HOME, HOME, PAPER, Kind::Paper);
    w.introduce(HOME, HOME, THIEF, Kind::Paper);
    assert!(w.stands(PAPER) && !w.stands(THIEF));
}

#[test]
fn an_officers_hold_stops_what_is_above_the_heads_it_names_until_a_lift() {
    let mut w = World::new();
    let a = w.write(board(HOME), Body::Data);
    let b = w.write(board(HOME), Body::Data);
    let h = hold(&mut w, CLERK, HOME, &[&a]);
    assert_eq!((w.says(&a), w.says(&b), w.says(&h)), (Ok(()), Err(Reason::Held), Ok(())));
    let own = w.write(authority(HOME), Body::Lift(h.id));
    let far = w.write(authority(OTHER), Body::Lift(h.id));
    assert_eq!((w.says(&own), w.says(&far)), (Err(Reason::NoEffect), Err(Reason::NoEffect)));
    assert_eq!(w.says(&b), Err(Reason::Held));
    let other = w.write(authority(DESK), Body::Lift(h.id));
    assert_eq!((w.says(&other), w.says(&b)), (Ok(()), Ok(())));
}

#[test]
fn a_lift_of_whoever_is_cut_off_counts_only_where_its_branch_is_held() {
    let mut w = World::new();
    let post = w.write(board(HOME), Body::Data);
    let h = hold(&mut w, CLERK, HOME, &[]);
    let lift = w.write(authority(DESK), Body::Lift(h.id));
    let head = w.write(authority(DESK), Body::Unknown);
    w.next_epoch(|e| {
        e.revoked.insert((DESK, [cut(&head)].into()));
    });
    assert_eq!((w.says(&lift), w.says(&post)), (Ok(()), Ok(())));
    w.set.entries.remove(&head);
    assert_eq!((w.says(&lift), w.says(&post)), (Err(Reason::Gap), Err(Reason::Held)));
}

#[test]
fn an_epoch_ends_a_hold_by_its_id() {
    let mut w = World::new();
    let a = w.write(board(HOME), Body::Data);
    let h = w.write(authority(CLERK), Body::Hold(Target::Principal(of(HOME)), [].into()));
    assert_eq!(w.says(&a), Err(Reason::Held));
    w.next_epoch(|e| {
        e.ended_holds.insert(h.id);
    });
    assert_eq!((w.says(&a), w.says(&h)), (Ok(()), Err(Reason::NoEffect)));
}

#[test]
fn nobody_holds_an_equal_or_higher_rank_but_siblings() {
    let mut w = World::new();
    let (a, b) = (w.write(board(DESK), Body::Data), w.write(board(OTHER), Body::Data));
    let up = hold(&mut w, CLERK, DESK, &[]);
    let across = hold(&mut w, HOME, OTHER, &[]);
    assert_eq!((w.says(&up), w.says(&across)), (Err(Reason::NoEffect), Err(Reason::NoEffect)));
    assert_eq!((w.says(&a), w.says(&b)), (Ok(()), Ok(())));
    let equal = hold(&mut w, DESK, STEWARD, &[]);
    assert_eq!(w.says(&equal), Err(Reason::NoEffect));
    let down = hold(&mut w, DESK, CLERK, &[]);
    let own = w.write(authority(CLERK), Body::Lift(down.id));
    assert_eq!((w.says(&down), w.says(&own)), (Ok(()), Err(Reason::NoEffect)), "never the held");
}

#[test]
fn a_siblings_hold_counts_and_lapses_while_an_officer_holds_its_author() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PHONE, Kind::Household);
    let a = w.write(board(HOME), Body::Data);
    let h = hold(&mut w, PHONE, HOME, &[]);
    assert_eq!((w.says(&h), w.says(&a)), (Ok(()), Err(Reason::Held)));
    let o = hold(&mut w, CLERK, PHONE, &[]);
    assert_eq!((w.says(&h), w.says(&a)), (Err(Reason::NoEffect), Ok(())));
    w.write(authority(CLERK), Body::Lift(o.id));
    assert_eq!(w.says(&a), Err(Reason::Held));
}

#[test]
fn the_16_lowest_open_holds_of_an_author_count() {
    let mut w = World::new();
    let a = w.write(board(OTHER), Body::Data);
    let first = hold(&mut w, CLERK, HOME, &[]);
    for _ in 1..16 {
        hold(&mut w, CLERK, HOME, &[]);
    }
    let last = hold(&mut w, CLERK, OTHER, &[]);
    assert_eq!((w.says(&last), w.says(&a)), (Err(Reason::NoEffect), Ok(())));
    w.write(authority(CLERK), Body::Lift(first.id));
    assert_eq!((w.says(&last), w.says(&a)), (Ok(()), Err(Reason::Held)));
}

#[test]
fn a_held_device_introduces_nobody_above_the_heads() {
    let mut w = World::new();
    let before = w.introduce(HOME, HOME, PHONE, Kind::Household);
    w.introduce(HOME, HOME, THIEF, Kind::Household);
    hold(&mut w, CLERK, HOME, &[&before]);
    assert!(w.stands(PHONE) && !w.stands(THIEF));
}

#[test]
fn each_class_has_its_writers() {
    let mut w = World::new();
    let lane = |d, class, scope| common::log(d, class, scope, 672);
    let with = ScopeId::with(&COMMUNITY, &of(HOME), &of(DESK));
    let gates = ScopeId::gates(&COMMUNITY);
    let mut private = [0; 16];
    private[..8].copy_from_slice(&of(HOME).0[..8]);
    use LaneClass::{Board, GateLog, House, Notice, Office, Pass, Private, With};
    for (d, class, scope, may) in [
        (DESK, Notice, ScopeId::ZERO, true),
        (HOME, Notice, ScopeId::ZERO, false),
        (HOME, Board, ScopeId::ZERO, true),
        (GATE, Board, ScopeId::ZERO, false),
        (HOME, Pass, gates, true),
        (HOME, Pass, of(HOME).scope(), false),
        (GATE, GateLog, gates, true),
        (HOME, GateLog, gates, false),
        (HOME, House, of(HOME).scope(), true),
        (OTHER, House, of(HOME).scope(), false),
        (GATE, House, of(HOME).scope(), true),
        (HOME, With, with, true),
        (DESK, With, with, true),
        (OTHER, With, with, false),
        (DESK, Office, of(DESK).scope(), true),
        (HOME, Office, of(DESK).scope(), false),
        (HOME, Private, ScopeId(private), true),
    ] {
        let e = w.write(lane(d, class, scope), Body::Data);
        let want = if may { Ok(()) } else { Err(Reason::Role) };
        assert_eq!(w.says(&e), want, "{d} in {class:?}");
    }
    let k = |w: &mut World, d, class, scope| w.write(authority(d), Body::Keyset(class, scope));
    let good = [k(&mut w, HOME, House, of(HOME).scope()), k(&mut w, DESK, With, with)];
    let bad =
        [k(&mut w, OTHER, House, of(HOME).scope()), k(&mut w, OTHER, Private, ScopeId(private))];
    assert!(good.iter().all(|e| w.says(e) == Ok(())));
    assert!(bad.iter().all(|e| w.says(e) == Err(Reason::NoEffect)));
}

#[test]
fn what_has_no_place_itself_carries_nothing() {
    let mut w = World::new();
    let a = w.write(board(HOME), Body::Data);
    let bad = w.write(board(HOME), Body::Cancel(false));
    let c = w.write(board(HOME), Body::Data);
    assert_eq!(
        (w.says(&a), w.says(&bad), w.says(&c)),
        (Ok(()), Err(Reason::Role), Err(Reason::Gap))
    );
    let lost = w.put(board(OTHER), 2, EntryId([8; 32]), Body::Data);
    assert_eq!(w.says(&lost), Err(Reason::Gap));
}
