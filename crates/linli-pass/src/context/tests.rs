//! A context written by hand is read strictly.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::{MONDAY, World, answer};

fn least() -> serde_json::Value {
    serde_json::json!({
        "CHARTER": { "COMMUNITY": "c5".repeat(32), "OFFSET": "+08:00" },
        "CLOCK": { "NOW": "2026-11-23T07:00:00+08:00", "STATE": "GOOD" },
        "GATE": { "NUMBER": 1 },
    })
}

#[test]
fn the_least_context_knows_nobody() {
    let w = World::new();
    let What::Text(text) = w.pass(|_| {}).what else {
        unreachable!()
    };
    let context = Context::parse(&least().to_string()).unwrap();
    assert_eq!(context.clock.now, Time(UnixSec(MONDAY)));
    assert_eq!(
        answer(&context.check(&text, None).unwrap().0),
        "DENY E_KEY_UNKNOWN"
    );
    assert_eq!(
        answer(&context.check("京AD90317", None).unwrap().0),
        "ASK E_PLATE_UNKNOWN"
    );
    assert_eq!(
        answer(&context.check("4821-0376", None).unwrap().0),
        "DENY E_CODE_UNKNOWN"
    );
    let whole = serde_json::json!({ "DESCR": "a vector", "TESTCTX": least() });
    assert!(Context::parse(&whole.to_string()).is_ok());
}

#[test]
fn a_device_in_the_context_is_known_and_the_time_can_be_moved() {
    let w = World::new();
    let What::Text(text) = w.pass(|_| {}).what else {
        unreachable!()
    };
    let mut json = least();
    json["CLOCK"]["NEWS"] = MONDAY.into();
    json["KEYS"]["DEVICES"] =
        serde_json::json!([{ "CERT": hex::encode(w.certificate(|_| {}).bytes()) }]);
    let context = Context::parse(&json.to_string()).unwrap();
    assert_eq!(answer(&context.check(&text, None).unwrap().0), "ADMIT");
    let late = context
        .check(&text, Some(UnixSec(MONDAY + 6 * 3600)))
        .unwrap()
        .0;
    assert_eq!(answer(&late), "DENY E_EXPIRED");
    let written = serde_json::to_string(&context).unwrap();
    assert!(written.contains("2026-11-22T23:00:00Z"), "{written}");
    let again = Context::parse(&written).unwrap();
    assert_eq!(again.state().unwrap(), context.state().unwrap());
}

#[test]
fn what_is_misspelt_or_meaningless_is_refused() {
    for (path, wrong) in [
        ("/GATE/NUMBR", serde_json::json!(1)),
        ("/CLOCK/NOW", serde_json::json!("yesterday")),
        ("/CHARTER/COMMUNITY", serde_json::json!("c5")),
        ("/LEDGER/HOLD", serde_json::json!([])),
    ] {
        let mut json = least();
        let (parent, name) = path.rsplit_once('/').unwrap();
        if json.pointer(parent).is_none() {
            json[parent.trim_start_matches('/')] = serde_json::json!({});
        }
        json.pointer_mut(parent).unwrap()[name] = wrong;
        assert!(Context::parse(&json.to_string()).is_err(), "{path}");
    }
    for (path, wrong) in [("/CLOCK/STATE", "FINE"), ("/CHARTER/OFFSET", "8")] {
        let mut json = least();
        *json.pointer_mut(path).unwrap() = wrong.into();
        assert!(
            Context::parse(&json.to_string()).unwrap().state().is_err(),
            "{path}"
        );
    }
}
