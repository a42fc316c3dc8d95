//! Medians, extremes, percentiles, and rounds in which a value and its limit are taken side by side.

use std::time::Duration;

/// Median with minimum and maximum.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spread {
    /// Median.
    pub median: f64,
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
}

impl Spread {
    /// Of a list; all zero for an empty one.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (Some(min), Some(max)) = (sorted.first(), sorted.last()) else {
            return Self {
                median: 0.0,
                min: 0.0,
                max: 0.0,
            };
        };
        let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        Self {
            median: f64::midpoint(low, high),
            min: *min,
            max: *max,
        }
    }

    /// One number.
    #[must_use]
    pub const fn one(value: f64) -> Self {
        Self {
            median: value,
            min: value,
            max: value,
        }
    }
}

/// Durations of single operations.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Notes one.
    pub fn push(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64());
    }

    /// Notes all of another list.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Seconds in all.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Operations a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "counts of operations are small")]
        let count = self.0.len() as f64;
        count / self.total_s().max(f64::MIN_POSITIVE)
    }

    /// The median, in seconds.
    #[must_use]
    pub fn median_s(&self) -> f64 {
        Spread::of(&self.0).median
    }

    /// The value that `percent` of a hundred operations stay at or below, in seconds (nearest rank).
    #[must_use]
    pub fn percentile_s(&self, percent: usize) -> f64 {
        self.permille_s(10 * percent)
    }

    /// The value that `permille` of a thousand operations stay at or below, in seconds (nearest rank).
    #[must_use]
    pub fn permille_s(&self, permille: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * permille).div_ceil(1000).max(1);
        sorted.get(rank - 1).copied().unwrap_or_default()
    }
}

/// Rounds, each with what we reached and what the limit was in the same moments.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    values: Vec<f64>,
    limits: Vec<f64>,
}

impl Rounds {
    /// Notes a round.
    pub fn push(&mut self, value: f64, limit: f64) {
        self.values.push(value);
        self.limits.push(limit);
    }

    /// The row of the table. The ratio is taken in each round and then the median of it, so a disk that is slow
    /// for a minute is slow for both.
    #[must_use]
    pub fn measured(&self, key: &'static str, note: impl Into<String>) -> Measured {
        let ratios: Vec<f64> = self
            .values
            .iter()
            .zip(&self.limits)
            .map(|(value, limit)| value / limit.max(f64::MIN_POSITIVE))
            .collect();
        Measured {
            key,
            rounds: self.values.len(),
            value: Spread::of(&self.values),
            limit: Spread::of(&self.limits),
            ratio: Spread::of(&ratios),
            note: note.into(),
        }
    }

    /// The same where a round is too short for a percentile of its own: in the middle stands `value`, of all
    /// rounds together.
    #[must_use]
    pub fn pooled(&self, value: f64, key: &'static str, note: impl Into<String>) -> Measured {
        let mut measured = self.measured(key, note);
        measured.value.median = value;
        measured.ratio.median = value / measured.limit.median.max(f64::MIN_POSITIVE);
        measured
    }
}

/// What came of one row of [`crate::bars::BARS`].
#[derive(Clone, PartialEq, Debug)]
pub struct Measured {
    /// Which row.
    pub key: &'static str,
    /// Over how many rounds.
    pub rounds: usize,
    /// What we reached: seconds or operations a second, as the row's unit says.
    pub value: Spread,
    /// The limit or peer.
    pub limit: Spread,
    /// Value to limit.
    pub ratio: Spread,
    /// Sizes and circumstances of this run.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_list_lies_between_the_two_in_the_middle() {
        let s = Spread::of(&[4.0, 1.0, 3.0, 2.0]);
        assert_eq!((s.median, s.min, s.max), (2.5, 1.0, 4.0));
        assert_eq!(Spread::of(&[7.0]), Spread::one(7.0));
        assert_eq!(Spread::of(&[]), Spread::one(0.0));
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let mut t = Times::default();
        (1..=200).for_each(|ms| t.push(Duration::from_millis(ms)));
        assert_eq!(t.percentile_s(99), 0.198);
        assert_eq!(t.percentile_s(50), 0.1);
        assert_eq!(t.percentile_s(100), 0.2);
        assert_eq!((t.permille_s(999), t.permille_s(5)), (0.2, 0.001));
        assert_eq!(Times::default().percentile_s(99), 0.0);
    }

    #[test]
    fn a_ratio_is_taken_inside_each_round() {
        let mut rounds = Rounds::default();
        for speed in [1.0, 10.0, 100.0] {
            rounds.push(0.5 * speed, speed);
        }
        let m = rounds.measured("b2-burst", "");
        assert_eq!(m.ratio, Spread::one(0.5));
        assert_eq!((m.value.median, m.limit.max, m.rounds), (5.0, 100.0, 3));
        let pooled = rounds.pooled(40.0, "b2-burst", "");
        assert_eq!((pooled.value.median, pooled.value.max), (40.0, 50.0));
        assert_eq!(pooled.ratio.median, 4.0);
    }
}
