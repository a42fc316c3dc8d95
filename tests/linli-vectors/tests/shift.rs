//! Twelve hours at the East Gate, sixty visitors, as a guard meets them (`shift/shift.csv`).
//!
//! The file describes passes instead of containing them: here each is signed, shown to one gate whose memory lives
//! through the whole shift, and the answer is held against the one written down.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../shift/play.rs"]
mod play;

use play::{Shift, rows};

#[test]
fn a_shift_of_sixty_visitors_is_answered_as_written_down() {
    let mut shift = Shift::new();
    let rows = rows();
    assert_eq!(rows.len(), 60);
    let mut wrong = Vec::new();
    for row in &rows {
        let expected = (row.fields[8].as_str(), row.fields[9].as_str());
        if expected.0 == "EXIT" {
            shift.leave(row);
            continue;
        }
        let decision = shift.show(row);
        let code = decision.code().map_or("", |c| c.as_str());
        if (decision.verdict.as_str(), code) != expected {
            wrong.push(format!(
                "{}: {} {code}, expected {expected:?}: {:?}",
                row.no, decision.verdict, decision.reason
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
