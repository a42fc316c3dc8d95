//! A gate through its whole program: months that end, gates taken over, clocks that lie, scans that do not stop.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod aid;
mod aid_desk;
mod asked;
mod below;
mod clocks;
mod delivery;
mod drafts;
mod family;
mod find;
mod grid;
mod held;
mod quarrel;
mod scheduled;
mod shelf;
mod short;
mod taken_back;
mod undo;
mod unseen;
mod windows;
mod world;

use crate::api::{GateAct, Request, ScanArgs};
use linli_record::{Row, RowKind};
use serde_json::Value;
use world::{MONDAY_S, World, member, pair};

const DAY_S: u64 = 86_400;

/// An office and gate 1, which have met.
fn office_and_gate() -> (World, usize) {
    let mut world = World::found();
    let gate = world.gate("gate");
    world.meet(0, gate);
    assert_eq!(world.status(gate)["clock"], "GOOD");
    (world, gate)
}

fn words<'a>(log: &'a [Value], field: &str) -> Vec<&'a str> {
    let text = |line: &'a Value| line[field].as_str().unwrap_or_default();
    log.iter().map(text).collect()
}

#[test]
fn a_new_month_opens_with_what_was_spent_and_a_month_that_is_gone_revives_nothing() {
    let (mut world, gate) = office_and_gate();
    let (spent, kept, other) = (
        world.issue(0, "李*"),
        world.issue(0, "王*"),
        world.issue(0, "赵*"),
    );
    world.meet(0, gate);
    assert_eq!(world.check(gate, &spent), pair("ADMIT", ""));
    assert_eq!(world.check(gate, &kept), pair("ADMIT", ""));
    // Tuesday is December.
    world.pass(DAY_S);
    world.meet(0, gate);
    assert_eq!(world.check(gate, &other), pair("ADMIT", ""));
    let opened = member(&mut world.homes[gate]).rows(RowKind::Spent).unwrap();
    let counts: Vec<usize> = opened
        .iter()
        .filter_map(|(_, row)| match row {
            Row::Spent(spent) => Some(spent.counts.len()),
            _ => None,
        })
        .collect();
    assert_eq!(counts, [2], "December opens once, with the two of November");
    assert_eq!(world.check(gate, &spent), pair("DENY", "E_USED"));

    // November goes from the disk, long before its time; the passes are still in force.
    let replica = member(&mut world.homes[gate]);
    let december = linli_base::Period::of_month(2026, 12);
    let old = replica.gate_months_before(december).unwrap();
    assert_eq!(old.len(), 1);
    replica.drop_gate_month(&old[0]).unwrap();
    world.homes[gate].settle().unwrap();
    let labels = world.log(gate);
    assert!(!words(&labels, "label").contains(&"王*"), "{labels:?}");
    world.pass(60);
    assert_eq!(world.check(gate, &kept), pair("DENY", "E_USED"));
    world.restart(gate);
    world.meet(0, gate);
    assert_eq!(world.check(gate, &kept), pair("DENY", "E_USED"));
    // And in January, from December's opening.
    world.pass(60);
    assert_eq!(world.check(gate, &spent), pair("DENY", "E_USED"));
}

#[test]
fn months_past_the_charters_retention_are_gone_at_the_gate_and_the_office_and_not_brought_back() {
    let (mut world, gate) = office_and_gate();
    let pass = world.issue(0, "李*");
    world.meet(0, gate);
    assert_eq!(world.check(gate, &pass), pair("ADMIT", ""));
    world.meet(0, gate);
    assert_eq!(words(&world.log(0), "label"), ["李*"]);
    let labelled = |world: &mut World, home| words(&world.log(home), "label").contains(&"李*");
    // The last day on which November is kept: six whole months are not over.
    world.pass(180 * DAY_S);
    world.meet(0, gate);
    for home in [0, gate] {
        world.homes[home].gate_chores().unwrap();
        assert!(labelled(&mut world, home), "{home}");
    }
    world.pass(3 * DAY_S);
    world.meet(0, gate);
    // The office goes by its own clock only as far as a gate has begun the month too.
    world.homes[0].gate_chores().unwrap();
    assert!(labelled(&mut world, 0));
    world.homes[gate].gate_chores().unwrap();
    assert!(!labelled(&mut world, gate));
    // What the gate dropped is not fetched again from the office, which still has it.
    world.meet(0, gate);
    assert!(!labelled(&mut world, gate));
    world.scan(gate, "no pass");
    world.meet(0, gate);
    world.homes[0].gate_chores().unwrap();
    assert!(!labelled(&mut world, 0));
    // A second gate, enrolled later, takes the month over as bare headers.
    world.homes[0].settle().unwrap();
    let late = world.gate("late");
    world.meet(0, late);
    assert!(!labelled(&mut world, late));
    let heads = |world: &mut World, home: usize| {
        let replica = member(&mut world.homes[home]);
        let logs = replica.heads().iter();
        let of = logs.filter(|(log, _)| log.lane.class == linli_base::LaneClass::GateLog);
        of.map(|(log, head)| (*log, head.seq)).collect::<Vec<_>>()
    };
    assert_eq!(heads(&mut world, late), heads(&mut world, 0));
}

#[test]
fn a_gate_that_is_two_years_ahead_empties_no_log() {
    let (mut world, gate) = office_and_gate();
    world.scan(gate, "no pass");
    world.meet(0, gate);
    for home in [0, gate] {
        world.set(home, MONDAY_S + 730 * DAY_S);
        world.homes[home].gate_chores().unwrap();
        assert_eq!(world.log(home).len(), 1, "{home}");
    }
}

#[test]
fn a_device_that_takes_over_a_gate_asks_about_counted_passes_made_before_it_came() {
    let (mut world, gate) = office_and_gate();
    let (spent, before) = (world.issue(0, "李*"), world.issue(0, "王*"));
    world.meet(0, gate);
    assert_eq!(world.check(gate, &spent), pair("ADMIT", ""));
    // The box breaks before anybody heard of that. Another is enrolled as gate 1.
    world.pass(600);
    let taken = world.gate("taken");
    world.pass(600);
    let after = world.issue(0, "赵*");
    world.meet(0, taken);
    assert_eq!(world.check(taken, &spent), pair("ASK", "E_AWAY"));
    assert_eq!(world.check(taken, &before), pair("ASK", "E_AWAY"));
    assert_eq!(world.check(taken, &after), pair("ADMIT", ""));
    // It stays so after a restart.
    world.restart(taken);
    world.meet(0, taken);
    assert_eq!(world.check(taken, &before), pair("ASK", "E_AWAY"));
    assert_eq!(world.check(taken, &after), pair("DENY", "E_USED"));
}

#[test]
fn lines_stand_in_the_order_of_the_log_whatever_the_clock_says() {
    let (mut world, gate) = office_and_gate();
    let said: Vec<String> = (0..6).map(|n| format!("not a pass {n}")).collect();
    let mut ids: Vec<String> = Vec::new();
    for (n, text) in said.iter().enumerate() {
        if n == 3 {
            // Turned back by half a minute.
            world.set(gate, world.wall(gate) - 30);
        }
        ids.push(world.scan(gate, text)["event"].as_str().unwrap().to_owned());
    }
    ids.reverse();
    let log = world.log(gate);
    assert_eq!(words(&log, "id"), ids);
    let places: Vec<u64> = log.iter().map(|l| l["seq"].as_u64().unwrap()).collect();
    assert_eq!(places, [7, 6, 5, 4, 3, 2]);
    world.meet(0, gate);
    assert_eq!(words(&world.log(0), "id"), ids, "the office says the same");
    world.restart(gate);
    assert_eq!(words(&world.log(gate), "id"), ids);
}

#[test]
fn refusals_without_end_leave_one_line_a_minute_and_nobody_who_came_in_is_left_out() {
    let (mut world, gate) = office_and_gate();
    let passes: Vec<String> = (0..30).map(|n| world.issue(0, &format!("客{n}"))).collect();
    world.meet(0, gate);
    for n in 0..100 {
        let said = world.scan(gate, &format!("rubbish {n}"));
        assert_eq!(said["code"], "E_PREFIX");
        assert_eq!(said["event"].is_null(), n >= 20, "{n}: {said}");
    }
    // Whoever may come in comes in, with a line; and the guard who lets somebody in is named.
    for pass in &passes {
        assert_eq!(world.check(gate, pass), pair("ADMIT", ""));
    }
    let walk_in = world.act(
        gate,
        GateAct::WalkIn {
            unit: "3-2-501".into(),
            name: None,
            plate: None,
            companions: 0,
            resident: false,
            courier: false,
        },
    );
    let overridden = world.act(
        gate,
        GateAct::Override {
            event: walk_in["event"].as_str().unwrap().into(),
            reason: "认识".into(),
            badge: "7".into(),
        },
    );
    assert_eq!(overridden["result"], "OVERRIDE");
    // A pass that was proved has a few lines of its own also now, and the last of them answers for the rest.
    world.pass(11);
    for n in 0..6 {
        let said = world.scan(gate, &passes[0]);
        assert_eq!(said["code"], "E_USED");
        assert!(said["event"].is_string(), "{n}: {said}");
        world.pass(7);
        world.scan(gate, &format!("more {n}"));
        world.pass(4);
    }
    let count =
        |log: &[Value], word: &str| words(log, "result").iter().filter(|w| **w == word).count();
    world.pass(60);
    world.homes[gate].gate_chores().unwrap();
    let log = world.log(gate);
    assert_eq!((count(&log, "ADMIT"), count(&log, "OVERRIDE")), (30, 1));
    let counted: u64 = log.iter().filter_map(|l| l["count"].as_u64()).sum();
    let listed = count(&log, "DENY") as u64;
    assert_eq!(
        counted + listed,
        100 + 12,
        "every refusal is listed or counted"
    );
    assert!(listed < 20 + 3 + 12, "{listed}");
    let first = log.iter().rev().find(|l| l["result"] == "REFUSED").unwrap();
    assert_eq!(
        first["since_ms"],
        first["at_ms"].as_u64().unwrap().min(MONDAY_S * 1000)
    );
}

#[test]
fn what_was_counted_before_a_power_cut_is_a_line_after_it() {
    let (mut world, gate) = office_and_gate();
    let pass = world.issue(0, "李*");
    world.meet(0, gate);
    for n in 0..27 {
        world.scan(gate, &format!("rubbish {n}"));
    }
    assert_eq!(world.log(gate).len(), 20);
    world.restart(gate);
    assert_eq!(world.check(gate, &pass), pair("ADMIT", ""));
    let log = world.log(gate);
    assert_eq!(words(&log[..2], "result"), ["ADMIT", "REFUSED"]);
    assert_eq!(
        (&log[1]["count"], &log[1]["code"]),
        (&7.into(), &"E_PREFIX".into())
    );
    assert_eq!(log.len(), 22);
}

#[test]
fn a_household_sees_the_visits_to_itself_and_no_others() {
    let mut world = World::found();
    let (gate, one, two) = (
        world.gate("gate"),
        world.house("3-2-501"),
        world.house("3-2-502"),
    );
    for home in [one, two, gate] {
        world.meet(0, home);
    }
    let passes = [world.issue(one, "李*"), world.issue(two, "王*")];
    for home in [one, two, gate] {
        world.meet(0, home);
    }
    for pass in &passes {
        assert_eq!(world.check(gate, pass), pair("ADMIT", ""));
    }
    world.scan(gate, "no pass");
    for home in [gate, one, two] {
        world.meet(0, home);
    }
    let own = |world: &mut World, home| -> Vec<String> {
        let log = world.log(home);
        words(&log, "label")
            .iter()
            .map(|l| (*l).to_owned())
            .collect()
    };
    assert_eq!(own(&mut world, one), ["李*"]);
    assert_eq!(own(&mut world, two), ["王*"]);
    assert_eq!(
        own(&mut world, 0),
        ["", "王*", "李*"],
        "the office sees all"
    );
    for home in [one, two] {
        let asked = world.ask(home, Request::GateStatus).unwrap_err();
        assert_eq!(asked.code, "not-a-gate");
    }
}
