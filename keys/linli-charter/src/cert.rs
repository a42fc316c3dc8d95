//! A device's certificate: a CWT (RFC 8392) with `cnf`, signed by an issuing key (pass.md §1).
//!
//! ```cddl
//! device-protected = { 1 => -8, 4 => bstr .size 8, 16 => "linli-device+cwt" }
//! device-claims = { 1 => tstr, 4 => uint, 5 => uint, 6 => uint, 8 => { 1 => okp-key }, -65538 => device }
//! device = { 0 => 1, 1 => uint, 2 => bstr .size 16, ? 3 => tstr .size (1..24), ? 4 => 0..63, 5 => uint }
//! ```
//!
//! Claim 1 is the community (`n:` and 40 bits); 4, 5 and 6 are exp, nbf and iat in whole seconds; `device`
//! holds the version, role bits, principal, unit, gate number and the `seq` of the `enrol` in the issuer's
//! authority log. Expiry binds passes at gates, not entries (trust.md §5).

use linli_base::cbor::{self, Fields, ShapeError, Value};
use linli_base::{CommunityId, DeviceId, PrincipalId, UnixSec, hash};
use linli_keys::cose::{self, CoseError, Sign1};
use linli_keys::{KeyError, PublicKey, SigningKey};

/// Exact content of protected header 16.
pub const TYP: &str = "linli-device+cwt";
/// Role bit: may sign visitor passes.
pub const MAY_GRANT: u64 = 1;
/// Role bit: belongs to an office.
pub const IS_OFFICE: u64 = 2;
/// Role bit: is a gate.
pub const IS_GATE: u64 = 4;
/// Role bit: is a screen or kiosk.
pub const IS_SCREEN: u64 = 8;

/// What a certificate says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceClaims {
    /// Community in short form, `n:` and eight characters.
    pub community: String,
    /// End of validity.
    pub exp: UnixSec,
    /// Start of validity.
    pub nbf: UnixSec,
    /// When it was made.
    pub iat: UnixSec,
    /// The device.
    pub device: DeviceId,
    /// [`MAY_GRANT`] and friends.
    pub roles: u64,
    /// Who acts through the device.
    pub principal: PrincipalId,
    /// Unit as shown at the gate, `3-2-501`.
    pub unit: Option<String>,
    /// Number of the gate.
    pub gate: Option<u8>,
    /// Place of the `enrol` entry in the issuer's authority log.
    pub enrol_seq: u32,
}

/// Why bytes are no certificate.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CertError {
    /// Not a COSE_Sign1.
    #[error(transparent)]
    Cose(#[from] CoseError),
    /// A claim is missing, unknown or of the wrong kind.
    #[error("certificate: {0}")]
    Shape(#[from] ShapeError),
    /// Headers are not the three that belong here, or `typ` is another.
    #[error("this is not a device certificate")]
    Header,
    /// The device's key is not usable.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A parsed certificate. Parsing checks form and the device key; whether the *issuer* counts is for
/// [`crate::Authority`] to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    claims: DeviceClaims,
    key: PublicKey,
    issuer_kid: [u8; 8],
    message: Sign1,
    bytes: Vec<u8>,
}

impl Certificate {
    /// Signs claims with an issuing key.
    ///
    /// # Errors
    /// When the claims hold an unusable device key or would not be read again.
    pub fn sign(claims: &DeviceClaims, issuer: &SigningKey) -> Result<Self, CertError> {
        let protected = Value::map(vec![
            (1, Some(Value::int(cose::ALG_EDDSA))),
            (4, Some(Value::bytes(&cose::kid(&issuer.public())))),
            (16, Some(Value::text(TYP))),
        ]);
        let message = Sign1::sign(issuer, protected, Value::Map(vec![]), claims.encode());
        Self::parse(&message.encode())
    }

    /// Reads a certificate; the issuer's signature is checked by [`Self::issued_by`].
    ///
    /// # Errors
    /// [`CertError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, CertError> {
        let message = Sign1::parse(bytes, 6)?;
        let mut header = Fields::of(message.protected.clone())?;
        let alg = header.need(1)?.as_int(1)?;
        let issuer_kid = header.array(4)?;
        let typ = header.text(16)?;
        header.finish()?;
        if !matches!(alg, cose::ALG_EDDSA | cose::ALG_ED25519)
            || typ != TYP
            || message.unprotected != Value::Map(vec![])
        {
            return Err(CertError::Header);
        }
        let claims = DeviceClaims::decode(&message.payload)?;
        let key = PublicKey::parse(&claims.device.0)?;
        Ok(Self {
            claims,
            key,
            issuer_kid,
            bytes: message.encode(),
            message,
        })
    }

    /// What it says.
    #[must_use]
    pub const fn claims(&self) -> &DeviceClaims {
        &self.claims
    }

    /// The device's key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Hint which issuing key signed it.
    #[must_use]
    pub const fn issuer_kid(&self) -> &[u8; 8] {
        &self.issuer_kid
    }

    /// The certificate's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the payload and protected header, not of the signature.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        let mut signed = self.message.protected_bytes.clone();
        signed.extend_from_slice(&self.message.payload);
        hash::sha256(&signed)
    }

    /// Whether this issuing key signed it, for this community.
    #[must_use]
    pub fn issued_by(&self, issuer: &PublicKey, community: &CommunityId) -> bool {
        self.claims.community == community.short()
            && self.issuer_kid == cose::kid(issuer)
            && self.message.verify(issuer)
    }

    /// Whether it is valid at a moment, with a skew allowance in seconds.
    #[must_use]
    pub const fn valid_at(&self, now: UnixSec, skew_s: u64) -> bool {
        now.0.saturating_add(skew_s) >= self.claims.nbf.0
            && now.0 <= self.claims.exp.0.saturating_add(skew_s)
    }
}

impl DeviceClaims {
    fn encode(&self) -> Vec<u8> {
        let device = Value::map(vec![
            (0, Some(Value::Uint(1))),
            (1, Some(Value::Uint(self.roles))),
            (2, Some(Value::bytes(&self.principal.0))),
            (3, self.unit.clone().map(Value::Text)),
            (4, self.gate.map(|g| Value::Uint(g.into()))),
            (5, Some(Value::Uint(self.enrol_seq.into()))),
        ]);
        let cnf = Value::map(vec![(1, Some(cose::okp_key(&self.device.0)))]);
        Value::map(vec![
            (1, Some(Value::text(&self.community))),
            (4, Some(Value::Uint(self.exp.0))),
            (5, Some(Value::Uint(self.nbf.0))),
            (6, Some(Value::Uint(self.iat.0))),
            (8, Some(cnf)),
            (-65538, Some(device)),
        ])
        .encode()
    }

    fn decode(payload: &[u8]) -> Result<Self, CertError> {
        let mut c = Fields::of(cbor::decode(payload, 6).map_err(CoseError::from)?)?;
        let mut d = Fields::of(c.need(-65538)?)?;
        let mut cnf = Fields::of(c.need(8)?)?;
        let mut okp = Fields::of(cnf.need(1)?)?;
        cnf.finish()?;
        if okp.uint(1)? != 1 || okp.uint(-1)? != 6 || d.uint(0)? != 1 {
            return Err(CertError::Header);
        }
        let device = DeviceId(okp.array(-2)?);
        okp.finish()?;
        let small = |v: Option<u64>| match v {
            None => Ok(None),
            Some(n) => u8::try_from(n)
                .ok()
                .filter(|n| *n < 64)
                .map(Some)
                .ok_or_else(|| ShapeError::new(4, "a gate number is 0 to 63")),
        };
        let claims = Self {
            community: c.text(1)?,
            exp: UnixSec(c.uint(4)?),
            nbf: UnixSec(c.uint(5)?),
            iat: UnixSec(c.uint(6)?),
            device,
            roles: d.uint(1)?,
            principal: PrincipalId(d.array(2)?),
            unit: d.opt_text(3)?,
            gate: small(d.opt_uint(4)?)?,
            enrol_seq: u32::try_from(d.uint(5)?).map_err(|_| ShapeError::new(5, "too large"))?,
        };
        c.finish()?;
        d.finish()?;
        if claims
            .unit
            .as_ref()
            .is_some_and(|u| u.is_empty() || u.chars().count() > 24)
        {
            return Err(ShapeError::new(3, "a unit has 1 to 24 characters").into());
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_as_signed_and_only_by_its_issuer() {
        let community = CommunityId([4; 32]);
        let issuer = SigningKey::from_seed(&[1; 32]);
        let claims = DeviceClaims {
            community: community.short(),
            exp: UnixSec(1_000),
            nbf: UnixSec(10),
            iat: UnixSec(10),
            device: SigningKey::from_seed(&[2; 32]).device(),
            roles: MAY_GRANT,
            principal: PrincipalId([9; 16]),
            unit: Some("3-2-501".into()),
            gate: None,
            enrol_seq: 7,
        };
        let cert = Certificate::sign(&claims, &issuer).unwrap();
        let read = Certificate::parse(cert.bytes()).unwrap();
        assert_eq!(read.claims(), &claims);
        assert!(read.issued_by(&issuer.public(), &community));
        assert!(!read.issued_by(&issuer.public(), &CommunityId([5; 32])));
        assert!(!read.issued_by(&SigningKey::from_seed(&[3; 32]).public(), &community));
        assert!(read.valid_at(UnixSec(1_050), 120) && !read.valid_at(UnixSec(1_121), 120));
        for at in 0..cert.bytes().len() {
            let mut bytes = cert.bytes().to_vec();
            bytes[at] ^= 1;
            let accepted =
                Certificate::parse(&bytes).is_ok_and(|c| c.issued_by(&issuer.public(), &community));
            assert!(!accepted, "byte {at} changed and nobody noticed");
        }
    }
}
