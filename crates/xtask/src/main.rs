//! The repository's chores, as `cargo xtask NAME`: what guards main, and shortcuts to the simulator and the
//! benchmarks. `cargo xtask help` lists them.
//!
//! Kept small in dependencies, so that a fresh clone has its first answer in seconds.

#[cfg(test)]
mod canary;
mod layers;
mod metadata;
mod repo;
mod rust_text;
mod steps;
mod supply;
mod tidy;
mod tools;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use metadata::Workspace;
use repo::{Finding, Tree};

const HELP: &str = "\
cargo xtask NAME

  quick              fmt, layers, tidy, versions, licences, bans: seconds
  test               everything that guards main; closes with `N passed, M failed`
       --fail-fast     stop at the first step that fails
       --only STEP     only this step (may be given again)
       --list          name the steps and what each runs
  layers             who uses whom, and what the core does without
  tidy               how files open, their length, unfinished words, links, languages, layout
  versions           what the lockfile resolved to
  licences           every package's licence
  bans               packages, features and sources we do without
  sim ARGS           the simulator, as in `cargo xtask sim --seeds 100 --from 7`
  bench ARGS         the benchmarks, optimised
  journeys [NAME..]  the ten journeys in real windows, by keyboard, mouse and screen reader: `lost`, `lost:mouse`
  sheets DIR         every screen in all languages, looks and sizes, twelve to a picture
";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True if everything asked for holds.
fn run() -> Result<bool> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match args.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[] as &[String]),
    };
    let root = repo::root()?;
    match name {
        "quick" => steps::quick(&root),
        "test" => steps::test(&root, rest),
        "layers" => Ok(report(&layers(&root)?)),
        "tidy" => Ok(report(&tidy(&root)?)),
        "versions" => Ok(report(&versions(&root)?)),
        "licences" => Ok(report(&licences(&root)?)),
        "bans" => Ok(report(&bans(&root)?)),
        "sim" => pass_through(&root, &["run", "-p", "linli-sim", "--"], rest),
        "bench" => {
            let cargo = ["run", "--release", "-p", "linli-bench", "--"];
            pass_through(&root, &cargo, rest)
        }
        "journeys" => steps::journeys(&root, rest),
        "sheets" => sheets(&root, rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(true)
        }
        other => bail!("there is no chore `{other}`\n\n{HELP}"),
    }
}

/// Prints findings; true if there are none.
fn report(found: &[Finding]) -> bool {
    for finding in found {
        println!("{finding}");
    }
    match found.len() {
        0 => println!("nothing to mend"),
        count => println!("{count} to mend"),
    }
    found.is_empty()
}

fn layers(root: &Path) -> Result<Vec<Finding>> {
    Ok(layers::check(&Workspace::load(root)?, &Tree::load(root)?))
}

fn tidy(root: &Path) -> Result<Vec<Finding>> {
    Ok(tidy::check(&Tree::load(root)?))
}

fn versions(root: &Path) -> Result<Vec<Finding>> {
    supply::versions(&Tree::load(root)?)
}

fn licences(root: &Path) -> Result<Vec<Finding>> {
    Ok(supply::licences(&Workspace::load(root)?))
}

fn bans(root: &Path) -> Result<Vec<Finding>> {
    Ok(supply::bans(&Workspace::load(root)?, &Tree::load(root)?))
}

/// Draws them with the build that the tests have: the drawing takes a minute or two, another build would take ten.
fn sheets(root: &Path, rest: &[String]) -> Result<bool> {
    let build = ["build", "--workspace", "--example", "sheets"];
    if !pass_through(root, &build, &[])? {
        return Ok(false);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| root.join("target"));
    let program = target.join("debug/examples/sheets");
    let status = Command::new(&program).args(rest).status();
    let status = status.with_context(|| format!("{} could not be started", program.display()))?;
    Ok(status.success())
}

fn pass_through(root: &Path, cargo: &[&str], rest: &[String]) -> Result<bool> {
    let status = Command::new(tools::cargo())
        .current_dir(root)
        .args(cargo)
        .args(rest)
        .status()
        .context("cargo could not be started")?;
    Ok(status.success())
}
