//! The committee shortens how long gates' logs are kept, by one command: months that are over by the new limit are gone
//! from the lists of the gate and of the office (their bytes: `replica/tests/gatelog.rs`). Real processes, months on under libfaketime.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use linli_e2e::home::Home;
use linli_e2e::liar::{liar, lie};
use std::time::Duration;

/// Chores run every half minute; twice that on a busy machine, and again.
const CHORES: Duration = Duration::from_secs(120);

/// Seconds until noon of the 15th, so many months from now, as libfaketime takes them.
fn months_on(months: i32) -> String {
    let now = Timestamp::from_second(clock::unix_s()).unwrap();
    let today: Date = now.to_zoned(TimeZone::UTC).date();
    let month = today.first_of_month().checked_add(months.months()).unwrap();
    let then = month.with().day(15).build().unwrap().at(12, 0, 0, 0);
    let then = then.to_zoned(TimeZone::UTC).unwrap().timestamp();
    format!("+{}s", then.as_second() - now.as_second())
}

/// Writes a line into the gate's log; gives its id.
fn line(gate: &Home, name: &str) -> String {
    let reply = gate.run(&["gate", "walk-in", "--unit", HOST, "--name", name]);
    let event = reply.data()["event"].as_str();
    event
        .unwrap_or_else(|| panic!("{}", reply.object))
        .to_owned()
}

fn log(home: &Home) -> Vec<String> {
    let events = home.must(&["gate", "log"])["events"].clone();
    let events = events.as_array().unwrap().iter();
    events
        .map(|event| event["id"].as_str().unwrap().to_owned())
        .collect()
}

fn has(home: &Home, event: &String) -> bool {
    log(home).contains(event)
}

#[test]
fn a_shorter_retention_takes_the_months_that_are_over_off_gate_and_office() {
    let estate = Estate::found();
    let office = &estate.office;
    let gate = estate.home("gate");
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    estate::until_online(&gate, 1);
    let good = || {
        clock::until(
            "the gate's clock agrees with the office's",
            NEIGHBOUR,
            || gate.must(&["gate", "status"])["clock"] == "GOOD",
        );
    };
    let here = |event: &String| {
        clock::until("the office has the line", NEIGHBOUR, || has(office, event));
    };
    good();
    let mut lines = vec![line(&gate, "第一个月")];
    here(&lines[0]);
    let mut nodes = Some((office_node, gate_node));

    // Two months more, each with a line; both computers agree on the time.
    let liar = liar();
    for (months, name) in [(1, "第二个月"), (2, "第三个月")] {
        let (office_node, gate_node) = nodes.take().unwrap();
        gate_node.stop();
        office_node.stop();
        let fake = months_on(months);
        let env = lie(&liar, &fake);
        let office_node = Daemon::start_with(office, &[], &env);
        let gate_node = Daemon::start_with(&gate, &[office_node.addr()], &env);
        good();
        let event = line(&gate, name);
        here(&event);
        lines.push(event);
        nodes = Some((office_node, gate_node));
    }
    for home in [office, &gate] {
        for event in &lines {
            assert!(has(home, event), "six months are kept: {}", home.name);
        }
    }
    let limits = office.must(&["charter", "limits"]);
    assert_eq!(limits["limits"]["gate_log_months"], 6);
    let epoch = limits["epoch"].as_u64().unwrap();

    // Only a founder may, and only within bounds; nothing changes by asking.
    gate.refused(
        &["charter", "limits", "--gate-log-months", "1"],
        4,
        "not-a-founder",
    );
    for months in ["0", "61", "99999999999"] {
        let args = ["charter", "limits", "--gate-log-months", months];
        office.refused(&args, 3, "gate-log-months");
    }
    let same = office.must(&["charter", "limits", "--gate-log-months", "6"]);
    assert_eq!(
        (&same["changed"], &same["epoch"]),
        (&false.into(), &epoch.into())
    );

    let changed = office.must(&["charter", "limits", "--gate-log-months", "1"]);
    assert_eq!(changed["limits"]["gate_log_months"], 1);
    assert_eq!(
        (&changed["changed"], &changed["epoch"]),
        (&true.into(), &(epoch + 1).into())
    );
    for home in [office, &gate] {
        let what = format!("the first month is gone at {}", home.name);
        clock::until(&what, CHORES, || !has(home, &lines[0]));
        for event in &lines[1..] {
            assert!(has(home, event), "one whole month is kept: {}", home.name);
        }
        assert_eq!(
            home.must(&["charter", "limits"])["limits"]["gate_log_months"],
            1
        );
    }
    // Nobody brings it back: both meet again after a start.
    let (office_node, gate_node) = nodes.take().unwrap();
    gate_node.stop();
    office_node.stop();
    let fake = months_on(2);
    let env = lie(&liar, &fake);
    let office_node = Daemon::start_with(office, &[], &env);
    let gate_node = Daemon::start_with(&gate, &[office_node.addr()], &env);
    let event = line(&gate, "再来一个");
    here(&event);
    assert!(!has(office, &lines[0]) && !has(&gate, &lines[0]));
    gate_node.stop();
    office_node.stop();
}
