//! The neighbours' board: posts and their comments.

use super::FileItem;
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
    /// Written by this household or office.
    #[serde(default)]
    pub own: bool,
    /// How many like it.
    #[serde(default)]
    pub likes: u32,
    /// This household likes it.
    #[serde(default)]
    pub liked: bool,
    /// Hidden or paused, and by whom and why.
    #[serde(default)]
    pub moderation: Option<ModerationItem>,
    /// Its text is not shown here.
    #[serde(default)]
    pub hidden: bool,
    /// The office it was handed to.
    #[serde(default)]
    pub handed_to: Option<String>,
    /// Photos and documents that go with it.
    #[serde(default)]
    pub files: Vec<FileItem>,
}

/// Reports of a post, and what an office decided.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ModerationItem {
    /// `stands`, `paused` or `hidden`.
    pub state: String,
    /// Households that reported it.
    pub reports: u32,
    /// Who decided.
    pub by: Option<String>,
    /// Why; public.
    pub reason: Option<String>,
    /// Its author disagrees.
    pub appealed: bool,
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
    /// Its text is not shown here.
    #[serde(default)]
    pub hidden: bool,
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

impl PostKind {
    /// All that are written, in the order of the board.
    pub const ALL: [Self; 8] = [
        Self::Ask,
        Self::Offer,
        Self::Lost,
        Self::Found,
        Self::Give,
        Self::Lend,
        Self::Sell,
        Self::Concern,
    ];

    /// The word of the record.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Offer => "offer",
            Self::Lost => "lost",
            Self::Found => "found",
            Self::Give => "give",
            Self::Lend => "lend",
            Self::Sell => "sell",
            Self::Concern => "concern",
            Self::Other => "other",
        }
    }
}
