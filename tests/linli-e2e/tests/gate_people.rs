//! What a gate knows of people and whom it calls, as real processes: refusal lists, residents' plates, a party with one
//! picture, helpers with days and hours, a call to a household, clearing the estate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use linli_e2e::home::{Home, Reply};
use linli_e2e::search::Planted;
use serde_json::Value;

const NEXT_DOOR: &str = "3-2-502";

/// A pass from now for some hours, with what is said beside.
fn issue(home: &Home, label: &str, more: &[&str]) -> Value {
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(4 * 3600));
    let what = ["pass", "issue", "--label", label];
    home.must(&[&what[..], &["--from", &from, "--until", &until], more].concat())
}

fn check(gate: &Home, pass: &Value, more: &[&str]) -> Reply {
    let text = pass["text"].as_str().unwrap();
    gate.run(&[&["gate", "check", text], more].concat())
}

/// Result and code, as the exit status agrees with them.
fn said(reply: &Reply) -> (String, String) {
    let word = |key: &str| reply.data()[key].as_str().unwrap_or_default().to_owned();
    let result = word("result");
    let exit = [("ADMIT", 0), ("ASK", 10), ("DENY", 11)];
    let exit = exit.iter().find(|(name, _)| *name == result).map(|e| e.1);
    assert_eq!(reply.code, exit, "{}", reply.object);
    (result, word("code"))
}

fn is(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}

fn until_good(gate: &Home, grants: u64) {
    clock::until("the gate has heard", NEIGHBOUR, || {
        let status = gate.must(&["gate", "status"]);
        status["clock"] == "GOOD" && status["grants"].as_u64() >= Some(grants)
    });
}

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
    let walk_in = ["gate", "walk-in", "--unit", HOST, "--name", "欧阳建国"];
    let walked = gate.run(&walk_in);
    assert_eq!(said(&walked), is("DENY", "E_LISTED"));
    assert_eq!(walked.data()["ring"], Value::Null, "nobody is called");
    for lane in [["gate", "check", "--plate", "京AD98765"].as_slice()] {
        assert_eq!(said(&gate.run(lane)), is("DENY", "E_LISTED"));
    }
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

const CARS: &str = "楼栋,单元,房号,建筑面积(㎡),姓名,手机号码,与户主关系,居住性质,车牌号
3号楼,2单元,501,89.2,欧阳建国,13900003657,户主,自住,京AD98765
3号楼,2单元,502,76.5,孙海,13900003658,户主,自住,京BD11111
4号楼,1单元,101,76.5,宋玉,13900003659,户主,自住,京CD22222
4号楼,1单元,102,76.5,陈明,13900003660,户主,自住,
";

fn lengths(data: &Value) -> [u64; 4] {
    let len = |name: &str| data[name].as_array().unwrap().len() as u64;
    let kept = data["kept"].as_u64().unwrap();
    [len("add"), len("renew"), len("withdraw"), kept]
}

/// Another time for one process, by the library that the issue names; the clock that never steps goes on.
fn at_another_time(home: &Home, args: &[&str], faketime: &str) -> Reply {
    let folders = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let library = folders
        .map(|folder| folder.path().join("faketime/libfaketime.so.1"))
        .find(|path| path.is_file())
        .expect("libfaketime is installed");
    let env = [
        ("LD_PRELOAD", library.to_str().unwrap()),
        ("FAKETIME", faketime),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];
    home.run_with(args, &env)
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
    let refused = gate.run(&plate("京AD98765"));
    assert_eq!(said(&refused), is("DENY", "E_CANCELLED"));
    gate_node.stop();
    office_node.stop();
}

#[test]
fn one_picture_lets_a_party_in_one_by_one_and_helpers_come_on_their_days_with_their_companions() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, house) = (estate.home("gate"), estate.home("house"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    estate::enrol(office, &house, &["--unit", HOST]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let house_node = Daemon::start(&house, &[office_node.addr(), gate_node.addr()]);
    estate::until_online(&gate, 2);

    let party = issue(&house, "婚礼", &["--group", "3"]);
    assert_eq!(
        (&party["entries"], &party["gates"]),
        (&3.into(), &serde_json::json!([1]))
    );
    let family = issue(&house, "一家人", &["--companions", "2", "--entries", "0"]);
    // A day that is neither today nor next to it, whatever the second of the day.
    let today = (clock::unix_s() + 8 * 3600).div_euclid(86_400) + 3;
    let other = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        [usize::try_from((today + 3) % 7).unwrap()];
    let other = format!("{other},08:00-18:00");
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(60 * 86_400));
    let helper = |window: &str, kind: &str| {
        let what = [
            "pass",
            "issue",
            "--label",
            "阿姨",
            "--kind",
            kind,
            "--entries",
            "0",
        ];
        let when = ["--from", &from, "--until", &until, "--window", window];
        house.must(&[&what[..], &when].concat())
    };
    let every_day = helper("Mon-Sun,00:00-24:00", "worker");
    let another_day = helper(&other, "worker");
    // What recurs may stand for months, whoever it is.
    let guest = helper("Mon-Sun,00:00-24:00", "person");
    until_good(&gate, 5);
    // Without a running program nothing is remembered but the log: each showing is a decision of its own.
    gate_node.stop();
    for n in 1..=3u64 {
        let shown = check(&gate, &party, &[]);
        assert_eq!(said(&shown), is("ADMIT", ""), "guest {n}");
        let data = shown.data();
        assert_eq!((&data["use"], &data["of"]), (&n.into(), &3.into()));
        let sentence = data["sentence_en"].as_str().unwrap();
        assert!(
            sentence.contains(&n.to_string()) && sentence.contains('3'),
            "{sentence}"
        );
    }
    assert_eq!(said(&check(&gate, &party, &[])), is("DENY", "E_USED"));
    let two = check(&gate, &family, &["--companions", "2"]);
    assert_eq!(said(&two), is("ADMIT", ""));
    let three = check(&gate, &family, &["--companions", "3"]);
    assert_eq!(said(&three), is("ASK", "E_COMPANIONS"));
    for pass in [&every_day, &guest] {
        for _ in 0..2 {
            assert_eq!(said(&check(&gate, pass, &[])), is("ADMIT", ""));
        }
    }
    assert_eq!(
        said(&check(&gate, &another_day, &[])),
        is("DENY", "E_WINDOW")
    );
    let too_many = [
        "pass",
        "issue",
        "--label",
        "x",
        "--group",
        "3",
        "--entries",
        "2",
    ];
    let from_until = ["--from", &from, "--until", &until];
    let both = [&too_many[..], &from_until].concat();
    house.refused(&both, 2, "usage-conflict");
    house_node.stop();
    office_node.stop();
}

/// The newest call of a home.
fn call(home: &Home) -> Value {
    home.must(&["ring", "list"])["rings"][0].clone()
}

fn walk_in(gate: &Home, more: &[&str]) -> Value {
    let args = ["gate", "walk-in", "--unit", HOST, "--name", "老周"];
    let reply = gate.run(&[&args[..], more].concat());
    assert_eq!(said(&reply), is("ASK", ""), "{}", reply.object);
    reply.data().clone()
}

fn until_state(home: &Home, event: &str, state: &str) -> Value {
    let what = format!("{} hears {state}", home.name);
    clock::until(&what, NEIGHBOUR, || {
        let call = call(home);
        call["event"] == event && call["state"] == state
    });
    call(home)
}

fn let_in(gate: &Home, event: &str) -> Value {
    gate.must(&[
        "gate",
        "override",
        event,
        "--reason",
        "住户同意",
        "--badge",
        "07",
    ])
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
