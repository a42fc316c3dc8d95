//! `linli guide`: the help of the window, in a terminal.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::table::Table;
use clap::builder::PossibleValuesParser;
use linli_view::guide::{self, Topic};
use serde_json::json;

/// What to read about.
#[derive(clap::Args, Debug)]
pub struct GuideArgs {
    /// The page; none: which there are.
    #[arg(value_name = "TOPIC", value_parser = PossibleValuesParser::new(Topic::all().map(Topic::id)))]
    pub topic: Option<String>,
}

/// Shows a page of help, or the table of contents.
pub fn guide(ctx: &Ctx, args: &GuideArgs) -> Done {
    let shared = ctx.words.shared();
    let Some(topic) = args.topic.as_deref().and_then(Topic::parse) else {
        let mut table = Table::default();
        for topic in Topic::all() {
            table.row([topic.id(), guide::title(shared.lang(), topic)]);
        }
        let topics: Vec<&str> = Topic::all().map(Topic::id).collect();
        return Ok(Outcome::plain(json!({ "topics": topics }), table.show()));
    };
    let page = guide::guide(shared, topic);
    let mut out = format!("{}\n", page.title);
    for paragraph in &page.paragraphs {
        out.push('\n');
        out.push_str(paragraph);
        out.push('\n');
    }
    if !page.keys.is_empty() {
        out.push_str(&format!("\n{}\n", page.keys_title));
        let mut table = Table::default();
        for (key, does) in &page.keys {
            table.row([*key, does]);
        }
        out.push_str(&table.show());
    }
    let keys: Vec<_> = page
        .keys
        .iter()
        .map(|(key, does)| json!({ "key": key, "does": does }))
        .collect();
    let data = json!({ "topic": topic.id(), "title": page.title, "paragraphs": page.paragraphs, "keys": keys });
    Ok(Outcome::plain(data, out))
}
