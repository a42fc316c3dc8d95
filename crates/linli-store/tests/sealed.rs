//! What is on the disk says nothing, and what was changed there does not open.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::contents;
use linli_store::{
    Batch, DbKey, ForgettingDisk, MemoryStore, RedbOptions, RedbStore, SCHEMA_KEY, SEAL_KEY,
    SEAL_OVERHEAD, Sealed, Store, StoreFault, Table,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SALT: [u8; 16] = [3; 16];

fn key() -> DbKey {
    DbKey::new([0x5a; 32])
}

fn redb(disk: &ForgettingDisk) -> RedbStore {
    let disk = disk.clone();
    RedbStore::open_backend(move || Ok(disk.handle()), RedbOptions::default()).unwrap()
}

/// Fills a sealed store over memory and hands back what lies beneath.
fn beneath(rows: &[(Table, &[u8], &[u8])]) -> MemoryStore {
    let mut memory = MemoryStore::new();
    let mut batch = Batch::new();
    for (table, key, value) in rows {
        batch.put(*table, *key, *value);
    }
    let mut sealed = Sealed::open(Borrowed(&mut memory), &key(), SALT).unwrap();
    sealed.commit(&batch).unwrap();
    drop(sealed);
    memory
}

/// A store on loan, so that the test can look at it afterwards.
struct Borrowed<'a>(&'a mut MemoryStore);

impl Store for Borrowed<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        self.0.get(table, key)
    }
    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        self.0.scan_from(table, prefix, from_key, visit)
    }
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        self.0.commit(batch)
    }
    fn compact(&mut self) -> Result<bool, StoreFault> {
        self.0.compact()
    }
    fn close(&mut self) -> Result<(), StoreFault> {
        self.0.close()
    }
}

#[test]
fn no_planted_name_phone_plate_or_number_is_found_on_the_disk() {
    let planted = [
        "王小明",
        "13912345678",
        "沪A12345",
        "310101199003071234",
        "Elm Court 5-301",
    ];
    let disk = ForgettingDisk::new();
    let mut store = Sealed::open(redb(&disk), &key(), SALT).unwrap();
    for (number, secret) in planted.iter().enumerate() {
        for table in Table::ALL {
            let by_secret = store.blind("planted", secret.as_bytes());
            store
                .commit(Batch::new().put(table, by_secret, *secret))
                .unwrap();
            assert_eq!(
                store.get(table, &by_secret).unwrap().as_deref(),
                Some(secret.as_bytes())
            );
        }
        if number == 2 {
            store.compact().unwrap();
        }
    }
    store.close().unwrap();
    let image = disk.image();
    for secret in planted {
        let found = image
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found, "{secret} stands on the disk");
    }
}

#[test]
fn another_key_is_told_at_opening_and_changes_nothing() {
    let disk = ForgettingDisk::new();
    let mut store = Sealed::open(redb(&disk), &key(), SALT).unwrap();
    store
        .commit(Batch::new().put(Table::Rows, *b"row", *b"value"))
        .unwrap();
    drop(store);
    let before = disk.image();
    let refusal = Sealed::open(redb(&disk), &DbKey::new([0x5b; 32]), SALT).err();
    assert_eq!(refusal, Some(StoreFault::WrongKey));
    assert!(disk.image() == before);
    assert_eq!(
        contents(&Sealed::open(redb(&disk), &key(), SALT).unwrap()).len(),
        1
    );
}

#[test]
fn a_store_with_rows_but_no_seal_is_not_taken_over() {
    let mut memory = MemoryStore::new();
    memory
        .commit(Batch::new().put(Table::Local, *b"row", *b"in clear"))
        .unwrap();
    assert!(matches!(
        Sealed::open(memory, &key(), SALT),
        Err(StoreFault::Damaged { .. })
    ));
}

#[test]
fn a_sealed_row_moved_to_another_key_or_table_does_not_open() {
    let memory = beneath(&[
        (Table::Rows, b"mine", b"unit 301"),
        (Table::Rows, b"yours", b"unit 302"),
    ]);
    let sealed = memory.get(Table::Rows, b"mine").unwrap().unwrap();
    for (table, to) in [
        (Table::Rows, &b"yours"[..]),
        (Table::Index, b"mine"),
        (Table::Rows, b"min"),
    ] {
        let mut moved = memory.clone();
        moved
            .commit(Batch::new().put(table, to, sealed.clone()))
            .unwrap();
        let store = Sealed::open(moved, &key(), SALT).unwrap();
        assert!(matches!(
            store.get(table, to),
            Err(StoreFault::Damaged { .. })
        ));
        let mut seen = Vec::new();
        let scanned = store.scan(table, b"", &mut |key, _| {
            seen.push(key.to_vec());
            true
        });
        assert!(
            matches!(scanned, Err(StoreFault::Damaged { .. })),
            "a scan does not skip it"
        );
        assert!(!seen.contains(&to.to_vec()));
    }
}

#[test]
fn equal_values_look_different_every_time() {
    let mut memory = MemoryStore::new();
    let mut looks = BTreeSet::new();
    for opening in 0..3 {
        let mut store = Sealed::open(Borrowed(&mut memory), &key(), [opening; 16]).unwrap();
        for _ in 0..3 {
            store
                .commit(Batch::new().put(Table::Rows, *b"row", *b"same"))
                .unwrap();
        }
        drop(store);
        looks.insert(memory.get(Table::Rows, b"row").unwrap());
    }
    assert_eq!(looks.len(), 3);
}

#[test]
fn a_salt_used_twice_still_gives_no_nonce_to_two_values() {
    let nonce_of = |value: &[u8]| -> Vec<u8> {
        let memory = beneath(&[(Table::Rows, b"row", value)]);
        memory.get(Table::Rows, b"row").unwrap().unwrap()[1..25].to_vec()
    };
    assert_ne!(nonce_of(b"one"), nonce_of(b"two"));
    assert_eq!(
        nonce_of(b"one"),
        nonce_of(b"one"),
        "the test would notice: all else is equal"
    );
}

#[test]
fn reserved_rows_are_read_and_never_written() {
    let mut store = Sealed::open(MemoryStore::new(), &key(), SALT).unwrap();
    for reserved in [SCHEMA_KEY, SEAL_KEY, b"\0later"] {
        let mut batch = Batch::new();
        batch
            .put(Table::Rows, *b"innocent", *b"")
            .delete(Table::Meta, reserved);
        assert!(matches!(
            store.commit(&batch),
            Err(StoreFault::Refused { .. })
        ));
    }
    assert_eq!(store.get(Table::Rows, b"innocent").unwrap(), None);
    assert_eq!(
        store.get(Table::Meta, SCHEMA_KEY).unwrap().as_deref(),
        Some(&[0, 0, 0, 1][..])
    );
    store
        .commit(Batch::new().put(Table::Rows, *b"\0schema", *b"other tables are free"))
        .unwrap();
}

#[test]
fn blinded_keys_differ_by_label_data_and_database_key() {
    let store = Sealed::open(MemoryStore::new(), &key(), SALT).unwrap();
    let other = Sealed::open(MemoryStore::new(), &DbKey::new([1; 32]), SALT).unwrap();
    let all = [
        store.blind("phone", b"13912345678"),
        store.blind("phone", b"13912345679"),
        store.blind("plate", b"13912345678"),
        store.blind("phone1", b"3912345678"),
        other.blind("phone", b"13912345678"),
    ];
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert_eq!(store.blinder().blind("phone", b"13912345678"), all[0]);
    let again = Sealed::open(MemoryStore::new(), &key(), [9; 16]).unwrap();
    assert_eq!(
        again.blind("phone", b"13912345678"),
        all[0],
        "the salt has no part in it"
    );
}

#[test]
fn keys_do_not_show_themselves() {
    let key = key();
    let store = Sealed::open(MemoryStore::new(), &key, SALT).unwrap();
    assert_eq!(
        format!("{key:?} {:?} {store:?}", store.blinder()),
        "DbKey(secret) Blinder(secret) Sealed"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_sealed_value_with_any_byte_changed_does_not_open(
        value in proptest::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        change in 1..=255u8,
        cut in any::<bool>(),
    ) {
        let mut memory = beneath(&[(Table::Docs, b"doc", &value)]);
        let mut sealed = memory.get(Table::Docs, b"doc").unwrap().unwrap();
        prop_assert_eq!(sealed.len(), value.len() + SEAL_OVERHEAD);
        let at = at.index(sealed.len());
        if cut { sealed.truncate(at) } else { sealed[at] ^= change }
        memory.commit(Batch::new().put(Table::Docs, *b"doc", sealed)).unwrap();
        let store = Sealed::open(memory, &key(), SALT).unwrap();
        let refused = matches!(store.get(Table::Docs, b"doc"), Err(StoreFault::Damaged { .. }));
        prop_assert!(refused);
    }
}
