//! What is new, each thing in its class.

use crate::api::{
    BellReport, CommentItem, HelpItem, HelpReport, MissedItem, NoticeItem, PostItem, RingItem,
    Severity, Urgency,
};
use crate::dates::Now;
use crate::notices;

/// Longest chain of corrections that is followed.
const CHAIN_MAX: usize = 64;

/// How pressing something is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// Somebody's life may depend on it.
    Life,
    /// It waits for this home.
    Needs,
    /// It is about what this home wrote.
    Mine,
    /// Everything else.
    Rest,
}

impl Class {
    /// Its word in a command's answer.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Life => "life",
            Self::Needs => "needs",
            Self::Mine => "mine",
            Self::Rest => "rest",
        }
    }
}

/// What this home holds that can be news.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Notices.
    pub notices: &'a [NoticeItem],
    /// The board; where only announcing matters, the posts of this home are enough.
    pub posts: &'a [PostItem],
    /// Calls for help.
    pub help: &'a HelpReport,
    /// Calls of gates.
    pub rings: &'a [RingItem],
}

/// Something that is or was news.
#[derive(Clone, PartialEq, Debug)]
pub struct Item<'a> {
    /// Names it, also over a restart.
    pub key: String,
    /// What it belongs to, where that can be muted.
    pub thread: Option<String>,
    /// How pressing it is.
    pub class: Class,
    /// When it came, as far as its record says.
    pub at_ms: u64,
    /// Somebody here has seen it or done what it asks.
    pub known: bool,
    /// It is worth nothing the next morning.
    pub any_hour: bool,
    /// What it is.
    pub what: What<'a>,
}

/// What it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum What<'a> {
    /// A notice.
    Notice(&'a NoticeItem),
    /// A notice that was read here and is taken back.
    Retracted(&'a NoticeItem),
    /// A call for help that waits for an answer of this home.
    Help(&'a HelpItem),
    /// Somebody stands at a gate.
    Ring(&'a RingItem),
    /// Somebody has not said that all is well.
    Missed(&'a MissedItem),
    /// A comment on a post of this home.
    Comment(&'a PostItem, &'a CommentItem),
    /// Somebody answers a post of this home by an offer.
    Claim(&'a PostItem, &'a str),
    /// An office or neighbours have hidden a post of this home.
    Decided(&'a PostItem),
    /// A post of somebody else.
    Post(&'a PostItem),
}

/// Everything that can be news, in the order of the facts.
#[must_use]
pub fn items<'a>(now: Now, facts: Facts<'a>) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    for call in &facts.help.calls {
        if call.open && call.asks_me && !call.own {
            let class = if call.practice {
                Class::Needs
            } else {
                Class::Life
            };
            out.push(item(
                format!("h:{}", call.id),
                class,
                call.at_ms,
                What::Help(call),
            ));
        }
    }
    for ring in facts.rings.iter().filter(|ring| ring.here && ring.live) {
        out.push(Item {
            any_hour: true,
            ..item(
                format!("g:{}", ring.event),
                Class::Needs,
                ring.at_ms,
                What::Ring(ring),
            )
        });
    }
    for missed in &facts.help.missed {
        let key = format!("m:{}:{}", missed.unit, missed.due_ms);
        out.push(item(key, Class::Needs, missed.due_ms, What::Missed(missed)));
    }
    out.extend(
        facts
            .notices
            .iter()
            .filter_map(|n| notice(now, facts.notices, n)),
    );
    for post in facts.posts {
        posted(post, &mut out);
    }
    out
}

fn item(key: String, class: Class, at_ms: u64, what: What<'_>) -> Item<'_> {
    Item {
        key,
        thread: None,
        class,
        at_ms,
        known: false,
        any_hour: false,
        what,
    }
}

fn notice<'a>(now: Now, all: &[NoticeItem], n: &'a NoticeItem) -> Option<Item<'a>> {
    if n.ours || !n.valid || n.corrected_by.is_some() {
        return None;
    }
    let of = || Some(thread(all, &n.id));
    if let Some(back) = &n.retracted {
        // Who never read it has nothing to unlearn.
        n.read_ms?;
        let key = format!("x:{}", n.id);
        return Some(Item {
            thread: of(),
            ..item(key, Class::Rest, back.at_ms, What::Retracted(n))
        });
    }
    if !notices::current(n, now) {
        return None;
    }
    let grave = matches!(n.severity, Some(Severity::Severe | Severity::Extreme));
    // Where the office does not say how soon, grave is grave.
    let soon = matches!(n.cap.urgency, None | Some(Urgency::Immediate));
    let begun = soon && n.effective_ms.is_none_or(|from| from <= now.ms);
    let waits = notices::needs_me(n, now);
    let read = n.read_ms.is_some() || n.confirmed_by_me_ms.is_some();
    let class = match (grave, begun) {
        (true, true) => Class::Life,
        (true, false) => Class::Needs,
        _ if waits => Class::Needs,
        _ => Class::Rest,
    };
    // Whoever is asked once more is asked once more, also after having read it.
    let (key, known) = match class {
        Class::Needs if waits && n.reminders > 0 => (format!("n:{}:{}", n.id, n.reminders), false),
        _ => (format!("n:{}", n.id), read),
    };
    Some(Item {
        thread: of(),
        known,
        ..item(key, class, n.heard_ms, What::Notice(n))
    })
}

fn posted<'a>(post: &'a PostItem, out: &mut Vec<Item<'a>>) {
    let of = Some(post.id.clone());
    if !post.own {
        if !post.hidden && !post.closed {
            out.push(Item {
                thread: of,
                ..item(
                    format!("p:{}", post.id),
                    Class::Rest,
                    post.heard_ms,
                    What::Post(post),
                )
            });
        }
        return;
    }
    for comment in &post.comments {
        if comment.hidden || comment.author == post.author {
            continue;
        }
        let class = if comment.official {
            Class::Needs
        } else {
            Class::Mine
        };
        out.push(Item {
            thread: of.clone(),
            ..item(
                format!("c:{}", comment.id),
                class,
                comment.published_ms,
                What::Comment(post, comment),
            )
        });
    }
    for by in &post.claims {
        out.push(Item {
            thread: of.clone(),
            ..item(
                format!("k:{}:{by}", post.id),
                Class::Mine,
                post.published_ms,
                What::Claim(post, by),
            )
        });
    }
    if let Some(state) = post.moderation.as_ref().filter(|m| m.state != "stands") {
        out.push(Item {
            thread: of,
            ..item(
                format!("d:{}:{}", post.id, state.state),
                Class::Needs,
                post.published_ms,
                What::Decided(post),
            )
        });
    }
}

/// The thread of a notice: the first one of its chain of corrections that is known here.
#[must_use]
pub fn thread(all: &[NoticeItem], id: &str) -> String {
    let mut first = id;
    for _ in 0..CHAIN_MAX {
        let before = all.iter().find(|n| n.id == first);
        match before.and_then(|n| n.corrects.as_deref()) {
            Some(earlier) => first = earlier,
            None => break,
        }
    }
    first.to_owned()
}

impl Item<'_> {
    /// When it was first seen here.
    #[must_use]
    pub fn since(&self, kept: &BellReport) -> u64 {
        kept.seen.get(&self.key).copied().unwrap_or(self.at_ms)
    }

    /// Does its record not say when it came?
    pub(super) const fn timeless(&self) -> bool {
        matches!(
            self.what,
            What::Comment(..) | What::Claim(..) | What::Decided(_) | What::Retracted(_)
        )
    }

    /// Is nothing to be said of it?
    #[must_use]
    pub fn muted(&self, kept: &BellReport) -> bool {
        self.class != Class::Life
            && self
                .thread
                .as_ref()
                .is_some_and(|of| kept.muted.contains(of))
    }

    /// Is it about a post of this home, and came after the board was last looked at?
    #[must_use]
    pub fn fresh(&self, kept: &BellReport) -> bool {
        matches!(
            self.what,
            What::Comment(..) | What::Claim(..) | What::Decided(_)
        ) && !self.muted(kept)
            && self.since(kept) > kept.looked_ms
    }
}

/// The number beside the board: answers to what this home wrote since somebody last looked.
#[must_use]
pub fn badge(kept: &BellReport, posts: &[PostItem]) -> usize {
    let mut all = Vec::new();
    for post in posts.iter().filter(|post| post.own) {
        posted(post, &mut all);
    }
    all.iter().filter(|item| item.fresh(kept)).count()
}
