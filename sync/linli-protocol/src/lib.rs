//! How replicas bring each other up to date: frames, and a state machine without input or output.
//!
//! Each side shows a certificate, then what it holds as a vector of log heads, then sends what the other
//! lacks and may carry, urgent things first; afterwards whatever becomes durable is pushed (sync.md §2).
//! [`Hub::step`] is the whole of it: it reads no clock, rolls no dice, opens no record. It sends nothing that
//! is not durable, because all it can send it reads from the [`Library`], which holds committed things only.

pub mod frame;
pub mod hub;
mod session;

pub use frame::{Frame, FrameError};
pub use hub::{Ctx, Hub, Input, Library, LinkId, News, Output, PeerFault, Tell};
