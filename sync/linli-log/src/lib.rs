//! Device logs: the next entry, the ones that outran their predecessors, and forks.
//!
//! A log is one device's chain in one lane. This crate decides, for an entry that already has its place
//! ([`Carried`]), whether it is next, early, known, or the proof that its author wrote two different entries
//! at one place. Absent here: signatures and roles (below), contents (linli-record), storage (the caller
//! answers [`Chain`]).

mod heads;
mod hold;

pub use heads::{Chain, Head, Logs, Outcome};
pub use linli_charter::Carried;
