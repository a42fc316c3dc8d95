//! Finding.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use proptest::prelude::*;

fn doc(kind: Kind, id: &str, title: &str, text: &str) -> Doc {
    Doc {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        unit: None,
        buildings: Vec::new(),
        cells: Vec::new(),
        plates: Vec::new(),
        mine: false,
        status: Status::Open,
        until_ms: None,
        at_ms: 0,
    }
}

fn query(typed: &str) -> Query {
    let unit = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let numbers = parts.iter().all(|p| p.parse::<u32>().is_ok());
        (parts.len() == 3 && numbers).then(|| text.to_owned())
    };
    let plate = |text: &str| match text.chars().count() {
        7 => vec![text.to_uppercase(), text.to_uppercase().replace('Z', "2")],
        _ => Vec::new(),
    };
    Query::parse(typed, unit, plate).unwrap()
}

fn ids(index: &Index, typed: &str) -> Vec<String> {
    let found = index.find(&query(typed), 1_000, 50);
    found.hits.iter().map(|hit| hit.doc.id.clone()).collect()
}

#[test]
fn a_cell_narrows_to_what_lies_in_it_or_names_it() {
    let mut index = estate();
    let unit = |unit: &str, cell: &str| Doc {
        unit: Some(unit.to_owned()),
        cells: vec![cell.to_owned()],
        ..doc(Kind::Unit, unit, unit, "")
    };
    index.put(unit("3-2-501", "02"));
    index.put(unit("3-1-201", "12"));
    index.put(Doc {
        cells: vec!["02".to_owned()],
        ..doc(Kind::Notice, "n3", "停水", "今晚")
    });
    let mut found = ids(&index, "网格:2");
    found.sort();
    assert_eq!(found, ["3-2-501", "h1", "n3", "u1"]);
    assert_eq!(ids(&index, "kind:post grid:12"), ["p1"]);
    assert_eq!(ids(&index, "类:通知 网格:第2网格"), ["n3"]);
    assert_eq!(ids(&index, "网格:3"), [""; 0]);
}

fn estate() -> Index {
    let mut index = Index::default();
    index.put(doc(
        Kind::Notice,
        "n1",
        "緊急停電通知",
        "因高压线路故障，今天15点至18点停电。",
    ));
    index.put(Doc {
        status: Status::Over,
        buildings: vec!["3".to_owned()],
        ..doc(Kind::Notice, "n2", "电梯保养", "周三上午保养电梯。")
    });
    index.put(Doc {
        unit: Some("3-1-201".to_owned()),
        at_ms: 5,
        ..doc(Kind::Post, "p1", "", "楼下花坛捡到钥匙一串，王阿姨")
    });
    index.put(Doc {
        unit: Some("3-2-501".to_owned()),
        mine: true,
        ..doc(Kind::Unit, "u1", "3号楼2单元501", "3-2-501 32501")
    });
    index.put(Doc {
        unit: Some("3-2-501".to_owned()),
        ..doc(Kind::Person, "h1", "张三", "3-2-501")
    });
    index.put(Doc {
        plates: vec!["京A12340".to_owned()],
        ..doc(Kind::Pass, "v1", "李然 京A12340", "今天")
    });
    index
}

#[test]
fn by_characters_in_either_script_by_syllables_and_by_first_letters() {
    let index = estate();
    for typed in ["停电", "停電", "tingdian", "jjtd", "ＴＤ"] {
        assert_eq!(ids(&index, typed), ["n1"], "{typed}");
    }
    // 张三, and behind it 周三.
    assert_eq!(ids(&index, "zs"), ["h1", "n2"]);
    assert_eq!(ids(&index, "wangayi"), ["p1"]);
}

#[test]
fn a_unit_by_its_number_or_its_digits_comes_before_what_speaks_of_it() {
    let mut index = estate();
    index.put(doc(Kind::Post, "p2", "", "3-2-501 的快递在门岗"));
    assert_eq!(ids(&index, "3-2-501"), ["u1", "h1", "p2"]);
    assert_eq!(ids(&index, "32501"), ["u1"]);
}

#[test]
fn a_plate_is_found_by_one_that_looks_like_it() {
    assert_eq!(ids(&estate(), "京A1Z340"), ["v1"]);
}

#[test]
fn all_words_have_to_be_there_and_filters_to_hold() {
    let index = estate();
    assert_eq!(ids(&index, "电梯 周三"), ["n2"]);
    assert!(ids(&index, "电梯 周四").is_empty());
    assert_eq!(ids(&index, "类:通知"), ["n1", "n2"]);
    assert_eq!(ids(&index, "类:通知 状态:有效"), ["n1"]);
    assert_eq!(ids(&index, "类:通知 楼:3"), ["n2"]);
    assert_eq!(ids(&index, "building:3 kind:post"), ["p1"]);
}

#[test]
fn what_ran_out_is_over() {
    let mut index = Index::default();
    index.put(Doc {
        until_ms: Some(2_000),
        ..doc(Kind::Notice, "n", "停电", "")
    });
    let typed = query("状态:有效");
    assert_eq!(index.find(&typed, 1_999, 9).total, 1);
    assert_eq!(index.find(&typed, 2_000, 9).total, 0);
    assert_eq!(index.find(&query("状态:过期"), 2_000, 9).total, 1);
}

#[test]
fn what_is_called_so_then_what_says_it_then_what_sounds_like_it() {
    let mut index = Index::default();
    index.put(doc(Kind::Post, "sound", "", "沙发"));
    index.put(doc(Kind::Post, "text", "", "my sf is broken"));
    index.put(doc(Kind::Notice, "title", "SF express", ""));
    index.put(doc(Kind::Notice, "name", "sf", ""));
    assert_eq!(ids(&index, "sf"), ["name", "title", "text", "sound"]);
}

#[test]
fn a_name_of_two_characters_comes_before_longer_ones_with_the_same_first_letters() {
    let mut index = Index::default();
    let person = |id, name, at_ms| Doc {
        at_ms,
        ..doc(Kind::Person, id, name, "3-2-501")
    };
    index.put(person("longer", "张三丰", 9));
    index.put(person("two", "张松", 1));
    index.put(person("before", "小张三", 8));
    assert_eq!(ids(&index, "zs"), ["two", "longer", "before"]);
}

#[test]
fn of_equals_my_own_what_waits_what_goes_on_and_the_newest() {
    let mut index = Index::default();
    let plain = |id: &str| doc(Kind::Post, id, "", "门");
    index.put(Doc {
        status: Status::Over,
        at_ms: 99,
        ..plain("over")
    });
    index.put(Doc {
        at_ms: 1,
        ..plain("old")
    });
    index.put(Doc {
        at_ms: 2,
        ..plain("new")
    });
    index.put(Doc {
        status: Status::Waits,
        ..plain("waits")
    });
    index.put(Doc {
        mine: true,
        status: Status::Over,
        ..plain("mine")
    });
    assert_eq!(ids(&index, "门"), ["mine", "waits", "new", "old", "over"]);
}

#[test]
fn the_place_is_shown_and_marked() {
    let mut index = Index::default();
    let text = format!("{}鑰匙一串\n在楼下", "前".repeat(30));
    index.put(doc(Kind::Post, "p", "", &text));
    for typed in ["钥匙", "yaoshi", "ys"] {
        let query = query(typed);
        let found = index.find(&query, 1_000, 1);
        let hit = &found.hits[0];
        let mark = hit.marks[0];
        let marked: String = hit.snippet.chars().skip(mark.from).take(mark.len).collect();
        assert_eq!(marked, "鑰匙", "{typed}: {}", hit.snippet);
        assert!(hit.snippet.starts_with('…') && !hit.snippet.contains('\n'));
    }
}

#[test]
fn put_again_removed_and_cleared() {
    let mut index = estate();
    index.put(doc(Kind::Notice, "n1", "供水恢复", ""));
    assert!(ids(&index, "停电").is_empty());
    assert_eq!(ids(&index, "供水"), ["n1"]);
    index.remove(Kind::Notice, "n1");
    assert!(ids(&index, "供水").is_empty());
    index.clear(Kind::Notice);
    assert!(ids(&index, "类:通知").is_empty());
    assert_eq!(index.len(), 4);
}

#[test]
fn only_so_many_are_given_and_all_are_counted() {
    let mut index = Index::default();
    for n in 0..30 {
        index.put(doc(Kind::Post, &n.to_string(), "", "沙发"));
    }
    let query = query("shafa");
    let found = index.find(&query, 1_000, 10);
    assert_eq!((found.hits.len(), found.total), (10, 30));
}

proptest! {
    /// Any query against any text: no panic, marks inside what is shown, and every part of a text finds it.
    #[test]
    fn any_part_finds_its_text(text in "[\\PC]{0,60}", typed in "[\\PC]{1,12}", from in 0usize..50, len in 1usize..9) {
        let mut index = Index::default();
        index.put(doc(Kind::Post, "p", "", &text));
        for typed in [typed, text.chars().skip(from).take(len).collect()] {
            let Ok(query) = Query::parse(&typed, |_| None, |_| Vec::new()) else { continue };
            let found = index.find(&query, 1_000, 5);
            for hit in &found.hits {
                for mark in &hit.marks {
                    prop_assert!(mark.from + mark.len <= hit.snippet.chars().count());
                }
            }
        }
        let part: String = text.chars().skip(from).take(len).collect();
        let word = fold(&part);
        if !word.trim().is_empty() && !word.contains([' ', ':']) {
            let query = Query::parse(&part, |_| None, |_| Vec::new()).unwrap();
            prop_assert_eq!(index.find(&query, 1_000, 5).total, 1);
        }
    }
}
