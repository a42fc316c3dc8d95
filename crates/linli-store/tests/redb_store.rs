//! What the store on disk adds to the conformance suite: schemas, locks, faults, restraint.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::contents;
use linli_store::{
    Batch, DiskFault, ForgettingDisk, RedbOptions, RedbStore, SCHEMA, SCHEMA_KEY, Store,
    StoreFault, Table,
};
use std::path::Path;

fn open_with(disk: &ForgettingDisk, options: RedbOptions) -> Result<RedbStore, StoreFault> {
    let disk = disk.clone();
    RedbStore::open_backend(move || Ok(disk.handle()), options)
}

fn open(disk: &ForgettingDisk) -> Result<RedbStore, StoreFault> {
    open_with(disk, RedbOptions::default())
}

fn existing() -> RedbOptions {
    RedbOptions {
        create: false,
        ..RedbOptions::default()
    }
}

fn row(value: &[u8]) -> Batch {
    let mut batch = Batch::new();
    batch.put(Table::Rows, *b"row", value);
    batch
}

/// A disk with a store in it; `killed` leaves it as a process that was killed would.
fn disk_with_a_store(schema: u32, killed: bool) -> ForgettingDisk {
    let disk = ForgettingDisk::new();
    let mut store = open_with(
        &disk,
        RedbOptions {
            schema,
            ..RedbOptions::default()
        },
    )
    .unwrap();
    store.commit(&row(b"old")).unwrap();
    if killed {
        return disk.crash(1);
    }
    store.close().unwrap();
    disk
}

#[test]
fn a_store_of_a_newer_schema_is_refused_and_stays_byte_for_byte() {
    for killed in [false, true] {
        let disk = disk_with_a_store(SCHEMA + 1, killed);
        let before = disk.image();
        let refusal = open(&disk).err();
        assert_eq!(
            refusal,
            Some(StoreFault::TooNew {
                found: SCHEMA + 1,
                known: SCHEMA
            })
        );
        assert!(
            disk.image() == before,
            "killed {killed}: refusing must not write"
        );
        let newer = RedbOptions {
            schema: SCHEMA + 1,
            ..existing()
        };
        let store = open_with(&disk, newer).unwrap();
        assert_eq!(
            store.get(Table::Rows, b"row").unwrap().as_deref(),
            Some(&b"old"[..])
        );
    }
}

#[test]
fn a_newer_store_in_a_file_stays_byte_for_byte_too() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("newer.redb");
    std::fs::write(&path, disk_with_a_store(SCHEMA + 1, true).image()).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        RedbStore::open_path(&path, existing()),
        Err(StoreFault::TooNew { .. })
    ));
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn opening_and_reading_write_nothing_even_after_a_kill() {
    for killed in [false, true] {
        let disk = disk_with_a_store(SCHEMA, killed);
        let before = disk.image();
        let mut store = open(&disk).unwrap();
        assert_eq!(contents(&store).len(), 1);
        store.commit(&Batch::new()).unwrap();
        store.close().unwrap();
        assert!(
            disk.image() == before,
            "killed {killed}: reading must not write"
        );
    }
}

#[test]
fn a_commit_costs_one_sync() {
    let disk = ForgettingDisk::new();
    let mut store = open(&disk).unwrap();
    for number in 0..20u8 {
        let before = disk.syncs();
        store
            .commit(Batch::new().put(Table::Rows, [number], vec![number; 500]))
            .unwrap();
        assert_eq!(disk.syncs() - before, 1, "commit {number}");
    }
}

#[test]
fn a_second_opening_is_told_that_the_store_is_taken_until_the_first_ends() {
    let disk = ForgettingDisk::new();
    let store = open(&disk).unwrap();
    assert_eq!(open(&disk).err(), Some(StoreFault::Busy));
    drop(store);
    assert!(open(&disk).is_ok());

    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("home.redb");
    let mut store = RedbStore::open_path(&path, RedbOptions::default()).unwrap();
    assert_eq!(
        RedbStore::open_path(&path, existing()).err(),
        Some(StoreFault::Busy)
    );
    store.commit(&row(b"still mine")).unwrap();
    store.close().unwrap();
    assert!(RedbStore::open_path(&path, existing()).is_ok());
}

#[test]
fn a_store_that_should_exist_is_not_created_in_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("lost.redb");
    let refusal = RedbStore::open_path(&path, existing()).err();
    assert!(
        matches!(refusal, Some(StoreFault::Damaged { .. })),
        "{refusal:?}"
    );
    assert!(!path.exists());
    std::fs::write(&path, b"").unwrap();
    let refusal = RedbStore::open_path(&path, existing()).err();
    assert!(
        matches!(refusal, Some(StoreFault::Damaged { .. })),
        "{refusal:?}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"");
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_alone() {
    for content in [
        b"a shopping list, not a store".to_vec(),
        vec![0xff; 100_000],
        b"redb".to_vec(),
    ] {
        let disk = ForgettingDisk::from_image(content.clone());
        let refusal = open(&disk).err();
        assert!(
            matches!(refusal, Some(StoreFault::Damaged { .. })),
            "{refusal:?}"
        );
        assert!(disk.image() == content);
    }
}

#[test]
fn a_store_whose_mark_was_wiped_is_damaged_and_not_born_again() {
    let mut image = disk_with_a_store(SCHEMA, false).image();
    image[..4096].fill(0);
    let disk = ForgettingDisk::from_image(image.clone());
    assert!(matches!(
        open(&disk).err(),
        Some(StoreFault::Damaged { .. })
    ));
    assert!(disk.image() == image);
}

#[test]
fn a_full_disk_is_read_on_and_written_when_there_is_room_without_reopening() {
    for (refuse, fault) in [
        (
            ForgettingDisk::set_full as fn(&ForgettingDisk, bool),
            StoreFault::DiskFull,
        ),
        (ForgettingDisk::set_read_only, StoreFault::ReadOnly),
    ] {
        let disk = disk_with_a_store(SCHEMA, true);
        let mut store = open(&disk).unwrap();
        refuse(&disk, true);
        for _ in 0..3 {
            assert_eq!(store.commit(&row(b"new")), Err(fault));
            assert_eq!(
                store.get(Table::Rows, b"row").unwrap().as_deref(),
                Some(&b"old"[..])
            );
        }
        refuse(&disk, false);
        store.commit(&row(b"new")).unwrap();
        let after = open(&disk.crash(5)).unwrap();
        assert_eq!(
            after.get(Table::Rows, b"row").unwrap().as_deref(),
            Some(&b"new"[..])
        );
    }
}

#[test]
fn a_full_disk_can_even_be_opened() {
    let disk = disk_with_a_store(SCHEMA, true);
    disk.set_full(true);
    let store = open(&disk).unwrap();
    assert_eq!(
        store.get(Table::Rows, b"row").unwrap().as_deref(),
        Some(&b"old"[..])
    );
}

#[test]
fn a_visitor_that_reads_while_the_disk_fails_gets_a_fault_and_no_panic() {
    let disk = ForgettingDisk::new();
    let mut store = open_with(
        &disk,
        RedbOptions {
            cache_bytes: 0,
            ..RedbOptions::default()
        },
    )
    .unwrap();
    for number in 0..200u8 {
        store
            .commit(Batch::new().put(Table::Rows, [number], vec![1; 3_000]))
            .unwrap();
    }
    disk.fail_after(20, DiskFault::Io);
    let mut faults = 0;
    let scanned = store.scan(Table::Rows, b"", &mut |key, _| {
        faults += usize::from(store.get(Table::Rows, key).is_err());
        true
    });
    assert!(faults > 0 || scanned.is_err());
    assert_eq!(
        contents(&store).len(),
        200,
        "and the next reading is whole again"
    );
}

#[test]
fn the_schema_stands_in_clear_under_its_key() {
    let store = open(&disk_with_a_store(SCHEMA, false)).unwrap();
    assert_eq!(
        store.get(Table::Meta, SCHEMA_KEY).unwrap().as_deref(),
        Some(&[0, 0, 0, 1][..])
    );
}

#[test]
fn a_store_without_a_readable_schema_is_damaged() {
    let define = redb::TableDefinition::<&[u8], &[u8]>::new;
    for (table, key, value) in [
        ("rows", &b"row"[..], &b"value"[..]),
        ("meta", SCHEMA_KEY, b"\0\0\x01"),
        ("meta", SCHEMA_KEY, b"\0\0\0\0"),
    ] {
        let disk = ForgettingDisk::new();
        let db = redb::Builder::new()
            .create_with_backend(disk.handle())
            .unwrap();
        let txn = db.begin_write().unwrap();
        txn.open_table(define(table))
            .unwrap()
            .insert(key, value)
            .unwrap();
        txn.commit().unwrap();
        drop(db);
        let before = disk.image();
        assert!(matches!(
            open(&disk).err(),
            Some(StoreFault::Damaged { .. })
        ));
        assert!(disk.image() == before);
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("home.redb");
    drop(RedbStore::open_path(&path, RedbOptions::default()).unwrap());
    let mode = std::fs::metadata(Path::new(&path))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}
