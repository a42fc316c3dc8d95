//! Grants as CBOR: the claims map of a CWT (RFC 8392) with the grant under -65537.

use super::{Claims, Cti, Grant, GrantError, Kind, Window};
use crate::plate::Plate;
use linli_base::cbor::{Fields, ShapeError, Value};
use linli_base::{Private, UnixSec};
use linli_keys::cose;

/// Claim that holds the grant: private use.
const GRANT: i64 = -65537;
/// Schema version of the grant map.
const VERSION: u64 = 1;

impl Grant {
    /// The claims in their one encoding: the payload of the pass.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.to_value().encode()
    }

    /// The claims as a value, for a log entry that carries them beside other things.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let aud = match self.aud.as_slice() {
            [one] => Value::text(one),
            many => Value::Array(many.iter().map(Value::text).collect()),
        };
        let cnf = |x| Value::map(vec![(1, Some(cose::okp_key(x)))]);
        Value::map(vec![
            (1, Some(Value::text(&self.iss))),
            (3, Some(aud)),
            (4, Some(Value::Uint(self.exp.0))),
            (5, Some(Value::Uint(self.nbf.0))),
            (6, Some(Value::Uint(self.iat.0))),
            (7, Some(Value::bytes(&self.cti.0))),
            (8, self.holder.as_ref().map(cnf)),
            (GRANT, Some(self.grant_map())),
        ])
    }

    fn grant_map(&self) -> Value {
        let text = |t: &Option<Private<String>>| t.as_ref().map(|t| Value::text(t.reveal()));
        let some = |list: Vec<Value>| (!list.is_empty()).then_some(Value::Array(list));
        let windows = self.windows.iter().map(|w| {
            let parts = [u16::from(w.days()), w.start(), w.end()];
            Value::Array(parts.map(|n| Value::Uint(n.into())).to_vec())
        });
        let gates = self.gates.iter().map(|g| Value::Uint((*g).into()));
        Value::map(vec![
            (0, Some(Value::Uint(VERSION))),
            (1, Some(Value::Uint(self.kind as u64))),
            (2, Some(Value::Uint(self.entries.into()))),
            (
                3,
                (self.companions > 0).then(|| Value::Uint(self.companions.into())),
            ),
            (4, self.plate.as_ref().map(|p| Value::text(p.as_str()))),
            (5, some(windows.collect())),
            (6, some(gates.collect())),
            (7, text(&self.label)),
            (8, self.pin_tag.map(|tag| Value::bytes(&tag))),
            (9, text(&self.host_unit)),
        ])
    }

    /// Reads claims; every rule of the format holds for what comes back.
    ///
    /// # Errors
    /// [`GrantError`] names the first thing that is wrong.
    pub fn from_value(value: Value) -> Result<Self, GrantError> {
        let mut c = Fields::of(value)?;
        let mut g = Fields::of(c.need(GRANT)?)?;
        if g.uint(0)? != VERSION {
            return Err(GrantError::Newer);
        }
        let small = |n: u64, what| u8::try_from(n).map_err(|_| GrantError::Range(what));
        let kind = usize::try_from(g.uint(1)?).unwrap_or(usize::MAX);
        let claims = Claims {
            iss: c.text(1)?,
            aud: audience(c.need(3)?)?,
            exp: UnixSec(c.uint(4)?),
            nbf: UnixSec(c.uint(5)?),
            iat: UnixSec(c.uint(6)?),
            cti: Cti(c.array(7)?),
            holder: c.take(8).map(holder).transpose()?,
            host_unit: g.opt_text(9)?.map(Private::new),
            kind: *Kind::ALL.get(kind).ok_or(GrantError::Range("kind"))?,
            entries: small(g.uint(2)?, "entries")?,
            companions: small(g.opt_uint(3)?.unwrap_or(0), "companions")?,
            plate: g.opt_text(4)?.map(|t| plate(&t)).transpose()?,
            windows: some(g.take(5), 5)?
                .into_iter()
                .map(window)
                .collect::<Result<_, _>>()?,
            gates: some(g.take(6), 6)?
                .iter()
                .map(|n| small(n.as_uint(6)?, "gates"))
                .collect::<Result<_, GrantError>>()?,
            label: g.opt_text(7)?.map(Private::new),
            pin_tag: g.opt_array(8)?,
        };
        c.finish()?;
        g.finish()?;
        Self::new(claims)
    }
}

/// A list that is left out when it is empty: an empty one would be a second way to say the same.
fn some(value: Option<Value>, field: i64) -> Result<Vec<Value>, GrantError> {
    match value {
        None => Ok(Vec::new()),
        Some(value) => match value.into_list(field)? {
            list if list.is_empty() => Err(ShapeError::new(field, "is empty").into()),
            list => Ok(list),
        },
    }
}

fn audience(value: Value) -> Result<Vec<String>, GrantError> {
    match value {
        Value::Text(one) => Ok(vec![one]),
        Value::Array(many) if many.len() >= 2 => {
            let texts = many.into_iter().map(|v| v.into_text(3));
            Ok(texts.collect::<Result<_, _>>()?)
        }
        _ => Err(ShapeError::new(3, "a text or two and more is expected").into()),
    }
}

fn holder(value: Value) -> Result<[u8; 32], GrantError> {
    let mut cnf = Fields::of(value)?;
    let mut key = Fields::of(cnf.need(1)?)?;
    cnf.finish()?;
    if key.uint(1)? != 1 || key.uint(-1)? != 6 {
        return Err(GrantError::Range("cnf"));
    }
    let x = key.array(-2)?;
    key.finish()?;
    Ok(x)
}

fn plate(text: &str) -> Result<Plate, GrantError> {
    Plate::from_normal(text).ok_or(GrantError::Plate)
}

fn window(value: Value) -> Result<Window, GrantError> {
    let parts = value.into_list(5)?;
    let number = |v: &Value| u16::try_from(v.as_uint(5)?).map_err(|_| GrantError::Window);
    let [days, start, end] = parts.as_slice() else {
        return Err(GrantError::Window);
    };
    let days = u8::try_from(number(days)?).map_err(|_| GrantError::Window)?;
    Window::new(days, number(start)?, number(end)?)
}
