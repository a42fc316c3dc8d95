//! A gate that asks about a pass calls its household about that very line, and letting in on it spends the use.

use super::*;
use crate::api::DoorAct;

fn asked(world: &mut World, gate: usize, text: &str) -> Value {
    let args = ScanArgs {
        text: Some(text.to_owned()),
        companions: 2,
        ..ScanArgs::default()
    };
    let said = world.data(gate, Request::GateCheck(args));
    assert_eq!(
        (&said["result"], &said["code"]),
        (&"ASK".into(), &"E_COMPANIONS".into())
    );
    said
}

fn ring(world: &mut World, gate: usize, event: &str) -> Result<Value, String> {
    let event = event.to_owned();
    let act = GateAct::Ring { event };
    let said = world.ask(gate, Request::Gate { act });
    said.map(|answer| answer.data).map_err(|fault| fault.code)
}

fn calls(world: &mut World, home: usize) -> Vec<Value> {
    let act = DoorAct::Rings;
    let data = world.data(home, Request::Door { act });
    data["rings"].as_array().unwrap().clone()
}

fn let_in(world: &mut World, gate: usize, event: &str) -> Value {
    let act = GateAct::Override {
        event: event.into(),
        reason: "住户同意".into(),
        badge: "07".into(),
    };
    world.act(gate, act)
}

/// An office, a gate and a household that know each other, and a pass of it for one entry.
fn estate() -> (World, usize, usize, String) {
    let mut world = World::found();
    let (gate, house) = (world.gate("gate"), world.house("3-2-501"));
    for home in [house, gate] {
        world.meet(0, home);
    }
    let pass = world.issue(house, "李*");
    for home in [house, gate] {
        world.meet(0, home);
    }
    (world, gate, house, pass)
}

#[test]
fn a_household_is_called_about_the_pass_and_whoever_is_let_in_on_that_line_has_used_it() {
    let (mut world, gate, house, pass) = estate();
    let event = asked(&mut world, gate, &pass)["event"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = world.log(gate).len();
    let rung = ring(&mut world, gate, &event).unwrap();
    // Nobody is linked in this moment; that is said at once, and the call is written down all the same.
    assert_eq!(
        (&rung["ring"], &rung["event"]),
        (&"NOT_REACHED".into(), &event.as_str().into())
    );
    assert_eq!(rung["hosts"][0]["online"], false);
    assert_eq!(
        world.log(gate).len(),
        before,
        "the call is no line of its own"
    );
    assert_eq!(ring(&mut world, gate, &event), Err("already-rung".into()));
    world.meet(0, gate);
    world.meet(0, house);
    for home in [gate, house] {
        let call = calls(&mut world, home).remove(0);
        assert_eq!(call["event"], event.as_str());
        for (key, value) in [
            ("code", "E_COMPANIONS"),
            ("name", "李*"),
            ("unit", "3-2-501"),
        ] {
            assert_eq!(call[key], value, "{call}");
        }
        assert_eq!(call["companions"], 2);
        assert!(call["pass"].is_string(), "{call}");
    }
    // The household's answer is about that line too.
    let act = DoorAct::Answer {
        event: event.clone(),
        admit: true,
    };
    world.data(house, Request::Door { act });
    world.meet(0, house);
    world.meet(0, gate);
    world.homes[gate].ring_chores();
    assert_eq!(calls(&mut world, gate)[0]["state"], "ADMIT");
    assert_eq!(
        let_in(&mut world, gate, &event)["overrides"],
        event.as_str()
    );
    assert_eq!(calls(&mut world, gate)[0]["state"], "DECIDED");
    world.pass(11);
    assert_eq!(world.check(gate, &pass), pair("DENY", "E_USED"));
    assert_eq!(
        ring(&mut world, gate, &event),
        Err("already-overridden".into())
    );
    let incidents = world.act(gate, GateAct::Incidents);
    assert_eq!(
        incidents["incidents"],
        serde_json::json!([]),
        "it was used once"
    );
    // It stands over a restart.
    world.restart(gate);
    assert_eq!(world.check(gate, &pass), pair("DENY", "E_USED"));
}

#[test]
fn a_pass_that_is_let_in_away_from_its_home_gate_is_spent_there() {
    let (mut world, old, house, pass) = estate();
    // Another computer takes the gate over: it asks about counted passes made before.
    world.pass(600);
    let gate = world.gate("new");
    world.pass(600);
    for home in [old, house, gate] {
        world.meet(0, home);
    }
    world.meet(0, gate);
    let said = world.scan(gate, &pass);
    assert_eq!(said["code"], "E_AWAY", "{said}");
    let event = said["event"].as_str().unwrap().to_owned();
    assert_eq!(ring(&mut world, gate, &event).unwrap()["code"], "E_AWAY");
    let_in(&mut world, gate, &event);
    world.pass(11);
    let again = world.check(gate, &pass);
    assert_eq!(
        again,
        pair("DENY", "E_USED"),
        "what the guard let in is spent"
    );
}

#[test]
fn only_a_line_that_asks_and_names_a_household_calls_one() {
    let (mut world, gate, _, pass) = estate();
    let deny = world.scan(gate, "no pass")["event"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(ring(&mut world, gate, &deny), Err("nothing-to-ring".into()));
    let plate = world.data(
        gate,
        Request::GateCheck(ScanArgs {
            plate: Some("津C66018".into()),
            ..ScanArgs::default()
        }),
    );
    assert_eq!(plate["code"], "E_PLATE_UNKNOWN");
    let plate = plate["event"].as_str().unwrap().to_owned();
    assert_eq!(ring(&mut world, gate, &plate), Err("ring-nobody".into()));
    assert_eq!(world.check(gate, &pass), pair("ADMIT", ""));
    let admitted = world.log(gate)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        ring(&mut world, gate, &admitted),
        Err("nothing-to-ring".into())
    );
    assert_eq!(
        ring(&mut world, gate, "e:aaaaaaaa"),
        Err("not-found".into())
    );
    assert!(calls(&mut world, gate).is_empty());
}

fn event_of(said: &Value) -> String {
    said["event"].as_str().unwrap().to_owned()
}

fn refused(world: &mut World, gate: usize, event: &str) -> String {
    let act = GateAct::Override {
        event: event.into(),
        reason: "住户同意".into(),
        badge: "07".into(),
    };
    world.ask(gate, Request::Gate { act }).unwrap_err().code
}

#[test]
fn a_pass_cancelled_while_the_telephone_rings_is_decided_anew_before_anybody_is_let_in() {
    let (mut world, gate, house, pass) = estate();
    let event = event_of(&asked(&mut world, gate, &pass));
    ring(&mut world, gate, &event).unwrap();
    let id = world.data(house, Request::PassList)["passes"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world.data(house, Request::PassCancel { id });
    world.meet(0, house);
    world.meet(0, gate);
    assert_eq!(refused(&mut world, gate, &event), "changed-since");
    world.pass(11);
    let said = world.scan(gate, &pass);
    assert_eq!(said["code"], "E_CANCELLED", "{said}");
    // What the gate says now is the guard's to override, under its own code.
    let_in(&mut world, gate, &event_of(&said));
}

#[test]
fn a_pass_that_ran_out_or_was_used_since_calls_nobody_and_lets_nobody_in() {
    let (mut world, gate, _, pass) = estate();
    let event = event_of(&asked(&mut world, gate, &pass));
    assert_eq!(world.check(gate, &pass).0, "ADMIT", "alone");
    assert_eq!(ring(&mut world, gate, &event), Err("changed-since".into()));
    assert_eq!(refused(&mut world, gate, &event), "changed-since");

    let (mut world, gate, _, pass) = estate();
    let event = event_of(&asked(&mut world, gate, &pass));
    world.pass(3 * 86_400);
    assert_eq!(ring(&mut world, gate, &event), Err("changed-since".into()));
    assert_eq!(refused(&mut world, gate, &event), "changed-since");
}

#[test]
fn a_repeat_is_about_the_same_line_and_the_household_sees_that_its_pass_is_used() {
    let (mut world, gate, house, pass) = estate();
    let first = event_of(&asked(&mut world, gate, &pass));
    ring(&mut world, gate, &first).unwrap();
    // The picture is still under the reader.
    assert_eq!(event_of(&asked_again(&mut world, gate, &pass)), first);
    let_in(&mut world, gate, &first);
    world.meet(0, gate);
    world.meet(0, house);
    let passes = world.data(house, Request::PassList)["passes"].clone();
    assert_eq!(passes[0]["used"], 1, "{passes}");
}

fn asked_again(world: &mut World, gate: usize, text: &str) -> Value {
    let args = ScanArgs {
        text: Some(text.to_owned()),
        companions: 2,
        ..ScanArgs::default()
    };
    let said = world.data(gate, Request::GateCheck(args));
    assert_eq!(said["result"], "ASK", "{said}");
    said
}

#[test]
fn a_pin_that_was_not_asked_for_is_said() {
    let (mut world, gate, house, _) = estate();
    let with_pin = world.issue_for(house, "王*", 1, Some("482735"));
    for home in [house, gate] {
        world.meet(0, home);
    }
    assert_eq!(asked(&mut world, gate, &with_pin)["pin_unasked"], true);
    world.pass(11);
    let said = world.scan(gate, &with_pin);
    assert_eq!(
        (&said["code"], &said["pin_unasked"]),
        (&"E_PIN".into(), &false.into())
    );
}

#[test]
fn cancelling_all_reaches_what_was_made_by_a_clock_ahead_of_this_one() {
    let (mut world, gate, house, _) = estate();
    let now = world.wall(house);
    world.set(house, now + 3_000);
    let pass = world.issue(house, "张*");
    world.set(house, now);
    world.data(house, Request::PassCancelAll);
    let passes = world.data(house, Request::PassList)["passes"].clone();
    assert_eq!(passes.as_array().unwrap().len(), 2);
    let stands = |pass: &Value| pass["cancelled_ms"].is_null();
    assert!(!passes.as_array().unwrap().iter().any(stands), "{passes}");
    for home in [house, gate] {
        world.meet(0, home);
    }
    world.pass(3_600);
    assert_eq!(world.check(gate, &pass).1, "E_CANCELLED");
}
