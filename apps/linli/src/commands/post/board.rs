//! What may stand on the board: reports, what offices decide, appeals; concerns that are handed to an office.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{BoardAct, Request};
use linli_view::clean;
use serde_json::Value;
use std::fmt::Write;

/// A report.
#[derive(clap::Args, Debug)]
pub struct Report {
    /// The post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A comment below it.
    #[arg(long, value_name = "COMMENT")]
    pub comment: Option<String>,
    /// Why.
    #[arg(long, value_name = "WORD", value_parser = ["abuse", "ad", "privacy", "wrong", "other"])]
    pub reason: String,
    /// More about it.
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
}

/// A decision.
#[derive(clap::Args, Debug)]
pub struct Moderate {
    /// The post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A comment below it.
    #[arg(long, value_name = "COMMENT")]
    pub comment: Option<String>,
    /// Hide it, or it stays.
    #[command(flatten)]
    pub verdict: Verdict,
    /// Why; everybody reads it.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Hide it, or it stays.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Verdict {
    /// Hide it.
    #[arg(long)]
    pub hide: bool,
    /// It stays.
    #[arg(long)]
    pub stays: bool,
}

/// An appeal.
#[derive(clap::Args, Debug)]
pub struct Appeal {
    /// The post or notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// A comment below it.
    #[arg(long, value_name = "COMMENT")]
    pub comment: Option<String>,
    /// Why it should stand.
    #[arg(long, value_name = "TEXT")]
    pub words: String,
}

/// A hand-over.
#[derive(clap::Args, Debug)]
pub struct HandOver {
    /// The post.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The office.
    #[arg(long, value_name = "OFFICE")]
    pub to: Option<String>,
    /// A word with it.
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
}

/// Reports something.
pub fn report(ctx: &Ctx, args: Report) -> Done {
    let Report {
        id,
        comment,
        reason,
        words,
    } = args;
    let act = BoardAct::Report {
        id,
        comment,
        reason,
        words,
    };
    let answer = ctx.ask(Request::Board { act })?;
    let key = match answer.data.is("paused") {
        true => "post-reported-paused",
        false => "post-reported",
    };
    let reports = [("reports", answer.data.number("reports").into())];
    let human = ctx.text(key, &reports);
    Ok(Outcome::of(answer, human))
}

/// Decides.
pub fn moderate(ctx: &Ctx, args: Moderate) -> Done {
    let hide = args.verdict.hide;
    let act = BoardAct::Moderate {
        id: args.id,
        comment: args.comment,
        hide,
        reason: args.reason,
    };
    let answer = ctx.ask(Request::Board { act })?;
    let said = if hide {
        "post-ruled-hidden"
    } else {
        "post-ruled-stays"
    };
    Ok(Outcome::of(answer, ctx.say(said)))
}

/// Appeals.
pub fn appeal(ctx: &Ctx, args: Appeal) -> Done {
    let Appeal { id, comment, words } = args;
    let act = BoardAct::Appeal { id, comment, words };
    let answer = ctx.ask(Request::Board { act })?;
    Ok(Outcome::of(answer, ctx.say("post-appeal-sent")))
}

/// Hands over.
pub fn hand_over(ctx: &Ctx, args: HandOver) -> Done {
    let HandOver { id, to, words } = args;
    let act = BoardAct::HandOver { id, to, words };
    let answer = ctx.ask(Request::Board { act })?;
    let to = [("office", answer.data.line("to").into())];
    let human = ctx.text("post-handed", &to);
    Ok(Outcome::of(answer, human))
}

/// What waits for an office.
pub fn queue(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::Board {
        act: BoardAct::Queue,
    })?;
    let queue = answer.data.list("queue");
    if queue.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("post-queue-none")));
    }
    let headings = [
        "head-id",
        "head-comment",
        "head-by",
        "head-text",
        "head-reports",
        "head-state",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for item in queue {
        let reasons: Vec<String> = item
            .list("reports")
            .iter()
            .map(|report| reason(ctx, &report.line("reason")))
            .collect();
        let moderation = item.field("moderation");
        let key = match moderation.is("appealed") {
            true => "appealed".to_owned(),
            false => moderation.line("state"),
        };
        table.row([
            short(&item.line("record")),
            short(&item.line("comment")),
            item.line("author"),
            text_and_files(item),
            reasons.join(" "),
            ctx.say(&format!("post-state-{key}")),
        ]);
    }
    let human = format!("{}{}", table.show(), ctx.say("post-queue-next"));
    Ok(Outcome::of(answer, human))
}

/// The beginning of a text, and how many files go with it: `attachment save` opens them.
fn text_and_files(item: &Value) -> String {
    let text = clean::line(&item.line("body"), 40);
    match item.list("files").len() {
        0 => text,
        n => format!("{text} 📎{n}").trim_start().to_owned(),
    }
}

fn reason(ctx: &Ctx, word: &str) -> String {
    let key = format!("post-reason-{word}");
    if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        ctx.say("post-reason-other")
    }
}

/// What stands instead of a text that is not shown.
pub fn state(ctx: &Ctx, moderation: &Value) -> String {
    let args = [
        ("by", moderation.line("by").into()),
        ("reason", moderation.line("reason").into()),
        ("reports", moderation.number("reports").into()),
        ("when", ctx.at(moderation.number("at_ms")).into()),
    ];
    let key = match moderation.line("state").as_str() {
        "hidden" => "post-hidden",
        _ => "post-paused",
    };
    ctx.text(key, &args)
}

/// Whether something stands, below it; `comment` is its short id where it is a comment.
pub fn standing(ctx: &Ctx, out: &mut String, item: &Value, comment: &str) {
    let moderation = item.field("moderation");
    let stands = moderation.line("state");
    if stands.is_empty() {
        return;
    }
    if stands != "stands" && (comment.is_empty() || !item.is("hidden")) {
        let _ = writeln!(out, "{}", state(ctx, moderation));
    }
    if moderation.is("appealed") {
        let words = [("words", moderation.line("appeal").into())];
        let _ = writeln!(out, "{}", ctx.text("post-is-appealed", &words));
    } else if moderation.is("may_appeal") {
        let which = [("comment", comment.to_owned().into())];
        let _ = writeln!(out, "{}", ctx.text("post-may-appeal", &which));
    } else if stands != "stands" {
        let _ = writeln!(out, "{}", ctx.say("post-author-may-appeal"));
    }
    if let (true, Some(ruling)) = (stands == "stands", moderation.list("rulings").last()) {
        let args = [
            ("by", ruling.line("by").into()),
            ("reason", ruling.line("reason").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-stays-line", &args));
    }
}

/// Reactions, and to which office it was handed.
pub fn extras(ctx: &Ctx, out: &mut String, post: &Value) {
    let reactions = post.field("reactions");
    let (likes, thanks) = (reactions.number("like"), reactions.number("thanks"));
    if likes + thanks > 0 {
        let args = [("likes", likes.into()), ("thanks", thanks.into())];
        let _ = writeln!(out, "{}", ctx.text("post-reactions", &args));
    }
    let handed = post.field("handed");
    if !handed.is_null() {
        let args = [
            ("office", handed.line("to").into()),
            ("by", handed.line("by").into()),
            ("when", ctx.at(handed.number("at_ms")).into()),
            (
                "answered",
                if handed.field("answer").is_null() {
                    "no"
                } else {
                    "yes"
                }
                .into(),
            ),
        ];
        let _ = writeln!(out, "{}", ctx.text("post-handed-line", &args));
    }
}

/// How it ended, and whom its author thanks.
pub fn closed(ctx: &Ctx, out: &mut String, post: &Value) {
    let word = post.line("outcome");
    let key = format!("post-outcome-{word}");
    let outcome = if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        word
    };
    let _ = writeln!(
        out,
        "{}",
        ctx.text("post-is-closed", &[("outcome", outcome.into())])
    );
    let chosen = post.line("chosen");
    if !chosen.is_empty() {
        let args = [("by", post.line("author").into()), ("who", chosen.into())];
        let _ = writeln!(out, "{}", ctx.text("post-thanks-line", &args));
    }
}
