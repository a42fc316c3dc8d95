//! The board beside writing and claiming: filters, reactions, reports, what offices decide, appeals, hand-overs.
//! Why it is so: `docs/decisions/0022-moderation.md`.

mod shape;

pub(super) use shape::{comment_hidden, comment_json, handed_json, hidden_from, moderation_json};

use super::posts::shown;
use super::{Owner, answer, ids, unseen};
use crate::api::{Answer, BoardAct, Fault, FileArgs};
use crate::replica::Replica;
use linli_base::{EntryId, PrincipalId, Private, RecordId};
use linli_charter::PrincipalKind;
use linli_record::fact::{Appeal, HandOver, RULING_HOUSEHOLDS, Report, Ruling};
use linli_record::row::{Author, CommentRow, Moderation, PostRow};
use linli_record::schema::{Outcome, PostKind};
use linli_record::{Fact, Row, RowKind};
use linli_view::clean;
use serde_json::json;

/// Words of a reaction that are offered.
const REACTIONS: [&str; 2] = ["like", "thanks"];
/// Reasons of a report that are offered.
const REASONS: [&str; 5] = ["abuse", "ad", "privacy", "wrong", "other"];

/// What a report, ruling or appeal is about.
struct Target {
    record: RecordId,
    comment: Option<EntryId>,
    author: Author,
    moderation: Option<Moderation>,
}

impl Owner {
    pub(super) fn board_act(&mut self, act: BoardAct) -> Result<Answer, Fault> {
        match act {
            BoardAct::List {
                kind,
                open,
                building,
            } => self.board_list(kind.as_deref(), open, building.as_deref()),
            BoardAct::Earlier { id, before } => self.post_earlier(&id, &before),
            BoardAct::Queue => {
                let judged = self.posts_judged()?;
                let mut waiting = shape::queue(self.replica_ref()?, &judged)?;
                self.add_states(&mut waiting);
                Ok(answer(waiting))
            }
            BoardAct::React { id, what } => self.react(&id, what),
            BoardAct::Comment {
                id,
                text,
                answers,
                files,
            } => self.comment(&id, text, answers.as_deref(), &files),
            BoardAct::Uncomment { id, comment } => self.uncomment(&id, &comment),
            BoardAct::Unclaim { id } => self.unclaim(&id),
            BoardAct::Close {
                id,
                outcome,
                chosen,
                thanks,
            } => self.close(&id, outcome, chosen.as_deref(), thanks),
            BoardAct::Reopen { id } => self.reopen(&id),
            BoardAct::Report {
                id,
                comment,
                reason,
                words,
            } => self.report(&id, comment.as_deref(), reason, words),
            BoardAct::Moderate {
                id,
                comment,
                hide,
                reason,
            } => self.moderate(&id, comment.as_deref(), hide, reason, None),
            BoardAct::Decide {
                id,
                comment,
                hide,
                reason,
                ruling,
                heard,
            } => {
                let seen = Some((ruling, heard));
                self.moderate(&id, comment.as_deref(), hide, reason, seen)
            }
            BoardAct::Appeal { id, comment, words } => self.appeal(&id, comment.as_deref(), words),
            BoardAct::HandOver { id, to, words } => self.give_to_office(&id, to.as_deref(), words),
        }
    }

    fn board_list(
        &self,
        kind: Option<&str>,
        open: bool,
        building: Option<&str>,
    ) -> Result<Answer, Fault> {
        let kind = match kind {
            None => None,
            Some(word) => Some(
                PostKind::parse(word)
                    .ok_or_else(|| Fault::input("bad-post-kind").with("kind", word))?,
            ),
        };
        let building = building.map(str::trim);
        let lives = |author: &Author| {
            let unit = author.unit.as_ref().map(|unit| unit.reveal().as_str());
            let of = unit.and_then(|unit| unit.split('-').next());
            building.is_none() || of == building
        };
        let fits = |p: &PostRow| {
            kind.is_none_or(|kind| p.kind == kind)
                && !(open && p.closed.is_some())
                && lives(&p.author)
        };
        self.posts_that(fits)
    }

    /// A post or a notice.
    pub(super) fn find_said_about(&self, id: &str) -> Result<RecordId, Fault> {
        self.find_record(RowKind::Post, id)
            .or_else(|_| self.find_record(RowKind::Notice, id))
    }

    /// The comments below a record.
    pub(super) fn comments(&self, on: &RecordId) -> Result<Vec<CommentRow>, Fault> {
        let replica = self.replica_ref()?;
        Ok(match replica.row(RowKind::Post, on)? {
            Some(Row::Post(p)) => p.thread.comments,
            _ => match replica.row(RowKind::Notice, on)? {
                Some(Row::Notice(n)) => n.thread.comments,
                _ => Vec::new(),
            },
        })
    }

    pub(super) fn find_comment(&self, on: &RecordId, typed: &str) -> Result<CommentRow, Fault> {
        let comments = self.comments(on)?;
        let all = comments.iter().map(|c| c.id);
        let id = ids::pick(typed, "e", all, EntryId::to_text)?;
        let found = comments.into_iter().find(|c| c.id == id);
        found.ok_or_else(|| Fault::missing("not-found").with("id", typed))
    }

    fn find_post(&self, id: &str) -> Result<PostRow, Fault> {
        let record = self.find_record(RowKind::Post, id)?;
        match self.replica_ref()?.row(RowKind::Post, &record)? {
            Some(Row::Post(post)) => Ok(post),
            _ => Err(Fault::missing("not-found").with("id", id)),
        }
    }

    fn target(&self, id: &str, comment: Option<&str>) -> Result<Target, Fault> {
        if let Some(typed) = comment {
            let record = self.find_said_about(id)?;
            let row = still_said(self.find_comment(&record, typed)?)?;
            return Ok(Target {
                record,
                comment: Some(row.id),
                author: row.author,
                moderation: row.moderation,
            });
        }
        let post = self.find_post(id)?;
        Ok(Target {
            record: post.id,
            comment: None,
            author: post.author,
            moderation: post.moderation,
        })
    }

    fn react(&mut self, id: &str, what: Option<String>) -> Result<Answer, Fault> {
        if let Some(word) = what.as_deref().filter(|word| !REACTIONS.contains(word)) {
            return Err(Fault::input("bad-reaction").with("word", word));
        }
        let on = self.find_said_about(id)?;
        self.say(&on, &Fact::Reaction { what })
    }

    pub(super) fn comment(
        &mut self,
        id: &str,
        text: String,
        answers: Option<&str>,
        files: &[FileArgs],
    ) -> Result<Answer, Fault> {
        let on = self.find_said_about(id)?;
        self.may_comment(&on)?;
        let answers = match answers {
            None => None,
            Some(typed) => Some(still_said(self.find_comment(&on, typed)?)?.id),
        };
        if files.is_empty() {
            unseen::refuse("body", &text)?;
        }
        let blank = clean::blank(&text);
        if blank && files.is_empty() {
            return Err(Fault::input("bad-field")
                .with("field", "body")
                .with("why", "empty"));
        }
        let files = self.adopt(files)?;
        // Beside a photo blanks and what cannot be seen say nothing.
        let text = Private::new(if blank { String::new() } else { text });
        let files = files.iter().map(|file| Private::new(file.encode()));
        let files = files.collect();
        let said = Fact::Comment {
            text,
            answers,
            files,
        };
        self.say(&on, &said)
    }

    /// Only who said it: what stands below is everybody's to read, and nobody else's to take away.
    fn uncomment(&mut self, id: &str, comment: &str) -> Result<Answer, Fault> {
        let on = self.find_said_about(id)?;
        let said = self.find_comment(&on, comment)?;
        if said.author.principal != self.replica_ref()?.me().principal {
            return Err(Fault::forbidden("not-your-words"));
        }
        let said = still_said(said)?;
        let mut answer = self.say(&on, &Fact::Uncomment(said.id))?;
        answer.data["comment"] = said.id.to_text().into();
        Ok(answer)
    }

    fn unclaim(&mut self, id: &str) -> Result<Answer, Fault> {
        let post = self.find_post(id)?;
        let me = self.replica_ref()?.me().principal;
        if !post.claims.iter().any(|c| c.author.principal == me) {
            return Err(Fault::input("no-claim-of-yours"));
        }
        self.say(&post.id, &Fact::Unclaim)
    }

    fn close(
        &mut self,
        id: &str,
        outcome: Option<String>,
        chosen: Option<&str>,
        thanks: Option<String>,
    ) -> Result<Answer, Fault> {
        let post = self.find_post(id)?;
        if post.author.principal != self.replica_ref()?.me().principal {
            return Err(Fault::forbidden("not-your-post"));
        }
        if let Some(word) = outcome.as_deref().filter(|w| Outcome::parse(w).is_none()) {
            return Err(Fault::input("bad-outcome")
                .with("word", word)
                .with("known", Outcome::WORDS.join(", ")));
        }
        let chosen = match chosen {
            None => None,
            Some(unit) => {
                let claim = post.claims.iter().find(|c| shown(&c.author) == unit.trim());
                let claim =
                    claim.ok_or_else(|| Fault::input("no-such-claim").with("unit", unit))?;
                Some(claim.author.principal)
            }
        };
        unseen::refuse_any("words", thanks.as_ref())?;
        self.undo_on_fault(|o| {
            if let Some(text) = thanks {
                let thanks = Fact::Comment {
                    text: Private::new(text),
                    answers: None,
                    files: Vec::new(),
                };
                o.say(&post.id, &thanks)?;
            }
            o.say(&post.id, &Fact::Close { outcome, chosen })
        })
    }

    fn reopen(&mut self, id: &str) -> Result<Answer, Fault> {
        let post = self.find_post(id)?;
        if post.author.principal != self.replica_ref()?.me().principal {
            return Err(Fault::forbidden("not-your-post"));
        }
        if post.closed.is_none() {
            return Err(Fault::input("not-closed"));
        }
        self.say(&post.id, &Fact::Reopen)
    }

    fn report(
        &mut self,
        id: &str,
        comment: Option<&str>,
        reason: String,
        words: Option<String>,
    ) -> Result<Answer, Fault> {
        if !REASONS.contains(&reason.as_str()) {
            return Err(Fault::input("bad-report-reason")
                .with("word", reason)
                .with("known", REASONS.join(", ")));
        }
        unseen::refuse_any("words", words.as_ref())?;
        let target = self.target(id, comment)?;
        let me = self.replica_ref()?.me();
        if me.kind != PrincipalKind::Household {
            return Err(Fault::forbidden("offices-decide"));
        }
        let mine = me.principal;
        if target.author.principal == mine {
            return Err(Fault::input("own-report"));
        }
        let reports = target.moderation.iter().flat_map(|m| &m.reports);
        if reports.into_iter().any(|r| r.author.principal == mine) {
            return Err(Fault::input("reported-already"));
        }
        let fact = Fact::Report(Report {
            reason,
            words: words.map(Private::new),
            comment: target.comment,
        });
        let mut said = self.say(&target.record, &fact)?;
        self.settle()?;
        let moderation = self.target(id, comment)?.moderation;
        said.data["reports"] = moderation
            .as_ref()
            .map_or(0, Moderation::open_reports)
            .into();
        said.data["paused"] = moderation.is_some_and(|m| !m.stands()).into();
        Ok(said)
    }

    fn moderate(
        &mut self,
        id: &str,
        comment: Option<&str>,
        hide: bool,
        reason: String,
        seen: Option<(Option<String>, Vec<String>)>,
    ) -> Result<Answer, Fault> {
        self.must_be_office()?;
        unseen::refuse("reason", &reason)?;
        let target = self.target(id, comment)?;
        let held = target.moderation.as_ref();
        let in_force = held.and_then(Moderation::ruling);
        let known = in_force.map(|ruling| ruling.id.to_text());
        if seen.as_ref().is_some_and(|(ruling, _)| *ruling != known) {
            return Err(Fault::input("ruled-meanwhile"));
        }
        // Who reported it after it was read is not answered: nobody has read that report.
        let was_read = |by: &PrincipalId| {
            let heard = seen.as_ref().map(|(_, heard)| heard);
            heard.is_none_or(|heard| heard.contains(&by.to_text()))
        };
        let waits = held.is_some_and(|m| m.open_reports() > 0 || m.appealed);
        let same = in_force.map_or(!hide, |ruling| ruling.hide == hide);
        if same && !waits {
            return Err(Fault::input("nothing-to-decide"));
        }
        let mut answers: Vec<PrincipalId> = held
            .into_iter()
            .flat_map(|m| &m.reports)
            .filter(|report| !report.answered)
            .map(|report| report.author.principal)
            .filter(was_read)
            .collect();
        answers.truncate(RULING_HOUSEHOLDS);
        answers.sort_unstable();
        let fact = Fact::Ruling(Ruling {
            hide,
            reason: Private::new(reason),
            comment: target.comment,
            answers,
            replaces: in_force.map(|ruling| ruling.id),
        });
        let mut said = self.say(&target.record, &fact)?;
        said.data["state"] = if hide { "hidden" } else { "stands" }.into();
        Ok(said)
    }

    fn appeal(&mut self, id: &str, comment: Option<&str>, words: String) -> Result<Answer, Fault> {
        let target = self.target(id, comment)?;
        if target.author.principal != self.replica_ref()?.me().principal {
            return Err(Fault::forbidden("not-your-words"));
        }
        let Some(held) = target.moderation.filter(|m| !m.stands()) else {
            return Err(Fault::input("nothing-to-appeal"));
        };
        unseen::refuse("words", &words)?;
        let fact = Fact::Appeal(Appeal {
            against: held.ruling().map(|ruling| ruling.id),
            words: Private::new(words),
            comment: target.comment,
        });
        self.say(&target.record, &fact)
    }

    fn give_to_office(
        &mut self,
        id: &str,
        to: Option<&str>,
        words: Option<String>,
    ) -> Result<Answer, Fault> {
        let post = self.find_post(id)?;
        let replica = self.replica_ref()?;
        let me = replica.me();
        if me.kind != PrincipalKind::Office && post.author.principal != me.principal {
            return Err(Fault::forbidden("not-your-post"));
        }
        if post.kind != PostKind::Concern {
            return Err(Fault::input("not-a-concern"));
        }
        unseen::refuse_any("words", words.as_ref())?;
        let office = the_office(replica, to)?;
        let name = replica.authority().office_name(&office).map(str::to_owned);
        let fact = Fact::HandOver(HandOver {
            to: office,
            words: words.map(Private::new),
        });
        let mut said = self.say(&post.id, &fact)?;
        said.data["to"] = json!(name);
        Ok(said)
    }

    fn must_be_office(&self) -> Result<(), Fault> {
        if self.replica_ref()?.me().kind == PrincipalKind::Office {
            Ok(())
        } else {
            Err(Fault::forbidden("offices-only"))
        }
    }
}

/// Nothing is said to, or decided about, what was taken back.
fn still_said(comment: CommentRow) -> Result<CommentRow, Fault> {
    if comment.gone {
        return Err(Fault::input("comment-gone"));
    }
    Ok(comment)
}

/// The office of a name; without one the office that asks, or the only one there is.
fn the_office(replica: &Replica, name: Option<&str>) -> Result<PrincipalId, Fault> {
    let offices = &replica.authority().charter().newest().epoch.offices;
    let names = || {
        let names: Vec<&str> = offices.iter().map(|o| o.name.as_str()).collect();
        names.join(", ")
    };
    match name.map(str::trim) {
        Some(name) => offices
            .iter()
            .find(|office| office.name == name)
            .map(|office| office.principal)
            .ok_or_else(|| {
                Fault::input("no-such-office")
                    .with("name", name)
                    .with("known", names())
            }),
        None if replica.me().kind == PrincipalKind::Office => Ok(replica.me().principal),
        None => match offices.as_slice() {
            [only] => Ok(only.principal),
            _ => Err(Fault::choose("which-office").with("known", names())),
        },
    }
}
