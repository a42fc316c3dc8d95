//! B7: from a photograph of a pass to the verdict: decoding the file, finding the code, deciding.

use super::Scale;
use super::gate::texts;
use super::gate_state::{Estate, Showing};
use crate::clock::timed;
use crate::stats::{Measured, Rounds, Times};
use crate::world::MONDAY_S;
use anyhow::{Context as _, Result};
use linli_base::UnixSec;
use linli_pass::decide::Now;
use linli_pass::qr::read_image;
use linli_pass::{Scan, decide};
use linli_vectors::pictures::{Class, Shot, corpus};
use std::hint::black_box;

const SEED: u64 = 0xb7;

pub(super) fn run(estate: &Estate, scale: Scale) -> Result<Vec<Measured>> {
    let mut shown = texts(estate, Showing::Good, 2)?;
    shown.extend(texts(estate, Showing::Chain, 2)?);
    let all = corpus(&shown, SEED, scale.of(24, 2))?;
    // What is only reported as hard would measure how long it takes to give up.
    let shots: Vec<&Shot> = all.iter().filter(|s| s.class != Class::Hard).collect();
    let at = Now::at(UnixSec(MONDAY_S));
    let (mut usual, mut slow) = (Rounds::default(), Rounds::default());
    let mut unread = 0;
    for _ in 0..scale.rounds {
        let (mut ours, mut pasted) = (Times::default(), Times::default());
        unread = 0;
        for shot in &shots {
            let ((), took) = timed(|| match read_image(&shot.file) {
                Ok(found) => {
                    for text in found {
                        black_box(decide(&Scan::text(text), &estate.gate, at));
                    }
                }
                Err(_) => unread += 1,
            });
            ours.push(took);
            let scan = Scan::text(shot.text.clone());
            pasted.push(timed(|| black_box(decide(&scan, &estate.gate, at))).1);
        }
        usual.push(ours.median_s(), pasted.median_s());
        slow.push(ours.percentile_s(99), pasted.percentile_s(99));
    }
    let first = all.first().context("no pictures")?;
    let note = format!(
        "{} pictures of eight kinds, {unread} not read, the first {} KiB",
        shots.len(),
        first.file.len() / 1024
    );
    Ok(vec![
        usual.measured("b7-frame", note),
        slow.measured("b7-frame-99", ""),
    ])
}
