//! Addresses that are wanted, and when to try each again.
//!
//! A route is one address given to `dial`. It rests while there is a link to whoever answered there last, and
//! otherwise is tried again and again: after 0.2 s at first, then twice as long each time up to 10 s, always
//! shortened by a part that differs from device to device, so that a power cut does not make a whole building
//! call in step. A link that breaks within [`STEADY`] counts as one more failure: a peer who hangs up on us at
//! once is not called five times a second.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use libp2p::Multiaddr;
use libp2p::swarm::ConnectionId;
use tokio::time::Instant;

use crate::addr::Addr;
use crate::event::DialFault;
use crate::key::NetKey;

const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// A link that lasted this long was a success.
pub(crate) const STEADY: Duration = Duration::from_secs(10);

/// Where a route stands.
#[derive(Debug)]
pub(crate) enum Stage {
    Waiting(Instant),
    /// The host's name is being looked up.
    Looking,
    /// A connection is being made.
    Dialing {
        connection: ConnectionId,
        /// To be tried next in this round.
        left: VecDeque<Multiaddr>,
    },
    /// A connection stands and our stream waits to be taken.
    Opening(ConnectionId),
    /// Nothing to do until the seat of its peer is free again.
    Resting,
}

/// One wanted address.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) addr: Addr,
    /// Who must answer there, or who answered last.
    pub(crate) peer: Option<NetKey>,
    pub(crate) stage: Stage,
    failures: u32,
}

/// Every wanted address, by the text it was given as.
#[derive(Debug)]
pub(crate) struct Routes {
    me: NetKey,
    all: BTreeMap<String, Route>,
}

impl Routes {
    pub(crate) fn new(me: NetKey) -> Self {
        Self {
            me,
            all: BTreeMap::new(),
        }
    }

    /// Wants an address from now on. One that is wanted already is tried at once, unless it is under way.
    pub(crate) fn want(&mut self, text: &str, addr: Addr, now: Instant) {
        let route = self.all.entry(text.to_owned()).or_insert_with(|| Route {
            addr: addr.clone(),
            peer: None,
            stage: Stage::Resting,
            failures: 0,
        });
        route.peer = addr.peer.or(route.peer);
        route.addr = addr;
        if matches!(route.stage, Stage::Waiting(_) | Stage::Resting) {
            route.stage = Stage::Waiting(now);
            route.failures = 0;
        }
    }

    pub(crate) fn forget(&mut self, text: &str) {
        self.all.remove(text);
    }

    pub(crate) fn get_mut(&mut self, text: &str) -> Option<&mut Route> {
        self.all.get_mut(text)
    }

    /// The route that makes or made this connection.
    pub(crate) fn of_connection(&mut self, id: ConnectionId) -> Option<(&str, &mut Route)> {
        let of = |stage: &Stage| match stage {
            Stage::Dialing { connection, .. } | Stage::Opening(connection) => *connection == id,
            _ => false,
        };
        self.all
            .iter_mut()
            .find(|(_, route)| of(&route.stage))
            .map(|(text, route)| (text.as_str(), route))
    }

    /// Routes on their way to a connection.
    pub(crate) fn under_way(&self) -> usize {
        let busy = |stage: &Stage| matches!(stage, Stage::Looking | Stage::Dialing { .. });
        self.all.values().filter(|route| busy(&route.stage)).count()
    }

    /// The routes whose time has come.
    pub(crate) fn due(&self, now: Instant) -> Vec<String> {
        let due = |route: &Route| matches!(route.stage, Stage::Waiting(at) if at <= now);
        let texts = self.all.iter().filter(|(_, route)| due(route));
        texts.map(|(text, _)| text.clone()).collect()
    }

    /// When the next one's time comes.
    pub(crate) fn next(&self) -> Option<Instant> {
        let at = |route: &Route| match route.stage {
            Stage::Waiting(at) => Some(at),
            _ => None,
        };
        self.all.values().filter_map(at).min()
    }

    /// The round failed: tried again after a wait that grows.
    pub(crate) fn failed(&mut self, text: &str, why: &DialFault, now: Instant) {
        let me = self.me;
        if let Some(route) = self.all.get_mut(text) {
            route.stage = match why {
                DialFault::Myself => Stage::Resting,
                _ => Stage::Waiting(now + route.wait(me, text)),
            };
            route.failures = route.failures.saturating_add(1);
        }
    }

    /// There is a link with `peer`: waiting for it is over, whoever called.
    pub(crate) fn linked(&mut self, peer: NetKey) {
        for route in self.of_peer(peer) {
            if matches!(route.stage, Stage::Waiting(_) | Stage::Opening(_)) {
                route.stage = Stage::Resting;
            }
        }
    }

    /// The seat of `peer` is free again after `lasted` (zero if the link never stood).
    pub(crate) fn freed(&mut self, peer: NetKey, lasted: Duration, now: Instant) {
        let me = self.me;
        for (text, route) in &mut self.all {
            if route.peer == Some(peer) && matches!(route.stage, Stage::Resting | Stage::Opening(_))
            {
                if lasted >= STEADY {
                    route.failures = 0;
                }
                route.stage = Stage::Waiting(now + route.wait(me, text));
                route.failures = route.failures.saturating_add(1);
            }
        }
    }

    /// Tries at once what waits or rests: all, or those of one peer. One whose peer is linked goes
    /// back to rest.
    pub(crate) fn hurry(&mut self, peer: Option<NetKey>, now: Instant) {
        for route in self.all.values_mut() {
            let meant = peer.is_none() || route.peer == peer;
            if meant && matches!(route.stage, Stage::Waiting(_) | Stage::Resting) {
                route.stage = Stage::Waiting(now);
                route.failures = 0;
            }
        }
    }

    fn of_peer(&mut self, peer: NetKey) -> impl Iterator<Item = &mut Route> {
        let all = self.all.values_mut();
        all.filter(move |route| route.peer == Some(peer))
    }
}

impl Route {
    /// Between half and all of 0.2 s, 0.4 s, 0.8 s .. 10 s. No secret: it only has to differ between devices.
    fn wait(&self, me: NetKey, text: &str) -> Duration {
        let doubled = FIRST_WAIT.saturating_mul(1 << self.failures.min(6));
        let mut hasher = DefaultHasher::new();
        (me, text, self.failures).hash(&mut hasher);
        let thousandths = u32::try_from(500 + hasher.finish() % 500).unwrap_or(999);
        doubled.min(LONGEST_WAIT) * thousandths / 1000
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    const THERE: NetKey = NetKey([9; 32]);
    const TEXT: &str = "/ip4/10.0.0.7/tcp/4001";

    fn wanted(me: u8) -> (Routes, Instant) {
        let addr = Addr::from_multiaddr(&TEXT.parse().unwrap()).unwrap();
        let mut routes = Routes::new(NetKey([me; 32]));
        let now = Instant::now();
        routes.want(TEXT, addr, now);
        (routes, now)
    }

    fn wait(routes: &Routes, now: Instant) -> Duration {
        routes.next().unwrap() - now
    }

    #[test]
    fn an_address_is_due_at_once_and_then_after_waits_that_double_up_to_ten_seconds() {
        let (mut routes, now) = wanted(1);
        assert_eq!(routes.due(now), [TEXT]);
        for millis in [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000] {
            routes.failed(TEXT, &DialFault::Unreachable, now);
            let wait = wait(&routes, now);
            let most = Duration::from_millis(millis);
            assert!(wait >= most / 2 && wait < most, "{wait:?} of {most:?}");
            assert!(routes.due(now).is_empty());
            assert_eq!(routes.due(now + wait), [TEXT]);
        }
    }

    #[test]
    fn neighbours_do_not_call_in_step() {
        let waits = (0..20).map(|me| {
            let (mut routes, now) = wanted(me);
            routes.failed(TEXT, &DialFault::Unreachable, now);
            wait(&routes, now)
        });
        let different: std::collections::BTreeSet<_> = waits.collect();
        assert!(different.len() > 10);
    }

    #[test]
    fn a_route_rests_while_its_peer_is_linked_and_is_soon_tried_after_a_long_link() {
        let (mut routes, now) = wanted(1);
        for _ in 0..6 {
            routes.failed(TEXT, &DialFault::Unreachable, now);
        }
        routes.get_mut(TEXT).unwrap().peer = Some(THERE);
        routes.linked(THERE);
        assert_eq!(routes.next(), None);
        routes.freed(THERE, STEADY, now);
        assert!(wait(&routes, now) < Duration::from_millis(200));
    }

    #[test]
    fn a_peer_who_hangs_up_at_once_is_called_ever_more_rarely() {
        let (mut routes, now) = wanted(1);
        routes.get_mut(TEXT).unwrap().peer = Some(THERE);
        for _ in 0..7 {
            routes.linked(THERE);
            routes.freed(THERE, Duration::ZERO, now);
        }
        assert!(wait(&routes, now) >= Duration::from_secs(5));
        routes.hurry(Some(THERE), now);
        assert_eq!(routes.due(now), [TEXT]);
    }

    #[test]
    fn our_own_address_is_not_tried_again_and_a_forgotten_one_neither() {
        let (mut routes, now) = wanted(1);
        routes.failed(TEXT, &DialFault::Myself, now);
        assert_eq!(routes.next(), None);
        let (mut routes, now) = wanted(1);
        routes.forget(TEXT);
        assert!(routes.due(now).is_empty() && routes.next().is_none());
    }
}
