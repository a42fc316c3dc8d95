//! `linli post`: the mutual-aid board.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Fault, Request};
use linli_view::clean;
use serde_json::Value;
use std::fmt::Write;
use std::path::PathBuf;

/// What can be done with posts.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Writes one.
    New(New),
    /// Lists them.
    List,
    /// Shows one with its comments.
    Show(One),
    /// Comments on one.
    Comment(Said),
    /// "I do it", "it is mine".
    Claim(Claim),
    /// Closes one.
    Close(Close),
}

/// Writing.
#[derive(clap::Args, Debug)]
pub struct New {
    /// What it is.
    #[arg(long, value_name = "KIND", value_parser = ["ask", "offer", "lost", "found", "give", "lend", "sell", "concern"])]
    pub kind: String,
    /// The text.
    #[command(flatten)]
    pub text: Text,
}

/// A text, said in one of two ways.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Text {
    /// The text itself.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// From a file; `-` is stdin.
    #[arg(long, value_name = "F")]
    pub body_file: Option<PathBuf>,
}

/// One post.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// A comment.
#[derive(clap::Args, Debug)]
pub struct Said {
    /// On which post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The text.
    #[command(flatten)]
    pub text: Text,
}

/// A claim.
#[derive(clap::Args, Debug)]
pub struct Claim {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A word with it.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
}

/// Closing.
#[derive(clap::Args, Debug)]
pub struct Close {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// How it ended.
    #[arg(long, value_name = "TEXT")]
    pub outcome: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    let (request, said) = match command {
        Command::List => return list(ctx),
        Command::Show(One { id }) => return show(ctx, id),
        Command::New(New { kind, text }) => {
            let body = text.read()?;
            (Request::PostNew { kind, body }, "post-new")
        }
        Command::Comment(Said { id, text }) => {
            let text = text.read()?;
            (Request::PostComment { id, text }, "post-commented")
        }
        Command::Claim(Claim { id, text }) => (Request::PostClaim { id, text }, "post-claimed"),
        Command::Close(Close { id, outcome }) => {
            (Request::PostClose { id, outcome }, "post-closed")
        }
    };
    let answer = ctx.ask(request)?;
    let human = ctx.text(said, &[("id", answer.data.line("id").into())]);
    Ok(Outcome::of(answer, human))
}

impl Text {
    fn read(self) -> Result<String, Fault> {
        match (self.text, self.body_file) {
            (Some(text), _) => Ok(text),
            (None, Some(file)) => input::text(&file),
            (None, None) => Ok(String::new()),
        }
    }
}

fn kind(ctx: &Ctx, post: &Value) -> String {
    let kind = post.line("kind");
    let key = format!("post-kind-{kind}");
    if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        kind
    }
}

fn list(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::PostList)?;
    let posts = answer.data.list("posts");
    if posts.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("post-none")));
    }
    let headings = [
        "head-id",
        "head-what",
        "head-when",
        "head-by",
        "head-text",
        "head-answers",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for post in posts {
        let what = kind(ctx, post);
        let what = match post.is("closed") {
            true => ctx.text("post-closed-kind", &[("kind", what.into())]),
            false => what,
        };
        table.row([
            short(&post.line("id")),
            what,
            ctx.at(post.number("published_ms")),
            post.line("author"),
            clean::line(&post.line("body"), 40),
            (post.list("comments").len() + post.list("claims").len()).to_string(),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn show(ctx: &Ctx, id: String) -> Done {
    let answer = ctx.ask(Request::PostShow { id })?;
    let post = answer.data.field("post");
    let head = [
        ("kind", kind(ctx, post).into()),
        ("by", post.line("author").into()),
        ("when", ctx.at(post.number("published_ms")).into()),
    ];
    let mut out = format!(
        "{}\n\n{}\n\n",
        ctx.text("post-head", &head),
        post.lines("body")
    );
    for claim in post.list("claims") {
        let args = [
            ("by", claim.line("by").into()),
            ("text", claim.line("text").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-claim-line", &args));
    }
    for comment in post.list("comments") {
        let args = [
            ("by", comment.line("author").into()),
            ("when", ctx.at(comment.number("published_ms")).into()),
            ("text", comment.line("body").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-comment-line", &args));
    }
    if post.is("closed") {
        let outcome = [("outcome", post.line("outcome").into())];
        let _ = writeln!(out, "{}", ctx.text("post-is-closed", &outcome));
    }
    Ok(Outcome::of(answer, out))
}
