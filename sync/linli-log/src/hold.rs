//! Holds back entries whose predecessors have not arrived.
//!
//! Neighbours meet in any order, so an entry often outruns the ones it builds on. We keep it here, bounded
//! per author ([`HELD_PER_AUTHOR`]), until its last missing predecessor lands. A stranger can fill only
//! their own share. What is dropped at the bound is the farthest entry; it is asked for again at the next
//! exchange of heads, so nothing is lost.

use linli_base::limits::HELD_PER_AUTHOR;
use linli_base::{DeviceId, Entry, LogKey};
use linli_charter::Carried;
use std::collections::BTreeMap;

/// Early entries by log and place.
#[derive(Debug, Default)]
pub(crate) struct Held {
    by_log: BTreeMap<LogKey, BTreeMap<u32, Carried<Entry>>>,
    per_author: BTreeMap<DeviceId, usize>,
}

impl Held {
    /// Keeps an entry until it is next. At the bound the farthest of this log gives way.
    pub(crate) fn keep(&mut self, entry: Carried<Entry>) {
        let (log, seq) = (entry.content().header.log(), entry.content().header.seq);
        let count = self.per_author.entry(log.device).or_default();
        let of_log = self.by_log.entry(log).or_default();
        if of_log.contains_key(&seq) {
            return;
        }
        if *count >= HELD_PER_AUTHOR {
            match of_log.last_key_value().map(|(last, _)| *last) {
                Some(last) if last > seq => {
                    of_log.remove(&last);
                    *count -= 1;
                }
                _ => return,
            }
        }
        of_log.insert(seq, entry);
        *count += 1;
    }

    /// Takes the entry at `seq`, if it waits here.
    pub(crate) fn take(&mut self, log: &LogKey, seq: u32) -> Option<Carried<Entry>> {
        let of_log = self.by_log.get_mut(log)?;
        let entry = of_log.remove(&seq)?;
        if of_log.is_empty() {
            self.by_log.remove(log);
        }
        if let Some(count) = self.per_author.get_mut(&log.device) {
            *count -= 1;
        }
        Some(entry)
    }

    /// How many entries wait.
    pub(crate) fn len(&self) -> usize {
        self.per_author.values().sum()
    }
}
