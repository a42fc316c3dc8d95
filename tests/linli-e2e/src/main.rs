//! `linli-e2e kill --times N [--seed S]`: kills real processes in the middle of their writes (`linli_e2e::kill`).
//! `linli-e2e kill-gate --times N`: kills gates between their decision and their answer (`linli_e2e::kill::spent`).
//! `linli-e2e journeys [--six | JOURNEY[:DRIVER]...]`: journeys in real windows (`linli_e2e::journey`).

use linli_e2e::clock;
use linli_e2e::journey;
use linli_e2e::kill::{self, Order};
use std::process::ExitCode;

const USAGE: &str = "linli-e2e kill --times N [--seed S]\nlinli-e2e kill-gate --times N\n\
    linli-e2e journeys [--six | JOURNEY[:DRIVER]...]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [command, name, times] = args.as_slice()
        && command == "kill-gate"
        && name == "--times"
        && let Ok(times) = times.parse()
    {
        return gate(times);
    }
    if let [command, rest @ ..] = args.as_slice()
        && command == "journeys"
        && let Some(orders) = journey::chosen(rest)
    {
        return journeys(&orders);
    }
    let Some(order) = order(&args) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    println!("seed {}", order.seed);
    let began = clock::now();
    let played = kill::run(order, &mut |tally| {
        eprintln!("{:>4} s  {tally}", began.elapsed().as_secs());
    });
    match played {
        Ok(tally) => {
            println!("{tally}; {} s", began.elapsed().as_secs());
            ExitCode::SUCCESS
        }
        Err(what) => {
            let Order { times, seed } = order;
            println!("FAILED {what}\nagain: linli-e2e kill --times {times} --seed {seed}");
            ExitCode::FAILURE
        }
    }
}

/// Kills a gate so often after it decided and before it answered.
fn gate(times: u32) -> ExitCode {
    let began = clock::now();
    let killed = kill::spent::run(times, &mut |tally| {
        eprintln!("{:>4} s  {tally}", began.elapsed().as_secs());
    });
    match killed {
        Ok(tally) => {
            println!("{tally}; {} s", began.elapsed().as_secs());
            ExitCode::SUCCESS
        }
        Err(what) => {
            println!("FAILED {what}");
            ExitCode::FAILURE
        }
    }
}

/// Plays journeys in real windows; closes with a table.
fn journeys(orders: &[journey::Order]) -> ExitCode {
    let began = clock::now();
    let (table, well) = journey::run(orders, &mut |line| eprintln!("{line}"));
    println!(
        "{table}{} runs; {} s",
        orders.len(),
        began.elapsed().as_secs()
    );
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn order(args: &[String]) -> Option<Order> {
    let (command, mut rest) = args.split_first()?;
    let (mut times, mut seed) = (None, None);
    while let [name, value, more @ ..] = rest {
        let place = match name.as_str() {
            "--times" => &mut times,
            "--seed" => &mut seed,
            _ => return None,
        };
        *place = Some(value.parse::<u64>().ok()?);
        rest = more;
    }
    (command == "kill" && rest.is_empty()).then_some(())?;
    Some(Order {
        times: u32::try_from(times?).ok()?,
        // Another choice every time, and printed, so that it can be made again.
        seed: seed.unwrap_or_else(|| clock::unix_s().unsigned_abs()),
    })
}
