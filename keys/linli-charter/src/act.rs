//! Payloads of the authority lane and of acts: enrol, keyset, hold, revoke, cancel-all; and the cut-off.
//!
//! CDDL: `docs/formats/acts.md`. An act's target stands in the entry header (offset 120), so a carrier that
//! reads no payload still knows what an act is about.

use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::limits::CBOR_DEPTH;
use linli_base::{DeviceId, EntryId, LaneClass, LogKey, ScopeId};

/// A place in a log: last seq that counts, and the entry that stands there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cut {
    /// The log.
    pub log: LogKey,
    /// Last seq that counts; 0 = nothing.
    pub seq: u32,
    /// Id of the entry at `seq`; zeros at 0.
    pub id: EntryId,
}

impl Cut {
    /// 89 bytes: log 53, seq 4, id 32.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 89] {
        let mut out = [0; 89];
        out[..53].copy_from_slice(&self.log.to_bytes());
        out[53..57].copy_from_slice(&self.seq.to_be_bytes());
        out[57..].copy_from_slice(&self.id.0);
        out
    }

    /// Reads [`Self::to_bytes`]. A place names its entry, and 0 names none: a place without an entry would select no
    /// branch, and whoever holds the log's key could empty it below the cut-off by forking it there.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != 89 {
            return None;
        }
        let cut = Self {
            log: LogKey::from_bytes(&bytes[..53])?,
            seq: u32::from_be_bytes(bytes[53..57].try_into().ok()?),
            id: EntryId::from_slice(&bytes[57..])?,
        };
        ((cut.seq == 0) == cut.id.is_zero()).then_some(cut)
    }

    pub(crate) fn encode(&self) -> Value {
        Value::bytes(&self.to_bytes())
    }

    pub(crate) fn decode(value: Value) -> Result<Self, ShapeError> {
        Self::from_bytes(&value.into_bytes("cut")?)
            .ok_or_else(|| ShapeError::new("cut", "is not a place in a log with its entry"))
    }
}

/// `enrol`: a device joins; the certificate and what else others need to reach it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enrol {
    /// The certificate's bytes.
    pub certificate: Vec<u8>,
    /// X25519 key to seal to.
    pub kex: [u8; 32],
    /// libp2p key.
    pub net: [u8; 32],
}

/// `keyset`: the public half of a scope's key, and the private half wrapped for each reading device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keyset {
    /// Lane class whose scope this is.
    pub class: LaneClass,
    /// The scope.
    pub scope: ScopeId,
    /// Public half.
    pub public: [u8; 32],
    /// For each reader: the first 16 bytes of the hash of its device id, and the wrapped private half.
    pub wraps: Vec<([u8; 16], Vec<u8>)>,
}

/// `hold`: what lies above the named heads is carried, not admitted, until lifted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// Whether the target is a principal and not one device.
    pub principal: bool,
    /// The heads its author had seen.
    pub heads: Vec<Cut>,
    /// Why, in the officer's words.
    pub reason: String,
}

/// `revoke`: the device is out; its logs end at the cut-offs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revoke {
    /// Where each of its logs ends; logs not named end at their checkpoint, else at 0.
    pub cuts: Vec<Cut>,
    /// Why.
    pub reason: String,
}

fn map(body: &[u8]) -> Result<Fields, ShapeError> {
    Fields::of(
        cbor::decode(body, CBOR_DEPTH)
            .map_err(|_| ShapeError::new("act", "is not canonical CBOR"))?,
    )
}

fn cuts(values: Vec<Value>) -> Result<Vec<Cut>, ShapeError> {
    values.into_iter().map(Cut::decode).collect()
}

fn cut_list(cuts: &[Cut]) -> Option<Value> {
    (!cuts.is_empty()).then(|| Value::Array(cuts.iter().map(Cut::encode).collect()))
}

impl Enrol {
    /// The body of the payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::map(vec![
            (1, Some(Value::bytes(&self.certificate))),
            (2, Some(Value::bytes(&self.kex))),
            (3, Some(Value::bytes(&self.net))),
        ])
        .encode()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`ShapeError`].
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let mut f = map(body)?;
        let out = Self {
            certificate: f.bytes(1)?,
            kex: f.array(2)?,
            net: f.array(3)?,
        };
        f.finish().map(|()| out)
    }
}

impl Keyset {
    /// The body of the payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let wraps = self
            .wraps
            .iter()
            .map(|(to, w)| Value::Array(vec![Value::bytes(to), Value::bytes(w)]))
            .collect();
        Value::map(vec![
            (1, Some(Value::Uint(self.class as u64))),
            (2, Some(Value::bytes(&self.scope.0))),
            (3, Some(Value::bytes(&self.public))),
            (4, Some(Value::Array(wraps))),
        ])
        .encode()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`ShapeError`].
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let mut f = map(body)?;
        let class = u8::try_from(f.uint(1)?)
            .ok()
            .and_then(LaneClass::from_u8)
            .ok_or_else(|| ShapeError::new(1, "unknown lane class"))?;
        let scope = ScopeId(f.array(2)?);
        let public = f.array(3)?;
        let wraps = f
            .list(4)?
            .into_iter()
            .map(|w| {
                let [to, wrap] = <[Value; 2]>::try_from(w.into_list(4)?)
                    .map_err(|_| ShapeError::new(4, "reader and wrap"))?;
                Ok((to.into_array(4)?, wrap.into_bytes(4)?))
            })
            .collect::<Result<_, ShapeError>>()?;
        f.finish().map(|()| Self {
            class,
            scope,
            public,
            wraps,
        })
    }
}

impl Hold {
    /// The body of the payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::map(vec![
            (1, Some(Value::Bool(self.principal))),
            (2, cut_list(&self.heads)),
            (3, Some(Value::text(&self.reason))),
        ])
        .encode()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`ShapeError`].
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let mut f = map(body)?;
        let principal = f.need(1)? == Value::Bool(true);
        let out = Self {
            principal,
            heads: cuts(f.opt_list(2)?)?,
            reason: f.text(3)?,
        };
        f.finish().map(|()| out)
    }
}

impl Revoke {
    /// The body of the payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::map(vec![
            (1, cut_list(&self.cuts)),
            (2, Some(Value::text(&self.reason))),
        ])
        .encode()
    }

    /// Reads a body.
    ///
    /// # Errors
    /// [`ShapeError`].
    pub fn decode(body: &[u8]) -> Result<Self, ShapeError> {
        let mut f = map(body)?;
        let out = Self {
            cuts: cuts(f.opt_list(1)?)?,
            reason: f.text(2)?,
        };
        f.finish().map(|()| out)
    }
}

/// Body of a cancel: `{}` for one pass, `{1: unix seconds}` for "all issued before".
#[must_use]
pub fn cancel_body(all_before: Option<u64>) -> Vec<u8> {
    Value::map(vec![(1, all_before.map(Value::Uint))]).encode()
}

/// Reads a cancel's body.
///
/// # Errors
/// [`ShapeError`].
pub fn read_cancel(body: &[u8]) -> Result<Option<u64>, ShapeError> {
    let mut f = map(body)?;
    let before = f.opt_uint(1)?;
    f.finish().map(|()| before)
}

/// How an act names a pass: its cti ‖ 0000.
#[must_use]
pub fn cancel_target(cti: &[u8; 12]) -> [u8; 16] {
    let mut out = [0; 16];
    out[..12].copy_from_slice(cti);
    out
}

/// How an act names a device: see [`DeviceId::act_target`].
#[must_use]
pub fn device_target(device: &DeviceId) -> [u8; 16] {
    device.act_target()
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_base::{LaneKey, Period};

    #[test]
    fn payloads_are_read_as_written() {
        let log = LogKey {
            device: DeviceId([1; 32]),
            lane: LaneKey {
                class: LaneClass::Board,
                scope: ScopeId::ZERO,
                period: Period(672),
            },
        };
        let cut = Cut {
            log,
            seq: 9,
            id: EntryId([2; 32]),
        };
        let e = Enrol {
            certificate: vec![1, 2],
            kex: [3; 32],
            net: [4; 32],
        };
        assert_eq!(Enrol::decode(&e.encode()), Ok(e));
        let k = Keyset {
            class: LaneClass::House,
            scope: ScopeId([5; 16]),
            public: [6; 32],
            wraps: vec![([7; 16], vec![8; 80])],
        };
        assert_eq!(Keyset::decode(&k.encode()), Ok(k));
        let h = Hold {
            principal: false,
            heads: vec![cut],
            reason: "丢失".into(),
        };
        assert_eq!(Hold::decode(&h.encode()), Ok(h));
        let r = Revoke {
            cuts: vec![cut],
            reason: String::new(),
        };
        assert_eq!(Revoke::decode(&r.encode()), Ok(r));
        assert_eq!(read_cancel(&cancel_body(Some(5))), Ok(Some(5)));
        assert_eq!(read_cancel(&cancel_body(None)), Ok(None));
        assert!(read_cancel(&[0xa1, 2, 0]).is_err());
    }
}
