//! A household's second computer: the office counts one household, and what one of them wrote is the other's too.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::joining::joins;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let first = stage.household("first", HOST, &node);
    let body = stage
        .estate
        .file("body.txt", "The lift stands still on Friday.");
    let publish = ["notice", "publish", "--title", "No lift", "--confirm"];
    let notice = id(&office.must(&[&publish[..], &["--body-file", &body]].concat()));
    let first_node = Daemon::start(&first, &[node.addr()]);
    let second = stage.estate.home("second");

    let seat = Seat::new();
    let mut window = stage.window(&seat, &second);
    window.shows("Welcome to Linli");
    let opened = first.must(&["device", "add"]);
    let invite = opened["invite"].as_str().expect("an invitation");
    joins(stage, &mut window, &first, invite);
    window.shows(&format!("Household {HOST}"));
    window.shows("No lift");
    window.dies_and_comes_back();
    window.page("Notices");
    window.press_begins("No lift");
    window.shows("stands still on Friday");
    window.press("Confirm: No lift");
    window.shows("Your household confirmed this");
    // One household, however many computers.
    until(
        office,
        "it counts",
        &["notice", "reach", &notice],
        |reach| reach["confirmed"] == 1,
    );
    // What one of them wrote belongs to both.
    window.page("Board");
    window.press("New post");
    window.press("About · Lend");
    window.write(
        "Say when, where, and how to reach you",
        "A ladder, three metres.",
    );
    window.press("Post");
    until(&first, "the other one has it", &["post", "list"], |list| {
        let post = &list["posts"][0];
        post["own"] == true && post["kind"] == "lend"
    });
    let post = id(&first.must(&["post", "list"])["posts"][0]);
    first.must(&["post", "close", &post, "--outcome", "withdrawn"]);
    window.press_with("A ladder");
    window.shows("Settled: No longer needed");
    for node in [first_node, node] {
        node.stop();
    }
}
