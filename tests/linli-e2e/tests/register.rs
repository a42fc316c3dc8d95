//! The register through a running node: building, room, household, person and vehicle of a small file, what the office
//! shows of them, what a household hears, and that a preview and an undo leave nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, NEIGHBOUR, strings};
use linli_e2e::home::Home;
use serde_json::{Value, json};

const FILE: &str = "楼栋,单元,房号,建筑面积(㎡),姓名,手机号码,与户主关系,居住性质,车牌号
3号楼,2单元,501,89.2,欧阳建国,13900003657,户主,自住,京AD98765
3号楼,2单元,501,89.2,欧阳小妹,,子女,自住,
3号楼,2单元,502,76.5,孙海,13900003658,户主,出租,
";

fn digests(home: &Home) -> Value {
    home.must(&["digest"])["scopes"].clone()
}

fn counts(home: &Home) -> [u64; 2] {
    let counts = &home.must(&["status"])["counts"];
    [&counts["units"], &counts["persons"]].map(|n| n.as_u64().unwrap())
}

fn names(home: &Home, query: &str) -> Vec<String> {
    let found = home.must(&["registry", "find", query]);
    let persons = found["persons"].as_array().unwrap().iter();
    let mut names: Vec<String> = persons
        .map(|p| p["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn units(home: &Home, query: &str) -> Vec<String> {
    let found = home.must(&["registry", "find", query]);
    strings(&found["units"])
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Waits until a household shows the same board as the office.
fn same_board(office: &Home, house: &Home) {
    clock::until("one board", NEIGHBOUR, || {
        digests(office)["board"] == digests(house)["board"]
    });
}

#[test]
fn a_register_goes_through_a_running_node_and_back_and_people_stay_with_the_office() {
    let estate = Estate::found();
    let office = &estate.office;
    let node = Daemon::start(office, &[]);
    let house = estate.home("house");
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    let _house_node = Daemon::start(&house, &[node.addr()]);
    estate::until_online(office, 1);
    let file = estate.file("名册.csv", FILE);
    let empty = digests(office);

    let preview = office.must(&["registry", "import", &file]);
    let planned = &preview["counts"];
    assert_eq!(
        [
            &planned["rows"],
            &planned["units"],
            &planned["persons"],
            &planned["vehicles"]
        ],
        [&json!(3), &json!(2), &json!(3), &json!(1)]
    );
    assert_eq!(digests(office), empty, "a preview changes nothing");
    assert_eq!(counts(office), [0, 0]);
    // Only the register's own office: not even the household whose unit it is.
    house.refused(&["registry", "import", &file], 4, "no-register-role");

    let written = office.must(&["registry", "apply", "b1"])["written"].clone();
    for (kind, n) in [
        ("buildings", 1),
        ("rooms", 2),
        ("households", 2),
        ("persons", 3),
        ("vehicles", 1),
    ] {
        assert_eq!(written[kind], n, "{kind}: {written}");
    }
    assert_eq!(counts(office), [2, 3]);
    let unit = office.must(&["registry", "show", "3-2-501"])["unit"].clone();
    assert_eq!(
        (&unit["unit"], &unit["area_dm2"]),
        (&json!("3-2-501"), &json!(8920))
    );
    assert!(unit["use"].is_string(), "{unit}");
    assert_eq!(strings(&unit["vehicles"]), ["京AD98765"]);
    assert_eq!(unit["persons"].as_array().unwrap().len(), 2);
    assert_eq!(names(office, "欧阳"), ["欧阳小妹", "欧阳建国"]);
    assert_eq!(units(office, "AD98765"), ["3-2-501"], "by the plate");
    for spelt in ["3号楼2单元501", "三栋2-501室", "３－２－５０１"] {
        assert_eq!(units(office, spelt), ["3-2-501"], "{spelt}");
    }

    // The skeleton reaches the household; nobody's name, phone or plate does.
    same_board(office, &house);
    assert_eq!(counts(&house), [2, 0]);
    assert_eq!(units(&house, "3-2-502"), ["3-2-502"]);
    assert_eq!(names(&house, "欧阳"), Vec::<String>::new());
    assert_eq!(units(&house, "AD98765"), Vec::<String>::new());
    let shown = house.must(&["registry", "show", "3-2-501"])["unit"].clone();
    assert_eq!(
        (&shown["persons"], &shown["vehicles"]),
        (&json!([]), &json!([]))
    );
    // As lists: the homes of a building with how many people each of the two knows there, and the imports of the office.
    let homes = |home: &Home| home.must(&["registry", "list", "3号楼"])["units"].clone();
    let (ours, theirs) = (homes(office), homes(&house));
    assert_eq!(
        (&ours[0]["unit"], &ours[0]["persons"], &ours[1]["persons"]),
        (&json!("3-2-501"), &json!(2), &json!(1))
    );
    assert!(ours[0]["use"].is_string(), "{ours}");
    assert_eq!(
        (&theirs[0]["unit"], &theirs[0]["persons"], &theirs[0]["use"]),
        (&json!("3-2-501"), &json!(0), &Value::Null)
    );
    let buildings = office.must(&["registry", "list"])["buildings"].clone();
    assert_eq!(
        buildings,
        json!([{ "building": "3", "units": 2, "cell": null }])
    );
    house.refused(&["registry", "list", "99"], 6, "not-found");
    house.refused(&["registry", "batches"], 4, "no-register-role");
    // Rows that a person has to decide are named, by row and reason.
    let other = estate.file("名册2.csv", FILE.replace("13900003657", "13900003999"));
    let asks = office.must(&["registry", "import", &other, "--duplicates", "ask"]);
    let asked = office.must(&["registry", "issues", asks["batch"].as_str().unwrap()]);
    assert_eq!(asked["asks"], json!([{ "row": 2, "why": "differs" }]));
    let batches = office.must(&["registry", "batches"])["batches"].clone();
    assert_eq!(
        (&batches[0]["stage"], &batches[1]["stage"]),
        (&json!("preview"), &json!("applied"))
    );
    // The same file again finds everyone there.
    let again = office.must(&["registry", "import", &file])["counts"].clone();
    assert_eq!(
        [&again["add"], &again["same"]],
        [&json!(0), &json!(3)],
        "{again}"
    );

    office.must(&["registry", "undo", "b1"]);
    assert_eq!(digests(office), empty, "as if it had never been applied");
    assert_eq!(counts(office), [0, 0]);
    assert_eq!(names(office, "欧阳"), Vec::<String>::new());
    same_board(office, &house);
    assert_eq!(counts(&house), [0, 0]);
    node.stop();
    assert_eq!(digests(office), empty, "after a restart too");
}
