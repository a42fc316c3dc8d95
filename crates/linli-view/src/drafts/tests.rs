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
    let id = saved.draft.id.clone();
    assert_eq!(keeper.saved(mark, saved), None);
    let asks = keeper.due(3);
    let Request::DraftSave { draft, .. } = &asks[0] else {
        panic!("{asks:?}");
    };
    assert_eq!(draft.id, id, "it is the same draft");
    assert_eq!((draft.text.as_str(), draft.version), ("搬沙发", 1));
    let (mark, saved) = home(&asks[0]);
    keeper.saved(mark, saved);
    assert_eq!(keeper.due(4), [], "nothing changed");
    keeper.drop(mark);
    let asks = keeper.due(5);
    let id = id.unwrap();
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
    assert_eq!(
        keeper.failed(mark, 1, FaultCode::DiskFull),
        Some(DraftTold::Unsaved(FaultCode::DiskFull))
    );
    assert_eq!(keeper.due(2), []);
    assert_eq!(keeper.again_ms(), Some(1 + AGAIN_MS));
    let asks = keeper.due(1 + AGAIN_MS);
    assert_eq!(
        keeper.failed(mark, 2 + AGAIN_MS, FaultCode::DiskFull),
        None,
        "told once"
    );
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
    let old = saved.draft.id.replace("d9".into());
    saved.other = Some(theirs);
    assert_eq!(keeper.saved(mark, saved), Some(DraftTold::Twice));
    assert_eq!(keeper.lines()[0].title, "乙", "and ours is on screen");
    // Thrown away here, changed there: theirs is still there.
    let mark = keeper.lines()[0].mark;
    keeper.drop(mark);
    let other = DraftItem {
        id: old,
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

fn saved(keeper: &mut Keeper, now_ms: u64) {
    for ask in keeper.due(now_ms) {
        let (mark, saved) = home(&ask);
        keeper.saved(mark, saved);
    }
}

#[test]
fn what_goes_out_goes_out_once_and_what_is_typed_meanwhile_is_another_draft() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("搬沙发"));
    saved(&mut keeper, 1);
    let Some(Request::DraftSend { draft, upto, .. }) = keeper.send(Form::Post, "搬沙发") else {
        panic!("nothing was sent");
    };
    assert_eq!((draft.version, upto), (1, 1));
    assert_eq!(keeper.send(Form::Post, "搬沙发"), None, "pressed twice");
    keeper.typed(Form::Post, 2, &written("搬沙发，两个人"));
    assert_eq!(
        keeper.due(2),
        [],
        "not before it is known what became of it"
    );
    assert_eq!(
        keeper.sent(Form::Post),
        Out::Other,
        "the form keeps what was typed"
    );
    let asks = keeper.due(3);
    let Request::DraftSave { draft: new, .. } = &asks[0] else {
        panic!("{asks:?}");
    };
    assert_ne!(new.id, draft.id, "the old one went out");
    assert_eq!((new.text.as_str(), new.version), ("搬沙发，两个人", 0));
}

#[test]
fn what_went_out_is_finished_and_not_what_stands_in_the_form_by_then() {
    let mut keeper = keeper();
    let reply = |about: &str, text: &str| Written {
        about: about.into(),
        ..written(text)
    };
    keeper.typed(Form::Reply, 1, &reply("one", "好"));
    assert!(keeper.send(Form::Reply, "好").is_some());
    keeper.park(Form::Reply);
    assert_eq!(keeper.lines(), [], "it is on its way");
    keeper.typed(Form::Reply, 2, &reply("two", "我来"));
    assert_eq!(keeper.sent(Form::Reply), Out::Other);
    keeper.park(Form::Reply);
    let left: Vec<String> = keeper.lines().into_iter().map(|l| l.about).collect();
    assert_eq!(left, ["two"]);
}

#[test]
fn the_first_answer_and_a_listing_at_once_are_one_draft_and_so_is_one_whose_answer_was_lost() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("甲"));
    let asks = keeper.due(1);
    let (mark, saved) = home(&asks[0]);
    keeper.read(vec![saved.draft.clone()]);
    keeper.saved(mark, saved.clone());
    keeper.park(Form::Post);
    assert_eq!(keeper.lines().len(), 1);
    // The connection is lost with the next one on its way; the home has kept it.
    keeper.take(Form::Post, mark);
    keeper.typed(Form::Post, 2, &written("甲乙"));
    let (_, second) = home(&keeper.due(2)[0]);
    keeper.reconnected();
    keeper.typed(Form::Post, 3, &written("甲乙丙"));
    keeper.read(vec![second.draft]);
    let asks = keeper.due(3);
    let Request::DraftSave { draft, .. } = &asks[0] else {
        panic!("{asks:?}");
    };
    assert_eq!((&draft.id, draft.version), (&saved.draft.id, 2));
}

#[test]
fn what_another_window_sent_leaves_unless_it_stands_on_screen() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("甲"));
    keeper.park(Form::Post);
    keeper.typed(Form::Post, 2, &written("乙"));
    saved(&mut keeper, 2);
    keeper.read(Vec::new());
    assert_eq!(keeper.lines(), [], "the first is gone");
    let Some(Request::DraftSend { mark, draft, .. }) = keeper.send(Form::Post, "乙") else {
        panic!("the second stands on screen");
    };
    // The home refuses it; pressed once more it is a new one.
    keeper.unsent(mark, FaultCode::DraftGone);
    let Some(Request::DraftSend { draft: new, .. }) = keeper.send(Form::Post, "乙") else {
        panic!("it can be sent");
    };
    assert!(new.id != draft.id && new.version == 0);
}

#[test]
fn each_fault_has_its_words_and_what_time_does_not_heal_is_not_tried_for_ever() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("甲"));
    let (mark, _) = home(&keeper.due(1)[0]);
    let told = keeper.failed(mark, 1, FaultCode::DraftsMany);
    assert_eq!(told, Some(DraftTold::Unsaved(FaultCode::DraftsMany)));
    assert_eq!(
        (keeper.again_ms(), keeper.due(99 * AGAIN_MS)),
        (None, vec![])
    );
    // Another draft is told of by itself.
    keeper.park(Form::Post);
    keeper.typed(Form::Post, 2, &written("乙"));
    let (other, _) = home(&keeper.due(2)[0]);
    assert!(keeper.failed(other, 2, FaultCode::DraftTooLong).is_some());
    assert_eq!(keeper.due(99 * AGAIN_MS), []);
    keeper.typed(Form::Post, 3, &written("短"));
    assert_eq!(keeper.due(3).len(), 1, "it is shorter");
    keeper.gone(99, None);
    assert_eq!(keeper.due(4).len(), 1, "there is room");
    let sentences = [
        FaultCode::DiskFull,
        FaultCode::DraftsMany,
        FaultCode::DraftTooLong,
        FaultCode::Storage,
    ]
    .map(|code| told_words(DraftTold::Unsaved(code)));
    for (n, one) in sentences.iter().enumerate() {
        assert!(!sentences[..n].contains(one), "{one}");
    }
}

fn told_words(of: DraftTold) -> String {
    zh().say(told(of).0)
}

#[test]
fn a_window_that_cannot_list_drafts_sleeps_asks_again_and_says_so_once() {
    let mut keeper = Keeper::default();
    keeper.typed(Form::Post, 1, &written("甲"));
    assert_eq!(
        keeper.again_ms(),
        None,
        "nothing to do until the home has answered"
    );
    assert_eq!(keeper.unlisted(1), Some(DraftTold::Unlisted));
    assert_eq!(keeper.again_ms(), Some(1 + AGAIN_MS));
    assert_eq!(keeper.due(2), []);
    assert_eq!(keeper.due(1 + AGAIN_MS), [Request::DraftList]);
    assert_eq!(keeper.again_ms(), None);
    assert_eq!(keeper.unlisted(2 + AGAIN_MS), None);
    keeper.read(Vec::new());
    assert_eq!(keeper.due(3 + AGAIN_MS).len(), 1);
}

#[test]
fn a_notice_is_signed_as_it_stands_and_listed_by_its_headline() {
    use crate::compose::ComposeDraft;
    let mut keeper = keeper();
    let draft = |title: &str| ComposeDraft {
        title: title.into(),
        corrects: Some("r:1".into()),
        ..ComposeDraft::default()
    };
    let stands = |title: &str| Written::notice(Some(&draft(title)), Vec::new());
    assert_eq!(stands("停电").composed(), Some(draft("停电")));
    assert!(Written::notice(Some(&draft(" ")), Vec::new()).is_empty());
    keeper.typed(Form::Notice, 1, &stands("停电"));
    assert!(!keeper.is_kept());
    saved(&mut keeper, 1);
    assert!(keeper.is_kept());
    let Some(Request::DraftSend { draft, notice, .. }) = keeper.sign(NoticeOut::default()) else {
        panic!("nothing was sent");
    };
    assert!(!keeper.is_kept(), "what is on its way may be lost");
    let wanted = ("notice", "r:1", stands("停电").text);
    assert_eq!(
        (draft.kind.as_str(), draft.about.as_str(), draft.text),
        wanted
    );
    assert_eq!(notice, Some(Box::new(NoticeOut::default())));
    assert_eq!(keeper.sign(NoticeOut::default()), None, "pressed twice");
    assert_eq!(keeper.sent(Form::Notice), Out::AsSent);
    // Beside another one it is known by its headline; what a later program wrote stays as it is.
    keeper.typed(Form::Notice, 2, &stands("停水"));
    keeper.park(Form::Notice);
    let titles: Vec<_> = keeper.lines().into_iter().map(|line| line.title).collect();
    assert_eq!(titles, ["停水"]);
    let later = Written {
        text: "notice 2".into(),
        ..Written::default()
    };
    assert_eq!(later.composed(), None);
}

#[test]
fn what_cannot_be_kept_is_known_of_the_form_it_stands_in() {
    let mut keeper = keeper();
    let draft = crate::compose::ComposeDraft {
        title: "停电".into(),
        ..Default::default()
    };
    keeper.typed(Form::Notice, 1, &Written::notice(Some(&draft), Vec::new()));
    let asks = keeper.due(1);
    assert!(!keeper.failing(Form::Notice), "it is on its way");
    let Request::DraftSave { mark, .. } = &asks[0] else {
        panic!("{asks:?}");
    };
    keeper.failed(*mark, 1, FaultCode::DiskFull);
    assert!(keeper.failing(Form::Notice) && !keeper.failing(Form::Post));
    saved(&mut keeper, 10_000);
    assert!(!keeper.failing(Form::Notice) && keeper.is_kept());
}

#[test]
fn who_goes_on_with_what_was_sent_in_another_window_is_told() {
    let mut keeper = keeper();
    keeper.typed(Form::Post, 1, &written("搬沙发"));
    saved(&mut keeper, 1);
    keeper.typed(Form::Post, 2, &written("搬沙发，今晚"));
    let (mark, mut kept) = home(&keeper.due(2)[0]);
    (kept.draft.id, kept.draft.version) = (Some("d99".into()), 1);
    assert_eq!(keeper.saved(mark, kept), Some(DraftTold::Elsewhere));
    assert!(keeper.stands(Form::Post, mark) && !keeper.stands(Form::Reply, mark));
}
