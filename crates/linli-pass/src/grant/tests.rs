//! Grants are read as written, and every rule of the format is held.

#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "tests")]

use super::*;
use crate::testing::{DAY, HOUR, MONDAY, World, grant};
use linli_base::UtcOffset;
use linli_base::cbor::{self, Value};
use proptest::prelude::*;

fn full(change: impl FnOnce(&mut Claims)) -> Grant {
    grant(|c| {
        c.iss = "o:7q2m9kdx".into();
        c.aud = vec!["n:k3v9x2qa/g1".into(), "n:k3v9x2qa/g2".into()];
        c.holder = Some([7; 32]);
        c.host_unit = Some(Private::new("3-2-501".into()));
        c.kind = Kind::Worker;
        c.entries = 3;
        c.companions = 2;
        c.plate = Some(Plate::parse("京AD90317").unwrap());
        c.windows = vec![Window::new(0b1_1111, 480, 720).unwrap()];
        c.gates = vec![1, 2];
        c.pin_tag = Some([1, 2, 3, 4]);
        change(c);
    })
}

#[test]
fn a_grant_is_read_as_written_and_its_fields_stand_where_the_cddl_says() {
    for g in [grant(|_| {}), full(|_| {})] {
        let value = cbor::decode(&g.encode(), 6).unwrap();
        assert_eq!(Grant::from_value(value), Ok(g));
    }
    let Value::Map(claims) = full(|_| {}).to_value() else {
        unreachable!()
    };
    let keys: Vec<i64> = claims.iter().map(|(k, _)| k.as_int("k").unwrap()).collect();
    assert_eq!(keys, [1, 3, 4, 5, 6, 7, 8, -65537]);
    let Value::Map(inner) = &claims[7].1 else {
        unreachable!()
    };
    let keys: Vec<i64> = inner.iter().map(|(k, _)| k.as_int("k").unwrap()).collect();
    assert_eq!(keys, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn every_rule_of_the_format_is_held() {
    let bad: &[(fn(&mut Claims), GrantError)] = &[
        (|c| c.exp = c.nbf, GrantError::Times),
        (|c| c.iat = UnixSec(c.nbf.0 + 301), GrantError::Times),
        (|c| c.gates.clear(), GrantError::Gates),
        (|c| c.gates = vec![64], GrantError::Range("gates")),
        (|c| c.gates = vec![1; 17], GrantError::Range("gates")),
        (|c| c.companions = 21, GrantError::Range("companions")),
        (
            |c| c.windows = vec![Window::new(1, 0, 1).unwrap(); 9],
            GrantError::Range("windows"),
        ),
        (|c| c.aud.clear(), GrantError::Range("aud")),
        (|c| c.iss = "h:\u{202e}".into(), GrantError::Range("iss")),
        (
            |c| c.label = Some(Private::new(String::new())),
            GrantError::Text("label"),
        ),
        (
            |c| c.label = Some(Private::new("王\u{202e}*".into())),
            GrantError::Text("label"),
        ),
        (
            |c| c.label = Some(Private::new("王\n*".into())),
            GrantError::Text("label"),
        ),
        (
            |c| c.label = Some(Private::new("e\u{301}".into())),
            GrantError::Text("label"),
        ),
        (
            |c| c.label = Some(Private::new("字".repeat(9))),
            GrantError::Text("label"),
        ),
        (
            |c| c.host_unit = Some(Private::new("x\u{200b}".into())),
            GrantError::Text("host unit"),
        ),
    ];
    for (change, why) in bad {
        let mut claims = Claims::clone(&full(|_| {}));
        change(&mut claims);
        assert_eq!(Grant::new(claims).as_ref(), Err(why));
    }
    let mut household = Claims::clone(&full(|_| {}));
    household.iss = "h:7q2m9kdx".into();
    assert_eq!(Grant::new(household), Err(GrantError::HostUnit));
    assert_eq!(
        grant(|c| c.iat = UnixSec(c.nbf.0 + 300)).iat.0,
        MONDAY - HOUR + 300
    );
}

/// Replaces, adds or removes a field of the claims (`inner` = of the grant map) behind the writer's back.
fn edited(inner: bool, key: i64, value: Option<Value>) -> Result<Grant, GrantError> {
    fn edit(map: &mut Value, key: i64, value: Option<Value>) {
        let Value::Map(pairs) = map else { return };
        pairs.retain(|(k, _)| *k != Value::int(key));
        pairs.extend(value.map(|v| (Value::int(key), v)));
    }
    let mut claims = full(|_| {}).to_value();
    if inner {
        let Value::Map(pairs) = &mut claims else {
            unreachable!()
        };
        let (_, grant) = pairs
            .iter_mut()
            .find(|(k, _)| *k == Value::int(-65537))
            .unwrap();
        edit(grant, key, value);
    } else {
        edit(&mut claims, key, value);
    }
    Grant::from_value(claims)
}

#[test]
fn what_a_foreign_maker_gets_wrong_is_refused() {
    let list = |items: &[u64]| Value::Array(items.iter().map(|n| Value::Uint(*n)).collect());
    for (inner, key, value) in [
        (false, 1, None),
        (false, 4, None),
        (false, -65537, None),
        (false, 2, Some(Value::text("sub"))),
        (
            false,
            3,
            Some(Value::Array(vec![Value::text("n:k3v9x2qa")])),
        ),
        (false, 3, Some(Value::Array(vec![]))),
        (false, 4, Some(Value::text("soon"))),
        (false, 7, Some(Value::bytes(&[1; 11]))),
        (false, 8, Some(Value::Map(vec![]))),
        (true, 1, Some(Value::Uint(4))),
        (true, 2, Some(Value::Uint(256))),
        (true, 3, Some(Value::Uint(21))),
        (true, 4, Some(Value::text("京AO0317x"))),
        (true, 5, Some(list(&[]))),
        (true, 5, Some(Value::Array(vec![list(&[128, 0, 1])]))),
        (true, 5, Some(Value::Array(vec![list(&[1, 10, 10])]))),
        (true, 5, Some(Value::Array(vec![list(&[1, 0, 1441])]))),
        (true, 6, Some(list(&[]))),
        (true, 6, Some(list(&[300]))),
        (true, 8, Some(Value::bytes(&[1; 5]))),
        (true, 10, Some(Value::Uint(1))),
    ] {
        assert!(
            edited(inner, key, value.clone()).is_err(),
            "{inner} {key} {value:?}"
        );
    }
    assert_eq!(
        edited(true, 0, Some(Value::Uint(2))),
        Err(GrantError::Newer)
    );
}

#[test]
fn personal_data_does_not_print() {
    let shown = format!("{:?}", full(|_| {}));
    for planted in ["王", "3-2-501", "90317"] {
        assert!(!shown.contains(planted), "{shown}");
    }
}

#[test]
fn a_short_code_is_the_hash_of_the_id_as_a_number() {
    // SHA-256 of twelve zero bytes, modulo 10^8, worked out by hand with another program.
    assert_eq!(Cti([0; 12]).short_code().to_string(), "2425-1787");
    assert_eq!(
        ShortCode::parse("24251787"),
        Some(Cti([0; 12]).short_code())
    );
    assert_eq!(
        ShortCode::parse("２４２５—１７８７"),
        Some(Cti([0; 12]).short_code())
    );
    for bad in ["", "2425178", "242517877", "2425-178x", "+2425178"] {
        assert_eq!(ShortCode::parse(bad), None, "{bad}");
    }
}

#[test]
fn windows_hold_over_weekdays_and_midnight() {
    let cn = UtcOffset::from_minutes(480).unwrap();
    let at =
        |days: u64, h: u64, m: u64| UnixSec(MONDAY - 7 * HOUR + days * DAY + h * HOUR + m * 60);
    // Friday night: two windows, up to midnight and from it.
    let late = Window::new(1 << 4, 22 * 60, 1440).unwrap();
    let early = Window::new(1 << 5, 0, 120).unwrap();
    for (moment, inside) in [
        (at(4, 21, 59), false),
        (at(4, 22, 0), true),
        (at(4, 23, 59), true),
        (at(5, 0, 0), true),
        (at(5, 1, 59), true),
        (at(5, 2, 0), false),
        (at(3, 23, 0), false),
        (at(11, 23, 0), true),
    ] {
        assert_eq!(
            late.contains(moment, cn) || early.contains(moment, cn),
            inside,
            "{moment:?}"
        );
    }
    let tuesday = Window::new(1 << 1, 540, 660).unwrap();
    assert_eq!(tuesday.next_opening(at(0, 10, 31), cn), Some(at(1, 9, 0)));
    assert_eq!(tuesday.next_opening(at(1, 9, 0), cn), Some(at(8, 9, 0)));
    assert_eq!(tuesday.next_opening(at(1, 8, 59), cn), Some(at(1, 9, 0)));
}

proptest! {
    #[test]
    fn the_next_opening_is_open_and_nothing_before_it_is(
        days in 1u8..=127, start in 0u16..1440, len in 1u16..1440, at in 0u64..2_000_000_000, offset in -840i32..=840,
    ) {
        let window = Window::new(days, start, (start + len).min(1440)).unwrap();
        let offset = UtcOffset::from_minutes(offset).unwrap();
        let next = window.next_opening(UnixSec(at), offset).unwrap();
        prop_assert!(next.0 > at && next.0 <= at + 8 * DAY);
        prop_assert!(window.contains(next, offset));
        prop_assert!(!window.contains(UnixSec(next.0 - 1), offset) || start == 0);
    }

    #[test]
    fn whatever_is_read_is_read_again_the_same(at in 0usize..200, byte: u8) {
        let mut bytes = full(|_| {}).encode();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(value) = cbor::decode(&bytes, 6)
            && let Ok(read) = Grant::from_value(value)
        {
            let again = cbor::decode(&read.encode(), 6).unwrap();
            prop_assert_eq!(Grant::from_value(again), Ok(read));
        }
    }
}

#[test]
fn the_world_of_these_tests_is_sound() {
    let w = World::new();
    assert_eq!(w.gate.place.offset.local(w.now).weekday, 0);
    assert_eq!(w.gate.place.offset.local(w.now).minute_of_day, 420);
}
