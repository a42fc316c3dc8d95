//! The signed pass as text: `LL1:` and base45 of a COSE_Sign1 (pass.md §1).
//!
//! Reading goes through steps 1 to 4 of the gate's decision in their order; a [`Token`] that comes out is
//! well-formed and *unverified*: its grant has no accessor but [`Token::verify`] (and one that says
//! "unverified" in its name, for people who want to look into a picture).

mod wellformed;

#[cfg(test)]
mod tests;

use crate::codes::Code;
use crate::grant::{Grant, GrantError};
use linli_base::cbor::{self, CborError, Fields, Value};
use linli_charter::{CertError, Certificate};
use linli_keys::cose::{self, CoseError, Sign1};
use linli_keys::{PublicKey, SigningKey};

/// What a pass begins with.
pub const PREFIX: &str = "LL1:";
/// Exact content of protected header 16.
pub const TYP: &str = "linli-grant+cwt";
/// Longest text a gate looks at, in characters: well above the longest pass with its chain (about 800).
pub const TEXT_MAX: usize = 1_200;
/// Most bytes inside the base45.
pub const BYTES_MAX: usize = 800;
/// Deepest nesting: message, array, header, certificate, its array, its header.
pub const DEPTH_MAX: usize = 6;
/// Unprotected header 13: the certificate (`kcwt`).
const KCWT: i64 = 13;
const TAG_SIGN1: u64 = 18;
/// Tag 61 in its one encoding: "this is a CWT", which a maker may put in front.
const TAG_CWT: &[u8] = &[0xd8, 0x3d];

/// Why a text is no pass; [`TokenError::code`] gives the step's code.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TokenError {
    /// Longer than [`TEXT_MAX`].
    #[error("longer than {TEXT_MAX} characters")]
    Long,
    /// Something else than a pass.
    #[error("does not begin with {PREFIX}")]
    Prefix,
    /// A pass of a later version.
    #[error("a newer kind of pass")]
    Version,
    /// Not base45, or not in its one encoding.
    #[error("not base45")]
    Base45,
    /// More than [`BYTES_MAX`] bytes.
    #[error("more than {BYTES_MAX} bytes")]
    Size,
    /// Not CBOR.
    #[error("not CBOR: {0}")]
    Cbor(CborError),
    /// CBOR, but no tagged COSE_Sign1.
    #[error("not a COSE_Sign1 with tag 18")]
    Shape,
    /// Well-formed, but not deterministic.
    #[error("not in the one encoding: {0}")]
    NotCanonical(CborError),
    /// A header that is missing, foreign or wrong.
    #[error("headers: {0}")]
    Header(&'static str),
    /// A token of another kind.
    #[error("a token of another kind")]
    Typ,
    /// The claims break the format.
    #[error("claims: {0}")]
    Claims(GrantError),
}

impl TokenError {
    /// The code of pass.md §2.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Long | Self::Prefix => Code::Prefix,
            Self::Version | Self::Claims(GrantError::Newer) => Code::Version,
            Self::Base45 => Code::B45,
            Self::Size | Self::Cbor(_) | Self::Shape | Self::Claims(_) => Code::Cbor,
            Self::NotCanonical(_) => Code::Noncanon,
            Self::Header(_) => Code::Hdr,
            Self::Typ => Code::Typ,
        }
    }
}

/// Why a pass cannot be issued.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum IssueError {
    /// The certificate is another device's.
    #[error("the certificate belongs to another device")]
    OtherDevice,
    /// Too large for a gate to read.
    #[error("the pass has {0} bytes, more than {BYTES_MAX}: name fewer gates or shorten the label")]
    Size(usize),
}

/// Signs a grant; with the certificate, the pass opens a gate that has never heard of this device.
///
/// # Errors
/// [`IssueError`].
pub fn issue(
    grant: &Grant,
    key: &SigningKey,
    certificate: Option<&Certificate>,
) -> Result<String, IssueError> {
    if certificate.is_some_and(|c| *c.key() != key.public()) {
        return Err(IssueError::OtherDevice);
    }
    // What parsed as a certificate is canonical CBOR, so it is read again.
    let chain = certificate.and_then(|c| cbor::decode(c.bytes(), DEPTH_MAX).ok());
    let protected = Value::map(vec![
        (1, Some(Value::int(cose::ALG_EDDSA))),
        (4, Some(Value::bytes(&cose::kid(&key.public())))),
        (16, Some(Value::text(TYP))),
    ]);
    let unprotected = Value::map(vec![(KCWT, chain)]);
    let bytes = Sign1::sign(key, protected, unprotected, grant.encode()).encode();
    if bytes.len() > BYTES_MAX {
        return Err(IssueError::Size(bytes.len()));
    }
    Ok(to_text(&bytes))
}

/// `LL1:` and base45.
#[must_use]
pub fn to_text(message: &[u8]) -> String {
    format!("{PREFIX}{}", base45::encode(message))
}

/// Step 1: the text is a pass of this version; what follows the prefix comes back.
///
/// White space around it is dropped: barcode guns end with Enter, and base45 of whole bytes never ends in a
/// space.
///
/// # Errors
/// [`TokenError::Long`], [`TokenError::Prefix`], [`TokenError::Version`].
pub fn unprefix(text: &str) -> Result<&str, TokenError> {
    if text.len() > TEXT_MAX * 4 || text.chars().count() > TEXT_MAX {
        return Err(TokenError::Long);
    }
    let text = text.trim();
    if let Some(rest) = text.strip_prefix(PREFIX) {
        return Ok(rest);
    }
    match text.as_bytes() {
        // `LL2:` and on, and `LP1:`, a pass shown by its holder's own device.
        [b'L', b'L' | b'P', b'0'..=b'9', b':', ..] => Err(TokenError::Version),
        _ => Err(TokenError::Prefix),
    }
}

/// Step 2: base45 (RFC 9285), strictly.
///
/// # Errors
/// [`TokenError::Base45`]; also for a last pair above 255, which some decoders cut down to a byte.
pub fn unbase45(text: &str) -> Result<Vec<u8>, TokenError> {
    let bytes = base45::decode(text).map_err(|_| TokenError::Base45)?;
    if base45::encode(&bytes) == text {
        Ok(bytes)
    } else {
        Err(TokenError::Base45)
    }
}

/// A well-formed, unverified pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    message: Sign1,
    bytes: Vec<u8>,
    kid: [u8; 8],
    certificate: Option<Value>,
    grant: Grant,
}

impl Token {
    /// Reads a pass: steps 1 to 4.
    ///
    /// # Errors
    /// [`TokenError`], of the first step that fails.
    pub fn read(text: &str) -> Result<Self, TokenError> {
        Self::from_message(unbase45(unprefix(text)?)?)
    }

    /// Reads the message inside the base45: steps 3 and 4.
    ///
    /// # Errors
    /// [`TokenError`], of the first step that fails.
    pub fn from_message(bytes: Vec<u8>) -> Result<Self, TokenError> {
        let (message, claims) = structure(&bytes)?;
        let (kid, certificate) = headers(&message)?;
        let grant = Grant::from_value(claims).map_err(TokenError::Claims)?;
        Ok(Self {
            message,
            bytes,
            kid,
            certificate,
            grant,
        })
    }

    /// Hint which key signed it: every key that has it is to be tried.
    #[must_use]
    pub const fn kid(&self) -> &[u8; 8] {
        &self.kid
    }

    /// The certificate that came along, if any: form and key checked, issuer not.
    ///
    /// # Errors
    /// [`CertError`] for something in its place that is none.
    pub fn certificate(&self) -> Option<Result<Certificate, CertError>> {
        let bytes = match self.certificate.as_ref()? {
            tagged @ Value::Tag(TAG_SIGN1, _) => tagged.encode(),
            bare @ Value::Array(_) => Value::Tag(TAG_SIGN1, Box::new(bare.clone())).encode(),
            _ => return Some(Err(CertError::Header)),
        };
        Some(Certificate::parse(&bytes))
    }

    /// Whether a certificate came along.
    #[must_use]
    pub const fn has_certificate(&self) -> bool {
        self.certificate.is_some()
    }

    /// Step 6: the grant, if this key signed it.
    #[must_use]
    pub fn verify(&self, key: &PublicKey) -> Option<&Grant> {
        self.message.verify(key).then_some(&self.grant)
    }

    /// The grant as it says itself. Nobody may rely on it or show it at a gate.
    #[must_use]
    pub const fn unverified_grant(&self) -> &Grant {
        &self.grant
    }

    /// The claims as received: the payload of the message.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.message.payload
    }

    /// The whole message as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Step 3.
fn structure(bytes: &[u8]) -> Result<(Sign1, Value), TokenError> {
    if bytes.len() > BYTES_MAX {
        return Err(TokenError::Size);
    }
    let message = bytes.strip_prefix(TAG_CWT).unwrap_or(bytes);
    if message.starts_with(TAG_CWT) {
        return Err(TokenError::Shape);
    }
    let outer = cbor::decode(message, DEPTH_MAX).map_err(|e| not_cbor(e, message))?;
    if empty_protected(&outer) {
        return Err(TokenError::Header("the protected header is empty"));
    }
    let sign1 = Sign1::parse(message, DEPTH_MAX).map_err(|e| match e {
        CoseError::Shape => TokenError::Shape,
        // The outside was sound, so this is the protected header.
        CoseError::Cbor(e) => not_cbor(e, protected_of(&outer)),
    })?;
    let claims =
        cbor::decode(&sign1.payload, DEPTH_MAX).map_err(|e| not_cbor(e, &sign1.payload))?;
    Ok((sign1, claims))
}

/// Nonsense, or a second encoding of sense.
fn not_cbor(error: CborError, bytes: &[u8]) -> TokenError {
    let sense = match error {
        CborError::NotCanonical | CborError::Duplicate | CborError::Unsupported => {
            // Deeper than we would read: what is asked here is only whether it is CBOR at all.
            wellformed::is_one_item(bytes, 2 * DEPTH_MAX)
        }
        CborError::Short
        | CborError::Trailing
        | CborError::Deep
        | CborError::Many
        | CborError::Utf8 => false,
    };
    if sense {
        TokenError::NotCanonical(error)
    } else {
        TokenError::Cbor(error)
    }
}

fn protected_of(outer: &Value) -> &[u8] {
    if let Value::Tag(_, inner) = outer
        && let Value::Array(parts) = inner.as_ref()
        && let Some(Value::Bytes(protected)) = parts.first()
    {
        protected
    } else {
        &[]
    }
}

/// COSE writes an empty protected header as an empty string; here that is a pass without headers.
fn empty_protected(outer: &Value) -> bool {
    matches!(outer, Value::Tag(TAG_SIGN1, inner)
        if matches!(inner.as_ref(), Value::Array(parts)
            if parts.len() == 4 && parts[0] == Value::Bytes(Vec::new())))
}

/// Step 4.
fn headers(message: &Sign1) -> Result<([u8; 8], Option<Value>), TokenError> {
    let fields = |v: &Value| Fields::of(v.clone()).map_err(|_| TokenError::Header("not a map"));
    let mut protected = fields(&message.protected)?;
    let (alg, kid, typ) = (protected.take(1), protected.take(4), protected.take(16));
    let (Some(alg), Some(kid), Some(typ)) = (alg, kid, typ) else {
        return Err(TokenError::Header("algorithm, key id and type are needed"));
    };
    protected
        .finish()
        .map_err(|_| TokenError::Header("a protected header that is not known here"))?;
    let mut unprotected = fields(&message.unprotected)?;
    let certificate = unprotected.take(KCWT);
    unprotected
        .finish()
        .map_err(|_| TokenError::Header("an unprotected header that is not known here"))?;
    // Both names of the algorithm mean Ed25519, and an Ed25519 key is all that a gate ever tries.
    if !matches!(alg.as_int(1), Ok(cose::ALG_EDDSA | cose::ALG_ED25519)) {
        return Err(TokenError::Header("the algorithm is not Ed25519"));
    }
    let kid = kid
        .into_array(4)
        .map_err(|_| TokenError::Header("a key id has 8 bytes"))?;
    if typ != Value::text(TYP) {
        return Err(TokenError::Typ);
    }
    Ok((kid, certificate))
}
