//! The gate's memory: indexes, uses, locks, clocks.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::plate::Plate;
use crate::testing::{DAY, MONDAY, World, key};
use linli_base::Period;
use linli_base::time::Moment;
use proptest::prelude::*;

fn plate(text: &str) -> Plate {
    Plate::parse(text).unwrap()
}

fn entry(seq: u32, period: u32, device: u8) -> Use {
    Use {
        at: UnixSec(MONDAY + u64::from(seq)),
        gate: 1,
        device: key(device).device(),
        period: Period(period),
        seq,
    }
}

#[test]
fn a_use_is_counted_once_and_survives_the_month_it_was_made_in() {
    let cti = Cti([1; 12]);
    let mut ledger = Ledger::default();
    ledger.used(cti, entry(1, 682, 9));
    ledger.used(cti, entry(1, 682, 9));
    ledger.used(cti, entry(2, 682, 8));
    assert_eq!(ledger.spent(&cti), 2);
    // The next month opens with what device 9 counted before: the same use, not another one.
    let carried = Carried {
        device: key(9).device(),
        period: Period(683),
        spent: 1,
    };
    ledger.carried_over(cti, carried);
    assert_eq!(ledger.spent(&cti), 2);
    ledger.used(cti, entry(5, 683, 9));
    assert_eq!(ledger.spent(&cti), 3);
    // A gate that holds only the later month knows as much.
    let mut later = Ledger::default();
    later.carried_over(cti, carried);
    later.used(cti, entry(5, 683, 9));
    later.used(cti, entry(2, 682, 8));
    assert_eq!(later.spent(&cti), 3);
    assert_eq!(later.last_use(&cti).map(|u| u.seq), Some(5));
}

#[test]
fn five_wrong_codes_in_a_minute_lock_for_a_minute() {
    let at = |s: u64| Moment(s * 1000);
    let now = |s: u64| crate::Now {
        wall: UnixSec(MONDAY),
        mono: at(s),
    };
    let mut tries = Tries::default();
    for s in [0, 10, 20, 30] {
        tries.wrong_code(at(s));
    }
    assert_eq!(tries.codes_locked(now(31)), None);
    tries.wrong_code(at(50));
    assert_eq!(tries.codes_locked(now(50)), Some(60));
    assert_eq!(tries.codes_locked(now(109)), Some(1));
    assert_eq!(tries.codes_locked(now(110)), None);
    let mut slow = Tries::default();
    for s in [0, 20, 40, 61, 80] {
        slow.wrong_code(at(s));
    }
    assert_eq!(slow.codes_locked(now(80)), None);
}

#[test]
fn three_wrong_pins_lock_one_pass_for_a_quarter_of_an_hour() {
    let now = |s: u64| crate::Now {
        wall: UnixSec(MONDAY),
        mono: Moment(s * 1000),
    };
    let mut tries = Tries::default();
    let cti = Cti([1; 12]);
    for _ in 0..3 {
        tries.wrong_pin(cti, Moment(0));
    }
    assert_eq!(tries.pin(&cti, now(0)), (0, Some(900)));
    assert_eq!(tries.pin(&Cti([2; 12]), now(0)), (0, None));
    assert_eq!(tries.pin(&cti, now(900)), (0, None));
}

#[test]
fn an_own_clock_below_the_floor_is_behind_whatever_it_thinks_of_itself() {
    let clock = Clock {
        state: ClockState::Good,
        floor: UnixSec(1000),
    };
    assert_eq!(clock.judge(UnixSec(999)).state, ClockState::Behind);
    let good = clock.judge(UnixSec(2000));
    assert!(good.is_past(UnixSec(1880)) && !good.is_past(UnixSec(1881)));
    assert!(good.is_before(UnixSec(2121)) && !good.is_before(UnixSec(2120)));
    let drift = Clock {
        state: ClockState::Drift,
        ..clock
    }
    .judge(UnixSec(2000));
    assert!(drift.is_past(UnixSec(1700)) && !drift.is_past(UnixSec(1701)));
    let lost = Clock {
        state: ClockState::Lost,
        ..clock
    }
    .judge(UnixSec(9000));
    assert!(lost.is_past(UnixSec(1000)) && !lost.is_past(UnixSec(1001)));
    assert!(!lost.is_before(UnixSec(u64::MAX)));
    for state in ClockState::ALL {
        assert_eq!(ClockState::parse(state.as_str()), Some(state));
    }
}

#[test]
fn the_lowest_cut_off_counts_and_a_log_not_named_ends_at_nothing() {
    let w = World::new();
    let device = w.host.device();
    let principal = w.principal(&w.host);
    let heads = |seq| Heads::from([((device, Period(682)), seq)]);
    let mut acts = Acts::default();
    acts.revoke(Subject::Device(device), heads(9));
    acts.revoke(Subject::Device(device), heads(4));
    let revoked = |acts: &Acts, seq| {
        acts.standing(device, principal, Some(&w.place(seq)))
            .revoked
    };
    assert!(!revoked(&acts, 4) && revoked(&acts, 5));
    acts.revoke(Subject::Device(device), Heads::new());
    assert!(revoked(&acts, 1));
    assert!(acts.standing(device, principal, None).revoked);
    acts.hold(Subject::Principal(principal), heads(3));
    acts.hold(Subject::Principal(principal), heads(2));
    assert_eq!(
        acts.standing(device, principal, Some(&w.place(2))).held,
        Some(true)
    );
    assert_eq!(
        acts.standing(device, principal, Some(&w.place(3))).held,
        Some(false)
    );
    acts.lift(&Subject::Principal(principal));
    assert_eq!(
        acts.standing(device, principal, Some(&w.place(3))).held,
        None
    );
}

#[test]
fn of_several_certificates_the_newest_counts() {
    let w = World::new();
    let mut keys = Keys::default();
    let mut claims = w.host_claims();
    keys.hear(claims.clone());
    claims.iat = UnixSec(claims.iat.0 + DAY);
    claims.roles = 0;
    keys.hear(claims.clone());
    keys.hear(w.host_claims());
    assert_eq!(keys.device(&w.host.device()), Some(&claims));
    keys.forget(&w.host.device());
    assert_eq!(
        keys.candidates(&linli_keys::cose::kid(&w.host.public()))
            .count(),
        0
    );
}

#[test]
fn grants_are_found_by_code_and_plate_until_they_are_forgotten() {
    let w = World::new();
    let mut grants = Grants::default();
    let booked = plate("京Q88B26");
    let known = |n: u8, device: u8| KnownGrant {
        grant: w.grant(|c| {
            c.cti = Cti([n; 12]);
            c.plate = Some(booked.clone());
        }),
        place: LogPlace {
            device: key(device).device(),
            ..w.place(1)
        },
        resident: false,
    };
    grants.hear(known(1, 2));
    grants.hear(known(1, 2));
    grants.hear(known(2, 2));
    // Another household copies an id into its own log: it displaces nothing.
    grants.hear(known(1, 7));
    assert_eq!((grants.len(), grants.iter().count()), (3, 3));
    assert_eq!(grants.with_code(Cti([1; 12]).short_code()).count(), 2);
    assert_eq!(grants.with_plate(&booked).count(), 3);
    let near = |g: &Grants| g.plates_near(&plate("京Q88826")).len();
    assert_eq!(near(&grants), 1);
    for (n, device) in [(1, 2), (2, 2), (1, 7)] {
        grants.forget(&Cti([n; 12]), &key(device).device());
    }
    assert!(grants.is_empty());
    assert_eq!(near(&grants), 0);
    assert_eq!(grants, Grants::default());
}

proptest! {
    #[test]
    fn the_index_finds_exactly_the_plates_one_edit_away(
        plates in proptest::collection::btree_set("京A[A-C0-2]{5,6}", 1..20),
        asked in "京A[A-C0-2]{5,6}",
    ) {
        let w = World::new();
        let mut grants = Grants::default();
        for (n, text) in plates.iter().enumerate() {
            let grant = w.grant(|c| {
                c.cti = Cti([u8::try_from(n).unwrap(); 12]);
                c.plate = Some(plate(text));
            });
            grants.hear(KnownGrant { grant, place: w.place(1), resident: false });
        }
        let asked = plate(&asked);
        let found: Vec<String> = grants.plates_near(&asked).iter().map(|p| p.as_str().to_owned()).collect();
        let slow: Vec<String> =
            plates.iter().filter(|p| plate(p).near(&asked).is_some()).cloned().collect();
        prop_assert_eq!(found, slow);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Two gates over six months, each month opened with what was spent; a replica that holds only the later months
    /// of either knows as much as one that holds all.
    #[test]
    fn dropping_old_months_revives_no_use(
        uses in prop::collection::vec((0..6u32, 0..2u8), 0..20),
        held in (0..6u32, 0..2u8),
    ) {
        let cti = Cti([1; 12]);
        let mut whole = Ledger::default();
        let mut opened: Vec<Carried> = Vec::new();
        for month in 0..6 {
            for gate in 0..2 {
                let device = key(8 + gate).device();
                let spent = whole.spent_by(&cti, &device);
                if spent > 0 {
                    let carried = Carried { device, period: Period(680 + month), spent };
                    opened.push(carried);
                    whole.carried_over(cti, carried);
                }
                for (seq, _) in uses.iter().enumerate().filter(|(_, u)| **u == (month, gate)) {
                    let seq = u32::try_from(seq).unwrap();
                    whole.used(cti, entry(seq, 680 + month, 8 + gate));
                }
            }
        }
        prop_assert_eq!(whole.spent(&cti), u32::try_from(uses.len()).unwrap());
        // One gate's log is held from some month on, the other's whole.
        let (from, gate) = held;
        let cut = key(8 + gate).device();
        let mut later = Ledger::default();
        let kept = |device, period: Period| device != cut || period.0 >= 680 + from;
        for (seq, (month, by)) in uses.iter().enumerate() {
            let used = entry(u32::try_from(seq).unwrap(), 680 + month, 8 + by);
            if kept(used.device, used.period) {
                later.used(cti, used);
            }
        }
        for carried in opened.into_iter().filter(|c| kept(c.device, c.period)) {
            later.carried_over(cti, carried);
        }
        prop_assert_eq!(later.spent(&cti), whole.spent(&cti));
        let own: Vec<Cti> = whole.counted_by(&cut).into_iter().collect();
        let counted = uses.iter().any(|u| u.1 == gate);
        prop_assert_eq!(own, if counted { vec![cti] } else { vec![] });
    }
}
