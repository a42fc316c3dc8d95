//! What is half written in a window of this home.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{DraftAct, Request};
use linli_view::clean;
use linli_view::compose::ComposeDraft;
use serde_json::Value;

/// Lists it. What opens a file of a draft stays with the window.
pub fn list(ctx: &Ctx) -> Done {
    let act = DraftAct::List;
    let mut answer = ctx.ask(Request::Draft { act })?;
    if let Some(drafts) = answer.data["drafts"].as_array_mut() {
        for draft in drafts {
            let files = draft["files"].as_array().map_or(0, Vec::len);
            draft["files"] = files.into();
        }
    }
    let drafts = answer.data.list("drafts");
    let damaged = match answer.data.number("damaged") {
        0 => String::new(),
        n => ctx.text("post-drafts-damaged", &[("n", n.into())]),
    };
    if drafts.is_empty() && damaged.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("post-drafts-none")));
    }
    if drafts.is_empty() {
        return Ok(Outcome::of(answer, damaged));
    }
    let headings = ["head-when", "head-what", "head-text", "head-files"];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for draft in drafts {
        table.row([
            ctx.at(draft.number("at_ms")),
            ctx.say(kind(draft)),
            clean::line(&heading(draft), 40),
            draft.number("files").to_string(),
        ]);
    }
    let shown = format!("{}\n{damaged}", table.show().trim_end());
    Ok(Outcome::of(answer, shown))
}

/// How it begins; of a notice its headline, or its text where it has none yet.
fn heading(draft: &Value) -> String {
    if draft.line("kind") != "notice" {
        return draft.line("text");
    }
    let text = draft["text"].as_str().unwrap_or_default();
    let notice: ComposeDraft = serde_json::from_str(text).unwrap_or_default();
    if notice.title.trim().is_empty() {
        notice.body
    } else {
        notice.title
    }
}

fn kind(draft: &Value) -> &'static str {
    match draft.line("kind").as_str() {
        "reply" => "post-draft-reply",
        "notice-reply" => "post-draft-below",
        "notice" => "post-draft-notice",
        "appeal" => "post-draft-appeal",
        "ruling" => "post-draft-ruling",
        _ => "post-draft-post",
    }
}
