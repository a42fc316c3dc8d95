//! Who issues plates of residents, and what is said before and after.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::samples::{model as sample, zh};

fn model(may: bool, plates: Option<ResidentPlates>) -> Model {
    let mut model = sample();
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    me.resident_plates = may;
    model.asked_for.residents = plates;
    model
}

fn cars(n: usize) -> Vec<PlateOf> {
    let car = |n| PlateOf {
        plate: format!("京A{n:05}"),
        unit: "3-2-501".into(),
    };
    (0..n).map(car).collect()
}

#[test]
fn only_an_office_with_register_and_gates_sees_it() {
    assert_eq!(panel(&zh(), &model(false, None)), None);
    let fresh = panel(&zh(), &model(true, None)).unwrap();
    assert_eq!((fresh.told.as_str(), fresh.apply), ("", None));
}

#[test]
fn first_what_would_change_then_the_change_and_nothing_to_write_writes_nothing() {
    let preview = ResidentPlates {
        add: cars(23),
        withdraw: cars(1),
        kept: 4,
        ..ResidentPlates::default()
    };
    let shown = panel(&zh(), &model(true, Some(preview.clone()))).unwrap();
    assert_eq!(
        shown.told,
        "还没写入：要发 23 个，续 0 个，收回 1 个，不变 4 个。"
    );
    assert_eq!(shown.apply.as_deref(), Some("照此写入"));
    let (heading, lines) = &shown.lines[0];
    assert_eq!((heading.as_str(), lines.len()), ("发", SHOWN + 1));
    assert_eq!(lines[SHOWN], "还有 3 个");
    assert_eq!(shown.lines[1].0, "收回");
    let applied = ResidentPlates {
        applied: true,
        ..preview
    };
    let done = panel(&zh(), &model(true, Some(applied))).unwrap();
    assert!(done.told.starts_with("已写入") && done.apply.is_none());
    let same = ResidentPlates {
        kept: 4,
        unreadable: cars(1),
        ..ResidentPlates::default()
    };
    let same = panel(&zh(), &model(true, Some(same))).unwrap();
    assert!(same.told.contains("不用改") && same.apply.is_none());
    assert!(same.lines[0].0.contains("不像车牌"));
}
