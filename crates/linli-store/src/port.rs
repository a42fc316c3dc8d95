//! The storage port: what the rest of Linli may ask of a disk.
//!
//! A store is a handful of ordered tables of bytes and one way to change them: an atomic, durable
//! [`Batch`]. The port is synchronous and knows nothing of redb, of files or of encryption, so the
//! core can be run on a map in memory, on a simulated disk that forgets, or on the real thing, and
//! not notice. What every implementation must honour is written as code in
//! [`conformance`](crate::conformance).

mod batch;
mod fault;
mod table;

pub use batch::{Batch, Write};
pub use fault::StoreFault;
pub use table::Table;

/// The schema version this build writes, and the newest it can read (I14).
///
/// It rises when the meaning of stored bytes changes in a way an older build would misread. A new
/// table alone does not raise it: an older build never looks there.
pub const SCHEMA: u32 = 1;

/// Where the schema version stands, in clear, in [`Table::Meta`]: four bytes, most significant first.
///
/// Keys of `Meta` that begin with a zero byte belong to this crate; callers may read them and never
/// write them.
pub const SCHEMA_KEY: &[u8] = b"\0schema";

/// Ordered tables of bytes with atomic, durable commits.
///
/// Reads see every commit that was acknowledged before them and nothing of one in progress.
/// One process owns a store at a time; opening it twice gives [`StoreFault::Busy`].
///
/// ```
/// use linli_store::{Batch, MemoryStore, Store, Table};
///
/// let mut store = MemoryStore::new();
/// store.commit(Batch::new().put(Table::Records, *b"notice/1", *b"water off at nine"))?;
/// assert_eq!(store.get(Table::Records, b"notice/1")?.as_deref(), Some(&b"water off at nine"[..]));
/// # Ok::<(), linli_store::StoreFault>(())
/// ```
pub trait Store: Send {
    /// The value under `key`, or `None`.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault>;

    /// Visits every row whose key begins with `prefix`, in ascending order of keys.
    ///
    /// `visit` returns `false` to stop early, which is not an error. An empty prefix means the whole
    /// table. After a fault the rows already visited were true; the rest was not seen.
    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.scan_from(table, prefix, prefix, visit)
    }

    /// Like [`scan`](Store::scan), but begins at the first key that is not below `from_key`.
    ///
    /// Rows outside `prefix` are never visited, wherever `from_key` lies.
    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault>;

    /// Applies the whole batch or nothing, and returns once it would survive a power cut.
    ///
    /// `Ok` is the acknowledgement of invariant I2. After a fault the batch is normally absent; if
    /// the disk failed in the very last step it may turn out to be there, whole, after the store
    /// reopened. So a caller keeps the batch and commits it again (puts and deletes bear that), or
    /// reads back. An empty batch is acknowledged without touching the disk (I13).
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault>;

    /// Gives space of deleted rows back to the disk; `true` if there was something to give.
    ///
    /// Slow, and needs no rights beyond those of a commit. A store with nothing to give back
    /// answers `false`.
    fn compact(&mut self) -> Result<bool, StoreFault>;

    /// Ends the use of the store and releases it to other processes.
    ///
    /// Everything acknowledged is durable before this is called; closing only spares the next
    /// opening a recovery. Afterwards every call answers [`StoreFault::Closed`].
    fn close(&mut self) -> Result<(), StoreFault>;
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        (**self).get(table, key)
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        (**self).scan_from(table, prefix, from_key, visit)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        (**self).commit(batch)
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        (**self).compact()
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        (**self).close()
    }
}

/// The keys a scan covers, as bounds for an ordered map.
///
/// `None` when the range is empty, because `from_key` lies beyond every key with this prefix;
/// ordered maps may panic on bounds that cross.
pub(crate) fn scan_bounds<'a>(
    prefix: &'a [u8],
    from_key: &'a [u8],
) -> Option<(&'a [u8], Option<Vec<u8>>)> {
    let start = prefix.max(from_key);
    let end = after_prefix(prefix);
    match &end {
        Some(end) if start >= end.as_slice() => None,
        _ => Some((start, end)),
    }
}

/// The smallest key above every key with this prefix; `None` if there is none (empty or all 0xff).
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != 0xff)?;
    let mut end = prefix.get(..=last)?.to_vec();
    if let Some(byte) = end.last_mut() {
        *byte += 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_skips_trailing_ff_bytes() {
        assert_eq!(after_prefix(b""), None);
        assert_eq!(after_prefix(b"\xff\xff"), None);
        assert_eq!(after_prefix(b"ab").as_deref(), Some(&b"ac"[..]));
        assert_eq!(after_prefix(b"a\xff").as_deref(), Some(&b"b"[..]));
        assert_eq!(after_prefix(b"\x00").as_deref(), Some(&b"\x01"[..]));
    }

    #[test]
    fn a_scan_that_starts_beyond_its_prefix_covers_nothing() {
        assert!(scan_bounds(b"ab", b"ac").is_none());
        assert!(scan_bounds(b"ab", b"b").is_none());
        assert_eq!(
            scan_bounds(b"ab", b"a").map(|(start, _)| start),
            Some(&b"ab"[..])
        );
        assert_eq!(scan_bounds(b"", b"z"), Some((&b"z"[..], None)));
    }
}
