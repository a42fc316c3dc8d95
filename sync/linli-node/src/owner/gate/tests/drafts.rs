//! Drafts of a home: kept, not written over, forgotten only by who saw them last.

use super::world::World;
use crate::api::{DraftAct, Fault, Request};
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
