//! Calls for help between homes that meet by hand: who hears of them, and what the caller is shown.

use super::world::{MONDAY_S, World};
use crate::api::{Fault, HelpAct, Request};
use linli_record::RowKind;
use serde_json::{Value, json};

const HOUR_S: u64 = 3600;

fn help(world: &mut World, home: usize, act: HelpAct) -> Value {
    world.data(home, Request::Help { act })
}

fn refused(world: &mut World, home: usize, act: HelpAct) -> Fault {
    world.ask(home, Request::Help { act }).unwrap_err()
}

fn raise(world: &mut World, home: usize) -> String {
    raise_with(world, home, false, None)
}

fn raise_with(world: &mut World, home: usize, practice: bool, words: Option<&str>) -> String {
    let words = words.map(str::to_owned);
    let said = help(world, home, HelpAct::Raise { practice, words });
    said["id"].as_str().unwrap().to_owned()
}

fn call(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    help(world, home, HelpAct::Status { id })["call"].clone()
}

/// Who has received it, and how.
fn received(world: &mut World, home: usize, id: &str) -> Vec<(String, String)> {
    let call = call(world, home, id);
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let list = call["received"].as_array().unwrap().iter();
    list.map(|r| (text(&r["by"]), text(&r["how"]))).collect()
}

fn is(by: &str, how: &str) -> (String, String) {
    (by.to_owned(), how.to_owned())
}

/// Two homes meet, and do what a running node does when it has news.
pub(super) fn meet(world: &mut World, a: usize, b: usize) {
    world.meet(a, b);
    let mut news = false;
    for home in [a, b] {
        news |= world.homes[home].help_chores();
        world.homes[home].outbox.clear();
    }
    if news {
        world.meet(a, b);
    }
}

fn care(world: &mut World, home: usize, units: &[&str], minute: Option<u16>) -> Value {
    let units = units.iter().map(|unit| (*unit).to_owned()).collect();
    let act = HelpAct::SetCare {
        helpers: Some(units),
        minute: Some(minute),
    };
    help(world, home, act)
}

#[test]
fn nobody_has_received_a_call_until_somebody_has_and_the_numbers_stand_without_a_network() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    let numbers = HelpAct::SetNumbers {
        numbers: vec![("值班室".into(), "010-6666 0001".into())],
    };
    help(&mut world, 0, numbers);
    meet(&mut world, 0, house);
    let id = raise(&mut world, house);
    world.pass(10);
    let said = help(&mut world, house, HelpAct::Status { id: id.clone() });
    assert_eq!(
        (&said["call"]["nobody"], &said["call"]["received"]),
        (&json!(true), &json!([]))
    );
    let all: Vec<&Value> = said["numbers"].as_array().unwrap().iter().collect();
    let shown: Vec<&str> = all.iter().filter_map(|n| n["number"].as_str()).collect();
    assert_eq!(shown, ["120", "110", "119", "010-6666 0001"]);
    assert_eq!(all[3]["office"], "居委会");
    // The office has it now, and says so by itself.
    meet(&mut world, 0, house);
    assert_eq!(received(&mut world, house, &id), [is("居委会", "received")]);
    assert_eq!(call(&mut world, house, &id)["nobody"], false);
}

#[test]
fn a_helper_two_hops_away_hears_it_and_the_caller_is_shown_that() {
    let mut world = World::found();
    let (caller, between, helper) = (
        world.house("3-2-501"),
        world.house("3-2-502"),
        world.house("4-1-101"),
    );
    for home in [caller, between, helper, caller] {
        world.meet(0, home);
    }
    let set = care(&mut world, caller, &["4-1-101"], None);
    assert_eq!(set["helpers"], json!(["4-1-101"]));
    // The office is shut from here; caller and helper never meet.
    let id = raise_with(&mut world, caller, false, Some("摔倒了，门没锁"));
    meet(&mut world, caller, between);
    assert_eq!(
        received(&mut world, between, &id),
        [],
        "whoever only carries it answers nothing by itself"
    );
    assert_eq!(call(&mut world, between, &id)["words"], Value::Null);
    meet(&mut world, between, helper);
    let heard = call(&mut world, helper, &id);
    assert_eq!(
        (&heard["by"], &heard["words"], &heard["asks_me"]),
        (&json!("3-2-501"), &json!("摔倒了，门没锁"), &json!(true))
    );
    assert_eq!(received(&mut world, caller, &id), []);
    meet(&mut world, between, caller);
    assert_eq!(
        received(&mut world, caller, &id),
        [is("4-1-101", "received")]
    );
    // A person answers, and that is worth more than a computer.
    let act = HelpAct::Ack {
        id: id.clone(),
        coming: true,
    };
    help(&mut world, helper, act);
    assert_eq!(call(&mut world, helper, &id)["asks_me"], false);
    let act = HelpAct::Ack {
        id: id.clone(),
        coming: false,
    };
    help(&mut world, between, act);
    meet(&mut world, between, helper);
    meet(&mut world, between, caller);
    assert_eq!(
        received(&mut world, caller, &id),
        [is("4-1-101", "coming"), is("3-2-502", "heard")]
    );
    // A false alarm: whoever heard it is told.
    let act = HelpAct::Cancel { id: id.clone() };
    let fault = refused(&mut world, helper, HelpAct::Cancel { id: id.clone() });
    assert_eq!((fault.code.as_str(), fault.exit), ("not-your-call", 4));
    help(&mut world, caller, act.clone());
    meet(&mut world, caller, between);
    meet(&mut world, between, helper);
    for home in [caller, between, helper] {
        let call = call(&mut world, home, &id);
        assert_eq!(
            (&call["open"], &call["asks_me"]),
            (&json!(false), &json!(false))
        );
    }
    assert_eq!(refused(&mut world, caller, act).code, "help-over");
    let act = HelpAct::Ack { id, coming: true };
    assert_eq!(refused(&mut world, helper, act).code, "help-over");
}

#[test]
fn a_gate_carries_no_board_and_hears_it_all_the_same() {
    let mut world = World::found();
    let gate = world.gate("gate");
    let house = world.house("3-2-501");
    for home in [gate, house, gate] {
        meet(&mut world, 0, home);
    }
    let id = raise_with(&mut world, house, false, Some("胸口疼"));
    // Gate and household are linked; the office is shut.
    meet(&mut world, house, gate);
    let shown = world.status(gate)["help"].clone();
    assert_eq!(shown[0]["by"], "3-2-501");
    assert_eq!(call(&mut world, gate, &id)["words"], "胸口疼");
    assert_eq!(received(&mut world, house, &id), [is("东门", "received")]);
    let act = HelpAct::Ack {
        id: id.clone(),
        coming: true,
    };
    help(&mut world, gate, act);
    meet(&mut world, house, gate);
    assert_eq!(received(&mut world, house, &id), [is("东门", "coming")]);
    // Started again, the gate says nothing twice.
    let acks = |world: &mut World| {
        let rows = super::member(&mut world.homes[gate]).rows(RowKind::HelpAck);
        rows.unwrap().len()
    };
    let before = acks(&mut world);
    world.restart(gate);
    assert!(!world.homes[gate].help_chores());
    assert_eq!(acks(&mut world), before);
    // The property desk reads what the gate said.
    meet(&mut world, 0, gate);
    assert!(received(&mut world, 0, &id).contains(&is("东门", "coming")));
    help(&mut world, house, HelpAct::Cancel { id: id.clone() });
    meet(&mut world, house, gate);
    assert_eq!(world.status(gate)["help"], json!([]));
    // The same rows wherever the same may be read.
    meet(&mut world, 0, house);
    meet(&mut world, 0, gate);
    let mut digest = |home: usize, scope: &str| {
        let scope = Some(scope.to_owned());
        world.data(home, Request::Digest { scope })["digest"].clone()
    };
    assert_eq!(digest(0, "board"), digest(house, "board"));
    assert_eq!(digest(0, "gates"), digest(gate, "gates"));
}

#[test]
fn a_practice_call_is_marked_everywhere_and_asks_nobody() {
    let mut world = World::found();
    let gate = world.gate("gate");
    let house = world.house("3-2-501");
    for home in [gate, house, gate] {
        meet(&mut world, 0, home);
    }
    let id = raise_with(&mut world, house, true, None);
    meet(&mut world, house, gate);
    meet(&mut world, house, 0);
    for home in [house, gate, 0] {
        let call = call(&mut world, home, &id);
        assert_eq!(
            (&call["practice"], &call["asks_me"]),
            (&json!(true), &json!(false))
        );
    }
    assert_eq!(world.status(gate)["help"], json!([]));
    // It shows who would have heard.
    let mut who = received(&mut world, house, &id);
    who.sort();
    assert_eq!(who, [is("东门", "received"), is("居委会", "received")]);
    // In earnest it is another call.
    assert_ne!(raise(&mut world, house), id);
}

#[test]
fn pressing_again_is_the_same_call_and_a_flood_of_them_is_listened_to_in_part() {
    let mut world = World::found();
    let (house, other) = (world.house("3-2-501"), world.house("3-2-502"));
    for home in [house, other] {
        world.meet(0, home);
    }
    let id = raise(&mut world, house);
    assert_eq!(raise(&mut world, house), id);
    for n in 0..30 {
        raise_with(&mut world, house, false, Some(&format!("{n}")));
    }
    meet(&mut world, 0, house);
    let list = help(&mut world, 0, HelpAct::List)["calls"].clone();
    assert_eq!(list.as_array().unwrap().len(), 20, "the newest");
    for _ in 0..3 {
        world.pass(1);
        for n in 0..20 {
            raise_with(&mut world, house, false, Some(&format!("more {n}")));
        }
        meet(&mut world, 0, house);
    }
    let answers = super::member(&mut world.homes[0]).rows(RowKind::HelpAck);
    assert_eq!(answers.unwrap().len(), 40, "the office wears out");
    // Another household is heard as before.
    let id = raise(&mut world, other);
    meet(&mut world, 0, other);
    assert_eq!(received(&mut world, other, &id), [is("居委会", "received")]);
}

#[test]
fn a_missed_check_in_is_seen_by_the_named_helper_and_by_nobody_else() {
    let mut world = World::found();
    let (elder, helper, other) = (
        world.house("3-2-501"),
        world.house("3-2-502"),
        world.house("4-1-101"),
    );
    for home in [elder, helper, other, elder] {
        world.meet(0, home);
    }
    assert_eq!(
        refused(&mut world, elder, HelpAct::CheckIn).code,
        "no-helpers"
    );
    let act = |units: &[&str]| HelpAct::SetCare {
        helpers: Some(units.iter().map(|u| (*u).to_owned()).collect()),
        minute: None,
    };
    assert_eq!(
        refused(&mut world, elder, act(&["9-9-999"])).code,
        "nobody-in-unit"
    );
    assert_eq!(
        refused(&mut world, elder, act(&["3-2-501"])).code,
        "own-helper"
    );
    // It is 10:00; by 11:00 every day.
    let set = care(&mut world, elder, &["3-2-502"], Some(11 * 60));
    assert_eq!(
        (&set["helpers"], &set["minute"]),
        (&json!(["3-2-502"]), &json!(660))
    );
    let spread = |world: &mut World| {
        for home in [elder, helper, other] {
            world.meet(0, home);
        }
    };
    let missed = |world: &mut World, home: usize| {
        let list = help(world, home, HelpAct::List)["missed"].clone();
        list.as_array().unwrap().clone()
    };
    spread(&mut world);
    world.pass(HOUR_S - 60);
    assert!(missed(&mut world, helper).is_empty(), "it is not time yet");
    world.pass(120);
    let seen = missed(&mut world, helper);
    assert_eq!(
        (&seen[0]["unit"], &seen[0]["last_ms"], &seen[0]["due_ms"]),
        (
            &json!("3-2-501"),
            &Value::Null,
            &json!((MONDAY_S + HOUR_S) * 1000)
        )
    );
    for home in [other, elder, 0] {
        assert!(missed(&mut world, home).is_empty(), "{home}");
    }
    // Late is better than never; and the next day it counts anew.
    let said = help(&mut world, elder, HelpAct::CheckIn);
    assert_eq!(said["helpers"], json!(["3-2-502"]));
    spread(&mut world);
    assert!(missed(&mut world, helper).is_empty());
    world.pass(23 * HOUR_S);
    help(&mut world, elder, HelpAct::CheckIn);
    spread(&mut world);
    world.pass(2 * HOUR_S);
    assert!(
        missed(&mut world, helper).is_empty(),
        "said before the hour"
    );
    world.pass(24 * HOUR_S);
    assert_eq!(missed(&mut world, helper).len(), 1);
    // Asked no more, the neighbour sees nothing of it.
    care(&mut world, elder, &["4-1-101"], Some(11 * 60));
    spread(&mut world);
    assert!(missed(&mut world, helper).is_empty());
}

#[test]
fn who_may_not_say_a_thing_is_told_so_and_nothing_is_written() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    world.meet(0, house);
    let raise = HelpAct::Raise {
        practice: false,
        words: None,
    };
    assert_eq!(refused(&mut world, 0, raise).code, "households-call");
    let numbers = |number: &str| HelpAct::SetNumbers {
        numbers: vec![("值班室".into(), number.into())],
    };
    assert_eq!(
        refused(&mut world, house, numbers("120")).code,
        "offices-only"
    );
    assert_eq!(refused(&mut world, 0, numbers("call me")).code, "bad-phone");
    let list = help(&mut world, house, HelpAct::List);
    assert_eq!(list["calls"], json!([]));
    let id = self::raise(&mut world, house);
    let own = HelpAct::Ack { id, coming: true };
    assert_eq!(refused(&mut world, house, own).code, "own-call");
}

#[test]
fn a_call_is_never_refused_for_its_words() {
    for (words, kept, warned) in [
        ("胸口疼\r\n快来\u{7}", json!("胸口疼\n快来"), false),
        (" \r\n ", json!(null), false),
        (&"救".repeat(300), json!("救".repeat(200)), true),
    ] {
        let mut world = World::found();
        let house = world.house("3-2-501");
        world.meet(0, house);
        let act = HelpAct::Raise {
            practice: false,
            words: Some(words.to_owned()),
        };
        let said = world.ask(house, Request::Help { act }).unwrap();
        let long = said.warnings.iter().any(|w| w.code == "help-words-long");
        assert_eq!(long, warned, "{words:?}");
        let id = said.data["id"].as_str().unwrap().to_owned();
        assert_eq!(call(&mut world, house, &id)["words"], kept, "{words:?}");
    }
}

#[test]
fn a_second_computer_cannot_tell_the_gates_itself_and_the_first_one_does_it_for_it() {
    let mut world = World::found();
    let gate = world.gate("gate");
    let house = world.house("3-2-501");
    for home in [gate, house, gate] {
        meet(&mut world, 0, home);
    }
    let phone = world.sibling(house, "phone");
    for home in [phone, gate] {
        world.meet(house, home);
    }
    world.meet(house, phone);
    let raise = HelpAct::Raise {
        practice: false,
        words: Some("胸口疼".into()),
    };
    let act = Request::Help { act: raise };
    let said = world.ask(phone, act).unwrap();
    let told: Vec<&str> = said.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(told, ["gates-not-told"]);
    let id = said.data["id"].as_str().unwrap().to_owned();
    meet(&mut world, phone, house);
    meet(&mut world, house, gate);
    assert_eq!(call(&mut world, gate, &id)["words"], "胸口疼");
    assert_eq!(world.status(gate)["help"][0]["by"], "3-2-501");
    meet(&mut world, house, phone);
    assert_eq!(received(&mut world, phone, &id), [is("东门", "received")]);
    help(&mut world, phone, HelpAct::Cancel { id });
    meet(&mut world, phone, house);
    meet(&mut world, house, gate);
    assert_eq!(world.status(gate)["help"], json!([]));
    // Each was said once.
    assert!(!world.homes[house].help_chores());
}
