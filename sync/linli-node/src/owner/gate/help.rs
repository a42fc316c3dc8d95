//! A gate that has heard a call for help tells the household, and writes it into its own log.

use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, OpFault, WriteFault};
use linli_base::{LaneClass, PrincipalId};
use linli_record::Fact;

impl Owner {
    /// In the gate's log, which its guards and the property desk read, and in the household's lane.
    pub(in crate::owner) fn gate_tells_house(
        &mut self,
        now: Now,
        caller: PrincipalId,
        fact: &Fact,
    ) -> Result<(), Fault> {
        let month_of = self.log_beside(now, fact)?;
        let replica = self.replica()?;
        let house = replica.lane(month_of, LaneClass::House, caller.scope());
        match replica.record_fact(now, house, fact) {
            // A household whose key has not arrived here is told by the property desk.
            Ok(_) | Err(OpFault::Write(WriteFault::NoScopeKey)) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }
}
