//! A sofa finds a new home: two want it, one is chosen, and is thanked.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};
use crate::journey::tree::Node;

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", HOST, &node);
    let wanting = ["3-2-502", "3-2-601"].map(|unit| stage.household(unit, unit, &node));
    let mut nodes: Vec<Daemon> = Vec::new();
    for neighbour in &wanting {
        nodes.push(Daemon::start(neighbour, &[node.addr()]));
    }

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.page("Board");
    window.press("New post");
    window.press("About · Give");
    let body = "A grey sofa, two seats, third floor. Take it tonight.";
    window.write("Say when, where, and how to reach you", body);
    window.press("Post");
    window.until("the post in the list", |nodes| {
        nodes
            .iter()
            .any(|node| node.is_choice() && node.name.contains("grey sofa"))
    });
    let post = id(&home.must(&["post", "list"])["posts"][0]);
    let shown = ["post", "show", &post];
    for neighbour in &wanting {
        until(neighbour, "it is read", &shown, |_| true);
        neighbour.must(&["post", "claim", &post, "I can come at seven"]);
    }
    window.press_with("grey sofa");
    window.until("both who want it", |nodes| {
        let both = |node: &Node| node.says("3-2-502") && node.says("3-2-601");
        nodes
            .iter()
            .any(|node| node.says("Answered: ") && both(node))
    });
    window.dies_and_comes_back();
    window.page("Board");
    window.press_with("grey sofa");
    window.shows("3-2-601");
    window.press("Settled");
    window.press("How it ended · Done");
    window.press("Who helped · 3-2-601");
    let thanks = "A word of thanks (if you like; everybody reads it)";
    window.write(thanks, "Thank you for the lifting");
    window.press("Settle it");
    window.shows("Settled: Done");
    window.shows("Thank you for the lifting");
    for neighbour in &wanting {
        until(neighbour, "it is settled", &shown, |shown| {
            shown["post"]["chosen"] == "3-2-601"
        });
    }
    for node in nodes.into_iter().chain([node]) {
        node.stop();
    }
}
