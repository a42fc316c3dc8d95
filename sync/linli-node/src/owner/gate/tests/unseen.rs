//! Text of which nobody would see anything: refused where it is written, shown as it is where it was written before.

use super::world::{World, member};
use crate::api::{BoardAct, NoticeArgs, Request};
use linli_record::RecordKind;
use linli_record::draft::{NoticeDraft, PostDraft};
use linli_record::schema::PostKind;

const NOTHING: [&str; 4] = [
    "\u{200b}\u{200b}",
    "\u{3164}",
    "\u{202e}\u{202c}",
    " \u{2800} ",
];

fn refused(world: &mut World, home: usize, request: Request) -> (String, String) {
    let fault = world.ask(home, request).unwrap_err();
    assert_eq!(fault.code, "bad-field");
    (fault.args["field"].clone(), fault.args["why"].clone())
}

fn notice(title: &str, body: &str) -> NoticeArgs {
    NoticeArgs {
        title: title.into(),
        body: body.into(),
        ..NoticeArgs::default()
    }
}

#[test]
fn what_shows_nothing_is_said_by_nobody_in_any_place() {
    let mut world = World::found();
    let house = world.house("3-1-201");
    let post = |body: &str| Request::PostNew {
        kind: "concern".into(),
        body: body.into(),
    };
    let id = world.data(house, post("楼道灯坏了"))["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let out = world.data(0, Request::NoticePublish(notice("停电", "今天下午")))["id"].clone();
    let out = out.as_str().unwrap().to_owned();
    world.meet(0, house);
    let is = |field: &str| (field.to_owned(), "unseen".to_owned());
    for nothing in NOTHING {
        let publish = |title: &str, body: &str| Request::NoticePublish(notice(title, body));
        assert_eq!(refused(&mut world, house, post(nothing)), is("body"));
        assert_eq!(
            refused(&mut world, 0, publish(nothing, "停电")),
            is("title")
        );
        assert_eq!(refused(&mut world, 0, publish("停电", nothing)), is("body"));
        let correct = Request::NoticeCorrect {
            id: out.clone(),
            with: notice(nothing, "停电"),
        };
        assert_eq!(refused(&mut world, 0, correct), is("title"));
        let retract = Request::NoticeRetract {
            id: out.clone(),
            reason: nothing.into(),
        };
        assert_eq!(refused(&mut world, 0, retract), is("reason"));
        let words = || Some(nothing.to_owned());
        let acts = [
            (
                house,
                "body",
                BoardAct::Comment {
                    id: id.clone(),
                    text: nothing.into(),
                    answers: None,
                    files: vec![],
                },
            ),
            (
                0,
                "body",
                BoardAct::Comment {
                    id: out.clone(),
                    text: nothing.into(),
                    answers: None,
                    files: vec![],
                },
            ),
            (
                house,
                "words",
                BoardAct::Close {
                    id: id.clone(),
                    outcome: None,
                    chosen: None,
                    thanks: words(),
                },
            ),
            (
                house,
                "words",
                BoardAct::HandOver {
                    id: id.clone(),
                    to: None,
                    words: words(),
                },
            ),
            (
                0,
                "reason",
                BoardAct::Moderate {
                    id: id.clone(),
                    comment: None,
                    hide: true,
                    reason: nothing.into(),
                },
            ),
        ];
        for (home, field, act) in acts {
            let said = format!("{act:?}");
            assert_eq!(
                refused(&mut world, home, Request::Board { act }),
                is(field),
                "{said}"
            );
        }
    }
    let list = world.data(house, Request::PostList)["posts"].clone();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["comments"].as_array().map_or(0, Vec::len), 0);
    // A mark inside of words is honest text in some scripts.
    world.data(house, post("می\u{200c}خواهم"));
}

#[test]
fn a_record_of_before_that_shows_nothing_still_opens_and_is_corrected() {
    let mut world = World::found();
    let house = world.house("3-1-201");
    let now = world.homes[0].now();
    let nothing = NOTHING[0].to_owned();
    let office = member(&mut world.homes[0]);
    let post = PostDraft {
        kind: PostKind::Ask,
        body: nothing.clone(),
    };
    let post = office.create(now, RecordKind::Post, |actor| post.change(actor));
    let post = post.unwrap().to_text();
    let old = NoticeDraft {
        title: nothing.clone(),
        body: nothing,
        ..NoticeDraft::default()
    };
    let old = office.create(now, RecordKind::Notice, |actor| old.change(actor));
    let old = old.unwrap().to_text();
    world.homes[0].settle().unwrap();
    world.meet(0, house);
    for home in [0, house] {
        let id = post.clone();
        assert_eq!(
            world.data(home, Request::PostShow { id })["post"]["body"],
            NOTHING[0]
        );
        let id = old.clone();
        assert_eq!(
            world.data(home, Request::NoticeShow { id })["notice"]["title"],
            NOTHING[0]
        );
        let list = world.data(home, Request::NoticeList)["notices"].clone();
        assert_eq!(list.as_array().unwrap().len(), 1);
    }
    let with = notice("停电", "今天下午");
    world.data(0, Request::NoticeCorrect { id: old, with });
}
