//! Authority logs as held: all branches, and which of them counts.
//!
//! A log is single-writer, so two entries at one place prove that its key is used twice. The log then counts
//! up to the place before, unless a cut-off or checkpoint names an entry at or above it: that selects the
//! branch which the named entry continues (trust.md §5, rule 2).

use super::given::Cited;
use crate::act::{Cut, Keyset};
use crate::cert::Certificate;
use linli_base::{DeviceId, EntryId, LaneClass, LaneKey, LogKey, Period, ScopeId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

/// The authority log of a device.
pub(super) const fn authority_log(device: DeviceId) -> LogKey {
    LogKey {
        device,
        lane: LaneKey {
            class: LaneClass::Authority,
            scope: ScopeId::ZERO,
            period: Period::NONE,
        },
    }
}

/// One entry of an authority log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Step {
    pub prev: EntryId,
    pub cited: Cited,
    pub body: StepBody,
}

/// What it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum StepBody {
    Enrol {
        certificate: Box<Certificate>,
        /// Whether the log's own device signed the certificate.
        own: bool,
        kex: [u8; 32],
        net: [u8; 32],
    },
    Keyset(Keyset),
    Other,
}

/// All entries held of one authority log.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    at: BTreeMap<u32, BTreeMap<EntryId, Step>>,
    /// Places from 1 on at which an entry names the one before. Asked of logs without forks only, where each place
    /// holds one.
    plain: u32,
    /// Places that hold an enrolment.
    enrols: BTreeSet<u32>,
    /// Places that hold a keyset.
    keysets: BTreeSet<u32>,
}

impl Steps {
    /// Returns whether it is new.
    pub(super) fn insert(&mut self, seq: u32, id: EntryId, step: Step) -> bool {
        let here = self.at.entry(seq).or_default();
        if here.contains_key(&id) {
            return false;
        }
        match &step.body {
            StepBody::Enrol { .. } => {
                self.enrols.insert(seq);
            }
            StepBody::Keyset(_) => {
                self.keysets.insert(seq);
            }
            StepBody::Other => {}
        }
        here.insert(id, step);
        while let Some(next) = self.plain.checked_add(1)
            && self
                .only(next)
                .is_some_and(|(_, s)| s.prev == self.id_before(next))
        {
            self.plain = next;
        }
        true
    }

    pub(super) fn has_enrols(&self) -> bool {
        !self.enrols.is_empty()
    }

    pub(super) fn enrols_above(&self, seq: u32) -> bool {
        self.enrols.last().is_some_and(|last| *last > seq)
    }

    pub(super) fn has_keysets(&self) -> bool {
        !self.keysets.is_empty()
    }

    fn only(&self, seq: u32) -> Option<(&EntryId, &Step)> {
        let here = self.at.get(&seq)?;
        here.first_key_value().filter(|_| here.len() == 1)
    }

    /// Id of the entry before a plain place.
    fn id_before(&self, seq: u32) -> EntryId {
        seq.checked_sub(1)
            .and_then(|s| self.only(s))
            .map_or(EntryId::ZERO, |(id, _)| *id)
    }

    /// Ids from `from` down to its first entry, as far as they are held without a gap.
    pub(super) fn line(&self, from: &Cut) -> BTreeMap<u32, EntryId> {
        let mut line = BTreeMap::new();
        let (mut seq, mut id) = (from.seq, from.id);
        while let Some(step) = self.at.get(&seq).and_then(|here| here.get(&id)) {
            line.insert(seq, id);
            (seq, id) = (seq - 1, step.prev);
        }
        line
    }
}

/// What stands at a place of the branch that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place<'a> {
    /// This entry.
    Held(&'a EntryId, &'a Step),
    /// Nothing that is known yet.
    Open,
    /// Nothing: the log stops below.
    Closed,
}

/// The branch of a log that counts.
#[derive(Debug)]
pub(super) struct Branch<'a> {
    steps: Option<&'a Steps>,
    /// Ids from place 1 on, where they had to be chosen; else the log is plain.
    chosen: Option<Vec<EntryId>>,
    /// First place that is closed for good.
    closed: Option<u32>,
}

impl<'a> Branch<'a> {
    /// Follows a log from its first entry. `forks` are the places known to be forked, `selectors` what names a
    /// branch: the cut-off first, then the checkpoint.
    pub(super) fn of(
        steps: Option<&'a Steps>,
        forks: Option<&BTreeSet<u32>>,
        selectors: &[Cut],
    ) -> Self {
        let reach = selectors.iter().map(|c| c.seq).max().unwrap_or(0);
        let closed = forks.and_then(|f| f.range((Excluded(reach), Unbounded)).next().copied());
        let Some(held) = steps else {
            return Self {
                steps,
                chosen: None,
                closed,
            };
        };
        let forked = forks.is_some_and(|f| !f.is_empty());
        let strays = selectors.iter().any(|c| {
            held.only(c.seq)
                .is_some_and(|(id, _)| !c.id.is_zero() && *id != c.id)
        });
        let mut out = Self {
            steps,
            chosen: None,
            closed,
        };
        if forked || strays {
            out.choose(held, forks, selectors);
        }
        out
    }

    fn choose(&mut self, held: &Steps, forks: Option<&BTreeSet<u32>>, selectors: &[Cut]) {
        let lines: Vec<_> = selectors.iter().map(|c| (c, held.line(c))).collect();
        let mut ids: Vec<EntryId> = Vec::new();
        let mut last = EntryId::ZERO;
        for seq in 1.. {
            let Some(here) = held.at.get(&seq) else { break };
            let forked = here.len() > 1 || forks.is_some_and(|f| f.contains(&seq));
            let mut id = if forked { None } else { here.keys().next() };
            for (selector, line) in lines.iter().filter(|(c, _)| c.seq >= seq) {
                let named = line.get(&seq);
                if named.is_some() || (selector.seq == seq && !selector.id.is_zero()) {
                    // Named, or named and not here: then what is held is another branch.
                    id = named;
                    break;
                }
            }
            let follows = |id: &&EntryId| here.get(*id).is_some_and(|s| s.prev == last);
            let Some(id) = id.filter(follows).copied() else {
                break;
            };
            ids.push(id);
            last = id;
        }
        self.chosen = Some(ids);
    }

    /// What stands at a place.
    pub(super) fn at(&self, seq: u32) -> Place<'a> {
        if self.closed.is_some_and(|from| seq >= from) {
            return Place::Closed;
        }
        let Some(steps) = self.steps else {
            return Place::Open;
        };
        let found = match &self.chosen {
            Some(ids) => (seq as usize)
                .checked_sub(1)
                .and_then(|at| ids.get(at))
                .and_then(|id| steps.at.get(&seq)?.get_key_value(id)),
            None if seq <= steps.plain => steps.only(seq),
            None => None,
        };
        found.map_or(Place::Open, |(id, step)| Place::Held(id, step))
    }

    /// Highest place held without a hole.
    pub(super) fn head(&self) -> u32 {
        let held = match (&self.chosen, self.steps) {
            (Some(ids), _) => u32::try_from(ids.len()).unwrap_or(u32::MAX),
            (None, Some(steps)) => steps.plain,
            (None, None) => 0,
        };
        held.min(self.closed.map_or(u32::MAX, |at| at - 1))
    }

    /// Enrolments that count, in order.
    pub(super) fn enrols(&self) -> impl Iterator<Item = (u32, &'a Step)> {
        self.held(
            self.steps
                .into_iter()
                .flat_map(|s| s.enrols.iter().copied()),
        )
    }

    /// Keysets that count, in order.
    pub(super) fn keysets(&self) -> impl Iterator<Item = (u32, &'a Step)> {
        self.held(
            self.steps
                .into_iter()
                .flat_map(|s| s.keysets.iter().copied()),
        )
    }

    fn held(&self, places: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, &'a Step)> {
        places.filter_map(|seq| match self.at(seq) {
            Place::Held(_, step) => Some((seq, step)),
            Place::Open | Place::Closed => None,
        })
    }
}
