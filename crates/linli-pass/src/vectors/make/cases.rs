//! The cases: what each changes and what must come out, in the order of the checks.

use super::{DAY, HOST, HOUR, MONDAY, Made, MakeError, OFFICE, STRANGER, World, at, key};
use crate::codes::{Code, Verdict};
use crate::context::{
    ActPart, BeforePart, CancelPart, Context, HeadPart, Hex, RefusalPart, ScanPart, UsePart,
};
use crate::grant::Kind;
use crate::pin::Pin;
use crate::plate::Plate;
use crate::token::TYP;
use linli_base::UnixSec;
use linli_base::cbor::{self, Value};
use linli_charter::Certificate;
use linli_keys::cose::{self, Sign1};

/// A case.
pub(in crate::vectors::make) struct Case {
    name: &'static str,
    descr: &'static str,
    verdict: Verdict,
    code: Option<Code>,
    change: fn(&mut World) -> Result<(), MakeError>,
}

impl Case {
    pub(super) fn make(&self) -> Result<Made, MakeError> {
        let mut world = World::new();
        (self.change)(&mut world)?;
        world.make(self.name, self.descr, self.verdict, self.code)
    }
}

macro_rules! cases {
    (@code) => { None };
    (@code $code:ident) => { Some(Code::$code) };
    ($($name:literal: $verdict:ident $($code:ident)?, $descr:literal, $change:expr;)+) => {
        pub(in crate::vectors::make) const CASES: &[Case] = &[$(Case {
            name: $name,
            descr: $descr,
            verdict: Verdict::$verdict,
            code: cases!(@code $($code)?),
            change: $change,
        },)+];
    };
}

mod form;
mod rules;
mod spot;

/// Every case: first one or two a code, then their neighbours by step, the good beside the bad.
pub(super) fn all() -> impl Iterator<Item = &'static Case> {
    let groups = [CASES, form::CASES, rules::CASES, spot::CASES];
    groups.into_iter().flatten()
}

/// Adds an edit of the context.
fn gate(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    w.edits.push(edit);
    Ok(())
}

/// The scan is not a pass.
fn scan(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    w.no_pass = true;
    gate(w, edit)
}

/// The gate has heard of the grant and nothing is shown but what `edit` says.
fn heard(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    scan(w, |w, c| c.ledger.grants.extend(w.heard().ok()))?;
    gate(w, edit)
}

/// The gate has never heard of the household; its certificate, changed, comes along.
fn chained(w: &mut World, change: fn(&mut World)) -> Result<(), MakeError> {
    w.known = false;
    let mut claims = World::new();
    change(&mut claims);
    w.chain = Some(w.certificate(&claims.host)?);
    Ok(())
}

fn header(w: &mut World, fields: Vec<(i64, Option<Value>)>) -> Result<(), MakeError> {
    let mut all = vec![
        (1, Some(Value::int(cose::ALG_EDDSA))),
        (4, Some(Value::bytes(&cose::kid(&key(w.signer).public())))),
        (16, Some(Value::text(TYP))),
    ];
    all.retain(|(k, _)| fields.iter().all(|(other, _)| other != k));
    all.extend(fields);
    w.protected = Some(Value::map(all));
    Ok(())
}

/// exp written in eight bytes where four are enough.
fn long_exp(w: &mut World) -> Result<(), MakeError> {
    let payload = w.grant()?.encode();
    let at = payload.windows(2).position(|two| two == [4, 0x1a]);
    let at = at.ok_or(MakeError::Case("no exp in the claims"))?;
    w.payload = Some([&payload[..=at], &[0x1b, 0, 0, 0, 0], &payload[at + 2..]].concat());
    Ok(())
}

/// A certificate for a point of small order, under which a message may have a signature that nobody made.
fn weak_key(w: &mut World, point: [u8; 32]) -> Result<(), MakeError> {
    w.known = false;
    let sound = w.certificate(&w.host)?;
    let message = Sign1::parse(sound.bytes(), 6).map_err(|_| MakeError::Case("no certificate"))?;
    let claims = cbor::decode(&message.payload, 6).map_err(|_| MakeError::Case("no claims"))?;
    let Value::Map(mut pairs) = claims else {
        return Err(MakeError::Case("no map"));
    };
    pairs.retain(|(k, _)| *k != Value::Uint(8));
    pairs.push((
        Value::Uint(8),
        Value::map(vec![(1, Some(cose::okp_key(&point)))]),
    ));
    let forged = Sign1::sign(
        &key(1),
        message.protected,
        Value::Map(vec![]),
        Value::Map(pairs).encode(),
    );
    let pass = Sign1::parse(&w.message()?, 6).map_err(|_| MakeError::Case("no pass"))?;
    let kcwt = cbor::decode(&forged.encode(), 6).map_err(|_| MakeError::Case("no message"))?;
    let unprotected = Value::map(vec![(13, Some(kcwt))]);
    let with_chain = Sign1 {
        unprotected,
        ..pass
    };
    w.text = Some(crate::token::to_text(&with_chain.encode()));
    Ok(())
}

/// The encoding of a point that begins and ends like this, with `fill` between.
fn point(first: u8, fill: u8) -> [u8; 32] {
    let mut bytes = [fill; 32];
    bytes[0] = first;
    bytes[31] &= 0x7f;
    bytes
}

/// The label's first character made another, as somebody who edits the bytes would.
fn other_label(mut message: Vec<u8>) -> Vec<u8> {
    let (wang, li) = ("王".as_bytes(), "李".as_bytes());
    if let Some(at) = message.windows(3).position(|three| three == wang) {
        message[at..at + 3].copy_from_slice(li);
    }
    message
}

fn act(w: &World, seq: u32) -> ActPart {
    let device = Hex(w.host.device.0);
    let heads = vec![HeadPart {
        device,
        period: 680,
        seq,
    }];
    ActPart {
        device: Some(device),
        principal: None,
        heads,
    }
}

fn earlier(seconds: u64, scan: ScanPart) -> BeforePart {
    BeforePart {
        at: super::Time(UnixSec(MONDAY - seconds)),
        scan,
    }
}

fn car(w: &mut World) {
    w.claims.kind = Kind::Vehicle;
    w.claims.entries = 0;
    w.claims.gates.clear();
    w.claims.plate = Plate::parse("京Q88B26").ok();
}

fn reads(c: &mut Context, plate: &str) {
    c.gate.scan.plate = Some(plate.to_owned());
    c.gate.scan.lane = Some("vehicle".to_owned());
}

fn pin(w: &mut World) -> Result<(), MakeError> {
    let kid = cose::kid(&key(HOST).public());
    let pin = Pin::parse("482103").map_err(|_| MakeError::Case("no PIN"))?;
    let tag = pin.tag(&w.claims.cti, &kid, w.claims.life_s());
    w.claims.pin_tag = Some(tag.map_err(|_| MakeError::Case("no tag"))?);
    Ok(())
}

cases! {
    "admit_once": Admit, "One entry at the home gate, by a household the gate knows.", |_| Ok(());
    "admit_chain": Admit, "The gate never heard of the household; its certificate comes along.", |w| chained(w, |_| {});
    "admit_alg_19": Admit, "Signed under the newer name of the algorithm.", |w| header(w, vec![(1, Some(Value::int(-19)))]);
    "admit_tag_61": Admit, "Tag 61 (CWT) in front of tag 18.", |w| {
        w.message = Some(|m| [&[0xd8, 0x3d], &m[..]].concat());
        Ok(())
    };
    "admit_office": Admit, "An office invites somebody to a household.", |w| {
        w.signer = OFFICE;
        w.claims.iss = w.office.principal.issuer_text(true);
        w.claims.host_unit = Some(linli_base::Private::new("3-2-502".into()));
        Ok(())
    };
    "admit_pin": Admit, "The right PIN is typed.", |w| {
        pin(w)?;
        gate(w, |_, c| c.gate.scan.pin = Some("482103".into()))
    };
    "admit_plate": Admit, "A booked plate, typed in full width with a middle dot.", |w| {
        car(w);
        heard(w, |_, c| reads(c, "京Ｑ·88B26"))
    };
    "admit_code": Admit, "The short code of a pass that the gate has heard of.", |w| {
        heard(w, |w, c| c.gate.scan.code = Some(w.claims.cti.short_code().to_string()))
    };
    "admit_transfer": Admit, "Counted at gate 2, which has handed the entry over.", |w| {
        w.claims.gates = vec![2, 1];
        gate(w, |w, c| c.gate.transfer = Some(crate::context::TransferPart { cti: Hex(w.claims.cti.0), entry: 1 }))
    };
    "e_prefix": Deny Prefix, "A shop's payment code.", |w| {
        w.text = Some("WXP://F2F0SAMPLE".into());
        Ok(())
    };
    "e_version": Deny Version, "A pass of a later version.", |w| {
        w.text = Some("LL2:NCFOXN".into());
        Ok(())
    };
    "e_b45": Deny B45, "A last pair above 255, which some decoders cut down to a byte.", |w| {
        w.text = Some("LL1:Z5".into());
        Ok(())
    };
    "e_cbor": Deny Cbor, "A pass cut off near its end; its base45 is whole.", |w| {
        w.message = Some(|m| m[..m.len() - 8].to_vec());
        Ok(())
    };
    "e_noncanon": Deny Noncanon, "exp is written in eight bytes where four are enough; the signature is right.", long_exp;
    "e_hdr": Deny Hdr, "A protected header says that others are critical.", |w| {
        header(w, vec![(2, Some(Value::Array(vec![Value::Uint(1)])))])
    };
    "e_typ": Deny Typ, "Typed as a device certificate.", |w| {
        header(w, vec![(16, Some(Value::text(linli_charter::cert::TYP)))])
    };
    "e_key_unknown": Deny KeyUnknown, "The gate never heard of the household and no certificate comes along.", |w| {
        w.known = false;
        Ok(())
    };
    "e_chain": Deny Chain, "The certificate that comes along ran out yesterday.", |w| {
        chained(w, |w| w.host.exp = UnixSec(MONDAY - DAY))
    };
    "e_issuer_unknown": Deny IssuerUnknown, "The certificate is signed by a key that the newest epoch does not list.", |w| {
        w.known = false;
        w.chain = Some(Certificate::sign(&w.host, &key(STRANGER))?);
        Ok(())
    };
    "e_weak_key": Deny WeakKey, "The certificate is for a key of small order.", |w| weak_key(w, point(1, 0));
    "e_sig": Deny Sig, "The label was changed from 王* to 李*.", |w| {
        w.message = Some(other_label);
        Ok(())
    };
    "e_role": Deny Role, "The device may not invite.", |w| {
        w.host.roles = 0;
        Ok(())
    };
    "e_held_before": Ask Held, "The device is on hold; the pass was logged before.", |w| {
        gate(w, |w, c| {
            c.ledger.grants.extend(w.heard().ok());
            c.ledger.holds.push(act(w, 4));
        })
    };
    "e_held_after": Deny Held, "The device is on hold; the pass was logged after.", |w| {
        gate(w, |w, c| {
            c.ledger.grants.extend(w.heard().ok());
            c.ledger.holds.push(act(w, 3));
        })
    };
    "e_revoked": Deny Revoked, "The device is revoked; the pass lies above the cut-off.", |w| {
        gate(w, |w, c| c.ledger.revoked.push(act(w, 3)))
    };
    "e_retired": Deny Retired, "The household has moved out.", |w| {
        gate(w, |w, c| c.ledger.retired.push(Hex(w.host.principal.0)))
    };
    "e_iss": Deny Iss, "The pass names another household than the one that signed.", |w| {
        w.claims.iss = w.office.principal.issuer_text(false);
        Ok(())
    };
    "e_aud": Deny Aud, "The pass is meant for gate 2 only.", |w| {
        w.claims.aud = vec![format!("{}/g2", w.community.short())];
        Ok(())
    };
    "e_not_yet": Deny NotYet, "Starts 121 seconds from now, one second beyond the allowance.", |w| {
        (w.claims.nbf, w.claims.iat) = (UnixSec(MONDAY + 121), UnixSec(MONDAY));
        Ok(())
    };
    "e_expired": Deny Expired, "Ended 120 seconds ago, just beyond the allowance.", |w| {
        w.claims.exp = UnixSec(MONDAY - 120);
        Ok(())
    };
    "e_too_long": Deny TooLong, "A guest's pass for ten days.", |w| {
        w.claims.exp = UnixSec(w.claims.nbf.0 + 10 * DAY);
        Ok(())
    };
    "e_window": Deny Window, "Tuesdays and Thursdays 9 to 11, shown on a Monday.", |w| {
        w.claims.kind = Kind::Worker;
        w.claims.exp = UnixSec(MONDAY + 50 * DAY);
        w.claims.windows = vec![crate::Window::new(0b1010, 540, 660)?];
        Ok(())
    };
    "e_gate": Deny Gate, "This gate is not in the pass.", |w| {
        w.claims.gates = vec![2];
        Ok(())
    };
    "e_cancelled": Deny Cancelled, "The host cancelled half an hour ago.", |w| {
        gate(w, |w, c| c.ledger.cancels.push(CancelPart {
            cti: Hex(w.claims.cti.0),
            by: Hex(w.host.principal.0),
            officer: false,
            at: Some(super::Time(UnixSec(MONDAY - HOUR / 2))),
        }))
    };
    "e_plate": Ask Plate, "The car has another plate than the pass.", |w| {
        w.claims.plate = Plate::parse("京N58K21").ok();
        gate(w, |_, c| {
            c.gate.scan.lane = Some("vehicle".into());
            c.gate.scan.plate_seen = Some("京N58K27".into());
        })
    };
    "e_used": Deny Used, "The one entry was used ten minutes ago.", |w| {
        gate(w, |w, c| c.ledger.uses.push(UsePart {
            cti: Hex(w.claims.cti.0),
            at: super::Time(UnixSec(MONDAY - 600)),
            gate: 1,
            device: None,
            period: 682,
            seq: 17,
        }))
    };
    "e_away": Ask Away, "Counted at gate 2, which has handed nothing over.", |w| {
        w.claims.gates = vec![2, 1];
        Ok(())
    };
    "e_companions": Ask Companions, "Three companions, one granted.", |w| {
        w.claims.companions = 1;
        gate(w, |_, c| c.gate.scan.companions = Some(3))
    };
    "e_pin": Deny Pin, "The PIN is wrong for the third time.", |w| {
        pin(w)?;
        gate(w, |_, c| {
            let typed = |pin: &str| ScanPart { pin: Some(pin.to_owned()), ..ScanPart::default() };
            c.gate.before = vec![earlier(40, typed("000001")), earlier(20, typed("000002"))];
            c.gate.scan = typed("000003");
        })
    };
    "e_clock": Ask Clock, "The gate's clock is behind its floor; nothing says that the pass has ended.", |w| {
        gate(w, |_, c| {
            c.clock.now = super::Time(UnixSec(MONDAY - 300 * DAY));
            c.clock.state = "BEHIND".into();
        })
    };
    "e_stale": Ask Stale, "Sixty days left and the cancellations are five hours old.", |w| {
        w.claims.kind = Kind::Worker;
        w.claims.exp = UnixSec(MONDAY + 60 * DAY);
        gate(w, |_, c| c.clock.news = Some(super::Time(UnixSec(MONDAY - 5 * HOUR))))
    };
    "e_log": Ask Log, "The gate log cannot be written.", |w| gate(w, |_, c| c.ledger.writable = false);
    "e_listed": Deny Listed, "Somebody without a pass, refused by the household he asks for.", |w| {
        scan(w, |_, c| {
            c.gate.scan.unit = Some("3-1-701".into());
            c.gate.scan.name = Some("推销员".into());
            let refused = (c.gate.scan.unit.clone(), c.gate.scan.name.clone());
            c.ledger.refusals.push(RefusalPart { unit: refused.0, plate: None, name: refused.1 });
        })
    };
    "e_plate_unknown": Ask PlateUnknown, "A plate that nobody booked.", |w| {
        car(w);
        heard(w, |_, c| reads(c, "津C66018"))
    };
    "e_plate_near": Ask PlateNear, "Read 8 where B is booked.", |w| {
        car(w);
        heard(w, |_, c| reads(c, "京Q88826"))
    };
    "e_inside": Ask Inside, "The car is marked as inside.", |w| {
        car(w);
        heard(w, |_, c| {
            reads(c, "京Q88B26");
            c.ledger.inside.insert("京Q88B26".into(), super::Time(UnixSec(MONDAY - HOUR)));
        })
    };
    "e_code_unknown": Deny CodeUnknown, "A short code that belongs to no pass heard of.", |w| {
        heard(w, |_, c| c.gate.scan.code = Some("0000-0000".into()))
    };
    "e_code_locked": Deny CodeLocked, "The right short code after five wrong ones in fifty seconds.", |w| {
        heard(w, |w, c| {
            let typed = |code: String| ScanPart { code: Some(code), ..ScanPart::default() };
            c.gate.before = (0..5).map(|n| earlier(60 - 10 * n, typed(format!("0000-000{n}")))).collect();
            c.gate.scan = typed(w.claims.cti.short_code().to_string());
        })
    };
    "e_repeat": Admit Repeat, "The same pass six seconds after it was admitted: nothing opens.", |w| {
        gate(w, |_, c| {
            c.gate.before = vec![earlier(0, ScanPart::default())];
            c.clock.now = at(6);
        })
    };
}
