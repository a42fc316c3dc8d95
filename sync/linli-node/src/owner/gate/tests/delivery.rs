//! How far something has got: never more than what was heard, and each stage when it is true.

use super::world::World;
use crate::api::{BoardAct, NoticeArgs, Request};
use serde_json::{Value, json};

fn of_post(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    world.data(home, Request::PostShow { id })["post"].clone()
}

/// Stage, and who is known to hold it.
fn stage(delivery: &Value) -> (String, Vec<String>) {
    let names = delivery["heard_by"].as_array().unwrap().iter();
    let mut names: Vec<String> = names
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    (delivery["stage"].as_str().unwrap().to_owned(), names)
}

fn is(stage: &str, names: &[&str]) -> (String, Vec<String>) {
    (
        stage.to_owned(),
        names.iter().map(|name| (*name).to_owned()).collect(),
    )
}

#[test]
fn a_post_is_here_then_elsewhere_then_at_the_office_then_answered() {
    let mut world = World::found();
    world.hears = true;
    let author = world.house("3-2-501");
    let neighbour = world.house("4-1-101");
    for _ in 0..2 {
        world.meet(0, author);
        world.meet(0, neighbour);
    }
    let (kind, body) = ("ask".to_owned(), "谁有梯子".to_owned());
    let id = world.data(author, Request::PostNew { kind, body })["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let at_author = |world: &mut World| stage(&of_post(world, author, &id)["delivery"]);
    assert_eq!(at_author(&mut world), is("here", &[]));
    world.meet(author, neighbour);
    assert_eq!(at_author(&mut world), is("elsewhere", &["4-1-101"]));
    assert_eq!(
        of_post(&mut world, neighbour, &id)["delivery"],
        Value::Null,
        "of what others wrote nothing is said"
    );
    // The neighbour brings it to the office, and nobody has said so here: it is not known, and not said.
    world.meet(neighbour, 0);
    assert_eq!(at_author(&mut world), is("elsewhere", &["4-1-101"]));
    world.meet(author, 0);
    assert_eq!(at_author(&mut world), is("arrived", &["4-1-101", "居委会"]));

    let act = BoardAct::Comment {
        id: id.clone(),
        text: "我有".into(),
        answers: None,
        files: vec![],
    };
    world.data(neighbour, Request::Board { act });
    let reply = |world: &mut World| {
        let post = of_post(world, neighbour, &id);
        stage(&post["comments"][0]["delivery"])
    };
    assert_eq!(reply(&mut world), is("here", &[]));
    world.meet(neighbour, 0);
    assert_eq!(reply(&mut world), is("elsewhere", &["居委会"]));
    world.meet(neighbour, author);
    assert_eq!(reply(&mut world), is("arrived", &["3-2-501", "居委会"]));
    assert_eq!(at_author(&mut world).0, "read");
    assert_eq!(
        of_post(&mut world, author, &id)["comments"][0]["delivery"],
        Value::Null
    );
    // Said a minute later, it stands below.
    world.pass(60);
    let text = "太好了".to_owned();
    world.data(
        author,
        Request::PostComment {
            id: id.clone(),
            text,
        },
    );
    world.meet(neighbour, author);
    assert_eq!(reply(&mut world).0, "read");
    let list = world.data(author, Request::PostList);
    assert_eq!(list["posts"][0]["delivery"]["stage"], "read");
}

#[test]
fn a_pass_has_arrived_when_its_gate_has_it_and_a_notice_when_a_household_has() {
    let mut world = World::found();
    world.hears = true;
    let gate = world.gate("east");
    let house = world.house("3-2-501");
    for _ in 0..2 {
        world.meet(0, gate);
        world.meet(0, house);
    }
    let text = world.issue(house, "李然");
    let pass = |world: &mut World| {
        let list = world.data(house, Request::PassList);
        list["passes"][0]["delivery"]["stage"].clone()
    };
    assert_eq!(pass(&mut world), "here");
    world.meet(house, 0);
    assert_ne!(pass(&mut world), "arrived", "the office is not the gate");
    world.meet(house, gate);
    assert_eq!(pass(&mut world), "arrived");
    world.scan(gate, &text);
    world.meet(house, gate);
    assert_eq!(pass(&mut world), "read");

    let notice = NoticeArgs {
        title: "停电".into(),
        body: "今天15时".into(),
        confirm: true,
        ..NoticeArgs::default()
    };
    world.data(0, Request::NoticePublish(notice));
    let notice = |world: &mut World, home: usize| {
        let list = world.data(home, Request::NoticeList);
        list["notices"][0].clone()
    };
    assert_eq!(notice(&mut world, 0)["delivery"]["stage"], "here");
    world.meet(0, house);
    assert_eq!(notice(&mut world, 0)["delivery"]["stage"], "arrived");
    let there = notice(&mut world, house);
    assert_eq!(there["delivery"], json!(null));
    let id = there["id"].as_str().unwrap().to_owned();
    world.data(house, Request::NoticeConfirm { id });
    world.meet(0, house);
    assert_eq!(notice(&mut world, 0)["delivery"]["stage"], "read");
}
