//! Refusals, calls, answers and doorbells: their bytes and limits.

use super::*;
use linli_base::DeviceId;

pub(super) fn any_fact() -> impl Strategy<Value = Fact> {
    let name = || of(private("王[a-z]{0,9}[*]"));
    let refusal = (
        any::<[u8; 16]>(),
        private("京[A-Z0-9]{6}"),
        name(),
        of(private("[a-z]{1,9}")),
    );
    let step = prop_oneof![
        (any::<[u8; 32]>(), 5..=120u8).prop_map(|(d, s)| (RingStep::Rings, Some(d), Some(s))),
        any::<[u8; 32]>().prop_map(|d| (RingStep::Admit, Some(d), None)),
        any::<[u8; 32]>().prop_map(|d| (RingStep::Refuse, Some(d), None)),
        Just((RingStep::NoAnswer, None, None)),
        Just((RingStep::NotReached, None, None)),
        Just((RingStep::Decided, None, None)),
    ];
    let ring = (
        (0..9_000_000_000u64, 0..64u8, any::<[u8; 32]>(), step),
        (
            of(private("[0-9-]{1,40}")),
            name(),
            of(1..=u8::MAX),
            any::<bool>(),
        ),
        (
            of(private("京[A-Z0-9]{6}")),
            of("E_[A-Z]{1,9}"),
            of(any::<[u8; 12]>()),
        ),
    );
    let order = prop::collection::btree_set(any::<[u8; 32]>(), 0..DOORBELL_DEVICES);
    prop_oneof![
        refusal.prop_map(|(id, plate, name, reason)| Fact::Refusal(Refusal {
            id,
            plate: Some(plate),
            name,
            reason
        })),
        any::<[u8; 16]>().prop_map(Fact::RefusalEnd),
        ring.prop_map(
            |(
                (at_s, gate, about, step),
                (unit, name, companions, resident),
                (plate, code, cti),
            )| Fact::Ring(Ring {
                at_s,
                gate,
                step: step.0,
                about: EntryId(about),
                device: step.1.map(DeviceId),
                for_s: step.2,
                unit,
                name,
                companions,
                resident,
                plate,
                code,
                cti,
            })
        ),
        (any::<[u8; 32]>(), any::<bool>()).prop_map(|(about, admit)| Fact::RingAnswer(
            RingAnswer {
                about: EntryId(about),
                admit
            }
        )),
        (order, 5..=120u8).prop_map(|(order, seconds)| Fact::Doorbell(Doorbell {
            order: order.into_iter().map(DeviceId).collect(),
            seconds
        })),
    ]
}

fn ring(step: RingStep) -> Ring {
    Ring {
        at_s: 500,
        gate: 1,
        step,
        about: EntryId([9; 32]),
        device: None,
        for_s: None,
        unit: None,
        name: None,
        companions: None,
        resident: false,
        plate: None,
        code: None,
        cti: None,
    }
}

#[test]
fn the_bytes_of_a_refusal_a_ring_and_an_answer_are_these() {
    let refusal = Fact::Refusal(Refusal {
        id: [7; 16],
        plate: None,
        name: Some(Private::new("Q".into())),
        reason: None,
    });
    let mut bytes = vec![0xa3, 0, 20, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    bytes.extend_from_slice(&[3, 0x61, b'Q']);
    assert_eq!(refusal.encode().unwrap(), bytes);

    let mut bytes = vec![0xa2, 0, 21, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    assert_eq!(Fact::RefusalEnd([7; 16]).encode().unwrap(), bytes);

    let over = Fact::Ring(ring(RingStep::NoAnswer));
    let mut bytes = vec![0xa5, 0, 22, 1, 0x19, 1, 0xf4, 2, 1, 3, 4, 4, 0x58, 32];
    bytes.extend_from_slice(&[9; 32]);
    assert_eq!(over.encode().unwrap(), bytes);

    // About a pass it has a number of its own.
    let asked = Fact::Ring(Ring {
        plate: Some(Private::new("Q1".into())),
        code: Some("E_AWAY".into()),
        cti: Some([7; 12]),
        ..ring(RingStep::NoAnswer)
    });
    let mut bytes = vec![0xa8, 0, 0x18, 37];
    bytes.extend_from_slice(&[1, 0x19, 1, 0xf4, 2, 1, 3, 4, 4, 0x58, 32]);
    bytes.extend_from_slice(&[9; 32]);
    bytes.extend_from_slice(&[11, 0x62, b'Q', b'1', 12, 0x66]);
    bytes.extend_from_slice(b"E_AWAY");
    bytes.extend_from_slice(&[13, 0x4c]);
    bytes.extend_from_slice(&[7; 12]);
    assert_eq!(asked.encode().unwrap(), bytes);
    assert_eq!(Fact::decode(&bytes).unwrap(), asked);
    // One ring has one number.
    let mut plain = over.encode().unwrap();
    plain.splice(1..3, [0, 0x18, 37]);
    assert!(matches!(Fact::decode(&plain), Err(FactError::Shape(_))));
    bytes.splice(1..4, [0, 22]);
    assert!(matches!(Fact::decode(&bytes), Err(FactError::Shape(_))));

    let yes = Fact::RingAnswer(RingAnswer {
        about: EntryId([9; 32]),
        admit: true,
    });
    let mut bytes = vec![0xa3, 0, 23, 1, 0x58, 32];
    bytes.extend_from_slice(&[9; 32]);
    bytes.extend_from_slice(&[2, 0xf5]);
    assert_eq!(yes.encode().unwrap(), bytes);

    let bell = Fact::Doorbell(Doorbell {
        order: vec![],
        seconds: 55,
    });
    assert_eq!(
        bell.encode().unwrap(),
        [0xa3, 0, 0x18, 24, 1, 0x80, 2, 0x18, 55]
    );
    let courier = Fact::GateEvent(GateEvent {
        leave_by_s: Some(900),
        ..GateEvent::new(500, 1, GateResult::Admit)
    });
    assert_eq!(
        courier.encode().unwrap(),
        [
            0xa5, 0, 0x18, 25, 1, 0x19, 1, 0xf4, 2, 1, 3, 1, 20, 0x19, 3, 0x84
        ]
    );
}

#[test]
fn what_breaks_a_limit_is_no_refusal_ring_or_doorbell() {
    let nobody = Refusal {
        id: [7; 16],
        plate: None,
        name: None,
        reason: Some(Private::new("why".into())),
    };
    let long = Refusal {
        name: Some(Private::new("王".repeat(25))),
        ..nobody.clone()
    };
    let here = Some(DeviceId([1; 32]));
    let bell = |order: Vec<DeviceId>, seconds| Fact::Doorbell(Doorbell { order, seconds });
    let many = (0..17).map(|n| DeviceId([n; 32])).collect();
    for refused in [
        Fact::Refusal(nobody),
        Fact::Refusal(long),
        Fact::Ring(ring(RingStep::Rings)),
        Fact::Ring(Ring {
            device: here,
            ..ring(RingStep::Rings)
        }),
        Fact::Ring(Ring {
            device: here,
            for_s: Some(4),
            ..ring(RingStep::Rings)
        }),
        Fact::Ring(Ring {
            device: here,
            ..ring(RingStep::NoAnswer)
        }),
        Fact::Ring(Ring {
            device: here,
            for_s: Some(55),
            ..ring(RingStep::Admit)
        }),
        Fact::Ring(Ring {
            code: Some("e_away".into()),
            ..ring(RingStep::NoAnswer)
        }),
        bell(vec![DeviceId([1; 32]), DeviceId([1; 32])], 55),
        bell(many, 55),
        bell(vec![], 121),
    ] {
        let read = refused.encode();
        assert!(matches!(read, Err(FactError::Shape(_))), "{read:?}");
    }
}

#[test]
fn who_is_refused_or_called_about_is_not_in_the_debug_text() {
    let said = |text: &str| Some(Private::new(text.to_owned()));
    let refusal = Fact::Refusal(Refusal {
        id: [7; 16],
        plate: said("京AD12345"),
        name: said("王*"),
        reason: said("张三"),
    });
    let ring = Fact::Ring(Ring {
        unit: said("3-2-501"),
        name: said("王*"),
        plate: said("京AD12345"),
        ..ring(RingStep::NoAnswer)
    });
    let text = format!("{refusal:?} {ring:?}");
    for secret in ["京", "王", "张三", "3-2-501"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn answers_that_are_said_again_are_read_as_written_and_the_newest_sixteen_stay() {
    let answer = |n: u8| {
        let about = EntryId([n; 32]);
        (
            RingAnswer {
                about,
                admit: n.is_multiple_of(2),
            },
            u64::from(n),
        )
    };
    let said = SaidAnswers((0..3).map(answer).collect());
    assert_eq!(SaidAnswers::decode(&said.encode()), Some(said));
    let many = SaidAnswers((0..20).map(answer).collect());
    let read = SaidAnswers::decode(&many.encode()).unwrap();
    assert_eq!(read.0, many.0[..SAID_ANSWERS]);
    let one = SaidAnswers(vec![answer(1)]).encode();
    let mut bytes = vec![0xa2, 0, 1, 1, 0x81, 0x83, 0x58, 32];
    bytes.extend_from_slice(&[1; 32]);
    bytes.extend_from_slice(&[0xf4, 1]);
    assert_eq!(one, bytes);
    for bad in [&[][..], &[0xa2, 0, 1, 1, 0x80], &bytes[..bytes.len() - 1]] {
        assert_eq!(SaidAnswers::decode(bad), None);
    }
}
