//! The runner's promises: every step runs, the closing line counts truly, a failure is a failure.

use std::time::Duration;

use anyhow::bail;

use super::table::{STEPS, Step};
use super::{Options, Outcome, chosen, closing, options, run, run_all};

fn args(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn outcome(name: &'static str, seconds: u64, error: Option<&str>) -> Outcome {
    Outcome {
        name,
        took: Duration::from_secs(seconds),
        error: error.map(str::to_owned),
    }
}

#[test]
fn a_failed_step_does_not_hide_the_others() {
    let steps: Vec<&Step> = STEPS.iter().collect();
    let mut ran = 0;
    let passed = run_all(&steps, false, &mut |step| {
        ran += 1;
        if step.name == "fmt" {
            bail!("not formatted");
        }
        Ok(())
    });
    assert!(!passed.unwrap());
    assert_eq!(ran, steps.len());
}

#[test]
fn fail_fast_stops_at_the_first_failure() {
    let steps: Vec<&Step> = STEPS.iter().collect();
    let mut ran = 0;
    let passed = run_all(&steps, true, &mut |_| {
        ran += 1;
        bail!("no")
    });
    assert!(!passed.unwrap());
    assert_eq!(ran, 1);
}

#[test]
fn the_last_line_counts_what_passed_and_what_failed() {
    let outcomes = [
        outcome("a", 1, None),
        outcome("b", 3, Some("why")),
        outcome("c", 2, None),
    ];
    let text = closing(&outcomes, 3);
    assert_eq!(text.lines().last(), Some("2 passed, 1 failed"));
    assert!(text.contains("cargo xtask test --only b"));
    let place = |needle: &str| text.find(needle).unwrap();
    assert!(
        place("3.0 s  b") < place("2.0 s  c"),
        "slowest first: {text}"
    );
    assert!(closing(&outcomes[..1], 3).contains("not run after the failure: 2"));
}

#[test]
fn only_the_ten_slowest_are_named() {
    let outcomes: Vec<Outcome> = (1..=12).map(|n| outcome("step", n, None)).collect();
    let text = closing(&outcomes, 12);
    assert_eq!(text.matches(" s  step").count(), 10);
    assert!(
        !text.contains(" 2.0 s") && text.ends_with("12 passed, 0 failed\n"),
        "{text}"
    );
}

#[test]
fn options_are_read_and_unknown_ones_refused() {
    let read = options(&args(&["--fail-fast", "--only", "fmt", "--only", "doc"])).unwrap();
    let wanted = Options {
        fail_fast: true,
        list: false,
        only: args(&["fmt", "doc"]),
    };
    assert_eq!(read, wanted);
    assert_eq!(chosen(STEPS, &read.only).unwrap().len(), 2);
    for wrong in [&["--fast"][..], &["--only"]] {
        assert!(options(&args(wrong)).is_err(), "{wrong:?}");
    }
    assert!(chosen(STEPS, &args(&["fnt"])).is_err());
}

#[test]
fn every_step_has_a_name_of_its_own() {
    for (index, step) in STEPS.iter().enumerate() {
        let again = STEPS[index + 1..]
            .iter()
            .any(|other| other.name == step.name);
        assert!(!again, "{} stands twice", step.name);
    }
}

#[test]
fn a_window_gets_a_display_within_the_time_limit() {
    let step = super::table::cargo("desktop", "test -p x")
        .display()
        .minutes(7);
    let line = run::command_line(&step, "test -p x", true);
    let words: Vec<String> = line
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        words[..4],
        args(&["timeout", "--kill-after=10s", "7m", "xvfb-run"])
    );
    assert_eq!(words[words.len() - 3..], args(&["test", "-p", "x"]));
    assert_eq!(run::command_line(&step, "test", false)[0], "xvfb-run");
}
