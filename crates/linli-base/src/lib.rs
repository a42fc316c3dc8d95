//! Ids, time, limits, canonical encodings and the entry layout.
//!
//! Rank 0: everything in Linli stands on this crate and it stands on nothing but two hash functions. It
//! touches no clock, no dice, no file: time and randomness come in as arguments ([`time`], [`Dice`]).

pub mod base32;
pub mod cbor;
pub mod entry;
pub mod hash;
pub mod ids;
pub mod limits;
pub mod private;
pub mod time;

pub use entry::{Entry, EntryKind, Header, LaneClass, LaneKey, LogKey};
pub use ids::{CommunityId, DeviceId, EntryId, EpochId, PrincipalId, RecordId, ScopeId};
pub use private::Private;
pub use time::{Period, UnixMs, UnixSec, UtcOffset};

/// Where randomness comes from: the operating system in a program, a seed in the simulator.
///
/// Every function of the lower ranks that needs a random number takes one of these, so that a seeded run
/// replays byte for byte.
pub trait Dice {
    /// Fills `out` with random bytes.
    fn fill(&mut self, out: &mut [u8]);

    /// `N` random bytes.
    fn bytes<const N: usize>(&mut self) -> [u8; N]
    where
        Self: Sized,
    {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }
}

impl Dice for &mut dyn Dice {
    fn fill(&mut self, out: &mut [u8]) {
        (**self).fill(out);
    }
}
