//! Our half of the foreign judges: `check FILE...` runs vectors, `write DIR` writes ours; `alerts DIR` writes CAP
//! messages, `read-alerts FILE...` reads them.
//!
//! Prints a line for each file and `N passed, M failed` at the end; exit status 1 when one failed, 2 for usage.

use linli_pass::vectors;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.split_first() {
        Some((word, [folder])) if word == "write" => write(folder),
        Some((word, files)) if word == "check" && !files.is_empty() => check(files),
        Some((word, [folder])) if word == "alerts" => alerts(folder),
        Some((word, files)) if word == "read-alerts" && !files.is_empty() => read_alerts(files),
        _ => {
            eprintln!(
                "usage: linli-vectors check FILE... | write DIR | alerts DIR | read-alerts FILE..."
            );
            ExitCode::from(2)
        }
    }
}

fn write(folder: &str) -> ExitCode {
    match linli_vectors::write_passes(Path::new(folder)) {
        Ok(files) => {
            println!("{files} files written to {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn alerts(folder: &str) -> ExitCode {
    match linli_vectors::alerts::write(Path::new(folder)) {
        Ok(files) => {
            println!("{files} files written to {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A line for each file; refusing one is an answer, not a failure.
fn read_alerts(files: &[String]) -> ExitCode {
    for file in files {
        match linli_vectors::alerts::read(Path::new(file)) {
            Ok(()) => println!("read    {file}"),
            Err(why) => println!("refused {file} {why}"),
        }
    }
    ExitCode::SUCCESS
}

fn check(files: &[String]) -> ExitCode {
    let mut failed = 0usize;
    for file in files {
        let outcome = std::fs::read_to_string(file).map_err(|e| e.to_string());
        match outcome.and_then(|json| vectors::run(&json).map_err(|d| d.to_string())) {
            Ok(decision) => {
                let code = decision.code().map_or("", |c| c.as_str());
                println!("ok    {file} {} {code}", decision.verdict);
            }
            Err(why) => {
                failed += 1;
                println!("FAIL  {file} {why}");
            }
        }
    }
    println!("{} passed, {failed} failed", files.len() - failed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
