//! `linli find`: one box that finds what this replica holds.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::Request;
use serde_json::json;

/// What to find.
#[derive(clap::Args, Debug)]
pub struct FindArgs {
    /// Words, pinyin, a unit, a plate; filters.
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    pub query: Vec<String>,
    /// How many at most.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub limit: u16,
}

/// Finds, the closest first.
pub fn find(ctx: &Ctx, args: FindArgs) -> Done {
    let query = args.query.join(" ");
    let most = Some(usize::from(args.limit));
    let answer = ctx.ask(Request::Find { query, most })?;
    let hits = answer.data.list("hits");
    let total = answer.data.number("total");
    let covers = json!({ "as_of_ms": answer.data.field("as_of_ms") });
    if hits.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("find-none")).covering(covers));
    }
    let mut table = Table::default();
    for hit in hits {
        table.row([
            ctx.say(&format!("find-is-{}", hit.line("kind"))),
            hit.line("title"),
            hit.line("snippet"),
            hit.line("unit"),
            short(&hit.line("id")),
        ]);
    }
    let mut out = table.show();
    if total > hits.len() as u64 {
        out.push_str(&ctx.text("find-more", &[("total", total.into())]));
        out.push('\n');
    }
    Ok(Outcome::of(answer, out).covering(covers))
}
