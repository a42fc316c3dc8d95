//! The hub: all links of a replica, advanced one input at a time.
//!
//! The caller owns the outputs, so no effect is hidden. *Persist before send* holds by construction: ranges
//! are read from the [`Library`], which knows committed entries only, and pushes are made when the caller says
//! [`Input::Persisted`].

mod incoming;
mod outgoing;

use crate::frame::{Frame, Hello};
use crate::session::{Phase, Session};
use linli_base::limits::{HELLO_MAX, HELLO_TIMEOUT_MS};
use linli_base::time::Moment;
use linli_base::{DeviceId, EntryId, LaneKey, LogKey};
use linli_charter::{Authority, Cut, StatementKey};
use std::collections::BTreeMap;

/// Protocol version spoken here.
pub const VERSION: u32 = 1;
/// Heads are exchanged again this often on an open link, so that anything dropped is noticed.
pub const HEADS_EVERY_MS: u64 = 20_000;

/// A link: one ordered stream to one peer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LinkId(pub u64);

/// What the hub may read: committed things only.
pub trait Library {
    /// Heads of all logs held.
    fn heads(&self) -> Vec<Cut>;
    /// Head of one log.
    fn head(&self, log: &LogKey) -> Option<Cut>;
    /// Id of the entry at a place.
    fn id_at(&self, log: &LogKey, seq: u32) -> Option<EntryId>;
    /// Encoded entries from a place on, until `max_bytes` are reached; at least one if there is one.
    fn range(&self, log: &LogKey, from: u32, max_bytes: usize) -> Vec<(u32, Vec<u8>)>;
    /// Acts held, with their lanes.
    fn acts(&self) -> Vec<(EntryId, LaneKey)>;
    /// An act and its author's certificate, both encoded.
    fn act(&self, id: &EntryId) -> Option<(Vec<u8>, Vec<u8>)>;
    /// Statements held, with their counters.
    fn statements(&self) -> Vec<(StatementKey, u64)>;
    /// A statement, encoded.
    fn statement(&self, key: &StatementKey) -> Option<Vec<u8>>;
}

/// What a step may look at.
pub struct Ctx<'a> {
    /// Now, on a clock that never steps.
    pub now: Moment,
    /// Standings.
    pub authority: &'a Authority,
    /// Committed things.
    pub library: &'a dyn Library,
}

/// What has become durable.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct News {
    /// New heads.
    pub logs: Vec<Cut>,
    /// New acts.
    pub acts: Vec<EntryId>,
    /// New statements.
    pub statements: Vec<StatementKey>,
    /// A new epoch.
    pub epochs: bool,
}

/// What can happen to the hub.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A link stands; the hello to open it with is made by who has the keys.
    LinkUp {
        /// The link.
        link: LinkId,
        /// The peer's network key, authenticated by the transport.
        peer_net: [u8; 32],
        /// Ours.
        my_net: [u8; 32],
        /// Our hello for this pair of keys.
        hello: Box<Hello>,
    },
    /// A link is gone.
    LinkDown(LinkId),
    /// A frame came, without its length prefix.
    Frame(LinkId, Vec<u8>),
    /// The link's queue is full: send nothing more there for now.
    Congested(LinkId),
    /// The queue has room again.
    Drained(LinkId),
    /// These things are committed.
    Persisted(News),
    /// An `Entries` frame is dealt with: what was good in it is durable.
    Judged(LinkId, u64),
    /// Charter or standings changed: pending hellos and waiting logs are looked at again.
    Learned,
    /// A log of this peer's turned out to be another branch: ask for it from the start.
    AskWhole(LinkId, LogKey),
    /// Time has passed.
    Tick,
}

/// What the caller has to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// Send a frame.
    Send(LinkId, Vec<u8>),
    /// Close a link.
    HangUp(LinkId, PeerFault),
    /// Judge a peer's entries; then `Persisted` if anything was committed, then `Judged`.
    JudgeEntries {
        /// From where.
        link: LinkId,
        /// Frame number for `Judged`.
        number: u64,
        /// Encoded entries.
        entries: Vec<Vec<u8>>,
    },
    /// Judge acts (entry, certificate).
    JudgeActs(LinkId, Vec<(Vec<u8>, Vec<u8>)>),
    /// Judge statements.
    JudgeStatements(LinkId, Vec<Vec<u8>>),
    /// Judge epochs; then `Learned`.
    JudgeEpochs(LinkId, Vec<Vec<u8>>),
    /// Judge the certificate of a peer that is not known here; then `Learned`.
    JudgeCertificate(LinkId, Vec<u8>),
    /// For the screen and the log.
    Tell(Tell),
}

/// Why a link is closed; the peer's fault or a plain reason.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum PeerFault {
    /// No hello in time, or the first frame was something else.
    NoHello = 1,
    /// Another community.
    OtherCommunity = 2,
    /// Another protocol version.
    Version = 3,
    /// Certificate unknown, not valid, or the proof does not fit.
    NotEnrolled = 4,
    /// The device is revoked.
    Revoked = 5,
    /// A frame that cannot be read.
    BadFrame = 6,
    /// The same device on a newer link.
    Replaced = 7,
}

/// What the hub tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tell {
    /// A peer was admitted.
    Admitted(LinkId, DeviceId),
    /// A peer was refused.
    Refused(LinkId, PeerFault),
    /// A peer said what it holds.
    PeerHolds(DeviceId, Vec<Cut>),
    /// A peer's heads have come whole: it was met.
    Met(DeviceId),
    /// An admitted peer is gone.
    Gone(DeviceId),
}

/// All links. See the module's text.
#[derive(Debug, Default)]
pub struct Hub {
    sessions: BTreeMap<LinkId, Session>,
}

impl Hub {
    /// Without links.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Advances by one input. Never blocks, reads no clock, rolls no dice.
    pub fn step(&mut self, ctx: &Ctx<'_>, input: Input, out: &mut Vec<Output>) {
        match input {
            Input::LinkUp {
                link,
                peer_net,
                my_net,
                hello,
            } => {
                let session = Session::new(peer_net, my_net, ctx.now.plus(HELLO_TIMEOUT_MS));
                self.sessions.insert(link, session);
                out.push(Output::Send(link, Frame::Hello(*hello).encode()));
            }
            Input::LinkDown(link) => self.drop_link(link, out),
            Input::Frame(link, bytes) => self.frame(ctx, link, &bytes, out),
            Input::Congested(link) => {
                if let Some(s) = self.sessions.get_mut(&link) {
                    s.congested = true;
                }
            }
            Input::Drained(link) => {
                if let Some(s) = self.sessions.get_mut(&link) {
                    s.congested = false;
                    Self::pump(ctx, link, s, out);
                }
            }
            Input::Persisted(news) => self.push(ctx, &news, out),
            Input::Judged(link, number) => {
                if self.sessions.contains_key(&link) {
                    out.push(Output::Send(link, Frame::Done(number).encode()));
                }
            }
            Input::Learned => self.learned(ctx, out),
            Input::AskWhole(link, log) => {
                if self.sessions.get(&link).is_some_and(Session::is_open) {
                    out.push(Output::Send(link, Frame::Want(vec![(log, 1)]).encode()));
                }
            }
            Input::Tick => self.tick(ctx, out),
        }
    }

    /// When to call again with [`Input::Tick`] if nothing else happens first.
    #[must_use]
    pub fn deadline(&self) -> Option<Moment> {
        self.sessions
            .values()
            .map(|s| match &s.phase {
                Phase::AwaitHello { until } | Phase::Pending { until, .. } => *until,
                Phase::Open => s.heads_due,
            })
            .min()
    }

    /// Devices with an open link.
    pub fn online(&self) -> impl Iterator<Item = DeviceId> + '_ {
        self.sessions
            .values()
            .filter(|s| s.is_open())
            .filter_map(|s| s.device)
    }

    /// The device at the other end of a link, once admitted.
    #[must_use]
    pub fn device_of(&self, link: LinkId) -> Option<DeviceId> {
        self.sessions.get(&link).and_then(|s| s.device)
    }

    /// Seq up to which the peer on any open link is known to hold a log.
    #[must_use]
    pub fn peer_holds(&self, device: &DeviceId, log: &LogKey) -> Option<u32> {
        let of = |s: &Session| s.peer.get(log).copied();
        self.sessions
            .values()
            .filter(|s| s.device == Some(*device))
            .filter_map(of)
            .max()
    }

    /// Whether the peer on an open link said it holds more of some log than `ours`.
    pub fn peer_has_more(&self, device: &DeviceId, ours: impl Fn(&LogKey) -> u32) -> bool {
        self.sessions
            .values()
            .filter(|s| s.device == Some(*device))
            .any(|s| s.peer.iter().any(|(log, seq)| *seq > ours(log)))
    }

    fn tick(&mut self, ctx: &Ctx<'_>, out: &mut Vec<Output>) {
        let late: Vec<LinkId> = self
            .sessions
            .iter()
            .filter(|(_, s)| match &s.phase {
                Phase::AwaitHello { until } | Phase::Pending { until, .. } => *until <= ctx.now,
                Phase::Open => false,
            })
            .map(|(link, _)| *link)
            .collect();
        for link in late {
            let fault = match self.sessions.get(&link).map(|s| &s.phase) {
                Some(Phase::Pending { .. }) => PeerFault::NotEnrolled,
                _ => PeerFault::NoHello,
            };
            self.refuse(link, fault, out);
        }
        for (link, s) in &mut self.sessions {
            if s.is_open() && s.heads_due <= ctx.now {
                s.heads_due = ctx.now.plus(HEADS_EVERY_MS);
                Self::send_heads(ctx, *link, s, out);
            }
        }
    }

    fn learned(&mut self, ctx: &Ctx<'_>, out: &mut Vec<Output>) {
        let links: Vec<LinkId> = self.sessions.keys().copied().collect();
        for link in links {
            let Some(s) = self.sessions.get(&link) else {
                continue;
            };
            match (&s.phase, s.device) {
                (Phase::Pending { hello, .. }, _) => {
                    let hello = hello.clone();
                    self.admit(ctx, link, &hello, false, out);
                }
                (Phase::Open, Some(device))
                    if ctx.authority.is_revoked(&device)
                        || ctx.authority.device(&device).is_none() =>
                {
                    self.refuse(link, PeerFault::Revoked, out);
                }
                _ => {}
            }
        }
    }

    fn refuse(&mut self, link: LinkId, fault: PeerFault, out: &mut Vec<Output>) {
        out.push(Output::Tell(Tell::Refused(link, fault)));
        out.push(Output::Send(link, Frame::Bye(fault as u8).encode()));
        out.push(Output::HangUp(link, fault));
        self.drop_link(link, out);
    }

    fn drop_link(&mut self, link: LinkId, out: &mut Vec<Output>) {
        if let Some(device) = self.sessions.remove(&link).and_then(|s| s.device)
            && !self.online().any(|d| d == device)
        {
            out.push(Output::Tell(Tell::Gone(device)));
        }
    }

    /// A hello that is too long is refused before it is read.
    const fn hello_too_long(len: usize) -> bool {
        len > HELLO_MAX
    }
}

#[cfg(test)]
mod tests;
