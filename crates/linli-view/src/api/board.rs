//! The neighbours' board: posts and their comments.

use super::{Delivery, FileItem};
use serde::{Deserialize, Serialize};

/// Which posts of the board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostsOf {
    /// All.
    All,
    /// Those that are neither settled nor hidden here.
    Open,
    /// Of one kind.
    Kind(PostKind),
}

impl PostItem {
    /// By which lists are ordered: when it was written, as its author says, and not later than it came. Nobody stands
    /// before all others for years because a clock was ahead.
    #[must_use]
    pub const fn placed_ms(&self) -> u64 {
        if self.published_ms < self.heard_ms {
            self.published_ms
        } else {
            self.heard_ms
        }
    }
}

/// Some posts, newest first. Long ones are cut in lists: `Request::PostShow` brings all of one.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PostsPage {
    /// The newest that were asked for, without a gap; in a board's list this home's own older ones behind them.
    pub posts: Vec<PostItem>,
    /// How many of `posts` come without a gap.
    pub newest: u32,
    /// How many posts there are.
    pub total: u32,
}

impl PostsPage {
    /// All there are.
    #[must_use]
    pub fn whole(posts: Vec<PostItem>) -> Self {
        let total = u32::try_from(posts.len()).unwrap_or(u32::MAX);
        Self {
            posts,
            newest: total,
            total,
        }
    }
}

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
    /// Comments in causal order, ties by signed time: the newest of them.
    #[serde(default)]
    pub comments: Vec<CommentItem>,
    /// How many there are before those.
    #[serde(default)]
    pub comments_left_out: u32,
    /// Another number whenever other comments are shown, of all of them, than before.
    #[serde(default)]
    pub withheld: u32,
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
    /// Who handed it over, when, and whether that office has answered since.
    #[serde(default)]
    pub handed: Option<HandedItem>,
    /// How it ended: `done`, `returned`, `withdrawn`, `other`.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Whose claim was taken.
    #[serde(default)]
    pub chosen: Option<String>,
    /// How many say thanks.
    #[serde(default)]
    pub thanks: u32,
    /// This household does.
    #[serde(default)]
    pub thanked: bool,
    /// Photos and documents that go with it.
    #[serde(default)]
    pub files: Vec<FileItem>,
    /// How far it has got; none of what others wrote.
    #[serde(default)]
    pub delivery: Option<Delivery>,
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
    /// What the author says against it; only the author and offices are told.
    #[serde(default)]
    pub appeal: Option<String>,
    /// This home wrote it and may still appeal.
    #[serde(default)]
    pub may_appeal: bool,
    /// Why it was reported: word and how often, the most frequent first.
    #[serde(default)]
    pub why: Vec<(String, u32)>,
    /// What offices decided, the one in force last.
    #[serde(default)]
    pub rulings: Vec<RulingItem>,
}

/// What an office decided. Public.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RulingItem {
    /// Hidden, or it stays.
    pub hide: bool,
    /// The office.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at_ms: u64,
}

/// To an office a concern was handed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct HandedItem {
    /// Who handed it over.
    pub by: String,
    /// When.
    pub at_ms: u64,
    /// A word with it.
    #[serde(default)]
    pub words: Option<String>,
    /// The office's first reply after that.
    #[serde(default)]
    pub answer: Option<String>,
}

/// Something that waits for an office: a post or a comment.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueItem {
    /// The post or notice.
    pub record: String,
    /// The comment below it; none = the post.
    pub comment: Option<String>,
    /// Kind of post, or `comment`.
    pub kind: String,
    /// The comment stands below a notice.
    pub on_notice: bool,
    /// Who wrote it.
    pub author: String,
    /// Text.
    pub body: String,
    /// What goes with it: an office decides on what it sees.
    pub files: Vec<FileItem>,
    /// When its author signed it.
    pub published_ms: u64,
    /// How it stands.
    pub moderation: ModerationItem,
    /// Who reported it.
    pub reports: Vec<ReportItem>,
    /// Of what this line is: a decision on it answers no more than this.
    #[serde(default)]
    pub seen: Seen,
}

/// What an office has before it when it decides.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The decision in force.
    pub ruling: Option<String>,
    /// The households whose reports are open.
    pub heard: Vec<String>,
}

/// A report, as offices read it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportItem {
    /// The household.
    pub by: String,
    /// `abuse`, `ad`, `privacy`, `wrong`, `other`.
    pub reason: String,
    /// More about it.
    pub words: Option<String>,
    /// When.
    pub at_ms: u64,
    /// An office has decided since.
    pub answered: bool,
}

/// One comment below a post or a notice.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
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
    /// Written by this household or office.
    #[serde(default)]
    pub own: bool,
    /// Hidden or paused, and by whom and why.
    #[serde(default)]
    pub moderation: Option<ModerationItem>,
    /// The comment it answers.
    #[serde(default)]
    pub answers: Option<String>,
    /// Photos and documents that go with it.
    #[serde(default)]
    pub files: Vec<FileItem>,
    /// Said after its office had closed the comments.
    #[serde(default)]
    pub late: bool,
    /// Taken back by whoever said it; nobody reads it any more.
    #[serde(default)]
    pub gone: bool,
    /// How far it has got; none of what others wrote.
    #[serde(default)]
    pub delivery: Option<Delivery>,
}

/// What can be done about a post.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum PostDo {
    /// "I'll do it", "that is mine".
    Claim,
    /// Not after all.
    Unclaim,
    /// Likes it, or no longer.
    Like {
        /// Whether.
        on: bool,
    },
    /// Says something below it.
    Comment {
        /// Text.
        text: String,
    },
    /// Takes a reply of this home's own back, below a post or a notice.
    TakeBack {
        /// The reply.
        comment: String,
    },
    /// It is settled; its author alone says so.
    Close,
    /// Settles it with what there is to say about how it ended.
    Settle {
        /// `done`, `returned`, `withdrawn`.
        outcome: Option<String>,
        /// Whose claim was taken.
        chosen: Option<String>,
        /// A word of thanks, for all to read.
        thanks: Option<String>,
    },
    /// Takes the closing back.
    Reopen,
    /// Says thanks, or no longer.
    Thank {
        /// Whether.
        on: bool,
    },
    /// Reports it to the office.
    Report {
        /// `abuse`, `ad`, `privacy`, `wrong`, `other`.
        reason: String,
    },
    /// Reports a comment below it.
    ReportReply {
        /// The comment.
        comment: String,
        /// As above.
        reason: String,
    },
    /// Its author does not agree that it is hidden.
    Appeal {
        /// The comment; none = the post.
        comment: Option<String>,
        /// Why.
        words: String,
    },
    /// Hands a concern to an office.
    HandOver {
        /// The office.
        to: String,
        /// A word with it.
        words: Option<String>,
    },
}

/// What was said below a post before what is here.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EarlierComments {
    /// The post.
    pub id: String,
    /// Comments, in their order.
    pub comments: Vec<CommentItem>,
    /// How many there are before those.
    pub left_out: u32,
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
