//! `linli homes`: the homes of this account, so that a window can change from one to another.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::port;
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{Fault, Request};
use linli_node::home::HomeOptions;
use linli_node::home::known::KnownHome;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What can be done with the list.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Shows it.
    List,
    /// Puts the home of `--home` on it.
    Add,
    /// Takes one off it.
    Forget(Which),
}

/// One home.
#[derive(clap::Args, Debug)]
pub struct Which {
    /// Its folder.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::List => list(ctx),
        Command::Add => add(ctx),
        Command::Forget(Which { dir }) => {
            let keys = ctx.options()?.keys_dir.as_deref();
            if !port::forget_home(keys, &dir)? {
                return Err(Fault::missing("home-not-listed").with("dir", dir.display()));
            }
            let said = [("dir", dir.display().to_string().into())];
            let human = ctx.text("homes-forgotten", &said);
            Ok(Outcome::plain(
                json!({ "dir": dir.display().to_string() }),
                human,
            ))
        }
    }
}

fn list(ctx: &Ctx) -> Done {
    let options = ctx.options()?;
    let homes = port::known_homes(options.keys_dir.as_deref())?;
    let all: Vec<Value> = homes.iter().map(|home| shown(options, home)).collect();
    let heads = ["head-acts", "head-community", "head-state", "head-folder"];
    let mut table = Table::headed(heads.map(|key| ctx.say(key)));
    for home in &all {
        table.row([
            who(ctx, home),
            home.line("community"),
            ctx.say(&format!("homes-{}", home.line("state"))),
            home.line("dir"),
        ]);
    }
    let human = if all.is_empty() {
        ctx.say("homes-none")
    } else {
        table.show()
    };
    Ok(Outcome::plain(json!({ "homes": all }), human))
}

fn who(ctx: &Ctx, home: &Value) -> String {
    let unit = home.line("unit");
    if unit.is_empty() {
        home.line("name")
    } else {
        ctx.text("homes-unit", &[("unit", unit.into())])
    }
}

fn shown(options: &HomeOptions, home: &KnownHome) -> Value {
    let of = HomeOptions {
        dir: home.dir.clone(),
        passphrase: None,
        ..options.clone()
    };
    let mut data = serde_json::to_value(home).unwrap_or_default();
    data["state"] = port::home_stands(&of).word().into();
    data
}

fn add(ctx: &Ctx) -> Done {
    let data = ctx.ask(Request::CommunityShow)?.data;
    let (community, me) = (data.field("community"), data.field("me"));
    let text =
        |value: &Value, name: &str| value.field(name).as_str().unwrap_or_default().to_owned();
    let kind = text(me, "kind");
    let gates = community.list("gates").iter();
    let device = text(me, "device");
    let mut gate = gates
        .filter(|gate| text(gate, "device") == device)
        .map(|gate| text(gate, "name"));
    let home = KnownHome {
        dir: ctx.home_dir(),
        community: text(community, "name"),
        name: Some(text(me, "office"))
            .filter(|name| !name.is_empty())
            .or_else(|| gate.next_back())
            .unwrap_or_default(),
        kind,
        unit: me.field("unit").as_str().map(str::to_owned),
    };
    let options = ctx.options()?;
    port::note_home(options.keys_dir.as_deref(), &home)?;
    let data = shown(options, &home);
    let said = [
        ("who", who(ctx, &data).into()),
        ("community", data.line("community").into()),
    ];
    let human = ctx.text("homes-noted", &said);
    Ok(Outcome::plain(data, human))
}
