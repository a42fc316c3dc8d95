//! COSE_Sign1 and COSE_Sign (RFC 9052) over our strict CBOR: one reader for passes, certificates and epochs.
//!
//! A general COSE library accepts indefinite lengths, long integers and unsorted maps; two encodings of one
//! pass would be two passes. Here the outer structure, the protected header and, by whoever reads it, the
//! payload all go through [`linli_base::cbor::decode`], which knows one encoding only
//! (`docs/decisions/0002-own-cose.md`).

use crate::sign::{PublicKey, SigningKey};
use linli_base::cbor::{self, CborError, Value};
use linli_base::hash;

/// Algorithm EdDSA, widely read; what we write.
pub const ALG_EDDSA: i64 = -8;
/// Algorithm Ed25519, fully specified (RFC 9864); accepted.
pub const ALG_ED25519: i64 = -19;
const TAG_SIGN1: u64 = 18;
const TAG_SIGN: u64 = 98;
const TAG_CWT: u64 = 61;

/// Why bytes are no COSE message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CoseError {
    /// Not CBOR, or not in its one encoding.
    #[error("not canonical CBOR: {0}")]
    Cbor(#[from] CborError),
    /// CBOR, but not tag 18 (or 98) over the array of four.
    #[error("not a COSE message of the expected kind")]
    Shape,
}

/// A COSE_Sign1 message, parsed and not yet verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sign1 {
    /// The protected header as received: what the signature covers.
    pub protected_bytes: Vec<u8>,
    /// The protected header, read.
    pub protected: Value,
    /// The unprotected header: covered by nothing.
    pub unprotected: Value,
    /// The payload.
    pub payload: Vec<u8>,
    /// The signature.
    pub signature: [u8; 64],
}

impl Sign1 {
    /// Signs a payload.
    #[must_use]
    pub fn sign(key: &SigningKey, protected: Value, unprotected: Value, payload: Vec<u8>) -> Self {
        let protected_bytes = protected.encode();
        let signature = key.sign(&sig_structure1(&protected_bytes, &payload));
        Self {
            protected_bytes,
            protected,
            unprotected,
            payload,
            signature,
        }
    }

    /// The tagged message in its one encoding.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Value::Tag(
            TAG_SIGN1,
            Box::new(Value::Array(vec![
                Value::Bytes(self.protected_bytes.clone()),
                self.unprotected.clone(),
                Value::Bytes(self.payload.clone()),
                Value::bytes(&self.signature),
            ])),
        )
        .encode()
    }

    /// Reads a message: an optional tag 61, then tag 18, an array of four, nothing after it.
    ///
    /// # Errors
    /// [`CoseError`]; the signature has not been looked at.
    pub fn parse(bytes: &[u8], depth: usize) -> Result<Self, CoseError> {
        let mut value = cbor::decode(bytes, depth)?;
        if let Value::Tag(TAG_CWT, inner) = value {
            value = *inner;
        }
        let Value::Tag(TAG_SIGN1, inner) = value else {
            return Err(CoseError::Shape);
        };
        let Value::Array(parts) = *inner else {
            return Err(CoseError::Shape);
        };
        let [
            Value::Bytes(protected_bytes),
            unprotected,
            Value::Bytes(payload),
            Value::Bytes(sig),
        ] = <[Value; 4]>::try_from(parts).map_err(|_| CoseError::Shape)?
        else {
            return Err(CoseError::Shape);
        };
        let protected = cbor::decode(&protected_bytes, depth)?;
        if !matches!((&protected, &unprotected), (Value::Map(_), Value::Map(_))) {
            return Err(CoseError::Shape);
        }
        let signature = sig.try_into().map_err(|_| CoseError::Shape)?;
        Ok(Self {
            protected_bytes,
            protected,
            unprotected,
            payload,
            signature,
        })
    }

    /// Whether the signature over the received bytes is by this key.
    #[must_use]
    pub fn verify(&self, key: &PublicKey) -> bool {
        key.verify(
            &sig_structure1(&self.protected_bytes, &self.payload),
            &self.signature,
        )
    }

    /// A field of the protected header.
    #[must_use]
    pub fn protected_field(&self, key: i64) -> Option<&Value> {
        field(&self.protected, key)
    }

    /// A field of the unprotected header.
    #[must_use]
    pub fn unprotected_field(&self, key: i64) -> Option<&Value> {
        field(&self.unprotected, key)
    }
}

/// A COSE_Sign message: one payload, several signers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Multi {
    /// The payload.
    pub payload: Vec<u8>,
    /// (key id 8, signature) of each signer, in the order of key ids.
    pub signatures: Vec<([u8; 8], [u8; 64])>,
}

impl Multi {
    /// The bytes one member signs: `Sig_structure` with `context` as external data.
    #[must_use]
    pub fn to_sign(context: &[u8], kid: &[u8; 8], payload: &[u8]) -> Vec<u8> {
        Value::Array(vec![
            Value::text("Signature"),
            Value::bytes(&[]),
            Value::Bytes(signer_protected(kid)),
            Value::bytes(context),
            Value::bytes(payload),
        ])
        .encode()
    }

    /// Adds a member's signature, keeping the order of key ids; a second one of the same member replaces the first.
    pub fn add(&mut self, context: &[u8], key: &SigningKey) {
        let kid = kid(&key.public());
        let signature = key.sign(&Self::to_sign(context, &kid, &self.payload));
        self.signatures.retain(|(k, _)| *k != kid);
        self.signatures.push((kid, signature));
        self.signatures.sort_unstable();
    }

    /// Whether a member with this key has signed.
    #[must_use]
    pub fn signed_by(&self, context: &[u8], key: &PublicKey) -> bool {
        let id = kid(key);
        self.signatures.iter().any(|(k, signature)| {
            *k == id && key.verify(&Self::to_sign(context, &id, &self.payload), signature)
        })
    }

    /// The tagged message.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let signatures = self.signatures.iter().map(|(kid, signature)| {
            Value::Array(vec![
                Value::Bytes(signer_protected(kid)),
                Value::Map(vec![]),
                Value::bytes(signature),
            ])
        });
        Value::Tag(
            TAG_SIGN,
            Box::new(Value::Array(vec![
                Value::bytes(&[]),
                Value::Map(vec![]),
                Value::Bytes(self.payload.clone()),
                Value::Array(signatures.collect()),
            ])),
        )
        .encode()
    }

    /// Reads a message.
    ///
    /// # Errors
    /// [`CoseError`]; no signature has been looked at.
    pub fn parse(bytes: &[u8], depth: usize) -> Result<Self, CoseError> {
        let Value::Tag(TAG_SIGN, inner) = cbor::decode(bytes, depth)? else {
            return Err(CoseError::Shape);
        };
        let Value::Array(parts) = *inner else {
            return Err(CoseError::Shape);
        };
        let [
            Value::Bytes(empty),
            Value::Map(none),
            Value::Bytes(payload),
            Value::Array(list),
        ] = <[Value; 4]>::try_from(parts).map_err(|_| CoseError::Shape)?
        else {
            return Err(CoseError::Shape);
        };
        if !empty.is_empty() || !none.is_empty() {
            return Err(CoseError::Shape);
        }
        let mut signatures = Vec::new();
        for item in list {
            let Value::Array(parts) = item else {
                return Err(CoseError::Shape);
            };
            let [
                Value::Bytes(protected),
                Value::Map(none),
                Value::Bytes(signature),
            ] = <[Value; 3]>::try_from(parts).map_err(|_| CoseError::Shape)?
            else {
                return Err(CoseError::Shape);
            };
            let header = cbor::decode(&protected, depth)?;
            let Some(Value::Bytes(kid)) = field(&header, 4) else {
                return Err(CoseError::Shape);
            };
            let kid: [u8; 8] = kid.as_slice().try_into().map_err(|_| CoseError::Shape)?;
            if !none.is_empty() || protected != signer_protected(&kid) {
                return Err(CoseError::Shape);
            }
            signatures.push((kid, signature.try_into().map_err(|_| CoseError::Shape)?));
        }
        if !signatures.is_sorted() {
            return Err(CoseError::Shape);
        }
        Ok(Self {
            payload,
            signatures,
        })
    }
}

/// First 8 bytes of the COSE key thumbprint (RFC 9679): a hint which key to try.
#[must_use]
pub fn kid(key: &PublicKey) -> [u8; 8] {
    let mut out = [0; 8];
    out.copy_from_slice(&thumbprint(key)[..8]);
    out
}

/// COSE key thumbprint with SHA-256 (RFC 9679): over `{1: 1, -1: 6, -2: x}`.
#[must_use]
pub fn thumbprint(key: &PublicKey) -> [u8; 32] {
    hash::sha256(&okp_key(&key.device().0).encode())
}

/// `{1: 1, -1: 6, -2: x}`: an Ed25519 public key as a COSE key.
#[must_use]
pub fn okp_key(x: &[u8; 32]) -> Value {
    Value::map(vec![
        (1, Some(Value::Uint(1))),
        (-1, Some(Value::Uint(6))),
        (-2, Some(Value::bytes(x))),
    ])
}

fn signer_protected(kid: &[u8; 8]) -> Vec<u8> {
    Value::map(vec![
        (1, Some(Value::int(ALG_EDDSA))),
        (4, Some(Value::bytes(kid))),
    ])
    .encode()
}

fn sig_structure1(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    Value::Array(vec![
        Value::text("Signature1"),
        Value::bytes(protected),
        Value::bytes(&[]),
        Value::bytes(payload),
    ])
    .encode()
}

fn field(map: &Value, key: i64) -> Option<&Value> {
    let Value::Map(pairs) = map else { return None };
    pairs
        .iter()
        .find(|(k, _)| *k == Value::int(key))
        .map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_written_and_verifies() {
        let key = SigningKey::from_seed(&[3; 32]);
        let header = Value::map(vec![(1, Some(Value::int(ALG_EDDSA)))]);
        let made = Sign1::sign(&key, header, Value::Map(vec![]), b"payload".to_vec());
        let read = Sign1::parse(&made.encode(), 6).unwrap();
        assert_eq!(read, made);
        assert!(read.verify(&key.public()));
        let mut other = read;
        other.payload[0] ^= 1;
        assert!(!other.verify(&key.public()));
    }

    #[test]
    fn several_members_sign_one_payload() {
        let keys: Vec<_> = (1..4).map(|n| SigningKey::from_seed(&[n; 32])).collect();
        let mut multi = Multi {
            payload: b"epoch".to_vec(),
            signatures: vec![],
        };
        keys[..2].iter().for_each(|k| multi.add(b"ctx", k));
        multi.add(b"ctx", &keys[0]);
        let read = Multi::parse(&multi.encode(), 8).unwrap();
        assert_eq!(read.signatures.len(), 2);
        assert!(read.signed_by(b"ctx", &keys[1].public()));
        assert!(!read.signed_by(b"other", &keys[1].public()));
        assert!(!read.signed_by(b"ctx", &keys[2].public()));
    }
}
