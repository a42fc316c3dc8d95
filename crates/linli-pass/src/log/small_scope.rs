//! Two gates and an office, cut into up to three parts, and passes for one entry: every schedule of a few steps.
//!
//! After each schedule everybody meets. Then, for each pass: at most one admission without a guard's override, one
//! incident for every use too many, and the three replicas say the same. An honest visitor who comes first to the
//! home gate is always admitted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::decide::What;
use crate::state::{GateState, Transfer, Use};
use crate::testing::{World, key};
use crate::{Now, Scan, Verdict, decide};
use linli_base::Period;

/// The three replicas: the home gate, the other gate, the office.
const HOME: usize = 0;
const AWAY: usize = 1;
const OFFICE: usize = 2;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A visitor with this pass at this gate, which hears nobody.
    Show(usize, u8),
    /// A visitor at the other gate, while the home gate answers it.
    ShowConnected(u8),
    /// The same, and the home gate's answer is lost on the way.
    AnswerLost(u8),
    /// The guard of this gate lets the visitor in who was just not admitted.
    Override(usize, u8),
    /// Two replicas meet.
    Meet(usize, usize),
}

#[derive(Clone)]
struct Estate {
    gates: [GateState; 2],
    logs: [GateLogs; 3],
    clock: u64,
    seq: u32,
    /// Asked and not admitted, by gate and pass: what a guard may override.
    waiting: BTreeSet<(usize, u8)>,
    /// The nonce under which the other gate asked for a pass.
    asked: BTreeMap<u8, [u8; 16]>,
    admitted: BTreeMap<u8, u32>,
}

impl Estate {
    fn new(passes: u8) -> Self {
        let mut world = World::new();
        for pass in 1..=passes {
            let grant = world.grant(|c| {
                c.cti = Cti([pass; 12]);
                c.gates = vec![1, 2];
            });
            world.hear(grant);
        }
        let home = world.gate.clone();
        let mut away = world.gate;
        away.place.gate = 2;
        Self {
            gates: [home, away],
            logs: Default::default(),
            clock: crate::testing::MONDAY,
            seq: 0,
            waiting: BTreeSet::new(),
            asked: BTreeMap::new(),
            admitted: BTreeMap::new(),
        }
    }

    fn now(&self) -> Now {
        Now::at(UnixSec(self.clock))
    }

    /// Writes a line into a gate's log, durably: the gate counts what it reads there.
    fn write(&mut self, at: usize, what: Happened, pass: u8, nonce: Option<[u8; 16]>) {
        self.seq += 1;
        let mut id = [0; 32];
        id[..4].copy_from_slice(&self.seq.to_be_bytes());
        let line = Line {
            id,
            about: None,
            device: key(8 + u8::try_from(at).unwrap()).device(),
            period: Period(682),
            seq: self.seq,
            gate: self.gates[at].place.gate,
            at: UnixSec(self.clock),
            what,
            cti: Some(Cti([pass; 12])),
            entries: Some(1),
            uses_after: None,
            nonce,
            plate: None,
        };
        self.logs[at].hear(line);
        self.count(at);
    }

    /// A gate's ledger from the lines it heard; a use that was handed over is counted where it was handed over.
    fn count(&mut self, at: usize) {
        let mut ledger = crate::state::Ledger::default();
        for line in self.logs[at].lines() {
            let counts = match line.what {
                Happened::CameIn { .. } => line.nonce.is_none(),
                Happened::HandedOver => true,
                _ => false,
            };
            if let (true, Some(cti)) = (counts, line.cti) {
                let used = Use {
                    at: line.at,
                    gate: line.gate,
                    device: line.device,
                    period: Period(682),
                    seq: u32::from_be_bytes(line.id[..4].try_into().unwrap()),
                };
                ledger.used(cti, used);
            }
        }
        self.gates[at].ledger = ledger;
    }

    fn show(&mut self, at: usize, pass: u8, nonce: Option<[u8; 16]>) {
        let scan = Scan::of(What::Code(Cti([pass; 12]).short_code().to_string()));
        let decision = decide(&scan, &self.gates[at], self.now());
        let now = self.now();
        self.gates[at].remember(&scan, &decision, now);
        if decision.opens {
            *self.admitted.entry(pass).or_default() += 1;
            self.write(at, Happened::CameIn { by_guard: false }, pass, nonce);
            self.waiting.remove(&(at, pass));
        } else {
            assert_ne!(decision.verdict, Verdict::Admit, "time stands still");
            self.waiting.insert((at, pass));
        }
    }

    /// The other gate asks the home gate for one entry; the home gate writes before it answers.
    fn handed_over(&mut self, pass: u8) -> bool {
        let nonce = [u8::try_from(self.seq + 1).unwrap(); 16];
        self.asked.insert(pass, nonce);
        let free = self.gates[HOME].ledger.spent(&Cti([pass; 12])) == 0;
        if free {
            self.write(HOME, Happened::HandedOver, pass, Some(nonce));
        }
        free
    }

    fn take(&mut self, step: Step) {
        self.clock += 60;
        match step {
            Step::Show(at, pass) => {
                let first = !self.logs[at]
                    .lines()
                    .any(|l| l.cti == Some(Cti([pass; 12])));
                let before = self.admitted.get(&pass).copied().unwrap_or_default();
                self.show(at, pass, None);
                if at == HOME && first {
                    let after = self.admitted.get(&pass).copied();
                    assert_eq!(after, Some(before + 1), "an honest visitor is turned away");
                }
            }
            Step::ShowConnected(pass) => {
                if self.handed_over(pass) {
                    let cti = Cti([pass; 12]);
                    self.gates[AWAY].transfer = Some(Transfer { cti, entry: 1 });
                    let nonce = self.asked.get(&pass).copied();
                    self.show(AWAY, pass, nonce);
                } else {
                    self.show(AWAY, pass, None);
                }
            }
            Step::AnswerLost(pass) => {
                self.handed_over(pass);
                self.show(AWAY, pass, None);
            }
            Step::Override(at, pass) => {
                if self.waiting.remove(&(at, pass)) {
                    // What the home gate handed over and nobody heard of is the use the guard now makes.
                    let nonce = (at == AWAY).then(|| self.asked.remove(&pass)).flatten();
                    self.write(at, Happened::CameIn { by_guard: true }, pass, nonce);
                }
            }
            Step::Meet(one, two) => {
                let other = self.logs[two].clone();
                self.logs[one].merge(&other);
                self.logs[two] = self.logs[one].clone();
                for at in [one, two] {
                    if at != OFFICE {
                        self.count(at);
                    }
                }
            }
        }
    }

    /// Everybody meets, in each of the orders; then the promises are looked at.
    fn judge(&self, path: &[Step]) {
        for (pass, times) in &self.admitted {
            assert!(*times <= 1, "pass {pass} admitted {times} times: {path:?}");
        }
        let mut all = GateLogs::default();
        self.logs.iter().for_each(|log| all.merge(log));
        let expected = all.incidents(&BTreeMap::new());
        for (cti, uses) in all.uses() {
            let found = expected.iter().filter(|i| i.cti == cti).count();
            assert_eq!(found, uses.len().saturating_sub(1), "{path:?}");
            let unaided = uses.iter().filter(|u| !u.by_guard).count();
            assert!(unaided <= 1, "{path:?}");
        }
        for order in [[0, 1, 2], [1, 2, 0], [2, 1, 0], [2, 0, 1]] {
            let mut merged = GateLogs::default();
            order.iter().for_each(|at| merged.merge(&self.logs[*at]));
            assert_eq!(merged.incidents(&BTreeMap::new()), expected, "{path:?}");
        }
    }
}

fn steps(passes: u8) -> Vec<Step> {
    let mut steps = vec![
        Step::Meet(HOME, AWAY),
        Step::Meet(HOME, OFFICE),
        Step::Meet(AWAY, OFFICE),
    ];
    for pass in 1..=passes {
        steps.extend([
            Step::Show(HOME, pass),
            Step::Show(AWAY, pass),
            Step::ShowConnected(pass),
            Step::AnswerLost(pass),
            Step::Override(HOME, pass),
            Step::Override(AWAY, pass),
        ]);
    }
    steps
}

fn every(estate: &Estate, steps: &[Step], left: usize, path: &mut Vec<Step>, seen: &mut u32) {
    *seen += 1;
    estate.judge(path);
    if left == 0 {
        return;
    }
    for step in steps {
        let mut next = estate.clone();
        path.push(*step);
        next.take(*step);
        every(&next, steps, left - 1, path, seen);
        path.pop();
    }
}

#[test]
fn every_schedule_of_five_steps_with_one_pass_keeps_the_promise() {
    let mut seen = 0;
    every(&Estate::new(1), &steps(1), 5, &mut Vec::new(), &mut seen);
    assert_eq!(seen, 1 + 9 + 81 + 729 + 6561 + 59_049);
}

#[test]
fn every_schedule_of_three_steps_with_two_passes_keeps_the_promise() {
    let mut seen = 0;
    every(&Estate::new(2), &steps(2), 3, &mut Vec::new(), &mut seen);
    assert_eq!(seen, 1 + 15 + 225 + 3375);
}

#[test]
fn a_gate_that_counted_what_it_was_not_asked_for_is_found_out() {
    // The canary: a gate that forgets its log admits twice, and the judge says so.
    let mut estate = Estate::new(1);
    for _ in 0..2 {
        estate.take(Step::Show(HOME, 1));
        estate.logs[HOME] = GateLogs::default();
        estate.count(HOME);
    }
    let judged = std::panic::catch_unwind(|| estate.judge(&[]));
    assert!(judged.is_err());
}
