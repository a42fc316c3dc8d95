//! What stands on paper and in a chat, as text.

use super::*;
use crate::samples::{NOW, en, zh};

fn notice() -> PaperNotice {
    PaperNotice {
        estate: "丰盛园".into(),
        offset_min: 480,
        id: "r:8f3k2m1p8f3k2m1p8f3k2m1p8f".into(),
        office: "居委会".into(),
        sent_ms: NOW.ms,
        title: "3号楼今天停电".into(),
        body: "15时至18时停电。".into(),
        area: vec!["3".into(), "5-2".into()],
        expires_ms: Some(NOW.ms + 3 * 3_600_000),
        ..PaperNotice::default()
    }
}

#[test]
fn paper_says_whose_it_is_for_whom_until_when_and_how_to_check_it() {
    let letter = letter(&zh(), NOW, &notice(), None);
    assert_eq!(letter.head, "丰盛园  居委会");
    assert_eq!(letter.rows[0], ("适用".into(), "3号楼、5-2".into()));
    assert!(letter.rows[1].1.contains("17:32"), "{:?}", letter.rows);
    assert!(letter.check[1].contains("r:8f3k2m1p") && letter.check[2].contains("不要信"));
    let english = PaperNotice {
        title_en: "No power".into(),
        body_en: "From three to six.".into(),
        ..notice()
    };
    let letter = super::letter(&en(), NOW, &english, Some("r:zzzzzzzzzzzz"));
    assert_eq!(letter.texts.len(), 2);
    assert!(
        letter
            .banner
            .is_some_and(|(what, _)| what.contains("r:zzzzzzzz"))
    );
}

#[test]
fn a_draft_says_that_it_is_one_and_has_no_number() {
    let draft = PaperNotice {
        id: String::new(),
        ..notice()
    };
    let letter = letter(&zh(), NOW, &draft, None);
    assert_eq!(letter.check.len(), 1);
    let chat = chat(&zh(), NOW, &draft, None);
    assert!(
        chat.contains(&letter.check[0]) && !chat.contains("核对："),
        "{chat}"
    );
}

#[test]
fn a_chat_is_short_and_names_what_was_taken_back() {
    let mut long = notice();
    long.body = "长".repeat(1_000);
    let text = chat(&zh(), NOW, &long, None);
    assert!(
        text.contains("有删减") && text.chars().count() < 600,
        "{text}"
    );
    long.after = PaperAfter::TakesBack {
        earlier: vec![],
        reason: "电已经来了".into(),
    };
    assert!(chat(&zh(), NOW, &long, None).contains("电已经来了"));
    assert!(file_stem(&zh(), &notice()).starts_with("通知-3号楼今天停电-r8f3k2m1p"));
}
