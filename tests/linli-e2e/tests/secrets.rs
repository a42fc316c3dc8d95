//! After the whole flow with the sample register: no file of any home and no log holds a planted name, phone, plate or
//! number in the clear, and no file inside a home opens it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use linli_e2e::exe;
use linli_e2e::home::Home;
use linli_e2e::search::{self, Planted};
use linli_exchange::register::{self, Cleaned};
use std::collections::BTreeSet;

/// A key file begins with what is no secret and also stands in the home.
const KEY_HEAD: usize = 20;
const PIECE: usize = 16;

/// What people write into the flow, beside the register.
const WRITTEN: [&str; 7] = [
    "欧阳建国",
    "京AD98765",
    "停水通知正文",
    "二单元水管爆裂",
    "谁有打气筒借用",
    "我家有打气筒",
    "王阿姨的旧电脑",
];

fn register() -> (String, Cleaned) {
    let path = exe::sample("registry-fengshengyuan.xlsx");
    let bytes = std::fs::read(&path).unwrap();
    let sheet = register::read(&bytes, "registry.xlsx", &mut |_, _| {}).unwrap();
    let today = jiff::civil::date(2026, 11, 22);
    (
        path.to_str().unwrap().to_owned(),
        register::clean(&sheet, today),
    )
}

/// Names, phones, plates, numbers of everybody in the register.
fn of_people(cleaned: &Cleaned) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for row in &cleaned.persons {
        let person = &row.person;
        all.insert(person.name.reveal().clone());
        // What has no known form (无, 待补) says nothing about anybody and stands in other texts too.
        let phones = person.phones.iter().filter(|phone| phone.fits());
        all.extend(phones.map(|phone| phone.text().reveal().clone()));
        let plates = person.plates.iter().filter(|plate| plate.fits());
        all.extend(plates.map(|plate| plate.text().reveal().clone()));
        let id = person.id_number.iter().map(|id| id.text().reveal().clone());
        all.extend(id.filter(|id| id.len() >= 15));
    }
    all
}

#[test]
fn no_file_and_no_log_holds_what_people_wrote_and_no_file_inside_a_home_opens_it() {
    let (file, cleaned) = register();
    let people = of_people(&cleaned);
    assert!(people.len() > 4000, "{} texts", people.len());
    let planted = Planted::texts(people.iter().map(String::as_str).chain(WRITTEN));

    let estate = Estate::empty();
    let loud = |name: &str| Home {
        log: Some("debug"),
        ..estate.home(name)
    };
    let (mut office, house, gate) = (loud("office"), loud("house"), loud("gate"));
    office.passphrase = Some(estate.file("passphrase", "一句 长长的 口令\n").into());
    let mut logs = Vec::new();
    let mut ask = |home: &Home, args: &[&str]| {
        let reply = home.run(args);
        assert!(reply.code == Some(0), "{args:?}: {}", reply.object);
        logs.push(reply.stderr.clone());
        reply.object["data"].clone()
    };
    estate::found(&office);
    ask(&office, &["registry", "import", &file]);
    ask(&office, &["registry", "apply", "b1"]);
    let unit = cleaned.persons[0].person.unit.to_string();
    assert!(
        ask(&office, &["registry", "show", &unit])["unit"]["persons"]
            .as_array()
            .is_some()
    );

    let office_node = Daemon::start(&office, &[]);
    estate::enrol(&office, &house, &["--unit", &unit]);
    estate::enrol(&office, &gate, &["--role", "gate:1"]);
    let house_node = Daemon::start(&house, &[office_node.addr()]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    estate::until_online(&office, 2);
    let body = estate.file("body.txt", format!("{}，{}。", WRITTEN[2], WRITTEN[3]));
    ask(
        &office,
        &[
            "notice",
            "publish",
            "--title",
            WRITTEN[3],
            "--body-file",
            &body,
            "--confirm",
        ],
    );
    let post = ask(&house, &["post", "new", "--kind", "lend", WRITTEN[4]])["id"].clone();
    let post = post.as_str().unwrap();
    clock::until("the notice arrives", NEIGHBOUR, || {
        house.must(&["notice", "list"])["notices"][0]["id"].is_string()
    });
    clock::until("the post arrives", NEIGHBOUR, || {
        office.must(&["post", "list"])["posts"][0]["id"] == post
    });
    ask(&office, &["post", "comment", post, WRITTEN[5]]);
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(3600));
    let pass = [
        "pass", "issue", "--label", WRITTEN[0], "--plate", WRITTEN[1], "--gate", "1",
    ];
    let pass = ask(
        &house,
        &[&pass[..], &["--from", &from, "--until", &until]].concat(),
    );
    clock::until("the gate knows the time", NEIGHBOUR, || {
        gate.must(&["gate", "status"])["clock"] == "GOOD"
    });
    let admitted = ask(&gate, &["gate", "check", pass["text"].as_str().unwrap()]);
    assert_eq!(
        (&admitted["result"], &admitted["label"]),
        (&"ADMIT".into(), &WRITTEN[0].into())
    );
    // The other homes know nobody, though they are asked with their keys.
    for name in people
        .iter()
        .filter(|text| text.chars().count() == 3)
        .take(5)
    {
        for home in [&house, &gate] {
            assert_eq!(
                ask(home, &["registry", "find", name])["persons"],
                serde_json::json!([])
            );
        }
    }

    for node in [&office_node, &house_node, &gate_node] {
        logs.extend([node.logged(), node.said()]);
    }
    let logged: usize = logs.iter().map(String::len).sum();
    assert!(logged > 10_000, "nothing is logged at LINLI_LOG=debug");
    for log in &logs {
        assert_eq!(
            planted.find(log.as_bytes()),
            None,
            "a log holds what people wrote"
        );
    }
    // While they run, and after they were killed.
    for _ in 0..2 {
        for home in [&office, &house, &gate] {
            assert!(planted.absent_from(&home.dir) >= 2);
        }
    }
    drop((office_node, house_node, gate_node));
    for home in [&office, &house, &gate] {
        let _files = planted.absent_from(&home.dir);
        opens_nothing(&estate, home);
    }
}

/// A copy of the home's files, without the keys outside of it and without the passphrase, opens nothing.
fn opens_nothing(estate: &Estate, home: &Home) {
    let name = format!("{}-stolen", home.name);
    let copy = home.copied(estate.root(), &name);
    if home.passphrase.is_some() {
        copy.refused(&["status"], 5, "passphrase-needed");
        let guess = Home {
            passphrase: Some(estate.file("guess", "123456\n").into()),
            ..copy
        };
        guess.refused(&["status"], 5, "wrong-passphrase");
        return;
    }
    copy.refused(&["status"], 5, "keys-missing");
    // No piece of a key lies in the home.
    for key in search::files(&home.keys) {
        let bytes = std::fs::read(key).unwrap();
        let pieces = bytes[KEY_HEAD..].windows(PIECE).step_by(PIECE / 2);
        // A place for a key that this home does not have is all zeros, as many places of any file are.
        let secret = pieces.filter(|piece| piece.iter().filter(|b| **b == 0).count() < 4);
        let pieces = Planted::bytes(secret.map(<[u8]>::to_vec));
        assert!(pieces.count() > 5);
        let _files = pieces.absent_from(&home.dir);
    }
    // With its keys the copy is the home.
    let back = Home {
        keys: home.keys.clone(),
        ..copy
    };
    assert_eq!(back.must(&["status"])["state"], "member");
}
