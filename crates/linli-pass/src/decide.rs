//! The gate's decision: a pure function of the scan, the gate's state and the time (pass.md §2).
//!
//! The checks run in the normative order and the first that fails gives the code; what fails after it is kept
//! in [`Decision::also`], so that a guard who may overrule one line has seen the others. Nothing personal is in
//! a decision before the signature has been verified: [`Decision::show`] is filled by `steps` alone.

mod beside;
mod signer;
mod steps;

#[cfg(test)]
mod tests;

use crate::codes::{Code, Verdict};
use crate::grant::{Cti, Kind};
use crate::pin::Pin;
use crate::plate::Plate;
use crate::reason::Reason;
use crate::state::{ClockState, GateState};
use crate::token::Token;
use linli_base::time::Moment;
use linli_base::{DeviceId, Private, UnixSec, hash};

/// Which lane the gate is looking at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lane {
    /// People on foot.
    #[default]
    Foot,
    /// Cars: the plate is looked at.
    Vehicle,
}

/// What came in front of the gate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Text of a code, from a camera, a picture or a keyboard.
    Text(String),
    /// A plate, read or typed.
    Plate {
        /// As read.
        read: String,
        /// Whether the reader is sure of it.
        sure: bool,
    },
    /// A short code.
    Code(String),
    /// Somebody without anything.
    WalkIn {
        /// Where they want to go.
        unit: Option<String>,
        /// What they are called.
        name: Option<String>,
    },
}

/// A scan with what the guard or the camera sees beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scan {
    /// The code, plate or person.
    pub what: What,
    /// The lane.
    pub lane: Lane,
    /// People besides the holder.
    pub companions: u8,
    /// The PIN, if one was typed.
    pub pin: Option<Pin>,
    /// The plate of the car in whose window the code is shown.
    pub plate_seen: Option<Private<String>>,
}

impl Scan {
    /// A scan on foot, alone, without a PIN.
    #[must_use]
    pub const fn of(what: What) -> Self {
        Self {
            what,
            lane: Lane::Foot,
            companions: 0,
            pin: None,
            plate_seen: None,
        }
    }

    /// A code's text, on foot.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(What::Text(text.into()))
    }

    /// What the log keeps of a scan: BLAKE3 of the text of a pass, and of a word and the normal form for a plate or
    /// short code. Equal for two showings of one code, however it was typed.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let text = match &self.what {
            What::Text(text) => text.trim().to_owned(),
            What::Plate { read, .. } => {
                let normal = Plate::parse(read).map(|p| p.as_str().to_owned());
                format!(
                    "plate {}",
                    normal.unwrap_or_else(|_| read.trim().to_owned())
                )
            }
            What::Code(code) => {
                let normal = crate::ShortCode::parse(code).map(|c| c.to_string());
                format!("code {}", normal.unwrap_or_else(|| code.trim().to_owned()))
            }
            What::WalkIn { unit, name } => format!("walk-in {unit:?} {name:?}"),
        };
        hash::blake3_raw(text.as_bytes())
    }

    /// Hash of everything that came with the code: equal only if nothing changed.
    pub(crate) fn inputs_hash(&self) -> [u8; 32] {
        let pin = self.pin.as_ref().map(Pin::reveal);
        let seen = self.plate_seen.as_ref().map(Private::reveal);
        let sure = matches!(self.what, What::Plate { sure: true, .. });
        let rest = format!(
            "{:?} {} {pin:?} {seen:?} {sure}",
            self.lane, self.companions
        );
        let mut bytes = self.hash().to_vec();
        bytes.extend_from_slice(rest.as_bytes());
        hash::blake3_raw(&bytes)
    }
}

/// The time of a decision: what the wall says, and a clock that never steps for everything that is counted in
/// seconds (repeats and locks).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    /// The own wall clock, right or wrong.
    pub wall: UnixSec,
    /// The monotonic clock.
    pub mono: Moment,
}

impl Now {
    /// A moment at which both clocks agree, for tests, vectors and the command line.
    #[must_use]
    pub const fn at(wall: UnixSec) -> Self {
        Self {
            wall,
            mono: Moment(wall.0.saturating_mul(1000)),
        }
    }
}

/// What the guard may see of a pass. Exists only after its signature was verified, or for a grant from the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Show {
    /// The label: `王*`.
    pub label: Option<Private<String>>,
    /// Where the visitor goes.
    pub unit: Option<Private<String>>,
    /// The plate on the pass.
    pub plate: Option<Plate>,
    /// Kind of visit.
    pub kind: Kind,
    /// Companions granted.
    pub companions: u8,
    /// Start of validity.
    pub from: UnixSec,
    /// End of validity.
    pub until: UnixSec,
    /// This entry and how many there are, when they are counted: "entry n of m" if it is admitted now.
    pub entry: Option<(u32, u32)>,
    /// The pass asks for a PIN, and something else was wrong before it came to that.
    pub pin_unasked: bool,
}

/// The gate's answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Admit, ask or deny.
    pub verdict: Verdict,
    /// Whether the gate opens, once the entry is durable: an admission that is not a repeat.
    pub opens: bool,
    /// Why: code, parameters and sentence.
    pub reason: Reason,
    /// What else is wrong, in the order of the checks: to be shown with an ASK.
    pub also: Vec<Reason>,
    /// Set when the clock cannot be relied on, or only just: a banner.
    pub clock: Option<ClockState>,
    /// What the guard may see.
    pub show: Option<Show>,
    /// The pass, when its signature was verified or the log knows it.
    pub cti: Option<Cti>,
    /// The device whose key signed it.
    pub signer: Option<DeviceId>,
    /// What the log keeps of the scan.
    pub scan: [u8; 32],
}

impl Decision {
    /// The code; none for a plain admission, a walk-in and two passes with one short code.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        self.reason.code()
    }

    /// Step 16, for the driver: the entry could not be written, so an admission becomes a question.
    #[must_use]
    pub fn not_logged(mut self) -> Self {
        if self.opens {
            self.verdict = Verdict::Ask;
            self.opens = false;
            self.reason = Reason::Log;
        }
        self
    }

    fn new(scan: &Scan, reason: Reason) -> Self {
        let verdict = reason.verdict();
        Self {
            verdict,
            opens: verdict == Verdict::Admit,
            reason,
            also: Vec::new(),
            clock: None,
            show: None,
            cti: None,
            signer: None,
            scan: scan.hash(),
        }
    }
}

/// Decides a scan. Reads the state and changes nothing: give the answer to [`GateState::remember`] afterwards.
///
/// Takes about 150 us; about 100 ms more when a PIN is checked, which happens only if everything else is right.
#[must_use]
pub fn decide(scan: &Scan, gate: &GateState, now: Now) -> Decision {
    if let Some(last) = gate.tries.repeated(scan, now) {
        return Decision {
            reason: Reason::Repeat(Box::new(last.reason.clone())),
            opens: false,
            ..last.clone()
        };
    }
    let time = gate.clock.judge(now.wall);
    let mut decision = match &scan.what {
        What::Text(text) => by_text(text, scan, gate, now),
        What::Plate { read, sure } => beside::plate(read, *sure, scan, gate, now),
        What::Code(code) => beside::code(code, scan, gate, now),
        What::WalkIn { unit, name } => {
            beside::walk_in(unit.as_deref(), name.as_deref(), scan, gate)
        }
    };
    decision.clock = (time.state != ClockState::Good).then_some(time.state);
    decision
}

/// Steps 1 to 6 for a token, then the rest.
fn by_text(text: &str, scan: &Scan, gate: &GateState, now: Now) -> Decision {
    let token = match Token::read(text) {
        Ok(token) => token,
        Err(error) => return Decision::new(scan, Reason::Token(error)),
    };
    let time = gate.clock.judge(now.wall);
    let (grant, signer) = match signer::find(&token, gate, &time) {
        Ok(found) => found,
        Err(reason) => return Decision::new(scan, reason),
    };
    // The log vouches for a place in time only if it holds the very same claims from the very same key.
    let known = gate
        .grants
        .get(&grant.cti, &signer.claims.device)
        .filter(|k| k.grant == *grant);
    let bearer = steps::Bearer {
        grant,
        signer: &signer.claims,
        unheard: signer.unheard,
        place: known.map(|k| &k.place),
        by_plate: None,
        resident: false,
    };
    steps::judge(&bearer, scan, gate, now)
}
