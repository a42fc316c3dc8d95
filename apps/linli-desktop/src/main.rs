//! `linli-desktop`: opens the window on one home.

use linli_desktop::args::Args;
use linli_desktop::{login, window};
use std::process::ExitCode;

/// Arguments that are not understood, as for `linli`.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let args = match Args::read(std::env::args_os()) {
        Ok(args) => args,
        Err(said) => {
            eprintln!("linli-desktop: {said}");
            return USAGE.into();
        }
    };
    let ran = if args.background {
        login::run(&args)
    } else {
        window::run(&args)
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("linli-desktop: {error:#}");
            ExitCode::FAILURE
        }
    }
}
