//! The decision: every step, the order of the steps, and that no changed pass gets in.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod beside;
mod late;
mod order;
mod tamper;

use super::*;
use crate::codes::Verdict;
use crate::grant::Window;
use crate::pin::Pin;
use crate::reason::{ChainFault, PinFault};
use crate::state::*;
use crate::testing::{DAY, HOUR, MONDAY, World, answer, key};
use crate::token::{issue, to_text};
use linli_base::cbor::Value;
use linli_base::{PrincipalId, UnixSec};
use linli_charter::Certificate;
use linli_charter::cert::MAY_GRANT;
use linli_keys::cose::{self, Sign1};

#[test]
fn a_pass_is_used_once_and_the_second_time_is_told_when_and_where() {
    let mut w = World::new();
    let pass = w.pass(|_| {});
    let first = w.show(&pass);
    assert_eq!(answer(&first), "ADMIT");
    assert_eq!(
        first.reason,
        Reason::Admit {
            entry: Some((1, 1)),
            unheard: false
        }
    );
    let show = first.show.unwrap();
    assert_eq!(show.label.unwrap().reveal(), "王*");
    assert_eq!(show.unit.unwrap().reveal(), "3-2-501");
    assert_eq!(first.signer, Some(w.host.device()));
    w.now.0 += 60;
    let second = w.show(&pass);
    assert_eq!(answer(&second), "DENY E_USED");
    assert_eq!(
        second.reason,
        Reason::Used {
            at: Some(UnixSec(MONDAY)),
            gate: Some(1),
            entries: 1
        }
    );
    assert!(!second.opens);
}

#[test]
fn a_gate_that_never_heard_of_the_household_lets_in_by_certificate() {
    let mut w = World::new();
    w.forget_host();
    let bare = w.pass(|_| {});
    w.check(&bare, "DENY E_KEY_UNKNOWN");
    let chained = issue(&w.grant(|_| {}), &w.host, Some(&w.certificate(|_| {}))).unwrap();
    let decision = w.decide(&Scan::text(chained));
    assert_eq!(
        decision.reason,
        Reason::Admit {
            entry: Some((1, 1)),
            unheard: true
        }
    );
    assert_eq!(decision.show.unwrap().unit.unwrap().reveal(), "3-2-501");
}

#[test]
fn step_5_what_is_wrong_with_a_chain_is_said() {
    let mut w = World::new();
    w.forget_host();
    let chained =
        |w: &World, c: &Certificate| Scan::text(issue(&w.grant(|_| {}), &w.host, Some(c)).unwrap());
    let fault = |w: &World, scan: &Scan| w.decide(scan).reason;

    let good = chained(&w, &w.certificate(|_| {}));
    let mut other = World::new();
    other.forget_host();
    other.gate.keys.set_issuers([]);
    assert_eq!(fault(&other, &good), Reason::IssuerUnknown);

    let expired = chained(&w, &w.certificate(|c| c.exp = UnixSec(MONDAY - 121)));
    assert_eq!(fault(&w, &expired), Reason::Chain(ChainFault::Time));
    let future = chained(&w, &w.certificate(|c| c.nbf = UnixSec(MONDAY + 121)));
    assert_eq!(fault(&w, &future), Reason::Chain(ChainFault::Time));
    let elsewhere = chained(&w, &w.certificate(|c| c.community = "n:z9m4c1wb".into()));
    assert_eq!(fault(&w, &elsewhere), Reason::Chain(ChainFault::Community));

    let forger = Certificate::sign(&w.host_claims(), &key(66)).unwrap();
    assert_eq!(fault(&w, &chained(&w, &forger)), Reason::IssuerUnknown);
    assert_eq!(
        fault(&w, &with_kcwt(&w, forged_kid(&forger, &w))),
        Reason::Chain(ChainFault::Signature)
    );

    let mut small = World::new();
    small.forget_host();
    small.set_issuer(|i| i.key.buildings = vec!["7".into()]);
    assert_eq!(fault(&small, &good), Reason::Chain(ChainFault::Scope));

    for (seq, device, reason) in [
        (4, None, None),
        (5, Some(w.host.device()), None),
        (5, None, Some(ChainFault::NotEnrolled)),
        (9, Some(key(7).device()), Some(ChainFault::NotEnrolled)),
    ] {
        let mut held = World::new();
        held.forget_host();
        held.set_issuer(|i| {
            i.held_to = seq;
            i.enrols.extend(device.map(|d| (5, d)));
        });
        let wanted = reason.map_or("ADMIT", |_| "DENY E_CHAIN");
        held.check(&good, wanted);
    }
    w.set_issuer(|i| i.cut_at = Some(4));
    assert_eq!(fault(&w, &good), Reason::Chain(ChainFault::NotEnrolled));
}

/// The certificate with its issuer's key id replaced by the true issuer's.
fn forged_kid(certificate: &Certificate, w: &World) -> Value {
    let mut message = Sign1::parse(certificate.bytes(), 6).unwrap();
    message.protected = Value::map(vec![
        (1, Some(Value::int(-8))),
        (4, Some(Value::bytes(&cose::kid(&w.issuer.public())))),
        (16, Some(Value::text(linli_charter::cert::TYP))),
    ]);
    message.protected_bytes = message.protected.encode();
    linli_base::cbor::decode(&message.encode(), 6).unwrap()
}

fn header(kid: [u8; 8]) -> Value {
    Value::map(vec![
        (1, Some(Value::int(-8))),
        (4, Some(Value::bytes(&kid))),
        (16, Some(Value::text(crate::token::TYP))),
    ])
}

/// The household's pass with anything in the place of the certificate.
fn with_kcwt(w: &World, kcwt: Value) -> Scan {
    let unprotected = Value::map(vec![(13, Some(kcwt))]);
    let kid = cose::kid(&w.host.public());
    let message = Sign1::sign(&w.host, header(kid), unprotected, w.grant(|_| {}).encode());
    Scan::text(to_text(&message.encode()))
}

#[test]
fn step_5_a_weak_key_and_something_that_is_no_certificate() {
    let mut w = World::new();
    w.forget_host();
    let mut weak = [0; 32];
    weak[0] = 1;
    let mut claims = Value::map(vec![]);
    let good = Sign1::parse(w.certificate(|_| {}).bytes(), 6).unwrap();
    if let Ok(Value::Map(mut pairs)) = linli_base::cbor::decode(&good.payload, 6) {
        pairs.retain(|(k, _)| *k != Value::Uint(8));
        pairs.push((
            Value::Uint(8),
            Value::map(vec![(1, Some(cose::okp_key(&weak)))]),
        ));
        claims = Value::Map(pairs);
    }
    let certificate = Sign1::sign(
        &w.issuer,
        good.protected,
        Value::Map(vec![]),
        claims.encode(),
    );
    let kcwt = linli_base::cbor::decode(&certificate.encode(), 6).unwrap();
    w.check(&with_kcwt(&w, kcwt), "DENY E_WEAK_KEY");
    w.check(&with_kcwt(&w, Value::Null), "DENY E_CHAIN");
    w.check(
        &with_kcwt(&w, Value::bytes(w.certificate(|_| {}).bytes())),
        "DENY E_CHAIN",
    );
}

#[test]
fn step_6_a_key_id_is_only_a_hint() {
    let w = World::new();
    let grant = w.grant(|_| {}).encode();
    let of = |signer: &linli_keys::SigningKey, kid: [u8; 8]| {
        let message = Sign1::sign(signer, header(kid), Value::Map(vec![]), grant.clone());
        Scan::text(to_text(&message.encode()))
    };
    w.check(&of(&key(66), cose::kid(&w.host.public())), "DENY E_SIG");
    w.check(&of(&w.host, cose::kid(&w.office.public())), "DENY E_SIG");
    w.check(&of(&w.host, [1; 8]), "DENY E_KEY_UNKNOWN");
    // A stranger's certificate beside a known key id changes nothing.
    let foreign = w.certificate(|c| c.device = key(66).device());
    let kcwt = linli_base::cbor::decode(foreign.bytes(), 6).unwrap();
    let message = Sign1::sign(
        &key(66),
        header(cose::kid(&w.host.public())),
        Value::map(vec![(13, Some(kcwt))]),
        grant.clone(),
    );
    w.check(&Scan::text(to_text(&message.encode())), "DENY E_SIG");
}

#[test]
fn step_7_holds_revocations_and_roles() {
    let host = || World::new().host.device();
    let principal = || {
        let w = World::new();
        w.principal(&w.host)
    };
    let heads = |seq| Heads::from([((host(), linli_base::Period(682)), seq)]);
    let after = |change: &dyn Fn(&mut World), wanted: &str| {
        let mut w = World::new();
        w.hear(w.grant(|_| {}));
        change(&mut w);
        w.check(&w.pass(|_| {}), wanted);
    };
    after(
        &|w| w.gate.acts.hold(Subject::Device(host()), heads(4)),
        "ASK E_HELD",
    );
    after(
        &|w| w.gate.acts.hold(Subject::Device(host()), heads(3)),
        "DENY E_HELD",
    );
    after(
        &|w| w.gate.acts.hold(Subject::Principal(principal()), heads(4)),
        "ASK E_HELD",
    );
    after(
        &|w| w.gate.acts.revoke(Subject::Device(host()), heads(4)),
        "ADMIT",
    );
    after(
        &|w| w.gate.acts.revoke(Subject::Device(host()), heads(3)),
        "DENY E_REVOKED",
    );
    after(
        &|w| {
            w.gate
                .acts
                .revoke(Subject::Principal(principal()), Heads::new())
        },
        "DENY E_REVOKED",
    );
    after(&|w| w.gate.acts.retire(principal()), "DENY E_RETIRED");
    after(&|w| w.gate.acts.retire(PrincipalId([1; 16])), "ADMIT");
    // The hold that a revocation followed does not turn its DENY into a question.
    after(
        &|w| {
            w.gate.acts.hold(Subject::Device(host()), heads(4));
            w.gate.acts.revoke(Subject::Device(host()), heads(3));
        },
        "DENY E_REVOKED",
    );
    after(
        &|w| {
            let mut claims = w.host_claims();
            claims.roles &= !MAY_GRANT;
            claims.iat = UnixSec(MONDAY);
            w.gate.keys.hear(claims);
        },
        "DENY E_ROLE",
    );
}

#[test]
fn step_7_a_certificate_never_beats_a_hold_or_a_stolen_place_in_the_log() {
    let mut w = World::new();
    w.forget_host();
    let chained =
        Scan::text(issue(&w.grant(|_| {}), &w.host, Some(&w.certificate(|_| {}))).unwrap());
    w.check(&chained, "ADMIT");
    w.gate
        .acts
        .hold(Subject::Device(w.host.device()), Heads::new());
    w.check(&chained, "DENY E_HELD");
    // A stolen key signs the id of an old, logged pass with a longer life: the log does not vouch for that.
    let mut w = World::new();
    w.hear(w.grant(|_| {}));
    w.gate.acts.hold(
        Subject::Device(w.host.device()),
        Heads::from([((w.host.device(), linli_base::Period(682)), 4)]),
    );
    w.check(&w.pass(|_| {}), "ASK E_HELD");
    w.check(&w.pass(|c| c.exp = UnixSec(c.exp.0 + HOUR)), "DENY E_HELD");
}

#[test]
fn step_8_who_where_and_when() {
    let w = World::new();
    let here = w.community.short();
    w.check(&w.pass(|c| c.iss = "h:00000000".into()), "DENY E_ISS");
    w.check(
        &w.pass(|c| c.iss = w.principal(&w.host).issuer_text(true)),
        "DENY E_ISS",
    );
    w.check(&w.pass(|c| c.aud = vec!["n:z9m4c1wb".into()]), "DENY E_AUD");
    w.check(&w.pass(|c| c.aud = vec![format!("{here}/g1")]), "ADMIT");
    w.check(
        &w.pass(|c| c.aud = vec![format!("{here}/g2"), format!("{here}/g1")]),
        "ADMIT",
    );
    let west = w.decide(&w.pass(|c| c.aud = vec![format!("{here}/g2")]));
    assert_eq!(west.reason, Reason::Aud { gates: vec![2] });
    for (nbf, exp, wanted) in [
        (120, HOUR, "ADMIT"),
        (121, HOUR, "DENY E_NOT_YET"),
        (-(HOUR as i64), (-119i64) as u64, "ADMIT"),
        (-(HOUR as i64), (-120i64) as u64, "DENY E_EXPIRED"),
    ] {
        let at = |d: i64| UnixSec(MONDAY.checked_add_signed(d).unwrap());
        let pass = w.pass(|c| {
            (c.nbf, c.exp) = (at(nbf), at(exp as i64));
            c.iat = c.nbf;
        });
        w.check(&pass, wanted);
    }
    w.check(&w.pass(|c| c.iat = UnixSec(MONDAY - HOUR - 10)), "ADMIT");
    let future =
        |c: &mut crate::Claims| (c.nbf, c.iat) = (UnixSec(MONDAY + 100), UnixSec(MONDAY + 130));
    w.check(&w.pass(future), "DENY E_NOT_YET");
    w.check(&w.pass(|c| c.exp = UnixSec(c.nbf.0 + 72 * HOUR)), "ADMIT");
    w.check(
        &w.pass(|c| c.exp = UnixSec(c.nbf.0 + 72 * HOUR + 1)),
        "DENY E_TOO_LONG",
    );
    for kind in [Kind::Vehicle, Kind::Worker] {
        let long = |days: u64, s: u64| {
            w.pass(|c| {
                c.kind = kind;
                c.exp = UnixSec(c.nbf.0 + days * DAY + s);
            })
        };
        w.check(&long(180, 0), "ADMIT");
        w.check(&long(180, 1), "DENY E_TOO_LONG");
    }
}

#[test]
fn step_8_the_newest_certificate_held_must_be_valid_now() {
    let mut w = World::new();
    w.now.0 += 61 * DAY;
    w.gate.news = Some(w.now);
    let long = |w: &World| {
        w.grant(|c| {
            c.kind = Kind::Worker;
            c.exp = UnixSec(c.nbf.0 + 100 * DAY);
        })
    };
    let pass = Scan::text(issue(&long(&w), &w.host, None).unwrap());
    let decision = w.decide(&pass);
    assert_eq!(answer(&decision), "DENY E_EXPIRED");
    // The pass brings the renewed certificate along, or the gate has heard of it: either is enough.
    let renewed = w.certificate(|c| {
        c.iat = UnixSec(MONDAY + 50 * DAY);
        c.exp = UnixSec(MONDAY + 140 * DAY);
    });
    w.check(
        &Scan::text(issue(&long(&w), &w.host, Some(&renewed)).unwrap()),
        "ADMIT",
    );
    w.gate.keys.hear(renewed.claims().clone());
    w.check(&pass, "ADMIT");
}
