//! Passes and gates: grants, cancels, what a gate writes down and whom it tells.

use super::SECRET;
use crate::ledger::What;
use crate::options::Role;
use crate::world::{Checked, World};
use linli_base::{Dice, EntryKind, LaneClass, Private, ScopeId, UnixSec};
use linli_node::replica::{About, OpFault};
use linli_pass::{Claims, Cti, Grant, Kind};
use linli_record::Fact;
use linli_record::fact::{GateEvent, GateResult, Spend};

impl World {
    pub(super) fn grant(&mut self, n: usize) -> Checked {
        if self.is_sibling(n) {
            // A device that a household introduced itself has no power to grant yet.
            return Ok(());
        }
        let label = self.text(SECRET);
        let cti: [u8; 12] = self.dice.bytes();
        let office = self.nodes[n].role.is_office();
        let gates = ScopeId::gates(&self.community);
        self.write(n, What::Granted(cti), |replica, now| {
            let at = now.wall.seconds().0;
            let grant = Grant::new(Claims {
                iss: replica.me().principal.issuer_text(office),
                aud: vec![replica.community().short()],
                exp: UnixSec(at + 7_200),
                nbf: UnixSec(at),
                iat: UnixSec(at),
                cti: Cti(cti),
                holder: None,
                host_unit: None,
                kind: Kind::Person,
                entries: 1,
                companions: 0,
                plate: None,
                windows: vec![],
                gates: vec![1],
                label: Some(Private::new(label)),
                pin_tag: None,
            })
            .map_err(|_| OpFault::Bad("these claims are no pass"))?;
            let fact = Fact::Grant(linli_record::fact::Grant {
                claims: Private::new(grant.encode()),
                short_code: true,
            });
            let lane = replica.lane(now, LaneClass::Pass, gates);
            replica.record_fact(now, lane, &fact)
        })?;
        Ok(())
    }

    /// Cancels a pass of one's own principal; the founder's office any.
    pub(super) fn cancel(&mut self, n: usize) -> Checked {
        let me = self.principal(n);
        let any = self.nodes[n].role == Role::Founder;
        let passes: Vec<[u8; 12]> = self
            .ledger
            .items
            .iter()
            .filter(|i| any || Some(i.principal) == me)
            .filter_map(|i| match i.what {
                What::Granted(cti) => Some(cti),
                _ => None,
            })
            .collect();
        let Some(cti) = self.dice.pick(&passes).copied() else {
            return Ok(());
        };
        let gates = ScopeId::gates(&self.community);
        self.write(n, What::Cancelled, |replica, now| {
            let lane = replica.lane(now, LaneClass::Pass, gates);
            let about = About::Of(Cti(cti).act_target());
            let body = linli_base::cbor::Value::Map(vec![]).encode();
            Ok(replica.write(now, EntryKind::CANCEL, lane, about, &body)?)
        })?;
        Ok(())
    }

    fn event(&mut self, n: usize, label: &str) -> GateEvent {
        let number = match self.nodes[n].role {
            Role::Gate(number) => number,
            _ => 0,
        };
        let at = self.at(n).wall.seconds().0;
        let mut event = GateEvent::new(at, number, GateResult::Admit);
        event.label = Some(Private::new(label.to_owned()));
        event
    }

    pub(super) fn gate_event(&mut self, n: usize) -> Checked {
        let label = self.text(SECRET);
        let event = self.event(n, &label);
        let gates = ScopeId::gates(&self.community);
        self.write(n, What::Passed(label), |replica, now| {
            let lane = replica.lane(now, LaneClass::GateLog, gates);
            replica.record_fact(now, lane, &Fact::GateEvent(event))
        })?;
        Ok(())
    }

    /// A gate tells a household of an arrival, in the household's own lane.
    pub(super) fn arrival(&mut self, n: usize) -> Checked {
        let households: Vec<_> = (0..self.nodes.len())
            .filter(|h| self.nodes[*h].role == Role::Household && self.nodes[*h].joined)
            .map(|h| {
                linli_base::PrincipalId::of_first_device(&self.community, &self.nodes[h].device)
            })
            .collect();
        let Some(of) = self.dice.pick(&households).copied() else {
            return Ok(());
        };
        let label = self.text(SECRET);
        let event = self.event(n, &label);
        self.write(n, What::Arrived(of, label), |replica, now| {
            let lane = replica.lane(now, LaneClass::House, of.scope());
            replica.record_fact(now, lane, &Fact::GateEvent(event))
        })?;
        Ok(())
    }

    pub(super) fn spent(&mut self, n: usize) -> Checked {
        let spend = Spend {
            cti: self.dice.bytes(),
            count: 1,
            exp_s: self.at(n).wall.seconds().0,
        };
        let gates = ScopeId::gates(&self.community);
        self.write(n, What::Spent, |replica, now| {
            let lane = replica.lane(now, LaneClass::GateLog, gates);
            replica.record_fact(now, lane, &Fact::Spent(vec![spend]))
        })?;
        Ok(())
    }
}
