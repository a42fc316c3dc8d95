//! The neighbours' board: posts and their comments.

use serde::{Deserialize, Serialize};

/// One post on the board. All text is foreign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PostItem {
    /// The post's id.
    pub id: String,
    /// What it is about.
    pub kind: PostKind,
    /// Unit of the household that wrote it, or the office's name.
    pub author: String,
    /// Text.
    pub body: String,
    /// When its author signed it.
    pub published_ms: u64,
    /// When it reached this home.
    pub heard_ms: u64,
    /// Settled: returned, given, helped.
    pub closed: bool,
    /// Households that offered or claimed.
    #[serde(default)]
    pub claims: Vec<String>,
    /// Comments in causal order, ties by signed time.
    #[serde(default)]
    pub comments: Vec<CommentItem>,
}

/// One comment below a post or a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CommentItem {
    /// The comment's id.
    pub id: String,
    /// Unit of the household that wrote it, or the office's name.
    pub author: String,
    /// Written by an office in its own name.
    pub official: bool,
    /// Text.
    pub body: String,
    /// When its author signed it.
    pub published_ms: u64,
}

/// Kinds of post.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// Asks for help.
    Ask,
    /// Offers help.
    Offer,
    /// Something was lost.
    Lost,
    /// Something was found.
    Found,
    /// To give away.
    Give,
    /// To lend.
    Lend,
    /// To sell.
    Sell,
    /// A worry or complaint.
    Concern,
    /// A kind this version does not know.
    #[serde(other)]
    Other,
}
