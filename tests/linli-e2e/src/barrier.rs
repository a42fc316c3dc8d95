//! `linli gate serve --stdin` as a real process, spoken to line by line.

use crate::clock;
use crate::daemon::Daemon;
use crate::estate::{self, Estate, NEIGHBOUR};
use crate::home::Home;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// A decision on a machine that is busy building. A command that runs for minutes is slower than that.
pub const SOON: Duration = Duration::from_secs(20);

/// `linli gate serve --stdin`, with its answers as they come.
#[derive(Debug)]
pub struct Barrier {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<Value>,
    reader: Option<JoinHandle<()>>,
    line: u64,
}

impl Barrier {
    /// Starts it, with a command for every admission.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn serve(gate: &Home, on_admit: &str) -> Self {
        let mut command = gate.command("en", &["gate", "serve", "--stdin", "--on-admit", on_admit]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        let (told, answers) = sync_channel(64);
        let reader = Builder::new().spawn(move || {
            for line in BufReader::new(stdout).lines() {
                let object = serde_json::from_str(&line.unwrap()).expect("one object a line");
                if told.send(object).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            stdin,
            answers,
            reader: Some(reader.unwrap()),
            line: 0,
        }
    }

    /// One line in, one object out, soon.
    ///
    /// # Panics
    /// When no answer comes.
    pub fn say(&mut self, line: &[u8]) -> Value {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(line).unwrap();
        stdin.write_all(b"\n").unwrap();
        stdin.flush().unwrap();
        let answer = self.answers.recv_timeout(SOON).expect("an answer");
        self.line += 1;
        assert_eq!(answer["line"], self.line, "{answer}");
        answer
    }

    /// Result and code of a decision.
    ///
    /// # Panics
    /// When the line is refused.
    pub fn decides(&mut self, line: &str) -> (String, String) {
        let answer = self.say(line.as_bytes());
        assert_eq!(answer["ok"], true, "{line}: {answer}");
        let text = |name: &str| answer["data"][name].as_str().unwrap_or_default().to_owned();
        (text("result"), text("code"))
    }

    /// The code of a line that is no order.
    ///
    /// # Panics
    /// When it is one.
    pub fn refuses(&mut self, line: &[u8]) -> String {
        let answer = self.say(line);
        assert_eq!(answer["ok"], false, "{answer}");
        let error = &answer["error"];
        assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()));
        error["code"].as_str().unwrap().to_owned()
    }

    /// What the process holds in memory now, in KiB; Linux tells it.
    ///
    /// # Panics
    /// Elsewhere.
    #[must_use]
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        kib.expect("a resident size")
    }

    /// The end of the input ends it well.
    ///
    /// # Panics
    /// When it does not.
    pub fn end(mut self) {
        drop(self.stdin.take());
        let over = clock::holds_within(SOON, || matches!(self.child.try_wait(), Ok(Some(_))));
        assert!(over, "no end");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        self.reader.take().unwrap().join().unwrap();
    }
}

impl Drop for Barrier {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// A gate that has met the office, which stops then: from here on the network is dead. With it come passes for one
/// entry with these labels, which it has heard of.
///
/// # Panics
/// When they do not meet.
#[must_use]
pub fn gate_alone(estate: &Estate, labels: &[&str]) -> (Home, Vec<Value>) {
    let (office, gate) = (&estate.office, estate.home("gate"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let passes: Vec<Value> = labels.iter().map(|l| estate::issue(office, l)).collect();
    let met = Daemon::start(&gate, &[office_node.addr()]);
    clock::until("the gate knows time and passes", NEIGHBOUR, || {
        let status = gate.must(&["gate", "status"]);
        status["clock"] == "GOOD" && status["grants"] == labels.len()
    });
    met.stop();
    office_node.stop();
    (gate, passes)
}
