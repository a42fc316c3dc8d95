//! One link's conversation: how far the hello got, what the peer is known to hold, what is on its way.

use crate::frame::Hello;
use linli_base::time::Moment;
use linli_base::{DeviceId, LaneClass, LogKey};
use linli_charter::StatementKey;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How far the conversation is.
#[derive(Debug)]
pub(crate) enum Phase {
    /// Waiting for the peer's first frame.
    AwaitHello { until: Moment },
    /// The hello is here; its certificate or its epoch has to be learned first.
    Pending { hello: Box<Hello>, until: Moment },
    /// Admitted.
    Open,
}

/// One link.
#[derive(Debug)]
pub(crate) struct Session {
    pub phase: Phase,
    /// The peer's libp2p key, which the transport has authenticated.
    pub peer_net: [u8; 32],
    pub my_net: [u8; 32],
    /// The peer's device, once admitted.
    pub device: Option<DeviceId>,
    /// Devices whose authority logs the peer was asked for before it is admitted: who may have introduced it.
    pub introducers: BTreeSet<DeviceId>,
    /// Logs that the peer asked for before it said what it holds.
    pub asked: BTreeSet<LogKey>,
    /// Whether the peer's heads have come whole at least once.
    pub heads_known: bool,
    /// What the peer holds, as it said or as it sent us.
    pub peer: BTreeMap<LogKey, u32>,
    pub peer_acts: BTreeSet<[u8; 32]>,
    pub peer_statements: BTreeMap<StatementKey, u64>,
    /// What we have sent and not seen confirmed.
    pub sent: BTreeMap<LogKey, u32>,
    /// Logs to look at, urgent ones first.
    pub dirty: BTreeSet<(u8, LogKey)>,
    /// Frames of entries not yet `Done`: number and bytes.
    pub in_flight: VecDeque<(u64, usize)>,
    pub next_number: u64,
    pub congested: bool,
    /// When to exchange heads again.
    pub heads_due: Moment,
    /// The chunks of heads collected so far.
    pub incoming: BTreeMap<LogKey, u32>,
}

impl Session {
    pub(crate) fn new(peer_net: [u8; 32], my_net: [u8; 32], until: Moment) -> Self {
        Self {
            phase: Phase::AwaitHello { until },
            peer_net,
            my_net,
            device: None,
            introducers: BTreeSet::new(),
            asked: BTreeSet::new(),
            heads_known: false,
            peer: BTreeMap::new(),
            peer_acts: BTreeSet::new(),
            peer_statements: BTreeMap::new(),
            sent: BTreeMap::new(),
            dirty: BTreeSet::new(),
            in_flight: VecDeque::new(),
            next_number: 1,
            congested: false,
            heads_due: until,
            incoming: BTreeMap::new(),
        }
    }

    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open)
    }

    /// First seq of a log that the peer is not known to hold and was not sent.
    pub(crate) fn wants_from(&self, log: &LogKey) -> u32 {
        let of = |m: &BTreeMap<LogKey, u32>| m.get(log).copied().unwrap_or(0);
        of(&self.peer).max(of(&self.sent)).saturating_add(1)
    }

    /// Notes that the peer holds a log up to `seq`.
    pub(crate) fn peer_holds(&mut self, log: LogKey, seq: u32) {
        let at = self.peer.entry(log).or_default();
        *at = (*at).max(seq);
    }

    /// Bytes sent and not `Done`.
    pub(crate) fn bytes_in_flight(&self) -> usize {
        self.in_flight.iter().map(|(_, bytes)| bytes).sum()
    }

    /// Takes the most urgent log that may be sent now: before the peer's heads have come, one that it asked for.
    pub(crate) fn next_dirty(&mut self) -> Option<(u8, LogKey)> {
        if self.heads_known {
            return self.dirty.pop_first();
        }
        let next = self.dirty.iter().find(|(_, log)| self.asked.contains(log));
        let next = next.copied()?;
        self.dirty.remove(&next);
        Some(next)
    }

    pub(crate) fn mark(&mut self, log: LogKey) {
        self.dirty.insert((priority(log.lane.class), log));
    }
}

/// Order of sending (sync.md §2): authority first, because everything else is read in its light; then
/// grants, notices, what households and offices share, the board.
pub(crate) const fn priority(class: LaneClass) -> u8 {
    match class {
        LaneClass::Authority => 0,
        LaneClass::Pass => 1,
        LaneClass::Notice => 2,
        LaneClass::With => 3,
        LaneClass::House => 4,
        LaneClass::GateLog => 5,
        LaneClass::Office => 6,
        LaneClass::Board => 7,
        LaneClass::Private => 8,
    }
}
