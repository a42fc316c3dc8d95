//! Keys are lost, found by a neighbour, and returned.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};
use crate::journey::tree::Node;

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", HOST, &node);
    let finder = stage.household("finder", "3-2-502", &node);
    let finder_node = Daemon::start(&finder, &[node.addr()]);

    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    let body = "写清楚时间、地点、怎么联系";
    let text = "丢了一串钥匙，红绳，三把。昨晚八点从东门走到菜市场，再回五号楼时还带在身边，捡到请敲我家门";
    let strokes = Seat::strokes(text);
    assert!(strokes.len() > 1, "the keys are handed over more than once");
    window.page("互助");
    window.press("发一条");
    window.press("什么事 · 丢失");
    window.write(body, text);
    // In the middle of writing, while the last character has only just come on the screen. What came before the last strokes
    // was on the screen for a while and has to be kept; of the last ones the disk may lack some.
    window.dies_and_comes_back();
    window.page("互助");
    window.press("发一条");
    let kept = |node: &Node| {
        let kept = node.text.as_deref().unwrap_or_default();
        node.is_field() && text.starts_with(kept) && kept.starts_with(&strokes[0])
    };
    window.until("the draft, and what it is about", |nodes| {
        let kind = |node: &Node| node.is_chosen() && node.name == "什么事 · 丢失";
        nodes.iter().any(kind) && nodes.iter().any(kept)
    });
    window.write(body, "丢了一串钥匙，红绳，三把，昨晚在东门附近。");
    window.press("发布");
    window.until("the post in the list", |nodes| {
        nodes
            .iter()
            .any(|node| node.is_choice() && node.name.contains("红绳"))
    });
    window.dies_and_comes_back();
    until(&finder, "it is read", &["post", "list"], |list| {
        list.to_string().contains("红绳")
    });
    let list = finder.must(&["post", "list"]);
    let post = id(&list["posts"][0]);
    finder.must(&["post", "claim", &post]);
    finder.must(&["post", "comment", &post, "在我家，3-2-502，随时来拿"]);
    window.page("互助");
    window.press_with("红绳");
    window.shows("已回应：3-2-502");
    window.shows("随时来拿");
    window.write("写回复", "谢谢，马上来！");
    window.press("回复");
    let shown = ["post", "show", &post];
    until(&finder, "the answer is read", &shown, |shown| {
        shown["post"]["comments"].to_string().contains("马上来")
    });
    window.press("已了结");
    window.press("结果怎样 · 已归还");
    window.press("谁帮的忙 · 3-2-502");
    window.write("道声谢（可以不写，大家都能看到）", "好邻居！");
    window.press("了结");
    until(&finder, "it is settled", &shown, |shown| {
        let post = &shown["post"];
        post["closed"] == true && post["outcome"] == "returned" && post["chosen"] == "3-2-502"
    });
    window.dies_and_comes_back();
    window.page("互助");
    window.press_with("红绳");
    window.shows("马上来");
    window.shows("已了结：已归还");
    for node in [finder_node, node] {
        node.stop();
    }
}
