//! The way to the node that owns the home. This is the one place where a transport is chosen.
//!
//! If some program owns the home already, the window speaks to it over the home's local socket. If none does, the
//! window starts a node of its own in a thread, and speaks to it over the same socket: one way for both, and
//! other programs find the window's node as they would find any other.

mod line;
mod own;
mod socket;

pub use line::LineClient;

use linli_view::api::{Event, Fault, FaultCode, Incoming, Request};
use linli_view::client::Client;
use linli_view::words::Lang;
use std::path::PathBuf;
use std::sync::Arc;

/// Wakes the window when something came in.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Which home, and how a node of its own would run.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The folder.
    pub dir: PathBuf,
    /// Where unprotected keys lie; none: the platform's configuration folder.
    pub keys_dir: Option<PathBuf>,
    /// Where to listen; empty: everywhere, any port.
    pub listen: Vec<String>,
    /// Whether to look around on the local network.
    pub mdns: bool,
    /// Never run a node here: another program of this computer does, or will.
    pub attach: bool,
    /// A node of its own shows notices through the system, in this language; none: it does not.
    pub ring: Option<Lang>,
}

/// Opens the home. Whatever goes wrong comes back through the client and is worded on the first page.
#[must_use]
pub fn open(home: &Home, wake: Wake) -> Box<dyn Client> {
    match socket::connect(&home.dir) {
        Ok((reader, writer)) => match LineClient::new(reader, writer, wake) {
            Ok(client) => Box::new(client),
            Err(error) => {
                let fault = Fault {
                    message: error.to_string(),
                    ..Fault::of(FaultCode::Other)
                };
                Box::new(Closed::new(fault))
            }
        },
        // Without a home it says so, and joins where somebody asks for that.
        Err(fault) if matches!(fault.code, FaultCode::Gone | FaultCode::NoHome) && !home.attach => {
            Box::new(own::Own::start(home.clone(), wake))
        }
        Err(fault) => Box::new(Closed::new(fault)),
    }
}

/// A home that could not be opened: says so once and answers nothing.
pub struct Closed {
    fault: Option<Fault>,
    next: u64,
}

impl Closed {
    /// With this fault.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            next: 0,
        }
    }
}

impl Client for Closed {
    fn send(&mut self, _request: Request) -> u64 {
        self.next += 1;
        self.next
    }

    fn poll(&mut self) -> Vec<Incoming> {
        self.fault
            .take()
            .map(|fault| Incoming::Event {
                event: Event::Closed(fault),
            })
            .into_iter()
            .collect()
    }
}
