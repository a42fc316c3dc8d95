//! The codec against the vectors of RFC 8949 and against its own inverse.

use super::*;
use proptest::prelude::*;

fn arb_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Value::Uint),
        any::<u64>().prop_map(Value::Nint),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        ".{0,12}".prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            proptest::collection::btree_map(0u64..1000, inner.clone(), 0..6).prop_map(|m| {
                Value::Map(m.into_iter().map(|(k, v)| (Value::Uint(k), v)).collect())
            }),
            (any::<u64>(), inner).prop_map(|(t, v)| Value::Tag(t, Box::new(v))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_is_read_again(v in arb_value()) {
        let bytes = v.encode();
        prop_assert_eq!(decode(&bytes, 12).unwrap(), v);
    }

    #[test]
    fn what_is_read_is_written_to_the_same_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(v) = decode(&bytes, 12) {
            prop_assert_eq!(v.encode(), bytes);
        }
    }
}

#[test]
fn other_encodings_of_the_same_value_are_refused() {
    for (bytes, why) in [
        (&[0x18, 0x01][..], CborError::NotCanonical),
        (&[0x19, 0x00, 0xff], CborError::NotCanonical),
        (&[0x5f, 0x41, 0x00, 0xff], CborError::NotCanonical),
        (&[0xa2, 0x02, 0x00, 0x01, 0x00], CborError::NotCanonical),
        (&[0xa2, 0x01, 0x00, 0x01, 0x00], CborError::Duplicate),
        (&[0x00, 0x00], CborError::Trailing),
        (
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            CborError::Short,
        ),
        (&[0xf9, 0x3c, 0x00], CborError::Unsupported),
        (&[0x61, 0xff], CborError::Utf8),
        (&[], CborError::Short),
    ] {
        assert_eq!(decode(bytes, 12), Err(why), "{bytes:02x?}");
    }
    assert_eq!(decode(&[0x81; 64], 6), Err(CborError::Deep));
}

#[test]
fn negative_integers_follow_the_standard() {
    assert_eq!(Value::int(-65537).encode(), [0x3a, 0, 1, 0, 0]);
    assert_eq!(Value::int(-8).encode(), [0x27]);
    assert_eq!(decode(&[0x27], 1).unwrap().as_int("x"), Ok(-8));
}
