//! B14: an office brings in its register of 10,000 rows.
//!
//! First without a home: read, clean and check, plan against a register that holds the same people already, which is
//! the dearest plan. Then as the command does it, through a new home: preview, apply, undo. The peer of the
//! first is reading the file; of the others, as many signatures as records were written.

use super::Scale;
use super::burst::signatures;
use crate::clock::timed;
use crate::homes::{ask, found, options};
use crate::stats::{Measured, Rounds};
use anyhow::{Context as _, Result};
use jiff::civil::{Date, date};
use linli_exchange::register::{self, Cleaned, Duplicates, Existing};
use linli_exchange::sample;
use linli_node::api::Request;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The day on which ages are judged.
const TODAY: Date = date(2026, 11, 22);

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let count = u32::try_from(scale.of(10_000, 300))?;
    let csv = dir.join("register.csv");
    std::fs::write(&csv, sample::csv(count))?;
    let xlsx = dir.join("register.xlsx");
    std::fs::write(&xlsx, workbook(count)?)?;
    let mut all = vec![
        planned(&csv, scale, "b14-csv", format!("{count} rows"))?,
        planned(&xlsx, scale, "b14-xlsx", String::new())?,
    ];
    all.extend(through_a_home(dir, &csv, scale)?);
    Ok(all)
}

/// As Excel would write it.
fn workbook(count: u32) -> Result<Vec<u8>> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headings = sample::HEADINGS.map(str::to_owned);
    for (line, row) in std::iter::once(headings)
        .chain(sample::rows(count))
        .enumerate()
    {
        for (column, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            sheet.write_string(u32::try_from(line)?, u16::try_from(column)?, text)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn cleaned(file: &Path) -> Result<Cleaned> {
    let bytes = std::fs::read(file)?;
    let sheet = register::read(&bytes, "register", &mut |_, _| ())?;
    Ok(register::clean(&sheet, TODAY))
}

fn planned(file: &Path, scale: Scale, key: &'static str, note: String) -> Result<Measured> {
    let existing = Existing::from(&cleaned(file)?);
    let mut rounds = Rounds::default();
    for _ in 0..scale.rounds {
        let (read, bare) = timed(|| std::fs::read(file));
        read?;
        let (plan, took) = timed(|| -> Result<_> {
            Ok(register::plan(
                &existing,
                &cleaned(file)?,
                Duplicates::Update,
            ))
        });
        plan.context("the register")?;
        rounds.push(took.as_secs_f64(), bare.as_secs_f64());
    }
    Ok(rounds.measured(key, note))
}

fn through_a_home(dir: &Path, csv: &PathBuf, scale: Scale) -> Result<Vec<Measured>> {
    let (mut preview, mut apply, mut undo) =
        (Rounds::default(), Rounds::default(), Rounds::default());
    let (mut written, mut undone) = (0, 0);
    for round in 0..scale.rounds {
        let home = options(dir, &format!("register-{round}"));
        found(&home)?;
        let (read, bare) = timed(|| std::fs::read(csv));
        read?;
        let (previewed, took) = timed(|| -> Result<Value> {
            let request = Request::RegistryImport {
                file: "register.csv".into(),
                cleaned: Box::new(cleaned(csv)?),
                duplicates: Duplicates::Update,
            };
            ask(&home, request)
        });
        let batch = previewed?["batch"].as_str().context("no batch")?.to_owned();
        preview.push(took.as_secs_f64(), bare.as_secs_f64());

        let request = Request::RegistryApply {
            batch: batch.clone(),
        };
        let (applied, took) = timed(|| ask(&home, request));
        let counts = applied?["written"].clone();
        let counts = counts.as_object().context("no counts")?;
        written = counts.values().filter_map(Value::as_u64).sum();
        apply.push(took.as_secs_f64(), bare_signatures(written)?);

        let (back, took) = timed(|| ask(&home, Request::RegistryUndo { batch }));
        undone = back?["undone"].as_u64().context("no count")?;
        undo.push(took.as_secs_f64(), bare_signatures(undone)?);
    }
    Ok(vec![
        preview.measured("b14-preview", ""),
        apply.measured("b14-apply", format!("{written} records")),
        undo.measured("b14-undo", format!("{undone} records")),
    ])
}

fn bare_signatures(count: u64) -> Result<f64> {
    Ok(signatures(usize::try_from(count)?).total_s())
}
