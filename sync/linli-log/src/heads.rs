//! Where each log stands, and what becomes of an entry that arrives.

use crate::hold::Held;
use linli_base::{CommunityId, Entry, EntryId, Header, LogKey};
use linli_charter::Carried;
use std::collections::BTreeMap;

/// Last entry of a log that is in place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// Its seq.
    pub seq: u32,
    /// Its id.
    pub id: EntryId,
}

/// Answers which entry stands at a place of a log; the caller's store knows.
pub trait Chain {
    /// Id of the entry held at `seq`, if one is.
    fn id_at(&self, log: &LogKey, seq: u32) -> Option<EntryId>;
}

/// What became of an entry.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was next; it and those that waited for it are now in place, in order.
    Appended(Vec<Carried<Entry>>),
    /// It is early and waits.
    Held,
    /// It is here already.
    Known,
    /// Another entry stands at this place: both are proof that the author signed twice.
    Fork(Box<Carried<Entry>>),
    /// It is next by number, but follows another predecessor than ours: the author's log forks below. The
    /// log is asked for again from its start, so that the fork itself becomes known.
    OtherBranch,
}

/// All logs of a replica: heads and early entries.
#[derive(Debug)]
pub struct Logs {
    community: CommunityId,
    heads: BTreeMap<LogKey, Head>,
    held: Held,
}

impl Logs {
    /// Of a replica that holds these heads.
    pub fn new(community: CommunityId, heads: impl IntoIterator<Item = (LogKey, Head)>) -> Self {
        Self {
            community,
            heads: heads.into_iter().collect(),
            held: Held::default(),
        }
    }

    /// Puts a carried entry in its place.
    pub fn append(&mut self, entry: Carried<Entry>, chain: &dyn Chain) -> Outcome {
        let h: Header = entry.content().header;
        let log = h.log();
        let head = self.heads.get(&log).copied();
        let (seq, prev) = head.map_or((0, EntryId::ZERO), |x| (x.seq, x.id));
        if h.seq <= seq {
            let id = h.id(&self.community);
            let ours = if h.seq == seq {
                Some(prev)
            } else {
                chain.id_at(&log, h.seq)
            };
            return if ours == Some(id) {
                Outcome::Known
            } else {
                Outcome::Fork(Box::new(entry))
            };
        }
        if h.seq > seq + 1 {
            self.held.keep(entry);
            return Outcome::Held;
        }
        if h.prev != prev {
            return Outcome::OtherBranch;
        }
        let mut placed = vec![entry];
        let mut last = Head {
            seq: h.seq,
            id: h.id(&self.community),
        };
        while let Some(next) = self.held.take(&log, last.seq + 1) {
            let n = next.content().header;
            if n.prev != last.id {
                break;
            }
            last = Head {
                seq: n.seq,
                id: n.id(&self.community),
            };
            placed.push(next);
        }
        self.heads.insert(log, last);
        Outcome::Appended(placed)
    }

    /// Takes back what [`Self::append`] moved, when the store refused it.
    pub fn restore(&mut self, log: LogKey, head: Option<Head>) {
        match head {
            Some(head) => self.heads.insert(log, head),
            None => self.heads.remove(&log),
        };
    }

    /// Where a log stands.
    #[must_use]
    pub fn head(&self, log: &LogKey) -> Option<Head> {
        self.heads.get(log).copied()
    }

    /// All heads, in order of their logs.
    #[must_use]
    pub const fn heads(&self) -> &BTreeMap<LogKey, Head> {
        &self.heads
    }

    /// How many early entries wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.held.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linli_base::*;
    use proptest::prelude::*;

    struct Map(BTreeMap<(LogKey, u32), EntryId>);
    impl Chain for Map {
        fn id_at(&self, log: &LogKey, seq: u32) -> Option<EntryId> {
            self.0.get(&(*log, seq)).copied()
        }
    }

    const C: CommunityId = CommunityId([1; 32]);

    fn chain(device: u8, n: u32, twist: u8) -> Vec<Entry> {
        let mut prev = EntryId::ZERO;
        (1..=n)
            .map(|seq| {
                let header = Header {
                    kind: EntryKind::FACT,
                    sealed: false,
                    class: LaneClass::Board,
                    period: Period(672),
                    seq,
                    payload_len: 0,
                    time: UnixMs(0),
                    epoch: 0,
                    drop_day: 0,
                    epoch_tag: [twist; 8],
                    scope: ScopeId::ZERO,
                    device: DeviceId([device; 32]),
                    prev,
                    record: RecordId::ZERO,
                    payload_hash: hash::blake3_raw(&[]),
                    signature: [0; 64],
                };
                prev = header.id(&C);
                Entry {
                    header,
                    payload: Some(vec![]),
                }
            })
            .collect()
    }

    fn put(logs: &mut Logs, map: &mut Map, e: &Entry) -> Outcome {
        let out = logs.append(Carried::remembered(e.clone()), map);
        if let Outcome::Appended(list) = &out {
            for c in list {
                let h = c.content().header;
                map.0.insert((h.log(), h.seq), h.id(&C));
            }
        }
        out
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_ends_at_the_same_head(order in Just((0..20usize).collect::<Vec<_>>()).prop_shuffle(), again in 0..20usize) {
            let entries = chain(1, 20, 0);
            let (mut logs, mut map) = (Logs::new(C, []), Map(BTreeMap::new()));
            for i in order {
                put(&mut logs, &mut map, &entries[i]);
            }
            prop_assert_eq!(put(&mut logs, &mut map, &entries[again]), Outcome::Known);
            let head = logs.head(&entries[0].header.log()).unwrap();
            prop_assert_eq!(head, Head { seq: 20, id: entries[19].header.id(&C) });
            prop_assert_eq!(logs.waiting(), 0);
        }
    }

    #[test]
    fn a_second_entry_at_one_place_is_a_fork_and_changes_nothing() {
        let (a, b) = (chain(1, 3, 0), chain(1, 3, 9));
        let (mut logs, mut map) = (Logs::new(C, []), Map(BTreeMap::new()));
        a.iter().for_each(|e| {
            put(&mut logs, &mut map, e);
        });
        assert!(matches!(put(&mut logs, &mut map, &b[1]), Outcome::Fork(_)));
        assert!(matches!(put(&mut logs, &mut map, &b[2]), Outcome::Fork(_)));
        assert_eq!(logs.head(&a[0].header.log()).unwrap().seq, 3);
        let b4 = &chain(1, 4, 9)[3];
        assert_eq!(put(&mut logs, &mut map, b4), Outcome::OtherBranch);
    }

    #[test]
    fn one_author_cannot_hold_more_than_his_share() {
        let entries = chain(1, 2000, 0);
        let (mut logs, mut map) = (Logs::new(C, []), Map(BTreeMap::new()));
        for e in entries[1..].iter().rev() {
            put(&mut logs, &mut map, e);
        }
        assert_eq!(logs.waiting(), limits::HELD_PER_AUTHOR);
        // The nearest ones were kept, so the first entry releases a whole share.
        match put(&mut logs, &mut map, &entries[0]) {
            Outcome::Appended(list) => assert_eq!(list.len(), limits::HELD_PER_AUTHOR + 1),
            other => panic!("{other:?}"),
        }
    }
}
