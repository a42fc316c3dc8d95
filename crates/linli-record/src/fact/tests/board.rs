//! Reports, rulings, appeals, hand-overs; calls for help, letters, phone numbers: their bytes and limits.

use super::*;

pub(super) fn any_fact() -> impl Strategy<Value = Fact> {
    let id = || of(any::<[u8; 32]>().prop_map(EntryId));
    let words = || private("[a-z说\\n]{0,9}x");
    let report = ("[a-z][a-z0-9_]{0,23}", of(words()), id());
    let households = prop::collection::btree_set(any::<[u8; 16]>(), 0..9);
    let ruling = (any::<bool>(), words(), id(), households, id());
    let call = (any::<[u8; 16]>(), any::<bool>(), of(words()));
    let how = prop::sample::select(vec![HelpHow::Received, HelpHow::Heard, HelpHow::Coming]);
    let letter = prop::collection::vec(any::<u8>(), 64..200);
    let phone = ("[a-z值班室]{1,24}", "[0-9+]{1,19}[0-9]");
    prop_oneof![
        report.prop_map(|(reason, words, comment)| Fact::Report(Report {
            reason,
            words,
            comment
        })),
        ruling.prop_map(
            |(hide, reason, comment, answers, replaces)| Fact::Ruling(Ruling {
                hide,
                reason,
                comment,
                answers: answers.into_iter().map(PrincipalId).collect(),
                replaces,
            })
        ),
        (id(), words(), id()).prop_map(|(against, words, comment)| Fact::Appeal(Appeal {
            against,
            words,
            comment
        })),
        (any::<[u8; 16]>(), of(words())).prop_map(|(to, words)| Fact::HandOver(HandOver {
            to: PrincipalId(to),
            words
        })),
        call.prop_map(|(key, practice, words)| Fact::HelpCall(HelpCall {
            key,
            practice,
            words
        })),
        any::<[u8; 16]>().prop_map(Fact::HelpEnd),
        (any::<[u8; 16]>(), any::<[u8; 16]>(), how).prop_map(|(key, caller, how)| {
            let caller = PrincipalId(caller);
            Fact::HelpAck(HelpAck { key, caller, how })
        }),
        prop::collection::vec(letter, 1..5).prop_map(Fact::Letter),
        prop::collection::vec(phone, 0..PHONES_MAX).prop_map(|list| {
            let phone = |(label, number)| Phone { label, number };
            Fact::Phones(list.into_iter().map(phone).collect())
        }),
    ]
}

fn said(text: &str) -> Private<String> {
    Private::new(text.to_owned())
}

fn ruling(answers: Vec<PrincipalId>) -> Ruling {
    Ruling {
        hide: true,
        reason: said("no"),
        comment: None,
        answers,
        replaces: None,
    }
}

#[test]
fn the_bytes_of_what_is_said_about_a_post_are_these() {
    let report = Fact::Report(Report {
        reason: "ad".into(),
        words: None,
        comment: Some(EntryId([9; 32])),
    });
    let mut bytes = vec![0xa3, 0, 0x18, 28, 1, 0x62, b'a', b'd', 3, 0x58, 32];
    bytes.extend_from_slice(&[9; 32]);
    assert_eq!(report.encode().unwrap(), bytes);

    let mut bytes = vec![
        0xa4, 0, 0x18, 29, 1, 0xf5, 2, 0x62, b'n', b'o', 4, 0x81, 0x50,
    ];
    bytes.extend_from_slice(&[7; 16]);
    let hide = Fact::Ruling(ruling(vec![PrincipalId([7; 16])]));
    assert_eq!(hide.encode().unwrap(), bytes);

    let appeal = Fact::Appeal(Appeal {
        against: None,
        words: said("hi"),
        comment: None,
    });
    let bytes = [0xa2, 0, 0x18, 30, 2, 0x62, b'h', b'i'];
    assert_eq!(appeal.encode().unwrap(), bytes);

    let mut bytes = vec![0xa2, 0, 0x18, 31, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    let to = HandOver {
        to: PrincipalId([7; 16]),
        words: None,
    };
    assert_eq!(Fact::HandOver(to).encode().unwrap(), bytes);
}

#[test]
fn the_bytes_of_a_call_its_end_an_answer_letters_and_numbers_are_these() {
    let call = Fact::HelpCall(HelpCall {
        key: [7; 16],
        practice: true,
        words: None,
    });
    let mut bytes = vec![0xa3, 0, 0x18, 32, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    bytes.extend_from_slice(&[2, 0xf5]);
    assert_eq!(call.encode().unwrap(), bytes);

    let mut bytes = vec![0xa2, 0, 0x18, 33, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    assert_eq!(Fact::HelpEnd([7; 16]).encode().unwrap(), bytes);

    let ack = Fact::HelpAck(HelpAck {
        key: [7; 16],
        caller: PrincipalId([8; 16]),
        how: HelpHow::Coming,
    });
    let mut bytes = vec![0xa4, 0, 0x18, 34, 1, 0x50];
    bytes.extend_from_slice(&[7; 16]);
    bytes.extend_from_slice(&[2, 0x50]);
    bytes.extend_from_slice(&[8; 16]);
    bytes.extend_from_slice(&[3, 3]);
    assert_eq!(ack.encode().unwrap(), bytes);

    let mut bytes = vec![0xa2, 0, 0x18, 35, 1, 0x81, 0x58, 64];
    bytes.extend_from_slice(&[5; 64]);
    assert_eq!(Fact::Letter(vec![vec![5; 64]]).encode().unwrap(), bytes);

    let phones = Fact::Phones(vec![Phone {
        label: "A".into(),
        number: "12".into(),
    }]);
    let bytes = [
        0xa2, 0, 0x18, 36, 1, 0x81, 0x82, 0x61, b'A', 0x62, b'1', b'2',
    ];
    assert_eq!(phones.encode().unwrap(), bytes);
}

#[test]
fn what_breaks_a_limit_is_none_of_them() {
    let phone = |label: &str, number: &str| {
        Fact::Phones(vec![Phone {
            label: label.into(),
            number: number.into(),
        }])
    };
    let many: Vec<PrincipalId> = (0..=RULING_HOUSEHOLDS as u128)
        .map(|n| PrincipalId(n.to_be_bytes()))
        .collect();
    for refused in [
        Fact::Report(Report {
            reason: "An Ad".into(),
            words: None,
            comment: None,
        }),
        Fact::Report(Report {
            reason: "ad".into(),
            words: Some(said(&"x".repeat(SAID_CHARS + 1))),
            comment: None,
        }),
        Fact::Ruling(ruling(vec![PrincipalId([7; 16]), PrincipalId([7; 16])])),
        Fact::Ruling(ruling(vec![PrincipalId([8; 16]), PrincipalId([7; 16])])),
        Fact::Ruling(ruling(many)),
        Fact::Ruling(Ruling {
            reason: said(" "),
            ..ruling(vec![])
        }),
        Fact::HelpCall(HelpCall {
            key: [7; 16],
            practice: false,
            words: Some(said(&"说".repeat(HELP_WORDS_CHARS + 1))),
        }),
        Fact::Letter(vec![]),
        Fact::Letter(vec![vec![1; 63]]),
        Fact::Letter(vec![vec![1; 961]]),
        Fact::Letter(vec![vec![1; 64]; LETTERS_MAX + 1]),
        phone("", "120"),
        phone("a", "call me"),
        phone("a", "+-"),
        phone("a", "123456789012345678901"),
        Fact::Phones(vec![
            Phone {
                label: "a".into(),
                number: "1".into()
            };
            PHONES_MAX + 1
        ]),
    ] {
        let read = refused.encode();
        assert!(matches!(read, Err(FactError::Shape(_))), "{read:?}");
    }
}

#[test]
fn letters_are_read_as_written_and_nothing_else_is() {
    let bodies = [
        LetterBody::Care {
            minute: Some(9 * 60),
            helpers: vec![PrincipalId([7; 16])],
        },
        LetterBody::Care {
            minute: None,
            helpers: vec![],
        },
        LetterBody::Fine,
        LetterBody::Words {
            key: [7; 16],
            text: said("摔倒了"),
        },
    ];
    for body in bodies {
        let bytes = body.encode();
        assert_eq!(LetterBody::decode(&bytes), Some(body));
        assert_eq!(LetterBody::decode(&bytes[..bytes.len() - 1]), None);
    }
    assert_eq!(LetterBody::Fine.encode(), [0xa1, 0, 2]);
    let late = Value::map(vec![
        (0, Some(Value::Uint(1))),
        (1, Some(Value::Uint(24 * 60))),
        (2, Some(Value::Array(vec![]))),
    ]);
    assert_eq!(LetterBody::decode(&late.encode()), None);
    assert_eq!(LetterBody::decode(&[0xa1, 0, 9]), None);
}

#[test]
fn what_somebody_says_is_not_in_the_debug_text() {
    let facts = [
        Fact::Report(Report {
            reason: "other".into(),
            words: Some(said("秘密")),
            comment: None,
        }),
        Fact::Ruling(Ruling {
            reason: said("秘密"),
            ..ruling(vec![])
        }),
        Fact::HelpCall(HelpCall {
            key: [7; 16],
            practice: false,
            words: Some(said("秘密")),
        }),
    ];
    let body = LetterBody::Words {
        key: [7; 16],
        text: said("秘密"),
    };
    let text = format!("{facts:?} {body:?}");
    assert!(!text.contains("秘密"), "{text}");
}
