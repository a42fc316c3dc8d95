//! A home that is made, taken back, and killed in between.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::home::{FoundArgs, found, may_found, start_again};
use crate::owner::Owner;
use std::time::Duration;

fn options(dir: &Path, passphrase: Option<&str>) -> HomeOptions {
    HomeOptions {
        dir: dir.join("home"),
        passphrase: passphrase.map(str::to_owned),
        keys_dir: Some(dir.join("keys")),
        timeout: Duration::from_secs(1),
    }
}

fn sunrise() -> FoundArgs {
    FoundArgs {
        name: "朝阳花园".into(),
        utc_offset_minutes: 480,
        gates: vec![],
        office: "居委会".into(),
        founders: 1,
    }
}

/// Keys that were sealed for a home that got no further, as a power cut leaves them.
fn keys_alone(o: &HomeOptions) -> Vec<u8> {
    let (files, store, secrets) = HomeFiles::create(o).unwrap();
    drop((store, secrets, files));
    for file in [STORE_FILE, ID_FILE] {
        std::fs::remove_file(o.dir.join(file)).unwrap();
    }
    std::fs::read(o.dir.join("keys.sealed")).unwrap()
}

#[test]
fn sealed_keys_without_a_home_are_put_aside_and_a_community_is_founded() {
    let dir = tempfile::tempdir().unwrap();
    let o = options(dir.path(), Some("三只喜鹊"));
    let left = keys_alone(&o);
    found(&o, &sunrise()).unwrap();
    let old = std::fs::read(o.dir.join(SEALED_OLD)).unwrap();
    assert_eq!(old, left, "nothing is thrown away");
    assert!(HomeFiles::open(&o).is_ok());
}

#[test]
fn while_one_program_makes_a_home_another_makes_none_and_removes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let o = options(dir.path(), Some("三只喜鹊"));
    let left = keys_alone(&o);
    let lock = Making::lock(&o.dir).unwrap();
    for refused in [found(&o, &sunrise()).map(|_| ()), start_again(&o)] {
        assert_eq!(refused.unwrap_err().code, "home-busy");
    }
    assert_eq!(std::fs::read(o.dir.join("keys.sealed")).unwrap(), left);
    drop(lock);
    let (files, store, _) = HomeFiles::create(&o).unwrap();
    drop(store);
    // Its store is closed, and it may yet be taken back: nobody begins in it.
    assert_eq!(
        found(&o, &sunrise()).unwrap_err().code,
        "home-exists",
        "the one that makes it has it"
    );
    files.remove_new();
    drop(files);
    found(&o, &sunrise()).unwrap();
}

#[test]
fn a_removal_that_was_interrupted_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let o = options(dir.path(), None);
    let (files, mut store, _) = HomeFiles::create(&o).unwrap();
    let mut batch = linli_store::Batch::new();
    batch.put(Table::Local, b"join-session", b"x".to_vec());
    store.commit(&batch).unwrap();
    drop((store, files));
    std::fs::rename(o.dir.join(ID_FILE), o.dir.join(ID_FILE_GONE)).unwrap();
    may_found(&o).unwrap();
    found(&o, &sunrise()).unwrap();
    assert!(!o.dir.join(ID_FILE_GONE).exists());
    let keys = std::fs::read_dir(dir.path().join("keys")).unwrap().count();
    assert_eq!(keys, 1, "no keys of the one that went");
}

#[test]
fn what_led_nowhere_may_begin_again_and_a_community_may_not() {
    let dir = tempfile::tempdir().unwrap();
    let o = options(dir.path(), None);
    start_again(&o).unwrap();
    drop(HomeFiles::create(&o).unwrap());
    assert!(is_home(&o.dir));
    may_found(&o).unwrap();
    start_again(&o).unwrap();
    assert!(!is_home(&o.dir) && !o.dir.join(STORE_FILE).exists());
    found(&o, &sunrise()).unwrap();
    assert_eq!(start_again(&o).unwrap_err().code, "home-exists");
    assert_eq!(may_found(&o).unwrap_err().code, "home-exists");
    assert!(HomeFiles::open(&o).is_ok(), "nothing has changed");
}

#[test]
fn after_the_commit_no_fault_says_that_nothing_was_founded() {
    let dir = tempfile::tempdir().unwrap();
    let (files, store, secrets) = HomeFiles::create(&options(dir.path(), None)).unwrap();
    // Of a home that can show nothing.
    let mut owner = Owner::open(files, store, &secrets).unwrap();
    let said = owner.founded("朝阳花园").data;
    assert_eq!(said["community"]["name"], "朝阳花园");
}

#[test]
fn whoever_is_refused_leaves_nothing_behind_and_a_lock_that_went_locks_nobody_out() {
    let dir = tempfile::tempdir().unwrap();
    let mut o = options(dir.path(), None);
    o.dir = dir.path().join("a/b");
    let (files, store, _) = HomeFiles::create(&o).unwrap();
    assert_eq!(Making::begin(&o.dir).unwrap_err().code, "home-busy");
    assert!(o.dir.exists(), "it is another's");
    drop(store);
    files.remove_new();
    drop(files);
    assert!(!dir.path().join("a").exists(), "with its folders");

    std::fs::create_dir_all(&o.dir).unwrap();
    let (files, store, _) = HomeFiles::create(&o).unwrap();
    drop(store);
    files.remove_new();
    drop(files);
    let left = std::fs::read_dir(&o.dir).unwrap().count();
    assert_eq!(left, usize::from(!cfg!(unix)), "one that was there stays");

    found(&o, &sunrise()).unwrap();
    let stood = std::fs::read_dir(&o.dir).unwrap().count();
    assert_eq!(found(&o, &sunrise()).unwrap_err().code, "home-exists");
    assert_eq!(std::fs::read_dir(&o.dir).unwrap().count(), stood);
}
