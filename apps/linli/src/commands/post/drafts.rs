//! What is half written in a window of this home.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{DraftAct, Request};
use linli_view::clean;
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
            clean::line(&draft.line("text"), 40),
            draft.number("files").to_string(),
        ]);
    }
    let shown = format!("{}\n{damaged}", table.show().trim_end());
    Ok(Outcome::of(answer, shown))
}

fn kind(draft: &Value) -> &'static str {
    match draft.line("kind").as_str() {
        "reply" => "post-draft-reply",
        "notice-reply" => "post-draft-below",
        "notice-files" => "post-draft-files",
        "appeal" => "post-draft-appeal",
        "ruling" => "post-draft-ruling",
        _ => "post-draft-post",
    }
}
