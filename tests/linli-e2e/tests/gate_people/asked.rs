//! A gate that asks about a pass calls its household about that very line; letting in on it spends the use.

use crate::common::{check, is, issue, let_in, said, until_good};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR, call_about};
use linli_e2e::search::Planted;

#[test]
fn a_household_is_called_about_the_line_that_asks_and_whoever_is_let_in_has_used_the_pass() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, house) = (estate.home("gate"), estate.home("house"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let device = estate::enrol(office, &house, &["--unit", HOST]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let house_node = Daemon::start(&house, &[office_node.addr(), gate_node.addr()]);
    estate::until_online(&gate, 2);
    let pass = issue(&house, "老周", &["--gate", "1", "--plate", "京AD12345"]);
    until_good(&gate, 1);

    let asked = check(&gate, &pass, &["--companions", "2"]);
    assert_eq!(said(&asked), is("ASK", "E_COMPANIONS"), "{}", asked.object);
    let event = asked.data()["event"].as_str().unwrap().to_owned();
    let rung = gate.must(&["gate", "ring", &event]);
    assert_eq!(
        (&rung["ring"], &rung["unit"], &rung["code"]),
        (&"RINGS".into(), &HOST.into(), &"E_COMPANIONS".into())
    );
    assert_eq!(rung["hosts"][0]["device"], device.as_str());
    gate.refused(&["gate", "ring", &event], 3, "already-rung");
    clock::until("it rings at the house", NEIGHBOUR, || {
        call_about(&house, &event)["here"] == true
    });
    let shown = call_about(&house, &event);
    for (key, value) in [
        ("name", "老周"),
        ("code", "E_COMPANIONS"),
        ("plate", "京AD12345"),
        ("unit", HOST),
    ] {
        assert_eq!(shown[key], value, "{shown}");
    }
    assert_eq!(
        (&shown["companions"], shown["pass"].is_string()),
        (&2.into(), true)
    );
    // The household reads it in words, too.
    for (lang, words) in [
        ("zh-CN", "来的人比通行码上的多"),
        ("en", "More people came than the pass says"),
    ] {
        let listed = house.command(lang, &["ring", "list"]).output().unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        assert!(listed.contains(words), "{listed}");
    }
    house.must(&["ring", "answer", &event, "--admit"]);
    clock::until("the gate hears the answer", NEIGHBOUR, || {
        call_about(&gate, &event)["state"] == "ADMIT"
    });
    let entered = let_in(&gate, &event);
    assert_eq!(entered["overrides"], event.as_str());
    clock::until("the household hears of it", NEIGHBOUR, || {
        call_about(&house, &event)["state"] == "DECIDED"
    });
    clock::pass_the_repeats();
    let again = check(&gate, &pass, &[]);
    assert_eq!(said(&again), is("DENY", "E_USED"), "{}", again.object);
    let incidents = gate.must(&["gate", "incidents"])["incidents"].clone();
    assert_eq!(incidents, serde_json::json!([]), "it was used once");

    // Nobody is called about what does not ask, or about nobody.
    let denied = again.data()["event"].as_str().unwrap();
    gate.refused(&["gate", "ring", denied], 3, "nothing-to-ring");
    let plate = gate.run(&["gate", "check", "--plate", "津C66018"]);
    assert_eq!(said(&plate), is("ASK", "E_PLATE_UNKNOWN"));
    let plate = plate.data()["event"].as_str().unwrap();
    gate.refused(&["gate", "ring", plate], 3, "ring-nobody");
    gate.refused(&["gate", "ring", &event], 3, "already-overridden");
    for node in [gate_node, house_node, office_node] {
        node.stop();
    }
    let planted = Planted::texts(["老周", "京AD12345"]);
    for home in [&gate, &house, office] {
        let _files = planted.absent_from(&home.dir);
    }
}
