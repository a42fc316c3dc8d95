//! A register at a real office, through the window: a file is read in, written, looked through, put into a cell, taken back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::{NodeT as _, Queryable};
use linli_node::api::{GridAct, Request};
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Window, ask, found, options};
use std::path::Path;

const FILE: &str = "../../tests/data/registry-small-utf8.csv";

/// A choice, or a line of the list.
fn pick(window: &mut Window, part: &str) {
    {
        let mut named = window.harness.query_all_by_label_contains(part);
        let button = named.find(|node| node.accesskit_node().role() == accesskit::Role::Button);
        button
            .unwrap_or_else(|| panic!("nothing to press says {part}"))
            .click();
    }
    window.harness.run_ok();
}

#[test]
fn a_register_is_read_in_through_the_window_and_the_commands_see_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let options = options(dir.path(), "office");
    found(&options);
    let units = || ask(&options, Request::RegistryList { place: None })["buildings"].clone();
    let mut window = Window::open(&options, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num7);
    window.until("登记里还没有房屋");
    pick(&mut window, "读入表格");
    window.until("选表格……");

    // What is no table changes nothing.
    let photo = dir.path().join("照片.xlsx");
    std::fs::write(&photo, b"\x89PNG\r\n\x1a\n").unwrap();
    window.in_sight("选表格……");
    window.file(&photo);
    window.until("登记没有改动");

    window.in_sight("换一个表格……");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    window.file(&file);
    window.until("还没有写入。请先看看会改什么");
    assert!(window.says("表格里有 100 行"));
    assert_eq!(
        units().as_array().unwrap().len(),
        0,
        "a preview writes nothing"
    );
    window.in_sight("写入登记");
    window.until("已经写入登记。");
    window.until("2 栋楼");
    let buildings = units();
    assert_eq!(buildings.as_array().unwrap().len(), 2, "{buildings}");
    let batches = ask(&options, Request::RegistryBatches)["batches"].clone();
    assert_eq!(batches[0]["stage"], "applied");
    assert!(batches[0]["at_ms"].as_u64().unwrap() > 0);

    // Looked through: a building, a unit of it, who lives there, as the command shows it.
    pick(&mut window, "1号楼 · ");
    window.until("1单元");
    let place = Some("1".to_owned());
    let listed = ask(&options, Request::RegistryList { place })["units"].clone();
    let mut lived = listed.as_array().unwrap().iter();
    let lived = lived
        .find(|unit| unit["persons"].as_u64() > Some(0))
        .unwrap();
    let unit = lived["unit"].as_str().unwrap().to_owned();
    let what = unit.clone();
    let shown = ask(&options, Request::RegistryShow { what });
    let name = shown["unit"]["persons"][0]["name"]
        .as_str()
        .unwrap()
        .to_owned();
    window
        .harness
        .get_by_role_and_label(accesskit::Role::TextInput, "查找")
        .focus();
    window.harness.run_ok();
    window.text(&name);
    window.key(Modifiers::NONE, Key::Enter);
    window.until(&format!("{name} · {unit}"));
    pick(&mut window, &format!("{name} · {unit}"));
    window.until("住的人");
    window.settle();
    assert!(window.says(&name));

    // Into a cell.
    window.in_sight("改它所在的网格");
    window.until("归到这个网格");
    let role = accesskit::Role::TextInput;
    window
        .harness
        .get_by_role_and_label(role, "网格编号")
        .focus();
    window.harness.run_ok();
    window.text("07");
    window.in_sight("归到这个网格");
    window.until("属于网格07");
    let cells = ask(&options, Request::Grid { act: GridAct::List })["cells"].clone();
    assert_eq!(
        (&cells[0]["cell"], &cells[0]["units"]),
        (&"07".into(), &1.into())
    );

    // All of it taken back: by the window that wrote it, or by one that is opened after a night.
    drop(window);
    let mut window = Window::open(&options, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num7);
    window.until("2 栋楼");
    pick(&mut window, "读入表格");
    window.until("已写入");
    pick(&mut window, "查看 · registry-small-utf8.csv");
    window.until("已经写入登记。");
    window.in_sight("整批撤销");
    window.until("真的整批撤销吗");
    window.in_sight("撤销这一批");
    window.until("已经整批撤销");
    window.until("登记里还没有房屋");
    assert_eq!(units().as_array().unwrap().len(), 0);
    let query = name;
    let found = ask(&options, Request::RegistryFind { query });
    assert_eq!(found["persons"].as_array().unwrap().len(), 0);
}
