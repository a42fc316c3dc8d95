//! `linli sas`: seven pictures that both sides see, compare aloud and type.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of, short};
use linli_node::api::Request;
use linli_view::words::Lang;
use serde_json::Value;

/// What can be done with the pictures.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Shows them.
    Show,
    /// Confirms them by typing.
    Confirm(ConfirmCommand),
}

/// Confirming.
#[derive(clap::Args, Debug)]
pub struct ConfirmCommand {
    /// The seven pictures, their names or numbers.
    #[arg(value_name = "EMOJI", required = true, num_args = 1..)]
    pub emoji: Vec<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Show => {
            let answer = ctx.ask(Request::SasShow)?;
            let sides = answer.data.list("sides");
            let human = if sides.is_empty() {
                ctx.say("sas-none")
            } else {
                let shown: Vec<String> = sides.iter().map(|one| side(ctx, one)).collect();
                shown.join("\n\n")
            };
            Ok(Outcome::of(answer, human))
        }
        Command::Confirm(args) => {
            let answer = ctx.ask(Request::SasConfirm {
                typed: args.emoji.join(" "),
            })?;
            let key = match answer.data.line("state").as_str() {
                "enrolled" => "sas-enrolled",
                "waiting" => "sas-waiting",
                _ => "sas-confirmed",
            };
            let device = [("device", short(&answer.data.line("device")).into())];
            let human = ctx.text(key, &device);
            Ok(Outcome::of(answer, human))
        }
    }
}

/// The pictures of one exchange with their names, and what to do.
pub fn side(ctx: &Ctx, side: &Value) -> String {
    let who = who(ctx, side);
    if side.list("emoji").is_empty() {
        let key = match side.line("state").as_str() {
            "enrolled" => "sas-is-enrolled",
            "answered" => "sas-arriving",
            _ => "sas-nobody-yet",
        };
        return ctx.text(key, &[("who", who.into())]);
    }
    let names = match ctx.words.lang() {
        Lang::ZhCn => side.list("names_zh"),
        Lang::En => side.list("names_en"),
    };
    let pictures: Vec<String> = side
        .list("emoji")
        .iter()
        .zip(names)
        .map(|(emoji, name)| format!("{} {}", line_of(emoji), line_of(name)))
        .collect();
    ctx.text(
        "sas-side",
        &[
            ("who", who.into()),
            ("pictures", pictures.join("   ").into()),
        ],
    )
}

/// Whom an invite or an exchange is for: the unit, the device's name, what it becomes.
pub fn who(ctx: &Ctx, side: &Value) -> String {
    let role = side.line("role");
    let (kind, more) = role.split_once(':').unwrap_or((&role, ""));
    let key = format!("kind-{kind}");
    let kind = if ctx.words.has(&key) {
        ctx.say(&key)
    } else {
        kind.to_owned()
    };
    let parts = [
        side.line("unit"),
        side.line("device_name"),
        format!("{kind} {more}").trim().to_owned(),
    ];
    let said: Vec<String> = parts.into_iter().filter(|text| !text.is_empty()).collect();
    said.join(" · ")
}
