//! Drafts: what they refuse, and that edits say what changed and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::admission::Expect;
use crate::schema::PostKind;
use linli_base::limits::{BODY_CHARS, TITLE_CHARS};
use proptest::prelude::*;

const ACTOR: Actor = [1; 16];

fn admitted(body: &[u8]) -> Doc {
    let mut doc = Doc::new();
    admit(&mut doc, body);
    doc
}

fn admit(doc: &mut Doc, body: &[u8]) {
    let body = ChangeBody::decode(body).unwrap();
    let schema = schema::judge(body.kind);
    let expect = Expect {
        actor: ACTOR,
        schema: &schema,
    };
    doc.admit(&body.change, &expect).unwrap();
}

fn post(body: &str) -> PostDraft {
    PostDraft {
        kind: PostKind::Ask,
        body: body.to_owned(),
    }
}

fn room() -> RoomDraft {
    RoomDraft {
        building: "3".into(),
        stair: "2".into(),
        room: "501".into(),
        area_dm2: Some(8_920),
        cell: None,
        batch: Some("b1".into()),
    }
}

/// A change to a sound draft, and what is told about it.
type Case = (fn(&mut NoticeDraft), &'static str);

#[test]
fn a_draft_that_breaks_a_limit_is_told_which_and_where() {
    let notice = |change: fn(&mut NoticeDraft)| {
        let mut draft = NoticeDraft {
            title: "停电".into(),
            ..NoticeDraft::default()
        };
        change(&mut draft);
        draft.change(ACTOR).map_err(|error| error.to_string())
    };
    assert!(notice(|_| ()).is_ok());
    let cases: [Case; 6] = [
        (
            |n| n.title = "字".repeat(TITLE_CHARS + 1),
            "title: has more than 200 characters",
        ),
        (|n| n.title = String::new(), "title: is missing"),
        (
            |n| n.title = "a\u{1b}b".into(),
            "title: has a control character",
        ),
        (
            |n| n.body = "字".repeat(BODY_CHARS + 1),
            "body: has more than 12000 characters",
        ),
        (
            |n| n.area = vec!["3".into(); 201],
            "area: has more than 200 items",
        ),
        (
            |n| (n.effective_ms, n.expires_ms) = (Some(2), Some(1)),
            "expires_ms: is before effective_ms",
        ),
    ];
    for (change, told) in cases {
        assert_eq!(notice(change), Err(told.to_owned()));
    }
    assert!(
        NoticeDraft::retraction(RecordId([1; 16]), "")
            .change(ACTOR)
            .is_ok()
    );
}

#[test]
fn two_long_languages_that_do_not_fit_one_entry_are_refused_as_too_long() {
    let draft = NoticeDraft {
        title: "停电".into(),
        body: "字".repeat(BODY_CHARS),
        body_en: "字".repeat(BODY_CHARS),
        ..NoticeDraft::default()
    };
    assert!(matches!(
        draft.change(ACTOR),
        Err(DraftError::TooLong { .. })
    ));
    let fits = NoticeDraft {
        body_en: "a".repeat(BODY_CHARS),
        ..draft
    };
    assert!(fits.change(ACTOR).is_ok());
}

#[test]
fn line_ends_become_line_feeds_in_prose() {
    let doc = admitted(&post("a\r\nb\rc").change(ACTOR).unwrap());
    assert_eq!(doc.snapshot().str("body"), Some("a\nb\nc"));
}

#[test]
fn what_says_nothing_is_not_written() {
    let draft = RoomDraft {
        area_dm2: None,
        batch: Some(String::new()),
        ..room()
    };
    let value = admitted(&draft.change(ACTOR).unwrap()).snapshot();
    let keys: Vec<&str> = value.root.keys().map(String::as_str).collect();
    assert_eq!(keys, ["building", "room", "stair"]);
}

#[test]
fn an_edit_writes_what_changes_and_nothing_else() {
    let mut doc = admitted(&room().change(ACTOR).unwrap());
    let kind = RecordKind::Room;
    let same = [
        FieldChange::set("room", "501"),
        FieldChange::clear("removed"),
    ];
    assert_eq!(
        edit(&doc, kind, ACTOR, &same),
        Err(DraftError::NothingToSay)
    );
    let changes = [
        FieldChange::set("room", "501"),
        FieldChange::set("area_dm2", 9_000u64),
        FieldChange::clear("batch"),
        FieldChange::set("removed", true),
    ];
    let body = edit(&doc, kind, ACTOR, &changes).unwrap();
    let change = ChangeBody::decode(&body).unwrap().change;
    let head = admission::preparse(&change, &admission::Limits::STANDARD).unwrap();
    assert_eq!(head.ops, 3);
    admit(&mut doc, &body);
    let value = doc.snapshot();
    assert_eq!(
        (value.uint("area_dm2"), value.str("batch")),
        (Some(9_000), None)
    );
    assert_eq!(value.scalar("removed"), Some(&Scalar::Bool(true)));
}

#[test]
fn edits_that_cannot_be_are_refused() {
    let doc = admitted(&room().change(ACTOR).unwrap());
    let at =
        |kind, change: FieldChange| edit(&doc, kind, ACTOR, &[change]).unwrap_err().to_string();
    let room = RecordKind::Room;
    assert_eq!(
        at(room, FieldChange::set("colour", "red")),
        "a room has no field \"colour\""
    );
    assert_eq!(at(room, FieldChange::set("room", " ")), "room: is empty");
    assert_eq!(
        at(room, FieldChange::set("room", 501u64)),
        "room: is not text"
    );
    assert_eq!(at(room, FieldChange::clear("room")), "room: is missing");
    let notice = at(RecordKind::Notice, FieldChange::set("title", "x"));
    assert_eq!(notice, "a notice is never edited; a new one corrects it");
    let nothing = edit(&Doc::new(), room, ACTOR, &[FieldChange::set("room", "1")]);
    assert_eq!(nothing, Err(DraftError::NoRecord));
    let doc = admitted(&post("a").change(ACTOR).unwrap());
    let word = edit(
        &doc,
        RecordKind::Post,
        ACTOR,
        &[FieldChange::set("kind", "rent")],
    );
    assert_eq!(
        word.unwrap_err().to_string(),
        "kind: is none of the words allowed"
    );
}

#[test]
fn drafts_and_edits_do_not_print_persons() {
    let draft = PersonDraft {
        name: Private::new("张三".into()),
        unit: Private::new("3-2-501".into()),
        ..PersonDraft::default()
    };
    let change = FieldChange::set("name", &draft.name);
    let text = format!("{draft:?} {change:?}");
    assert!(
        !text.contains("张三") && !text.contains("3-2-501"),
        "{text}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_typed_is_refused_here_or_admitted_everywhere(text in any::<String>(), line in "\\PC{0,60}") {
        for draft in [post(&text), post(&line)] {
            if let Ok(body) = draft.change(ACTOR) {
                let doc = admitted(&body);
                let edited = edit(&doc, RecordKind::Post, ACTOR, &[FieldChange::set("body", line.as_str())]);
                if let Ok(edited) = edited {
                    admit(&mut doc.clone(), &edited);
                }
            }
        }
    }
}
