//! `linli undo`: by its opposite, after a question, or not and why; in both languages.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use office::{founded, id, publish};
use serde_json::json;

#[test]
fn the_last_command_is_taken_back_or_says_why_not() {
    let (desk, body) = founded();
    let said = desk.json(&["undo"]);
    assert_eq!(said.exit, 6, "{said:?}");
    assert_eq!(said.object()["error"]["code"], "undo-nothing");

    let post = id(&desk, &["post", "new", "--kind", "ask", "谁有梯子"]);
    desk.json(&["post", "close", &post, "--outcome", "done"]);
    let closed = || {
        let shown = desk.json(&["post", "show", &post]).object();
        shown["data"]["post"]["closed"].clone()
    };
    assert_eq!(closed(), json!(true));
    let said = desk.words("zh-CN", &["undo", "--list"]);
    for part in ["了结帖子：谁有梯子", "发帖：谁有梯子", "可撤销", "先问一句"]
    {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    let said = desk.words("zh-CN", &["undo"]);
    assert!(
        said.exit == 0 && said.out.contains("已撤销：了结帖子"),
        "{said:?}"
    );
    assert_eq!(closed(), json!(false));
    // Closed and opened by hand is the same.
    desk.json(&["post", "close", &post]);
    let said = desk.words("en", &["post", "reopen", &post]);
    assert!(
        said.exit == 0 && said.out.contains("Open again"),
        "{said:?}"
    );
    assert_eq!(closed(), json!(false));
    for _ in 0..2 {
        assert_eq!(desk.json(&["undo"]).exit, 0);
    }

    // What would be gone asks first.
    let asked = desk.json(&["undo"]);
    assert_eq!(asked.exit, 12, "{asked:?}");
    assert_eq!(asked.object()["error"]["code"], "undo-asks");
    assert_eq!(desk.json(&["undo", "--yes"]).exit, 0);
    assert_eq!(desk.json(&["post", "show", &post]).exit, 6);

    publish(&desk, "停电", &body, "--area 3");
    let said = desk.words("en", &["undo"]);
    assert_eq!(said.exit, 3, "{said:?}");
    assert!(said.err.contains("signed and out"), "{said:?}");
    assert!(said.err.contains("linli notice correct"), "{said:?}");
    let drafts = desk.json(&["post", "drafts"]).object();
    assert_eq!(drafts["data"]["drafts"], json!([]));
}
