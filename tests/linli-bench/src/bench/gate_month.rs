//! B7: what it costs once a month that a month of the gates' logs is over.
//!
//! A gate's store holds two months of its log, as many events in each. The older month is dropped as a home does it
//! (`Replica::drop_gate_month`, one commit), then the store is compacted, which writes every table anew so that nothing of
//! the month is left in the file. Between two decisions nobody is let in while this runs. Each round begins with a copy of
//! the same file; the limit is writing a file of that size anew and syncing it.

use super::Scale;
use super::gate::gate_replica;
use crate::clock::timed;
use crate::disk::sealed_file;
use crate::stats::{Measured, Rounds};
use crate::world::{self, now};
use anyhow::{Result, bail};
use linli_base::Period;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// From the one month into the next.
const MONTH_MS: u64 = 31 * 86_400_000;
/// Events of one commit while the log is filled.
const FILL: usize = 2_000;
/// The gate's number among the bench's devices.
const GATE: u32 = 1;

/// The rows of the table.
pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let events = scale.of(50_000, 500);
    let folder = dir.join("month");
    fs::create_dir(&folder)?;
    prepare(&folder, events)?;
    let (full, file) = (folder.join("full.redb"), folder.join("gate.redb"));
    fs::rename(&file, &full)?;
    let before = fs::metadata(&full)?.len();
    let mut after = 0;
    let (mut drop_month, mut compact) = (Rounds::default(), Rounds::default());
    for _ in 0..scale.rounds {
        fs::copy(&full, &file)?;
        let (written, anew) = timed(|| write_anew(&folder, before));
        written?;
        let mut gate = world::reopen(GATE, sealed_file(&folder, "gate")?)?;
        let old = gate.gate_months_before(Period(u32::MAX))?;
        let Some(oldest) = old.iter().min_by_key(|log| log.lane.period) else {
            bail!("no month is there");
        };
        let (done, dropping) = timed(|| -> Result<()> {
            gate.drop_gate_month(oldest)?;
            Ok(gate.flush(now(2 * MONTH_MS), &mut Vec::new())?)
        });
        done?;
        let (done, compacting) = timed(|| gate.compact());
        done?;
        if gate.gate_months_before(Period(u32::MAX))?.len() + 1 != old.len() {
            bail!("the month is still there");
        }
        drop(gate);
        after = fs::metadata(&file)?.len();
        let anew = anew.as_secs_f64();
        drop_month.push(dropping.as_secs_f64(), anew);
        compact.push(compacting.as_secs_f64(), anew);
        fs::remove_file(&file)?;
    }
    let note = format!("{events} of {} events go", 2 * events);
    let sizes = format!("the file: {} before, {} after", mib(before), mib(after));
    Ok(vec![
        drop_month.measured("b7-month", note),
        compact.measured("b7-compact", sizes),
    ])
}

fn mib(bytes: u64) -> String {
    let tenths = bytes * 10 / (1 << 20);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

/// A gate's store with two months of its log.
fn prepare(folder: &Path, events: usize) -> Result<()> {
    let mut gate = gate_replica(folder, events)?;
    for n in 0..events {
        let at = now(MONTH_MS + 2);
        world::log_event(&mut gate, at, world::gate_event(at, events + n))?;
        if n % FILL == FILL - 1 {
            gate.flush(at, &mut Vec::new())?;
        }
    }
    Ok(gate.flush(now(MONTH_MS + 2), &mut Vec::new())?)
}

/// What nobody can be faster than: the same bytes, once, synced.
fn write_anew(folder: &Path, bytes: u64) -> Result<()> {
    let path = folder.join("anew");
    let mut file = File::create(&path)?;
    let block = vec![0x5a_u8; 1 << 20];
    let mut left = usize::try_from(bytes)?;
    while left > 0 {
        let part = left.min(block.len());
        file.write_all(&block[..part])?;
        left -= part;
    }
    file.sync_data()?;
    Ok(fs::remove_file(&path)?)
}
