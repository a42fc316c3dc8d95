//! Whom a gate must not let in, and whom it calls: refusal lists, the ring at a household's devices, the answer.
//!
//! What says something about a person is sealed wherever it stands: to the gates' scope (gates and the property
//! desk), and for a household also to its own devices. A refusal names no unit: it is that of whoever wrote it.

use super::codec::opt_text;
use super::gate::{code, narrow, positive, up_to};
use crate::schema::{GATE_NO_MAX, LABEL_CHARS, NUMBER_CHARS, SEC_MAX, UNIT_CHARS};
use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::{DeviceId, EntryId, Private};

/// Longest reason of a refusal, in characters.
pub const REFUSAL_REASON_CHARS: usize = 200;
/// Most devices an order names.
pub const DOORBELL_DEVICES: usize = 16;
/// How long one device may ring, seconds.
pub const RING_S: std::ops::RangeInclusive<u64> = 5..=120;
/// How long one device rings where its household has not said otherwise, seconds.
pub const RING_DEFAULT_S: u8 = 55;

/// A line of a refusal list: at least a plate or a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Random; the copy for the household and the end of it name the same.
    pub id: [u8; 16],
    /// A plate, normalised.
    pub plate: Option<Private<String>>,
    /// A name, exactly as a pass or the guard writes it.
    pub name: Option<Private<String>>,
    /// Why, for those who keep the list.
    pub reason: Option<Private<String>>,
}

/// How far a call to a household is.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
pub enum RingStep {
    /// 1: a device rings.
    Rings,
    /// 2: a device said: let in.
    Admit,
    /// 3: a device said: do not let in.
    Refuse,
    /// 4: every device rang, nobody answered; the guard decides.
    NoAnswer,
    /// 5: no device was reached; the guard decides.
    NotReached,
    /// 6: the guard has decided; nobody need answer any more.
    Decided,
}

/// A gate calls a household about somebody who stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ring {
    /// When, by the gate's clock, Unix seconds.
    pub at_s: u64,
    /// The gate's number.
    pub gate: u8,
    /// How far it is.
    pub step: RingStep,
    /// The line of the gate's log that it is about.
    pub about: EntryId,
    /// The device that rings or answered; with steps 1 to 3 only, and always.
    pub device: Option<DeviceId>,
    /// How long it rings, seconds; with step 1 only, and always.
    pub for_s: Option<u8>,
    /// Where they want to go.
    pub unit: Option<Private<String>>,
    /// What they say they are called.
    pub name: Option<Private<String>>,
    /// People with them; never 0.
    pub companions: Option<u8>,
    /// They say that they live there.
    pub resident: bool,
    /// The plate of the pass that was shown, or the one that was seen.
    pub plate: Option<Private<String>>,
    /// Why the gate asks about a pass or a plate: the code of its answer, `E_COMPANIONS`.
    pub code: Option<String>,
    /// The pass that was shown.
    pub cti: Option<[u8; 12]>,
}

impl Ring {
    /// Does it say what a ring of the first kind cannot?
    const fn is_about_a_pass(&self) -> bool {
        self.plate.is_some() || self.code.is_some() || self.cti.is_some()
    }
}

/// A household's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RingAnswer {
    /// The line of the gate's log.
    pub about: EntryId,
    /// Whether to let in.
    pub admit: bool,
}

/// Most answers that one statement says again.
pub const SAID_ANSWERS: usize = 16;

/// The payload of a `ring` statement, before it is sealed: the newest answers of a device that may not grant, newest
/// first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SaidAnswers(pub Vec<(RingAnswer, u64)>);

impl SaidAnswers {
    /// The payload; what is too much is left out from the end.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let item = |(answer, at): &(RingAnswer, u64)| {
            Value::Array(vec![
                Value::bytes(&answer.about.0),
                Value::Bool(answer.admit),
                Value::Uint(*at),
            ])
        };
        let list = self.0.iter().take(SAID_ANSWERS).map(item).collect();
        Value::map(vec![
            (0, Some(Value::Uint(1))),
            (1, Some(Value::Array(list))),
        ])
        .encode()
    }

    /// Reads [`Self::encode`]; `None` for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(cbor::decode(bytes, 4).ok()?).ok()?;
        let (version, list) = (fields.uint(0).ok()?, fields.list(1).ok()?);
        fields.finish().ok()?;
        if version != 1 || !(1..=SAID_ANSWERS).contains(&list.len()) {
            return None;
        }
        let item = |value: Value| {
            let [about, admit, at]: [Value; 3] = value.into_list(1).ok()?.try_into().ok()?;
            let answer = RingAnswer {
                about: EntryId(about.into_array(1).ok()?),
                admit: super::codec::boolean(admit, 1).ok()?,
            };
            Some((answer, at.as_uint(1).ok()?))
        };
        list.into_iter().map(item).collect::<Option<_>>().map(Self)
    }
}

/// How a household wants to be called. Its latest counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doorbell {
    /// Devices in their order, each once; what is not named comes after.
    pub order: Vec<DeviceId>,
    /// How long each rings, seconds, 5 to 120.
    pub seconds: u8,
}

impl RingStep {
    const ALL: [Self; 6] = [
        Self::Rings,
        Self::Admit,
        Self::Refuse,
        Self::NoAnswer,
        Self::NotReached,
        Self::Decided,
    ];

    /// The word that answers carry.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rings => "RINGS",
            Self::Admit => "ADMIT",
            Self::Refuse => "REFUSE",
            Self::NoAnswer => "NO_ANSWER",
            Self::NotReached => "NOT_REACHED",
            Self::Decided => "DECIDED",
        }
    }

    const fn number(self) -> u64 {
        match self {
            Self::Rings => 1,
            Self::Admit => 2,
            Self::Refuse => 3,
            Self::NoAnswer => 4,
            Self::NotReached => 5,
            Self::Decided => 6,
        }
    }

    const fn names_device(self) -> bool {
        matches!(self, Self::Rings | Self::Admit | Self::Refuse)
    }
}

fn text(text: &Option<Private<String>>) -> Option<Value> {
    text.as_ref().map(|text| Value::text(text.reveal()))
}

fn line(fields: &mut Fields, key: i64, max: usize) -> Result<Option<Private<String>>, ShapeError> {
    Ok(opt_text(fields, key, max, false)?.map(Private::new))
}

pub(super) fn write_refusal(refusal: &Refusal) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(20))),
        (1, Some(Value::bytes(&refusal.id))),
        (2, text(&refusal.plate)),
        (3, text(&refusal.name)),
        (4, text(&refusal.reason)),
    ])
}

pub(super) fn read_refusal(fields: &mut Fields) -> Result<Refusal, ShapeError> {
    let refusal = Refusal {
        id: fields.array(1)?,
        plate: line(fields, 2, NUMBER_CHARS)?,
        name: line(fields, 3, LABEL_CHARS)?,
        reason: line(fields, 4, REFUSAL_REASON_CHARS)?,
    };
    if refusal.plate.is_none() && refusal.name.is_none() {
        return Err(ShapeError::new(2, "names nobody"));
    }
    Ok(refusal)
}

pub(super) fn write_ring(ring: &Ring) -> Value {
    let number = if ring.is_about_a_pass() { 37 } else { 22 };
    Value::map(vec![
        (0, Some(Value::Uint(number))),
        (1, Some(Value::Uint(ring.at_s))),
        (2, Some(Value::Uint(u64::from(ring.gate)))),
        (3, Some(Value::Uint(ring.step.number()))),
        (4, Some(Value::bytes(&ring.about.0))),
        (5, ring.device.map(|id| Value::bytes(&id.0))),
        (6, ring.for_s.map(|s| Value::Uint(u64::from(s)))),
        (7, text(&ring.unit)),
        (8, text(&ring.name)),
        (9, ring.companions.map(|n| Value::Uint(u64::from(n)))),
        (10, ring.resident.then_some(Value::Bool(true))),
        (11, text(&ring.plate)),
        (12, ring.code.as_ref().map(Value::text)),
        (13, ring.cti.map(|cti| Value::bytes(&cti))),
    ])
}

pub(super) fn read_ring(fields: &mut Fields, number: u64) -> Result<Ring, ShapeError> {
    let step = fields.uint(3)?;
    let step = RingStep::ALL
        .into_iter()
        .find(|known| known.number() == step)
        .ok_or_else(|| ShapeError::new(3, "is not a step"))?;
    let mut ring = Ring {
        at_s: up_to(fields.uint(1)?, 1, SEC_MAX)?,
        gate: narrow(up_to(fields.uint(2)?, 2, GATE_NO_MAX)?, 2)?,
        step,
        about: EntryId(fields.array(4)?),
        device: fields.opt_array(5)?.map(DeviceId),
        for_s: fields.opt_uint(6)?.map(|s| seconds(s, 6)).transpose()?,
        unit: line(fields, 7, UNIT_CHARS)?,
        name: line(fields, 8, LABEL_CHARS)?,
        companions: positive(fields, 9)?,
        resident: said_true(fields, 10)?,
        plate: None,
        code: None,
        cti: None,
    };
    if number == 37 {
        ring.plate = line(fields, 11, NUMBER_CHARS)?;
        ring.code = code(fields, 12)?;
        ring.cti = fields.opt_array(13)?;
        if !ring.is_about_a_pass() {
            return Err(ShapeError::new(0, "has an earlier number"));
        }
    }
    if ring.device.is_some() != step.names_device() {
        return Err(ShapeError::new(5, "stands with a device's step alone"));
    }
    if ring.for_s.is_some() != (step == RingStep::Rings) {
        return Err(ShapeError::new(6, "stands with a ring alone"));
    }
    Ok(ring)
}

/// Written only where it holds.
pub(super) fn said_true(fields: &mut Fields, key: i64) -> Result<bool, ShapeError> {
    match fields.take(key) {
        None => Ok(false),
        Some(Value::Bool(true)) => Ok(true),
        Some(_) => Err(ShapeError::new(key, "stands where it holds alone")),
    }
}

fn seconds(number: u64, key: i64) -> Result<u8, ShapeError> {
    if RING_S.contains(&number) {
        narrow(number, key)
    } else {
        Err(ShapeError::new(key, "is not 5 to 120 seconds"))
    }
}

pub(super) fn write_answer(answer: RingAnswer) -> Value {
    Value::map(vec![
        (0, Some(Value::Uint(23))),
        (1, Some(Value::bytes(&answer.about.0))),
        (2, Some(Value::Bool(answer.admit))),
    ])
}

pub(super) fn read_answer(fields: &mut Fields) -> Result<RingAnswer, ShapeError> {
    Ok(RingAnswer {
        about: EntryId(fields.array(1)?),
        admit: super::codec::boolean(fields.need(2)?, 2)?,
    })
}

pub(super) fn write_doorbell(bell: &Doorbell) -> Value {
    let order = bell.order.iter().map(|id| Value::bytes(&id.0)).collect();
    Value::map(vec![
        (0, Some(Value::Uint(24))),
        (1, Some(Value::Array(order))),
        (2, Some(Value::Uint(u64::from(bell.seconds)))),
    ])
}

pub(super) fn read_doorbell(fields: &mut Fields) -> Result<Doorbell, ShapeError> {
    let list = fields.list(1)?;
    if list.len() > DOORBELL_DEVICES {
        return Err(ShapeError::new(1, "is too long"));
    }
    let mut order: Vec<DeviceId> = Vec::with_capacity(list.len());
    for value in list {
        let device = DeviceId(value.into_array(1)?);
        if order.contains(&device) {
            return Err(ShapeError::new(1, "names a device twice"));
        }
        order.push(device);
    }
    Ok(Doorbell {
        order,
        seconds: seconds(fields.uint(2)?, 2)?,
    })
}
