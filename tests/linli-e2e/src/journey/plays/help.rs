//! Somebody calls for help, a helper comes, and it was a false alarm.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", HOST, &node);
    let helper = stage.household("helper", "3-2-502", &node);
    stage.is_looked_after(&home, "3-2-502", &node);
    let helper_node = Daemon::start(&helper, &[node.addr()]);

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.page("求助");
    window.press("求助（F9）");
    window.shows("要叫人来帮忙吗？");
    window.write("想说的话（可以不写）", "摔倒了，门没锁");
    window.press("要，快叫人（F9）");
    window.shows("您正在呼救");
    until(&helper, "it is heard", &["help", "list"], |list| {
        list["calls"][0]["words"] == "摔倒了，门没锁"
    });
    window.dies_and_comes_back();
    // A call that is under way is what one sees first, or is led to.
    window.shows("您家正在呼救");
    let call = id(&helper.must(&["help", "list"])["calls"][0]);
    helper.must(&["help", "ack", &call, "--coming"]);
    window.page("求助");
    window.shows("有人正赶来");
    window.shows("3-2-502 马上来");
    window.press("没事了，撤回");
    window.shows("撤回这次呼救？");
    window.press("对，没事了");
    window.shows("已撤回");
    for other in [&helper, office] {
        until(other, "it is taken back", &["help", "list"], |list| {
            list["calls"][0]["open"] == false
        });
    }
    window.dies_and_comes_back();
    window.page("求助");
    window.shows("按下后先问一句");
    for node in [helper_node, node] {
        node.stop();
    }
}
