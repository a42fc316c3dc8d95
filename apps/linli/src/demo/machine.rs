//! One computer of the neighbourhood: its home, its keys outside of it, and the programs run on it.

use super::Stop;
use super::stage::{Running, Stage, lock};
use crate::clock;
use crate::shape::Shape;
use linli_view::words::Lang;
use serde_json::Value;
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long one command may take: an import of some thousand rows is the longest.
const STEP: Duration = Duration::from_secs(60);
/// How long a program may take to get ready.
const READY: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(15);
const EVERY: Duration = Duration::from_millis(100);

/// A computer.
pub struct Machine {
    /// Its name, which is that of its folder.
    pub name: &'static str,
    /// Its home.
    pub home: PathBuf,
    /// Where its keys lie.
    pub keys: PathBuf,
    /// Where its program listens, once it runs.
    pub addr: String,
    /// Its device id, once it has one.
    pub device: String,
    exe: OsString,
    lang: Lang,
    out: PathBuf,
    log: PathBuf,
    running: Running,
}

/// What one command came back with.
#[derive(Debug)]
pub struct Reply {
    /// Its exit status.
    pub exit: i32,
    /// `data` of its object.
    pub data: Value,
    /// `code` of its error, or empty.
    pub code: String,
}

impl Machine {
    /// A computer with an empty folder.
    pub fn new(stage: &Stage, name: &'static str) -> Self {
        let dir = stage.dir();
        Self {
            name,
            home: dir.join(name),
            keys: dir.join("keys").join(name),
            addr: String::new(),
            device: String::new(),
            exe: stage.exe().clone(),
            lang: stage.lang(),
            out: dir.join("out").join(name),
            log: dir.join("log").join(format!("{name}.log")),
            running: stage.running().clone(),
        }
    }

    /// `linli --home .. --json ARGS`, its stdout in a file: a pipe nobody reads would stop it.
    fn command(&self, out: &Path, args: &[&str]) -> Result<Command, Stop> {
        let fail = |e: std::io::Error| format!("{}: {e}", self.name);
        let mut command = Command::new(&self.exe);
        command
            .arg("--home")
            .arg(&self.home)
            .args(["--json", "--lang", self.lang.tag()])
            .args(args)
            .env("LINLI_KEYS_DIR", &self.keys)
            .env_remove("LINLI_LOG")
            .stdin(Stdio::null())
            .stdout(File::create(out).map_err(fail)?)
            .stderr(
                File::options()
                    .create(true)
                    .append(true)
                    .open(&self.log)
                    .map_err(fail)?,
            );
        Ok(command)
    }

    /// Runs one command to its end.
    pub fn run(&self, args: &[&str]) -> Result<Reply, Stop> {
        let out = self.out.with_extension("json");
        let mut child = self.start(&out, args)?;
        let ended = wait(&mut child, STEP);
        let Some(exit) = ended else {
            let _killed = child.kill().and_then(|()| child.wait());
            return Err(self.said(args, "no answer in time"));
        };
        let text = std::fs::read_to_string(&out).map_err(|e| self.said(args, &e.to_string()))?;
        let object: Value = serde_json::from_str(text.trim())
            .map_err(|_| self.said(args, &format!("exit {exit}, no JSON on stdout")))?;
        Ok(Reply {
            exit,
            data: object.field("data").clone(),
            code: object.field("error").line("code"),
        })
    }

    /// Asks a copy of the home for its status, with other keys.
    pub fn thief(&self, copy: &Path, keys: &Path) -> Result<Reply, Stop> {
        let thief = Self {
            name: self.name,
            home: copy.to_owned(),
            keys: keys.to_owned(),
            addr: String::new(),
            device: String::new(),
            exe: self.exe.clone(),
            lang: self.lang,
            out: self.out.clone(),
            log: self.log.clone(),
            running: self.running.clone(),
        };
        thief.run(&["status"])
    }

    /// Runs one command that has to succeed.
    pub fn must(&self, args: &[&str]) -> Result<Value, Stop> {
        let reply = self.run(args)?;
        if reply.exit == 0 {
            Ok(reply.data)
        } else {
            Err(self.said(args, &format!("exit {} {}", reply.exit, reply.code)))
        }
    }

    /// Asks again until `holds` says something; the last answer's words otherwise.
    pub fn until<T>(
        &self,
        stage: &Stage,
        args: &[&str],
        mut holds: impl FnMut(&Reply) -> Option<T>,
    ) -> Result<T, Stop> {
        let began = clock::instant();
        let patience = stage.patience();
        loop {
            let reply = self.run(args)?;
            if let Some(found) = holds(&reply) {
                return Ok(found);
            }
            if began.elapsed() > patience {
                let waited = began.elapsed().as_secs();
                return Err(self.said(args, &format!("not within {waited} s ({})", reply.code)));
            }
            std::thread::sleep(EVERY);
        }
    }

    /// `linli wait ARGS`, as long as a neighbour may take.
    pub fn wait(&self, stage: &Stage, args: &[&str]) -> Result<Value, Stop> {
        let seconds = stage.patience().as_secs().max(1).to_string();
        let line = [&["--timeout", &seconds, "wait"], args].concat();
        self.must(&line)
    }

    /// Starts `linli node run` and waits until it says that it is ready.
    pub fn serve(&mut self, peers: &[&str]) -> Result<(), Stop> {
        let mut args = vec!["node", "run", "--no-mdns", "--listen", "127.0.0.1:0"];
        for peer in peers {
            args.extend(["--peer", peer]);
        }
        let out = self.out.with_extension("ready");
        {
            // Started and noted in one step, so that a signal in between stops it too.
            let mut running = lock(&self.running);
            running.insert(self.name.to_owned(), self.start(&out, &args)?);
        }
        let began = clock::instant();
        let ready = loop {
            let text = std::fs::read_to_string(&out).unwrap_or_default();
            if let Some(line) = text.lines().find(|line| line.contains("\"ready\"")) {
                break serde_json::from_str::<Value>(line).unwrap_or_default();
            }
            if !self.is_on() || began.elapsed() > READY {
                self.off();
                return Err(self.said(&args, "did not get ready"));
            }
            std::thread::sleep(LOOK);
        };
        let addrs = ready.list("addrs");
        let tcp = addrs
            .iter()
            .filter_map(Value::as_str)
            .find(|addr| addr.contains("/tcp/"));
        let any = addrs.iter().filter_map(Value::as_str).next();
        self.addr = tcp.or(any).unwrap_or_default().to_owned();
        Ok(())
    }

    /// Switches the computer off: the program is killed as by a power cut.
    pub fn off(&self) -> bool {
        let Some(mut child) = lock(&self.running).remove(self.name) else {
            return false;
        };
        child.kill().and_then(|()| child.wait()).is_ok()
    }

    /// Whether its program runs.
    pub fn is_on(&self) -> bool {
        let mut running = lock(&self.running);
        let child = running.get_mut(self.name);
        child.is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// The process of its program.
    pub fn pid(&self) -> Option<u32> {
        lock(&self.running).get(self.name).map(Child::id)
    }

    fn start(&self, out: &Path, args: &[&str]) -> Result<Child, Stop> {
        self.command(out, args)?
            .spawn()
            .map_err(|e| self.said(args, &e.to_string()))
    }

    /// "gate: linli gate check ...: exit 11".
    fn said(&self, args: &[&str], what: &str) -> Stop {
        let line: Vec<String> = args
            .iter()
            .take(5)
            .map(|arg| arg.chars().take(24).collect())
            .collect();
        format!("{}: linli {}: {what}", self.name, line.join(" "))
    }
}

/// Waits for the end of a program, without a thread.
fn wait(child: &mut Child, at_most: Duration) -> Option<i32> {
    let began = clock::instant();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.code().unwrap_or(-1)),
            Ok(None) if began.elapsed() < at_most => std::thread::sleep(LOOK),
            _ => return None,
        }
    }
}
