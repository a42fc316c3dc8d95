//! `linli erase`: takes one record off the disks, here and on every honest replica.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use linli_node::api::Request;

/// Erasing.
#[derive(clap::Args, Debug)]
pub struct EraseArgs {
    /// The record.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Erases a record.
pub fn run(ctx: &Ctx, args: EraseArgs) -> Done {
    let answer = ctx.ask(Request::Erase { id: args.id })?;
    Ok(Outcome::of(answer, ctx.say("erased")))
}
