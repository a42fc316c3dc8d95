//! Runs one step: makes sure of its programs, sets its variables, and bounds its time.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::table::{Run, Step, program};
use crate::repo::Finding;
use crate::tools::{self, Program};

/// The screen that most offices have.
const SCREEN: &str = "-screen 0 1366x768x24";
const DISPLAY: &[Program] = &[program("xvfb-run", "xvfb"), program("xauth", "xauth")];
/// Where a step finds the interpreter of its Python packages.
const PYTHON: &str = "LINLI_PYTHON";
/// Where a step finds the folder of its modules from npm.
const NODE_MODULES: &str = "LINLI_NODE_MODULES";
/// What coreutils' `timeout` exits with when time ran out.
const OUT_OF_TIME: i32 = 124;

/// Runs a step; what it prints goes straight through. An error is a failed step, with why.
pub fn one(root: &Path, step: &Step) -> Result<()> {
    tools::ensure_apt(step.apt)?;
    match step.run {
        Run::Own(check) => none_left(&check(root)?),
        Run::Cargo(args) => cargo(root, step, args),
        Run::Built(program) => built(root, step, program),
        Run::Python(args) => python(root, step, args),
        Run::CargoIf(tool, with, without) => {
            let here = tools::is_here(&format!("cargo-{tool}"));
            cargo(root, step, if here { with } else { without })
        }
    }
}

/// A program of this workspace with other arguments than the step's own.
pub fn asked(root: &Path, step: &Step, program: &str) -> Result<()> {
    tools::ensure_apt(step.apt)?;
    built(root, step, program)
}

fn none_left(found: &[Finding]) -> Result<()> {
    for finding in found {
        println!("{finding}");
    }
    match found.len() {
        0 => Ok(()),
        count => bail!("{count} to mend"),
    }
}

/// With everything that the step of the tests builds, so that it is built once.
const BUILD: &str = "build --workspace --bins --tests --locked --quiet";

/// Builds what is not built, then runs the program.
fn built(root: &Path, step: &Step, program: &str) -> Result<()> {
    cargo(root, step, BUILD)?;
    let (name, args) = program.split_once(' ').unwrap_or((program, ""));
    let path = tools::target(root).join("debug").join(name);
    let limited = tools::is_here("timeout");
    run(root, step, &line_of(step, path.into(), args, limited))
}

fn cargo(root: &Path, step: &Step, args: &str) -> Result<()> {
    run(
        root,
        step,
        &command_line(step, args, tools::is_here("timeout")),
    )
}

fn run(root: &Path, step: &Step, line: &[OsString]) -> Result<()> {
    if step.display {
        tools::ensure_apt(DISPLAY)?;
    }
    let mut command = Command::new(&line[0]);
    command.args(&line[1..]).current_dir(root);
    command.envs(step.env.iter().copied()).stdin(Stdio::null());
    if !step.python.is_empty() {
        command.env(PYTHON, tools::ensure_venv(root, step.python)?);
    }
    let first = line[0].to_string_lossy();
    let status = command
        .status()
        .with_context(|| format!("{first} could not be started"))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(OUT_OF_TIME) => bail!("did not finish within {} minutes", step.minutes),
        _ => bail!("{status}"),
    }
}

/// A script of ours, with the interpreter that has the packages the step names.
fn python(root: &Path, step: &Step, args: &str) -> Result<()> {
    let python = tools::ensure_venv(root, step.python)?;
    let mut command = Command::new(&python);
    command.args(args.split_whitespace()).current_dir(root);
    command.env(PYTHON, &python).envs(step.env.iter().copied());
    if let Some(folder) = step.npm {
        command.env(NODE_MODULES, tools::ensure_npm(root, folder)?);
    }
    let status = command
        .stdin(Stdio::null())
        .status()
        .context("python could not be started")?;
    match status.code() {
        Some(0) => Ok(()),
        _ => bail!("{status}"),
    }
}

/// The whole command: the limit outermost, so that it ends the display too.
pub(super) fn command_line(step: &Step, args: &str, limited: bool) -> Vec<OsString> {
    line_of(step, tools::cargo(), args, limited)
}

fn line_of(step: &Step, program: OsString, args: &str, limited: bool) -> Vec<OsString> {
    let mut line: Vec<OsString> = Vec::new();
    if limited {
        let limit = format!("{}m", step.minutes);
        line.extend(["timeout", "--kill-after=10s", &limit].map(OsString::from));
    }
    if step.display {
        line.extend(["xvfb-run", "-a", "-s", SCREEN].map(OsString::from));
    }
    line.push(program);
    line.extend(args.split_whitespace().map(OsString::from));
    line
}
