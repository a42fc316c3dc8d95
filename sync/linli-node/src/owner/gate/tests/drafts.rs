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
