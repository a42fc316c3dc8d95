//! What people did, kept by the world itself: who was told "saved", and what follows from that.
//!
//! The ledger knows nothing of how a replica stores or judges. It notes what was asked for, where the entry
//! stands that it became, and whether the commit returned. The oracle (`oracle.rs`) says from it what
//! every replica has to show at the end.

use crate::node::Heads;
use linli_base::{DeviceId, EntryId, LogKey, PrincipalId, RecordId};
use linli_record::RecordKind;
use std::collections::BTreeMap;

/// What somebody did.
#[derive(Clone, Debug)]
pub enum What {
    /// Made a record; the text stands in it.
    Made(RecordKind, RecordId, String),
    /// Edited a record; the text stands in it now.
    Edited(RecordKind, RecordId, String),
    /// Commented on a record.
    Commented(RecordId, String),
    /// Reacted, claimed, unclaimed.
    Said,
    /// Closed their own post.
    Closed(RecordId),
    /// Made a pass.
    Granted([u8; 12]),
    /// Cancelled a pass.
    Cancelled,
    /// A gate noted something in its log; the text stands in it.
    Passed(String),
    /// A gate told a household of an arrival; the text stands in it.
    Arrived(PrincipalId, String),
    /// A gate carried counts over.
    Spent,
    /// Held a device at these heads.
    Held(DeviceId, BTreeMap<LogKey, u32>),
    /// Lifted these holds.
    Lifted(Vec<EntryId>),
    /// Revoked a device at these heads.
    Revoked(DeviceId, Heads),
    /// Erased a record.
    Erased(RecordId),
    /// Told an office how far a notice got.
    Received(RecordId),
    /// Enrolled a device.
    Enrolled(DeviceId),
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct Item {
    /// At which node.
    pub node: usize,
    /// By which device.
    pub device: DeviceId,
    /// Its principal.
    pub principal: PrincipalId,
    /// What.
    pub what: What,
    /// Where its entry stands; none for what is said in statements.
    pub place: Option<(LogKey, u32, EntryId)>,
    /// How many entries it became.
    pub entries: usize,
    /// Place of the first of them.
    pub first: u32,
    /// Whether the person was told "saved".
    pub told: bool,
    /// Put back to before it by a restored disk: nobody promised that it survives.
    pub rolled_back: bool,
}

/// The ledger.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// All items, in the order of the world.
    pub items: Vec<Item>,
}

impl Ledger {
    /// How many entries people were told are saved.
    #[must_use]
    pub fn told(&self) -> usize {
        self.items
            .iter()
            .filter(|i| i.told)
            .map(|i| i.entries)
            .sum()
    }

    /// How many kinds of thing were done and told.
    #[must_use]
    pub fn kinds(&self) -> usize {
        let all: std::collections::BTreeSet<String> = self
            .items
            .iter()
            .filter(|i| i.told)
            .map(|i| match &i.what {
                What::Made(kind, ..) => format!("made {kind}"),
                What::Edited(kind, ..) => format!("edited {kind}"),
                What::Commented(..) => "commented".into(),
                What::Said => "said".into(),
                What::Closed(..) => "closed".into(),
                What::Granted(..) => "granted".into(),
                What::Cancelled => "cancelled".into(),
                What::Passed(..) => "passed".into(),
                What::Arrived(..) => "arrived".into(),
                What::Spent => "spent".into(),
                What::Held(..) => "held".into(),
                What::Lifted(..) => "lifted".into(),
                What::Revoked(..) => "revoked".into(),
                What::Erased(..) => "erased".into(),
                What::Received(..) => "received".into(),
                What::Enrolled(..) => "enrolled".into(),
            })
            .collect();
        all.len()
    }

    /// Records of a kind that were made, with who made them.
    pub fn made(&self, kind: RecordKind) -> impl Iterator<Item = (RecordId, &Item)> {
        self.items.iter().filter_map(move |i| match &i.what {
            What::Made(k, id, _) if *k == kind => Some((*id, i)),
            _ => None,
        })
    }
}
