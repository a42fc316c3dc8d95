//! What can be done on the board beside writing, claiming and closing: filters, reactions, answers, reports, what
//! offices decide, appeals, hand-overs.

use super::FileArgs;
use serde::{Deserialize, Serialize};

/// An act or question. `id` is a post, or where `comment` is given a post or notice; `comment` is one below it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum BoardAct {
    /// Data: `{posts:[post]}` as `PostList`, with what fits.
    List {
        /// Of one kind.
        kind: Option<String>,
        /// Not closed.
        open: bool,
        /// By who lives in one building.
        building: Option<String>,
    },
    /// What was said below a post before a comment that is known, a hundred at most. Data: `{id, comments,
    /// comments_left_out}`; as many are before those.
    Earlier {
        /// The post.
        id: String,
        /// The comment.
        before: String,
    },
    /// What waits for an office. Data: `{queue:[{record,comment,kind,on_notice,author,body,files,published_ms,moderation,
    /// reports:[{by,reason,words,at_ms,answered}]}]}`, appeals first, then the most reported.
    Queue,
    /// Data: `{id, record}`.
    React {
        /// The post or notice.
        id: String,
        /// The word; none takes it back.
        what: Option<String>,
    },
    /// Data: `{id, record}`.
    Comment {
        /// The post or notice.
        id: String,
        /// Text.
        text: String,
        /// The comment it answers.
        answers: Option<String>,
        /// What goes with it, at most four.
        #[serde(default)]
        files: Vec<FileArgs>,
    },
    /// Takes a comment of one's own back, with what goes with it, for good. Data: `{id, record, comment}`.
    Uncomment {
        /// The post or notice.
        id: String,
        /// The comment.
        comment: String,
    },
    /// Data: `{id, record}`.
    Unclaim {
        /// The post.
        id: String,
    },
    /// Data: `{id, record}`.
    Close {
        /// The post.
        id: String,
        /// How it ended, a word.
        outcome: Option<String>,
        /// The unit whose claim was taken.
        chosen: Option<String>,
        /// A word of thanks, said as a comment.
        thanks: Option<String>,
    },
    /// Takes the closing back. Data: `{id, record}`.
    Reopen {
        /// The post.
        id: String,
    },
    /// Data: `{id, record, reports, paused}`.
    Report {
        /// The post or notice.
        id: String,
        /// The comment.
        comment: Option<String>,
        /// abuse, ad, privacy, wrong, other.
        reason: String,
        /// More about it.
        words: Option<String>,
    },
    /// Data: `{id, record, state}`.
    Moderate {
        /// The post or notice.
        id: String,
        /// The comment.
        comment: Option<String>,
        /// Hide it; otherwise it stays.
        hide: bool,
        /// Why; everybody reads it.
        reason: String,
    },
    /// The same with what its office had before it: only those households are answered, and where another decision is in
    /// force by now it is refused.
    Decide {
        /// The post or notice.
        id: String,
        /// The comment.
        comment: Option<String>,
        /// Hide it; otherwise it stays.
        hide: bool,
        /// Why; everybody reads it.
        reason: String,
        /// The decision that was in force.
        ruling: Option<String>,
        /// The households whose reports were open.
        heard: Vec<String>,
    },
    /// Data: `{id, record}`.
    Appeal {
        /// The post or notice.
        id: String,
        /// The comment.
        comment: Option<String>,
        /// Why.
        words: String,
    },
    /// Data: `{id, record, to}`.
    HandOver {
        /// The post.
        id: String,
        /// The office by name; none = the only one, or the office that asks.
        to: Option<String>,
        /// A word with it.
        words: Option<String>,
    },
}
