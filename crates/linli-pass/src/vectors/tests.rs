//! Every code has a vector; vectors come out as they say, and a wrong one is noticed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_code_has_a_vector_and_every_vector_comes_out_as_it_says() {
    let made = make::all().unwrap();
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for one in &made {
        assert!(names.insert(&one.name), "{}", one.name);
        let vector: Vector = serde_json::from_str(&one.json).unwrap();
        assert!(is_known(&vector.expected), "{}", one.name);
        if let Err(difference) = run(&one.json) {
            panic!("{}: {difference}", one.name);
        }
        codes.extend(Code::parse(&vector.expected.code));
    }
    let missing: Vec<_> = Code::ALL.iter().filter(|c| !codes.contains(c)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_code_has_at_least_three_vectors_and_good_ones_stand_beside_them() {
    let mut bad: BTreeMap<Code, BTreeSet<String>> = BTreeMap::new();
    let mut good = BTreeSet::new();
    for one in make::all().unwrap() {
        let vector: Vector = serde_json::from_str(&one.json).unwrap();
        match Code::parse(&vector.expected.code) {
            Some(code) => {
                // Three that differ in what is shown or in the gate, not three copies under three names.
                let case = format!("{:?} {:?}", vector.prefix, vector.testctx);
                bad.entry(code).or_default().insert(case);
            }
            None => assert!(good.insert(one.name)),
        }
    }
    for code in Code::ALL {
        let count = bad.get(code).map_or(0, BTreeSet::len);
        assert!(count >= 3, "{code} has {count}");
    }
    assert!(good.len() >= 25, "{good:?}");
}

#[test]
fn a_vector_that_says_something_else_is_noticed_and_where() {
    let made = make::all().unwrap();
    let sound: serde_json::Value = serde_json::from_str(&made[1].json).unwrap();
    for (path, wrong, stage) in [
        ("/EXPECTED/DECISION", "DENY", "DECISION"),
        ("/EXPECTED/CODE", "E_SIG", "CODE"),
        ("/PREFIX", "LL1:ABC", "2DCODE"),
        ("/BASE45", "ABC", "BASE45"),
        ("/COSE", "00", "COSE"),
        ("/CBOR", "00", "CBOR"),
        ("/CLAIMS/7", "00", "CLAIMS"),
        ("/2DCODE", "!", "2DCODE"),
        ("/TESTCTX/CLOCK/STATE", "FINE", "TESTCTX"),
    ] {
        let mut changed = sound.clone();
        *changed.pointer_mut(path).unwrap() = wrong.into();
        assert_eq!(
            run(&changed.to_string()).unwrap_err().stage,
            stage,
            "{path}"
        );
    }
    for (stage, wrong) in [
        ("VERIFY", false),
        ("CHAIN", false),
        ("CBOR", false),
        ("B45", false),
        ("UNPREFIX", false),
    ] {
        let mut changed = sound.clone();
        changed["EXPECTED"][stage] = wrong.into();
        assert_eq!(run(&changed.to_string()).unwrap_err().stage, stage);
    }
    assert_eq!(run("{}").unwrap_err().stage, "FILE");
    assert_eq!(run("nonsense").unwrap_err().stage, "FILE");
    let mut extra = sound;
    extra["EXPECTED"]["EXTRA"] = true.into();
    assert_eq!(run(&extra.to_string()).unwrap_err().stage, "FILE");
}

#[test]
fn the_test_keys_and_the_gate_for_foreign_passes_are_sound() {
    let keys: serde_json::Value = serde_json::from_str(&make::keys().unwrap()).unwrap();
    assert_eq!(keys["HOST"]["KID"].as_str().unwrap().len(), 16);
    let gate = make::gate_context().unwrap().state().unwrap();
    assert_eq!(gate.place.community.short(), keys["AUD"].as_str().unwrap());
}
