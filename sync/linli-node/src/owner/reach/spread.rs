//! How a notice spread: for a row of moments, how many units had got how far by then.
//!
//! A lower bound like every number here. Moments are those that households and stewards claim, kept between the notice's own
//! moment and the moment of counting, so that a clock that is wrong moves nobody out of the picture. One that is ahead does not
//! stretch it either: what claims a moment that has not come stands at the last one that has.

use serde::Serialize;

const HOUR_MS: u64 = 3_600_000;
/// Most columns of a picture of it.
pub(super) const COLUMNS_MAX: u64 = 24;
/// Widths of a column in hours; beyond the last one it is doubled until it fits.
const WIDTHS: [u64; 6] = [1, 2, 3, 6, 12, 24];

/// When a unit got how far, Unix milliseconds: each the first that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Moments {
    /// Its computer had it, or somebody stood at its door.
    pub(super) reached: Option<u64>,
    /// Opened.
    pub(super) read: Option<u64>,
    /// Confirmed, or told at the door.
    pub(super) settled: Option<u64>,
}

impl Moments {
    /// Notes the first of each.
    pub(super) fn first(&mut self, other: Self) {
        let first = |mine: &mut Option<u64>, other: Option<u64>| {
            *mine = match (*mine, other) {
                (Some(mine), Some(other)) => Some(mine.min(other)),
                (mine, other) => mine.or(other),
            };
        };
        first(&mut self.reached, other.reached);
        first(&mut self.read, other.read);
        first(&mut self.settled, other.settled);
    }
}

/// How many units had got how far by a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Point {
    /// Unix milliseconds.
    until_ms: u64,
    reached: usize,
    read: usize,
    settled: usize,
}

/// The points from `begin_ms` to whatever changed last, at most [`COLUMNS_MAX`], an hour apart or wider; none where
/// nobody was reached yet. The last one is never later than `now_ms`.
pub(super) fn points(begin_ms: u64, now_ms: u64, units: &[Moments]) -> Vec<Point> {
    let now_ms = now_ms.max(begin_ms);
    let claimed = units
        .iter()
        .flat_map(|unit| [unit.reached, unit.read, unit.settled]);
    let come = claimed.flatten().filter(|at| *at <= now_ms).max();
    let latest = come.map_or(now_ms, |at| at.max(begin_ms));
    let kept = |at: Option<u64>| at.map(|at| at.clamp(begin_ms, latest));
    let units: Vec<Moments> = units
        .iter()
        .map(|unit| Moments {
            reached: kept(unit.reached),
            read: kept(unit.read),
            settled: kept(unit.settled),
        })
        .collect();
    let all = units
        .iter()
        .flat_map(|unit| [unit.reached, unit.read, unit.settled]);
    let Some(last) = all.flatten().max() else {
        return Vec::new();
    };
    let span = (last - begin_ms).max(1);
    let fits = |hours: &u64| span.div_ceil(hours * HOUR_MS) <= COLUMNS_MAX;
    let mut hours = WIDTHS.into_iter().find(fits).unwrap_or(24);
    while !fits(&hours) {
        hours *= 2;
    }
    let width = hours * HOUR_MS;
    let by = |until: u64, of: fn(&Moments) -> Option<u64>| {
        units
            .iter()
            .filter(|unit| of(unit).is_some_and(|at| at <= until))
            .count()
    };
    (1..=span.div_ceil(width))
        .map(|n| begin_ms.saturating_add(n * width).min(now_ms))
        .map(|until_ms| Point {
            until_ms,
            reached: by(until_ms, |unit| unit.reached),
            read: by(until_ms, |unit| unit.read),
            settled: by(until_ms, |unit| unit.settled),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    const BEGIN: u64 = 1_795_000_000_000;

    fn unit(reached: u64, read: Option<u64>, settled: Option<u64>) -> Moments {
        let at = |minutes: u64| BEGIN + minutes * 60_000;
        Moments {
            reached: Some(at(reached)),
            read: read.map(at),
            settled: settled.map(at),
        }
    }

    #[test]
    fn hour_by_hour_it_is_counted_who_had_got_how_far() {
        let units = [
            unit(1, Some(10), Some(10)),
            unit(30, Some(90), None),
            unit(150, None, None),
            Moments::default(),
        ];
        let got = points(BEGIN, BEGIN + 10 * HOUR_MS, &units);
        let got: Vec<_> = got
            .iter()
            .map(|p| ((p.until_ms - BEGIN) / HOUR_MS, p.reached, p.read, p.settled))
            .collect();
        assert_eq!(got, [(1, 2, 1, 1), (2, 2, 2, 1), (3, 3, 2, 1)]);
    }

    #[test]
    fn a_clock_that_is_wrong_moves_nobody_out_of_the_picture() {
        let early = Moments {
            reached: Some(7),
            ..Moments::default()
        };
        let late = Moments {
            reached: Some(u64::MAX),
            ..Moments::default()
        };
        let now = BEGIN + 90 * 60_000;
        let got = points(BEGIN, now, &[early, late, unit(70, None, None)]);
        assert_eq!(got.len(), 2);
        assert_eq!((got[0].reached, got[1].reached), (1, 3));
        assert_eq!(got[1].until_ms, now);
        let got = points(BEGIN, now, &[late]);
        assert_eq!((got.len(), got[1].reached, got[1].until_ms), (2, 1, now));
    }

    #[test]
    fn a_clock_that_is_ahead_does_not_stretch_the_picture_of_the_others() {
        let day = 24 * HOUR_MS;
        let ahead = Moments {
            reached: Some(BEGIN + 400 * day),
            ..Moments::default()
        };
        let units = [unit(30, None, None), unit(90, None, None), ahead];
        for now in [BEGIN + 2 * HOUR_MS, BEGIN + day, BEGIN + 100 * day] {
            let got = points(BEGIN, now, &units);
            let reached: Vec<_> = got.iter().map(|p| p.reached).collect();
            assert_eq!(reached, [1, 3]);
        }
    }

    #[test]
    fn where_nobody_was_reached_there_is_nothing_to_draw() {
        assert!(points(BEGIN, BEGIN + 1, &[Moments::default()]).is_empty());
        assert!(points(BEGIN, BEGIN, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn it_only_grows_ends_with_everybody_and_has_few_columns(
            units in prop::collection::vec((0_u64..9_000_000, prop::option::of(0_u64..9_000_000)), 1..40),
            now in 0_u64..20_000_000,
        ) {
            let units: Vec<Moments> = units.into_iter().map(|(reached, read)| unit(reached, read, None)).collect();
            let got = points(BEGIN, BEGIN + now * 60_000, &units);
            prop_assert!(!got.is_empty() && got.len() as u64 <= COLUMNS_MAX);
            for pair in got.windows(2) {
                prop_assert!(pair[0].until_ms < pair[1].until_ms);
                prop_assert!(pair[0].reached <= pair[1].reached && pair[0].read <= pair[1].read);
            }
            let last = got.last().unwrap();
            prop_assert_eq!(last.reached, units.len());
            prop_assert_eq!(last.read, units.iter().filter(|unit| unit.read.is_some()).count());
        }
    }
}
