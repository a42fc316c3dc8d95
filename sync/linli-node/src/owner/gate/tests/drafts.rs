//! Drafts of a home: kept, not written over, forgotten only by who saw them last.

use super::world::World;
use crate::api::{DraftAct, Fault, NoticeAct, NoticeArgs, NoticeOut, Request};
use serde_json::{Value, json};

fn draft(world: &mut World, act: DraftAct) -> Value {
    world.data(0, Request::Draft { act })
}

fn keep(id: Option<&str>, text: &str, base: u64) -> DraftAct {
    DraftAct::Keep {
        id: id.map(str::to_owned),
        kind: "post".into(),
        about: "ask".into(),
        text: text.into(),
        files: Vec::new(),
        base,
    }
}

fn texts(world: &mut World) -> Vec<String> {
    let all = draft(world, DraftAct::List)["drafts"].clone();
    let all = all.as_array().unwrap();
    let mut texts: Vec<String> = all
        .iter()
        .map(|d| d["text"].as_str().unwrap().to_owned())
        .collect();
    texts.sort();
    texts
}

#[test]
fn who_writes_on_from_an_older_version_gets_a_draft_of_their_own() {
    let mut world = World::found();
    let first = draft(&mut world, keep(None, "甲", 0));
    let id = first["draft"]["id"].as_str().unwrap().to_owned();
    assert_eq!(
        (&first["draft"]["version"], &first["other"]),
        (&json!(1), &Value::Null)
    );
    let second = draft(&mut world, keep(Some(&id), "甲乙", 1));
    assert_eq!(
        (&second["draft"]["id"], &second["draft"]["version"]),
        (&json!(id), &json!(2))
    );
    // Another window still has the first version.
    let apart = draft(&mut world, keep(Some(&id), "甲丙", 1));
    assert_eq!(apart["other"]["text"], "甲乙");
    assert_ne!(apart["draft"]["id"], json!(id));
    assert_eq!(texts(&mut world), ["甲丙", "甲乙"]);
    // It throws away what it saw, not what it did not see.
    let drop = |base| DraftAct::Drop {
        id: id.clone(),
        base,
    };
    assert_eq!(draft(&mut world, drop(1))["other"]["text"], "甲乙");
    assert_eq!(draft(&mut world, drop(2))["other"], Value::Null);
    assert_eq!(texts(&mut world), ["甲丙"]);
    // What was sent or thrown away meanwhile is kept anew.
    let late = draft(&mut world, keep(Some(&id), "甲丁", 2));
    assert_ne!(late["draft"]["id"], json!(id));
    assert_eq!(texts(&mut world), ["甲丁", "甲丙"]);
}

#[test]
fn a_draft_has_an_end_and_so_has_their_number() {
    let mut world = World::found();
    let refused =
        |world: &mut World, act| -> Fault { world.ask(0, Request::Draft { act }).unwrap_err() };
    let long = "字".repeat(64 * 1024);
    assert_eq!(
        refused(&mut world, keep(None, &long, 0)).code,
        "draft-too-long"
    );
    for n in 0..100 {
        draft(&mut world, keep(None, &n.to_string(), 0));
    }
    assert_eq!(refused(&mut world, keep(None, "一", 0)).code, "drafts-many");
    assert_eq!(texts(&mut world).len(), 100, "each under a name of its own");
}

fn send(id: &str, text: &str, base: u64, upto: u64) -> DraftAct {
    DraftAct::Send {
        id: id.into(),
        kind: "post".into(),
        about: "ask".into(),
        text: text.into(),
        files: Vec::new(),
        base,
        upto,
        notice: None,
    }
}

fn posts(world: &mut World) -> usize {
    let all = world.data(0, Request::PostList);
    all["posts"].as_array().unwrap().len()
}

#[test]
fn a_draft_is_sent_once_and_gone_in_the_same_commit() {
    let mut world = World::found();
    let refused = |world: &mut World, act| world.ask(0, Request::Draft { act }).unwrap_err().code;
    let one = draft(&mut world, keep(Some("d7"), "甲", 0));
    assert_eq!(one["draft"]["id"], "d7", "a window names it");
    // The power fails before the commit: nothing went out, and the draft is there.
    let owner = &mut world.homes[0];
    owner.draft_act(send("d7", "甲", 1, 1)).unwrap();
    owner.replica().unwrap().forget_staged().unwrap();
    assert_eq!((posts(&mut world), texts(&mut world).len()), (0, 1));
    // It fails after it: it went out, and the draft is gone. There is no moment between.
    draft(&mut world, send("d7", "甲", 1, 1));
    assert_eq!((posts(&mut world), texts(&mut world).len()), (1, 0));
    assert_eq!(refused(&mut world, send("d7", "甲", 1, 1)), "draft-gone");
    assert_eq!(refused(&mut world, send("d7", "甲", 0, 0)), "draft-gone");
    // A second window throws one away that the first then sends.
    draft(&mut world, keep(Some("d8"), "乙", 0));
    let id = "d8".to_owned();
    draft(&mut world, DraftAct::Drop { id, base: 1 });
    assert_eq!(refused(&mut world, send("d8", "乙", 1, 1)), "draft-gone");
    assert_eq!(posts(&mut world), 1);
    // What cannot go out stays a draft.
    draft(&mut world, keep(Some("d9"), "丙", 0));
    let mut bad = send("d9", "丙", 1, 1);
    if let DraftAct::Send { about, .. } = &mut bad {
        *about = "nothing-known".into();
    }
    assert_eq!(refused(&mut world, bad), "bad-post-kind");
    assert_eq!(texts(&mut world), ["丙"]);
    // What another window made of it since is not thrown away with it.
    draft(&mut world, keep(Some("d9"), "丙丁", 1));
    draft(&mut world, send("d9", "丙", 1, 1));
    assert_eq!(
        (posts(&mut world), texts(&mut world)),
        (2, vec!["丙丁".to_owned()])
    );
}

#[test]
fn keeping_the_same_twice_keeps_it_once() {
    let mut world = World::found();
    draft(&mut world, keep(Some("d7"), "甲", 0));
    let again = draft(&mut world, keep(Some("d7"), "甲", 0));
    assert_eq!(
        (&again["draft"]["id"], &again["other"]),
        (&json!("d7"), &Value::Null)
    );
    draft(&mut world, keep(Some("d7"), "甲乙", 1));
    let late = draft(&mut world, keep(Some("d7"), "甲乙", 1));
    assert_eq!(
        (&late["draft"]["version"], &late["other"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(texts(&mut world), ["甲乙"]);
}

#[test]
fn what_does_not_fit_is_refused_what_is_damaged_is_counted_and_what_answers_nothing_goes() {
    let mut world = World::found();
    let refused = |world: &mut World, act| world.ask(0, Request::Draft { act }).unwrap_err().code;
    draft(&mut world, keep(Some("d7"), "甲", 0));
    assert_eq!(
        refused(&mut world, keep(Some("d7"), "乙", u64::MAX)),
        "our-fault"
    );
    let mut wide = keep(None, "丙", 0);
    if let DraftAct::Keep { about, .. } = &mut wide {
        *about = "字".repeat(100);
    }
    assert_eq!(refused(&mut world, wide), "draft-too-long");
    let file = crate::api::FileArgs {
        hash: "h".into(),
        key: "k".into(),
        size: 1,
        media: "jpg".into(),
        sides: None,
        name: None,
    };
    let mut many = keep(None, "丙", 0);
    if let DraftAct::Keep { files, .. } = &mut many {
        *files = vec![file; 5];
    }
    assert_eq!(refused(&mut world, many), "attach-many");
    let mut orphan = keep(Some("d8"), "回复", 0);
    if let DraftAct::Keep { kind, about, .. } = &mut orphan {
        (*kind, *about) = ("reply".into(), "raaaa".into());
    }
    draft(&mut world, orphan);
    assert_eq!(texts(&mut world), ["甲"], "what it answers is erased");
    let damaged = [b"E".as_slice(), &9_u64.to_be_bytes()].concat();
    world.homes[0]
        .replica()
        .unwrap()
        .set_local(&damaged, Some(b"{"));
    let listed = draft(&mut world, DraftAct::List);
    assert_eq!(
        (&listed["damaged"], texts(&mut world).len()),
        (&json!(1), 1)
    );
}

/// A notice as a window writes it, and as it is signed.
fn notice(id: &str, base: u64, at_ms: Option<u64>) -> (DraftAct, DraftAct) {
    let text = r#"{"title":"停电","body":"今天三点"}"#.to_owned();
    let (kind, about, files) = ("notice".to_owned(), String::new(), Vec::new());
    let with = NoticeArgs {
        title: "停电".into(),
        body: "今天三点".into(),
        ..NoticeArgs::default()
    };
    let out = NoticeOut {
        with,
        corrects: None,
        at_ms,
    };
    let keep = DraftAct::Keep {
        id: Some(id.into()),
        kind: kind.clone(),
        about: about.clone(),
        text: text.clone(),
        files: files.clone(),
        base,
    };
    let send = DraftAct::Send {
        id: id.into(),
        kind,
        about,
        text,
        files,
        base: base + 1,
        upto: base + 1,
        notice: Some(Box::new(out)),
    };
    (keep, send)
}

/// How many notices are out, how many wait, how many drafts there are.
fn counts(world: &mut World) -> [usize; 3] {
    let out = world.data(0, Request::NoticeList)["notices"].clone();
    let act = NoticeAct::Scheduled;
    let waits = world.data(0, Request::Notice { act })["scheduled"].clone();
    let drafts = draft(world, DraftAct::List)["drafts"].clone();
    [out, waits, drafts].map(|list| list.as_array().unwrap().len())
}

#[test]
fn a_notice_is_out_or_waits_or_is_a_draft_and_never_two_of_these() {
    let mut world = World::found();
    let later = world.homes[0].now().wall.0 + 3_600_000;
    let refused = |world: &mut World, act| world.ask(0, Request::Draft { act }).unwrap_err().code;
    for (id, at_ms, done) in [("d7", None, [1, 0, 0]), ("d8", Some(later), [1, 1, 0])] {
        let (keep, send) = notice(id, 0, at_ms);
        draft(&mut world, keep);
        let before = counts(&mut world);
        assert_eq!(before[2], 1);
        // The power fails before the commit.
        let owner = &mut world.homes[0];
        owner.draft_act(send.clone()).unwrap();
        owner.replica().unwrap().forget_staged().unwrap();
        assert_eq!(counts(&mut world), before, "{id}");
        // And after it.
        draft(&mut world, send.clone());
        assert_eq!(counts(&mut world), done, "{id}");
        // The answer was lost, or another window still shows it.
        assert_eq!(refused(&mut world, send), "draft-gone");
        assert_eq!(counts(&mut world), done, "{id}");
    }
    // What cannot go out stays a draft.
    let (keep, send) = notice("d9", 0, Some(1));
    draft(&mut world, keep);
    assert_eq!(refused(&mut world, send), "schedule-past");
    assert_eq!(counts(&mut world), [1, 1, 1]);
    // A notice without what is signed, and a post with it, are no orders.
    let (_, mut send) = notice("d9", 0, None);
    if let DraftAct::Send { kind, .. } = &mut send {
        *kind = "post".into();
    }
    assert_eq!(refused(&mut world, send), "our-fault");
    let (_, mut send) = notice("d9", 0, None);
    if let DraftAct::Send { notice, .. } = &mut send {
        *notice = None;
    }
    assert_eq!(refused(&mut world, send), "our-fault");
    assert_eq!(counts(&mut world), [1, 1, 1]);
}

#[test]
fn the_one_notice_of_an_older_home_is_taken_over_once_with_its_files() {
    let mut world = World::found();
    let text = r#"{"title":"停电","corrects":"r:abc"}"#;
    let old = |world: &mut World, text: &str| {
        let replica = world.homes[0].replica().unwrap();
        replica.set_local(b"e", Some(text.as_bytes()));
    };
    old(&mut world, text);
    assert_eq!(world.data(0, Request::DraftRead)["text"], text);
    let all = draft(&mut world, DraftAct::List)["drafts"].clone();
    let one = &all[0];
    assert_eq!(
        (&one["kind"], &one["about"], &one["text"], &one["version"]),
        (&json!("notice"), &json!("r:abc"), &json!(text), &json!(1))
    );
    // It is not there a second time, and not again once it is thrown away.
    assert_eq!(counts(&mut world)[2], 1);
    let id = one["id"].as_str().unwrap().to_owned();
    draft(&mut world, DraftAct::Drop { id, base: 1 });
    assert_eq!(counts(&mut world)[2], 0);
    assert_eq!(world.data(0, Request::DraftRead)["text"], Value::Null);
    // Its files had a draft of their own.
    old(&mut world, text);
    let file = json!({ "hash": "h", "key": "k", "size": 1, "media": "jpg", "sides": null, "name": "图.jpg" });
    for (id, at_ms) in [(3_u64, 5_u64), (4, 9)] {
        let row = json!({
            "kind": "notice-files", "about": "", "text": "", "files": [file], "version": 2, "at_ms": at_ms,
        });
        let key = [b"E".as_slice(), &id.to_be_bytes()].concat();
        let replica = world.homes[0].replica().unwrap();
        replica.set_local(&key, Some(row.to_string().as_bytes()));
    }
    let all = draft(&mut world, DraftAct::List)["drafts"].clone();
    let seen: Vec<_> = all.as_array().unwrap().iter().collect();
    assert_eq!(seen.len(), 2, "{all}");
    let with_text = seen.iter().find(|d| d["text"] == text).unwrap();
    assert_eq!(
        (&with_text["id"], &with_text["kind"]),
        (&json!("d4"), &json!("notice"))
    );
    assert_eq!(with_text["files"][0]["name"], "图.jpg");
    assert!(seen.iter().all(|d| d["kind"] == "notice"));
}
