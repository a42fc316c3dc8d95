//! The visitor pass and the gate's decision, pure.
//!
//! A household signs a grant ([`Grant`]) into a text that fits a QR code ([`issue`]); a gate reads it
//! ([`Token`]) and decides from its own replica alone ([`decide()`]). Nothing here reads a clock, rolls dice,
//! opens a file or keeps a thread: the gate station, the command line and the tests share one function. The
//! format is in `docs/formats/pass.md`, the order of the checks in [`Code`].

pub mod codes;
pub mod context;
pub mod decide;
pub mod grant;
pub mod log;
mod pin;
mod plate;
pub mod qr;
pub mod reason;
pub mod ring;
pub mod state;
#[cfg(test)]
mod testing;
pub mod token;
pub mod transfer;
pub mod vectors;

pub use codes::{Code, Verdict};
pub use decide::{Decision, Lane, Now, Scan, Show, What, decide};
pub use grant::{Claims, Cti, Grant, GrantError, Kind, ShortCode, Window};
pub use pin::{Pin, PinError};
pub use plate::{Near, Plate, PlateError};
pub use reason::{Lang, Reason, Setting};
pub use state::GateState;
pub use token::{IssueError, Token, TokenError, issue};
