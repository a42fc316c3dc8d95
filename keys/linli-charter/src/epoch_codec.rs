//! Epochs as deterministic CBOR; the CDDL is in `docs/formats/epoch.md`.

use crate::act::Cut;
use crate::epoch::{
    DeviceCut, Epoch, Gate, IssuingKey, Limits, Member, Office, RoleGrant, Subtree,
};
use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::limits::{CBOR_DEPTH, EPOCH_ITEMS_MAX, EPOCH_MAX};
use linli_base::{DeviceId, EntryId, EpochId, PrincipalId, ScopeId, UtcOffset};

impl Epoch {
    /// The payload bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let list = |items: Vec<Value>| (!items.is_empty()).then_some(Value::Array(items));
        let bytes = |b: &[u8]| Some(Value::bytes(b));
        let texts = |t: &[String]| list(t.iter().map(Value::text).collect());
        Value::map(vec![
            (0, Some(Value::Uint(1))),
            (1, Some(Value::Uint(self.number.into()))),
            (
                2,
                (!self.prev.is_zero()).then(|| Value::bytes(&self.prev.0)),
            ),
            (3, Some(Value::text(&self.name))),
            (4, Some(Value::int(self.offset.minutes().into()))),
            (
                5,
                list(
                    self.members
                        .iter()
                        .map(|m| {
                            Value::Array(vec![Value::bytes(&m.day.0), Value::bytes(&m.paper.0)])
                        })
                        .collect(),
                ),
            ),
            (6, Some(Value::Uint(self.threshold.into()))),
            (
                7,
                list(
                    self.issuing
                        .iter()
                        .map(|k| {
                            Value::map(vec![
                                (1, bytes(&k.device.0)),
                                (2, texts(&k.buildings)),
                                (3, Some(Value::Bool(k.machines))),
                            ])
                        })
                        .collect(),
                ),
            ),
            (
                8,
                list(
                    self.offices
                        .iter()
                        .map(|o| {
                            Value::map(vec![
                                (1, bytes(&o.principal.0)),
                                (2, Some(Value::text(&o.name))),
                            ])
                        })
                        .collect(),
                ),
            ),
            (
                9,
                list(
                    self.roles
                        .iter()
                        .map(|r| {
                            Value::map(vec![
                                (1, bytes(&r.device.0)),
                                (2, Some(Value::Uint(r.bits))),
                            ])
                        })
                        .collect(),
                ),
            ),
            (
                10,
                list(
                    self.gates
                        .iter()
                        .map(|g| {
                            Value::map(vec![
                                (1, Some(Value::Uint(g.number.into()))),
                                (2, Some(Value::text(&g.name))),
                                (3, g.device.map(|d| Value::bytes(&d.0))),
                            ])
                        })
                        .collect(),
                ),
            ),
            (11, Some(self.limits.encode())),
            (
                12,
                list(
                    self.cuts
                        .iter()
                        .map(|c| {
                            Value::map(vec![
                                (1, bytes(&c.device.0)),
                                (2, list(c.heads.iter().map(Cut::encode).collect())),
                            ])
                        })
                        .collect(),
                ),
            ),
            (
                13,
                list(self.retired.iter().map(|p| Value::bytes(&p.0)).collect()),
            ),
            (
                14,
                list(
                    self.ended_holds
                        .iter()
                        .map(|e| Value::bytes(&e.0))
                        .collect(),
                ),
            ),
            (
                15,
                list(
                    self.checkpoint
                        .iter()
                        .map(|s| {
                            Value::Array(vec![
                                Value::Uint(s.class.into()),
                                Value::bytes(&s.scope.0),
                                Value::bytes(&s.root),
                            ])
                        })
                        .collect(),
                ),
            ),
            (16, Some(Value::Uint(self.round.into()))),
            (17, Some(Value::Uint(self.time))),
            (18, Some(Value::bytes(&self.salt))),
        ])
        .encode()
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`ShapeError`] for anything but canonical CBOR of exactly this shape and within the limits.
    pub fn decode(payload: &[u8]) -> Result<Self, ShapeError> {
        if payload.len() > EPOCH_MAX {
            return Err(ShapeError::new("epoch", "is too large"));
        }
        let value = cbor::decode(payload, CBOR_DEPTH)
            .map_err(|_| ShapeError::new("epoch", "is not canonical CBOR"))?;
        let mut f = Fields::of(value)?;
        if f.uint(0)? != 1 {
            return Err(ShapeError::new(0, "is a version not known here"));
        }
        let offset = f.need(4)?.as_int(4)?;
        let epoch = Self {
            number: small(f.uint(1)?, 1)?,
            prev: EpochId(f.opt_array(2)?.unwrap_or_default()),
            name: f.text(3)?,
            offset: i32::try_from(offset)
                .ok()
                .and_then(UtcOffset::from_minutes)
                .ok_or_else(|| ShapeError::new(4, "is no offset"))?,
            members: each(&mut f, 5, |v| {
                let [day, paper] = <[Value; 2]>::try_from(v.into_list(5)?)
                    .map_err(|_| ShapeError::new(5, "two keys a member"))?;
                Ok(Member {
                    day: DeviceId(day.into_array(5)?),
                    paper: DeviceId(paper.into_array(5)?),
                })
            })?,
            threshold: small(f.uint(6)?, 6)?,
            issuing: each(&mut f, 7, |v| {
                let mut k = Fields::of(v)?;
                let key = IssuingKey {
                    device: DeviceId(k.array(1)?),
                    buildings: k
                        .opt_list(2)?
                        .into_iter()
                        .map(|b| b.into_text(2))
                        .collect::<Result<_, _>>()?,
                    machines: k.need(3)? == Value::Bool(true),
                };
                k.finish().map(|()| key)
            })?,
            offices: each(&mut f, 8, |v| {
                let mut o = Fields::of(v)?;
                let office = Office {
                    principal: PrincipalId(o.array(1)?),
                    name: o.text(2)?,
                };
                o.finish().map(|()| office)
            })?,
            roles: each(&mut f, 9, |v| {
                let mut r = Fields::of(v)?;
                let role = RoleGrant {
                    device: DeviceId(r.array(1)?),
                    bits: r.uint(2)?,
                };
                r.finish().map(|()| role)
            })?,
            gates: each(&mut f, 10, |v| {
                let mut g = Fields::of(v)?;
                let number = u8::try_from(g.uint(1)?)
                    .ok()
                    .filter(|n| *n < 64)
                    .ok_or_else(|| ShapeError::new(10, "a gate number is 0 to 63"))?;
                let gate = Gate {
                    number,
                    name: g.text(2)?,
                    device: g.opt_array(3)?.map(DeviceId),
                };
                g.finish().map(|()| gate)
            })?,
            limits: Limits::decode(f.need(11)?)?,
            cuts: each(&mut f, 12, |v| {
                let mut c = Fields::of(v)?;
                let device = DeviceId(c.array(1)?);
                let heads = c
                    .opt_list(2)?
                    .into_iter()
                    .map(Cut::decode)
                    .collect::<Result<_, _>>()?;
                c.finish().map(|()| DeviceCut { device, heads })
            })?,
            retired: each(&mut f, 13, |v| Ok(PrincipalId(v.into_array(13)?)))?,
            ended_holds: each(&mut f, 14, |v| Ok(EntryId(v.into_array(14)?)))?,
            checkpoint: each(&mut f, 15, |v| {
                let [class, scope, root] = <[Value; 3]>::try_from(v.into_list(15)?)
                    .map_err(|_| ShapeError::new(15, "class, scope, root"))?;
                let class =
                    u8::try_from(class.as_uint(15)?).map_err(|_| ShapeError::new(15, "class"))?;
                Ok(Subtree {
                    class,
                    scope: ScopeId(scope.into_array(15)?),
                    root: root.into_array(15)?,
                })
            })?,
            round: small(f.uint(16)?, 16)?,
            time: f.uint(17)?,
            salt: f.array(18)?,
        };
        f.finish()?;
        Ok(epoch)
    }
}

impl Limits {
    fn encode(&self) -> Value {
        Value::map(vec![
            (1, Some(Value::Uint(self.person_pass_s))),
            (2, Some(Value::Uint(self.standing_pass_s))),
            (3, Some(Value::Uint(self.stale_day_s))),
            (4, Some(Value::Uint(self.stale_week_s))),
            (5, Some(Value::Uint(self.stale_long_s))),
            // Left out where it is the default: a program that does not know it reads every other charter.
            (
                6,
                (self.gate_log_months != Self::default().gate_log_months)
                    .then(|| Value::Uint(u64::from(self.gate_log_months))),
            ),
        ])
    }

    fn decode(value: Value) -> Result<Self, ShapeError> {
        let mut l = Fields::of(value)?;
        let limits = Self {
            person_pass_s: l.uint(1)?,
            standing_pass_s: l.uint(2)?,
            stale_day_s: l.uint(3)?,
            stale_week_s: l.uint(4)?,
            stale_long_s: l.uint(5)?,
            gate_log_months: match l.opt_uint(6)? {
                None => Self::default().gate_log_months,
                Some(months) => kept_months(months)?,
            },
        };
        l.finish().map(|()| limits)
    }
}

/// The default is left out: one charter has one encoding.
fn kept_months(months: u64) -> Result<u32, ShapeError> {
    let months = small(months, 6)?;
    if months == 0 || months == Limits::default().gate_log_months {
        return Err(ShapeError::new(
            6,
            "is not a number of months that is written",
        ));
    }
    Ok(months)
}

fn small(n: u64, field: i64) -> Result<u32, ShapeError> {
    u32::try_from(n).map_err(|_| ShapeError::new(field, "is too large"))
}

fn each<T>(
    f: &mut Fields,
    key: i64,
    mut read: impl FnMut(Value) -> Result<T, ShapeError>,
) -> Result<Vec<T>, ShapeError> {
    let items = f.opt_list(key)?;
    if items.len() > EPOCH_ITEMS_MAX {
        return Err(ShapeError::new(key, "has too many items"));
    }
    items.into_iter().map(&mut read).collect()
}
