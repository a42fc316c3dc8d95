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
        "a quarter of an edit is its signature; the rest has no hot spot: a profile shows encoding, hashing, sealing of \
         every value and key, and the B-tree of redb, no function of them above 5 %",
    ),
    (
        "b3-ingest",
        "the row below is the same work without a disk and without sealing: it passes the bar, and sealing every value \
         and the pages of redb cost the difference",
    ),
    (
        "b6-homes",
        "thirty programs share two cores here: each replica on a machine of its own passes the bar (next row), and what \
         all thirty do for one notice takes one core most of the time seen (the row after it)",
    ),
];

/// B1, rate and tail.
const EDIT: &str = "a commit of redb writes twelve scattered pages before its one sync, which alone halves the distance to \
     the bar (next row but one has their cost as the limit); the other half is processor time, 0.1 ms of it for the edit \
     (B2), the rest for sealing and the B-tree. A journal that is only appended to would mend the first half and is not built";

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
