//! The order of the checks is normative: of any two things that are wrong, the earlier step answers.

use super::*;
use proptest::prelude::*;

/// One thing that is wrong with the pass or the gate, with the code it gives alone. In the order of the steps.
type Fault = (
    &'static str,
    fn(&mut World),
    fn(&World, &mut crate::Claims),
    fn(&mut Scan),
);

fn leave(_: &mut World) {}
fn keep(_: &World, _: &mut crate::Claims) {}
fn as_is(_: &mut Scan) {}

const FAULTS: &[Fault] = &[
    (
        "DENY E_VERSION",
        leave,
        |_, c| c.holder = Some([7; 32]),
        as_is,
    ),
    (
        "DENY E_LISTED",
        |w| {
            w.gate.acts.refuse(Refusal {
                unit: None,
                plate: None,
                name: Some(Private::new("王*".into())),
            })
        },
        keep,
        as_is,
    ),
    (
        "DENY E_ROLE",
        |w| {
            let mut claims = w.host_claims();
            (claims.roles, claims.iat) = (0, UnixSec(MONDAY));
            w.gate.keys.hear(claims);
        },
        keep,
        as_is,
    ),
    (
        "DENY E_HELD",
        |w| {
            w.gate
                .acts
                .hold(Subject::Device(w.host.device()), Heads::new())
        },
        keep,
        as_is,
    ),
    (
        "DENY E_REVOKED",
        |w| {
            w.gate
                .acts
                .revoke(Subject::Device(w.host.device()), Heads::new())
        },
        keep,
        as_is,
    ),
    (
        "DENY E_RETIRED",
        |w| w.gate.acts.retire(w.principal(&w.host)),
        keep,
        as_is,
    ),
    (
        "DENY E_ISS",
        leave,
        |_, c| c.iss = "h:00000000".into(),
        as_is,
    ),
    (
        "DENY E_AUD",
        leave,
        |w, c| c.aud = vec![format!("{}/g2", w.community.short())],
        as_is,
    ),
    (
        "DENY E_TOO_LONG",
        |w| w.gate.limits.person_pass_s = 60,
        keep,
        as_is,
    ),
    (
        "DENY E_WINDOW",
        leave,
        |_, c| c.windows = vec![Window::new(2, 0, 60).unwrap_or_else(|_| unreachable!())],
        as_is,
    ),
    ("DENY E_GATE", leave, |_, c| c.gates = vec![2], as_is),
    (
        "DENY E_CANCELLED",
        |w| {
            let by = w.principal(&w.host);
            w.gate.acts.cancel(
                crate::Cti([9; 12]),
                Cancel {
                    by,
                    officer: false,
                    at: None,
                },
            );
        },
        keep,
        as_is,
    ),
    (
        "ASK E_PLATE",
        leave,
        |_, c| c.plate = Plate::parse("京N58K21").ok(),
        |s| s.lane = Lane::Vehicle,
    ),
    (
        "DENY E_USED",
        |w| {
            let carried = Carried {
                device: key(9).device(),
                period: linli_base::Period(682),
                spent: 1,
            };
            w.gate.ledger.carried_over(crate::Cti([9; 12]), carried);
        },
        keep,
        as_is,
    ),
    ("ASK E_COMPANIONS", leave, keep, |s| s.companions = 1),
    ("DENY E_PIN", leave, |_, c| c.pin_tag = Some([1; 4]), as_is),
    ("ASK E_STALE", |w| w.gate.news = None, keep, as_is),
];

fn with(chosen: &[usize]) -> String {
    let mut w = World::new();
    for at in chosen {
        FAULTS[*at].1(&mut w);
    }
    // Windows make a pass a standing one, which is not too long then.
    let mut scan = w.pass(|c| chosen.iter().for_each(|at| FAULTS[*at].2(&w, c)));
    for at in chosen {
        FAULTS[*at].3(&mut scan);
    }
    answer(&w.decide(&scan))
}

#[test]
fn each_fault_alone_gives_its_own_code() {
    for (at, fault) in FAULTS.iter().enumerate() {
        assert_eq!(with(&[at]), fault.0);
    }
    assert_eq!(with(&[]), "ADMIT");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn of_any_faults_the_earliest_answers(chosen in proptest::collection::btree_set(0..FAULTS.len(), 1..5)) {
        let chosen: Vec<usize> = chosen.into_iter().collect();
        let too_long = FAULTS.iter().position(|f| f.0 == "DENY E_TOO_LONG");
        let window = FAULTS.iter().position(|f| f.0 == "DENY E_WINDOW");
        prop_assume!(!(chosen.iter().any(|c| Some(*c) == too_long) && chosen.iter().any(|c| Some(*c) == window)));
        prop_assert_eq!(with(&chosen), FAULTS[chosen[0]].0);
    }
}

#[test]
fn the_guard_sees_what_else_is_wrong() {
    let mut w = World::new();
    let by = w.principal(&w.host);
    w.gate.acts.cancel(
        crate::Cti([9; 12]),
        Cancel {
            by,
            officer: false,
            at: None,
        },
    );
    let mut scan = w.pass(|c| c.plate = Plate::parse("京N58K21").ok());
    scan.companions = 1;
    let decision = w.decide(&scan);
    assert_eq!(answer(&decision), "DENY E_CANCELLED");
    assert_eq!(
        decision.also,
        [Reason::Companions {
            granted: 0,
            seen: 1
        }]
    );
}
