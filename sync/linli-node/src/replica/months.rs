//! Months of gates' logs whose retention is over: their payloads go, from every table; their headers stay, so that
//! chains still verify and no neighbour brings the month again (trust.md §4).
//!
//! The first entry of a log is its certificate, which is nobody's visit, and stays. What a gate counted in a month
//! stands in the opening of the next one, so nothing that goes here was needed to know what is spent.

use super::{Now, Replica, Topic, layout};
use linli_base::{Entry, Header, LaneClass, LaneKey, LogKey, Period, RecordId};
use linli_record::row::RowKind;
use linli_store::{StoreFault, Table};

/// `Local`: `g` ‖ log -> seq 4: payloads are gone up to there.
fn gone(log: &LogKey) -> Vec<u8> {
    let mut key = vec![b'g'];
    key.extend_from_slice(&log.to_bytes());
    key
}

impl Replica {
    /// Logs of gates, older than a month, of which something is still here.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn gate_months_before(&self, month: Period) -> Result<Vec<LogKey>, StoreFault> {
        let mut out = Vec::new();
        for (log, head) in self.logs.heads() {
            let old = log.lane.class == LaneClass::GateLog && log.lane.period < month;
            if old && self.gone_to(log)? < head.seq {
                out.push(*log);
            }
        }
        Ok(out)
    }

    fn gone_to(&self, log: &LogKey) -> Result<u32, StoreFault> {
        let value = self.staged.get(Table::Local, &gone(log))?;
        let seq = value.and_then(|v| <[u8; 4]>::try_from(v).ok());
        Ok(seq.map_or(0, u32::from_be_bytes))
    }

    /// Drops the payloads of a log that [`Self::gate_months_before`] named, and every row made of them. Staged; after
    /// the commit [`Self::compact`] takes them out of the file.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn drop_gate_month(&mut self, log: &LogKey) -> Result<(), StoreFault> {
        let Some(head) = self.logs.head(log) else {
            return Ok(());
        };
        for seq in self.gone_to(log)?.max(1) + 1..=head.seq {
            let Some(entry) = self.entry_at(log, seq)? else {
                continue;
            };
            let id = entry.header.id(&self.me.community);
            let bare = Entry {
                header: entry.header,
                payload: None,
            };
            self.staged
                .put(Table::Entries, layout::entry(log, seq), bare.encode());
            let key = RecordId(linli_base::hash::first16(&id.0));
            for kind in RowKind::ALL {
                self.put_row(*kind, &key, None);
            }
            self.staged.delete(Table::Index, layout::place(&key));
            self.staged.delete(Table::Quarantine, id.0);
        }
        self.staged
            .put(Table::Local, gone(log), head.seq.to_be_bytes());
        self.changed.insert(Topic::Passes);
        Ok(())
    }

    /// Moves what is left in the store together, so that what was deleted is not in the file any more.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn compact(&mut self) -> Result<(), StoreFault> {
        self.staged.compact()
    }

    /// Whether an entry came without its payload although it should have one. Somebody who withholds payloads must
    /// not make us believe that we hold a log.
    pub(super) fn withheld(&self, now: Now, entry: &Entry) -> bool {
        let h: &Header = &entry.header;
        entry.payload.is_none() && h.payload_len > 0 && !self.is_over(now, &h.log().lane)
    }

    /// Whether the retention of a month is over by the own clock.
    fn is_over(&self, now: Now, lane: &LaneKey) -> bool {
        let epoch = &self.authority.charter().newest().epoch;
        let month = epoch.offset.month(now.wall.seconds());
        lane.class == LaneClass::GateLog && lane.period < self.kept_from(month)
    }

    /// The oldest month of gates' logs that is kept, if `month` runs.
    #[must_use]
    pub fn kept_from(&self, month: Period) -> Period {
        let limits = &self.authority.charter().newest().epoch.limits;
        Period(month.0.saturating_sub(limits.gate_log_months))
    }
}
