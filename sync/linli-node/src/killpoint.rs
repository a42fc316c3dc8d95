//! Named places where a process dies on demand, so that tests can kill it between two lines and not only at random.
//!
//! `LINLI_KILL_AT=before-commit:3` in the environment of a debug build aborts the process when it passes that place for
//! the third time; without `:n`, the first. The places are called where they stand; `tests/linli-e2e` passes each:
//!
//! | place | what has happened |
//! |---|---|
//! | `before-commit` | everything is staged, nothing is durable |
//! | `after-commit-before-ack` | durable, and nobody has been told |
//! | `after-ack-before-relay` | the command has its answer, no peer has the entry |
//! | `mid-import-stage` | so many records of a register batch are staged |
//! | `scheduled-before-commit`, `scheduled-after-commit` | a notice whose time has come is taken off the list and written; durable |
//! | `gate-after-log-before-answer` | the gate's decision is durable, and the guard sees nothing yet |
//! | `home-after-keys`, `home-before-id`, `home-after-id` | a home that is made has keys; a store too; its id, and nothing else |
//! | `home-mid-removal` | a home that is taken back has no id any more, and still its keys and store |
//! | `mid-homes` | the new list of this account's homes lies beside the old one |
//!
//! A release build has none of this: the functions are empty and the variable is not read.

#[cfg(debug_assertions)]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    const VARIABLE: &str = "LINLI_KILL_AT";

    struct Plan {
        place: String,
        /// Passings left, this one included.
        left: AtomicU32,
    }

    fn plan() -> Option<&'static Plan> {
        static PLAN: OnceLock<Option<Plan>> = OnceLock::new();
        let read = || {
            let text = std::env::var(VARIABLE).ok()?;
            let (place, times) = text.split_once(':').unwrap_or((&text, "1"));
            Some(Plan {
                place: place.to_owned(),
                left: AtomicU32::new(times.parse().ok()?),
            })
        };
        PLAN.get_or_init(read).as_ref()
    }

    /// Dies here if it was asked to, `after` so long.
    pub(crate) fn pass(place: &str, after: Duration) {
        let Some(plan) = plan().filter(|plan| plan.place == place) else {
            return;
        };
        if plan.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            std::thread::sleep(after);
            std::process::abort();
        }
    }
}

/// A place where the process may be asked to die.
#[cfg(debug_assertions)]
pub(crate) fn pass(place: &str) {
    armed::pass(place, std::time::Duration::ZERO);
}

/// The same, with time for what was handed to another task to leave the process.
#[cfg(debug_assertions)]
pub(crate) fn pass_when_told(place: &str) {
    armed::pass(place, std::time::Duration::from_millis(200));
}

/// A release build passes.
#[cfg(not(debug_assertions))]
pub(crate) const fn pass(_place: &str) {}

/// A release build passes.
#[cfg(not(debug_assertions))]
pub(crate) const fn pass_when_told(_place: &str) {}
