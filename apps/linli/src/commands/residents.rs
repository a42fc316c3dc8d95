//! `linli pass residents`: plates of residents by the register; a preview first, then `--apply`.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{DoorAct, Request};

/// Plates of residents.
#[derive(clap::Args, Debug)]
pub struct Residents {
    /// Writes what the preview showed.
    #[arg(long)]
    pub apply: bool,
}

/// Lines that a terminal shows of each list; `--json` has all.
const SHOWN: usize = 20;

/// Runs it.
pub fn run(ctx: &Ctx, args: &Residents) -> Done {
    let apply = args.apply;
    let act = DoorAct::Residents { apply };
    let answer = ctx.ask(Request::Door { act })?;
    let data = &answer.data;
    let count = |name: &str| data.list(name).len() as u64;
    let counts = [
        ("add", count("add").into()),
        ("renew", count("renew").into()),
        ("withdraw", count("withdraw").into()),
        ("kept", data.number("kept").into()),
    ];
    let mut human = if apply {
        ctx.text("residents-applied", &counts)
    } else {
        ctx.text("residents-preview", &counts)
    };
    let mut table = Table::default();
    for (list, key) in [
        ("add", "residents-add"),
        ("renew", "residents-renew"),
        ("withdraw", "residents-withdraw"),
        ("unreadable", "residents-unreadable"),
    ] {
        let cars = data.list(list);
        for car in cars.iter().take(SHOWN) {
            table.row([ctx.say(key), car.line("plate"), car.line("unit")]);
        }
        if cars.len() > SHOWN {
            let more = [("n", ((cars.len() - SHOWN) as u64).into())];
            table.row([ctx.say(key), ctx.text("residents-more", &more)]);
        }
    }
    human.push('\n');
    human.push_str(&table.show());
    Ok(Outcome::of(answer, human))
}
