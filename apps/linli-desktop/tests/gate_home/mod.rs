//! A gate that has heard of two passes, alone with its own node, and the station on its screen.
#![allow(dead_code, clippy::unwrap_used, reason = "tests")]

use crate::real::{Node, Window, ask, ask_until, enrol, found, home_of, now_ms, options};
use egui::{Vec2, vec2};
use linli_desktop::app::World;
use linli_desktop::client::Home;
use linli_node::api::{PassArgs, Request};
use linli_node::home::HomeOptions;
use linli_view::intent::Look;
use linli_view::words::Lang;
use std::path::Path;

/// The screen in a gate's booth.
const SIZE: Vec2 = vec2(1366.0, 768.0);

/// A gate that has heard of two passes, and the text of one. Nobody else is left on the network.
pub fn gate(dir: &Path) -> (HomeOptions, String) {
    gate_after(dir, |_| ())
}

/// The same, where the office did something before.
pub fn gate_after(dir: &Path, before: impl FnOnce(&HomeOptions)) -> (HomeOptions, String) {
    let [office, gate] = ["office", "gate"].map(|name| options(dir, name));
    found(&office);
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &gate, None, "gate:1");
    before(&office);
    let from_s = now_ms() / 1000 - 60;
    let pass = |label: &str, kind: &str, entries, plate: Option<&str>| {
        let args = PassArgs {
            label: label.into(),
            kind: kind.into(),
            from_s,
            until_s: from_s + 4 * 3600,
            host: Some("3-2-501".into()),
            entries,
            gates: vec![1],
            plate: plate.map(str::to_owned),
            companions: 1,
            pin: None,
            windows: Vec::new(),
        };
        ask(&office, Request::PassIssue(args))
    };
    let text = pass("李*", "person", 1, None)["text"]
        .as_str()
        .unwrap()
        .to_owned();
    pass("张*", "vehicle", 0, Some("京AD12345"));
    let gate_node = Node::start(&gate, vec![office_node.addr.clone()]);
    ask_until(
        "the gate has heard of the passes",
        &gate,
        Request::GateStatus,
        |status| status["grants"] == 2,
    );
    drop((gate_node, office_node));
    (gate, text)
}

/// A window of that size.
pub fn open(options: &HomeOptions) -> Window {
    open_in(home_of(options), |_| ())
}

/// The same in a world that differs.
pub fn open_in(home: Home, differs: impl FnOnce(&mut World)) -> Window {
    Window::open_in(home, Lang::ZhCn, Look::Light, SIZE, differs)
}
