//! Clearing the estate, couriers, residents without a card.

use crate::common::{
    CARS, NEXT_DOOR, at_another_time, check, is, issue, let_in, said, until_good, walk_in,
};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use serde_json::Value;

#[test]
fn clearing_the_estate_lists_visitors_by_building_couriers_overstay_by_minutes_and_residents_are_at_home()
 {
    let estate = Estate::found();
    let office = &estate.office;
    let gate = estate.home("gate");
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let file = estate.file("cars.csv", CARS);
    let batch = office.must(&["registry", "import", &file]);
    office.must(&["registry", "apply", batch["batch"].as_str().unwrap()]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let parcel = issue(
        office,
        "快递",
        &["--kind", "delivery", "--host", HOST, "--gate", "1"],
    );
    until_good(&gate, 1);
    clock::until("the gate has heard of the rooms", NEIGHBOUR, || {
        let units = gate.must(&["gate", "unit", "3号楼2单元502"])["units"].clone();
        units[0]["unit"] == NEXT_DOOR && units[0]["devices"] == 0
    });
    gate_node.stop();

    // A resident without a card: the guard looks the unit up, nobody can be called, the guard decides with a reason.
    let resident = walk_in(&gate, &["--resident"]);
    assert_eq!(
        (&resident["ring"], &resident["known_unit"]),
        (&"NOT_REACHED".into(), &true.into())
    );
    let_in(&gate, resident["event"].as_str().unwrap());
    assert_eq!(gate.must(&["gate", "inside"])["people"], 0, "at home");

    let courier = walk_in(&gate, &["--delivery"]);
    let_in(&gate, courier["event"].as_str().unwrap());
    assert_eq!(said(&check(&gate, &parcel, &[])), is("ADMIT", ""));
    let guests = [
        "gate",
        "walk-in",
        "--unit",
        "4-1-101",
        "--name",
        "小王",
        "--companions",
        "2",
    ];
    let guests = gate.run(&guests);
    let_in(&gate, guests.data()["event"].as_str().unwrap());
    let now = gate.must(&["gate", "inside"]);
    let over = |inside: &Value| {
        let list = inside["inside"].as_array().unwrap().clone();
        let over = list.iter().filter(|one| !one["overstayed_s"].is_null());
        over.map(|one| one["label"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!((&now["people"], over(&now)), (&5.into(), vec![]));
    let later = at_another_time(&gate, &["gate", "inside"], "+45m");
    let mut late = over(later.data());
    late.sort();
    assert_eq!(late, ["快递", "老周"], "{}", later.object);

    let paper = estate.root().join("list.txt");
    let list = gate.must(&["gate", "evacuation", "--out", paper.to_str().unwrap()]);
    assert_eq!(list["people"], 5);
    let buildings = list["buildings"].as_array().unwrap();
    let shown: Vec<(&str, u64)> = buildings
        .iter()
        .map(|b| {
            (
                b["building"].as_str().unwrap(),
                b["people"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(shown, [("3", 2), ("4", 3)]);
    let paper = std::fs::read_to_string(&paper).unwrap();
    for word in [HOST, "4-1-101", "老周", "小王", "+2", "[ ]"] {
        assert!(paper.contains(word), "{word} is not in {paper}");
    }
    office_node.stop();
}
