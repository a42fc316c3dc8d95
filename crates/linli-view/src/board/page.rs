//! One post: its text, what can be done about it, how it stands, and what neighbours say below it.

use super::ask::{self, AskForm, PostAsk, SettleDraft};
use super::badges;
use crate::api::{CommentItem, ModerationItem, PostDo, PostItem, PostKind};
use crate::clean;
use crate::dates::{self, Now};
use crate::delivery::{self, DeliveryLine, What};
use crate::drafts::DraftRow;
use crate::files::{self, FileLine, ReplyFiles};
use crate::tone::Badge;
use crate::words::Catalogue;

/// Longest public word that is shown.
const SAID_MAX: usize = 500;

/// Who reads a post, and what is asked of whoever does.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    /// How this home is shown on the board.
    pub me: &'a str,
    /// An office's home?
    pub office: bool,
    /// The offices by name.
    pub offices: &'a [String],
    /// What is asked below the post.
    pub ask: Option<&'a PostAsk>,
    /// How it ends, half filled in.
    pub settle: &'a SettleDraft,
    /// The words typed so far.
    pub words: &'a str,
    /// A button was pressed without them.
    pub tried: bool,
    /// Of what the lines are shown that say who holds it.
    pub delivery: Option<&'a str>,
}

/// One post in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PostPage {
    /// Its id.
    pub id: String,
    /// Says nothing more about it; set where the window knows what is announced.
    pub mute: Option<crate::bell::Muted>,
    /// Kind and state.
    pub badges: Vec<Badge>,
    /// Who and when.
    pub by: String,
    /// Of this home's own: how far it has got.
    pub delivery: Option<DeliveryLine>,
    /// Why it is not shown, or who hid it.
    pub warning: Option<String>,
    /// Text; empty where it is not shown.
    pub body: String,
    /// Photos and documents.
    pub files: Vec<FileLine>,
    /// Who has answered.
    pub claims: String,
    /// How it ended, to whom it was handed, what was decided before: sentences.
    pub history: Vec<String>,
    /// What can be done at once: act, word.
    pub acts: Vec<(PostDo, String)>,
    /// What is asked about first: question, word.
    pub asks: Vec<(PostAsk, String)>,
    /// The button that asks why it is reported.
    pub report: Option<String>,
    /// The question.
    pub ask: Option<AskForm>,
    /// Heading of the replies.
    pub comments_title: String,
    /// The button for those before them, and the first that is here.
    pub earlier: Option<(String, String)>,
    /// Replies.
    pub comments: Vec<Reply>,
    /// Drafts of replies beside the one in the field.
    pub drafts: Vec<DraftRow>,
    /// Name of the field for a reply, and its button.
    pub reply: (String, String),
    /// What is wrong with what is typed there, which is not sent then; set where the window knows of it.
    pub reply_problem: Option<String>,
    /// Photos that go with the reply; set where the window knows of them.
    pub reply_files: ReplyFiles,
}

/// One reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Its id.
    pub id: String,
    /// Who and when.
    pub by: String,
    /// An office speaks; its word.
    pub official: Option<String>,
    /// Text; may be empty beside a photo.
    pub body: String,
    /// Photos and documents.
    pub files: Vec<FileLine>,
    /// Why it is not shown, or who hid it.
    pub warning: Option<String>,
    /// What was decided about it before: sentences.
    pub decided: Vec<String>,
    /// Of this home's own: how far it has got.
    pub delivery: Option<DeliveryLine>,
    /// What can be asked about it: question, word, accessible name.
    pub asks: Vec<(PostAsk, String, String)>,
    /// The question.
    pub ask: Option<AskForm>,
}

/// Makes the page of a post, if it is here.
#[must_use]
pub fn page(
    words: &Catalogue,
    now: Now,
    items: &[PostItem],
    id: &str,
    reader: &Reader<'_>,
) -> Option<PostPage> {
    let post = items.iter().find(|post| post.id == id)?;
    let claims: Vec<String> = post
        .claims
        .iter()
        .map(|by| clean::line(by, clean::NAME_MAX))
        .collect();
    let claims = clean::line(&claims.join(&words.say("notice-list-comma")), 300);
    let asked = reader.ask.filter(|ask| ask::about(ask).is_none());
    let asking = reader.ask.is_some();
    Some(PostPage {
        id: post.id.clone(),
        mute: None,
        badges: badges(words, post),
        by: by(words, now, &post.author, post.published_ms),
        delivery: post
            .delivery
            .as_ref()
            .map(|d| delivery::line(words, now, d, What::Post, &post.id, reader.delivery)),
        warning: warning(words, post.moderation.as_ref(), post.own),
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
        history: history(words, now, post),
        acts: acts(words, post, reader.me),
        asks: if asking {
            Vec::new()
        } else {
            asks(words, post, reader)
        },
        report: may_report(reader, post.own, asking).then(|| words.say("post-report")),
        ask: asked.map(|ask| ask::form(words, post, ask, reader)),
        comments_title: {
            let n = post.comments.len() as u64 + u64::from(post.comments_left_out);
            words.text("post-comments", &[("n", n.into())])
        },
        earlier: post
            .comments
            .first()
            .filter(|_| post.comments_left_out > 0)
            .map(|c| {
                let n = [("n", post.comments_left_out.into())];
                (words.text("post-earlier", &n), c.id.clone())
            }),
        comments: post
            .comments
            .iter()
            .map(|comment| reply(words, now, comment, reader))
            .collect(),
        drafts: Vec::new(),
        reply: (words.say("post-comment"), words.say("post-comment-send")),
        reply_problem: None,
        reply_files: ReplyFiles::default(),
    })
}

/// Offices decide and need not report.
const fn may_report(reader: &Reader<'_>, own: bool, asking: bool) -> bool {
    !own && !reader.office && !asking
}

pub(super) fn by(words: &Catalogue, now: Now, author: &str, ms: u64) -> String {
    let author = clean::line(author, clean::NAME_MAX);
    let when = dates::at(words, now, ms);
    let said = [("author", author.into()), ("when", when.into())];
    words.text("post-by", &said)
}

fn reply(words: &Catalogue, now: Now, comment: &CommentItem, reader: &Reader<'_>) -> Reply {
    let by = by(words, now, &comment.author, comment.published_ms);
    let Standing {
        warning,
        decided,
        asks,
        ask,
    } = standing(words, now, comment, reader);
    Reply {
        id: comment.id.clone(),
        official: comment.official.then(|| words.say("post-official")),
        body: if comment.gone {
            words.say("post-comment-gone")
        } else if comment.hidden {
            words.say("post-comment-hidden")
        } else {
            clean::text(&comment.body, clean::BODY_MAX)
        },
        files: files::lines(words, &comment.files),
        delivery: comment
            .delivery
            .as_ref()
            .map(|d| delivery::line(words, now, d, What::Reply, &comment.id, reader.delivery)),
        warning,
        decided,
        asks,
        ask,
        by,
    }
}

/// How a comment stands, below a post or a notice, and what can be said about that.
#[derive(Default)]
pub(crate) struct Standing {
    pub(crate) warning: Option<String>,
    pub(crate) decided: Vec<String>,
    pub(crate) asks: Vec<(PostAsk, String, String)>,
    pub(crate) ask: Option<AskForm>,
}

pub(crate) fn standing(
    words: &Catalogue,
    now: Now,
    comment: &CommentItem,
    reader: &Reader<'_>,
) -> Standing {
    let by = by(words, now, &comment.author, comment.published_ms);
    let id = Some(comment.id.clone());
    let mut asks = Vec::new();
    let mut offer = |ask, key: &str| {
        let named = [("by", (&by).into())];
        let name = words.text(&format!("{key}-reply"), &named);
        asks.push((ask, words.say(key), name));
    };
    let m = comment.moderation.as_ref();
    if reader.ask.is_none() && !comment.gone {
        if m.is_some_and(|m| m.may_appeal) {
            offer(
                PostAsk::Appeal {
                    comment: id.clone(),
                },
                "post-appeal",
            );
        }
        if may_report(reader, comment.own, false) && !comment.hidden {
            offer(PostAsk::Report { comment: id }, "post-report");
        }
        if comment.own {
            let comment = comment.id.clone();
            offer(PostAsk::TakeBack { comment }, "post-take-back");
        }
    }
    Standing {
        warning: warning(words, m, comment.own),
        decided: m.map(|m| rulings(words, now, m)).unwrap_or_default(),
        asks,
        ask: ask::below(words, &comment.id, reader),
    }
}

/// Why it was reported, without who.
fn why(words: &Catalogue, m: &ModerationItem) -> String {
    let one = |(word, n): &(String, u32)| {
        let reason = [("reason", reason(words, word).into()), ("n", (*n).into())];
        words.text("post-why", &reason)
    };
    let list: Vec<String> = m.why.iter().map(one).collect();
    list.join(&words.say("notice-list-comma"))
}

/// The word of a report.
pub(super) fn reason(words: &Catalogue, word: &str) -> String {
    let key = format!("post-report-{word}");
    match word {
        "abuse" | "ad" | "privacy" | "wrong" => words.say(&key),
        _ => words.say("board-kind-other"),
    }
}

fn said(text: Option<&str>) -> String {
    clean::line(text.unwrap_or_default(), SAID_MAX)
}

fn warning(words: &Catalogue, moderation: Option<&ModerationItem>, own: bool) -> Option<String> {
    let m = moderation?;
    let mut text = match m.state.as_str() {
        "paused" => {
            let said = [("n", m.reports.into()), ("why", why(words, m).into())];
            words.text("post-paused", &said)
        }
        "hidden" => {
            let said = [
                ("by", said(m.by.as_deref()).into()),
                ("reason", said(m.reason.as_deref()).into()),
            ];
            words.text("post-was-hidden", &said)
        }
        _ => return None,
    };
    if m.appealed {
        text = format!("{text}\n{}", words.say("post-is-appealed"));
    }
    if let Some(appeal) = &m.appeal {
        let words_of = [("words", clean::line(appeal, SAID_MAX).into())];
        text = format!("{text}\n{}", words.text("post-appeal-said", &words_of));
    }
    if own {
        let key = if m.may_appeal {
            "post-own-hidden"
        } else {
            "post-own-waits"
        };
        text = format!("{text}\n{}", words.say(key));
    }
    Some(text)
}

/// What offices decided, the newest last, without the one that the warning above tells of.
pub(super) fn rulings(words: &Catalogue, now: Now, m: &ModerationItem) -> Vec<String> {
    let told = usize::from(m.state == "hidden");
    let before = m.rulings.len().saturating_sub(told);
    let one = |r: &crate::api::RulingItem| {
        let said = [
            ("by", clean::line(&r.by, clean::NAME_MAX).into()),
            ("when", dates::at(words, now, r.at_ms).into()),
            ("reason", clean::line(&r.reason, SAID_MAX).into()),
        ];
        let key = if r.hide {
            "post-ruled-hide"
        } else {
            "post-ruled-stay"
        };
        words.text(key, &said)
    };
    m.rulings.iter().take(before).map(one).collect()
}

fn history(words: &Catalogue, now: Now, post: &PostItem) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(to), Some(handed)) = (&post.handed_to, &post.handed) {
        let args = [
            ("office", clean::line(to, clean::NAME_MAX).into()),
            ("by", clean::line(&handed.by, clean::NAME_MAX).into()),
            ("when", dates::at(words, now, handed.at_ms).into()),
        ];
        lines.push(words.text("post-handed-line", &args));
        if handed.words.is_some() {
            let text = [("words", said(handed.words.as_deref()).into())];
            lines.push(words.text("post-handed-words", &text));
        }
        lines.push(words.say(if handed.answer.is_some() {
            "post-handed-answered"
        } else {
            "post-handed-waits"
        }));
    }
    if post.closed {
        let key = match post.outcome.as_deref() {
            Some("done") => "post-outcome-done",
            Some("returned") => "post-outcome-returned",
            Some("withdrawn") => "post-outcome-withdrawn",
            Some(_) => "board-kind-other",
            None => "board-badge-closed",
        };
        let outcome = [("outcome", words.say(key).into())];
        lines.push(words.text("post-settled-line", &outcome));
        if let Some(unit) = &post.chosen {
            let unit = clean::line(unit, clean::NAME_MAX);
            lines.push(words.text("post-chosen-line", &[("who", unit.into())]));
        }
    }
    if let Some(m) = &post.moderation {
        lines.extend(rulings(words, now, m));
    }
    lines
}

fn acts(words: &Catalogue, post: &PostItem, me: &str) -> Vec<(PostDo, String)> {
    let mut acts = Vec::new();
    if post.own && post.closed {
        acts.push((PostDo::Reopen, words.say("post-reopen")));
    }
    if post.own || post.hidden {
        return acts;
    }
    if !post.closed {
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
    let toggle = |on: bool, n: u32, keys: [&str; 2]| {
        let key = if on { keys[1] } else { keys[0] };
        words.text(key, &[("n", n.into())])
    };
    let like = toggle(post.liked, post.likes, ["post-like", "post-unlike"]);
    acts.push((PostDo::Like { on: !post.liked }, like));
    let thank = toggle(post.thanked, post.thanks, ["post-thank", "post-unthank"]);
    acts.push((PostDo::Thank { on: !post.thanked }, thank));
    acts
}

fn asks(words: &Catalogue, post: &PostItem, reader: &Reader<'_>) -> Vec<(PostAsk, String)> {
    let mut asks = Vec::new();
    if post.own && !post.closed {
        asks.push((PostAsk::Settle, words.say("post-close")));
    }
    if post.moderation.as_ref().is_some_and(|m| m.may_appeal) {
        let comment = None;
        asks.push((PostAsk::Appeal { comment }, words.say("post-appeal")));
    }
    let may = post.own || reader.office;
    if may && post.kind == PostKind::Concern && !reader.offices.is_empty() {
        let key = if reader.office {
            "post-hand-office"
        } else {
            "post-hand"
        };
        asks.push((PostAsk::HandOver, words.say(key)));
    }
    asks
}
