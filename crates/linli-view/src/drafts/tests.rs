//! Drafts: kept at once, kept once, never written over.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{NOW, en, zh};

fn written(text: &str) -> Written {
    Written {
        about: "ask".into(),
        text: text.into(),
        files: Vec::new(),
    }
}

fn keeper() -> Keeper {
    let mut keeper = Keeper::default();
    keeper.read(Vec::new());
    keeper
}

/// The home keeps what it is asked to keep.
fn home(request: &Request) -> (u64, DraftSaved) {
    let Request::DraftSave { mark, draft } = request else {
        panic!("{request:?}");
    };
    let mut draft = (**draft).clone();
    draft.id = Some(draft.id.unwrap_or_else(|| format!("d{mark}")));
    draft.version += 1;
    let other = None;
    (*mark, DraftSaved { draft, other })
}

#[test]
fn what_is_typed_is_kept_and_what_is_typed_meanwhile_too() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("搬"));
    let asks = keeper.due(1);
    assert_eq!(asks.len(), 1);
    keeper.typed(Form::Post, 2, &written("搬沙发"));
    assert_eq!(keeper.due(2), [], "one after the other, or there were two");
    let (mark, saved) = home(&asks[0]);
    assert_eq!(keeper.saved(mark, saved), None);
    let asks = keeper.due(3);
    let Request::DraftSave { draft, .. } = &asks[0] else {
        panic!("{asks:?}");
    };
    assert_eq!(
        (draft.id.as_deref(), draft.text.as_str(), draft.version),
        (Some("d1"), "搬沙发", 1)
    );
    let (mark, saved) = home(&asks[0]);
    keeper.saved(mark, saved);
    assert_eq!(keeper.due(4), [], "nothing changed");
    // Sent: the draft has done its work.
    keeper.done(Form::Post);
    let asks = keeper.due(5);
    let id = "d1".to_owned();
    assert_eq!(asks, [Request::DraftDrop { mark, id, base: 2 }]);
    keeper.gone(mark, None);
    assert_eq!((keeper.due(6), keeper.lines()), (vec![], vec![]));
}

#[test]
fn nothing_is_written_before_the_home_has_said_what_it_keeps_and_an_empty_form_keeps_nothing() {
    let mut keeper = Keeper::default();
    keeper.typed(Form::Post, 1, &written("搬"));
    assert_eq!(keeper.due(1), []);
    keeper.typed(Form::Post, 2, &written("  "));
    keeper.read(Vec::new());
    assert_eq!(keeper.due(3), []);
    keeper.typed(Form::Post, 4, &written(" "));
    assert_eq!((keeper.due(5), keeper.lines()), (vec![], vec![]));
}

#[test]
fn several_drafts_stand_side_by_side_and_one_is_taken_up_again() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("一"));
    keeper.park(Form::Post);
    keeper.typed(Form::Post, 2, &written("二"));
    let lines = keeper.lines();
    assert_eq!((lines.len(), lines[0].title.as_str()), (1, "一"));
    let back = keeper.take(Form::Post, lines[0].mark).unwrap();
    assert_eq!(back.text, "一");
    assert_eq!(keeper.lines()[0].title, "二");
    let rows = rows(&zh(), NOW, &keeper.lines(), Form::Post, None);
    assert!(rows[0].take.1.contains('二'));
    assert_eq!(
        super::rows(&en(), NOW, &keeper.lines(), Form::Reply, None),
        []
    );
    assert!(
        keeper.take(Form::Reply, lines[0].mark).is_none(),
        "a post is no reply"
    );
    keeper.drop(keeper.lines()[0].mark);
    assert_eq!(keeper.lines(), []);
}

#[test]
fn a_full_disk_is_told_once_and_the_draft_is_offered_until_it_is_kept() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("搬沙发"));
    let asks = keeper.due(1);
    let (mark, _) = home(&asks[0]);
    assert_eq!(keeper.failed(mark, 1), Some(DraftTold::Unsaved));
    assert_eq!(keeper.due(2), []);
    assert_eq!(keeper.again_ms(), Some(1 + AGAIN_MS));
    let asks = keeper.due(1 + AGAIN_MS);
    assert_eq!(keeper.failed(mark, 2 + AGAIN_MS), None, "told once");
    assert_eq!(asks.len(), 1);
    // Going elsewhere does not lose it.
    keeper.park(Form::Post);
    let asks = keeper.due(3 + 2 * AGAIN_MS);
    let (mark, saved) = home(&asks[0]);
    assert_eq!(keeper.saved(mark, saved), Some(DraftTold::SavedAgain));
    assert_eq!(keeper.again_ms(), None);
    assert_eq!(keeper.lines()[0].title, "搬沙发");
}

#[test]
fn two_windows_with_the_same_draft_keep_both_texts() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("甲"));
    let asks = keeper.due(1);
    let (mark, mut saved) = home(&asks[0]);
    let mut theirs = saved.draft.clone();
    theirs.text = "乙".into();
    saved.draft.id = Some("d9".into());
    saved.other = Some(theirs);
    assert_eq!(keeper.saved(mark, saved), Some(DraftTold::Twice));
    assert_eq!(keeper.lines()[0].title, "乙", "and ours is on screen");
    // Thrown away here, changed there: theirs is still there.
    let mark = keeper.lines()[0].mark;
    keeper.drop(mark);
    let other = DraftItem {
        id: Some("d1".into()),
        kind: "post".into(),
        text: "乙二".into(),
        ..DraftItem::default()
    };
    keeper.gone(mark, Some(other));
    assert_eq!(keeper.lines()[0].title, "乙二");
}

#[test]
fn after_a_new_connection_what_was_on_its_way_goes_again() {
    let mut keeper = keeper();
    keeper.typed(Form::Reply, 1, &written("好"));
    assert_eq!(keeper.due(1).len(), 1);
    keeper.reconnected();
    assert_eq!(
        keeper.due(2),
        [],
        "not before the home has said what it keeps"
    );
    keeper.read(Vec::new());
    assert_eq!(keeper.due(3).len(), 1);
}
