//! A recurring pass with a PIN, made in a household's real window by the keyboard: the gate decides inside and outside of
//! its hours. A pass used too often is told alike by gate, household and office. All passes are cancelled at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_node::api::{DoorAct, GateAct, PassArgs, Request, ScanArgs};
use linli_node::home::HomeOptions;
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Node, Window, ask, ask_until, ask_until_done, enrol, found, now_ms, options};
use serde_json::Value;

const UNIT: &str = "3-2-501";
const DAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// Minutes since midnight in Beijing.
fn minute() -> u64 {
    (now_ms() / 60_000 + 8 * 60) % (24 * 60)
}

/// Hours of today that are over, and stay so for some minutes.
fn over() -> (&'static str, &'static str) {
    // At midnight there are none yet.
    while minute() < 2 {
        std::thread::yield_now();
    }
    if minute() < 1_430 {
        ("0:00", "0:01")
    } else {
        ("12:00", "12:01")
    }
}

fn focus(window: &mut Window, role: Role, name: &str) {
    window.settle();
    window.harness.get_by_role_and_label(role, name).focus();
    window.harness.run_ok();
}

fn press(window: &mut Window, name: &str) {
    focus(window, Role::Button, name);
    window.key(Modifiers::NONE, Key::Space);
}

fn write(window: &mut Window, name: &str, text: &str) {
    focus(window, Role::TextInput, name);
    window.key(Modifiers::COMMAND, Key::A);
    window.text(text);
}

/// Makes a pass for these hours of every day, with a PIN of one's own; gives its text.
fn weekly(
    window: &mut Window,
    house: &HomeOptions,
    label: &str,
    (from, until): (&str, &str),
) -> String {
    window.key(Modifiers::COMMAND, Key::N);
    window.text(label);
    press(window, "更多：每周、多天、团体、口令");
    for day in DAYS {
        press(window, &format!("每周哪几天 · {day}"));
    }
    write(window, "从", from);
    write(window, "到", until);
    press(window, "口令 · 自己定");
    write(window, "口令数字", "482735");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("口令（只显示这一次）");
    assert!(window.says("482735"));
    let all = ask(house, Request::PassList)["passes"].clone();
    let found = all
        .as_array()
        .unwrap()
        .iter()
        .find(|pass| pass["label"] == label);
    let pass = found.unwrap();
    assert_eq!(
        (&pass["pin"], &pass["entries"]),
        (&Value::from(true), &Value::from(0)),
        "{pass}"
    );
    pass["text"].as_str().unwrap().to_owned()
}

/// An office, its running node, a gate and a household that know each other; only the office runs.
fn estate(dir: &std::path::Path) -> ([HomeOptions; 3], Node) {
    let [office, gate, house] = ["office", "gate", "house"].map(|name| options(dir, name));
    found(&office);
    let office_node = Node::start(&office, Vec::new());
    enrol(&office, &gate, None, "gate:1");
    enrol(&office, &house, Some(UNIT), "household");
    {
        let _gate_node = Node::start(&gate, vec![office_node.addr.clone()]);
        knows_household(&gate, &house, &[&office_node.addr]);
    }
    ([office, gate, house], office_node)
}

/// Waits until the gate has its keys and has heard of the household.
fn knows_household(gate: &HomeOptions, house: &HomeOptions, dial: &[&String]) {
    let _node = Node::start(house, dial.iter().map(|addr| (*addr).clone()).collect());
    let find = Request::Gate {
        act: GateAct::FindUnit { query: UNIT.into() },
    };
    ask_until("the gate knows the household", gate, find, |data| {
        data["units"][0]["devices"].as_u64() > Some(0)
    });
    ask_until_done("the household has its keys", house, plain("试"));
}

/// A pass for four hours.
fn plain(label: &str) -> Request {
    let from_s = now_ms() / 1000;
    Request::PassIssue(PassArgs {
        label: label.into(),
        kind: "person".into(),
        from_s,
        until_s: from_s + 4 * 3600,
        host: None,
        entries: 0,
        gates: Vec::new(),
        plate: None,
        companions: 0,
        pin: None,
        windows: Vec::new(),
    })
}

fn scan(gate: &HomeOptions, text: &str, pin: Option<&str>) -> Value {
    ask(
        gate,
        Request::GateCheck(ScanArgs {
            text: Some(text.into()),
            plate: None,
            code: None,
            companions: 0,
            pin: pin.map(str::to_owned),
            lane_plate: None,
        }),
    )
}

#[test]
fn a_recurring_pass_with_a_pin_from_the_form_opens_inside_its_hours_and_not_outside() {
    let dir = tempfile::tempdir().unwrap();
    let ([_, gate, house], office_node) = estate(dir.path());
    drop(office_node);
    let mut window = Window::open(&house, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    let inside = weekly(&mut window, &house, "王阿姨", ("0:00", "24:00"));
    let outside = weekly(&mut window, &house, "李阿姨", over());
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.says("482735"), "a PIN is shown once");
    press(&mut window, "出示给王阿姨的码");
    window.until("门岗会问口令");
    assert!(!window.says("482735"));
    // Kept as somebody who comes regularly: invited again with the same hours, without the PIN.
    press(&mut window, "记为常来的人");
    window.until("只记在这台电脑上");
    window.key(Modifiers::NONE, Key::Escape);
    press(&mut window, "再邀请王阿姨");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("通行码做好了");
    let all = ask(&house, Request::PassList)["passes"].clone();
    let hers: Vec<&Value> = all
        .as_array()
        .unwrap()
        .iter()
        .filter(|pass| pass["label"] == "王阿姨")
        .collect();
    let [new, old] = &hers[..] else {
        panic!("{hers:?}")
    };
    assert_eq!(new["windows"], old["windows"]);
    assert_ne!(new["pin"], old["pin"]);

    // The gate has heard of neither: the passes speak for themselves.
    let asked = scan(&gate, &inside, None);
    assert_eq!(
        (&asked["result"], &asked["code"]),
        (&Value::from("DENY"), &Value::from("E_PIN")),
        "{asked}"
    );
    let wrong = scan(&gate, &inside, Some("111111"));
    assert_eq!(wrong["code"], "E_PIN", "{wrong}");
    let admitted = scan(&gate, &inside, Some("482735"));
    assert_eq!(admitted["result"], "ADMIT", "{admitted}");
    let shut = scan(&gate, &outside, Some("482735"));
    assert_eq!(
        (&shut["result"], &shut["code"]),
        (&Value::from("DENY"), &Value::from("E_WINDOW")),
        "{shut}"
    );
}

fn incidents(home: &HomeOptions) -> Value {
    let act = GateAct::Incidents;
    ask(home, Request::Gate { act })["incidents"].clone()
}

#[test]
fn a_pass_used_too_often_is_told_in_the_windows_of_household_and_office_and_all_are_cancelled() {
    let dir = tempfile::tempdir().unwrap();
    let ([office, gate, house], office_node) = estate(dir.path());
    let from_s = now_ms() / 1000;
    let once = PassArgs {
        label: "郑*".into(),
        kind: "person".into(),
        from_s,
        until_s: from_s + 4 * 3600,
        host: None,
        entries: 1,
        gates: vec![1],
        plate: None,
        companions: 0,
        pin: None,
        windows: Vec::new(),
    };
    let text = ask(&house, Request::PassIssue(once))["text"]
        .as_str()
        .unwrap()
        .to_owned();
    // Nobody runs the gate in between, so the second scan is another person, whom the guard lets in.
    let first = scan(&gate, &text, None);
    assert_eq!(first["result"], "ADMIT", "{first}");
    let used = scan(&gate, &text, None);
    assert_eq!(used["code"], "E_USED", "{used}");
    let act = GateAct::Override {
        event: used["event"].as_str().unwrap().into(),
        reason: "住户同意".into(),
        badge: "07".into(),
    };
    ask(&gate, Request::Gate { act });
    assert_eq!(incidents(&gate).as_array().unwrap().len(), 1);

    let gate_node = Node::start(&gate, vec![office_node.addr.clone()]);
    let mut at_house = Window::open(&house, Lang::ZhCn, Look::Light);
    at_house.until("丰盛园");
    let mut at_office = Window::open(&office, Lang::ZhCn, Look::Light);
    at_office.until("丰盛园");
    for addr in [&office_node.addr, &gate_node.addr] {
        let addr = addr.clone();
        ask(&house, Request::NetDial { addr });
    }
    for window in [&mut at_house, &mut at_office] {
        window.key(Modifiers::ALT, Key::Num3);
        window.until("用超次数的码（1）");
        window.until("郑* 3-2-501：第 2 次，只准 1 次（值班员放行）");
    }
    assert!(at_house.says("这张码可能被转发了") && at_office.says("请他们取消那张码"));
    for home in [&house, &office] {
        assert_eq!(
            incidents(home),
            incidents(&gate),
            "all three are told alike"
        );
    }
    press(&mut at_house, "打开用超次数的码：郑*");
    at_house.until("重新发一张，加上口令");
    at_house.key(Modifiers::NONE, Key::Escape);

    // A pass that still works; then the telephone is lost.
    let text = ask(&house, plain("外婆"))["text"]
        .as_str()
        .unwrap()
        .to_owned();
    at_house.until("出示给外婆的码");
    press(&mut at_house, "全部取消…");
    at_house.until("家里别的机器发的也一起取消");
    press(&mut at_house, "全部取消");
    at_house.until("到现在为止发的通行码全部取消了");
    let rows = ask(&house, Request::PassList)["passes"].clone();
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|pass| pass["cancelled_ms"].is_u64()),
        "{rows}"
    );
    ask_until(
        "the gate has heard of it",
        &gate,
        Request::GateCheck(ScanArgs {
            text: Some(text),
            plate: None,
            code: None,
            companions: 0,
            pin: None,
            lane_plate: None,
        }),
        |said| said["code"] == "E_CANCELLED",
    );

    // The office looks at the plates of residents; the register is empty.
    press(&mut at_office, "看要改什么");
    at_office.until("和登记一致，不用改（0 个）");
    let act = DoorAct::Residents { apply: false };
    assert_eq!(ask(&office, Request::Door { act })["kept"], 0);
    drop((at_house, at_office, gate_node, office_node));
}
