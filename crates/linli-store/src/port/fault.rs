//! What can go wrong with a disk, in words a node can act on.
//!
//! A fault is handed to people and into logs, so it carries no key, no value and no path: a path
//! holds the name of whoever uses the computer.

use std::io::ErrorKind;

/// Why a store could not do what it was asked.
///
/// Each is the disk's or the operator's, never a peer's. After `DiskFull`, `ReadOnly` and `Io` the
/// store stays usable: it reopens by itself at the next call, and writing resumes when the cause is
/// gone (L3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// No space or quota is left; nothing of the batch counts.
    #[error("the disk is full; what was saved is safe, free some space and it goes on by itself")]
    DiskFull,
    /// The disk or the file does not accept writing.
    #[error("the disk does not accept writing; what was saved is safe")]
    ReadOnly,
    /// The disk answered with another error.
    #[error("the disk reported an error ({0})")]
    Io(ErrorKind),
    /// The bytes on disk are not what was written. Nothing of them is shown (I9).
    #[error("the stored data is damaged: {what}")]
    Damaged {
        /// Which part did not hold.
        what: &'static str,
    },
    /// The store was written by a newer Linli and was left untouched (I14).
    #[error("the store has format {found}, this program knows up to {known}; update the program")]
    TooNew {
        /// The schema version in the store.
        found: u32,
        /// The newest schema version this build knows.
        known: u32,
    },
    /// Another process, or another handle of this one, owns the store (I11).
    #[error("another program is using this store")]
    Busy,
    /// The key given at opening is not the one the store was sealed with.
    #[error("the store was sealed with another key")]
    WrongKey,
    /// The batch asks for something no store does, such as writing a reserved row. The caller's error.
    #[error("the store refuses this batch: {why}")]
    Refused {
        /// The rule that was broken.
        why: &'static str,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
}
