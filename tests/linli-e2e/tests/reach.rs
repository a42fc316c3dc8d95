//! Reach as real processes: a notice for one building, who has it, the doors that are left, the tick at a door.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use serde_json::Value;
use std::process::Command;

const REGISTER: &[u8] = include_bytes!("../../data/registry-small-utf8.csv");

fn words_of(pdf: &str) -> String {
    let out = format!("{pdf}.txt");
    let done = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", pdf, &out])
        .status()
        .expect("pdftotext (apt: poppler-utils)");
    assert!(done.success());
    std::fs::read_to_string(out).unwrap()
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect()
}

#[test]
fn a_notice_counts_the_units_of_its_building_and_the_sheet_names_the_doors_that_are_left() {
    let estate = Estate::found();
    let (office, near, far) = (&estate.office, estate.home("near"), estate.home("far"));
    let file = estate.file("register.csv", REGISTER);
    let batch = office.must(&["registry", "import", &file]);
    office.must(&["registry", "apply", batch["batch"].as_str().unwrap()]);
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &near, &["--unit", "1-1-102"]);
    estate::enrol(office, &far, &["--unit", "2-1-101"]);
    let _near_node = Daemon::start(&near, &[office_node.addr()]);
    let _far_node = Daemon::start(&far, &[office_node.addr()]);
    let body = estate.file("body.txt", "今天15时至18时1号楼停电。");
    let publish = [
        "notice",
        "publish",
        "--title",
        "1号楼停电",
        "--body-file",
        &body,
        "--confirm",
    ];
    office.refused(&[&publish[..], &["--area", "…"]].concat(), 3, "bad-area");
    let reply = office.run(&[&publish[..], &["--area", "一号楼", "--area", "99"]].concat());
    let warnings = &reply.object["warnings"];
    assert_eq!(warnings[0]["code"], "area-unknown", "{warnings}");
    let id = reply.data()["id"].as_str().unwrap();
    let reach = || office.must(&["notice", "reach", id]);
    clock::until("it is heard", NEIGHBOUR, || reach()["delivered"] == 1);
    // 22 units of building 1 are lived in, two are vacant; the household in building 2 has the notice too, and is not
    // counted, because it is not for them.
    let first = reach();
    let counted = |r: &Value, key: &str| r[key].as_u64().unwrap();
    assert_eq!((counted(&first, "of"), counted(&first, "vacant")), (22, 2));
    assert_eq!(
        (counted(&first, "reached"), counted(&first, "no_device")),
        (1, 21)
    );
    assert_eq!(first["buildings"].as_array().unwrap().len(), 1);
    assert_eq!(texts(&first["unconfirmed"])[0], "1-1-102");
    assert_eq!(
        far.must(&["notice", "show", id])["notice"]["asks_me"],
        false
    );
    assert_eq!(
        near.must(&["notice", "show", id])["notice"]["asks_me"],
        true
    );

    // One reminder, and no second one straight after it.
    let asked = office.must(&["notice", "remind", id]);
    assert_eq!((&asked["asked"], &asked["left"]), (&1.into(), &2.into()));
    office.refused(&["notice", "remind", id], 4, "remind-too-soon");
    clock::until("it is asked again", NEIGHBOUR, || {
        let notice = &near.must(&["notice", "show", id])["notice"];
        notice["reminded_ms"].as_array().unwrap().len() == 1
    });
    near.must(&["notice", "confirm", id]);
    clock::until("it is confirmed", NEIGHBOUR, || reach()["confirmed"] == 1);

    // At the doors.
    let tick =
        |unit: &str| office.must(&["notice", "told", id, "--unit", unit, "--words", "知道了"]);
    assert_eq!(tick("1号楼1单元201室")["unit"], "1-1-201");
    assert_eq!(tick("1-1-201")["news"], false);
    for (unit, exit, code) in [
        ("2-1-101", 3, "told-outside-area"),
        ("1-1-999", 6, "told-unit-unknown"),
        ("楼上", 3, "bad-unit"),
    ] {
        office.refused(&["notice", "told", id, "--unit", unit], exit, code);
    }
    near.refused(
        &["notice", "told", id, "--unit", "1-1-201"],
        4,
        "not-allowed",
    );
    let pdf = estate.root().join("doors.pdf").display().to_string();
    let last = office.must(&["notice", "reach", id, "--pdf", &pdf]);
    assert_eq!((counted(&last, "told"), counted(&last, "settled")), (1, 2));
    assert_eq!(
        counted(&last, "of") - 2,
        texts(&last["unconfirmed"]).len() as u64
    );
    let sheet = words_of(&pdf);
    for open in texts(&last["unconfirmed"]) {
        assert!(sheet.contains(open), "{open} is missing:\n{sheet}");
    }
    for done in ["1-1-102", "1-1-201", "2-1-101"] {
        assert!(!sheet.contains(done), "{done} needs no visit:\n{sheet}");
    }
    assert!(!sheet.contains("孙海"), "no name on paper");
    // The others may not see whom it reached.
    near.refused(&["notice", "reach", id], 4, "not-your-notice");
}
