//! A node of the window's own, for a home that no program owns.
//!
//! It runs in a thread as `linli node run` would, listens on the home's socket like any owner, and stops with the
//! window. Requests wait until it is ready. A home under a passphrase answers them with "locked"; unlocking
//! starts the node again with what the person typed.

use super::{Home, LineClient, Wake, socket};
use linli_node::api as node;
use linli_node::home::{self, HomeOptions, RunArgs};
use linli_view::api::{Fault, FaultCode, Incoming, Reply, Request};
use linli_view::client::Client;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long the node may take to stop when the window closes.
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
    next: u64,
}

/// The thread, and what it says once: ready, or why not.
struct Running {
    options: HomeOptions,
    said: Receiver<Result<(), Fault>>,
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
            next: 0,
        };
        own.run(None);
        own
    }

    fn run(&mut self, passphrase: Option<String>) {
        let options = HomeOptions {
            dir: self.home.dir.clone(),
            passphrase,
            keys_dir: self.home.keys_dir.clone(),
            timeout: STOP,
        };
        let args = RunArgs {
            listen: self.home.listen.clone(),
            peers: Vec::new(),
            mdns: self.home.mdns,
        };
        let (tell, said) = sync_channel(2);
        let (wake, of) = (Arc::clone(&self.wake), options.clone());
        let body = move || {
            let ended = home::run(&of, &args, &mut |_| {
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
    fn look(&mut self) {
        let Some(said) = self
            .node
            .as_ref()
            .and_then(|node| node.said.try_recv().ok())
        else {
            return;
        };
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
            }
            Err(fault) => {
                self.stop();
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

    fn stop(&mut self) {
        self.line = None;
        let Some(node) = self.node.take() else { return };
        if !node.thread.is_finished() {
            let asked = home::ask(&node.options, node::Request::Shutdown, &mut |_, _| {});
            // A node may be gone before its answer has left. One that did not hear us ends with this process.
            if asked.is_err_and(|fault| fault.code != "owner-gone") {
                return;
            }
        }
        // It has stopped or has panicked; the window goes either way.
        let _ = node.thread.join();
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Client for Own {
    fn send(&mut self, request: Request) -> u64 {
        self.next += 1;
        let id = self.next;
        if let Some(line) = &mut self.line {
            line.send_as(id, request);
            return id;
        }
        let passphrase = match &request {
            Request::Unlock { passphrase } => Some(passphrase.0.clone()),
            _ => None,
        };
        self.waiting.push((id, request));
        if self.node.is_none() {
            self.run(passphrase);
        }
        id
    }

    fn poll(&mut self) -> Vec<Incoming> {
        self.look();
        let mut all = std::mem::take(&mut self.told);
        if let Some(line) = &mut self.line {
            all.extend(line.poll());
        }
        all
    }
}

/// A fault of the node's start as the first page knows it.
fn worded(fault: &node::Fault) -> Fault {
    let code = match fault.code.as_str() {
        "no-home" => FaultCode::NoHome,
        "no-community" | "still-joining" => FaultCode::NoCommunity,
        "passphrase-needed" => FaultCode::Locked,
        "wrong-passphrase" => FaultCode::WrongPassphrase,
        "home-busy" => FaultCode::Busy,
        "home-newer" | "keys-newer" => FaultCode::TooNew,
        "disk-full" => FaultCode::DiskFull,
        _ if fault.exit == 8 => FaultCode::Storage,
        _ => FaultCode::Other,
    };
    // A code we have a page for needs no more words; of any other the code itself is the best there is.
    let message = match code {
        FaultCode::Other | FaultCode::Storage => fault.code.clone(),
        _ => String::new(),
    };
    Fault {
        message,
        ..Fault::of(code)
    }
}
