//! What a gate writes: its decisions, departures, overrides, and the counts it carries into a new month.

use super::codec::opt_text;
use crate::schema::{GATE_NO_MAX, LABEL_CHARS, NOTE_CHARS, NUMBER_CHARS, SEC_MAX, UNIT_CHARS};
use linli_base::cbor::{Fields, ShapeError, Value};
use linli_base::{EntryId, Private};

/// Longest code of a decision (`E_ISSUER_UNKNOWN`) with room.
const CODE_MAX: usize = 32;
/// Results up to this number stand in fact 8; a fact never gains a value, so the newer ones stand in fact 10.
const OLD_RESULTS: u64 = 5;
/// Results up to this number, and fields up to 17, stand in fact 10; what is newer stands in fact 11.
const NEWER_RESULTS: u64 = 11;

/// What came of it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
pub enum GateResult {
    /// 1: let in.
    Admit,
    /// 2: the guard was asked.
    Ask,
    /// 3: not let in.
    Deny,
    /// 4: left.
    Exit,
    /// 5: the guard let somebody in against or without an answer.
    Override,
    /// 6: somebody without a pass asks to be let in; the guard decides.
    WalkIn,
    /// 7: opened for everybody: fire, ambulance. It stays open until the next [`Self::Closed`].
    OpenAll,
    /// 8: shut again after it was open for everybody.
    Closed,
    /// 9: the guard takes a wrong click back. It gives no use back: only the list of who is inside follows it.
    Corrected,
    /// 10: a guard takes over.
    HandOver,
    /// 11: the home gate hands one entry of a counted pass to another gate (pass.md §3).
    Transfer,
    /// 12: refusals that were counted and not listed one by one, because there were too many in a minute.
    Refused,
}

/// One line of a gate's log; its id is the id of its entry.
///
/// It holds what the guard saw, never a resident's name or phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GateEvent {
    /// When, by the gate's clock, Unix seconds.
    pub at_s: u64,
    /// The gate's number, 0 to 63.
    pub gate: u8,
    /// What came of it.
    pub result: GateResult,
    /// The code of the answer, `E_USED`; none on a plain admission.
    pub code: Option<String>,
    /// The pass.
    pub cti: Option<[u8; 12]>,
    /// Entries counted at this gate after this one.
    pub uses_after: Option<u32>,
    /// Whom it is to.
    pub unit: Option<Private<String>>,
    /// The label on the pass.
    pub label: Option<Private<String>>,
    /// The plate.
    pub plate: Option<Private<String>>,
    /// BLAKE3 of what was scanned or typed, so that a refusal leaves no token behind. None where nothing was
    /// scanned (a walk-in, an override).
    pub scan_hash: Option<[u8; 32]>,
    /// The guard's badge, on an override.
    pub badge: Option<String>,
    /// The guard's reason, on an override.
    pub reason: Option<Private<String>>,
    /// The earlier event this one is about: the one that was overridden or corrected, or the entry that an exit ends.
    pub about: Option<EntryId>,
    /// Entries that the pass allows, when they are counted; never 0.
    pub entries: Option<u8>,
    /// The nonce of a hand-over between gates: the home gate's entry and the other gate's name the same use.
    pub nonce: Option<[u8; 16]>,
    /// People with the holder, as the guard saw them; never 0.
    pub companions: Option<u8>,
    /// When the pass ends, Unix seconds: who is inside after that overstays.
    pub until_s: Option<u64>,
    /// When somebody who comes for a moment, a courier, should have left, Unix seconds: no later than the pass ends.
    pub leave_by_s: Option<u64>,
    /// How many refusals a [`GateResult::Refused`] stands for; never 0.
    pub count: Option<u32>,
    /// When the first of them was, Unix seconds; `at_s` is when the last was.
    pub since_s: Option<u64>,
}

/// Entries of one pass spent before this month.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Spend {
    /// The pass.
    pub cti: [u8; 12],
    /// Entries counted at this gate.
    pub count: u32,
    /// When the pass ends, Unix seconds; afterwards nobody needs the count.
    pub exp_s: u64,
}

impl GateEvent {
    /// An event with nothing but a moment, a gate and a result; set what else is known.
    #[must_use]
    pub const fn new(at_s: u64, gate: u8, result: GateResult) -> Self {
        Self {
            at_s,
            gate,
            result,
            code: None,
            cti: None,
            uses_after: None,
            unit: None,
            label: None,
            plate: None,
            scan_hash: None,
            badge: None,
            reason: None,
            about: None,
            entries: None,
            nonce: None,
            companions: None,
            until_s: None,
            leave_by_s: None,
            count: None,
            since_s: None,
        }
    }

    /// The number of the fact it is written as: 8 for what the first version knew, 10 for what the second knew, 11
    /// for counted refusals, 25 for what says when somebody should have left. No event is both of the last two.
    const fn fact_number(&self) -> u64 {
        if self.leave_by_s.is_some() {
            return 25;
        }
        if self.result.number() > NEWER_RESULTS || self.count.is_some() || self.since_s.is_some() {
            return 11;
        }
        let newer = self.result.number() > OLD_RESULTS
            || self.entries.is_some()
            || self.nonce.is_some()
            || self.companions.is_some()
            || self.until_s.is_some();
        if newer { 10 } else { 8 }
    }
}

impl GateResult {
    /// Every result, in the order of their numbers.
    pub const ALL: [Self; 12] = [
        Self::Admit,
        Self::Ask,
        Self::Deny,
        Self::Exit,
        Self::Override,
        Self::WalkIn,
        Self::OpenAll,
        Self::Closed,
        Self::Corrected,
        Self::HandOver,
        Self::Transfer,
        Self::Refused,
    ];

    /// The word that answers and exports carry: `ADMIT`, `OPEN_ALL`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admit => "ADMIT",
            Self::Ask => "ASK",
            Self::Deny => "DENY",
            Self::Exit => "EXIT",
            Self::Override => "OVERRIDE",
            Self::WalkIn => "WALK_IN",
            Self::OpenAll => "OPEN_ALL",
            Self::Closed => "CLOSED",
            Self::Corrected => "CORRECTED",
            Self::HandOver => "HAND_OVER",
            Self::Transfer => "TRANSFER",
            Self::Refused => "REFUSED",
        }
    }

    const fn number(self) -> u64 {
        match self {
            Self::Admit => 1,
            Self::Ask => 2,
            Self::Deny => 3,
            Self::Exit => 4,
            Self::Override => 5,
            Self::WalkIn => 6,
            Self::OpenAll => 7,
            Self::Closed => 8,
            Self::Corrected => 9,
            Self::HandOver => 10,
            Self::Transfer => 11,
            Self::Refused => 12,
        }
    }

    fn from_number(number: u64) -> Result<Self, ShapeError> {
        Self::ALL
            .into_iter()
            .find(|result| result.number() == number)
            .ok_or_else(|| ShapeError::new(3, "is not a result"))
    }
}

pub(super) fn write_event(event: &GateEvent) -> Value {
    let text =
        |text: &Option<Private<String>>| text.as_ref().map(|text| Value::text(text.reveal()));
    Value::map(vec![
        (0, Some(Value::Uint(event.fact_number()))),
        (1, Some(Value::Uint(event.at_s))),
        (2, Some(Value::Uint(u64::from(event.gate)))),
        (3, Some(Value::Uint(event.result.number()))),
        (4, event.code.as_ref().map(Value::text)),
        (5, event.cti.map(|cti| Value::bytes(&cti))),
        (6, event.uses_after.map(|uses| Value::Uint(u64::from(uses)))),
        (7, text(&event.unit)),
        (8, text(&event.label)),
        (9, text(&event.plate)),
        (10, event.scan_hash.map(|hash| Value::bytes(&hash))),
        (11, event.badge.as_ref().map(Value::text)),
        (12, text(&event.reason)),
        (13, event.about.map(|id| Value::bytes(&id.0))),
        (14, event.entries.map(|n| Value::Uint(u64::from(n)))),
        (15, event.nonce.map(|nonce| Value::bytes(&nonce))),
        (16, event.companions.map(|n| Value::Uint(u64::from(n)))),
        (17, event.until_s.map(Value::Uint)),
        (18, event.count.map(|n| Value::Uint(u64::from(n)))),
        (19, event.since_s.map(Value::Uint)),
        (20, event.leave_by_s.map(Value::Uint)),
    ])
}

/// Reads a gate event that is written as fact `number`: 8, 10, 11 or 25. One event has one number.
pub(super) fn read_event(fields: &mut Fields, number: u64) -> Result<GateEvent, ShapeError> {
    let private = |fields: &mut Fields, key, max| -> Result<_, ShapeError> {
        Ok(opt_text(fields, key, max, false)?.map(Private::new))
    };
    let mut event = GateEvent {
        at_s: up_to(fields.uint(1)?, 1, SEC_MAX)?,
        gate: narrow(up_to(fields.uint(2)?, 2, GATE_NO_MAX)?, 2)?,
        result: GateResult::from_number(fields.uint(3)?)?,
        code: code(fields, 4)?,
        cti: fields.opt_array(5)?,
        uses_after: fields
            .opt_uint(6)?
            .map(|uses| narrow(uses, 6))
            .transpose()?,
        unit: private(fields, 7, UNIT_CHARS)?,
        label: private(fields, 8, LABEL_CHARS)?,
        plate: private(fields, 9, NUMBER_CHARS)?,
        scan_hash: fields.opt_array(10)?,
        badge: opt_text(fields, 11, NUMBER_CHARS, false)?,
        reason: opt_text(fields, 12, NOTE_CHARS, true)?.map(Private::new),
        about: fields.opt_array(13)?.map(EntryId),
        entries: None,
        nonce: None,
        companions: None,
        until_s: None,
        leave_by_s: None,
        count: None,
        since_s: None,
    };
    if number >= 10 {
        event.entries = positive(fields, 14)?;
        event.nonce = fields.opt_array(15)?;
        event.companions = positive(fields, 16)?;
        event.until_s = fields
            .opt_uint(17)?
            .map(|at| up_to(at, 17, SEC_MAX))
            .transpose()?;
    }
    if number == 11 {
        event.count = positive(fields, 18)?;
        event.since_s = fields
            .opt_uint(19)?
            .map(|at| up_to(at, 19, SEC_MAX))
            .transpose()?;
    }
    if number == 25 {
        event.leave_by_s = Some(up_to(fields.uint(20)?, 20, SEC_MAX)?);
    }
    if event.fact_number() == number {
        Ok(event)
    } else {
        Err(ShapeError::new(0, "is not the number of such an event"))
    }
}

/// A count that is only written when there is something to count.
pub(super) fn positive<T: TryFrom<u64>>(
    fields: &mut Fields,
    key: i64,
) -> Result<Option<T>, ShapeError> {
    match fields.opt_uint(key)? {
        None => Ok(None),
        Some(0) => Err(ShapeError::new(key, "is zero")),
        Some(count) => narrow(count, key).map(Some),
    }
}

/// Codes are our own words: capitals, digits and underscores.
pub(super) fn code(fields: &mut Fields, key: i64) -> Result<Option<String>, ShapeError> {
    let code = fields.opt_text(key)?;
    let sound = |code: &String| {
        (1..=CODE_MAX).contains(&code.len())
            && code
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    match &code {
        Some(text) if !sound(text) => Err(ShapeError::new(key, "is not a code")),
        _ => Ok(code),
    }
}

pub(super) fn write_spend(spend: &Spend) -> Value {
    Value::Array(vec![
        Value::bytes(&spend.cti),
        Value::Uint(u64::from(spend.count)),
        Value::Uint(spend.exp_s),
    ])
}

pub(super) fn read_spend(value: Value) -> Result<Spend, ShapeError> {
    let wrong = || ShapeError::new(1, "is not a pass, a count and an end");
    let [cti, count, exp]: [Value; 3] = value.into_list(1)?.try_into().map_err(|_| wrong())?;
    Ok(Spend {
        cti: cti.into_array(1)?,
        count: narrow(count.as_uint(1)?, 1)?,
        exp_s: up_to(exp.as_uint(1)?, 1, SEC_MAX)?,
    })
}

pub(super) fn up_to(number: u64, key: i64, max: u64) -> Result<u64, ShapeError> {
    if number <= max {
        Ok(number)
    } else {
        Err(ShapeError::new(key, "is too high"))
    }
}

pub(super) fn narrow<T: TryFrom<u64>>(number: u64, key: i64) -> Result<T, ShapeError> {
    T::try_from(number).map_err(|_| ShapeError::new(key, "is too high"))
}
