//! Homes of the running product in one process: founded, joined with the pictures typed on both sides, run as
//! nodes over libp2p on loopback, asked over their sockets. No code of the node is repeated here.

use crate::clock::instant;
use anyhow::{Context as _, Result, anyhow, bail};
use linli_node::api::{Ask, Fault, Line, NoticeArgs, Request};
use linli_node::home::socket::OwnerStream;
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, RunArgs};
use serde_json::Value;
use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longer than anything takes that succeeds.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at something that takes a while.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Where a home lies.
#[must_use]
pub fn options(dir: &Path, name: &str) -> HomeOptions {
    HomeOptions {
        dir: dir.join(name),
        passphrase: None,
        keys_dir: Some(dir.join("keys")),
        timeout: PATIENCE,
    }
}

/// Asks a home.
///
/// # Errors
/// The fault's code and arguments.
pub fn ask(o: &HomeOptions, request: Request) -> Result<Value> {
    let answer = home::ask(o, request, &mut |_, _| {}).map_err(|f| told(&f))?;
    Ok(answer.data)
}

fn told(fault: &Fault) -> anyhow::Error {
    anyhow!("{} {:?}", fault.code, fault.args)
}

/// Founds the community in a new home.
///
/// # Errors
/// The disk.
pub fn found(o: &HomeOptions) -> Result<()> {
    let args = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![(1, "东门".into())],
        office: "居委会".into(),
        founders: 1,
    };
    home::found(o, &args).map_err(|f| told(&f))?;
    Ok(())
}

/// Enrols a household in a new home, over loopback, with the pictures typed by both; its device.
///
/// # Errors
/// Whatever either side refuses.
pub fn join(office: &HomeOptions, joiner: &HomeOptions, unit: &str) -> Result<String> {
    let open = Request::InviteOpen {
        unit: Some(unit.to_owned()),
        role: "household".into(),
        ttl_s: 600,
    };
    let invite = text(&ask(office, open)?["invite"])?;
    let args = JoinArgs {
        invite,
        device_name: "测量".into(),
    };
    let side = home::join(joiner, &args).map_err(|f| told(&f))?.data;
    let names = side["names_zh"].as_array().context("no pictures")?;
    let typed: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    let typed = typed.join(" ");
    let confirm = Request::SasConfirm { typed };
    ask(office, confirm.clone())?;
    text(&ask(joiner, confirm)?["device"])
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().context("no text in the answer")?.to_owned())
}

/// A node that runs in threads of this process until it is stopped.
pub struct Running {
    /// Its home.
    pub home: HomeOptions,
    /// Where it listens.
    pub addrs: Vec<String>,
    thread: Option<JoinHandle<Result<(), Fault>>>,
}

impl Running {
    /// Starts a node that dials these peers and nobody else that it is told of.
    ///
    /// # Errors
    /// It cannot listen, or ends at once.
    pub fn start(home: &HomeOptions, peers: Vec<String>) -> Result<Self> {
        let (say, ready) = mpsc::sync_channel(1);
        let of = home.clone();
        let thread = std::thread::Builder::new().spawn(move || {
            let args = RunArgs {
                listen: vec!["127.0.0.1:0".into()],
                peers,
                mdns: false,
            };
            home::run(&of, &args, &mut |v| {
                let _ = say.send(v);
            })
        })?;
        let said: Value = ready
            .recv_timeout(PATIENCE)
            .context("a node did not become ready")?;
        let addrs = said["addrs"].as_array().context("no addresses")?;
        let addrs = addrs
            .iter()
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect();
        Ok(Self {
            home: home.clone(),
            addrs,
            thread: Some(thread),
        })
    }

    /// Stops it.
    ///
    /// # Errors
    /// What it ended with.
    pub fn stop(mut self) -> Result<()> {
        ask(&self.home, Request::Shutdown)?;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Err(fault))) => Err(told(&fault)),
            Some(Err(_)) => bail!("a node panicked"),
            _ => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = ask(&self.home, Request::Shutdown);
            let _ = thread.join();
        }
    }
}

/// Waits until something holds.
///
/// # Errors
/// It does not, for a minute.
pub fn until(what: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
    let start = instant();
    while !holds()? {
        if start.elapsed() > PATIENCE {
            bail!("never: {what}");
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
    Ok(())
}

/// A program that sits at a home and is told of changes, as the desktop is.
pub struct Watcher {
    stream: OwnerStream,
    asked: u64,
}

impl Watcher {
    /// Subscribes.
    ///
    /// # Errors
    /// Nobody owns the home.
    pub fn new(home: &HomeOptions) -> Result<Self> {
        let stream = OwnerStream::connect(home).context("nobody owns the home")?;
        let mut watcher = Self { stream, asked: 0 };
        watcher.ask(Request::Subscribe)?;
        Ok(watcher)
    }

    /// Waits until the home shows a notice; the moment at which it did.
    ///
    /// # Errors
    /// It does not within the patience of the home's options.
    pub fn shows(&mut self, id: &str) -> Result<Instant> {
        loop {
            let shown = self.ask(Request::NoticeShow { id: id.to_owned() })?;
            if shown {
                return Ok(instant());
            }
            loop {
                let line = self.stream.read().map_err(|f| told(&f))?;
                if matches!(&line, Line::Event(topics) if topics.iter().any(|t| t == "notices")) {
                    break;
                }
            }
        }
    }

    /// Asks and reads up to the answer; whether it was one and no fault.
    fn ask(&mut self, cmd: Request) -> Result<bool> {
        self.asked += 1;
        let id = self.asked;
        self.stream.send(&Ask { id, cmd }).map_err(|f| told(&f))?;
        loop {
            match self.stream.read().map_err(|f| told(&f))? {
                Line::Ok { id: of, .. } if of == id => return Ok(true),
                Line::Err { id: of, .. } if of == id => return Ok(false),
                _ => {}
            }
        }
    }
}

/// A notice to publish.
#[must_use]
pub fn notice(n: usize) -> NoticeArgs {
    NoticeArgs {
        title: format!("停电通知 {n}"),
        body: "楼下的快递柜今天下午要检修,急用的邻居请在三点以前取件,谢谢大家配合。".repeat(3),
        confirm: true,
        ..NoticeArgs::default()
    }
}
