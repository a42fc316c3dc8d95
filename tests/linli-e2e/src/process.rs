//! A process with an end: what it says goes to files, it is waited for so long and not longer, and dropping it kills it.

use crate::clock;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::NamedTempFile;

/// A process that was started.
#[derive(Debug)]
pub struct Run {
    child: Child,
    out: NamedTempFile,
    err: NamedTempFile,
    line: String,
}

/// How a process ended.
#[derive(Clone, Debug)]
pub struct Output {
    /// Exit status; none when a signal ended it.
    pub code: Option<i32>,
    /// What it said to stdout.
    pub stdout: String,
    /// What it said to stderr.
    pub stderr: String,
}

impl Run {
    /// Starts it, without stdin, its output in files: a pipe that nobody reads would stop it.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        let file = || NamedTempFile::new().expect("a temporary file");
        let (out, err) = (file(), file());
        let line = format!("{command:?}");
        // A handle of its own: reading here moves nothing there.
        let own = |file: &NamedTempFile| Stdio::from(file.reopen().expect("a second handle"));
        command
            .stdin(Stdio::null())
            .stdout(own(&out))
            .stderr(own(&err));
        let child = command.spawn().unwrap_or_else(|e| panic!("{line}: {e}"));
        Self {
            child,
            out,
            err,
            line,
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it as a power switch would, and waits until it is gone. `false` if it had ended by itself.
    pub fn kill(&mut self) -> bool {
        let alive = self.is_alive();
        let _gone = self.child.kill();
        let status = self.child.wait();
        alive && status.is_ok_and(|s| s.code().is_none())
    }

    /// Asks it to end (SIGTERM).
    ///
    /// # Panics
    /// Where no signal can be sent.
    pub fn ask_to_end(&self) {
        let pid = self.pid().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(
            sent.is_ok_and(|s| s.success()),
            "no signal to {}",
            self.line
        );
    }

    /// What it said to stdout so far.
    #[must_use]
    pub fn said(&self) -> String {
        text(&self.out)
    }

    /// What it said to stderr so far.
    #[must_use]
    pub fn logged(&self) -> String {
        text(&self.err)
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// When it takes longer than `within`.
    pub fn finish(mut self, within: Duration) -> Output {
        let over = clock::holds_within(within, || !self.is_alive());
        assert!(
            over,
            "no end within {within:?}: {}\n{}",
            self.line,
            text(&self.err)
        );
        let code = self.child.wait().ok().and_then(|s| s.code());
        Output {
            code,
            stdout: text(&self.out),
            stderr: text(&self.err),
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.kill();
    }
}

fn text(file: &NamedTempFile) -> String {
    let bytes = std::fs::read(file.path()).expect("a temporary file is read");
    String::from_utf8_lossy(&bytes).into_owned()
}
