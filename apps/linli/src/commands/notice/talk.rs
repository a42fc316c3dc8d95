//! What is said below a notice: `linli notice comment`, `linli notice comments open|close`, and how it is shown.

use crate::commands::attachment;
use crate::commands::post::{Words, board};
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use linli_node::api::{NoticeAct, Request};
use serde_json::Value;
use std::fmt::Write;

/// A comment.
#[derive(clap::Args, Debug)]
pub struct Comment {
    /// On which notice.
    #[arg(value_name = "ID")]
    pub id: String,
    /// What is said.
    #[command(flatten)]
    pub said: Words,
    /// The comment it answers.
    #[arg(long, value_name = "COMMENT")]
    pub answers: Option<String>,
}

/// Whether neighbours may say something below a notice.
#[derive(clap::Subcommand, Debug)]
pub enum Comments {
    /// They may.
    Open(super::One),
    /// Not any more.
    Close(super::One),
}

/// Says something.
pub fn comment(ctx: &Ctx, args: Comment) -> Done {
    let Comment { id, said, answers } = args;
    let answer = said.comment(ctx, id, answers)?;
    Ok(Outcome::of(answer, ctx.say("post-commented")))
}

/// Opens or closes.
pub fn comments(ctx: &Ctx, which: Comments) -> Done {
    let (id, open) = match which {
        Comments::Open(one) => (one.id, true),
        Comments::Close(one) => (one.id, false),
    };
    let act = NoticeAct::Comments { id, open };
    let answer = ctx.ask(Request::Notice { act })?;
    let key = match (answer.data.is("news"), open) {
        (true, true) if !answer.data.is("open") => "notice-comments-still-closed",
        (true, false) if answer.data.is("open") => "notice-comments-still-open",
        (false, _) => "notice-comments-as-before",
        (true, true) => "notice-comments-opened",
        (true, false) => "notice-comments-closed",
    };
    Ok(Outcome::of(answer, ctx.say(key)))
}

/// Offices first, then neighbours in their order.
pub fn lines(ctx: &Ctx, out: &mut String, notice: &Value) {
    let said = notice.list("said");
    if let Some(ms) = notice.some_number("comments_closed_ms") {
        let when = [("when", ctx.at(ms).into())];
        let _ = writeln!(out, "\n{}", ctx.text("notice-comments-are-closed", &when));
    } else if !said.is_empty() {
        out.push('\n');
    }
    let left_out = notice.number("said_left_out");
    if left_out > 0 {
        let n = [("n", left_out.into())];
        let _ = writeln!(out, "{}", ctx.text("notice-comments-more", &n));
    }
    for official in [true, false] {
        for one in said.iter().filter(|one| one.is("official") == official) {
            let text = match (one.is("hidden"), one.is("late")) {
                _ if one.is("gone") => ctx.say("post-comment-gone"),
                (true, true) => ctx.say("talk-late-hidden"),
                (true, false) => board::state(ctx, one.field("moderation")),
                _ => one.line("body"),
            };
            let args = [
                ("by", one.line("author").into()),
                ("when", ctx.at(one.number("published_ms")).into()),
                ("text", text.into()),
                ("official", if official { "yes" } else { "no" }.into()),
                ("id", short(&one.line("id")).into()),
            ];
            let _ = writeln!(out, "{}", ctx.text("post-comment-line", &args));
            attachment::lines(ctx, out, one);
            board::standing(ctx, out, one, &short(&one.line("id")));
        }
    }
}
