//! B7: how long a gate takes from the start of a program to its first decision, and what it keeps in memory.
//!
//! A second program (this one, with `--gate-start`) opens a gate's store that holds the grants of the estate, its
//! cancels and its log, fills the gate's state from them as a home does, decides one pass, and says how much memory it
//! keeps. The files have just been written, so the system holds them in its cache: a machine that was switched off
//! reads them from the disk first, and the limit says how long reading them takes here.

use super::Scale;
use super::gate::logged_events;
use crate::clock::timed;
use crate::disk::sealed_file;
use crate::mesh::Mesh;
use crate::stats::{Measured, Rounds};
use crate::world::{self, MONDAY_S, claims, cti, found, now, signer};
use anyhow::{Context as _, Result, bail};
use linli_base::{EntryKind, LaneClass, Period, ScopeId, UnixSec, UtcOffset};
use linli_charter::Limits;
use linli_node::replica::{About, EnrolAs, Replica};
use linli_pass::decide::Now;
use linli_pass::state::{Cancel, Clock, ClockState, GateState, KnownGrant, LogPlace, Place, Use};
use linli_pass::{Cti, Grant, Scan, Verdict, decide, issue};
use linli_record::row::CancelTarget;
use linli_record::{Row, RowKind};
use linli_store::MemoryStore;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Entries of one commit while the households' logs are filled.
const FILL: usize = 2_000;
/// One grant in ten is cancelled.
const CANCELLED: usize = 10;
/// Device numbers in the story.
const GATE: u32 = 1;
const HOST: u32 = 2;
const PASS: &str = "pass.txt";
const STORE: &str = "gate";

/// The rows of the table.
pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let (grants, events) = (scale.of(50_000, 200), scale.of(100_000, 400));
    let folder = dir.join("start");
    std::fs::create_dir(&folder)?;
    prepare(&folder, grants, events)?;
    let file = folder.join(format!("{STORE}.redb"));
    let (mut start, mut memory) = (Rounds::default(), Rounds::default());
    for _ in 0..scale.rounds {
        let (read, reading) = timed(|| std::fs::read(&file));
        let size = read?.len();
        let (said, took) = timed(|| start_once(&folder));
        start.push(took.as_secs_f64(), reading.as_secs_f64());
        memory.push(said?, mib(u64::try_from(size)? / 1024));
    }
    let note = format!(
        "{grants} grants, {} cancelled, {events} events",
        grants / CANCELLED
    );
    Ok(vec![
        start.measured("b7-cold", note.clone()),
        memory.measured("b7-memory", note),
    ])
}

/// Starts the other program once; it gives back the MiB it keeps.
fn start_once(folder: &Path) -> Result<f64> {
    let program = std::env::current_exe().context("where this program is")?;
    let done = Command::new(program)
        .arg("--gate-start")
        .arg(folder)
        .output()?;
    if !done.status.success() {
        bail!(
            "the gate did not start: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    let kib: u64 = String::from_utf8(done.stdout)?.trim().parse()?;
    Ok(mib(kib))
}

fn mib(kib: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "memory of one program")]
    let kib = kib as f64;
    kib / 1024.0
}

/// A gate's store with everything in it, and a pass that it has heard of.
fn prepare(folder: &Path, grants: usize, events: usize) -> Result<()> {
    let mut office = found(Box::new(MemoryStore::new()))?;
    let role = EnrolAs::Gate { number: 1 };
    let gate = world::enrol(&mut office, GATE, &role, sealed_file(folder, STORE)?)?;
    let host = world::household(&mut office, HOST, Box::new(MemoryStore::new()))?;
    let mut mesh = Mesh::new(vec![office, gate, host], Duration::ZERO, false);
    mesh.link(0, 1)?;
    mesh.link(0, 2)?;
    mesh.settle(0)?;
    mesh.link(1, 2)?;
    for n in 0..grants {
        let host = mesh.replica(2)?;
        world::grant(host, now(2), n)?;
        if n % CANCELLED == 0 {
            let lane = host.lane(now(2), LaneClass::Pass, ScopeId::gates(&host.community()));
            let about = About::Of(linli_charter::act::cancel_target(&cti(n).0));
            let body = linli_charter::act::cancel_body(None);
            host.write(now(2), EntryKind::CANCEL, lane, about, &body)?;
        }
        if n % FILL == FILL - 1 {
            mesh.settle(2)?;
        }
    }
    mesh.settle(2)?;
    let host = mesh.replica(2)?;
    let iss = host.me().principal.issuer_text(false);
    let text = issue(
        &claims(iss, host.community().short(), cti(1))?,
        &signer(HOST),
        None,
    )?;
    std::fs::write(folder.join(PASS), text)?;
    let mut gate = mesh.into_replica(1)?;
    // The first of the events are about passes that nobody will show again.
    logged_events(&mut gate, grants, events)
}

/// The other program: from its start to the first decision. Prints the KiB it keeps.
///
/// # Errors
/// When the folder was not prepared, or the pass is not admitted.
pub fn first_decision(folder: &Path) -> Result<()> {
    let gate = world::reopen(GATE, sealed_file(folder, STORE)?)?;
    let state = state_of(&gate)?;
    let scan = Scan::text(std::fs::read_to_string(folder.join(PASS))?);
    let decision = decide(&scan, &state, Now::at(UnixSec(MONDAY_S)));
    if decision.verdict != Verdict::Admit {
        bail!("{decision:?}");
    }
    println!("{}", crate::machine::resident_kib()?);
    Ok(())
}

/// What a home makes of its replica when its gate is asked for the first time.
fn state_of(gate: &Replica) -> Result<GateState> {
    let place = Place {
        community: gate.community(),
        offset: UtcOffset::from_minutes(480).context("offset")?,
        gate: 1,
        names: [(1, "东门".to_owned())].into(),
        took_over: None,
    };
    let clock = Clock {
        state: ClockState::Good,
        floor: UnixSec(MONDAY_S - 86_400),
    };
    let mut state = GateState::new(place, Limits::default(), clock);
    state.news = Some(UnixSec(MONDAY_S));
    for device in gate.authority().devices().values() {
        state.keys.hear(device.certificate.claims().clone());
    }
    for (_, row) in gate.rows(RowKind::Grant)? {
        let Row::Grant(row) = row else { continue };
        let claims = linli_base::cbor::decode(row.claims.reveal(), 6)?;
        let (log, seq) = gate.place_of(&row.id)?.context("a grant without a place")?;
        state.grants.hear(KnownGrant {
            grant: Grant::from_value(claims)?,
            place: LogPlace {
                device: log.device,
                period: log.lane.period,
                seq,
            },
            resident: false,
        });
    }
    for (_, row) in gate.rows(RowKind::Cancel)? {
        let Row::Cancel(row) = row else { continue };
        if let CancelTarget::Pass(of) = row.target {
            let cancel = Cancel {
                by: row.author.principal,
                officer: false,
                at: None,
            };
            state.acts.cancel(Cti(of), cancel);
        }
    }
    for (_, row) in gate.rows(RowKind::GateEvent)? {
        let Row::GateEvent(event) = row else { continue };
        let (log, seq) = gate
            .place_of(&event.id)?
            .context("an event without a place")?;
        let entry = Use {
            at: UnixSec(event.at_s),
            gate: event.gate,
            device: log.device,
            period: Period(log.lane.period.0),
            seq,
        };
        state
            .ledger
            .used(Cti(event.cti.context("an event without a pass")?), entry);
    }
    Ok(state)
}
