//! Acts are a set of their own: they take effect on their own signature, before the logs they stand in and the logs they
//! speak about have arrived.

use crate::estate::{agree, enrol, found, log, meet, meet_but, now, post, shows, unit};
use linli_base::LaneClass;
use linli_node::replica::Replica;
use linli_protocol::frame::Frame;

/// Everything but entries: as if the link were lost once the acts are through.
fn acts_only(_: usize, frame: &Frame) -> bool {
    !matches!(frame, Frame::Entries { .. })
}

/// An office, the household that will be spoken about, and one that hears.
fn three() -> Vec<Replica> {
    let mut office = found();
    let spoken_of = enrol(&mut office, 2, &unit("3-2-501"));
    let hearer = enrol(&mut office, 3, &unit("3-2-502"));
    vec![office, spoken_of, hearer]
}

/// How far a replica holds the office's own authority log.
fn authority_head(r: &Replica, office: &Replica) -> u32 {
    let log = log(office, LaneClass::Authority);
    r.heads().get(&log).map_or(0, |head| head.seq)
}

#[test]
fn a_revocation_overtakes_its_own_log_and_the_log_that_it_cuts() {
    let mut all = three();
    let before = post(&mut all[1], "之前", 5);
    meet(&mut all, 0, 1, 10);
    let stolen = all[1].me().device();
    let after = post(&mut all[1], "之后", 11);
    all[0].revoke(now(12), &stolen, "丢失").unwrap();
    all[0].flush(now(12), &mut vec![]).unwrap();

    // The act alone comes through; of the office's log, where it stands, and of the stolen device's, nothing does.
    meet_but(&mut all, 0, 2, 20, acts_only);
    let behind = authority_head(&all[2], &all[0]);
    assert!(
        behind < authority_head(&all[0], &all[0]),
        "its log came too"
    );
    assert_eq!(all[2].heads().get(&log(&all[1], LaneClass::Board)), None);
    // The stolen device is met: it is turned away by whoever has heard.
    meet(&mut all, 1, 2, 30);
    assert!(!shows(&all[2], &before) && !shows(&all[2], &after));
    // What it wrote before counts, and comes from whoever carries it.
    meet(&mut all, 0, 2, 40);
    assert!(shows(&all[2], &before) && !shows(&all[2], &after));
    assert!(all[2].authority().is_revoked(&stolen));
    all.remove(1);
    agree(&mut all, 1000, "board");
}

#[test]
fn a_hold_and_its_lift_overtake_their_logs_and_both_orders_end_alike() {
    let mut all = three();
    meet(&mut all, 0, 1, 10);
    meet(&mut all, 0, 2, 11);
    let held = all[1].me().device();
    all[0].hold(now(12), &held, "丢失").unwrap();
    all[0].flush(now(12), &mut vec![]).unwrap();
    let late = post(&mut all[1], "之后", 13);
    meet_but(&mut all, 0, 2, 20, acts_only);
    assert!(all[2].authority().is_held(&held));
    meet(&mut all, 1, 2, 30);
    assert!(!shows(&all[2], &late), "carried, not shown");
    let log = log(&all[1], LaneClass::Board);
    assert!(all[2].heads().contains_key(&log), "carried, not shown");

    assert_eq!(all[0].lift(now(31), &held).unwrap(), 1);
    all[0].flush(now(31), &mut vec![]).unwrap();
    // Again only the act; the log with both acts follows later, the hold in it behind its own lift.
    meet_but(&mut all, 0, 2, 40, acts_only);
    assert!(!all[2].authority().is_held(&held));
    assert!(shows(&all[2], &late), "lifted, and shown at once");
    meet(&mut all, 0, 2, 50);
    assert!(
        !all[2].authority().is_held(&held),
        "the hold in the log ends nothing"
    );
    agree(&mut all, 1000, "board");
    assert!(shows(&all[0], &late));
}

#[test]
fn an_act_heard_before_anything_of_whom_it_speaks_about_is_kept_for_then() {
    let mut all = three();
    let stranger = enrol(&mut all[0], 4, &unit("3-2-503"));
    all.push(stranger);
    let device = all[3].me().device();
    let words = post(&mut all[3], "从没听说过的人", 5);
    meet(&mut all, 0, 3, 6);
    all[0].hold(now(7), &device, "丢失").unwrap();
    all[0].flush(now(7), &mut vec![]).unwrap();
    let later = post(&mut all[3], "被冻结以后", 8);
    // The hearer knows neither the device's certificate nor its enrolment when the hold comes.
    assert!(all[2].authority().device(&device).is_none());
    meet_but(&mut all, 0, 2, 20, acts_only);
    meet(&mut all, 2, 3, 30);
    assert!(shows(&all[2], &words) && !shows(&all[2], &later));
    agree(&mut all, 1000, "board");
}
