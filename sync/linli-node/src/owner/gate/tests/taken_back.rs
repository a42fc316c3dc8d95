//! Who said something below a post or notice takes it back: its text, its photos and what was decided about it are gone
//! everywhere, its place says so, and nobody takes back what others said.

use super::held::{picture, refers};
use super::world::{World, member};
use crate::api::{AttachAct, BoardAct, FileArgs, NoticeArgs, Request, UndoAct};
use crate::home::attach::stage;
use linli_base::{EntryId, RecordId};
use linli_record::Fact;
use serde_json::{Value, json};

fn say(world: &mut World, home: usize, id: &str, text: &str, files: Vec<FileArgs>) -> String {
    let act = BoardAct::Comment {
        id: id.to_owned(),
        text: text.to_owned(),
        answers: None,
        files,
    };
    let said = world.data(home, Request::Board { act });
    said["id"].as_str().unwrap().to_owned()
}

fn back(id: &str, comment: &str) -> Request {
    let (id, comment) = (id.to_owned(), comment.to_owned());
    let act = BoardAct::Uncomment { id, comment };
    Request::Board { act }
}

fn refused(world: &mut World, home: usize, request: Request) -> String {
    world.ask(home, request).unwrap_err().code
}

fn post(world: &mut World, home: usize) -> String {
    let (kind, body) = ("found".to_owned(), "捡到一串钥匙".to_owned());
    let made = world.data(home, Request::PostNew { kind, body });
    made["id"].as_str().unwrap().to_owned()
}

/// What stands below a post, and the number that says that other comments are shown.
fn below(world: &mut World, home: usize, id: &str) -> (Vec<Value>, Value) {
    let id = id.to_owned();
    let post = world.data(home, Request::PostShow { id })["post"].clone();
    let comments = post["comments"].as_array().unwrap().clone();
    (comments, post["withheld"].clone())
}

fn finds(world: &mut World, home: usize, query: &str) -> bool {
    let (query, most) = (query.to_owned(), None);
    let found = world.data(home, Request::Find { query, most });
    found["total"].as_u64().unwrap() > 0
}

fn spread(world: &mut World) {
    for _ in 0..2 {
        for home in 1..world.homes.len() {
            world.meet(0, home);
        }
    }
}

#[test]
fn a_comment_taken_back_is_gone_with_its_photo_everywhere_and_what_answered_it_keeps_its_sense() {
    let mut world = World::found();
    let (author, owner) = (world.house("3-2-501"), world.house("3-2-502"));
    spread(&mut world);
    let id = post(&mut world, owner);
    spread(&mut world);
    let file: FileArgs = stage(&world.options("3-2-501"), &picture(), None).unwrap();
    let comment = say(&mut world, author, &id, "我的门牌在上面", vec![file]);
    spread(&mut world);
    let answer = BoardAct::Comment {
        id: id.clone(),
        text: "晚上来拿".into(),
        answers: Some(comment.clone()),
        files: vec![],
    };
    world.data(owner, Request::Board { act: answer });
    let report = BoardAct::Report {
        id: id.clone(),
        comment: Some(comment.clone()),
        reason: "privacy".into(),
        words: None,
    };
    world.data(owner, Request::Board { act: report });
    spread(&mut world);
    let all = [0, author, owner];
    let before = all.map(|home| below(&mut world, home, &id).1);
    for home in all {
        assert!(finds(&mut world, home, "我的门牌"));
        assert_eq!(refers(&mut world, home), 1);
    }

    // Neither whoever wrote the post nor an office takes back what others said.
    for home in [owner, 0] {
        assert_eq!(
            refused(&mut world, home, back(&id, &comment)),
            "not-your-words"
        );
    }
    world.data(author, back(&id, &comment));
    assert_eq!(
        refused(&mut world, author, back(&id, &comment)),
        "comment-gone"
    );
    spread(&mut world);
    for (home, before) in all.into_iter().zip(before) {
        let (said, withheld) = below(&mut world, home, &id);
        assert_eq!(
            (&said[0]["gone"], &said[0]["hidden"], &said[0]["body"]),
            (&json!(true), &json!(true), &json!("")),
            "{home}"
        );
        assert_eq!(
            (&said[0]["files"], &said[0]["moderation"]),
            (&json!([]), &Value::Null)
        );
        assert_eq!(said[0]["author"], "3-2-501", "its place stays");
        assert_eq!(said[1]["answers"], comment.as_str());
        assert_ne!(withheld, before, "{home}");
        assert!(!finds(&mut world, home, "我的门牌") && finds(&mut world, home, "晚上来拿"));
        assert_eq!(refers(&mut world, home), 0, "the collection takes it");
        let act = AttachAct::List { id: None };
        assert_eq!(
            world.data(home, Request::Attach { act })["files"],
            json!([])
        );
        // Folded anew it is the same.
        let now = world.homes[home].now();
        member(&mut world.homes[home]).rebuild(now).unwrap();
        assert_eq!(below(&mut world, home, &id).0[0]["gone"], true);
    }
    let act = BoardAct::Queue;
    assert_eq!(world.data(0, Request::Board { act })["queue"], json!([]));
    // Nothing is said to it or decided about it any more.
    let answer = BoardAct::Comment {
        id: id.clone(),
        text: "好".into(),
        answers: Some(comment.clone()),
        files: vec![],
    };
    assert_eq!(
        refused(&mut world, owner, Request::Board { act: answer }),
        "comment-gone"
    );
    let hide = BoardAct::Moderate {
        id,
        comment: Some(comment),
        hide: true,
        reason: "隐私".into(),
    };
    assert_eq!(
        refused(&mut world, 0, Request::Board { act: hide }),
        "comment-gone"
    );
}

#[test]
fn a_modified_program_of_another_household_takes_nothing_back() {
    let mut world = World::found();
    let (author, hostile) = (world.house("3-2-501"), world.house("4-1-101"));
    spread(&mut world);
    let id = post(&mut world, 0);
    spread(&mut world);
    let comment = say(&mut world, author, &id, "钥匙是我的", vec![]);
    spread(&mut world);
    let (record, named) = (
        RecordId::parse(&id).unwrap(),
        EntryId::parse(&comment).unwrap(),
    );
    let now = world.homes[hostile].now();
    let forged = member(&mut world.homes[hostile]);
    forged.say(now, &record, &Fact::Uncomment(named)).unwrap();
    world.homes[hostile].settle().unwrap();
    spread(&mut world);
    for home in [0, author, hostile] {
        let (said, _) = below(&mut world, home, &id);
        assert_eq!(said[0]["body"], "钥匙是我的", "{home}");
    }
}

#[test]
fn below_a_notice_it_is_the_same_and_an_office_takes_its_own_answer_back() {
    let mut world = World::found();
    let author = world.house("3-2-501");
    spread(&mut world);
    let notice = NoticeArgs {
        title: "停电".into(),
        body: "今天下午".into(),
        ..NoticeArgs::default()
    };
    let id = world.data(0, Request::NoticePublish(notice))["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    spread(&mut world);
    let asked = say(&mut world, author, &id, "几点来电？", vec![]);
    let answered = say(&mut world, 0, &id, "17点，写错了", vec![]);
    spread(&mut world);
    assert_eq!(
        refused(&mut world, author, back(&id, &answered)),
        "not-your-words"
    );
    world.data(0, back(&id, &answered));
    spread(&mut world);
    for home in [0, author] {
        let shown = world.data(home, Request::NoticeShow { id: id.clone() });
        let said = shown["notice"]["said"].as_array().unwrap().clone();
        let of = |id: &str| said.iter().find(|c| c["id"] == id).unwrap().clone();
        assert_eq!(of(&asked)["body"], "几点来电？");
        assert_eq!(
            (&of(&answered)["gone"], &of(&answered)["official"]),
            (&json!(true), &json!(true))
        );
        assert!(!finds(&mut world, home, "写错了"));
    }
}

#[test]
fn the_undo_of_what_was_said_asks_and_then_takes_it_back() {
    let mut world = World::found();
    let author = world.house("3-2-501");
    spread(&mut world);
    let id = post(&mut world, 0);
    spread(&mut world);
    let first = say(&mut world, author, &id, "第一句", vec![]);
    say(&mut world, author, &id, "第二句", vec![]);
    // The program went away and came back.
    world.restart(author);
    let undo = |yes| Request::Undo {
        act: UndoAct::Last { yes },
    };
    let fault = world.ask(author, undo(false)).unwrap_err();
    assert_eq!(
        (fault.code.as_str(), fault.args["what"].as_str()),
        ("undo-asks", "said")
    );
    assert_eq!(world.data(author, undo(true))["what"], "said");
    let said = below(&mut world, author, &id).0;
    let gone: Vec<&Value> = said.iter().map(|c| &c["gone"]).collect();
    assert_eq!(gone, [&json!(false), &json!(true)]);
    // Taken back by hand it cannot be undone, and the step before it finds nothing left to do.
    world.data(author, back(&id, &first));
    let fault = world.ask(author, undo(true)).unwrap_err();
    assert_eq!(
        (fault.code.as_str(), fault.args["what"].as_str()),
        ("undo-never", "unsaid")
    );
    assert_eq!(refused(&mut world, author, undo(true)), "comment-gone");
    assert_eq!(refused(&mut world, author, undo(true)), "undo-nothing");
}
