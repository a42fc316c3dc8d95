//! `linli-desktop`: opens the window on one home.

use clap::Parser;
use linli_desktop::{args::Args, window};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    match window::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli-desktop: {error:#}");
            ExitCode::FAILURE
        }
    }
}
