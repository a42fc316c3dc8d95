//! Which of the ten reasons keeps a peer out of step.
//!
//! A pure function of what is known about it ([`Standing`]), and of what this program saw since it started and nobody
//! else remembers ([`Seen`]).

use crate::api::Fault;
use crate::replica::Now;
use linli_base::{DeviceId, UnixSec};
use linli_net::{DialFault, NetKey};
use linli_protocol::hub::PeerFault;
use std::collections::{BTreeMap, BTreeSet};

/// Neighbours announced on the local network that are remembered: anybody can announce anything there.
const FOUND_MAX: usize = 256;
/// Two statements of an office, heard so far apart at least, show how far its clock is from ours.
const HEARD_APART_MS: u64 = 10_000;
/// Statements that are passed on at once arrive as far apart as they were made, but for this much.
const ON_THE_WAY_MS: u64 = 5_000;
/// Two clocks this far apart keep neither homes nor notices apart, but dates and passes go wrong: that is told.
pub(crate) const CLOCKS_APART_MS: u64 = 600_000;

/// What this program saw since it started of what keeps neighbours apart.
#[derive(Default, Debug)]
pub(crate) struct Seen {
    /// Announced on the local network and not met since: address, and who it is said to be.
    found: BTreeMap<String, NetKey>,
    /// Announced there, and yet nobody answers: something lets no connection through.
    walled: BTreeSet<NetKey>,
    /// The last thing that was to be kept found no room.
    disk_full: bool,
    /// What time each office's computer stated last, and when that came by the own clock that never steps, ms.
    stated: BTreeMap<DeviceId, (u64, u64)>,
    /// How far this computer's clock is ahead of each of theirs, ms, as far as that is known.
    ahead: BTreeMap<DeviceId, i64>,
}

impl Seen {
    /// Somebody is announced on the local network.
    pub(crate) fn found(&mut self, peer: NetKey, addr: &str) {
        if self.found.len() < FOUND_MAX {
            self.found.insert(addr.to_owned(), peer);
        }
    }

    /// Nobody was reached at an address.
    pub(crate) fn not_reached(&mut self, addr: &str, why: &DialFault) {
        if let (DialFault::Unreachable, Some(peer)) = (why, self.found.get(addr)) {
            self.walled.insert(*peer);
        }
    }

    /// Somebody was met: nothing stands between. Who goes away later was there, so that is no firewall.
    pub(super) fn met(&mut self, peer: NetKey) {
        self.found.retain(|_, of| *of != peer);
        self.walled.remove(&peer);
    }

    pub(super) fn is_walled(&self, peer: &NetKey) -> bool {
        self.walled.contains(peer)
    }

    pub(crate) const fn disk_is_full(&self) -> bool {
        self.disk_full
    }

    /// What all computers of offices state now. Who is no office any more is forgotten.
    pub(in crate::owner) fn offices_stated(&mut self, all: &[(DeviceId, UnixSec)], now: Now) {
        self.stated
            .retain(|of, _| all.iter().any(|(by, _)| by == of));
        self.ahead
            .retain(|of, _| all.iter().any(|(by, _)| by == of));
        for (by, time) in all {
            self.office_stated(*by, *time, now);
        }
    }

    /// An office's computer stated the time. A statement may have been on its way for days, so one alone only shows that
    /// this clock is behind; two that come as far apart as they were made came at once, and show both. A time before the
    /// last one is of a clock that was put right: two of those are believed like any two.
    fn office_stated(&mut self, by: DeviceId, time: UnixSec, now: Now) {
        let stated = time.0.saturating_mul(1000);
        let last = self.stated.get(&by).copied();
        if last.is_some_and(|(known, _)| known == stated) {
            return;
        }
        self.stated.insert(by, (stated, now.moment.0));
        let back = last.is_some_and(|(known, _)| known > stated);
        let at_once = last.is_some_and(|(known, came)| {
            let (made, heard) = (
                stated.saturating_sub(known),
                now.moment.0.saturating_sub(came),
            );
            heard >= HEARD_APART_MS && made.abs_diff(heard) <= ON_THE_WAY_MS
        });
        let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        let ahead = ms(now.wall.0).saturating_sub(ms(stated));
        if at_once && !back || ahead < -ms(ON_THE_WAY_MS) {
            self.ahead.insert(by, ahead);
        }
    }

    /// How far this computer's clock is ahead of the office's that it is nearest to, ms.
    pub(in crate::owner) fn ahead_ms(&self) -> Option<i64> {
        let all = self.ahead.values().copied();
        all.min_by_key(|ahead| ahead.unsigned_abs())
    }

    /// Whether this clock and everybody else's are too far apart.
    pub(crate) fn clocks_apart(&self) -> bool {
        let ahead = self.ahead_ms();
        ahead.is_some_and(|ahead| ahead.unsigned_abs() > CLOCKS_APART_MS)
    }

    /// A commit went through, or the disk refused it.
    pub(in crate::owner) fn committed(&mut self, fault: Option<&Fault>) {
        self.disk_full = fault.is_some_and(|fault| fault.code == "disk-full");
    }
}

/// What is known of how one peer stands, from which its reason follows.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Standing {
    pub(super) running: bool,
    pub(super) disk_full: bool,
    pub(super) revoked: bool,
    pub(super) online: bool,
    pub(super) paused: bool,
    pub(super) refused: Option<PeerFault>,
    pub(super) walled: bool,
    pub(super) others_online: bool,
}

impl Standing {
    /// One of the ten reasons of sync.md §5, the nearest cause first; none if it is in step, or paused on purpose.
    ///
    /// Two of the ten are not a peer's: what waits for a large file is a record ([`super::Owner::why`]), and no clock keeps
    /// replicas apart, because times of peers order nothing. Both are told of the home as a whole
    /// ([`super::Owner::whole_reason`]).
    pub(super) const fn reason(self) -> Option<&'static str> {
        if !self.running {
            return Some("nobody-on-lan");
        }
        if self.disk_full {
            return Some("disk-full");
        }
        if self.revoked {
            return Some("not-entitled");
        }
        if self.online || self.paused {
            return None;
        }
        if let Some(fault) = self.refused {
            return Some(refusal(fault));
        }
        Some(if self.walled {
            "firewall"
        } else if self.others_online {
            "other-off"
        } else {
            "nobody-on-lan"
        })
    }
}

/// A refused link as one of the ten reasons of sync.md §5.
pub(super) const fn refusal(fault: PeerFault) -> &'static str {
    match fault {
        PeerFault::OtherCommunity => "other-community",
        PeerFault::Version => "version-too-old",
        PeerFault::NotEnrolled | PeerFault::Revoked => "not-entitled",
        PeerFault::BadFrame => "verification-failed",
        PeerFault::NoHello | PeerFault::Replaced => "other-off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWAY: Standing = Standing {
        running: true,
        disk_full: false,
        revoked: false,
        online: false,
        paused: false,
        refused: None,
        walled: false,
        others_online: true,
    };

    #[test]
    fn each_cause_has_its_reason_and_the_nearest_cause_is_told() {
        let refused = |fault| Standing {
            refused: Some(fault),
            ..AWAY
        };
        let cases = [
            (AWAY, Some("other-off")),
            (
                Standing {
                    others_online: false,
                    ..AWAY
                },
                Some("nobody-on-lan"),
            ),
            (
                Standing {
                    running: false,
                    disk_full: true,
                    ..AWAY
                },
                Some("nobody-on-lan"),
            ),
            (
                Standing {
                    disk_full: true,
                    online: true,
                    ..AWAY
                },
                Some("disk-full"),
            ),
            (
                Standing {
                    revoked: true,
                    paused: true,
                    ..AWAY
                },
                Some("not-entitled"),
            ),
            (
                Standing {
                    online: true,
                    walled: true,
                    ..AWAY
                },
                None,
            ),
            (
                Standing {
                    paused: true,
                    ..refused(PeerFault::Version)
                },
                None,
            ),
            (
                Standing {
                    walled: true,
                    ..AWAY
                },
                Some("firewall"),
            ),
            (
                Standing {
                    walled: true,
                    ..refused(PeerFault::Version)
                },
                Some("version-too-old"),
            ),
            (refused(PeerFault::OtherCommunity), Some("other-community")),
            (refused(PeerFault::NotEnrolled), Some("not-entitled")),
            (refused(PeerFault::Revoked), Some("not-entitled")),
            (refused(PeerFault::BadFrame), Some("verification-failed")),
            (refused(PeerFault::NoHello), Some("other-off")),
            (refused(PeerFault::Replaced), Some("other-off")),
        ];
        for (standing, reason) in cases {
            assert_eq!(standing.reason(), reason, "{standing:?}");
        }
    }

    #[test]
    fn who_is_announced_and_does_not_answer_is_behind_a_firewall_until_met() {
        let (peer, at) = (NetKey([7; 32]), "/ip4/192.168.1.7/tcp/7411");
        let mut seen = Seen::default();
        // An address that somebody typed: whoever lives there may simply be off.
        seen.not_reached(at, &DialFault::Unreachable);
        assert!(!seen.walled.contains(&peer));
        seen.found(peer, at);
        seen.not_reached(at, &DialFault::Refused);
        assert!(!seen.walled.contains(&peer));
        seen.not_reached(at, &DialFault::Unreachable);
        assert!(seen.walled.contains(&peer));
        seen.met(peer);
        seen.not_reached(at, &DialFault::Unreachable);
        assert!(!seen.walled.contains(&peer), "it was there and went away");
        for n in 0..2 * FOUND_MAX {
            seen.found(NetKey([9; 32]), &n.to_string());
        }
        assert_eq!(seen.found.len(), FOUND_MAX);
    }

    #[test]
    fn clocks_are_compared_with_what_is_heard_at_once_and_never_with_what_was_long_on_its_way() {
        let office = DeviceId([7; 32]);
        let now = |own_s: u64, moment_s: u64| Now {
            moment: linli_base::time::Moment(moment_s * 1000),
            wall: linli_base::UnixMs(own_s * 1000),
        };
        let mut seen = Seen::default();
        // Two old words, from two neighbours, one after the other: nobody's clock is wrong.
        seen.office_stated(office, UnixSec(1_000), now(90_000, 50));
        seen.office_stated(office, UnixSec(60_000), now(90_012, 62));
        assert_eq!(seen.ahead_ms(), None);
        // Then the office itself, every half minute; our clock is ahead by an hour.
        seen.office_stated(office, UnixSec(90_000), now(93_600, 100));
        seen.office_stated(office, UnixSec(90_030), now(93_631, 131));
        assert_eq!(seen.ahead_ms(), Some(3_601_000));
        assert!(seen.clocks_apart());
        // The same word again says nothing, and a clock that was put right is right.
        seen.office_stated(office, UnixSec(90_030), now(99_999, 135));
        seen.office_stated(office, UnixSec(90_060), now(90_061, 161));
        assert_eq!((seen.ahead_ms(), seen.clocks_apart()), (Some(1_000), false));
        // Behind is seen at once: nobody states what is yet to come.
        seen.office_stated(office, UnixSec(90_090), now(80_000, 900));
        assert!(seen.clocks_apart());
        // Its clock was ahead and is put right: the second word after that is believed.
        seen.office_stated(office, UnixSec(80_910), now(80_911, 1_000));
        assert!(seen.clocks_apart());
        seen.office_stated(office, UnixSec(80_940), now(80_941, 1_030));
        assert_eq!((seen.ahead_ms(), seen.clocks_apart()), (Some(1_000), false));
        seen.office_stated(office, UnixSec(90_090), now(80_950, 1_039));
        assert!(seen.clocks_apart());
        // One office whose clock is wrong does not make ours wrong.
        let other = DeviceId([8; 32]);
        seen.office_stated(other, UnixSec(80_001), now(80_001, 901));
        seen.office_stated(other, UnixSec(80_031), now(80_031, 931));
        assert!(!seen.clocks_apart());
        // Who is no office any more has no say.
        seen.offices_stated(&[(office, UnixSec(90_090))], now(80_990, 1_079));
        assert!(seen.clocks_apart() && seen.stated.len() == 1);
    }

    #[test]
    fn a_full_disk_is_the_reason_until_something_was_kept_again() {
        let mut seen = Seen::default();
        seen.committed(Some(&Fault::storage("disk-full")));
        assert!(seen.disk_full);
        seen.committed(None);
        assert!(!seen.disk_full);
        seen.committed(Some(&Fault::storage("disk-fault")));
        assert!(!seen.disk_full);
    }
}
