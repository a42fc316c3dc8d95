//! An office that publishes, by commands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "tests; each test binary uses its part"
)]

use crate::common::{Desk, split};
use serde_json::Value;

/// A founded office and a file with a text.
pub fn founded() -> (Desk, String) {
    let desk = Desk::new();
    // In Chinese, so that the office is 居委会.
    let line = "community found --name 丰盛园 --utc-offset +08:00 --gate 1:东门";
    assert_eq!(desk.words("zh-CN", &split(line)).exit, 0);
    let body = desk.file("body.txt", "3号楼今天15时至18时停电抢修。\n请不要乘电梯。");
    (desk, body)
}

pub fn id(desk: &Desk, line: &[&str]) -> String {
    let said = desk.json(line);
    assert_eq!(said.exit, 0, "{said:?}");
    said.object()["data"]["id"].as_str().unwrap().to_owned()
}

pub fn publish(desk: &Desk, title: &str, body: &str, more: &str) -> String {
    let fixed = ["notice", "publish", "--title", title, "--body-file", body];
    id(desk, &[&fixed[..], &split(more)].concat())
}

/// What an export wrote, and the answer.
pub fn exported(desk: &Desk, line: &[&str]) -> (Vec<u8>, Value) {
    let path = desk.path("exported");
    let out = ["notice", "export", "--out", path.to_str().unwrap()];
    let said = desk.json(&[&out[..], line].concat());
    assert_eq!(said.exit, 0, "{said:?}");
    let object = said.object();
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(object["data"]["bytes"], bytes.len());
    std::fs::remove_file(path).unwrap();
    (bytes, object)
}
