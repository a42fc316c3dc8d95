//! Rows: what was said, folded into what is shown. Typed, with bytes that a rebuild gives again.
//!
//! A row holds nothing local: when something was heard here, or read here, is the node's to keep beside it.
//! Otherwise two replicas with the same entries would not show the same rows byte for byte.

mod author;
mod board;
mod bytes;
mod help;
mod pass;
mod people;
mod porch;
pub(crate) mod serial;
mod thread;
mod visible;

#[cfg(test)]
mod tests;

pub use author::{Author, AuthorKind};
pub use board::{AppealRow, HandOverRow, Moderation, ReportRow, RulingRow, Standing};
pub use bytes::{ROW_VERSION, RowError};
pub use help::{HelpAckRow, HelpCallRow, LetterRow, PhonesRow};
pub use pass::{CancelRow, CancelTarget, GateEventRow, GrantBrief, GrantRow, SpentRow, VisitRow};
pub use people::{BuildingRow, HouseholdRow, PersonRow, RoomRow, VehicleRow};
pub use porch::{DoorbellRow, RefusalRow, RingAnswerRow, RingRow};
pub use thread::{
    ClaimRow, CloseRow, CommentRow, NoticeRow, PostRow, ReactionRow, Retraction, Thread,
};
pub use visible::{digest, row_digest};

use linli_base::Private;
use serde::{Deserialize, Serialize};

/// A field with more than one value: written apart by two devices of one principal, for a person to settle.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// Its values as text, the one in force first; lists joined with commas.
    #[serde(with = "serial::private_list")]
    pub values: Vec<Private<String>>,
}

/// What a row is of. Numbers up to 15 are those of the record kinds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is the row of its name")]
pub enum RowKind {
    Notice = 1,
    Post = 2,
    Visit = 3,
    Building = 4,
    Room = 5,
    Household = 6,
    Person = 7,
    Vehicle = 8,
    Grant = 16,
    Cancel = 17,
    GateEvent = 18,
    Spent = 19,
    Refusal = 20,
    Ring = 21,
    RingAnswer = 22,
    Doorbell = 23,
    HelpCall = 32,
    HelpAck = 34,
    Letter = 35,
    Phones = 36,
}

macro_rules! rows {
    ($($name:ident($row:ident)),* $(,)?) => {
        /// One row of any kind.
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "each is the row of its name")]
        pub enum Row {
            $($name($row),)*
        }

        impl Row {
            /// What it is a row of.
            #[must_use]
            pub const fn kind(&self) -> RowKind {
                match self {
                    $(Self::$name(_) => RowKind::$name,)*
                }
            }

            /// Version, kind and content; equal rows have equal bytes.
            #[must_use]
            pub fn to_bytes(&self) -> Vec<u8> {
                match self {
                    $(Self::$name(row) => bytes::write(RowKind::$name, row),)*
                }
            }

            /// Reads [`Self::to_bytes`].
            ///
            /// # Errors
            /// [`RowError`]: the store is damaged, or was written by another version and wants a rebuild.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, RowError> {
                let (kind, content) = bytes::open(bytes)?;
                match kind {
                    $(RowKind::$name => bytes::read(content).map(Self::$name),)*
                }
            }
        }

        impl RowKind {
            /// All kinds, ascending by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// From its number.
            #[must_use]
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| *kind as u8 == number)
            }
        }

        $(impl From<$row> for Row {
            fn from(row: $row) -> Self {
                Self::$name(row)
            }
        })*
    };
}

rows!(
    Notice(NoticeRow),
    Post(PostRow),
    Visit(VisitRow),
    Building(BuildingRow),
    Room(RoomRow),
    Household(HouseholdRow),
    Person(PersonRow),
    Vehicle(VehicleRow),
    Grant(GrantRow),
    Cancel(CancelRow),
    GateEvent(GateEventRow),
    Spent(SpentRow),
    Refusal(RefusalRow),
    Ring(RingRow),
    RingAnswer(RingAnswerRow),
    Doorbell(DoorbellRow),
    HelpCall(HelpCallRow),
    HelpAck(HelpAckRow),
    Letter(LetterRow),
    Phones(PhonesRow),
);
