//! Stores of every released schema still open (T9, I14).
//!
//! `tests/golden/v1.redb` was written by the first version of this crate and is never written again.
//! When the schema rises, a file of the new one joins it: `LINLI_WRITE_GOLDEN=<new file>` makes the
//! test below write what this build would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::{Model, apply, contents};
use linli_store::{
    Batch, DbKey, ForgettingDisk, RedbOptions, RedbStore, Sealed, Store, StoreFault, Table,
};

const GOLDEN: &[u8] = include_bytes!("golden/v1.redb");

fn key() -> DbKey {
    DbKey::new(*b"golden store: not a secret, ever")
}

fn redb(disk: &ForgettingDisk, options: RedbOptions) -> Result<RedbStore, StoreFault> {
    let disk = disk.clone();
    RedbStore::open_backend(move || Ok(disk.handle()), options)
}

/// One row in every table, some more in one, an empty value, and a key that holds every byte.
fn rows(blind: &dyn Fn(&str, &[u8]) -> [u8; 32]) -> Batch {
    let mut batch = Batch::new();
    for table in Table::ALL {
        batch.put(table, *b"golden", table.name());
    }
    for number in 0..=255u8 {
        batch.put(
            Table::Entries,
            [b'n', number],
            vec![number; usize::from(number)],
        );
    }
    batch.put(Table::Index, blind("phone", b"13800000000"), *b"");
    batch.put(
        Table::Docs,
        (0..=255).collect::<Vec<u8>>(),
        vec![0xd0; 5_000],
    );
    batch
}

fn write() -> Vec<u8> {
    let disk = ForgettingDisk::new();
    let inner = redb(&disk, RedbOptions::default()).unwrap();
    let mut store = Sealed::open(inner, &key(), *b"salt of the gold").unwrap();
    let batch = rows(&|label, personal| store.blind(label, personal));
    store.commit(&batch).unwrap();
    store.compact().unwrap();
    store.close().unwrap();
    disk.image()
}

fn check(image: &[u8]) {
    let disk = ForgettingDisk::from_image(image.to_vec());
    let existing = RedbOptions {
        create: false,
        ..RedbOptions::default()
    };
    let mut store = Sealed::open(redb(&disk, existing).unwrap(), &key(), [0; 16]).unwrap();
    let mut expected = Model::new();
    apply(
        &mut expected,
        &rows(&|label, personal| store.blind(label, personal)),
    );
    assert!(
        contents(&store) == expected,
        "every row opens with its value"
    );
    assert!(disk.image() == image, "and reading left the file alone");
    store
        .commit(Batch::new().put(Table::Rows, *b"new", *b"row"))
        .unwrap();
    apply(
        &mut expected,
        Batch::new().put(Table::Rows, *b"new", *b"row"),
    );
    assert!(contents(&store) == expected, "it can be written, too");
}

#[test]
fn the_store_of_the_first_version_opens() {
    check(GOLDEN);
}

#[test]
fn what_this_version_writes_opens_likewise() {
    let image = write();
    if let Some(path) = std::env::var_os("LINLI_WRITE_GOLDEN") {
        std::fs::write(path, &image).unwrap();
    }
    check(&image);
}

#[test]
fn an_older_program_refuses_a_golden_store_and_leaves_it_untouched() {
    let disk = ForgettingDisk::from_image(GOLDEN.to_vec());
    let older = RedbOptions {
        schema: 0,
        ..RedbOptions::default()
    };
    assert_eq!(
        redb(&disk, older).err(),
        Some(StoreFault::TooNew { found: 1, known: 0 })
    );
    assert!(disk.image() == GOLDEN);
}
