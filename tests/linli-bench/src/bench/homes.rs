//! B6 with the running product: thirty homes in one process.
//!
//! An office founds, twenty-nine households join it over loopback with the pictures typed, then all run as nodes
//! with their real loop, store and libp2p, linked as [`crate::topology`] says (the office pauses whoever has no link
//! with it there, since every home knows its address from joining). A notice is published through the office's
//! socket; a program subscribed at every home asks for it whenever the home says that notices changed. The time
//! is from the order until the last of them was shown it. Then all come to rest: every household's receipt is at
//! the office before the next notice goes out.

use super::Scale;
use super::reach::Hop;
use crate::clock::instant;
use crate::homes::{Running, Watcher, ask, found, join, notice, options, until};
use crate::stats::{Measured, Rounds, Times};
use crate::topology::{hops, sparse};
use anyhow::{Context as _, Result, anyhow};
use linli_node::api::Request;
use std::path::Path;
use std::time::{Duration, Instant};

/// Between two notices, for what still goes round.
const REST: Duration = Duration::from_millis(200);

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Measured> {
    // A household keeps receipts of about 140 notices; a round more would measure what happens then.
    let (n, notices) = (scale.of(30, 5), scale.of(10, 2));
    let links = sparse(n);
    let far = hops(n, &links, 0).context("not linked")?;
    let nodes = start(dir, n, &links)?;
    let mut watchers = Vec::new();
    for node in &nodes {
        watchers.push(Watcher::new(&node.home)?);
    }
    let (mut rounds, mut all) = (Rounds::default(), Times::default());
    for round in 0..scale.rounds {
        let limit = Hop::measure(dir, scale)?.times(far);
        let mut times = Times::default();
        for k in 0..notices {
            let took = once(&nodes, &mut watchers, round * notices + k)?;
            times.push(took);
        }
        rounds.push(times.percentile_s(99), limit);
        all.extend(&times);
    }
    drop(watchers);
    for node in nodes {
        node.stop()?;
    }
    let note = format!(
        "{n} homes, {} notices, {far} hops at most; median {:.0} ms",
        all.len(),
        all.median_s() * 1e3
    );
    Ok(rounds.pooled(all.percentile_s(99), "b6-homes", note))
}

fn start(dir: &Path, n: usize, links: &[(usize, usize)]) -> Result<Vec<Running>> {
    let homes: Vec<_> = (0..n).map(|h| options(dir, &format!("h{h}"))).collect();
    found(&homes[0])?;
    let office = Running::start(&homes[0], vec![])?;
    for (h, home) in homes.iter().enumerate().skip(1) {
        let device = join(&homes[0], home, &format!("{}-1-{}", h % 9 + 1, 100 + h))?;
        if !links.contains(&(0, h)) {
            let peer = Some(device);
            ask(&homes[0], Request::NetPause { peer })?;
        }
    }
    let mut nodes = vec![office];
    for (h, home) in homes.iter().enumerate().skip(1) {
        let peers = links
            .iter()
            .filter(|(a, b)| *b == h && *a != 0 && *a < h)
            .filter_map(|(a, _)| nodes.get(*a)?.addrs.first().cloned())
            .collect();
        nodes.push(Running::start(home, peers)?);
    }
    for (h, node) in nodes.iter().enumerate() {
        let wanted = links.iter().filter(|(a, b)| *a == h || *b == h).count();
        until("every link stands", || {
            Ok(ask(&node.home, Request::Status)?["online"] == wanted)
        })?;
    }
    Ok(nodes)
}

fn once(nodes: &[Running], watchers: &mut [Watcher], n: usize) -> Result<Duration> {
    let start = instant();
    let said = ask(&nodes[0].home, Request::NoticePublish(notice(n)))?;
    let id = said["id"].as_str().context("no id")?;
    let last = std::thread::scope(|s| -> Result<Instant> {
        let all: Vec<_> = watchers
            .iter_mut()
            .map(|w| s.spawn(move || w.shows(id)))
            .collect();
        let mut last = start;
        for shown in all {
            let at = shown.join().map_err(|_| anyhow!("a watcher panicked"))?;
            last = last.max(at?);
        }
        Ok(last)
    })?;
    until("every receipt is at the office", || {
        let reach = ask(&nodes[0].home, Request::NoticeReach { id: id.to_owned() })?;
        Ok(reach["delivered"].as_u64() == Some(nodes.len() as u64 - 1))
    })?;
    std::thread::park_timeout(REST);
    Ok(last - start)
}
