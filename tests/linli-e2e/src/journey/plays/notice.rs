//! The power will be cut: a household reads it and confirms; the office counts it.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", HOST, &node);
    let body = "因线路检修，明天9时至12时3号楼停电。请提前备水。";
    let body = stage.estate.file("body.txt", body);
    let title = "3号楼明天上午停电";
    let publish = ["notice", "publish", "--title", title, "--confirm"];
    let notice = id(&office.must(&[&publish[..], &["--body-file", &body]].concat()));

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.shows(title);
    window.page("通知");
    window.press_begins(title);
    window.shows("请提前备水");
    window.dies_and_comes_back();
    window.page("通知");
    window.press_begins(title);
    window.shows("请提前备水");
    window.press(&format!("确认收到：{title}"));
    window.shows("您家在");
    until(
        office,
        "it counts",
        &["notice", "reach", &notice],
        |reach| reach["confirmed"] == 1,
    );
    window.dies_and_comes_back();
    window.page("通知");
    window.press_begins(title);
    window.shows("您家在");
    node.stop();
}
