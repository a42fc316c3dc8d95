//! The asks of an enrolment, and of who only looks around, on `/linli/join/1`, as canonical CBOR arrays. `docs/formats/invite.md`.

use linli_base::cbor::{self, Value};

/// From the joiner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JoinAsk {
    /// First frame of the exchange.
    Commit(Vec<u8>),
    /// Third frame.
    Reveal([u8; 16], Vec<u8>),
    /// Fourth frame; asked again until the host's person has agreed.
    Confirm([u8; 16], Vec<u8>),
    /// Which community is this? For who has nothing in hand yet.
    Around,
    /// What may be read while both sides compare.
    Meanwhile([u8; 16]),
}

/// From the host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JoinSay {
    /// Second frame.
    HostKeys(Vec<u8>),
    /// The reveal fits.
    Revealed,
    /// The host's person has not agreed yet.
    Waiting,
    /// Sealed: certificate, charter, addresses.
    Enrolled(Vec<u8>),
    /// The community that an invitation is open for, as this device says: its id and its name.
    Here([u8; 32], String),
    /// Sealed: [`crate::owner::meanwhile::Meanwhile`].
    Meanwhile(Vec<u8>),
    /// Closed, with a reason code.
    Refused(String),
}

impl JoinAsk {
    /// The bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::Array(match self {
            Self::Commit(b) => vec![Value::Uint(1), Value::bytes(b)],
            Self::Reveal(id, b) => vec![Value::Uint(3), Value::bytes(id), Value::bytes(b)],
            Self::Confirm(id, b) => vec![Value::Uint(4), Value::bytes(id), Value::bytes(b)],
            Self::Around => vec![Value::Uint(9)],
            Self::Meanwhile(id) => vec![Value::Uint(11), Value::bytes(id)],
        })
        .encode()
    }

    /// Reads the bytes; `None` for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Value::Array(items) = cbor::decode(bytes, 2).ok()? else {
            return None;
        };
        let id = |v: &Value| v.clone().into_array::<16>("id").ok();
        match items.as_slice() {
            [Value::Uint(1), Value::Bytes(b)] => Some(Self::Commit(b.clone())),
            [Value::Uint(3), i, Value::Bytes(b)] => Some(Self::Reveal(id(i)?, b.clone())),
            [Value::Uint(4), i, Value::Bytes(b)] => Some(Self::Confirm(id(i)?, b.clone())),
            [Value::Uint(9)] => Some(Self::Around),
            [Value::Uint(11), i] => Some(Self::Meanwhile(id(i)?)),
            _ => None,
        }
    }
}

impl JoinSay {
    /// The bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::Array(match self {
            Self::HostKeys(b) => vec![Value::Uint(2), Value::bytes(b)],
            Self::Revealed => vec![Value::Uint(5)],
            Self::Waiting => vec![Value::Uint(6)],
            Self::Enrolled(b) => vec![Value::Uint(7), Value::bytes(b)],
            Self::Refused(why) => vec![Value::Uint(8), Value::text(why)],
            Self::Here(community, name) => {
                vec![Value::Uint(10), Value::bytes(community), Value::text(name)]
            }
            Self::Meanwhile(b) => vec![Value::Uint(12), Value::bytes(b)],
        })
        .encode()
    }

    /// Reads the bytes; `None` for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let Value::Array(items) = cbor::decode(bytes, 2).ok()? else {
            return None;
        };
        match items.as_slice() {
            [Value::Uint(2), Value::Bytes(b)] => Some(Self::HostKeys(b.clone())),
            [Value::Uint(5)] => Some(Self::Revealed),
            [Value::Uint(6)] => Some(Self::Waiting),
            [Value::Uint(7), Value::Bytes(b)] => Some(Self::Enrolled(b.clone())),
            [Value::Uint(8), Value::Text(t)] => Some(Self::Refused(t.clone())),
            [Value::Uint(10), id, Value::Text(t)] => Some(Self::Here(
                id.clone().into_array::<32>("id").ok()?,
                t.clone(),
            )),
            [Value::Uint(12), Value::Bytes(b)] => Some(Self::Meanwhile(b.clone())),
            _ => None,
        }
    }
}

/// What an enrolled device gets: certificate, epochs, addresses of others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Welcome {
    /// Its certificate.
    pub certificate: Vec<u8>,
    /// The charter, oldest epoch first.
    pub epochs: Vec<Vec<u8>>,
    /// Whom to dial.
    pub addrs: Vec<String>,
}

impl Welcome {
    /// The bytes, to be sealed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let epochs = self.epochs.iter().map(|e| Value::bytes(e)).collect();
        Value::map(vec![
            (1, Some(Value::bytes(&self.certificate))),
            (2, Some(Value::Array(epochs))),
            (
                3,
                Some(Value::Array(self.addrs.iter().map(Value::text).collect())),
            ),
        ])
        .encode()
    }

    /// Reads the bytes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut f = cbor::Fields::of(cbor::decode(bytes, 4).ok()?).ok()?;
        let certificate = f.bytes(1).ok()?;
        let epochs = f
            .list(2)
            .ok()?
            .into_iter()
            .map(|e| e.into_bytes(2))
            .collect::<Result<_, _>>()
            .ok()?;
        let addrs = f
            .list(3)
            .ok()?
            .into_iter()
            .map(|a| a.into_text(3))
            .collect::<Result<_, _>>()
            .ok()?;
        f.finish().ok()?;
        Some(Self {
            certificate,
            epochs,
            addrs,
        })
    }
}
