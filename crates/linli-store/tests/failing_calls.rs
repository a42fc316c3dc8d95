//! The n-th call to the disk fails, for every n (T4; I2, I9, L3).
//!
//! One script of commits, a compaction and reopenings runs once for each call it makes to the disk and
//! each kind of fault. Every fault must come back as a typed [`StoreFault`], what was acknowledged must
//! still be shown and must survive a power cut at the end, and writing must go on by itself once the
//! cause is gone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_store::conformance::{Model, apply, contents, random_batch, try_contents};
use linli_store::{
    Batch, DiskFault, ForgettingDisk, RedbOptions, RedbStore, Store, StoreFault, Table,
};

#[derive(Clone, Copy, Debug)]
struct Case {
    at_call: u64,
    fault: DiskFault,
    /// The fault stays until someone repairs the disk.
    lasting: bool,
    /// A batch that failed is dropped instead of being tried again.
    give_up: bool,
}

impl Case {
    fn expects(self, found: StoreFault) -> bool {
        match self.fault {
            DiskFault::NoSpace => found == StoreFault::DiskFull,
            DiskFault::ReadOnly => found == StoreFault::ReadOnly,
            DiskFault::Io | DiskFault::IoReverting => {
                found == StoreFault::Io(std::io::ErrorKind::Other)
            }
        }
    }
}

/// A script under way: the store, and the states it may be in.
struct Script {
    case: Option<Case>,
    disk: ForgettingDisk,
    store: RedbStore,
    /// One state, or two while a commit that failed may still turn out to be there.
    possible: Vec<Model>,
    faults: usize,
}

impl Script {
    fn begin(disk: &ForgettingDisk, case: Option<Case>) -> Self {
        let mut faults = 0;
        let store = loop {
            match open(disk) {
                Ok(store) => break store,
                Err(found) => note_fault(disk, case, found, &mut faults),
            }
        };
        Self {
            case,
            disk: disk.clone(),
            store,
            possible: vec![Model::new()],
            faults,
        }
    }

    fn note(&mut self, found: StoreFault) {
        let readable = [DiskFault::NoSpace, DiskFault::ReadOnly];
        if self.case.is_some_and(|case| readable.contains(&case.fault)) {
            // What cannot be written can be read all the while.
            let shown = contents(&self.store);
            assert!(
                self.possible.contains(&shown),
                "{:?}: the disk shows another state",
                self.case
            );
        }
        note_fault(&self.disk, self.case, found, &mut self.faults);
    }

    fn commit(&mut self, batch: &Batch) {
        let give_up = self.case.is_some_and(|case| case.give_up);
        loop {
            let mut after = self.possible.clone();
            after.iter_mut().for_each(|state| apply(state, batch));
            match self.store.commit(batch) {
                Ok(()) => {
                    let shown = contents_after_fault(self);
                    assert!(
                        after.contains(&shown),
                        "{:?}: not the acknowledged state",
                        self.case
                    );
                    // Acknowledged: from here on it is this one state.
                    self.possible = vec![shown];
                    return;
                }
                Err(found) => {
                    self.possible.extend(after);
                    self.note(found);
                    if give_up {
                        return;
                    }
                }
            }
        }
    }

    fn compact(&mut self) {
        while let Err(found) = self.store.compact() {
            self.note(found);
        }
    }

    fn reopen(&mut self) {
        if let Err(found) = self.store.close() {
            note_fault(&self.disk, self.case, found, &mut self.faults);
        }
        loop {
            match open(&self.disk) {
                Ok(store) => break self.store = store,
                Err(found) => note_fault(&self.disk, self.case, found, &mut self.faults),
            }
        }
    }

    /// All of it, and how many calls the disk had. Ends with a power cut and one more opening.
    fn run(disk: &ForgettingDisk, case: Option<Case>) -> usize {
        let mut script = Self::begin(disk, case);
        for number in 0..3 {
            script.commit(&random_batch(number));
        }
        let large = vec![7; 200 << 10];
        script.commit(Batch::new().put(Table::Docs, *b"large", large));
        script.commit(Batch::new().delete(Table::Docs, *b"large"));
        script.compact();
        script.commit(&random_batch(5));
        script.reopen();
        script.commit(&random_batch(6));
        let faults = script.faults;
        disk.heal();
        script.commit(&random_batch(7));
        assert_eq!(script.possible.len(), 1);
        let seed = case.map_or(0, |case| case.at_call);
        let cut =
            open(&disk.crash(seed)).unwrap_or_else(|found| panic!("{case:?}: {found:?}, cut"));
        assert!(
            script.possible.contains(&contents(&cut)),
            "{case:?}: the cut lost something"
        );
        faults
    }
}

/// Reads everything; a fault that strikes a read costs one more attempt and nothing else.
fn contents_after_fault(script: &mut Script) -> Model {
    loop {
        match try_contents(&script.store) {
            Ok(shown) => return shown,
            Err(found) => note_fault(&script.disk, script.case, found, &mut script.faults),
        }
    }
}

fn note_fault(disk: &ForgettingDisk, case: Option<Case>, found: StoreFault, faults: &mut usize) {
    let case = case.unwrap_or_else(|| panic!("{found:?} without a cause"));
    *faults += 1;
    assert!(
        case.expects(found),
        "{case:?}: {found:?} is not what happened"
    );
    assert!(
        *faults < 4,
        "{case:?}: one cause, and still a fault after it was gone"
    );
    if case.lasting {
        disk.heal();
    }
}

fn open(disk: &ForgettingDisk) -> Result<RedbStore, StoreFault> {
    let disk = disk.clone();
    // A cache this small makes redb read and write in the middle of a transaction, too.
    let options = RedbOptions {
        cache_bytes: 128 << 10,
        ..RedbOptions::default()
    };
    RedbStore::open_backend(move || Ok(disk.handle()), options)
}

fn sweep(fault: DiskFault, lasting: bool, give_up: bool) {
    let healthy = ForgettingDisk::new();
    Script::run(&healthy, None);
    let calls = healthy.calls();
    let mut met = 0;
    for at_call in 0..calls {
        let disk = ForgettingDisk::new();
        let case = Case {
            at_call,
            fault,
            lasting,
            give_up,
        };
        if lasting {
            disk.fail_from(at_call, fault)
        } else {
            disk.fail_after(at_call, fault)
        }
        met += Script::run(&disk, Some(case)).min(1);
    }
    println!("{fault:?}, lasting {lasting}: {calls} calls, {met} of them gave a fault");
    assert!(met > 10, "the faults were met");
}

#[test]
fn a_disk_full_for_one_call_costs_no_more_than_a_second_attempt() {
    sweep(DiskFault::NoSpace, false, false);
}

#[test]
fn writing_resumes_when_a_full_disk_has_space_again() {
    sweep(DiskFault::NoSpace, true, false);
}

#[test]
fn a_disk_that_becomes_read_only_is_read_on_and_written_again_later() {
    sweep(DiskFault::ReadOnly, true, false);
}

#[test]
fn a_disk_error_costs_no_more_than_a_second_attempt() {
    sweep(DiskFault::Io, false, false);
}

#[test]
fn a_disk_error_that_stays_is_told_until_it_is_gone() {
    sweep(DiskFault::Io, true, false);
}

#[test]
fn a_failed_sync_that_takes_back_what_was_written_loses_nothing_acknowledged() {
    sweep(DiskFault::IoReverting, false, false);
}

#[test]
fn a_batch_given_up_after_a_fault_is_there_whole_or_not_at_all() {
    sweep(DiskFault::Io, false, true);
    sweep(DiskFault::NoSpace, true, true);
}
