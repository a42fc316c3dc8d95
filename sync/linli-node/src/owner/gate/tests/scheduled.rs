//! Notices that wait for their time: the clock, restarts, what is over meanwhile, who may no longer publish.

use super::world::World;
use crate::api::{NoticeAct, NoticeArgs, Request};
use serde_json::{Value, json};

const HOUR_S: u64 = 3_600;

fn act(world: &mut World, home: usize, act: NoticeAct) -> Result<Value, String> {
    let done = world.ask(home, Request::Notice { act });
    done.map(|answer| answer.data).map_err(|fault| fault.code)
}

fn text(title: &str) -> NoticeArgs {
    NoticeArgs {
        title: title.into(),
        body: "正文".into(),
        ..NoticeArgs::default()
    }
}

/// Puts a notice on the list of the office, so many seconds ahead.
fn plan(world: &mut World, with: NoticeArgs, ahead_s: u64) -> Result<String, String> {
    let at_ms = (world.wall(0) + ahead_s) * 1000;
    let planned = NoticeAct::Schedule {
        with: Box::new(with),
        corrects: None,
        at_ms,
    };
    act(world, 0, planned).map(|data| data["id"].as_str().unwrap().to_owned())
}

fn published(world: &mut World) -> Vec<String> {
    let data = world.data(0, Request::NoticeList);
    let list = data["notices"].as_array().unwrap().iter();
    let mut titles: Vec<String> = list
        .map(|n| n["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

/// Id and state of what is on the list.
fn listed(world: &mut World) -> Vec<(String, String)> {
    let data = act(world, 0, NoticeAct::Scheduled).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = data["scheduled"].as_array().unwrap().iter();
    list.map(|one| (text(&one["id"]), text(&one["state"])))
        .collect()
}

fn pair(id: &str, state: &str) -> (String, String) {
    (id.to_owned(), state.to_owned())
}

#[test]
fn a_command_that_can_be_taken_back_does_not_forget_what_waits() {
    let mut world = World::found();
    let id = plan(&mut world, text("后"), HOUR_S).unwrap();
    let (kind, body) = ("ask".to_owned(), "谁有梯子".to_owned());
    world.data(0, Request::PostNew { kind, body });
    assert_eq!(listed(&mut world), [pair(&id, "waits")]);
}

#[test]
fn it_goes_out_when_the_clock_says_so_once_and_not_before() {
    let mut world = World::found();
    let later = plan(&mut world, text("后"), 2 * HOUR_S).unwrap();
    let sooner = plan(&mut world, text("先"), HOUR_S).unwrap();
    assert_eq!(
        listed(&mut world),
        [pair(&sooner, "waits"), pair(&later, "waits")]
    );
    assert!(!world.homes[0].schedule_chores() && published(&mut world).is_empty());
    world.pass(HOUR_S - 1);
    assert!(!world.homes[0].schedule_chores());
    world.pass(1);
    assert!(world.homes[0].schedule_chores());
    assert_eq!(published(&mut world), ["先"]);
    assert!(!world.homes[0].schedule_chores());
    world.pass(HOUR_S);
    assert!(world.homes[0].schedule_chores());
    assert_eq!(published(&mut world), ["先", "后"]);
    assert_eq!(listed(&mut world), []);
    // A household hears it as if it had been written then.
    let house = world.house("3-1-201");
    world.meet(0, house);
    let data = world.data(house, Request::NoticeList);
    let newest = &data["notices"][0];
    assert_eq!(newest["published_ms"], json!(world.wall(0) * 1000));
}

#[test]
fn a_home_that_was_off_publishes_late_what_still_holds_and_keeps_what_is_over() {
    let mut world = World::found();
    plan(&mut world, text("还有效"), HOUR_S).unwrap();
    let over = NoticeArgs {
        expires_ms: Some((world.wall(0) + 2 * HOUR_S) * 1000),
        ..text("过时")
    };
    let over = plan(&mut world, over, HOUR_S).unwrap();
    world.pass(3 * HOUR_S);
    world.restart(0);
    assert!(world.homes[0].schedule_chores());
    assert_eq!(published(&mut world), ["还有效"]);
    assert_eq!(listed(&mut world), [pair(&over, "missed")]);
    // It says so and is tried no more; taking it off gives it back whole.
    world.restart(0);
    assert!(!world.homes[0].schedule_chores());
    let back = act(&mut world, 0, NoticeAct::Unschedule { id: over.clone() }).unwrap();
    assert_eq!(back["scheduled"]["notice"]["title"], "过时");
    assert_eq!(listed(&mut world), []);
    let gone = act(&mut world, 0, NoticeAct::Unschedule { id: over });
    assert_eq!(gone, Err("not-found".into()));
}

#[test]
fn what_was_cancelled_stays_away_and_numbers_are_never_given_again() {
    let mut world = World::found();
    let first = plan(&mut world, text("甲"), HOUR_S).unwrap();
    act(&mut world, 0, NoticeAct::Unschedule { id: first.clone() }).unwrap();
    let second = plan(&mut world, text("乙"), HOUR_S).unwrap();
    assert_ne!(first, second);
    world.pass(HOUR_S);
    world.restart(0);
    world.homes[0].schedule_chores();
    assert_eq!(published(&mut world), ["乙"]);
}

#[test]
fn what_could_never_go_out_is_refused_while_somebody_sits_there() {
    let mut world = World::found();
    let now_ms = world.wall(0) * 1000;
    let house = world.house("3-1-201");
    let planned = |with: NoticeArgs, at_ms: u64| NoticeAct::Schedule {
        with: Box::new(with),
        corrects: None,
        at_ms,
    };
    let ends = NoticeArgs {
        expires_ms: Some(now_ms + 1_000),
        ..text("短")
    };
    let blank = NoticeArgs {
        body: "｛时间｝停电".into(),
        ..text("停电")
    };
    let wrong = NoticeArgs {
        severity: Some("Red".into()),
        ..text("停电")
    };
    let hour = now_ms + 3_600_000;
    for (with, at_ms, code) in [
        (text("昨天"), now_ms, "schedule-past"),
        (text("十年"), now_ms + 400 * 86_400_000, "schedule-far"),
        (ends, hour, "schedule-over"),
        (blank, hour, "blank-left"),
        (wrong, hour, "bad-severity"),
    ] {
        assert_eq!(act(&mut world, 0, planned(with, at_ms)), Err(code.into()));
    }
    let by_house = act(&mut world, house, planned(text("停电"), hour));
    assert_eq!(by_house, Err("offices-only".into()));
    assert_eq!(listed(&mut world), []);
}

#[test]
fn a_correction_that_waits_goes_out_as_one() {
    let mut world = World::found();
    let first = world.data(0, Request::NoticePublish(text("停电")))["id"].clone();
    let first = first.as_str().unwrap().to_owned();
    let planned = NoticeAct::Schedule {
        with: Box::new(text("停电（更正）")),
        corrects: Some(first.clone()),
        at_ms: (world.wall(0) + HOUR_S) * 1000,
    };
    act(&mut world, 0, planned).unwrap();
    world.pass(HOUR_S);
    assert!(world.homes[0].schedule_chores());
    let data = world.data(0, Request::NoticeShow { id: first });
    assert!(data["notice"]["corrected_by"].is_string());
}

#[test]
fn an_office_keeps_templates_of_its_own() {
    let mut world = World::found();
    let save = |name: &str, title: &str| NoticeAct::TemplateSave {
        name: name.into(),
        with: Box::new(NoticeArgs {
            expires_ms: Some(1),
            ..text(title)
        }),
    };
    let id = act(&mut world, 0, save("保养", "电梯保养")).unwrap()["id"].clone();
    // The same name is the same template.
    assert_eq!(
        act(&mut world, 0, save("保养", "电梯年检")).unwrap()["id"],
        id
    );
    world.restart(0);
    let kept = act(&mut world, 0, NoticeAct::Templates).unwrap()["templates"].clone();
    assert_eq!(kept.as_array().unwrap().len(), 1);
    assert_eq!(
        (
            &kept[0]["notice"]["title"],
            &kept[0]["notice"]["expires_ms"]
        ),
        (&json!("电梯年检"), &Value::Null)
    );
    assert_eq!(
        act(&mut world, 0, save(" ", "x")),
        Err("template-empty".into())
    );
    let id = id.as_str().unwrap().to_owned();
    act(&mut world, 0, NoticeAct::TemplateDelete { id: id.clone() }).unwrap();
    let again = act(&mut world, 0, NoticeAct::TemplateDelete { id });
    assert_eq!(again, Err("not-found".into()));
}
