//! The table renders whatever was measured, and every row of the list is in it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::bars::BARS;

fn measured(key: &'static str, value: f64, limit: f64) -> Measured {
    Measured {
        key,
        rounds: 5,
        value: Spread::one(value),
        limit: Spread::one(limit),
        ratio: Spread::one(value / limit),
        note: String::new(),
    }
}

fn machine() -> Machine {
    Machine {
        cpu: "Abacus 1".into(),
        cores: 2,
        memory_mib: 2048,
        system: "linux 6.1, x86_64".into(),
        disk: "ext4".into(),
        build: "release".into(),
        date: "2026-11-22".into(),
        load: "0.10 before, 1.20 after".into(),
    }
}

#[test]
fn every_row_of_the_list_is_on_the_page_and_on_the_terminal() {
    let all: Vec<Measured> = BARS.iter().map(|b| measured(b.key, 1.0, 1.0)).collect();
    let (page, text) = (page(&all, &machine()), text(&all));
    for bar in BARS {
        assert!(
            page.contains(bar.what) && page.contains(bar.limit),
            "{}",
            bar.key
        );
        assert!(text.contains(bar.what), "{}", bar.key);
    }
    let lines = page.lines().filter(|l| l.starts_with("| B")).count();
    assert_eq!(lines, BARS.len());
    // One more than the separators of eight columns: no text breaks a cell.
    assert!(
        page.lines()
            .filter(|l| l.starts_with("| B"))
            .all(|l| l.matches('|').count() == 9)
    );
    assert!(page.contains("Abacus 1") && page.contains("at least 5 rounds"));
}

#[test]
fn a_bar_is_judged_by_its_own_kind() {
    let m = |value, limit| measured("b2-burst", value, limit);
    assert_eq!(judge(Must::RatioAtLeast(0.5), &m(5.0, 10.0)), Colour::Green);
    assert_eq!(judge(Must::RatioAtLeast(0.5), &m(4.9, 10.0)), Colour::Red);
    assert_eq!(judge(Must::RatioAtMost(2.0), &m(20.0, 10.0)), Colour::Green);
    assert_eq!(judge(Must::RatioAtMost(2.0), &m(20.1, 10.0)), Colour::Red);
    assert_eq!(judge(Must::AtMostS(0.25), &m(0.25, 9.0)), Colour::Green);
    assert_eq!(judge(Must::AtMostS(0.25), &m(0.26, 9.0)), Colour::Red);
    assert_eq!(judge(Must::Shown, &m(0.0, 1.0)), Colour::None);
}

#[test]
fn a_red_row_without_a_cause_is_named() {
    let slow = measured("b7-decide", 2.0, 1.0);
    let fine = measured("b14-csv", 0.1, 0.001);
    let all = [slow, fine];
    let left = unexplained(&all);
    assert_eq!(left.is_empty(), causes::of("b7-decide").is_some());
    assert!(!left.contains(&"b14-csv"));
    assert!(text(&all).contains("RED"));
}

#[test]
fn numbers_are_shown_with_three_digits_and_a_unit() {
    assert_eq!(seconds(0.000_034_56), "34.6 us");
    assert_eq!(seconds(0.25), "250 ms");
    assert_eq!(seconds(5.0), "5.00 s");
    assert_eq!(per_second(34_567.8), "34568/s");
    assert_eq!(per_second(345.6), "346/s");
    assert_eq!(plain(0.041), "0.041");
}
