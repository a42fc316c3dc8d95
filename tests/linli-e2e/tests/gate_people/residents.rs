//! Plates of residents, by the register.

use crate::common::{CARS, at_another_time, is, issue, said, until_good};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use serde_json::Value;

fn lengths(data: &Value) -> [u64; 4] {
    let len = |name: &str| data[name].as_array().unwrap().len() as u64;
    let kept = data["kept"].as_u64().unwrap();
    [len("add"), len("renew"), len("withdraw"), kept]
}

#[test]
fn residents_plates_follow_the_register_and_open_without_a_network_and_with_a_wrong_clock() {
    let estate = Estate::found();
    let office = &estate.office;
    let gate = estate.home("gate");
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let file = estate.file("cars.csv", CARS);
    let batch = office.must(&["registry", "import", &file]);
    let batch = batch["batch"].as_str().unwrap();
    office.must(&["registry", "apply", batch]);

    let preview = office.must(&["pass", "residents"]);
    assert_eq!(
        (&preview["applied"], lengths(&preview)),
        (&false.into(), [3, 0, 0, 0])
    );
    let again = office.must(&["pass", "residents"]);
    assert_eq!(lengths(&again), [3, 0, 0, 0], "a preview writes nothing");
    gate.refused(&["pass", "residents"], 4, "no-register-role");
    let applied = office.must(&["pass", "residents", "--apply"]);
    assert_eq!(lengths(&applied), [3, 0, 0, 0]);
    let twice = office.must(&["pass", "residents", "--apply"]);
    assert_eq!(
        lengths(&twice),
        [0, 0, 0, 3],
        "saying it twice changes nothing"
    );
    let visitor = issue(office, "李*", &["--gate", "1", "--host", HOST]);
    until_good(&gate, 4);
    let expected = gate.must(&["gate", "expected"])["expected"].clone();
    assert_eq!(expected.as_array().unwrap().len(), 1, "{expected}");

    // The network is gone, and then the clock too.
    gate_node.stop();
    let plate = |plate: &'static str| ["gate", "check", "--plate", plate];
    let opened = gate.run(&plate("京AD98765"));
    assert_eq!(said(&opened), is("ADMIT", ""));
    assert_eq!(opened.data()["unit"], HOST);
    // Whoever looks the unit up sees its residents' plates, and not the visitor's name.
    let units = gate.must(&["gate", "unit", HOST])["units"].clone();
    assert_eq!(units[0]["plates"], serde_json::json!(["京AD98765"]));
    assert!(!units.to_string().contains("李*"), "{units}");
    let behind = at_another_time(&gate, &plate("京BD11111"), "-40d");
    assert_eq!(said(&behind), is("ADMIT", ""));
    assert_eq!(behind.data()["clock"], "BEHIND", "the banner");
    let lost = at_another_time(&gate, &plate("京CD22222"), "+20d");
    assert_eq!(
        (said(&lost), &lost.data()["clock"]),
        (is("ADMIT", ""), &"LOST".into())
    );
    // Whoever is no resident has to be asked about, or is too late.
    let text = visitor["text"].as_str().unwrap();
    let asked = at_another_time(&gate, &["gate", "check", text], "-40d");
    assert_eq!(said(&asked), is("ASK", "E_CLOCK"));

    // One moves out, with the whole batch here; the gate hears of it and says so.
    office.must(&["registry", "undo", batch]);
    let gone = office.must(&["pass", "residents", "--apply"]);
    assert_eq!(lengths(&gone), [0, 0, 3, 0]);
    let none = office.must(&["pass", "residents"]);
    assert_eq!(lengths(&none), [0, 0, 0, 0]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    clock::until("the gate has heard of the withdrawal", NEIGHBOUR, || {
        gate.must(&["gate", "status"])["cancelled"] == 3
    });
    let units = gate.must(&["gate", "unit", HOST])["units"].to_string();
    assert!(!units.contains("京AD98765"), "{units}");
    // It was let in a moment ago, and that answer is repeated for ten seconds.
    clock::pass_the_repeats();
    let refused = gate.run(&plate("京AD98765"));
    assert_eq!(said(&refused), is("DENY", "E_CANCELLED"));
    gate_node.stop();
    office_node.stop();
}
