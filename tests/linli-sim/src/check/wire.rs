//! Frames as they leave a node: nothing that is not durable there (persist before send), nothing that the
//! receiver may not carry, no secret text (I5), never two entries at one place by an honest device.

use crate::node::Up;
use crate::options::Role;
use crate::parcel::{Carries, Parcel, Says};
use crate::people::SECRET;
use crate::world::{Checked, World};
use linli_base::{EntryId, LaneClass, LaneKey, LogKey, PrincipalId};
use linli_charter::{Cut, Statement, StatementKey};
use linli_store::{Store, Table};

/// Where an entry lies: log ‖ seq (docs/formats/home.md).
pub(crate) fn entry_key(log: &LogKey, seq: u32) -> Vec<u8> {
    let mut key = log.to_bytes().to_vec();
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// Whether bytes hold this text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    let (first, text) = match text.as_bytes() {
        [first, ..] => (*first, text.as_bytes()),
        [] => return true,
    };
    let mut rest = bytes;
    // Looks for the first byte alone, which the standard library does fast even where this crate is not optimised.
    while let Ok(skipped) = std::io::BufRead::skip_until(&mut rest, first) {
        let at = bytes.len() - rest.len();
        if skipped == 0 || bytes.get(at - 1) != Some(&first) {
            return false;
        }
        if bytes[at - 1..].starts_with(text) {
            return true;
        }
    }
    false
}

impl World {
    /// Checks a frame that node `n` is about to send to `peer`.
    pub(crate) fn check_send(&mut self, n: usize, peer: usize, parcel: &Parcel) -> Checked {
        if holds(&parcel.bytes, SECRET) {
            return self.broken("I5", n, "a secret text is on the wire");
        }
        match &parcel.says {
            Says::Entries(list) => {
                for entry in list {
                    self.check_lane(n, peer, &entry.header.log().lane)?;
                    self.check_durable(n, entry)?;
                    self.note_said(n, entry)?;
                }
            }
            Says::Acts(list) => {
                for act in list {
                    self.check_lane(n, peer, &act.header.log().lane)?;
                    self.check_act_durable(n, &act.id)?;
                    self.note_said(n, act)?;
                }
            }
            Says::Holds(heads) => {
                for cut in &heads.heads {
                    self.check_lane(n, peer, &cut.log.lane)?;
                    self.check_claim(n, cut)?;
                }
                for id in &heads.acts {
                    self.check_act_durable(n, &EntryId(*id))?;
                }
                for item in &heads.statements {
                    self.check_statement_claim(n, item)?;
                }
            }
            Says::Statements(list) => {
                for bytes in list {
                    self.check_statement(n, bytes)?;
                }
            }
            Says::Epochs(list) => {
                for bytes in list {
                    self.check_epoch(n, bytes)?;
                }
            }
            Says::Manners | Says::Asks => {}
            Says::Noise => return self.broken("I12", n, "sends a frame that nobody can read"),
        }
        Ok(())
    }

    /// trust.md §4, column "carries", read anew: what a device may be sent at all.
    fn check_lane(&self, n: usize, peer: usize, lane: &LaneKey) -> Checked {
        let role = self.nodes[peer].role;
        let home = self.nodes[self.home_of(peer)].device;
        let principal = PrincipalId::of_first_device(&self.community, &home);
        let may = match lane.class {
            // Gates have the skeleton of the estate, which has no period, and nothing else of the board.
            LaneClass::Board => !role.is_gate() || lane.period.0 == 0,
            LaneClass::GateLog => role.is_gate() || role.is_office(),
            LaneClass::Office => role.is_office() && principal.scope() == lane.scope,
            _ => true,
        };
        if may {
            return Ok(());
        }
        let class = lane.class;
        self.broken(
            "I5",
            n,
            format!("sends n{peer} ({role:?}) of lane {class:?}"),
        )
    }

    /// A node whose store can be looked into.
    fn node_up(&mut self, n: usize) -> Option<&mut Up> {
        let sick = self.nodes[n].sick;
        self.nodes[n].up.as_mut().filter(|_| !sick)
    }

    fn check_durable(&mut self, n: usize, entry: &Carries) -> Checked {
        let Some(up) = self.node_up(n).filter(|up| !up.durable.contains(&entry.id)) else {
            return Ok(());
        };
        let key = entry_key(&entry.header.log(), entry.header.seq);
        let there = up.store.get(Table::Entries, &key);
        // The other branch of a fork is kept as proof.
        let proof = || up.store.get(Table::Quarantine, &entry.id.0);
        let is = |found: Result<Option<Vec<u8>>, _>| matches!(found, Ok(Some(bytes)) if bytes == entry.bytes);
        if is(there) || is(proof()) {
            up.durable.insert(entry.id);
            return Ok(());
        }
        let h = entry.header;
        let what = format!(
            "sends {}/{:?}#{} before it is durable",
            h.device, h.class, h.seq
        );
        self.broken("persist before send", n, what)
    }

    /// A head that a node says it holds.
    fn check_claim(&mut self, n: usize, cut: &Cut) -> Checked {
        let community = self.community;
        let Some(up) = self.node_up(n).filter(|up| !up.durable.contains(&cut.id)) else {
            return Ok(());
        };
        let id_of = |found: Result<Option<Vec<u8>>, _>| match found {
            Ok(Some(bytes)) => linli_base::Header::decode(&bytes)
                .ok()
                .map(|h| h.id(&community)),
            _ => None,
        };
        let key = entry_key(&cut.log, cut.seq);
        let there = id_of(up.store.get(Table::Entries, &key)) == Some(cut.id)
            || id_of(up.store.get(Table::Quarantine, &cut.id.0)) == Some(cut.id);
        if there {
            up.durable.insert(cut.id);
            return Ok(());
        }
        let (log, seq) = (cut.log, cut.seq);
        let what = format!(
            "says it holds {}/{:?}#{seq}, which is not durable",
            log.device, log.lane.class
        );
        self.broken("persist before send", n, what)
    }

    fn check_act_durable(&mut self, n: usize, id: &EntryId) -> Checked {
        let Some(up) = self
            .node_up(n)
            .filter(|up| !up.durable_acts.contains(&id.0))
        else {
            return Ok(());
        };
        if matches!(up.store.get(Table::Acts, &id.0), Ok(Some(_))) {
            up.durable_acts.insert(id.0);
            return Ok(());
        }
        let what = format!("speaks of act {id} before it is durable");
        self.broken("persist before send", n, what)
    }

    fn check_statement(&mut self, n: usize, bytes: &[u8]) -> Checked {
        let Some(statement) = Statement::decode(bytes) else {
            return self.broken("I12", n, "sends a statement that nobody can read");
        };
        self.check_counter(n, &statement.key, statement.counter)
    }

    fn check_statement_claim(&mut self, n: usize, item: &[u8; 57]) -> Checked {
        let (key, counter) = item.split_at(49);
        let counter = counter.try_into().map(u64::from_be_bytes);
        match (StatementKey::from_bytes(key), counter) {
            (Some(key), Ok(counter)) => self.check_counter(n, &key, counter),
            _ => self.broken("I12", n, "speaks of a statement that nobody can read"),
        }
    }

    fn check_counter(&mut self, n: usize, key: &StatementKey, counter: u64) -> Checked {
        let Some(up) = self.node_up(n) else {
            return Ok(());
        };
        let held = match up.store.get(Table::Statements, &key.to_bytes()) {
            Ok(Some(bytes)) => Statement::decode(&bytes).map_or(0, |s| s.counter),
            _ => 0,
        };
        if held >= counter {
            return Ok(());
        }
        let what = format!(
            "speaks of statement {counter} of {}, holds {held}",
            key.device
        );
        self.broken("persist before send", n, what)
    }

    fn check_epoch(&mut self, n: usize, bytes: &[u8]) -> Checked {
        let Some(up) = self.nodes[n].up.as_ref().filter(|_| !self.nodes[n].sick) else {
            return Ok(());
        };
        let chain = up.replica.authority().charter().chain();
        let held = chain
            .iter()
            .find(|h| h.bytes == bytes)
            .map(|h| h.epoch.number);
        let durable = held.map(|number| up.store.get(Table::Epochs, &number.to_be_bytes()));
        match durable {
            Some(Ok(Some(stored))) if stored == bytes => Ok(()),
            _ => self.broken(
                "persist before send",
                n,
                "sends an epoch that is not durable",
            ),
        }
    }

    /// An honest device says one thing at one place; one that was put back to an old copy may say two.
    fn note_said(&mut self, n: usize, entry: &Carries) -> Checked {
        let log = entry.header.log();
        let place = (log, entry.header.seq);
        let old = *self.said.entry(place).or_insert(entry.id);
        let author = self.node_of(&log.device);
        if old != entry.id && !author.is_some_and(|a| self.nodes[a].restored) {
            let what = format!(
                "two entries at {}/{:?}#{}",
                log.device, log.lane.class, place.1
            );
            return self.broken("I10", n, what);
        }
        if self.nodes[n].device == log.device {
            let spoken = self.nodes[n]
                .spoken
                .entry(log)
                .or_insert((place.1, entry.id));
            if place.1 >= spoken.0 {
                *spoken = (place.1, entry.id);
            }
        }
        if entry.header.sealed && self.cannot_read(n, &log) {
            self.sometimes
                .reached("sealed entry carried by who cannot read it");
        }
        Ok(())
    }

    fn cannot_read(&self, n: usize, log: &LogKey) -> bool {
        let role = self.nodes[n].role;
        match log.lane.class {
            LaneClass::Pass | LaneClass::GateLog => !role.is_gate() && role != Role::Founder,
            LaneClass::House => self.node_of(&log.device).is_some_and(|a| {
                self.home_of(a) != self.home_of(n) && self.nodes[a].role == Role::Household
            }),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_text_is_found_wherever_it_stands_and_only_then() {
        assert!(holds(b"xx~geheim~12", "~geheim~") && holds(b"~geheim~", "~geheim~"));
        assert!(holds(b"~~~~geheim~", "~geheim~"));
        assert!(!holds(b"~geheim", "~geheim~") && !holds(b"", "~geheim~"));
        assert!(!holds(b"~gehei~geheim", "~geheim~"));
    }
}
