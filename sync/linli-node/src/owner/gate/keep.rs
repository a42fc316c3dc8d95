//! How long gates' logs are kept: the charter says how many months, and two clocks have to agree that they are over.
//!
//! A clock that is two years ahead must not empty the log. A gate goes by its own clock only while that is reliable;
//! an office only as far as some gate has begun a later month.

use super::Owner;
use crate::api::Fault;
use linli_base::{LaneClass, Period};
use linli_charter::PrincipalKind;
use linli_pass::state::ClockState;

impl Owner {
    /// Drops the months of gates' logs whose retention is over, and takes them out of the file.
    pub(super) fn drop_old_months(&mut self) -> Result<(), Fault> {
        let Some(month) = self.month_for_certain()? else {
            return Ok(());
        };
        let replica = self.replica_ref()?;
        let from = replica.kept_from(month);
        let old = replica.gate_months_before(from)?;
        if old.is_empty() {
            return Ok(());
        }
        // What this gate counted is carried over first.
        if replica.me().kind == PrincipalKind::Gate {
            let now = self.now();
            self.log_lines(now, None)?;
        }
        let replica = self.replica()?;
        for log in &old {
            replica.drop_gate_month(log)?;
        }
        self.gate_is_stale();
        self.settle()?;
        tracing::info!(logs = old.len(), "months of gates' logs are over and gone");
        Ok(self.replica()?.compact()?)
    }

    /// The month that runs, if it is certain that no earlier one does.
    fn month_for_certain(&mut self) -> Result<Option<Period>, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let offset = replica.authority().charter().newest().epoch.offset;
        let own = offset.month(now.wall.seconds());
        if replica.me().kind == PrincipalKind::Gate {
            let judged = self.gate_clock(now)?.judge(now.wall.seconds());
            let reliable = matches!(judged.state, ClockState::Good | ClockState::Drift);
            return Ok(reliable.then_some(own));
        }
        let of_gates = replica.heads().keys();
        let begun = of_gates
            .filter(|log| log.lane.class == LaneClass::GateLog)
            .map(|log| log.lane.period)
            .max();
        Ok(begun.map(|begun| own.min(begun)))
    }
}
