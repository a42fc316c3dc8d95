//! Ten journeys of a neighbourhood's days, each in a real window under a virtual screen, by keyboard, by mouse and by what
//! the window tells a screen reader, each with the power going in the middle of it.
//!
//! `linli-e2e journeys` plays all thirty; `linli-e2e journeys --six` the six that this commit is due; `linli-e2e journeys
//! keys lost:mouse` those of these names.

pub mod driver;
mod joining;
mod plays;
pub mod seat;
pub mod stage;
pub mod tree;
pub mod window;

use crate::clock;
use driver::{DRIVERS, Driver};
use plays::PLAYS;
use stage::Stage;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::Duration;

/// One journey, written once.
pub struct Play {
    /// Its name, as the command line and the table have it.
    pub name: &'static str,
    /// The language in which the windows speak.
    pub lang: &'static str,
    /// Their look.
    pub look: &'static str,
    /// What happens.
    pub run: fn(&Stage),
}

/// One journey by one driver.
#[derive(Clone, Copy)]
pub struct Order {
    play: &'static Play,
    driver: &'static dyn Driver,
}

impl Order {
    /// `JOURNEY:DRIVER`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.play.name, self.driver.id())
    }
}

/// All thirty.
#[must_use]
pub fn all() -> Vec<Order> {
    let with = |play| {
        DRIVERS
            .into_iter()
            .map(move |driver| Order { play, driver })
    };
    PLAYS.iter().flat_map(with).collect()
}

/// Six journeys for this number, each driver twice; over the numbers every journey comes to every driver.
#[must_use]
pub fn six(number: usize) -> Vec<Order> {
    let (start, turn) = (number % PLAYS.len(), number / PLAYS.len());
    let order = |at: usize| Order {
        play: &PLAYS[(start + at) % PLAYS.len()],
        driver: DRIVERS[(turn + at) % DRIVERS.len()],
    };
    (0..6.min(PLAYS.len())).map(order).collect()
}

/// What the command line asks for; nothing if a name is unknown.
#[must_use]
pub fn chosen(args: &[String]) -> Option<Vec<Order>> {
    match args {
        [] => return Some(all()),
        [six] if six == "--six" => return Some(self::six(commit())),
        _ => {}
    }
    let mut out = Vec::new();
    for arg in args {
        let before = out.len();
        let asked = |order: &Order| order.name() == *arg || order.play.name == arg;
        out.extend(all().into_iter().filter(asked));
        if out.len() == before {
            return None;
        }
    }
    Some(out)
}

/// The first digits of the commit that is checked out; zero where there is none.
fn commit() -> usize {
    let asked = Command::new("git")
        .current_dir(crate::exe::root())
        .args(["rev-parse", "HEAD"])
        .output();
    let hash = asked.map_or_else(|_| Vec::new(), |done| done.stdout);
    let digits = String::from_utf8_lossy(hash.get(..7).unwrap_or_default()).into_owned();
    usize::from_str_radix(&digits, 16).unwrap_or_default()
}

/// How one went.
struct Went {
    name: String,
    took: Duration,
    notes: Vec<String>,
    why: Option<String>,
}

/// Plays them one after the other, tells each as it ends, and gives the table and whether all went well.
pub fn run(orders: &[Order], told: &mut dyn FnMut(&str)) -> (String, bool) {
    let mut went = Vec::new();
    for order in orders {
        let began = clock::now();
        let played = catch_unwind(AssertUnwindSafe(|| {
            let stage = Stage::new(order.driver, order.play.lang, order.play.look);
            (order.play.run)(&stage);
            stage.noted()
        }));
        let (notes, what) = match played {
            Ok(notes) => (notes, None),
            Err(what) => (Vec::new(), Some(what)),
        };
        let why = what.map(|what| {
            let text = what.downcast_ref::<String>().cloned();
            text.or_else(|| what.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default()
        });
        let one = Went {
            name: order.name(),
            took: began.elapsed(),
            notes,
            why,
        };
        told(&line(&one));
        went.push(one);
    }
    let mut table = String::new();
    for one in &went {
        let _written = writeln!(table, "{}", line(one));
    }
    (table, went.iter().all(|one| one.why.is_none()))
}

fn line(went: &Went) -> String {
    let how = went.why.as_ref().map_or("done", |_| "FAILED");
    let why = went.why.as_deref().unwrap_or_default();
    let why = why.lines().next().unwrap_or_default();
    let line = format!(
        "{:<20} {:>4} s  {how} {why}",
        went.name,
        went.took.as_secs()
    );
    let notes = went.notes.iter().map(|note| format!("\n    {note}"));
    format!("{}{}", line.trim_end(), notes.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn six_are_due_for_every_commit_and_in_time_every_journey_comes_to_every_driver() {
        let mut seen = BTreeSet::new();
        for number in 0..all().len() {
            let due: BTreeSet<String> = six(number).iter().map(Order::name).collect();
            let again: BTreeSet<String> = six(number).iter().map(Order::name).collect();
            assert_eq!(due, again);
            for driver in DRIVERS {
                let own = due.iter().filter(|name| name.ends_with(driver.id()));
                assert_eq!(own.count(), 2, "{due:?}");
            }
            seen.extend(due);
        }
        assert_eq!(seen.len(), all().len());
    }

    #[test]
    fn a_journey_is_asked_for_by_its_name_with_and_without_a_driver() {
        let ask = |text: &str| chosen(&[text.to_owned()]).map(|orders| orders.len());
        let name = PLAYS[0].name;
        assert_eq!(ask(name), Some(3));
        assert_eq!(ask(&format!("{name}:mouse")), Some(1));
        assert_eq!((ask("mouse"), ask("--six")), (None, Some(6)));
    }
}
