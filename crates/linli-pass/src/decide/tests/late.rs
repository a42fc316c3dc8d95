//! Steps 9 to 16, and what an answer may show.

use super::*;

#[test]
fn step_9_windows_and_gates() {
    let w = World::new();
    let monday_to_saturday = Window::new(0b11_1111, 420, 540).unwrap();
    let tuesday = Window::new(1 << 1, 540, 660).unwrap();
    let helper = |windows: Vec<Window>| {
        w.pass(|c| {
            c.kind = Kind::Worker;
            c.entries = 0;
            c.gates.clear();
            c.exp = UnixSec(MONDAY + 60 * DAY);
            c.windows = windows;
        })
    };
    w.check(&helper(vec![tuesday, monday_to_saturday]), "ADMIT");
    let out = w.decide(&helper(vec![tuesday]));
    assert_eq!(
        out.reason,
        Reason::Window {
            next: Some(UnixSec(MONDAY + DAY + 2 * HOUR))
        }
    );
    let never = w.decide(&w.pass(|c| c.windows = vec![tuesday]));
    assert_eq!(never.reason, Reason::Window { next: None });
    w.check(&w.pass(|c| c.gates = vec![2, 3]), "DENY E_GATE");
}

#[test]
fn step_10_cancels_count_for_their_own_principal_and_for_officers() {
    let cti = crate::Cti([9; 12]);
    let by = |by: PrincipalId, officer: bool| Cancel {
        by,
        officer,
        at: Some(UnixSec(MONDAY - 60)),
    };
    let mut w = World::new();
    let pass = w.pass(|_| {});
    w.gate.acts.cancel(cti, by(w.principal(&key(66)), false));
    w.check(&pass, "ADMIT");
    let mut own = w.gate.clone();
    own.acts.cancel(cti, by(w.principal(&w.host), false));
    assert_eq!(
        answer(&decide(&pass, &own, Now::at(w.now))),
        "DENY E_CANCELLED"
    );
    w.gate.acts.cancel(cti, by(w.principal(&w.office), true));
    w.check(&pass, "DENY E_CANCELLED");

    let mut w = World::new();
    w.gate
        .acts
        .cancel_all(w.principal(&w.host), UnixSec(MONDAY - HOUR));
    w.check(&w.pass(|_| {}), "ADMIT");
    w.gate
        .acts
        .cancel_all(w.principal(&w.host), UnixSec(MONDAY - HOUR + 1));
    w.check(&w.pass(|_| {}), "DENY E_CANCELLED");
    w.gate
        .acts
        .cancel_all(w.principal(&w.host), UnixSec(MONDAY - DAY));
    w.check(&w.pass(|_| {}), "DENY E_CANCELLED");
}

#[test]
fn step_11_the_plate_is_looked_at_in_the_vehicle_lane() {
    let w = World::new();
    let mut scan = w.pass(|c| c.plate = Some(Plate::parse("京N58K21").unwrap()));
    w.check(&scan, "ADMIT");
    scan.lane = Lane::Vehicle;
    w.check(&scan, "ASK E_PLATE");
    scan.plate_seen = Some(Private::new("京N58K27".into()));
    w.check(&scan, "ASK E_PLATE");
    scan.plate_seen = Some(Private::new("京Ｎ·58K21".into()));
    w.check(&scan, "ADMIT");
    let mut none = w.pass(|_| {});
    none.lane = Lane::Vehicle;
    w.check(&none, "ADMIT");
}

#[test]
fn step_12_another_gate_asks_unless_the_home_gate_hands_the_use_over() {
    let mut w = World::new();
    let pass = w.pass(|c| c.gates = vec![2, 1]);
    let away = w.decide(&pass);
    assert_eq!(
        away.reason,
        Reason::Away {
            home: 2,
            took_over: false
        }
    );
    w.gate.transfer = Some(Transfer {
        cti: crate::Cti([8; 12]),
        entry: 1,
    });
    w.check(&pass, "ASK E_AWAY");
    w.gate.transfer = Some(Transfer {
        cti: crate::Cti([9; 12]),
        entry: 1,
    });
    let handed = w.decide(&pass);
    assert_eq!(
        handed.reason,
        Reason::Admit {
            entry: Some((1, 1)),
            unheard: false
        }
    );
    // A transfer is for one scan: what is remembered takes it away.
    w.show(&pass);
    w.now.0 += 60;
    w.check(&pass, "DENY E_USED");

    let mut replaced = World::new();
    replaced.gate.place.took_over = Some(UnixSec(MONDAY - HOUR + 1));
    let counted = replaced.pass(|_| {});
    assert_eq!(
        replaced.decide(&counted).reason,
        Reason::Away {
            home: 1,
            took_over: true
        }
    );
    replaced.gate.place.took_over = Some(UnixSec(MONDAY - HOUR));
    replaced.check(&counted, "ADMIT");
}

#[test]
fn step_12_uncounted_passes_need_nobody_and_counted_ones_count() {
    let mut w = World::new();
    w.gate.place.took_over = Some(w.now);
    let free = w.pass(|c| {
        c.entries = 0;
        c.gates = vec![2, 1];
    });
    for _ in 0..3 {
        assert_eq!(
            w.show(&free).reason,
            Reason::Admit {
                entry: None,
                unheard: false
            }
        );
        w.now.0 += 60;
    }
    let mut w = World::new();
    let twice = w.pass(|c| c.entries = 2);
    for wanted in ["ADMIT", "ADMIT", "DENY E_USED"] {
        assert_eq!(answer(&w.show(&twice)), wanted);
        w.now.0 += 60;
    }
}

#[test]
fn step_13_companions() {
    let w = World::new();
    let mut scan = w.pass(|c| c.companions = 2);
    scan.companions = 2;
    w.check(&scan, "ADMIT");
    scan.companions = 3;
    assert_eq!(
        w.decide(&scan).reason,
        Reason::Companions {
            granted: 2,
            seen: 3
        }
    );
}

#[test]
fn step_14_three_tries_at_a_pin() {
    let mut w = World::new();
    let pin = Pin::parse("482103").unwrap();
    let tag = pin
        .tag(&crate::Cti([9; 12]), &cose::kid(&w.host.public()), 6 * HOUR)
        .unwrap();
    let mut scan = w.pass(|c| c.pin_tag = Some(tag));
    let reason = |w: &mut World, scan: &Scan| w.show(scan).reason;
    assert_eq!(reason(&mut w, &scan), Reason::Pin(PinFault::Missing));
    scan.pin = Some(Pin::parse("482104").unwrap());
    assert_eq!(
        reason(&mut w, &scan),
        Reason::Pin(PinFault::Wrong { left: 2 })
    );
    // The same wrong PIN at once is a repeat, not another try.
    assert!(matches!(reason(&mut w, &scan), Reason::Repeat(_)));
    for (typed, wanted) in [
        ("4821", PinFault::Wrong { left: 1 }),
        ("482105", PinFault::Wrong { left: 0 }),
        ("482103", PinFault::Locked { wait_s: 900 }),
    ] {
        scan.pin = Some(Pin::parse(typed).unwrap());
        assert_eq!(reason(&mut w, &scan), Reason::Pin(wanted));
    }
    w.now.0 += 900;
    assert_eq!(answer(&w.show(&scan)), "ADMIT");
}

#[test]
fn step_15_freshness_by_remaining_life() {
    for (left, stale, wanted) in [
        (5 * HOUR, 7 * DAY, "ADMIT"),
        (5 * HOUR, 7 * DAY + 1, "ASK E_STALE"),
        (24 * HOUR, 25 * HOUR, "ADMIT"),
        (24 * HOUR + 1, 24 * HOUR, "ADMIT"),
        (24 * HOUR + 1, 24 * HOUR + 1, "ASK E_STALE"),
        (7 * DAY, 5 * HOUR, "ADMIT"),
        (7 * DAY + 1, 4 * HOUR, "ADMIT"),
        (7 * DAY + 1, 4 * HOUR + 1, "ASK E_STALE"),
    ] {
        let mut w = World::new();
        w.gate.news = Some(UnixSec(MONDAY - stale));
        let pass = w.pass(|c| {
            c.kind = Kind::Worker;
            c.exp = UnixSec(MONDAY + left);
        });
        assert_eq!(
            answer(&w.decide(&pass)),
            wanted,
            "{left} s left, {stale} s stale"
        );
    }
    let mut never = World::new();
    never.gate.news = None;
    never.check(&never.pass(|_| {}), "ASK E_STALE");
}

#[test]
fn step_15_a_clock_that_cannot_be_relied_on_asks_and_denies_only_what_is_certain() {
    let mut w = World::new();
    let pass = w.pass(|_| {});
    let tuesday = w.pass(|c| c.windows = vec![Window::new(2, 0, 60).unwrap()]);
    w.gate.clock.state = ClockState::Drift;
    assert_eq!(w.decide(&pass).clock, Some(ClockState::Drift));
    w.check(&pass, "ADMIT");
    for state in [ClockState::Behind, ClockState::Lost] {
        w.gate.clock.state = state;
        w.check(&pass, "ASK E_CLOCK");
        // Neither the hour nor the start can be judged.
        w.check(&tuesday, "ASK E_CLOCK");
        let tomorrow = w.pass(|c| {
            (c.nbf, c.iat) = (UnixSec(MONDAY + DAY), UnixSec(MONDAY + DAY));
            c.exp = UnixSec(MONDAY + 2 * DAY);
        });
        w.check(&tomorrow, "ASK E_CLOCK");
        let past = w.pass(|c| {
            (c.nbf, c.iat) = (UnixSec(MONDAY - 40 * DAY), UnixSec(MONDAY - 40 * DAY));
            c.exp = UnixSec(MONDAY - 39 * DAY);
        });
        w.check(&past, "DENY E_EXPIRED");
    }
    w.gate.clock = Clock {
        state: ClockState::Good,
        floor: UnixSec(MONDAY + 1),
    };
    w.check(&pass, "ASK E_CLOCK");
    assert_eq!(w.decide(&pass).clock, Some(ClockState::Behind));
}

#[test]
fn step_16_an_entry_that_cannot_be_written_opens_nothing() {
    let w = World::new();
    let unwritten = w.decide(&w.pass(|_| {})).not_logged();
    assert_eq!(answer(&unwritten), "ASK E_LOG");
    assert!(!unwritten.opens);
    let denied = w.decide(&Scan::text("nonsense"));
    assert_eq!(denied.clone().not_logged(), denied);
}

#[test]
fn nothing_personal_is_in_an_answer_before_the_signature_is_right() {
    let mut w = World::new();
    w.forget_host();
    let decision = w.decide(&w.pass(|_| {}));
    assert_eq!(
        (decision.show, decision.cti, decision.signer),
        (None, None, None)
    );
    let refused = World::new();
    let late = refused.decide(&refused.pass(|c| c.iss = "h:00000000".into()));
    assert!(late.show.is_some());
    assert_eq!(late.verdict, Verdict::Deny);
}

#[test]
fn a_pass_bound_to_a_phone_does_not_open_as_a_copy() {
    let w = World::new();
    w.check(
        &w.pass(|c| c.holder = Some(key(5).device().0)),
        "DENY E_VERSION",
    );
}
