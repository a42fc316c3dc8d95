//! The overlay shows what would be on the disk, and puts exactly that there when it settles.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::dice::Dice;
use crate::disk::{DiskFault, ForgettingDisk};

fn over(disk: &ForgettingDisk) -> Overlay {
    Overlay::new(Box::new(disk.handle()), true)
}

fn read_all(overlay: &Overlay) -> Vec<u8> {
    let mut bytes = vec![0; usize::try_from(overlay.len().unwrap()).unwrap()];
    overlay.read(0, &mut bytes).unwrap();
    bytes
}

/// The same random change to a file and to anything that should equal it.
fn change(dice: &mut Dice, file: &dyn StorageBackend, len: &mut usize) {
    match dice.below(6) {
        0 => {
            *len = dice.below(9_000);
            file.set_len(*len as u64).unwrap();
        }
        1 => file.sync_data().unwrap(),
        _ => {
            let at = dice.below(*len + 1);
            let size = dice.below(*len - at + 1);
            let data = dice.bytes(size);
            file.write(at as u64, &data).unwrap();
        }
    }
}

#[test]
fn what_is_held_reads_as_if_it_were_written_and_is_written_when_it_settles() {
    for seed in 0..200 {
        let start = Dice::new(seed).bytes(5_000);
        let plain = ForgettingDisk::from_image(start.clone());
        let below = ForgettingDisk::from_image(start.clone());
        let overlay = over(&below);
        assert!(read_all(&overlay) == start);
        let (mut one, mut two) = (Dice::new(seed), Dice::new(seed));
        let (mut len_one, mut len_two) = (start.len(), start.len());
        let file = plain.handle();
        for _ in 0..12 {
            change(&mut one, &file, &mut len_one);
            change(&mut two, &overlay, &mut len_two);
            assert!(
                read_all(&overlay) == plain.image(),
                "seed {seed}: the held view"
            );
        }
        assert!(
            below.image() == start,
            "seed {seed}: nothing is written before it settles"
        );
        overlay.settle().unwrap();
        assert!(
            below.image() == plain.image(),
            "seed {seed}: settling writes it"
        );
        assert!(
            below.durable_image() == plain.durable_image(),
            "seed {seed}: with its syncs"
        );
        change(&mut one, &file, &mut len_one);
        change(&mut two, &overlay, &mut len_two);
        assert!(
            below.image() == plain.image(),
            "seed {seed}: then all goes straight through"
        );
    }
}

#[test]
fn reading_beyond_the_end_is_an_error_and_not_zeros() {
    let overlay = over(&ForgettingDisk::from_image(vec![1; 100]));
    assert_eq!(
        overlay.read(90, &mut [0; 11]).unwrap_err().kind(),
        io::ErrorKind::UnexpectedEof
    );
    overlay.set_len(50).unwrap();
    assert!(overlay.read(0, &mut [0; 51]).is_err());
    overlay.set_len(60).unwrap();
    let mut bytes = [9; 60];
    overlay.read(0, &mut bytes).unwrap();
    assert_eq!(
        (bytes[49], bytes[50]),
        (1, 0),
        "what was cut off does not come back"
    );
}

#[test]
fn after_settling_failed_nothing_more_reaches_the_disk() {
    let disk = ForgettingDisk::from_image(vec![1; 1024]);
    let overlay = over(&disk);
    overlay.write(0, &[2; 512]).unwrap();
    overlay.write(512, &[2; 512]).unwrap();
    disk.fail_after(1, DiskFault::NoSpace);
    assert_eq!(overlay.settle(), Err(StoreFault::DiskFull));
    let after = disk.image();
    assert!(overlay.write(0, &[3; 1024]).is_err() && overlay.sync_data().is_err());
    assert!(disk.image() == after);
    assert_eq!(overlay.fault(), Some(StoreFault::DiskFull));
}

#[test]
fn a_failed_sync_names_the_ranges_in_doubt_and_rewriting_them_makes_them_durable() {
    let disk = ForgettingDisk::from_image(vec![1; 4096]);
    let overlay = over(&disk);
    overlay.settle().unwrap();
    overlay.write(512, &[2; 512]).unwrap();
    overlay.sync_data().unwrap();
    overlay.write(1024, &[3; 1024]).unwrap();
    assert!(overlay.suspect().is_empty());
    disk.fail_after(0, DiskFault::Io);
    assert!(overlay.sync_data().is_err());
    let suspect = overlay.suspect();
    assert_eq!(suspect, [(1024, 1024)]);
    let next = over(&disk);
    next.rewrite(&suspect).unwrap();
    assert_eq!(disk.durable_image()[1024..2048], [3; 1024]);
    next.rewrite(&[(4000, 500), (9000, 10)]).unwrap();
    assert_eq!(
        disk.image().len(),
        4096,
        "what lies beyond the end is left out"
    );
}

#[test]
fn only_a_file_without_a_mark_and_without_pages_is_unborn() {
    let mut with_header = vec![0; 8192];
    with_header[20] = 7;
    let mut with_page = vec![0; 8192];
    with_page[4096] = 7;
    for (image, unborn) in [
        (vec![0; 8192], true),
        (with_header, true),
        (with_page, false),
        (vec![0; 5], true),
    ] {
        let overlay = over(&ForgettingDisk::from_image(image.clone()));
        assert_eq!(
            overlay.len().unwrap(),
            if unborn { 0 } else { image.len() as u64 }
        );
        let existing = Overlay::new(Box::new(ForgettingDisk::from_image(image).handle()), false);
        assert_eq!(existing.len().is_err(), unborn);
    }
}
