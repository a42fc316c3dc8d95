//! `linli today` and `linli notifications`: what is new, what waits, and what this home announces by itself.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{BellAct, Fault, Request};
use linli_view::api::{BellReport, BellSays};
use linli_view::words::Lang;
use serde_json::{Value, json};

/// What can be done with what is announced.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Shows what is announced and what is not.
    List,
    /// Says nothing more about a notice or post.
    Mute(Thread),
    /// Says something about it again.
    Unmute(Thread),
    /// Sets what is announced.
    Settings(Settings),
}

/// A thread.
#[derive(clap::Args, Debug)]
pub struct Thread {
    /// A notice or post.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// What is announced.
#[derive(clap::Args, Debug)]
pub struct Settings {
    /// How much a notice of the system says.
    #[arg(long, value_name = "HOW", value_parser = ["less", "title", "all"])]
    pub say: Option<String>,
    /// What waits for this home.
    #[arg(long, value_name = "SWITCH", value_parser = ["on", "off"])]
    pub needs: Option<String>,
    /// Answers to what this home wrote.
    #[arg(long, value_name = "SWITCH", value_parser = ["on", "off"])]
    pub answers: Option<String>,
    /// In which language.
    #[arg(long, value_name = "LANGUAGE", value_parser = ["zh-CN", "en", "auto"])]
    pub language: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::List => list(ctx),
        Command::Mute(Thread { id }) => mute(ctx, id, true),
        Command::Unmute(Thread { id }) => mute(ctx, id, false),
        Command::Settings(settings) => set(ctx, settings),
    }
}

fn ask(ctx: &Ctx, act: BellAct) -> Result<linli_node::api::Answer, Fault> {
    ctx.ask(Request::Bell { act })
}

fn mute(ctx: &Ctx, id: String, on: bool) -> Done {
    let answer = ask(ctx, BellAct::Mute { id, on })?;
    let key = if on {
        "notifications-muted"
    } else {
        "notifications-unmuted"
    };
    let id = short(&answer.data.line("thread"));
    let human = ctx.text(key, &[("id", id.into())]);
    Ok(Outcome::of(answer, human))
}

fn set(ctx: &Ctx, asked: Settings) -> Done {
    let now = ask(ctx, BellAct::Show)?;
    let now: BellReport = serde_json::from_value(now.data).map_err(|_| Fault::ours("bell"))?;
    let mut settings = now.settings;
    if let Some(says) = asked.say.as_deref().and_then(BellSays::parse) {
        settings.says = says;
    }
    let on = |word: Option<&str>, was: bool| word.map_or(was, |word| word == "on");
    settings.needs = on(asked.needs.as_deref(), settings.needs);
    settings.mine = on(asked.answers.as_deref(), settings.mine);
    if let Some(language) = asked.language {
        settings.lang = Lang::parse(&language).map(|lang| lang.tag().to_owned());
    }
    let answer = ask(ctx, BellAct::Set { settings })?;
    let human = words(ctx, &answer.data);
    Ok(Outcome::of(answer, human))
}

fn list(ctx: &Ctx) -> Done {
    let answer = ask(ctx, BellAct::Show)?;
    let human = words(ctx, &answer.data);
    Ok(Outcome::of(answer, human))
}

/// The settings and what is muted, a line each.
fn words(ctx: &Ctx, data: &Value) -> String {
    let settings = data.field("settings");
    let switch = |on: bool| {
        ctx.say(if on {
            "notifications-on"
        } else {
            "notifications-off"
        })
    };
    let shared = ctx.words.shared();
    let mut table = Table::default();
    let says = format!("settings-says-{}", settings.line("says"));
    table.row([shared.say("settings-says"), shared.say(&says)]);
    for (word, on) in [
        ("settings-needs", settings.is("needs")),
        ("settings-mine", settings.is("mine")),
    ] {
        table.row([shared.say(word), switch(on)]);
    }
    for thread in data.list("muted").iter().filter_map(Value::as_str) {
        table.row([shared.say("settings-muted"), short(thread)]);
    }
    let mut out = table.show();
    let system = format!("settings-system-{}", data.line("system"));
    out.push_str(&shared.say("settings-bell-note"));
    out.push('\n');
    out.push_str(&shared.say(&system));
    out.push('\n');
    out
}

/// `linli today`: what waits for this home, and the digest of 08:00 or 18:00.
pub fn today(ctx: &Ctx) -> Done {
    let answer = ask(ctx, BellAct::Today)?;
    let covers = json!({ "as_of_ms": answer.data.field("as_of_ms") });
    let mut out = String::new();
    let needs = answer.data.list("needs");
    if needs.is_empty() {
        out.push_str(&ctx.say("today-nothing-waits"));
        out.push('\n');
    } else {
        out.push_str(&ctx.text("today-waits", &[("n", needs.len().into())]));
        out.push('\n');
        lines(ctx, needs, &mut out);
    }
    let answers = answer.data.number("answers");
    if answers > 0 {
        let shared = ctx.words.shared();
        out.push_str(&shared.text("bell-answers", &[("n", answers.into())]));
        out.push('\n');
    }
    if let Some(at) = answer.data.some_number("until_ms") {
        let at = ctx.at(at);
        let shared = ctx.words.shared();
        out.push_str(&shared.text("digest-title", &[("at", at.into())]));
        out.push('\n');
    }
    let digest = answer.data.list("digest");
    if digest.is_empty() {
        out.push_str(&ctx.words.shared().say("digest-none"));
        out.push('\n');
    }
    lines(ctx, digest, &mut out);
    Ok(Outcome::of(answer, out).covering(covers))
}

fn lines(ctx: &Ctx, items: &[Value], out: &mut String) {
    let mut table = Table::default();
    for item in items {
        let text = line(ctx, item);
        let read = if item.is("read") { "✓" } else { "" };
        table.row([read.to_owned(), text, short(&item.line("id"))]);
    }
    out.push_str(&table.show());
}

/// One item in words, as the window has it.
fn line(ctx: &Ctx, item: &Value) -> String {
    let shared = ctx.words.shared();
    let english = item.line("title_en");
    let title = if ctx.words.lang() == Lang::En && !english.is_empty() {
        english
    } else {
        item.line("title")
    };
    let by = item.line("by");
    let kind = item.line("kind");
    match kind.as_str() {
        "notice" | "retracted" => {
            let args = [("office", by.into()), ("title", title.into())];
            shared.text(&format!("digest-{kind}"), &args)
        }
        "post" | "comment" | "claim" | "decided" => {
            let post = shared.say(&format!("board-kind-{}", item.line("post")));
            let args = [
                ("kind", post.into()),
                ("by", by.into()),
                ("text", title.into()),
            ];
            shared.text(&format!("digest-{kind}"), &args)
        }
        "help" => shared.text("bell-help-unit", &[("unit", by.into())]),
        "missed" => shared.text("bell-missed-unit", &[("unit", by.into())]),
        _ => shared.text("bell-ring-gate", &[("gate", by.into())]),
    }
}
