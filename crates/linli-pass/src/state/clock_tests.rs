//! Every row of the table of clock states, with its edges, and what a gate decides in it.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::plate::Plate;
use crate::testing::{DAY, HOUR, MONDAY, World};
use crate::{Grant, Kind, Scan, What};
use linli_base::PrincipalId;
use linli_base::time::Moment;

const DAYS_14: u64 = 14 * DAY;

fn sources() -> Sources {
    Sources {
        built: UnixSec(MONDAY - 300 * DAY),
        ..Sources::default()
    }
}

fn office(n: u8) -> PrincipalId {
    PrincipalId([n; 16])
}

#[track_caller]
fn at(agreed: Option<u64>, own: u64, jumped: bool, expected: ClockState) {
    let sources = Sources {
        agreed: agreed.map(UnixSec),
        jumped,
        ..sources()
    };
    let judged = sources.clock(UnixSec(own)).judge(UnixSec(own));
    assert_eq!(judged.state, expected, "agreed {agreed:?}, own {own}");
}

#[test]
fn a_clock_is_good_for_a_day_drifts_for_a_fortnight_and_is_lost_then() {
    use ClockState::*;
    at(Some(MONDAY), MONDAY, false, Good);
    at(Some(MONDAY), MONDAY + DAY, false, Good);
    at(Some(MONDAY), MONDAY + DAY + 1, false, Drift);
    at(Some(MONDAY), MONDAY + DAYS_14, false, Drift);
    at(Some(MONDAY), MONDAY + DAYS_14 + 1, false, Lost);
    at(None, MONDAY, false, Lost);
    at(Some(MONDAY), MONDAY, true, Lost);
    // Back behind the last agreement, and back to 1970.
    at(Some(MONDAY), MONDAY - AGREE_S, false, Good);
    at(Some(MONDAY), MONDAY - AGREE_S - 1, false, Behind);
    at(Some(MONDAY), 0, false, Behind);
    at(Some(MONDAY), MONDAY - 30 * DAY, false, Behind);
    // Two years on.
    at(Some(MONDAY), MONDAY + 730 * DAY, false, Lost);
}

#[test]
fn the_floor_is_the_highest_of_what_cannot_be_wrong() {
    let mut s = sources();
    assert_eq!(s.floor(), UnixSec(MONDAY - 300 * DAY));
    s.epoch = UnixSec(MONDAY - 200 * DAY);
    assert_eq!(s.floor(), UnixSec(MONDAY - 200 * DAY - AGREE_S));
    s.agreed = Some(UnixSec(MONDAY - 100 * DAY));
    assert_eq!(s.floor(), UnixSec(MONDAY - 100 * DAY - AGREE_S));
    s.good = Some(UnixSec(MONDAY - 99 * DAY));
    assert_eq!(s.floor(), UnixSec(MONDAY - 99 * DAY - AGREE_S));
    // One office ten years ahead, however often it says so and on however many devices.
    s.state(office(1), UnixSec(MONDAY + 3650 * DAY));
    s.state(office(1), UnixSec(MONDAY + 3651 * DAY));
    assert_eq!(s.floor(), UnixSec(MONDAY - 99 * DAY - AGREE_S));
    // A second one counts: not the highest of the two.
    s.state(office(2), UnixSec(MONDAY));
    assert_eq!(s.floor(), UnixSec(MONDAY));
    s.state(office(2), UnixSec(MONDAY - DAY));
    assert_eq!(
        s.floor(),
        UnixSec(MONDAY),
        "an older word takes nothing back"
    );
}

#[test]
fn a_clock_that_jumps_or_stands_still_is_lost_until_it_agrees_again() {
    let agreed = Some(UnixSec(MONDAY));
    let moment = |s: u64| Moment(s * 1000);
    let mut watch = Watch::default();
    assert!(!watch.jumped(UnixSec(MONDAY), moment(5), agreed));
    assert!(!watch.jumped(UnixSec(MONDAY + 700), moment(705), agreed));
    // Ten minutes are no jump, a second more is.
    assert!(!watch.jumped(UnixSec(MONDAY + 1300), moment(705), agreed));
    assert!(watch.jumped(UnixSec(MONDAY + 1301), moment(705), agreed));
    assert!(
        watch.jumped(UnixSec(MONDAY + 1302), moment(706), agreed),
        "it stays lost"
    );
    let again = Some(UnixSec(MONDAY + 1303));
    assert!(!watch.jumped(UnixSec(MONDAY + 1303), moment(707), again));
    assert!(
        watch.jumped(UnixSec(MONDAY), moment(708), again),
        "backwards"
    );
    let mut frozen = Watch::default();
    assert!(!frozen.jumped(UnixSec(MONDAY), moment(0), agreed));
    assert!(!frozen.jumped(UnixSec(MONDAY), moment(600), agreed));
    assert!(frozen.jumped(UnixSec(MONDAY), moment(601), agreed));
}

/// What the gate answers to one pass in each state, an own clock in the middle of its validity.
#[test]
fn nothing_that_rests_on_the_own_clock_is_admitted_when_it_cannot_be_relied_on() {
    for (state, expected) in [
        (ClockState::Good, "ADMIT"),
        (ClockState::Drift, "ADMIT"),
        (ClockState::Behind, "ASK E_CLOCK"),
        (ClockState::Lost, "ASK E_CLOCK"),
    ] {
        let mut w = World::new();
        w.gate.clock.state = state;
        let decision = w.decide(&w.pass(|_| {}));
        assert_eq!(crate::testing::answer(&decision), expected, "{state:?}");
        let banner = (state != ClockState::Good).then_some(state);
        assert_eq!(decision.clock, banner);
        // Expired against the floor: that is certain in every state.
        let floor = w.gate.clock.floor;
        let old = w.pass(|c| {
            (c.iat, c.nbf) = (UnixSec(floor.0 - 9 * HOUR), UnixSec(floor.0 - 9 * HOUR));
            c.exp = floor;
        });
        w.check(&old, "DENY E_EXPIRED");
    }
}

#[test]
fn the_allowance_is_two_minutes_while_good_and_five_while_drifting_on_both_ends() {
    for (state, skew) in [(ClockState::Good, 120), (ClockState::Drift, 300)] {
        let mut w = World::new();
        w.gate.clock.state = state;
        let pass = |w: &World, from: u64, until: u64| {
            w.pass(|c| {
                (c.iat, c.nbf) = (UnixSec(MONDAY - HOUR), UnixSec(from));
                c.exp = UnixSec(until);
            })
        };
        w.check(&pass(&w, MONDAY - HOUR, MONDAY - skew + 1), "ADMIT");
        w.check(&pass(&w, MONDAY - HOUR, MONDAY - skew), "DENY E_EXPIRED");
        w.check(&pass(&w, MONDAY + skew, MONDAY + HOUR), "ADMIT");
        w.check(
            &pass(&w, MONDAY + skew + 1, MONDAY + HOUR),
            "DENY E_NOT_YET",
        );
    }
}

#[test]
fn a_residents_plate_opens_with_a_banner_whatever_the_clock_and_nobody_elses_does() {
    let plate = Plate::parse("京AD12345").unwrap();
    let car = |w: &World| -> Grant {
        w.grant(|c| {
            c.kind = Kind::Vehicle;
            (c.entries, c.gates) = (0, vec![]);
            c.plate = Some(plate.clone());
            c.exp = UnixSec(MONDAY + 100 * DAY);
        })
    };
    for state in [ClockState::Behind, ClockState::Lost] {
        for (resident, expected) in [(true, "ADMIT"), (false, "ASK E_CLOCK")] {
            let mut w = World::new();
            w.gate.clock.state = state;
            let (grant, place) = (car(&w), w.place(4));
            w.gate.grants.hear(KnownGrant {
                grant,
                place,
                resident,
            });
            let scan = Scan::of(What::Plate {
                read: "京AD12345".into(),
                sure: true,
            });
            let decision = w.decide(&scan);
            assert_eq!(crate::testing::answer(&decision), expected);
            assert_eq!(decision.clock, Some(state));
        }
    }
}

#[test]
fn stale_news_asks_by_what_is_left_of_a_pass() {
    // What is left of the pass, and how old news may be for it.
    for (left, allowed) in [
        (HOUR, 7 * DAY),
        (DAY, 7 * DAY),
        (DAY + 1, DAY),
        (7 * DAY, DAY),
        (7 * DAY + 1, 4 * HOUR),
        (90 * DAY, 4 * HOUR),
    ] {
        let mut w = World::new();
        let pass = w.pass(|c| {
            c.kind = Kind::Worker;
            c.exp = UnixSec(MONDAY + left);
        });
        w.gate.news = Some(UnixSec(MONDAY - allowed));
        w.check(&pass, "ADMIT");
        w.gate.news = Some(UnixSec(MONDAY - allowed - 1));
        w.check(&pass, "ASK E_STALE");
        w.gate.news = None;
        w.check(&pass, "ASK E_STALE");
    }
}
