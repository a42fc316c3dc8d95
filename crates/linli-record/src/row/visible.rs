//! The digest of what is shown: equal sets of entries, equal digest.

use super::RowKind;
use linli_base::hash::blake3_raw;

/// The digest of one row under its key (a record id or an entry id).
#[must_use]
pub fn row_digest(kind: RowKind, id: &[u8], bytes: &[u8]) -> [u8; 32] {
    let mut all = Vec::with_capacity(32 + id.len() + bytes.len());
    all.extend_from_slice(b"linli/row/1\0");
    all.push(kind as u8);
    // The length keeps id and content apart.
    all.extend_from_slice(&(id.len() as u64).to_be_bytes());
    all.extend_from_slice(id);
    all.extend_from_slice(bytes);
    blake3_raw(&all)
}

/// The digest of all rows, in whatever order they come.
#[must_use]
pub fn digest(rows: impl IntoIterator<Item = [u8; 32]>) -> [u8; 32] {
    let mut rows: Vec<[u8; 32]> = rows.into_iter().collect();
    rows.sort_unstable();
    let mut all = b"linli/rows/1\0".to_vec();
    all.extend(rows.iter().flatten());
    blake3_raw(&all)
}
