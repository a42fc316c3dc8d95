//! `linli registry`: the residents' register, from a spreadsheet to records, in two steps and back.

mod lists;

use super::grid;
use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::progress::Progress;
use crate::shape::{Shape, line_of, short};
use crate::table::Table;
use linli_exchange::register::{self, Cleaned, Duplicates, Severity};
use linli_node::api::{Fault, Request};
use linli_view::dates::Now;
use linli_view::words::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How many doubts the preview lists by row when asked.
const LISTED: usize = 200;

/// What can be done with the register.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Reads a file and shows what would change; writes nothing else.
    Import(Import),
    /// Writes a batch that was looked at.
    Apply(Batch),
    /// Takes a whole batch back.
    Undo(Batch),
    /// Lists the doubts about a batch.
    Issues(Batch),
    /// Lists the imports so far.
    Batches,
    /// Lists the buildings, or the units of a place.
    List(List),
    /// Looks for a unit, a name, a plate.
    Find(Find),
    /// Shows a unit or a record.
    Show(Show),
    /// Grid cells: which homes lie in which.
    #[command(subcommand)]
    Grid(grid::Grid),
}

/// Importing.
#[derive(clap::Args, Debug)]
pub struct Import {
    /// `.xlsx` or `.csv`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to do with people who are there already.
    #[arg(long, value_name = "MODE", default_value = "update", value_parser = ["skip", "update", "add", "ask"])]
    pub duplicates: String,
    /// Lists doubts by row too.
    #[arg(long, short)]
    pub verbose: bool,
}

/// One batch.
#[derive(clap::Args, Debug)]
pub struct Batch {
    /// Which.
    #[arg(value_name = "BATCH")]
    pub batch: String,
}

/// Looking.
#[derive(clap::Args, Debug)]
pub struct Find {
    /// What for.
    #[arg(value_name = "QUERY")]
    pub query: String,
}

/// Listing.
#[derive(clap::Args, Debug)]
pub struct List {
    /// A building or a stair; none: all buildings.
    #[arg(value_name = "PLACE")]
    pub place: Option<String>,
}

/// Showing.
#[derive(clap::Args, Debug)]
pub struct Show {
    /// Which.
    #[arg(value_name = "UNIT|ID")]
    pub what: String,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Import(args) => import(ctx, &args),
        Command::Apply(Batch { batch }) => apply(ctx, batch),
        Command::Undo(Batch { batch }) => {
            let answer = ctx.ask_long(Request::RegistryUndo { batch }, "registry-undoing")?;
            Ok(Outcome::of(answer, ctx.say("registry-undone")))
        }
        Command::Issues(Batch { batch }) => issues(ctx, batch),
        Command::Batches => lists::batches(ctx),
        Command::List(List { place }) => lists::list(ctx, place),
        Command::Find(Find { query }) => find(ctx, query),
        Command::Grid(command) => grid::run(ctx, command),
        Command::Show(Show { what }) => {
            let answer = ctx.ask(Request::RegistryShow { what })?;
            let human = shown(ctx, &answer.data);
            Ok(Outcome::of(answer, human))
        }
    }
}

/// Reads and cleans a file, with a bar on a terminal. Dates of birth are judged by `now`.
pub fn read(ctx: &Ctx, file: &Path, now: Now) -> Result<Cleaned, Fault> {
    let bytes = input::file(file, register::MAX_FILE_BYTES)?;
    let name = file_name(file);
    let mut bar = Progress::new(&ctx.say("registry-reading"));
    let sheet = register::read(&bytes, &name, &mut |done, total| bar.at(done, total));
    bar.finish();
    let sheet = sheet.map_err(|error| {
        Fault::input("register-unreadable")
            .with("file", &name)
            .with("sentence", error.sentence(exchange_lang(ctx.words.lang())))
    })?;
    let today = now.civil(now.ms).map(|now| now.date());
    Ok(register::clean(
        &sheet,
        today.ok_or_else(|| Fault::ours("our-fault"))?,
    ))
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(
        || file.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

const fn exchange_lang(lang: Lang) -> register::Lang {
    match lang {
        Lang::ZhCn => register::Lang::ZhCn,
        Lang::En => register::Lang::En,
    }
}

fn import(ctx: &Ctx, args: &Import) -> Done {
    let duplicates: Duplicates = args
        .duplicates
        .parse()
        .map_err(|_| Fault::input("bad-mode").with("text", &args.duplicates))?;
    // A home that is not there or locked is said before a long file is read.
    ctx.ask(Request::Status)?;
    let cleaned = read(ctx, &args.file, ctx.now())?;
    let doubts = doubts(ctx, &cleaned, args.verbose);
    let request = Request::RegistryImport {
        file: file_name(&args.file),
        cleaned: Box::new(cleaned),
        duplicates,
    };
    let answer = ctx.ask_long(request, "registry-comparing")?;
    let data = &answer.data;
    let count = |name: &'static str| (name, data.field("counts").number(name).into());
    let issues = data.field("counts").field("issues");
    let doubtful = issues.number("refused") + issues.number("warning") + issues.number("note");
    let mut human = ctx.text(
        "registry-preview",
        &[
            count("units"),
            count("persons"),
            count("vehicles"),
            count("rows"),
            count("add"),
            count("update"),
            count("moved"),
            count("same"),
            count("skipped"),
            count("ask"),
            count("missing"),
            ("issues", doubtful.into()),
        ],
    );
    let batch = answer.data.line("batch");
    let _ = write!(human, "\n{doubts}");
    let _ = writeln!(
        human,
        "\n{}",
        ctx.text("registry-next", &[("batch", batch.into())])
    );
    Ok(Outcome::of(answer, human))
}

/// Doubts by kind, most frequent first; by row too if asked. Sentences name rows and columns, never people.
fn doubts(ctx: &Ctx, cleaned: &Cleaned, by_row: bool) -> String {
    let mut kinds: BTreeMap<(u8, String), u32> = BTreeMap::new();
    for issue in &cleaned.issues {
        let rank = match issue.severity() {
            Severity::Refused => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        *kinds.entry((rank, kind_word(&issue.kind))).or_default() += 1;
    }
    let mut out = String::new();
    let mut table = Table::default();
    for ((rank, kind), count) in &kinds {
        let severity = ["severity-refused", "severity-warning", "severity-note"];
        let severity = severity
            .get(usize::from(*rank))
            .copied()
            .unwrap_or("severity-note");
        let key = format!("issue-{kind}");
        let word = if ctx.words.has(&key) {
            ctx.say(&key)
        } else {
            kind.clone()
        };
        table.row([count.to_string(), ctx.say(severity), word]);
    }
    out.push_str(&table.show());
    if by_row {
        let lang = exchange_lang(ctx.words.lang());
        for issue in cleaned.issues.iter().take(LISTED) {
            let _ = writeln!(out, "  {}", issue.sentence(lang));
        }
        if let Some(more) = cleaned.issues.len().checked_sub(LISTED).filter(|n| *n > 0) {
            let _ = writeln!(out, "  {}", ctx.text("and-more", &[("n", more.into())]));
        }
    }
    out
}

/// The word of a kind as its JSON tag has it: `unit_missing` → `unit-missing`.
fn kind_word(kind: &register::IssueKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or(Value::Null);
    value.line("what").replace('_', "-")
}

fn apply(ctx: &Ctx, batch: String) -> Done {
    let answer = ctx.ask_long(Request::RegistryApply { batch }, "registry-writing")?;
    let written = answer.data.field("written");
    let number = |name: &'static str| (name, written.number(name).into());
    let mut human = ctx.text(
        "registry-written",
        &[
            number("buildings"),
            number("rooms"),
            number("households"),
            number("persons"),
            number("vehicles"),
            number("updated"),
        ],
    );
    let undo = [("batch", answer.data.line("batch").into())];
    let _ = write!(human, "\n{}", ctx.text("registry-can-undo", &undo));
    Ok(Outcome::of(answer, human))
}

fn issues(ctx: &Ctx, batch: String) -> Done {
    let answer = ctx.ask(Request::RegistryIssues { batch })?;
    let listed = answer.data.list("issues");
    let asks = lists::asks(ctx, &answer.data);
    if listed.is_empty() && asks.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("registry-no-issues")));
    }
    let sentence = match ctx.words.lang() {
        Lang::ZhCn => "zh",
        Lang::En => "en",
    };
    let mut out = String::new();
    for issue in listed {
        // The sentence names row and column itself.
        let _ = writeln!(out, "{}", issue.line(sentence));
    }
    out.push_str(&asks);
    Ok(Outcome::of(answer, out))
}

fn find(ctx: &Ctx, query: String) -> Done {
    let answer = ctx.ask(Request::RegistryFind { query })?;
    let units = answer.data.list("units");
    let persons = answer.data.list("persons");
    if units.is_empty() && persons.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("registry-nothing")));
    }
    let mut table = Table::default();
    for unit in units {
        table.row([unit_name(unit), String::new(), unit.line("use")]);
    }
    for person in persons {
        table.row([
            person.line("unit"),
            person.line("name"),
            person.line("relation"),
            person.line("phones"),
            short(&person.line("id")),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

/// A unit may come as its address or as an object that has it.
fn unit_name(unit: &Value) -> String {
    match unit {
        Value::Object(_) => unit.line("unit"),
        other => line_of(other),
    }
}

fn shown(ctx: &Ctx, data: &Value) -> String {
    let unit = data.field("unit");
    if unit.is_null() {
        let record = data.field("record");
        return serde_json::to_string_pretty(&plainly(record)).unwrap_or_default();
    }
    let cell = unit.line("cell");
    let mut out = ctx.text(
        "registry-unit",
        &[
            ("unit", unit.line("unit").into()),
            ("use", unit.line("use").into()),
            ("area", area(unit).into()),
        ],
    );
    if !cell.is_empty() {
        out.push_str("  ");
        out.push_str(&ctx.text("registry-unit-cell", &[("cell", cell.into())]));
    }
    out.push('\n');
    let mut table = Table::default();
    for person in unit.list("persons") {
        table.row(["name", "relation", "phones"].map(|name| person.line(name)));
    }
    for vehicle in unit.list("vehicles") {
        let plate = match vehicle {
            Value::Object(_) => vehicle.line("plate"),
            other => line_of(other),
        };
        table.row([plate]);
    }
    out.push_str(&table.show());
    out
}

/// Square metres, of square decimetres.
fn area(unit: &Value) -> String {
    let Some(dm2) = unit.some_number("area_dm2") else {
        return String::new();
    };
    format!("{}.{:02} m²", dm2 / 100, dm2 % 100)
}

/// A record of whatever kind, its texts cleaned.
fn plainly(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(k, v)| (k.clone(), plainly(v)))
            .collect(),
        Value::Array(many) => many.iter().map(plainly).collect(),
        Value::String(_) => json!(line_of(value)),
        other => other.clone(),
    }
}
