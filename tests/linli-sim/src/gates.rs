//! Two gates, three partitions, passes for one entry: a small world of its own, thousands of which fit a minute.
//!
//! The homes are the product's own ([`linli_node::drive`]): the whole of what a running gate decides with, from the scan
//! to the line in its log and the question to the home gate. A seed draws who can hear whom, which visitors come
//! where and how often, which questions and answers between gates are lost, when the power goes, and when a guard lets
//! somebody in who was asked about. Looked at from outside, invariant I7:
//!
//! * a pass for one entry is admitted at most once without a guard, over all gates and partitions;
//! * after everybody has met, every surplus is one incident, the same at both gates and the office;
//! * nobody who was let in is missing in the logs;
//! * a visitor who comes once, to a gate that can ask the home gate or is it, is admitted.

pub(crate) mod estate;
mod judge;

pub use estate::Founded;

use crate::dice::SimDice;
use crate::small::founding::OFFICE;
use crate::small::home::{Home, hands, lock, meet};
use crate::small::seeds::{self, Sum};
use estate::{HOMES, HOUSE, PAIRS};
use linli_base::DeviceId;
use linli_node::api::{GateAct, PassArgs, Request, ScanArgs};
use linli_node::drive::Hands;
use serde_json::Value;
use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

/// What happens in one seed.
const STEPS: u64 = 36;
/// Passes of one seed at most.
const PASSES: usize = 4;

/// A fault planted on purpose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GatePlant {
    /// A gate opens before its line is durable: a power cut takes the line.
    OpensBeforeLog,
}

impl GatePlant {
    /// Reads its name on the command line.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        (name == "opens-before-log").then_some(Self::OpensBeforeLog)
    }
}

/// What many seeds amounted to.
#[derive(Clone, Copy, Default, Debug)]
pub struct GateTally {
    /// Passes shown to a gate.
    pub shown: u64,
    /// Let in by a gate.
    pub admitted: u64,
    /// Let in by a guard.
    pub overridden: u64,
    /// Uses that were handed over between gates.
    pub handed_over: u64,
    /// Questions or answers between gates that were lost.
    pub lost: u64,
    /// Power cuts at gates.
    pub cuts: u64,
    /// Incidents.
    pub incidents: u64,
    /// Visitors who came once to a gate that could decide.
    pub honest: u64,
}

impl Sum for GateTally {
    fn add(&mut self, other: &Self) {
        self.shown += other.shown;
        self.admitted += other.admitted;
        self.overridden += other.overridden;
        self.handed_over += other.handed_over;
        self.lost += other.lost;
        self.cuts += other.cuts;
        self.incidents += other.incidents;
        self.honest += other.honest;
    }
}

impl GateTally {
    /// Whether everything that should happen among many seeds did.
    #[must_use]
    pub const fn reached_all(&self) -> bool {
        self.overridden > 0
            && self.handed_over > 0
            && self.lost > 0
            && self.cuts > 0
            && self.incidents > 0
            && self.honest > 0
    }
}

impl fmt::Display for GateTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} shown, {} admitted, {} let in by a guard, {} handed over, {} questions or answers lost, {} power cuts, \
             {} incidents, {} honest visitors",
            self.shown,
            self.admitted,
            self.overridden,
            self.handed_over,
            self.lost,
            self.cuts,
            self.incidents,
            self.honest
        )
    }
}

/// Who hears whom, shared with the lines between the gates.
#[derive(Default)]
struct Air {
    /// The part of the estate that each home is in.
    part: [u8; HOMES],
    /// The next question is lost.
    lose_question: bool,
    /// The next answer is lost.
    lose_answer: bool,
    lost: u64,
    asked: u64,
}

struct Pass {
    text: String,
    home: usize,
    shown: u64,
    admitted: u64,
    overridden: u64,
}

struct World {
    homes: Vec<Home>,
    air: Arc<Mutex<Air>>,
    hands: &'static Hands,
    dice: SimDice,
    passes: Vec<Pass>,
    links: u64,
    tally: GateTally,
    plant: Option<GatePlant>,
}

/// Runs one seed.
///
/// # Errors
/// What does not hold, in words.
pub fn run_gates(
    seed: u64,
    founded: &Founded,
    plant: Option<GatePlant>,
) -> Result<GateTally, String> {
    let (mut dice, hands) = (SimDice::new(seed), hands());
    let homes = founded.homes(&mut dice, hands)?;
    let mut world = World {
        homes,
        air: Arc::default(),
        hands,
        dice,
        passes: Vec::new(),
        links: 0,
        tally: GateTally::default(),
        plant,
    };
    world.wire()?;
    world.issue()?;
    for _ in 0..STEPS {
        world.step()?;
    }
    world.heal()?;
    world.judge()?;
    Ok(world.tally)
}

/// Runs many seeds on two threads; `red` hears of each that is.
///
/// # Errors
/// The estate could not be founded.
pub fn many_gates(
    from: u64,
    count: u64,
    plant: Option<GatePlant>,
    red: impl Fn(u64, &str) + Sync,
) -> Result<(GateTally, u64), String> {
    let founded = Founded::new()?;
    let run = |seed| run_gates(seed, &founded, plant);
    Ok(seeds::each(from, count, run, red))
}

impl World {
    fn ask(&self, home: usize, request: Request) -> Result<Value, String> {
        let answer = lock(&self.homes[home].driven).ask(request);
        answer
            .map(|a| a.data)
            .map_err(|f| format!("{home}: {}", f.code))
    }

    fn device(&self, home: usize) -> Result<DeviceId, String> {
        let mut driven = lock(&self.homes[home].driven);
        Ok(driven.replica().map_err(|f| f.code)?.me().device())
    }

    /// Draws lines between the gates.
    fn wire(&mut self) -> Result<(), String> {
        for (me, other) in [(1, 2), (2, 1)] {
            let there = self.device(other)?;
            let (air, driven) = (self.air.clone(), self.homes[other].driven.clone());
            let line = move |to: DeviceId, frame: Vec<u8>| {
                let mut air = air.lock().unwrap_or_else(PoisonError::into_inner);
                if to != there || air.part[me] != air.part[other] {
                    return None;
                }
                air.asked += 1;
                if std::mem::take(&mut air.lose_question) {
                    air.lost += 1;
                    return Some(None);
                }
                let answer = lock(&driven).transfer(&frame);
                if std::mem::take(&mut air.lose_answer) {
                    air.lost += 1;
                    return Some(None);
                }
                Some(Some(answer))
            };
            lock(&self.homes[me].driven).set_line(Box::new(line));
        }
        Ok(())
    }

    fn air<T>(&self, change: impl FnOnce(&mut Air) -> T) -> T {
        change(&mut self.air.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn step(&mut self) -> Result<(), String> {
        let ms = self.dice.range(200, 90_000);
        self.hands.wall_ms.fetch_add(ms, Ordering::Relaxed);
        self.hands.moment_ms.fetch_add(ms, Ordering::Relaxed);
        match self.dice.below(20) {
            0..=2 => {
                let part = std::array::from_fn(|_| u8::try_from(self.dice.below(3)).unwrap_or(0));
                self.air(|air| air.part = part);
                Ok(())
            }
            3..=5 => {
                let (a, b) = PAIRS[self.dice.index(PAIRS.len())];
                let hear = self.air(|air| air.part[a] == air.part[b]);
                if hear { self.meet(a, b) } else { Ok(()) }
            }
            6 => self.issue(),
            7 => {
                let gate = 1 + self.dice.index(2);
                self.cut(gate)
            }
            8 => {
                let question = self.dice.chance(300);
                self.air(|air| {
                    air.lose_question = question;
                    air.lose_answer = !question;
                });
                Ok(())
            }
            _ => self.show(),
        }
    }

    fn meet(&mut self, a: usize, b: usize) -> Result<(), String> {
        self.links += 1;
        let office = lock(&self.homes[OFFICE].driven).chores();
        office.map_err(|f| f.code)?;
        meet(&self.homes, a, b, self.links)
    }

    /// The household makes a pass for one entry; either gate may be its home.
    fn issue(&mut self) -> Result<(), String> {
        if self.passes.len() >= PASSES {
            return Ok(());
        }
        let home = 1 + self.dice.index(2);
        let from_s = self.hands.wall_ms.load(Ordering::Relaxed) / 1000;
        let first = u8::try_from(home).unwrap_or(1);
        let issued = self.ask(
            HOUSE,
            Request::PassIssue(PassArgs {
                label: format!("客{}", self.passes.len()),
                kind: "person".into(),
                from_s,
                until_s: from_s + 6 * 3600,
                host: None,
                entries: 1,
                gates: vec![first, 3 - first],
                plate: None,
                companions: 0,
                pin: None,
                windows: vec![],
            }),
        )?;
        let text = issued["text"].as_str().ok_or("a pass without a text")?;
        self.passes.push(Pass {
            text: text.to_owned(),
            home,
            shown: 0,
            admitted: 0,
            overridden: 0,
        });
        Ok(())
    }

    /// Somebody shows a pass. Where the gate asks, the guard sometimes lets them in.
    fn show(&mut self) -> Result<(), String> {
        let (which, gate) = (self.dice.index(self.passes.len()), 1 + self.dice.index(2));
        let Some(pass) = self.passes.get(which) else {
            return Ok(());
        };
        let (text, home, first) = (pass.text.clone(), pass.home, pass.shown == 0);
        let reaches = self.air(|air| {
            let sound = !air.lose_question && !air.lose_answer;
            gate == home || (sound && air.part[gate] == air.part[home])
        });
        let before = self.homes[gate].disk.copy();
        let said = self.ask(
            gate,
            Request::GateCheck(ScanArgs {
                text: Some(text),
                ..ScanArgs::default()
            }),
        )?;
        self.tally.shown += 1;
        self.passes[which].shown += 1;
        if said["opens"] == true {
            self.tally.admitted += 1;
            self.passes[which].admitted += 1;
            if self.plant == Some(GatePlant::OpensBeforeLog) && self.dice.chance(200) {
                self.homes[gate].disk.put_back(before);
                return self.cut(gate);
            }
        }
        if first && reaches {
            self.tally.honest += 1;
            if said["opens"] != true {
                return Err(format!("an honest visitor is not admitted: {said}"));
            }
        }
        let event = said["event"].as_str().map(str::to_owned);
        if said["result"] == "ASK"
            && self.dice.chance(500)
            && let Some(event) = event
        {
            let act = GateAct::Override {
                event,
                reason: "认识".into(),
                badge: "7".into(),
            };
            self.ask(gate, Request::Gate { act })?;
            self.tally.overridden += 1;
            self.passes[which].overridden += 1;
        }
        Ok(())
    }

    /// The power goes at a gate, and comes back.
    fn cut(&mut self, gate: usize) -> Result<(), String> {
        self.tally.cuts += 1;
        let hands = self.hands;
        self.homes[gate].restart(&mut self.dice, hands)?;
        self.wire()
    }

    /// Everybody meets until nobody has anything to say.
    fn heal(&mut self) -> Result<(), String> {
        self.air(|air| air.part = [0; HOMES]);
        // What either gate has reaches the office, and from there the other one.
        for (a, b) in [(1, 2), (OFFICE, 1), (OFFICE, 2), (OFFICE, 1)] {
            self.meet(a, b)?;
        }
        (self.tally.lost, self.tally.handed_over) = self.air(|air| (air.lost, 0));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_seeds_are_green_and_reach_what_they_should() {
        let red = |seed: u64, what: &str| panic!("seed {seed}: {what}");
        let (tally, reds) = many_gates(1, 100, None, red).unwrap();
        assert_eq!(reds, 0);
        assert!(tally.reached_all(), "{tally}");
    }

    #[test]
    fn a_gate_that_opens_before_it_writes_is_found() {
        let (_, reds) = many_gates(1, 100, Some(GatePlant::OpensBeforeLog), |_, _| ()).unwrap();
        assert!(reds > 0);
    }
}
