//! Clocks that jump, stand still or come back wrong from a power cut (pass.md §4).

use super::world::{MONDAY_S, World, member, pair};
use super::{DAY_S, office_and_gate};
use crate::api::{GateAct, Request, ScanArgs};
use crate::replica::{EnrolAs, NewDevice};
use linli_base::{LaneClass, Private, ScopeId, UnixSec};
use linli_charter::IssuingKey;
use linli_keys::SigningKey;
use linli_pass::{Claims, Cti, Grant, Kind, Plate};
use linli_record::Fact;

#[test]
fn a_clock_that_stands_still_is_lost_within_ten_minutes_and_asks() {
    let (mut world, gate) = office_and_gate();
    let pass = world.issue(0, "李*");
    world.meet(0, gate);
    world.freeze(gate, 590);
    assert_eq!(world.status(gate)["clock"], "GOOD");
    world.freeze(gate, 20);
    assert_eq!(world.status(gate)["clock"], "LOST");
    assert_eq!(world.check(gate, &pass), pair("ASK", "E_CLOCK"));
}

#[test]
fn a_clock_that_comes_back_a_month_early_admits_nobody_and_knows_what_is_over() {
    let (mut world, gate) = office_and_gate();
    let over = world.issue(0, "李*");
    world.pass(3 * DAY_S);
    let valid = world.issue(0, "王*");
    world.meet(0, gate);
    // Nothing was logged: the running gate wrote the own time down by itself.
    world.homes[gate].gate_chores().unwrap();
    world.restart(gate);
    world.set(gate, MONDAY_S - 27 * DAY_S);
    assert_eq!(world.status(gate)["clock"], "BEHIND");
    assert_eq!(world.check(gate, &over), pair("DENY", "E_EXPIRED"));
    assert_eq!(world.check(gate, &valid), pair("ASK", "E_CLOCK"));
    // The right time again: the gate goes on as before.
    world.set(gate, MONDAY_S + 3 * DAY_S + 60);
    world.restart(gate);
    assert_eq!(world.status(gate)["clock"], "GOOD");
    assert_eq!(world.check(gate, &valid), pair("ADMIT", ""));
}

#[test]
fn a_clock_that_comes_back_two_years_ahead_is_lost_and_raises_no_floor() {
    let (mut world, gate) = office_and_gate();
    let pass = world.issue(0, "李*");
    world.meet(0, gate);
    world.restart(gate);
    world.set(gate, MONDAY_S + 730 * DAY_S);
    assert_eq!(world.status(gate)["clock"], "LOST");
    assert_eq!(world.check(gate, &pass), pair("ASK", "E_CLOCK"));
    world.homes[gate].gate_chores().unwrap();
    world.restart(gate);
    world.set(gate, MONDAY_S + 60);
    world.set(0, MONDAY_S + 60);
    world.meet(0, gate);
    assert_eq!(world.status(gate)["clock"], "GOOD");
}

#[test]
fn one_office_moves_no_floor_and_an_issuing_key_beside_it_does() {
    let (mut world, gate) = office_and_gate();
    let name = "物业".to_owned();
    let second = world.join("second", &EnrolAs::Office { name });
    let device = member(&mut world.homes[second]).me().device();
    let now = world.homes[0].now();
    let issues = IssuingKey {
        device,
        buildings: vec![],
        machines: true,
    };
    let founder = member(&mut world.homes[0]);
    founder.new_epoch(now, |e| e.issuing.push(issues)).unwrap();
    world.homes[0].settle().unwrap();
    world.meet(0, second);
    world.meet(0, gate);

    // The office says it is ten days later. Nobody else does.
    let later = MONDAY_S + 10 * DAY_S;
    world.set(0, later);
    world.set(second, later);
    world.meet(0, gate);
    assert_eq!(world.status(gate)["clock"], "GOOD");
    // What the founder's office issues itself is the same clock's word.
    issue_certificate(&mut world, 0, 41);
    world.meet(0, gate);
    assert_eq!(world.status(gate)["clock"], "GOOD");
    // The other key enrols somebody on that day: two say so.
    issue_certificate(&mut world, second, 42);
    world.meet(0, second);
    world.meet(0, gate);
    assert_eq!(world.status(gate)["clock"], "BEHIND");
}

#[test]
fn a_residents_plate_opens_with_a_banner_whatever_the_clock_says() {
    let (mut world, gate) = office_and_gate();
    let plate = "京AD12345";
    grant_plate(&mut world, plate);
    world.meet(0, gate);
    let day = |days: u64| MONDAY_S - 27 * DAY_S + days * DAY_S;
    for (wall, state) in [
        (day(0), "BEHIND"),
        (86_400, "BEHIND"),
        (day(757), "LOST"),
        (MONDAY_S + 60, "GOOD"),
    ] {
        world.restart(gate);
        world.set(gate, wall);
        assert_eq!(world.status(gate)["clock"], state);
        let args = ScanArgs {
            plate: Some(plate.to_owned()),
            ..ScanArgs::default()
        };
        let said = world.data(gate, Request::GateCheck(args));
        assert_eq!(
            (&said["result"], &said["opens"]),
            (&"ADMIT".into(), &true.into()),
            "{said}"
        );
        let banner = (state != "GOOD").then_some(state);
        assert_eq!(said["clock"].as_str(), banner, "{said}");
        let exit = GateAct::Exit {
            event: None,
            plate: Some(plate.to_owned()),
            code: None,
        };
        world.act(gate, exit);
    }
    // What was written in 1970 stands in a month that is kept.
    world.homes[gate].gate_chores().unwrap();
    assert_eq!(world.log(gate).len(), 8);
}

/// The office says that this is a resident's car, for half a year.
fn grant_plate(world: &mut World, plate: &str) {
    let now = world.homes[0].now();
    let at = now.wall.seconds().0;
    let replica = member(&mut world.homes[0]);
    let grant = Grant::new(Claims {
        iss: replica.me().principal.issuer_text(true),
        aud: vec![replica.community().short()],
        exp: UnixSec(at + 170 * DAY_S),
        nbf: UnixSec(at),
        iat: UnixSec(at),
        cti: Cti([9; 12]),
        holder: None,
        host_unit: Some(Private::new("3-2-501".into())),
        kind: Kind::Vehicle,
        entries: 0,
        companions: 0,
        plate: Some(Plate::parse(plate).unwrap()),
        windows: vec![],
        gates: vec![],
        label: None,
        pin_tag: None,
    });
    let fact = Fact::PlateGrant(linli_record::fact::Grant {
        claims: Private::new(grant.unwrap().encode()),
        short_code: false,
    });
    let gates = ScopeId::gates(&replica.community());
    let lane = replica.lane(now, LaneClass::Pass, gates);
    replica.record_fact(now, lane, &fact).unwrap();
    world.homes[0].settle().unwrap();
}

/// A home enrols a screen by its clock.
fn issue_certificate(world: &mut World, home: usize, seed: u8) {
    let device = NewDevice {
        sign: SigningKey::from_seed(&[seed; 32]).device(),
        net: SigningKey::from_seed(&[seed + 100; 32]).device().0,
        kex: [seed; 32],
    };
    let now = world.homes[home].now();
    let replica = member(&mut world.homes[home]);
    replica.enrol(now, &device, &EnrolAs::Screen).unwrap();
    world.homes[home].settle().unwrap();
}
