//! Notices that wait for their time, with real processes that die around the moment when it comes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{Estate, NEIGHBOUR};
use linli_e2e::home::Home;
use serde_json::Value;

fn titles(home: &Home) -> Vec<String> {
    let list = home.must(&["notice", "list"]);
    let notices = list["notices"].as_array().unwrap().iter();
    notices
        .map(|notice| notice["title"].as_str().unwrap().to_owned())
        .collect()
}

fn waiting(home: &Home) -> Value {
    home.must(&["notice", "scheduled", "list"])["scheduled"].clone()
}

fn plan(estate: &Estate, title: &str, ahead_s: i64) {
    let body = estate.file("body.txt", "正文");
    let at = clock::rfc3339(ahead_s);
    let line = ["notice", "publish", "--title", title, "--body-file", &body];
    estate.office.must(&[&line[..], &["--at", &at]].concat());
}

#[test]
fn a_node_that_dies_when_the_time_comes_publishes_once_all_the_same() {
    for place in ["scheduled-before-commit", "scheduled-after-commit"] {
        let estate = Estate::found();
        let office = &estate.office;
        plan(&estate, "到点停电", 3);
        assert_eq!(titles(office), Vec::<String>::new(), "{place}");
        let env = [("LINLI_KILL_AT", place)];
        let mut node = Daemon::start_with(office, &[], &env);
        clock::until("the node dies", NEIGHBOUR, || !node.is_alive());
        let written = usize::from(place == "scheduled-after-commit");
        assert_eq!(titles(office).len(), written, "{place}");
        assert_eq!(waiting(office).as_array().unwrap().len(), 1 - written);
        let again = Daemon::start(office, &[]);
        clock::until("it is out", NEIGHBOUR, || titles(office).len() == 1);
        assert_eq!(waiting(office), Value::Array(vec![]), "{place}");
        again.stop();
        // And once more changes nothing.
        let _third = Daemon::start(office, &[]);
        clock::pass(std::time::Duration::from_millis(600));
        assert_eq!(titles(office), ["到点停电"], "{place}");
    }
}

#[test]
fn a_command_alone_publishes_nothing_that_waits_and_a_node_does_it_late() {
    let estate = Estate::found();
    let office = &estate.office;
    plan(&estate, "停水", 2);
    plan(&estate, "不发了", 2);
    let list = waiting(office);
    let dropped = list.as_array().unwrap().iter();
    let dropped = dropped.filter(|one| one["title"] == "不发了");
    let id = dropped
        .map(|one| one["id"].as_str().unwrap())
        .next()
        .unwrap();
    office.must(&["notice", "scheduled", "cancel", id]);
    clock::pass(std::time::Duration::from_millis(2_500));
    assert_eq!(titles(office), Vec::<String>::new());
    let _node = Daemon::start(office, &[]);
    clock::until("it is out", NEIGHBOUR, || titles(office) == ["停水"]);
}
