//! Addresses in all the spellings that registers use.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use proptest::prelude::*;

use super::*;

fn key(building: &str, stair: &str, room: &str) -> String {
    UnitKey::from_cells(building, stair, room).map_or_else(|e| e.to_string(), |k| k.to_string())
}

#[test]
fn every_spelling_of_a_building_is_one_building() {
    for spelling in [
        "3",
        "3.0",
        "3#",
        "3#楼",
        "3幢",
        "3栋",
        "3号楼",
        "三号楼",
        "三幢",
        "３号楼",
        "３＃",
        " 3 号楼 ",
        "第3幢",
        "03",
        "NO.3",
        "3座",
    ] {
        assert_eq!(key(spelling, "1", "101"), "3-1-101", "{spelling}");
    }
    assert_eq!(key("十二号楼", "1", "101"), "12-1-101");
    assert_eq!(key("a座", "1", "101"), "A-1-101");
    assert_eq!(
        key("北区3号楼", "1", "101"),
        "北区3-1-101",
        "another building than 3"
    );
}

#[test]
fn every_spelling_of_a_stair_and_a_room_is_one() {
    for (stair, room) in [
        ("2", "501"),
        ("2单元", "501室"),
        ("二单元", "５０１"),
        ("2门", "501房"),
        ("第二单元", "0501"),
        ("２", "五〇一"),
    ] {
        assert_eq!(key("3", stair, room), "3-2-501", "{stair} {room}");
    }
    for none in ["", "无", "/", "0"] {
        assert_eq!(key("3", none, "501"), "3-0-501");
    }
}

#[test]
fn what_is_no_address_is_refused_by_part() {
    for (building, stair, room, part) in [
        ("号楼", "1", "101", Column::Building),
        ("3,4", "1", "101", Column::Building),
        ("3", "一/二", "101", Column::Stair),
        ("3", "1", "?", Column::Room),
        ("3", "1", "101-103", Column::Room),
        ("a very long building name", "1", "101", Column::Building),
    ] {
        assert_eq!(
            UnitKey::from_cells(building, stair, room),
            Err(UnreadableUnit { part })
        );
    }
}

#[test]
fn a_room_cell_may_hold_stair_and_building() {
    let cell = |b: Option<&str>, s: Option<&str>, r: &str| RoomCell {
        building: b.map(str::to_owned),
        stair: s.map(str::to_owned),
        room: Some(r.to_owned()),
    };
    for (text, expected) in [
        ("501", Some(cell(None, None, "501"))),
        ("2-501", Some(cell(None, Some("2"), "501"))),
        ("２－５０１室", Some(cell(None, Some("2"), "501"))),
        ("2单元501室", Some(cell(None, Some("2"), "501"))),
        ("二单元-501", Some(cell(None, Some("2"), "501"))),
        ("3-2-501", Some(cell(Some("3"), Some("2"), "501"))),
        ("3号楼2单元501", Some(cell(Some("3"), Some("2"), "501"))),
        ("3号楼501", Some(cell(Some("3"), None, "501"))),
        ("5层501室", Some(cell(None, None, "501"))),
        ("1-2-3-4", None),
        ("-", None),
    ] {
        assert_eq!(room_cell(text), expected, "{text}");
    }
}

#[test]
fn units_sort_as_people_count() {
    let mut keys: Vec<UnitKey> = [
        "1-1-1001", "10-1-101", "2-1-101", "1-1-201", "A-1-1", "1-2-101",
    ]
    .iter()
    .map(|k| k.parse().unwrap())
    .collect();
    keys.sort();
    let printed: Vec<String> = keys.iter().map(UnitKey::to_string).collect();
    assert_eq!(
        printed,
        [
            "1-1-201", "1-1-1001", "1-2-101", "2-1-101", "10-1-101", "A-1-1"
        ]
    );
}

#[test]
fn an_address_does_not_reach_a_log() {
    let key: UnitKey = "3-2-501".parse().unwrap();
    assert_eq!(format!("{key:?}"), "UnitKey(•••)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_printed_form_reads_back_as_the_same_unit(
        building in "[0-9一二三十〇百零第A-Za-z３#号楼幢栋座甲北区.]{1,8}",
        stair in "[0-9一二三十第单元门梯甲０]{0,5}",
        room in "[0-9〇一二三A-D室号房户５]{1,6}",
    ) {
        if let Ok(key) = UnitKey::from_cells(&building, &stair, &room) {
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
    }

    #[test]
    fn no_cell_panics(building in ".{0,20}", stair in ".{0,20}", room in ".{0,20}") {
        if let Ok(key) = UnitKey::from_cells(&building, &stair, &room) {
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
        let _ = room_cell(&room);
    }
}
