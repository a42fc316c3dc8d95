//! One record: its admitted changes, and the only way another one gets in.

use super::engine;
use super::history::{Clock, History, Node};
use super::rows::Parsed;
use super::snapshot::Snapshot;
use super::trial::Trial;
use super::{Actor, ChangeHead, ChangeId, Limits, Refusal, Verdict, change};
use automerge::Automerge;
use std::collections::BTreeSet;
use std::fmt;

/// What the caller knows about a change before it is opened.
pub struct Expect<'a> {
    /// The actor id derived from the device that signed the entry and the record it names.
    pub actor: Actor,
    /// Whether the record's value at the change is sound; the text says what is not.
    pub schema: &'a dyn Fn(&Snapshot) -> Result<(), String>,
}

/// A change that is in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// What the change says about itself.
    pub head: ChangeHead,
    /// It was there before; nothing has changed.
    pub already: bool,
    /// The record's value at the change: in its own past, not beside concurrent changes.
    pub value: Snapshot,
}

/// The changes of one record, all admitted, and what they amount to.
///
/// A document is made by [`Doc::new`] and grows only by [`Doc::admit`]; nothing else puts a byte into it.
/// It keeps the chunks as they came, so they can be stored, relayed and verified. Automerge is asked only
/// from the second change on, and to write; reading goes through [`Doc::snapshot`].
///
/// ```
/// use linli_record::admission::{Doc, Expect, Scalar};
///
/// let actor = [7; 16];
/// let bytes = Doc::new().author(actor, |draft| draft.put("title", "停水通知"))?;
/// let mut record = Doc::new();
/// let needs_title = |value: &linli_record::admission::Snapshot| match value.str("title") {
///     Some(_) => Ok(()),
///     None => Err("a notice needs a title".to_owned()),
/// };
/// record.admit(&bytes, &Expect { actor, schema: &needs_title })?;
/// assert_eq!(record.snapshot().fields()["title"], vec![Scalar::from("停水通知")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Two documents are equal if they admitted the same changes in the same order.
#[derive(Clone)]
pub struct Doc {
    pub(super) history: History,
    pub(super) limits: Limits,
    /// Built when first needed; always made of exactly the changes in `history` when present.
    pub(super) engine: Option<Automerge>,
}

impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        self.history == other.history && self.limits == other.limits
    }
}

impl Eq for Doc {}

impl fmt::Debug for Doc {
    /// How much is in it, not what it says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Doc")
            .field("changes", &self.history.nodes.len())
            .field("heads", &self.history.heads.len())
            .finish_non_exhaustive()
    }
}

impl Default for Doc {
    fn default() -> Self {
        Self::new()
    }
}

impl Doc {
    /// A record without changes, under [`Limits::STANDARD`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(Limits::STANDARD)
    }

    /// A record without changes, under other limits (in tests).
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            history: History::new(),
            limits,
            engine: None,
        }
    }

    /// Rebuilds a record from changes that were admitted before, as [`Doc::save_changes`] gives them.
    ///
    /// The history is checked again, since that is how its index is made; schema and Automerge are not
    /// asked again. Automerge's document is built only when something needs it.
    ///
    /// # Errors
    /// [`Refusal`] where the stored bytes are damaged or out of order; the store is at fault, not a peer.
    pub fn from_admitted<'a>(changes: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Refusal> {
        let mut doc = Self::new();
        for bytes in changes {
            let parsed = change::parse(bytes, &doc.limits)?;
            let past = doc
                .history
                .closure(&parsed.head.deps)
                .map_err(|_| Refusal::Deps)?;
            let limits = doc.limits;
            doc.check_seq(&parsed.head)?;
            let _kept = doc.history.put(&parsed, bytes, past, &limits)?;
        }
        Ok(doc)
    }

    /// The admitted chunks in causal order, ready for [`Doc::from_admitted`].
    pub fn save_changes(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.history.nodes.iter().map(|node| node.bytes.as_slice())
    }

    /// The admitted changes in causal order.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = &ChangeHead> {
        self.history.nodes.iter().map(|node| &node.head)
    }

    /// Whether a change is in the record.
    #[must_use]
    pub fn has(&self, change: &ChangeId) -> bool {
        self.history.by_hash.contains_key(change)
    }

    /// Whether there is no change at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.history.nodes.is_empty()
    }

    /// The changes nothing builds on yet, ascending.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeId> {
        self.history.heads.iter().copied().collect()
    }

    /// The value of the record now, all branches together.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.history.snapshot(&self.history.now())
    }

    /// The value of the record at one of its changes, in that change's own past.
    #[must_use]
    pub fn snapshot_at(&self, change: &ChangeId) -> Option<Snapshot> {
        self.history
            .node(change)
            .map(|node| self.history.snapshot(&node.clock))
    }

    /// Judges one change and takes it in if it is sound.
    ///
    /// The verdict depends on the bytes, on `expect` and on the changes the bytes build on, not on what
    /// else is here; the one exception is [`Refusal::SeqTaken`], which needs a device that wrote two changes
    /// with one number, and such a device is stopped by its log.
    ///
    /// # Errors
    /// [`Verdict::Waiting`] if it builds on changes that are not here, [`Verdict::Void`] if it never gets
    /// in. The document is then exactly as it was before.
    pub fn admit(&mut self, bytes: &[u8], expect: &Expect<'_>) -> Result<Admitted, Verdict> {
        let parsed = change::parse(bytes, &self.limits)?;
        if parsed.head.actor != expect.actor {
            return Err(Refusal::WrongActor.into());
        }
        if let Some(value) = self.snapshot_at(&parsed.head.hash) {
            return Ok(Admitted {
                head: parsed.head,
                already: true,
                value,
            });
        }
        self.check_seq(&parsed.head)?;
        let past = self
            .history
            .closure(&parsed.head.deps)
            .map_err(|missing| Verdict::Waiting { missing })?;
        let before = self.history.heads.clone();
        let limits = self.limits;
        let trial = self.history.put(&parsed, bytes, past.clone(), &limits)?;
        match self.conclude(&parsed, bytes, expect, &past, &before) {
            Ok((value, engine)) => {
                self.engine = engine;
                Ok(Admitted {
                    head: parsed.head,
                    already: false,
                    value,
                })
            }
            Err(refusal) => {
                self.undo(trial);
                Err(refusal.into())
            }
        }
    }

    /// A number an actor has used stays used (A5, A6, A10).
    fn check_seq(&self, head: &ChangeHead) -> Result<(), Refusal> {
        if head.seq <= self.history.seq_of(&head.actor) {
            return Err(Refusal::SeqTaken { seq: head.seq });
        }
        Ok(())
    }

    /// Schema and Automerge, with the change already on top of the history.
    fn conclude(
        &self,
        parsed: &Parsed<'_>,
        bytes: &[u8],
        expect: &Expect<'_>,
        past: &Clock,
        before: &BTreeSet<ChangeId>,
    ) -> Result<(Snapshot, Option<Automerge>), Refusal> {
        let value = self.snapshot_at(&parsed.head.hash).unwrap_or_default();
        (expect.schema)(&value).map_err(Refusal::Schema)?;
        // The first change of a record has no past to clash with, and the parser has proven its encoding:
        // Automerge gets it together with the second. This is what makes an import of thousands cheap.
        if self.history.nodes.len() == 1 {
            return Ok((value, None));
        }
        let change = engine::decode(bytes, &parsed.head.hash)?;
        let deps = &parsed.head.deps;
        let engine = if before.iter().all(|head| deps.contains(head)) {
            // Nothing is beside it: its past is all there is, and no fork is needed.
            let past = match &self.engine {
                Some(engine) => engine.clone(),
                None => self.replay_all(self.history.nodes.len() - 1)?,
            };
            Some(engine::apply(past, change, &self.history.heads)?)
        } else {
            let own = BTreeSet::from([parsed.head.hash]);
            engine::apply(self.replay_past(past)?, change.clone(), &own)?;
            // A document that is not built yet need not be built for this.
            match self.engine.clone() {
                Some(engine) => Some(engine::apply(engine, change, &self.history.heads)?),
                None => None,
            }
        };
        Ok((value, engine))
    }

    fn undo(&mut self, trial: Trial) {
        self.history.take_back(trial);
    }

    /// Automerge's document after the first so many changes.
    pub(super) fn replay_all(&self, nodes: usize) -> Result<Automerge, Refusal> {
        engine::replay(
            self.history
                .nodes
                .iter()
                .take(nodes)
                .map(|node| node.bytes.as_slice()),
        )
    }

    /// The document as it was at a point of the history: `fork_at`, from the chunks we hold.
    fn replay_past(&self, past: &Clock) -> Result<Automerge, Refusal> {
        let inside = |node: &&Node| node.head.seq <= past.mark(node.actor).seq;
        engine::replay(
            self.history
                .nodes
                .iter()
                .filter(inside)
                .map(|node| node.bytes.as_slice()),
        )
    }
}
