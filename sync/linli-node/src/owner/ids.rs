//! Ids as people type them: whole, or an unambiguous beginning.

use super::Owner;
use crate::api::Fault;
use linli_base::{DeviceId, RecordId};
use linli_record::RowKind;

/// Shortest beginning that is accepted, without the letter and colon.
const PREFIX_MIN: usize = 6;

/// Finds the one of `all` that `typed` names.
pub(crate) fn pick<T: Copy + Eq>(
    typed: &str,
    letter: &str,
    all: impl Iterator<Item = T>,
    text: impl Fn(&T) -> String,
) -> Result<T, Fault> {
    let typed = typed.trim();
    let wanted = if typed.contains(':') {
        typed.to_owned()
    } else {
        format!("{letter}:{typed}")
    };
    if wanted.len() < PREFIX_MIN + 2 {
        return Err(Fault::input("id-too-short").with("id", typed));
    }
    let mut found: Option<T> = None;
    for item in all {
        if text(&item).starts_with(&wanted) {
            if found.is_some_and(|f| f != item) {
                return Err(Fault::choose("id-ambiguous").with("id", typed));
            }
            found = Some(item);
        }
    }
    found.ok_or_else(|| Fault::missing("not-found").with("id", typed))
}

impl Owner {
    /// A record of a kind.
    pub(crate) fn find_record(&self, kind: RowKind, typed: &str) -> Result<RecordId, Fault> {
        let replica = self.replica_ref()?;
        // A whole one is looked up; only for a beginning all are looked through.
        if let Some(id) = RecordId::parse(typed.trim()) {
            let known = replica.row(kind, &id)?.map(|_| id);
            return known.ok_or_else(|| Fault::missing("not-found").with("id", typed.trim()));
        }
        let rows = replica.rows(kind)?;
        pick(
            typed,
            "r",
            rows.into_iter().map(|(id, _)| id),
            RecordId::to_text,
        )
    }

    /// A device.
    pub(crate) fn find_device(&self, typed: &str) -> Result<DeviceId, Fault> {
        let authority = self.replica_ref()?.authority();
        pick(
            typed,
            "d",
            authority.devices().keys().copied(),
            DeviceId::to_text,
        )
    }
}
