//! Replicas in one process, linked by hand.
//!
//! Each replica has a clock of its own. A frame reaches the other end of its link half a round trip after it was
//! sent; the replica takes it when it is free, together with all that has arrived by then, exactly as the loop
//! of a running node does; and it is busy for as long as that work *really* takes here, commit included. So the
//! moment at which a notice is visible everywhere is the one that machines of their own would see, although one
//! core does the work of all. The same run also gives that work added up.

use crate::clock::timed;
use crate::world::{hello, now};
use anyhow::{Context as _, Result, bail};
use linli_base::RecordId;
use linli_charter::PrincipalKind;
use linli_node::replica::{Replica, Topic};
use linli_protocol::hub::{Output, Tell};
use linli_protocol::{Input, LinkId};
use linli_record::RowKind;
use linli_record::fact::Reach;
use std::collections::BTreeMap;
use std::time::Duration;

/// Frames taken before one commit, as in the node's loop.
const GROUP_MAX: usize = 64;
/// Rounds of work after which something is wrong.
const STEPS_MAX: usize = 1_000_000;

struct Node {
    replica: Replica,
    inbox: BTreeMap<(Duration, u64), Input>,
    free: Duration,
}

/// Replicas and their links. See the module's text.
pub struct Mesh {
    nodes: Vec<Node>,
    links: Vec<(usize, usize)>,
    half_trip: Duration,
    receipts: bool,
    sent: u64,
}

/// How a notice went.
#[derive(Clone, Copy, Debug)]
pub struct Reached {
    /// Until it was visible on the last replica, each on a machine of its own.
    pub apart: Duration,
    /// The work of all replicas until then, one after another.
    pub one_core: Duration,
}

/// What [`Mesh::run`] looks for.
struct Watch<'a> {
    id: &'a RecordId,
    began: Duration,
    seen: Vec<bool>,
    apart: Duration,
    work: Duration,
    one_core: Duration,
}

impl Mesh {
    /// Without links. `receipts`: households tell the office that a notice arrived, as a running node does.
    #[must_use]
    pub fn new(replicas: Vec<Replica>, half_trip: Duration, receipts: bool) -> Self {
        let node = |replica| Node {
            replica,
            inbox: BTreeMap::new(),
            free: Duration::ZERO,
        };
        Self {
            nodes: replicas.into_iter().map(node).collect(),
            links: Vec::new(),
            half_trip,
            receipts,
            sent: 0,
        }
    }

    /// A replica.
    ///
    /// # Errors
    /// There is none of that number.
    pub fn replica(&mut self, at: usize) -> Result<&mut Replica> {
        Ok(&mut self.nodes.get_mut(at).context("no such replica")?.replica)
    }

    /// Links two replicas.
    ///
    /// # Errors
    /// The disk, or a replica that hangs up.
    pub fn link(&mut self, a: usize, b: usize) -> Result<()> {
        let link = LinkId(self.links.len() as u64);
        self.links.push((a, b));
        // A link stands at both ends before anything travels on it: the busier one says when.
        let at = self.nodes[a].free.max(self.nodes[b].free);
        for (x, y) in [(a, b), (b, a)] {
            let hello = Box::new(hello(&self.nodes[x].replica, &self.nodes[y].replica));
            let input = Input::LinkUp {
                link,
                peer_net: self.nodes[y].replica.me().net(),
                my_net: self.nodes[x].replica.me().net(),
                hello,
            };
            self.put(x, at, input);
        }
        Ok(())
    }

    /// Takes a replica out; the others keep their numbers only if it was the last.
    ///
    /// # Errors
    /// There is none of that number.
    pub fn into_replica(mut self, at: usize) -> Result<Replica> {
        if at >= self.nodes.len() {
            bail!("no such replica");
        }
        Ok(self.nodes.swap_remove(at).replica)
    }

    fn put(&mut self, to: usize, at: Duration, input: Input) {
        self.sent += 1;
        self.nodes[to].inbox.insert((at, self.sent), input);
    }

    /// Commits what a replica has staged and lets everyone work until nobody has anything to say.
    ///
    /// # Errors
    /// The disk, or a replica that hangs up.
    pub fn settle(&mut self, at: usize) -> Result<()> {
        let begin = self.nodes[at].free;
        self.commit(at, begin, Vec::new(), None)?;
        self.run(None)
    }

    /// Publishes a notice at one replica and waits until every other shows it.
    ///
    /// # Errors
    /// The disk, or a notice that does not arrive.
    pub fn publish(
        &mut self,
        from: usize,
        draft: impl FnOnce(&mut Replica) -> Result<RecordId>,
    ) -> Result<Reached> {
        let began = self.nodes.iter().map(|n| n.free).max().unwrap_or_default();
        for node in &mut self.nodes {
            node.free = began;
        }
        let (id, took) = timed(|| draft(&mut self.nodes[from].replica));
        let id = id?;
        let mut watch = Watch {
            id: &id,
            began,
            seen: vec![false; self.nodes.len()],
            apart: Duration::ZERO,
            work: took,
            one_core: Duration::ZERO,
        };
        self.commit(from, began + took, Vec::new(), Some(&mut watch))?;
        self.run(Some(&mut watch))?;
        if watch.seen.contains(&false) {
            bail!("a notice did not arrive everywhere");
        }
        Ok(Reached {
            apart: watch.apart,
            one_core: watch.one_core,
        })
    }

    /// Works until every inbox is empty.
    fn run(&mut self, mut watch: Option<&mut Watch<'_>>) -> Result<()> {
        for _ in 0..STEPS_MAX {
            let next = self
                .nodes
                .iter()
                .enumerate()
                .filter_map(|(n, node)| {
                    let ((arrival, order), _) = node.inbox.first_key_value()?;
                    Some((node.free.max(*arrival), *order, n))
                })
                .min();
            let Some((begin, _, at)) = next else {
                return Ok(());
            };
            let mut taken = Vec::new();
            while taken.len() < GROUP_MAX
                && let Some(first) = self.nodes[at].inbox.first_entry()
                && first.key().0 <= begin
            {
                taken.push(first.remove());
            }
            self.commit(at, begin, taken, watch.as_deref_mut())?;
        }
        bail!("the replicas never come to rest")
    }

    /// One turn of the node's loop: inputs, one commit, what follows from it, receipts.
    fn commit(
        &mut self,
        at: usize,
        begin: Duration,
        inputs: Vec<Input>,
        watch: Option<&mut Watch<'_>>,
    ) -> Result<()> {
        let instant = now(2 + u64::try_from(begin.as_millis())?);
        let replica = &mut self.nodes[at].replica;
        let mut out = Vec::new();
        let (done, took) = timed(|| -> Result<()> {
            for input in inputs {
                replica.input(instant, input, &mut out)?;
            }
            settle(replica, instant, &mut out)
        });
        done?;
        let mut end = begin + took;
        let changed = replica.take_changed();
        if let Some(watch) = watch {
            watch.work += took;
            if !watch.seen[at] && replica.row(RowKind::Notice, watch.id)?.is_some() {
                watch.seen[at] = true;
                watch.apart = watch.apart.max(end - watch.began);
                watch.one_core = watch.work;
            }
        }
        self.deliver(at, end, std::mem::take(&mut out))?;
        if self.receipts && changed.contains(&Topic::Notices) {
            let replica = &mut self.nodes[at].replica;
            let (done, took) = timed(|| acknowledge(replica, instant, &mut out));
            done?;
            replica.take_changed();
            end += took;
            self.deliver(at, end, out)?;
        }
        self.nodes[at].free = end;
        Ok(())
    }

    fn deliver(&mut self, from: usize, at: Duration, outputs: Vec<Output>) -> Result<()> {
        for output in outputs {
            match output {
                Output::Send(link, bytes) => {
                    let (a, b) = *self
                        .links
                        .get(usize::try_from(link.0)?)
                        .context("no such link")?;
                    let to = if from == a { b } else { a };
                    self.put(to, at + self.half_trip, Input::Frame(link, bytes));
                }
                Output::HangUp(_, fault) => bail!("replica {from} hangs up: {fault:?}"),
                Output::Tell(Tell::PeerHolds(device, cuts)) => {
                    self.nodes[from].replica.note_holds(&device, &cuts);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a node does after every turn.
///
/// # Errors
/// The disk.
pub fn settle(
    replica: &mut Replica,
    at: linli_node::replica::Now,
    out: &mut Vec<Output>,
) -> Result<()> {
    replica.flush(at, out)?;
    replica.ensure_scope_keys(at)?;
    replica.flush(at, out)?;
    Ok(())
}

fn acknowledge(
    replica: &mut Replica,
    at: linli_node::replica::Now,
    out: &mut Vec<Output>,
) -> Result<()> {
    if replica.me().kind != PrincipalKind::Household {
        return Ok(());
    }
    for (id, _) in replica.rows(RowKind::Notice)? {
        replica.receive(at, &id, Reach::DELIVERED)?;
    }
    settle(replica, at, out)
}
