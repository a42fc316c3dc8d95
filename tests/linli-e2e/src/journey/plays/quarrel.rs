//! A quarrel about a dog: reported by three households, paused, hidden by the office, appealed, and back.

use crate::daemon::Daemon;
use crate::exe;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};
use serde_json::Value;

/// The post of the sample that it is about.
const DOG: usize = 146;
const REASON: &str = "理由（大家都能看到，也会署上本办事处的名字）";

pub(super) fn run(stage: &Stage) {
    let sample = std::fs::read_to_string(exe::sample("posts.jsonl")).expect("the sample");
    let quarrel = sample.lines().nth(DOG).expect("the post");
    let quarrel: Value = serde_json::from_str(quarrel).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let (who, body) = (text(&quarrel["author"]), text(&quarrel["body"]));
    let said = |comment: usize| text(&quarrel["comments"][comment]["body"]);
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let author = stage.household("author", &who, &node);
    let homes = ["3-2-502", "3-2-601", "4-1-101"].map(|unit| stage.household(unit, unit, &node));
    let mut nodes = Vec::new();
    for other in &homes {
        nodes.push(Daemon::start(other, &[node.addr()]));
    }

    let seat = Seat::new();
    let mut window = stage.window(&seat, &author);
    let title: String = body.chars().take(8).collect();
    window.page("互助");
    window.press("发一条");
    window.press("什么事 · 反映");
    window.write("写清楚时间、地点、怎么联系", &body);
    window.press("发布");
    let list = ["post", "list"];
    until(office, "it is read", &list, |list| {
        list.to_string().contains(&title)
    });
    let post = id(&office.must(&list)["posts"][0]);
    let shown = ["post", "show", &post];
    for (at, other) in homes.iter().enumerate() {
        until(other, "it is read", &shown, |_| true);
        other.must(&["post", "comment", &post, &said(at + 1)]);
        other.must(&["post", "report", &post, "--reason", "abuse"]);
    }
    window.press_with(&title);
    window.shows(&said(3));
    window.shows("有 3 户举报");
    window.dies_and_comes_back();

    let desk = Seat::new();
    let office_window = stage.window(&desk, office);
    office_window.page("互助");
    office_window.press("待决定（1）");
    office_window.press_with(&title);
    office_window.shows("举报（3）");
    office_window.write(REASON, "请按规约第三条说话");
    office_window.press("隐去");
    until(&homes[0], "it is hidden", &shown, |shown| {
        shown["post"]["moderation"]["state"] == "hidden"
    });

    window.page("互助");
    window.press_with(&title);
    window.shows("请按规约第三条说话");
    window.press("申诉");
    window.write("您的理由", "我说的是实话，没有点谁的名。");
    window.press("提出申诉");
    window.shows("您已申诉");
    window.dies_and_comes_back();

    office_window.page("互助");
    office_window.press("待决定（1）");
    office_window.press_with(&title);
    office_window.shows("我说的是实话，没有点谁的名。");
    office_window.write(REASON, "是意见，不是骂人");
    office_window.press("保留");
    for other in &homes {
        until(other, "it is back", &shown, |shown| {
            shown["post"]["body"] == body.as_str()
        });
    }
    window.page("互助");
    window.press_with(&title);
    window.shows("是意见，不是骂人");
    for node in nodes.into_iter().chain([node]) {
        node.stop();
    }
}
