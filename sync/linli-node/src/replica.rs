//! A replica: one store, its standings, its logs, its links; advanced by inputs, without clock or dice of its own.
//!
//! Everything a person does here and everything that comes from a peer takes the same way (architecture.md
//! §3): verified, carried, put in its log, admitted, folded into rows, staged; then one commit, and only then
//! acknowledged and relayed. The tokio loop ([`crate::home`]) and the simulator drive the same code.

mod admit;
mod attached;
pub mod authoring;
mod branch;
mod fallback;
mod identity;
mod ingest;
mod keys;
mod layout;
mod letters;
mod library;
mod months;
mod open;
mod ops;
mod proof;
mod rebuild;
mod records;
mod rows;
mod staged;
mod statements;

pub use authoring::{About, WriteFault, Written};
pub use identity::Identity;
pub use open::{DeviceKeys, Founding, OpenFault, kind_of, read_identity_certificate};
pub use ops::{EnrolAs, NewDevice, OpFault};
pub use records::SCOPES;
pub(crate) use records::is_removed;

use crate::killpoint;
use library::{Shelf, Shelved};
use linli_base::time::Moment;
use linli_base::{CommunityId, DeviceId, Dice, Entry, LogKey, UnixMs};
use linli_charter::Authority;
use linli_keys::seal::{KexSecret, KeyId};
use linli_log::Logs;
use linli_protocol::hub::{Ctx, News, Output};
use linli_protocol::{Hub, Input, LinkId};
use linli_store::StoreFault;
use staged::{Pairs, Staged};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of devices or epochs not known yet, kept per author; more are asked for again at the next heads.
const ORPHANS_PER_DEVICE: usize = 64;
/// Authors we keep orphans of.
const ORPHAN_DEVICES: usize = 256;
/// Statements kept of one author who is not known yet: two of each topic, about.
const UNHEARD_PER_DEVICE: usize = 8;

/// What time it is: on the clock that never steps, and on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Now {
    /// Never steps.
    pub moment: Moment,
    /// What the wall clock says.
    pub wall: UnixMs,
}

/// Faults that the tests of the tests plant (quality.md T10). None is ever set by the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PlantedBugs {
    /// Local writes are acknowledged before they are committed.
    pub acknowledge_before_commit: bool,
    /// Peers are served what is only staged.
    pub send_before_persist: bool,
    /// An act takes effect only when its log has caught up with it.
    pub act_after_its_entry: bool,
    /// Entries that outrun their predecessors are forgotten, and heads are not exchanged again.
    pub hold_back_lost: bool,
    /// The order in which devices are served depends on the process, not on the data.
    pub hash_order: bool,
}

/// The replica. See the module's text.
pub struct Replica {
    me: Identity,
    authority: Authority,
    logs: Logs,
    hub: Hub,
    staged: Staged,
    shelf: Shelf,
    /// Acts and statements that are staged: on the shelf, where peers hear of them, once they are committed.
    fresh: library::Fresh,
    scope_keys: BTreeMap<KeyId, KexSecret>,
    news: News,
    judged: Vec<(LinkId, u64)>,
    orphans: BTreeMap<DeviceId, Vec<(Entry, Option<LinkId>)>>,
    /// Body of the entry being written, so that our own payload need not be unsealed again.
    own_body: Option<(linli_base::EntryId, Vec<u8>)>,
    refold: bool,
    learned: bool,
    /// Standings or keysets changed: look again for scope keys that are wrapped for us.
    relearn: bool,
    changed: BTreeSet<Topic>,
    /// Rows written since somebody asked, for whoever keeps an index of them.
    touched: Touched,
    /// What peers said they hold, since this program started.
    holds: BTreeMap<DeviceId, BTreeMap<LogKey, u32>>,
    /// Entries refused since the start, by reason: for `why` and `doctor`.
    refused: BTreeMap<String, u64>,
    /// Statements of authors not known yet, as they came.
    unheard: BTreeMap<DeviceId, Vec<Vec<u8>>>,
    ground: fallback::Ground,
    bugs: PlantedBugs,
    dice: Box<dyn Dice + Send>,
}

/// Rows written since [`Replica::take_touched`] was last called.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Touched {
    /// Any of them: nobody asked yet, or too many were.
    #[default]
    All,
    /// These, or fewer: what was taken back again is named too.
    Rows(BTreeSet<(linli_record::RowKind, linli_base::RecordId)>),
}

impl Touched {
    /// Rows that are remembered one by one.
    const MOST: usize = 50_000;

    /// Nothing.
    pub(crate) const fn none() -> Self {
        Self::Rows(BTreeSet::new())
    }

    /// Both of them.
    pub(crate) fn join(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::All, _) => {}
            (mine, Self::All) => *mine = Self::All,
            (Self::Rows(_), Self::Rows(rows)) => {
                for (kind, id) in rows {
                    self.note(kind, &id);
                }
            }
        }
    }

    fn note(&mut self, kind: linli_record::RowKind, id: &linli_base::RecordId) {
        if let Self::Rows(rows) = self {
            rows.insert((kind, *id));
            if rows.len() > Self::MOST {
                *self = Self::All;
            }
        }
    }
}

/// What a screen may want to draw anew.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    /// Community, devices.
    Status,
    /// Notices and confirmations.
    Notices,
    /// Passes, cancels, gate events.
    Passes,
    /// Posts and comments.
    Posts,
    /// Register.
    Register,
    /// Links and heads.
    Sync,
    /// Invitations that are open, and who knocks; no replica's, its owner's.
    Invites,
}

impl Replica {
    /// The community.
    #[must_use]
    pub const fn community(&self) -> CommunityId {
        self.me.community
    }

    /// Who this replica is.
    #[must_use]
    pub const fn me(&self) -> &Identity {
        &self.me
    }

    /// Standings.
    #[must_use]
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Links.
    #[must_use]
    pub const fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Entries refused since the start, by reason.
    #[must_use]
    pub const fn refused(&self) -> &BTreeMap<String, u64> {
        &self.refused
    }

    /// Entries that wait for a predecessor, an author or an epoch.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.logs.waiting() + self.orphans.values().map(Vec::len).sum::<usize>()
    }

    /// Plants a fault, for the tests of the tests.
    pub const fn plant(&mut self, bugs: PlantedBugs) {
        self.bugs = bugs;
    }

    /// Topics that changed since the last call.
    pub fn take_changed(&mut self) -> BTreeSet<Topic> {
        std::mem::take(&mut self.changed)
    }

    /// Rows written since the last call; from now on they are noted.
    pub fn take_touched(&mut self) -> Touched {
        std::mem::replace(&mut self.touched, Touched::Rows(BTreeSet::new()))
    }

    /// Closes the replica and gives its store back.
    #[must_use]
    pub fn close(self) -> Box<dyn linli_store::Store> {
        self.staged.into_store()
    }

    /// When to call [`Self::input`] with a tick if nothing else happens first.
    #[must_use]
    pub fn deadline(&self) -> Option<Moment> {
        let silent = self.bugs.hold_back_lost;
        self.hub.deadline().filter(|_| !silent)
    }

    /// Heads of all logs, staged ones included.
    #[must_use]
    pub fn heads(&self) -> &BTreeMap<LogKey, linli_log::Head> {
        self.logs.heads()
    }

    /// Advances by one input. What it stages is committed by [`Self::flush`]; what must be sent is in `out`.
    ///
    /// # Errors
    /// A fault of our own disk; the replica has then gone back to what is committed.
    pub fn input(
        &mut self,
        now: Now,
        input: Input,
        out: &mut Vec<Output>,
    ) -> Result<(), StoreFault> {
        if self.bugs.hold_back_lost && input == Input::Tick {
            return Ok(());
        }
        self.stand(now, out)?;
        self.note_link(&input);
        if let Err(fault) = self.take_in(now, input, out) {
            self.fall_back(now, out);
            return Err(fault);
        }
        if self.bugs.send_before_persist && self.staged.is_dirty() {
            self.announce(now, out);
        }
        Ok(())
    }

    fn take_in(&mut self, now: Now, input: Input, out: &mut Vec<Output>) -> Result<(), StoreFault> {
        let mut work = self.hub_step(now, input);
        while !work.is_empty() {
            let batch = std::mem::take(&mut work);
            for output in batch {
                self.ground.foreign |= is_judging(&output);
                match output {
                    Output::JudgeEntries {
                        link,
                        number,
                        entries,
                    } => {
                        self.judge_entries(now, link, &entries, out)?;
                        self.judged.push((link, number));
                    }
                    Output::JudgeActs(link, acts) => self.judge_acts(now, link, &acts)?,
                    Output::JudgeStatements(_, list) => self.judge_statements(&list)?,
                    Output::JudgeEpochs(_, list) => self.judge_epochs(now, &list)?,
                    Output::JudgeCertificate(_, bytes) => self.judge_certificate(now, &bytes)?,
                    other => self.emit(other, out),
                }
                if std::mem::take(&mut self.learned) {
                    work.extend(self.hub_step(now, Input::Learned));
                }
            }
        }
        Ok(())
    }

    /// Commits what is staged, then acknowledges and relays it.
    ///
    /// # Errors
    /// A fault of our own disk: nothing of what was staged counts, and the replica has gone back to what is
    /// committed.
    pub fn flush(&mut self, now: Now, out: &mut Vec<Output>) -> Result<(), StoreFault> {
        let stood = self.stand(now, out);
        let in_vain = self.take_in_vain();
        stood?;
        if in_vain {
            return Err(StoreFault::Io(std::io::ErrorKind::Other));
        }
        if let Err(fault) = self.commit(now) {
            self.fall_back(now, out);
            return Err(fault);
        }
        self.ground.foreign = false;
        out.append(&mut self.ground.after_commit);
        self.announce(now, out);
        self.ask_for_branches(now, out);
        if std::mem::take(&mut self.learned) {
            out.extend(self.hub_step(now, Input::Learned));
        }
        for (link, number) in std::mem::take(&mut self.judged) {
            out.extend(self.hub_step(now, Input::Judged(link, number)));
        }
        Ok(())
    }

    fn commit(&mut self, now: Now) -> Result<(), StoreFault> {
        if self.refold {
            self.settle_branches(now)?;
        }
        if std::mem::take(&mut self.relearn) {
            self.learn_keysets(now)?;
        }
        if std::mem::take(&mut self.refold) {
            self.rebuild_rows(now)?;
        }
        if self.staged.is_dirty() {
            killpoint::pass("before-commit");
            self.staged.commit()?;
            killpoint::pass("after-commit-before-ack");
        }
        Ok(())
    }

    /// Forgets what is staged: an order that could not be carried out whole leaves nothing behind.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn forget_staged(&mut self) -> Result<(), StoreFault> {
        if self.staged.is_dirty() {
            self.reload()
        } else {
            Ok(())
        }
    }

    /// A value of this device's own, never sent.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn local(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.staged.get(linli_store::Table::Local, key)
    }

    /// Values of this device's own whose keys begin with a prefix.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn locals(&self, prefix: &[u8]) -> Result<Pairs, StoreFault> {
        self.staged.rows(linli_store::Table::Local, prefix)
    }

    /// Stages a value of this device's own; `None` removes it.
    pub fn set_local(&mut self, key: &[u8], value: Option<&[u8]>) {
        match value {
            Some(value) => self.staged.put(linli_store::Table::Local, key, value),
            None => self.staged.delete(linli_store::Table::Local, key),
        }
    }

    /// A preview batch; `None` if there is none of that name.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn batch(&self, name: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        self.staged
            .get(linli_store::Table::Batches, name.as_bytes())
    }

    /// Names of all batches.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn batches(&self) -> Result<Vec<String>, StoreFault> {
        let rows = self.staged.rows(linli_store::Table::Batches, &[])?;
        Ok(rows
            .into_iter()
            .filter_map(|(key, _)| String::from_utf8(key).ok())
            .collect())
    }

    /// Stages a batch.
    pub fn set_batch(&mut self, name: &str, value: &[u8]) {
        self.staged
            .put(linli_store::Table::Batches, name.as_bytes(), value);
    }

    /// Whether a flush has something to do.
    #[must_use]
    pub fn needs_flush(&self) -> bool {
        self.staged.is_dirty() || !self.judged.is_empty() || self.refold || self.relearn
    }

    fn announce(&mut self, now: Now, out: &mut Vec<Output>) {
        self.shelf.acts.append(&mut self.fresh.acts);
        self.shelf.statements.append(&mut self.fresh.statements);
        self.shelf.forks.append(&mut self.fresh.forks);
        let mut news = std::mem::take(&mut self.news);
        if news == News::default() {
            return;
        }
        if self.bugs.hash_order {
            let process = std::hash::RandomState::new();
            news.logs
                .sort_by_key(|cut| std::hash::BuildHasher::hash_one(&process, cut.log));
        }
        for cut in &news.logs {
            let at = self.shelf.heads.entry(cut.log).or_insert((0, cut.id));
            if cut.seq > at.0 || self.fresh.turned.contains(&cut.log) {
                *at = (cut.seq, cut.id);
            }
        }
        self.fresh.turned.clear();
        out.extend(self.hub_step(now, Input::Persisted(news)));
    }

    fn hub_step(&mut self, now: Now, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        let library = Shelved {
            shelf: &self.shelf,
            store: self.staged.committed(),
            community: self.me.community,
        };
        let ctx = Ctx {
            now: now.moment,
            authority: &self.authority,
            library: &library,
        };
        self.hub.step(&ctx, input, &mut out);
        out
    }

    fn refuse(&mut self, why: impl Into<String>) {
        *self.refused.entry(why.into()).or_default() += 1;
    }

    fn note_changed(&mut self, changed: linli_charter::authority::Changed) {
        self.refold |= changed.limits;
        if changed.devices {
            self.learned = true;
            self.relearn = true;
            self.changed.insert(Topic::Status);
        }
    }
}

/// Whether an output asks for something of a peer's to be judged.
const fn is_judging(output: &Output) -> bool {
    matches!(
        output,
        Output::JudgeEntries { .. }
            | Output::JudgeActs(..)
            | Output::JudgeStatements(..)
            | Output::JudgeEpochs(..)
    )
}

impl std::fmt::Debug for Replica {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Replica({:?}, {} logs)",
            self.me,
            self.logs.heads().len()
        )
    }
}

#[cfg(test)]
mod tests;
