//! Disks that are full or read-only: a typed answer, nothing half-written, and writing resumes by itself (L3).

use linli_e2e::clock;
use linli_e2e::daemon::{self, Daemon};
use linli_e2e::disk::SmallDisk;
use linli_e2e::estate::{self, Estate, FOUND, NEIGHBOUR, bodies};
use linli_e2e::exe;
use linli_e2e::home::Home;
use serde_json::{Value, json};

fn on(disk: &SmallDisk, estate: &Estate, name: &str) -> Home {
    Home {
        dir: disk.path().join(name),
        ..estate.home(name)
    }
}

/// Writes until the disk is full; gives the bodies that were acknowledged.
fn post_until_full(home: &Home, word: &str) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for n in 0..500 {
        let body = format!("{word}{n} {}", "字".repeat(300));
        let reply = home.run(&["post", "new", "--kind", "ask", &body]);
        if reply.code == Some(0) {
            acknowledged.push(body);
        } else {
            assert_eq!(
                (reply.code, reply.error()),
                (Some(8), "disk-full"),
                "{}",
                reply.object
            );
            return acknowledged;
        }
    }
    panic!("the disk does not run full");
}

#[test]
fn a_full_disk_loses_nothing_and_writing_resumes_when_there_is_room_without_a_restart() {
    let estate = Estate::empty();
    let disk = SmallDisk::mount(&estate.root().join("disk"), 12);
    let office = on(&disk, &estate, "office");
    estate::found(&office);
    let file = exe::sample("registry-fengshengyuan.xlsx");
    office.must(&["registry", "import", file.to_str().unwrap()]);
    let mut expected = Vec::new();
    for with_node in [false, true] {
        let mut node = with_node.then(|| Daemon::start(&office, &[]));
        disk.fill();
        expected.extend(post_until_full(
            &office,
            if with_node { "丙" } else { "甲" },
        ));
        expected.sort();
        // One write can fit where another did not: a refusal in every language needs the disk full to the last byte.
        let body = "大".repeat(6000);
        office.refused(&["post", "new", "--kind", "ask", &body], 8, "disk-full");
        let before = office.must(&["digest"])["digest"].clone();
        // The apply fails far behind its row 900, in its one commit.
        let apply = office.run(&["registry", "apply", "b1"]);
        assert_eq!((apply.code, apply.error()), (Some(8), "disk-full"));
        let status = office.must(&["status"]);
        assert_eq!(status["counts"]["units"], 0);
        // Reading goes on.
        assert_eq!(bodies(&office), expected);
        assert_eq!(office.must(&["digest"])["digest"], before);
        disk.free();
        let after = format!("之后{with_node}");
        office.must(&["post", "new", "--kind", "ask", &after]);
        expected.push(after);
        expected.sort();
        assert_eq!(bodies(&office), expected);
        if let Some(node) = &mut node {
            assert!(node.is_alive());
            node.kill();
            assert_eq!(bodies(&office), expected, "after a kill");
        }
    }
    office.must(&["registry", "apply", "b1"]);
    assert_eq!(office.must(&["status"])["counts"]["units"], 792);
}

#[test]
fn a_gate_whose_disk_is_full_opens_for_nobody() {
    let estate = Estate::found();
    let disk = SmallDisk::mount(&estate.root().join("disk"), 8);
    let (office, gate) = (&estate.office, on(&disk, &estate, "gate"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let _node = Daemon::start(&gate, &[office_node.addr()]);
    clock::until("the gate knows the time", NEIGHBOUR, || {
        gate.must(&["gate", "status"])["clock"] == "GOOD"
    });
    office_node.stop();
    let pass = estate::issue(office, "赵*");
    let text = pass["text"].as_str().unwrap();
    let garbled = |n: usize| format!("LL1:{}", "A".repeat(20 + n));
    disk.fill();
    // Decisions are entries: refusals of garbled passes take the last free pages of the store.
    let logged = |reply: &Value| reply["event"].is_string();
    let full = (0..500).any(|n| !logged(gate.run(&["gate", "check", &garbled(n)]).data()));
    assert!(full, "the gate's disk does not run full");
    let shown = gate.run(&["gate", "check", text]);
    assert_ne!(shown.data()["opens"], true, "{}", shown.object);
    assert_ne!(shown.code, Some(0), "{}", shown.object);
    disk.free();
    clock::until("it opens once there is room", NEIGHBOUR, || {
        let again = gate.run(&["gate", "check", text]);
        again.data()["opens"] == true
    });
    let log = gate.must(&["gate", "log"]);
    let admitted = log["events"].as_array().unwrap().iter();
    assert_eq!(admitted.filter(|e| e["result"] == "ADMIT").count(), 1);
}

#[test]
fn no_home_is_founded_on_a_full_disk_and_then_one_is() {
    let estate = Estate::empty();
    let disk = SmallDisk::mount(&estate.root().join("disk"), 4);
    let office = on(&disk, &estate, "office");
    disk.fill();
    let refused = office.run(&FOUND);
    assert_eq!(refused.code, Some(8), "{}", refused.object);
    assert_eq!(office.must(&["status"])["state"], "none");
    assert!(!office.is_there());
    disk.free();
    office.must(&FOUND);
    office.must(&["post", "new", "--kind", "ask", "一"]);
}

#[test]
fn a_read_only_home_is_said_to_be_one_and_works_again_when_it_is_not() {
    let estate = Estate::empty();
    let disk = SmallDisk::mount(&estate.root().join("disk"), 8);
    let office = on(&disk, &estate, "office");
    estate::found(&office);
    office.must(&["post", "new", "--kind", "ask", "一"]);
    disk.set_read_only(true);
    office.refused(&["post", "new", "--kind", "ask", "二"], 8, "disk-read-only");
    office.refused(&daemon::arguments(&[]), 8, "disk-read-only");
    let elsewhere = on(&disk, &estate, "elsewhere");
    elsewhere.refused(&FOUND, 8, "cannot-create-home");
    disk.set_read_only(false);
    office.must(&["post", "new", "--kind", "ask", "三"]);
    assert_eq!(bodies(&office), ["一", "三"]);
}

/// One question of a window to the node, and the reply.
#[cfg(unix)]
fn window_asks(home: &Home, request: &Value) -> Value {
    use std::io::{BufRead as _, BufReader, Write as _};
    let mut stream = std::os::unix::net::UnixStream::connect(home.dir.join("node.sock")).unwrap();
    writeln!(stream, "{}", json!({ "id": 1, "req": request })).unwrap();
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply).unwrap();
    serde_json::from_str::<Value>(&reply).unwrap()["reply"].clone()
}

#[cfg(unix)]
#[test]
fn a_notice_half_written_on_a_full_disk_stays_what_was_kept_and_neither_goes_out_nor_is_lost() {
    let estate = Estate::empty();
    let disk = SmallDisk::mount(&estate.root().join("disk"), 12);
    let office = on(&disk, &estate, "office");
    estate::found(&office);
    let mut node = Daemon::start(&office, &[]);
    let body = "大".repeat(12_000);
    let draft = |text: &str, version: u64| {
        let text = json!({ "title": "停电", "body": text }).to_string();
        json!({ "id": "d7", "kind": "notice", "about": "", "text": text, "files": [], "version": version, "at_ms": 0 })
    };
    let save = |text: &str, version: u64| {
        let draft = draft(text, version);
        window_asks(
            &office,
            &json!({ "ask": "draft_save", "mark": 1, "draft": draft }),
        )
    };
    let send = |version: u64| {
        let notice = json!({
            "notice": {
                "title": "停电", "body": body, "english": null, "severity": null, "cap": {}, "area": [],
                "expires_ms": null, "confirm": false, "comments_closed": false, "corrects": null,
            },
            "at_ms": null,
        });
        let (ask, draft) = ("draft_send", draft(&body, version));
        let request =
            json!({ "ask": ask, "mark": 1, "draft": draft, "upto": version, "notice": notice });
        window_asks(&office, &request)
    };
    let kept = || {
        let all = window_asks(&office, &json!({ "ask": "draft_list" }))["data"].clone();
        let all = all.as_array().unwrap().clone();
        all.iter()
            .map(|d| d["version"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    let out = || {
        office.must(&["notice", "list"])["notices"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(save("三点", 0)["kind"], "draft_saved");
    disk.fill();
    for reply in [save(&body, 1), send(1)] {
        assert_eq!(reply["kind"], "fault", "{reply}");
        assert_eq!(reply["data"]["code"], "disk_full", "{reply}");
    }
    assert_eq!((kept(), out()), (vec![1], 0));
    disk.free();
    let reply = save(&body, 1);
    assert_eq!(reply["kind"], "draft_saved", "{reply}");
    assert_eq!((kept(), out()), (vec![2], 0));
    let reply = send(2);
    assert_eq!(reply["kind"], "published", "{reply}");
    node.kill();
    assert_eq!(out(), 1);
    let drafts = office.must(&["post", "drafts"]);
    assert_eq!(drafts["drafts"], json!([]), "out, and no draft any more");
}
