//! A gate that dies after it wrote an admission and before anybody heard of it: the pass is spent all the same.
//!
//! Every second gate is killed at the named place between the two, where nothing but the answer is missing; every other
//! one by SIGKILL while it serves, in the moment in which the pass is shown to it. Then the same pass is shown again:
//! in the first case it never opens; in the second only if it has not opened, and is not written down either.

use crate::barrier::{SOON, gate_alone};
use crate::clock;
use crate::dice::Dice;
use crate::estate::{self, Estate};
use crate::home::Home;
use serde_json::Value;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

/// A gate that serves dies at most this long after a pass was shown to it.
const LIVES: Duration = Duration::from_millis(30);

/// What was done and seen.
#[derive(Clone, Copy, Default, Debug)]
pub struct Tally {
    /// Killed between log and answer.
    pub between: u32,
    /// Killed while they served.
    pub serving: u32,
    /// Of those: the admission stood in the log.
    pub written: u32,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            between,
            serving,
            written,
        } = self;
        write!(
            f,
            "{} kills of a gate ({between} between log and answer; {serving} while it served, {written} of them after \
             it wrote): no pass for one entry was admitted twice",
            between + serving
        )
    }
}

/// Kills so often.
///
/// # Errors
/// A pass that opened twice, or an admission that is not in the log, or twice.
pub fn run(times: u32, told: &mut dyn FnMut(&Tally)) -> Result<Tally, String> {
    let estate = Estate::found();
    let (gate, _) = gate_alone(&estate, &[]);
    let (mut tally, mut dice) = (Tally::default(), Dice::new(u64::from(times)));
    for n in 0..times {
        let label = format!("客{n}");
        let pass = estate::issue(&estate.office, &label);
        let text = pass["text"].as_str().ok_or("a pass without a text")?;
        let spent = if n % 2 == 0 {
            tally.between += 1;
            between(&gate, text)?;
            true
        } else {
            tally.serving += 1;
            serving(&gate, text, dice.time(LIVES));
            let written = admissions(&gate.must(&["gate", "log"]), &label)? == 1;
            tally.written += u32::from(written);
            written
        };
        let again = gate.run(&["gate", "check", text]);
        let opens = again.data()["opens"] == true;
        if opens == spent {
            return Err(format!("{label}, spent {spent}: {}", again.object));
        }
        let code = again.data()["code"].as_str().unwrap_or_default();
        if spent && code != "E_USED" {
            return Err(format!("{label} is spent: {}", again.object));
        }
        if n % 20 == 19 {
            told(&tally);
        }
    }
    let log = gate.must(&["gate", "log"]);
    for n in 0..times {
        let label = format!("客{n}");
        let written = admissions(&log, &label)?;
        if written != 1 {
            return Err(format!("{label} was admitted {written} times"));
        }
    }
    Ok(tally)
}

/// Shows it to a gate that dies when the admission is durable and not said.
fn between(gate: &Home, text: &str) -> Result<(), String> {
    let place = [("LINLI_KILL_AT", "gate-after-log-before-answer")];
    let died = gate.run_with(&["gate", "check", text], &place);
    match (died.code, died.object.is_null()) {
        (None, true) => Ok(()),
        _ => Err(format!("it did not die in its place: {died:?}")),
    }
}

/// Shows it to a gate that serves, and kills that so much later.
fn serving(gate: &Home, text: &str, later: Duration) {
    let mut command = gate.command("en", &["gate", "serve", "--stdin"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("a gate that serves");
    let mut stdin = child.stdin.take().expect("its stdin");
    // The answer to the first line says that it has started.
    let _dead = stdin.write_all(b"N 0\n").and_then(|()| stdin.flush());
    let mut answers = BufReader::new(child.stdout.take().expect("its stdout"));
    let started = answers.read_line(&mut String::new());
    assert!(
        started.is_ok_and(|bytes| bytes > 0),
        "a gate that does not start"
    );
    let _dead = writeln!(stdin, "P {text}").and_then(|()| stdin.flush());
    clock::pass(later);
    let _gone = child.kill();
    let over = clock::holds_within(SOON, || matches!(child.try_wait(), Ok(Some(_))));
    assert!(over, "a killed gate that does not end");
}

/// How often the log says that somebody with this label came in.
fn admissions(log: &Value, label: &str) -> Result<usize, String> {
    let events = log["events"].as_array().ok_or("no log")?;
    let came = |event: &&Value| event["result"] == "ADMIT" && event["label"] == label;
    Ok(events.iter().filter(came).count())
}
