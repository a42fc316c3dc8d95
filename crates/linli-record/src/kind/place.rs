//! Whether a change or a fact stands where it may stand: lane, seal, author, the record it names.

use super::RecordKind;
use crate::admission::ChangeHead;
use crate::fact::Fact;
use crate::row::AuthorKind;
use linli_base::{CommunityId, EntryKind, Header, LaneClass, LaneKey, PrincipalId};
use thiserror::Error;

/// How often lanes of a record or fact begin anew; a lane is named by its first month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cycle {
    /// One lane for ever, period 0.
    Ever,
    /// A lane a year.
    Year,
    /// A lane a quarter.
    Quarter,
    /// A lane a month.
    Month,
}

impl Cycle {
    /// Whether a lane's period is one of this cycle. Months count from a January, and 0 means no period.
    #[must_use]
    pub const fn fits(self, lane: &LaneKey) -> bool {
        let months = match self {
            Self::Ever => return lane.period.0 == 0,
            Self::Year => 12,
            Self::Quarter => 3,
            Self::Month => 1,
        };
        lane.period.0 != 0 && lane.period.0.is_multiple_of(months)
    }
}

/// What the creating entry says of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Home {
    /// Its kind.
    pub kind: RecordKind,
    /// Its lane: every change of it stands there, whatever the date.
    pub lane: LaneKey,
    /// Who keeps it: nobody else writes to it.
    pub owner: PrincipalId,
}

/// What the caller knows about a change entry before the change is judged.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The neighbourhood.
    pub community: &'a CommunityId,
    /// The entry's header.
    pub header: &'a Header,
    /// The kind its body states.
    pub kind: RecordKind,
    /// What its author is.
    pub author: AuthorKind,
    /// Who its author is.
    pub principal: PrincipalId,
    /// The record, from the entry that created it; `None` while that one is not admitted here.
    pub home: Option<Home>,
}

/// What to do with a change that stands where it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Judge it now.
    Judge,
    /// Wait for the entry that creates the record.
    Wait,
}

/// Why an entry does not belong where it stands. Void on every replica, for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum PlaceFault {
    /// The entry is of another kind.
    #[error("the entry is of another kind than what it carries")]
    Entry,
    /// Authors of this kind do not say or keep such a thing.
    #[error("who wrote this may not do so")]
    Author,
    /// It does not live in this lane.
    #[error("this does not belong in this lane")]
    Lane,
    /// Not sealed in a sealed lane, or sealed in an open one.
    #[error("the payload is sealed where it must be open, or open where it must be sealed")]
    Seal,
    /// Another kind than the record's.
    #[error("the record is of another kind")]
    Kind,
    /// Somebody else keeps the record.
    #[error("only who keeps a record writes to it")]
    Owner,
    /// An edit of a record that is never edited.
    #[error("such a record is never edited; a new one corrects it")]
    Immutable,
    /// The creating entry builds on something, or an edit builds on nothing.
    #[error("only the entry that creates a record begins it")]
    Root,
    /// A fact about a record names none, or one that is about none names one.
    #[error("the entry names a record where it must not, or none where it must")]
    Record,
}

impl Place<'_> {
    /// Checks the place of a change whose head was read by [`crate::admission::preparse`].
    ///
    /// # Errors
    /// [`PlaceFault`].
    pub fn check(&self, change: &ChangeHead) -> Result<Turn, PlaceFault> {
        if self.header.kind != EntryKind::CHANGE {
            return Err(PlaceFault::Entry);
        }
        let home = self.kind.lane(self.author).ok_or(PlaceFault::Author)?;
        check_lane(self.header, &[home])?;
        let creates = self.header.creates(self.community);
        if self.kind.is_immutable() && !creates {
            return Err(PlaceFault::Immutable);
        }
        if creates != change.deps.is_empty() {
            return Err(PlaceFault::Root);
        }
        match self.home {
            _ if creates => Ok(Turn::Judge),
            None => Ok(Turn::Wait),
            Some(home) if home.kind != self.kind => Err(PlaceFault::Kind),
            Some(home) if home.lane != self.header.log().lane => Err(PlaceFault::Lane),
            Some(home) if home.owner != self.principal => Err(PlaceFault::Owner),
            Some(_) => Ok(Turn::Judge),
        }
    }
}

/// Checks the place of a fact.
///
/// What is said about a record stands on the board, also what is said about a notice. Whether the record exists
/// is not asked: it may arrive later.
///
/// # Errors
/// [`PlaceFault`].
pub fn check_fact(fact: &Fact, header: &Header, author: AuthorKind) -> Result<(), PlaceFault> {
    if header.kind != EntryKind::FACT {
        return Err(PlaceFault::Entry);
    }
    let talk = [(LaneClass::Board, Cycle::Year)];
    let desk = [(LaneClass::Office, Cycle::Year)];
    let pass = [(LaneClass::Pass, Cycle::Quarter)];
    // A gate tells a household of an arrival in the household's own lane.
    let event = [
        (LaneClass::GateLog, Cycle::Month),
        (LaneClass::House, Cycle::Year),
    ];
    // What a household says to the gates it says to its own devices too.
    let people = [
        (LaneClass::Pass, Cycle::Quarter),
        (LaneClass::House, Cycle::Year),
    ];
    // Open on the board, and sealed for gates and the property desk, who carry no board or must not miss it.
    let help = [
        (LaneClass::Board, Cycle::Year),
        (LaneClass::Pass, Cycle::Quarter),
    ];
    let (lanes, by_gate, about): (&[_], _, _) = match fact {
        Fact::Comment { .. }
        | Fact::Reaction { .. }
        | Fact::Claim { .. }
        | Fact::Unclaim
        | Fact::Close { .. }
        | Fact::Reopen
        | Fact::Uncomment(_)
        | Fact::Report(_)
        | Fact::Ruling(_)
        | Fact::Appeal(_)
        | Fact::HandOver(_)
        | Fact::Reminder
        | Fact::Comments { .. } => (&talk, false, true),
        Fact::Told(_) => (&desk, false, true),
        Fact::Grant(_) | Fact::PlateGrant(_) => (&pass, false, false),
        Fact::GateEvent(_) => (&event, true, false),
        Fact::Spent(_) => (&event[..1], true, false),
        Fact::Ring(_) => (&event, true, false),
        Fact::Refusal(_) | Fact::RefusalEnd(_) | Fact::RingAnswer(_) | Fact::Doorbell(_) => {
            (&people, false, false)
        }
        Fact::HelpCall(_) | Fact::HelpEnd(_) => (&help, false, false),
        // A gate has no voice on the board; it tells the household, and its own log.
        Fact::HelpAck(_) => {
            let gate = author == AuthorKind::Gate;
            (if gate { &event } else { &talk }, gate, false)
        }
        Fact::Letter(_) | Fact::Phones(_) => (&talk, false, false),
    };
    let may = match author {
        AuthorKind::Household => !by_gate && !of_an_office(fact),
        AuthorKind::Office => !by_gate && !of_a_household(fact),
        AuthorKind::Gate => by_gate,
        AuthorKind::Machine => false,
    };
    if !may {
        return Err(PlaceFault::Author);
    }
    check_lane(header, lanes)?;
    if about == header.record.is_zero() {
        return Err(PlaceFault::Record);
    }
    match fact {
        // What somebody says with a call is not for everybody.
        Fact::HelpCall(call) if call.words.is_some() && !header.sealed => Err(PlaceFault::Seal),
        _ => Ok(()),
    }
}

/// Nobody rings at an office, it has no lane of a household, it decides and need not report, and calls by phone.
const fn of_a_household(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::RingAnswer(_)
            | Fact::Doorbell(_)
            | Fact::Report(_)
            | Fact::HelpCall(_)
            | Fact::HelpEnd(_)
            | Fact::Letter(_)
    )
}

/// An office decides, gives out numbers, reminds of its notices, notes whom it told and closes comments.
const fn of_an_office(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Ruling(_) | Fact::Phones(_) | Fact::Reminder | Fact::Told(_) | Fact::Comments { .. }
    )
}

fn check_lane(header: &Header, lanes: &[(LaneClass, Cycle)]) -> Result<(), PlaceFault> {
    let lane = header.log().lane;
    if !lanes
        .iter()
        .any(|(class, cycle)| *class == lane.class && cycle.fits(&lane))
    {
        return Err(PlaceFault::Lane);
    }
    if header.sealed == lane.class.is_open() {
        return Err(PlaceFault::Seal);
    }
    Ok(())
}
