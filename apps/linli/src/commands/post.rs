//! `linli post`: the mutual-aid board.

pub mod board;
mod drafts;

use super::attachment;
use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Answer, AttachAct, BoardAct, Fault, Request};
use linli_view::clean;
use serde_json::Value;
use std::fmt::Write;
use std::path::PathBuf;

/// Kinds of posts.
const KINDS: [&str; 8] = [
    "ask", "offer", "lost", "found", "give", "lend", "sell", "concern",
];

/// What can be done with posts.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Writes one.
    New(New),
    /// Lists them.
    List(List),
    /// What is half written in a window of this home.
    Drafts,
    /// Shows one with its comments.
    Show(Show),
    /// Comments on one.
    Comment(Said),
    /// Takes a comment back.
    Uncomment(Back),
    /// "I do it", "it is mine".
    Claim(Claim),
    /// Takes that back.
    Unclaim(One),
    /// A thumb or a thank-you.
    React(React),
    /// Closes one.
    Close(Close),
    /// Takes the closing back.
    Reopen(One),
    /// Tells that something should not stand.
    Report(board::Report),
    /// An office decides.
    Moderate(board::Moderate),
    /// The author does not agree.
    Appeal(board::Appeal),
    /// Hands a concern to an office.
    HandOver(board::HandOver),
}

/// Which ones.
#[derive(clap::Args, Debug)]
pub struct List {
    /// Of one kind.
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    pub kind: Option<String>,
    /// Those that nobody closed.
    #[arg(long)]
    pub open: bool,
    /// By who lives in one building.
    #[arg(long, value_name = "B")]
    pub building: Option<String>,
    /// What waits for an office's decision.
    #[arg(long, conflicts_with_all = ["kind", "open", "building"])]
    pub reported: bool,
}

/// Writing.
#[derive(clap::Args, Debug)]
pub struct New {
    /// What it is.
    #[arg(long, value_name = "KIND", value_parser = KINDS)]
    pub kind: String,
    /// The text.
    #[command(flatten)]
    pub text: Text,
    /// A photo or PDF that goes with it; several times for several.
    #[arg(long, value_name = "FILE")]
    pub photo: Vec<PathBuf>,
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

/// What a comment says: a text, photos, or both.
#[derive(clap::Args, Debug)]
pub struct Words {
    /// The text itself.
    #[arg(
        value_name = "TEXT",
        required_unless_present_any = ["body_file", "photo"],
        conflicts_with = "body_file"
    )]
    pub text: Option<String>,
    /// From a file; `-` is stdin.
    #[arg(long, value_name = "F")]
    pub body_file: Option<PathBuf>,
    /// A photo or PDF that goes with it; several times for several.
    #[arg(long, value_name = "FILE")]
    pub photo: Vec<PathBuf>,
}

impl Words {
    /// Says it below a post or notice.
    pub fn comment(self, ctx: &Ctx, id: String, answers: Option<String>) -> Result<Answer, Fault> {
        let text = Text {
            text: self.text,
            body_file: self.body_file,
        };
        let text = text.read()?;
        let files = attachment::stage(ctx, &self.photo)?;
        let act = BoardAct::Comment {
            id,
            text,
            answers,
            files,
        };
        ctx.ask(Request::Board { act })
    }
}

/// One post.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// One post, or what was said below it before.
#[derive(clap::Args, Debug)]
pub struct Show {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Comments before this one.
    #[arg(long, value_name = "COMMENT")]
    pub before: Option<String>,
}

/// A comment.
#[derive(clap::Args, Debug)]
pub struct Said {
    /// On which post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is said.
    #[command(flatten)]
    pub said: Words,
    /// The comment it answers.
    #[arg(long, value_name = "COMMENT")]
    pub answers: Option<String>,
}

/// A comment that is taken back.
#[derive(clap::Args, Debug)]
pub struct Back {
    /// Below which post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Which.
    #[arg(value_name = "COMMENT")]
    pub comment: String,
}

impl Back {
    /// Takes it back.
    pub fn take(self, ctx: &Ctx) -> Done {
        let Self { id, comment } = self;
        let act = BoardAct::Uncomment { id, comment };
        let answer = ctx.ask(Request::Board { act })?;
        Ok(Outcome::of(answer, ctx.say("post-uncommented")))
    }
}

/// A reaction.
#[derive(clap::Args, Debug)]
pub struct React {
    /// To which post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Which.
    #[arg(long, value_name = "WORD", value_parser = ["like", "thanks"], default_value = "like")]
    pub what: String,
    /// Takes it back.
    #[arg(long)]
    pub undo: bool,
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
    #[arg(long, value_name = "WORD", value_parser = ["done", "returned", "withdrawn"])]
    pub outcome: Option<String>,
    /// Who helped, or got it.
    #[arg(long, value_name = "UNIT")]
    pub chosen: Option<String>,
    /// A word of thanks.
    #[arg(long, value_name = "TEXT")]
    pub thanks: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    let (act, said) = match command {
        Command::List(which) => return list(ctx, which),
        Command::Drafts => return drafts::list(ctx),
        Command::Show(Show { id, before: None }) => return show(ctx, id),
        Command::Show(Show {
            id,
            before: Some(before),
        }) => return earlier(ctx, id, before),
        Command::Report(args) => return board::report(ctx, args),
        Command::Moderate(args) => return board::moderate(ctx, args),
        Command::Appeal(args) => return board::appeal(ctx, args),
        Command::HandOver(args) => return board::hand_over(ctx, args),
        Command::New(New { kind, text, photo }) => {
            let body = text.read()?;
            let files = attachment::stage(ctx, &photo)?;
            let request = if files.is_empty() {
                Request::PostNew { kind, body }
            } else {
                let act = AttachAct::PostNew { kind, body, files };
                Request::Attach { act }
            };
            return done(ctx, request, "post-new");
        }
        Command::Claim(Claim { id, text }) => {
            return done(ctx, Request::PostClaim { id, text }, "post-claimed");
        }
        Command::Comment(Said { id, said, answers }) => {
            let answer = said.comment(ctx, id, answers)?;
            return Ok(Outcome::of(answer, ctx.say("post-commented")));
        }
        Command::Uncomment(which) => return which.take(ctx),
        Command::Unclaim(One { id }) => (BoardAct::Unclaim { id }, "post-unclaimed"),
        Command::Reopen(One { id }) => (BoardAct::Reopen { id }, "post-reopened"),
        Command::React(React { id, what, undo }) => {
            let said = if undo {
                "post-unreacted"
            } else {
                "post-reacted"
            };
            let what = (!undo).then_some(what);
            (BoardAct::React { id, what }, said)
        }
        Command::Close(Close {
            id,
            outcome,
            chosen,
            thanks,
        }) => (
            BoardAct::Close {
                id,
                outcome,
                chosen,
                thanks,
            },
            "post-closed",
        ),
    };
    done(ctx, Request::Board { act }, said)
}

fn done(ctx: &Ctx, request: Request, said: &str) -> Done {
    let answer = ctx.ask(request)?;
    let human = ctx.text(said, &[("id", answer.data.line("id").into())]);
    Ok(Outcome::of(answer, human))
}

impl Text {
    /// The text, from wherever it was said.
    pub fn read(self) -> Result<String, Fault> {
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

fn list(ctx: &Ctx, which: List) -> Done {
    if which.reported {
        return board::queue(ctx);
    }
    let act = BoardAct::List {
        kind: which.kind,
        open: which.open,
        building: which.building,
    };
    let answer = ctx.ask(Request::Board { act })?;
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
            match post.is("hidden") {
                true => board::state(ctx, post.field("moderation")),
                false => clean::line(&post.line("body"), 40),
            },
            (post.number("comments_total") + post.list("claims").len() as u64).to_string(),
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
    let mut out = format!("{}\n\n", ctx.text("post-head", &head));
    if !post.is("hidden") {
        let _ = writeln!(out, "{}\n", post.lines("body"));
    }
    attachment::lines(ctx, &mut out, post);
    board::standing(ctx, &mut out, post, "");
    board::extras(ctx, &mut out, post);
    for claim in post.list("claims") {
        let args = [
            ("by", claim.line("by").into()),
            ("text", claim.line("text").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-claim-line", &args));
    }
    comments(ctx, &mut out, post);
    if post.is("closed") {
        board::closed(ctx, &mut out, post);
    }
    Ok(Outcome::of(answer, out))
}

/// What was said below a post before a comment.
fn earlier(ctx: &Ctx, id: String, before: String) -> Done {
    let act = BoardAct::Earlier { id, before };
    let answer = ctx.ask(Request::Board { act })?;
    let mut out = String::new();
    comments(ctx, &mut out, &answer.data);
    Ok(Outcome::of(answer, out))
}

/// Comments, a line each, and how to read those before them.
fn comments(ctx: &Ctx, out: &mut String, of: &Value) {
    let left_out = of.number("comments_left_out");
    if let (1.., Some(first)) = (left_out, of.list("comments").first()) {
        let args = [
            ("n", left_out.into()),
            ("id", short(&of.line("id")).into()),
            ("comment", short(&first.line("id")).into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-earlier-comments", &args));
    }
    for comment in of.list("comments") {
        let id = short(&comment.line("id"));
        let text = match comment.is("hidden") {
            true if comment.is("gone") => ctx.say("post-comment-gone"),
            true => board::state(ctx, comment.field("moderation")),
            false => comment.line("body"),
        };
        let args = [
            ("by", comment.line("author").into()),
            ("when", ctx.at(comment.number("published_ms")).into()),
            ("text", text.into()),
            (
                "official",
                if comment.is("official") { "yes" } else { "no" }.into(),
            ),
            ("id", id.clone().into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-comment-line", &args));
        attachment::lines(ctx, out, comment);
        board::standing(ctx, out, comment, &id);
    }
}
