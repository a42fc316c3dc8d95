//! What is said below a notice, as much of it as an answer has room for.
//!
//! Anybody may say much: an answer without a bound would one day be longer than a window reads, and nobody would see any
//! notice any more. Offices are heard first, then the newest; how many are left out is said.

use super::board::comment_json;
use crate::replica::Replica;
use linli_record::row::Thread;
use serde_json::Value;

/// Bytes of comments in a list of all notices.
const LIST: usize = 8 << 20;
/// Of these, below one of them.
const EACH: usize = 256 << 10;
/// Bytes of comments below the one that was asked for.
const ALONE: usize = 4 << 20;

/// Room for comments in one answer.
pub(super) struct Room {
    left: usize,
    each: usize,
}

impl Room {
    pub(super) const fn of_list() -> Self {
        Self {
            left: LIST,
            each: EACH,
        }
    }

    pub(super) const fn of_one() -> Self {
        Self {
            left: ALONE,
            each: ALONE,
        }
    }

    /// What is said there in its order, and how many comments have no room.
    pub(super) fn take(&mut self, replica: &Replica, thread: &Thread) -> (Vec<Value>, usize) {
        let said = thread.comments.iter().map(|c| comment_json(replica, c));
        self.fit(said.collect())
    }

    fn fit(&mut self, said: Vec<Value>) -> (Vec<Value>, usize) {
        let mut most = self.each.min(self.left);
        let mut fits = vec![false; said.len()];
        for official in [true, false] {
            for (one, fits) in said.iter().zip(&mut fits).rev() {
                if one["official"].as_bool().unwrap_or_default() != official {
                    continue;
                }
                let bytes = one.to_string().len();
                if bytes > most {
                    // Older ones are not shown either: nothing is missing in the midst.
                    break;
                }
                most -= bytes;
                self.left -= bytes;
                *fits = true;
            }
        }
        let all = said.len();
        let kept: Vec<Value> = said
            .into_iter()
            .zip(fits)
            .filter_map(|(one, fits)| fits.then_some(one))
            .collect();
        let left_out = all - kept.len();
        (kept, left_out)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use serde_json::json;

    fn flood(n: usize) -> Vec<Value> {
        // A control character takes six bytes of a line.
        let body = "\u{1}".repeat(12_000);
        let mut all = vec![json!({ "id": "office", "official": true, "body": "18点" })];
        let one = |n| json!({ "id": n, "official": false, "body": body });
        all.extend((0..n).map(one));
        all
    }

    #[test]
    fn however_much_is_said_an_answer_stays_short_and_the_office_is_heard() {
        let mut room = Room::of_list();
        let mut bytes = 0;
        for notice in 0..60 {
            let (said, left_out) = room.fit(flood(200));
            assert_eq!(said.len() + left_out, 201);
            let len = json!(said).to_string().len();
            assert!(len < EACH + 1_000, "{len}");
            bytes += len;
            if notice == 0 {
                assert_eq!(said[0]["id"], "office");
                assert_eq!(said.last().unwrap()["id"], 199, "the newest");
            }
        }
        assert!(bytes < LIST + 60 * 1_000, "{bytes}");
        let (said, left_out) = Room::of_one().fit(flood(200));
        assert!(left_out > 0 && json!(said).to_string().len() < ALONE + 1_000);
        assert_eq!(Room::of_list().fit(flood(2)).1, 0, "few have room");
    }
}
