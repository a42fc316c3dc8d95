//! Why the gate answers as it does: a code with its parameters, and the sentence a guard reads.
//!
//! A sentence says what happened and what to do next. Times are local to the community; what is personal in a
//! reason (a plate) is only ever there when the step that allows showing it has passed.

mod en;
mod zh;

#[cfg(test)]
mod tests;

use crate::codes::{Code, Verdict};
use crate::plate::{Near, Plate};
use crate::token::TokenError;
use linli_base::{Private, UnixSec, UtcOffset};
use std::collections::BTreeMap;

/// The languages that sentences exist in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// 简体中文, the source.
    ZhCn,
    /// English.
    En,
}

/// What a sentence needs to know about where and when it is read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Language.
    pub lang: Lang,
    /// The community's offset.
    pub offset: UtcOffset,
    /// Now.
    pub now: UnixSec,
    /// Names of the gates by number; a gate without a name is called by its number.
    pub gates: &'a BTreeMap<u8, String>,
}

/// Whether times are about the pass or about the certificate of the device that signed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// The pass itself.
    Pass,
    /// The certificate: the pass would be good if the device renewed it.
    Certificate,
}

/// What is wrong with a certificate that came along.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChainFault {
    /// Not a certificate.
    Form,
    /// Its signature is not the issuing key's.
    Signature,
    /// Not valid now.
    Time,
    /// Its key does not fit the pass.
    Kid,
    /// Of another community.
    Community,
    /// Outside the scope of the issuing key.
    Scope,
    /// The issuer's log, held here, has no such enrolment.
    NotEnrolled,
}

/// What is wrong with a PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinFault {
    /// The pass has one and none was typed; not a try.
    Missing,
    /// Not the right one.
    Wrong {
        /// Tries left after this one.
        left: u8,
    },
    /// Locked at this gate.
    Locked {
        /// Seconds until it opens again.
        wait_s: u64,
    },
    /// The gate's computer had no memory to check it; not a try.
    NoMemory,
}

/// A finding of the gate. [`Reason::code`] and [`Reason::verdict`] follow from it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// May enter.
    Admit {
        /// This entry and how many there are, when they are counted.
        entry: Option<(u32, u32)>,
        /// The gate knows the device by its certificate alone.
        unheard: bool,
    },
    /// Somebody without a pass.
    NoPass,
    /// Two passes known here have this short code.
    CodeTwice,
    /// Steps 1 to 4.
    Token(TokenError),
    /// The pass is bound to the holder's device, which this gate cannot check yet.
    HolderBound,
    /// Step 5.
    KeyUnknown,
    /// Step 5.
    Chain(ChainFault),
    /// Step 5.
    IssuerUnknown,
    /// Step 5.
    WeakKey,
    /// Step 6.
    Sig,
    /// Step 7.
    Role,
    /// Step 7.
    Held {
        /// Logged at or below the heads the hold names: issued before it.
        before: bool,
    },
    /// Step 7.
    Revoked,
    /// Step 7.
    Retired,
    /// Step 8.
    Iss,
    /// Step 8.
    Aud {
        /// The gates of this community it is meant for; empty = another community.
        gates: Vec<u8>,
    },
    /// Step 8.
    NotYet {
        /// Start of validity.
        from: UnixSec,
        /// Of what.
        of: Of,
    },
    /// Step 8.
    Expired {
        /// End of validity.
        since: UnixSec,
        /// Of what.
        of: Of,
        /// Judged against the floor, because the own clock cannot be relied on.
        by_floor: bool,
    },
    /// Step 8.
    TooLong {
        /// Life of the pass, seconds.
        life_s: u64,
        /// Longest allowed, seconds.
        max_s: u64,
    },
    /// Step 9.
    Window {
        /// The next opening before it expires.
        next: Option<UnixSec>,
    },
    /// Step 9.
    Gate {
        /// The gates it is good for.
        gates: Vec<u8>,
    },
    /// Step 10.
    Cancelled {
        /// When, if it is known.
        at: Option<UnixSec>,
        /// By "cancel all".
        all: bool,
    },
    /// Step 11.
    Plate {
        /// On the pass.
        granted: Plate,
        /// Read at the gate, if anything was.
        seen: Option<Private<String>>,
    },
    /// Step 12.
    Used {
        /// The last use.
        at: Option<UnixSec>,
        /// Where.
        gate: Option<u8>,
        /// Entries allowed.
        entries: u32,
    },
    /// Step 12.
    Away {
        /// The gate that counts.
        home: u8,
        /// It is this gate, but with a device that took over after the pass was issued.
        took_over: bool,
    },
    /// Step 13.
    Companions {
        /// Granted.
        granted: u8,
        /// Seen.
        seen: u8,
    },
    /// Step 14.
    Pin(PinFault),
    /// Step 15.
    Clock,
    /// Step 15.
    Stale {
        /// Age of the cancellations known here, seconds.
        age_s: u64,
    },
    /// Step 16.
    Log,
    /// Refusal list.
    Listed {
        /// Of the whole estate, not one unit.
        estate: bool,
    },
    /// Nothing known about the plate.
    PlateUnknown {
        /// As read.
        read: Private<String>,
    },
    /// Close to one booked plate, or read with doubt.
    PlateNear {
        /// As read.
        read: Plate,
        /// As booked.
        booked: Plate,
        /// How they differ; `None` when only the reading is in doubt.
        near: Option<Near>,
    },
    /// Marked as inside.
    Inside {
        /// Since when.
        since: UnixSec,
    },
    /// No such short code.
    CodeUnknown,
    /// Locked after wrong codes.
    CodeLocked {
        /// Seconds until it opens again.
        wait_s: u64,
    },
    /// The same again.
    Repeat(Box<Reason>),
}

impl Reason {
    /// The code; none for a plain admission, a walk-in and two passes with one short code.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        Some(match self {
            Self::Admit { .. } | Self::NoPass | Self::CodeTwice => return None,
            Self::Token(error) => error.code(),
            Self::HolderBound => Code::Version,
            Self::KeyUnknown => Code::KeyUnknown,
            Self::Chain(_) => Code::Chain,
            Self::IssuerUnknown => Code::IssuerUnknown,
            Self::WeakKey => Code::WeakKey,
            Self::Sig => Code::Sig,
            Self::Role => Code::Role,
            Self::Held { .. } => Code::Held,
            Self::Revoked => Code::Revoked,
            Self::Retired => Code::Retired,
            Self::Iss => Code::Iss,
            Self::Aud { .. } => Code::Aud,
            Self::NotYet { .. } => Code::NotYet,
            Self::Expired { .. } => Code::Expired,
            Self::TooLong { .. } => Code::TooLong,
            Self::Window { .. } => Code::Window,
            Self::Gate { .. } => Code::Gate,
            Self::Cancelled { .. } => Code::Cancelled,
            Self::Plate { .. } => Code::Plate,
            Self::Used { .. } => Code::Used,
            Self::Away { .. } => Code::Away,
            Self::Companions { .. } => Code::Companions,
            Self::Pin(_) => Code::Pin,
            Self::Clock => Code::Clock,
            Self::Stale { .. } => Code::Stale,
            Self::Log => Code::Log,
            Self::Listed { .. } => Code::Listed,
            Self::PlateUnknown { .. } => Code::PlateUnknown,
            Self::PlateNear { .. } => Code::PlateNear,
            Self::Inside { .. } => Code::Inside,
            Self::CodeUnknown => Code::CodeUnknown,
            Self::CodeLocked { .. } => Code::CodeLocked,
            Self::Repeat(_) => Code::Repeat,
        })
    }

    /// The result that goes with it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Admit { .. } => Verdict::Admit,
            Self::NoPass | Self::CodeTwice | Self::Held { before: true } => Verdict::Ask,
            Self::Held { before: false } => Verdict::Deny,
            Self::Repeat(what) => what.verdict(),
            other => other
                .code()
                .map_or(Verdict::Deny, |code| code.verdicts()[0]),
        }
    }

    /// The line the guard reads.
    #[must_use]
    pub fn sentence(&self, setting: &Setting<'_>) -> String {
        match setting.lang {
            Lang::ZhCn => zh::sentence(self, setting),
            Lang::En => en::sentence(self, setting),
        }
    }
}

/// Hours and minutes of a length of time, rounded down: what both languages count in.
fn hours_minutes(seconds: u64) -> (u64, u64) {
    (seconds / 3600, seconds / 60 % 60)
}
