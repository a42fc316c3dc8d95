//! What a guard does beside looking at a pass, and what the log is asked.

use crate::commands::gate::{decision, exit_of};
use crate::commands::ring;
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{Answer, Fault, GateAct, Request};
use serde_json::Value;

/// Overriding a decision, or taking a click back.
#[derive(clap::Args, Debug)]
pub struct Override {
    /// Which line of the log.
    #[arg(value_name = "EVENT")]
    pub event: String,
    /// Why.
    #[arg(long, value_name = "R")]
    pub reason: String,
    /// The guard.
    #[arg(long, value_name = "B")]
    pub badge: String,
}

/// Who leaves: one of three.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Exit {
    /// The entry that ends.
    #[arg(value_name = "EVENT")]
    pub event: Option<String>,
    /// A plate.
    #[arg(long, value_name = "P")]
    pub plate: Option<String>,
    /// A short code.
    #[arg(long, value_name = "C")]
    pub code: Option<String>,
}

/// Somebody without a pass.
#[derive(clap::Args, Debug)]
pub struct WalkIn {
    /// Where to.
    #[arg(long, value_name = "U")]
    pub unit: String,
    /// Who, as they say.
    #[arg(long, value_name = "N")]
    pub name: Option<String>,
    /// Their car.
    #[arg(long, value_name = "P")]
    pub plate: Option<String>,
    /// People with them.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub companions: u8,
    /// They say that they live there.
    #[arg(long)]
    pub resident: bool,
    /// A courier.
    #[arg(long, conflicts_with = "resident")]
    pub delivery: bool,
}

/// Calling a household about a line that asks.
#[derive(clap::Args, Debug)]
pub struct Ring {
    /// Which line of the log.
    #[arg(value_name = "EVENT")]
    pub event: String,
}

/// Open for everybody.
#[derive(clap::Args, Debug)]
pub struct OpenAll {
    /// Why.
    #[arg(long, value_name = "R", required_unless_present = "end")]
    pub reason: Option<String>,
    /// The guard.
    #[arg(long, value_name = "B")]
    pub badge: String,
    /// Shut again.
    #[arg(long)]
    pub end: bool,
}

/// A guard takes over.
#[derive(clap::Args, Debug)]
pub struct Handover {
    /// The guard.
    #[arg(long, value_name = "B")]
    pub badge: String,
}

fn ask(ctx: &Ctx, act: GateAct) -> Result<Answer, Fault> {
    ctx.ask(Request::Gate { act })
}

fn said(ctx: &Ctx, answer: Answer, key: &str) -> Done {
    let who: Vec<String> = ["label", "unit", "plate"]
        .map(|name| answer.data.line(name))
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let args = [
        ("who", who.join("  ").into()),
        ("event", short(&answer.data.line("event")).into()),
    ];
    let human = ctx.text(key, &args);
    Ok(Outcome::of(answer, human))
}

/// `linli gate override`.
pub fn overrule(ctx: &Ctx, args: Override) -> Done {
    let act = GateAct::Override {
        event: args.event,
        reason: args.reason,
        badge: args.badge,
    };
    let answer = ask(ctx, act)?;
    said(ctx, answer, "gate-overridden")
}

/// `linli gate correct`.
pub fn correct(ctx: &Ctx, args: Override) -> Done {
    let act = GateAct::Correct {
        event: args.event,
        reason: args.reason,
        badge: args.badge,
    };
    let answer = ask(ctx, act)?;
    said(ctx, answer, "gate-corrected")
}

/// `linli gate exit`.
pub fn exit(ctx: &Ctx, args: Exit) -> Done {
    let act = GateAct::Exit {
        event: args.event,
        plate: args.plate,
        code: args.code,
    };
    let answer = ask(ctx, act)?;
    let over = answer.data.some_number("overstayed_s");
    let mut outcome = said(ctx, answer, "gate-left")?;
    if let Some(seconds) = over {
        let minutes = [("minutes", (seconds / 60).into())];
        outcome.human = format!(
            "{}  {}",
            outcome.human,
            ctx.text("gate-overstayed", &minutes)
        );
    }
    Ok(outcome)
}

/// `linli gate walk-in`: the exit status follows the answer, as for a pass.
pub fn walk_in(ctx: &Ctx, args: WalkIn) -> Done {
    let act = GateAct::WalkIn {
        unit: args.unit,
        name: args.name,
        plate: args.plate,
        companions: args.companions,
        resident: args.resident,
        courier: args.delivery,
    };
    let answer = ask(ctx, act)?;
    let mut human = decision(ctx, &answer.data);
    let ring = answer.data.line("ring");
    if !ring.is_empty() {
        human.push_str(&format!("    {}\n", ring::state(ctx, &ring)));
    }
    let exit = exit_of(&answer.data.line("result"));
    Ok(Outcome::of(answer, human).exits(exit))
}

/// `linli gate ring`: the line stays what it is, and so does the exit status of a question.
pub fn ring(ctx: &Ctx, args: Ring) -> Done {
    let answer = ask(ctx, GateAct::Ring { event: args.event })?;
    let data = &answer.data;
    let who: Vec<String> = ["label", "unit", "plate", "code"]
        .map(|name| data.line(name))
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let human = format!(
        "{}\n    {}\n",
        who.join("  "),
        ring::state(ctx, &data.line("ring"))
    );
    Ok(Outcome::of(answer, human))
}

/// `linli gate open-all`.
pub fn open_all(ctx: &Ctx, args: OpenAll) -> Done {
    let badge = args.badge;
    if args.end {
        let answer = ask(ctx, GateAct::CloseAll { badge })?;
        return said(ctx, answer, "gate-shut-again");
    }
    let reason = args.reason.unwrap_or_default();
    let answer = ask(ctx, GateAct::OpenAll { reason, badge })?;
    said(ctx, answer, "gate-open-all")
}

/// `linli gate handover`.
pub fn handover(ctx: &Ctx, args: Handover) -> Done {
    let answer = ask(ctx, GateAct::HandOver { badge: args.badge })?;
    said(ctx, answer, "gate-handed-over")
}

/// A table of one list of an answer.
fn listed(
    ctx: &Ctx,
    act: GateAct,
    (list, empty): (&str, &str),
    headings: &[&str],
    row: impl Fn(&Value) -> Vec<String>,
) -> Done {
    let answer = ask(ctx, act)?;
    let items = answer.data.list(list);
    if items.is_empty() {
        return Ok(Outcome::of(answer, ctx.say(empty)));
    }
    let mut table = Table::headed(headings.iter().map(|key| ctx.say(key)));
    for item in items {
        table.row(row(item));
    }
    let human = format!("{}{}", table.show(), ctx.as_of());
    Ok(Outcome::of(answer, human))
}

/// `linli gate inside`: also the list for an evacuation.
pub fn inside(ctx: &Ctx) -> Done {
    let headings = [
        "head-id",
        "head-when",
        "head-gate",
        "head-label",
        "head-unit",
        "head-plate",
        "head-state",
    ];
    listed(
        ctx,
        GateAct::Inside,
        ("inside", "gate-inside-nobody"),
        &headings,
        |one| {
            let over = one
                .some_number("overstayed_s")
                .map(|seconds| ctx.text("gate-overstayed", &[("minutes", (seconds / 60).into())]));
            vec![
                short(&one.line("event")),
                ctx.at(one.number("since_ms")),
                one.line("gate"),
                with(one),
                one.line("unit"),
                one.line("plate"),
                over.unwrap_or_default(),
            ]
        },
    )
}

/// `linli gate expected`.
pub fn expected(ctx: &Ctx) -> Done {
    let headings = [
        "head-when",
        "head-label",
        "head-unit",
        "head-plate",
        "head-used",
    ];
    listed(
        ctx,
        GateAct::Expected,
        ("expected", "gate-expected-nobody"),
        &headings,
        |one| {
            let used = match one.number("entries") {
                0 => ctx.say("pass-uncounted"),
                of => format!("{}/{of}", one.number("used")),
            };
            vec![
                ctx.at(one.number("from_ms")),
                with(one),
                one.line("unit"),
                one.line("plate"),
                used,
            ]
        },
    )
}

/// `linli gate incidents`.
pub fn incidents(ctx: &Ctx) -> Done {
    let headings = [
        "head-when",
        "head-gate",
        "head-label",
        "head-unit",
        "head-used",
        "head-by",
    ];
    listed(
        ctx,
        GateAct::Incidents,
        ("incidents", "gate-incidents-none"),
        &headings,
        |one| {
            let by = if one.is("by_guard") {
                "gate-by-guard"
            } else {
                "gate-by-itself"
            };
            vec![
                ctx.at(one.number("at_ms")),
                one.line("gate"),
                one.line("label"),
                one.line("unit"),
                format!("{}/{}", one.number("number"), one.number("entries")),
                ctx.say(by),
            ]
        },
    )
}

/// `王* +2`.
fn with(one: &Value) -> String {
    match one.number("companions") {
        0 => one.line("label"),
        n => format!("{} +{n}", one.line("label")),
    }
}
