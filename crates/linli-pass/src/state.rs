//! What one gate knows: the only thing besides the scan and the time that a decision depends on.
//!
//! The node fills it from its replica with plain inserts and keeps it up to date; [`crate::decide()`] only reads
//! it. Everything is an ordered map, so the same facts in any order make the same state. What is *durable*
//! (uses, cars inside) comes from gate logs; what is *short* (tries, the last ten seconds) is advanced by
//! [`GateState::remember`] with each decision, and what of it must outlive the program is [`Kept`].

mod acts;
mod clock;
mod grants;
mod keys;
mod ledger;

#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod tests;

pub use acts::{Acts, Cancel, Heads, Refusal, Subject};
pub use clock::{AGREE_S, Clock, ClockState, Judged, Sources, Watch};
pub use grants::{Grants, KnownGrant, LogPlace};
pub use keys::{Issuer, Keys};
pub use ledger::{Carried, Kept, Ledger, PIN_TRIES, REPEAT_MS, Tries, Use};

use crate::grant::Cti;
use linli_base::{CommunityId, UnixSec, UtcOffset};
use linli_charter::Limits;
use std::collections::BTreeMap;

/// Where this gate stands, from the newest epoch held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The community.
    pub community: CommunityId,
    /// Its fixed offset.
    pub offset: UtcOffset,
    /// This gate's number.
    pub gate: u8,
    /// Names of all gates by number.
    pub names: BTreeMap<u8, String>,
    /// When this device was enrolled, if another device was this gate before it: it cannot know what was spent
    /// on passes issued earlier.
    pub took_over: Option<UnixSec>,
}

/// A use handed over by the home gate over a fresh nonce, verified by the driver (pass.md §3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transfer {
    /// Of this pass.
    pub cti: Cti,
    /// Which entry it is, counted by the home gate from 1.
    pub entry: u32,
}

/// Everything a decision depends on besides the scan and the time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GateState {
    /// Where the gate stands.
    pub place: Place,
    /// What the charter allows.
    pub limits: Limits,
    /// Devices and issuing keys.
    pub keys: Keys,
    /// Grants heard through the log.
    pub grants: Grants,
    /// Holds, cut-offs, retirements, cancels, refusals.
    pub acts: Acts,
    /// Uses and cars inside.
    pub ledger: Ledger,
    /// Wrong PINs, wrong codes, the last ten seconds.
    pub tries: Tries,
    /// How far the own clock can be relied on.
    pub clock: Clock,
    /// Time of the newest acts statement that this gate satisfies ("cancellations as of"); none = never heard.
    pub news: Option<UnixSec>,
    /// A use handed over for the scan being decided.
    pub transfer: Option<Transfer>,
}

impl GateState {
    /// A gate that has heard of nothing but its place.
    #[must_use]
    pub fn new(place: Place, limits: Limits, clock: Clock) -> Self {
        Self {
            place,
            limits,
            keys: Keys::default(),
            grants: Grants::default(),
            acts: Acts::default(),
            ledger: Ledger::default(),
            tries: Tries::default(),
            clock,
            news: None,
            transfer: None,
        }
    }
}
