//! A damaged file gives the state that was committed, or a typed fault; never a panic, a part of the
//! rows, or a store that is silently empty (I9).
//!
//! `LINLI_DAMAGES` sets how many damaged images are tried.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::{Model, contents, random_batch, try_contents};
use linli_store::{
    Batch, ForgettingDisk, RedbOptions, RedbStore, SECTOR, Store, StoreFault, Table,
};

fn open(image: Vec<u8>) -> Result<RedbStore, StoreFault> {
    let disk = ForgettingDisk::from_image(image);
    let options = RedbOptions {
        create: false,
        cache_bytes: 1 << 20,
        ..RedbOptions::default()
    };
    RedbStore::open_backend(move || Ok(disk.handle()), options)
}

/// An image with some commits in it, closed well or left by a kill, and the states it may show.
fn image(closed_well: bool) -> (Vec<u8>, Vec<Model>) {
    let disk = ForgettingDisk::new();
    let same = disk.clone();
    let mut store =
        RedbStore::open_backend(move || Ok(same.handle()), RedbOptions::default()).unwrap();
    // Enough rows for a tree with branches, which hold keys and no values.
    let mut many = Batch::new();
    for number in 0..400u64 {
        many.put(Table::Index, number.to_be_bytes(), vec![2; 40]);
    }
    store.commit(&many).unwrap();
    let mut states = vec![];
    for seed in 0..12u64 {
        store.commit(&random_batch(seed)).unwrap();
        states.push(contents(&store));
        let mut long = Batch::new();
        long.put(Table::Entries, seed.to_be_bytes(), vec![1; 3_000]);
        store.commit(&long).unwrap();
        states.push(contents(&store));
    }
    if closed_well {
        store.close().unwrap();
    }
    (disk.image(), states)
}

/// Damages an image in one of the ways files are damaged; says how.
fn damage(image: &mut Vec<u8>, number: usize) -> String {
    let mut state = number as u64;
    // Any spread of numbers will do here.
    let mut next = |limit: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    // Most of a new file is unused; damage is sought where the pages are.
    let used = image.iter().rposition(|byte| *byte != 0).unwrap_or(0) + 1;
    let (at, other) = (next(used), next(used) / SECTOR * SECTOR);
    match next(8) {
        0 | 1 => {
            image[at] ^= 1 << next(8);
            format!("a bit of byte {at} flipped")
        }
        2 => {
            let header = next(320);
            image[header] ^= 1 << next(8);
            format!("a bit of byte {header} of the header flipped")
        }
        3 => {
            image[other..other + SECTOR].fill(0);
            format!("the sector at {other} zeroed")
        }
        4 => {
            let from = at / SECTOR * SECTOR;
            image.copy_within(from..from + SECTOR, other);
            format!("the sector at {from} copied to {other}")
        }
        5 => {
            image.truncate(at);
            format!("cut to {at} bytes")
        }
        6 => {
            image.truncate(at / 4096 * 4096);
            format!("cut to {} bytes", image.len())
        }
        _ => {
            image.extend_from_slice(&vec![0xaa; at]);
            format!("{at} bytes added")
        }
    }
}

fn check(closed_well: bool) {
    let damages = std::env::var("LINLI_DAMAGES").map_or(1_500, |text| text.parse().unwrap());
    let (sound, states) = image(closed_well);
    let (mut refused, mut unharmed) = (0, 0);
    for number in 0..damages {
        let mut damaged = sound.clone();
        let what = damage(&mut damaged, number);
        match open(damaged).and_then(|store| try_contents(&store)) {
            Ok(shown) => {
                // A kill leaves two commits to fall back to: the last one and the one before.
                let known = if closed_well {
                    &states[states.len() - 1..]
                } else {
                    &states[..]
                };
                assert!(
                    known.contains(&shown),
                    "{number}: {what}: neither a fault nor a committed state"
                );
                unharmed += 1;
            }
            Err(StoreFault::Damaged { .. }) => refused += 1,
            Err(fault) => panic!("{number}: {what}: {fault:?} is not how damage is told"),
        }
    }
    println!("closed well {closed_well}: {refused} refused, {unharmed} shown as committed");
    assert!(refused > damages / 10 && unharmed > damages / 10);
}

#[test]
fn a_damaged_file_that_was_closed_well_shows_its_state_or_a_fault() {
    check(true);
}

#[test]
fn a_damaged_file_left_by_a_kill_shows_a_committed_state_or_a_fault() {
    check(false);
}
