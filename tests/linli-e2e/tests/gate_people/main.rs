//! What a gate knows of people and whom it calls, as real processes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod asked;
mod calls;
mod clearing;
mod common;
mod lists;
mod passes;
mod residents;
