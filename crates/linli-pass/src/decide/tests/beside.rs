//! Plates, short codes, walk-ins, refusal lists, repeats.

use super::*;

fn with_plate(change: impl FnOnce(&mut crate::Claims)) -> World {
    let mut w = World::new();
    let grant = w.grant(|c| {
        c.kind = Kind::Vehicle;
        c.entries = 0;
        c.gates.clear();
        c.plate = Plate::parse("京Q88B26").ok();
        change(c);
    });
    w.hear(grant);
    w
}

fn reads(read: &str, sure: bool) -> Scan {
    Scan {
        lane: Lane::Vehicle,
        ..Scan::of(What::Plate {
            read: read.into(),
            sure,
        })
    }
}

#[test]
fn a_booked_plate_opens_however_it_is_typed() {
    let w = with_plate(|_| {});
    w.check(&reads("京Ｑ８８Ｂ２６", true), "ADMIT");
    w.check(&reads("京Q·88B26", true), "ADMIT");
    let decision = w.decide(&reads("京Q88B26", true));
    assert_eq!(decision.signer, Some(w.host.device()));
    assert_eq!(decision.cti, Some(crate::Cti([9; 12])));
}

#[test]
fn a_doubtful_or_near_plate_asks_with_both_strings() {
    let w = with_plate(|_| {});
    w.check(&reads("京Q88B26", false), "ASK E_PLATE_NEAR");
    w.check(&reads("京Q88826", true), "ASK E_PLATE_NEAR");
    w.check(&reads("京Q88B2", true), "ASK E_PLATE_UNKNOWN");
    w.check(&reads("京Q88B262", true), "ASK E_PLATE_NEAR");
    w.check(&reads("津C·66018", true), "ASK E_PLATE_UNKNOWN");
    w.check(&reads("\u{202e}nonsense", true), "ASK E_PLATE_UNKNOWN");
    assert!(w.decide(&reads("京Q88826", true)).show.is_none());
    // Two live plates are near: nobody can say which is meant.
    let mut two = with_plate(|_| {});
    two.hear(two.grant(|c| {
        c.cti = crate::Cti([8; 12]);
        c.plate = Plate::parse("京Q88D26").ok();
    }));
    two.check(&reads("京Q88826", true), "ASK E_PLATE_UNKNOWN");
    // One of them is past or cancelled: the other is meant.
    let principal = two.principal(&two.host);
    two.gate.acts.cancel(
        crate::Cti([8; 12]),
        Cancel {
            by: principal,
            officer: false,
            at: None,
        },
    );
    two.check(&reads("京Q88826", true), "ASK E_PLATE_NEAR");
    two.now.0 += 6 * HOUR;
    two.check(&reads("京Q88826", true), "ASK E_PLATE_UNKNOWN");
}

#[test]
fn an_old_grant_for_a_car_does_not_shut_out_its_new_one() {
    let mut w = with_plate(|c| (c.exp, c.cti) = (UnixSec(MONDAY - 600), crate::Cti([1; 12])));
    w.check(&reads("京Q88B26", true), "DENY E_EXPIRED");
    w.hear(w.grant(|c| {
        c.kind = Kind::Vehicle;
        c.plate = Plate::parse("京Q88B26").ok();
    }));
    w.check(&reads("京Q88B26", true), "ADMIT");
}

#[test]
fn a_car_that_is_inside_is_asked_about() {
    let mut w = with_plate(|_| {});
    let plate = Plate::parse("京Q88B26").unwrap();
    w.gate.ledger.came_in(plate.clone(), UnixSec(MONDAY - 60));
    let scan = reads("京Q88B26", true);
    assert_eq!(
        w.decide(&scan).reason,
        Reason::Inside {
            since: UnixSec(MONDAY - 60)
        }
    );
    w.gate.ledger.left(&plate);
    w.check(&scan, "ADMIT");
}

#[test]
fn a_residents_car_opens_when_the_clock_is_lost_and_nothing_else_does() {
    let mut w = World::new();
    w.gate.clock.state = ClockState::Lost;
    let grant = w.grant(|c| {
        c.iss = w.principal(&w.office).issuer_text(true);
        c.kind = Kind::Vehicle;
        c.entries = 0;
        c.gates.clear();
        c.plate = Plate::parse("京L20Z75").ok();
        c.exp = UnixSec(MONDAY + 100 * DAY);
    });
    let place = LogPlace {
        device: w.office.device(),
        ..w.place(1)
    };
    for (resident, wanted) in [(true, "ADMIT"), (false, "ASK E_CLOCK")] {
        w.gate.grants.hear(KnownGrant {
            grant: grant.clone(),
            place,
            resident,
        });
        let decision = w.decide(&reads("京L20Z75", true));
        assert_eq!(answer(&decision), wanted);
        assert_eq!(decision.clock, Some(ClockState::Lost));
    }
}

#[test]
fn a_short_code_finds_its_pass_and_two_with_one_code_are_asked_about() {
    let mut w = World::new();
    w.hear(w.grant(|_| {}));
    let code = crate::Cti([9; 12]).short_code().to_string();
    let typed = |t: &str| Scan::of(What::Code(t.into()));
    w.check(&typed(&code), "ADMIT");
    w.check(&typed(&code.replace('-', "")), "ADMIT");
    w.check(&typed("0000-0000"), "DENY E_CODE_UNKNOWN");
    w.check(&typed("hello"), "DENY E_CODE_UNKNOWN");
    let place = LogPlace {
        device: w.office.device(),
        ..w.place(1)
    };
    w.gate.grants.hear(KnownGrant {
        grant: w.grant(|_| {}),
        place,
        resident: false,
    });
    let two = w.decide(&typed(&code));
    assert_eq!(
        (two.verdict, two.code(), two.show),
        (Verdict::Ask, None, None)
    );
}

#[test]
fn five_wrong_codes_lock_out_the_right_one_for_a_minute() {
    let mut w = World::new();
    w.hear(w.grant(|_| {}));
    for n in 0..5 {
        let wrong = Scan::of(What::Code(format!("0000000{n}")));
        assert_eq!(answer(&w.show(&wrong)), "DENY E_CODE_UNKNOWN");
        w.now.0 += 10;
    }
    let right = Scan::of(What::Code(crate::Cti([9; 12]).short_code().to_string()));
    assert_eq!(w.show(&right).reason, Reason::CodeLocked { wait_s: 50 });
    // A pass with its picture is not affected.
    w.check(&w.pass(|_| {}), "ADMIT");
    w.now.0 += 50;
    assert_eq!(answer(&w.show(&right)), "ADMIT");
}

#[test]
fn the_same_code_within_ten_seconds_repeats_the_answer_and_opens_nothing() {
    let mut w = World::new();
    let pass = w.pass(|c| c.entries = 2);
    assert!(w.show(&pass).opens);
    for _ in 0..3 {
        w.now.0 += 6;
        let again = w.show(&pass);
        assert_eq!(answer(&again), "ADMIT E_REPEAT");
        assert!(!again.opens && again.show.is_some());
    }
    w.now.0 += 11;
    let second = w.show(&pass);
    assert_eq!(
        second.reason,
        Reason::Admit {
            entry: Some((2, 2)),
            unheard: false
        }
    );
    // A refusal is repeated only while nothing about the scan has changed.
    let mut w = World::new();
    let mut crowd = w.pass(|c| c.companions = 1);
    crowd.companions = 2;
    assert_eq!(answer(&w.show(&crowd)), "ASK E_COMPANIONS");
    assert_eq!(answer(&w.show(&crowd)), "ASK E_REPEAT");
    crowd.companions = 1;
    assert_eq!(answer(&w.show(&crowd)), "ADMIT");
    crowd.companions = 2;
    assert_eq!(answer(&w.show(&crowd)), "ADMIT E_REPEAT");
}

#[test]
fn refused_people_and_cars_are_turned_away() {
    let private = |t: &str| Some(Private::new(t.to_owned()));
    let walk_in = |unit: &str, name: &str| {
        Scan::of(What::WalkIn {
            unit: Some(unit.into()),
            name: Some(name.into()),
        })
    };
    let mut w = with_plate(|_| {});
    w.check(&walk_in("3-1-701", "推销员"), "ASK");
    w.gate.acts.refuse(Refusal {
        unit: private("3-1-701"),
        plate: None,
        name: private("推销员"),
    });
    w.check(&walk_in("3-1-701", "推销员"), "DENY E_LISTED");
    w.check(&walk_in("3-1-702", "推销员"), "ASK");
    let car = Refusal {
        unit: None,
        plate: Plate::parse("京Q88B26").ok(),
        name: None,
    };
    w.gate.acts.refuse(car.clone());
    let listed = w.decide(&reads("京Q88B26", true));
    assert_eq!(listed.reason, Reason::Listed { estate: true });
    assert!(listed.show.is_none());
    let mut by_pass = w.pass(|_| {});
    by_pass.plate_seen = private("京Q88B26");
    w.check(&by_pass, "DENY E_LISTED");
    w.gate.acts.receive_again(&car);
    w.check(&reads("京Q88B26", true), "ADMIT");
    // A unit refuses a car for itself, not for its neighbours.
    w.gate.acts.refuse(Refusal {
        unit: private("9-9-999"),
        ..car
    });
    w.check(&reads("京Q88B26", true), "ADMIT");
}
