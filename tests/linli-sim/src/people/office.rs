//! What offices do: notices, the register, holds and revocations.

use super::{OPEN, SECRET};
use crate::ledger::What;
use crate::node::{Heads, heads_of};
use crate::options::Role;
use crate::world::{Checked, World};
use linli_base::{LogKey, Private};
use linli_record::RecordKind;
use linli_record::draft::{Earlier, NoticeDraft, PersonDraft, RoomDraft};
use std::collections::BTreeMap;

impl World {
    pub(super) fn notice(&mut self, n: usize) -> Checked {
        let title = self.text(OPEN);
        let draft = NoticeDraft {
            title: title.clone(),
            body: "今天15时至18时".into(),
            confirm: true,
            ..NoticeDraft::default()
        };
        self.make(n, RecordKind::Notice, title, |actor| draft.change(actor))
    }

    /// Corrects an earlier notice of this office, or takes it back.
    pub(super) fn correct(&mut self, n: usize, back: bool) -> Checked {
        let own = self.own(n, RecordKind::Notice);
        let Some(notice) = self.dice.pick(&own).copied() else {
            return Ok(());
        };
        let title = self.text(OPEN);
        let earlier = if back {
            Earlier::Retracts {
                notice,
                reason: "改期".into(),
            }
        } else {
            Earlier::Corrects(notice)
        };
        let draft = NoticeDraft {
            title: title.clone(),
            earlier: Some(earlier),
            ..NoticeDraft::default()
        };
        self.make(n, RecordKind::Notice, title, |actor| draft.change(actor))
    }

    pub(super) fn skeleton(&mut self, n: usize) -> Checked {
        let room = self.text("");
        let draft = RoomDraft {
            building: "3".into(),
            stair: "2".into(),
            room: room.clone(),
            ..RoomDraft::default()
        };
        self.make(n, RecordKind::Room, room, |actor| draft.change(actor))
    }

    pub(super) fn register(&mut self, n: usize) -> Checked {
        let name = self.text(SECRET);
        let draft = PersonDraft {
            name: Private::new(name.clone()),
            unit: Private::new("3-2-501".into()),
            note: Some(Private::new(name.clone())),
            ..PersonDraft::default()
        };
        self.make(n, RecordKind::Person, name, |actor| draft.change(actor))
    }

    /// Heads of a device's logs as a node knows them.
    fn cuts_at(&self, n: usize, device: &linli_base::DeviceId) -> Heads {
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Heads::new();
        };
        let mut heads = heads_of(&up.replica);
        heads.retain(|log, _| log.device == *device);
        heads
    }

    fn heads_at(&self, n: usize, device: &linli_base::DeviceId) -> BTreeMap<LogKey, u32> {
        let cuts = self.cuts_at(n, device);
        cuts.into_iter().map(|(log, (seq, _))| (log, seq)).collect()
    }

    /// The founder holds any device, a household's device its sibling.
    pub(super) fn hold(&mut self, n: usize) -> Checked {
        if !self.plan.holds {
            return Ok(());
        }
        let targets: Vec<usize> = (1..self.nodes.len())
            .filter(|t| *t != n && self.nodes[*t].joined && !self.nodes[*t].gone)
            .filter(|t| self.nodes[n].role == Role::Founder || self.home_of(*t) == self.home_of(n))
            .filter(|t| !self.nodes[*t].role.is_gate() || self.nodes[n].role == Role::Founder)
            .collect();
        let Some(target) = self.dice.pick(&targets).copied() else {
            return Ok(());
        };
        let device = self.nodes[target].device;
        if self.needs_flush(n) {
            self.flush(n)?;
        }
        let heads = self.heads_at(n, &device);
        self.write(n, What::Held(device, heads), |replica, now| {
            replica.hold(now, &device, "丢失")
        })?;
        Ok(())
    }

    /// The founder lifts all holds on a device; a household's device those that it laid itself.
    pub(super) fn lift(&mut self, n: usize) -> Checked {
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Ok(());
        };
        let founder = self.nodes[n].role == Role::Founder;
        let held: Vec<_> = self
            .nodes
            .iter()
            .map(|node| node.device)
            .filter(|device| {
                let mut on = up.replica.authority().holds_on(device);
                let me = self.nodes[n].device;
                on.next().is_some()
                    && up
                        .replica
                        .authority()
                        .holds_on(device)
                        .all(|(_, h)| founder || h.by == me)
            })
            .collect();
        let Some(device) = self.dice.pick(&held).copied() else {
            return Ok(());
        };
        let Some(up) = self.nodes[n].up.as_ref() else {
            return Ok(());
        };
        let ids: Vec<_> = up
            .replica
            .authority()
            .holds_on(&device)
            .map(|(id, _)| *id)
            .collect();
        let lifted = self.write(n, What::Lifted(ids), |replica, now| {
            replica.lift(now, &device)
        })?;
        if lifted.is_some() {
            self.sometimes.reached("hold lifted");
        }
        Ok(())
    }

    /// The founder revokes a device at the heads it knows.
    pub(crate) fn revoke(&mut self, target: usize) -> Checked {
        if self.healing || !self.nodes[target].joined || self.nodes[target].gone {
            return Ok(());
        }
        if !self.nodes[0].is_up() {
            return Ok(());
        }
        let device = self.nodes[target].device;
        if self.needs_flush(0) {
            self.flush(0)?;
        }
        let heads = self.cuts_at(0, &device);
        let revoked = self.write(0, What::Revoked(device, heads), |replica, now| {
            replica.revoke(now, &device, "丢失")
        })?;
        if revoked.is_some() {
            self.nodes[target].gone = true;
        }
        Ok(())
    }

    /// Whether a node has something to commit.
    pub(crate) fn needs_flush(&self, n: usize) -> bool {
        self.nodes[n]
            .up
            .as_ref()
            .is_some_and(|up| up.replica.needs_flush())
    }
}
