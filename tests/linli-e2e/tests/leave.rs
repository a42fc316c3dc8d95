//! A real window that the system asks to end, as it does when a computer shuts down: it closes by itself, the node in it
//! stops, and what was half written is there the next time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::daemon::Daemon;
use linli_e2e::estate::HOST;
use linli_e2e::journey::driver;
use linli_e2e::journey::seat::Seat;
use linli_e2e::journey::stage::Stage;

const BODY: &str = "写清楚时间、地点、怎么联系";
const TEXT: &str = "谁家有梯子，借两天";

#[test]
fn a_window_that_is_asked_to_end_keeps_what_is_half_written_and_closes_with_its_node() {
    let stage = Stage::new(driver::by_name("tree").unwrap(), "zh-CN", "light");
    let office = Daemon::start(stage.office(), &[]);
    let home = stage.household("home", HOST, &office);
    let seat = Seat::new();
    let mut window = stage.window(&seat, &home);
    window.page("互助");
    window.press("发一条");
    // Nobody looks up from the keyboard: it is asked right after the last key.
    window.write(BODY, TEXT);
    let ended = window.is_asked_to_end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);

    // The home is free: a command opens it, and finds the draft.
    let drafts = home.must(&["post", "drafts"]).to_string();
    assert!(drafts.contains(TEXT), "{drafts}");
    window.comes_back();
    window.page("互助");
    window.press("发一条");
    window.until("the draft", |nodes| {
        nodes.iter().any(|node| node.is_field() && node.says(TEXT))
    });

    // The same where another program has the home: only the window ends.
    assert_eq!(window.is_asked_to_end().code, Some(0));
    let node = Daemon::start(&home, &[office.addr()]);
    window.comes_back();
    window.page("互助");
    window.press("发一条");
    window.write(BODY, "谁家有长梯子");
    assert_eq!(window.is_asked_to_end().code, Some(0));
    let drafts = home.must(&["post", "drafts"]).to_string();
    assert!(drafts.contains("谁家有长梯子"), "{drafts}");
    node.stop();
    office.stop();
}
