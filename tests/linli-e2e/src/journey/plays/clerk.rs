//! A clerk's morning: the notices of a rainy week, one after the other, of which one is taken back.

use crate::daemon::Daemon;
use crate::estate;
use crate::estate::HOST;
use crate::exe;
use crate::home::Home;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, until};
use crate::journey::window::Window;
use serde_json::Value;

/// How many of the sample lie on the desk already.
const EARLIER: usize = 12;

fn sample() -> Vec<Value> {
    let text = std::fs::read_to_string(exe::sample("notices.jsonl")).expect("the sample");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

fn text<'v>(notice: &'v Value, key: &str) -> &'v str {
    notice[key].as_str().expect("a text")
}

fn publish(window: &Window) {
    window.press("检查");
    window.shows("签名之前再看一遍");
    window.press("签名并发布");
    window.shows("已签名发布");
}

fn reads(home: &Home, words: &str) {
    until(home, words, &["notice", "list"], |list| {
        list.to_string().contains(words)
    });
}

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", HOST, &node);
    let home_node = Daemon::start(&home, &[]);
    office.must(&["net", "dial", home_node.addr()]);
    estate::until_online(office, 1);
    let sample = sample();
    let own = |notice: &&Value| notice["org"] == "物业";
    for notice in sample.iter().take(EARLIER) {
        let body = stage.estate.file("body.txt", text(notice, "body"));
        let title = text(notice, "title");
        office.must(&["notice", "publish", "--title", title, "--body-file", &body]);
    }
    node.stop();
    // The two of the property's desk that are next, with as many lines as one types of a morning.
    let due: Vec<&Value> = sample.iter().skip(EARLIER).filter(own).take(2).collect();
    let [first, second] = due[..] else {
        panic!("two notices of the desk");
    };
    let line = |notice: &Value| {
        let body = text(notice, "body").to_owned();
        body.lines().next().unwrap_or_default().to_owned()
    };

    let seat = Seat::new();
    let mut window = stage.window(&seat, office);
    window.page("通知");
    window.press("写通知");
    window.write("标题", text(first, "title"));
    window.write("正文", &line(first));
    publish(&window);
    reads(&home, text(first, "title"));
    window.page("通知");
    window.press("写通知");
    window.write("标题", text(second, "title"));
    window.looks_up();
    window.dies_and_comes_back();
    window.page("通知");
    window.press("接着写草稿");
    window.shows(text(second, "title"));
    window.write("正文", &line(second));
    publish(&window);
    reads(&home, text(second, "title"));
    // The first one was too early.
    window.page("通知");
    window.press_begins(text(first, "title"));
    window.press("撤回");
    window.write("原因（大家都会看到）", "日子写错了");
    window.press("对，撤回");
    reads(&home, "日子写错了");
    // The oldest one stands at the end of the list.
    window.page("通知");
    window.press_down(text(&sample[0], "title"), "物业服务中心");
    window.shows("需要沙袋的到居委会一楼领");
    // And what was it about the flood boards?
    window.keys(&["ctrl+k"]);
    window.write("找东西: 房号、姓名、拼音、车牌、通知里的字", "防汛挡板");
    window.press_with("防汛挡板");
    window.shows("14时起");
    home_node.stop();
}
