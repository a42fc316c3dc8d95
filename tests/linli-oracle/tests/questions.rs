//! What QUESTIONS.md calls holes, shown on the reading that the model takes. If a text is changed, one of these turns.

mod common;

use common::*;
use linli_oracle::*;

#[test]
fn a1_a_steward_takes_a_household_of_another_building_by_a_newer_certificate() {
    let mut w = World::new();
    let grant = w.write(passes(OTHER), Body::Data);
    let revoke = w.write(authority(STEWARD), Body::Revoke(OTHER, [].into()));
    assert_eq!((w.says(&grant), w.says(&revoke)), (Ok(()), Err(Reason::NoEffect)));
    let mut c = w.certificate(STEWARD, OTHER, Kind::Household, Some("3"));
    c.issued += 1;
    w.set.certificates.insert(c.clone());
    w.write(authority(STEWARD), Body::Enrol(c.id));
    assert_eq!((w.says(&grant), w.says(&revoke)), (Err(Reason::AboveCut), Ok(())));
}

#[test]
fn a2_a_renewal_without_the_right_to_grant_voids_earlier_grants() {
    let mut w = World::new();
    let grant = w.write(passes(HOME), Body::Data);
    let mut c = w.certificate(DESK, HOME, Kind::Household, Some("3"));
    (c.issued, c.may_grant) = (c.issued + 1, false);
    w.set.certificates.insert(c.clone());
    w.write(authority(DESK), Body::Enrol(c.id));
    assert_eq!(w.says(&grant), Err(Reason::Role));
}

#[test]
fn a3_cutting_a_steward_without_naming_its_log_un_enrols_a_building() {
    let mut w = World::new();
    w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.next_epoch(|e| {
        e.revoked.insert((STEWARD, [].into()));
    });
    assert!(!w.stands(PHONE));
}

#[test]
fn a4_an_empty_hold_hides_what_a_checkpoint_covers() {
    let mut w = World::new();
    let post = w.write(board(HOME), Body::Data);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&post)].into());
    });
    w.write(authority(CLERK), Body::Hold(Target::Device(HOME), [].into()));
    assert_eq!(w.says(&post), Err(Reason::Held));
}

#[test]
fn a9_a_role_left_out_still_publishes_under_the_old_epoch() {
    let mut w = World::new();
    let old = w.newest.clone();
    w.next_epoch(|e| {
        e.powers.remove(&(DESK, Power::Notice));
    });
    w.newest = old;
    let late = w.write(notices(DESK), Body::Data);
    assert_eq!(w.says(&late), Ok(()));
}

#[test]
fn a10_two_held_officers_free_each_other() {
    let mut w = World::new();
    w.next_epoch(|e| {
        e.powers.insert((PHONE, Power::Officer));
    });
    w.enrol(DESK, PHONE, Kind::Office, None);
    let holds =
        [CLERK, PHONE].map(|d| w.write(authority(DESK), Body::Hold(Target::Device(d), [].into())));
    let post = w.write(board(CLERK), Body::Data);
    assert_eq!(w.says(&post), Err(Reason::Held));
    w.write(authority(PHONE), Body::Lift(holds[0].id));
    w.write(authority(CLERK), Body::Lift(holds[1].id));
    assert_eq!(w.says(&post), Ok(()));
}

#[test]
fn a11_an_issuing_keys_later_cut_off_replaces_the_paper_keys() {
    let mut w = World::new();
    w.introduce(HOME, HOME, PAPER, Kind::Paper);
    let a = w.write(board(HOME), Body::Data);
    let b = w.write(board(HOME), Body::Data);
    w.write(authority(PAPER), Body::Revoke(HOME, [cut(&a)].into()));
    assert_eq!(w.says(&b), Err(Reason::AboveCut));
    w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&b)].into()));
    assert_eq!(w.says(&b), Ok(()));
}

#[test]
fn a13_a_fork_of_a_stewards_log_un_enrols_who_came_after() {
    let mut w = World::new();
    let e = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    assert!(w.stands(PHONE));
    w.put(e.log, e.seq, e.prev, Body::Unknown);
    assert!(!w.stands(PHONE));
}
