//! `linli-bench`: runs the benchmarks, prints the table, writes the page.
//!
//! Run it as `cargo xtask bench`. Only a full run writes `docs/benchmarks.md`; it ends with a fault if a row is
//! red and nobody has written down why.

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use linli_bench::bench::{ALL, Scale};
use linli_bench::machine::{self, Machine};
use linli_bench::{clock, table};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Measures Linli against limits taken in the same run.
#[derive(Parser)]
#[command(name = "linli-bench")]
struct Args {
    /// A look whether everything runs: small sizes, two rounds, no page
    #[arg(long)]
    quick: bool,
    /// Only this benchmark (B1, B2, B3, B6, B7, B8, B11, B12, B14); may be given several times; no page
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Full sizes, but so many rounds instead of seven; no page
    #[arg(long, value_name = "N", conflicts_with = "quick")]
    rounds: Option<std::num::NonZeroUsize>,
    /// Folder on the disk to measure; the system's temporary folder otherwise
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// What B7 starts: opens the gate's store in this folder, decides once
    #[arg(long, value_name = "DIR", hide = true)]
    gate_start: Option<PathBuf>,
    /// What B8 and B11 start: the node of the home in this folder
    #[arg(long, value_name = "DIR", hide = true)]
    run_home: Option<PathBuf>,
    /// Whom that node dials
    #[arg(long, value_name = "ADDR", hide = true)]
    peer: Vec<String>,
    /// What B8 starts: the window, with these arguments of its own
    #[arg(long, num_args = 1.., allow_hyphen_values = true, hide = true)]
    window: Vec<OsString>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    if let Some(folder) = &args.gate_start {
        return linli_bench::bench::gate_start::first_decision(folder);
    }
    if let Some(home) = &args.run_home {
        return linli_bench::child::run_node(home, args.peer);
    }
    if !args.window.is_empty() {
        return linli_bench::child::run_window(&args.window);
    }
    let known = |id: &String| ALL.iter().any(|(of, _)| of.eq_ignore_ascii_case(id));
    if let Some(other) = args.only.iter().find(|id| !known(id)) {
        let ids: Vec<&str> = ALL.iter().map(|(id, _)| *id).collect();
        bail!(
            "there is no benchmark {other}; there are {}",
            ids.join(", ")
        );
    }
    let scale = match args.rounds {
        _ if args.quick => Scale::QUICK,
        Some(rounds) => Scale {
            rounds: rounds.get(),
            ..Scale::FULL
        },
        None => Scale::FULL,
    };
    let parent = args.dir.unwrap_or_else(std::env::temp_dir);
    let load = machine::load();
    let mut measured = Vec::new();
    for (id, run) in ALL {
        let wanted = args.only.is_empty() || args.only.iter().any(|o| o.eq_ignore_ascii_case(id));
        if !wanted {
            continue;
        }
        let dir = tempfile::tempdir_in(&parent).context("the folder to measure in")?;
        eprintln!("{id} ..");
        let (rows, took) = clock::timed(|| run(dir.path(), scale));
        measured.extend(rows.with_context(|| (*id).to_owned())?);
        eprintln!("{id} took {:.1} s", took.as_secs_f64());
    }
    let machine = Machine::look(&parent, &load);
    for (name, value) in machine.lines() {
        println!("{name}: {value}");
    }
    println!("\n{}", table::text(&measured));
    if args.quick || args.rounds.is_some() || !args.only.is_empty() {
        return Ok(());
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/benchmarks.md");
    std::fs::write(page, table::page(&measured, &machine)).context("docs/benchmarks.md")?;
    let unexplained = table::unexplained(&measured);
    if !unexplained.is_empty() {
        bail!(
            "red without a cause in tests/linli-bench/src/causes.rs: {}",
            unexplained.join(", ")
        );
    }
    Ok(())
}
