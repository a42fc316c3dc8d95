//! Which of the ten reasons keeps a peer out of step.
//!
//! A pure function of what is known about it ([`Standing`]), and of what this program saw since it started and nobody
//! else remembers ([`Seen`]).

use crate::api::Fault;
use linli_net::{DialFault, NetKey};
use linli_protocol::hub::PeerFault;
use std::collections::{BTreeMap, BTreeSet};

/// Neighbours announced on the local network that are remembered: anybody can announce anything there.
const FOUND_MAX: usize = 256;

/// What this program saw since it started of what keeps neighbours apart.
#[derive(Default, Debug)]
pub(crate) struct Seen {
    /// Announced on the local network and not met since: address, and who it is said to be.
    found: BTreeMap<String, NetKey>,
    /// Announced there, and yet nobody answers: something lets no connection through.
    walled: BTreeSet<NetKey>,
    /// The last thing that was to be kept found no room.
    disk_full: bool,
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

    pub(super) const fn disk_is_full(&self) -> bool {
        self.disk_full
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
    /// replicas apart, because times of peers order nothing (a gate says by itself when its clock disagrees with the
    /// office's).
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
