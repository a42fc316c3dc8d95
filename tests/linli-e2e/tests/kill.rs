//! `kill -9` at random and at named places of the writes: what was acknowledged is there, what was not is whole or
//! absent, and the home opens again. A hundred random kills are `linli-e2e kill --times 100`; here are a few of them,
//! and every named place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::dice::Dice;
use linli_e2e::estate::{self, Estate, FOUND, NEIGHBOUR, bodies};
use linli_e2e::exe;
use linli_e2e::kill::{self, Order};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

fn post(body: &str) -> [&str; 5] {
    ["post", "new", "--kind", "ask", body]
}

fn at(place: &str) -> [(&str, &str); 1] {
    [("LINLI_KILL_AT", place)]
}

#[test]
fn a_dozen_random_kills_lose_nothing_that_was_acknowledged() {
    let order = Order {
        times: 12,
        seed: 20_261_122,
    };
    let tally = kill::run(order, &mut |_| {}).unwrap();
    assert_eq!(tally.kills(), 12);
    assert!(tally.acknowledged() > 0, "{tally}");
}

#[test]
#[cfg(unix)]
fn a_program_that_acknowledges_what_it_does_not_write_is_found_out() {
    use std::os::unix::fs::PermissionsExt as _;
    let estate = Estate::empty();
    // Every third post gets an id and goes nowhere; everything else is the real program's.
    let script = r#"#!/bin/sh
case "$*" in *"post new"*)
  n=$(cat "$0.count" 2>/dev/null || echo 0); echo $((n + 1)) > "$0.count"
  if [ $((n % 3)) = 2 ]; then
    echo '{"schema":"linli/1","ok":true,"as_of":"","covers":null,"data":{"id":"r:none"},"warnings":[],"error":null}'
    exit 0
  fi ;;
esac
exec "$LINLI_REAL" "$@"
"#;
    let liar = estate.file("liar", script);
    std::fs::set_permissions(&liar, std::fs::Permissions::from_mode(0o755)).unwrap();
    let judged = std::process::Command::new(env!("CARGO_BIN_EXE_linli-e2e"))
        .args(["kill", "--times", "20", "--seed", "3"])
        .env(exe::OTHER, &liar)
        .env("LINLI_REAL", exe::linli())
        .env("TMPDIR", estate.root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&judged.stdout);
    assert_eq!(judged.status.code(), Some(1), "{said}");
    assert!(said.contains("r:none and is lost"), "{said}");
}

#[test]
fn a_command_that_dies_before_its_commit_has_written_nothing() {
    let estate = Estate::found();
    let office = &estate.office;
    office.must(&post("一"));
    let before = office.must(&["digest"]);
    let died = office.run_with(&post("二"), &at("before-commit"));
    assert_eq!(died.code, None, "{died:?}");
    assert_eq!(office.must(&["digest"])["digest"], before["digest"]);
    office.must(&post("三"));
    assert_eq!(bodies(office), ["一", "三"]);
}

#[test]
fn a_command_that_dies_after_its_commit_has_written_it_once() {
    let estate = Estate::found();
    let office = &estate.office;
    let died = office.run_with(&post("一"), &at("after-commit-before-ack"));
    assert_eq!((died.code, &died.object), (None, &Value::Null));
    assert_eq!(bodies(office), ["一"]);
    office.must(&post("二"));
    assert_eq!(bodies(office), ["一", "二"]);
}

#[test]
fn a_node_that_dies_around_a_commit_keeps_what_it_acknowledged() {
    for place in ["before-commit", "after-commit-before-ack"] {
        for nth in [3, 6] {
            let estate = Estate::found();
            let office = &estate.office;
            let mut node = Daemon::start_with(office, &[], &at(&format!("{place}:{nth}")));
            let mut acknowledged = BTreeSet::new();
            let mut asked = BTreeSet::new();
            for n in 0..20 {
                let body = format!("帖子{n}");
                let reply = office.run(&post(&body));
                asked.insert(body.clone());
                match reply.code {
                    Some(0) => acknowledged.insert(body),
                    Some(7) => break,
                    _ => panic!("{place}:{nth}: {}", reply.object),
                };
            }
            // Its socket closes a moment before it is gone.
            clock::until(&format!("{place}:{nth}: the node dies"), NEIGHBOUR, || {
                !node.is_alive()
            });
            let _again = Daemon::start(office, &[]);
            let there: BTreeSet<String> = bodies(office).into_iter().collect();
            assert!(acknowledged.is_subset(&there), "{place}:{nth}: lost");
            assert!(there.is_subset(&asked), "{place}:{nth}: never asked for");
        }
    }
}

#[test]
fn an_answered_command_whose_node_dies_before_telling_anybody_is_told_after_the_restart() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    node.stop();
    // The place comes after every answer, so none is asked of this node but the one.
    let mut node = Daemon::start_with(office, &[], &at("after-ack-before-relay"));
    let neighbour = Daemon::start(&house, &[node.addr()]);
    estate::until_online(&house, 1);
    let id = office.must(&post("有人吗"))["id"].clone();
    clock::until("the node dies", NEIGHBOUR, || !node.is_alive());
    assert_eq!(bodies(&house), Vec::<String>::new());
    let again = Daemon::start(office, &[neighbour.addr()]);
    clock::until("the household hears of it", NEIGHBOUR, || {
        bodies(&house).len() == 1
    });
    assert_eq!(office.must(&["post", "list"])["posts"][0]["id"], id);
    drop(again);
}

#[test]
fn a_register_whose_apply_dies_at_row_900_has_written_nothing_and_then_works() {
    let estate = Estate::found();
    let office = &estate.office;
    let file = exe::sample("registry-fengshengyuan.xlsx");
    let preview = office.must(&["registry", "import", file.to_str().unwrap()]);
    let before = office.must(&["digest"])["digest"].clone();
    let nothing = |what: &str| {
        let status = office.must(&["status"]);
        assert_eq!(
            (&status["counts"]["units"], &status["counts"]["persons"]),
            (&0.into(), &0.into()),
            "{what}"
        );
        assert_eq!(office.must(&["digest"])["digest"], before, "{what}");
    };
    // Counted from the first building on: the 900th row is past the skeleton.
    let died = office.run_with(&["registry", "apply", "b1"], &at("mid-import-stage:900"));
    assert_eq!(died.code, None, "{died:?}");
    nothing("the command died");
    let mut node = Daemon::start_with(office, &[], &at("mid-import-stage:2500"));
    let lost = office.run(&["registry", "apply", "b1"]);
    assert_eq!(
        (lost.code, lost.error()),
        (Some(7), "owner-gone"),
        "{}",
        lost.object
    );
    clock::until("the node dies", NEIGHBOUR, || !node.is_alive());
    nothing("the node died");
    let written = office.must(&["registry", "apply", "b1"]);
    assert_eq!(written["written"]["persons"], preview["counts"]["persons"]);
    let counts = office.must(&["status"])["counts"].clone();
    assert_eq!(counts["units"], preview["counts"]["units"]);
    assert_eq!(counts["persons"], preview["counts"]["persons"]);
}

#[test]
fn a_gate_that_dies_between_its_log_and_its_answer_does_not_open_twice() {
    let estate = Estate::found();
    let (office, gate) = (&estate.office, estate.home("gate"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let met = Daemon::start(&gate, &[office_node.addr()]);
    clock::until("the gate knows the time", NEIGHBOUR, || {
        gate.must(&["gate", "status"])["clock"] == "GOOD"
    });
    met.stop();
    let pass = estate::issue(office, "李*");
    let text = pass["text"].as_str().unwrap();
    let mut node = Daemon::start_with(&gate, &[], &at("gate-after-log-before-answer"));
    let lost = gate.run(&["gate", "check", text]);
    assert_eq!(
        (lost.code, lost.error()),
        (Some(7), "owner-gone"),
        "{}",
        lost.object
    );
    clock::until("the node dies", NEIGHBOUR, || !node.is_alive());
    let _again = Daemon::start(&gate, &[]);
    let second = gate.run(&["gate", "check", text]);
    let said = (
        second.code,
        second.data()["result"].as_str(),
        second.data()["code"].as_str(),
    );
    assert_eq!(said, (Some(11), Some("DENY"), Some("E_USED")));
    let log = gate.must(&["gate", "log"]);
    let events = log["events"].as_array().unwrap().iter();
    let admitted = events.filter(|event| event["result"] == "ADMIT").count();
    assert_eq!(admitted, 1);
}

#[test]
fn a_founding_that_was_killed_is_whole_or_may_begin_again() {
    let mut dice = Dice::new(5);
    let mut again = 0;
    for n in 0..24 {
        let estate = Estate::empty();
        let office = &estate.office;
        let mut run = office.start(&FOUND);
        clock::pass(dice.time(Duration::from_millis(60)));
        run.kill();
        let state = office.must(&["status"])["state"].clone();
        let founded = office.run(&FOUND);
        match founded.code {
            Some(0) => again += 1,
            _ => assert_eq!(
                (founded.error(), &state),
                ("home-exists", &"member".into()),
                "{n}"
            ),
        }
        assert_eq!(office.must(&["status"])["state"], "member", "{n}");
        office.must(&post("第一条"));
    }
    assert!(again > 0, "none was killed in time");
}

#[test]
fn a_founding_under_a_passphrase_that_was_killed_anywhere_begins_again_in_the_same_folder() {
    for place in ["home-after-keys", "home-before-id", "home-after-id"] {
        let mut estate = Estate::empty();
        estate.office.passphrase = Some(estate.file("passphrase", "一只喜鹊\n").into());
        let office = &estate.office;
        let died = office.run_with(&FOUND, &at(place));
        assert_eq!(died.code, None, "{place}");
        assert!(office.dir.join("keys.sealed").exists(), "{place}");
        office.must(&FOUND);
        assert_eq!(office.must(&["status"])["state"], "member", "{place}");
        office.must(&post("第一条"));
    }
}

#[test]
fn a_home_that_is_killed_while_it_is_taken_back_may_be_begun_in_again() {
    let mut estate = Estate::empty();
    let died = estate.office.run_with(&FOUND, &at("home-after-id"));
    assert_eq!(died.code, None);
    // Begun without a passphrase; with one, it is taken back and made anew.
    estate.office.passphrase = Some(estate.file("passphrase", "一只喜鹊\n").into());
    let office = &estate.office;
    let died = office.run_with(&FOUND, &at("home-mid-removal"));
    assert_eq!(died.code, None);
    assert!(!office.dir.join("home.id").exists());
    office.must(&FOUND);
    assert!(!office.dir.join("home.id.gone").exists());
    assert_eq!(office.must(&["status"])["state"], "member");
}

#[test]
fn a_joining_that_was_killed_may_begin_again_in_the_same_folder() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let invite = {
        let _node = Daemon::start(office, &[]);
        estate::invite(office, &["--unit", "3-2-501"])
    };
    // Nobody answers: the joiner waits, and is killed as by Ctrl-C from an impatient hand.
    let mut run = house.start(&["join", &invite, "--device-name", "house"]);
    clock::until("a home is made", NEIGHBOUR, || {
        house.dir.join("home.id").exists() || !run.is_alive()
    });
    run.kill();
    let _node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    assert_eq!(house.must(&["status"])["state"], "member");
}
