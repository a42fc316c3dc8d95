//! Whose a scope is: who publishes its keys and who is a party to it.

use super::set::device;
use super::town::{CLERK, DESK, GATE, ISSUER, PHONE, SIBLING, STRANGER, Town};
use linli_base::LaneClass;
use linli_charter::PrincipalKind;
use linli_charter::epoch::Office;

#[test]
fn keys_of_a_scope_are_published_by_whose_it_is() {
    let town = Town::new();
    let all = [PHONE, STRANGER, DESK, CLERK, ISSUER, GATE];
    for (class, publishers) in [
        (LaneClass::Notice, &[][..]),
        (LaneClass::Board, &[]),
        (LaneClass::Pass, &[DESK]),
        (LaneClass::GateLog, &[DESK]),
        (LaneClass::House, &[PHONE]),
        (LaneClass::With, &[DESK]),
        (LaneClass::Office, &[DESK]),
        (LaneClass::Private, &[PHONE]),
    ] {
        for by in all {
            let mut town = Town::new();
            let scope = town.lane(class).scope;
            town.keyset(by, class, scope, &[]);
            let counts = publishers.contains(&by);
            assert_eq!(
                town.a.scope_keys(class, &scope).len() == 1,
                counts,
                "{class:?} by {by}"
            );
            assert_eq!(
                town.a.counting_keysets().len() == 1,
                counts,
                "{class:?} by {by}"
            );
        }
    }
    // A sibling of the household publishes, too.
    let mut town = town;
    let scope = town.lane(LaneClass::House).scope;
    town.keyset(SIBLING, LaneClass::House, scope, &[PHONE]);
    assert_eq!(town.a.scope_keys(LaneClass::House, &scope).len(), 1);
}

#[test]
fn who_opened_a_private_lane_names_its_parties() {
    let mut town = Town::new();
    let (class, scope) = (LaneClass::Private, town.lane(LaneClass::Private).scope);
    town.keyset(PHONE, class, scope, &[PHONE, CLERK]);
    // A stranger who publishes a key for himself becomes no party.
    town.keyset(STRANGER, class, scope, &[STRANGER]);
    for (who, reads) in [
        (PHONE, true),
        (SIBLING, true),
        (CLERK, true),
        (STRANGER, false),
        (DESK, false),
    ] {
        assert_eq!(town.a.may_read(&device(who), class, &scope), reads, "{who}");
    }
}

#[test]
fn who_was_removed_keeps_what_he_published_for_opening_and_not_for_sealing() {
    let mut town = Town::new();
    let (class, scope) = (LaneClass::Pass, town.lane(LaneClass::Pass).scope);
    town.keyset(DESK, class, scope, &[DESK, GATE]);
    town.epoch(|e| e.roles.clear());
    assert_eq!(town.a.counting_keysets().len(), 1);
    assert!(town.a.scope_keys(class, &scope).is_empty());
}

#[test]
fn an_office_of_the_charter_takes_in_a_second_pc() {
    let mut town = Town::new();
    let office = town.maker.principal(device(DESK));
    let mut claims = town.maker.claims(device(51), PrincipalKind::Office, None);
    claims.principal = office;
    town.enrol(ISSUER, claims);
    assert_eq!(
        town.a.device(&device(51)),
        None,
        "the charter does not list the office yet"
    );
    town.epoch(|e| {
        let (principal, name) = (office, "物业".to_owned());
        e.offices.push(Office { principal, name });
    });
    assert_eq!(town.a.devices_of(office).count(), 2);
    let lane = town.lane(LaneClass::Office);
    assert!(town.a.may_read(&device(51), LaneClass::Office, &lane.scope));
}
