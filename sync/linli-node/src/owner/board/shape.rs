//! How it is shown whether something stands: who hid it, why, and who still reads it.

use crate::api::Fault;
use crate::owner::attach::files_json;
use crate::owner::posts::shown;
use crate::replica::Replica;
use linli_charter::PrincipalKind;
use linli_record::attach::Attachment;
use linli_record::row::{Author, CommentRow, Moderation, PostRow, Standing, Thread};
use linli_record::{Row, RowKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether this home is not shown the text: it is paused or hidden, and neither its own nor an office's to decide.
pub(in crate::owner) fn hidden_from(
    replica: &Replica,
    author: &Author,
    moderation: Option<&Moderation>,
) -> bool {
    let me = replica.me();
    let may = author.principal == me.principal || me.kind == PrincipalKind::Office;
    !may && moderation.is_some_and(|m| !m.stands())
}

/// Is the text of a comment not for this home: taken back, hidden by moderation, or said after its office had closed the
/// comments? Of the last two its author and the offices read it all the same; what was taken back nobody reads. What is shown,
/// found and answered goes by this one.
pub(in crate::owner) fn comment_hidden(replica: &Replica, c: &CommentRow) -> bool {
    let me = replica.me();
    let reads = c.author.principal == me.principal || me.kind == PrincipalKind::Office;
    c.gone || hidden_from(replica, &c.author, c.moderation.as_ref()) || (c.late && !reads)
}

const fn word(state: Standing) -> &'static str {
    match state {
        Standing::Stands => "stands",
        Standing::Paused => "paused",
        Standing::Hidden => "hidden",
    }
}

/// Null where nobody said anything about that.
pub(in crate::owner) fn moderation_json(
    replica: &Replica,
    author: &Author,
    moderation: Option<&Moderation>,
) -> Value {
    let Some(m) = moderation else {
        return Value::Null;
    };
    let own = author.principal == replica.me().principal;
    let ruling = m.ruling();
    let reads = own || replica.me().kind == PrincipalKind::Office;
    let rulings: Vec<Value> = m
        .rulings
        .iter()
        .map(|r| {
            json!({
                "hide": r.hide, "by": shown(&r.author), "reason": r.reason.reveal(), "at_ms": r.time_ms,
            })
        })
        .collect();
    let mut why: BTreeMap<&str, u32> = BTreeMap::new();
    for report in m.reports.iter().filter(|r| !r.answered) {
        *why.entry(&report.reason).or_default() += 1;
    }
    let mut why: Vec<_> = why.into_iter().collect();
    why.sort_by_key(|(word, n)| (std::cmp::Reverse(*n), *word));
    json!({
        "state": word(m.state),
        "reports": m.open_reports(),
        // Why, without who: that is the offices' to know.
        "why": why,
        "by": ruling.map(|r| shown(&r.author)),
        "reason": ruling.map(|r| r.reason.reveal().clone()),
        "at_ms": ruling.map(|r| r.time_ms),
        "rulings": rulings,
        "appealed": m.appealed,
        // An appeal may say again what was hidden: its author and the offices read it.
        "appeal": m.appeal.as_ref().filter(|_| reads).map(|a| a.words.reveal().clone()),
        "may_appeal": own && !m.stands() && !m.appealed,
    })
}

pub(in crate::owner) fn comment_json(replica: &Replica, c: &CommentRow) -> Value {
    let moderation = c.moderation.as_ref();
    let me = replica.me();
    let hidden = comment_hidden(replica, c);
    json!({
        "id": c.id.to_text(), "author": shown(&c.author), "official": c.author.office_name.is_some(),
        "body": if hidden { "" } else { c.text.reveal().as_str() }, "hidden": hidden,
        "files": files_json(if hidden { &[] } else { &c.files }),
        "published_ms": c.time_ms, "answers": c.answers.map(|id| id.to_text()),
        "own": c.author.principal == me.principal, "late": c.late, "gone": c.gone,
        "moderation": moderation_json(replica, &c.author, moderation),
    })
}

/// To which office a concern was handed, and the first thing that office said after that; null where it was not.
pub(in crate::owner) fn handed_json(replica: &Replica, p: &PostRow) -> Value {
    let Some(handed) = p.handed.last() else {
        return Value::Null;
    };
    let answer = p.thread.comments.iter().find(|c| {
        c.author.principal == handed.to
            && c.time_ms >= handed.time_ms
            && !comment_hidden(replica, c)
    });
    // What was hidden must not be read again in the words that handed it over.
    let hidden = hidden_from(replica, &p.author, p.moderation.as_ref());
    json!({
        "to": replica.authority().office_name(&handed.to),
        "by": shown(&handed.author),
        "at_ms": handed.time_ms,
        "words": handed.words.as_ref().filter(|_| !hidden).map(|w| w.reveal().clone()),
        "answer": answer.map(|c| c.id.to_text()),
    })
}

/// What waits for an office: `posts` are those of which something was reported.
pub(super) fn queue(replica: &Replica, posts: &[PostRow]) -> Result<Value, Fault> {
    if replica.me().kind != PrincipalKind::Office {
        return Err(Fault::forbidden("offices-only"));
    }
    let mut waiting: Vec<((bool, usize, u64), Value)> = Vec::new();
    let mut look = |record: String, on_notice: bool, item: &Item<'_>| {
        let Some(m) = item.moderation else { return };
        if !m.appealed && m.open_reports() == 0 {
            return;
        }
        let reports: Vec<Value> = m
            .reports
            .iter()
            .map(|r| {
                json!({
                    "by": shown(&r.author), "reason": r.reason, "at_ms": r.time_ms, "answered": r.answered,
                    "from": r.author.principal.to_text(),
                    "words": r.words.as_ref().map(|w| w.reveal().clone()),
                })
            })
            .collect();
        let line = json!({
            "record": record, "comment": item.comment, "kind": item.kind, "on_notice": on_notice,
            "author": shown(item.author), "body": item.body, "published_ms": item.time_ms,
            "files": files_json(item.files),
            "ruling": m.ruling().map(|r| r.id.to_text()),
            "moderation": moderation_json(replica, item.author, Some(m)), "reports": reports,
        });
        waiting.push(((m.appealed, m.open_reports(), item.time_ms), line));
    };
    let mut comments = |record: &str, on_notice: bool, thread: &Thread| {
        for c in &thread.comments {
            let item = Item {
                comment: Some(c.id.to_text()),
                kind: "comment",
                author: &c.author,
                body: c.text.reveal(),
                files: &c.files,
                time_ms: c.time_ms,
                moderation: c.moderation.as_ref(),
            };
            look(record.to_owned(), on_notice, &item);
        }
    };
    for (id, row) in replica.rows(RowKind::Notice)? {
        if let Row::Notice(n) = row {
            comments(&id.to_text(), true, &n.thread);
        }
    }
    for p in posts {
        comments(&p.id.to_text(), false, &p.thread);
    }
    for p in posts {
        let item = Item {
            comment: None,
            kind: p.kind.word(),
            author: &p.author,
            body: p.body.reveal(),
            files: &p.files,
            time_ms: p.created_ms,
            moderation: p.moderation.as_ref(),
        };
        look(p.id.to_text(), false, &item);
    }
    waiting.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
    let lines: Vec<Value> = waiting.into_iter().map(|(_, line)| line).collect();
    Ok(json!({ "queue": lines }))
}

/// One thing that may wait.
struct Item<'a> {
    comment: Option<String>,
    kind: &'a str,
    author: &'a Author,
    body: &'a str,
    files: &'a [Attachment],
    time_ms: u64,
    moderation: Option<&'a Moderation>,
}
