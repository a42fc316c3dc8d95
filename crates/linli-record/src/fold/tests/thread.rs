//! Comments, reactions, claims, closings.

use super::*;
use crate::admission::{Scalar, Value};
use crate::attach::{Attachment, Media};
use crate::fact::{GateEvent, GateResult};
use crate::row::PostRow;
use crate::schema::Outcome;
use linli_base::RecordId;
use proptest::prelude::*;

const OWNER: u8 = 1;

/// A fact by device = principal `who`, with an entry id made of who and seq.
pub(super) fn said(who: u8, seq: u32, time_ms: u64, fact: Fact) -> FactIn {
    FactIn {
        entry: entry(who, seq),
        log: log(who),
        seq,
        author: author(AuthorKind::Household, who, who),
        time_ms,
        fact,
    }
}

pub(super) fn entry(who: u8, seq: u32) -> EntryId {
    let mut id = [who; 32];
    id[1..5].copy_from_slice(&seq.to_be_bytes());
    EntryId(id)
}

pub(super) fn comment(text: &str, answers: Option<EntryId>) -> Fact {
    Fact::Comment {
        text: Private::new(text.to_owned()),
        answers,
        files: Vec::new(),
    }
}

fn claim(text: &str) -> Fact {
    Fact::Claim {
        text: (!text.is_empty()).then(|| Private::new(text.to_owned())),
    }
}

fn reaction(what: &str) -> Fact {
    Fact::Reaction {
        what: (!what.is_empty()).then(|| what.to_owned()),
    }
}

fn close(outcome: &str) -> Fact {
    Fact::Close {
        outcome: Some(outcome.to_owned()),
        chosen: Some(PrincipalId([2; 16])),
    }
}

pub(super) fn post(facts: &[FactIn]) -> PostRow {
    let mut value = Snapshot::default();
    for (key, text) in [("kind", "ask"), ("body", "谁家有梯子")] {
        let field = vec![Value::Scalar(Scalar::from(text))];
        value.root.insert(key.to_owned(), field);
    }
    let author = author(AuthorKind::Household, OWNER, OWNER);
    let row = fold_record(&RecordIn {
        id: RecordId([9; 16]),
        kind: RecordKind::Post,
        author: &author,
        created_ms: 0,
        changes: 1,
        value: &value,
        facts,
    });
    match row {
        Some(Row::Post(post)) => post,
        other => panic!("{other:?}"),
    }
}

fn texts(post: &PostRow) -> Vec<&str> {
    let comments = post.thread.comments.iter();
    comments
        .map(|comment| comment.text.reveal().as_str())
        .collect()
}

#[test]
fn comments_stand_in_the_order_of_time() {
    let facts = [
        said(2, 1, 30, comment("c", None)),
        said(3, 1, 10, comment("a", None)),
        said(4, 1, 20, comment("b", None)),
    ];
    assert_eq!(texts(&post(&facts)), ["a", "b", "c"]);
}

#[test]
fn an_answer_stands_after_what_it_answers_whatever_the_clocks_say() {
    let facts = [
        said(2, 1, 500, comment("question", None)),
        said(3, 1, 1, comment("answer", Some(entry(2, 1)))),
        said(4, 1, 2, comment("other", None)),
        said(
            5,
            1,
            3,
            comment("to one never heard", Some(EntryId([250; 32]))),
        ),
    ];
    let order = ["other", "to one never heard", "question", "answer"];
    assert_eq!(texts(&post(&facts)), order);
}

#[test]
fn a_clock_set_back_does_not_turn_around_what_one_device_says() {
    let facts = [
        said(2, 1, 100, comment("first", None)),
        said(2, 2, 50, comment("second", None)),
        said(2, 3, 40, comment("third", None)),
    ];
    assert_eq!(texts(&post(&facts)), ["first", "second", "third"]);
    let mind = [
        said(2, 1, 100, reaction("like")),
        said(2, 2, 50, reaction("")),
    ];
    assert_eq!(post(&mind).thread.reactions, []);
}

#[test]
fn a_reaction_is_the_latest_of_each_principal_and_can_be_taken_back() {
    let facts = [
        said(2, 1, 1, reaction("like")),
        said(2, 2, 2, reaction("thanks")),
        said(3, 1, 1, reaction("like")),
        said(4, 1, 1, reaction("like")),
        said(4, 2, 2, reaction("")),
    ];
    let post = post(&facts);
    let words: Vec<&str> = post
        .thread
        .reactions
        .iter()
        .map(|row| row.what.as_str())
        .collect();
    assert_eq!(words, ["thanks", "like"]);
}

#[test]
fn two_neighbours_claim_and_both_stand_in_the_order_they_spoke() {
    let facts = [
        said(3, 1, 20, claim("我来")),
        said(2, 1, 10, claim("我有")),
        said(OWNER, 1, 5, claim("mine")),
        said(4, 1, 1, claim("")),
        said(4, 2, 2, Fact::Unclaim),
        said(2, 2, 30, claim("明天也行")),
    ];
    let post = post(&facts);
    let who: Vec<u8> = post
        .claims
        .iter()
        .map(|row| row.author.principal.0[0])
        .collect();
    assert_eq!(
        who,
        [2, 3],
        "the owner claims nothing, who took it back is gone"
    );
    assert_eq!(post.claims[0].text.as_ref().unwrap().reveal(), "明天也行");
    assert_eq!(post.claims[0].time_ms, 10);
}

#[test]
fn only_the_owner_closes() {
    assert_eq!(post(&[said(2, 1, 1, close("done"))]).closed, None);
    let mut sibling = said(OWNER, 1, 5, close("returned"));
    sibling.log = log(7);
    sibling.author.device = DeviceId([7; 32]);
    let closed = post(&[said(2, 1, 1, close("done")), sibling])
        .closed
        .unwrap();
    assert_eq!(closed.outcome, Some(Outcome::Returned));
    assert_eq!(closed.chosen, Some(PrincipalId([2; 16])));
    let newer = post(&[said(OWNER, 1, 1, close("swapped"))]).closed.unwrap();
    assert_eq!(newer.outcome, Some(Outcome::Other));
}

#[test]
fn only_the_owner_opens_it_again_and_the_last_word_counts() {
    let done = said(OWNER, 1, 1, close("done"));
    let open = said(OWNER, 2, 2, Fact::Reopen);
    assert_eq!(post(&[done.clone(), open.clone()]).closed, None);
    assert_eq!(
        post(&[open.clone(), done.clone()]).closed,
        None,
        "any order"
    );
    let stranger = said(2, 1, 2, Fact::Reopen);
    assert!(post(&[done.clone(), stranger]).closed.is_some());
    let again = said(OWNER, 3, 3, close("returned"));
    let closed = post(&[done, open, again]).closed.unwrap();
    assert_eq!(closed.outcome, Some(Outcome::Returned));
}

#[test]
fn gates_and_screens_have_no_voice() {
    for kind in [AuthorKind::Gate, AuthorKind::Machine] {
        let mut fact = said(2, 1, 1, comment("buy this", None));
        fact.author = author(kind, 2, 2);
        assert!(texts(&post(&[fact])).is_empty());
    }
}

#[test]
fn one_neighbour_cannot_make_a_row_as_large_as_they_like() {
    let many = (1..=COMMENTS_PER_PRINCIPAL as u32 + 5).map(|seq| {
        let mut fact = said(2, seq, u64::from(seq), comment("spam", None));
        fact.entry.0[1..5].copy_from_slice(&seq.to_be_bytes());
        fact
    });
    let mut facts: Vec<FactIn> = many.collect();
    facts.push(said(3, 1, 9_999, comment("honest", None)));
    let post = post(&facts);
    assert_eq!(post.thread.comments.len(), COMMENTS_PER_PRINCIPAL + 1);
    assert_eq!(post.thread.comments_left_out, 5);
    assert_eq!(texts(&post).last(), Some(&"honest"));
}

#[test]
fn facts_that_are_rows_of_their_own_are_folded_by_who_may_say_them() {
    let gate = author(AuthorKind::Gate, 6, 6);
    let mut event = said(
        6,
        1,
        1,
        Fact::GateEvent(GateEvent::new(1, 2, GateResult::Admit)),
    );
    assert_eq!(fold_fact(&event, None), None, "a household is no gate");
    event.author = gate.clone();
    let Some(Row::GateEvent(row)) = fold_fact(&event, None) else {
        panic!("an event")
    };
    assert_eq!((row.id, row.gate), (event.entry, 2));

    let grant = Grant {
        claims: Private::new(vec![1]),
        short_code: true,
    };
    let brief = GrantBrief {
        cti: [4; 12],
        iat_s: 1,
        nbf_s: 2,
        exp_s: 3,
        plate: None,
    };
    let mut granted = said(2, 1, 1, Fact::Grant(grant.clone()));
    let row = fold_fact(&granted, Some(&brief)).unwrap();
    assert_eq!(Row::from_bytes(&row.to_bytes()), Ok(row));
    assert_eq!(fold_fact(&granted, None), None);
    granted.author = gate;
    assert_eq!(
        fold_fact(&granted, Some(&brief)),
        None,
        "a gate grants nothing"
    );
    let by_plate = said(2, 1, 1, Fact::PlateGrant(grant));
    assert_eq!(
        fold_fact(&by_plate, Some(&brief)),
        None,
        "there is no plate"
    );
    assert_eq!(fold_fact(&said(2, 1, 1, Fact::Unclaim), None), None);
}

fn any_fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        ("[a-z]{1,3}", prop::option::of((1..6u8, 1..5u32)))
            .prop_map(|(text, to)| comment(&text, to.map(|(who, seq)| entry(who, seq)))),
        prop::sample::select(vec!["", "like", "thanks"]).prop_map(reaction),
        prop::sample::select(vec!["", "me"]).prop_map(claim),
        Just(Fact::Unclaim),
        (1..6u8, 1..5u32).prop_map(|(who, seq)| Fact::Uncomment(entry(who, seq))),
        prop::sample::select(vec!["done", "returned"]).prop_map(close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_order_of_arrival_gives_the_same_bytes(
        (facts, shuffled) in prop::collection::vec((1..6u8, 0..4u64, any_fact()), 0..14)
            .prop_map(|list| {
                let mut seqs = [0u32; 6];
                list.into_iter()
                    .map(|(who, time, fact)| {
                        seqs[usize::from(who)] += 1;
                        said(who, seqs[usize::from(who)], time, fact)
                    })
                    .collect::<Vec<_>>()
            })
            .prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
    ) {
        let row = Row::Post(post(&facts));
        prop_assert_eq!(Row::Post(post(&shuffled)).to_bytes(), row.to_bytes());
        // Hearing a thing twice changes nothing.
        let twice = [facts.as_slice(), shuffled.as_slice()].concat();
        prop_assert_eq!(Row::Post(post(&twice)).to_bytes(), row.to_bytes());
        prop_assert_eq!(Row::from_bytes(&row.to_bytes()), Ok(row));
    }
}

#[test]
fn three_reminders_of_the_own_office_count_five_minutes_apart() {
    const MINUTE: u64 = 60_000;
    let by_office = |who: u8, seq: u32, minute: u64| FactIn {
        author: author(AuthorKind::Office, who, who),
        ..said(who, seq, minute * MINUTE, Fact::Reminder)
    };
    let facts = [
        by_office(1, 1, 10),
        by_office(1, 2, 14),
        by_office(1, 3, 15),
        by_office(2, 1, 30),
        said(3, 1, 31 * MINUTE, Fact::Reminder),
        by_office(1, 4, 40),
        by_office(1, 5, 50),
    ];
    let owner = author(AuthorKind::Office, 1, 1).principal;
    let minutes: Vec<u64> = crate::fold::remind::fold(owner, &facts)
        .iter()
        .map(|ms| ms / MINUTE)
        .collect();
    assert_eq!(minutes, [10, 15, 40]);
}

#[test]
fn what_neighbours_say_after_the_office_closed_is_late_until_it_opens_again() {
    let office = |seq: u32, time_ms: u64, fact: Fact| FactIn {
        author: author(AuthorKind::Office, OWNER, OWNER),
        ..said(OWNER, seq, time_ms, fact)
    };
    let switch = |open| Fact::Comments { open };
    let mut facts = vec![
        said(2, 1, 10, comment("吵", None)),
        office(1, 20, switch(false)),
        said(3, 1, 30, comment("更吵", None)),
        // A neighbour of the same mind as the office closes nothing.
        said(4, 1, 35, switch(true)),
        office(2, 40, comment("请到居委会谈", None)),
    ];
    let shown = |facts: &[FactIn]| {
        let thread = post(facts).thread;
        let late: Vec<bool> = thread.comments.iter().map(|c| c.late).collect();
        (thread.closed_ms, late)
    };
    assert_eq!(shown(&facts), (Some(20), vec![false, true, false]));
    facts.push(office(3, 50, switch(true)));
    facts.push(said(3, 2, 60, comment("好了", None)));
    // What was late stays late: it was said where nothing should be said.
    assert_eq!(shown(&facts), (None, vec![false, true, false, false]));
}

/// A reference as a later version may write it, which this one cannot read.
const LATER: [u8; 3] = [0xa1, 0x18, 0x63];

fn photo(n: u8) -> Attachment {
    Attachment {
        hash: [n; 32],
        key: Private::new([n; 32]),
        size: 1_000,
        media: Media::Jpeg,
        sides: Some((8, 8)),
        name: None,
    }
}

fn shows(text: &str, answers: Option<EntryId>, files: &[Vec<u8>]) -> Fact {
    Fact::Comment {
        text: Private::new(text.to_owned()),
        answers,
        files: files.iter().cloned().map(Private::new).collect(),
    }
}

#[test]
fn what_goes_with_a_comment_stands_in_its_row_each_once_and_what_cannot_be_read_is_left_out() {
    let (one, two) = (photo(1), photo(2));
    let mut again = photo(1);
    again.key = Private::new([9; 32]);
    let files = [one.encode(), LATER.to_vec(), again.encode(), two.encode()];
    let row = post(&[
        said(2, 1, 10, shows("这把", None, &files)),
        said(3, 1, 20, shows("", Some(entry(2, 1)), &[LATER.to_vec()])),
        said(4, 1, 30, comment("不是", None)),
    ]);
    let all: Vec<&[Attachment]> = row.thread.comments.iter().map(|c| &c.files[..]).collect();
    assert_eq!(all, [&[one, two][..], &[], &[]]);
    assert_eq!(
        texts(&row),
        ["这把", "", "不是"],
        "a later version's is there"
    );
    let bytes = Row::from(row.clone()).to_bytes();
    assert_eq!(Row::from_bytes(&bytes), Ok(Row::from(row)));
}

#[test]
fn what_was_closed_as_it_was_made_was_never_open_whatever_a_clock_claims() {
    let switch = |open| Fact::Comments { open };
    let late = |facts: &[FactIn]| -> Vec<bool> {
        let row = post(facts);
        row.thread.comments.iter().map(|c| c.late).collect()
    };
    // By its claimed time and its id the comment stands before the closing.
    let early = || said(0, 1, 0, comment("早", None));
    assert_eq!(late(&[early(), said(OWNER, 1, 0, switch(false))]), [true]);
    assert_eq!(late(&[early(), said(OWNER, 1, 5, switch(false))]), [false]);
    assert_eq!(late(&[early(), said(2, 1, 0, switch(false))]), [false]);
    let opened = [
        early(),
        said(OWNER, 1, 0, switch(false)),
        said(OWNER, 2, 10, switch(true)),
        said(0, 2, 20, comment("好", None)),
    ];
    assert_eq!(late(&opened), [true, false]);
    assert_eq!(post(&opened).thread.closed_ms, None);
}
