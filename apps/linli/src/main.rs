//! The command line and daemon: office, gate, household, demo.
//!
//! Reads its arguments, asks the home (over its socket or by opening it), and says the answer twice: as
//! sentences for a person, in Chinese or English, or as one JSON object for a program. See `docs/guide/cli.md`.

mod app;
mod cli;
mod clock;
mod commands;
mod ctx;
mod demo;
mod envelope;
#[cfg(test)]
mod faults;
mod gate;
#[cfg(test)]
mod hints;
mod input;
mod localise;
mod manual;
mod outcome;
mod paper;
mod port;
mod progress;
#[cfg(test)]
mod screens;
mod shape;
mod table;
mod usage;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(app::main(std::env::args_os().collect()))
}
