//! A household joins. The power goes between the two halves of it.

use crate::daemon::Daemon;
use crate::estate::{self, HOST};
use crate::journey::joining::joins;
use crate::journey::seat::Seat;
use crate::journey::stage::Stage;

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let body = stage
        .estate
        .file("body.txt", "The gate opens at six from tomorrow on.");
    let publish = ["notice", "publish", "--title", "Gate hours"];
    office.must(&[&publish[..], &["--body-file", &body]].concat());
    let home = stage.estate.home("home");

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.shows("Welcome to Linli");
    let invite = estate::invite(office, &["--unit", HOST]);
    joins(stage, &mut window, office, &invite);
    window.shows(&format!("Household {HOST}"));
    window.shows("Gate hours");
    window.page("Notices");
    window.press_begins("Gate hours");
    window.shows("opens at six");
    window.dies_and_comes_back();
    window.shows("Gate hours");
    node.stop();
}
