//! The first screen as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{NOW, en, model, zh};

#[test]
fn the_first_screen_shows_what_is_urgent_what_waits_and_who_comes() {
    let home = home(&zh(), NOW, &model());
    assert_eq!(
        (home.title.as_str(), home.day.as_str()),
        ("丰盛园", "11月22日 周日")
    );
    assert_eq!(
        home.urgent
            .iter()
            .map(|row| row.id.as_str())
            .collect::<Vec<_>>(),
        ["ntc059"]
    );
    assert_eq!(
        home.needs
            .iter()
            .map(|need| need.text.as_str())
            .collect::<Vec<_>>(),
        [
            "确认收到：因高压线路故障今日15—18时停电",
            "确认收到：6号楼又有人高空抛物,请停手"
        ]
    );
    assert_eq!(
        home.visitors
            .iter()
            .map(|row| (row.who.as_str(), row.span.as_str()))
            .collect::<Vec<_>>(),
        [
            ("王师傅 空调", "今天 13:30–17:00"),
            ("李然 ＋2 人", "今天 18:00–22:00")
        ]
    );
    assert!(
        !home.recent.iter().any(|row| row.id == "ntc059"),
        "what is above is not repeated below"
    );
    assert_eq!(home.recent.len(), 6);
}

#[test]
fn an_empty_home_is_calm_and_says_so() {
    let home = home(&en(), NOW, &Model::default());
    assert_eq!(home.title, "Linli");
    assert_eq!(home.needs_none, "Nothing is waiting for you.");
    assert!(home.urgent.is_empty() && home.needs.is_empty() && home.visitors.is_empty());
}
