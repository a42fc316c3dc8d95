//! The line to the node, as a trait, so that a window can be driven by a node in another process, a node in the
//! same process, or a test.

use crate::api::{Incoming, Request};

/// Sends requests and hands out what came back; never blocks.
///
/// The implementation wakes the window (through a plain `Fn()` it was given) whenever something came in. A
/// connection that breaks shows as one `Event::Closed`; what is sent afterwards is answered by `Fault` replies or
/// by nothing.
pub trait Client {
    /// Sends one request; its reply comes back through [`Client::poll`] under the id returned here.
    fn send(&mut self, request: Request) -> u64;

    /// Everything that came in since the last call, in order.
    fn poll(&mut self) -> Vec<Incoming>;
}
