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

#[test]
fn comments_are_closed_as_a_notice_goes_out_and_a_correction_of_it_keeps_them_closed() {
    let mut world = World::found();
    let house = world.house("3-1-201");
    let notice = |title: &str, comments| NoticeArgs {
        title: title.into(),
        body: "今天下午".into(),
        comments,
        ..NoticeArgs::default()
    };
    let closed = |world: &mut World, home: usize, id: &str| {
        world.meet(0, home);
        let notice = shown(world, home, id);
        let closed = notice["comments_closed_ms"] == notice["published_ms"];
        assert_eq!(closed, notice["comments_closed_ms"].is_number());
        let refused = say(world, home, id, "为什么").is_err();
        assert_eq!(refused, closed);
        closed
    };
    let correct = |world: &mut World, id: &str, comments| {
        let (id, with) = (id.to_owned(), notice("停电改期", comments));
        let made = world.data(0, Request::NoticeCorrect { id, with });
        made["id"].as_str().unwrap().to_owned()
    };
    let publish = |world: &mut World, comments| {
        let made = world.data(0, Request::NoticePublish(notice("停电", comments)));
        assert_eq!(made["comments"], json!(comments != Some(false)));
        made["id"].as_str().unwrap().to_owned()
    };
    let first = publish(&mut world, Some(false));
    assert!(closed(&mut world, house, &first));
    world.pass(60);
    let second = correct(&mut world, &first, None);
    assert!(closed(&mut world, house, &second), "a word put right");
    world.pass(60);
    let third = correct(&mut world, &second, Some(true));
    assert!(!closed(&mut world, house, &third), "the office says so");
    world.pass(60);
    let open = publish(&mut world, None);
    assert!(!closed(&mut world, house, &open));
    // Closed later it is inherited as well, and what waits for its time keeps it.
    switch(&mut world, 0, &open, false).unwrap();
    world.pass(60);
    let act = NoticeAct::Schedule {
        with: Box::new(notice("停电又改期", None)),
        corrects: Some(open),
        at_ms: (world.wall(0) + 60) * 1_000,
    };
    world.data(0, Request::Notice { act });
    world.pass(61);
    assert!(world.homes[0].schedule_chores());
    let all = world.data(0, Request::NoticeList)["notices"].clone();
    let last = all[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(all[0]["title"], "停电又改期");
    assert!(closed(&mut world, house, &last));
}

#[test]
fn a_list_has_the_newest_comments_of_a_post_and_its_pages_have_all() {
    let mut world = World::found();
    let [owner, other] = ["3-1-201", "5-2-601"].map(|unit| world.house(unit));
    let (kind, body) = ("ask".to_owned(), "谁有梯子".to_owned());
    let id = world.data(owner, Request::PostNew { kind, body })["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let all: Vec<String> = (0..130)
        .map(|n| {
            world.pass(1);
            say(&mut world, owner, &id, &format!("第{n}条")).unwrap()
        })
        .collect();
    world.meet(0, owner);
    world.meet(0, other);
    let ids = |comments: &Value| -> Vec<String> {
        let all = comments.as_array().unwrap().iter();
        all.map(|c| c["id"].as_str().unwrap().to_owned()).collect()
    };
    for (home, newest) in [(owner, 50), (other, 5), (0, 5)] {
        let post = world.data(home, Request::PostList)["posts"][0].clone();
        assert_eq!(ids(&post["comments"]), all[130 - newest..], "home {home}");
        assert_eq!(post["comments_total"], 130);
        assert_eq!(post["comments_left_out"], 130 - newest);
    }
    let post = world.data(other, Request::PostShow { id: id.clone() })["post"].clone();
    assert_eq!(ids(&post["comments"]), all[30..]);
    assert_eq!(post["comments_left_out"], 30);
    let earlier = |world: &mut World, before: &str| {
        let (id, before) = (id.clone(), before.to_owned());
        let act = BoardAct::Earlier { id, before };
        world.data(other, Request::Board { act })
    };
    let page = earlier(&mut world, &all[30]);
    assert_eq!(ids(&page["comments"]), all[..30]);
    assert_eq!(page["comments_left_out"], 0);
    let none = earlier(&mut world, &all[0]);
    assert_eq!(
        (ids(&none["comments"]).len(), &none["comments_left_out"]),
        (0, &json!(0))
    );
}
