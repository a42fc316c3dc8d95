//! Who may enrol whom: an issuing key within its scope, and nobody by writing an enrolment by hand.

use crate::estate::{agree, enrol, found, join, keys, meet, new_device, now, post, shows, unit};
use linli_base::{EntryKind, LaneClass, PrincipalId, ScopeId, UnixSec, limits};
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::{Certificate, Enrol, IssuingKey};
use linli_node::api::Fault;
use linli_node::replica::{About, EnrolAs, Replica};

const STEWARD: u8 = 10;

/// An office, and a building steward whose key the charter lets enrol households of buildings 3 and 4.
fn office_and_steward() -> [Replica; 2] {
    let mut office = found();
    let role = EnrolAs::Office {
        name: "三号楼楼长".into(),
    };
    let steward = enrol(&mut office, STEWARD, &role);
    let device = steward.me().device();
    office
        .new_epoch(now(2), |epoch| {
            epoch.issuing.push(IssuingKey {
                device,
                buildings: vec!["3".into(), "4".into()],
                machines: false,
            });
        })
        .unwrap();
    office.flush(now(2), &mut vec![]).unwrap();
    let mut both = [office, steward];
    meet(&mut both, 0, 1, 3);
    both
}

/// All that an enrolment could change: heads, devices, epochs, rows.
fn state(r: &Replica) -> String {
    let devices: Vec<_> = r.authority().devices().keys().collect();
    let epoch = r.authority().charter().newest().epoch.number;
    let digests = r.digests().unwrap();
    format!("{:?} {devices:?} {epoch} {digests:?}", r.heads())
}

#[test]
fn a_steward_enrols_within_the_scope_and_everybody_takes_the_newcomer_in() {
    let [office, mut steward] = office_and_steward();
    let newcomer = enrol(&mut steward, 20, &unit("3-1-101"));
    let device = newcomer.me().device();
    let mut all = vec![office, steward, newcomer];
    let id = post(&mut all[2], "我刚搬来", 4);
    // The steward's enrolment and the newcomer's first words reach the office by way of the steward.
    meet(&mut all, 1, 2, 5);
    meet(&mut all, 0, 1, 6);
    let seen = all[0].authority().device(&device).unwrap();
    assert_eq!((seen.unit(), seen.may_grant), (Some("3-1-101"), true));
    assert!(shows(&all[0], &id));
    agree(&mut all, 1000, "board");
}

#[test]
fn an_enrolment_outside_the_scope_is_refused_and_changes_nothing() {
    let [_office, mut steward] = office_and_steward();
    let outside = [
        unit("5-1-101"),
        unit("33-1-101"),
        EnrolAs::Office {
            name: "假冒的办公室".into(),
        },
        EnrolAs::Gate { number: 1 },
        EnrolAs::Screen,
        EnrolAs::Sibling,
    ];
    for role in outside {
        let before = state(&steward);
        let refused = steward.enrol(now(5), &new_device(21), &role).unwrap_err();
        let fault = Fault::from(refused);
        let said = (fault.code.as_str(), fault.exit);
        assert_eq!(said, ("not-allowed", 4), "{role:?}");
        assert!(!steward.needs_flush(), "{role:?} left something staged");
        assert_eq!(state(&steward), before, "{role:?}");
    }
    // An office that the charter gives no issuing key enrols nobody at all.
    let mut office = found();
    let role = EnrolAs::Office {
        name: "物业".into(),
    };
    let mut desk = enrol(&mut office, 11, &role);
    let before = state(&desk);
    assert!(
        desk.enrol(now(5), &new_device(21), &unit("3-1-101"))
            .is_err()
    );
    assert_eq!(state(&desk), before);
}

/// An enrolment that the program would not write, written by hand with the issuer's own key.
fn forge(issuer: &mut Replica, n: u8, unit: &str) -> Certificate {
    let device = new_device(n);
    let lane = issuer.lane(now(6), LaneClass::Authority, ScopeId::ZERO);
    let log = linli_base::LogKey {
        device: issuer.me().device(),
        lane,
    };
    let at = now(6).wall.seconds();
    let claims = DeviceClaims {
        community: issuer.community().short(),
        exp: UnixSec(at.0 + limits::CERT_LIFE_S),
        nbf: UnixSec(at.0 - 300),
        iat: at,
        device: device.sign,
        roles: cert::MAY_GRANT,
        principal: PrincipalId::of_first_device(&issuer.community(), &device.sign),
        unit: Some(unit.into()),
        gate: None,
        enrol_seq: issuer.heads().get(&log).map_or(2, |h| h.seq + 1),
    };
    let certificate = Certificate::sign(&claims, &issuer.me().sign).unwrap();
    let enrol = Enrol {
        certificate: certificate.bytes().to_vec(),
        kex: device.kex,
        net: device.net,
    };
    let about = About::Of(device.sign.act_target());
    // Whether it can be written at all is not the point: who hears it must not believe it.
    let _written = issuer.write(now(6), EntryKind::ENROL, lane, about, &enrol.encode());
    issuer.flush(now(6), &mut vec![]).unwrap();
    certificate
}

#[test]
fn a_forged_enrolment_gives_no_standing_at_anybody_in_any_order() {
    for unit_of in ["5-1-101", "3-1-101"] {
        let [mut office, mut steward] = office_and_steward();
        let neighbour = enrol(&mut office, 12, &unit("3-2-502"));
        let within = unit_of.starts_with('3');
        let certificate = forge(&mut steward, 22, unit_of);
        let intruder = keys(22).sign.device();
        let host = join(&office, 22, certificate.bytes(), 22);
        let mut all = vec![office, steward, neighbour, host];
        // The neighbour is shown the certificate before any log, the office the log before the certificate.
        meet(&mut all, 2, 3, 10);
        meet(&mut all, 0, 1, 20);
        meet(&mut all, 1, 2, 30);
        meet(&mut all, 0, 3, 40);
        for (at, r) in all.iter().take(3).enumerate() {
            let stands = r.authority().device(&intruder).is_some();
            assert_eq!(stands, within, "{unit_of} at {at}");
        }
        agree(&mut all[..3], 1000, "board");
    }
}

#[test]
fn a_household_that_writes_an_enrolment_by_hand_is_believed_by_nobody() {
    let mut office = found();
    let mut house = enrol(&mut office, 12, &unit("3-2-502"));
    let neighbour = enrol(&mut office, 13, &unit("3-2-503"));
    forge(&mut house, 22, "3-1-101");
    let intruder = keys(22).sign.device();
    let mut all = vec![office, house, neighbour];
    agree(&mut all, 1000, "board");
    for r in &all {
        assert!(r.authority().device(&intruder).is_none());
        assert_eq!(r.authority().devices().len(), 3);
    }
}
