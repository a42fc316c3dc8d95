//! Why a bar is missed, row by row. Printed beside a red row and nowhere else.
//!
//! A row that is red without a line here makes `linli-bench` end with a fault: either it is made faster, or
//! somebody has looked and written down where the time goes.

/// Row and cause.
pub const CAUSES: &[(&str, &str)] = &[
    ("b1-rate", EDIT),
    ("b1-tail", EDIT),
    (
        "b2-burst",
        "a quarter of an edit is its signature; in a profile the rest has no hot spot: encoding, hashing, sealing of every \
         value and key, copying, the B-tree of redb, each function of them about 5 % or less",
    ),
    (
        "b3-ingest",
        "the row below is the same work without a disk and without sealing and passes the bar: sealing and the pages of \
         redb are the difference",
    ),
    (
        "b6-homes",
        "thirty programs share two cores here: with each replica on a machine of its own the bar is passed (next row), and \
         what all thirty do for one notice takes one core nearly half of the time seen (the row after it)",
    ),
];

/// B1, rate and tail.
const EDIT: &str = "a commit of redb writes twelve scattered pages before its one sync (third row of B1: those pages alone \
     reach two thirds of the appended file); the rest is processor time of the edit and its commit, without a hot spot in a \
     profile. A journal that is only appended to would spare the pages and is not built";

/// The cause of a row, if one is known.
#[must_use]
pub fn of(key: &str) -> Option<&'static str> {
    CAUSES
        .iter()
        .find(|(of, _)| *of == key)
        .map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bars::{Must, find};

    #[test]
    fn every_cause_is_of_a_row_that_has_a_bar() {
        for (key, why) in CAUSES {
            let bar = find(key);
            assert!(bar.is_some_and(|b| b.must != Must::Shown), "{key}");
            assert!(why.len() > 20 && !why.contains('|'), "{key}");
        }
    }
}
