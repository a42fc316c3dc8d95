//! Facts and receipts: read as written, strictly.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod board;
mod comment;
mod people;
mod receipt;

use super::*;
use linli_base::cbor::Value;
use linli_base::limits::BODY_CHARS;
use proptest::option::of;
use proptest::prelude::*;

fn private(text: impl Strategy<Value = String>) -> impl Strategy<Value = Private<String>> {
    text.prop_map(Private::new)
}

fn any_event() -> impl Strategy<Value = GateEvent> {
    let result = prop::sample::select(GateResult::ALL.to_vec());
    let newer = (
        of(0..9_000_000_000u64),
        of(1..=u8::MAX),
        any::<Option<[u8; 16]>>(),
        of(1..=u8::MAX),
        of(0..9_000_000_000u64),
        of(1..=u32::MAX),
        of(0..9_000_000_000u64),
    );
    let first = (
        0..9_000_000_000u64,
        0..64u8,
        result,
        of("[A-Z][A-Z_0-9]{0,31}"),
        any::<Option<[u8; 12]>>(),
    );
    let people = (
        of(private("[0-9-]{1,40}")),
        of(private("王.{0,7}[^ ]")),
        of(private("京[A-Z0-9]{6}")),
    );
    let rest = (
        any::<Option<u32>>(),
        any::<Option<[u8; 32]>>(),
        of("b[0-9]{1,8}"),
        of(private("[a-z\\n]{0,9}x")),
        any::<Option<[u8; 32]>>(),
    );
    (first, people, rest, newer).prop_map(|(first, (unit, label, plate), rest, newer)| GateEvent {
        at_s: first.0,
        gate: first.1,
        result: first.2,
        code: first.3,
        cti: first.4,
        uses_after: rest.0,
        unit,
        label: label.filter(|label| !label.reveal().chars().any(char::is_control)),
        plate,
        scan_hash: rest.1,
        badge: rest.2,
        reason: rest.3,
        about: rest.4.map(EntryId),
        leave_by_s: newer.0,
        entries: newer.1,
        nonce: newer.2,
        companions: newer.3,
        until_s: newer.4,
        // A line about counted refusals is about nobody who should leave.
        count: newer.5.filter(|_| newer.0.is_none()),
        since_s: newer.6.filter(|_| newer.0.is_none()),
    })
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let word = || of("[a-z][a-z0-9_]{0,23}");
    let grant = || {
        (
            prop::collection::vec(any::<u8>(), 1..CLAIMS_MAX),
            any::<bool>(),
        )
            .prop_map(|(claims, short_code)| Grant {
                claims: Private::new(claims),
                short_code,
            })
    };
    let spent =
        prop::collection::btree_map(any::<[u8; 12]>(), (any::<u32>(), 0..9_000_000_000u64), 1..9);
    prop_oneof![
        (
            private("[a-z🔑\u{202e}\\n\\t]{0,9}x"),
            any::<Option<[u8; 32]>>()
        )
            .prop_map(|(text, answers)| Fact::Comment {
                text,
                answers: answers.map(EntryId),
                files: Vec::new(),
            }),
        comment::any_with_files(),
        word().prop_map(|what| Fact::Reaction { what }),
        of(private("[a-z]{1,9}")).prop_map(|text| Fact::Claim { text }),
        Just(Fact::Unclaim),
        Just(Fact::Reopen),
        any::<[u8; 32]>().prop_map(|id| Fact::Uncomment(EntryId(id))),
        (word(), any::<Option<[u8; 16]>>()).prop_map(|(outcome, chosen)| Fact::Close {
            outcome,
            chosen: chosen.map(PrincipalId)
        }),
        grant().prop_map(Fact::Grant),
        grant().prop_map(Fact::PlateGrant),
        any_event().prop_map(Fact::GateEvent),
        spent.prop_map(|counts| Fact::Spent(
            counts
                .into_iter()
                .map(|(cti, (count, exp_s))| Spend { cti, count, exp_s })
                .collect()
        )),
        people::any_fact(),
        Just(Fact::Reminder),
        any::<bool>().prop_map(|open| Fact::Comments { open }),
        (private("[0-9-]{1,40}"), of(private("[a-z]{1,9}")))
            .prop_map(|(unit, words)| Fact::Told(Told { unit, words })),
        board::any_fact(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn facts_are_read_as_they_are_written(fact in any_fact()) {
        let bytes = fact.encode().unwrap();
        prop_assert_eq!(Fact::decode(&bytes), Ok(fact));
    }

    #[test]
    fn a_fact_with_one_byte_changed_is_another_one_in_its_one_encoding_or_none(
        fact in any_fact(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = fact.encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Fact::decode(&bytes) {
            prop_assert_eq!(read.encode().unwrap(), bytes);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = Fact::decode(&bytes);
        let _ = Receipt::decode(&bytes);
    }
}

fn comment(text: &str) -> Fact {
    Fact::Comment {
        text: Private::new(text.to_owned()),
        answers: None,
        files: Vec::new(),
    }
}

#[test]
fn the_bytes_of_facts_are_these() {
    assert_eq!(
        comment("hi").encode().unwrap(),
        [0xa2, 0, 1, 1, 0x62, b'h', b'i']
    );
    assert_eq!(Fact::Unclaim.encode().unwrap(), [0xa1, 0, 4]);
    let closed = Fact::Comments { open: false };
    assert_eq!(closed.encode().unwrap(), [0xa2, 0, 0x18, 38, 1, 0xf4]);
    assert_eq!(Fact::Reopen.encode().unwrap(), [0xa1, 0, 0x18, 40]);
    let back = Fact::Uncomment(EntryId([9; 32])).encode().unwrap();
    assert_eq!(back[..7], [0xa2, 0, 0x18, 39, 1, 0x58, 32]);
    assert_eq!(back[7..], [9; 32]);
    let like = Fact::Reaction {
        what: Some("like".into()),
    };
    assert_eq!(
        like.encode().unwrap(),
        [0xa2, 0, 2, 1, 0x64, b'l', b'i', b'k', b'e']
    );
    let event = Fact::GateEvent(GateEvent::new(500, 1, GateResult::Deny));
    assert_eq!(
        event.encode().unwrap(),
        [0xa4, 0, 8, 1, 0x19, 1, 0xf4, 2, 1, 3, 3]
    );
    let walk_in = Fact::GateEvent(GateEvent::new(500, 1, GateResult::WalkIn));
    assert_eq!(
        walk_in.encode().unwrap(),
        [0xa4, 0, 10, 1, 0x19, 1, 0xf4, 2, 1, 3, 6]
    );
    let counted = Fact::GateEvent(GateEvent {
        entries: Some(2),
        companions: Some(1),
        until_s: Some(900),
        ..GateEvent::new(500, 1, GateResult::Admit)
    });
    assert_eq!(
        counted.encode().unwrap(),
        [
            0xa7, 0, 10, 1, 0x19, 1, 0xf4, 2, 1, 3, 1, 14, 2, 16, 1, 17, 0x19, 3, 0x84
        ]
    );
}

#[test]
fn refusals_that_were_counted_stand_in_the_newest_fact() {
    let counted = Fact::GateEvent(GateEvent {
        count: Some(480),
        since_s: Some(441),
        ..GateEvent::new(500, 1, GateResult::Refused)
    });
    assert_eq!(
        counted.encode().unwrap(),
        [
            0xa6, 0, 11, 1, 0x19, 1, 0xf4, 2, 1, 3, 12, 18, 0x19, 1, 0xe0, 19, 0x19, 1, 0xb9
        ]
    );
}

#[test]
fn a_gate_event_has_one_number() {
    let event = |number, result, more: &[(i64, Value)]| {
        let mut fields = vec![
            (0, Some(Value::Uint(number))),
            (1, Some(Value::Uint(500))),
            (2, Some(Value::Uint(1))),
            (3, Some(Value::Uint(result))),
        ];
        fields.extend(more.iter().map(|(key, value)| (*key, Some(value.clone()))));
        Fact::decode(&Value::map(fields).encode())
    };
    assert!(event(8, 1, &[]).is_ok());
    assert!(event(10, 6, &[]).is_ok());
    assert!(event(10, 1, &[(14, Value::Uint(1))]).is_ok());
    assert!(event(11, 12, &[]).is_ok());
    assert!(event(11, 12, &[(18, Value::Uint(9)), (19, Value::Uint(3))]).is_ok());
    for void in [
        event(10, 1, &[]),
        event(8, 6, &[]),
        event(8, 1, &[(14, Value::Uint(1))]),
        event(10, 12, &[]),
        event(10, 1, &[(14, Value::Uint(0))]),
        event(10, 1, &[(14, Value::Uint(256))]),
        event(10, 1, &[(16, Value::Uint(0))]),
        event(10, 6, &[(18, Value::Uint(1))]),
        event(11, 6, &[]),
        event(11, 12, &[(18, Value::Uint(0))]),
        event(11, 12, &[(18, Value::Uint(1 << 32))]),
        event(11, 12, &[(20, Value::Uint(1))]),
    ] {
        assert!(matches!(void, Err(FactError::Shape(_))), "{void:?}");
    }
}

#[test]
fn text_may_turn_its_direction_and_may_not_control_a_terminal() {
    for honest in [
        "שלום \u{202e}\u{200b}",
        "a\nb\tc",
        "👨\u{200d}👩",
        &"字".repeat(BODY_CHARS),
    ] {
        assert!(comment(honest).encode().is_ok(), "{honest:?}");
    }
    let long = "字".repeat(BODY_CHARS + 1);
    for refused in [
        "",
        " \n",
        "\u{1b}[2J",
        "a\rb",
        "a\0b",
        "\u{85}",
        "\u{7f}",
        &long,
    ] {
        assert!(comment(refused).encode().is_err(), "{refused:?}");
    }
}

#[test]
fn a_limit_broken_is_named_by_its_field() {
    let event = |change: fn(&mut GateEvent)| {
        let mut event = GateEvent::new(1, 1, GateResult::Admit);
        change(&mut event);
        Fact::GateEvent(event).encode()
    };
    let private = |len| Some(Private::new("x".repeat(len)));
    assert!(event(|_| ()).is_ok());
    for refused in [
        event(|event| event.gate = 64),
        event(|event| event.at_s = u64::MAX),
        event(|event| event.code = Some("e_used".into())),
        event(|event| event.code = Some(String::new())),
        event(|event| event.label = Some(Private::new("a\nb".into()))),
        Fact::Claim {
            text: private(CLAIM_CHARS + 1),
        }
        .encode(),
        Fact::Reaction {
            what: Some("Like".into()),
        }
        .encode(),
        Fact::Close {
            outcome: Some(String::new()),
            chosen: None,
        }
        .encode(),
        Fact::Grant(Grant {
            claims: Private::new(Vec::new()),
            short_code: true,
        })
        .encode(),
        Fact::Grant(Grant {
            claims: Private::new(vec![0; CLAIMS_MAX + 1]),
            short_code: true,
        })
        .encode(),
        Fact::Spent(Vec::new()).encode(),
    ] {
        assert!(matches!(refused, Err(FactError::Shape(_))), "{refused:?}");
    }
    let spend = |first: u8| Spend {
        cti: [first; 12],
        count: 1,
        exp_s: 1,
    };
    assert!(Fact::Spent(vec![spend(1), spend(2)]).encode().is_ok());
    assert!(Fact::Spent(vec![spend(2), spend(1)]).encode().is_err());
    assert!(Fact::Spent(vec![spend(1), spend(1)]).encode().is_err());
}

#[test]
fn unknown_kinds_are_carried_and_unknown_fields_void() {
    let fact = |fields: Vec<(i64, Option<Value>)>| Fact::decode(&Value::map(fields).encode());
    let kind = |number| (0, Some(Value::Uint(number)));
    assert_eq!(fact(vec![kind(77)]), Err(FactError::Unknown(77)));
    assert_eq!(
        fact(vec![kind(77), (9, Some(Value::Null))]),
        Err(FactError::Unknown(77))
    );
    assert!(matches!(
        fact(vec![kind(4), (1, Some(Value::Null))]),
        Err(FactError::Shape(_))
    ));
    assert!(matches!(fact(vec![]), Err(FactError::Shape(_))));
    assert!(matches!(Fact::decode(&[0x01]), Err(FactError::Shape(_))));
    assert!(matches!(
        Fact::decode(&[0xa1, 0, 0x18, 4]),
        Err(FactError::Cbor(_))
    ));
}

#[test]
fn nothing_of_a_person_is_in_the_debug_text_of_a_fact() {
    let mut event = GateEvent::new(1, 1, GateResult::Override);
    event.plate = Some(Private::new("京AD12345".into()));
    event.label = Some(Private::new("王*".into()));
    event.unit = Some(Private::new("3-2-501".into()));
    event.reason = Some(Private::new("张三".into()));
    let text = format!("{:?} {:?}", Fact::GateEvent(event), comment("李四"));
    for secret in ["京", "王", "3-2-501", "张三", "李四"] {
        assert!(!text.contains(secret), "{text}");
    }
}
