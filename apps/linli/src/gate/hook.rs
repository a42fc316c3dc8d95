//! `--on-admit`: a command for every admission, run apart. A slow one delays no decision, a stuck one is ended, and
//! one that cannot start opens nothing later: a barrier must not rise for somebody who left.

use linli_node::api::Fault;
use serde_json::Value;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crate::clock;

/// Commands that run at the same time.
const RUNNING_MAX: usize = 8;
/// How long one may take.
const LONGEST: Duration = Duration::from_secs(60);
/// How often a running one is looked at.
const EVERY: Duration = Duration::from_millis(25);

/// The command and what runs of it.
pub struct Hook {
    command: String,
    over: Arc<AtomicBool>,
    running: Vec<JoinHandle<()>>,
}

impl Hook {
    /// For this command of the shell.
    pub fn new(command: String) -> Self {
        Self {
            command,
            over: Arc::default(),
            running: Vec::new(),
        }
    }

    /// Starts the command for a decision that opens: the decision on its stdin as one line of JSON, its event and
    /// gate's word in the environment. Nothing of it goes through the shell's own text.
    pub fn admit(&mut self, data: &Value) -> Result<(), Fault> {
        self.running.retain(|one| !one.is_finished());
        if self.running.len() >= RUNNING_MAX {
            return Err(Fault::warning("on-admit-busy").with("n", RUNNING_MAX));
        }
        let child = shell(&self.command)
            .env("LINLI_EVENT", data["event"].as_str().unwrap_or_default())
            .env("LINLI_RESULT", data["result"].as_str().unwrap_or_default())
            .stdin(Stdio::piped())
            // Our stdout is for answers alone.
            .stdout(Stdio::null())
            .spawn()
            .map_err(|_| Fault::warning("on-admit-failed"))?;
        let (told, over, began) = (
            format!("{data}\n"),
            Arc::clone(&self.over),
            clock::instant(),
        );
        let watch = Builder::new().name("on-admit".to_owned());
        match watch.spawn(move || watch_over(child, &told, &over, began)) {
            Ok(handle) => self.running.push(handle),
            Err(_) => return Err(Fault::warning("on-admit-failed")),
        }
        Ok(())
    }
}

impl Drop for Hook {
    /// What still runs goes on by itself.
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        for one in self.running.drain(..) {
            let _panicked = one.join();
        }
    }
}

fn watch_over(mut child: Child, told: &str, over: &AtomicBool, began: Instant) {
    if let Some(mut stdin) = child.stdin.take() {
        // A decision is shorter than a pipe; a command that does not read it holds nobody up.
        let _unread = stdin.write_all(told.as_bytes());
    }
    while let Ok(None) = child.try_wait() {
        if over.load(Ordering::Relaxed) {
            return;
        }
        if began.elapsed() > LONGEST {
            let _gone = child.kill();
            let _reaped = child.wait();
            return;
        }
        std::thread::sleep(EVERY);
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", command]);
    shell
}
