//! B6: how long until a notice is visible to all of thirty replicas.
//!
//! Twice. *Homes*: thirty homes of the running product in this process, over libp2p on loopback (see
//! [`super::homes`]); they share two cores and one disk, which no estate has. *Mesh*: thirty replicas on real
//! stores with frames passed by hand, where each works for as long as it really takes but none waits for
//! another's core or disk (see [`crate::mesh`]); the same run gives the work of all added up.
//!
//! The limit is what each hop cannot do without: one `fdatasync`, one verification, one round trip over libp2p on
//! loopback.

use super::Scale;
use super::homes;
use crate::clock::timed;
use crate::disk::{Appended, sealed_file};
use crate::mesh::Mesh;
use crate::stats::{Measured, Rounds, Times};
use crate::topology::{hops, sparse};
use crate::world::{self, found, household, signer};
use anyhow::{Context as _, Result, bail};
use linli_net::{NetConfig, NetEvent, NetEvents};
use std::path::Path;

/// Bytes of an entry that holds a notice, roughly.
const NOTICE_LEN: usize = 700;

/// What a hop takes at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    fsync_s: f64,
    verify_s: f64,
    /// There and back.
    pub(super) round_trip_s: f64,
}

impl Hop {
    pub(super) fn measure(dir: &Path, scale: Scale) -> Result<Self> {
        let count = scale.of(200, 20);
        let mut append = Appended::new(dir, NOTICE_LEN)?;
        let (mut fsync, mut verify) = (Times::default(), Times::default());
        let key = signer(0);
        let message = vec![7; 200];
        let signature = key.sign(&message);
        let public = key.public();
        for _ in 0..count {
            fsync.push(append.once()?);
            let (right, took) = timed(|| public.verify(&message, &signature));
            std::hint::black_box(right);
            verify.push(took);
        }
        Ok(Self {
            fsync_s: fsync.median_s(),
            verify_s: verify.median_s(),
            round_trip_s: round_trips(count)?.median_s(),
        })
    }

    /// The limit for so many of them.
    pub(super) fn times(&self, hops: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let hops = hops as f64;
        hops * (self.fsync_s + self.verify_s + self.round_trip_s)
    }
}

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let mut all = vec![homes::run(dir, scale)?];
    all.extend(mesh(dir, scale)?);
    Ok(all)
}

fn mesh(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let (n, notices) = (scale.of(30, 8), scale.of(10, 3));
    let links = sparse(n);
    let far = hops(n, &links, 0).context("not linked")?;
    let half_trip = Hop::measure(dir, scale)?.round_trip_s / 2.0;
    let mut office = found(sealed_file(dir, "mesh-0")?)?;
    let mut homes = Vec::new();
    for home in 1..n {
        let store = sealed_file(dir, &format!("mesh-{home}"))?;
        homes.push(household(&mut office, u32::try_from(home)?, store)?);
    }
    homes.insert(0, office);
    let half_trip = std::time::Duration::from_secs_f64(half_trip);
    let mut mesh = Mesh::new(homes, half_trip, true);
    for (a, b) in &links {
        mesh.link(*a, *b)?;
    }
    for node in 0..n {
        mesh.settle(node)?;
    }
    let (mut apart, mut one_core) = (Rounds::default(), Rounds::default());
    let (mut all, mut all_sum) = (Times::default(), Times::default());
    for round in 0..scale.rounds {
        let limit = Hop::measure(dir, scale)?.times(far);
        let (mut each, mut sum) = (Times::default(), Times::default());
        for notice in 0..notices {
            let at = world::now(60_000 + (round * notices + notice) as u64);
            let reached = mesh.publish(0, |r| world::notice(r, at, notice))?;
            each.push(reached.apart);
            sum.push(reached.one_core);
        }
        apart.push(each.percentile_s(99), limit);
        one_core.push(sum.percentile_s(99), limit);
        all.extend(&each);
        all_sum.extend(&sum);
    }
    let note = format!(
        "{n} replicas, {} notices, {far} hops at most; median {:.0} ms",
        all.len(),
        all.median_s() * 1e3
    );
    Ok(vec![
        apart.pooled(all.percentile_s(99), "b6-mesh", note),
        one_core.pooled(all_sum.percentile_s(99), "b6-one-core", ""),
    ])
}

/// Frames of a notice's size, there and back over libp2p on loopback.
fn round_trips(count: usize) -> Result<Times> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let (a, mut a_events) = linli_net::start(NetConfig::loopback([1; 32])).await?;
        let (b, mut b_events) = linli_net::start(NetConfig::loopback([2; 32])).await?;
        let addr = b.listen_addrs().first().context("no address")?.clone();
        a.dial(&addr)?;
        let to_b = up(&mut a_events).await?;
        let to_a = up(&mut b_events).await?;
        let mut times = Times::default();
        for _ in 0..count {
            let start = crate::clock::instant();
            a.send(to_b, vec![7; NOTICE_LEN])?;
            let frame = frame(&mut b_events).await?;
            b.send(to_a, frame)?;
            self::frame(&mut a_events).await?;
            times.push(start.elapsed());
        }
        a.shutdown().await;
        b.shutdown().await;
        Ok(times)
    })
}

async fn up(events: &mut NetEvents) -> Result<linli_net::LinkId> {
    loop {
        match events.recv().await {
            Some(NetEvent::LinkUp { link, .. }) => return Ok(link),
            Some(_) => {}
            None => bail!("the driver stopped"),
        }
    }
}

async fn frame(events: &mut NetEvents) -> Result<Vec<u8>> {
    loop {
        match events.recv().await {
            Some(NetEvent::Frame { bytes, .. }) => return Ok(bytes),
            Some(_) => {}
            None => bail!("the driver stopped"),
        }
    }
}
