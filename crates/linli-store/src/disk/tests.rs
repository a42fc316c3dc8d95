//! The disk forgets, fails and runs full as promised.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use redb::StorageBackend;
use std::ops::Bound;

fn disk_with(image: &[u8]) -> (ForgettingDisk, DiskHandle) {
    let disk = ForgettingDisk::from_image(image.to_vec());
    let handle = disk.handle();
    (disk, handle)
}

#[test]
fn what_was_synced_survives_every_cut() {
    let (disk, file) = disk_with(&[]);
    file.set_len(1024).unwrap();
    file.write(0, &[7; 1024]).unwrap();
    file.sync_data().unwrap();
    file.write(0, &[8; 1024]).unwrap();
    for seed in 0..100 {
        let image = disk.crash(seed).image();
        assert!(image.len() == 1024 && image.iter().all(|byte| *byte == 7 || *byte == 8));
    }
    assert_eq!(disk.durable_image(), [7; 1024]);
    assert_eq!(disk.image(), [8; 1024]);
}

#[test]
fn one_seed_gives_one_image() {
    let (disk, file) = disk_with(&[0; 8192]);
    file.write(100, &[1; 5000]).unwrap();
    assert_eq!(disk.crash(3).image(), disk.crash(3).image());
    assert!((0..50).any(|seed| disk.crash(seed).image() != disk.crash(3).image()));
}

#[test]
fn a_failed_write_leaves_half_of_itself() {
    let (disk, file) = disk_with(&[0; 2048]);
    disk.fail_after(0, DiskFault::Io);
    assert!(file.write(0, &[1; 2048]).is_err());
    assert_eq!(disk.image().iter().filter(|byte| **byte == 1).count(), 1024);
    assert!(
        file.write(0, &[1; 2048]).is_ok(),
        "a fault that is not lasting strikes once"
    );
}

#[test]
fn after_a_failed_sync_the_next_one_does_not_cover_the_old_writes() {
    for (fault, read_back) in [(DiskFault::Io, 1), (DiskFault::IoReverting, 0)] {
        let (disk, file) = disk_with(&[0; 512]);
        file.write(0, &[1; 512]).unwrap();
        disk.fail_after(0, fault);
        assert!(file.sync_data().is_err());
        file.sync_data().unwrap();
        assert_eq!(disk.image(), [read_back; 512]);
        assert_eq!(disk.durable_image(), [0; 512]);
    }
}

#[test]
fn a_full_disk_can_be_read_and_shrunk_but_not_written_until_there_is_room() {
    let (disk, file) = disk_with(&[5; 1024]);
    disk.set_full(true);
    assert_eq!(
        file.write(0, &[1; 512]).unwrap_err().kind(),
        ErrorKind::StorageFull
    );
    assert_eq!(
        file.set_len(4096).unwrap_err().kind(),
        ErrorKind::StorageFull
    );
    file.set_len(512).unwrap();
    file.read(0, &mut [0; 512]).unwrap();
    disk.heal();
    file.write(0, &[1; 512]).unwrap();
}

#[test]
fn no_space_waits_for_a_call_that_writes() {
    let (disk, file) = disk_with(&[5; 1024]);
    disk.fail_after(0, DiskFault::NoSpace);
    assert_eq!(file.len().unwrap(), 1024);
    assert!(file.write(0, &[1; 512]).is_err());
}

#[test]
fn only_one_handle_locks_the_disk_and_dropping_it_frees_it() {
    let (disk, first) = disk_with(&[]);
    let second = disk.handle();
    let all = (Bound::Unbounded, Bound::Unbounded);
    assert!(first.try_lock_range(all.0, all.1).unwrap());
    assert!(!second.try_lock_range(all.0, all.1).unwrap());
    assert!(!second.try_lock_shared_range(all.0, all.1).unwrap());
    drop(first);
    assert!(second.try_lock_shared_range(all.0, all.1).unwrap());
    assert!(disk.handle().try_lock_shared_range(all.0, all.1).unwrap());
}

#[test]
fn a_trace_can_be_cut_anywhere() {
    let (disk, file) = disk_with(&[0; 512]);
    disk.start_trace();
    file.write(0, &[1; 512]).unwrap();
    file.sync_data().unwrap();
    file.write(0, &[2; 512]).unwrap();
    let trace = disk.take_trace().unwrap();
    assert_eq!(trace.len(), 3);
    let seen = |steps| -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..60)
            .map(|seed| trace.cut(steps, seed).image()[0])
            .collect();
        bytes.sort_unstable();
        bytes.dedup();
        bytes
    };
    assert_eq!(seen(0), [0]);
    assert_eq!(seen(1), [0, 1]);
    assert_eq!(seen(2), [1]);
    assert_eq!(seen(3), [1, 2]);
}
