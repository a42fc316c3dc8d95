//! The board: posts, comments, claims, closing; and erasing a record of one's own.

use super::attach::files_json;
use super::board::{comment_hidden, comment_json, handed_json, hidden_from, moderation_json};
use super::said::{self, Room};
use super::{Owner, answer, delivery, ids, unseen};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_base::{Private, RecordId};
use linli_record::attach::Attachment;
use linli_record::draft::PostDraft;
use linli_record::row::{PostRow, Thread};
use linli_record::schema::PostKind;
use linli_record::{Author, Fact, RecordKind, Row, RowKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Owner {
    pub(super) fn post_new(&mut self, kind: &str, body: String) -> Result<Answer, Fault> {
        self.post_with(kind, body, &[])
    }

    /// The same with what goes with it.
    pub(super) fn post_with(
        &mut self,
        kind: &str,
        body: String,
        files: &[Attachment],
    ) -> Result<Answer, Fault> {
        let now = self.now();
        let kind = PostKind::parse(kind)
            .ok_or_else(|| Fault::input("bad-post-kind").with("kind", kind))?;
        unseen::refuse("body", &body)?;
        let draft = PostDraft { kind, body };
        let id = self.replica()?.create(now, RecordKind::Post, |actor| {
            draft.change_with(actor, files)
        })?;
        Ok(answer(json!({ "id": id.to_text() })))
    }

    pub(super) fn post_list(&self) -> Result<Answer, Fault> {
        self.posts_that(|_| true)
    }

    /// Every post that fits, newest first.
    pub(super) fn posts_that(&self, fits: impl Fn(&PostRow) -> bool) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let rows = replica.rows(RowKind::Post)?.into_iter();
        let fitting = rows.filter_map(|(_, row)| match row {
            Row::Post(post) if fits(&post) => Some(post),
            _ => None,
        });
        let mut rows: Vec<PostRow> = fitting.collect();
        rows.sort_by_key(|p| (std::cmp::Reverse(p.created_ms), p.id));
        let posts = each(replica, Said::Newest, &rows, |mut shown| {
            self.add_states(&mut shown);
            shown
        })?;
        Ok(answer(json!({ "posts": posts })))
    }

    pub(super) fn post_show(&self, id: &str) -> Result<Answer, Fault> {
        let record = self.find_record(RowKind::Post, id)?;
        let replica = self.replica_ref()?;
        match replica.row(RowKind::Post, &record)? {
            Some(Row::Post(p)) => {
                let room = &mut Room::of_one();
                let mut shown = json!({ "post": post_json(replica, &p, room, said::PAGE)? });
                self.add_states(&mut shown);
                Ok(answer(shown))
            }
            _ => Err(Fault::missing("not-found").with("id", id)),
        }
    }

    /// What was said below a post before a comment that is known.
    pub(super) fn post_earlier(&self, id: &str, before: &str) -> Result<Answer, Fault> {
        let record = self.find_record(RowKind::Post, id)?;
        let known = self.find_comment(&record, before)?;
        let replica = self.replica_ref()?;
        let Some(Row::Post(p)) = replica.row(RowKind::Post, &record)? else {
            return Err(Fault::missing("not-found").with("id", id));
        };
        let mut all = p.thread.comments.iter();
        let end = all.position(|c| c.id == known.id).unwrap_or_default();
        let room = &mut Room::of_one();
        let (comments, before) = said_below(replica, &p, room, said::PAGE, end)?;
        let mut shown = json!({
            "id": record.to_text(), "comments": comments, "comments_left_out": before,
        });
        self.add_states(&mut shown);
        Ok(answer(shown))
    }

    pub(super) fn post_comment(&mut self, id: &str, text: String) -> Result<Answer, Fault> {
        self.comment(id, text, None, &[])
    }

    pub(super) fn post_claim(&mut self, id: &str, text: Option<String>) -> Result<Answer, Fault> {
        let on = self.find_record(RowKind::Post, id)?;
        if self.owns(&on)? {
            return Err(Fault::input("own-post"));
        }
        self.say(
            &on,
            &Fact::Claim {
                text: text.map(Private::new),
            },
        )
    }

    pub(super) fn post_close(
        &mut self,
        id: &str,
        outcome: Option<String>,
    ) -> Result<Answer, Fault> {
        let on = self.find_record(RowKind::Post, id)?;
        if !self.owns(&on)? {
            return Err(Fault::forbidden("not-your-post"));
        }
        self.say(
            &on,
            &Fact::Close {
                outcome,
                chosen: None,
            },
        )
    }

    fn owns(&self, post: &RecordId) -> Result<bool, Fault> {
        let replica = self.replica_ref()?;
        Ok(matches!(
            replica.row(RowKind::Post, post)?,
            Some(Row::Post(p)) if p.author.principal == replica.me().principal
        ))
    }

    pub(super) fn say(&mut self, on: &RecordId, fact: &Fact) -> Result<Answer, Fault> {
        let now = self.now();
        let written = self.replica()?.say(now, on, fact)?;
        Ok(answer(
            json!({ "id": written.id.to_text(), "record": on.to_text() }),
        ))
    }

    pub(super) fn erase(&mut self, id: &str) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let mut all = Vec::new();
        for kind in RowKind::ALL {
            all.extend(replica.rows(*kind)?.into_iter().map(|(id, _)| id));
        }
        let record = ids::pick(id, "r", all.into_iter(), RecordId::to_text)?;
        let act = self.replica()?.erase(now, &record)?;
        Ok(answer(
            json!({ "id": record.to_text(), "act": act.to_text() }),
        ))
    }
}

/// How much of what is said below posts a list has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// The newest: it goes over the socket.
    Newest,
    /// All of it: it stays in this process.
    All,
}

/// What is kept of each of these, in their order. They are made into something smaller one after another: the values of a
/// whole board at once take ten times the memory of what is kept of them.
pub(super) fn each<T>(
    replica: &Replica,
    said: Said,
    posts: &[PostRow],
    keep: impl Fn(Value) -> T,
) -> Result<Vec<T>, Fault> {
    let me = replica.me().principal;
    let mut room = match said {
        Said::Newest => Room::of_list(),
        Said::All => Room::without_end(),
    };
    let most = |p: &PostRow| match said {
        Said::All => usize::MAX,
        Said::Newest if p.author.principal == me => said::NEWEST_OWN,
        Said::Newest => said::NEWEST,
    };
    let list = posts
        .iter()
        .map(|p| post_json(replica, p, &mut room, most(p)).map(&keep));
    list.collect()
}

/// How an author is shown on the board: an office by name, a household by unit.
pub(super) fn shown(author: &Author) -> String {
    author
        .office_name
        .clone()
        .or_else(|| author.unit.as_ref().map(|u| u.reveal().clone()))
        .unwrap_or_else(|| author.device.short())
}

/// What is said below a post up to `end` of its comments, the newest of it; and how many there are before that.
fn said_below(
    replica: &Replica,
    p: &PostRow,
    room: &mut Room,
    most: usize,
    end: usize,
) -> Result<(Vec<Value>, usize), Fault> {
    let mine = delivery::of_comments(replica, &p.id, &p.author.principal, &p.thread)?;
    let comments = p.thread.comments.get(..end).unwrap_or_default();
    Ok(room.newest(comments, most, |c| {
        let mut shown = comment_json(replica, c);
        if !c.gone {
            shown["delivery"] = mine.get(&c.id).cloned().unwrap_or_default();
        }
        shown
    }))
}

/// Changes whenever other comments below a post are shown than before: whoever keeps pages of them reads them anew then.
/// Not zero where any is withheld.
fn withheld(replica: &Replica, thread: &Thread) -> u32 {
    let hidden = thread
        .comments
        .iter()
        .filter(|c| comment_hidden(replica, c));
    // Ids are hashes, so their beginnings are as good as drawn.
    hidden.fold(0_u32, |sum, comment| {
        let drawn = comment.id.0.first_chunk().copied().unwrap_or_default();
        sum.wrapping_add(u32::from_be_bytes(drawn) | 1)
    })
}

fn post_json(replica: &Replica, p: &PostRow, room: &mut Room, most: usize) -> Result<Value, Fault> {
    let moderation = p.moderation.as_ref();
    let hidden = hidden_from(replica, &p.author, moderation);
    let end = p.thread.comments.len();
    let (comments, before) = said_below(replica, p, room, most, end)?;
    let mut reactions: BTreeMap<&str, u64> = BTreeMap::new();
    for reaction in &p.thread.reactions {
        *reactions.entry(&reaction.what).or_default() += 1;
    }
    let me = replica.me().principal;
    let mine = p.thread.reactions.iter().find(|r| r.author.principal == me);
    let chosen = p.closed.as_ref().and_then(|c| c.chosen).and_then(|chosen| {
        let claim = p.claims.iter().find(|c| c.author.principal == chosen);
        claim.map(|c| shown(&c.author))
    });
    let claims: Vec<Value> = p
        .claims
        .iter()
        .map(|c| json!({ "by": shown(&c.author), "text": c.text.as_ref().map(|t| t.reveal().clone()) }))
        .collect();
    Ok(json!({
        "id": p.id.to_text(),
        "kind": p.kind.word(),
        "author": shown(&p.author),
        "body": if hidden { "" } else { p.body.reveal().as_str() },
        "hidden": hidden,
        "files": files_json(if hidden { &[] } else { &p.files }),
        "moderation": moderation_json(replica, &p.author, moderation),
        "handed": handed_json(replica, p),
        "reactions": reactions,
        "reacted": mine.map(|r| r.what.clone()),
        "chosen": chosen,
        "published_ms": p.created_ms,
        "heard_ms": replica.heard_ms(&p.id)?.unwrap_or(p.created_ms),
        "closed": p.closed.is_some(),
        "outcome": p.closed.as_ref().and_then(|c| c.outcome),
        "claims": claims,
        "comments": comments,
        "comments_total": end,
        "comments_left_out": before,
        "withheld": withheld(replica, &p.thread),
        "own": p.author.principal == me,
        "delivery": delivery::of_post(replica, p)?,
    }))
}
