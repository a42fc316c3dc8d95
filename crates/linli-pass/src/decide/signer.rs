//! Steps 5 and 6: whose key signed the pass.
//!
//! The replica is asked first, every key with the hinted id; only a device it has never heard of, or whose
//! certificate it holds has run out, is known by the certificate that came along. A certificate proves
//! enrolment and nothing else: holds and revocations known here are looked at afterwards, for either.

use crate::grant::Grant;
use crate::reason::{ChainFault, Reason};
use crate::state::{GateState, Issuer, Judged};
use crate::token::Token;
use linli_charter::{CertError, Certificate, DeviceClaims};
use linli_keys::{KeyError, PublicKey, cose};

/// The device that signed, with the newest certificate that counts.
pub(super) struct Signer {
    pub(super) claims: DeviceClaims,
    /// Known by the certificate alone.
    pub(super) unheard: bool,
}

/// Finds the key that signed and gives the grant out, now that the signature is right.
pub(super) fn find<'t>(
    token: &'t Token,
    gate: &GateState,
    time: &Judged,
) -> Result<(&'t Grant, Signer), Reason> {
    let mut any = false;
    for claims in gate.keys.candidates(token.kid()) {
        let Ok(key) = PublicKey::parse(&claims.device.0) else {
            continue;
        };
        any = true;
        if let Some(grant) = token.verify(&key) {
            let claims = newest(claims, token, gate, time);
            return Ok((
                grant,
                Signer {
                    claims,
                    unheard: false,
                },
            ));
        }
    }
    if !token.has_certificate() {
        return Err(if any { Reason::Sig } else { Reason::KeyUnknown });
    }
    // With candidates here, a certificate can only help if it is for yet another key with the same id.
    let certificate = match chain(token, gate, time) {
        Ok(certificate) => certificate,
        Err(_) if any => return Err(Reason::Sig),
        Err(reason) => return Err(reason),
    };
    let grant = token.verify(certificate.key()).ok_or(Reason::Sig)?;
    Ok((
        grant,
        Signer {
            claims: certificate.claims().clone(),
            unheard: true,
        },
    ))
}

/// The certificate held, unless it has run out and a newer one of the same device came along.
fn newest(held: &DeviceClaims, token: &Token, gate: &GateState, time: &Judged) -> DeviceClaims {
    if !time.is_past(held.exp) {
        return held.clone();
    }
    match chain(token, gate, time) {
        Ok(c)
            if c.claims().device == held.device
                && c.claims().principal == held.principal
                && c.claims().exp > held.exp =>
        {
            c.claims().clone()
        }
        _ => held.clone(),
    }
}

/// Charter epoch -> issuing key -> certificate.
fn chain(token: &Token, gate: &GateState, time: &Judged) -> Result<Certificate, Reason> {
    let certificate = match token.certificate() {
        None => return Err(Reason::KeyUnknown),
        Some(Err(CertError::Key(KeyError::Weak))) => return Err(Reason::WeakKey),
        Some(Err(_)) => return Err(Reason::Chain(ChainFault::Form)),
        Some(Ok(certificate)) => certificate,
    };
    let issuer_kid = *certificate.issuer_kid();
    let mut candidates = gate.keys.issuers(&issuer_kid).peekable();
    if candidates.peek().is_none() {
        return Err(Reason::IssuerUnknown);
    }
    let claims = certificate.claims();
    if claims.community != gate.place.community.short() {
        return Err(Reason::Chain(ChainFault::Community));
    }
    let signed_by = |issuer: &&Issuer| {
        PublicKey::parse(&issuer.key.device.0)
            .is_ok_and(|key| certificate.issued_by(&key, &gate.place.community))
    };
    let issuer = candidates
        .find(signed_by)
        .ok_or(Reason::Chain(ChainFault::Signature))?;
    let fault = if time.is_past(claims.exp) || time.is_before(claims.nbf) {
        Some(ChainFault::Time)
    } else if cose::kid(certificate.key()) != *token.kid() {
        Some(ChainFault::Kid)
    } else if !issuer.key.covers(claims.unit.as_deref()) {
        Some(ChainFault::Scope)
    } else if !issuer.may_have_enrolled(&claims.device, claims.enrol_seq) {
        Some(ChainFault::NotEnrolled)
    } else {
        None
    };
    fault.map_or(Ok(certificate), |fault| Err(Reason::Chain(fault)))
}
