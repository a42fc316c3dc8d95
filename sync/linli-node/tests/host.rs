//! The host's side of a pass, between a household and a gate that run: it came, it left; regular visitors stay at home.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, data, until};
use linli_node::api::{GateAct, Request, ScanArgs};
use std::path::Path;

/// Does any file below hold these bytes?
fn holds(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, needle);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(needle.len()).any(|part| part == needle)
    })
}

#[test]
fn a_household_hears_that_its_visitor_came_and_left_and_keeps_whom_it_invites_often_at_home() {
    const LABEL: &str = "钟点工 甲乙丙";
    let mut estate = Estate::found();
    let house = estate.join("house", Some("3-2-501"), "household");
    let gate = estate.join("gate", None, "gate:1");
    estate.meet(&[&house, &gate]);
    let mut args = estate.pass_args(&[1]);
    args.label = LABEL.into();
    let pass = data(&house, Request::PassIssue(args));
    let id = pass["id"].as_str().unwrap().to_owned();
    let shown = || data(&house, Request::PassShow { id: id.clone() })["pass"].clone();
    assert!(shown()["arrived_ms"].is_null() && shown()["left_ms"].is_null());
    let scan = ScanArgs {
        text: pass["text"].as_str().map(str::to_owned),
        ..ScanArgs::default()
    };
    let admitted = data(&gate, Request::GateCheck(scan));
    assert_eq!(admitted["result"], "ADMIT", "{admitted}");
    until("the household hears of the arrival", || {
        shown()["arrived_ms"].is_u64()
    });
    assert!(shown()["left_ms"].is_null());
    let act = GateAct::Exit {
        event: admitted["event"].as_str().map(str::to_owned),
        plate: None,
        code: None,
    };
    data(&gate, Request::Gate { act });
    until("the household hears of the departure", || {
        shown()["left_ms"].is_u64()
    });
    // What the gate heard it says itself, when the two meet.
    estate.link(&house, &gate);
    until("the gate says what it holds", || {
        let said = shown()["gates"][0].clone();
        said["heard"] == true && said["as_of_ms"].is_u64()
    });

    data(&house, Request::PassKeep { id: id.clone() });
    data(&house, Request::PassKeep { id: id.clone() });
    let kept = || data(&house, Request::PassRegulars)["regulars"].clone();
    assert_eq!(kept().as_array().unwrap().len(), 1, "once is enough");
    assert_eq!(
        (&kept()[0]["label"], &kept()[0]["entries"]),
        (&LABEL.into(), &1.into())
    );
    estate.restart(&house);
    assert_eq!(kept()[0]["label"], LABEL);
    // Nobody else hears of it, and no file shows it.
    assert_eq!(
        data(&estate.office, Request::PassRegulars)["regulars"],
        serde_json::json!([])
    );
    assert!(
        !holds(&house.dir, LABEL.as_bytes()),
        "a name lies open in the home"
    );
    let label = LABEL.to_owned();
    data(
        &house,
        Request::PassForget {
            label: label.clone(),
        },
    );
    assert_eq!(kept(), serde_json::json!([]));
    let again = ask(&house, Request::PassForget { label }).unwrap_err();
    assert_eq!(again.code, "not-found");
}
