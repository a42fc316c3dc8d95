//! The command: `linli-sim --seeds 1000`, and `linli-sim --seed 7 --trace` for one that is red.

use clap::Parser;
use linli_sim::{
    FilePlant, GatePlant, Lines, Many, Options, Outcome, Plant, ReachPlant, SOMETIMES, Summary,
    many_files, many_gates, many_reach, run,
};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// From this many seeds on, every rare state must have been reached.
const ENOUGH: u64 = 1_000;
/// The same of a small world.
const ENOUGH_SMALL: u64 = 100;

/// Runs the whole mesh in one process, with faults drawn from seeds.
#[derive(Parser, Debug)]
#[command(name = "linli-sim")]
struct Args {
    /// How many seeds to run.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Runs this one seed.
    #[arg(long)]
    seed: Option<u64>,
    /// Prints everything that happens (with --seed).
    #[arg(long, requires = "seed")]
    trace: bool,
    /// So many nodes instead of what the seed draws, from 3.
    #[arg(long)]
    nodes: Option<usize>,
    /// Plants a fault: acknowledge-before-commit, send-before-persist, act-after-its-entry, hold-back-lost, hash-order.
    #[arg(long, value_parser = |s: &str| Plant::parse(s).ok_or("no such fault"))]
    plant: Option<Plant>,
    /// Plays only this part, in a small world of its own: files, gates, reach.
    #[arg(long, value_parser = ["files", "gates", "reach"])]
    only: Option<String>,
    /// With --only gates, plants a fault: opens-before-log.
    #[arg(long, requires = "only", value_parser = |s: &str| GatePlant::parse(s).ok_or("no such fault"))]
    gate_plant: Option<GatePlant>,
    /// With --only reach, plants a fault: nobody-confirmed, window-not-told, never-healed, wrong-building; inside the counting:
    /// devices-apart, vacant-too, said-last-only, earlier-too, come-is-read.
    #[arg(long, requires = "only", value_parser = |s: &str| ReachPlant::parse(s).ok_or("no such fault"))]
    reach_plant: Option<ReachPlant>,
    /// With --only files, plants a fault: serves-anyone, trusts-pieces, begins-anew, looks-at-no-hash, never-collects,
    /// asks-one, full-for-all.
    #[arg(long, requires = "only", value_parser = |s: &str| FilePlant::parse(s).ok_or("no such fault"))]
    file_plant: Option<FilePlant>,
    /// Every so many-th seed runs twice; 0 is never.
    #[arg(long, default_value_t = 100)]
    twice_every: u64,
    /// Stops at the first red seed.
    #[arg(long)]
    stop: bool,
    /// Threads, 1 or 2.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Prints the summary as JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    std::panic::set_hook(Box::new(|_| {}));
    let options = Options {
        nodes: args.nodes,
        plant: args.plant,
        lines: Lines::None,
    };
    if let Some(part) = &args.only {
        return only(part, &args);
    }
    match args.seed {
        Some(seed) => one(seed, &args, options),
        None => many(&args, options),
    }
}

/// A small world of its own: two gates and passes for one entry (invariant I7), whom a notice reached, or attachments.
fn only(part: &str, args: &Args) -> ExitCode {
    let (from, count) = args.seed.map_or((args.from, args.seeds), |seed| (seed, 1));
    let began = clock();
    let red = |seed: u64, what: &str| {
        println!("red: seed {seed}: {what}");
        println!("  again: linli-sim --only {part} --seed {seed}");
    };
    let told = match part {
        "files" => many_files(from, count, args.file_plant, red)
            .map(|(tally, reds)| (tally.to_string(), tally.reached_all(), reds)),
        "reach" => many_reach(from, count, args.reach_plant, red)
            .map(|(tally, reds)| (tally.to_string(), tally.reached_all(), reds)),
        _ => many_gates(from, count, args.gate_plant, red)
            .map(|(tally, reds)| (tally.to_string(), tally.reached_all(), reds)),
    };
    match told {
        Ok((tally, all, reds)) => {
            let seconds = began.elapsed().as_secs();
            println!("{count} seeds, {reds} red; {tally}; {seconds} s");
            let lacking = count >= ENOUGH_SMALL && !all;
            if lacking {
                println!("red: not everything that should happen did");
            }
            if reds == 0 && !lacking {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(why) => {
            eprintln!("linli-sim: {why}");
            ExitCode::FAILURE
        }
    }
}

fn one(seed: u64, args: &Args, options: Options) -> ExitCode {
    let lines = if args.trace { Lines::All } else { Lines::Last };
    let outcome = run(seed, &Options { lines, ..options });
    if args.trace {
        for line in &outcome.lines {
            println!("{line}");
        }
    }
    if outcome.violation.is_some() {
        print_red(&outcome, &options, !args.trace);
        return ExitCode::FAILURE;
    }
    println!("seed {seed} is green, trace {}", hex(&outcome.hash));
    println!("{:?}", outcome.tally);
    ExitCode::SUCCESS
}

fn many(args: &Args, options: Options) -> ExitCode {
    let many = Many {
        from: args.from,
        count: args.seeds,
        options,
        twice_every: if args.plant == Some(Plant::HashOrder) {
            1
        } else {
            args.twice_every
        },
        stop_at_red: args.stop,
        threads: args.threads,
    };
    let (wall, cpu) = (clock(), cpu_time());
    let told = |outcome: &Outcome| {
        if outcome.violation.is_some() && !args.json {
            print_red(outcome, &options, true);
        }
    };
    let summary = match many.run(told) {
        Ok(summary) => summary,
        Err(error) => {
            eprintln!("linli-sim: {error}");
            return ExitCode::FAILURE;
        }
    };
    let wall = wall.elapsed();
    let cpu = cpu_time()
        .zip(cpu)
        .map_or(wall, |(after, before)| after - before);
    let never = summary.sometimes.never();
    let lacking = args.seeds >= ENOUGH && !never.is_empty() && args.plant.is_none();
    if args.json {
        print_json(&summary, wall, cpu);
    } else {
        print_text(&summary, wall, cpu);
        if lacking {
            println!("red: never reached: {}", never.join(", "));
        }
    }
    if summary.red.is_empty() && !lacking {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "measures the simulator, not the simulated"
)]
fn clock() -> Instant {
    Instant::now()
}

/// Processor time of this process so far, where the system tells it.
fn cpu_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    // Linux counts in hundredths of a second for programs, whatever it does inside.
    Some(Duration::from_millis((user + system) * 10))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn commit() -> String {
    let git = std::process::Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .output();
    match git {
        Ok(out) if out.status.success() => String::from_utf8_lossy(&out.stdout).trim().to_owned(),
        _ => "unknown".to_owned(),
    }
}

fn print_red(outcome: &Outcome, options: &Options, lines: bool) {
    let mut again = format!("linli-sim --seed {} --trace", outcome.seed);
    if let Some(nodes) = options.nodes {
        again.push_str(&format!(" --nodes {nodes}"));
    }
    if let Some(plant) = options.plant {
        again.push_str(&format!(" --plant {}", plant.name()));
    }
    if lines {
        for line in outcome.lines.iter().rev().take(25).rev() {
            println!("  {line}");
        }
    }
    if let Some(violation) = &outcome.violation {
        println!("red: seed {}: {violation}", outcome.seed);
    }
    println!("  commit {}, trace {}", commit(), hex(&outcome.hash));
    println!("  again: {again}");
}

fn ratio(summary: &Summary, cpu: Duration) -> f64 {
    summary.node_seconds as f64 / cpu.as_secs_f64().max(0.001)
}

fn print_text(s: &Summary, wall: Duration, cpu: Duration) {
    for name in SOMETIMES {
        println!("{:>9}  {name}", s.sometimes.count(name));
    }
    let red = s.red.len();
    println!(
        "{} seeds, {red} red, {} run twice; {} entries, {} frames, {} KiB, {} commits, {} cuts, {} crashes",
        s.seeds,
        s.twice,
        s.entries,
        s.frames,
        s.bytes / 1024,
        s.commits,
        s.cuts,
        s.crashes
    );
    println!(
        "agreed at most {} ms after the last fault; {:.1} s, {:.1} s of processor, {:.0} ms a seed; {:.0} node-seconds a core-second",
        s.slowest_ms,
        wall.as_secs_f64(),
        cpu.as_secs_f64(),
        cpu.as_secs_f64() * 1000.0 / (s.seeds + s.twice).max(1) as f64,
        ratio(s, cpu)
    );
}

fn print_json(s: &Summary, wall: Duration, cpu: Duration) {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let states: Vec<String> = SOMETIMES
        .iter()
        .map(|n| format!("{}:{}", quoted(n), s.sometimes.count(n)))
        .collect();
    let red: Vec<String> = s
        .red
        .iter()
        .map(|o| {
            let why = o
                .violation
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            format!(
                "{{\"seed\":{},\"why\":{},\"trace\":{}}}",
                o.seed,
                quoted(&why),
                quoted(&hex(&o.hash))
            )
        })
        .collect();
    println!(
        "{{\"commit\":{},\"seeds\":{},\"twice\":{},\"red\":[{}],\"entries\":{},\"frames\":{},\"bytes\":{},\"commits\":{},\"cuts\":{},\"crashes\":{},\"slowest_ms\":{},\"wall_ms\":{},\"cpu_ms\":{},\"node_seconds_per_core_second\":{:.0},\"sometimes\":{{{}}}}}",
        quoted(&commit()),
        s.seeds,
        s.twice,
        red.join(","),
        s.entries,
        s.frames,
        s.bytes,
        s.commits,
        s.cuts,
        s.crashes,
        s.slowest_ms,
        wall.as_millis(),
        cpu.as_millis(),
        ratio(s, cpu),
        states.join(",")
    );
}
