//! This program once more: as the node of a home, or as the window on one, with what the system says about it.

use crate::clock::{instant, timed};
use anyhow::{Context as _, Result, anyhow, bail};
use linli_desktop::args::Args;
use linli_node::home::{self, HomeOptions, RunArgs};
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longer than anything takes that succeeds.
const PATIENCE: Duration = Duration::from_secs(120);
/// Ticks a second in `/proc/PID/stat`: fixed for programs on Linux.
const TICKS: f64 = 100.0;

/// Runs the node of a home until it is told to stop; says a line when it is ready. What the other program does.
///
/// # Errors
/// Whatever the node ends with.
pub fn run_node(dir: &Path, peers: Vec<String>) -> Result<()> {
    let args = RunArgs {
        listen: vec!["127.0.0.1:0".into()],
        peers,
        mdns: false,
    };
    let ready = &mut |said: serde_json::Value| {
        println!("{said}");
        let _ = std::io::stdout().flush();
    };
    home::run(&at(dir), &args, ready).map_err(|f| anyhow!("{} {:?}", f.code, f.args))
}

/// Opens the window of the product. What the other program does.
///
/// # Errors
/// No screen, no picture.
pub fn run_window(line: &[OsString]) -> Result<()> {
    let line = [&[OsString::from("linli-desktop")], line].concat();
    let args = Args::read(line).map_err(|said| anyhow!(said))?;
    linli_desktop::window::run(&args)
}

/// A home in a folder whose keys lie beside it.
fn at(dir: &Path) -> HomeOptions {
    HomeOptions {
        dir: dir.to_owned(),
        passphrase: None,
        keys_dir: Some(dir.with_file_name("keys")),
        timeout: PATIENCE,
    }
}

/// A child that is killed when it is let go.
pub struct Process(Child);

impl Process {
    fn start(mut command: Command) -> Result<Self> {
        let child = command.stdin(Stdio::null()).spawn();
        Ok(Self(child.context("this program once more")?))
    }

    /// Memory that it keeps, in MiB.
    ///
    /// # Errors
    /// It is gone, or the system does not say.
    pub fn resident_mib(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
        let kib = line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok());
        Ok(kib.context("memory of a process")? / 1024.0)
    }

    /// Processor time that it has used, in seconds.
    ///
    /// # Errors
    /// It is gone, or the system does not say.
    pub fn used_s(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id()))?;
        // Behind the name, which may hold anything: state is the first field, user and system time the 12th and 13th.
        let fields = stat.rsplit_once(')').context("a process")?.1;
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: Result<Vec<f64>, _> = ticks.map(str::parse).collect();
        Ok(ticks?.iter().sum::<f64>() / TICKS)
    }

    /// As when the power goes.
    ///
    /// # Errors
    /// The system.
    pub fn kill(mut self) -> Result<()> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn this() -> Result<Command> {
    Ok(Command::new(
        std::env::current_exe().context("where this program is")?,
    ))
}

/// Starts the node of a home in a process of its own; it, once it is ready.
///
/// # Errors
/// It ends before that.
pub fn node(home: &HomeOptions, peers: &[String]) -> Result<Process> {
    let mut command = this()?;
    command.arg("--run-home").arg(&home.dir);
    for peer in peers {
        command.arg("--peer").arg(peer);
    }
    command.stdout(Stdio::piped());
    let mut process = Process::start(command)?;
    let out = process.0.stdout.take().context("a pipe")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    if line.is_empty() {
        bail!("a node ended before it was ready");
    }
    Ok(process)
}

/// A virtual screen.
pub struct Display {
    _server: Process,
    name: String,
}

impl Display {
    /// Starts it.
    ///
    /// # Errors
    /// Xvfb (package xvfb) is not installed.
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb");
        server
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp"])
            .args(["-screen", "0", "1366x768x24"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Process::start(server).context("Xvfb (package xvfb)")?;
        let mut line = String::new();
        let out = server.0.stdout.take().context("a pipe")?;
        BufReader::new(out).read_line(&mut line)?;
        if line.trim().is_empty() {
            bail!("no virtual screen");
        }
        Ok(Self {
            _server: server,
            name: format!(":{}", line.trim()),
        })
    }

    fn window(&self, home: &HomeOptions) -> Result<Command> {
        let mut command = this()?;
        command
            .env("DISPLAY", &self.name)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env("NO_AT_BRIDGE", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(keys) = &home.keys_dir {
            command.env("LINLI_KEYS_DIR", keys);
        }
        command
            .args(["--window", "--lang", "zh-CN", "--home"])
            .arg(&home.dir);
        Ok(command)
    }

    /// A window on a home, as long as it is wanted.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn open(&self, home: &HomeOptions) -> Result<Process> {
        Process::start(self.window(home)?)
    }

    /// From the start of the program to the picture of its first useful screen on the disk, and the program ended.
    ///
    /// # Errors
    /// It took no picture.
    pub fn first_screen(&self, home: &HomeOptions, picture: &Path) -> Result<Duration> {
        let mut command = self.window(home)?;
        command.arg("--screenshot").arg(picture);
        let (done, took) = timed(|| command.status());
        if !done?.success() || !picture.is_file() {
            bail!("the window took no picture");
        }
        std::fs::remove_file(picture)?;
        Ok(took)
    }
}

/// Waits; a window that does nothing is measured over a minute.
pub fn wait(time: Duration) {
    let start = instant();
    while start.elapsed() < time {
        std::thread::park_timeout(time.saturating_sub(start.elapsed()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_says_what_a_process_keeps_and_uses() {
        let mut command = Command::new("sleep");
        command.arg("30");
        let process = Process::start(command).unwrap();
        assert!(process.resident_mib().unwrap() > 0.0);
        assert!(process.used_s().unwrap() < 30.0);
        process.kill().unwrap();
    }
}
