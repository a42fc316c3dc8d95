//! An elder's day in large type: a notice, "I am fine", the telephone numbers, a practice.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    office.must(&["help", "numbers", "--set", "值班室:010-6666 0001"]);
    let home = stage.household("elder", HOST, &node);
    let child = stage.household("child", "3-2-502", &node);
    let child_node = Daemon::start(&child, &[node.addr()]);
    let body = stage
        .estate
        .file("body.txt", "周三上午八点半，社区医院来量血压，请带医保卡。");
    let title = "周三量血压";
    let publish = ["notice", "publish", "--title", title, "--confirm"];
    let notice = id(&office.must(&[&publish[..], &["--body-file", &body]].concat()));
    let settle = Daemon::start(&home, &[node.addr()]);
    until(
        &home,
        "the child is known",
        &["help", "helpers", "set", "3-2-502"],
        |_| true,
    );
    home.must(&["help", "check-in", "--daily", "09:00"]);
    settle.stop();

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.press("我很好，报平安");
    window.shows("已报平安");
    until(&child, "all is well", &["help", "list"], |list| {
        list["missed"].as_array().is_some_and(Vec::is_empty)
    });
    window.page("看通知");
    window.press_begins(title);
    window.shows("请带医保卡");
    window.press(&format!("确认收到：{title}"));
    window.shows("您家在");
    until(
        office,
        "it counts",
        &["notice", "reach", &notice],
        |reach| reach["confirmed"] == 1,
    );
    window.dies_and_comes_back();
    window.page("打电话");
    window.shows("010-6666 0001");
    window.page("叫人帮忙");
    window.press("演练一次");
    window.press("开始演练（F9）");
    window.shows("【演练】正在演练呼救");
    until(&child, "a practice is heard", &["help", "list"], |list| {
        list["calls"][0]["practice"] == true && list["calls"][0]["open"] == true
    });
    window.press("结束演练");
    window.press("对，没事了");
    until(&child, "it is over", &["help", "list"], |list| {
        list["calls"][0]["open"] == false
    });
    for node in [child_node, node] {
        node.stop();
    }
}
