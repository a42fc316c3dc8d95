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

#[test]
fn a_warning_says_first_how_serious_it_is_and_what_to_do_unless_it_is_taken_back() {
    use crate::api::{Certainty, Response, Urgency};
    let gas = PaperNotice {
        severity: Some(Severity::Severe),
        words: CapWords {
            response: Some(Response::Evacuate),
            urgency: Some(Urgency::Immediate),
            certainty: Some(Certainty::Likely),
            category: None,
        },
        ..notice()
    };
    let all = |words: &Catalogue, notice: &PaperNotice, by: Option<&str>| {
        let row = letter(words, NOW, notice, by).rows.remove(0);
        (row, chat(words, NOW, notice, by))
    };
    let ((name, what), chat) = all(&zh(), &gas, None);
    assert_eq!(name, "警示");
    assert!(
        what.contains("请大家：赶快离开") && what.contains("把握：很可能"),
        "{what}"
    );
    assert!(chat.starts_with(&what), "{chat}");
    let ((name, what), _) = all(&en(), &gas, None);
    assert_eq!(name, "Warning");
    assert!(what.contains("What to do"), "{what}");
    let back = PaperNotice {
        after: PaperAfter::TakesBack {
            earlier: Vec::new(),
            reason: "误报".into(),
        },
        ..gas.clone()
    };
    for (notice, by) in [(&back, None), (&gas, Some("r:zzzzzzzzzzzz"))] {
        let (row, chat) = all(&zh(), notice, by);
        assert_eq!(row.0, "适用");
        assert!(!chat.contains("请大家"), "{chat}");
    }
    // As the home gives it.
    let given = serde_json::json!({
        "severity": "Severe", "words": { "response": "Evacuate", "category": "CBRNE", "urgency": null }
    });
    let read: PaperNotice = serde_json::from_value(given).unwrap();
    assert_eq!(read.words.response, Some(Response::Evacuate));
}
