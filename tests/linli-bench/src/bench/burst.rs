//! B2: a thousand edits at once, as after a day in the lift shaft, and one commit for all.
//!
//! The peer is what cannot be saved: one Ed25519 signature for each entry.

use super::Scale;
use super::edit::posts;
use crate::clock::timed;
use crate::disk::sealed_file;
use crate::stats::{Measured, Rounds, Times};
use crate::world::{comment, found, household, now, signer};
use anyhow::Result;
use linli_base::entry::{DOMAIN, SIGNED_LEN};
use linli_store::MemoryStore;
use std::path::Path;

/// Comments below one post.
const BELOW_ONE: usize = 10;

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let edits = scale.of(1_000, 200);
    let mut office = found(Box::new(MemoryStore::new()))?;
    let mut home = household(&mut office, 1, sealed_file(dir, "burst")?)?;
    let posts = posts(&mut home, scale.rounds * edits / BELOW_ONE)?;
    let mut rounds = Rounds::default();
    for (round, below) in posts.chunks(edits / BELOW_ONE).enumerate() {
        let bare = signatures(edits);
        let at = now(10 + round as u64);
        let (done, took) = timed(|| -> Result<()> {
            for n in 0..edits {
                comment(&mut home, at, &below[n % below.len()], n)?;
            }
            Ok(home.flush(at, &mut Vec::new())?)
        });
        done?;
        let mut ours = Times::default();
        ours.push(took);
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        let count = edits as f64;
        rounds.push(ours.rate() * count, bare.rate());
    }
    Ok(vec![rounds.measured(
        "b2-burst",
        format!("{edits} edits, {BELOW_ONE} below each post"),
    )])
}

/// So many signatures of messages as long as an entry's.
pub(super) fn signatures(count: usize) -> Times {
    let key = signer(1);
    let mut message = vec![0; DOMAIN.len() + 32 + SIGNED_LEN];
    let mut times = Times::default();
    for n in 0..count {
        message[..8].copy_from_slice(&n.to_be_bytes());
        let (signature, took) = timed(|| key.sign(&message));
        std::hint::black_box(signature);
        times.push(took);
    }
    times
}
