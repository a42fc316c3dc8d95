//! `linli wait`: until something holds, instead of sleeping.

use super::insight::{self, SCOPES};
use crate::clock;
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use linli_node::api::{Fault, Request};
use serde_json::{Value, json};
use std::time::Duration;

/// How long between two looks.
const EVERY: Duration = Duration::from_millis(50);

/// Shortest beginning of an id that is taken.
const PREFIX_MIN: usize = 6;

/// What to wait for.
#[derive(clap::Args, Debug)]
// Not the group that is derived: that one would take in the scope too, which goes with a digest.
#[group(skip)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["synced", "notice", "digest"]))]
pub struct WaitArgs {
    /// A peer that is met and lacks nothing.
    #[arg(long, value_name = "PEER")]
    pub synced: Option<String>,
    /// A notice that is here.
    #[arg(long, value_name = "ID")]
    pub notice: Option<String>,
    /// A digest.
    #[arg(long, value_name = "H")]
    pub digest: Option<String>,
    /// The scope of the digest.
    #[arg(long, value_name = "S", requires = "digest", value_parser = SCOPES)]
    pub scope: Option<String>,
}

/// Waits until it holds or the time is up (7).
pub fn run(ctx: &Ctx, args: &WaitArgs) -> Done {
    let began = clock::instant();
    loop {
        let held = match holds(ctx, args) {
            Err(fault) if passes(&fault) => None,
            other => other?,
        };
        if let Some(data) = held {
            let waited = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            let mut data = data;
            if let Some(object) = data.as_object_mut() {
                object.insert("waited_ms".to_owned(), json!(waited));
            }
            return Ok(Outcome::plain(data, ctx.say("wait-done")));
        }
        if began.elapsed() + EVERY > ctx.timeout {
            let seconds = ctx.timeout.as_secs();
            return Err(Fault::unreachable("wait-timed-out").with("seconds", seconds));
        }
        std::thread::sleep(EVERY);
    }
}

/// Whether a fault passes by itself: another command has the home for a moment, or the node that we asked ended before
/// it answered.
fn passes(fault: &Fault) -> bool {
    ["home-busy", "owner-gone"].contains(&fault.code.as_str())
}

/// What holds, once it does. A fault that does not pass by itself ends the waiting.
fn holds(ctx: &Ctx, args: &WaitArgs) -> Result<Option<Value>, Fault> {
    if let Some(id) = &args.notice {
        // The list, because showing one notice counts as having read it.
        let answer = ctx.ask(Request::NoticeList)?;
        let notices = answer.data.list("notices");
        let here = notices.iter().find(|notice| named(&notice.line("id"), id));
        return Ok(here.map(|notice| json!({"notice": notice})));
    }
    if let Some(wanted) = &args.digest {
        let found = insight::digest_of(ctx, args.scope.as_deref())?;
        return Ok((found == *wanted).then(|| json!({"digest": found})));
    }
    let wanted = args.synced.as_deref().unwrap_or_default();
    let answer = ctx.ask(Request::Peers)?;
    let peer = answer
        .data
        .list("peers")
        .iter()
        .find(|peer| is(peer, wanted));
    Ok(peer
        .filter(|peer| peer.is("online") && peer.number("lacks") == 0)
        .map(|peer| json!({"peer": peer})))
}

/// By id or its beginning, or by label.
fn is(peer: &Value, wanted: &str) -> bool {
    named(&peer.line("device"), wanted) || peer.line("label") == wanted
}

/// By the beginning of an id, with or without its letter: as ids are typed everywhere.
fn named(id: &str, typed: &str) -> bool {
    let bare = |text: &str| {
        text.split_once(':')
            .map_or(text.to_owned(), |(_, rest)| rest.to_owned())
    };
    let (id, typed) = (bare(id), bare(typed.trim()));
    typed.len() >= PREFIX_MIN && id.starts_with(&typed)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn ids_are_typed_with_or_without_their_letter_and_cut_short() {
        assert!(named("r:abcdefgh", "abcdef") && named("r:abcdefgh", "r:abcdefg"));
        assert!(!named("r:abcdefgh", "abcde") && !named("r:abcdefgh", "abcdex"));
    }
}
