//! `linli net`: what a cut network does, on purpose; and who is met.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::Request;
use serde_json::{Value, json};

/// What can be done with the network.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Cuts it.
    Pause(Whom),
    /// Heals it.
    Resume(Whom),
    /// Lists who is met.
    Peers,
    /// Calls an address now and keeps it.
    Dial(DialCommand),
}

/// One, or all.
#[derive(clap::Args, Debug)]
pub struct Whom {
    /// One peer.
    #[arg(long, value_name = "ID", conflicts_with = "all")]
    pub peer: Option<String>,
    /// All of them, which is also what neither option means.
    #[arg(long)]
    pub all: bool,
}

impl Whom {
    /// The peer, or none for all of them.
    fn one(self) -> Option<String> {
        self.peer.filter(|_| !self.all)
    }
}

/// Calling.
#[derive(clap::Args, Debug)]
pub struct DialCommand {
    /// `host:port` or a multiaddr.
    #[arg(value_name = "ADDR")]
    pub addr: String,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Pause(whom) => {
            let answer = ctx.ask(Request::NetPause { peer: whom.one() })?;
            Ok(Outcome::of(answer, ctx.say("net-paused")))
        }
        Command::Resume(whom) => {
            let answer = ctx.ask(Request::NetResume { peer: whom.one() })?;
            Ok(Outcome::of(answer, ctx.say("net-resumed")))
        }
        Command::Peers => peers(ctx),
        Command::Dial(args) => {
            let text = ctx.text("net-dialled", &[("addr", (&args.addr).into())]);
            let answer = ctx.ask(Request::NetDial { addr: args.addr })?;
            Ok(Outcome::of(answer, text))
        }
    }
}

/// `linli peers`, `linli net peers`.
pub fn peers(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::Peers)?;
    let known = answer.data.list("peers");
    let online = known.iter().filter(|peer| peer.is("online")).count();
    let covers = json!({"online": online, "of": known.len()});
    let mut human = ctx.text(
        "sync-peers-count",
        &[("total", known.len().into()), ("online", online.into())],
    );
    human.push('\n');
    let mut table = Table::default();
    for peer in known {
        table.row(row(ctx, peer));
    }
    human.push_str(&table.show());
    human.push_str(&ctx.as_of());
    Ok(Outcome::of(answer, human).covering(covers))
}

fn row(ctx: &Ctx, peer: &Value) -> [String; 5] {
    let state = if peer.is("paused") {
        ctx.say("peer-paused")
    } else if peer.is("online") {
        ctx.say("peer-online")
    } else {
        ctx.say("peer-away")
    };
    let met = match peer.some_number("last_met_ms") {
        Some(ms) if ms > 0 => ctx.text("peer-met", &[("when", ctx.ago(ms).into())]),
        _ => ctx.say("peer-never-met"),
    };
    let step = match peer.some_number("lacks") {
        Some(0) => ctx.say("peer-same"),
        Some(n) => ctx.text("peer-lacks", &[("n", n.into())]),
        // Of somebody who is not met nothing is known but why: never "in step".
        None => match format!("reason-{}", peer.line("reason")) {
            key if ctx.words.has(&key) => ctx.say(&key),
            _ => String::new(),
        },
    };
    [
        peer.line("label"),
        short(&peer.line("device")),
        state,
        step,
        met,
    ]
}
