//! Invitations that do not lead where the person wants to go, and communities that are not ours.

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use linli_e2e::home::Home;
use serde_json::Value;
use std::time::Duration;

fn join(invite: &str) -> [&str; 4] {
    ["join", invite, "--device-name", "客厅"]
}

/// A joiner that is refused leaves neither a home nor a key behind.
fn refused(joiner: &Home, invite: &str, exit: i32, code: &str) {
    joiner.refused(&join(invite), exit, code);
    let keys = std::fs::read_dir(&joiner.keys).map_or(0, Iterator::count);
    assert_eq!((joiner.is_there(), keys), (false, 0), "{code}");
}

#[test]
fn an_invitation_that_is_cut_garbled_expired_or_none_makes_no_home() {
    let estate = Estate::found();
    let office = &estate.office;
    let _node = Daemon::start(office, &[]);
    let whole = estate::invite(office, &["--unit", "3-2-501"]);
    let joiner = estate.home("house");
    for cut in [whole.len() - 1, whole.len() / 2, 6] {
        refused(&joiner, &whole[..cut], 3, "invite-damaged");
    }
    let at = whole.len() / 2;
    let other = if &whole[at..=at] == "A" { "B" } else { "A" };
    let mut garbled = whole.clone();
    garbled.replace_range(at..=at, other);
    refused(&joiner, &garbled, 3, "invite-damaged");
    refused(
        &joiner,
        &whole.replacen("LLI1", "LLI9", 1),
        9,
        "invite-newer",
    );
    refused(
        &joiner,
        "https://example.com/join?me=1",
        3,
        "invite-not-one",
    );

    let short = estate::invite(office, &["--unit", "3-2-501", "--ttl", "1s"]);
    clock::pass(Duration::from_millis(2100));
    refused(&joiner, &short, 3, "invite-expired");

    // The whole one still works, with white space as a chat program breaks it, and once only.
    let broken = format!(" {}\n{} ", &whole[..40], &whole[40..]);
    let side = joiner.must(&join(&broken));
    refused(&estate.home("second"), &whole, 4, "invite-used");
    let typed = [&["sas", "confirm"][..], &estate::strings(&side["emoji"])].concat();
    let wrong = ["sas", "confirm", "狗", "狗", "狗", "狗", "狗", "狗", "狗"];
    joiner.refused(&wrong, 4, "sas-different");
    office.must(&typed);
    assert_eq!(joiner.must(&typed)["state"], "enrolled");
}

#[test]
fn an_invitation_opened_by_a_slip_is_closed_by_its_id_and_leads_nowhere() {
    let estate = Estate::found();
    let office = &estate.office;
    let _node = Daemon::start(office, &[]);
    let opened = office.must(&["invite", "open", "--unit", "3-2-501"]);
    let invite = opened["invite"].as_str().unwrap().to_owned();
    let listed = office.must(&["invite", "list"])["invites"].clone();
    assert_eq!(listed[0]["id"], opened["id"]);
    office.refused(&["invite", "close", "i:nothing0"], 6, "no-such-invite");
    // Neither which nor all of them is a slip of the command line.
    assert_eq!(office.run(&["invite", "close"]).code, Some(2));
    let short: String = opened["id"].as_str().unwrap().chars().take(10).collect();
    let closed = office.must(&["invite", "close", &short]);
    assert_eq!(closed["closed"][0]["unit"], "3-2-501");
    refused(&estate.home("house"), &invite, 7, "window-closed");
    office.must(&["invite", "open", "--role", "gate:1"]);
    let all = office.must(&["invite", "close", "--all"]);
    assert_eq!(all["closed"][0]["role"], "gate:1");
    let left = office.must(&["invite", "list"])["invites"].clone();
    assert_eq!(left, Value::Array(vec![]));
}

#[test]
fn a_host_who_does_not_answer_or_is_another_one_enrols_nobody() {
    let estate = Estate::found();
    let office = &estate.office;
    let joiner = estate.home("house");
    let (invite, port) = {
        let node = Daemon::start(office, &[]);
        (estate::invite(office, &["--unit", "3-2-501"]), node.port())
    };
    let began = clock::now();
    let lost = joiner.run(&join(&invite));
    assert_eq!(lost.code, Some(7), "{}", lost.object);
    assert!(began.elapsed() < Duration::from_secs(30));
    assert!(!joiner.is_there());

    // Somebody else's node answers at that address now.
    let other = estate.home("other");
    estate::found(&other);
    let listen = format!("127.0.0.1:{port}");
    let run = other.start(&["node", "run", "--no-mdns", "--listen", &listen]);
    clock::until("the other listens", NEIGHBOUR, || {
        run.said().contains("\"ready\"")
    });
    refused(&joiner, &invite, 4, "join-other-device");
}

#[test]
fn a_home_of_one_community_does_not_join_another() {
    let estate = Estate::found();
    let other = estate.home("other");
    estate::found(&other);
    let _node = Daemon::start(&other, &[]);
    let invite = estate::invite(&other, &["--unit", "3-2-501"]);
    let before = estate.office.must(&["community", "show"])["community"].clone();
    estate.office.refused(&join(&invite), 3, "home-exists");
    assert_eq!(
        estate.office.must(&["community", "show"])["community"],
        before
    );
}

#[test]
fn nodes_of_two_communities_refuse_each_other_and_say_why() {
    let estate = Estate::found();
    let (office, other) = (&estate.office, estate.home("other"));
    estate::found(&other);
    office.must(&["post", "new", "--kind", "ask", "只给本小区"]);
    let node = Daemon::start(office, &[]);
    let _stranger = Daemon::start(&other, &[node.addr()]);
    let reasons = |home: &Home| {
        let peers = home.must(&["peers"]);
        let refused = peers["refused"].as_array().unwrap().iter();
        refused
            .map(|one| one["reason"].clone())
            .collect::<Vec<Value>>()
    };
    for home in [office, &other] {
        clock::until("the refusal shows in `peers`", NEIGHBOUR, || {
            reasons(home).contains(&"other-community".into())
        });
        assert_eq!(home.must(&["status"])["online"], 0);
    }
    assert_eq!(other.must(&["post", "list"])["posts"], Value::Array(vec![]));
    // He calls again and again; what is remembered of it stays little.
    assert!(reasons(office).len() <= 16);
}
