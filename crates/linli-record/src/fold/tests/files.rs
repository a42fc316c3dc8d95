//! What goes with a post or notice, from its draft to its row; and references that cannot be read.

use super::{admit, author, row};
use crate::admission::{Actor, Doc, New, Scalar, first_change};
use crate::attach::{ATTACHMENTS_MAX, Attachment, Media, REFERENCE_MAX};
use crate::draft::{DraftError, FieldChange, NoticeDraft, PostDraft, edit};
use crate::kind::{ChangeBody, RecordKind};
use crate::row::{AuthorKind, Row};
use crate::schema::{self, PostKind};
use linli_base::Private;
use std::collections::BTreeMap;

const A: Actor = [1; 16];

fn file(n: u8) -> Attachment {
    Attachment {
        hash: [n; 32],
        key: Private::new([n + 100; 32]),
        size: 5_000,
        media: Media::Jpeg,
        sides: Some((640, 480)),
        name: Some(Private::new(format!("{n}.jpg"))),
    }
}

fn post() -> PostDraft {
    PostDraft {
        kind: PostKind::Found,
        body: "猫".into(),
    }
}

fn files_of(body: &[u8]) -> Vec<Attachment> {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, body);
    let of = match kind {
        RecordKind::Notice => AuthorKind::Office,
        _ => AuthorKind::Household,
    };
    match row(&doc, kind, &author(of, 1, 1)) {
        Some(Row::Post(post)) => post.files,
        Some(Row::Notice(notice)) => notice.files,
        other => panic!("{other:?}"),
    }
}

/// A post whose list of files has these items, as another program may write it.
fn listed(items: Vec<Scalar>) -> Vec<u8> {
    let fields: BTreeMap<&str, New> = [
        ("kind", New::Scalar(Scalar::from("found"))),
        ("body", New::Scalar(Scalar::from("猫"))),
        ("files", New::List(items)),
    ]
    .into();
    let change = first_change(A, &fields).unwrap();
    let kind = RecordKind::Post;
    ChangeBody { kind, change }.encode()
}

#[test]
fn files_of_a_draft_are_files_of_the_row_and_come_back_from_its_bytes() {
    let two = [file(1), file(2)];
    assert_eq!(files_of(&post().change_with(A, &two).unwrap()), two);
    let notice = NoticeDraft {
        title: "停电".into(),
        files: two.to_vec(),
        ..NoticeDraft::default()
    };
    let body = notice.change(A).unwrap();
    assert_eq!(files_of(&body), two);
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &body);
    let row = row(&doc, kind, &author(AuthorKind::Office, 1, 1)).unwrap();
    assert_eq!(Row::from_bytes(&row.to_bytes()).unwrap(), row);
    // A bearer of the row's debug text learns neither key nor name.
    let text = format!("{row:?}");
    assert!(
        !text.contains("1.jpg") && !text.contains("101, 101"),
        "{text}"
    );
    // Without files the change is what it was before there were any.
    assert_eq!(
        post().change_with(A, &[]).unwrap(),
        post().change(A).unwrap()
    );
}

#[test]
fn more_than_four_are_refused_when_written_and_void_when_they_come() {
    let five: Vec<Attachment> = (1..=5).map(file).collect();
    let refused = post().change_with(A, &five).unwrap_err();
    assert!(matches!(refused, DraftError::Field(fault) if fault.field == "files"));
    let items = |n: usize, length: usize| vec![Scalar::from(&vec![7_u8; length][..]); n];
    let sound = |items: Vec<Scalar>| {
        let body = ChangeBody::decode(&listed(items)).unwrap();
        let judge = schema::judge(body.kind);
        let expect = crate::admission::Expect {
            actor: A,
            schema: &judge,
        };
        Doc::new().admit(&body.change, &expect).is_ok()
    };
    assert!(sound(items(ATTACHMENTS_MAX, REFERENCE_MAX)));
    assert!(!sound(items(ATTACHMENTS_MAX + 1, 10)));
    assert!(!sound(items(1, REFERENCE_MAX + 1)));
    assert!(!sound(vec![Scalar::from("text")]));
}

#[test]
fn a_reference_of_a_later_version_is_left_out_and_the_others_stay() {
    let later = vec![0xa1, 0x18, 0x63, 0x01];
    let items = vec![
        Scalar::from(&*file(1).encode()),
        Scalar::from(&*later),
        Scalar::from(&*file(1).encode()),
        Scalar::from(&*file(2).encode()),
    ];
    assert_eq!(files_of(&listed(items)), [file(1), file(2)], "each once");
}

#[test]
fn files_stay_when_the_text_is_edited_and_go_when_they_are_taken_off() {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &post().change_with(A, &[file(3)]).unwrap());
    let owner = author(AuthorKind::Household, 1, 1);
    let files = |doc: &Doc| match row(doc, kind, &owner) {
        Some(Row::Post(post)) => post.files,
        other => panic!("{other:?}"),
    };
    let text = edit(&doc, kind, A, &[FieldChange::set("body", "两只猫")]).unwrap();
    admit(&mut doc, A, &text);
    assert_eq!(files(&doc), [file(3)]);
    let none = edit(&doc, kind, A, &[FieldChange::clear("files")]).unwrap();
    admit(&mut doc, A, &none);
    assert_eq!(files(&doc), []);
}
