//! Where this replica stands and why: `linli` alone, `status`, `why`, `conflicts`, `doctor`, `digest`.

use super::community;
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of, short};
use crate::table::Table;
use linli_node::api::{Answer, Fault, Request};
use serde_json::{Value, json};
use std::fmt::Write;

/// Asking why.
#[derive(clap::Args, Debug)]
pub struct WhyArgs {
    /// A record, or a device.
    #[arg(value_name = "ITEM|PEER")]
    pub item: String,
}

/// Asking for the digest.
#[derive(clap::Args, Debug)]
pub struct DigestArgs {
    /// One scope instead of all that this replica may hold.
    #[arg(long, value_name = "S", value_parser = SCOPES)]
    pub scope: Option<String>,
}

/// The scopes of a digest.
pub const SCOPES: [&str; 7] = linli_node::api::SCOPES;

/// Faults that mean: there is no member here yet. For `linli` alone they are an answer, not a failure.
const NOT_YET: [&str; 2] = ["no-home", "no-community"];

/// `linli`, `linli status`: where the replica stands and what one could do next.
pub fn standing(ctx: &Ctx) -> Done {
    let answer = match ctx.ask(Request::Status) {
        Ok(answer) => answer,
        Err(fault) if NOT_YET.contains(&fault.code.as_str()) => nobody(),
        Err(fault) => return Err(fault),
    };
    let human = status(ctx, &answer.data);
    let covers = json!({"online": answer.data.field("online")});
    Ok(Outcome::of(answer, human).covering(covers))
}

fn nobody() -> Answer {
    Answer {
        data: json!({"state": "none", "next": ["found", "join", "demo"]}),
        warnings: Vec::new(),
    }
}

fn status(ctx: &Ctx, data: &Value) -> String {
    let mut out = String::new();
    let home = [("home", ctx.home_dir().display().to_string().into())];
    match data.line("state").as_str() {
        "member" => {
            out.push_str(&community::community(ctx, data.field("community")));
            out.push_str(&community::me(ctx, data));
            out.push('\n');
            out.push_str(&member(ctx, data));
        }
        "joining" => {
            let _ = writeln!(out, "{}", ctx.text("status-joining", &home));
        }
        _ => {
            let _ = writeln!(out, "{}", ctx.text("status-none", &home));
        }
    }
    let next = hints(data);
    if !next.is_empty() {
        let _ = writeln!(out, "\n{}", ctx.say("next-heading"));
    }
    let mut table = Table::default();
    for hint in next {
        let key = format!("next-{hint}");
        if ctx.words.has(&key) {
            let said = ctx.say(&key);
            let (command, what) = said.split_once("  ").unwrap_or((&said, ""));
            table.row(["", command, what.trim()]);
        }
    }
    out.push_str(&table.show());
    out
}

/// What the node hints at, and what people in this place usually do.
fn hints(data: &Value) -> Vec<String> {
    let mut hints: Vec<String> = data.list("next").iter().map(line_of).collect();
    if data.line("state") != "member" {
        return hints;
    }
    let registered = data.field("counts").number("units") > 0;
    let usual: &[&str] = match data.field("me").line("kind").as_str() {
        "office" if registered => &["invite", "publish", "peers"],
        "office" => &["import", "invite", "publish"],
        "household" => &["read", "pass", "post", "peers"],
        "gate" => &["check", "gate-status"],
        _ => &["read", "peers"],
    };
    hints.extend(usual.iter().map(|hint| (*hint).to_owned()));
    hints
}

fn member(ctx: &Ctx, data: &Value) -> String {
    let counts = data.field("counts");
    let number = |name: &'static str| (name, counts.number(name).into());
    let held = ctx.text(
        "status-held",
        &[
            number("notices"),
            number("posts"),
            number("passes"),
            number("units"),
            number("persons"),
        ],
    );
    let mut out = format!("{held}\n");
    let running = if data.is("running") {
        "status-running"
    } else {
        "status-not-running"
    };
    let _ = writeln!(out, "{}", ctx.say(running));
    let met = if data.is("paused") {
        ctx.say("light-grey-paused")
    } else {
        ctx.text("status-online", &[("n", data.number("online").into())])
    };
    let _ = writeln!(out, "{met}");
    for (name, key) in [
        ("waiting", "status-waiting"),
        ("refused", "status-quarantined"),
    ] {
        let n = data.number(name);
        if n > 0 {
            let _ = writeln!(out, "{}", ctx.text(key, &[("n", n.into())]));
        }
    }
    if data.field("protected") == &json!(false) {
        let _ = writeln!(out, "{}", ctx.say("status-unprotected"));
    }
    out.push_str(&ctx.as_of());
    out.push('\n');
    out
}

/// `linli why`.
pub fn why(ctx: &Ctx, args: WhyArgs) -> Done {
    let answer = ctx.ask(Request::Why { item: args.item })?;
    let data = &answer.data;
    let copies: Vec<String> = data
        .list("copies")
        .iter()
        .map(|copy| match copy.line("label") {
            label if label.is_empty() => short(&copy.line("device")),
            label => label,
        })
        .collect();
    // Of a record, who has it; of a peer, whether it is there.
    let mut out = if data.line("item").starts_with("d:") {
        match data.line("state").as_str() {
            "online" => ctx.say("why-online"),
            "paused" => ctx.say("why-paused"),
            _ => ctx.say("why-away"),
        }
    } else if copies.is_empty() {
        ctx.say("holding-nobody")
    } else {
        let args = [
            ("n", copies.len().into()),
            ("names", copies.join("  ").into()),
        ];
        ctx.text("why-copies", &args)
    };
    if data.line("state") == "paused" && !data.line("item").starts_with("d:") {
        let _ = write!(out, "\n{}", ctx.say("why-paused"));
    }
    // One of the ten of sync.md §5, with what to do; none when there is nothing to explain.
    let key = format!("reason-{}", data.line("reason").replace('_', "-"));
    if data.field("running") == &json!(false) {
        // Nothing else needs explaining while nobody listens.
        let _ = write!(out, "\n{}", ctx.say("status-not-running"));
        let _ = write!(out, "\n{}", ctx.say("why-run"));
    } else if ctx.words.has(&key) {
        let _ = write!(
            out,
            "\n{}\n{}",
            ctx.say(&key),
            ctx.say(&format!("{key}-do"))
        );
    }
    let _ = write!(out, "\n{}", ctx.as_of());
    Ok(Outcome::of(answer, out))
}

/// `linli conflicts`.
pub fn conflicts(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::Conflicts)?;
    let data = &answer.data;
    let mut out = String::new();
    for one in data.list("conflicts") {
        let values: Vec<String> = one.list("values").iter().map(line_of).collect();
        let args = [
            ("record", short(&one.line("record")).into()),
            ("field", one.line("field").into()),
            ("values", values.join(" | ").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("conflict-line", &args));
    }
    for fork in data.list("forks") {
        let device = match fork {
            Value::Object(_) => fork.line("device"),
            other => line_of(other),
        };
        let _ = writeln!(
            out,
            "{}",
            ctx.text("fork-line", &[("device", short(&device).into())])
        );
    }
    for entry in data.list("quarantined") {
        let args = [
            ("n", entry.number("count").into()),
            ("reason", entry.line("reason").into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("quarantine-line", &args));
    }
    if out.is_empty() {
        out = ctx.say("conflicts-none");
    }
    Ok(Outcome::of(answer, out))
}

/// `linli doctor`: what is sound and what is not; a warning is no failure.
pub fn doctor(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::Doctor)?;
    let mut table = Table::default();
    for check in answer.data.list("checks") {
        let name = check.line("name").replace('_', "-");
        let key = format!("doctor-{name}");
        let said = detail(ctx, &name, check);
        let word = if ctx.words.has(&key) {
            ctx.say(&key)
        } else {
            name
        };
        let mark = if check.is("ok") { "✓" } else { "✗" };
        table.row([mark.to_owned(), word, said]);
    }
    Ok(Outcome::of(answer, table.show()))
}

/// What the check says: by its name and how it came out, with its number if it has one.
fn detail(ctx: &Ctx, name: &str, check: &Value) -> String {
    let outcome = if check.is("ok") { "fine" } else { "not" };
    let key = format!("doctor-{name}-{outcome}");
    let n = [("n", check.number("detail").into())];
    if ctx.words.has(&key) {
        ctx.text(&key, &n)
    } else {
        check.line("detail")
    }
}

/// `linli digest`: equal sets, equal digest.
pub fn digest(ctx: &Ctx, args: DigestArgs) -> Done {
    let answer = ctx.ask(Request::Digest { scope: args.scope })?;
    let mut table = Table::default();
    table.row([ctx.say("digest-all"), answer.data.line("digest")]);
    if let Some(scopes) = answer.data.field("scopes").as_object() {
        for (scope, digest) in scopes {
            table.row([line_of(&json!(scope)), line_of(digest)]);
        }
    }
    Ok(Outcome::of(answer, table.show()))
}

/// The digest of one scope, or of all: what `wait` and the demo compare.
pub fn digest_of(ctx: &Ctx, scope: Option<&str>) -> Result<String, Fault> {
    let scope = scope.map(str::to_owned);
    Ok(ctx.ask(Request::Digest { scope })?.data.line("digest"))
}
