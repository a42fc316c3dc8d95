//! Whether something stands: the same on every replica, whatever order things were heard in.

use super::thread::{comment, entry, post, said};
use super::*;
use crate::fact::{Appeal, HandOver, Report, Ruling};
use crate::row::{Moderation, PostRow, Standing};
use proptest::prelude::*;

/// Who wrote the post.
const OWNER: u8 = 1;
/// Who is an office.
const OFFICE: u8 = 8;
const OTHER_OFFICE: u8 = 9;

fn report(who: u8, seq: u32, comment: Option<EntryId>) -> FactIn {
    let fact = Fact::Report(Report {
        reason: "abuse".into(),
        words: None,
        comment,
    });
    said(who, seq, u64::from(seq), fact)
}

fn by_office(office: u8, seq: u32, time_ms: u64, fact: Fact) -> FactIn {
    let mut fact = said(office, seq, time_ms, fact);
    fact.author = author(AuthorKind::Office, office, office);
    fact
}

fn rule(hide: bool, answers: &[u8], replaces: Option<EntryId>) -> Fact {
    Fact::Ruling(Ruling {
        hide,
        reason: Private::new("规约第三条".into()),
        comment: None,
        answers: answers.iter().map(|n| PrincipalId([*n; 16])).collect(),
        replaces,
    })
}

fn appeal(against: Option<EntryId>) -> Fact {
    Fact::Appeal(Appeal {
        against,
        words: Private::new("是实话".into()),
        comment: None,
    })
}

fn moderation(facts: &[FactIn]) -> Moderation {
    post(facts).moderation.unwrap()
}

fn state(facts: &[FactIn]) -> Standing {
    post(facts)
        .moderation
        .map_or(Standing::Stands, |moderation| moderation.state)
}

#[test]
fn three_different_households_pause_it_and_one_that_reports_often_does_not() {
    let mut facts = vec![report(2, 1, None), report(2, 2, None), report(2, 3, None)];
    assert_eq!(state(&facts), Standing::Stands);
    assert_eq!(moderation(&facts).open_reports(), 1);
    // Neither its author nor an office counts.
    facts.push(report(OWNER, 1, None));
    let mut office = report(OFFICE, 1, None);
    office.author = author(AuthorKind::Office, OFFICE, OFFICE);
    facts.push(office);
    facts.push(report(3, 1, None));
    assert_eq!(state(&facts), Standing::Stands);
    facts.push(report(4, 1, None));
    assert_eq!(state(&facts), Standing::Paused);
    assert_eq!(moderation(&facts).open_reports(), PAUSE_AT);
}

#[test]
fn a_comment_is_paused_by_itself_and_the_post_stands() {
    let rude = entry(5, 1);
    let mut facts = vec![said(5, 1, 1, comment("rude", None))];
    facts.extend([2, 3, 4].map(|who| report(who, 1, Some(rude))));
    let post = post(&facts);
    assert_eq!(post.moderation, None);
    let held = post.thread.comments[0].moderation.clone().unwrap();
    assert_eq!(held.state, Standing::Paused);
}

#[test]
fn what_stays_answers_the_reports_before_it_and_only_new_households_count() {
    let mut facts: Vec<FactIn> = [2, 3, 4].map(|who| report(who, 1, None)).into();
    facts.push(by_office(OFFICE, 1, 50, rule(false, &[2, 3, 4], None)));
    assert_eq!(state(&facts), Standing::Stands);
    // The same three again, with clocks far ahead: answered is answered.
    for who in [2, 3, 4] {
        let mut again = report(who, 2, None);
        again.time_ms = 1_000_000;
        facts.push(again);
    }
    facts.extend([5, 6].map(|who| report(who, 1, None)));
    assert_eq!(state(&facts), Standing::Stands);
    assert_eq!(moderation(&facts).open_reports(), 2);
    facts.push(report(7, 1, None));
    assert_eq!(state(&facts), Standing::Paused);
}

#[test]
fn a_report_that_the_office_had_not_heard_is_not_answered_by_its_ruling() {
    let mut facts: Vec<FactIn> = [2, 3, 4, 5, 6].map(|who| report(who, 1, None)).into();
    // Later by its clock than all of them, but it names three.
    facts.push(by_office(OFFICE, 1, 50, rule(false, &[2, 3, 4], None)));
    assert_eq!(moderation(&facts).open_reports(), 2);
    facts.push(report(7, 1, None));
    assert_eq!(state(&facts), Standing::Paused);
}

#[test]
fn only_offices_decide_and_only_the_author_appeals() {
    let facts = [said(2, 1, 1, rule(true, &[], None))];
    assert_eq!(post(&facts).moderation, None);
    let mut facts = vec![by_office(OFFICE, 1, 5, rule(true, &[], None))];
    facts.push(said(2, 1, 9, appeal(Some(entry(OFFICE, 1)))));
    let held = moderation(&facts);
    assert_eq!((held.state, held.appealed), (Standing::Hidden, false));
    assert_eq!(held.appeal, None);
    facts.push(said(OWNER, 1, 9, appeal(Some(entry(OFFICE, 1)))));
    assert!(moderation(&facts).appealed);
}

#[test]
fn an_office_decides_again_after_an_appeal_and_the_clock_of_its_computer_does_not_matter() {
    let first = by_office(OFFICE, 1, 500, rule(true, &[2], None));
    let against = said(OWNER, 1, 600, appeal(Some(entry(OFFICE, 1))));
    // Another office, whose clock is behind.
    let second = by_office(OTHER_OFFICE, 1, 3, rule(false, &[], Some(entry(OFFICE, 1))));
    let facts = [report(2, 1, None), first, against, second];
    let held = moderation(&facts);
    assert_eq!((held.state, held.appealed), (Standing::Stands, false));
    let by: Vec<u8> = held
        .rulings
        .iter()
        .map(|r| r.author.principal.0[0])
        .collect();
    assert_eq!(by, [OFFICE, OTHER_OFFICE], "both are in its history");
    // Hidden once more: the old appeal was against the old ruling.
    let third = by_office(OFFICE, 2, 4, rule(true, &[], Some(entry(OTHER_OFFICE, 1))));
    let facts = [&facts[..], &[third]].concat();
    let held = moderation(&facts);
    assert_eq!((held.state, held.appealed), (Standing::Hidden, false));
}

#[test]
fn an_author_appeals_a_pause_too() {
    let mut facts: Vec<FactIn> = [2, 3, 4].map(|who| report(who, 1, None)).into();
    facts.push(said(OWNER, 1, 9, appeal(None)));
    assert!(moderation(&facts).appealed);
    facts.push(by_office(OFFICE, 1, 50, rule(true, &[2, 3, 4], None)));
    assert!(!moderation(&facts).appealed, "that was answered");
}

#[test]
fn a_concern_is_handed_over_by_its_author_or_an_office_and_the_last_counts() {
    let to = |office: u8| {
        Fact::HandOver(HandOver {
            to: PrincipalId([office; 16]),
            words: None,
        })
    };
    let offices = |row: PostRow| -> Vec<u8> { row.handed.iter().map(|h| h.to.0[0]).collect() };
    assert!(offices(post(&[said(2, 1, 1, to(OFFICE))])).is_empty());
    let facts = [
        said(OWNER, 1, 1, to(OFFICE)),
        by_office(OFFICE, 1, 2, to(OTHER_OFFICE)),
    ];
    assert_eq!(offices(post(&facts)), [OFFICE, OTHER_OFFICE]);
    let many: Vec<FactIn> = (1..60)
        .map(|n| said(OWNER, n, u64::from(n), to(n as u8)))
        .collect();
    let kept = offices(post(&many));
    assert_eq!((kept.len(), kept.last()), (20, Some(&59)));
}

fn any_fact() -> impl Strategy<Value = (bool, Fact)> {
    let of = || prop::option::of((1..7u8, 1..4u32).prop_map(|(who, seq)| entry(who, seq)));
    let ruled =
        || prop::option::of((OFFICE..=OTHER_OFFICE, 1..4u32).prop_map(|(w, s)| entry(w, s)));
    prop_oneof![
        of().prop_map(|comment| {
            let reason = "ad".to_owned();
            let words = None;
            (
                false,
                Fact::Report(Report {
                    reason,
                    words,
                    comment,
                }),
            )
        }),
        "[a-z]{1,3}".prop_map(|text| (false, comment(&text, None))),
        (ruled(), of()).prop_map(|(against, comment)| {
            let words = Private::new("x".to_owned());
            (
                false,
                Fact::Appeal(Appeal {
                    against,
                    words,
                    comment,
                }),
            )
        }),
        (
            any::<bool>(),
            of(),
            ruled(),
            prop::collection::btree_set(1..7u8, 0..4)
        )
            .prop_map(|(hide, comment, replaces, answers)| (
                true,
                Fact::Ruling(Ruling {
                    hide,
                    reason: Private::new("x".to_owned()),
                    comment,
                    answers: answers.into_iter().map(|n| PrincipalId([n; 16])).collect(),
                    replaces,
                })
            )),
        (7..10u8).prop_map(|to| {
            let to = PrincipalId([to; 16]);
            (true, Fact::HandOver(HandOver { to, words: None }))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_order_of_arrival_comes_to_the_same_verdict_byte_for_byte(
        (facts, shuffled) in prop::collection::vec((1..7u8, 0..4u64, any_fact()), 0..24)
            .prop_map(|list| {
                let mut seqs = [0u32; 10];
                list.into_iter()
                    .map(|(who, time, (office, fact))| {
                        let who = if office { OFFICE + who % 2 } else { who };
                        let seq = &mut seqs[usize::from(who)];
                        *seq += 1;
                        if office { by_office(who, *seq, time, fact) } else { said(who, *seq, time, fact) }
                    })
                    .collect::<Vec<_>>()
            })
            .prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
    ) {
        let row = post(&facts);
        if let Some(held) = &row.moderation {
            // Nobody counts twice, and what is paused is so by as many as it takes.
            let who: std::collections::BTreeSet<_> = held.reports.iter().map(|r| r.author.principal).collect();
            prop_assert_eq!(who.len(), held.reports.len());
            prop_assert_eq!(held.state == Standing::Hidden, held.ruling().is_some_and(|r| r.hide));
            if held.state == Standing::Paused {
                prop_assert!(held.open_reports() >= PAUSE_AT);
            }
        }
        let row = Row::Post(row);
        prop_assert_eq!(Row::Post(post(&shuffled)).to_bytes(), row.to_bytes());
        let twice = [facts.as_slice(), shuffled.as_slice()].concat();
        prop_assert_eq!(Row::Post(post(&twice)).to_bytes(), row.to_bytes());
        prop_assert_eq!(Row::from_bytes(&row.to_bytes()), Ok(row));
    }
}
