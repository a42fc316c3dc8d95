//! One home, many programs: the first owns it, the others speak to it over its local socket; when the owner ends, well or
//! not, the next to come owns it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::{Daemon, READY};
use linli_e2e::estate::{self, Estate};
use linli_e2e::home::Home;
use linli_e2e::process::Run;
use std::collections::BTreeSet;
use std::time::Duration;

/// Whoever asked an owner that is gone is told within this time, long before its own patience ends.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

fn post(body: &str) -> [&str; 5] {
    ["post", "new", "--kind", "ask", body]
}

fn bodies(home: &Home) -> BTreeSet<String> {
    let list = home.must(&["post", "list"]);
    let posts = list["posts"].as_array().unwrap().iter();
    posts
        .map(|post| post["body"].as_str().unwrap().to_owned())
        .collect()
}

fn running(home: &Home) -> bool {
    home.must(&["status"])["running"] == true
}

#[test]
fn commands_of_many_programs_at_once_all_go_through_the_one_owner() {
    let estate = Estate::found();
    let office = &estate.office;
    let node = Daemon::start(office, &[]);
    assert!(running(office));
    let names: Vec<String> = (0..8).map(|n| format!("第{n}个程序")).collect();
    let runs: Vec<_> = names.iter().map(|name| office.start(&post(name))).collect();
    for run in runs {
        let reply = Home::reply(run);
        assert_eq!(reply.code, Some(0), "{}", reply.object);
    }
    assert_eq!(bodies(office), names.iter().cloned().collect());
    // The owner ends when another program asks it to, and says so first.
    office.must(&["node", "stop"]);
    drop(node);
    assert!(!running(office));
    assert_eq!(
        bodies(office).len(),
        8,
        "read by a command that owns it now"
    );
}

#[test]
fn when_the_owner_ends_the_next_command_owns_the_home_and_a_new_node_takes_over_again() {
    let estate = Estate::found();
    let office = &estate.office;
    let mut all = BTreeSet::new();
    let mut say = |body: &str| {
        office.must(&post(body));
        all.insert(body.to_owned());
        assert_eq!(bodies(office), all);
    };
    let socket = office.dir.join("node.sock");
    let node = Daemon::start(office, &[]);
    say("有节点");
    assert!(socket.exists());
    node.stop();
    assert!(!socket.exists(), "it took its socket away");
    say("没有节点");
    let mut node = Daemon::start(office, &[]);
    say("又有节点");
    // Killed, it leaves its socket behind: nobody answers there, and nobody waits for it.
    assert!(node.kill());
    assert!(socket.exists());
    let began = clock::now();
    say("节点被杀");
    assert!(began.elapsed() < TOLD_WITHIN, "{:?}", began.elapsed());
    let node = Daemon::start(office, &[]);
    say("再来一个");
    node.stop();
    assert_eq!(office.must(&["doctor"])["checks"][2]["ok"], true);
}

#[test]
fn a_program_that_waits_on_an_owner_survives_its_end() {
    let estate = Estate::found();
    let office = &estate.office;
    let mut node = Daemon::start(office, &[]);
    // It asks again and again; between two of its questions the owner dies, and it goes on by itself.
    let mut waiting = office.start(&["wait", "--notice", "r:aaaaaaaa", "--timeout", "2"]);
    let file = estate.file("body", "今天15时至18时");
    let notice = ["notice", "publish", "--title", "停电", "--body-file", &file];
    let id = office.must(&notice)["id"].as_str().unwrap().to_owned();
    let hears = office.start(&["wait", "--notice", &id, "--timeout", "20"]);
    assert!(waiting.is_alive());
    assert!(node.kill());
    let heard = Home::reply(hears);
    assert_eq!(heard.code, Some(0), "{}", heard.object);
    let end = Home::reply(waiting);
    assert_eq!((end.code, end.error()), (Some(7), "wait-timed-out"));
    let node = Daemon::start(office, &[]);
    assert!(node.took < READY && running(office));
}

#[test]
fn who_is_away_is_not_said_to_have_all_of_it() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    let peers = |lang| Run::start(office.command(lang, &["peers"])).finish(READY);
    for (lang, never) in [("zh-CN", "全部一致"), ("en", "has all of it")] {
        let said = peers(lang);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        assert!(said.stdout.contains("3-2-501"), "{}", said.stdout);
        assert!(!said.stdout.contains(never), "{}", said.stdout);
    }
    node.stop();
}
