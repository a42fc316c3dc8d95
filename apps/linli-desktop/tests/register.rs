//! The register and an alert of an authority by keyboard alone: looked through, a table read in from a folder that is really
//! there, written, taken back; and what cannot be read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::office;
use common::window::{Window, key, press, says, sized};
use common::{NOW_MS, Shared};
use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_desktop::state::State;
use linli_desktop::tables;
use linli_exchange::register::Cleaned;
use linli_view::api::{BatchStage, Duplicates, FaultCode, RegisterAsk, Request};
use linli_view::dates::Now;
use linli_view::intent::{Look, Screen};
use linli_view::register::{Chosen, Unread};
use linli_view::words::Lang;
use std::path::Path;
use std::time::Duration;

/// What the disk is waited for, in steps of 10 ms.
const STEPS: usize = 1_000;
const SMALL: &str = include_str!("../../../tests/data/registry-small-utf8.csv");
const ICE: &str = include_str!("../../../tests/data/cap/04-two-languages-icy-roads.xml");
const NO_CAP: &str = include_str!("../../../tests/data/cap/invalid-1-utc-z.xml");

fn open(node: &Shared, look: Look, screen: Screen, papers: &Path) -> Window {
    let state = State::new(Lang::ZhCn, look, screen);
    sized(node, state, papers, vec2(1366.0, 900.0), 1.0)
}

#[track_caller]
fn until(window: &mut Window, what: &str) {
    for _ in 0..STEPS {
        window.run_ok();
        if says(window, what) {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(10));
    }
    panic!("the window never said: {what}");
}

/// Goes on with `Tab` until what has the focus is called that.
#[track_caller]
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..120 {
        press(window, Key::Tab);
        let focused = window.ctx.memory(|memory| memory.focused());
        let called = |node: &egui_kittest::Node<'_>| {
            let access = node.accesskit_node();
            Some(access.locate().0.0) == focused.map(|id| id.value())
                && access.label().is_some_and(|label| label.contains(name))
        };
        if window.root().children_recursive().any(|node| called(&node)) {
            return;
        }
    }
    panic!("Tab does not come to {name}");
}

#[track_caller]
fn tab_press(window: &mut Window, name: &str) {
    tab_to(window, name);
    press(window, Key::Space);
}

fn registered(node: &Shared) -> Vec<RegisterAsk> {
    let node = node.borrow();
    let asked = node.asked.iter().filter_map(|request| match request {
        Request::Register(ask) => Some(ask.clone()),
        _ => None,
    });
    asked.collect()
}

#[test]
fn a_clerk_goes_from_a_building_to_who_lives_there_and_back_by_keyboard() {
    let nowhere = Path::new("/nonexistent");
    let node = office();
    let mut window = open(&node, Look::Light, Screen::Home, nowhere);
    key(&mut window, Modifiers::ALT, Key::Num7);
    assert!(says(&window, "房屋登记") && says(&window, "8 栋楼 · 264 户"));
    tab_press(&mut window, "2号楼 · 33 户");
    assert!(says(&window, "1单元"));
    tab_to(&mut window, "2-1-301");
    press(&mut window, Key::Enter);
    assert!(says(&window, "袁静文 · 户主") && says(&window, "13900000123"));
    assert!(says(&window, "89.62 m²") && says(&window, "京AD12345"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "袁静文 · 户主") && says(&window, "1单元"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "1单元") && says(&window, "2号楼 · 33 户"));
    let field = window.get_by_role_and_label(accesskit::Role::TextInput, "查找");
    field.focus();
    window.run_ok();
    window.event(Event::Text("袁".into()));
    window.run_ok();
    press(&mut window, Key::Enter);
    assert!(says(&window, "袁天 · 5-1-1101"));
    tab_press(&mut window, "袁天 · 5-1-1101");
    let of = RegisterAsk::Unit {
        unit: "5-1-1101".into(),
    };
    assert_eq!(registered(&node).last(), Some(&of));
}

#[test]
fn a_table_is_read_looked_at_written_and_taken_back_by_keyboard() {
    for look in [Look::Light, Look::Elderly] {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("花名册.csv"), SMALL).unwrap();
        std::fs::write(dir.path().join("照片.jpg"), b"1").unwrap();
        let node = office();
        let mut window = open(&node, look, Screen::Register, dir.path());
        tab_press(&mut window, "读入表格");
        tab_press(&mut window, "选表格……");
        until(&mut window, "表格 · 花名册.csv");
        assert!(says(&window, "还有 1 个文件，不是表格"));
        tab_press(&mut window, "表格 · 花名册.csv");
        until(&mut window, "还没有写入。请先看看会改什么");
        assert!(says(&window, "收不进来 2") && says(&window, "第 17 行:没有写明楼栋或房号"));
        // What the node was given is the whole table, cleaned as the command cleans it.
        let read = registered(&node).into_iter().find_map(|ask| match ask {
            RegisterAsk::Read {
                file,
                table,
                duplicates,
            } => Some((file, table, duplicates)),
            _ => None,
        });
        let (file, table, duplicates) = read.unwrap();
        let cleaned: Cleaned = serde_json::from_str(table.json()).unwrap();
        assert_eq!((file.as_str(), cleaned.counts.rows), ("花名册.csv", 100));
        assert_eq!(duplicates, Duplicates::Update);
        assert!(node.borrow().register.batches[0].stage == BatchStage::Preview);
        // Another way with who is there already compares the same table anew.
        tab_press(&mut window, "保持不变");
        let last = registered(&node)
            .into_iter()
            .rev()
            .find_map(|ask| match ask {
                RegisterAsk::Read { duplicates, .. } => Some(duplicates),
                _ => None,
            });
        assert_eq!(last, Some(Duplicates::Skip));
        tab_press(&mut window, "写入登记");
        until(&mut window, "已写入登记");
        assert!(says(&window, "已经写入登记。") && says(&window, "写入了：楼 8 栋"));
        assert_eq!(node.borrow().register.batches[1].stage, BatchStage::Applied);
        assert_eq!(window.state().state.register.chosen, Chosen::Nothing);
        tab_press(&mut window, "整批撤销");
        assert!(says(&window, "真的整批撤销吗"));
        tab_press(&mut window, "撤销这一批");
        until(&mut window, "已经整批撤销");
        assert_eq!(node.borrow().register.batches[1].stage, BatchStage::Undone);
    }
}

#[test]
fn what_is_no_table_is_said_and_another_file_can_be_chosen() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("花名册.xlsx"), b"%PDF-1.7 no table").unwrap();
    let node = office();
    let mut window = open(&node, Look::Light, Screen::Register, dir.path());
    tab_press(&mut window, "读入表格");
    tab_press(&mut window, "选表格……");
    until(&mut window, "表格 · 花名册.xlsx");
    tab_press(&mut window, "表格 · 花名册.xlsx");
    until(&mut window, "花名册.xlsx 读不了。");
    assert!(says(&window, "PDF") && says(&window, "登记没有改动"));
    assert!(says(&window, "换一个表格……"));
    let read = |ask: &RegisterAsk| matches!(ask, RegisterAsk::Read { .. });
    assert!(
        !registered(&node).iter().any(read),
        "nothing is asked of the home"
    );
}

#[test]
fn what_cannot_be_read_has_its_reason_and_a_table_never_stays_behind_another_page() {
    let now = Now {
        ms: NOW_MS,
        offset_min: 480,
    };
    let dir = tempfile::tempdir().unwrap();
    let gone = tables::table(&dir.path().join("gone.csv"), now);
    assert_eq!(gone, Err(Unread::Missing));
    assert_eq!(
        tables::table(dir.path(), now),
        Err(Unread::Missing),
        "a folder"
    );
    let large = dir.path().join("large.xml");
    std::fs::File::create(&large)
        .unwrap()
        .set_len((1 << 20) + 1)
        .unwrap();
    assert_eq!(
        tables::alert(&large, now),
        Err(Unread::TooLarge { most_mb: 1 })
    );

    let node = office();
    let mut window = open(&node, Look::Light, Screen::Register, dir.path());
    let table = String::from("{}").into();
    window.state_mut().state.register.chosen = Chosen::Table("a.csv".into(), table);
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert_eq!(window.state().state.register.chosen, Chosen::Nothing);
}

#[test]
fn an_import_that_the_home_refuses_stands_as_it_is_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.csv"), SMALL).unwrap();
    let node = office();
    let mut window = open(&node, Look::Light, Screen::Register, dir.path());
    tab_press(&mut window, "读入表格");
    tab_press(&mut window, "选表格……");
    until(&mut window, "表格 · a.csv");
    tab_press(&mut window, "表格 · a.csv");
    until(&mut window, "还没有写入。请先看看会改什么");
    node.borrow_mut().register.fails = Some(FaultCode::RegisterChanged);
    tab_press(&mut window, "写入登记");
    assert!(says(&window, "登记又有了改动"));
    assert!(says(&window, "还没有写入。请先看看会改什么"));
}

#[test]
fn places_are_put_into_a_cell_and_a_form_without_words_sends_nothing() {
    let node = office();
    let mut window = open(
        &node,
        Look::Light,
        Screen::Register,
        Path::new("/nonexistent"),
    );
    tab_press(&mut window, "网格");
    assert!(says(&window, "网格02：66 户（3号楼、4号楼）"));
    tab_press(&mut window, "归到这个网格");
    assert!(says(&window, "这里要写上"));
    let cell = |ask: &RegisterAsk| matches!(ask, RegisterAsk::Cell { .. });
    assert!(!registered(&node).iter().any(cell));
    for (field, text) in [("网格编号", "04"), ("楼、单元或房屋", "7号楼、8-1")] {
        window
            .get_by_role_and_label(accesskit::Role::TextInput, field)
            .focus();
        window.run_ok();
        window.event(Event::Text(text.into()));
        window.run_ok();
    }
    press(&mut window, Key::Enter);
    let of = RegisterAsk::Cell {
        cell: Some("04".into()),
        places: vec!["7号楼".into(), "8-1".into()],
    };
    assert!(registered(&node).contains(&of));
    assert!(says(&window, "属于网格04"));
}

#[test]
fn an_alert_is_read_in_looked_at_and_becomes_a_draft_by_keyboard() {
    for look in [Look::Light, Look::Elderly] {
        let dir = tempfile::tempdir().unwrap();
        // Of a file of last week what counts here is that it has not ended.
        let ice = ICE.replace("<expires>2026", "<expires>2099");
        std::fs::write(dir.path().join("结冰.xml"), ice).unwrap();
        std::fs::write(dir.path().join("坏的.xml"), NO_CAP).unwrap();
        let node = office();
        let mut window = open(&node, look, Screen::Notices, dir.path());
        tab_press(&mut window, "读入预警文件");
        until(&mut window, "预警 · 坏的.xml");
        tab_press(&mut window, "预警 · 坏的.xml");
        until(&mut window, "不能当预警读入");
        assert!(says(&window, "什么都没有发布"));
        tab_press(&mut window, "换一个文件……");
        until(&mut window, "预警 · 结冰.xml");
        tab_press(&mut window, "预警 · 结冰.xml");
        until(&mut window, "先成为通知草稿");
        assert!(says(&window, "发出，") && says(&window, "有效到"));
        // Whom it is for is a place of the authority's own words: that is asked, not guessed.
        assert!(says(&window, "对不上是哪几栋楼"));
        tab_press(&mut window, "转成通知草稿");
        assert!(says(&window, "请先说明给谁。"));
        assert!(
            window.state().state.notice_draft.is_none(),
            "nothing is made yet"
        );
        tab_press(&mut window, "给谁 · 全小区");
        tab_press(&mut window, "转成通知草稿");
        let state = &window.state().state;
        let draft = state.notice_draft.clone().unwrap();
        assert!(state.alert.is_none() && state.composing);
        assert!(!draft.title.is_empty() && !draft.title_en.is_empty());
        assert!(draft.body.lines().next_back().unwrap().starts_with("CAP "));
        assert!(says(&window, "已成为草稿，还没有发出"));
        // Back at the list another one does not write over what is begun.
        press(&mut window, Key::Escape);
        tab_press(&mut window, "读入预警文件");
        until(&mut window, "预警 · 结冰.xml");
        tab_press(&mut window, "预警 · 结冰.xml");
        until(&mut window, "先成为通知草稿");
        tab_press(&mut window, "给谁 · 全小区");
        tab_press(&mut window, "转成通知草稿");
        let state = &window.state().state;
        assert!(state.alert.is_some() && state.notice_draft.as_ref() == Some(&draft));
    }
}
