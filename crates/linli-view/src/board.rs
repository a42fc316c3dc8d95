//! The board as a list, a post with what neighbours say below it, and the form for a new one.

mod ask;
mod page;
mod queue;

pub use ask::{AskForm, PostAsk, SettleDraft};
pub use page::{PostPage, Reader, Reply, page};
pub(crate) use page::{Standing, standing};
pub use queue::{CasePage, case, case_key, queue_rows};

use crate::api::{PostItem, PostKind, QueueItem, Stage};
use crate::clean;
use crate::dates::{self, Now};
use crate::delivery::{self, What};
use crate::drafts::DraftRow;
use crate::files::FilesForm;
use crate::notices::NoticeRow;
use crate::pass_form::{Choices, Field};
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;
use std::cmp::Reverse;

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
            self.rows = rows;
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
pub fn board(words: &Catalogue, now: Now, items: &[PostItem], filter: BoardFilter) -> Board {
    let mut listed: Vec<&PostItem> = items
        .iter()
        .filter(|post| match filter {
            BoardFilter::All => true,
            BoardFilter::Open => !post.closed && !post.hidden,
            BoardFilter::Kind(kind) => post.kind == kind,
            BoardFilter::Queue => false,
        })
        .collect();
    listed.sort_by_key(|post| (Reverse(post.published_ms), post.id.clone()));
    let tab = |of: BoardFilter, key: &str| (of, words.say(key), of == filter);
    let mut filters = vec![
        tab(BoardFilter::All, "board-all"),
        tab(BoardFilter::Open, "board-open"),
    ];
    filters.extend(PostKind::ALL.map(|kind| tab(BoardFilter::Kind(kind), kind_key(kind))));
    Board {
        title: words.say("board-title"),
        count: words.text("board-count", &[("n", listed.len().into())]),
        write: words.say("board-new"),
        filters,
        rows: listed
            .into_iter()
            .map(|post| row(words, now, post))
            .collect(),
        queue: false,
        empty: words.say(if items.is_empty() {
            "board-none"
        } else {
            "board-none-here"
        }),
    }
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
    let problem = if body.is_empty() {
        Some("board-form-empty")
    } else if body.chars().count() > POST_CHARS {
        Some("board-form-long")
    } else {
        None
    };
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
            problem: problem.filter(|_| draft.tried).map(|key| words.say(key)),
        },
        files: FilesForm::default(),
        public: words.say("board-form-public"),
        send: words.say("board-form-send"),
        drafts: Vec::new(),
        another: (!body.is_empty()).then(|| words.say("draft-another")),
        ready: problem.is_none().then(|| (draft.kind, body.to_owned())),
    }
}

#[cfg(test)]
mod tests;
