//! Facts: what happens once, as canonical CBOR `{0: kind, ..}` in a `fact` entry.
//!
//! The header's `record` field says what a fact is about (the post of a comment), its `device` who says it. A
//! fact is read strictly: an unknown field, a second encoding or a limit broken makes it void on every replica.
//! Therefore a fact never gains a field in a later version; it gets a new number. A number this version does
//! not know is carried, not judged: [`FactError::Unknown`]. Layouts: `docs/formats/facts.md`.

mod board;
mod codec;
mod gate;
mod help;
mod people;
mod receipt;
mod told;

#[cfg(test)]
mod tests;

pub use board::{Appeal, HandOver, RULING_HOUSEHOLDS, Report, Ruling, SAID_CHARS};
pub use gate::{GateEvent, GateResult, Spend};
pub use help::{
    CARE_HELPERS, HELP_WORDS_CHARS, HelpAck, HelpCall, HelpHow, LETTER_BYTES, LETTERS_MAX,
    LetterBody, PHONES_MAX, Phone,
};
pub use people::{
    DOORBELL_DEVICES, Doorbell, REFUSAL_REASON_CHARS, RING_DEFAULT_S, RING_S, Refusal, Ring,
    RingAnswer, RingStep, SAID_ANSWERS, SaidAnswers,
};
pub use receipt::{RECEIPT_MAX, Reach, Receipt, ReceiptError};
pub use told::{Told, WORDS_CHARS};

use linli_base::cbor::{CborError, ShapeError};
use linli_base::{EntryId, PrincipalId, Private};
use thiserror::Error;

/// Longest text of a claim and of the words with a closing, in characters.
pub const CLAIM_CHARS: usize = 500;
/// Longest claims of a grant in bytes: a gate refuses tokens above 800 (pass.md §1).
pub const CLAIMS_MAX: usize = 800;
/// Most counts one `Spent` fact carries over; a month with more opens with several.
pub const SPENT_ITEMS: usize = 1_000;

/// Something that happened once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// 1, or 41 where photos or documents go with it: a comment below a post or a notice.
    Comment {
        /// The text; prose. Empty only where files speak for themselves.
        text: Private<String>,
        /// The comment it answers.
        answers: Option<EntryId>,
        /// What goes with it: references as they were written ([`crate::attach::Attachment::encode`]), at most four. One
        /// of a later version is kept here and left out when it is shown. Each has the key of its file in it.
        files: Vec<Private<Vec<u8>>>,
    },
    /// 2: a reaction; a principal's latest counts.
    Reaction {
        /// A word of an open list, such as `like`; `None` takes it back.
        what: Option<String>,
    },
    /// 3: offers help, or says "that is mine".
    Claim {
        /// What there is to say with it.
        text: Option<Private<String>>,
    },
    /// 4: takes the claim back.
    Unclaim,
    /// 39: whoever said that comment takes it back, for good.
    Uncomment(EntryId),
    /// 5: the post's owner closes it.
    Close {
        /// How it ended: a word of an open list.
        outcome: Option<String>,
        /// Whose claim was taken.
        chosen: Option<PrincipalId>,
    },
    /// 40: the post's owner takes the closing back.
    Reopen,
    /// 6: a pass was made. The claims, never the signed token.
    Grant(Grant),
    /// 7: a plate may enter; otherwise as a grant.
    PlateGrant(Grant),
    /// 8, or 10, 11 or 25 where it says what the versions before could not: what a gate decided or saw.
    GateEvent(GateEvent),
    /// 9: entries spent so far, carried over into a new month of a gate's log.
    Spent(Vec<Spend>),
    /// 20: a line of a refusal list: a household's for its unit, an office's for the estate.
    Refusal(Refusal),
    /// 21: the line of that name stands no more.
    RefusalEnd([u8; 16]),
    /// 22, or 37 where it is about a pass or a plate: a gate calls a household.
    Ring(Ring),
    /// 23: the household answers.
    RingAnswer(RingAnswer),
    /// 24: in which order and how long a household's devices ring.
    Doorbell(Doorbell),
    /// 26: the office asks those who have not confirmed its notice once more.
    Reminder,
    /// 27: a unit was told of a notice at its door.
    Told(Told),
    /// 28: a neighbour finds that a post or comment should not stand.
    Report(Report),
    /// 29: an office decides whether it stands.
    Ruling(Ruling),
    /// 30: its author does not agree.
    Appeal(Appeal),
    /// 31: a concern is handed to an office.
    HandOver(HandOver),
    /// 32: a household calls for help.
    HelpCall(HelpCall),
    /// 33: the call of that name is over, or was a false alarm.
    HelpEnd([u8; 16]),
    /// 34: somebody has received a call, has heard it, is coming.
    HelpAck(HelpAck),
    /// 35: sealed letters of a household to those it names, one a device.
    Letter(Vec<Vec<u8>>),
    /// 36: the phone numbers an office gives out.
    Phones(Vec<Phone>),
    /// 38: an office lets neighbours say something below its own notice, or no longer; its latest counts.
    Comments {
        /// Whether they may.
        open: bool,
    },
}

/// What a gate needs to know of a pass beforehand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The CWT claims, canonical CBOR, at most 800 bytes; `linli-pass` reads them.
    pub claims: Private<Vec<u8>>,
    /// Whether the eight-digit code may be used.
    pub short_code: bool,
}

/// Why bytes are no fact.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum FactError {
    /// A kind from a later version: carried, not judged.
    #[error("a kind of fact this version does not know ({0})")]
    Unknown(u64),
    /// Not canonical CBOR.
    #[error("the fact is not canonical CBOR: {0}")]
    Cbor(#[from] CborError),
    /// Not laid out as its kind says, or a limit broken.
    #[error("the fact is not sound: {0}")]
    Shape(#[from] ShapeError),
}

impl Fact {
    /// The body of the entry.
    ///
    /// # Errors
    /// [`FactError::Shape`] names the field that breaks a limit; what is encoded can always be read again.
    pub fn encode(&self) -> Result<Vec<u8>, FactError> {
        let bytes = codec::write(self).encode();
        Self::decode(&bytes)?;
        Ok(bytes)
    }

    /// Reads the body of a `fact` entry.
    ///
    /// # Errors
    /// [`FactError`]; all but [`FactError::Unknown`] make the entry void.
    pub fn decode(body: &[u8]) -> Result<Self, FactError> {
        codec::read(body)
    }
}
