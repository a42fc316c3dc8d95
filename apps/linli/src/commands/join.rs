//! `linli join`: a new home takes an invite and shows seven pictures.

use super::sas;
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::port;
use linli_node::home::JoinArgs as Join;

/// Joining.
#[derive(clap::Args, Debug)]
pub struct JoinArgs {
    /// The invite, from the other side's screen or letter.
    #[arg(value_name = "INVITE")]
    pub invite: String,
    /// What the neighbours call this device.
    #[arg(long, value_name = "N")]
    pub device_name: String,
}

/// Joins as far as the pictures, which a person compares.
pub fn run(ctx: &Ctx, args: JoinArgs) -> Done {
    let answer = port::join(
        ctx.options()?,
        Join {
            invite: args.invite.trim().to_owned(),
            device_name: args.device_name,
        },
    )?;
    let human = sas::side(ctx, &answer.data);
    Ok(Outcome::of(answer, human))
}
