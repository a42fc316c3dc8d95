//! Corrections and retractions among notices.

use super::*;
use crate::row::{NoticeRow, Retraction, Thread};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a notice says about an earlier one, by number.
#[derive(Clone, Copy, Debug)]
enum Link {
    None,
    Corrects(u8),
    Retracts(u8),
}

fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

fn notice(number: u8, office: u8, link: Link) -> NoticeRow {
    NoticeRow {
        id: id(number),
        author: author(AuthorKind::Office, office, office),
        created_ms: u64::from(number),
        title: format!("notice {number}"),
        body: String::new(),
        title_en: None,
        body_en: None,
        severity: None,
        cap: crate::schema::CapWords::default(),
        area: Vec::new(),
        cells: Vec::new(),
        effective_ms: None,
        expires_ms: None,
        confirm: false,
        corrects: match link {
            Link::Corrects(earlier) => Some(id(earlier)),
            _ => None,
        },
        retracts: match link {
            Link::Retracts(earlier) => Some(id(earlier)),
            _ => None,
        },
        reason: None,
        corrected_by: Vec::new(),
        retracted: None,
        reminded_ms: Vec::new(),
        files: Vec::new(),
        thread: Thread::default(),
    }
}

/// Folds notices numbered from 0, given as (office, link).
fn folded(all: &[(u8, Link)]) -> BTreeMap<RecordId, NoticeRow> {
    let mut notices: BTreeMap<_, _> = (0u8..)
        .zip(all)
        .map(|(number, (office, link))| (id(number), notice(number, *office, *link)))
        .collect();
    fold_notice_links(&mut notices);
    notices
}

fn standing(all: &[(u8, Link)]) -> Vec<bool> {
    folded(all).values().map(NoticeRow::stands).collect()
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let notices = folded(&[(1, Link::None), (1, Link::Corrects(0))]);
    assert_eq!(notices[&id(0)].corrected_by, [id(1)]);
    assert!(!notices[&id(0)].stands() && notices[&id(1)].stands());
}

#[test]
fn two_corrections_written_apart_are_both_named_the_newest_first() {
    let notices = folded(&[
        (1, Link::None),
        (1, Link::Corrects(0)),
        (1, Link::Corrects(0)),
    ]);
    assert_eq!(notices[&id(0)].corrected_by, [id(2), id(1)]);
    assert!(notices[&id(1)].stands() && notices[&id(2)].stands());
}

#[test]
fn a_retraction_that_retracts_a_correction_leaves_neither_standing() {
    // The rain warning was corrected, then called off: the first warning does not come back.
    let all = [
        (1, Link::None),
        (1, Link::Corrects(0)),
        (1, Link::Retracts(1)),
    ];
    assert_eq!(standing(&all), [false, false, true]);
    let called_off = Retraction {
        by: id(2),
        reason: "notice 2".into(),
        at_ms: 2,
    };
    assert_eq!(folded(&all)[&id(1)].retracted, Some(called_off));
}

#[test]
fn a_retraction_taken_back_lets_the_notice_stand_again() {
    let once = [
        (1, Link::None),
        (1, Link::Retracts(0)),
        (1, Link::Retracts(1)),
    ];
    assert_eq!(standing(&once), [true, false, true]);
    let twice = [
        (1, Link::None),
        (1, Link::Retracts(0)),
        (1, Link::Retracts(1)),
        (1, Link::Retracts(2)),
    ];
    assert_eq!(standing(&twice), [false, true, false, true]);
}

#[test]
fn of_two_retractions_one_taken_back_the_other_counts() {
    let all = [
        (1, Link::None),
        (1, Link::Retracts(0)),
        (1, Link::Retracts(0)),
        (1, Link::Retracts(1)),
    ];
    assert_eq!(standing(&all), [false, false, true, true]);
    assert_eq!(folded(&all)[&id(0)].retracted.as_ref().unwrap().by, id(2));
}

#[test]
fn another_office_can_neither_correct_nor_retract() {
    let all = [
        (1, Link::None),
        (2, Link::Corrects(0)),
        (2, Link::Retracts(0)),
    ];
    assert_eq!(standing(&all), [true, true, true]);
}

#[test]
fn a_link_to_a_notice_not_heard_yet_counts_once_it_is_heard() {
    let all = [(1, Link::Corrects(1)), (1, Link::None)];
    let mut early = folded(&all);
    let target = early.remove(&id(1)).unwrap();
    assert!(early[&id(0)].stands());
    early.insert(id(1), notice(1, 1, Link::None));
    assert_eq!(fold_notice_links(&mut early), [id(1)]);
    assert_eq!(early[&id(1)], target);
    assert_eq!(fold_notice_links(&mut early), []);
}

#[test]
fn retractions_in_a_circle_do_not_count_and_do_not_hang() {
    let circle = [
        (1, Link::Retracts(1)),
        (1, Link::Retracts(0)),
        (1, Link::None),
    ];
    assert_eq!(standing(&circle), [true, true, true]);
    let itself = [(1, Link::Retracts(0))];
    assert_eq!(standing(&itself), [true]);
    let tail = [
        (1, Link::Retracts(1)),
        (1, Link::Retracts(0)),
        (1, Link::Retracts(0)),
    ];
    // The one outside the circle counts, and breaks it.
    assert_eq!(standing(&tail), [false, true, true]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn links_depend_on_what_is_said_and_not_on_what_was_folded_before(
        links in prop::collection::vec((1..3u8, 0..3u8, 0..8u8), 1..8),
        arrivals in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let all: Vec<(u8, Link)> = links
            .iter()
            .map(|(office, what, to)| (*office, match what {
                0 => Link::None,
                1 => Link::Corrects(*to),
                _ => Link::Retracts(*to),
            }))
            .collect();
        let mut one_by_one = BTreeMap::new();
        for at in arrivals {
            if let Some((office, link)) = all.get(at) {
                let number = at as u8;
                one_by_one.insert(id(number), notice(number, *office, *link));
                fold_notice_links(&mut one_by_one);
            }
        }
        prop_assert_eq!(one_by_one, folded(&all));
    }
}
