//! A gate that has heard a call for help tells the household, and writes it into its own log.

use super::book;
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, OpFault, WriteFault};
use linli_base::{LaneClass, PrincipalId, ScopeId};
use linli_record::Fact;

impl Owner {
    /// In the gate's log, which its guards and the property desk read, and in the household's lane.
    pub(in crate::owner) fn gate_tells_house(
        &mut self,
        now: Now,
        caller: PrincipalId,
        fact: &Fact,
    ) -> Result<(), Fault> {
        // As every line of the log: a clock that is far behind writes into no month that is over.
        let floor = self.gate_clock(now)?.floor;
        let month_of = Now {
            wall: now.wall.max(floor.ms()),
            ..now
        };
        let replica = self.replica()?;
        let gates = ScopeId::gates(&replica.community());
        let log = replica.lane(month_of, LaneClass::GateLog, gates);
        for spent in book::month_opening(replica, now, log)? {
            replica.record_fact(now, log, &Fact::Spent(spent))?;
        }
        replica.record_fact(now, log, fact)?;
        let house = replica.lane(month_of, LaneClass::House, caller.scope());
        match replica.record_fact(now, house, fact) {
            // A household whose key has not arrived here is told by the property desk.
            Ok(_) | Err(OpFault::Write(WriteFault::NoScopeKey)) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }
}
