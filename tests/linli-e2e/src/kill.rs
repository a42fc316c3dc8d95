//! Kills real processes in the middle of their writes, again and again, and looks whether anything is lost.
//!
//! An office and a gate, each with a node or without one, are asked to write, one command after the other; at a random
//! moment the process that owns the home is killed (SIGKILL): the node while it serves, the node while it starts, or
//! the single command that opened the home itself. Then the node starts again, and:
//!
//! * every write whose command ended with 0 is there, once, under the id it gave (I2);
//! * a write without an answer is there whole, or not at all and never again; of a register batch all or nothing;
//! * a pass for one entry that opened the gate does not open it again (I7), though the gate died before it said so;
//! * the home opens, its own checks find nothing, its digest is the same for the next process (I9).
//!
//! Named places of the writes are for the tests of this package (`LINLI_KILL_AT`, `sync/linli-node/src/killpoint.rs`).

mod gate;
mod ledger;
mod office;
mod register;
pub mod spent;

pub use ledger::Settled;

use crate::clock;
use crate::daemon::{self, Daemon};
use crate::dice::Dice;
use crate::estate::{self, Estate};
use crate::home::{Home, Reply};
use gate::Gate;
use office::Office;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Kills in one estate, before another is founded.
const ROUND: u32 = 40;
/// A node serves at most this long before it is killed.
const SERVES: Duration = Duration::from_millis(240);
/// A node that is killed while it starts lives at most this long.
const STARTS: Duration = Duration::from_millis(60);
/// A command without a node lives at most this long: an import of [`register::BATCH`] units takes longest.
const WRITES: Duration = Duration::from_millis(60);
/// Passes kept for the gate.
const FRESH_MIN: usize = 3;

/// How often, and with which choices.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Processes to kill.
    pub times: u32,
    /// Seed of all choices.
    pub seed: u64,
}

/// Writes by whether an answer came.
#[derive(Clone, Copy, Default, Debug)]
pub struct Acks {
    acknowledged: u64,
    unanswered: u64,
}

impl Acks {
    const fn count(&mut self, acknowledged: bool) {
        if acknowledged {
            self.acknowledged += 1;
        } else {
            self.unanswered += 1;
        }
    }
}

/// What was done and seen.
#[derive(Clone, Copy, Default, Debug)]
pub struct Tally {
    /// Nodes killed while they served.
    pub serving: u32,
    /// Nodes killed while they started.
    pub starting: u32,
    /// Commands killed that had opened the home themselves.
    pub commands: u32,
    /// Commands that ended before they were killed: not counted as kills.
    pub escaped: u32,
    acks: Acks,
    settled: Settled,
    slowest: Duration,
}

impl Tally {
    /// Processes killed.
    #[must_use]
    pub const fn kills(&self) -> u32 {
        self.serving + self.starting + self.commands
    }

    /// Writes that were acknowledged, and were there after every restart.
    #[must_use]
    pub const fn acknowledged(&self) -> u64 {
        self.acks.acknowledged
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} kills ({} nodes serving, {} starting, {} commands), {} writes acknowledged, none lost; {} unanswered: \
             {} were there, {} were not; slowest start {} ms",
            self.kills(),
            self.serving,
            self.starting,
            self.commands,
            self.acks.acknowledged,
            self.acks.unanswered,
            self.settled.kept,
            self.settled.gone,
            self.slowest.as_millis(),
        )
    }
}

/// Kills as often as it is told to.
///
/// # Errors
/// What was lost, with the kill after which it was; and the estate's folder is left for a look.
///
/// # Panics
/// When a step fails that no kill excuses.
pub fn run(order: Order, say: &mut dyn FnMut(&Tally)) -> Result<Tally, String> {
    let mut tally = Tally::default();
    let mut round = 0;
    while tally.kills() < order.times {
        let seed = order.seed.wrapping_add(round);
        let until = order.times.min(tally.kills() + ROUND);
        let mut scene = Scene::set(Dice::new(seed));
        if let Err(what) = scene.play(until, &mut tally) {
            let at = scene.estate.leave();
            return Err(format!("after kill {}: {what}\nsee {at}", tally.kills()));
        }
        say(&tally);
        round += 1;
    }
    Ok(tally)
}

/// One estate, its office and its gate.
struct Scene {
    estate: Estate,
    dice: Dice,
    office: Office,
    gate: Gate,
}

/// Who is killed next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Office,
    Gate,
}

impl Scene {
    fn set(dice: Dice) -> Self {
        let estate = Estate::found();
        let home = estate.home("gate");
        let office = Daemon::start(&estate.office, &[]);
        estate::enrol(&estate.office, &home, &["--role", "gate:1"]);
        // Once it must meet the office: for the key of its log, and for the time.
        let gate = Daemon::start(&home, &[office.addr()]);
        clock::until("the gate knows the time", estate::NEIGHBOUR, || {
            home.must(&["gate", "status"])["clock"] == "GOOD"
        });
        gate.stop();
        office.stop();
        Self {
            office: Office::new(&estate),
            gate: Gate::new(home),
            estate,
            dice,
        }
    }

    fn play(&mut self, until: u32, tally: &mut Tally) -> Result<(), String> {
        while tally.kills() < until {
            let enough = self.office.fresh.len() >= FRESH_MIN;
            let who = if enough && self.dice.below(4) == 0 {
                Who::Gate
            } else {
                Who::Office
            };
            match self.dice.below(10) {
                0..5 => self.kill_serving(who, tally)?,
                5 => self.kill_starting(who, tally),
                _ => self.kill_command(who, tally)?,
            }
            self.look(who, tally)?;
        }
        self.meet()
    }

    fn home(&self, who: Who) -> &Home {
        match who {
            Who::Office => &self.office.home,
            Who::Gate => &self.gate.home,
        }
    }

    /// A node is killed while it answers one command after the other.
    fn kill_serving(&mut self, who: Who, tally: &mut Tally) -> Result<(), String> {
        let mut node = Daemon::start(self.home(who), &[]);
        tally.slowest = tally.slowest.max(node.took);
        let after = self.dice.time(SERVES);
        let dead = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                clock::pass(after);
                node.kill();
                dead.store(true, Ordering::Release);
            });
            while !dead.load(Ordering::Acquire) {
                self.write(who, None, tally)?;
            }
            Ok(())
        })
        .inspect(|()| tally.serving += 1)
    }

    /// A node is killed before it is ready, or soon after.
    fn kill_starting(&mut self, who: Who, tally: &mut Tally) {
        let mut run = self.home(who).start(&daemon::arguments(&[]));
        clock::pass(self.dice.time(STARTS));
        run.kill();
        tally.starting += 1;
    }

    /// A command that opened the home itself is killed.
    fn kill_command(&mut self, who: Who, tally: &mut Tally) -> Result<(), String> {
        let after = self.dice.time(WRITES);
        self.write(who, Some(after), tally)
    }

    /// One write to its end, or until it is killed.
    fn write(&mut self, who: Who, kill: Option<Duration>, tally: &mut Tally) -> Result<(), String> {
        let killed = |mut run: crate::process::Run| {
            if let Some(after) = kill {
                clock::pass(after);
                if run.kill() {
                    return (Home::reply(run), true);
                }
            }
            (Home::reply(run), false)
        };
        let was_killed = match (who, self.office.fresh.is_empty()) {
            (Who::Gate, false) => {
                let pass = self.office.fresh.remove(0);
                let (reply, was_killed) = killed(self.gate.start(&pass.1));
                self.gate.enter(pass, &reply, &mut tally.acks)?;
                was_killed
            }
            (Who::Gate, true) => {
                let (_, was_killed) = killed(self.gate.home.start(&["gate", "status"]));
                was_killed
            }
            (Who::Office, _) => {
                let write = self.office.next(&self.estate, &mut self.dice);
                let (reply, was_killed) = killed(self.office.start(&write));
                self.office.enter(&write, &reply, &mut tally.acks)?;
                was_killed
            }
        };
        if kill.is_some() {
            tally.commands += u32::from(was_killed);
            tally.escaped += u32::from(!was_killed);
        }
        Ok(())
    }

    /// Starts the home again and compares it with what was acknowledged.
    fn look(&mut self, who: Who, tally: &mut Tally) -> Result<(), String> {
        let with_node = self.dice.below(2) == 0;
        let node = with_node.then(|| Daemon::start(self.home(who), &[]));
        if let Some(node) = &node {
            tally.slowest = tally.slowest.max(node.took);
        }
        let settled = match who {
            Who::Office => self.office.look()?,
            Who::Gate => self.gate.look()?,
        };
        tally.settled.add(settled);
        if let Some(node) = node {
            node.stop();
        }
        Ok(())
    }

    /// At the end office and gate meet, and hold the same of what both may hold.
    fn meet(&mut self) -> Result<(), String> {
        let office = Daemon::start(&self.office.home, &[]);
        let _gate = Daemon::start(&self.gate.home, &[office.addr()]);
        let digests = |home: &Home| {
            ["notice", "pass", "gates"]
                .map(|scope| home.must(&["digest", "--scope", scope])["digest"].clone())
        };
        let same = clock::holds_within(estate::NEIGHBOUR, || {
            digests(&self.office.home) == digests(&self.gate.home)
        });
        self.office.look()?;
        self.gate.look()?;
        same.then_some(())
            .ok_or_else(|| "office and gate meet and do not agree".to_owned())
    }
}

/// The id a write was acknowledged with; none if no answer came.
fn fate(args: &[String], reply: &Reply) -> Result<Option<String>, String> {
    match reply.code {
        Some(0) => {
            let data = reply.data();
            let id = ["id", "event", "batch"]
                .iter()
                .find_map(|name| data[*name].as_str());
            id.map(|id| Some(id.to_owned()))
                .ok_or_else(|| format!("{args:?} ended with 0 and no id: {data}"))
        }
        // Killed; or its node was, before it could answer or while it still held the home.
        None | Some(5 | 7) => Ok(None),
        Some(_) => Err(format!("{args:?}: {}", reply.object)),
    }
}

/// The home's own checks, and the same digest from two openings.
fn is_sound(home: &Home) -> Result<(), String> {
    let checks = home.must(&["doctor"])["checks"].clone();
    // Keys in a plain file, and no node, are as this crate wants them.
    let wanted = ["keys-protected", "running"];
    let failed: Vec<String> = checks
        .as_array()
        .into_iter()
        .flatten()
        .filter(|check| check["ok"] == false)
        .map(|check| check["name"].to_string().replace('"', ""))
        .filter(|name| !wanted.contains(&name.as_str()))
        .collect();
    if !failed.is_empty() {
        return Err(format!("doctor finds {failed:?}"));
    }
    let digest = || home.must(&["digest"])["digest"].clone();
    (digest() == digest())
        .then_some(())
        .ok_or_else(|| "two looks, two digests".to_owned())
}
