//! Posts, comments, and what waits for an office.

use super::{files, known, list, number, opt_text, text, word};
use linli_view::api as view;
use serde_json::Value;

fn small(value: &Value) -> u32 {
    u32::try_from(number(value)).unwrap_or(u32::MAX)
}

fn yes(value: &Value) -> bool {
    value.as_bool().unwrap_or_default()
}

pub(crate) fn post(p: &Value) -> view::PostItem {
    view::PostItem {
        id: text(&p["id"]),
        kind: word(&p["kind"]).unwrap_or(view::PostKind::Other),
        author: text(&p["author"]),
        body: text(&p["body"]),
        published_ms: number(&p["published_ms"]),
        heard_ms: number(&p["heard_ms"]),
        closed: yes(&p["closed"]),
        claims: list(&p["claims"], |c| text(&c["by"])),
        comments: list(&p["comments"], comment),
        comments_left_out: small(&p["comments_left_out"]),
        withheld: small(&p["withheld"]),
        own: yes(&p["own"]),
        likes: small(&p["reactions"]["like"]),
        liked: p["reacted"] == "like",
        thanks: small(&p["reactions"]["thanks"]),
        thanked: p["reacted"] == "thanks",
        moderation: moderation(&p["moderation"]),
        hidden: yes(&p["hidden"]),
        handed_to: opt_text(&p["handed"]["to"]),
        handed: word(&p["handed"]),
        outcome: opt_text(&p["outcome"]),
        chosen: opt_text(&p["chosen"]),
        files: files(&p["files"]),
        delivery: word(&p["delivery"]),
    }
}

pub(in crate::desk) fn earlier(p: &Value) -> view::EarlierComments {
    view::EarlierComments {
        id: text(&p["id"]),
        comments: list(&p["comments"], comment),
        left_out: small(&p["comments_left_out"]),
    }
}

pub(in crate::desk) fn comment(c: &Value) -> view::CommentItem {
    view::CommentItem {
        id: text(&c["id"]),
        author: text(&c["author"]),
        official: yes(&c["official"]),
        body: text(&c["body"]),
        published_ms: number(&c["published_ms"]),
        hidden: yes(&c["hidden"]),
        own: yes(&c["own"]),
        moderation: moderation(&c["moderation"]),
        answers: opt_text(&c["answers"]),
        files: files(&c["files"]),
        late: yes(&c["late"]),
        gone: yes(&c["gone"]),
        delivery: word(&c["delivery"]),
    }
}

fn moderation(m: &Value) -> Option<view::ModerationItem> {
    m.is_object().then(|| view::ModerationItem {
        state: text(&m["state"]),
        reports: small(&m["reports"]),
        by: opt_text(&m["by"]),
        reason: opt_text(&m["reason"]),
        appealed: yes(&m["appealed"]),
        appeal: opt_text(&m["appeal"]),
        may_appeal: yes(&m["may_appeal"]),
        why: known(&m["why"]),
        rulings: known(&m["rulings"]),
    })
}

/// One line of an office's queue.
pub(in crate::desk) fn queued(q: &Value) -> view::QueueItem {
    view::QueueItem {
        record: text(&q["record"]),
        comment: opt_text(&q["comment"]),
        kind: text(&q["kind"]),
        on_notice: yes(&q["on_notice"]),
        author: text(&q["author"]),
        body: text(&q["body"]),
        files: files(&q["files"]),
        published_ms: number(&q["published_ms"]),
        moderation: moderation(&q["moderation"]).unwrap_or_default(),
        reports: known(&q["reports"]),
        seen: view::Seen {
            ruling: opt_text(&q["ruling"]),
            heard: q["reports"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|report| !yes(&report["answered"]))
                .map(|report| text(&report["from"]))
                .collect(),
        },
    }
}
