//! Gate logs in any order: the same uses, incidents and people inside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::testing::{MONDAY, key};
use proptest::prelude::*;

fn line(id: u8, at: u64, what: Happened) -> Line {
    Line {
        id: [id; 32],
        about: None,
        device: key(9).device(),
        period: Period(682),
        seq: u32::from(id),
        gate: 1,
        at: UnixSec(MONDAY + at),
        what,
        cti: None,
        entries: None,
        uses_after: None,
        nonce: None,
        plate: None,
    }
}

const CAME: Happened = Happened::CameIn { by_guard: false };
const LET_IN: Happened = Happened::CameIn { by_guard: true };

fn used(id: u8, at: u64, what: Happened, cti: u8) -> Line {
    Line {
        cti: Some(Cti([cti; 12])),
        entries: Some(1),
        ..line(id, at, what)
    }
}

fn logs(lines: impl IntoIterator<Item = Line>) -> GateLogs {
    let mut logs = GateLogs::default();
    lines.into_iter().for_each(|line| logs.hear(line));
    logs
}

fn any_line() -> impl Strategy<Value = Line> {
    let what = prop::sample::select(vec![
        CAME,
        LET_IN,
        Happened::Left,
        Happened::Corrected,
        Happened::HandedOver,
        Happened::Other,
    ]);
    let who = (0..3u8, 0..2u8, prop::option::of(0..3u8), 0..5u64);
    let more = (
        prop::option::of(0..3u8),
        prop::option::of(1..3u8),
        prop::option::of(0..2u8),
        any::<u8>(),
    );
    (what, who, more).prop_map(
        |(what, (_, device, cti, at), (about, entries, nonce, id))| Line {
            about: about.map(|n| [n; 32]),
            device: key(8 + device).device(),
            gate: device + 1,
            cti: cti.map(|n| Cti([n; 12])),
            entries,
            nonce: nonce.map(|n| [n; 16]),
            ..line(id, at, what)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_merge_order_gives_the_same_uses_incidents_and_people_inside(
        lines in prop::collection::vec(any_line(), 0..14),
        order in any::<prop::sample::Index>(),
        turn in 0..6usize,
    ) {
        // One id, one line: ids are hashes.
        let lines: BTreeMap<[u8; 32], Line> = lines.into_iter().map(|l| (l.id, l)).collect();
        let lines: Vec<Line> = lines.into_values().collect();
        let all = logs(lines.clone());
        let (one, rest) = lines.split_at(order.index(lines.len() + 1));
        let (two, three) = rest.split_at(rest.len() / 2);
        let parts = [one, two, three].map(|part| logs(part.iter().rev().cloned()));
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let mut merged = GateLogs::default();
        for part in orders[turn] {
            merged.merge(&parts[part]);
            merged.merge(&parts[part]);
        }
        prop_assert_eq!(&merged, &all);
        prop_assert_eq!(merged.incidents(&BTreeMap::new()), all.incidents(&BTreeMap::new()));
        prop_assert_eq!(merged.inside(), all.inside());
    }

    #[test]
    fn every_use_above_what_a_pass_allows_is_one_incident(
        lines in prop::collection::vec(any_line(), 0..14),
    ) {
        let all = logs(lines);
        let incidents = all.incidents(&BTreeMap::new());
        for (cti, uses) in all.uses() {
            let stated = all.lines().filter(|l| l.cti == Some(cti)).filter_map(|l| l.entries).min();
            let surplus = stated.map_or(0, |n| uses.len().saturating_sub(usize::from(n)));
            let found: Vec<&Incident> = incidents.iter().filter(|i| i.cti == cti).collect();
            prop_assert_eq!(found.len(), surplus);
            let numbers: BTreeSet<u32> = found.iter().map(|i| i.number).collect();
            prop_assert_eq!(numbers.len(), surplus, "each has a number of its own");
        }
    }
}

#[test]
fn a_copy_of_the_lines_in_another_lane_gives_the_same_incident() {
    let gates = logs([used(1, 0, CAME, 7), used(2, 60, LET_IN, 7)]);
    // The household's copies have other ids.
    let house = logs([used(11, 0, CAME, 7), used(12, 60, LET_IN, 7)]);
    let incidents = gates.incidents(&BTreeMap::new());
    assert_eq!(incidents.len(), 1);
    assert_eq!((incidents[0].number, incidents[0].used.by_guard), (2, true));
    assert_eq!(house.incidents(&BTreeMap::new()), incidents);
    // Whoever holds both counts each use once.
    let mut both = gates.clone();
    both.merge(&house);
    assert_eq!(both.incidents(&BTreeMap::new()), incidents);
}

#[test]
fn a_hand_over_that_both_gates_wrote_down_is_one_use() {
    let nonce = Some([5; 16]);
    let home = Line {
        nonce,
        ..used(1, 0, Happened::HandedOver, 7)
    };
    let away = Line {
        nonce,
        gate: 2,
        device: key(8).device(),
        ..used(2, 1, CAME, 7)
    };
    let both = logs([home, away]);
    let uses = &both.uses()[&Cti([7; 12])];
    assert_eq!((uses.len(), uses[0].gate), (1, 2), "where somebody came in");
    assert_eq!(both.incidents(&BTreeMap::new()), []);
}

#[test]
fn within_one_second_and_after_a_clock_is_turned_back_the_log_says_what_came_first() {
    let plate = Plate::parse("京AD12345").unwrap();
    let car = |id, seq, at, what| Line {
        plate: Some(plate.clone()),
        seq,
        ..line(id, at, what)
    };
    let ids = |logs: &GateLogs| -> Vec<u8> { logs.inside().iter().map(|l| l.id[0]).collect() };
    // A car nobody saw coming leaves, and the same car comes, within a second: it is inside.
    let turn = logs([car(9, 1, 0, Happened::Left), car(2, 2, 0, CAME)]);
    assert_eq!(ids(&turn), [2]);
    // The other way round it is gone.
    let gone = logs([car(9, 1, 0, CAME), car(2, 2, 0, Happened::Left)]);
    assert_eq!(ids(&gone), [] as [u8; 0]);
    // A clock that was turned back between the two changes nothing.
    let back = logs([car(9, 1, 900, CAME), car(2, 2, 300, Happened::Left)]);
    assert_eq!(ids(&back), [] as [u8; 0]);
    // Two that came in one second stand in the order of the log, not of their hashes.
    let two = logs([car(9, 1, 0, CAME), car(2, 2, 0, CAME)]);
    assert_eq!(ids(&two), [9, 2]);
}

#[test]
fn lines_of_the_first_version_take_the_limit_from_the_grant() {
    let old = |id, at| Line {
        entries: None,
        ..used(id, at, CAME, 7)
    };
    let two = logs([old(1, 0), old(2, 9)]);
    assert_eq!(two.incidents(&BTreeMap::new()), []);
    let known = [(Cti([7; 12]), 1)].into();
    assert_eq!(two.incidents(&known).len(), 1);
    let uncounted = [(Cti([7; 12]), 0)].into();
    assert_eq!(two.incidents(&uncounted), []);
}

#[test]
fn who_left_is_not_inside_and_a_corrected_click_never_happened_but_stays_counted() {
    let plate = Plate::parse("京AD12345").unwrap();
    let car = |id, at, what| Line {
        plate: Some(plate.clone()),
        ..line(id, at, what)
    };
    let ids = |logs: &GateLogs| -> Vec<u8> { logs.inside().iter().map(|l| l.id[0]).collect() };
    let mut all = logs([used(1, 0, CAME, 7), car(2, 5, CAME), used(3, 6, LET_IN, 8)]);
    assert_eq!(ids(&all), [1, 2, 3]);
    all.hear(car(4, 10, Happened::Left));
    assert_eq!(ids(&all), [1, 3]);
    let about = |id: u8, of: u8, what| Line {
        about: Some([of; 32]),
        ..line(id, 20, what)
    };
    // The wrong button: the car is still there.
    all.hear(about(5, 4, Happened::Corrected));
    assert_eq!(ids(&all), [1, 2, 3]);
    all.hear(about(6, 1, Happened::Left));
    all.hear(about(7, 3, Happened::Corrected));
    assert_eq!(ids(&all), [2]);
    assert!(all.corrected(&[3; 32]) && !all.corrected(&[2; 32]));
    assert_eq!(all.uses()[&Cti([8; 12])].len(), 1, "the use stays spent");
    // A correction taken back: the exit counts again.
    all.hear(about(8, 5, Happened::Corrected));
    assert_eq!(ids(&all), [] as [u8; 0]);
    // Another gate corrects nothing here.
    let mut other = about(9, 4, Happened::Corrected);
    other.device = key(8).device();
    all.hear(other);
    assert_eq!(ids(&all), [] as [u8; 0]);
}
