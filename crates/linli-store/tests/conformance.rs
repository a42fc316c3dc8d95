//! Every store of this crate passes the one suite, bare and sealed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::{
    DbKey, ForgettingDisk, MemoryStore, RedbOptions, RedbStore, Sealed, Store, conformance,
};
use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

fn key() -> DbKey {
    DbKey::new([0x42; 32])
}

/// Another salt for each opening, as the vault's dice would give.
fn salt(openings: &Cell<u8>) -> [u8; 16] {
    openings.set(openings.get().wrapping_add(1));
    [openings.get(); 16]
}

fn sealed(inner: impl Store + 'static, openings: &Cell<u8>) -> Box<dyn Store> {
    Box::new(Sealed::open(inner, &key(), salt(openings)).unwrap())
}

/// Hands out stores on the current file of a directory, and a new file for each new store.
struct Files {
    directory: tempfile::TempDir,
    made: usize,
}

impl Files {
    fn new() -> RefCell<Self> {
        RefCell::new(Self {
            directory: tempfile::tempdir().unwrap(),
            made: 0,
        })
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join(format!("{}.redb", self.made))
    }

    fn next(&mut self) -> PathBuf {
        self.made += 1;
        self.path()
    }
}

fn on_file(path: &Path) -> RedbStore {
    RedbStore::open_path(path, RedbOptions::default()).unwrap()
}

fn on_disk(disk: &ForgettingDisk) -> RedbStore {
    let disk = disk.clone();
    RedbStore::open_backend(move || Ok(disk.handle()), RedbOptions::default()).unwrap()
}

#[test]
fn the_store_in_memory_conforms() {
    conformance::run(&mut || Box::new(MemoryStore::new()), &mut |store| store);
}

#[test]
fn the_sealed_store_in_memory_conforms() {
    let openings = Cell::new(0);
    conformance::run(
        &mut || sealed(MemoryStore::new(), &openings),
        &mut |store| store,
    );
}

#[test]
fn the_store_in_a_file_conforms() {
    let files = Files::new();
    conformance::run(
        &mut || Box::new(on_file(&files.borrow_mut().next())),
        &mut |store| {
            drop(store);
            Box::new(on_file(&files.borrow().path()))
        },
    );
}

#[test]
fn the_sealed_store_in_a_file_conforms() {
    let files = Files::new();
    let openings = Cell::new(0);
    conformance::run(
        &mut || sealed(on_file(&files.borrow_mut().next()), &openings),
        &mut |mut store| {
            store.close().unwrap();
            sealed(on_file(&files.borrow().path()), &openings)
        },
    );
}

#[test]
fn the_store_on_the_forgetting_disk_conforms_though_the_power_goes_at_every_reopening() {
    let disk = RefCell::new(ForgettingDisk::new());
    let seed = RefCell::new(0);
    conformance::run(
        &mut || {
            disk.replace(ForgettingDisk::new());
            Box::new(on_disk(&disk.borrow()))
        },
        &mut |store| {
            *seed.borrow_mut() += 1;
            let after = disk.borrow().crash(*seed.borrow());
            drop(store);
            disk.replace(after);
            Box::new(on_disk(&disk.borrow()))
        },
    );
}

#[test]
fn the_sealed_store_on_the_forgetting_disk_conforms() {
    let disk = RefCell::new(ForgettingDisk::new());
    let openings = Cell::new(0);
    conformance::run(
        &mut || {
            disk.replace(ForgettingDisk::new());
            sealed(on_disk(&disk.borrow()), &openings)
        },
        &mut |store| {
            drop(store);
            sealed(on_disk(&disk.borrow()), &openings)
        },
    );
}
