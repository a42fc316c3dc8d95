//! What comes beside the token: plates, short codes, people without anything (pass.md §5).

use super::steps::{self, Bearer, ByPlate};
use super::{Decision, Now, Scan};
use crate::grant::ShortCode;
use crate::plate::Plate;
use crate::reason::Reason;
use crate::state::{GateState, KnownGrant};
use linli_base::Private;

/// A plate read or typed.
pub(super) fn plate(read: &str, sure: bool, scan: &Scan, gate: &GateState, now: Now) -> Decision {
    let unknown = || Reason::PlateUnknown {
        read: Private::new(shortened(read)),
    };
    let Ok(plate) = Plate::parse(read) else {
        return Decision::new(scan, unknown());
    };
    if let Some(estate) = gate.acts.refused(None, None, &[&plate]) {
        return Decision::new(scan, Reason::Listed { estate });
    }
    let by_plate = ByPlate { read: &plate, sure };
    let answers = gate
        .grants
        .with_plate(&plate)
        .map(|known| by_log(known, Some(by_plate), scan, gate, now));
    // Of several grants for one car the one that lets it in counts; an old one beside it does no harm.
    if let Some(best) = answers.min_by_key(|d| (d.verdict, d.reason.code().map(|c| c.step()))) {
        return best;
    }
    let near = gate.grants.plates_near(&plate);
    let mut live = near
        .into_iter()
        .filter(|p| gate.grants.with_plate(p).any(|k| is_live(k, gate, now)));
    match (live.next(), live.next()) {
        (Some(booked), None) => {
            let near = booked.near(&plate);
            Decision::new(
                scan,
                Reason::PlateNear {
                    read: plate,
                    booked: booked.clone(),
                    near,
                },
            )
        }
        _ => Decision::new(scan, unknown()),
    }
}

/// A short code typed in.
pub(super) fn code(typed: &str, scan: &Scan, gate: &GateState, now: Now) -> Decision {
    if let Some(wait_s) = gate.tries.codes_locked(now) {
        return Decision::new(scan, Reason::CodeLocked { wait_s });
    }
    let Some(code) = ShortCode::parse(typed) else {
        return Decision::new(scan, Reason::CodeUnknown);
    };
    let mut found = gate.grants.with_code(code);
    match (found.next(), found.next()) {
        (None, _) => Decision::new(scan, Reason::CodeUnknown),
        (Some(_), Some(_)) => Decision::new(scan, Reason::CodeTwice),
        (Some(known), None) => by_log(known, None, scan, gate, now),
    }
}

/// Somebody without anything: the guard decides, unless the person is refused.
pub(super) fn walk_in(
    unit: Option<&str>,
    name: Option<&str>,
    scan: &Scan,
    gate: &GateState,
) -> Decision {
    let seen = scan
        .plate_seen
        .as_ref()
        .and_then(|p| Plate::parse(p.reveal()).ok());
    let plates: Vec<&Plate> = seen.iter().collect();
    match gate.acts.refused(unit, name, &plates) {
        Some(estate) => Decision::new(scan, Reason::Listed { estate }),
        None => Decision::new(scan, Reason::NoPass),
    }
}

/// A grant from the log stands for its token: it goes on at step 7.
fn by_log(
    known: &KnownGrant,
    by_plate: Option<ByPlate<'_>>,
    scan: &Scan,
    gate: &GateState,
    now: Now,
) -> Decision {
    let Some(signer) = gate.keys.device(&known.place.device) else {
        return Decision::new(scan, Reason::KeyUnknown);
    };
    let bearer = Bearer {
        grant: &known.grant,
        signer,
        unheard: false,
        place: Some(&known.place),
        by_plate,
        resident: known.resident,
    };
    steps::judge(&bearer, scan, gate, now)
}

/// Neither past nor cancelled: a plate that somebody may still be waiting for.
fn is_live(known: &KnownGrant, gate: &GateState, now: Now) -> bool {
    let Some(signer) = gate.keys.device(&known.place.device) else {
        return false;
    };
    let (grant, principal) = (&known.grant, &signer.principal);
    !gate.clock.judge(now.wall).is_past(grant.exp)
        && gate.acts.cancelled(&grant.cti, principal).is_none()
        && gate.acts.cancelled_with_all(grant.iat, principal).is_none()
}

/// A reader can produce anything; a screen has room for a plate.
fn shortened(read: &str) -> String {
    read.chars()
        .filter(|c| !crate::grant::misleads(*c))
        .take(16)
        .collect()
}
