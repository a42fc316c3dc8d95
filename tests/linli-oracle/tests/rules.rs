//! Trust.md §5, rules 1 to 6: each with what counts and what does not.

mod common;

use common::*;
use linli_base::EntryId;
use linli_oracle::*;

fn posts(w: &mut World, d: linli_base::DeviceId, n: usize) -> Vec<Entry> {
    let first = w.put(board(d), 1, EntryId::ZERO, Body::Open);
    let mut out = vec![first];
    out.extend((1..n).map(|_| w.write(board(d), Body::Data)));
    out
}

/// A second entry at the place of another.
fn twin(w: &mut World, e: &Entry) -> Entry {
    w.put(e.log, e.seq, e.prev, if e.seq == 1 { Body::Open } else { Body::Data })
}

#[test]
fn rule_1_a_log_counts_while_it_is_contiguous() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 4);
    assert!(p.iter().all(|e| w.says(e) == Ok(())));
    w.set.entries.remove(&p[1]);
    assert_eq!(w.says(&p[0]), Ok(()));
    assert_eq!(w.says(&p[2]), Err(Reason::Gap));
    assert_eq!(w.says(&p[3]), Err(Reason::Gap));
}

#[test]
fn rule_1_the_epoch_cited_never_goes_back() {
    let mut w = World::new();
    let old = w.newest.clone();
    w.next_epoch(|_| {});
    let a = w.write(board(HOME), Body::Data);
    w.newest = old;
    let b = w.write(board(HOME), Body::Data);
    assert_eq!((w.says(&a), w.says(&b)), (Ok(()), Err(Reason::Gap)));
}

#[test]
fn rule_1_a_signature_of_somebody_else_takes_nothing() {
    let mut w = World::new();
    let a = w.write(board(HOME), Body::Data);
    let forged = Entry { signed_by: THIEF, id: w.id(), ..a.clone() };
    let copy = Entry { signed_by: THIEF, ..a.clone() };
    w.set.entries.extend([forged.clone(), copy]);
    assert_eq!(w.says(&forged), Err(Reason::Signature));
    assert_eq!(w.says(&a), Ok(()));
}

#[test]
fn rule_2_a_log_stops_before_a_fork_that_nothing_decides() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 4);
    let fork = twin(&mut w, &p[2]);
    assert_eq!(w.says(&p[1]), Ok(()));
    for e in [&p[2], &p[3], &fork] {
        assert_eq!(w.says(e), Err(Reason::Fork));
    }
    assert_eq!(w.says(&w.head(&authority(DESK)).unwrap()), Ok(()), "other logs go on");
}

#[test]
fn rule_2_a_checkpoint_selects_the_branch_it_names_where_its_leaves_are_held() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 4);
    let fork = twin(&mut w, &p[0]);
    assert_eq!(w.says(&p[0]), Err(Reason::Fork));
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[2])].into());
    });
    assert!(p.iter().all(|e| w.says(e) == Ok(())), "above the leaf it goes on");
    assert_eq!(w.says(&fork), Err(Reason::OtherBranch));
    w.set.leaves.clear();
    assert_eq!(w.says(&p[0]), Err(Reason::Fork));
}

#[test]
fn rule_2_a_part_of_a_subtree_is_no_checkpoint() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 2);
    let q = posts(&mut w, OTHER, 2);
    twin(&mut w, &p[1]);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[1]), cut(&q[1])].into());
    });
    assert_eq!(w.says(&p[1]), Ok(()));
    w.set.leaves = [[cut(&p[1])].into()].into();
    assert_eq!(w.says(&p[1]), Err(Reason::Fork));
}

#[test]
fn rule_2_a_cut_off_selects_the_branch_it_names() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 4);
    let fork = twin(&mut w, &p[1]);
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&p[2])].into()));
    });
    assert_eq!(w.says(&p[2]), Ok(()));
    assert_eq!(w.says(&p[3]), Err(Reason::AboveCut));
    assert_eq!(w.says(&fork), Err(Reason::OtherBranch));
}

#[test]
fn rule_2_an_epochs_cut_off_corrects_a_checkpoint() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    let fork = twin(&mut w, &p[1]);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[2])].into());
    });
    assert_eq!((w.says(&p[1]), w.says(&fork)), (Ok(()), Err(Reason::OtherBranch)));
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&fork)].into()));
    });
    assert_eq!((w.says(&p[1]), w.says(&fork)), (Err(Reason::OtherBranch), Ok(())));
}

#[test]
fn rule_2_only_an_epoch_cuts_below_a_checkpoint() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 5);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[2])].into());
    });
    w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&p[0])].into()));
    assert_eq!(w.says(&p[2]), Ok(()), "a steward's cut counts as the checkpoint");
    assert_eq!(w.says(&p[3]), Err(Reason::AboveCut));
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&p[0])].into()));
    });
    assert_eq!(w.says(&p[1]), Err(Reason::AboveCut));
}

#[test]
fn rule_2_a_cut_off_its_branch_below_a_checkpoint_counts_as_the_checkpoint() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[2])].into());
    });
    let mut at = twin(&mut w, &p[1]);
    for seq in 3..6 {
        at = w.put(at.log, seq, at.id, Body::Data);
    }
    w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&at)].into()));
    assert_eq!(w.says(&p[2]), Ok(()));
    assert_eq!(w.says(&at), Err(Reason::AboveCut));
}

#[test]
fn rule_2_passes_take_the_cut_as_written() {
    let mut w = World::new();
    let a = w.write(passes(HOME), Body::Data);
    let b = w.write(passes(HOME), Body::Data);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&b)].into());
    });
    w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&a)].into()));
    assert_eq!(w.says(&b), Ok(()));
    assert_eq!(valid(&w.set).pass_cuts[&passes(HOME)], cut(&a));
}

#[test]
fn rule_3_nothing_counts_above_a_cut_off_save_cancels_of_single_passes() {
    let mut w = World::new();
    let a = w.write(passes(HOME), Body::Data);
    let one = w.write(passes(HOME), Body::Cancel(false));
    let all = w.write(passes(HOME), Body::Cancel(true));
    let early = Entry { time: 1, ..w.write(passes(HOME), Body::Data) };
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&a)].into()));
    });
    assert_eq!(w.says(&a), Ok(()));
    assert_eq!(w.says(&one), Ok(()));
    assert_eq!(w.says(&all), Err(Reason::AboveCut));
    assert_eq!(w.says(&early), Err(Reason::AboveCut));
}

#[test]
fn rule_3_logs_that_are_not_named_end_at_their_last_checkpoint_else_at_0() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    let q = w.write(passes(HOME), Body::Data);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[1])].into());
    });
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [].into()));
    });
    assert_eq!(w.says(&p[1]), Ok(()));
    assert_eq!(w.says(&p[2]), Err(Reason::AboveCut));
    assert_eq!(w.says(&q), Err(Reason::AboveCut));
}

#[test]
fn rule_3_retiring_a_principal_cuts_its_devices() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 2);
    let q = posts(&mut w, OTHER, 2);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[0])].into());
        e.retired.insert(of(HOME));
    });
    assert_eq!((w.says(&p[0]), w.says(&p[1])), (Ok(()), Err(Reason::AboveCut)));
    assert_eq!(w.says(&q[1]), Ok(()));
}

#[test]
fn rule_3_of_several_the_lowest_by_the_highest_rank() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 6);
    let revoke = |at: usize| Body::Revoke(HOME, [cut(&p[at])].into());
    w.write(authority(STEWARD), revoke(4));
    assert_eq!(w.says(&p[4]), Ok(()));
    w.write(authority(DESK), revoke(1));
    assert_eq!(w.says(&p[2]), Err(Reason::AboveCut));
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&p[3])].into()));
    });
    assert_eq!((w.says(&p[3]), w.says(&p[4])), (Ok(()), Err(Reason::AboveCut)));
}

#[test]
fn rule_3_equal_places_leave_the_last_common_entry() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    let fork = twin(&mut w, &p[2]);
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&p[2])].into()));
    });
    assert_eq!(w.says(&p[2]), Ok(()));
    w.next_epoch(|e| {
        e.revoked.insert((HOME, [cut(&fork)].into()));
    });
    assert_eq!(w.says(&p[1]), Ok(()));
    assert_eq!(w.says(&p[2]), Err(Reason::AboveCut));
    w.set.entries.remove(&fork);
    assert_eq!(w.says(&p[1]), Err(Reason::AboveCut), "a branch that is not held leaves nothing");
}

#[test]
fn rule_4_an_entry_needs_its_role_in_the_epoch_it_cites() {
    let mut w = World::new();
    let a = w.write(notices(DESK), Body::Data);
    let no = w.write(notices(CLERK), Body::Data);
    w.next_epoch(|e| {
        e.powers.remove(&(DESK, Power::Notice));
    });
    let b = w.write(notices(DESK), Body::Data);
    assert_eq!(w.says(&a), Ok(()), "what was done in office stays");
    assert_eq!(w.says(&no), Err(Reason::Role));
    assert_eq!(w.says(&b), Err(Reason::Role));
}

#[test]
fn rule_4_an_ended_role_counts_to_its_cut_off_by_default_the_checkpoint() {
    let mut w = World::new();
    let old = w.newest.clone();
    let n: Vec<_> = (0..4).map(|_| w.write(notices(DESK), Body::Data)).collect();
    let end = |e: &mut Epoch, cuts: Cuts| {
        e.powers.remove(&(DESK, Power::Notice));
        e.ends.insert((DESK, Power::Notice, cuts));
    };
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&n[1])].into());
        end(e, Cuts::new());
    });
    assert_eq!((w.says(&n[1]), w.says(&n[2])), (Ok(()), Err(Reason::Role)));
    let post = w.write(board(DESK), Body::Data);
    assert_eq!(w.says(&post), Ok(()), "the device goes on");
    let new = std::mem::replace(&mut w.newest, old);
    let late = w.write(notices(DESK), Body::Data);
    assert!(w.says(&late).is_err(), "citing the old epoch does not help");
    w.newest = new;
    w.next_epoch(|e| {
        e.powers.insert((DESK, Power::Notice));
    });
    let log = common::log(DESK, linli_base::LaneClass::Notice, linli_base::ScopeId::ZERO, 684);
    let again = w.write(log, Body::Data);
    assert_eq!(w.says(&again), Ok(()), "given again");
}

#[test]
fn rule_4_a_certificate_counts_within_the_scope_of_its_issuing_key() {
    let mut w = World::new();
    w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.enrol(STEWARD, THIEF, Kind::Household, Some("5"));
    assert!(w.stands(PHONE) && !w.stands(THIEF));
    w.enrol(STEWARD, PAPER, Kind::Office, None);
    assert!(!w.stands(PAPER), "an office needs machines");
    let e = w.write(board(THIEF), Body::Data);
    assert_eq!(w.says(&e), Err(Reason::NoCertificate));
}

#[test]
fn rule_4_once_the_issuing_key_is_cut_the_enrol_lies_at_or_below() {
    let mut w = World::new();
    let before = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.enrol(STEWARD, THIEF, Kind::Household, Some("3"));
    w.next_epoch(|e| {
        e.revoked.insert((STEWARD, [cut(&before)].into()));
    });
    assert!(w.stands(PHONE) && !w.stands(THIEF));
}

#[test]
fn rule_4_a_certificate_may_be_ahead_of_its_enrol_but_not_of_a_cut() {
    let mut w = World::new();
    let e = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.set.entries.remove(&e);
    assert!(w.stands(PHONE));
    w.write(authority(STEWARD), Body::Unknown);
    assert!(!w.stands(PHONE), "another entry has its place");
    let mut w = World::new();
    let e = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.set.entries.remove(&e);
    w.next_epoch(|z| {
        z.revoked.insert((STEWARD, [cut(&e)].into()));
    });
    assert!(!w.stands(PHONE));
}

#[test]
fn rule_4_an_enrol_on_a_branch_that_a_checkpoint_did_not_select_enrols_nobody() {
    let mut w = World::new();
    let a = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    let mut c = w.certificate(STEWARD, THIEF, Kind::Household, Some("3"));
    c.enrol_seq = a.seq;
    w.set.certificates.insert(c.clone());
    w.put(a.log, a.seq, a.prev, Body::Enrol(c.id));
    assert!(!w.stands(PHONE) && !w.stands(THIEF), "a fork that nothing decides");
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&a)].into());
    });
    assert!(w.stands(PHONE) && !w.stands(THIEF));
    w.set.entries.remove(&a);
    assert!(!w.stands(THIEF), "the other branch is known to be another");
}

#[test]
fn rule_4_an_issuing_key_that_an_epoch_ends_enrols_up_to_its_cut_off() {
    let mut w = World::new();
    let old = w.newest.clone();
    let a = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.next_epoch(|e| {
        e.ends.insert((STEWARD, Power::Issuing, [cut(&a)].into()));
    });
    w.newest = old;
    let late = w.enrol(STEWARD, THIEF, Kind::Household, Some("3"));
    assert!(w.stands(PHONE) && !w.stands(THIEF));
    w.set.entries.remove(&late);
    assert!(!w.stands(THIEF), "nor is it believed ahead of its log");
    let post = w.write(board(STEWARD), Body::Data);
    assert_eq!(w.says(&post), Ok(()), "the household goes on");
}

#[test]
fn rule_4_retiring_an_issuing_keys_office_cuts_what_it_enrols_later() {
    let mut w = World::new();
    let last = w.enrol(STEWARD, PHONE, Kind::Household, Some("3"));
    w.enrol(STEWARD, THIEF, Kind::Household, Some("3"));
    w.next_epoch(|e| {
        e.retired.insert(of(STEWARD));
        e.checkpoint.insert([cut(&last)].into());
    });
    assert!(w.stands(PHONE) && !w.stands(THIEF));
}

#[test]
fn rule_5_an_act_takes_effect_before_its_predecessors_and_on_any_branch() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    let act = w.put(authority(DESK), 90, EntryId([9; 32]), Body::Revoke(HOME, [cut(&p[0])].into()));
    assert_eq!(w.says(&act), Ok(()));
    assert_eq!(w.says(&p[1]), Err(Reason::AboveCut));
    let plain = w.put(board(OTHER), 90, EntryId([9; 32]), Body::Data);
    assert_eq!(w.says(&plain), Err(Reason::Gap));
}

#[test]
fn rule_5_an_act_counts_only_at_or_below_the_cut_off_of_its_author() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 3);
    let low = w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&p[1])].into()));
    let high = w.write(authority(STEWARD), Body::Revoke(HOME, [cut(&p[0])].into()));
    let side = w.put(low.log, low.seq, low.prev, Body::Revoke(HOME, [cut(&p[0])].into()));
    assert_eq!(w.says(&side), Ok(()), "on any branch");
    w.next_epoch(|e| {
        e.revoked.insert((STEWARD, [cut(&low)].into()));
    });
    assert_eq!(w.says(&low), Ok(()));
    assert_eq!(w.says(&high), Err(Reason::AboveCut));
    assert_eq!(w.says(&side), Err(Reason::OtherBranch));
    assert_eq!((w.says(&p[1]), w.says(&p[2])), (Ok(()), Err(Reason::AboveCut)));
}

#[test]
fn rule_5_no_key_revokes_its_own_rank_nor_out_of_its_scope() {
    let mut w = World::new();
    let (p, q) = (posts(&mut w, OTHER, 2), posts(&mut w, DESK, 2));
    let a = w.write(authority(STEWARD), Body::Revoke(OTHER, [].into()));
    let b = w.write(authority(STEWARD), Body::Revoke(DESK, [].into()));
    assert_eq!((w.says(&a), w.says(&b)), (Err(Reason::NoEffect), Err(Reason::NoEffect)));
    assert_eq!((w.says(&p[1]), w.says(&q[1])), (Ok(()), Ok(())));
}

#[test]
fn rule_6_order_is_the_first_epoch_whose_checkpoint_covers_an_entry() {
    let mut w = World::new();
    let p = posts(&mut w, HOME, 4);
    let fork = twin(&mut w, &p[1]);
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[1])].into());
    });
    w.next_epoch(|e| {
        e.checkpoint.insert([cut(&p[2])].into());
    });
    let seen = valid(&w.set).first_seen;
    let of = |e: &Entry| seen.get(&e.id).copied();
    assert_eq!((of(&p[0]), of(&p[1]), of(&p[2])), (Some(1), Some(1), Some(2)));
    assert_eq!((of(&p[3]), of(&fork)), (None, None));
}
