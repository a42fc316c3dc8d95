//! What every store must do, written once and run against each of them.
//!
//! The suite knows only the port. It panics with a sentence at the first thing that does not hold,
//! so it is called from tests, of this crate and of any crate that brings a store of its own:
//!
//! ```
//! use linli_store::{MemoryStore, conformance};
//!
//! conformance::run(&mut || Box::new(MemoryStore::new()), &mut |store| store);
//! ```

#![allow(
    clippy::expect_used,
    reason = "a conformance suite speaks by failing the test that calls it"
)]

mod model;

use crate::port::{Batch, SCHEMA, SCHEMA_KEY, Store, StoreFault, Table};

pub use model::{Model, apply, contents, random_batch, try_contents};

/// Runs the whole suite.
///
/// `make` gives a new, empty store at each call. `reopen` lets go of a store and opens the same one
/// again; for one that keeps nothing beyond its own life, it gives the same back.
pub fn run(
    make: &mut dyn FnMut() -> Box<dyn Store>,
    reopen: &mut dyn FnMut(Box<dyn Store>) -> Box<dyn Store>,
) {
    a_new_store_holds_its_schema_and_nothing_else(&*make());
    what_is_put_is_read_until_it_is_deleted(&mut *make());
    later_changes_of_a_batch_win(&mut *make());
    tables_do_not_mix(&mut *make());
    a_scan_is_ordered_and_keeps_to_its_prefix(&mut *make());
    a_scan_can_start_late_and_stop_early(&mut *make());
    a_visitor_may_read_the_store(&mut *make());
    a_refused_batch_leaves_nothing(&mut *make());
    large_values_and_long_keys_come_back_whole(&mut *make());
    a_closed_store_says_so(&mut *make());
    what_was_acknowledged_survives_reopening(make(), reopen);
    for seed in 0..4 {
        model::random_changes_end_like_the_model(make(), reopen, seed, 250);
    }
}

fn commit(store: &mut dyn Store, batch: &Batch) {
    store
        .commit(batch)
        .expect("a sound batch is accepted by a healthy store");
}

fn get(store: &dyn Store, table: Table, key: &[u8]) -> Option<Vec<u8>> {
    store.get(table, key).expect("a healthy store can be read")
}

fn keys_from(store: &dyn Store, table: Table, prefix: &[u8], from: &[u8]) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    store
        .scan_from(table, prefix, from, &mut |key, _| {
            keys.push(key.to_vec());
            true
        })
        .expect("a healthy store can be scanned");
    keys
}

fn keys(store: &dyn Store, table: Table, prefix: &[u8]) -> Vec<Vec<u8>> {
    keys_from(store, table, prefix, prefix)
}

fn a_new_store_holds_its_schema_and_nothing_else(store: &dyn Store) {
    assert!(
        contents(store).is_empty(),
        "a new store has no rows of a caller"
    );
    let schema = get(store, Table::Meta, SCHEMA_KEY);
    assert_eq!(
        schema.as_deref(),
        Some(&SCHEMA.to_be_bytes()[..]),
        "the schema version stands in clear"
    );
}

fn what_is_put_is_read_until_it_is_deleted(store: &mut dyn Store) {
    commit(store, Batch::new().put(Table::Docs, *b"k", *b"first"));
    commit(store, Batch::new().put(Table::Docs, *b"k", *b"second"));
    assert_eq!(
        get(store, Table::Docs, b"k").as_deref(),
        Some(&b"second"[..]),
        "the last put counts"
    );
    commit(
        store,
        Batch::new()
            .put(Table::Docs, *b"", *b"")
            .put(Table::Docs, *b"e", *b""),
    );
    assert_eq!(
        get(store, Table::Docs, b"e").as_deref(),
        Some(&b""[..]),
        "empty is not absent"
    );
    assert_eq!(
        get(store, Table::Docs, b"").as_deref(),
        Some(&b""[..]),
        "a key may be empty"
    );
    commit(
        store,
        Batch::new()
            .delete(Table::Docs, *b"k")
            .delete(Table::Docs, *b"never there"),
    );
    assert_eq!(get(store, Table::Docs, b"k"), None, "a deleted row is gone");
    commit(store, &Batch::new());
    assert_eq!(
        keys(store, Table::Docs, b""),
        [b"".to_vec(), b"e".to_vec()],
        "an empty batch changes nothing"
    );
}

fn later_changes_of_a_batch_win(store: &mut dyn Store) {
    let mut batch = Batch::new();
    batch
        .put(Table::Rows, *b"a", *b"1")
        .delete(Table::Rows, *b"a");
    batch
        .delete(Table::Rows, *b"b")
        .put(Table::Rows, *b"b", *b"2")
        .put(Table::Rows, *b"b", *b"3");
    commit(store, &batch);
    assert_eq!(
        get(store, Table::Rows, b"a"),
        None,
        "deleted after it was put"
    );
    assert_eq!(
        get(store, Table::Rows, b"b").as_deref(),
        Some(&b"3"[..]),
        "put after it was deleted"
    );
}

fn tables_do_not_mix(store: &mut dyn Store) {
    let mut batch = Batch::new();
    for table in Table::ALL {
        batch.put(table, *b"same key", table.name());
    }
    commit(store, &batch);
    for table in Table::ALL {
        let value = get(store, table, b"same key");
        assert_eq!(
            value.as_deref(),
            Some(table.name().as_bytes()),
            "each table has its own row"
        );
    }
    commit(store, Batch::new().delete(Table::Index, *b"same key"));
    assert_eq!(
        contents(store).len(),
        Table::ALL.len() - 1,
        "a delete touches one table"
    );
}

fn a_scan_is_ordered_and_keeps_to_its_prefix(store: &mut dyn Store) {
    let sorted: [&[u8]; 9] = [
        b"",
        b"\x00",
        b"a",
        b"a\x00",
        b"a\xff",
        b"a\xff\x00",
        b"a\xff\xff",
        b"b",
        b"\xff\xff",
    ];
    let mut batch = Batch::new();
    for key in sorted.iter().rev() {
        batch.put(Table::Index, *key, *key);
    }
    commit(store, &batch);
    for prefix in [
        &b""[..],
        b"a",
        b"a\xff",
        b"a\xff\xff",
        b"\xff",
        b"\xff\xff",
        b"\xff\xff\xff",
        b"c",
    ] {
        let expected: Vec<&[u8]> = sorted
            .iter()
            .copied()
            .filter(|key| key.starts_with(prefix))
            .collect();
        assert_eq!(
            keys(store, Table::Index, prefix),
            expected,
            "keys with prefix {prefix:?}, in order"
        );
    }
    store
        .scan(Table::Index, b"", &mut |key, value| {
            assert_eq!(key, value, "each key comes with its own value");
            true
        })
        .expect("a healthy store can be scanned");
    assert!(
        keys(store, Table::Epochs, b"").is_empty(),
        "an unused table is empty, not an error"
    );
}

fn a_scan_can_start_late_and_stop_early(store: &mut dyn Store) {
    let mut batch = Batch::new();
    for number in 0..=9u8 {
        batch.put(Table::Entries, [b'x', number], [number]).put(
            Table::Entries,
            [b'y', number],
            [number],
        );
    }
    commit(store, &batch);
    assert_eq!(
        keys_from(store, Table::Entries, b"x", b"x\x07").len(),
        3,
        "the first key is included"
    );
    assert_eq!(
        keys_from(store, Table::Entries, b"x", b"x\x07\x00").len(),
        2,
        "a key between two rows"
    );
    assert_eq!(
        keys_from(store, Table::Entries, b"x", b"a").len(),
        10,
        "from before the prefix"
    );
    assert!(
        keys_from(store, Table::Entries, b"x", b"y").is_empty(),
        "from behind the prefix"
    );
    assert_eq!(
        keys_from(store, Table::Entries, b"", b"x\x09").len(),
        11,
        "without a prefix, to the end"
    );
    let mut seen = 0;
    store
        .scan(Table::Entries, b"y", &mut |_, _| {
            seen += 1;
            seen < 4
        })
        .expect("stopping is not an error");
    assert_eq!(seen, 4, "a visitor that answers false is not called again");
}

fn a_visitor_may_read_the_store(store: &mut dyn Store) {
    let mut batch = Batch::new();
    for number in 0..3u8 {
        batch
            .put(Table::Index, [number], [number])
            .put(Table::Rows, [number], [number + 10]);
    }
    commit(store, &batch);
    let store = &*store;
    let mut rows = Vec::new();
    store
        .scan(Table::Index, b"", &mut |_, row| {
            rows.extend(get(store, Table::Rows, &row));
            true
        })
        .expect("a healthy store can be scanned");
    assert_eq!(rows, [[10], [11], [12]].map(|row| row.to_vec()));
}

fn a_refused_batch_leaves_nothing(store: &mut dyn Store) {
    let mut batch = Batch::new();
    batch
        .put(Table::Rows, *b"innocent", *b"")
        .put(Table::Meta, SCHEMA_KEY, *b"\0\0\0\x63");
    assert!(
        matches!(store.commit(&batch), Err(StoreFault::Refused { .. })),
        "the schema is the store's own"
    );
    let deletion = store.commit(Batch::new().delete(Table::Meta, SCHEMA_KEY));
    assert!(
        matches!(deletion, Err(StoreFault::Refused { .. })),
        "nor can it be deleted"
    );
    assert_eq!(
        get(store, Table::Rows, b"innocent"),
        None,
        "nothing of a refused batch counts"
    );
    a_new_store_holds_its_schema_and_nothing_else(store);
    commit(store, Batch::new().put(Table::Rows, *b"next", *b""));
    assert!(
        get(store, Table::Rows, b"next").is_some(),
        "a refusal does not stop the store"
    );
}

fn large_values_and_long_keys_come_back_whole(store: &mut dyn Store) {
    let large: Vec<u8> = (0..1_500_000u32)
        .map(|index| index.to_be_bytes()[2] ^ index.to_be_bytes()[3])
        .collect();
    let long_key = vec![b'k'; 5_000];
    let mut batch = Batch::new();
    batch.put(Table::Docs, *b"large", large.as_slice()).put(
        Table::Docs,
        long_key.as_slice(),
        *b"v",
    );
    for number in 0..2_000u32 {
        batch.put(Table::Entries, number.to_be_bytes(), vec![1; 100]);
    }
    commit(store, &batch);
    assert!(
        get(store, Table::Docs, b"large") == Some(large),
        "1.5 MB come back as they were"
    );
    assert!(
        get(store, Table::Docs, &long_key).is_some(),
        "a key of 5,000 bytes is found"
    );
    let numbers: Vec<Vec<u8>> = (0..2_000u32)
        .map(|number| number.to_be_bytes().to_vec())
        .collect();
    assert!(
        keys(store, Table::Entries, b"") == numbers,
        "2,000 rows come back in order"
    );
    commit(store, Batch::new().delete(Table::Docs, *b"large"));
    store.compact().expect("a healthy store can be compacted");
    assert!(
        keys(store, Table::Entries, b"") == numbers,
        "compaction loses nothing"
    );
    assert_eq!(
        get(store, Table::Docs, b"large"),
        None,
        "and brings nothing back"
    );
}

fn a_closed_store_says_so(store: &mut dyn Store) {
    commit(store, Batch::new().put(Table::Rows, *b"a", *b""));
    assert_eq!(
        store.close(),
        Ok(()),
        "a healthy store closes in good order"
    );
    assert_eq!(store.close(), Ok(()), "closing again is no fault");
    assert_eq!(store.get(Table::Rows, b"a"), Err(StoreFault::Closed));
    assert_eq!(
        store.scan(Table::Rows, b"", &mut |_, _| true),
        Err(StoreFault::Closed)
    );
    assert_eq!(
        store.commit(Batch::new().put(Table::Rows, *b"b", *b"")),
        Err(StoreFault::Closed)
    );
    assert_eq!(store.commit(&Batch::new()), Err(StoreFault::Closed));
    assert_eq!(store.compact(), Err(StoreFault::Closed));
}

fn what_was_acknowledged_survives_reopening(
    mut store: Box<dyn Store>,
    reopen: &mut dyn FnMut(Box<dyn Store>) -> Box<dyn Store>,
) {
    commit(
        &mut *store,
        Batch::new()
            .put(Table::Acts, *b"grant", *b"gate")
            .put(Table::Acts, *b"x", *b""),
    );
    commit(&mut *store, Batch::new().delete(Table::Acts, *b"x"));
    let before = contents(&*store);
    let store = reopen(store);
    assert_eq!(
        contents(&*store),
        before,
        "reopening shows what was acknowledged"
    );
    let store = reopen(store);
    let store = reopen(store);
    assert_eq!(
        contents(&*store),
        before,
        "opening without writing changes nothing"
    );
    let mut store = reopen(store);
    commit(
        &mut *store,
        Batch::new().put(Table::Acts, *b"second life", *b""),
    );
    let store = reopen(store);
    assert_eq!(
        contents(&*store).len(),
        before.len() + 1,
        "a reopened store goes on"
    );
}
