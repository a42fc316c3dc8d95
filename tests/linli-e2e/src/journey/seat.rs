//! Somebody's place: a virtual screen with a keyboard and a mouse, and the bus on which a window tells what it shows.
//!
//! Each seat is its own, so that two people of one journey do not share a keyboard. Nothing of it is left behind.

use super::tree::Tree;
use crate::clock;
use crate::process::Run;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The screen.
pub const WIDTH: i32 = 1366;
/// The screen.
pub const HEIGHT: i32 = 768;
/// What stands in the system comes up within this, on a machine that is busy.
const UP: Duration = Duration::from_secs(60);
/// One movement of a hand.
const HAND: Duration = Duration::from_secs(60);
/// Where distributions keep the bus of accessibility (package at-spi2-core).
const LAUNCHERS: [&str; 2] = [
    "/usr/libexec/at-spi-bus-launcher",
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",
];

/// A process with what it started, which all end with it.
#[derive(Debug)]
struct Group(Child);

impl Group {
    fn start(mut command: Command) -> Self {
        let name = format!("{command:?}");
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let child = command.process_group(0).spawn();
        Self(child.unwrap_or_else(|e| panic!("{name}: {e}")))
    }

    /// The first line that it says.
    fn line(&mut self) -> String {
        let mut line = String::new();
        let out = self.0.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _gone = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// The place.
#[derive(Debug)]
pub struct Seat {
    /// The name of its display.
    pub display: String,
    /// The address of its session's bus.
    pub session: String,
    /// What windows tell.
    pub tree: Tree,
    dir: TempDir,
    /// Ended in this order: what talks to the others first.
    _running: [Group; 3],
}

impl Seat {
    /// Sets it up.
    ///
    /// # Panics
    /// When a program of it is missing; the sentence names the package.
    #[must_use]
    pub fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("linli-seat-").tempdir();
        let dir = dir.expect("a temporary folder");
        let screen = format!("{WIDTH}x{HEIGHT}x24");
        let mut server = Command::new("Xvfb");
        let quiet = ["-displayfd", "1", "-noreset", "-nolisten", "tcp"];
        server.args(quiet).args(["-screen", "0", &screen]);
        let mut server = Group::start(piped(server));
        let display = format!(":{}", server.line());
        assert!(display.len() > 1, "no screen: Xvfb (package xvfb)");
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--nosyslog", "--print-address=1"]);
        let mut bus = Group::start(piped(at(bus, &dir, &display)));
        let session = bus.line();
        assert!(!session.is_empty(), "no bus: dbus-daemon (package dbus)");
        let launcher = LAUNCHERS.iter().find(|path| Path::new(path).is_file());
        let launcher = launcher.expect("at-spi-bus-launcher (package at-spi2-core)");
        let mut access = at(Command::new(launcher), &dir, &display);
        access
            .args(["--launch-immediately", "--a11y=1", "--screen-reader=1"])
            .env("DBUS_SESSION_BUS_ADDRESS", &session)
            .stdout(Stdio::null());
        let access = Group::start(access);
        let mut tree = None;
        clock::until("the bus of accessibility", UP, || {
            tree = Tree::find(&session);
            tree.is_some()
        });
        Self {
            display,
            session,
            tree: tree.expect("a bus"),
            dir,
            _running: [access, bus, server],
        }
    }

    /// A command whose windows open here.
    pub fn sit(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.session)
            .env("XDG_RUNTIME_DIR", self.dir.path())
            .env("HOME", self.dir.path())
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("AT_SPI_BUS_ADDRESS")
            .env_remove("NO_AT_BRIDGE");
    }

    /// The folder of whoever sits here.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    fn run(&self, program: &str, args: &[&str]) -> String {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).args(args);
        let output = Run::start(command).finish(HAND);
        output.stdout.trim().to_owned()
    }

    /// Moves, presses, types: the arguments of xdotool.
    pub fn hand(&self, args: &[&str]) -> String {
        self.run("xdotool", args)
    }

    /// One key, or several one after the other.
    pub fn key(&self, names: &[&str]) {
        self.hand(&[&["key", "--delay", "25"], names].concat());
    }

    /// Parts of a text that one keyboard has keys for.
    #[must_use]
    pub fn strokes(text: &str) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut signs = Vec::new();
        for c in text.chars() {
            if !c.is_ascii() && !signs.contains(&c) {
                if signs.len() == KEYS {
                    signs.clear();
                    parts.push(String::new());
                }
                signs.push(c);
            }
            parts.last_mut().expect("one at least").push(c);
        }
        parts
    }

    /// Types one of these parts. What has no key on a keyboard gets one that nobody has: a person has an input method for
    /// this, which has tests of its own.
    pub fn type_in(&self, part: &str) {
        let mut signs: Vec<char> = part.chars().filter(|c| !c.is_ascii()).collect();
        signs.sort_unstable();
        signs.dedup();
        if !signs.is_empty() {
            self.label(&signs);
        }
        self.hand(&["type", "--delay", "6", "--", part]);
    }

    fn label(&self, signs: &[char]) {
        let file = self.dir.path().join("keys.xkb");
        let path = file.to_str().expect("a path in UTF-8");
        self.run("xkbcomp", &["-xkb", &self.display, path]);
        let known = std::fs::read_to_string(&file).expect("xkbcomp (package x11-xkb-utils)");
        let mut signs = signs.iter();
        let mut lines = Vec::new();
        for line in known.lines() {
            let rest = line.trim_start().strip_prefix("key <I2");
            let spare = rest.and_then(|rest| rest.split_once('>'));
            let spare = spare.filter(|(number, _)| *number >= "23" && line.ends_with("};"));
            match spare.and_then(|(number, _)| Some((number, *signs.next()?))) {
                Some((number, sign)) => lines.push(format!(
                    "key <I2{number}> {{ [ U{:04X} ] }};",
                    u32::from(sign)
                )),
                None => lines.push(line.to_owned()),
            }
        }
        assert!(signs.next().is_none(), "keys enough");
        std::fs::write(&file, lines.join("\n")).expect("a file");
        self.run("xkbcomp", &["-w0", path, &self.display]);
    }
}

/// Keys that nobody has and that can be labelled.
const KEYS: usize = 24;

impl Default for Seat {
    fn default() -> Self {
        Self::new()
    }
}

fn piped(mut command: Command) -> Command {
    command.stdout(Stdio::piped());
    command
}

fn at(mut command: Command, dir: &TempDir, display: &str) -> Command {
    command
        .env("DISPLAY", display)
        .env("XDG_RUNTIME_DIR", dir.path())
        .env("HOME", dir.path());
    command
}
