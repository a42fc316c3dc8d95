//! More cases of steps 7 to 10: who may invite, when, where to, and what was taken back.

use super::super::Time;
use super::*;
use crate::Window;
use crate::context::{CancelAllPart, HexBytes};

fn household(w: &World) -> ActPart {
    ActPart {
        device: None,
        principal: Some(Hex(w.host.principal.0)),
        heads: vec![],
    }
}

/// A helper with hours, on the vectors' Monday at 07:00 (minute 420).
fn hours(w: &mut World, days: u8, start: u16, end: u16) -> Result<(), MakeError> {
    w.claims.kind = Kind::Worker;
    w.claims.exp = UnixSec(MONDAY + 5 * DAY);
    w.claims.windows = vec![Window::new(days, start, end)?];
    Ok(())
}

fn by_office(w: &mut World) {
    w.signer = OFFICE;
    w.claims.iss = w.office.principal.issuer_text(true);
    w.claims.host_unit = Some(linli_base::Private::new("3-2-502".into()));
}

fn cancelled_by_office(w: &World, c: &mut Context, officer: bool) {
    c.ledger.cancels.push(CancelPart {
        cti: Hex(w.claims.cti.0),
        by: Hex(w.office.principal.0),
        officer,
        at: Some(Time(UnixSec(MONDAY - HOUR / 2))),
    });
}

/// "Cancel all" of the household, of this many seconds after the pass was issued.
fn cancel_all(w: &World, c: &mut Context, after_s: u64) {
    c.ledger.cancel_all.push(CancelAllPart {
        by: Hex(w.host.principal.0),
        before: Time(UnixSec(w.claims.iat.0 + after_s)),
    });
}

/// The gate's copy of the household's certificate is an older one, which has ended.
fn outdated(w: &World, c: &mut Context) {
    let mut old = w.host.clone();
    (old.exp, old.iat, old.nbf) = (
        UnixSec(MONDAY - DAY),
        UnixSec(MONDAY - 90 * DAY),
        UnixSec(MONDAY - 90 * DAY),
    );
    if let Ok(certificate) = w.certificate(&old) {
        c.keys.devices[0].cert = HexBytes(certificate.bytes().to_vec());
    }
}

cases! {
    "e_role_chain": Deny Role, "A device without the right to invite brings its certificate along.", |w| {
        chained(w, |w| w.host.roles = 0)
    };
    "e_role_office": Deny Role, "An office that may not invite.", |w| {
        w.office.roles = linli_charter::cert::IS_OFFICE;
        by_office(w);
        Ok(())
    };
    "e_held_household": Deny Held, "The whole household is on hold; the pass was never heard of.", |w| {
        gate(w, |w, c| c.ledger.holds.push(household(w)))
    };
    "e_revoked_unheard": Deny Revoked, "The device is revoked and the gate knows no place of the pass in its log.", |w| {
        gate(w, |w, c| c.ledger.revoked.push(act(w, 40)))
    };
    "e_revoked_household": Deny Revoked, "The whole household is revoked; its certificate comes along.", |w| {
        gate(w, |w, c| c.ledger.revoked.push(household(w)))?;
        chained(w, |_| {})
    };
    "admit_revoked_below": Admit, "The device is revoked; the pass lies at the cut-off.", |w| {
        gate(w, |w, c| {
            c.ledger.grants.extend(w.heard().ok());
            c.ledger.revoked.push(act(w, 4));
        })
    };
    "e_retired_chain": Deny Retired, "The household has moved out; its certificate comes along and is still valid.", |w| {
        gate(w, |w, c| c.ledger.retired.push(Hex(w.host.principal.0)))?;
        chained(w, |_| {})
    };
    "e_retired_code": Deny Retired, "The short code of a pass of a household that has moved out.", |w| {
        heard(w, |w, c| {
            c.gate.scan.code = Some(w.claims.cti.short_code().to_string());
            c.ledger.retired.push(Hex(w.host.principal.0));
        })
    };
    "e_iss_as_office": Deny Iss, "A household calls itself an office.", |w| {
        w.claims.iss = w.host.principal.issuer_text(true);
        Ok(())
    };
    "e_iss_as_household": Deny Iss, "An office calls itself a household.", |w| {
        w.signer = OFFICE;
        w.claims.iss = w.office.principal.issuer_text(false);
        Ok(())
    };
    "e_aud_estate": Deny Aud, "The pass is for another estate.", |w| {
        w.claims.aud = vec![linli_base::CommunityId([7; 32]).short()];
        Ok(())
    };
    "e_aud_gates": Deny Aud, "The pass is meant for gates 2 and 3.", |w| {
        w.claims.aud = ["g2", "g3"].map(|g| format!("{}/{g}", w.community.short())).to_vec();
        Ok(())
    };
    "admit_aud_gate": Admit, "The pass is meant for gates 2 and 1, and this is gate 1.", |w| {
        w.claims.aud = ["g2", "g1"].map(|g| format!("{}/{g}", w.community.short())).to_vec();
        Ok(())
    };
    "e_not_yet_iat": Deny NotYet, "It has begun, and was issued 121 seconds from now.", |w| {
        (w.claims.nbf, w.claims.iat) = (UnixSec(MONDAY - 100), UnixSec(MONDAY + 121));
        Ok(())
    };
    "e_not_yet_certificate": Deny NotYet, "The certificate that the gate holds begins tomorrow.", |w| {
        w.host.nbf = UnixSec(MONDAY + DAY);
        Ok(())
    };
    "admit_not_yet_skew": Admit, "Starts 120 seconds from now: within the allowance.", |w| {
        (w.claims.nbf, w.claims.iat) = (UnixSec(MONDAY + 120), UnixSec(MONDAY));
        Ok(())
    };
    "e_expired_certificate": Deny Expired, "The certificate that the gate holds ended yesterday and no newer one comes along.", |w| {
        gate(w, outdated)
    };
    "admit_expired_renewed": Admit, "The certificate that the gate holds ended yesterday; a newer one of the same device comes along.", |w| {
        w.chain = Some(w.certificate(&w.host)?);
        gate(w, outdated)
    };
    "e_expired_floor": Deny Expired, "The own clock says last year; by the floor the pass has ended.", |w| {
        gate(w, |w, c| {
            c.clock.now = Time(UnixSec(MONDAY - 300 * DAY));
            c.clock.floor = Some(Time(w.claims.exp));
        })
    };
    "e_expired_drift": Deny Expired, "Ended 300 seconds ago, at a clock that last agreed two days ago.", |w| {
        w.claims.exp = UnixSec(MONDAY - 300);
        gate(w, |_, c| c.clock.state = "DRIFT".into())
    };
    "admit_expired_skew": Admit, "Ended 119 seconds ago: within the allowance.", |w| {
        w.claims.exp = UnixSec(MONDAY - 119);
        Ok(())
    };
    "e_too_long_worker": Deny TooLong, "A helper's pass for 181 days.", |w| {
        w.claims.kind = Kind::Worker;
        w.claims.exp = UnixSec(w.claims.nbf.0 + 181 * DAY);
        Ok(())
    };
    "e_too_long_charter": Deny TooLong, "Eight hours, where the charter allows a guest four.", |w| {
        w.claims.exp = UnixSec(w.claims.nbf.0 + 8 * HOUR);
        gate(w, |_, c| c.charter.limits.person_pass_s = Some(4 * HOUR))
    };
    "admit_too_long_just": Admit, "A guest's pass for exactly three days.", |w| {
        w.claims.exp = UnixSec(w.claims.nbf.0 + 3 * DAY);
        Ok(())
    };
    "e_window_over": Deny Window, "Mondays 6 to 7, shown at 7: the end does not belong to it.", |w| hours(w, 1, 360, 420);
    "e_window_sunday": Deny Window, "The whole Sunday, and none comes before the pass ends.", |w| hours(w, 64, 0, 1440);
    "admit_window_start": Admit, "Mondays 7 to 8, shown at 7: the beginning belongs to it.", |w| hours(w, 1, 420, 480);
    "e_gate_list": Deny Gate, "Unlimited, at gates 2 and 3 only.", |w| {
        (w.claims.entries, w.claims.gates) = (0, vec![2, 3]);
        Ok(())
    };
    "e_gate_office": Deny Gate, "An office's pass for gate 3.", |w| {
        by_office(w);
        w.claims.gates = vec![3];
        Ok(())
    };
    "e_cancelled_all": Deny Cancelled, "The household cancelled everything it had issued.", |w| gate(w, |w, c| cancel_all(w, c, 1));
    "e_cancelled_officer": Deny Cancelled, "An officer of the gates cancelled.", |w| {
        gate(w, |w, c| cancelled_by_office(w, c, true))
    };
    "admit_cancelled_before": Admit, "Issued in the second in which the household cancelled everything before.", |w| {
        gate(w, |w, c| cancel_all(w, c, 0))
    };
    "admit_cancelled_other": Admit, "Another principal cancelled; it has no say in this pass.", |w| {
        gate(w, |w, c| cancelled_by_office(w, c, false))
    };
}
