//! Residents without a card, refusal lists, units, the evacuation list and the day sheet on a real gate's home, by the
//! keyboard alone, with the network dead.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests; the node beside the window runs on the real clock"
)]

mod gate_home;
mod real;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use gate_home::{gate_after, open};
use linli_node::api::{DoorAct, GateAct, Request};
use real::{ask, enrol, found, options};

#[test]
fn what_a_guard_asks_a_real_gates_node_beside_passes_is_answered_by_key() {
    let dir = tempfile::tempdir().unwrap();
    let (gate, text) = gate_after(dir.path(), |office| {
        enrol(
            office,
            &options(dir.path(), "flat"),
            Some("3-2-501"),
            "household",
        );
        let act = DoorAct::Refuse {
            plate: Some("京N58K21".into()),
            name: Some("推销员".into()),
            reason: Some("闹过事".into()),
        };
        ask(office, Request::Door { act });
    });
    let mut window = open(&gate);
    window.until("预计到访（2）");
    window.press(Key::F6);
    window.line("07");
    window.until("值班：07");

    // A resident without a card: nobody can be called, the guard decides, and who lives here is not inside.
    window.press(Key::F3);
    window.until("住户没带卡：再按一次 F3");
    window.text("3-2-501 老王");
    window.press(Key::F3);
    window.until("没带卡的住户：输入他说的房号");
    window.press(Key::Enter);
    window.until("请先确认，老王  → 3-2-501");
    window.until("联系不上住户的设备");
    window.press(Key::F8);
    window.press(Key::Num2);
    window.press(Key::Enter);
    window.until("已放行并记录");
    window.until("院内未离开（0）");
    let people = ask(
        &gate,
        Request::Gate {
            act: GateAct::Inside,
        },
    )["people"]
        .clone();
    assert_eq!(people, 0, "a resident is at home");

    // A car without a pass: its plate goes along, and is on the refusal list.
    window.press(Key::F2);
    window.text("京N58K21");
    window.press(Key::F3);
    window.line("3-2-501 老周");
    window.until("E_LISTED");
    window.until("不可进入");
    window.key(Modifiers::COMMAND, Key::R);
    window.until("谢绝名单（1）");
    window.until("全小区不接待");
    window.until("推销员  京N58K21");
    assert!(!window.says("闹过事"), "why is for those who keep the list");

    // A pass scanned on a page is a scan.
    window.line(&text);
    window.until("可进入，李* +1 人  → 3-2-501");
    window.until("院内未离开（1）");

    window.key(Modifiers::COMMAND, Key::F);
    window.line("501");
    window.until("房号含 501：查到 1 户");
    window.until("设备现在没连上（1 台）");
    window.until("在院内：李*");
    window.until("约了：张* +1 京AD12345");
    // The unit stands where somebody goes to it.
    window.press(Key::F4);
    window.press(Key::Enter);
    window.until("请先确认，送货/快递  → 3-2-501");

    window.press(Key::F12);
    window.until("疏散名单：院内来访");
    window.until("3 号楼：1 人");
    let told = ask(
        &gate,
        Request::Gate {
            act: GateAct::Evacuation,
        },
    );
    assert_eq!(told["buildings"][0]["building"], "3", "{told}");

    window.key(Modifiers::COMMAND, Key::P);
    window.until("当日单已保存");
    let sheets: Vec<_> = std::fs::read_dir(&gate.dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pdf"))
        .collect();
    let [sheet] = &sheets[..] else {
        panic!("{sheets:?}")
    };
    assert!(std::fs::read(sheet).unwrap().starts_with(b"%PDF-"));
    let name = sheet.file_name().unwrap().to_str().unwrap();
    window.until(name);
    window.press(Key::Escape);
    window.until("预计到访");
    assert!(!window.says(name), "Escape leads back");

    let log = ask(&gate, Request::GateLog)["events"].to_string();
    for word in ["老王", "E_LISTED", "京N58K21", "送货/快递"] {
        assert!(log.contains(word), "{word} is not in {log}");
    }
}

#[test]
fn the_office_writes_the_estates_refusal_list_in_its_own_window_by_the_keyboard() {
    let dir = tempfile::tempdir().unwrap();
    let office = options(dir.path(), "office");
    found(&office);
    let lines = || {
        let act = DoorAct::Refusals;
        ask(&office, Request::Door { act })["refusals"].clone()
    };
    let mut window = open(&office);
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num3);
    window.until("名单上没有人。");
    window.until("门岗不放行进全小区");
    window.focus(Role::TextInput, "车牌");
    window.press(Key::Enter);
    window.until("请写称呼或车牌");
    window.line("拖拉机");
    window.until("车牌读不懂");
    assert_eq!(lines().as_array().unwrap().len(), 0, "no plate");
    window.focus(Role::TextInput, "车牌");
    for _ in 0..3 {
        window.press(Key::Backspace);
    }
    window.text("京N58K21");
    window.focus(Role::TextInput, "原因（只有管名单的人看得到）");
    window.line("闹过事");
    window.until("已列入名单");
    let listed = lines();
    let (plate, why) = (&listed[0]["plate"], &listed[0]["reason"]);
    assert_eq!(
        (plate.as_str(), why.as_str()),
        (Some("京N58K21"), Some("闹过事"))
    );
    assert_eq!(listed[0]["scope"], "estate", "{listed}");
    window.focus(Role::Button, "去掉 京N58K21");
    window.press(Key::Space);
    window.until("已从名单去掉");
    assert_eq!(lines().as_array().unwrap().len(), 0);
}
