//! Templates: the file that comes with the program, blanks, and an office's own.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::compose::{self, Step};
use crate::samples::{NOW, en, status, zh};

#[test]
fn every_template_is_there_in_both_languages_with_blanks_for_when_and_where() {
    let all = shipped();
    let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "power-cut",
            "water-cut",
            "lift",
            "storm",
            "fire-drill",
            "meeting",
            "cleaning",
            "health-check"
        ]
    );
    for one in &all {
        for lang in Lang::ALL {
            let text = one.text(lang);
            assert!(
                !text.name.is_empty() && blanks(&text.name).is_empty(),
                "{}",
                one.id
            );
            assert!(!blanks(&text.title).is_empty(), "{} {lang}", one.id);
            assert!(blanks(&text.body).len() >= 3, "{} {lang}", one.id);
            let braces = |c: char| text.body.matches(c).count();
            assert_eq!(braces('｛'), braces('｝'), "{} {lang}", one.id);
        }
    }
}

#[test]
fn what_is_not_filled_in_does_not_go_out() {
    let mut draft = draft(Lang::ZhCn, &[], "power-cut").unwrap();
    draft.tried = true;
    let page =
        |draft: &ComposeDraft| compose::compose(&zh(), NOW, Some(&status()), draft, Step::Write);
    let refused = page(&draft);
    assert!(refused.request.is_none());
    assert!(refused.headline.problem.unwrap().contains("｛范围｝"));
    assert!(refused.body.problem.unwrap().contains("｛原因｝"));
    for text in [&mut draft.title, &mut draft.body] {
        for name in blanks(&text.clone()) {
            *text = fill(text, &name, "三号楼");
        }
    }
    let request = page(&draft).request.unwrap();
    assert_eq!(request.title, "三号楼三号楼停电");
    assert!(request.confirm && request.cap.category.is_some());
}

#[test]
fn blanks_are_found_in_order_and_half_ones_are_text() {
    assert_eq!(blanks("｛甲｝到｛乙｝，｛甲｝"), ["甲", "乙"]);
    assert!(blanks("国办发〔2026〕5号【演练】{x} ｛｝ ｛没完").is_empty());
    assert_eq!(left(["a", "b｛c｝"]).as_deref(), Some("｛c｝"));
}

#[test]
fn an_own_template_stands_first_and_begins_a_draft_whole() {
    let own = [TemplateItem {
        id: "t1".into(),
        name: "周三电梯保养".into(),
        title: "电梯保养".into(),
        body: "周三上午".into(),
        area: vec!["3".into(), "5".into()],
        ..TemplateItem::default()
    }];
    let listed = choices(&en(), &own);
    assert_eq!((listed[0].name.as_str(), listed.len()), ("周三电梯保养", 9));
    assert!(listed[0].forget.is_some() && listed[1].forget.is_none());
    assert_eq!(listed[1].name, "Power cut");
    assert_eq!(draft(Lang::En, &own, "t1").unwrap().area, "3 5");
    assert_eq!(draft(Lang::En, &own, "none"), None);
}
