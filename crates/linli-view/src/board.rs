//! The board as a list, a post with what neighbours say below it, and the form for a new one.

mod ask;
mod page;
mod queue;

pub use ask::{AskForm, PostAsk, SettleDraft};
pub use page::{PostPage, Reader, Reply, page};
pub(crate) use page::{Standing, standing};
pub use queue::{CasePage, case, case_key, queue_rows};

use crate::api::{PostItem, PostKind, PostsOf, QueueItem, Stage};
use crate::clean;
use crate::dates::{self, Now};
use crate::delivery::{self, What};
use crate::drafts::DraftRow;
use crate::files::FilesForm;
use crate::model::Older;
use crate::notices::NoticeRow;
use crate::pass_form::{Choices, Field};
use crate::tone::{Badge, Tone};
use crate::typed;
use crate::words::Catalogue;
use std::cmp::Reverse;

/// Posts that a window asks for at once.
pub const PAGE: u32 = 200;
/// Posts that a window lists at most.
pub const MOST: u32 = 10_000;
/// Longest post and reply in characters (docs/formats/records.md).
pub const POST_CHARS: usize = 12_000;
/// Characters of a post shown in a list.
const TITLE_CHARS: usize = 40;
const SUMMARY_CHARS: usize = 60;

/// Which posts are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum BoardFilter {
    /// All.
    #[default]
    All,
    /// Those that are not settled.
    Open,
    /// Of one kind.
    Kind(PostKind),
    /// At an office: what waits for a decision.
    Queue,
}

impl BoardFilter {
    /// Which posts it lists; none: what waits for a decision.
    #[must_use]
    pub const fn of(self) -> Option<PostsOf> {
        match self {
            Self::All => Some(PostsOf::All),
            Self::Open => Some(PostsOf::Open),
            Self::Kind(kind) => Some(PostsOf::Kind(kind)),
            Self::Queue => None,
        }
    }

    fn lists(self, post: &PostItem) -> bool {
        match self {
            Self::All => true,
            Self::Open => !post.closed && !post.hidden,
            Self::Kind(kind) => post.kind == kind,
            Self::Queue => false,
        }
    }
}

/// What a window has of the posts its home holds.
#[derive(Clone, Copy, Debug)]
pub struct Shelf<'a> {
    /// The newest, and some further back.
    pub posts: &'a [PostItem],
    /// How many the home holds.
    pub total: u32,
    /// From here on `posts` has no gap, in milliseconds; none: it is all there is.
    pub from_ms: Option<u64>,
    /// A part that was asked for.
    pub older: Option<&'a Older>,
}

impl<'a> Shelf<'a> {
    /// All there is.
    #[must_use]
    pub fn whole(posts: &'a [PostItem]) -> Self {
        Self {
            posts,
            total: u32::try_from(posts.len()).unwrap_or(u32::MAX),
            from_ms: None,
            older: None,
        }
    }

    /// The posts of one sort that can be listed without a gap, and how many there are of it, where that is known.
    fn listed(&self, filter: BoardFilter) -> (Vec<&'a PostItem>, Option<u32>) {
        let older = self.older.filter(|older| Some(older.of) == filter.of());
        if let Some(older) = older {
            let posts = older.page.posts.iter().filter(|post| filter.lists(post));
            return (posts.collect(), Some(older.page.total));
        }
        let from_ms = self.from_ms.unwrap_or_default();
        let here = |post: &&PostItem| filter.lists(post) && post.placed_ms() >= from_ms;
        let total = (filter == BoardFilter::All).then_some(self.total);
        (self.posts.iter().filter(here).collect(), total)
    }
}

/// How a list goes on behind its last row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Further {
    /// There is no more.
    End,
    /// A button: its word, which posts, and how many to ask for.
    Ask(String, PostsOf, u32),
    /// No window lists more than this: how to find them all the same.
    Search(String),
}

/// The screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Board {
    /// Heading.
    pub title: String,
    /// How many there are.
    pub count: String,
    /// The button for a new one.
    pub write: String,
    /// The filters: value, word, chosen.
    pub filters: Vec<(BoardFilter, String, bool)>,
    /// The rows, newest first.
    pub rows: Vec<NoticeRow>,
    /// What follows behind them.
    pub further: Further,
    /// The rows are what waits for a decision.
    pub queue: bool,
    /// What to say when there is no row.
    pub empty: String,
}

impl Board {
    /// At an office: what waits for a decision goes with it.
    pub fn decides(
        &mut self,
        words: &Catalogue,
        now: Now,
        waiting: &[QueueItem],
        filter: BoardFilter,
    ) {
        let (tab, rows) = queue_rows(words, now, waiting, filter);
        self.queue = tab.2;
        self.filters.insert(0, tab);
        if self.queue {
            self.count = words.text("board-count", &[("n", rows.len().into())]);
            (self.rows, self.further) = (rows, Further::End);
            self.empty = words.say("case-none");
        }
    }
}

/// What is being written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostDraft {
    /// What it is about.
    pub kind: PostKind,
    /// Text.
    pub body: String,
    /// The button was pressed once.
    pub tried: bool,
}

impl Default for PostDraft {
    fn default() -> Self {
        Self {
            kind: PostKind::Ask,
            body: String::new(),
            tried: false,
        }
    }
}

/// The form for a new post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostForm {
    /// Heading.
    pub title: String,
    /// What it is about.
    pub kinds: Choices<PostKind>,
    /// Text.
    pub body: Field,
    /// Photos and documents that go with it.
    pub files: FilesForm,
    /// Who will read it.
    pub public: String,
    /// The button.
    pub send: String,
    /// Drafts beside this one.
    pub drafts: Vec<DraftRow>,
    /// The button that begins another one, once there is something in this.
    pub another: Option<String>,
    /// The post, once it says something.
    pub ready: Option<(PostKind, String)>,
}

pub(crate) const fn kind_key(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Ask => "board-kind-ask",
        PostKind::Offer => "board-kind-offer",
        PostKind::Lost => "board-kind-lost",
        PostKind::Found => "board-kind-found",
        PostKind::Give => "board-kind-give",
        PostKind::Lend => "board-kind-lend",
        PostKind::Sell => "board-kind-sell",
        PostKind::Concern => "board-kind-concern",
        PostKind::Other => "board-kind-other",
    }
}

/// Makes the list.
#[must_use]
pub fn board(words: &Catalogue, now: Now, shelf: Shelf<'_>, filter: BoardFilter) -> Board {
    let (mut listed, total) = shelf.listed(filter);
    listed.sort_by_key(|post| (Reverse(post.placed_ms()), post.id.clone()));
    let here = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    // Of one sort nobody has counted them yet: there may be more.
    let known = total.is_some() || shelf.from_ms.is_none();
    let total = total.unwrap_or(here).max(here);
    let tab = |of: BoardFilter, key: &str| (of, words.say(key), of == filter);
    let mut filters = vec![
        tab(BoardFilter::All, "board-all"),
        tab(BoardFilter::Open, "board-open"),
    ];
    filters.extend(PostKind::ALL.map(|kind| tab(BoardFilter::Kind(kind), kind_key(kind))));
    Board {
        title: words.say("board-title"),
        count: words.text("board-count", &[("n", total.into())]),
        further: further(words, filter, here, known.then_some(total)),
        write: words.say("board-new"),
        filters,
        rows: listed
            .into_iter()
            .map(|post| row(words, now, post))
            .collect(),
        queue: false,
        empty: words.say(if shelf.total == 0 {
            "board-none"
        } else {
            "board-none-here"
        }),
    }
}

fn further(words: &Catalogue, filter: BoardFilter, here: u32, total: Option<u32>) -> Further {
    let Some(of) = filter.of().filter(|_| total.is_none_or(|t| here < t)) else {
        return Further::End;
    };
    let Some(total) = total else {
        return Further::Ask(words.say("board-older-some"), of, PAGE);
    };
    let left = ("n", (total - here).into());
    if here >= MOST {
        return Further::Search(words.text("board-search", &[left]));
    }
    let most = here.saturating_add(PAGE).min(MOST);
    Further::Ask(words.text("board-older", &[left]), of, most)
}

fn row(words: &Catalogue, now: Now, post: &PostItem) -> NoticeRow {
    let body = shown(words, post);
    let title = clean::line(&body, TITLE_CHARS);
    let author = clean::line(&post.author, clean::NAME_MAX);
    let when = dates::at(words, now, post.published_ms);
    let said = [
        ("kind", words.say(kind_key(post.kind)).into()),
        ("title", (&title).into()),
        ("author", (&author).into()),
        ("when", (&when).into()),
    ];
    NoticeRow {
        id: post.id.clone(),
        name: words.text("board-row-name", &said),
        title,
        summary: clean::line(&last_word(words, post), SUMMARY_CHARS),
        org: author,
        when,
        bar: Tone::Plain,
        badges: badges(words, post),
        struck: false,
        quiet: post.closed || post.hidden,
        unread: false,
    }
}

/// The newest reply, so that a list shows how a thread goes on.
fn last_word(words: &Catalogue, post: &PostItem) -> String {
    let last = post.comments.iter().rev().find(|c| !c.hidden);
    last.map(|c| match c.body.trim() {
        "" if !c.files.is_empty() => format!("{}: {}", c.author, words.say("talk-photo")),
        said => format!("{}: {said}", c.author),
    })
    .unwrap_or_default()
}

fn shown(words: &Catalogue, post: &PostItem) -> String {
    if post.hidden {
        words.say("board-hidden")
    } else {
        post.body.clone()
    }
}

fn badges(words: &Catalogue, post: &PostItem) -> Vec<Badge> {
    let mut badges = vec![Badge::new(words.say(kind_key(post.kind)), Tone::Info)];
    let state = post.moderation.as_ref().map(|m| m.state.as_str());
    match state {
        Some("paused") => badges.push(Badge::new(words.say("board-badge-paused"), Tone::Warn)),
        Some("hidden") => badges.push(Badge::new(words.say("board-badge-hidden"), Tone::Warn)),
        _ => {}
    }
    if let Some(office) = &post.handed_to {
        let office = [("office", clean::line(office, clean::NAME_MAX).into())];
        badges.push(Badge::new(
            words.text("board-badge-handed", &office),
            Tone::Info,
        ));
    }
    if let Some(delivery) = post.delivery.as_ref().filter(|d| d.stage == Stage::Here) {
        // How far it has got stands on its page; what is still only here is seen in the list.
        badges.push(delivery::badge(words, delivery, What::Post));
    }
    if post.closed {
        badges.push(Badge::new(words.say("board-badge-closed"), Tone::Quiet));
    } else if !post.claims.is_empty() {
        let n = [("n", post.claims.len().into())];
        badges.push(Badge::new(words.text("board-badge-claims", &n), Tone::Good));
    }
    badges
}

/// Makes the form.
#[must_use]
pub fn form(words: &Catalogue, draft: &PostDraft) -> PostForm {
    let body = draft.body.trim();
    let unfit = typed::problem(words, &draft.body, POST_CHARS);
    let missing = body.is_empty();
    PostForm {
        title: words.say("board-form-title"),
        kinds: Choices {
            name: words.say("board-form-kind"),
            items: PostKind::ALL
                .map(|kind| (kind, words.say(kind_key(kind)), kind == draft.kind))
                .to_vec(),
        },
        body: Field {
            name: words.say("board-form-body"),
            hint: words.say("board-form-hint"),
            problem: match unfit {
                None if missing && draft.tried => Some(words.say("board-form-empty")),
                ref unfit => unfit.clone(),
            },
        },
        files: FilesForm::default(),
        public: words.say("board-form-public"),
        send: words.say("board-form-send"),
        drafts: Vec::new(),
        another: (!body.is_empty()).then(|| words.say("draft-another")),
        ready: (unfit.is_none() && !missing).then(|| (draft.kind, body.to_owned())),
    }
}

#[cfg(test)]
mod tests;
