//! Many seeds of a small world, on two threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What seeds amounted to, added up.
pub(crate) trait Sum: Default + Copy + Send {
    /// Adds what one seed amounted to.
    fn add(&mut self, other: &Self);
}

/// Runs seeds on two threads and adds up what they amounted to; with how many were red. `red` hears of each that is.
pub(crate) fn each<T: Sum>(
    from: u64,
    count: u64,
    run: impl Fn(u64) -> Result<T, String> + Sync,
    red: impl Fn(u64, &str) + Sync,
) -> (T, u64) {
    let (next, reds) = (AtomicU64::new(from), AtomicU64::new(0));
    let sum = Mutex::new(T::default());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from.saturating_add(count) {
                return;
            }
            match run(seed) {
                Ok(tally) => sum
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(&tally),
                Err(what) => {
                    reds.fetch_add(1, Ordering::Relaxed);
                    red(seed, &what);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let sum = *sum.lock().unwrap_or_else(PoisonError::into_inner);
    (sum, reds.into_inner())
}
