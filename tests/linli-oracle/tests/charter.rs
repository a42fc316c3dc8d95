//! Trust.md §3, the charter: each rule with what it lets and what it refuses.

mod common;

use common::*;
use linli_oracle::*;
use proptest::prelude::*;

fn counts(w: &World, id: u8) -> bool {
    valid(&w.set).epochs.contains(&epoch_id(id))
}

#[test]
fn epoch_0_counts_when_every_founder_signed_it() {
    let mut w = World::founded(3);
    assert!(counts(&w, 0));
    w.set.signatures.remove(&(epoch_id(0), 0, day(2)));
    assert!(!counts(&w, 0));
    w.set.signatures.insert((epoch_id(0), 0, paper(2)));
    assert!(counts(&w, 0), "the paper key is the same member");
}

#[test]
fn the_next_epoch_needs_m_members_and_both_keys_of_one_are_one() {
    let mut w = World::founded(3);
    w.sign(&epoch(1, 1, Some(0), &[0, 1, 2]), 0, &[day(0), paper(0)], &[]);
    assert!(!counts(&w, 1));
    w.set.signatures.insert((epoch_id(1), 0, day(1)));
    assert!(counts(&w, 1));
}

#[test]
fn a_new_committee_signs_too() {
    let mut w = World::founded(3);
    let e = epoch(1, 1, Some(0), &[3, 4, 0]);
    w.sign(&e, 0, &[day(0), day(1), day(2)], &[]);
    assert!(!counts(&w, 1), "one of three of the new committee");
    w.set.signatures.insert((epoch_id(1), 0, day(3)));
    assert!(counts(&w, 1));
}

#[test]
fn number_and_prev_must_follow() {
    let mut w = World::founded(3);
    w.sign(&epoch(2, 1, Some(0), &[0, 1, 2]), 0, &[day(0), day(1)], &[]);
    w.sign(&epoch(1, 2, Some(9), &[0, 1, 2]), 0, &[day(0), day(1)], &[]);
    assert!(!counts(&w, 1) && !counts(&w, 2));
}

#[test]
fn a_members_keys_change_by_its_paper_key_or_by_m_others() {
    let mut w = World::founded(3);
    let mut e = epoch(1, 1, Some(0), &[0, 1, 2]);
    e.members[2].1 = paper(9);
    w.sign(&e, 0, &[day(0), day(2)], &[]);
    assert!(!counts(&w, 1), "a stolen day key and one more");
    w.set.signatures.insert((epoch_id(1), 0, paper(2)));
    assert!(counts(&w, 1));
    w.set.signatures.remove(&(epoch_id(1), 0, paper(2)));
    w.set.signatures.insert((epoch_id(1), 0, day(1)));
    assert!(counts(&w, 1), "two others");
}

#[test]
fn one_founder_changes_keys_by_paper_alone() {
    let mut w = World::founded(1);
    let mut e = epoch(1, 1, Some(0), &[0]);
    e.members[0].0 = day(9);
    w.sign(&e, 0, &[day(0), day(9)], &[]);
    assert!(!counts(&w, 1));
    w.set.signatures.insert((epoch_id(1), 0, paper(0)));
    assert!(counts(&w, 1));
}

#[test]
fn only_member_r_mod_n_proposes_round_r() {
    let mut w = World::founded(3);
    w.sign(&epoch(1, 1, Some(0), &[0, 1, 2]), 0, &[day(1), day(2)], &[]);
    assert!(!counts(&w, 1), "member 0 did not propose");
    let fresh = |i| (day(i), 1, [].into());
    w.sign(&epoch(1, 1, Some(0), &[0, 1, 2]), 1, &[day(1), day(2)], &[fresh(1), fresh(2)]);
    assert!(counts(&w, 1), "member 1 proposed the same in round 1");
}

#[test]
fn a_later_round_needs_m_states_and_repeats_what_could_have_passed() {
    let (a, b) = (epoch(1, 1, Some(0), &[0, 1, 2]), epoch(1, 2, Some(0), &[0, 1, 2]));
    let told = |i, signed: &[u8]| (day(i), 1, signed.iter().map(|c| (0, epoch_id(*c))).collect());
    let check = |states: &[State]| {
        let mut w = World::founded(3);
        w.sign(&a, 0, &[day(0)], &[]);
        w.sign(&b, 0, &[day(0)], &[]);
        w.sign(&b, 1, &[day(1), day(2)], states);
        counts(&w, 2)
    };
    assert!(!check(&[told(1, &[])]), "one state of three");
    assert!(check(&[told(1, &[]), told(2, &[])]), "nobody of m signed below");
    assert!(!check(&[told(1, &[]), told(0, &[1])]), "a could have reached two: repeat it");
    assert!(check(&[told(0, &[1]), told(1, &[]), told(2, &[])]), "all told: it could not");
    assert!(!check(&[told(0, &[1]), told(1, &[2])]), "while two could, it waits");
}

#[test]
fn what_was_signed_without_being_sound_binds_nobody() {
    let (a, b) = (epoch(1, 1, Some(0), &[0, 1, 2]), epoch(1, 2, Some(0), &[0, 1, 2]));
    let mut w = World::founded(3);
    w.sign(&a, 0, &[day(0), day(1)], &[]);
    w.sign(&b, 1, &[day(1)], &[]);
    let told = |i, signed: &[(u32, u8)]| {
        (day(i), 2, signed.iter().map(|v| (v.0, epoch_id(v.1))).collect())
    };
    w.sign(&b, 2, &[day(1), day(2)], &[told(1, &[(0, 1), (1, 2)]), told(2, &[])]);
    assert!(counts(&w, 1) && !counts(&w, 2), "b in round 1 rests on nothing");
    w.sign(&a, 2, &[day(2)], &[told(1, &[(0, 1), (1, 3)]), told(2, &[])]);
    assert!(counts(&w, 1) && !counts(&w, 2));
}

/// Member 2 signed two drafts of one round; members 0 and 1 each one of them. Both pass.
fn torn() -> World {
    let mut w = World::founded(3);
    let mut a = epoch(1, 1, Some(0), &[0, 1, 2]);
    let mut b = epoch(1, 2, Some(0), &[0, 1, 2]);
    a.powers.insert((HOME, Power::Issuing));
    b.revoked.insert((STEWARD, [].into()));
    w.sign(&a, 0, &[day(0), day(2)], &[]);
    let states = [1, 2].map(|i| (day(i), 1, [].into()));
    w.sign(&b, 1, &[day(1), day(2)], &states);
    w
}

#[test]
fn two_valid_epochs_stay_until_the_members_who_signed_once_choose() {
    let mut w = torn();
    assert!(counts(&w, 1) && counts(&w, 2));
    w.set.choices.insert((epoch_id(2), day(1)));
    w.set.choices.insert((epoch_id(2), day(2)));
    assert!(counts(&w, 1), "member 2 told a state that left out what it signed");
    w.set.choices.insert((epoch_id(2), day(0)));
    assert!(!counts(&w, 1) && counts(&w, 2));
}

#[test]
fn where_all_signed_twice_the_paper_keys_choose() {
    let mut w = World::founded(1);
    for id in [1, 2] {
        w.sign(&epoch(1, id, Some(0), &[0]), 0, &[day(0)], &[]);
    }
    w.set.choices.insert((epoch_id(1), day(0)));
    assert!(counts(&w, 1) && counts(&w, 2));
    w.set.choices.insert((epoch_id(2), paper(0)));
    assert!(!counts(&w, 1) && counts(&w, 2));
}

#[test]
fn until_then_powers_are_the_intersection_and_restrictions_unite() {
    let mut w = World::new();
    let mut a = epoch(1, 1, Some(0), &[0, 1, 2]);
    a.powers = w.newest.powers.clone();
    a.powers.insert((CLERK, Power::Notice));
    let mut b = epoch(1, 2, Some(0), &[0, 1, 2]);
    b.powers = w.newest.powers.clone();
    let by = |w: &mut World, e: &Epoch, d| {
        w.newest = e.clone();
        w.write(notices(d), Body::Data)
    };
    w.sign(&a, 0, &[day(0), day(2)], &[]);
    let (ours, theirs) = (by(&mut w, &a, DESK), by(&mut w, &a, CLERK));
    assert_eq!(w.says(&theirs), Ok(()));
    w.sign(&b, 0, &[day(0), day(1)], &[]);
    assert_eq!(w.says(&ours), Ok(()));
    assert_eq!(w.says(&theirs), Err(Reason::Role));
    let home = by(&mut w, &a, HOME);
    assert_eq!(w.says(&home), Err(Reason::Role), "a household publishes nothing");
    let old = w.write(board(HOME), Body::Data);
    assert_eq!(w.says(&old), Ok(()));
    b.id = epoch_id(3);
    b.revoked.insert((HOME, [].into()));
    w.sign(&b, 0, &[day(1), day(0)], &[]);
    assert_eq!(w.says(&old), Err(Reason::AboveCut));
}

#[test]
fn what_cited_the_epoch_that_lost_stays_as_far_as_both_allowed_it() {
    let mut w = World::new();
    let mut a = epoch(1, 1, Some(0), &[0, 1, 2]);
    a.powers = w.newest.powers.clone();
    let mut b = Epoch { id: epoch_id(2), ..a.clone() };
    a.powers.insert((CLERK, Power::Notice));
    b.revoked.insert((OTHER, [].into()));
    w.sign(&a, 0, &[day(0), day(2)], &[]);
    w.sign(&b, 0, &[day(0), day(1)], &[]);
    w.newest = a;
    let post = w.write(board(HOME), Body::Data);
    let (mine, more) = (w.write(notices(DESK), Body::Data), w.write(notices(CLERK), Body::Data));
    let cut = w.write(board(OTHER), Body::Data);
    w.set.choices.insert((epoch_id(1), day(2)));
    w.set.choices.insert((epoch_id(1), paper(1)));
    assert!(counts(&w, 1) && !counts(&w, 2));
    assert!([&post, &mine, &more, &cut].iter().all(|e| w.says(e) == Ok(())));
    w.set.choices = [(epoch_id(2), day(1)), (epoch_id(2), day(2))].into();
    assert!(!counts(&w, 1) && counts(&w, 2));
    assert_eq!((w.says(&post), w.says(&mine)), (Ok(()), Ok(())));
    assert_eq!((w.says(&more), w.says(&cut)), (Err(Reason::Role), Err(Reason::AboveCut)));
}

/// One step of a committee: (round, which content, members whose states it rests on, members who sign).
type Step = (u32, u8, u8, u8);

/// Members who sign one proposal a round, tell truly what they signed, and sign nothing below a state
/// they gave. They sign whatever comes; which proposals count is the oracle's to say.
fn honest(n: u8, steps: &[Step]) -> World {
    let mut w = World::founded(n);
    let members: Vec<u8> = (0..n).collect();
    let mut promised = vec![0; usize::from(n)];
    for &(round, content, told, signing) in steps {
        let e = epoch(1, 1 + content % 3, Some(0), &members);
        let chosen = |i: &u8, mask: u8| mask >> i & 1 == 1;
        let mut states = Vec::new();
        for i in members.iter().filter(|i| round > 0 && chosen(i, told)) {
            if promised[usize::from(*i)] <= round {
                promised[usize::from(*i)] = round;
                let own = w.set.signatures.iter().filter(|s| s.0 != epoch_id(0) && s.2 == day(*i));
                let below = own.filter(|s| s.1 < round).map(|s| (s.1, s.0)).collect();
                states.push((day(*i), round, below));
            }
        }
        let mut by = Vec::new();
        for i in members.iter().filter(|i| chosen(i, signing)) {
            let mine = |s: &&(_, u32, _)| s.0 != epoch_id(0) && s.1 == round && s.2 == day(*i);
            let free = !w.set.signatures.iter().any(|s| mine(&s));
            if free && promised[usize::from(*i)] <= round {
                by.push(day(*i));
            }
        }
        w.sign(&e, round, &by, &states);
    }
    w
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0u32..4, any::<u8>(), any::<u8>(), any::<u8>()), 1..14)
}

proptest! {
    /// Whatever members sign and choose: what was written under an epoch that all rivals stand on stays.
    #[test]
    fn members_who_sign_anything_take_nothing_from_what_was_written_before(
        steps in prop::collection::vec((1u8..5, any::<bool>(), 0u32..3, 0u8..8, 0u8..8), 1..12),
        choices in prop::collection::vec((1u8..5, 0u8..3, any::<bool>()), 0..8),
    ) {
        let mut w = World::new();
        let post = w.write(common::board(HOME), Body::Data);
        for (id, late, round, told, by) in steps {
            let e = Epoch {
                powers: w.newest.powers.clone(),
                ..epoch(1 + u32::from(late), id + 10 * u8::from(late), Some(u8::from(late)), &[0, 1, 2])
            };
            let among = |mask: u8| (0..3).filter(move |i| mask >> i & 1 == 1);
            let states: Vec<State> = among(told).map(|i| (day(i), round, [].into())).collect();
            w.sign(&e, round, &among(by).map(day).collect::<Vec<_>>(), &states);
        }
        let key = |(id, i, p)| (epoch_id(id), if p { paper(i) } else { day(i) });
        w.set.choices = choices.into_iter().map(key).collect();
        let verdicts = valid(&w.set);
        prop_assert_eq!(verdicts.entries[&post.id], Ok(()));
        prop_assert!(verdicts.epochs.contains(&epoch_id(0)));
    }

    /// §3: two valid epochs of one number need a member who signed twice.
    #[test]
    fn honest_members_never_make_two_epochs_of_one_number(five in any::<bool>(), steps in steps()) {
        let w = honest(if five { 5 } else { 3 }, &steps);
        prop_assert!(valid(&w.set).epochs.len() <= 2);
    }
}
