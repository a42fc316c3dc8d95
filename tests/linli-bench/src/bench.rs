//! The benchmarks, one file each, and how large a run is.

mod burst;
mod edit;
mod files;
mod find;
mod frames;
mod gate;
mod gate_frames;
mod gate_month;
pub mod gate_start;
mod gate_state;
mod homes;
mod ingest;
mod reach;
mod register;
mod start;

use crate::stats::Measured;
use anyhow::Result;
use std::path::Path;

/// How large a run is.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Rounds of which the median is taken.
    pub rounds: usize,
    /// A look whether everything runs, not a measurement.
    pub quick: bool,
}

impl Scale {
    /// The full run: an odd number of rounds, so that the median was measured.
    pub const FULL: Self = Self {
        rounds: 7,
        quick: false,
    };
    /// The quick look.
    pub const QUICK: Self = Self {
        rounds: 2,
        quick: true,
    };

    /// A size, by the kind of run.
    #[must_use]
    pub const fn of(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }
}

type Run = fn(&Path, Scale) -> Result<Vec<Measured>>;

/// Every benchmark by the id of quality.md §5, in the order of the table.
pub const ALL: &[(&str, Run)] = &[
    ("B1", edit::run),
    ("B2", burst::run),
    ("B3", ingest::run),
    ("B6", reach::run),
    ("B7", gate::run),
    ("B8", start::run),
    ("B11", files::run),
    ("B12", interface),
    ("B14", register::run),
];

/// B12: searching, and drawing.
fn interface(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let mut rows = find::run(dir, scale)?;
    rows.extend(frames::run(dir, scale)?);
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bars::BARS;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_has_a_benchmark_and_every_benchmark_a_row() {
        let ran: BTreeSet<&str> = ALL.iter().map(|(id, _)| *id).collect();
        let listed: BTreeSet<&str> = BARS.iter().map(|b| b.id).collect();
        assert_eq!(ran, listed);
    }

    #[test]
    fn a_full_run_takes_the_median_of_at_least_five() {
        let rounds = [Scale::FULL.rounds];
        assert!(rounds.iter().all(|r| *r >= 5));
    }
}
