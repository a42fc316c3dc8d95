//! Comments with photos: their bytes, their limits, and references of a later version.

use super::*;
use crate::attach::{ATTACHMENTS_MAX, Attachment, Media, REFERENCE_MAX};

/// Whatever bytes: a later version may write references that this one cannot read.
pub(super) fn any_with_files() -> impl Strategy<Value = Fact> {
    let file = prop::collection::vec(any::<u8>(), 1..60).prop_map(Private::new);
    (
        private("[a-z🔑\\n]{0,9}"),
        any::<Option<[u8; 32]>>(),
        prop::collection::vec(file, 1..=ATTACHMENTS_MAX),
    )
        .prop_map(|(text, answers, files)| Fact::Comment {
            // White space alone says nothing, and is void.
            text: Private::new(text.reveal().trim().to_owned()),
            answers: answers.map(EntryId),
            files,
        })
}

fn with(text: &str, files: Vec<Vec<u8>>) -> Fact {
    Fact::Comment {
        text: Private::new(text.to_owned()),
        answers: None,
        files: files.into_iter().map(Private::new).collect(),
    }
}

#[test]
fn the_bytes_of_a_comment_with_files_are_these() {
    assert_eq!(
        with("hi", vec![vec![7, 8]]).encode().unwrap(),
        [0xa3, 0, 0x18, 41, 1, 0x62, b'h', b'i', 3, 0x81, 0x42, 7, 8]
    );
    assert_eq!(
        with("", vec![vec![7]]).encode().unwrap(),
        [0xa2, 0, 0x18, 41, 3, 0x81, 0x41, 7],
        "a photo may speak for itself"
    );
}

#[test]
fn a_comment_has_one_number_and_its_files_have_limits() {
    let read = |number: u64, text: Option<&str>, files: Option<Value>| {
        let fields = vec![
            (0, Some(Value::Uint(number))),
            (1, text.map(Value::text)),
            (3, files),
        ];
        Fact::decode(&Value::map(fields).encode())
    };
    let list = |n: usize, len: usize| Some(Value::Array(vec![Value::bytes(&vec![7; len]); n]));
    assert!(read(41, Some("hi"), list(ATTACHMENTS_MAX, REFERENCE_MAX)).is_ok());
    assert!(read(41, None, list(1, 1)).is_ok());
    assert!(read(1, Some("hi"), None).is_ok());
    for void in [
        read(41, Some("hi"), None),
        read(41, Some("hi"), list(0, 0)),
        read(41, Some(" \n"), list(1, 1)),
        read(41, None, None),
        read(41, Some("hi"), list(ATTACHMENTS_MAX + 1, 1)),
        read(41, Some("hi"), list(1, REFERENCE_MAX + 1)),
        read(41, Some("hi"), list(1, 0)),
        read(41, Some("hi"), Some(Value::Array(vec![Value::text("x")]))),
        read(41, Some("hi"), Some(Value::bytes(&[7]))),
        read(1, Some("hi"), list(1, 1)),
        read(1, None, None),
    ] {
        assert!(matches!(void, Err(FactError::Shape(_))), "{void:?}");
    }
    let long = "字".repeat(BODY_CHARS);
    assert!(read(41, Some(&long), list(1, 1)).is_ok());
    assert!(read(41, Some(&format!("{long}字")), list(1, 1)).is_err());
}

#[test]
fn the_key_of_a_file_is_not_printed_with_its_comment() {
    let file = Attachment {
        hash: [1; 32],
        key: Private::new([0xee; 32]),
        size: 1_000,
        media: Media::Jpeg,
        sides: None,
        name: None,
    };
    let printed = format!("{:?}", with("hi", vec![file.encode()]));
    assert!(
        !printed.contains("238") && !printed.contains("hi"),
        "{printed}"
    );
}
