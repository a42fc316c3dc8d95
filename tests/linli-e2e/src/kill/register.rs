//! Batches of the register under kills: all of a batch or nothing of it.

use crate::dice::Dice;
use crate::home::{Home, Reply};
use serde_json::Value;
use std::fmt::Write;

/// Units of one batch, with one person each.
pub const BATCH: u64 = 30;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Preview,
    Applied,
    Undone,
    /// The register changed since its preview, which is of one state alone.
    Stale,
}

/// An order without an answer, and where the batch stood before it.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    order: Order,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    Apply,
    Undo,
}

impl Order {
    const fn word(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Undo => "undo",
        }
    }

    const fn done(self) -> Stage {
        match self {
            Self::Apply => Stage::Applied,
            Self::Undo => Stage::Undone,
        }
    }
}

/// The batches of one home.
#[derive(Debug, Default)]
pub struct Register {
    stages: Vec<Stage>,
    /// An import whose answer did not come: its batch may be there.
    import_open: bool,
    open: Option<Open>,
}

/// A step on the register: its arguments.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to run.
    pub args: Vec<String>,
    order: Option<Open>,
}

impl Register {
    /// The next step: an import, or something with an imported batch.
    pub fn next(&self, dice: &mut Dice, file: &dyn Fn(&str, String) -> String) -> Step {
        let fits = |order: Order, stage: &Stage| match order {
            Order::Apply => *stage == Stage::Preview,
            Order::Undo => *stage == Stage::Applied,
        };
        let order = if dice.below(4) == 0 {
            Order::Undo
        } else {
            Order::Apply
        };
        let at = self.stages.iter().rposition(|stage| fits(order, stage));
        match at.filter(|_| self.open.is_none()) {
            Some(at) => Step {
                args: vec!["registry".into(), order.word().into(), name(at)],
                order: Some(Open { at, order }),
            },
            None => {
                let building = self.stages.len() + 1;
                let csv = file("batch.csv", rows(building));
                Step {
                    args: vec!["registry".into(), "import".into(), csv],
                    order: None,
                }
            }
        }
    }

    /// Takes note of the answer to a step, or that none came.
    ///
    /// # Errors
    /// An answer that does not fit.
    pub fn enter(&mut self, step: &Step, reply: &Reply) -> Result<(), String> {
        let answered = reply.code == Some(0);
        match step.order {
            None if answered => {
                let expected = name(self.stages.len());
                let batch = reply.data()["batch"].as_str().unwrap_or_default();
                if batch != expected {
                    return Err(format!("an import is batch {batch}, not {expected}"));
                }
                self.stages.push(Stage::Preview);
            }
            None => self.import_open = true,
            Some(open) if answered => self.stages[open.at] = open.order.done(),
            Some(open) if reply.error() == "register-changed" => {
                self.stages[open.at] = Stage::Stale
            }
            Some(open) => self.open = Some(open),
        }
        Ok(())
    }

    /// Compares with what the home counts after a restart.
    ///
    /// # Errors
    /// What does not fit: half a batch above all.
    pub fn look(&mut self, home: &Home, counts: &Value) -> Result<super::Settled, String> {
        let mut settled = super::Settled::default();
        if std::mem::take(&mut self.import_open) {
            let batch = name(self.stages.len());
            match home.run(&["registry", "issues", &batch]).code {
                Some(0) => {
                    self.stages.push(Stage::Preview);
                    settled.kept += 1;
                }
                Some(6) => settled.gone += 1,
                other => return Err(format!("batch {batch} after a kill: {other:?}")),
            }
        }
        let of = |name: &str| counts[name].as_u64().unwrap_or_default();
        let (units, persons) = (of("units"), of("persons"));
        let written = self.stages.iter().filter(|s| **s == Stage::Applied).count() as u64;
        let mut expected = written * BATCH;
        if let Some(Open { at, order }) = self.open.take() {
            let done = match order {
                Order::Apply => expected + BATCH,
                Order::Undo => expected - BATCH,
            };
            if units == done {
                self.stages[at] = order.done();
                expected = done;
                settled.kept += 1;
            } else {
                settled.gone += 1;
            }
            agreed(home, at, order, units == done)?;
        }
        if (units, persons) == (expected, expected) {
            Ok(settled)
        } else {
            Err(format!(
                "{units} units and {persons} people instead of {expected} each: half a batch"
            ))
        }
    }
}

/// What the counts say of a batch, its own stage says too: an order that was carried out is refused now.
fn agreed(home: &Home, at: usize, order: Order, done: bool) -> Result<(), String> {
    if !done {
        return Ok(());
    }
    let again = home.run(&["registry", order.word(), &name(at)]);
    let known = ["batch-applied", "batch-not-applied"].contains(&again.error());
    if again.code == Some(3) && known {
        Ok(())
    } else {
        Err(format!(
            "{} of {} is done, and again it gives {}",
            order.word(),
            name(at),
            again.object
        ))
    }
}

fn name(at: usize) -> String {
    format!("b{}", at + 1)
}

/// A building of its own, so that no two batches share a unit.
fn rows(building: usize) -> String {
    let mut text = String::from("楼栋,单元,房号,姓名,手机号码\n");
    for unit in 0..BATCH {
        let room = (unit / 4 + 1) * 100 + unit % 4 + 1;
        let _ = writeln!(
            text,
            "{building}号楼,1单元,{room},王小{building}丙{unit},1390000{unit:04}"
        );
    }
    text
}
