//! Refusal lists: whom a unit or the estate does not let in.

use crate::common::{NEXT_DOOR, check, is, issue, said, until_good};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use linli_e2e::home::Home;
use linli_e2e::search::Planted;
use serde_json::Value;

fn listed(home: &Home) -> usize {
    let lists = home.must(&["gate", "refuse", "list"]);
    lists["refusals"].as_array().unwrap().len()
}

fn until_listed(home: &Home, count: usize) {
    let what = format!("{} has heard of {count} lines", home.name);
    clock::until(&what, NEIGHBOUR, || listed(home) == count);
}

#[test]
fn whom_a_unit_or_the_estate_refuses_no_gate_lets_in_until_the_line_is_taken_off() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, house, next) = (
        estate.home("gate"),
        estate.home("house"),
        estate.home("next"),
    );
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    estate::enrol(office, &house, &["--unit", HOST]);
    estate::enrol(office, &next, &["--unit", NEXT_DOOR]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let peers = [office_node.addr(), gate_node.addr()];
    let (house_node, next_node) = (Daemon::start(&house, &peers), Daemon::start(&next, &peers));
    estate::until_online(&gate, 3);

    // A household refuses for its own unit; the property desk for everybody. Each keeps its own list.
    let name = ["gate", "refuse", "add", "--name", "欧阳建国"];
    let line = house.must(&[&name[..], &["--reason", "已经分手不再来往"]].concat());
    assert_eq!(
        (&line["scope"], &line["unit"]),
        (&"unit".into(), &HOST.into())
    );
    house.refused(&name, 3, "nothing-to-say");
    house.refused(
        &["gate", "refuse", "add", "--plate", "拖拉机"],
        3,
        "bad-plate",
    );
    gate.refused(&name, 4, "no-gate-role");
    let plate = ["gate", "refuse", "add", "--plate", "京AD98765"];
    let of_estate = office.must(&plate);
    assert_eq!(of_estate["scope"], "estate");
    until_listed(&gate, 2);
    until_listed(office, 2);
    // Nobody else reads a household's list, nor takes a line off.
    assert_eq!((listed(&house), listed(&next)), (1, 0));
    let id = line["id"].as_str().unwrap();
    next.refused(&["gate", "refuse", "remove", id], 6, "not-found");

    let [mine, again] = [(); 2].map(|()| issue(&house, "欧阳建国", &["--gate", "1"]));
    let theirs = issue(&next, "欧阳建国", &["--gate", "1"]);
    until_good(&gate, 3);
    assert_eq!(said(&check(&gate, &mine, &[])), is("DENY", "E_LISTED"));
    let stopped = check(&gate, &mine, &[]);
    for sentence in ["sentence_zh", "sentence_en"] {
        assert!(!stopped.data()[sentence].as_str().unwrap().is_empty());
    }
    // The neighbour's visitor of that name is the neighbour's.
    assert_eq!(said(&check(&gate, &theirs, &[])), is("ADMIT", ""));
    let walk_in = [
        "gate",
        "walk-in",
        "--unit",
        "3号楼2单元501",
        "--name",
        "欧阳建国",
    ];
    let walked = gate.run(&walk_in);
    assert_eq!(said(&walked), is("DENY", "E_LISTED"));
    assert_eq!(walked.data()["ring"], Value::Null, "nobody is called");
    let car = gate.run(&["gate", "check", "--plate", "京AD98765"]);
    assert_eq!(said(&car), is("DENY", "E_LISTED"));
    let log = gate.must(&["gate", "log"])["events"].clone();
    let codes = log.as_array().unwrap().iter();
    assert!(
        codes.filter(|e| e["code"] == "E_LISTED").count() >= 3,
        "{log}"
    );

    // Taken off, by the household itself, and the estate's by the desk.
    house.must(&["gate", "refuse", "remove", id]);
    office.must(&[
        "gate",
        "refuse",
        "remove",
        of_estate["id"].as_str().unwrap(),
    ]);
    until_listed(&gate, 0);
    assert_eq!(listed(&house), 0);
    assert_eq!(said(&check(&gate, &again, &[])), is("ADMIT", ""));
    assert_eq!(said(&gate.run(&walk_in)), is("ASK", ""));

    for node in [gate_node, house_node, next_node, office_node] {
        node.stop();
    }
    // Sealed to those who may read it, and nowhere in the clear.
    let planted = Planted::texts(["欧阳建国", "已经分手不再来往", "京AD98765"]);
    for home in [&gate, &house, &next, office] {
        let _files = planted.absent_from(&home.dir);
    }
}
