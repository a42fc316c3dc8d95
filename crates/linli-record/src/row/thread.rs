//! Notices and posts, and what neighbours say below them.

use super::{Author, Conflict, HandOverRow, Moderation, serial};
use crate::attach::Attachment;
use crate::schema::{CapWords, Outcome, PostKind, Severity};
use linli_base::{EntryId, PrincipalId, Private, RecordId};
use serde::{Deserialize, Serialize};

/// Comments and reactions below a notice or a post.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Thread {
    /// In causal order, ties by signed time.
    pub comments: Vec<CommentRow>,
    /// Comments left out because their authors wrote too many here.
    pub comments_left_out: u32,
    /// The latest reaction of each principal, by principal.
    pub reactions: Vec<ReactionRow>,
    /// When its office closed the comments, while they are closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_ms: Option<u64>,
}

/// One comment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CommentRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who wrote it.
    pub author: Author,
    /// When its author says it was written.
    pub time_ms: u64,
    /// The text.
    #[serde(with = "serial::private")]
    pub text: Private<String>,
    /// The comment it answers.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub answers: Option<EntryId>,
    /// What goes with it.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "crate::attach::rows"
    )]
    pub files: Vec<Attachment>,
    /// Whether it stands, where somebody said something about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation: Option<Moderation>,
    /// Said after the comments were closed; its author and offices read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// Taken back by whoever said it: no text, no files and no moderation stand here any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// One reaction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReactionRow {
    /// Who.
    pub author: Author,
    /// The word, such as `like`.
    pub what: String,
}

/// A notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// The office that signed it, under the name the charter gives it.
    pub author: Author,
    /// When the office says it signed.
    pub created_ms: u64,
    /// Headline; empty on a bare retraction.
    pub title: String,
    /// Text; may be empty.
    pub body: String,
    /// Headline in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Text in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_en: Option<String>,
    /// The CAP word; none on an ordinary notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    #[serde(default, skip_serializing_if = "CapWords::is_empty")]
    pub cap: CapWords,
    /// The buildings, stairs and units it is for; empty = all.
    pub area: Vec<String>,
    /// The grid cells by which its office chose them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// From when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_ms: Option<u64>,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_ms: Option<u64>,
    /// Whether the office asks for a confirmation.
    pub confirm: bool,
    /// The notice it says it corrects.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub corrects: Option<RecordId>,
    /// The notice it says it takes back.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub retracts: Option<RecordId>,
    /// Why it takes that one back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The notices of the same office that correct this one, newest first. Set by
    /// [`crate::fold::fold_notice_links`].
    #[serde(with = "serial::ids")]
    pub corrected_by: Vec<RecordId>,
    /// Set once the same office took it back, by [`crate::fold::fold_notice_links`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracted: Option<Retraction>,
    /// When its office reminded those who had not confirmed, in order; at most three.
    pub reminded_ms: Vec<u64>,
    /// What goes with it.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "crate::attach::rows"
    )]
    pub files: Vec<Attachment>,
    /// What neighbours say below it.
    pub thread: Thread,
}

impl NoticeRow {
    /// Whether it still stands: neither corrected nor taken back.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.corrected_by.is_empty() && self.retracted.is_none()
    }
}

/// Which notice took another one back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retraction {
    /// The retraction, a notice of its own.
    #[serde(with = "serial::id")]
    pub by: RecordId,
    /// The reason it gives, or its headline; may be empty.
    pub reason: String,
    /// When the office says it signed the retraction.
    pub at_ms: u64,
}

/// A post on the board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PostRow {
    /// Its record.
    #[serde(with = "serial::id")]
    pub id: RecordId,
    /// Who wrote it.
    pub author: Author,
    /// When its author says it was written.
    pub created_ms: u64,
    /// What it is about.
    pub kind: PostKind,
    /// The text.
    #[serde(with = "serial::private")]
    pub body: Private<String>,
    /// Whether it was edited after it was first written.
    pub edited: bool,
    /// Set once its owner closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<CloseRow>,
    /// Who offers or claims, one each, in the order of their words.
    pub claims: Vec<ClaimRow>,
    /// Whether it stands, where somebody said something about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation: Option<Moderation>,
    /// To which offices it was handed; the last counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<HandOverRow>,
    /// What goes with it.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "crate::attach::rows"
    )]
    pub files: Vec<Attachment>,
    /// What neighbours say below it.
    pub thread: Thread,
    /// Fields written apart.
    pub conflicts: Vec<Conflict>,
}

/// One offer or claim. Several stand side by side; the owner of the post picks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClaimRow {
    /// Its entry.
    #[serde(with = "serial::id")]
    pub id: EntryId,
    /// Who.
    pub author: Author,
    /// When they say they said so.
    pub time_ms: u64,
    /// What they say with it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub text: Option<Private<String>>,
}

/// How a post was closed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CloseRow {
    /// When its owner says so.
    pub time_ms: u64,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Whose claim was taken.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_id"
    )]
    pub chosen: Option<PrincipalId>,
}
