//! One box that finds what a home holds, and nothing that it must not show.

use super::world::World;
use crate::api::{BoardAct, NoticeArgs, Request};
use linli_exchange::register::{self, Duplicates};
use serde_json::{Value, json};

const REGISTER: &str = "楼栋,单元,房号,姓名,手机,车牌\n\
    3,2,501,张三,13900000021,京A1234Z\n\
    3,2,502,王莉,13900000022,\n";

fn found(world: &mut World, home: usize, query: &str) -> Vec<(String, String)> {
    let data = find(world, home, query);
    let hits = data["hits"].as_array().unwrap().iter();
    let text = |hit: &Value, name: &str| hit[name].as_str().unwrap().to_owned();
    hits.map(|hit| (text(hit, "kind"), text(hit, "title")))
        .collect()
}

fn find(world: &mut World, home: usize, query: &str) -> Value {
    let (query, most) = (query.to_owned(), None);
    world.data(home, Request::Find { query, most })
}

fn hit(kind: &str, title: &str) -> (String, String) {
    (kind.to_owned(), title.to_owned())
}

fn import(world: &mut World) {
    let sheet = register::read(REGISTER.as_bytes(), "r", &mut |_, _| ()).unwrap();
    let cleaned = register::clean(&sheet, jiff::civil::date(2026, 11, 22));
    let (file, duplicates) = ("r.csv".to_owned(), Duplicates::Update);
    let cleaned = Box::new(cleaned);
    let preview = world.data(
        0,
        Request::RegistryImport {
            file,
            cleaned,
            duplicates,
        },
    );
    let batch = preview["batch"].as_str().unwrap().to_owned();
    world.data(0, Request::RegistryApply { batch });
}

fn notice(world: &mut World, title: &str, confirm: bool, expires_ms: Option<u64>) -> String {
    let said = world.data(
        0,
        Request::NoticePublish(NoticeArgs {
            title: title.into(),
            body: "因線路故障，今天15時".into(),
            area: vec!["3".into()],
            confirm,
            expires_ms,
            ..NoticeArgs::default()
        }),
    );
    said["id"].as_str().unwrap().to_owned()
}

fn post(world: &mut World, home: usize, body: &str) -> String {
    let (kind, body) = ("found".to_owned(), body.to_owned());
    let said = world.data(home, Request::PostNew { kind, body });
    said["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_office_finds_people_units_and_plates_and_a_household_finds_none_of_its_neighbours() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    import(&mut world);
    world.meet(0, house);
    for query in ["张三", "張三", "zs", "zhangsan"] {
        assert_eq!(
            found(&mut world, 0, query)[0],
            hit("person", "张三"),
            "{query}"
        );
        assert!(
            !found(&mut world, house, query).contains(&hit("person", "张三")),
            "{query}"
        );
    }
    assert_eq!(found(&mut world, 0, "京A12342"), [hit("unit", "3-2-501")]);
    assert!(found(&mut world, house, "京A12342").is_empty());
    for query in ["3-2-502", "３号楼2单元502", "3号楼 2单元 502", "32502"] {
        assert_eq!(
            found(&mut world, 0, query)[0],
            hit("unit", "3-2-502"),
            "{query}"
        );
    }
    assert!(found(&mut world, 0, "13900000022").contains(&hit("person", "王莉")));
}

#[test]
fn what_was_written_after_the_first_search_is_found_and_what_ran_out_is_over() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    world.meet(0, house);
    assert!(found(&mut world, house, "停电").is_empty());
    let until = (world.wall(0) + 3600) * 1000;
    let id = notice(&mut world, "停电通知", true, Some(until));
    world.meet(0, house);
    for query in ["停电", "tdtz", "線路", "状态:未确认", "楼:3 类:通知"] {
        assert_eq!(
            found(&mut world, house, query),
            [hit("notice", "停电通知")],
            "{query}"
        );
    }
    world.data(house, Request::NoticeConfirm { id });
    assert!(found(&mut world, house, "状态:未确认").is_empty());
    world.pass(7200);
    assert_eq!(find(&mut world, house, "停电")["hits"][0]["status"], "over");
}

#[test]
fn hidden_and_erased_words_are_not_found_and_replies_are() {
    let mut world = World::found();
    let (author, other) = (world.house("3-2-501"), world.house("3-2-502"));
    let id = post(&mut world, author, "捡到钥匙一串，蓝色小熊");
    for home in [author, other] {
        world.meet(0, home);
    }
    assert_eq!(found(&mut world, other, "yaoshi"), [hit("post", "3-2-501")]);
    let text = "是我家的雨伞".to_owned();
    world.data(
        other,
        Request::PostComment {
            id: id.clone(),
            text,
        },
    );
    assert_eq!(found(&mut world, other, "雨伞"), [hit("post", "3-2-501")]);
    world.meet(0, other);
    let act = BoardAct::Moderate {
        id: id.clone(),
        comment: None,
        hide: true,
        reason: "规约".into(),
    };
    world.data(0, Request::Board { act });
    for home in [other, author] {
        world.meet(0, home);
    }
    assert!(found(&mut world, other, "小熊").is_empty(), "hidden");
    assert_eq!(
        found(&mut world, author, "小熊").len(),
        1,
        "its author reads it"
    );
    world.data(author, Request::Erase { id });
    assert!(found(&mut world, author, "小熊").is_empty(), "erased");
}

#[test]
fn nothing_and_too_much_are_refused_and_only_so_many_are_given() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    let ask = |world: &mut World, query: &str, most| {
        let query = query.to_owned();
        world.ask(house, Request::Find { query, most })
    };
    assert_eq!(
        ask(&mut world, " 　", None).unwrap_err().code,
        "empty-query"
    );
    let long = "长".repeat(101);
    assert_eq!(
        ask(&mut world, &long, None).unwrap_err().code,
        "query-too-long"
    );
    for n in 0..5 {
        post(&mut world, house, &format!("沙发 {n}"));
    }
    let data = ask(&mut world, "沙发", Some(3)).unwrap().data;
    assert_eq!(
        (data["hits"].as_array().unwrap().len(), &data["total"]),
        (3, &json!(5))
    );
}

#[test]
fn the_index_that_follows_what_is_written_is_the_one_made_anew() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    import(&mut world);
    found(&mut world, 0, "x");
    let first = post(&mut world, house, "沙发");
    notice(&mut world, "停水", false, None);
    world.meet(0, house);
    found(&mut world, 0, "x");
    world.data(house, Request::Erase { id: first });
    post(&mut world, house, "雨伞");
    world.meet(0, house);
    for query in ["类:帖子", "类:通知", "类:房", "类:人"] {
        let followed = find(&mut world, 0, query)["hits"].clone();
        world.restart(0);
        assert_eq!(followed, find(&mut world, 0, query)["hits"], "{query}");
    }
}
