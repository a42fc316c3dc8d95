//! `linli demo`: a whole neighbourhood on this machine, by the ordinary commands alone.
//!
//! Every step is one run of the `linli` executable with `--json`, each replica in its own home, speaking libp2p
//! over loopback. What is claimed is checked by asking other replicas than the one that acted, or by looking into
//! files; each claim is said with how it was checked. Nothing in here calls the node: [`machine`] starts programs,
//! [`play`] is the order of events, [`book`] keeps the claims, [`search`] looks through files.

mod act_notice;
mod act_office;
mod act_pass;
mod act_post;
mod act_secrets;
mod book;
mod cast;
mod machine;
mod play;
mod search;
mod stage;

use crate::ctx::Ctx;
use crate::envelope;
use crate::outcome::{Done, Outcome};
use linli_node::api::Fault;
use serde_json::json;
use std::path::PathBuf;

/// The demonstration.
#[derive(clap::Args, Debug)]
pub struct DemoArgs {
    /// The residents' register.
    #[arg(long, value_name = "FILE")]
    pub registry: PathBuf,
    /// Where to work.
    #[arg(long, value_name = "D")]
    pub dir: Option<PathBuf>,
    /// Leaves it running.
    #[arg(long)]
    pub keep: bool,
}

/// Runs it; exit status 0 only if every claim holds.
pub fn run(ctx: &Ctx, args: DemoArgs) -> Done {
    let cast = cast::Cast::of(ctx, &args.registry)?;
    let stage = stage::Stage::build(ctx, args.dir.as_deref(), args.keep)?;
    let mut book = book::Book::new(ctx);
    book.tell(
        "demo-begins",
        &[("dir", stage.dir().display().to_string().into())],
    );
    let machines = play::play(&stage, &cast, &args.registry, &mut book);
    let wrong = book.wrong();
    let (took_ms, total) = (stage.took_ms(), book.total());
    let mut human = if wrong.is_empty() {
        ctx.text(
            "demo-all-hold",
            &[("n", total.into()), ("s", (took_ms / 1000).into())],
        )
    } else {
        let names = [
            ("names", wrong.join(", ").into()),
            ("n", wrong.len().into()),
        ];
        ctx.text("demo-some-fail", &names)
    };
    let mut data = json!({
        "claims": book.json(),
        "holds": wrong.is_empty(),
        "failed": wrong,
        "took_ms": took_ms,
        "dir": stage.dir(),
        "kept": args.keep,
    });
    if args.keep {
        let homes = machines.kept();
        human.push_str(&format!("\n\n{}", ctx.say("demo-kept")));
        for home in &homes {
            human.push_str(&format!("\n  {}", home.line("desktop")));
        }
        human.push_str(&format!(
            "\n{}",
            ctx.text("demo-kept-end", &[("pids", machines.pids().into())])
        ));
        data["homes"] = json!(homes);
        stage.keep(machines);
    } else {
        // Stopped before the folder goes, so that no program writes into a home that is being removed.
        drop(machines);
        stage.clear();
    }
    let exit = u8::from(!wrong.is_empty());
    if exit != 0 && !ctx.json {
        envelope::err(&format!("{human}\n"));
        human.clear();
    }
    Ok(Outcome::plain(data, human)
        .covering(json!({"replicas": 4}))
        .exits(exit))
}

/// What stops an act: a sentence for the detail of its claim.
type Stop = String;

/// A fault of the demonstration's own making.
fn cannot_start(reason: impl std::fmt::Display) -> Fault {
    Fault::storage("demo-cannot-start").with("reason", reason)
}

use crate::shape::Shape;
