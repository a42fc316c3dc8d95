//! A node of the window's own, for a home that no program owns.
//!
//! It runs in a thread as `linli node run` would, listens on the home's socket like any owner, and stops with the
//! window. Requests wait until it is ready. A home under a passphrase answers them with "locked"; unlocking
//! starts the node again with what the person typed.

use super::{Home, LineClient, Wake, socket};
use linli_node::api as node;
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, Ringer, RunArgs};
use linli_view::api::{Fault, FaultCode, Incoming, Paper, Passphrase, Pictures, Reply, Request};
use linli_view::client::Client;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use zeroize::Zeroize as _;

/// How long the other side's person may take to compare.
const JOIN: Duration = Duration::from_secs(600);
/// How long each step of stopping the node may take: until it is ready, until it answers, until it is gone.
const STOP: Duration = Duration::from_secs(10);

/// A client of a node that this process runs.
pub(super) struct Own {
    home: Home,
    wake: Wake,
    node: Option<Running>,
    line: Option<LineClient>,
    /// Requests that wait for the node, with the ids they were given.
    waiting: Vec<(u64, Request)>,
    told: Vec<Incoming>,
    /// A step of joining or founding that is under way.
    joining: Option<Under>,
    /// Somebody listens who is around.
    around: Option<Receiver<Incoming>>,
    /// What opens the home that is here: as typed to unlock it, or to found it. Kept until it has opened.
    opens: Option<Passphrase>,
    next: u64,
}

/// A step under way.
struct Under {
    id: u64,
    said: Receiver<Incoming>,
    thread: Option<JoinHandle<()>>,
    /// What opens the home once it has succeeded; none: what opened it before.
    then_opens: Option<Option<Passphrase>>,
    /// It writes a community, and must not end with the window.
    founds: bool,
}

/// Options whose passphrase is wiped when they go.
struct Wiped(HomeOptions);

impl Drop for Wiped {
    fn drop(&mut self) {
        if let Some(passphrase) = &mut self.0.passphrase {
            passphrase.zeroize();
        }
    }
}

/// The thread, and what it says: that it is ready, or why it ended. The channel closes when it has ended.
struct Running {
    options: Wiped,
    said: Receiver<Result<(), Fault>>,
    /// Was it heard to be ready? From then on the home's socket is this node's.
    ready: bool,
    thread: JoinHandle<()>,
}

impl Own {
    /// Starts the node.
    pub(super) fn start(home: Home, wake: Wake) -> Self {
        let mut own = Self {
            home,
            wake,
            node: None,
            line: None,
            waiting: Vec::new(),
            told: Vec::new(),
            joining: None,
            around: None,
            opens: None,
            next: 0,
        };
        own.run();
        own
    }

    /// The home, with what opens it.
    fn options(&self, opens: Option<&Passphrase>, timeout: Duration) -> Wiped {
        Wiped(HomeOptions {
            dir: self.home.dir.clone(),
            passphrase: opens.map(|opens| opens.0.clone()),
            keys_dir: self.home.keys_dir.clone(),
            timeout,
        })
    }

    fn run(&mut self) {
        let options = self.options(self.opens.as_ref(), STOP);
        let of = self.options(self.opens.as_ref(), STOP);
        let args = RunArgs {
            listen: self.home.listen.clone(),
            peers: Vec::new(),
            mdns: self.home.mdns,
        };
        let (tell, said) = sync_channel(2);
        let wake = Arc::clone(&self.wake);
        let ring = self.home.ring;
        let body = move || {
            let ringer = ring.map(|lang| Ringer {
                bell: linli_bell::system(),
                lang,
                background: false,
                opens: None,
            });
            let ended = home::run_in_window(&of.0, &args, ringer, &mut |_| {
                // The window may be gone; then the node stops soon anyway.
                let _ = tell.send(Ok(()));
                wake();
            });
            if let Err(fault) = ended {
                let _ = tell.send(Err(worded(&fault)));
                wake();
            }
        };
        match thread::Builder::new().name("linli-node".into()).spawn(body) {
            Ok(thread) => {
                self.node = Some(Running {
                    options,
                    said,
                    ready: false,
                    thread,
                })
            }
            Err(error) => {
                let fault = Fault {
                    message: error.to_string(),
                    ..Fault::of(FaultCode::Other)
                };
                self.refuse(&fault);
            }
        }
    }

    /// Looks whether the node has become ready, or has failed.
    #[expect(clippy::result_large_err, reason = "once a connection")]
    fn look(&mut self) {
        let Some(node) = &mut self.node else { return };
        let Ok(said) = node.said.try_recv() else {
            return;
        };
        node.ready = said.is_ok();
        let connected = said.and_then(|()| {
            let (reader, writer) = socket::connect(&self.home.dir)?;
            LineClient::new(reader, writer, Arc::clone(&self.wake)).map_err(|error| Fault {
                message: error.to_string(),
                ..Fault::of(FaultCode::Other)
            })
        });
        match connected {
            Ok(mut line) => {
                for (id, request) in self.waiting.drain(..) {
                    line.send_as(id, request);
                }
                self.line = Some(line);
                self.opens = None;
            }
            Err(fault) => {
                self.stop();
                if matches!(fault.code, FaultCode::WrongPassphrase | FaultCode::Locked) {
                    self.opens = None;
                }
                self.refuse(&fault);
            }
        }
    }

    /// Answers everything that waits with the fault.
    fn refuse(&mut self, fault: &Fault) {
        let waiting = std::mem::take(&mut self.waiting);
        let reply = |(id, _)| Incoming::Reply {
            id,
            reply: Reply::Fault(fault.clone()),
        };
        self.told.extend(waiting.into_iter().map(reply));
    }

    /// One step of joining or founding, in a thread: the other side may take its time. A joining ends with this process
    /// at the latest; a founding is waited for.
    fn join(&mut self, id: u64, request: Request) {
        let before = self.options(self.opens.as_ref(), JOIN);
        let founds = matches!(request, Request::Found(_));
        let then_opens = match &request {
            Request::Found(found) => Some(found.passphrase.clone()),
            // Where none is typed, a home that was begun goes on under what opened it.
            Request::Join { passphrase, .. } => Some(passphrase.clone().or(self.opens.clone())),
            Request::StartAgain => Some(None),
            _ => None,
        };
        let makes = founds || matches!(request, Request::Join { .. });
        let anew = founds || (makes && then_opens.as_ref() != Some(&self.opens));
        let options = match &then_opens {
            Some(opens) if makes => self.options(opens.as_ref(), JOIN),
            _ => self.options(self.opens.as_ref(), JOIN),
        };
        let (tell, said) = sync_channel(1);
        let (wake, looks) = (Arc::clone(&self.wake), self.home.mdns);
        let body = move || {
            // What was begun under another passphrase would not open with this one: it goes, it has nothing in it.
            let cleared = if anew && before.0.passphrase.is_some() {
                home::start_again(&before.0)
            } else {
                Ok(())
            };
            let reply = cleared
                .and_then(|()| joined(&options.0, request, looks))
                .unwrap_or_else(|fault| {
                    Reply::Fault(Fault {
                        message: fault.code,
                        ..Fault::of(FaultCode::Other)
                    })
                });
            let _ = tell.send(Incoming::Reply { id, reply });
            wake();
        };
        match thread::Builder::new().name("linli-join".into()).spawn(body) {
            Ok(thread) => {
                self.joining = Some(Under {
                    id,
                    said,
                    thread: Some(thread),
                    then_opens,
                    founds,
                });
            }
            Err(error) => self.told.push(other(id, error.to_string())),
        }
    }

    /// Looks whether the step under way has ended.
    fn look_at_step(&mut self) {
        let Some(under) = &self.joining else { return };
        let step = match under.said.try_recv() {
            Ok(step) => step,
            Err(TryRecvError::Empty) => return,
            // The thread died over it: the page must not wait for ever.
            Err(TryRecvError::Disconnected) => other(under.id, "our-fault".into()),
        };
        let failed = matches!(
            step,
            Incoming::Reply {
                reply: Reply::Fault(_),
                ..
            }
        );
        if let Some(under) = self.joining.take()
            && !failed
            && let Some(opens) = under.then_opens
        {
            self.opens = opens;
        }
        self.told.push(step);
        if !self.waiting.is_empty() && self.node.is_none() && self.line.is_none() {
            // What was asked meanwhile.
            self.run();
        }
    }

    /// Listens who is around, in a thread; at once nobody where this home does not look around.
    fn look_around(&mut self, id: u64) {
        let nobody = |id| Incoming::Reply {
            id,
            reply: Reply::Nearby(Box::default()),
        };
        if !self.home.mdns || self.around.is_some() {
            return self.told.push(nobody(id));
        }
        let (tell, said) = sync_channel(1);
        let wake = Arc::clone(&self.wake);
        let body = move || {
            let heard = home::nearby::nearby().ok();
            let heard = heard.and_then(|answer| serde_json::from_value(answer.data).ok());
            let reply = heard.map_or(Reply::Done, Reply::Nearby);
            let _ = tell.send(Incoming::Reply { id, reply });
            wake();
        };
        match thread::Builder::new()
            .name("linli-around".into())
            .spawn(body)
        {
            Ok(_) => self.around = Some(said),
            Err(_) => self.told.push(nobody(id)),
        }
    }

    /// Stops the node and waits until its home is free; a node that does not stop in time ends with this process.
    ///
    /// It is told only once it is ready: before that the home may be another program's, which must not be stopped, or
    /// nobody's, and then nobody would hear.
    fn stop(&mut self) {
        self.line = None;
        let Some(node) = self.node.take() else { return };
        let mut listens = node.ready;
        loop {
            if listens && !node.thread.is_finished() {
                let asked = home::ask(&node.options.0, node::Request::Shutdown, &mut |_, _| {});
                // A node may be gone before its answer has left.
                if asked.is_err_and(|fault| fault.code != "owner-gone") {
                    return;
                }
            }
            match node.said.recv_timeout(STOP) {
                Ok(said) => listens = said.is_ok(),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => return,
            }
        }
        // It has stopped or has panicked; the window goes either way.
        let _ = node.thread.join();
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(under) = self.joining.take().filter(|under| under.founds)
            && let Some(thread) = under.thread
        {
            // Seconds at most. It has panicked, or the community stands; the window goes either way.
            let _ = thread.join();
        }
        self.stop();
    }
}

/// A step that ended in no answer of the node.
fn other(id: u64, message: String) -> Incoming {
    let reply = Reply::Fault(Fault {
        message,
        ..Fault::of(FaultCode::Other)
    });
    Incoming::Reply { id, reply }
}

impl Client for Own {
    fn send(&mut self, request: Request) -> u64 {
        self.next += 1;
        let id = self.next;
        if let Some(line) = &mut self.line {
            line.send_as(id, request);
            return id;
        }
        if matches!(
            request,
            Request::Join { .. }
                | Request::JoinPictures
                | Request::JoinConfirm { .. }
                | Request::StartAgain
                | Request::FoundPaper
                | Request::Found(_)
        ) {
            if self.joining.is_some() {
                self.told.push(other(id, "home-busy".into()));
            } else {
                self.join(id, request);
            }
            return id;
        }
        if request == Request::Nearby {
            self.look_around(id);
            return id;
        }
        if let Request::Unlock { passphrase } = &request {
            self.opens = Some(passphrase.clone());
        }
        self.waiting.push((id, request));
        // A home that is being made belongs to whoever makes it.
        if self.node.is_none() && self.joining.is_none() {
            self.run();
        }
        id
    }

    fn poll(&mut self) -> Vec<Incoming> {
        self.look();
        self.look_at_step();
        let around = self.around.as_ref().and_then(|said| said.try_recv().ok());
        if let Some(around) = around {
            self.around = None;
            self.told.push(around);
        }
        let mut all = std::mem::take(&mut self.told);
        if let Some(line) = &mut self.line {
            all.extend(line.poll());
        }
        all
    }
}

/// Carries out one step of joining or founding.
fn joined(options: &HomeOptions, request: Request, looks: bool) -> Result<Reply, node::Fault> {
    let quiet = &mut |_: u64, _: u64| {};
    let pictures = |data: serde_json::Value| -> Result<Reply, node::Fault> {
        let pictures: Pictures =
            serde_json::from_value(data).map_err(|_| node::Fault::ours("answer"))?;
        Ok(Reply::Pictures(Box::new(pictures)))
    };
    match request {
        Request::Join {
            invite,
            device_name,
            ..
        } => {
            let args = JoinArgs {
                invite,
                device_name,
            };
            let joined = if looks {
                home::join_looking(options, &args)
            } else {
                home::join(options, &args)
            };
            pictures(joined?.data)
        }
        Request::JoinConfirm { typed } => {
            home::ask(options, node::Request::SasConfirm { typed }, quiet)?;
            Ok(Reply::Done)
        }
        Request::StartAgain => {
            home::start_again(options)?;
            Ok(Reply::Done)
        }
        Request::FoundPaper => {
            // Nobody copies 24 words for a folder that takes no home.
            home::may_found(options)?;
            let sheet = home::draw_sheet();
            Ok(Reply::Paper(Box::new(Paper {
                words: Passphrase(sheet.words.to_string()),
                ask: sheet.ask,
            })))
        }
        Request::Found(found) => {
            let args = FoundArgs {
                name: found.name.clone(),
                utc_offset_minutes: found.utc_offset_min,
                gates: found.gates.clone(),
                office: found.office.clone(),
                founders: 1,
            };
            home::found_on(options, &args, &found.paper.0)?;
            Ok(Reply::Done)
        }
        _ => {
            let mut said = home::ask(options, node::Request::SasShow, quiet)?.data;
            pictures(said["sides"][0].take())
        }
    }
}

/// A fault of the node's start as the first page knows it.
fn worded(fault: &node::Fault) -> Fault {
    let code = match fault.code.as_str() {
        // A home that nothing ever came into: one may begin there as anything.
        "no-home" | "no-community" => FaultCode::NoHome,
        "still-joining" => FaultCode::NoCommunity,
        "passphrase-needed" => FaultCode::Locked,
        "wrong-passphrase" => FaultCode::WrongPassphrase,
        "home-busy" => FaultCode::Busy,
        "home-newer" | "keys-newer" => FaultCode::TooNew,
        "disk-full" => FaultCode::DiskFull,
        _ if fault.exit == 8 => FaultCode::Storage,
        _ => FaultCode::Other,
    };
    Fault {
        said: fault.code.clone(),
        args: fault.args.clone(),
        ..Fault::of(code)
    }
}

#[cfg(test)]
mod tests;
