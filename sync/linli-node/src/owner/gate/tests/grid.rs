//! Grid cells: read from a register, said by hand, and a notice to one.

use super::world::{World, member};
use crate::api::{Fault, GridAct, NoticeArgs, Request};
use crate::replica::EnrolAs;
use linli_exchange::register::{self, Duplicates};
use linli_record::RecordKind;
use linli_record::draft::RoomDraft;
use serde_json::{Value, json};

/// Building 3 lies in cell 02 but for one room; of building 4 only a stair does.
const REGISTER: &str = "楼栋,单元,房号,网格,姓名,居住性质\n\
    3,1,101,02,张三,自住\n\
    3,2,501,网格2,王莉,自住\n\
    3,2,502,03,李四,自住\n\
    4,1,101,第2网格,赵六,自住\n\
    4,1,102,2,,空置\n\
    4,2,101,,孙七,自住\n\
    5,1,101,03,周八,自住\n";

fn import(world: &mut World, text: &str) -> Value {
    let sheet = register::read(text.as_bytes(), "r", &mut |_, _| ()).unwrap();
    let cleaned = register::clean(&sheet, jiff::civil::date(2026, 11, 22));
    let preview = world.data(
        0,
        Request::RegistryImport {
            file: "r.csv".to_owned(),
            cleaned: Box::new(cleaned),
            duplicates: Duplicates::Update,
        },
    );
    let batch = preview["batch"].as_str().unwrap().to_owned();
    world.data(0, Request::RegistryApply { batch });
    preview
}

fn grid(world: &mut World, home: usize, act: GridAct) -> Value {
    world.data(home, Request::Grid { act })
}

fn area(world: &mut World, words: &[&str]) -> Value {
    let area = words.iter().map(|word| (*word).to_owned()).collect();
    grid(world, 0, GridAct::Area { area })
}

fn set(cell: Option<&str>, places: &[&str]) -> GridAct {
    GridAct::Set {
        cell: cell.map(str::to_owned),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
    }
}

fn to(area: &[&str]) -> Request {
    Request::NoticePublish(NoticeArgs {
        title: "停电".into(),
        body: "今天三点".into(),
        area: area.iter().map(|word| (*word).to_owned()).collect(),
        confirm: true,
        ..NoticeArgs::default()
    })
}

fn publish(world: &mut World, area: &[&str]) -> String {
    world.data(0, to(area))["id"].as_str().unwrap().to_owned()
}

fn notice(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    world.data(home, Request::NoticeShow { id })["notice"].clone()
}

fn refused(world: &mut World, home: usize, request: Request) -> Fault {
    world.homes[home]
        .handle(request, &mut |_, _| {})
        .unwrap_err()
}

#[test]
fn a_notice_to_a_cell_is_signed_to_its_places_and_counted_by_them() {
    let mut world = World::found();
    let inside = world.house("3-2-501");
    let outside = world.house("3-2-502");
    import(&mut world, REGISTER);
    let listed = grid(&mut world, 0, GridAct::List);
    assert_eq!(
        listed["cells"],
        json!([
            { "cell": "02", "buildings": ["3", "4"], "units": 4 },
            { "cell": "03", "buildings": ["3", "5"], "units": 2 },
        ])
    );
    assert_eq!(listed["without"], 1);
    // The fewest words that mean no home more.
    let counted = area(&mut world, &["grid:02"]);
    assert_eq!(counted["area"], json!(["3-1", "3-2-501", "4-1"]));
    assert_eq!(
        (&counted["units"], &counted["vacant"]),
        (&json!(3), &json!(1))
    );
    let id = publish(&mut world, &["网格02", "5号楼"]);
    world.meet(0, inside);
    world.meet(0, outside);
    let shown = notice(&mut world, inside, &id);
    assert_eq!(shown["area"], json!(["3-1", "3-2-501", "4-1", "5"]));
    assert_eq!(shown["cells"], json!(["02"]));
    assert_eq!(shown["asks_me"], true);
    assert_eq!(notice(&mut world, outside, &id)["asks_me"], false);
    let reach = world.data(0, Request::NoticeReach { id: id.clone() });
    assert_eq!((&reach["of"], &reach["vacant"]), (&json!(4), &json!(1)));
    assert_eq!(
        reach["unconfirmed"],
        json!(["3-1-101", "3-2-501", "4-1-101", "5-1-101"])
    );
    // What was signed does not move with the register.
    grid(&mut world, 0, set(Some("3"), &["3-2-501"]));
    assert_eq!(notice(&mut world, inside, &id)["asks_me"], true);
    assert_eq!(world.data(0, Request::NoticeReach { id })["of"], 4);
    assert_eq!(
        area(&mut world, &["grid:02"])["area"],
        json!(["3-1", "4-1"])
    );
}

#[test]
fn a_cell_that_means_nobody_is_refused_and_never_means_everybody() {
    let mut world = World::found();
    import(&mut world, REGISTER);
    let fault = refused(&mut world, 0, to(&["grid:09"]));
    assert_eq!(fault.code, "grid-unknown");
    assert_eq!(fault.args["cell"], "09");
    assert_eq!(world.data(0, Request::NoticeList)["notices"], json!([]));
    let counted = area(&mut world, &["grid:09"]);
    assert_eq!(
        (&counted["units"], &counted["unknown"]),
        (&json!(0), &json!(["grid:09"]))
    );
    assert_eq!(refused(&mut world, 0, to(&["grid:"])).code, "bad-area");
    assert_eq!(area(&mut world, &[])["units"], 6);
}

#[test]
fn the_register_is_told_by_hand_and_by_the_next_spreadsheet() {
    let mut world = World::found();
    let house = world.house("4-2-101");
    import(&mut world, REGISTER);
    let said = grid(&mut world, 0, set(Some("第7网格"), &["4号楼"]));
    assert_eq!(
        (&said["cell"], &said["places"]),
        (&json!("07"), &json!(["4"]))
    );
    // The rooms of the building follow, also those of which the spreadsheet said otherwise.
    assert_eq!(area(&mut world, &["grid:07"])["area"], json!(["4"]));
    assert_eq!(grid(&mut world, 0, set(Some("7"), &["4"]))["changed"], 0);
    // A home without the office's register knows it, too.
    world.meet(0, house);
    assert_eq!(
        grid(&mut world, house, GridAct::List)["cells"][2],
        json!({ "cell": "07", "buildings": ["4"], "units": 3 })
    );
    let again = import(
        &mut world,
        "楼栋,单元,房号,网格,姓名\n4,2,101,8,孙七\n4,1,101,7,赵六\n",
    );
    assert_eq!(again["counts"]["units_update"], 1);
    assert_eq!(area(&mut world, &["grid:08"])["area"], json!(["4-2"]));
    let batch = again["batch"].as_str().unwrap().to_owned();
    world.data(0, Request::RegistryUndo { batch });
    assert_eq!(area(&mut world, &["grid:07"])["area"], json!(["4"]));
    grid(&mut world, 0, set(None, &["4"]));
    assert_eq!(area(&mut world, &["grid:07"])["units"], 0);
    let shown = world.data(
        0,
        Request::RegistryShow {
            what: "3-2-501".into(),
        },
    );
    assert_eq!(shown["unit"]["cell"], "02");
}

#[test]
fn only_who_keeps_the_register_says_where_a_home_lies() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    import(&mut world, REGISTER);
    world.meet(0, house);
    let refuse = |world: &mut World, home, act| refused(world, home, Request::Grid { act }).code;
    assert_eq!(
        refuse(&mut world, house, set(Some("9"), &["3"])),
        "no-register-role"
    );
    assert_eq!(
        refuse(&mut world, 0, set(Some("9"), &["99"])),
        "grid-no-place"
    );
    assert_eq!(refuse(&mut world, 0, set(Some("-"), &["3"])), "bad-grid");
    assert_eq!(
        refuse(&mut world, 0, set(Some("9"), &["3", "…"])),
        "bad-area"
    );
    assert_eq!(
        area(&mut world, &["grid:02"])["area"],
        json!(["3-1", "3-2-501", "4-1"])
    );
}

/// Clearing it set nothing over nothing, and the room lay in its building's cell again.
#[test]
fn a_room_leaves_the_cell_of_its_building_and_comes_back() {
    let mut world = World::found();
    import(&mut world, REGISTER);
    grid(&mut world, 0, set(Some("2"), &["3"]));
    assert_eq!(area(&mut world, &["grid:02"])["area"], json!(["3", "4-1"]));
    let said = grid(&mut world, 0, set(None, &["3-2-501"]));
    assert_eq!(said["changed"], 1);
    assert_eq!(
        area(&mut world, &["grid:02"])["area"],
        json!(["3-1", "3-2-502", "4-1"])
    );
    assert_eq!(grid(&mut world, 0, set(None, &["3-2-501"]))["changed"], 0);
    assert_eq!(grid(&mut world, 0, GridAct::List)["without"], 2);
    grid(&mut world, 0, set(Some("2"), &["3-2-501"]));
    assert_eq!(area(&mut world, &["grid:02"])["area"], json!(["3", "4-1"]));
    // The word of the whole building goes before what was said of its rooms.
    grid(&mut world, 0, set(None, &["3-2-501"]));
    grid(&mut world, 0, set(Some("7"), &["3"]));
    assert_eq!(area(&mut world, &["grid:07"])["area"], json!(["3"]));
}

#[test]
fn another_office_moves_no_home_out_of_a_cell_that_this_one_signs_to() {
    let mut world = World::found();
    // Which record comes first is chance: the other office tries often.
    let other = world.join(
        "物业",
        &EnrolAs::Office {
            name: "物业".into(),
        },
    );
    import(&mut world, REGISTER);
    grid(&mut world, 0, set(Some("2"), &["3"]));
    let draft = |stair: &str, room: &str, cell: &str| RoomDraft {
        building: "3".into(),
        stair: stair.into(),
        room: room.into(),
        area_dm2: None,
        cell: Some(cell.into()),
        batch: None,
    };
    for n in 0..8 {
        for (stair, room) in [("1", "101"), ("2", "501"), ("2", "502")] {
            let now = world.homes[other].now();
            let draft = draft(stair, room, if n % 2 == 0 { "9" } else { "-" });
            let replica = member(&mut world.homes[other]);
            replica
                .create(now, RecordKind::Room, |actor| draft.change(actor))
                .unwrap();
        }
    }
    world.meet(0, other);
    world.meet(0, other);
    assert_eq!(area(&mut world, &["grid:02"])["area"], json!(["3", "4-1"]));
    assert_eq!(area(&mut world, &["grid:09"])["units"], 0);
}

#[test]
fn offices_that_disagree_about_a_cell_are_told_of_it_with_who_says_what() {
    let mut world = World::found();
    let role = EnrolAs::Office {
        name: "物业".into(),
    };
    let other = world.join("物业", &role);
    import(&mut world, REGISTER);
    let none = json!([]);
    assert_eq!(grid(&mut world, 0, GridAct::List)["disputed"], none);
    for (stair, room, cell) in [
        // The same word is no dispute, and neither is silence.
        ("1", "101", Some("02")),
        ("2", "501", None),
        ("2", "502", Some("09")),
    ] {
        let draft = RoomDraft {
            building: "3".into(),
            stair: stair.into(),
            room: room.into(),
            area_dm2: None,
            cell: cell.map(str::to_owned),
            batch: None,
        };
        let now = world.homes[other].now();
        let replica = member(&mut world.homes[other]);
        replica
            .create(now, RecordKind::Room, |actor| draft.change(actor))
            .unwrap();
    }
    for _ in 0..2 {
        world.meet(0, other);
    }
    let line = |first: (&str, &str), second: (&str, &str), counts: &str| {
        json!([{
            "places": ["3-2-502"], "units": 1, "counts": counts,
            "says": [
                { "office": first.0, "cell": first.1, "own": true },
                { "office": second.0, "cell": second.1, "own": false },
            ],
        }])
    };
    let here = line(("居委会", "03"), ("物业", "09"), "03");
    assert_eq!(grid(&mut world, 0, GridAct::List)["disputed"], here);
    let there = line(("物业", "09"), ("居委会", "03"), "09");
    assert_eq!(grid(&mut world, other, GridAct::List)["disputed"], there);
    // Whoever writes a notice is told of the cells that it names, also of one that is there by another's word alone.
    for word in ["grid:03", "grid:09"] {
        assert_eq!(area(&mut world, &[word])["disputed"], here, "{word}");
    }
    for words in [&["grid:02"][..], &["3"], &[]] {
        assert_eq!(area(&mut world, words)["disputed"], none, "{words:?}");
    }
    // The window is told the same.
    let ask = linli_view::api::Request::NoticeArea {
        area: vec!["grid:03".into()],
    };
    let linli_view::api::Reply::Area(facts) = world.homes[0].desk(ask) else {
        panic!("no area");
    };
    assert_eq!(facts.disputed[0].says[1].cell.as_deref(), Some("09"));
    // Settled is settled.
    grid(&mut world, 0, set(Some("9"), &["3-2-502"]));
    assert_eq!(grid(&mut world, 0, GridAct::List)["disputed"], none);
}

#[test]
fn homes_and_notices_are_found_by_their_cell() {
    let mut world = World::found();
    import(&mut world, REGISTER);
    publish(&mut world, &["grid:02"]);
    publish(&mut world, &["5"]);
    let mut found = |query: &str| -> Vec<String> {
        let (query, most) = (query.to_owned(), None);
        let data = world.data(0, Request::Find { query, most });
        let hits = data["hits"].as_array().unwrap().iter();
        let mut titles: Vec<String> = hits
            .map(|hit| hit["title"].as_str().unwrap().to_owned())
            .collect();
        titles.sort();
        titles
    };
    assert_eq!(found("类:通知 网格:2"), ["停电"]);
    assert_eq!(found("kind:unit grid:03"), ["3-2-502", "5-1-101"]);
    assert_eq!(found("类:人 网格:03"), ["周八", "李四"]);
    assert!(found("网格02").contains(&"3-1-101".to_owned()));
    let query = "网格02".to_owned();
    let units = world.data(0, Request::RegistryFind { query })["units"].clone();
    assert_eq!(units, json!(["3-1-101", "3-2-501", "4-1-101", "4-1-102"]));
}
