//! What runs from time to time beside decisions: what an office states, what a gate makes of it, what is over.

use super::Owner;
use super::news::{self, acts_payload};
use crate::api::Fault;
use linli_charter::PrincipalKind;
use linli_pass::state::ClockState;

impl Owner {
    /// Offices say the time and which acts they have heard; gates take their clock and freshness from it.
    pub(crate) fn office_states(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let Ok(replica) = self.replica() else {
            return Ok(());
        };
        if replica.me().kind == PrincipalKind::Office {
            let payload = acts_payload(replica, now);
            replica.state(
                linli_charter::Topic::Acts,
                linli_base::PrincipalId::ZERO,
                payload,
            )?;
        }
        self.settle()
    }

    /// Compares the clock with what offices state. A gate keeps what it finds.
    pub(crate) fn compare_clock(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let Ok(replica) = self.replica() else {
            return Ok(());
        };
        if replica.me().kind == PrincipalKind::Gate {
            news::agree(replica, now)?;
        }
        let stated = news::stated_times(replica)?;
        self.seen.offices_stated(&stated, now);
        self.settle()
    }

    /// What runs from time to time beside decisions. At a gate counted refusals become a line, and the own time is
    /// written down while it is good; at whoever carries gates' logs old months go.
    pub(crate) fn gate_chores(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let kind = self.replica_ref().map(|r| r.me().kind);
        if matches!(kind, Ok(PrincipalKind::Office)) {
            return self.drop_old_months();
        }
        if !matches!(kind, Ok(PrincipalKind::Gate)) {
            return Ok(());
        }
        let judged = self.gate_clock(now)?.judge(now.wall.seconds());
        if judged.state == ClockState::Good {
            news::remember_good(self.replica()?, now)?;
        }
        self.settle()?;
        let logged = self.close_minute(now).and_then(|()| self.drop_old_months());
        match logged {
            // A gate whose keys have not arrived has no log yet.
            Err(fault) if fault.code == "no-scope-key" || fault.code == "gate-not-named" => Ok(()),
            other => other,
        }
    }
}
