//! `linli attachment`: the photos and PDFs that go with posts, notices and comments; and how the other commands take and show them.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use crate::{input, port};
use linli_exchange::attach::PHOTO_FILE_MAX;
use linli_node::api::{AttachAct, Fault, FileArgs, Request};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// What can be done with attachments.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Lists them.
    List(List),
    /// Saves one.
    Save(Save),
}

/// Which ones.
#[derive(clap::Args, Debug)]
pub struct List {
    /// Of one post or notice.
    #[arg(value_name = "ID")]
    pub of: Option<String>,
}

/// Saving.
#[derive(clap::Args, Debug)]
pub struct Save {
    /// Of which post, notice or comment.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Where to.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which of them.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    pub number: u32,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::List(List { of }) => list(ctx, of),
        Command::Save(args) => save(ctx, args),
    }
}

fn list(ctx: &Ctx, id: Option<String>) -> Done {
    let act = AttachAct::List { id };
    let answer = ctx.ask(Request::Attach { act })?;
    let files = answer.data.list("files");
    if files.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("attach-none-here")));
    }
    let headings = [
        "head-id",
        "head-number",
        "head-file",
        "head-size",
        "head-state",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for file in files {
        table.row([
            match file.line("comment") {
                none if none.is_empty() => short(&file.line("record")),
                comment => short(&comment),
            },
            file.line("n"),
            named(file),
            size(file.number("bytes")),
            state(ctx, file),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn save(ctx: &Ctx, args: Save) -> Done {
    let place = input::Place::beside(&args.file)?;
    let act = AttachAct::Open {
        id: args.id,
        n: args.number,
    };
    let mut answer = ctx.ask(Request::Attach { act })?;
    let file: FileArgs =
        serde_json::from_value(answer.data["file"].take()).map_err(|_| Fault::ours("our-fault"))?;
    let bytes = port::open_file(ctx.options()?, &file)?;
    place.fill(&bytes)?;
    // The key has done its work, and does not go out.
    answer.data["file"] = json!({
        "path": args.file.display().to_string(), "media": file.media, "name": file.name, "bytes": bytes.len(),
    });
    let said = [("path", args.file.display().to_string().into())];
    let human = ctx.text("attach-saved", &said);
    Ok(Outcome::of(answer, human))
}

/// Puts files into the home, to be named in the request that follows. Reads all before it writes any.
pub fn stage(ctx: &Ctx, files: &[PathBuf]) -> Result<Vec<FileArgs>, Fault> {
    let mut read = Vec::new();
    for path in files {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        read.push((input::file(path, PHOTO_FILE_MAX)?, name));
    }
    let options = ctx.options()?;
    let put = |(bytes, name): &(Vec<u8>, Option<String>)| {
        port::stage_file(options, bytes, name.as_deref())
    };
    read.iter().map(put).collect()
}

/// The files of a post, notice or comment, a line each.
pub fn lines(ctx: &Ctx, out: &mut String, of: &Value) {
    for file in of.list("files") {
        let args = [
            ("n", file.line("n").into()),
            ("file", named(file).into()),
            ("size", size(file.number("bytes")).into()),
            ("state", state(ctx, file).into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("attach-line", &args));
    }
}

fn named(file: &Value) -> String {
    let name = file.line("name");
    let sides = match (file.some_number("width"), file.some_number("height")) {
        (Some(width), Some(height)) => format!(" {width}×{height}"),
        _ => String::new(),
    };
    if name.is_empty() {
        format!("({}){sides}", file.line("media"))
    } else {
        format!("{name}{sides}")
    }
}

fn size(bytes: u64) -> String {
    format!("{} KB", bytes.div_ceil(1024))
}

fn state(ctx: &Ctx, file: &Value) -> String {
    match file.line("state").as_str() {
        "here" => ctx.say("attach-here"),
        "coming" => {
            let percent = file.number("have") * 100 / file.number("sealed").max(1);
            let args = [
                ("percent", percent.into()),
                ("from", file.line("from").into()),
            ];
            ctx.text("attach-coming", &args)
        }
        "no-room" => ctx.say("attach-no-room"),
        "too-much" => ctx.say("attach-too-much"),
        _ => ctx.say("attach-waits"),
    }
}
