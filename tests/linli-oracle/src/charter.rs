//! Which epochs count: thresholds, rounds, members who signed twice (trust.md §3).

use crate::{Epoch, Member, Power, Set, State};
use linli_base::{DeviceId, EpochId};
use std::collections::BTreeSet;

type Keys = BTreeSet<DeviceId>;

/// Epochs that passed, a chain unless members sign twice.
pub(crate) struct Charter<'a> {
    /// Those that count; a tree while two of one number are not resolved.
    pub(crate) live: Vec<&'a Epoch>,
    /// And those that were not chosen: they say nothing any more, but entries cite them.
    all: Vec<&'a Epoch>,
}

impl<'a> Charter<'a> {
    /// §3: epoch 0 is the community and signed by all its members; the rest grows from it.
    pub(crate) fn of(set: &'a Set) -> Self {
        let mut charter = Self { live: Vec::new(), all: Vec::new() };
        for e in set.epochs.iter().filter(|e| e.number == 0 && e.id.0 == set.community.0) {
            if e.prev.is_none() && odd(e) && count(e, &signers(set, e.id, 0)) == e.members.len() {
                charter.grow(set, e, true);
            }
        }
        charter
    }

    fn grow(&mut self, set: &'a Set, e: &'a Epoch, live: bool) {
        self.all.push(e);
        self.live.extend(live.then_some(e));
        let next: Vec<_> = children(set, e).filter(|c| passed(set, e, c)).collect();
        let winners: Vec<_> = next.iter().filter(|c| chosen(set, e, c)).collect();
        for c in &next {
            self.grow(set, c, live && (winners.len() != 1 || winners[0] == c));
        }
    }

    /// §3 "powers for new entries are the intersection": the epoch cited, and the rivals of it and of
    /// what it stands on that are not resolved, or that it lost to: what was written before stays.
    pub(crate) fn judges(&self, cited: (u32, EpochId)) -> Vec<&'a Epoch> {
        let mut out = Vec::new();
        let mut at = self.all.iter().find(|z| (z.number, z.id) == cited);
        out.extend(at);
        while let Some(z) = at {
            let rivals = if self.live.contains(z) { &self.live } else { &self.all };
            out.extend(rivals.iter().filter(|y| y.prev == z.prev && y.id != z.id));
            at = self.all.iter().find(|y| Some(y.id) == z.prev);
        }
        out
    }

    /// The newest epoch; several while rivals are unresolved.
    pub(crate) fn newest(&self) -> Vec<&'a Epoch> {
        let last = |z: &&&Epoch| !self.live.iter().any(|y| y.prev == Some(z.id));
        self.live.iter().filter(last).copied().collect()
    }

    /// Whether an epoch says so and no unresolved rival of it fails to: for what gives power.
    pub(crate) fn grants(&self, says: impl Fn(&Epoch) -> bool) -> bool {
        self.live.iter().any(|z| self.judges((z.number, z.id)).iter().all(|y| says(y)))
    }

    /// Whether a device ever was an issuing key.
    pub(crate) fn ever_issuing(&self, d: DeviceId) -> bool {
        self.live.iter().any(|z| z.powers.contains(&(d, Power::Issuing)))
    }
}

/// §3 founding: n odd, m = floor(n/2)+1.
fn odd(e: &Epoch) -> bool {
    e.members.len() % 2 == 1
}

fn most(e: &Epoch) -> usize {
    e.members.len() / 2 + 1
}

/// §3: both keys of a member are the same member; one signature per member.
fn signed(x: &Member, by: &Keys) -> bool {
    by.contains(&x.0) || by.contains(&x.1)
}

fn count(e: &Epoch, by: &Keys) -> usize {
    e.members.iter().filter(|x| signed(x, by)).count()
}

fn signers(set: &Set, epoch: EpochId, round: u32) -> Keys {
    set.signatures.iter().filter(|s| (s.0, s.1) == (epoch, round)).map(|s| s.2).collect()
}

fn children<'a>(set: &'a Set, parent: &Epoch) -> impl Iterator<Item = &'a Epoch> {
    let below = (parent.number + 1, Some(parent.id));
    set.epochs.iter().filter(move |e| (e.number, e.prev) == below)
}

/// §3 root rule: in one round, the threshold of the old and of the new committee; a member's keys
/// change only by its paper key or by m other members.
fn passed(set: &Set, old: &Epoch, new: &Epoch) -> bool {
    let rounds: BTreeSet<_> = set.proposals.iter().filter(|p| p.0 == new.id).map(|p| p.1).collect();
    odd(new)
        && rounds.into_iter().any(|round| {
            let by = signers(set, new.id, round);
            let gone = |x: &&Member| !new.members.contains(x);
            let agrees = |x: &Member| {
                by.contains(&x.1) || count(old, &by) - usize::from(signed(x, &by)) >= most(old)
            };
            sound(set, old, (round, new.id))
                && count(old, &by) >= most(old)
                && count(new, &by) >= most(new)
                && old.members.iter().filter(gone).all(agrees)
        })
}

/// §3 rounds: only member r mod n proposes, above round 0 upon the states of others.
fn sound(set: &Set, old: &Epoch, (round, id): (u32, EpochId)) -> bool {
    let proposer = &old.members[round as usize % old.members.len()];
    let mut these = set.proposals.iter().filter(|p| (p.1, p.0) == (round, id));
    signed(proposer, &signers(set, id, round))
        && these.any(|p| round == 0 || rests(set, old, (round, id), &p.2))
}

/// §3 rounds: states of m members; it repeats the proposal of the highest signed round that could have
/// reached m. While two could it waits, and while a proposal that a state tells of is not held. What was
/// signed without being sound itself could have reached nothing.
fn rests(set: &Set, old: &Epoch, (round, id): (u32, EpochId), states: &BTreeSet<State>) -> bool {
    let told = |v: Option<&(u32, EpochId)>| {
        let states = states.iter().filter(|s| s.1 == round && v.is_none_or(|v| s.2.contains(v)));
        count(old, &states.map(|s| s.0).collect())
    };
    let silent = old.members.len() - told(None);
    let all = states.iter().filter(|s| s.1 == round).flat_map(|s| &s.2).filter(|v| v.0 < round);
    let could = all.clone().filter(|v| told(Some(v)) + silent >= most(old) && sound(set, old, **v));
    let could: BTreeSet<_> = could.collect();
    let held = |v: &(u32, EpochId)| set.proposals.iter().any(|p| (p.1, p.0) == *v);
    let top = could.last().map(|v| v.0);
    told(None) >= most(old)
        && all.clone().all(held)
        && could.iter().all(|v| Some(v.0) != top || v.1 == id)
}

/// §3: who signed two proposals of one round, or two choices, or told a state that leaves out what it
/// signed below.
fn twice(set: &Set, parent: &Epoch, x: &Member) -> bool {
    let among: BTreeSet<_> = children(set, parent).map(|e| e.id).collect();
    let mine = |id, key| among.contains(&id) && (key == x.0 || key == x.1);
    let votes: BTreeSet<_> =
        set.signatures.iter().filter(|s| mine(s.0, s.2)).map(|s| (s.1, s.0)).collect();
    let choices: BTreeSet<_> = set.choices.iter().filter(|c| mine(c.0, c.1)).map(|c| c.0).collect();
    let states = set.proposals.iter().flat_map(|p| p.2.iter().filter(|s| mine(p.0, s.0)));
    choices.len() > 1
        || votes.iter().any(|a| votes.iter().any(|b| a.0 == b.0 && a.1 != b.1))
        || states.into_iter().any(|s| votes.iter().any(|v| v.0 < s.1 && !s.2.contains(v)))
}

/// §3: members who signed once resolve it (m of them, or all that are left; none left: m paper keys).
fn chosen(set: &Set, parent: &Epoch, e: &Epoch) -> bool {
    let by: Keys = set.choices.iter().filter(|c| c.0 == e.id).map(|c| c.1).collect();
    let once: Vec<_> = parent.members.iter().filter(|x| !twice(set, parent, x)).collect();
    if once.is_empty() {
        return parent.members.iter().filter(|x| by.contains(&x.1)).count() >= most(parent);
    }
    once.iter().filter(|x| signed(x, &by)).count() >= most(parent).min(once.len())
}
