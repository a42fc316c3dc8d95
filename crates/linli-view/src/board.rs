//! The board as a list, a post with what neighbours say below it, and the form for a new one.

use crate::api::{PostDo, PostItem, PostKind};
use crate::clean;
use crate::dates::{self, Now};
use crate::files::{self, FileLine, FilesForm};
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
    /// What to say when there is no row.
    pub empty: String,
}

/// One post in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostPage {
    /// Its id.
    pub id: String,
    /// Kind and state.
    pub badges: Vec<Badge>,
    /// Who and when.
    pub by: String,
    /// Why it is not shown, or who hid it.
    pub warning: Option<String>,
    /// Text; empty where it is not shown.
    pub body: String,
    /// Photos and documents.
    pub files: Vec<FileLine>,
    /// Who has answered.
    pub claims: String,
    /// What can be done: act, word.
    pub acts: Vec<(PostDo, String)>,
    /// The button that asks why it is reported.
    pub report: Option<String>,
    /// The question, with the reasons.
    pub ask: Option<AskReport>,
    /// Heading of the replies.
    pub comments_title: String,
    /// Replies.
    pub comments: Vec<Reply>,
    /// Name of the field for a reply, and its button.
    pub reply: (String, String),
}

/// Why is it reported?
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskReport {
    /// The question.
    pub question: String,
    /// Reason word, and how it reads.
    pub reasons: Vec<(&'static str, String)>,
    /// Not at all.
    pub no: String,
}

/// One reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Who and when.
    pub by: String,
    /// An office speaks; its word.
    pub official: Option<String>,
    /// Text.
    pub body: String,
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
    /// The post, once it says something.
    pub ready: Option<(PostKind, String)>,
}

const fn kind_key(kind: PostKind) -> &'static str {
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
        summary: clean::line(&last_word(post), SUMMARY_CHARS),
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
fn last_word(post: &PostItem) -> String {
    let last = post.comments.iter().rev().find(|c| !c.hidden);
    last.map(|c| format!("{}: {}", c.author, c.body))
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
    if post.closed {
        badges.push(Badge::new(words.say("board-badge-closed"), Tone::Quiet));
    } else if !post.claims.is_empty() {
        let n = [("n", post.claims.len().into())];
        badges.push(Badge::new(words.text("board-badge-claims", &n), Tone::Good));
    }
    badges
}

/// Makes the page of a post, if it is here. `me` is how this home is shown on the board.
#[must_use]
pub fn page(
    words: &Catalogue,
    now: Now,
    items: &[PostItem],
    id: &str,
    me: &str,
    asking: bool,
) -> Option<PostPage> {
    let post = items.iter().find(|post| post.id == id)?;
    let by = |author: &str, ms: u64| {
        let author = clean::line(author, clean::NAME_MAX);
        let when = dates::at(words, now, ms);
        words.text(
            "post-by",
            &[("author", author.into()), ("when", when.into())],
        )
    };
    let claims: Vec<String> = post
        .claims
        .iter()
        .map(|by| clean::line(by, clean::NAME_MAX))
        .collect();
    let claims = clean::line(&claims.join(&words.say("notice-list-comma")), 300);
    let reasons = [
        ("abuse", "post-report-abuse"),
        ("ad", "post-report-ad"),
        ("privacy", "post-report-privacy"),
        ("wrong", "post-report-wrong"),
        ("other", "board-kind-other"),
    ];
    Some(PostPage {
        id: post.id.clone(),
        badges: badges(words, post),
        by: by(&post.author, post.published_ms),
        warning: warning(words, post),
        body: if post.hidden {
            String::new()
        } else {
            clean::text(&post.body, clean::BODY_MAX)
        },
        files: files::lines(words, &post.files),
        claims: if claims.is_empty() {
            String::new()
        } else {
            words.text("post-claims", &[("list", claims.into())])
        },
        acts: acts(words, post, me),
        report: (!post.own && !asking).then(|| words.say("post-report")),
        ask: (!post.own && asking).then(|| AskReport {
            question: words.say("post-report-ask"),
            reasons: reasons.map(|(word, key)| (word, words.say(key))).to_vec(),
            no: words.say("post-report-no"),
        }),
        comments_title: words.text("post-comments", &[("n", post.comments.len().into())]),
        comments: post
            .comments
            .iter()
            .map(|comment| Reply {
                by: by(&comment.author, comment.published_ms),
                official: comment.official.then(|| words.say("post-official")),
                body: if comment.hidden {
                    words.say("post-comment-hidden")
                } else {
                    clean::text(&comment.body, clean::BODY_MAX)
                },
            })
            .collect(),
        reply: (words.say("post-comment"), words.say("post-comment-send")),
    })
}

fn warning(words: &Catalogue, post: &PostItem) -> Option<String> {
    let moderation = post.moderation.as_ref()?;
    let mut text = match moderation.state.as_str() {
        "paused" => words.text("post-paused", &[("n", moderation.reports.into())]),
        "hidden" => {
            let line =
                |text: &Option<String>| clean::line(text.as_deref().unwrap_or_default(), 300);
            let said = [
                ("by", line(&moderation.by).into()),
                ("reason", line(&moderation.reason).into()),
            ];
            words.text("post-was-hidden", &said)
        }
        _ => return None,
    };
    if post.own {
        text = format!("{text}\n{}", words.say("post-own-hidden"));
    }
    Some(text)
}

fn acts(words: &Catalogue, post: &PostItem, me: &str) -> Vec<(PostDo, String)> {
    let mut acts = Vec::new();
    if post.own && !post.closed {
        acts.push((PostDo::Close, words.say("post-close")));
    }
    if !post.own && !post.closed && !post.hidden {
        if post.claims.iter().any(|by| by == me) {
            acts.push((PostDo::Unclaim, words.say("post-unclaim")));
        } else {
            let key = match post.kind {
                PostKind::Ask | PostKind::Concern | PostKind::Other => "post-claim",
                PostKind::Found | PostKind::Lost => "post-claim-mine",
                PostKind::Offer | PostKind::Give | PostKind::Lend | PostKind::Sell => {
                    "post-claim-want"
                }
            };
            acts.push((PostDo::Claim, words.say(key)));
        }
    }
    if !post.own && !post.hidden {
        let key = if post.liked {
            "post-unlike"
        } else {
            "post-like"
        };
        let word = words.text(key, &[("n", post.likes.into())]);
        acts.push((PostDo::Like { on: !post.liked }, word));
    }
    acts
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
        ready: problem.is_none().then(|| (draft.kind, body.to_owned())),
    }
}

#[cfg(test)]
mod tests;
