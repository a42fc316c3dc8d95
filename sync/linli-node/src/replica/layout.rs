//! Keys of the tables, in one place. Documented to the byte in `docs/formats/home.md`.
//!
//! `log` is the 53-byte log key, `seq` four bytes big-endian, `record` 16 bytes.

use linli_base::{EntryId, LogKey, RecordId};
use linli_charter::StatementKey;

/// `Entries`: log ‖ seq -> entry.
pub(crate) fn entry(log: &LogKey, seq: u32) -> Vec<u8> {
    let mut key = log.to_bytes().to_vec();
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// `Index`: `h` ‖ log -> seq 4 ‖ entry id 32.
pub(crate) fn head(log: &LogKey) -> Vec<u8> {
    let mut key = vec![b'h'];
    key.extend_from_slice(&log.to_bytes());
    key
}

/// Prefix of all heads.
pub(crate) const HEADS: &[u8] = b"h";

/// `Index`: `f` ‖ log -> seq 4 of the fork; the second entry is in `Quarantine`.
pub(crate) fn fork(log: &LogKey) -> Vec<u8> {
    let mut key = vec![b'f'];
    key.extend_from_slice(&log.to_bytes());
    key
}

/// Prefix of all forks.
pub(crate) const FORKS: &[u8] = b"f";

/// `Statements`: key 49 -> statement.
pub(crate) fn statement(key: &StatementKey) -> Vec<u8> {
    key.to_bytes().to_vec()
}

/// `Docs`: record ‖ log ‖ seq -> an admitted body, see [`super::body`].
pub(crate) fn body(record: &RecordId, log: &LogKey, seq: u32) -> Vec<u8> {
    let mut key = record.0.to_vec();
    key.extend_from_slice(&log.to_bytes());
    key.extend_from_slice(&seq.to_be_bytes());
    key
}

/// `Local`: `k` ‖ record -> when it was first heard here, Unix ms.
pub(crate) fn heard(record: &RecordId) -> Vec<u8> {
    let mut key = vec![b'k'];
    key.extend_from_slice(&record.0);
    key
}

/// `Rows`: kind letter ‖ record -> row.
pub(crate) fn row(kind: u8, record: &RecordId) -> Vec<u8> {
    let mut key = vec![kind];
    key.extend_from_slice(&record.0);
    key
}

/// Prefix of all erasures.
pub(crate) const ERASURES: &[u8] = b"x";

/// `Index`: `x` ‖ record -> devices that erased it, 32 bytes each, ascending. Whether they may is judged when the
/// record is folded: it may come later than its erasure.
pub(crate) fn erased(record: &RecordId) -> Vec<u8> {
    let mut key = vec![b'x'];
    key.extend_from_slice(&record.0);
    key
}

/// Prefix of what records refer to.
pub(crate) const ATTACHED: &[u8] = b"a";

/// `Index`: `a` ‖ record -> claimed time of creation 8 ‖ log of the creator 53 ‖ (hash 32 ‖ size 4) of each blob it
/// refers to.
pub(crate) fn attached(record: &RecordId) -> Vec<u8> {
    let mut key = ATTACHED.to_vec();
    key.extend_from_slice(&record.0);
    key
}

/// `Index`: `a` ‖ record ‖ entry of a comment below it -> claimed time 8 ‖ log of the comment 53 ‖ log of the record 53 ‖
/// (hash 32 ‖ size 4) of each blob the comment refers to.
pub(crate) fn attached_below(record: &RecordId, comment: &EntryId) -> Vec<u8> {
    let mut key = attached(record);
    key.extend_from_slice(&comment.0);
    key
}

/// Where the keys of [`receipt`] begin.
pub(crate) const RECEIPTS: &[u8] = b"q";

/// `Local`: `q` ‖ office -> what this device told that office about its notices.
pub(crate) fn receipt(office: &linli_base::PrincipalId) -> Vec<u8> {
    let mut key = RECEIPTS.to_vec();
    key.extend_from_slice(&office.0);
    key
}

/// `Local`: `w` ‖ device -> what a device once told this office and no longer repeats.
pub(crate) fn once_told(device: &linli_base::DeviceId) -> Vec<u8> {
    let mut key = vec![b'w'];
    key.extend_from_slice(&device.0);
    key
}

/// `Local`: `W` ‖ device ‖ how far, 1 -> the marks that a device's receipts had before they grew from there.
pub(crate) fn steps(device: &linli_base::DeviceId, far: u8) -> Vec<u8> {
    let mut key = vec![b'W'];
    key.extend_from_slice(&device.0);
    key.push(far);
    key
}

/// `Index`: `p` ‖ first 16 bytes of an entry id -> log 53 ‖ seq 4, for facts that are rows of their own.
pub(crate) fn place(id: &RecordId) -> Vec<u8> {
    let mut key = vec![b'p'];
    key.extend_from_slice(&id.0);
    key
}
