//! The table: on the terminal and as a page.

use crate::bars::{Bar, Must, Unit, find};
use crate::causes;
use crate::machine::Machine;
use crate::stats::{Measured, Spread};
use std::fmt::Write as _;

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// The bar holds.
    Green,
    /// It does not.
    Red,
    /// There is no bar.
    None,
}

impl Colour {
    const fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Red => "RED",
            Self::None => "",
        }
    }
}

/// Judges a row by the median of what was measured.
#[must_use]
pub fn judge(must: Must, m: &Measured) -> Colour {
    let holds = match must {
        Must::Shown => return Colour::None,
        Must::RatioAtLeast(least) => m.ratio.median >= least,
        Must::RatioAtMost(most) => m.ratio.median <= most,
        Must::AtMostS(most) | Must::AtMost(most) => m.value.median <= most,
    };
    if holds { Colour::Green } else { Colour::Red }
}

/// Rows that miss their bar and have no cause written down.
#[must_use]
pub fn unexplained(all: &[Measured]) -> Vec<&'static str> {
    all.iter()
        .filter(|m| find(m.key).is_some_and(|bar| judge(bar.must, m) == Colour::Red))
        .filter(|m| causes::of(m.key).is_none())
        .map(|m| m.key)
        .collect()
}

struct Row {
    id: &'static str,
    what: String,
    value: String,
    limit: String,
    ratio: String,
    bar: String,
    colour: Colour,
    cause: &'static str,
}

fn row(bar: &Bar, m: &Measured) -> Row {
    let colour = judge(bar.must, m);
    let cause = if colour == Colour::Red {
        causes::of(m.key).unwrap_or("not looked into yet")
    } else {
        ""
    };
    Row {
        id: bar.id,
        what: if m.note.is_empty() {
            bar.what.to_owned()
        } else {
            format!("{} ({})", bar.what, m.note)
        },
        value: spread(bar.unit, &m.value),
        limit: format!("{}: {}", bar.limit, spread(bar.unit, &m.limit)),
        ratio: format!(
            "{} ({} .. {})",
            plain(m.ratio.median),
            plain(m.ratio.min),
            plain(m.ratio.max)
        ),
        bar: wanted(bar),
        colour,
        cause,
    }
}

fn wanted(bar: &Bar) -> String {
    match bar.must {
        Must::RatioAtLeast(n) => format!("ratio >= {n}"),
        Must::RatioAtMost(n) => format!("ratio <= {n}"),
        Must::AtMostS(s) => format!("<= {}", seconds(s)),
        Must::AtMost(most) => format!("<= {}", shown(bar.unit, most)),
        Must::Shown => "none".to_owned(),
    }
}

fn spread(unit: Unit, s: &Spread) -> String {
    let show = |n| shown(unit, n);
    format!("{} ({} .. {})", show(s.median), show(s.min), show(s.max))
}

fn shown(unit: Unit, n: f64) -> String {
    match unit {
        Unit::PerSecond => per_second(n),
        Unit::Seconds => seconds(n),
        Unit::Mebibytes => format!("{} MiB", plain(n)),
        Unit::MebibytesPerSecond => format!("{} MiB/s", plain(n)),
        Unit::Percent => format!("{} %", plain(n)),
    }
}

fn per_second(n: f64) -> String {
    if n >= 1000.0 {
        format!("{:.0}/s", n)
    } else {
        format!("{}/s", plain(n))
    }
}

fn seconds(s: f64) -> String {
    match s {
        s if s >= 1.0 => format!("{} s", plain(s)),
        s if s >= 1e-3 => format!("{} ms", plain(s * 1e3)),
        s => format!("{} us", plain(s * 1e6)),
    }
}

/// Three digits that mean something.
fn plain(n: f64) -> String {
    let digits = match n.abs() {
        n if n >= 100.0 => 0,
        n if n >= 10.0 => 1,
        n if n >= 0.1 => 2,
        _ => 3,
    };
    format!("{n:.digits$}")
}

fn rows(all: &[Measured]) -> Vec<Row> {
    all.iter()
        .filter_map(|m| find(m.key).map(|bar| row(bar, m)))
        .collect()
}

/// For the terminal.
#[must_use]
pub fn text(all: &[Measured]) -> String {
    let mut out = String::new();
    for r in rows(all) {
        let _ = writeln!(out, "{:<4} {:<5}  {}", r.id, r.colour.word(), r.what);
        let _ = writeln!(out, "            reached  {}", r.value);
        let _ = writeln!(out, "            limit    {}", r.limit);
        let _ = writeln!(out, "            ratio    {}   bar {}", r.ratio, r.bar);
        if !r.cause.is_empty() {
            let _ = writeln!(out, "            cause    {}", r.cause);
        }
    }
    out
}

/// The page that is committed.
#[must_use]
pub fn page(all: &[Measured], machine: &Machine) -> String {
    let rounds = all.iter().map(|m| m.rounds).min().unwrap_or(0);
    let mut out = format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench`; do not edit. Each row is the median of at least {rounds} rounds, with the\n\
         smallest and largest round in brackets (B6: the p99 of all notices, and of the rounds). The limit is\n\
         taken in the same rounds, in turns with the value, on the same disk and core; the ratio is value to limit inside each round, then the median. A red row has missed\n\
         its bar and says why (`tests/linli-bench/src/causes.rs`). What a row does, step by step, stands in\n\
         `tests/linli-bench/src/bench/`.\n\n## Machine\n\n"
    );
    for (name, value) in machine.lines() {
        let _ = writeln!(out, "- {name}: {value}");
    }
    out.push_str(
        "\n## Table\n\n| id | what | reached | limit or peer | ratio | bar | | cause |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for r in rows(all) {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            r.id,
            r.what,
            r.value,
            r.limit,
            r.ratio,
            r.bar,
            r.colour.word(),
            r.cause
        );
    }
    out.push_str(
        "\nB4, B5, B9, B10, B13 and B6 at 200 replicas are not measured yet: what they measure is not built.\n",
    );
    out
}

#[cfg(test)]
mod tests;
