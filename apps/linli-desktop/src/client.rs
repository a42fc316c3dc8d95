//! The way to the node that owns the home. This is the one place where a transport is chosen.

mod line;
mod socket;

pub use line::LineClient;

use linli_view::api::{Event, Fault, FaultCode, Incoming, Request};
use linli_view::client::Client;
use std::path::Path;
use std::sync::Arc;

/// Wakes the window when something came in.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Opens the home: connects to the process that owns it. Whatever goes wrong comes back as the client's first
/// event, worded on the first page.
#[must_use]
pub fn open(home: &Path, wake: Wake) -> Box<dyn Client> {
    match socket::connect(home) {
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
