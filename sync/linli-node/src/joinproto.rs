//! The four asks of an enrolment on `/linli/join/1`, as canonical CBOR arrays. `docs/formats/invite.md`.

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
