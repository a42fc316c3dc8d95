//! What is sound and what is not, field by field.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use linli_base::limits::{BODY_CHARS, TITLE_CHARS};

fn one(scalar: impl Into<Scalar>) -> Value {
    Value::Scalar(scalar.into())
}

fn list<T: Into<Scalar>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::List(items.into_iter().map(|item| vec![one(item)]).collect())
}

/// A sound value of each kind.
fn sound(kind: RecordKind) -> Snapshot {
    let fields: Vec<(&str, Value)> = match kind {
        RecordKind::Notice => vec![("title", one("停电"))],
        RecordKind::Post => vec![("kind", one("ask")), ("body", one("梯子"))],
        RecordKind::Visit => vec![
            ("label", one("王*")),
            ("kind", one("person")),
            ("from_s", one(1u64)),
            ("until_s", one(2u64)),
            ("entries", one(1u64)),
            ("cti", one([1u8; 12].as_slice())),
            ("token", one("LL1:A")),
        ],
        RecordKind::Building => vec![("name", one("3"))],
        RecordKind::Room => vec![
            ("building", one("3")),
            ("stair", one("2")),
            ("room", one("501")),
        ],
        RecordKind::Household => vec![("unit", one("3-2-501"))],
        RecordKind::Person => vec![("name", one("张三")), ("unit", one("3-2-501"))],
        RecordKind::Vehicle => vec![("plate", one("京AD12345")), ("unit", one("3-2-501"))],
        RecordKind::Unknown(_) => vec![],
    };
    let root = fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), vec![value]));
    Snapshot {
        root: root.collect(),
    }
}

fn with(kind: RecordKind, key: &str, value: Value) -> Result<(), SchemaFault> {
    let mut snapshot = sound(kind);
    snapshot.root.insert(key.to_owned(), vec![value]);
    check(kind, &snapshot)
}

fn fault(field: &'static str, fault: FieldFault) -> Result<(), SchemaFault> {
    Err(SchemaFault { field, fault })
}

#[test]
fn the_least_of_each_kind_is_sound_and_needs_each_of_its_fields() {
    for kind in RecordKind::ALL {
        let least = sound(kind);
        assert_eq!(check(kind, &least), Ok(()), "{kind}");
        for key in least.root.keys() {
            let mut without = least.clone();
            without.root.remove(key);
            let fault = check(kind, &without).unwrap_err();
            assert_eq!(
                (fault.field, fault.fault),
                (key.as_str(), FieldFault::Missing)
            );
        }
    }
    let unknown = RecordKind::from_number(99);
    assert_eq!(
        check(unknown, &Snapshot::default()),
        fault("kind", FieldFault::UnknownKind)
    );
}

#[test]
fn a_field_of_a_later_version_is_tolerated() {
    for kind in RecordKind::ALL {
        for value in [
            one(1u64),
            list(["a"]),
            Value::Text("a".into()),
            one("\u{1b}"),
        ] {
            assert_eq!(with(kind, "from_a_later_version", value), Ok(()));
        }
    }
}

#[test]
fn every_known_field_refuses_the_wrong_kind_of_value() {
    for kind in RecordKind::ALL {
        for spec in fields(kind) {
            let wrong = [
                one(Scalar::Null),
                one(Scalar::Int(1)),
                one(Scalar::Timestamp(1)),
                Value::Text("prose".into()),
                Value::Map(Default::default()),
                Value::List(vec![vec![Value::Text("a".into())]]),
                Value::List(vec![vec![one(Scalar::Null)]]),
            ];
            for value in wrong {
                let verdict = with(kind, spec.name, value.clone());
                assert_eq!(verdict.unwrap_err().field, spec.name, "{kind} {value:?}");
            }
        }
    }
}

#[test]
fn limits_hold_to_the_character_and_to_the_number() {
    use RecordKind::{Building, Notice, Person, Post, Room, Visit};
    let long = |chars| one("字".repeat(chars));
    assert_eq!(with(Notice, "title", long(TITLE_CHARS)), Ok(()));
    let max = TITLE_CHARS;
    assert_eq!(
        with(Notice, "title", long(max + 1)),
        fault("title", FieldFault::TooLong { max })
    );
    assert_eq!(with(Post, "body", one("𠮷".repeat(BODY_CHARS))), Ok(()));
    let max = BODY_CHARS;
    assert_eq!(
        with(Post, "body", long(max + 1)),
        fault("body", FieldFault::TooLong { max })
    );
    assert_eq!(
        with(Visit, "entries", one(256u64)),
        fault("entries", FieldFault::TooHigh { max: 255 })
    );
    assert_eq!(
        with(Visit, "gates", list([64u64])),
        fault("gates", FieldFault::TooHigh { max: 63 })
    );
    assert_eq!(
        with(Visit, "gates", list(0..17u64)),
        fault("gates", FieldFault::TooMany { max: 16 })
    );
    assert_eq!(
        with(Visit, "cti", one([0u8; 11].as_slice())),
        fault("cti", FieldFault::Length { want: 12 })
    );
    assert_eq!(
        with(Room, "area_dm2", one(AREA_DM2_MAX + 1)),
        fault("area_dm2", FieldFault::TooHigh { max: AREA_DM2_MAX })
    );
    assert_eq!(
        with(Notice, "expires_ms", one(MS_MAX + 1)),
        fault("expires_ms", FieldFault::TooHigh { max: MS_MAX })
    );
    assert_eq!(
        with(Person, "phones", list([""])),
        fault("phones", FieldFault::Blank)
    );
    assert_eq!(
        with(Building, "name", one("  ")),
        fault("name", FieldFault::Blank)
    );
    assert_eq!(
        with(Notice, "body", one("")),
        Ok(()),
        "an optional text may be empty"
    );
}

#[test]
fn control_characters_are_refused_and_other_marks_are_not() {
    use RecordKind::{Notice, Person};
    for bad in ["a\u{0}b", "a\u{1b}b", "a\rb", "a\u{7f}b", "a\u{9f}b"] {
        assert_eq!(
            with(Notice, "body", one(bad)),
            fault("body", FieldFault::Control)
        );
        assert_eq!(
            with(Notice, "title", one(bad)),
            fault("title", FieldFault::Control)
        );
    }
    assert_eq!(with(Notice, "body", one("a\n\tb")), Ok(()));
    assert_eq!(
        with(Notice, "title", one("a\nb")),
        fault("title", FieldFault::Control)
    );
    assert_eq!(with(Person, "note", one("a\nb")), Ok(()));
    for good in [
        "\u{202e}abc",
        "a\u{200b}b",
        "a\u{ad}b",
        "\u{feff}a",
        "e\u{301}\u{301}",
    ] {
        assert_eq!(with(Notice, "title", one(good)), Ok(()));
    }
}

#[test]
fn closed_words_are_closed_and_open_words_have_a_shape() {
    use RecordKind::{Notice, Post, Visit};
    for severity in Severity::WORDS {
        assert_eq!(with(Notice, "severity", one(*severity)), Ok(()));
    }
    for bad in ["severe", "Red", ""] {
        assert_eq!(
            with(Notice, "severity", one(bad)),
            fault("severity", FieldFault::Word)
        );
    }
    let lists = [
        ("urgency", Urgency::WORDS),
        ("certainty", Certainty::WORDS),
        ("response", Response::WORDS),
        ("category", Category::WORDS),
    ];
    for (field, words) in lists {
        for word in words {
            assert_eq!(with(Notice, field, one(*word)), Ok(()));
            let small = word.to_ascii_lowercase();
            assert_eq!(
                with(Notice, field, one(small.as_str())),
                fault(field, FieldFault::Word)
            );
        }
    }
    assert_eq!(
        with(Visit, "kind", one("ghost")),
        fault("kind", FieldFault::Word)
    );
    assert_eq!(
        with(Post, "kind", one("rent")),
        Ok(()),
        "a word of a later version"
    );
    for bad in [
        "Rent",
        "",
        "a b",
        "1a",
        "a-b",
        &"a".repeat(WORD_MAX + 1),
        "问",
    ] {
        assert_eq!(
            with(Post, "kind", one(bad)),
            fault("kind", FieldFault::Word),
            "{bad}"
        );
    }
}

#[test]
fn record_ids_have_one_spelling() {
    let id = RecordId([7; 16]).to_text();
    assert_eq!(
        with(RecordKind::Notice, "corrects", one(id.as_str())),
        Ok(())
    );
    for bad in [
        id.to_uppercase().as_str(),
        &id[1..],
        "r:",
        "",
        &format!("{id} "),
    ] {
        let verdict = with(RecordKind::Notice, "corrects", one(bad));
        assert_eq!(verdict, fault("corrects", FieldFault::RecordId), "{bad}");
    }
}

#[test]
fn a_notice_needs_a_headline_unless_it_takes_one_back() {
    let id = RecordId([7; 16]).to_text();
    let mut value = Snapshot::default();
    let missing = fault("title", FieldFault::Missing);
    assert_eq!(check(RecordKind::Notice, &value), missing);
    value.root.insert("retracts".into(), vec![one(id.as_str())]);
    assert_eq!(check(RecordKind::Notice, &value), Ok(()));
    value.root.insert("corrects".into(), vec![one(id.as_str())]);
    let beside = FieldFault::Beside { other: "corrects" };
    assert_eq!(check(RecordKind::Notice, &value), fault("retracts", beside));
}

#[test]
fn an_end_is_not_before_its_beginning() {
    let before = FieldFault::Before { other: "from_s" };
    let verdict = with(RecordKind::Visit, "until_s", one(0u64));
    assert_eq!(verdict, fault("until_s", before));
    assert_eq!(with(RecordKind::Visit, "until_s", one(1u64)), Ok(()));
    assert_eq!(
        verdict.unwrap_err().to_string(),
        "until_s: is before from_s"
    );
}

#[test]
fn every_concurrent_value_is_judged() {
    let mut value = sound(RecordKind::Post);
    let field = value.root.get_mut("body").unwrap();
    field.push(one(7u64));
    assert!(check(RecordKind::Post, &value).is_err());
}
