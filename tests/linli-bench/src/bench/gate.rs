//! B7: somebody stands at a gate that has no link to anybody.
//!
//! The gate knows 50,000 grants, 5,000 cancelled passes and 100,000 uses. *Verification* is finding whose key
//! signed and verifying it (steps 5 and 6 of docs/formats/pass.md), by the calls that the decision itself makes;
//! its limit is `verify_strict` alone, with the key parsed and the bytes ready. *Decision* is `decide`, over a mix of
//! scans. *Durable* adds what must be on the disk before the gate opens: the event in the gate's log, sealed to
//! the gates, in a store that holds as many events as the gate knows uses.
//!
//! PINs are not in the mix: one costs 100 ms by design (Argon2).

use super::gate_state::{Estate, Showing};
use super::{Scale, gate_frames, gate_month, gate_start};
use crate::clock::timed;
use crate::disk::{Appended, sealed_file};
use crate::mesh::Mesh;
use crate::stats::{Measured, Rounds, Times};
use crate::world::{self, MONDAY_S, found, now, signer};
use anyhow::{Context as _, Result, bail};
use linli_base::UnixSec;
use linli_keys::PublicKey;
use linli_node::replica::{EnrolAs, Replica};
use linli_pass::decide::{Now, What};
use linli_pass::{Decision, Scan, Token, Verdict, decide};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::{Row, RowKind};
use linli_store::MemoryStore;
use std::path::Path;
use std::time::Duration;

/// Bytes that a pass's signature covers, roughly.
const SIGNED: usize = 200;
/// Scans between two looks at the bare disk.
const TURN: usize = 20;
/// Events of one commit while the gate's log is filled.
const FILL: usize = 2_000;

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let mut estate = Estate::new(scale)?;
    let mut all = vec![
        verification(&estate, scale, Showing::Good, "b7-known")?,
        verification(&estate, scale, Showing::Chain, "b7-chain")?,
        whole_text(&estate, scale)?,
    ];
    all.extend(decisions(&estate, scale)?);
    all.extend(gate_frames::run(&estate, scale)?);
    all.extend(durable(dir, &mut estate, scale)?);
    all.extend(gate_start::run(dir, scale)?);
    all.extend(gate_month::run(dir, scale)?);
    Ok(all)
}

/// A signature to verify with everything at hand.
struct Bare {
    key: PublicKey,
    message: Vec<u8>,
    signature: [u8; 64],
}

impl Bare {
    fn new(n: usize) -> Result<Self> {
        let key = signer(u32::try_from(n)?);
        let message = vec![u8::try_from(n % 256)?; SIGNED];
        Ok(Self {
            signature: key.sign(&message),
            key: key.public(),
            message,
        })
    }

    fn verify(&self) -> bool {
        self.key.verify(&self.message, &self.signature)
    }
}

fn bare(count: usize) -> Result<Vec<Bare>> {
    (0..count).map(Bare::new).collect()
}

fn verify_all(list: &[Bare]) -> Result<Duration> {
    let (right, took) = timed(|| list.iter().all(Bare::verify));
    if !right {
        bail!("a wrong signature");
    }
    Ok(took)
}

pub(super) fn texts(estate: &Estate, showing: Showing, count: usize) -> Result<Vec<String>> {
    (0..count)
        .map(|n| match estate.show(showing, n)?.what {
            What::Text(text) => Ok(text),
            _ => bail!("no text"),
        })
        .collect()
}

fn verification(
    estate: &Estate,
    scale: Scale,
    showing: Showing,
    key: &'static str,
) -> Result<Measured> {
    let count = scale.of(400, 40);
    let mut tokens = Vec::new();
    for text in texts(estate, showing, count)? {
        tokens.push(Token::read(&text)?);
    }
    let bare = bare(showing.signatures())?;
    let mut rounds = Rounds::default();
    for _ in 0..scale.rounds {
        let (mut ours, mut limit) = (Times::default(), Times::default());
        for token in &tokens {
            limit.push(verify_all(&bare)?);
            let (grant, took) = timed(|| estate.verify(token));
            grant.context("not verified")?;
            ours.push(took);
        }
        rounds.push(ours.median_s(), limit.median_s());
    }
    Ok(rounds.measured(key, format!("median of {count}")))
}

/// From the text in the picture to the verified grant.
fn whole_text(estate: &Estate, scale: Scale) -> Result<Measured> {
    let count = scale.of(400, 40);
    let texts = texts(estate, Showing::Good, count)?;
    let bare = bare(1)?;
    let mut rounds = Rounds::default();
    for _ in 0..scale.rounds {
        let (mut ours, mut limit) = (Times::default(), Times::default());
        for text in &texts {
            limit.push(verify_all(&bare)?);
            let (grant, took) = timed(|| estate.verify(&Token::read(text).ok()?));
            grant.context("not verified")?;
            ours.push(took);
        }
        rounds.push(ours.median_s(), limit.median_s());
    }
    Ok(rounds.measured("b7-text", ""))
}

fn decisions(estate: &Estate, scale: Scale) -> Result<Vec<Measured>> {
    let count = scale.of(2_000, 100);
    let scans: Vec<(Showing, Scan)> = (0..count).map(|n| estate.scan(n)).collect::<Result<_>>()?;
    let bare = bare(2)?;
    let at = Now::at(UnixSec(MONDAY_S));
    let (mut rounds, mut worst) = (Rounds::default(), Rounds::default());
    let mut all = Times::default();
    for _ in 0..scale.rounds {
        let (mut ours, mut limit) = (Times::default(), Duration::ZERO);
        for (showing, scan) in &scans {
            limit += verify_all(&bare[..showing.signatures()])?;
            let (decision, took) = timed(|| decide(scan, &estate.gate, at));
            std::hint::black_box(decision);
            ours.push(took);
        }
        let mean = limit / u32::try_from(count)?;
        rounds.push(ours.percentile_s(99), mean.as_secs_f64());
        worst.push(ours.permille_s(999), mean.as_secs_f64());
        all.extend(&ours);
    }
    let note = format!(
        "{} grants, {} cancelled; {count} scans a round",
        estate.gate.grants.len(),
        estate.cancelled()
    );
    let pooled = format!("of all {} scans together", all.len());
    Ok(vec![
        rounds.measured("b7-decide", note),
        worst.pooled(all.permille_s(999), "b7-decide-999", pooled),
    ])
}

/// The gate's replica: enrolled, holding the gates' key, with a log of so many events.
pub(super) fn gate_replica(dir: &Path, events: usize) -> Result<Replica> {
    let mut office = found(Box::new(MemoryStore::new()))?;
    let role = EnrolAs::Gate { number: 1 };
    let gate = world::enrol(&mut office, 1, &role, sealed_file(dir, "gate")?)?;
    let mut mesh = Mesh::new(vec![office, gate], Duration::ZERO, false);
    mesh.link(0, 1)?;
    mesh.settle(0)?;
    let mut gate = mesh.into_replica(1)?;
    logged_events(&mut gate, 0, events)?;
    Ok(gate)
}

/// Fills a gate's log with so many events, about passes from number `first` on.
pub(super) fn logged_events(gate: &mut Replica, first: usize, count: usize) -> Result<()> {
    for n in 0..count {
        world::log_event(gate, now(2), world::gate_event(now(2), first + n))?;
        if n % FILL == FILL - 1 {
            gate.flush(now(2), &mut Vec::new())?;
        }
    }
    gate.flush(now(2), &mut Vec::new())?;
    Ok(())
}

fn durable(dir: &Path, estate: &mut Estate, scale: Scale) -> Result<Vec<Measured>> {
    let (events, turns) = (scale.of(100_000, 1_000), scale.of(10, 1));
    let mut gate = gate_replica(dir, events)?;
    let mut append = Appended::new(dir, log_entry_len(&mut gate)?)?;
    let (mut rounds, mut worst) = (Rounds::default(), Rounds::default());
    let (mut reread, mut all) = (Rounds::default(), Times::default());
    let mut shown = 0;
    for _ in 0..scale.rounds {
        let (mut ours, mut bare) = (Times::default(), Times::default());
        for _ in 0..turns {
            for _ in 0..TURN {
                shown += 1;
                ours.push(scan_and_log(&mut gate, estate, shown)?);
            }
            for _ in 0..TURN {
                bare.push(append.once()?);
            }
        }
        let limit = 2.0 * bare.percentile_s(99) + 0.001;
        rounds.push(ours.percentile_s(99), limit);
        worst.push(ours.permille_s(999), limit);
        all.extend(&ours);
        let (read, took) = timed(|| read_log(&gate));
        if read? < events {
            bail!("events are missing");
        }
        reread.push(took.as_secs_f64(), ours.median_s());
    }
    let note = format!("{events} events in the log; {} scans a round", turns * TURN);
    Ok(vec![
        rounds.measured("b7-durable", note),
        worst.pooled(
            all.permille_s(999),
            "b7-durable-999",
            format!("of all {} scans together", all.len()),
        ),
        reread.measured("b7-reread", format!("{events} events")),
    ])
}

/// One scan as the owner of a gate's home takes it: decide, write, commit, remember.
fn scan_and_log(gate: &mut Replica, estate: &mut Estate, n: usize) -> Result<Duration> {
    let (_, scan) = estate.scan(n)?;
    let at = now(1_000 * n as u64);
    let instant = Now {
        wall: UnixSec(MONDAY_S),
        mono: at.moment,
    };
    let (done, took) = timed(|| -> Result<()> {
        let decision = decide(&scan, &estate.gate, instant);
        world::log_event(gate, at, event(&decision))?;
        gate.flush(at, &mut Vec::new())?;
        estate.gate.remember(&scan, &decision, instant);
        Ok(())
    });
    done?;
    Ok(took)
}

fn event(decision: &Decision) -> GateEvent {
    let result = match decision.verdict {
        Verdict::Admit => GateResult::Admit,
        Verdict::Ask => GateResult::Ask,
        Verdict::Deny => GateResult::Deny,
    };
    let show = decision.show.as_ref();
    GateEvent {
        code: decision.code().map(|c| c.as_str().to_owned()),
        cti: decision.cti.map(|c| c.0),
        unit: show.and_then(|s| s.unit.clone()),
        label: show.and_then(|s| s.label.clone()),
        scan_hash: Some(decision.scan),
        ..GateEvent::new(MONDAY_S, 1, result)
    }
}

fn log_entry_len(gate: &mut Replica) -> Result<usize> {
    let written = world::log_event(gate, now(3), world::gate_event(now(3), 0))?;
    gate.flush(now(3), &mut Vec::new())?;
    let served = gate.served(&written.log, written.seq);
    Ok(served.first().context("the event is not there")?.1.len())
}

/// What the ledger is made of: each event and its place.
fn read_log(gate: &Replica) -> Result<usize> {
    let mut read = 0;
    for (_, row) in gate.rows(RowKind::GateEvent)? {
        if let Row::GateEvent(event) = row {
            std::hint::black_box(gate.place_of(&event.id)?);
            read += 1;
        }
    }
    Ok(read)
}
