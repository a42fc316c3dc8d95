//! Founding and joining: who is enrolled by whom, and what a device begins with.

use super::{Checked, Violation, World};
use crate::disk::SharedStore;
use crate::event::Event;
use crate::ledger::What;
use crate::options::Role;
use linli_base::UtcOffset;
use linli_keys::SigningKey;
use linli_node::replica::{EnrolAs, Founding, Replica};

/// Units of the households, by node.
fn unit(n: usize) -> String {
    format!("3-2-{}", 500 + n)
}

impl World {
    /// Node 0 founds the neighbourhood.
    pub(super) fn found(&mut self) -> Checked {
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::from_minutes(480)
                .ok_or_else(|| Violation::new("simulator", "no such offset"))?,
            gates: vec![(1, "东门".into()), (2, "西门".into())],
            office: "居委会".into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let now = self.at(0);
        let mut own = self.dice.fork();
        let node = &self.nodes[0];
        let founded = SharedStore::open(&node.disk, &node.secrets.db(), &mut own, true)
            .map_err(linli_node::replica::OpenFault::Store)
            .and_then(|store| {
                let (board, keys) = (Box::new(store.clone()), node.secrets.keys());
                let own = Box::new(own.fork());
                Ok((Replica::found(board, keys, own, &founding, now)?, store))
            });
        let (replica, store) = founded.map_err(|f| Violation::new("simulator", f.to_string()))?;
        self.community = replica.community();
        self.start(0, replica, store);
        self.nodes[0].joined = true;
        self.flush(0)
    }

    /// A device is enrolled by who may do it, in person, and begins with the charter and its certificate.
    pub(super) fn join(&mut self, n: usize) -> Checked {
        if self.nodes[n].joined {
            return Ok(());
        }
        let (issuer, role) = match self.nodes[n].role {
            Role::Founder => return Ok(()),
            Role::Office => (
                0,
                EnrolAs::Office {
                    name: "物业".into(),
                },
            ),
            Role::Household => (0, EnrolAs::Household { unit: unit(n) }),
            Role::Sibling(of) => (of, EnrolAs::Sibling),
            Role::Gate(number) => (0, EnrolAs::Gate { number }),
        };
        if !self.nodes[issuer].is_up() || self.nodes[issuer].gone {
            if !self.nodes[issuer].gone {
                self.heap.push(self.now + 2_000, Event::Join(n));
            }
            return Ok(());
        }
        let device = self.nodes[n].secrets.public();
        let what = What::Enrolled(device.sign);
        let certificate = self.write(issuer, what, |replica, now| {
            replica.enrol(now, &device, &role)
        })?;
        let Some(certificate) = certificate else {
            self.heap.push(self.now + 2_000, Event::Join(n));
            return Ok(());
        };
        let told = self.ledger.items.len() - 1;
        self.flush(issuer)?;
        if !self.ledger.items[told].told {
            // Nobody knows whether it was written: another try is made with other keys.
            self.fresh_keys(n);
            self.heap.push(self.now + 2_000, Event::Join(n));
            return Ok(());
        }
        let Some(up) = self.nodes[issuer].up.as_ref() else {
            return Ok(());
        };
        let chain = up.replica.authority().charter().chain();
        let epochs: Vec<Vec<u8>> = chain.iter().map(|h| h.bytes.clone()).collect();
        self.begin(n, &epochs, certificate.bytes())
    }

    fn begin(&mut self, n: usize, epochs: &[Vec<u8>], certificate: &[u8]) -> Checked {
        let now = self.at(n);
        let mut own = self.dice.fork();
        let node = &self.nodes[n];
        let joined = SharedStore::open(&node.disk, &node.secrets.db(), &mut own, true)
            .map_err(linli_node::replica::OpenFault::Store)
            .and_then(|store| {
                let (board, keys) = (Box::new(store.clone()), node.secrets.keys());
                let own = Box::new(own.fork());
                let replica = Replica::join(board, keys, own, epochs, certificate, now)?;
                Ok((replica, store))
            });
        let (replica, store) = match joined {
            Ok(both) => both,
            Err(fault) => return self.broken("L1", n, format!("cannot join: {fault}")),
        };
        self.trace.note(self.now, n, "joins", &[], String::new);
        self.start(n, replica, store);
        self.nodes[n].joined = true;
        match self.nodes[n].role {
            Role::Sibling(_) => self.sometimes.reached("second device of a household"),
            Role::Office => self.sometimes.reached("second office"),
            _ => {}
        }
        if self.net.cuts.iter().any(|c| c.lies) {
            self.sometimes.reached("joined while others were apart");
        }
        self.flush(n)?;
        self.befriend(n);
        Ok(())
    }

    fn fresh_keys(&mut self, n: usize) {
        let (role, skew) = (self.nodes[n].role, self.nodes[n].skew);
        self.nodes[n] = crate::node::Node::new(role, skew, &mut self.dice);
    }

    /// Whom a new node tries to reach: some of those who are there, and one at least.
    fn befriend(&mut self, n: usize) {
        let others: Vec<usize> = (0..self.nodes.len())
            .filter(|o| *o != n && self.nodes[*o].joined)
            .collect();
        let sure = self.dice.pick(&others).copied();
        for other in others {
            if Some(other) == sure || self.dice.chance(600) {
                self.net.edge(n, other);
            }
        }
        self.set_out(n);
    }
}
