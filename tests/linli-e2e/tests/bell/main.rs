//! Notices of the system as real processes: the window is closed, the program in the background runs, and the system's
//! daemon gets what is new; no more than it may know, nothing twice, and nothing lost while there is no daemon.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod daemon;

use daemon::Bus;
use linli_e2e::clock;
use linli_e2e::daemon::{Daemon as Node, READY};
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use linli_e2e::home::Home;
use linli_e2e::journey::seat::Seat;
use linli_e2e::journey::tree::Node as Thing;
use linli_e2e::process::Run;
use std::time::Duration;

const RUN: [&str; 5] = ["background", "run", "--no-mdns", "--listen", "127.0.0.1:0"];

/// The program in the background. It is killed when this is dropped.
fn background(home: &Home, office: &Node, bus: &Bus) -> Run {
    let mut args = RUN.to_vec();
    args.extend(["--peer", office.addr()]);
    let env = [("DBUS_SESSION_BUS_ADDRESS", bus.address.as_str())];
    home.start_with(&args, &env)
}

fn ready(run: &Run) {
    let said = || run.said().contains("\"ready\"");
    assert!(clock::holds_within(READY, said), "{}", run.logged());
}

fn publish(estate: &Estate, title: &str, more: &[&str]) -> String {
    let body = estate.file("body.txt", "致电王阿姨 13800138000");
    let args = [
        &["notice", "publish", "--title", title, "--body-file", &body],
        more,
    ]
    .concat();
    let made = estate.office.must(&args);
    made["id"].as_str().unwrap().to_owned()
}

fn until(what: &str, holds: impl FnMut() -> bool) {
    assert!(clock::holds_within(NEIGHBOUR, holds), "never: {what}");
}

/// Danger is announced at every hour, so the test needs no clock.
const DANGER: [&str; 2] = ["--severity", "Extreme"];

#[test]
fn with_the_window_closed_the_systems_daemon_gets_what_is_new_and_gets_it_once() {
    let estate = Estate::found();
    let bus = Bus::start(estate.root());
    let home = estate.home("house");
    let office = Node::start(&estate.office, &[]);
    estate::enrol(&estate.office, &home, &["--unit", "1-1-102"]);
    // The window has the home; the program in the background waits for it to close.
    let window = Node::start(&home, &[office.addr()]);
    let run = background(&home, &office, &bus);
    let system = daemon::Daemon::start(&bus);
    let id = publish(&estate, "燃气泄漏 <b>立即撤离</b>", &DANGER);
    home.must(&["wait", "--notice", &id]);
    assert!(
        system.shown().is_empty(),
        "the window's program shows nothing"
    );
    window.stop();
    ready(&run);
    until("the notice is shown", || !system.shown().is_empty());
    let shown = system.shown();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].title, "燃气泄漏 <b>立即撤离</b>");
    assert_eq!((shown[0].urgency, shown[0].wait), (2, 0), "it stays");
    assert!(shown[0].body.contains("物业服务中心"), "{shown:?}");
    assert!(!shown[0].body.contains("13800138000"), "{shown:?}");
    // The daemon has it a moment before the program has the daemon's answer.
    until("it says that it works", || {
        let status = home.must(&["background", "status"]);
        status["background"] == true && status["system"] == "works"
    });
    // Whoever reads it has it taken off the screen.
    home.must(&["notice", "show", &id]);
    until("it is taken away", || system.closed() == [1]);
    // A program that dies and comes back says nothing twice.
    drop(run);
    let run = background(&home, &office, &bus);
    ready(&run);
    let second = publish(&estate, "可以回家了", &DANGER);
    home.must(&["wait", "--notice", &second]);
    until("the second one", || system.shown().len() > 1);
    let titles: Vec<String> = system.shown().into_iter().map(|s| s.title).collect();
    assert_eq!(titles[1..], ["可以回家了"]);
}

#[test]
fn what_came_while_no_daemon_was_there_is_shown_when_one_is_and_less_is_said_where_less_is_wanted()
{
    let estate = Estate::found();
    let bus = Bus::start(estate.root());
    let home = estate.home("house");
    let office = Node::start(&estate.office, &[]);
    estate::enrol(&estate.office, &home, &["--unit", "1-1-102"]);
    let run = background(&home, &office, &bus);
    ready(&run);
    home.must(&[
        "notifications",
        "settings",
        "--say",
        "less",
        "--language",
        "en",
    ]);
    let id = publish(&estate, "燃气泄漏", &DANGER);
    home.must(&["wait", "--notice", &id]);
    until("the system refuses", || {
        home.must(&["background", "status"])["system"] == "refused"
    });
    let system = daemon::Daemon::start(&bus);
    until("it is shown", || !system.shown().is_empty());
    let shown = &system.shown()[0];
    assert_eq!((shown.title.as_str(), shown.replaces), ("Urgent", 0));
    let all = format!("{shown:?}");
    assert!(!all.contains("燃气") && !all.contains("物业"), "{all}");
    let today = home.must(&["today"]);
    assert_eq!(today["needs"][0]["title"], "燃气泄漏");
}

#[test]
fn it_is_switched_on_and_off_and_says_what_a_passphrase_means() {
    let estate = Estate::found();
    let config = estate.root().join("config");
    let env = [("XDG_CONFIG_HOME", config.to_str().unwrap())];
    let home = &estate.office;
    let status = |home: &Home| {
        home.run_with(&["background", "status"], &env)
            .data()
            .clone()
    };
    assert_eq!(status(home)["on"], false);
    let on = home.run_with(&["background", "on", "--later"], &env);
    assert_eq!(on.code, Some(0), "{}", on.object);
    let files: Vec<_> = std::fs::read_dir(config.join("autostart"))
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].path()).unwrap();
    let dir = home.dir.to_str().unwrap();
    assert!(
        text.contains(&format!("\"--home\" \"{dir}\" \"background\" \"run\"")),
        "{text}"
    );
    assert_eq!(status(home)["on"], true);
    assert_eq!(status(home)["needs_passphrase"], false);
    let off = home.run_with(&["background", "off"], &env);
    assert_eq!(off.data()["on"], false);
    assert_eq!(
        std::fs::read_dir(config.join("autostart")).unwrap().count(),
        0
    );
    // A home under a passphrase is told apart, and does not open by itself.
    let mut locked = estate.home("locked");
    locked.passphrase = Some(estate.file("pass.txt", "correct horse\n").into());
    estate::found(&locked);
    locked.passphrase = None;
    assert_eq!(status(&locked)["needs_passphrase"], true);
    let bus = Bus::start(estate.root());
    let system = daemon::Daemon::start(&bus);
    let bus = [("DBUS_SESSION_BUS_ADDRESS", bus.address.as_str())];
    let refused = locked.run_with(&RUN, &bus);
    assert_eq!(refused.error(), "passphrase-needed");
    let told = || !system.shown().is_empty();
    assert!(clock::holds_within(Duration::from_secs(20), told));
    let shown = &system.shown()[0];
    assert_eq!(shown.title, "Linli is locked");
}

/// The windows on a seat: their processes.
fn windows(seat: &Seat) -> Vec<u32> {
    let found = seat.hand(&["search", "--onlyvisible", "--name", "Linli"]);
    let mut all: Vec<u32> = found
        .lines()
        .filter_map(|id| seat.hand(&["getwindowpid", id]).parse().ok())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn a_notice_that_is_pressed_opens_the_window_on_it_and_the_next_one_in_the_same_window() {
    let estate = Estate::found();
    let seat = Seat::new();
    let bus = Bus::at(&seat.session);
    let system = daemon::Daemon::start(&bus);
    let home = estate.home("house");
    let office = Node::start(&estate.office, &[]);
    estate::enrol(&estate.office, &home, &["--unit", "1-1-102"]);
    let desktop = linli_e2e::exe::desktop();
    assert!(desktop.is_file());
    let mut args = RUN.to_vec();
    args.extend(["--peer", office.addr()]);
    let mut command = home.command("zh-CN", &args);
    seat.sit(&mut command);
    command.env("LINLI_KEYS_DIR", &home.keys);
    let run = Run::start(command);
    ready(&run);
    let id = publish(&estate, "燃气泄漏", &DANGER);
    home.must(&["wait", "--notice", &id]);
    until("the notice is shown", || !system.shown().is_empty());
    assert_eq!(system.shown()[0].actions, ["default", "打开"]);
    assert_eq!(windows(&seat), Vec::<u32>::new());
    // What another program shows is nobody's business here.
    system.press(77);
    system.press(1);
    let mut opened = Vec::new();
    until("the window", || {
        opened = windows(&seat);
        !opened.is_empty()
    });
    let [window] = opened[..] else {
        panic!("{opened:?}")
    };
    let shows = |part: &str| {
        let nodes: Vec<Thing> = seat.tree.nodes(window).unwrap_or_default();
        // The text of a notice stands on its own page alone.
        nodes.iter().any(|node| node.says(part)) && nodes.iter().any(|node| node.says("王阿姨"))
    };
    until("the notice in it", || shows("燃气泄漏"));
    let second = publish(&estate, "可以回家了", &DANGER);
    home.must(&["wait", "--notice", &second]);
    until("the second one", || system.shown().len() > 1);
    system.press(2);
    until("the second one in it", || shows("可以回家了"));
    assert_eq!(windows(&seat), [window], "one window");
    // And it goes when it is asked to.
    let asked = std::process::Command::new("kill")
        .arg(window.to_string())
        .status();
    assert!(asked.unwrap().success());
    until("it is closed", || windows(&seat).is_empty());
}
