//! What an alert says and becomes; places that are not understood never become everybody by themselves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::samples::{HOUR, NOW, en, model as sample, notices, zh};
use proptest::prelude::*;

fn alert() -> AlertRead {
    AlertRead {
        file: "a.xml".into(),
        sender: "区应急局".into(),
        sent_ms: NOW.ms - HOUR,
        title: "暴雨".into(),
        body: "今晚有暴雨。\n\nCAP a@b,1".into(),
        severity: Some(Severity::Severe),
        source: "CAP a@b,1".into(),
        expires_ms: Some(NOW.ms + 6 * HOUR),
        effective_ms: Some(NOW.ms + HOUR),
        ..AlertRead::default()
    }
}

fn shown_of(ask: &AlertAsk, model: &Model) -> AlertShown {
    let state = AlertState::Read(Box::new(ask.clone()));
    *page(&zh(), NOW, model, &state).shown.unwrap()
}

fn draft(ask: &AlertAsk) -> ComposeDraft {
    match ask.becomes(NOW, &[]) {
        Becomes::Draft(draft) => *draft,
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_becomes_a_draft_with_its_words_and_times_that_the_form_reads() {
    let mut read = alert();
    read.area = vec!["3".into(), "grid:02".into()];
    let ask = AlertAsk::of(read);
    assert_eq!(
        ask.whole,
        Some(false),
        "what is understood is not asked about"
    );
    let draft = draft(&ask);
    assert_eq!(
        (draft.title.as_str(), draft.area.as_str()),
        ("暴雨", "3 grid:02")
    );
    let status = sample().status;
    let form = compose::compose(&zh(), NOW, status.as_ref(), &draft, compose::Step::Check);
    let request = form.request.unwrap();
    assert_eq!(request.area, ["3", "grid:02"]);
    assert_eq!(request.effective_ms, Some(NOW.ms + HOUR));
    assert_eq!(
        request.expires_ms.unwrap() / 60_000,
        (NOW.ms + 6 * HOUR) / 60_000
    );
    let facts = form.check.unwrap().facts;
    assert!(
        facts.iter().any(|fact| fact.contains("起有效")),
        "{facts:?}"
    );
}

#[test]
fn places_that_are_not_understood_are_asked_and_nothing_is_made_of_it_before() {
    let mut read = alert();
    read.area_unread = vec!["幸福里".into()];
    let mut ask = AlertAsk::of(read);
    assert_eq!((ask.whole, ask.becomes(NOW, &[])), (None, Becomes::Nothing));
    let seen = shown_of(&ask, &sample());
    let (tone, area) = seen.area.unwrap();
    assert!(tone == Tone::Warn && area.contains("幸福里"));
    ask.tried = true;
    assert_eq!(shown_of(&ask, &sample()).becomes, "请先说明给谁。");
    ask.whole = Some(false);
    assert_eq!(
        ask.becomes(NOW, &[]),
        Becomes::Nothing,
        "no place is not everybody"
    );
    ask.places = " 7号楼 ".into();
    assert_eq!(draft(&ask).area, " 7号楼 ");
    ask.whole = Some(true);
    assert_eq!(draft(&ask).area, "");
}

#[test]
fn a_place_in_words_alone_is_asked_about_and_no_place_is_the_whole_estate() {
    let mut read = alert();
    assert_eq!(AlertAsk::of(read.clone()).whole, Some(true));
    read.places = vec!["某市某区".into()];
    let ask = AlertAsk::of(read);
    assert_eq!((ask.whole, ask.becomes(NOW, &[])), (None, Becomes::Nothing));
    assert!(
        shown_of(&ask, &sample())
            .area
            .unwrap()
            .1
            .contains("某市某区")
    );
}

#[test]
fn what_is_not_to_be_passed_on_becomes_nothing_and_says_why() {
    for why in [
        Unfit::NotMeant,
        Unfit::NotForPeople,
        Unfit::Private,
        Unfit::Over,
        Unfit::TooLong,
    ] {
        let mut read = alert();
        read.unfit = Some(why);
        let ask = AlertAsk::of(read);
        assert_eq!(ask.becomes(NOW, &[]), Becomes::Nothing);
        let seen = shown_of(&ask, &sample());
        assert!(seen.take.is_none() && seen.whole.is_none());
        assert_eq!(seen.warnings.len(), 1, "{why:?}");
    }
}

#[test]
fn what_follows_a_notice_of_this_office_corrects_it_or_takes_it_back() {
    let mut model = sample();
    model.notices = notices();
    let of = model.notices.iter_mut().find(|n| n.valid).unwrap();
    (of.ours, of.corrected_by, of.retracted) = (true, None, None);
    of.text.body = "前文\n\nCAP a@b,0".into();
    let id = of.id.clone();
    let mut read = alert();
    read.earlier = vec!["CAP a@b,0".into()];
    read.kind = AlertKind::Update;
    match AlertAsk::of(read.clone()).becomes(NOW, &model.notices) {
        Becomes::Draft(draft) => assert_eq!(draft.corrects.as_ref(), Some(&id)),
        other => panic!("{other:?}"),
    }
    read.kind = AlertKind::Cancel;
    read.area_unread = vec!["？".into()];
    let ask = AlertAsk::of(read.clone());
    match ask.becomes(NOW, &model.notices) {
        Becomes::Retraction { id: of, reason } => {
            assert_eq!((of, reason.as_str()), (id.clone(), "暴雨\nCAP a@b,1"));
        }
        other => panic!("{other:?}"),
    }
    assert!(
        shown_of(&ask, &model).whole.is_none(),
        "it goes where the notice went"
    );
    // A notice of another office is not ours to take back, and one that was taken back is no more.
    for change in [
        |n: &mut NoticeItem| n.ours = false,
        |n: &mut NoticeItem| {
            n.corrected_by = Some("x".into());
        },
    ] {
        let mut others = model.notices.clone();
        change(others.iter_mut().find(|n| n.id == id).unwrap());
        let becomes = AlertAsk {
            whole: Some(true),
            ..ask.clone()
        }
        .becomes(NOW, &others);
        assert!(matches!(becomes, Becomes::Draft(_)), "{becomes:?}");
    }
}

#[test]
fn a_file_that_is_none_is_a_sentence_with_a_way_on_in_both_languages() {
    let model = sample();
    for (words, part) in [(zh(), "自己写一条通知"), (en(), "write a notice yourself")] {
        for why in [
            Unread::Missing,
            Unread::TooLarge { most_mb: 1 },
            Unread::Said("不是 CAP。".into(), "This is no CAP.".into()),
        ] {
            let state = AlertState::Failed("a.xml".into(), why);
            let (_, said) = page(&words, NOW, &model, &state).said.unwrap();
            assert!(said.contains(part) && !said.contains('⟦'), "{said}");
        }
    }
}

proptest! {
    #[test]
    fn no_alert_with_unread_places_reaches_everybody_unless_somebody_says_so(
        known in proptest::collection::vec("[1-9]", 0..3), places in "[ 0-9,]{0,6}", whole in proptest::option::of(any::<bool>()),
    ) {
        let mut read = alert();
        read.area = known;
        read.area_unread = vec!["x".into()];
        let mut ask = AlertAsk::of(read);
        prop_assert_eq!(ask.becomes(NOW, &[]), Becomes::Nothing);
        (ask.whole, ask.places) = (whole, places);
        if let Becomes::Draft(draft) = ask.becomes(NOW, &[]) {
            prop_assert_eq!(compose::area_words(&draft.area).is_empty(), whole == Some(true));
        }
    }
}
