//! What is said below a notice or a post, as much of it as an answer has room for.
//!
//! Anybody may say much: an answer without a bound would one day be longer than a window reads, and nobody would see any
//! notice any more. Below a notice offices are heard first, then the newest; below a post the newest, and whoever wants those
//! before them asks for them, a page at a time. How many are left out is said.

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

/// Most comments below a post of somebody else in a list of posts: what a list shows of them.
pub(super) const NEWEST: usize = 5;
/// The same below a post of this home, whose answers are news here.
pub(super) const NEWEST_OWN: usize = 50;
/// Most comments on a page of one post.
pub(super) const PAGE: usize = 100;

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

    /// For what stays in this process.
    pub(super) const fn without_end() -> Self {
        Self {
            left: usize::MAX,
            each: usize::MAX,
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

    /// The newest of `all`, in their order: at most so many, and as many as fit; and how many there are before those. Where
    /// any is asked for and any room is left there is one: whoever goes back page by page comes to the first.
    pub(super) fn newest<T>(
        &mut self,
        all: &[T],
        most: usize,
        shown: impl Fn(&T) -> Value,
    ) -> (Vec<Value>, usize) {
        let mut room = self.each.min(self.left);
        let mut kept = Vec::new();
        for one in all.iter().rev().take(if room > 0 { most } else { 0 }) {
            let one = shown(one);
            let bytes = one.to_string().len();
            if bytes > room && !kept.is_empty() {
                break;
            }
            room = room.saturating_sub(bytes);
            self.left = self.left.saturating_sub(bytes);
            kept.push(one);
        }
        kept.reverse();
        let before = all.len() - kept.len();
        (kept, before)
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

    #[test]
    fn a_list_of_flooded_posts_stays_short_and_the_first_has_room() {
        let body = "\u{1}".repeat(12_000);
        let all = vec![json!({ "body": body }); 200];
        let mut room = Room::of_list();
        let mut bytes = 0;
        for post in 0..400 {
            let (kept, before) = room.newest(&all, NEWEST, Value::clone);
            assert_eq!(kept.len() + before, all.len());
            assert!(kept.len() <= NEWEST);
            assert!(post > 0 || !kept.is_empty());
            bytes += json!(kept).to_string().len();
        }
        assert!(bytes < LIST + EACH, "{bytes}");
    }

    proptest::proptest! {
        #[test]
        fn whoever_goes_back_page_by_page_reads_each_comment_once_and_in_order(
            sizes in proptest::collection::vec(0_usize..300_000, 0..60),
            most in 1_usize..20,
        ) {
            let all: Vec<(usize, usize)> = sizes.into_iter().enumerate().collect();
            let shown = |(n, size): &(usize, usize)| json!({ "n": n, "body": "x".repeat(*size) });
            let mut end = all.len();
            let mut read = Vec::new();
            while end > 0 {
                let mut room = Room::of_one();
                let (page, before) = room.newest(&all[..end], most, shown);
                proptest::prop_assert!(!page.is_empty() && page.len() <= most);
                proptest::prop_assert!(json!(page).to_string().len() < ALONE + 301_000);
                proptest::prop_assert_eq!(before + page.len(), end);
                read.splice(0..0, page.iter().map(|one| one["n"].as_u64().unwrap()));
                end = before;
            }
            proptest::prop_assert_eq!(read, (0..all.len() as u64).collect::<Vec<_>>());
        }
    }
}
