//! `cargo xtask test`: the steps that guard main, run one after the other and timed.
//!
//! A step that fails does not hide the others: all run, unless `--fail-fast`. Nothing is tried twice, and a
//! step whose programs cannot be had fails with the package's name; none is skipped in silence.

mod run;
mod table;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use table::{STEPS, Step};

/// How many of the slowest steps the end names.
const SLOWEST: usize = 10;

/// What the command line asked of `cargo xtask test`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    fail_fast: bool,
    list: bool,
    only: Vec<String>,
}

/// How one step went.
struct Outcome {
    name: &'static str,
    took: Duration,
    error: Option<String>,
}

/// The steps that need no build beyond this crate's. True if all passed.
pub fn quick(root: &Path) -> Result<bool> {
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| step.quick).collect();
    run_all(&chosen, false, &mut |step| run::one(root, step))
}

/// Every step, or those named. True if all passed.
pub fn test(root: &Path, args: &[String]) -> Result<bool> {
    let options = options(args)?;
    let chosen = chosen(STEPS, &options.only)?;
    if options.list {
        for step in chosen {
            println!("{:<12} {}", step.name, step.shown());
        }
        return Ok(true);
    }
    run_all(&chosen, options.fail_fast, &mut |step| run::one(root, step))
}

/// The journeys of these names, or all thirty; the step of this name plays six. True if all went well.
pub fn journeys(root: &Path, args: &[String]) -> Result<bool> {
    let program = ["linli-e2e journeys".to_owned()];
    let program = [&program, args].concat().join(" ");
    let step = chosen(STEPS, &["journeys".to_owned()])?;
    run_all(&step, false, &mut |step| run::asked(root, step, &program))
}

fn options(args: &[String]) -> Result<Options> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--fail-fast" => options.fail_fast = true,
            "--list" => options.list = true,
            "--only" => match args.next() {
                Some(name) => options.only.push(name.clone()),
                None => bail!("--only wants the name of a step; --list names them"),
            },
            other => bail!("`cargo xtask test` knows no `{other}`"),
        }
    }
    Ok(options)
}

fn chosen<'a>(steps: &'a [Step], only: &[String]) -> Result<Vec<&'a Step>> {
    if let Some(unknown) = only
        .iter()
        .find(|name| !steps.iter().any(|step| step.name == **name))
    {
        bail!("there is no step `{unknown}`; --list names them");
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(steps.iter().filter(wanted).collect())
}

/// Runs the steps with `run` and prints the closing lines. True if all passed.
fn run_all(
    steps: &[&Step],
    fail_fast: bool,
    run: &mut dyn FnMut(&Step) -> Result<()>,
) -> Result<bool> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for step in steps {
        println!("\n=== {}: {}", step.name, step.shown());
        std::io::stdout().flush()?;
        let start = now();
        let error = run(step).err().map(|error| format!("{error:#}"));
        let took = start.elapsed();
        match &error {
            None => println!("=== {}: passed in {}", step.name, seconds(took)),
            Some(why) => println!("=== {}: FAILED in {}: {why}", step.name, seconds(took)),
        }
        let failed = error.is_some();
        outcomes.push(Outcome {
            name: step.name,
            took,
            error,
        });
        if failed && fail_fast {
            break;
        }
    }
    print!("{}", closing(&outcomes, steps.len()));
    std::io::stdout().flush()?;
    Ok(outcomes.iter().all(|outcome| outcome.error.is_none()))
}

/// The slowest steps, then what failed, then the line a machine reads: `N passed, M failed`.
fn closing(outcomes: &[Outcome], planned: usize) -> String {
    let mut slowest: Vec<&Outcome> = outcomes.iter().collect();
    slowest.sort_by_key(|outcome| std::cmp::Reverse(outcome.took));
    slowest.truncate(SLOWEST);
    let mut text = String::from("\nslowest steps:\n");
    for outcome in slowest {
        text += &format!("{:>10}  {}\n", seconds(outcome.took), outcome.name);
    }
    let failed: Vec<&Outcome> = outcomes.iter().filter(|one| one.error.is_some()).collect();
    for outcome in &failed {
        let name = outcome.name;
        text += &format!("failed: {name}; again with `cargo xtask test --only {name}`\n");
    }
    if outcomes.len() < planned {
        text += &format!("not run after the failure: {}\n", planned - outcomes.len());
    }
    let passed = outcomes.len() - failed.len();
    text + &format!("{passed} passed, {} failed\n", failed.len())
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long a step takes is this tool's to measure"
)]
fn now() -> Instant {
    Instant::now()
}
