//! The gate under kills: what it decided stands in its log, and a pass for one entry never opens it twice.

use super::ledger::{Ledger, Settled};
use super::office::pairs;
use super::{Acks, fate};
use crate::home::{Home, Reply};
use crate::process::Run;
use serde_json::Value;

/// The gate and what it was shown.
#[derive(Debug)]
pub struct Gate {
    /// Its home.
    pub home: Home,
    admitted: Ledger,
    /// Shown since the last look: label, text, and whether an answer came.
    shown: Vec<(String, String, bool)>,
}

impl Gate {
    /// A gate that has seen nothing yet.
    #[must_use]
    pub fn new(home: Home) -> Self {
        Self {
            home,
            admitted: Ledger::default(),
            shown: Vec::new(),
        }
    }

    /// Shows it a pass.
    #[must_use]
    pub fn start(&self, text: &str) -> Run {
        self.home.start(&["gate", "check", text])
    }

    /// Takes note of its decision, or that none came.
    ///
    /// # Errors
    /// A fresh pass that is not admitted.
    pub fn enter(
        &mut self,
        (label, text): (String, String),
        reply: &Reply,
        acks: &mut Acks,
    ) -> Result<(), String> {
        let event = fate(&["gate".into(), "check".into()], reply)?;
        if event.is_some() && reply.data()["result"] != "ADMIT" {
            return Err(format!("a fresh pass: {}", reply.object));
        }
        acks.count(event.is_some());
        self.shown.push((label.clone(), text, event.is_some()));
        self.admitted.enter(&label, event);
        Ok(())
    }

    /// Looks at the log after a restart, and shows every pass since the last look once more.
    ///
    /// # Errors
    /// A decision that was answered and is not in the log; a pass that opens twice.
    pub fn look(&mut self) -> Result<Settled, String> {
        let settled = self.compare()?;
        for (label, text, answered) in std::mem::take(&mut self.shown) {
            let reply = self.home.run(&["gate", "check", &text]);
            let opens = reply.data()["opens"] == true;
            if answered && opens {
                return Err(format!("{label} opened the gate twice"));
            }
            if opens {
                // Nobody had an answer and nothing was logged: the visitor tries again, and may enter.
                let id = reply.data()["event"].as_str().map(str::to_owned);
                self.admitted.enter(&label, id);
            }
        }
        self.compare()?;
        super::is_sound(&self.home)?;
        Ok(settled)
    }

    /// Each admission stands in the log once, and no other does.
    fn compare(&mut self) -> Result<Settled, String> {
        let log = self.home.must(&["gate", "log"]);
        let events = log["events"].as_array().ok_or("no log")?.iter();
        let admissions = events.filter(|event| event["result"] == "ADMIT").cloned();
        let admissions = Value::Array(admissions.collect());
        self.admitted.look(pairs(&admissions, "label")?)
    }
}
