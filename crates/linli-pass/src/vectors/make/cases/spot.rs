//! More cases of steps 11 to 16 and of what stands beside the token: what is seen and counted at the gate itself.

use super::super::Time;
use super::*;
use crate::context::{CarriedPart, GrantPart, HexBytes, TransferPart};
use crate::grant::{Claims, Cti, Grant};

/// A guest's pass that names a plate, shown in the vehicle lane.
fn with_plate(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    w.claims.plate = Plate::parse("京N58K21").ok();
    gate(w, |_, c| c.gate.scan.lane = Some("vehicle".into()))?;
    gate(w, edit)
}

fn used(w: &World, c: &mut Context) {
    c.ledger.uses.push(UsePart {
        cti: Hex(w.claims.cti.0),
        at: Time(UnixSec(MONDAY - 600)),
        gate: 1,
        device: None,
        period: 682,
        seq: 17,
    });
}

/// Shown before, this long ago, in the same way; the scan of the vector is now.
fn shown_before(c: &mut Context, ago_s: u64) {
    c.gate.before = vec![earlier(ago_s, ScanPart::default())];
}

/// A second car of the household.
fn second_car(w: &World, plate: &str) -> Option<GrantPart> {
    let claims = Claims {
        cti: Cti([8; 12]),
        plate: Plate::parse(plate).ok(),
        ..w.claims.clone()
    };
    let claims = HexBytes(Grant::new(claims).ok()?.encode());
    Some(GrantPart {
        claims,
        seq: 5,
        ..w.heard().ok()?
    })
}

fn booked(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    car(w);
    heard(w, edit)
}

fn by_code(w: &mut World, edit: fn(&World, &mut Context)) -> Result<(), MakeError> {
    heard(w, |w, c| {
        c.gate.scan.code = Some(w.claims.cti.short_code().to_string());
    })?;
    gate(w, edit)
}

/// Wrong short codes, ten seconds apart from a minute ago.
fn wrong_codes(c: &mut Context, count: u64) {
    let typed = |n| ScanPart {
        code: Some(format!("0000-000{n}")),
        ..ScanPart::default()
    };
    c.gate.before = (0..count).map(|n| earlier(60 - 10 * n, typed(n))).collect();
}

fn refuse(c: &mut Context, unit: Option<&str>, plate: Option<&str>, name: Option<&str>) {
    let [unit, plate, name] = [unit, plate, name].map(|t| t.map(str::to_owned));
    c.ledger.refusals.push(RefusalPart { unit, plate, name });
}

/// A pass that lasts, at a gate whose cancellations are of some age.
fn lasting(
    w: &mut World,
    kind: Kind,
    days: u64,
    news: fn(&World, &mut Context),
) -> Result<(), MakeError> {
    w.claims.kind = kind;
    w.claims.exp = UnixSec(MONDAY + days * DAY);
    gate(w, news)
}

fn news(c: &mut Context, ago_s: u64) {
    c.clock.news = Some(Time(UnixSec(MONDAY - ago_s)));
}

cases! {
    "e_plate_unseen": Ask Plate, "In the vehicle lane nobody has looked at the plate.", |w| with_plate(w, |_, _| {});
    "e_plate_unread": Ask Plate, "What was read is no plate.", |w| {
        with_plate(w, |_, c| c.gate.scan.plate_seen = Some("- -".into()))
    };
    "admit_plate_seen": Admit, "The car has the plate of the pass, typed in full width and small letters.", |w| {
        with_plate(w, |_, c| c.gate.scan.plate_seen = Some("京ｎ・58k21".into()))
    };
    "e_used_carried": Deny Used, "The month opened with one entry spent; the log of the month before is gone.", |w| {
        gate(w, |w, c| c.ledger.carried.push(CarriedPart { cti: Hex(w.claims.cti.0), device: None, period: 682, spent: 1 }))
    };
    "e_used_again": Deny Used, "Admitted eleven seconds ago: no longer a repeat.", |w| gate(w, |_, c| shown_before(c, 11));
    "admit_used_second": Admit, "Two entries, one used.", |w| {
        w.claims.entries = 2;
        gate(w, used)
    };
    "e_away_took_over": Ask Away, "This device took the gate number over after the pass was issued.", |w| {
        gate(w, |w, c| c.gate.took_over = Some(Time(UnixSec(w.claims.iat.0 + 1))))
    };
    "e_away_other": Ask Away, "Counted at gate 2, which has handed over an entry of another pass.", |w| {
        w.claims.gates = vec![2, 1];
        gate(w, |_, c| c.gate.transfer = Some(TransferPart { cti: Hex([1; 12]), entry: 1 }))
    };
    "e_companions_none": Ask Companions, "One companion, none granted.", |w| gate(w, |_, c| c.gate.scan.companions = Some(1));
    "e_companions_most": Ask Companions, "Twenty-one companions, twenty granted.", |w| {
        w.claims.companions = 20;
        gate(w, |_, c| c.gate.scan.companions = Some(21))
    };
    "admit_companions": Admit, "Two companions, two granted.", |w| {
        w.claims.companions = 2;
        gate(w, |_, c| c.gate.scan.companions = Some(2))
    };
    "e_pin_missing": Deny Pin, "No PIN was typed.", pin;
    "e_pin_locked": Deny Pin, "The right PIN after three wrong ones.", |w| {
        pin(w)?;
        gate(w, |_, c| {
            let typed = |pin: &str| ScanPart { pin: Some(pin.to_owned()), ..ScanPart::default() };
            c.gate.before = (1..4).map(|n| earlier(80 - 20 * n, typed(&format!("00000{n}")))).collect();
            c.gate.scan = typed("482103");
        })
    };
    "e_clock_lost": Ask Clock, "The clock had no source for two weeks.", |w| gate(w, |_, c| c.clock.state = "LOST".into());
    "e_clock_floor": Ask Clock, "The clock believes itself good and lies an hour below the floor.", |w| {
        gate(w, |_, c| c.clock.floor = Some(at(HOUR)))
    };
    "admit_clock_resident": Admit, "A resident's car from the register, at a gate whose clock is lost.", |w| {
        booked(w, |_, c| {
            c.ledger.grants[0].resident = true;
            c.clock.state = "LOST".into();
            reads(c, "京Q88B26");
        })
    };
    "e_stale_day": Ask Stale, "Two days left and the cancellations are 25 hours old.", |w| {
        lasting(w, Kind::Person, 2, |_, c| news(c, 25 * HOUR))
    };
    "e_stale_never": Ask Stale, "The gate has never heard of cancellations.", |w| gate(w, |_, c| c.clock.news = None);
    "admit_stale_just": Admit, "Eight days left and the cancellations are exactly four hours old.", |w| {
        lasting(w, Kind::Worker, 8, |_, c| news(c, 4 * HOUR))
    };
    "e_log_plate": Ask Log, "A booked plate, and the gate log cannot be written.", |w| booked(w, |_, c| {
        reads(c, "京Q88B26");
        c.ledger.writable = false;
    });
    "e_log_code": Ask Log, "A short code, and the gate log cannot be written.", |w| by_code(w, |_, c| c.ledger.writable = false);
    "e_listed_label": Deny Listed, "A sound pass whose label the household itself refuses.", |w| {
        gate(w, |_, c| refuse(c, Some("3-2-501"), None, Some("王*")))
    };
    "e_listed_plate": Deny Listed, "A booked plate that the estate refuses.", |w| booked(w, |_, c| {
        reads(c, "京Q88B26");
        refuse(c, None, Some("京Q88B26"), None);
    });
    "admit_listed_other": Admit, "Another household refuses this label.", |w| {
        gate(w, |_, c| refuse(c, Some("3-2-502"), None, Some("王*")))
    };
    "e_plate_unknown_two": Ask PlateUnknown, "One character from two booked plates: nobody guesses which.", |w| booked(w, |w, c| {
        c.ledger.grants.extend(second_car(w, "京Q88B28"));
        reads(c, "京Q88B27");
    });
    "e_plate_unknown_text": Ask PlateUnknown, "What a camera makes of a wet bumper.", |w| booked(w, |_, c| reads(c, "#?%"));
    "e_plate_near_doubt": Ask PlateNear, "The booked plate, and the camera is not sure of it.", |w| booked(w, |_, c| {
        reads(c, "京Q88B26");
        c.gate.scan.sure = Some(false);
    });
    "e_plate_near_more": Ask PlateNear, "One character too many.", |w| booked(w, |_, c| reads(c, "京Q88B261"));
    "e_inside_pass": Ask Inside, "A pass in the window of a car that is marked as inside.", |w| with_plate(w, |_, c| {
        c.gate.scan.plate_seen = Some("京N58K21".into());
        c.ledger.inside.insert("京N58K21".into(), Time(UnixSec(MONDAY - HOUR)));
    });
    "e_inside_resident": Ask Inside, "A resident's car that has not been seen to leave.", |w| booked(w, |_, c| {
        c.ledger.grants[0].resident = true;
        reads(c, "京Q88B26");
        c.ledger.inside.insert("京Q88B26".into(), Time(UnixSec(MONDAY - 20 * HOUR)));
    });
    "e_code_unknown_short": Deny CodeUnknown, "Four digits.", |w| heard(w, |_, c| c.gate.scan.code = Some("4821".into()));
    "e_code_unknown_letters": Deny CodeUnknown, "A letter among the digits.", |w| {
        heard(w, |_, c| c.gate.scan.code = Some("48A1-0376".into()))
    };
    "e_code_locked_wrong": Deny CodeLocked, "A sixth wrong code.", |w| heard(w, |_, c| {
        wrong_codes(c, 5);
        c.gate.scan.code = Some("0000-0009".into());
    });
    "e_code_locked_still": Deny CodeLocked, "The right code when the lock has stood for 59 seconds.", |w| by_code(w, |_, c| {
        wrong_codes(c, 5);
        c.clock.now = at(39);
    });
    "admit_code_after": Admit, "The right code after four wrong ones.", |w| by_code(w, |_, c| wrong_codes(c, 4));
    "e_repeat_deny": Deny Repeat, "A used pass, shown again after three seconds: the same answer.", |w| gate(w, |w, c| {
        used(w, c);
        shown_before(c, 3);
    });
    "e_repeat_ask": Ask Repeat, "A question, asked again after nine seconds: the same question.", |w| gate(w, |_, c| {
        c.gate.scan.companions = Some(2);
        shown_before(c, 9);
    });
}
