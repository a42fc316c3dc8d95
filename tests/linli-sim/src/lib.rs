//! Deterministic simulation of the mesh: library and command.
//!
//! One world, one heap of events, one seed. The replicas are the product's own ([`linli_node::replica::Replica`]
//! with its hub and the real redb adapter); around them everything is simulated and goes wrong on purpose: a
//! network that delays, cuts and breaks, disks that forget and run full, clocks that jump, processes that die
//! inside a commit, devices that are lost, put back to old copies or revoked. Checkers look on from outside.
//! `docs/guide/simulator.md` tells how to read a red seed.
//!
//! ```
//! use linli_sim::{Options, run};
//!
//! let outcome = run(7, &Options::default());
//! assert_eq!(outcome.violation, None);
//! assert_eq!(outcome.hash, run(7, &Options::default()).hash);
//! ```

#![allow(
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a simulator is a test: what it does not expect stops it, with the seed printed"
)]

mod check;
mod dice;
mod disk;
mod event;
mod files;
mod gates;
mod judge;
mod ledger;
mod many;
mod net;
mod node;
mod options;
mod oracle;
mod parcel;
mod people;
mod quiet;
mod reach;
#[cfg(test)]
mod reasons;
mod run;
mod small;
mod sometimes;
mod trace;
mod truth;
mod world;

pub use files::{FilePlant, FileTally, Lane, many_files, run_files};
pub use gates::{Founded, GatePlant, GateTally, many_gates, run_gates};
pub use many::{Many, Summary};
pub use options::{Options, Plant};
pub use quiet::AGREE_WITHIN_MS;
pub use reach::{ReachPlant, ReachTally, SHOWN_WITHIN_MS, Street, many_reach, run_reach};
pub use run::{Outcome, run};
pub use sometimes::{ALL as SOMETIMES, Sometimes};
pub use trace::Lines;
pub use world::{TOO_LITTLE, Tally, Violation};
