//! `linli node run`: started, found ready, killed, asked to end, started again.

use crate::clock;
use crate::home::Home;
use crate::process::Run;
use serde_json::Value;
use std::time::Duration;

/// How long a node may take to be ready, after a kill too, on a machine that is busy.
pub const READY: Duration = Duration::from_secs(20);

/// A running node.
#[derive(Debug)]
pub struct Daemon {
    run: Run,
    /// Where it listens.
    pub addrs: Vec<String>,
    /// How long it took to be ready.
    pub took: Duration,
}

/// The arguments of a node that listens on loopback, on any port.
#[must_use]
pub fn arguments<'a>(peers: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["node", "run", "--no-mdns", "--listen", "127.0.0.1:0"];
    for peer in peers {
        args.extend(["--peer", *peer]);
    }
    args
}

impl Daemon {
    /// Starts a node and waits until it says that it is ready.
    ///
    /// # Panics
    /// When it does not.
    #[must_use]
    pub fn start(home: &Home, peers: &[&str]) -> Self {
        Self::start_with(home, peers, &[])
    }

    /// The same with variables set.
    ///
    /// # Panics
    /// When it does not get ready.
    #[must_use]
    pub fn start_with(home: &Home, peers: &[&str], env: &[(&str, &str)]) -> Self {
        let began = clock::now();
        let mut run = home.start_with(&arguments(peers), env);
        let mut ready = Value::Null;
        let got_ready = clock::holds_within(READY, || {
            let said = run.said();
            if let Some(line) = said.lines().find(|line| line.contains("\"ready\"")) {
                ready = serde_json::from_str(line).expect("a line of JSON");
            }
            !ready.is_null() || !run.is_alive()
        });
        let (said, logged) = (run.said(), run.logged());
        assert!(
            got_ready && !ready.is_null(),
            "{} did not get ready: {said}\n{logged}",
            home.name
        );
        let addrs = ready["addrs"].as_array().into_iter().flatten();
        Self {
            run,
            addrs: addrs.filter_map(Value::as_str).map(str::to_owned).collect(),
            took: began.elapsed(),
        }
    }

    /// Its TCP address, as a peer dials it.
    #[must_use]
    pub fn addr(&self) -> &str {
        let tcp = self.addrs.iter().find(|addr| addr.contains("/tcp/"));
        tcp.map_or("", String::as_str)
    }

    /// Its TCP port on loopback.
    ///
    /// # Panics
    /// When it listens on none.
    #[must_use]
    pub fn port(&self) -> u16 {
        let port = self.addr().rsplit('/').next().and_then(|p| p.parse().ok());
        port.expect("a TCP port")
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        self.run.is_alive()
    }

    /// Kills it as a power switch would. `false` if it had ended by itself.
    pub fn kill(&mut self) -> bool {
        self.run.kill()
    }

    /// Asks it to end (SIGTERM), and waits for it.
    ///
    /// # Panics
    /// When it does not end, or not well.
    pub fn stop(self) {
        self.run.ask_to_end();
        let output = self.run.finish(READY);
        assert_eq!(output.code, Some(0), "{}", output.stderr);
    }

    /// What it logged so far.
    #[must_use]
    pub fn logged(&self) -> String {
        self.run.logged()
    }

    /// What it said to stdout so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.run.said()
    }

    /// The most memory it has held so far, in KiB; Linux tells it.
    ///
    /// # Panics
    /// Where the system does not tell.
    #[must_use]
    pub fn most_memory_kib(&self) -> u64 {
        let path = format!("/proc/{}/status", self.run.pid());
        let status = std::fs::read_to_string(path).expect("Linux tells of its processes");
        let line = status.lines().find(|line| line.starts_with("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        kib.expect("a high-water mark")
    }
}
