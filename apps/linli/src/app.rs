//! From arguments to an exit status.

use crate::cli::{Cli, Command};
use crate::commands::{
    attachment, background, charter, community, device, erase, find, gate, guide, help, homes,
    insight, invite, join, me, nearby, net, node, notice, notifications, pass, post, registry,
    ring, sas, scripts, undo, wait,
};
use crate::ctx::Ctx;
use crate::outcome::Done;
use crate::words::Words;
use crate::{demo, envelope, localise, usage, words};
use clap::FromArgMatches;
use linli_node::api::Fault;
use linli_view::words::Lang;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Runs the program; the exit status is that of cli.md.
pub fn main(args: Vec<OsString>) -> u8 {
    trace();
    let words = Words::of(words::asked_for(&args));
    let json = wants_json(&args);
    // A panic is our fault and leaves as such, with the three sentences and status 1; what it says goes to stderr.
    match catch_unwind(AssertUnwindSafe(|| parsed(&args, &words, json))) {
        Ok(exit) => exit,
        Err(_) => complain(&words, json, &Fault::ours("our-fault")),
    }
}

fn parsed(args: &[OsString], words: &Words, json: bool) -> u8 {
    let matches = match localise::command(words).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return usage::say(words, json, &error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::say(words, json, &error),
    };
    let lang = cli.global.lang.as_deref().and_then(Lang::parse);
    let ctx = Ctx::new(
        Words::of(lang.unwrap_or(words.lang())),
        cli.global.json,
        cli.global.home,
        cli.global.passphrase_file,
        Duration::from_secs(cli.global.timeout),
    );
    match run(&ctx, cli.command) {
        Ok(outcome) => {
            envelope::say(&ctx.words, ctx.json, &outcome);
            outcome.exit
        }
        Err(fault) => complain(&ctx.words, ctx.json, &fault),
    }
}

fn run(ctx: &Ctx, command: Option<Command>) -> Done {
    let Some(command) = command else {
        return insight::standing(ctx);
    };
    match command {
        Command::Demo(args) => demo::run(ctx, args),
        Command::Community(command) => community::run(ctx, command),
        Command::Charter(command) => charter::run(ctx, &command),
        Command::Node(command) => node::run(ctx, command),
        Command::Net(command) => net::run(ctx, command),
        Command::Invite(command) => invite::run(ctx, command),
        Command::Join(args) => join::run(ctx, args),
        Command::Sas(command) => sas::run(ctx, command),
        Command::Device(command) => device::run(ctx, command),
        Command::Notice(command) => notice::run(ctx, command),
        Command::Registry(command) => registry::run(ctx, command),
        Command::Pass(command) => pass::run(ctx, command),
        Command::Gate(command) => gate::run(ctx, command),
        Command::Ring(command) => ring::run(ctx, command),
        Command::Post(command) => post::run(ctx, command),
        Command::Attachment(command) => attachment::run(ctx, command),
        Command::Help(command) => help::run(ctx, command),
        Command::Today => notifications::today(ctx),
        Command::Nearby => nearby::run(ctx),
        Command::Me(command) => me::run(ctx, command),
        Command::Notifications(command) => notifications::run(ctx, command),
        Command::Background(command) => background::run(ctx, command),
        Command::Homes(command) => homes::run(ctx, command),
        Command::Find(args) => find::find(ctx, args),
        Command::Status => insight::standing(ctx),
        Command::Peers => net::peers(ctx),
        Command::Why(args) => insight::why(ctx, args),
        Command::Conflicts => insight::conflicts(ctx),
        Command::Doctor => insight::doctor(ctx),
        Command::Digest(args) => insight::digest(ctx, args),
        Command::Wait(args) => wait::run(ctx, &args),
        Command::Undo(args) => undo::undo(ctx, &args),
        Command::Erase(args) => erase::run(ctx, args),
        Command::Guide(args) => guide::guide(ctx, &args),
        Command::Completions(args) => scripts::completions(ctx, &args),
        Command::Man(args) => scripts::man(ctx, &args),
    }
}

fn complain(words: &Words, json: bool, fault: &Fault) -> u8 {
    envelope::complain(words, json, fault);
    // A fault is never a success, whatever its maker wrote.
    fault.exit.max(1)
}

/// Whether `--json` stands among the arguments, also where they do not parse.
fn wants_json(args: &[OsString]) -> bool {
    args.iter()
        .take_while(|arg| *arg != "--")
        .any(|arg| arg == "--json")
}

/// Tracing to stderr, off unless `LINLI_LOG` asks for it; what is logged holds nothing personal.
fn trace() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_env_var("LINLI_LOG")
        .with_default_directive(tracing_subscriber::filter::LevelFilter::OFF.into())
        .from_env_lossy();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .finish();
    // Only a second call could fail, and there is none.
    let _already = tracing::subscriber::set_global_default(subscriber);
}
