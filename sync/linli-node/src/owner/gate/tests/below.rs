//! What is said below a notice: answers of the office, and comments that it closes.

use super::world::{World, member};
use crate::api::{BoardAct, NoticeAct, NoticeArgs, Request};
use crate::replica::EnrolAs;
use serde_json::{Value, json};

fn shown(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    world.data(home, Request::NoticeShow { id })["notice"].clone()
}

fn say(world: &mut World, home: usize, id: &str, text: &str) -> Result<String, String> {
    let act = BoardAct::Comment {
        id: id.to_owned(),
        text: text.to_owned(),
        answers: None,
        files: vec![],
    };
    let said = world.ask(home, Request::Board { act });
    said.map(|answer| answer.data["id"].as_str().unwrap().to_owned())
        .map_err(|fault| fault.code)
}

fn switch(world: &mut World, home: usize, id: &str, open: bool) -> Result<Value, String> {
    let id = id.to_owned();
    let act = NoticeAct::Comments { id, open };
    let done = world.ask(home, Request::Notice { act });
    done.map(|answer| answer.data).map_err(|fault| fault.code)
}

#[test]
fn what_a_neighbour_says_who_has_not_heard_of_the_closing_is_kept_and_not_shown_to_others() {
    let mut world = World::found();
    let [asks, far] = ["3-1-201", "5-2-601"].map(|unit| world.house(unit));
    let notice = NoticeArgs {
        title: "停电".into(),
        body: "今天下午".into(),
        ..NoticeArgs::default()
    };
    let id = world.data(0, Request::NoticePublish(notice))["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    for house in [asks, far] {
        world.meet(0, house);
    }
    say(&mut world, asks, &id, "几点来电？").unwrap();
    world.meet(0, asks);
    world.pass(60);
    say(&mut world, 0, &id, "18点左右。").unwrap();
    assert_eq!(
        switch(&mut world, asks, &id, false),
        Err("not-your-notice".into())
    );
    world.pass(60);
    switch(&mut world, 0, &id, false).unwrap();
    world.meet(0, asks);
    assert_eq!(
        say(&mut world, asks, &id, "还有"),
        Err("comments-closed".into())
    );
    // The far one has not heard of it.
    world.pass(60);
    say(&mut world, far, &id, "晚到的话").unwrap();
    world.meet(0, far);
    world.meet(0, asks);

    let bodies = |world: &mut World, home: usize| {
        let notice = shown(world, home, &id);
        assert!(notice["comments_closed_ms"].is_number());
        let said = notice["said"].as_array().unwrap().clone();
        let line = |c: &Value| (c["body"].clone(), c["official"].clone(), c["late"].clone());
        said.iter().map(line).collect::<Vec<_>>()
    };
    let line = |body: &str, official, late| (json!(body), json!(official), json!(late));
    let whole = [
        line("几点来电？", false, false),
        line("18点左右。", true, false),
        line("晚到的话", false, true),
    ];
    assert_eq!(bodies(&mut world, 0), whole, "the office reads it");
    assert_eq!(bodies(&mut world, far), whole, "and its author");
    let others = bodies(&mut world, asks);
    assert_eq!(others[2], line("", false, true));
    // What is not shown is not found either.
    let found = |world: &mut World, home: usize| {
        let query = "晚到的话".to_owned();
        world.data(home, Request::Find { query, most: None })["total"].clone()
    };
    for (home, hits) in [(asks, 0), (far, 1), (0, 1)] {
        assert_eq!(found(&mut world, home), hits, "home {home}");
    }

    let opened = switch(&mut world, 0, &id, true).unwrap();
    assert_eq!(
        (&opened["open"], &opened["news"]),
        (&json!(true), &json!(true))
    );
    for house in [asks, far] {
        world.meet(0, house);
    }
    say(&mut world, asks, &id, "谢谢").unwrap();
    let again = shown(&mut world, asks, &id);
    assert_eq!(again["comments_closed_ms"], Value::Null);
}

#[test]
fn a_desk_that_may_not_publish_any_more_closes_no_comments() {
    let mut world = World::found();
    let name = "物业".to_owned();
    let desk = world.join("desk-2", &EnrolAs::Office { name });
    world.meet(0, desk);
    let notice = NoticeArgs {
        title: "停电".into(),
        body: "今天下午".into(),
        ..NoticeArgs::default()
    };
    let id = world.data(desk, Request::NoticePublish(notice))["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let closed = switch(&mut world, desk, &id, false).unwrap();
    assert_eq!(closed["open"], json!(false));
    let device = member(&mut world.homes[desk]).me().device();
    let now = world.homes[0].now();
    member(&mut world.homes[0])
        .new_epoch(now, |e| e.roles.retain(|r| r.device != device))
        .unwrap();
    world.homes[0].settle().unwrap();
    world.pass(60);
    world.meet(0, desk);
    assert_eq!(
        switch(&mut world, desk, &id, true),
        Err("offices-only".into())
    );
}
