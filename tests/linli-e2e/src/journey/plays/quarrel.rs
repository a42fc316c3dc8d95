//! A quarrel about a dog: reported by three households, paused, decided, appealed.

use crate::daemon::Daemon;
use crate::estate::HOST;
use crate::exe;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};
use serde_json::Value;

/// The post of the sample that it is about.
const DOG: usize = 146;

pub(super) fn run(stage: &Stage) {
    let sample = std::fs::read_to_string(exe::sample("posts.jsonl")).expect("the sample");
    let quarrel = sample.lines().nth(DOG).expect("the post");
    let quarrel: Value = serde_json::from_str(quarrel).expect("JSON");
    let said = |comment: usize| quarrel["comments"][comment]["body"].as_str().expect("text");
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let units = [HOST, "3-2-502", "3-2-601", "4-1-101"];
    let homes = units.map(|unit| stage.household(unit, unit, &node));
    let [home, author, a, b] = &homes;
    let mut nodes = Vec::new();
    for other in [author, a, b] {
        nodes.push(Daemon::start(other, &[node.addr()]));
    }
    let body = quarrel["body"].as_str().expect("text");
    let post = id(&author.must(&["post", "new", "--kind", "concern", body]));
    let shown = ["post", "show", &post];
    for other in [a, b] {
        until(other, "it is read", &shown, |_| true);
    }
    a.must(&["post", "comment", &post, said(2)]);
    b.must(&["post", "comment", &post, said(3)]);

    let seat = Seat::new();
    let mut window = stage.window(&seat, home);
    let title: String = body.chars().take(8).collect();
    window.page("互助");
    window.press_with(&title);
    window.shows(said(2));
    window.shows(said(3));
    window.write("写回复", "都少说两句。");
    window.press("回复");
    until(author, "the answer is read", &shown, |shown| {
        shown["post"]["comments"].to_string().contains("都少说两句")
    });
    for other in [a, b] {
        other.must(&["post", "report", &post, "--reason", "abuse"]);
    }
    window.press("举报");
    window.press("骂人、骚扰");
    until(author, "it is paused", &shown, |shown| {
        shown["post"]["moderation"]["state"] == "paused"
    });
    window.dies_and_comes_back();
    window.page("互助");
    window.press_with("暂不显示");
    window.shows("3 户举报");
    // By command until the screen lands: the office decides, the author appeals.
    let decide = [
        "post",
        "moderate",
        &post,
        "--hide",
        "--reason",
        "请按规约第三条说话",
    ];
    office.must(&decide);
    window.shows("请按规约第三条说话");
    until(author, "its author knows", &shown, |shown| {
        shown["post"]["moderation"]["may_appeal"] == true
    });
    author.must(&["post", "appeal", &post, "--words", "我说的是实话"]);
    until(
        office,
        "the appeal",
        &["post", "list", "--reported"],
        |list| list["queue"][0]["moderation"]["appealed"] == true,
    );
    let decide = [
        "post",
        "moderate",
        &post,
        "--stays",
        "--reason",
        "是意见，不是骂人",
    ];
    office.must(&decide);
    window.press_with(&title);
    window.shows(body);
    for node in nodes.into_iter().chain([node]) {
        node.stop();
    }
}
