//! Alerts of an authority at a real office, through the window: read in, made a notice, taken back when it is over.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::Request;
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{PATIENCE, Window, ask, ask_until, found, options};
use std::path::Path;
use std::time::{Duration, Instant};

const GAS: &str = include_str!("../../../tests/data/cap/01-alert-gas-leak.xml");
const OVER: &str = include_str!("../../../tests/data/cap/03-cancel-gas-leak.xml");

/// Reads an alert in by writing where it is.
fn read_in(window: &mut Window, path: &Path) {
    window.key(Modifiers::ALT, Key::Num2);
    window.until("读入预警文件");
    window.in_sight("读入预警文件");
    window.file(path);
}

#[test]
fn an_alert_becomes_a_signed_notice_and_its_end_takes_that_back() {
    let dir = tempfile::tempdir().unwrap();
    let options = options(dir.path(), "office");
    found(&options);
    // The sample ended last week; this one has not yet.
    let gas = dir.path().join("燃气.xml");
    let later = |text: &str| text.replace("<expires>2026", "<expires>2099");
    std::fs::write(&gas, later(GAS)).unwrap();
    let over = dir.path().join("解除.xml");
    std::fs::write(&over, OVER).unwrap();
    let notices = || ask(&options, Request::NoticeList)["notices"].clone();

    let mut window = Window::open(&options, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    read_in(&mut window, &gas);
    window.until("先成为通知草稿");
    assert!(window.says("严重程度：红色"));
    window.in_sight("转成通知草稿");
    window.until("已成为草稿");
    assert_eq!(notices().as_array().unwrap().len(), 0, "nothing is out");
    window.settle();
    window.key(Modifiers::COMMAND, Key::Enter);
    window.until("签名之前再看一遍");
    window.key(Modifiers::COMMAND, Key::Enter);
    assert!(window.says("秒后发出"), "it is signed");
    // Ten seconds, in which it can be called back.
    let out = |answer: &serde_json::Value| answer["notices"].as_array().unwrap().len() == 1;
    let began = Instant::now();
    while !out(&ask(&options, Request::NoticeList)) {
        let state = &window.harness.state().state;
        let said = (&state.step, &state.said);
        assert!(began.elapsed() < PATIENCE, "never out: {said:?}");
        window.harness.run_ok();
        std::thread::park_timeout(Duration::from_millis(100));
    }
    let notice = notices()[0].clone();
    assert_eq!(notice["severity"], "Extreme");
    let body = notice["body"].as_str().unwrap();
    assert!(body.lines().next_back().unwrap().starts_with("CAP wuye@"));

    read_in(&mut window, &over);
    window.until("会撤回");
    window.in_sight("撤回那条通知");
    ask_until(
        "it is taken back",
        &options,
        Request::NoticeList,
        |answer| {
            let all = answer["notices"].as_array().unwrap();
            all.iter().any(|n| !n["retracted"].is_null())
        },
    );
    window.until("已撤回");
}
