//! A register of 10,000 rows: preview, apply, one undo, by the command line. What is counted is asserted; how long it
//! takes is printed (the bars are those of the release build, `cargo xtask bench`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::estate::Estate;
use linli_e2e::home::Home;
use serde_json::Value;

const ROWS: u32 = 10_000;

fn timed(home: &Home, args: &[&str]) -> Value {
    let began = clock::now();
    let data = home.must(args);
    println!(
        "{:>8.2} s  linli {} {}",
        began.elapsed().as_secs_f64(),
        args[0],
        args[1]
    );
    data
}

#[test]
fn ten_thousand_rows_are_previewed_applied_and_taken_back() {
    let estate = Estate::found();
    let office = &estate.office;
    let file = estate.file("10000.csv", linli_exchange::sample::csv(ROWS));
    let empty = office.must(&["digest"])["digest"].clone();

    let preview = timed(office, &["registry", "import", &file]);
    let counts = &preview["counts"];
    assert_eq!(
        (&counts["rows"], &counts["units"]),
        (&ROWS.into(), &2500.into()),
        "{counts}"
    );
    assert_eq!(counts["issues"]["refused"], 0, "{counts}");
    let persons = counts["persons"].as_u64().unwrap();
    assert!(
        persons > 9000 && counts["add"] == counts["persons"],
        "{counts}"
    );
    assert_eq!(
        office.must(&["digest"])["digest"],
        empty,
        "a preview writes nothing"
    );

    let applied = timed(office, &["registry", "apply", "b1"]);
    let written = &applied["written"];
    assert_eq!(
        (&written["rooms"], &written["households"]),
        (&2500.into(), &2500.into())
    );
    assert_eq!(
        (&written["persons"], &written["vehicles"]),
        (&counts["add"], &counts["vehicles"])
    );
    let held = |home: &Home| {
        let counts = home.must(&["status"])["counts"].clone();
        (
            counts["units"].as_u64().unwrap(),
            counts["persons"].as_u64().unwrap(),
        )
    };
    assert_eq!(held(office), (2500, persons));
    assert_ne!(office.must(&["digest"])["digest"], empty);
    let again = office.run(&["registry", "apply", "b1"]);
    assert_eq!((again.code, again.error()), (Some(3), "batch-applied"));

    timed(office, &["registry", "undo", "b1"]);
    assert_eq!(held(office), (0, 0));
    assert_eq!(
        office.must(&["digest"])["digest"],
        empty,
        "as if it had never been applied"
    );
    let found = office.must(&["registry", "find", "1-1-101"]);
    assert_eq!(found["units"], Value::Array(vec![]));
    let again = office.run(&["registry", "undo", "b1"]);
    assert_eq!((again.code, again.error()), (Some(3), "batch-not-applied"));
}
