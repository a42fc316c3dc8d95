//! Two computers on one cable that were never told where the other is: they find each other by mDNS alone.
//!
//! The cable is a pair of virtual network devices between two network namespaces that the test makes and takes away
//! again. Making them takes the right to do so (root, Linux); where it is missing the test says so and shows nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::{Daemon, READY};
use linli_e2e::estate::{self, Estate, strings};
use linli_e2e::home::Home;
use linli_e2e::process::Run;
use serde_json::Value;
use std::process::Command;
use std::time::Duration;

/// One query when a node starts, one announcement when the other hears it; seconds on a busy machine.
const FOUND_WITHIN: Duration = Duration::from_secs(30);
/// A command that listens for a while, or that asks who may have gone; on a busy machine.
const COMMAND: Duration = Duration::from_secs(90);
const PREFIX: &str = "10.83.64.";

fn ip(args: &[&str]) -> Result<(), String> {
    let said = Command::new("ip").args(args).output();
    match said {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(fault) => Err(fault.to_string()),
    }
}

/// Two namespaces with a cable between them; both go when this is dropped, and the cable with them.
struct Cable([String; 2]);

impl Cable {
    fn lay() -> Result<Self, String> {
        let pid = std::process::id();
        let names = ["a", "b"].map(|end| format!("linli-{pid}-{end}"));
        let cable = Self(names);
        let [a, b] = &cable.0;
        let devices = [format!("l{pid}a"), format!("l{pid}b")];
        for name in &cable.0 {
            ip(&["netns", "add", name])?;
        }
        let pair = ["type", "veth", "peer", "name", &devices[1], "netns", b];
        ip(&[&["-n", a, "link", "add", &devices[0]], &pair[..]].concat())?;
        for (at, (name, device)) in cable.0.iter().zip(&devices).enumerate() {
            let addr = format!("{PREFIX}{}/24", at + 1);
            ip(&["-n", name, "address", "add", &addr, "dev", device])?;
            ip(&["-n", name, "link", "set", device, "up", "multicast", "on"])?;
        }
        Ok(cable)
    }

    /// The computer at one end has another address from now on, as a router gives it one when it was switched off for a while.
    fn moves(&self, end: usize, to: u8) {
        let pid = std::process::id();
        let device = format!("l{pid}{}", ["a", "b"][end]);
        let old = format!("{PREFIX}{}/24", end + 1);
        let new = format!("{PREFIX}{to}/24");
        let name = &self.0[end];
        ip(&["-n", name, "address", "del", &old, "dev", &device]).unwrap();
        ip(&["-n", name, "address", "add", &new, "dev", &device]).unwrap();
    }

    /// Runs a node at one end, with nothing but its own home to go by; waits until it listens.
    fn node(&self, end: usize, home: &Home) -> Run {
        let run = self.start(
            end,
            home,
            &["node", "run", "--listen", "0.0.0.0:0", "--json"],
        );
        clock::until("it listens", READY, || run.said().contains("\"ready\""));
        run
    }

    /// One command at one end, and its data.
    fn must(&self, end: usize, home: &Home, args: &[&str]) -> Value {
        let args = [args, &["--json"]].concat();
        let done = self.start(end, home, &args).finish(COMMAND);
        let said: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(done.code, Some(0), "{args:?}: {said}");
        said["data"].clone()
    }

    fn start(&self, end: usize, home: &Home, args: &[&str]) -> Run {
        let inner = home.command("en", args);
        let mut command = Command::new("ip");
        command
            .args(["netns", "exec", &self.0[end]])
            .arg(inner.get_program())
            .args(inner.get_args());
        for (key, value) in inner.get_envs() {
            match value {
                Some(value) => command.env(key, value),
                None => command.env_remove(key),
            };
        }
        Run::start(command)
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        for name in &self.0 {
            let _gone = ip(&["netns", "delete", name]);
        }
    }
}

#[test]
fn two_computers_on_one_cable_find_each_other_without_being_told_an_address() {
    let cable = Cable::lay().unwrap_or_else(|why| {
        panic!("a network of its own needs root and the package iproute2: {why}")
    });
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let first = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    first.stop();

    let at_a = cable.node(0, office);
    let at_b = cable.node(1, &house);
    // What they know by heart leads nowhere on this cable.
    let known = house.must(&["peers"]);
    let book = strings(&known["address_book"]);
    let elsewhere = book.iter().all(|addr| !addr.contains(PREFIX));
    assert!(!book.is_empty() && elsewhere, "{book:?}");

    let met = |home: &Home| home.must(&["status"])["online"] == 1;
    let found = clock::holds_within(FOUND_WITHIN, || met(office) && met(&house));
    let said = (at_a.logged(), at_b.logged());
    assert!(found, "not found within {FOUND_WITHIN:?}: {said:?}");
    let peer = &house.must(&["peers"])["peers"][0];
    let addr = peer["addr"].as_str().unwrap_or_default();
    assert!(addr.contains(PREFIX), "met elsewhere: {peer}");

    // And what is said at one end is heard at the other.
    office.must(&["post", "new", "--kind", "ask", "听得到吗"]);
    clock::until("it is heard", FOUND_WITHIN, || {
        house.must(&["post", "list"])["posts"][0]["body"] == "听得到吗"
    });
    for run in [at_a, at_b] {
        run.ask_to_end();
        assert_eq!(run.finish(READY).code, Some(0));
    }
}

#[test]
fn a_computer_without_a_community_hears_who_is_around_and_reads_notices_while_it_joins() {
    let cable = Cable::lay().unwrap_or_else(|why| {
        panic!("a network of its own needs root and the package iproute2: {why}")
    });
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let at_a = cable.node(0, office);
    // Nobody invites: that Linli is there can be heard, and not of which community it is.
    let mut heard = Value::Null;
    let there = clock::holds_within(COMMAND, || {
        heard = cable.must(1, &house, &["nearby"]);
        heard["others"] == 1
    });
    assert!(there, "{heard}");
    assert_eq!(heard["heard"], serde_json::json!([]));
    assert!(!heard.to_string().contains("丰盛园"));
    let invite = estate::invite(office, &["--unit", "3-2-501"]);
    let there = clock::holds_within(COMMAND, || {
        heard = cable.must(1, &house, &["nearby"]);
        heard["heard"][0]["name"] == "丰盛园"
    });
    assert!(there, "{heard}");
    let shown = office.must(&["community", "show"]);
    assert_eq!(heard["heard"][0]["community"], shown["community"]["id"]);

    let body = estate.file("body.txt", "From six on.");
    let publish = [
        "notice",
        "publish",
        "--title",
        "Gate hours",
        "--body-file",
        &body,
    ];
    office.must(&publish);
    let mut side = Value::Null;
    let joined = clock::holds_within(COMMAND, || {
        let join = ["join", &invite, "--device-name", "study", "--json"];
        let done = cable.start(1, &house, &join).finish(COMMAND);
        let said: Value = serde_json::from_str(&done.stdout).unwrap();
        side = said["data"].clone();
        done.code == Some(0)
    });
    assert!(joined, "it does not join: {side}");
    // While both sides compare there is something to read.
    assert_eq!(side["meanwhile"]["notices"][0]["title"], "Gate hours");
    let typed = [&["sas", "confirm"], &strings(&side["emoji"])[..]].concat();
    office.must(&typed);
    cable.must(1, &house, &typed);
    assert_eq!(house.must(&["status"])["state"], "member");
    at_a.ask_to_end();
    assert_eq!(at_a.finish(READY).code, Some(0));
}

#[test]
fn a_host_whose_address_changed_after_it_invited_is_found_where_it_is_now() {
    let cable = Cable::lay().unwrap_or_else(|why| {
        panic!("a network of its own needs root and the package iproute2: {why}")
    });
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let at_a = cable.node(0, office);
    let invite = estate::invite(office, &["--unit", "3-2-501"]);
    cable.moves(0, 7);
    let mut said = Value::Null;
    let joined = clock::holds_within(COMMAND, || {
        let join = ["join", &invite, "--device-name", "study", "--json"];
        let done = cable.start(1, &house, &join).finish(COMMAND);
        said = serde_json::from_str(&done.stdout).unwrap();
        done.code == Some(0)
    });
    assert!(joined, "it does not join: {said}; {}", at_a.logged());
    let typed = [&["sas", "confirm"], &strings(&said["data"]["emoji"])[..]].concat();
    office.must(&typed);
    cable.must(1, &house, &typed);
    assert_eq!(house.must(&["status"])["state"], "member");
    at_a.ask_to_end();
    assert_eq!(at_a.finish(READY).code, Some(0));
}
