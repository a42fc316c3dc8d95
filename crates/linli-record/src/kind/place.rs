//! Whether a change stands where a change of its record may stand.

use super::RecordKind;
use crate::admission::ChangeHead;
use crate::row::AuthorKind;
use linli_base::CommunityId;
use linli_base::{EntryKind, Header, LaneKey};
use thiserror::Error;

/// What the caller knows about a change entry before the change is judged.
pub struct Place<'a> {
    /// The neighbourhood.
    pub community: &'a CommunityId,
    /// The entry's header.
    pub header: &'a Header,
    /// The kind its body states.
    pub kind: RecordKind,
    /// What its author is.
    pub author: AuthorKind,
    /// Kind and lane of the record, from the entry that created it; `None` while that one is not admitted.
    pub record: Option<(RecordKind, LaneKey)>,
}

/// Why a change does not belong where it stands. Void on every replica, for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum PlaceFault {
    /// The entry carries no change.
    #[error("the entry carries no change")]
    NotAChange,
    /// Authors of this kind do not write such records.
    #[error("who wrote this may not keep such a record")]
    Author,
    /// The record does not live in this lane.
    #[error("such a record does not live in this lane")]
    Lane,
    /// Not sealed in a sealed lane, or sealed in an open one.
    #[error("the payload is sealed where it must not be, or open where it must be sealed")]
    Seal,
    /// Another kind than the record's.
    #[error("the record is of another kind")]
    Kind,
    /// An edit of a record that is never edited.
    #[error("such a record is never edited; correct it with a new one")]
    Immutable,
    /// The creating entry builds on something, or an edit builds on nothing.
    #[error("only the entry that creates a record begins it")]
    Root,
}

impl Place<'_> {
    /// Checks the place of a change whose head was read by [`crate::admission::preparse`].
    ///
    /// `Ok(true)`: judge it now. `Ok(false)`: it edits a record whose creating entry is not admitted here; it
    /// waits for that one.
    ///
    /// # Errors
    /// [`PlaceFault`].
    pub fn check(&self, change: &ChangeHead) -> Result<bool, PlaceFault> {
        if self.header.kind != EntryKind::CHANGE {
            return Err(PlaceFault::NotAChange);
        }
        let lane = self.header.log().lane;
        self.check_lane(&lane)?;
        let creates = self.header.creates(self.community);
        if self.kind.is_immutable() && !creates {
            return Err(PlaceFault::Immutable);
        }
        if creates != change.deps.is_empty() {
            return Err(PlaceFault::Root);
        }
        match self.record {
            _ if creates => Ok(true),
            None => Ok(false),
            Some((kind, _)) if kind != self.kind => Err(PlaceFault::Kind),
            Some((_, home)) if home != lane => Err(PlaceFault::Lane),
            Some(_) => Ok(true),
        }
    }

    fn check_lane(&self, lane: &LaneKey) -> Result<(), PlaceFault> {
        let (class, yearly) = self.kind.lane(self.author).ok_or(PlaceFault::Author)?;
        // A year's lane is named by its January, and months are counted from a January; 0 means no period.
        let period = lane.period.0;
        let fits = if yearly {
            period != 0 && period.is_multiple_of(12)
        } else {
            period == 0
        };
        if lane.class != class || !fits {
            return Err(PlaceFault::Lane);
        }
        if self.header.sealed == class.is_open() {
            return Err(PlaceFault::Seal);
        }
        Ok(())
    }
}
