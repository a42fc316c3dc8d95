//! Why a bar is missed, row by row. Printed beside a red row and nowhere else.
//!
//! A row that is red without a line here makes `linli-bench` end with a fault: either it is made faster, or
//! somebody has looked and written down where the time goes.

/// Row and cause.
pub const CAUSES: &[(&str, &str)] = &[];

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
