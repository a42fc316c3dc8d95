//! Steps 1 to 4: every code, in the normative order, and no text that panics.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::{World, key};
use linli_base::Private;
use proptest::prelude::*;

fn good() -> (World, String) {
    let world = World::new();
    let text = issue(
        &world.grant(|_| {}),
        &world.host,
        Some(&world.certificate(|_| {})),
    )
    .unwrap();
    (world, text)
}

fn code_of(text: &str) -> &'static str {
    Token::read(text).map_or_else(|e| e.code().as_str(), |_| "")
}

fn code_of_bytes(bytes: Vec<u8>) -> &'static str {
    code_of(&to_text(&bytes))
}

/// A pass with these parts, signed by the household.
fn made(protected: Value, unprotected: Value, payload: Vec<u8>) -> Vec<u8> {
    Sign1::sign(&key(2), protected, unprotected, payload).encode()
}

fn header(change: impl FnOnce(&mut Vec<(i64, Option<Value>)>)) -> Value {
    let mut fields = vec![
        (1, Some(Value::int(cose::ALG_EDDSA))),
        (4, Some(Value::bytes(&cose::kid(&key(2).public())))),
        (16, Some(Value::text(TYP))),
    ];
    change(&mut fields);
    Value::map(fields)
}

#[test]
fn a_pass_is_read_as_issued_and_gives_its_grant_only_to_the_right_key() {
    let (world, text) = good();
    let token = Token::read(&text).unwrap();
    assert_eq!(
        token.verify(&world.host.public()),
        Some(&world.grant(|_| {}))
    );
    assert_eq!(token.verify(&world.office.public()), None);
    assert_eq!(*token.kid(), cose::kid(&world.host.public()));
    let certificate = token.certificate().unwrap().unwrap();
    assert_eq!(certificate.claims(), &world.host_claims());
    assert_eq!(Token::read(&format!("  {text}\r\n")).unwrap(), token);
    assert_eq!(to_text(token.bytes()), text);
}

#[test]
fn another_devices_certificate_is_not_sent_along() {
    let world = World::new();
    let certificate = world.certificate(|_| {});
    let sent = issue(&world.grant(|_| {}), &world.office, Some(&certificate));
    assert_eq!(sent, Err(IssueError::OtherDevice));
}

#[test]
fn step_1_length_and_prefix() {
    let (_, text) = good();
    for (bad, code) in [
        ("", "E_PREFIX"),
        ("wxp://f2f0sample", "E_PREFIX"),
        ("ll1:ABC", "E_PREFIX"),
        ("LLA:ABC", "E_PREFIX"),
        ("HC1:ABC", "E_PREFIX"),
        ("LL2:ABC", "E_VERSION"),
        ("LL0:ABC", "E_VERSION"),
        ("LP1:ABC", "E_VERSION"),
    ] {
        assert_eq!(code_of(bad), code, "{bad}");
    }
    assert_eq!(code_of(&format!("LL1:{}", "A".repeat(1197))), "E_PREFIX");
    assert_eq!(code_of(&format!("LL1:{}", "王".repeat(1197))), "E_PREFIX");
    assert_eq!(code_of(&text), "");
}

#[test]
fn step_2_base45_has_one_encoding() {
    // `::` is 2024 and `Z5` 260: above a byte, which a lax decoder cuts down to 4.
    for bad in [
        "LL1:a",
        "LL1:A",
        "LL1:ABCD",
        "LL1::::",
        "LL1:::",
        "LL1:Z5",
        "LL1:AB\u{e9}",
        "LL1:AB,",
    ] {
        assert_eq!(code_of(bad), "E_B45", "{bad}");
    }
}

#[test]
fn step_3_nonsense_and_a_second_encoding_are_told_apart() {
    let (world, text) = good();
    let bytes = unbase45(unprefix(&text).unwrap()).unwrap();
    let with = |front: &[u8], rest: &[u8]| [front, rest].concat();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", vec![], "E_CBOR"),
        ("cut off", bytes[..bytes.len() - 2].to_vec(), "E_CBOR"),
        ("trailing byte", with(&bytes, &[0]), "E_CBOR"),
        ("untagged", bytes[1..].to_vec(), "E_CBOR"),
        ("tag 17", with(&[0xd1], &bytes[1..]), "E_CBOR"),
        (
            "tag 61 twice",
            with(&[0xd8, 0x3d, 0xd8, 0x3d], &bytes),
            "E_CBOR",
        ),
        (
            "tag 61 in five bytes",
            with(&[0xd9, 0, 61], &bytes),
            "E_NONCANON",
        ),
        (
            "tag 18 in two bytes",
            with(&[0xd8, 18], &bytes[1..]),
            "E_NONCANON",
        ),
        (
            "an array of three",
            vec![0xd2, 0x83, 0x40, 0xa0, 0x40],
            "E_CBOR",
        ),
        ("a bomb", [vec![0xd2], vec![0x81; 300]].concat(), "E_CBOR"),
    ];
    for (what, bytes, code) in cases {
        assert_eq!(code_of_bytes(bytes), code, "{what}");
    }
    // As text this would be too long already: 800 bytes are 1,200 characters.
    let large = made(header(|_| {}), Value::Map(vec![]), vec![0; 801]);
    assert_eq!(Token::from_message(large), Err(TokenError::Size));
    // The array of four without a length.
    let mut open = bytes.clone();
    open[1] = 0x9f;
    open.push(0xff);
    assert_eq!(code_of_bytes(open), "E_NONCANON");
    assert_eq!(code_of_bytes(with(&[0xd8, 0x3d], &bytes)), "");

    let payload = world.grant(|_| {}).encode();
    let long_exp = {
        // exp in eight bytes instead of four.
        let at = payload.windows(2).position(|w| w == [4, 0x1a]).unwrap();
        [&payload[..=at], &[0x1b, 0, 0, 0, 0], &payload[at + 2..]].concat()
    };
    let float_exp = {
        let at = payload.windows(2).position(|w| w == [4, 0x1a]).unwrap();
        let n = f64::from(u32::from_be_bytes(
            payload[at + 2..at + 6].try_into().unwrap(),
        ));
        [
            &payload[..=at],
            &[0xfb],
            &n.to_be_bytes()[..],
            &payload[at + 6..],
        ]
        .concat()
    };
    let twice = {
        // iss a second time, the map one longer.
        let end = 2 + 1 + usize::from(payload[2] & 31);
        let mut out = payload.clone();
        out[0] += 1;
        out.splice(end..end, payload[1..end].iter().copied());
        out
    };
    let unsorted = {
        let mut v = cbor::decode(&payload, 6).unwrap();
        let Value::Map(pairs) = &mut v else {
            unreachable!()
        };
        pairs.swap(0, 1);
        let mut out = vec![0xa0 + u8::try_from(pairs.len()).unwrap()];
        for (k, v) in pairs {
            out.extend(k.encode());
            out.extend(v.encode());
        }
        out
    };
    for (what, payload, code) in [
        ("exp too long", long_exp, "E_NONCANON"),
        ("exp a float", float_exp, "E_NONCANON"),
        ("iss twice", twice, "E_NONCANON"),
        ("keys unsorted", unsorted, "E_NONCANON"),
        ("no claims", vec![], "E_CBOR"),
        ("a number", vec![1], "E_CBOR"),
        ("claims cut off", payload[..40].to_vec(), "E_CBOR"),
    ] {
        assert_eq!(
            code_of_bytes(made(header(|_| {}), Value::Map(vec![]), payload)),
            code,
            "{what}"
        );
    }
}

#[test]
fn step_4_headers_are_exactly_the_ones_that_belong_there() {
    let payload = World::new().grant(|_| {}).encode();
    let none = || Value::Map(vec![]);
    for (what, protected, unprotected, code) in [
        ("no algorithm", header(|h| h[0].1 = None), none(), "E_HDR"),
        ("no key id", header(|h| h[1].1 = None), none(), "E_HDR"),
        ("no type", header(|h| h[2].1 = None), none(), "E_HDR"),
        ("nothing", none(), none(), "E_HDR"),
        (
            "crit",
            header(|h| h.push((2, Some(Value::Array(vec![Value::Uint(1)]))))),
            none(),
            "E_HDR",
        ),
        (
            "content type",
            header(|h| h.push((3, Some(Value::Uint(0))))),
            none(),
            "E_HDR",
        ),
        (
            "ES256",
            header(|h| h[0].1 = Some(Value::int(-7))),
            none(),
            "E_HDR",
        ),
        (
            "algorithm as text",
            header(|h| h[0].1 = Some(Value::text("EdDSA"))),
            none(),
            "E_HDR",
        ),
        (
            "short key id",
            header(|h| h[1].1 = Some(Value::bytes(&[1; 7]))),
            none(),
            "E_HDR",
        ),
        (
            "certificate type",
            header(|h| h[2].1 = Some(Value::text("linli-device+cwt"))),
            none(),
            "E_TYP",
        ),
        (
            "type as number",
            header(|h| h[2].1 = Some(Value::Uint(61))),
            none(),
            "E_TYP",
        ),
        (
            "kid outside",
            header(|_| {}),
            Value::map(vec![(4, Some(Value::bytes(&[1; 8])))]),
            "E_HDR",
        ),
        (
            "algorithm -19",
            header(|h| h[0].1 = Some(Value::int(-19))),
            none(),
            "",
        ),
    ] {
        assert_eq!(
            code_of_bytes(made(protected, unprotected, payload.clone())),
            code,
            "{what}"
        );
    }
    // Another kind of token with claims of its own is another kind of token, not a broken pass.
    let typ = header(|h| h[2].1 = Some(Value::text("application/cwt")));
    assert_eq!(code_of_bytes(made(typ, none(), vec![0xa0])), "E_TYP");
    assert_eq!(
        code_of_bytes(made(header(|_| {}), none(), vec![0xa0])),
        "E_CBOR"
    );
}

#[test]
fn a_protected_header_in_another_encoding_is_refused() {
    let (world, _) = good();
    let payload = world.grant(|_| {}).encode();
    let canonical = header(|_| {}).encode();
    let long_alg = [&[canonical[0], 1, 0x38, 0x07], &canonical[3..]].concat();
    let sign1 = |protected: &[u8]| {
        Value::Tag(
            18,
            Box::new(Value::Array(vec![
                Value::bytes(protected),
                Value::Map(vec![]),
                Value::bytes(&payload),
                Value::bytes(&[0; 64]),
            ])),
        )
        .encode()
    };
    assert_eq!(code_of_bytes(sign1(&long_alg)), "E_NONCANON");
    assert_eq!(code_of_bytes(sign1(&canonical[..5])), "E_CBOR");
    assert_eq!(code_of_bytes(sign1(&[])), "E_HDR");
    assert_eq!(code_of_bytes(sign1(&canonical)), "");
}

#[test]
fn the_certificate_may_be_untagged_but_not_something_else() {
    let (world, _) = good();
    let payload = world.grant(|_| {}).encode();
    let certificate = world.certificate(|_| {});
    let tagged = cbor::decode(certificate.bytes(), 6).unwrap();
    let Value::Tag(_, bare) = tagged.clone() else {
        unreachable!()
    };
    let read = |kcwt: Value| {
        let bytes = made(
            header(|_| {}),
            Value::map(vec![(13, Some(kcwt))]),
            payload.clone(),
        );
        Token::from_message(bytes)
            .unwrap()
            .certificate()
            .unwrap()
            .is_ok()
    };
    assert!(read(tagged) && read(*bare));
    assert!(!read(Value::bytes(certificate.bytes())));
    assert!(!read(Value::Null));
}

#[test]
fn the_fullest_pass_still_fits_and_one_more_does_not() {
    let world = World::new();
    let certificate = world.certificate(|c| c.unit = Some("12-3-1501".into()));
    let full = |gates: Vec<String>| {
        let grant = world.grant(|c| {
            c.aud = gates;
            c.gates = (0..16).collect();
            c.label = Some(Private::new("王王王王王王王王".into()));
            c.plate = Some(crate::Plate::parse("京AD90317").unwrap());
            c.windows = vec![crate::Window::new(127, 1000, 1440).unwrap(); 8];
            c.pin_tag = Some([9; 4]);
        });
        issue(&grant, &world.host, Some(&certificate))
    };
    let here = world.community.short();
    assert!(full(vec![here.clone()]).unwrap().len() < TEXT_MAX);
    let sixty = (0..60).map(|n| format!("{here}/g{n}")).collect();
    assert!(matches!(full(sixty), Err(IssueError::Size(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_panics(text in "\\PC{0,80}", tail in "[0-9A-Z $%*+./:-]{0,120}") {
        let _ = Token::read(&text);
        let _ = Token::read(&format!("LL1:{tail}"));
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = Token::from_message(bytes);
    }

    #[test]
    fn a_mutated_pass_panics_nowhere_and_is_written_again_as_received(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let (_, text) = good();
        let mut bytes = unbase45(unprefix(&text).unwrap()).unwrap();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(token) = Token::from_message(bytes.clone()) {
            let outer = cbor::decode(&bytes, 6).unwrap();
            prop_assert_eq!(outer.encode(), bytes);
            let _ = token.certificate();
        }
    }
}
