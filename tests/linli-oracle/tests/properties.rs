//! Properties: order never matters, and a thief of the key takes nothing below a cut-off or checkpoint.

mod common;

use common::*;
use linli_base::{DeviceId, EntryId};
use linli_oracle::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// One thing that a key does: (whose key, what, which log, place, which entry it stands on or names).
type Deed = (u8, u8, u8, u32, usize);

/// Writes what somebody with these keys writes, at whatever place, on whatever entry.
fn forge(w: &mut World, keys: &[DeviceId], deeds: &[Deed], renew: bool) {
    for &(who, what, lane, seq, about) in deeds {
        let by = keys[usize::from(who) % keys.len()];
        let all: Vec<Entry> = w.set.entries.iter().cloned().collect();
        let some = &all[about % all.len()];
        let log = [authority(by), board(by), passes(by), notices(by)][usize::from(lane) % 4];
        let victim = some.log.device;
        let mut cuts: Cuts = [cut(some)].into();
        if seq % 3 == 0 {
            cuts.clear();
        }
        let body = match what % 11 {
            0 | 1 => Body::Data,
            2 => Body::Revoke(victim, cuts),
            3 => Body::Erase,
            4 => Body::Cancel(seq % 2 == 0),
            5 => Body::Lift(some.id),
            6 => Body::Countersign(victim),
            7 => {
                let kind = [Kind::Household, Kind::Office, Kind::Gate, Kind::Paper][about % 4];
                let d = if seq % 2 == 0 { THIEF } else { victim };
                let mut c = w.certificate(by, d, kind, Some("3"));
                c.enrol_seq = seq;
                if about % 2 == 0 {
                    c.principal = of(victim);
                    c.may_grant = false;
                }
                // Renewals of somebody else's certificate are QUESTIONS.md, "a newer certificate".
                if d == THIEF || renew {
                    w.set.certificates.insert(c.clone());
                }
                Body::Enrol(c.id)
            }
            8 => Body::Open,
            9 => Body::Unknown,
            _ => Body::Hold(Target::Device(victim), cuts),
        };
        let chain: Vec<&Entry> = all.iter().filter(|e| e.log == log && e.seq + 1 == seq).collect();
        let prev = chain.get(about % chain.len().max(1)).map_or(EntryId::ZERO, |e| e.id);
        w.put(log, seq, prev, body);
    }
}

fn deeds(most: usize) -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), 1u32..9, any::<usize>()), 0..most)
}

/// A community with some history in two logs of a household; returns what is honest of that household.
fn history() -> (World, Vec<Entry>) {
    let mut w = World::new();
    let mut honest = Vec::new();
    for _ in 0..4 {
        honest.push(w.write(board(HOME), Body::Data));
        honest.push(w.write(passes(HOME), Body::Data));
        w.write(board(OTHER), Body::Data);
        w.write(notices(DESK), Body::Data);
    }
    (w, honest)
}

/// The set, put together from its parts in another order, some twice.
fn shuffled(set: &Set, order: &[usize]) -> Set {
    fn mix<T: Ord + Clone>(of: &BTreeSet<T>, order: &[usize]) -> BTreeSet<T> {
        let mut all: Vec<T> = of.iter().cloned().collect();
        for (i, j) in order.iter().enumerate() {
            let n = all.len().max(1);
            if !all.is_empty() {
                all.swap(i % n, j % n);
            }
        }
        let again: Vec<T> = all.iter().take(order.len()).cloned().collect();
        all.into_iter().chain(again).collect()
    }
    Set {
        community: set.community,
        epochs: mix(&set.epochs, order),
        proposals: mix(&set.proposals, order),
        signatures: mix(&set.signatures, order),
        choices: mix(&set.choices, order),
        leaves: mix(&set.leaves, order),
        certificates: mix(&set.certificates, order),
        entries: mix(&set.entries, order),
    }
}

/// Renames entries that the thieves wrote, so that ids and thus every inner order come out otherwise.
fn renamed(set: &Set, own: &BTreeSet<EntryId>) -> Set {
    let name = |id: EntryId| {
        if own.contains(&id) || id.is_zero() { id } else { EntryId(id.0.map(|b| !b)) }
    };
    let cuts = |c: &Cuts| c.iter().map(|c| (c.0, c.1, name(c.2))).collect();
    let entry = |e: &Entry| Entry {
        id: name(e.id),
        prev: name(e.prev),
        body: match &e.body {
            Body::Revoke(d, c) => Body::Revoke(*d, cuts(c)),
            Body::Hold(t, c) => Body::Hold(*t, cuts(c)),
            Body::Lift(id) => Body::Lift(name(*id)),
            other => other.clone(),
        },
        ..e.clone()
    };
    Set { entries: set.entries.iter().map(entry).collect(), ..set.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn order_never_matters(done in deeds(12), order in prop::collection::vec(any::<usize>(), 40)) {
        let (mut w, honest) = history();
        forge(&mut w, &[HOME, STEWARD, CLERK, DESK], &done, true);
        w.next_epoch(|e| { e.revoked.insert((HOME, [cut(&honest[4])].into())); });
        prop_assert_eq!(valid(&w.set), valid(&shuffled(&w.set, &order)));
    }

    /// Whatever a thief of the household's key and of a steward's key signs: what lies at or below the
    /// checkpoint, or the charter's cut-off, counts.
    #[test]
    fn nothing_honest_below_a_checkpoint_or_cut_off_is_lost(
        before in deeds(8), after in deeds(8), leaf in 0usize..4, end in 0usize..4, cuts in any::<bool>(),
    ) {
        let (mut w, honest) = history();
        let logs = [board(HOME), passes(HOME)];
        let below = |at: usize| {
            let in_log = |l| honest.iter().filter(move |e: &&Entry| e.log == l).take(at + 1).cloned();
            logs.map(|l| in_log(l).collect::<Vec<_>>())
        };
        let stolen = [HOME, STEWARD];
        forge(&mut w, &stolen, &before, false);
        let kept = below(leaf);
        w.next_epoch(|e| {
            e.checkpoint.insert(kept.iter().flat_map(|k| k.last()).map(cut).collect());
        });
        forge(&mut w, &stolen, &after, false);
        let mut safe: Vec<Entry> = kept.concat();
        if cuts {
            let kept = below(end);
            w.next_epoch(|e| {
                let cuts = kept.iter().flat_map(|k| k.last()).map(cut).collect();
                e.revoked.insert((HOME, cuts));
            });
            safe = kept.concat();
        }
        let verdicts = valid(&w.set);
        for e in &safe {
            prop_assert_eq!(verdicts.entries[&e.id], Ok(()), "{:?}", e);
        }
        // Of everybody whose key was not stolen nothing is touched at all, cut by a steward or not.
        let others = w.set.entries.iter().filter(|e| [OTHER, DESK, GATE, CLERK].contains(&e.log.device));
        for e in others {
            prop_assert_eq!(verdicts.entries[&e.id], Ok(()), "{:?}", e);
        }
        // And nothing above the cut-off counts, save cancels of single passes.
        if cuts {
            for e in w.set.entries.iter().filter(|e| e.log.device == HOME && e.body != Body::Cancel(false)) {
                let at = logs.iter().position(|l| *l == e.log).map_or(0, |_| end as u32 + 2);
                prop_assert!(e.seq <= at || verdicts.entries[&e.id].is_err(), "{:?}", e);
            }
        }
    }

    /// §9.3: once every stolen key is cut off at its last honest entries it is as if the thieves had never
    /// written, whatever their rank.
    #[test]
    fn once_they_are_cut_off_stolen_keys_of_every_rank_have_changed_nothing(
        which in prop::sample::subsequence(vec![HOME, STEWARD, CLERK, DESK, GATE], 1..=5),
        before in deeds(10), after in deeds(10),
    ) {
        let (mut w, _) = history();
        let honest = w.set.clone();
        let logs: BTreeSet<_> = honest.entries.iter().map(|e| e.log).collect();
        let heads: Cuts = logs.iter().filter_map(|l| w.head(l)).map(|e| cut(&e)).collect();
        forge(&mut w, &which, &before, true);
        w.next_epoch(|e| {
            for d in &which {
                let cuts = heads.iter().filter(|c| c.0.device == *d).copied().collect();
                e.revoked.insert((*d, cuts));
            }
        });
        let clean = Set { entries: honest.entries, certificates: honest.certificates, ..w.set.clone() };
        forge(&mut w, &which, &after, true);
        let (all, clean) = (valid(&w.set), valid(&clean));
        prop_assert_eq!(&all.devices, &clean.devices);
        for (id, verdict) in &clean.entries {
            prop_assert_eq!(verdict, &Ok(()));
            prop_assert_eq!(&all.entries[id], verdict);
        }
        let single = |id: &EntryId| w.set.entries.iter().any(|e| e.id == *id && e.body == Body::Cancel(false));
        let more = all.entries.iter().filter(|(id, v)| v.is_ok() && !clean.entries.contains_key(id));
        for (id, _) in more {
            prop_assert!(single(id), "{:?}", w.set.entries.iter().find(|e| e.id == *id));
        }
    }

    /// Names of entries decide nothing but ties: what is honest stays as it is.
    #[test]
    fn a_thief_gains_nothing_by_grinding_ids(done in deeds(10)) {
        let (mut w, honest) = history();
        let own: BTreeSet<EntryId> = w.set.entries.iter().map(|e| e.id).collect();
        forge(&mut w, &[HOME, STEWARD], &done, false);
        w.next_epoch(|e| { e.revoked.insert((HOME, [cut(&honest[6]), cut(&honest[7])].into())); });
        let (a, b) = (valid(&w.set), valid(&renamed(&w.set, &own)));
        for id in &own {
            prop_assert_eq!(a.entries[id], b.entries[id]);
        }
    }
}
