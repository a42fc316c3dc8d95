//! Calls to a household about somebody without a pass.

use crate::common::{let_in, until_good, walk_in};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use linli_e2e::home::Home;
use linli_e2e::search::Planted;
use serde_json::Value;

/// The newest call of a home.
fn call(home: &Home) -> Value {
    home.must(&["ring", "list"])["rings"][0].clone()
}

fn until_state(home: &Home, event: &str, state: &str) -> Value {
    let what = format!("{} hears {state}", home.name);
    clock::until(&what, NEIGHBOUR, || {
        let call = call(home);
        call["event"] == event && call["state"] == state
    });
    call(home)
}

#[test]
fn a_walk_in_rings_the_households_devices_in_its_order_and_the_guard_decides() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, house, phone) = (
        estate.home("gate"),
        estate.home("house"),
        estate.home("phone"),
    );
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let first = estate::enrol(office, &house, &["--unit", HOST]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let house_node = Daemon::start(&house, &[office_node.addr(), gate_node.addr()]);
    let second = estate::enrol(&house, &phone, &["--role", "sibling"]);
    let peers = [office_node.addr(), gate_node.addr(), house_node.addr()];
    let phone_node = Daemon::start(&phone, &peers);
    for home in [&gate, &phone] {
        estate::until_online(home, 3);
    }
    until_good(&gate, 0);
    let asked = house.must(&["ring", "order"]);
    assert_eq!(
        (&asked["seconds"], &asked["set"]),
        (&55.into(), &false.into())
    );
    let order = house.must(&["ring", "order", &first, &second, "--seconds", "5"]);
    let devices = |order: &Value| {
        let list = order["order"].as_array().unwrap().clone();
        list.iter().map(|d| d["device"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(devices(&order), [first.clone(), second.clone()]);
    assert_eq!(order["seconds"], 5);
    house.refused(&["ring", "order", "--seconds", "4"], 3, "ring-seconds");
    clock::until("the phone has heard of the order", NEIGHBOUR, || {
        phone.must(&["ring", "order"])["seconds"] == 5
    });
    phone.refused(&["ring", "order", "--seconds", "9"], 4, "may-not-grant");

    // The first device is silent, the second answers: it was introduced by the household and may grant nothing.
    let event = walk_in(&gate, &["--companions", "1"]);
    assert_eq!(event["ring"], "RINGS");
    let event = event["event"].as_str().unwrap();
    clock::until("it rings at the house", NEIGHBOUR, || {
        let call = call(&house);
        call["event"] == event && call["here"] == true
    });
    clock::until("then it rings at the phone", NEIGHBOUR, || {
        let call = call(&phone);
        call["event"] == event && call["here"] == true
    });
    let shown = call(&phone);
    assert_eq!(
        (&shown["name"], &shown["companions"], &shown["gate_name"]),
        (&"老周".into(), &1.into(), &"东门".into())
    );
    phone.must(&["ring", "answer", event, "--admit"]);
    let answered = until_state(&gate, event, "ADMIT");
    assert_eq!(answered["device"], second);
    let steps: Vec<(String, Value)> = answered["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (
                step["state"].as_str().unwrap().to_owned(),
                step["device"].clone(),
            )
        })
        .collect();
    let step = |state: &str, device: &str| (state.to_owned(), Value::from(device));
    assert_eq!(
        steps,
        [
            step("RINGS", &first),
            step("RINGS", &second),
            step("ADMIT", &second)
        ]
    );
    assert_eq!(
        gate.must(&["gate", "inside"])["people"],
        0,
        "the guard decides"
    );
    let_in(&gate, event);
    assert_eq!(gate.must(&["gate", "inside"])["people"], 2);
    for home in [&gate, &house, &phone] {
        until_state(home, event, "DECIDED");
    }
    house.refused(&["ring", "answer", event, "--refuse"], 3, "ring-over");
    // The property desk can look it up; the household's other papers it cannot.
    until_state(office, event, "DECIDED");

    // Nobody answers: the guard decides; and a no that comes late is still heard before that.
    let event = walk_in(&gate, &[]);
    let event = event["event"].as_str().unwrap();
    until_state(&gate, event, "NO_ANSWER");
    until_state(&house, event, "NO_ANSWER");
    house.must(&["ring", "answer", event, "--refuse"]);
    until_state(&gate, event, "REFUSE");

    // The gate loses its power while it rings, and goes on when it is back.
    house.must(&["ring", "order", "--seconds", "120"]);
    clock::until("the gate has heard of the order", NEIGHBOUR, || {
        let event = walk_in(&gate, &[]);
        let rings = gate.must(&["ring", "list"]);
        let rings = rings["rings"].as_array().unwrap();
        let call = rings.iter().find(|call| call["event"] == event["event"]);
        call.unwrap()["for_s"] == 120
    });
    let event = call(&gate)["event"].as_str().unwrap().to_owned();
    let mut gate_node = gate_node;
    assert!(gate_node.kill());
    let gate_node = Daemon::start(&gate, &[office_node.addr(), house_node.addr()]);
    clock::until("the house has this call", NEIGHBOUR, || {
        let rings = house.must(&["ring", "list"])["rings"].clone();
        let rings = rings.as_array().unwrap();
        rings.iter().any(|call| call["event"] == event)
    });
    house.must(&["ring", "answer", &event, "--admit"]);
    clock::until(
        "the answer is heard after the power is back",
        NEIGHBOUR,
        || {
            let rings = gate.must(&["ring", "list"])["rings"].clone();
            let rings = rings.as_array().unwrap();
            let call = rings.iter().find(|call| call["event"] == event).unwrap();
            call["state"] == "ADMIT" && call["device"] == first
        },
    );

    // Nobody can be reached, and that is said at once.
    gate.must(&["net", "pause", "--all"]);
    clock::until("the links are down", NEIGHBOUR, || {
        gate.must(&["status"])["online"] == 0
    });
    let event = walk_in(&gate, &[]);
    assert_eq!(event["ring"], "NOT_REACHED");
    let_in(&gate, event["event"].as_str().unwrap());
    for node in [gate_node, house_node, phone_node, office_node] {
        node.stop();
    }
    let planted = Planted::texts(["老周", "住户同意"]);
    for home in [&gate, &house, &phone, office] {
        let _files = planted.absent_from(&home.dir);
    }
}
