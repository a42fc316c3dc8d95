//! No changed pass gets in: every byte of one, every bit of some.

use super::*;
use crate::token::{unbase45, unprefix};
use proptest::prelude::*;

fn chained(w: &World) -> Vec<u8> {
    let text = issue(&w.grant(|_| {}), &w.host, Some(&w.certificate(|_| {}))).unwrap();
    unbase45(unprefix(&text).unwrap()).unwrap()
}

fn admitted(w: &World, bytes: &[u8]) -> bool {
    w.decide(&Scan::text(to_text(bytes))).verdict == Verdict::Admit
}

/// Where the certificate lies: nothing signs the unprotected header, and a gate that knows the device does not
/// look at it.
fn certificate_of(w: &World, bytes: &[u8]) -> std::ops::Range<usize> {
    let certificate = w.certificate(|_| {});
    let inner = certificate.bytes();
    let at = bytes.windows(inner.len()).position(|b| b == inner).unwrap();
    at..at + inner.len()
}

#[test]
fn any_byte_changed_at_a_gate_that_relies_on_the_certificate_is_never_admitted() {
    let mut w = World::new();
    w.forget_host();
    let good = chained(&w);
    assert!(admitted(&w, &good));
    for at in 0..good.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[at] ^= flip;
            assert!(!admitted(&w, &bytes), "byte {at} xor {flip:02x}");
        }
    }
}

#[test]
fn any_bit_changed_at_a_gate_that_knows_the_device_is_never_admitted() {
    let w = World::new();
    let good = chained(&w);
    assert!(admitted(&w, &good));
    let unsigned = certificate_of(&w, &good);
    for at in (0..good.len()).filter(|at| !unsigned.contains(at)) {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(!admitted(&w, &bytes), "byte {at} bit {bit}");
        }
    }
}

#[test]
fn any_character_of_the_text_changed_is_never_admitted() {
    let w = World::new();
    let What::Text(good) = w.pass(|_| {}).what else {
        unreachable!()
    };
    for at in 0..good.len() {
        for other in ["0", "Z", " ", ":"] {
            let mut text = good.clone();
            text.replace_range(at..=at, other);
            let same = text.trim() == good;
            assert_eq!(
                w.decide(&Scan::text(text)).verdict == Verdict::Admit,
                same,
                "character {at}"
            );
        }
    }
}

#[test]
fn cutting_or_lengthening_a_pass_is_never_admitted() {
    let w = World::new();
    let good = chained(&w);
    for len in 0..good.len() {
        assert!(!admitted(&w, &good[..len]), "{len} bytes");
    }
    assert!(!admitted(&w, &[&good[..], &[0]].concat()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn several_changed_bytes_are_never_admitted(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut w = World::new();
        w.forget_host();
        let good = chained(&w);
        let mut bytes = good.clone();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        prop_assert_eq!(admitted(&w, &bytes), bytes == good);
    }

    #[test]
    fn no_scan_panics(text in "\\PC{0,60}", unit in "\\PC{0,12}", companions: u8, sure: bool) {
        let mut w = World::new();
        w.hear(w.grant(|c| c.plate = Plate::parse("京Q88B26").ok()));
        for what in [
            What::Text(text.clone()),
            What::Plate { read: text.clone(), sure },
            What::Code(text.clone()),
            What::WalkIn { unit: Some(unit.clone()), name: Some(text.clone()) },
        ] {
            let mut scan = Scan { companions, ..Scan::of(what) };
            scan.plate_seen = Some(Private::new(text.clone()));
            let decision = w.show(&scan);
            prop_assert_eq!(decision.scan, scan.hash());
        }
    }
}
