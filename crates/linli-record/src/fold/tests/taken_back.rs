//! What was said and taken back.

use super::thread::{comment, entry, post, said};
use super::*;
use crate::attach::{Attachment, Media};
use crate::row::PostRow;

const OWNER: u8 = 1;

fn texts(post: &PostRow) -> Vec<&str> {
    let comments = post.thread.comments.iter();
    comments.map(|c| c.text.reveal().as_str()).collect()
}

#[test]
fn who_said_it_takes_it_back_for_good_and_nobody_else_does() {
    let back = Fact::Uncomment;
    let said_first = entry(2, 1);
    let facts = [
        said(2, 1, 10, comment("气话", None)),
        said(3, 1, 20, comment("别这样", Some(said_first))),
        // Whoever wrote the post takes nothing of others back, and neither does another neighbour.
        said(OWNER, 1, 30, back(entry(3, 1))),
        said(4, 1, 30, back(entry(3, 1))),
        // A clock that goes wrong changes nothing; nor does a name that nobody knows.
        said(2, 2, 1, back(said_first)),
        said(2, 3, 40, back(EntryId([250; 32]))),
        said(2, 4, 50, comment("对不起", None)),
    ];
    let row = post(&facts);
    assert_eq!(texts(&row), ["", "别这样", "对不起"]);
    let gone: Vec<bool> = row.thread.comments.iter().map(|c| c.gone).collect();
    assert_eq!(gone, [true, false, false]);
    assert_eq!(row.thread.comments[1].answers, Some(said_first));
    // It may come before what it takes back.
    let early = [
        said(2, 2, 1, back(said_first)),
        said(3, 1, 20, comment("别这样", Some(said_first))),
    ];
    assert_eq!(texts(&post(&early)), ["别这样"]);
    // Another computer of the same household has its say too.
    let sibling = FactIn {
        author: author(AuthorKind::Household, 2, 7),
        ..said(7, 1, 60, back(entry(2, 4)))
    };
    let both = [facts.as_slice(), &[sibling]].concat();
    assert_eq!(texts(&post(&both)), ["", "别这样", ""]);
}

#[test]
fn what_was_taken_back_has_no_photos_and_nothing_to_decide_and_still_counts() {
    let photo = Attachment {
        hash: [1; 32],
        key: Private::new([2; 32]),
        size: 1_000,
        media: Media::Jpeg,
        sides: Some((8, 8)),
        name: None,
    };
    let with = Fact::Comment {
        text: Private::new("看".to_owned()),
        answers: None,
        files: vec![Private::new(photo.encode())],
    };
    let report = Fact::Report(crate::fact::Report {
        reason: "privacy".into(),
        words: None,
        comment: Some(entry(2, 1)),
    });
    let mut facts = vec![said(2, 1, 10, with), said(3, 1, 20, report)];
    let stood = post(&facts).thread.comments.remove(0);
    assert!(stood.files.len() == 1 && stood.moderation.is_some());
    facts.push(said(2, 2, 30, Fact::Uncomment(entry(2, 1))));
    let gone = post(&facts).thread.comments.remove(0);
    assert!(gone.gone && gone.files.is_empty() && gone.moderation.is_none());
    // Taking back makes no room for more.
    let most = u32::try_from(COMMENTS_PER_PRINCIPAL).unwrap();
    facts.extend((0..most).map(|n| said(2, 3 + n, 40, comment("x", None))));
    let row = post(&facts);
    assert_eq!(row.thread.comments.len(), COMMENTS_PER_PRINCIPAL);
    assert_eq!(row.thread.comments_left_out, 1);
}
