//! The power goes at any moment, and the store comes back with what it acknowledged (T4; I2, I9).
//!
//! Scripted runs of the real store over a disk that forgets are recorded step by step. Each image is
//! one recording cut at one step, with one choice of which unsynced sectors arrived. It must open and
//! show exactly the state after some commit: none that was acknowledged is missing, none is there in
//! part. A quarter of the images is then cut again while it recovers.
//!
//! `LINLI_IMAGES` sets how many images are tried; `LINLI_SEED` where the seeds begin.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::{Model, apply, contents, random_batch};
use linli_store::{
    DiskFault, DiskTrace, ForgettingDisk, RedbOptions, RedbStore, Store, StoreFault,
};

const IMAGES_IN_CI: u64 = 2_000;
const IMAGES_PER_RUN: u64 = 50;
const COMMITS_PER_RUN: u64 = 14;

fn open(disk: &ForgettingDisk) -> Result<RedbStore, StoreFault> {
    let disk = disk.clone();
    let options = RedbOptions {
        cache_bytes: 1 << 20,
        ..RedbOptions::default()
    };
    RedbStore::open_backend(move || Ok(disk.handle()), options)
}

fn from_env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

/// A recorded run: what was done to the disk, and what was promised when.
struct Run {
    trace: DiskTrace,
    /// The state after each number of commits.
    states: Vec<Model>,
    /// The length of the trace when each commit was acknowledged.
    acknowledged_at: Vec<usize>,
}

impl Run {
    /// Commits random batches, with compactions, orderly closings and kills in between.
    fn record(disk: &ForgettingDisk, seed: u64, commits: u64) -> Self {
        let mut run = Run {
            trace: DiskTrace::default(),
            states: vec![Model::new()],
            acknowledged_at: vec![],
        };
        disk.start_trace();
        let mut store = open(disk).expect("a sound disk opens");
        let mut model = contents(&store);
        run.states = vec![model.clone()];
        for number in 0..commits {
            let batch = random_batch(seed * 1_000 + number);
            store.commit(&batch).expect("a sound disk takes a commit");
            apply(&mut model, &batch);
            run.states.push(model.clone());
            run.acknowledged_at.push(disk.trace_len());
            match (seed + number) % 9 {
                2 => drop(store.compact().expect("a sound disk can be compacted")),
                4 => {
                    store.close().expect("a sound disk closes");
                    store = open(disk).expect("a sound disk opens");
                }
                7 => store = kill_and_open(disk, store),
                _ => {}
            }
        }
        run.trace = disk.take_trace().expect("it was started");
        run
    }

    /// The states an image cut after `steps` may show: the last acknowledged, or the one in flight.
    fn allowed(&self, steps: usize) -> impl Iterator<Item = &Model> {
        let acknowledged = self
            .acknowledged_at
            .iter()
            .filter(|at| **at <= steps)
            .count();
        self.states.iter().skip(acknowledged).take(2)
    }
}

/// Ends a process without letting it write anything more, and begins another on the same disk.
fn kill_and_open(disk: &ForgettingDisk, store: RedbStore) -> RedbStore {
    disk.fail_from(0, DiskFault::Io);
    drop(store);
    disk.heal();
    open(disk).expect("a store opens after a kill")
}

#[derive(Default, Debug)]
struct Reached {
    images: u64,
    in_flight_commit_lost: u64,
    in_flight_commit_kept: u64,
    before_the_first_commit: u64,
    second_cuts: u64,
}

/// Opens an image; which of the allowed states it shows, or what is wrong with it.
fn judge(image: &ForgettingDisk, run: &Run, steps: usize) -> Result<usize, String> {
    let store = open(image).map_err(|fault| format!("does not open: {fault:?}"))?;
    let shown = contents(&store);
    let place = run.allowed(steps).position(|state| *state == shown);
    place
        .ok_or_else(|| "shows neither the last acknowledged state nor the one in flight".to_owned())
}

fn check(image: &ForgettingDisk, run: &Run, steps: usize, name: &str, reached: &mut Reached) {
    match judge(image, run, steps) {
        Ok(0) => reached.in_flight_commit_lost += 1,
        Ok(_) => reached.in_flight_commit_kept += 1,
        Err(wrong) => panic!("{name} {wrong}"),
    }
    reached.images += 1;
    if run
        .acknowledged_at
        .first()
        .is_none_or(|first| steps < *first)
    {
        reached.before_the_first_commit += 1;
    }
}

/// Opens the image, goes on writing, and cuts again within that, recovery included.
fn check_second_cut(image: &ForgettingDisk, seed: u64, name: &str, reached: &mut Reached) {
    let run = Run::record(image, seed, 2);
    let steps = moment(&run.trace, seed);
    let name = format!("{name}, cut again after {steps}");
    check(&run.trace.cut(steps, seed), &run, steps, &name, reached);
    reached.second_cuts += 1;
}

/// The same bytes on another disk, so that looking at them changes nothing.
fn copy_of(disk: &ForgettingDisk) -> ForgettingDisk {
    ForgettingDisk::from_image(disk.image())
}

/// When to cut: half the time anywhere, half the time just before a sync.
fn moment(trace: &DiskTrace, seed: u64) -> usize {
    let number = usize::try_from(seed.wrapping_mul(2_654_435_761) >> 7).expect("a 64-bit machine");
    let before_syncs = trace.before_syncs();
    match before_syncs.get(number % (2 * before_syncs.len().max(1))) {
        Some(steps) => *steps,
        None => number % (trace.len() + 1),
    }
}

#[test]
fn every_image_of_a_power_cut_opens_with_all_that_was_acknowledged_and_nothing_in_part() {
    let images = from_env("LINLI_IMAGES", IMAGES_IN_CI);
    let first = from_env("LINLI_SEED", 0);
    let mut reached = Reached::default();
    for number in 0..images.div_ceil(IMAGES_PER_RUN) {
        let seed = first + number;
        let disk = ForgettingDisk::new();
        let run = Run::record(&disk, seed, COMMITS_PER_RUN);
        for image_seed in 0..IMAGES_PER_RUN {
            let steps = moment(&run.trace, seed * IMAGES_PER_RUN + image_seed);
            let name = format!(
                "run {seed}, cut after {steps} of {}, image {image_seed}",
                run.trace.len()
            );
            let image = run.trace.cut(steps, image_seed);
            check(&copy_of(&image), &run, steps, &name, &mut reached);
            if image_seed % 4 == 0 {
                let again = seed * IMAGES_PER_RUN + image_seed;
                check_second_cut(&image, again, &name, &mut reached);
            }
        }
    }
    println!("{reached:?}");
    let all_met = reached.in_flight_commit_lost > 0
        && reached.in_flight_commit_kept > 0
        && reached.before_the_first_commit > 0
        && reached.second_cuts > 0;
    assert!(all_met, "a state was never reached: {reached:?}");
}

#[test]
fn a_disk_that_lies_about_its_syncs_is_found_out() {
    let mut run = Run::record(&ForgettingDisk::new(), 3, COMMITS_PER_RUN);
    run.trace = run.trace.without_syncs();
    let all = 0..run.trace.len();
    let wrong = all
        .filter(|steps| judge(&run.trace.cut(*steps, 3), &run, *steps).is_err())
        .count();
    assert!(
        wrong > run.trace.len() / 4,
        "{wrong} of {} cuts were noticed",
        run.trace.len()
    );
}
