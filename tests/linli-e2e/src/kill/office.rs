//! The office under kills: posts, notices, passes and batches of the register, one command after the other.

use super::ledger::{Ledger, Settled};
use super::register::{self, Register};
use super::{Acks, fate};
use crate::clock;
use crate::dice::Dice;
use crate::estate::{Estate, HOST};
use crate::home::{Home, Reply};
use crate::process::Run;
use serde_json::Value;

/// The office and what was asked of it.
#[derive(Debug)]
pub struct Office {
    /// Its home.
    pub home: Home,
    body: String,
    posts: Ledger,
    notices: Ledger,
    passes: Ledger,
    register: Register,
    /// Texts of acknowledged passes that no gate has seen, with their labels.
    pub fresh: Vec<(String, String)>,
    from: String,
    until: String,
    serial: u64,
}

/// A write under way.
#[derive(Debug)]
pub struct Write {
    label: String,
    args: Vec<String>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Post,
    Notice,
    Pass,
    Register(register::Step),
}

impl Office {
    /// An office that has written nothing yet.
    #[must_use]
    pub fn new(estate: &Estate) -> Self {
        Self {
            home: estate.office.clone(),
            body: estate.file("body.txt", "今晚停水"),
            posts: Ledger::default(),
            notices: Ledger::default(),
            passes: Ledger::default(),
            register: Register::default(),
            fresh: Vec::new(),
            from: clock::rfc3339(-60),
            until: clock::rfc3339(6 * 3600),
            serial: 0,
        }
    }

    /// Chooses the next write.
    pub fn next(&mut self, estate: &Estate, dice: &mut Dice) -> Write {
        self.serial += 1;
        let label = format!("n{}", self.serial);
        let (kind, args) = match dice.below(20) {
            0..9 => (Kind::Post, owned(&["post", "new", "--kind", "ask", &label])),
            9..12 => {
                let notice = [
                    "notice",
                    "publish",
                    "--title",
                    &label,
                    "--body-file",
                    &self.body,
                ];
                (Kind::Notice, owned(&notice))
            }
            12..16 => {
                let pass = [
                    "pass", "issue", "--label", &label, "--gate", "1", "--host", HOST,
                ];
                let times = ["--from", &self.from, "--until", &self.until];
                (Kind::Pass, owned(&[&pass[..], &times].concat()))
            }
            _ => {
                let write = |name: &str, text: String| estate.file(name, text);
                let step = self.register.next(dice, &write);
                let args = step.args.clone();
                (Kind::Register(step), args)
            }
        };
        Write { label, args, kind }
    }

    /// Starts a write.
    #[must_use]
    pub fn start(&self, write: &Write) -> Run {
        let args: Vec<&str> = write.args.iter().map(String::as_str).collect();
        self.home.start(&args)
    }

    /// Takes note of what a write came back with.
    ///
    /// # Errors
    /// An answer that does not fit.
    pub fn enter(&mut self, write: &Write, reply: &Reply, acks: &mut Acks) -> Result<(), String> {
        let id = match &write.kind {
            Kind::Register(step) => {
                if reply.error() != "register-changed" {
                    acks.count(fate(&write.args, reply)?.is_some());
                }
                return self.register.enter(step, reply);
            }
            _ => fate(&write.args, reply)?,
        };
        acks.count(id.is_some());
        let ledger = match write.kind {
            Kind::Post => &mut self.posts,
            Kind::Notice => &mut self.notices,
            _ => &mut self.passes,
        };
        if matches!(write.kind, Kind::Pass) && id.is_some() {
            let text = reply.data()["text"].as_str().ok_or("a pass without text")?;
            self.fresh.push((write.label.clone(), text.to_owned()));
        }
        ledger.enter(&write.label, id);
        Ok(())
    }

    /// Looks at everything after a restart.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn look(&mut self) -> Result<Settled, String> {
        let mut settled = Settled::default();
        for (ledger, command, list, label) in [
            (&mut self.posts, "post", "posts", "body"),
            (&mut self.notices, "notice", "notices", "title"),
            (&mut self.passes, "pass", "passes", "label"),
        ] {
            let data = self.home.must(&[command, "list"]);
            settled.add(ledger.look(pairs(&data[list], label)?)?);
        }
        let status = self.home.must(&["status"]);
        if status["refused"] != 0 || status["waiting"] != 0 {
            return Err(format!("own entries refused or waiting: {status}"));
        }
        settled.add(self.register.look(&self.home, &status["counts"])?);
        super::is_sound(&self.home)?;
        Ok(settled)
    }
}

/// Label and id of every item of a list.
pub fn pairs<'a>(list: &'a Value, label: &str) -> Result<Vec<(&'a str, &'a str)>, String> {
    let items = list.as_array().ok_or("no list")?.iter();
    items
        .map(|item| Some((item[label].as_str()?, item["id"].as_str()?)))
        .collect::<Option<_>>()
        .ok_or_else(|| format!("an item without {label} or id: {list}"))
}

fn owned(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}
