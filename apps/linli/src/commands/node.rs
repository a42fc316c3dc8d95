//! `linli node`: runs a home until it is told to stop.

use crate::ctx::Ctx;
use crate::envelope;
use crate::outcome::{Done, Outcome};
use crate::port;
use linli_node::api::{Fault, Request};
use linli_node::home::RunArgs;
use serde_json::{Value, json};

/// What can be done with a running home.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Runs it.
    Run(RunCommand),
    /// Stops whichever program runs it.
    Stop,
}

/// Running.
#[derive(clap::Args, Debug)]
pub struct RunCommand {
    /// Addresses to listen at.
    #[arg(long, value_name = "ADDR")]
    pub listen: Vec<String>,
    /// Addresses of others.
    #[arg(long, value_name = "ADDR")]
    pub peer: Vec<String>,
    /// Does not look for others by multicast.
    #[arg(long)]
    pub no_mdns: bool,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Run(args) => run_home(ctx, args),
        Command::Stop => {
            let answer = ctx.ask(Request::Shutdown)?;
            // What comes next on this home finds it free.
            if !port::wait_until_free(ctx.options()?) {
                return Err(Fault::unreachable("still-stopping"));
            }
            Ok(Outcome::of(answer, ctx.say("node-stopped")))
        }
    }
}

impl From<RunCommand> for RunArgs {
    fn from(args: RunCommand) -> Self {
        Self {
            listen: args.listen,
            peers: args.peer,
            mdns: !args.no_mdns,
        }
    }
}

fn run_home(ctx: &Ctx, args: RunCommand) -> Done {
    port::run(ctx.options()?, args.into(), &mut |ready| {
        say_ready(ctx, &ready)
    })?;
    Ok(Outcome::silent())
}

/// One line on stdout, which programs wait for: `{"ready":true,"addrs":[..]}`. With `--json` the same fields
/// stand in the usual object, which stays the only one.
pub(super) fn say_ready(ctx: &Ctx, ready: &Value) {
    let line = if ctx.json {
        let mut object = envelope::answer(&ctx.words, &Outcome::plain(ready.clone(), ""));
        if let (Some(object), Some(fields)) = (object.as_object_mut(), ready.as_object()) {
            object.extend(fields.clone());
        }
        object
    } else {
        json!(ready)
    };
    envelope::out(&format!("{line}\n"));
    if ctx.on_terminal() {
        envelope::err(&format!("{}\n", ctx.say("node-running")));
    }
}
