//! Who sits here, as text.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use crate::api::{FamilyReport, Incoming, NoticeItem, Reply, Request};
use crate::model::Told;
use crate::samples::{en, notices, zh};

fn report(now: Option<u32>, read: &[&str]) -> FamilyReport {
    let person = |id: u32, name: &str| FamilyPerson {
        id,
        name: name.into(),
        ..FamilyPerson::default()
    };
    FamilyReport {
        people: vec![person(1, "奶奶"), person(4, "小雨\u{202e}")],
        now,
        read: read.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn model(now: Option<u32>) -> Model {
    let mut model = Model::default();
    let show = Request::Family(FamilyDo::Show);
    says(&mut model, show, Reply::Family(Box::new(report(now, &[]))));
    model
}

fn says(model: &mut Model, request: Request, reply: Reply) -> Option<Told> {
    model.asked(1, request);
    model.fold(Incoming::Reply { id: 1, reply }).told
}

#[test]
fn where_nobody_was_written_down_there_is_no_switch_and_one_can_be() {
    let mut model = Model::default();
    assert_eq!(card(&zh(), &model), None, "an office is no family");
    model.family = Some(FamilyReport::default());
    assert_eq!(seat(&zh(), &model, true), None);
    let card = card(&zh(), &model).unwrap();
    assert!(card.people.is_empty() && !card.add.is_empty());
    assert_eq!(greeting(&zh(), &model), None);
}

#[test]
fn the_switch_says_who_sits_here_and_leads_to_everybody_else() {
    for words in [zh(), en()] {
        let closed = seat(&words, &model(Some(1)), false).unwrap();
        assert!(closed.word.contains("奶奶") && closed.people.is_empty());
        let open = seat(&words, &model(Some(1)), true).unwrap();
        assert_eq!(open.people.len(), 3, "two people and all of them");
        let on: Vec<bool> = open.people.iter().map(|one| one.on).collect();
        assert_eq!(on, [true, false, false]);
        assert_eq!(open.people[1].to, FamilyDo::Sit { id: Some(4) });
        assert_eq!(open.people[2].to, FamilyDo::Sit { id: None });
        assert!(!format!("{open:?}").contains('\u{202e}'), "shown clean");
        assert!(!format!("{open:?}{closed:?}").contains('⟦'));
        let nobody = seat(&words, &model(Some(77)), true).unwrap();
        assert!(nobody.word.contains(&words.say("family-everybody")));
    }
    assert_eq!(greeting(&en(), &model(Some(1))).unwrap(), "Hello, 奶奶");
    assert_eq!(greeting(&en(), &model(None)), None);
}

#[test]
fn what_another_of_the_household_has_confirmed_is_new_to_who_sits_here_and_read_to_the_household() {
    use crate::intent::NoticeFilter;
    use crate::notices::{badges, board};
    use crate::samples::NOW;
    let list = || {
        let mut one = notices().remove(0);
        (one.retracted, one.corrected_by, one.expires_ms) = (None, None, None);
        one.valid = true;
        (one.read_ms, one.confirmed_by_me_ms) = (Some(NOW.ms), Some(NOW.ms));
        Reply::Notices(vec![one])
    };
    for (sits, new) in [(Some(1), true), (None, false)] {
        let mut model = model(sits);
        says(&mut model, Request::NoticeList, list());
        let words = en();
        let row = &board(&words, NOW, &model.notices, NoticeFilter::All).rows[0];
        assert_eq!(row.unread, new);
        let shown = badges(&words, NOW, &model.notices[0]);
        let shows = |key| shown.iter().any(|b| b.word == words.say(key));
        assert!(shows("notice-badge-confirmed"), "by the household");
        assert_eq!(shows("notice-badge-new"), new);
    }
}

#[test]
fn what_another_of_the_household_has_read_is_new_to_who_sits_here() {
    let sit = |id| Request::Family(FamilyDo::Sit { id });
    let list = |read: Option<u64>| {
        let mut one: NoticeItem = notices().remove(0);
        (one.id, one.read_ms) = ("ntc1".into(), read);
        Reply::Notices(vec![one])
    };
    let mut model = model(None);
    says(&mut model, Request::NoticeList, list(Some(5)));
    assert_eq!(model.notices[0].read_ms, Some(5), "the household has");
    let told = says(
        &mut model,
        sit(Some(4)),
        Reply::Family(Box::new(report(Some(4), &[]))),
    );
    let name = Some("小雨\u{202e}".to_owned());
    assert_eq!(told, Some(Told::Sits { name }));
    assert_eq!(model.notices[0].read_ms, None);
    says(&mut model, Request::NoticeList, list(Some(5)));
    assert_eq!(model.notices[0].read_ms, None, "nor is it after a new list");
    let Reply::Notices(mut one) = list(Some(5)) else {
        return;
    };
    let show = Request::NoticeShow { id: "ntc1".into() };
    says(&mut model, show, Reply::Notice(Box::new(one.remove(0))));
    assert!(model.notices[0].read_ms.is_some(), "opened");
    // The grandmother has not, and the household as a whole still has.
    says(
        &mut model,
        sit(Some(1)),
        Reply::Family(Box::new(report(Some(1), &[]))),
    );
    says(&mut model, Request::NoticeList, list(Some(5)));
    assert_eq!(model.notices[0].read_ms, None);
    says(
        &mut model,
        sit(None),
        Reply::Family(Box::new(report(None, &[]))),
    );
    says(&mut model, Request::NoticeList, list(Some(5)));
    assert_eq!(model.notices[0].read_ms, Some(5));
}
