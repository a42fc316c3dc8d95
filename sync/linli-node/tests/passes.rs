//! Passes between a household, an office and a gate that run: cancelled, held, revoked, and whether the gate heard.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, data, until};
use linli_node::api::{Request, ScanArgs};
use linli_node::home::HomeOptions;
use serde_json::Value;

struct Trio {
    estate: Estate,
    house: HomeOptions,
    gate: HomeOptions,
}

/// A household and gate 1, both linked with the office.
fn trio() -> Trio {
    let mut estate = Estate::found();
    let house = estate.join("house", Some("3-2-501"), "household");
    let gate = estate.join("gate", None, "gate:1");
    estate.meet(&[&house, &gate]);
    Trio {
        estate,
        house,
        gate,
    }
}

impl Trio {
    fn issue(&self) -> Value {
        let args = self.estate.pass_args(&[1]);
        data(&self.house, Request::PassIssue(args))
    }

    fn check(&self, pass: &Value) -> (String, String) {
        let scan = ScanArgs {
            text: pass["text"].as_str().map(str::to_owned),
            ..ScanArgs::default()
        };
        let said = data(&self.gate, Request::GateCheck(scan));
        let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        (word("result"), word("code"))
    }

    fn denied(&self, pass: &Value, code: &str) {
        assert_eq!(self.check(pass), ("DENY".to_owned(), code.to_owned()));
    }

    fn shown(&self, pass: &Value) -> Value {
        let id = pass["id"].as_str().unwrap().to_owned();
        data(&self.house, Request::PassShow { id })["pass"].clone()
    }

    fn cancel(&self, pass: &Value) {
        let id = pass["id"].as_str().unwrap().to_owned();
        data(&self.house, Request::PassCancel { id });
    }

    fn until_heard(&self, cancelled: u64) {
        until("the gate hears of it", || {
            data(&self.gate, Request::GateStatus)["cancelled"] == cancelled
        });
    }
}

#[test]
fn a_cancelled_pass_is_denied_by_a_gate_that_heard_and_after_its_restart_too() {
    let mut t = trio();
    let (kept, gone) = (t.issue(), t.issue());
    t.cancel(&gone);
    t.until_heard(1);
    // The gate is on its own from here.
    data(&t.gate, Request::NetPause { peer: None });
    t.denied(&gone, "E_CANCELLED");
    assert!(t.shown(&gone)["cancelled_ms"].is_u64());
    assert_eq!(t.shown(&kept)["cancelled_ms"], Value::Null);
    let gate = t.gate.clone();
    t.estate.restart(&gate);
    t.denied(&gone, "E_CANCELLED");
    assert_eq!(t.check(&kept), ("ADMIT".to_owned(), String::new()));
    // Cancelling what was used already changes nothing that happened: the log has it.
    t.cancel(&kept);
    let log = data(&gate, Request::GateLog)["events"].clone();
    let admits = log.as_array().unwrap().iter();
    assert_eq!(admits.filter(|e| e["result"] == "ADMIT").count(), 1);
}

#[test]
fn cancelling_all_ends_what_the_household_issued_and_not_what_it_issues_next() {
    let t = trio();
    let old = [t.issue(), t.issue()];
    let before_s = data(&t.house, Request::PassCancelAll)["before_s"].as_u64();
    t.until_heard(1);
    for pass in &old {
        t.denied(pass, "E_CANCELLED");
        assert!(t.shown(pass)["cancelled_ms"].is_u64());
    }
    // A second is the finest that a pass tells: what is made in the same one is cancelled with the rest.
    until("the second is over", || {
        data(&t.house, Request::Status)["as_of_ms"]
            .as_u64()
            .map(|ms| ms / 1000)
            >= before_s
    });
    let new = t.issue();
    assert_eq!(t.check(&new), ("ADMIT".to_owned(), String::new()));
}

#[test]
fn a_neighbour_cancels_nothing_of_another_household() {
    let mut t = trio();
    let other = t.estate.join("other", Some("3-2-502"), "household");
    t.estate.meet(&[&other]);
    let pass = t.issue();
    let id = pass["id"].as_str().unwrap().to_owned();
    let fault = ask(&other, Request::PassCancel { id }).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("not-found", 6));
    data(&other, Request::PassCancelAll);
    t.until_heard(1);
    assert_eq!(t.check(&pass), ("ADMIT".to_owned(), String::new()));
}

#[test]
fn a_held_households_passes_are_asked_about_or_denied_and_open_again_once_it_is_lifted() {
    let mut t = trio();
    let office = t.estate.office.clone();
    let early = t.issue();
    let device = t.estate.device(&t.house);
    t.estate.in_step(&[&office, &t.gate], "gates");
    // Made on its own, above what the hold will name.
    data(&t.house, Request::NetPause { peer: None });
    let late = t.issue();
    let held = |o: &HomeOptions| {
        let list = data(o, Request::DeviceList)["devices"].clone();
        let of = |d: &&Value| d["id"] == device.as_str();
        list.as_array().unwrap().iter().find(of).unwrap()["held"] == true
    };
    let (id, reason) = (device.clone(), "手机丢了".to_owned());
    data(&office, Request::DeviceHold { id, reason });
    until("the gate hears of it", || held(&t.gate));
    assert_eq!(t.check(&early), ("ASK".to_owned(), "E_HELD".to_owned()));
    t.denied(&late, "E_HELD");
    data(&office, Request::DeviceLift { id: device.clone() });
    until("the gate hears of that", || !held(&t.gate));
    // Within ten seconds a gate repeats its answer to the same picture; a restart forgets that, and not the lift.
    let gate = t.gate.clone();
    t.estate.restart(&gate);
    assert_eq!(t.check(&late), ("ADMIT".to_owned(), String::new()));
    assert_eq!(t.check(&early), ("ADMIT".to_owned(), String::new()));
}

#[test]
fn a_revoked_devices_earlier_pass_opens_and_its_later_one_does_not() {
    let t = trio();
    let office = t.estate.office.clone();
    let early = t.issue();
    until("the gate holds the grant", || {
        data(&t.gate, Request::GateStatus)["grants"] == 1
    });
    t.estate.in_step(&[&office, &t.gate], "gates");
    data(&t.house, Request::NetPause { peer: None });
    let late = t.issue();
    let device = t.estate.device(&t.house);
    let (id, reason) = (device.clone(), "手机丢了".to_owned());
    data(&office, Request::DeviceRevoke { id, reason });
    until("the gate hears of it", || {
        let list = data(&t.gate, Request::DeviceList)["devices"].clone();
        let of = |d: &&Value| d["id"] == device.as_str();
        list.as_array().unwrap().iter().find(of).unwrap()["revoked"] == true
    });
    t.denied(&late, "E_REVOKED");
    assert_eq!(t.check(&early), ("ADMIT".to_owned(), String::new()));
}

#[test]
fn that_the_gate_heard_of_a_pass_is_still_known_after_a_restart() {
    let mut t = trio();
    t.estate.link(&t.house, &t.gate);
    let pass = t.issue();
    let heard = |t: &Trio| t.shown(&pass)["gates"][0]["heard"] == true;
    until("the gate says that it has it", || heard(&t));
    data(&t.house, Request::NetPause { peer: None });
    let house = t.house.clone();
    t.estate.restart(&house);
    assert!(heard(&t), "forgotten: {}", t.shown(&pass));
    // A later one has not been heard of, and until it is, neither is said to be.
    let next = t.issue();
    assert_eq!(t.shown(&next)["gates"][0]["heard"], false);
    data(&t.house, Request::NetResume { peer: None });
    t.estate.link(&t.house, &t.gate);
    until("the gate hears of both", || heard(&t));
}
