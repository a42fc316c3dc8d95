//! Published vectors: one JSON file a case, so that a foreign gate can be held against ours and ours against
//! foreign passes (pass.md §9).
//!
//! [`run`] takes a file apart stage by stage (text, base45, CBOR, key, signature, decision) and compares each
//! with what the file says; [`make::all`] makes our own files, from fixed keys, so that they come out the same
//! every time. The layout is in `docs/formats/pass.md`.

mod json;
pub mod make;

#[cfg(test)]
mod tests;

pub use json::claims_json;

use crate::codes::{Code, Verdict};
use crate::context::Context;
use crate::decide::Decision;
use crate::qr;
use crate::token::{Token, unbase45, unprefix};
use base64::Engine;
use linli_base::cbor;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A vector, as it stands in its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
pub struct Vector {
    /// What the case is, in a sentence.
    pub descr: String,
    /// The claims, to be read by people: byte strings are hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<serde_json::Value>,
    /// The payload, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cbor: Option<String>,
    /// The message, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cose: Option<String>,
    /// Base45 of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base45: Option<String>,
    /// The text of the code. Left out when the scan is a plate, a short code or a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The code as a PNG, base64.
    #[serde(rename = "2DCODE", default, skip_serializing_if = "Option::is_none")]
    pub code_png: Option<String>,
    /// The gate.
    pub testctx: Context,
    /// What comes out.
    pub expected: Expected,
}

/// What comes out of a vector. A stage that is not reached is left out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "UPPERCASE")]
pub struct Expected {
    /// Step 1: the prefix is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unprefix: Option<bool>,
    /// Step 2: the base45 is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b45: Option<bool>,
    /// Steps 3 and 4: a well-formed pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cbor: Option<bool>,
    /// Step 5: a key was found that may have signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<bool>,
    /// Step 6: the signature is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<bool>,
    /// `ADMIT`, `ASK`, `DENY`.
    pub decision: String,
    /// `E_...`, empty when there is none.
    #[serde(default)]
    pub code: String,
}

/// Where a file and this program differ.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct Difference {
    /// The stage: a field of the file.
    pub stage: &'static str,
    /// What the file says.
    pub expected: String,
    /// What comes out here.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected {}, found {}",
            self.stage, self.expected, self.found
        )
    }
}

fn differ(
    stage: &'static str,
    expected: impl fmt::Display,
    found: impl fmt::Display,
) -> Difference {
    Difference {
        stage,
        expected: expected.to_string(),
        found: found.to_string(),
    }
}

fn same<T: PartialEq + fmt::Debug>(
    stage: &'static str,
    expected: &T,
    found: &T,
) -> Result<(), Difference> {
    if expected == found {
        Ok(())
    } else {
        Err(differ(stage, format!("{expected:?}"), format!("{found:?}")))
    }
}

/// Runs one file.
///
/// # Errors
/// The first [`Difference`]; stage `FILE` when it is no vector.
pub fn run(json: &str) -> Result<Decision, Difference> {
    let vector: Vector = serde_json::from_str(json).map_err(|e| differ("FILE", "a vector", e))?;
    layers(&vector)?;
    let (found, decision) =
        outcome(&vector).map_err(|e| differ("TESTCTX", "a sound context", e))?;
    let expected = &vector.expected;
    for (stage, wanted, got) in [
        ("UNPREFIX", expected.unprefix, found.unprefix),
        ("B45", expected.b45, found.b45),
        ("CBOR", expected.cbor, found.cbor),
        ("CHAIN", expected.chain, found.chain),
        ("VERIFY", expected.verify, found.verify),
    ] {
        if wanted.is_some() {
            same(stage, &wanted, &got)?;
        }
    }
    same("DECISION", &expected.decision, &found.decision)?;
    same("CODE", &expected.code, &found.code)?;
    Ok(decision)
}

/// The layers of the pass fit each other, as far as the file has them.
fn layers(vector: &Vector) -> Result<(), Difference> {
    let bytes = |stage, hex: &str| hex::decode(hex).map_err(|e| differ(stage, "hex", e));
    if let (Some(png), Some(text)) = (&vector.code_png, &vector.prefix) {
        let png = base64::engine::general_purpose::STANDARD
            .decode(png)
            .map_err(|e| differ("2DCODE", "base64", e))?;
        let read = qr::read_image(&png).map_err(|e| differ("2DCODE", "a readable code", e))?;
        same("2DCODE", &vec![text.clone()], &read)?;
    }
    if let (Some(text), Some(base45)) = (&vector.prefix, &vector.base45) {
        let rest = unprefix(text).map_err(|e| differ("PREFIX", "a prefix", e))?;
        same("BASE45", base45, &rest.to_owned())?;
    }
    if let (Some(base45), Some(cose)) = (&vector.base45, &vector.cose) {
        let found = unbase45(base45).map_err(|e| differ("BASE45", "base45", e))?;
        same("COSE", &bytes("COSE", cose)?, &found)?;
    }
    let token = vector
        .cose
        .as_ref()
        .map(|c| bytes("COSE", c))
        .transpose()?
        .map(Token::from_message);
    if let (Some(cbor), Some(Ok(token))) = (&vector.cbor, &token) {
        same("CBOR", &bytes("CBOR", cbor)?, &token.payload().to_vec())?;
    }
    if let (Some(claims), Some(cbor)) = (&vector.claims, &vector.cbor)
        && let Ok(value) = cbor::decode(&bytes("CBOR", cbor)?, crate::token::DEPTH_MAX)
    {
        same("CLAIMS", claims, &claims_json(&value))?;
    }
    Ok(())
}

/// What comes out of a vector here.
fn outcome(vector: &Vector) -> Result<(Expected, Decision), crate::context::ContextError> {
    let (decision, _) = vector.testctx.run(vector.prefix.as_deref())?;
    let mut found = Expected {
        decision: decision.verdict.as_str().to_owned(),
        code: decision.code().map_or("", Code::as_str).to_owned(),
        ..Expected::default()
    };
    if let Some(text) = &vector.prefix {
        stages(text, &decision, &mut found);
    }
    Ok((found, decision))
}

fn stages(text: &str, decision: &Decision, found: &mut Expected) {
    let unprefixed = unprefix(text);
    found.unprefix = Some(unprefixed.is_ok());
    let Ok(rest) = unprefixed else { return };
    let bytes = unbase45(rest);
    found.b45 = Some(bytes.is_ok());
    let Ok(bytes) = bytes else { return };
    let sound = Token::from_message(bytes).is_ok();
    found.cbor = Some(sound);
    if !sound {
        return;
    }
    let chain = !matches!(
        decision.code(),
        Some(Code::KeyUnknown | Code::Chain | Code::IssuerUnknown | Code::WeakKey)
    );
    found.chain = Some(chain);
    if chain {
        found.verify = Some(decision.signer.is_some());
    }
}

/// Whether a decision may stand in a vector's EXPECTED: the words are known.
#[must_use]
pub fn is_known(expected: &Expected) -> bool {
    Verdict::parse(&expected.decision).is_some()
        && (expected.code.is_empty() || Code::parse(&expected.code).is_some())
}
