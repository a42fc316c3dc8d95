//! Getting in: what issuing keys and households can and cannot enrol.

use super::super::set::{Item, add, device, feed, key};
use super::super::world::{FOUNDER, OFFICER, STEWARD, World};
use super::super::{authority, verdicts};
use super::{NEW, PHONE, enrol, town};
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_charter::{Certificate, PrincipalKind};

#[test]
fn a_phone_introduces_a_sibling_that_can_grant_nothing() {
    let (w, a) = town(|w| w.introduce(PHONE, NEW, 0, 0));
    let new = a.device(&device(NEW)).unwrap();
    assert_eq!(new.principal, w.maker.principal(device(PHONE)));
    assert!(!new.may_grant && a.device(&device(PHONE)).unwrap().may_grant);
    // With the right to grant, of another unit, or under its own name it is nobody.
    for tweak in [4, 5, 6, 7] {
        let (_, a) = town(|w| w.introduce(PHONE, NEW, tweak, 0));
        assert_eq!(a.device(&device(NEW)), None, "{tweak}");
    }
    // An office introduces nobody.
    let (_, a) = town(|w| w.introduce(OFFICER, NEW, 0, 0));
    assert_eq!(a.device(&device(NEW)), None);
}

#[test]
fn a_broken_copy_of_a_certificate_takes_nothing_from_its_device() {
    let mut w = World::new();
    let copy = w.event(|w| w.damaged(6, 0));
    let mut first = authority(&w, &copy);
    feed(&mut first, &w.items);
    let mut last = authority(&w, &w.items);
    feed(&mut last, &copy);
    assert!(first.device(&device(6)).is_some());
    assert_eq!(verdicts(&first, &w.logs()), verdicts(&last, &w.logs()));
}

#[test]
fn a_bare_certificate_stands_until_the_log_shows_something_else_in_its_place() {
    let mut w = World::new();
    let mut claims = w
        .maker
        .claims(device(NEW), PrincipalKind::Household, Some("2-1-301"));
    claims.enrol_seq = w.next_seq(STEWARD);
    let certificate = Certificate::sign(&claims, &key(STEWARD)).unwrap();
    let bare = Item::Certificate(certificate);
    let entry = w.event(|w| w.write_other(STEWARD, 1, 0));
    let mut a = authority(&w, World::new().items.iter().chain([&bare]));
    assert!(a.device(&device(NEW)).is_some());
    assert!(add(&mut a, &entry[0]));
    assert_eq!(a.device(&device(NEW)), None);
}

#[test]
fn a_stolen_issuing_key_cannot_slip_a_device_into_a_household() {
    let (w, a) = town(|w| {
        enrol(w, FOUNDER, NEW, |w, c| {
            c.principal = w.maker.principal(device(PHONE));
            c.unit = Some("1-1-301".into());
        });
    });
    assert_eq!(a.device(&device(NEW)), None);
    let principal = w.maker.principal(device(PHONE));
    assert_eq!(a.devices_of(principal).count(), 2);
}

#[test]
fn an_office_certificate_does_not_open_a_household_either() {
    let (_, a) = town(|w| {
        enrol(w, FOUNDER, NEW, |w, c| {
            c.principal = w.maker.principal(device(PHONE));
            c.roles = IS_OFFICE;
            c.unit = None;
        });
    });
    assert_eq!(a.device(&device(NEW)), None);
}

#[test]
fn a_steward_enrols_households_of_his_building_and_nothing_else() {
    let enrolled = |unit: Option<&str>, roles: u64| {
        let (_, a) = town(|w| {
            enrol(w, STEWARD, NEW, |_, c| {
                c.unit = unit.map(str::to_owned);
                c.roles = roles;
            });
        });
        a.device(&device(NEW)).is_some()
    };
    assert!(enrolled(Some("2-1-301"), MAY_GRANT));
    assert!(!enrolled(Some("1-1-301"), MAY_GRANT));
    assert!(!enrolled(None, MAY_GRANT));
    // An office with a unit in his building is an office all the same; so are gates and screens.
    assert!(!enrolled(Some("2-1-301"), IS_OFFICE));
    assert!(!enrolled(Some("2-1-301"), 4));
    assert!(!enrolled(Some("2-1-301"), 8));
}

#[test]
fn an_issuing_key_off_the_list_keeps_its_households_and_enrols_no_more() {
    let (mut w, mut a) = town(|w| w.epoch(4, 0, 0));
    assert!(a.device(&device(7)).is_some());
    let after = w.event(|w| enrol(w, STEWARD, NEW, |_, _| {}));
    feed(&mut a, &after);
    assert_eq!(a.device(&device(NEW)), None);
}

#[test]
fn a_cut_issuing_key_enrols_nobody_above_its_cut_and_back_dates_nothing() {
    let (mut w, mut a) = town(|w| w.cut_off(STEWARD, 0));
    assert!(a.device(&device(7)).is_some());
    let above = w.event(|w| enrol(w, STEWARD, NEW, |_, _| {}));
    feed(&mut a, &above);
    let mut claims = w
        .maker
        .claims(device(13), PrincipalKind::Household, Some("2-1-301"));
    claims.enrol_seq = 1;
    let dated_back = Certificate::sign(&claims, &key(STEWARD)).unwrap();
    a.add_certificate(dated_back);
    assert_eq!(a.device(&device(NEW)), None);
    assert_eq!(a.device(&device(13)), None);
}

#[test]
fn reading_a_world_twice_gives_the_same_bytes() {
    let (w, a) = town(|w| w.hold(OFFICER, PHONE, 0, 0));
    let mut b = authority(&w, &[]);
    let changed = b.all_at_once(|b| feed(b, &w.items));
    assert!(changed.devices && changed.limits);
    assert_eq!(verdicts(&a, &w.logs()), verdicts(&b, &w.logs()));
}
