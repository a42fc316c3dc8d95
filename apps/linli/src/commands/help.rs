//! `linli help`: calls for help, who has heard them, "I am fine", phone numbers.

use crate::clock;
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use linli_node::api::{Answer, Fault, HelpAct, Request};
use serde_json::Value;
use std::fmt::Write;
use std::time::Duration;

/// How long between two looks.
const EVERY: Duration = Duration::from_millis(100);

/// What can be done with calls for help.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Calls for help.
    Raise(Raise),
    /// Takes a call back.
    Cancel(One),
    /// "I have heard it", "I am coming".
    Ack(Ack),
    /// Lists calls, and who has not checked in.
    List,
    /// Who has received a call.
    Status(Status),
    /// Phone numbers.
    Numbers(Numbers),
    /// "I am fine."
    CheckIn(CheckIn),
    /// Who is asked to look after this household.
    #[command(subcommand)]
    Helpers(Helpers),
}

/// A call.
#[derive(clap::Args, Debug)]
pub struct Raise {
    /// Only to practise.
    #[arg(long)]
    pub practice: bool,
    /// More than "help".
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
}

/// One call.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// An answer.
#[derive(clap::Args, Debug)]
pub struct Ack {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// And coming.
    #[arg(long)]
    pub coming: bool,
}

/// A look.
#[derive(clap::Args, Debug)]
pub struct Status {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// How long to wait for the first who has received it.
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub wait: Option<u64>,
}

/// Phone numbers.
#[derive(clap::Args, Debug)]
pub struct Numbers {
    /// Gives one out; an office's numbers are all given at once.
    #[arg(long, value_name = "NAME:NUMBER")]
    pub set: Vec<String>,
    /// Gives out none any more.
    #[arg(long, conflicts_with = "set")]
    pub clear: bool,
}

/// A check-in.
#[derive(clap::Args, Debug)]
pub struct CheckIn {
    /// By when every day; no check-in is said now.
    #[arg(long, value_name = "HH:MM")]
    pub daily: Option<String>,
    /// Not any more.
    #[arg(long, conflicts_with = "daily")]
    pub never: bool,
}

/// Helpers.
#[derive(clap::Subcommand, Debug)]
pub enum Helpers {
    /// Shows them.
    Show,
    /// Names them.
    Set(Units),
}

/// Units.
#[derive(clap::Args, Debug)]
pub struct Units {
    /// Which; none = nobody.
    #[arg(value_name = "UNIT")]
    pub units: Vec<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Raise(Raise { practice, words }) => raise(ctx, practice, words),
        Command::Cancel(One { id }) => {
            let answer = ask(ctx, HelpAct::Cancel { id })?;
            Ok(Outcome::of(answer, ctx.say("aid-cancelled")))
        }
        Command::Ack(Ack { id, coming }) => {
            let answer = ask(ctx, HelpAct::Ack { id, coming })?;
            let key = if coming {
                "aid-acked-coming"
            } else {
                "aid-acked"
            };
            Ok(Outcome::of(answer, ctx.say(key)))
        }
        Command::List => list(ctx),
        Command::Status(Status { id, wait }) => status(ctx, &id, wait),
        Command::Numbers(args) => numbers(ctx, args),
        Command::CheckIn(args) => check_in(ctx, args),
        Command::Helpers(Helpers::Show) => care(ctx, HelpAct::Care),
        Command::Helpers(Helpers::Set(Units { units })) => {
            let act = HelpAct::SetCare {
                helpers: Some(units),
                minute: None,
            };
            care(ctx, act)
        }
    }
}

fn ask(ctx: &Ctx, act: HelpAct) -> Result<Answer, Fault> {
    ctx.ask(Request::Help { act })
}

fn raise(ctx: &Ctx, practice: bool, words: Option<String>) -> Done {
    let answer = ask(ctx, HelpAct::Raise { practice, words })?;
    let key = match (answer.data.is("again"), practice) {
        (_, true) => "aid-raised-practice",
        (true, false) => "aid-raised-again",
        (false, false) => "aid-raised",
    };
    let human = ctx.text(key, &[("id", answer.data.line("id").into())]);
    Ok(Outcome::of(answer, human))
}

fn status(ctx: &Ctx, id: &str, wait: Option<u64>) -> Done {
    let began = clock::instant();
    let patience = Duration::from_secs(wait.unwrap_or(0));
    loop {
        let act = HelpAct::Status { id: id.to_owned() };
        let answer = ask(ctx, act)?;
        let call = answer.data.field("call");
        if !call.is("nobody") || !call.is("open") || began.elapsed() + EVERY > patience {
            let mut out = call_lines(ctx, call);
            if call.is("nobody") && call.is("open") {
                let _ = writeln!(out, "{}", ctx.say("aid-nobody"));
                number_lines(ctx, &mut out, &answer.data);
            }
            let human = format!("{out}{}", ctx.as_of());
            return Ok(Outcome::of(answer, human));
        }
        std::thread::sleep(EVERY);
    }
}

/// A call and who has received it.
fn call_lines(ctx: &Ctx, call: &Value) -> String {
    let args = [
        (
            "id",
            call.line("id").chars().take(10).collect::<String>().into(),
        ),
        ("by", call.line("by").into()),
        ("when", ctx.at(call.number("at_ms")).into()),
        ("practice", yes(call.is("practice")).into()),
        ("open", yes(call.is("open")).into()),
    ];
    let mut out = ctx.text("aid-call", &args);
    out.push('\n');
    let words = call.line("words");
    if !words.is_empty() {
        let _ = writeln!(
            out,
            "  {}",
            ctx.text("aid-words", &[("words", words.into())])
        );
    }
    for line in call.list("received") {
        let args = [
            ("by", line.line("by").into()),
            ("when", ctx.at(line.number("at_ms")).into()),
        ];
        let key = format!("aid-how-{}", line.line("how"));
        let _ = writeln!(out, "  {}", ctx.text(&key, &args));
    }
    out
}

const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn list(ctx: &Ctx) -> Done {
    let answer = ask(ctx, HelpAct::List)?;
    let mut out = String::new();
    for missed in answer.data.list("missed") {
        let args = [
            ("unit", missed.line("unit").into()),
            ("due", ctx.at(missed.number("due_ms")).into()),
            ("heard", yes(missed.some_number("last_ms").is_some()).into()),
            ("last", ctx.at(missed.number("last_ms")).into()),
        ];
        let _ = writeln!(out, "{}", ctx.text("aid-missed", &args));
    }
    let calls = answer.data.list("calls");
    for call in calls {
        out.push_str(&call_lines(ctx, call));
        if call.is("asks_me") {
            let _ = writeln!(out, "  {}", ctx.say("aid-asks-me"));
        }
    }
    if out.is_empty() {
        out = format!("{}\n", ctx.say("aid-none"));
    }
    let human = format!("{out}{}", ctx.as_of());
    Ok(Outcome::of(answer, human))
}

fn numbers(ctx: &Ctx, args: Numbers) -> Done {
    let act = if args.clear || !args.set.is_empty() {
        let pair = |text: &String| {
            let split = text.rsplit_once([':', '：']);
            let (label, number) = split.ok_or_else(|| Fault::input("bad-phone"))?;
            Ok((label.to_owned(), number.to_owned()))
        };
        let numbers = args.set.iter().map(pair).collect::<Result<_, Fault>>()?;
        HelpAct::SetNumbers { numbers }
    } else {
        HelpAct::Numbers
    };
    let answer = ask(ctx, act)?;
    let mut out = String::new();
    number_lines(ctx, &mut out, &answer.data);
    Ok(Outcome::of(answer, out))
}

fn number_lines(ctx: &Ctx, out: &mut String, data: &Value) {
    for line in data.list("numbers") {
        let office = line.line("office");
        let label = match office.is_empty() {
            true => ctx.say(&format!("aid-number-{}", line.line("label"))),
            false => format!("{office} {}", line.line("label")),
        };
        let _ = writeln!(out, "  {}  {label}", line.line("number"));
    }
}

fn check_in(ctx: &Ctx, args: CheckIn) -> Done {
    if args.never || args.daily.is_some() {
        let minute = args.daily.as_deref().map(minute_of).transpose()?;
        let act = HelpAct::SetCare {
            helpers: None,
            minute: Some(minute),
        };
        return care(ctx, act);
    }
    let answer = ask(ctx, HelpAct::CheckIn)?;
    let helpers = [("helpers", answer.data.line("helpers").into())];
    let human = ctx.text("aid-checked-in", &helpers);
    Ok(Outcome::of(answer, human))
}

/// `09:30` as a minute of the day.
fn minute_of(text: &str) -> Result<u16, Fault> {
    let bad = || Fault::input("bad-hour");
    let (hour, minute) = text.trim().split_once([':', '：']).ok_or_else(bad)?;
    let number = |part: &str| part.parse::<u16>().map_err(|_| bad());
    let (hour, minute) = (number(hour)?, number(minute)?);
    if hour < 24 && minute < 60 {
        Ok(hour * 60 + minute)
    } else {
        Err(bad())
    }
}

fn care(ctx: &Ctx, act: HelpAct) -> Done {
    let answer = ask(ctx, act)?;
    let helpers = answer.data.line("helpers");
    let mut human = match helpers.is_empty() {
        true => ctx.say("aid-no-helpers"),
        false => ctx.text("aid-helpers", &[("helpers", helpers.into())]),
    };
    if let Some(minute) = answer.data.some_number("minute") {
        let at = format!("{:02}:{:02}", minute / 60, minute % 60);
        let _ = write!(human, "\n{}", ctx.text("aid-daily", &[("at", at.into())]));
    }
    Ok(Outcome::of(answer, human))
}

#[cfg(test)]
mod tests {
    use super::minute_of;

    #[test]
    fn an_hour_is_read_with_either_colon_and_nothing_else_is_one() {
        assert_eq!(minute_of("09:30").ok(), Some(570));
        assert_eq!(minute_of(" 9:05").ok(), Some(545));
        for bad in ["24:00", "12:60", "12", "noon", "-1:00", "1:2:3"] {
            assert_eq!(minute_of(bad).unwrap_err().code, "bad-hour", "{bad}");
        }
    }
}
