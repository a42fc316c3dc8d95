//! The end of a run: rows against the ledger, old frames once more, a rebuild, and every store opened again.

use crate::check::holds;
use crate::disk::SharedStore;
use crate::parcel::{Parcel, Says};
use crate::people::SECRET;
use crate::world::{Checked, World};
use linli_charter::Statement;
use linli_node::replica::Replica;
use linli_protocol::{Input, LinkId};
use linli_store::{Store, Table};
use std::collections::BTreeMap;

type Digests = BTreeMap<&'static str, [u8; 32]>;

impl World {
    /// Judges the world as it stands.
    pub(crate) fn judge(&mut self) -> Checked {
        self.check_rows()?;
        if self.truth().forks.keys().next().is_some() {
            self.sometimes.reached("fork seen");
        }
        for n in self.alive() {
            let before = self.digests(n)?;
            self.replay(n, &before)?;
            self.rebuild(n, &before)?;
            self.open_again(n, &before)?;
            for (scope, digest) in &before {
                self.trace.note(self.now, n, scope, digest, || hex(digest));
            }
        }
        self.check_years();
        Ok(())
    }

    fn digests(&self, n: usize) -> Checked<Digests> {
        match self.nodes[n].up.as_ref().map(|up| up.replica.digests()) {
            Some(Ok(digests)) => Ok(digests),
            Some(Err(fault)) => self.broken("I9", n, fault),
            None => self.broken("L1", n, "is not up"),
        }
    }

    /// I13: frames that somebody kept, sent again by a peer, change nothing and commit nothing.
    fn replay(&mut self, n: usize, before: &Digests) -> Checked {
        let mut links = self.net.links.iter();
        let open = links.find(|(_, l)| !l.dead && l.ends.contains(&n) && l.open == [true; 2]);
        let Some(link) = open.map(|(id, _)| *id) else {
            return Ok(());
        };
        let commits = |world: &Self| {
            world.nodes[n]
                .up
                .as_ref()
                .map_or(0, |up| up.store.commits())
        };
        let committed = commits(self);
        for at in 0..self.kept.len() {
            let parcel = self.kept[at].clone();
            let foreign = self.holds_foreign(n, &parcel);
            if foreign || self.dice.chance(600) {
                continue;
            }
            self.trace
                .note(self.now, n, "replay", &[], || parcel.word());
            self.feed(n, Input::Frame(LinkId(link), parcel.bytes.clone()))?;
            self.flush(n)?;
            if commits(self) != committed {
                let what = format!("{} sent again made it commit", parcel.word());
                return self.broken("I13", n, what);
            }
            self.sometimes.reached("replay changed nothing");
        }
        if self.digests(n)? != *before {
            return self.broken("I13", n, "old frames changed what is shown");
        }
        Ok(())
    }

    /// Whether a frame brings something that a node does not hold: then it is no replay.
    fn holds_foreign(&self, n: usize, parcel: &Parcel) -> bool {
        let Some(up) = self.nodes[n].up.as_ref() else {
            return true;
        };
        let has = |table, key: &[u8]| matches!(up.store.get(table, key), Ok(Some(_)));
        match &parcel.says {
            Says::Entries(list) => list
                .iter()
                .any(|e| self.held_at(n, &e.header.log(), e.header.seq) != Some(e.id)),
            Says::Acts(list) => list.iter().any(|a| !has(Table::Acts, &a.id.0)),
            Says::Statements(list) => list.iter().any(|bytes| {
                Statement::decode(bytes).is_none_or(|s| !has(Table::Statements, &s.key.to_bytes()))
            }),
            _ => false,
        }
    }

    /// I1: rows are a pure fold of what is held.
    fn rebuild(&mut self, n: usize, before: &Digests) -> Checked {
        let now = self.at(n);
        let result = self.nodes[n].up.as_mut().map(|up| up.replica.rebuild(now));
        if let Some(Err(fault)) = result {
            return self.broken("I9", n, fault);
        }
        let after = self.digests(n)?;
        for (scope, digest) in before {
            if after.get(scope) != Some(digest) {
                return self.broken("I1", n, format!("a rebuild shows another {scope}"));
            }
        }
        Ok(())
    }

    /// Every store is closed and opened again; no file shows a secret.
    fn open_again(&mut self, n: usize, before: &Digests) -> Checked {
        let Some(up) = self.nodes[n].up.take() else {
            return Ok(());
        };
        self.tally.commits += up.store.commits();
        drop(up.replica.close());
        drop(up.store);
        let mut own = self.dice.fork();
        let node = &self.nodes[n];
        if own.chance(100) && holds(&node.disk.image(), SECRET) {
            return self.broken("I5", n, "a secret text is in the file");
        }
        let opened = SharedStore::open(&node.disk, &node.secrets.db(), &mut own, false)
            .map_err(linli_node::replica::OpenFault::Store)
            .and_then(|store| {
                Replica::open(Box::new(store), node.secrets.keys(), Box::new(own.fork()))
            });
        let after = match opened.map(|replica| replica.digests()) {
            Ok(Ok(after)) => after,
            Ok(Err(fault)) => return self.broken("I9", n, fault),
            Err(fault) => return self.broken("I9", n, fault),
        };
        if after != *before {
            return self.broken("I1", n, "shows something else after it was opened again");
        }
        Ok(())
    }

    fn check_years(&mut self) {
        let mut years = self.said.keys().map(|(log, _)| log.lane.period.0 / 12);
        let first = years.find(|y| *y > 0);
        if years.any(|y| y > 0 && Some(y) != first) {
            self.sometimes.reached("lanes of two years");
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(8).map(|b| format!("{b:02x}")).collect()
}
