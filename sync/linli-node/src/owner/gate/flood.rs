//! Too many refusals in a minute: beyond [`LISTED`] lines they are counted, and the minute leaves one line with the
//! count. So whoever holds rubbish before the camera, or types numbers all night, cannot fill the gate's log
//! (docs/decisions/0015-refusals-are-counted.md).
//!
//! Whoever is let in, by the gate or by a guard, always has a line. What is counted is as durable as a line: the count
//! is committed before the scan is answered, in one value that is written over, and becomes a line when its minute is
//! over or, after a kill, with the next line of the log.

use super::own_gate;
use crate::api::Fault;
use crate::owner::Owner;
use crate::replica::{Now, Replica};
use linli_base::time::Moment;
use linli_pass::{Decision, Scan, Verdict, What};
use linli_record::fact::{GateEvent, GateResult};
use std::collections::BTreeMap;

/// Refusals that have a line of their own, a minute. More people do not come through one gate.
const LISTED: usize = 20;
/// Of one pass, when there are more than that.
const OF_ONE_PASS: u8 = 3;
/// How long a minute is.
const MINUTE_MS: u64 = 60_000;
/// `Local`: the refusals counted since the last line about them, see [`Counted::to_bytes`].
pub(super) const COUNTED: &[u8] = b"r";

/// Refusals without a line of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Counted {
    pub(super) since_s: u64,
    pub(super) last_s: u64,
    pub(super) count: u32,
    /// Their code, if all had the same.
    pub(super) code: Option<String>,
}

impl Counted {
    /// since 8 ‖ last 8 ‖ count 4 ‖ code.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.since_s.to_be_bytes().to_vec();
        out.extend_from_slice(&self.last_s.to_be_bytes());
        out.extend_from_slice(&self.count.to_be_bytes());
        out.extend_from_slice(self.code.as_deref().unwrap_or_default().as_bytes());
        out
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (since, rest) = bytes.split_first_chunk::<8>()?;
        let (last, rest) = rest.split_first_chunk::<8>()?;
        let (count, code) = rest.split_first_chunk::<4>()?;
        Some(Self {
            since_s: u64::from_be_bytes(*since),
            last_s: u64::from_be_bytes(*last),
            count: u32::from_be_bytes(*count),
            code: String::from_utf8(code.to_vec())
                .ok()
                .filter(|code| !code.is_empty()),
        })
    }

    fn line(self, gate: u8) -> GateEvent {
        GateEvent {
            code: self.code,
            count: Some(self.count),
            since_s: Some(self.since_s),
            ..GateEvent::new(self.last_s, gate, GateResult::Refused)
        }
    }
}

/// The minute that runs, in this program's memory.
#[derive(Debug, Default)]
pub(crate) struct Flood {
    began: Option<Moment>,
    lines: usize,
    /// Lines of each pass in this minute, and the newest of them.
    passes: BTreeMap<[u8; 12], (u8, String)>,
}

impl Flood {
    /// Begins a new minute when the last is over.
    fn turn(&mut self, now: Moment) {
        if self.over(now) {
            *self = Self {
                began: Some(now),
                ..Self::default()
            };
        }
    }

    /// Whether no minute runs.
    fn over(&self, now: Moment) -> bool {
        self.began
            .is_none_or(|began| now.0.saturating_sub(began.0) >= MINUTE_MS)
    }

    /// Whether another refusal has a line of its own.
    fn lists(&self, cti: Option<&[u8; 12]>) -> bool {
        let of_pass = |cti| self.passes.get(cti).map_or(0, |(lines, _)| *lines);
        self.lines < LISTED || cti.is_some_and(|cti| of_pass(cti) < OF_ONE_PASS)
    }

    fn listed(&mut self, cti: Option<[u8; 12]>, id: &str) {
        self.lines += 1;
        if let Some(cti) = cti {
            let held = self.passes.entry(cti).or_default();
            *held = (held.0.saturating_add(1), id.to_owned());
        }
    }
}

/// What counted refusals are stored here that are no line yet.
fn counted(replica: &Replica) -> Result<Option<Counted>, Fault> {
    let bytes = replica.local(COUNTED)?;
    Ok(bytes.as_deref().and_then(Counted::from_bytes))
}

impl Owner {
    /// Writes a decision down, durably, and gives the line that it is in: its own; or, of a pass that was refused too
    /// often in this minute, the last one of that pass. None: it was only counted.
    pub(super) fn write_down(
        &mut self,
        now: Now,
        scan: &Scan,
        decision: &Decision,
        nonce: Option<[u8; 16]>,
        courier: bool,
    ) -> Result<Option<String>, Fault> {
        self.gate_flood.turn(now.moment);
        let by_person = matches!(scan.what, What::WalkIn { .. });
        if decision.opens || decision.verdict == Verdict::Admit || nonce.is_some() || by_person {
            return self
                .log_decision(now, scan, decision, nonce, courier)
                .map(Some);
        }
        let cti = decision.cti.map(|c| c.0);
        if self.gate_flood.lists(cti.as_ref()) {
            let id = self.log_decision(now, scan, decision, nonce, courier)?;
            self.gate_flood.listed(cti, &id);
            return Ok(Some(id));
        }
        self.count_refusal(now, decision)?;
        let last = cti.and_then(|cti| self.gate_flood.passes.get(&cti));
        Ok(last.map(|(_, id)| id.clone()))
    }

    fn count_refusal(&mut self, now: Now, decision: &Decision) -> Result<(), Fault> {
        let (at, code) = (now.wall.seconds().0, decision.code().map(|c| c.as_str()));
        let replica = self.replica()?;
        // A refusal of a device that is no gate has no place to be counted in.
        own_gate(replica)?;
        let sum = match counted(replica)? {
            None => Counted {
                since_s: at,
                last_s: at,
                count: 1,
                code: code.map(str::to_owned),
            },
            Some(held) => Counted {
                last_s: at,
                count: held.count.saturating_add(1),
                code: held.code.filter(|held| Some(held.as_str()) == code),
                ..held
            },
        };
        replica.set_local(COUNTED, Some(&sum.to_bytes()));
        self.settle()
    }

    /// The line about counted refusals that has to be written now: their minute is over, or it ran in a program that
    /// has ended.
    pub(super) fn due_refusals(&self, now: Now, gate: u8) -> Result<Option<GateEvent>, Fault> {
        if !self.gate_flood.over(now.moment) {
            return Ok(None);
        }
        let sum = counted(self.replica_ref()?)?;
        Ok(sum.map(|sum| sum.line(gate)))
    }

    /// Writes that line if it is due, when nothing else is being written.
    pub(super) fn close_minute(&mut self, now: Now) -> Result<(), Fault> {
        let replica = self.replica_ref()?;
        if !self.gate_flood.over(now.moment) || counted(replica)?.is_none() {
            return Ok(());
        }
        self.log_lines(now, None).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_of_a_count_is_read_again() {
        for code in [None, Some("E_SIG".to_owned())] {
            let sum = Counted {
                since_s: 5,
                last_s: 64,
                count: 481,
                code,
            };
            assert_eq!(Counted::from_bytes(&sum.to_bytes()), Some(sum));
        }
        assert_eq!(Counted::from_bytes(&[0; 19]), None);
    }

    #[test]
    fn a_minute_lists_so_many_and_a_few_more_of_each_pass_it_proved() {
        let mut minute = Flood::default();
        minute.turn(Moment(1_000));
        for n in 0..LISTED {
            assert!(minute.lists(None), "{n}");
            minute.listed(None, "e");
        }
        assert!(!minute.lists(None));
        let pass = [7; 12];
        for _ in 0..OF_ONE_PASS {
            assert!(minute.lists(Some(&pass)));
            minute.listed(Some(pass), "e");
        }
        assert!(!minute.lists(Some(&pass)) && minute.lists(Some(&[8; 12])));
        minute.turn(Moment(60_999));
        assert!(!minute.lists(None));
        minute.turn(Moment(61_000));
        assert!(minute.lists(None) && minute.lists(Some(&pass)));
    }
}
