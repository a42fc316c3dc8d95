//! A counted pass away from its home gate: the question to the home gate and its answer (pass.md §3).
//!
//! The gate before which the visitor stands asks with what it was shown and a fresh nonce; the home gate decides the
//! very same scan by itself, writes the use into its own log, and only then answers. Both are signed with the keys of
//! the gates' certificates. An answer that does not come within 800 ms, or is not this one, is no answer: the guard
//! decides. The layout is in `docs/formats/pass.md`.

use crate::decide::{Lane, Scan, What};
use crate::grant::Cti;
use crate::pin::Pin;
use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::{CommunityId, DeviceId, Private};
use linli_keys::{PublicKey, SigningKey};
use thiserror::Error;

/// How long a gate waits for the home gate, connection included.
pub const ANSWER_MS: u64 = 800;
/// What both frames begin with: no other question to a node does.
pub const MAGIC: &[u8; 4] = b"LLT1";
/// A frame is at most this long: a pass has 1,200 characters.
const FRAME_MAX: usize = 4_096;
const ASK: &[u8] = b"linli gate transfer ask 1";
const ANSWER: &[u8] = b"linli gate transfer answer 1";

/// Why bytes are no question or answer.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum TransferError {
    /// Not such a frame.
    #[error("not a question or answer between gates")]
    Form,
    /// Not laid out so.
    #[error("the frame is not sound: {0}")]
    Shape(#[from] ShapeError),
    /// Not by the key it must be by.
    #[error("the signature is not the gate's")]
    Signature,
    /// The answer to another question.
    #[error("the answer is to another question")]
    Other,
}

/// A question of a gate that is not the pass's home gate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// Fresh for every question.
    pub nonce: [u8; 16],
    /// The asking gate's device.
    pub from: DeviceId,
    /// What it was shown: the text of a pass, a plate it is sure of, or a short code.
    pub scan: Scan,
}

impl Ask {
    /// The frame; `None` for a scan that no other gate can judge (somebody without anything, an uncertain plate).
    #[must_use]
    pub fn sign(&self, community: &CommunityId, key: &SigningKey) -> Option<Vec<u8>> {
        let (kind, shown) = match &self.scan.what {
            What::Text(text) => (0, text),
            What::Plate { read, sure: true } => (1, read),
            What::Code(code) => (2, code),
            What::Plate { .. } | What::WalkIn { .. } => return None,
        };
        let pin = self.scan.pin.as_ref().map(|pin| Value::text(pin.reveal()));
        let seen = self.scan.plate_seen.as_ref();
        let body = Value::map(vec![
            (0, Some(Value::Uint(1))),
            (1, Some(Value::bytes(&self.nonce))),
            (2, Some(Value::bytes(&self.from.0))),
            (3, Some(Value::Uint(kind))),
            (4, Some(Value::text(shown))),
            (5, Some(Value::Uint(u64::from(self.scan.companions)))),
            (6, pin),
            (7, seen.map(|plate| Value::text(plate.reveal()))),
            (8, Some(Value::Bool(self.scan.lane == Lane::Vehicle))),
        ])
        .encode();
        let frame = frame(ASK, community, key, &body);
        (frame.len() <= FRAME_MAX).then_some(frame)
    }

    /// Reads a frame; the signature is that of the device it names. Whether that is a gate in good standing is for
    /// the caller to know.
    ///
    /// # Errors
    /// [`TransferError`].
    pub fn read(bytes: &[u8], community: &CommunityId) -> Result<Self, TransferError> {
        let (signature, body) = parts(bytes)?;
        let mut fields = fields(body)?;
        if fields.uint(0)? != 1 {
            return Err(TransferError::Form);
        }
        let nonce = fields.array(1)?;
        let from = DeviceId(fields.array(2)?);
        let (kind, shown) = (fields.uint(3)?, fields.text(4)?);
        let companions = fields.uint(5)?;
        let (pin, seen) = (fields.opt_text(6)?, fields.opt_text(7)?);
        let vehicle = fields.need(8)?;
        fields.finish()?;
        let key = PublicKey::parse(&from.0).map_err(|_| TransferError::Signature)?;
        if !key.verify(&signed(ASK, community, body), signature) {
            return Err(TransferError::Signature);
        }
        let what = match kind {
            0 => What::Text(shown),
            1 => What::Plate {
                read: shown,
                sure: true,
            },
            2 => What::Code(shown),
            _ => return Err(TransferError::Form),
        };
        let pin = pin.map(|pin| Pin::parse(&pin)).transpose();
        let scan = Scan {
            lane: match vehicle {
                Value::Bool(true) => Lane::Vehicle,
                Value::Bool(false) => Lane::Foot,
                _ => return Err(TransferError::Form),
            },
            companions: u8::try_from(companions).map_err(|_| TransferError::Form)?,
            pin: pin.map_err(|_| TransferError::Form)?,
            plate_seen: seen.map(Private::new),
            ..Scan::of(what)
        };
        Ok(Self { nonce, from, scan })
    }
}

/// The home gate's answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Of the question.
    pub nonce: [u8; 16],
    /// The use handed over: the pass, and which entry it is. None: the home gate hands nothing over.
    pub entry: Option<(Cti, u32)>,
}

impl Answer {
    /// The frame.
    #[must_use]
    pub fn sign(&self, community: &CommunityId, key: &SigningKey) -> Vec<u8> {
        let body = Value::map(vec![
            (0, Some(Value::Uint(1))),
            (1, Some(Value::bytes(&self.nonce))),
            (2, self.entry.map(|(cti, _)| Value::bytes(&cti.0))),
            (3, self.entry.map(|(_, n)| Value::Uint(u64::from(n)))),
        ])
        .encode();
        frame(ANSWER, community, key, &body)
    }

    /// Reads the answer to a question, by the home gate's key.
    ///
    /// # Errors
    /// [`TransferError`].
    pub fn read(
        bytes: &[u8],
        community: &CommunityId,
        home: &DeviceId,
        nonce: &[u8; 16],
    ) -> Result<Self, TransferError> {
        let (signature, body) = parts(bytes)?;
        let mut fields = fields(body)?;
        if fields.uint(0)? != 1 {
            return Err(TransferError::Form);
        }
        let answered: [u8; 16] = fields.array(1)?;
        let (cti, entry) = (fields.opt_array(2)?.map(Cti), fields.opt_uint(3)?);
        fields.finish()?;
        let key = PublicKey::parse(&home.0).map_err(|_| TransferError::Signature)?;
        if !key.verify(&signed(ANSWER, community, body), signature) {
            return Err(TransferError::Signature);
        }
        if answered != *nonce {
            return Err(TransferError::Other);
        }
        let entry = match (cti, entry) {
            (None, None) => None,
            (Some(cti), Some(entry)) => {
                Some((cti, u32::try_from(entry).map_err(|_| TransferError::Form)?))
            }
            _ => return Err(TransferError::Form),
        };
        Ok(Self {
            nonce: answered,
            entry,
        })
    }
}

/// What is signed: the domain, the community, the body.
fn signed(domain: &[u8], community: &CommunityId, body: &[u8]) -> Vec<u8> {
    [domain, &community.0, body].concat()
}

fn frame(domain: &[u8], community: &CommunityId, key: &SigningKey, body: &[u8]) -> Vec<u8> {
    let signature = key.sign(&signed(domain, community, body));
    [&MAGIC[..], &signature, body].concat()
}

fn parts(bytes: &[u8]) -> Result<(&[u8; 64], &[u8]), TransferError> {
    if bytes.len() > FRAME_MAX {
        return Err(TransferError::Form);
    }
    let rest = bytes.strip_prefix(MAGIC).ok_or(TransferError::Form)?;
    rest.split_first_chunk::<64>().ok_or(TransferError::Form)
}

fn fields(body: &[u8]) -> Result<Fields, TransferError> {
    let value = cbor::decode(body, 2).map_err(|_| TransferError::Form)?;
    Ok(Fields::of(value)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::testing::key;
    use proptest::prelude::*;

    const COMMUNITY: CommunityId = CommunityId([0xc5; 32]);

    fn ask() -> Ask {
        let mut scan = Scan::text("LL1:6BF");
        scan.companions = 2;
        scan.pin = Some(Pin::parse("4821").unwrap());
        scan.plate_seen = Some(Private::new("京AD12345".into()));
        scan.lane = Lane::Vehicle;
        Ask {
            nonce: [7; 16],
            from: key(8).device(),
            scan,
        }
    }

    #[test]
    fn a_question_and_its_answer_are_read_as_they_were_signed() {
        let asked = ask();
        let frame = asked.sign(&COMMUNITY, &key(8)).unwrap();
        assert_eq!(Ask::read(&frame, &COMMUNITY), Ok(asked));
        for what in [
            What::Code("4821-0376".into()),
            What::Plate {
                read: "京AD12345".into(),
                sure: true,
            },
        ] {
            let asked = Ask {
                scan: Scan::of(what),
                ..ask()
            };
            let frame = asked.sign(&COMMUNITY, &key(8)).unwrap();
            assert_eq!(Ask::read(&frame, &COMMUNITY), Ok(asked));
        }
        for entry in [None, Some((Cti([3; 12]), 2))] {
            let said = Answer {
                nonce: [7; 16],
                entry,
            };
            let frame = said.sign(&COMMUNITY, &key(9));
            let read = Answer::read(&frame, &COMMUNITY, &key(9).device(), &[7; 16]);
            assert_eq!(read, Ok(said));
        }
    }

    #[test]
    fn an_answer_of_another_gate_to_another_question_or_in_another_place_is_none() {
        let said = Answer {
            nonce: [7; 16],
            entry: Some((Cti([3; 12]), 1)),
        };
        let frame = said.sign(&COMMUNITY, &key(9));
        let home = key(9).device();
        let read = |bytes: &[u8], community, home: &DeviceId, nonce: &[u8; 16]| {
            Answer::read(bytes, community, home, nonce).unwrap_err()
        };
        let other = CommunityId([1; 32]);
        assert_eq!(
            read(&frame, &COMMUNITY, &key(8).device(), &[7; 16]),
            TransferError::Signature
        );
        assert_eq!(
            read(&frame, &other, &home, &[7; 16]),
            TransferError::Signature
        );
        assert_eq!(
            read(&frame, &COMMUNITY, &home, &[8; 16]),
            TransferError::Other
        );
        // A question is no answer, though the same key signed it.
        let mut asked = ask();
        asked.from = home;
        let asked = asked.sign(&COMMUNITY, &key(9)).unwrap();
        assert!(Answer::read(&asked, &COMMUNITY, &home, &[7; 16]).is_err());
        // Signed with another key than it names.
        let lied = ask().sign(&COMMUNITY, &key(9)).unwrap();
        assert_eq!(Ask::read(&lied, &COMMUNITY), Err(TransferError::Signature));
    }

    #[test]
    fn what_no_other_gate_can_judge_is_not_asked() {
        let unsure = What::Plate {
            read: "京A".into(),
            sure: false,
        };
        let nobody = What::WalkIn {
            unit: None,
            name: None,
        };
        for what in [unsure, nobody, What::Text("x".repeat(5_000))] {
            let asked = Ask {
                scan: Scan::of(what),
                ..ask()
            };
            assert_eq!(asked.sign(&COMMUNITY, &key(8)), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_byte_can_be_changed(at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let mut frame = ask().sign(&COMMUNITY, &key(8)).unwrap();
            let at = at.index(frame.len());
            frame[at] ^= 1 << bit;
            prop_assert!(Ask::read(&frame, &COMMUNITY).is_err());
        }

        #[test]
        fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Ask::read(&bytes, &COMMUNITY).is_err());
            let framed = [&MAGIC[..], &[0; 64], &bytes].concat();
            prop_assert!(Ask::read(&framed, &COMMUNITY).is_err());
            prop_assert!(Answer::read(&framed, &COMMUNITY, &key(9).device(), &[0; 16]).is_err());
        }
    }
}
