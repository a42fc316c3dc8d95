//! Notices: publish, correct, retract, read, confirm. Whom they reached: [`super::reach`].

use super::attach::files_json;
use super::said::Room;
use super::{Owner, answer, grid, reach, unseen};
use crate::api::{Answer, CapArgs, Fault, NoticeArgs};
use crate::replica::Replica;
use linli_base::RecordId;
use linli_charter::PrincipalKind;
use linli_record::attach::Attachment;
use linli_record::draft::{Earlier, NoticeDraft};
use linli_record::fact::Reach;
use linli_record::fold::fold_notice_links;
use linli_record::row::NoticeRow;
use linli_record::schema::{CapWords, Category, Certainty, Response, Severity, Urgency};
use linli_record::{Fact, RecordKind, Row, RowKind};
use linli_view::templates;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Owner {
    pub(super) fn notice_publish(
        &mut self,
        a: &NoticeArgs,
        corrects: Option<&str>,
    ) -> Result<Answer, Fault> {
        self.notice_with(a, corrects, Vec::new())
    }

    /// The same with what goes with it.
    pub(super) fn notice_with(
        &mut self,
        a: &NoticeArgs,
        corrects: Option<&str>,
        files: Vec<Attachment>,
    ) -> Result<Answer, Fault> {
        let now = self.now();
        let draft = self.notice_draft(a, corrects, files)?;
        let closed = match (a.comments, &draft.earlier) {
            (Some(open), _) => !open,
            // Who closed the talk below a notice does not open it by a word put right.
            (None, Some(Earlier::Corrects(earlier))) => self.is_closed_below(earlier)?,
            (None, _) => false,
        };
        if closed {
            self.may_publish()?;
        }
        let unknown = reach::unknown_areas(self.replica()?, &draft.area)?;
        // One commit: there is no moment in which it is out and open.
        let id = self.undo_on_fault(|o| {
            let id = o
                .replica()?
                .create(now, RecordKind::Notice, |actor| draft.change(actor))?;
            if closed {
                o.replica()?
                    .say(now, &id, &Fact::Comments { open: false })?;
            }
            Ok(id)
        })?;
        let mut answer = answer(json!({ "id": id.to_text(), "comments": !closed }));
        for area in unknown {
            let warning = Fault::warning("area-unknown").with("area", area);
            answer.warnings.push(warning);
        }
        Ok(answer)
    }

    /// What would be written, checked as far as that can be done before.
    pub(super) fn notice_draft(
        &self,
        a: &NoticeArgs,
        corrects: Option<&str>,
        files: Vec<Attachment>,
    ) -> Result<NoticeDraft, Fault> {
        let earlier = match corrects {
            Some(id) => Some(Earlier::Corrects(self.own_notice(id)?)),
            None => None,
        };
        let replica = self.replica_ref()?;
        let to = grid::resolved(replica, &a.area)?;
        if let Some(org) = &a.org {
            let own = replica
                .authority()
                .office_name(&replica.me().principal)
                .unwrap_or_default()
                .to_owned();
            if own != *org {
                return Err(Fault::forbidden("other-office")
                    .with("org", org)
                    .with("own", own));
            }
        }
        let severity = match &a.severity {
            None => None,
            Some(word) => Some(
                Severity::parse(word)
                    .ok_or_else(|| Fault::input("bad-severity").with("word", word))?,
            ),
        };
        let texts = [
            Some(&a.title),
            Some(&a.body),
            a.title_en.as_ref(),
            a.body_en.as_ref(),
        ];
        if let Some(blank) = templates::left(texts.into_iter().flatten().map(String::as_str)) {
            return Err(Fault::input("blank-left").with("blank", blank));
        }
        unseen::refuse("title", &a.title)?;
        unseen::refuse("body", &a.body)?;
        unseen::refuse_any("title", a.title_en.as_ref())?;
        unseen::refuse_any("body", a.body_en.as_ref())?;
        Ok(NoticeDraft {
            title: a.title.clone(),
            body: a.body.clone(),
            title_en: a.title_en.clone().unwrap_or_default(),
            body_en: a.body_en.clone().unwrap_or_default(),
            severity,
            cap: cap_words(&a.cap)?,
            area: to.area,
            cells: to.cells,
            effective_ms: a.effective_ms,
            expires_ms: a.expires_ms,
            confirm: a.confirm,
            earlier,
            files,
        })
    }

    pub(super) fn notice_retract(&mut self, id: &str, reason: &str) -> Result<Answer, Fault> {
        unseen::refuse("reason", reason)?;
        let (now, notice) = (self.now(), self.own_notice(id)?);
        let draft = NoticeDraft::retraction(notice, reason);
        let made = self
            .replica()?
            .create(now, RecordKind::Notice, |actor| draft.change(actor))?;
        Ok(answer(
            json!({ "id": made.to_text(), "retracts": notice.to_text() }),
        ))
    }

    /// A notice of this home's own office.
    pub(super) fn own_notice(&self, id: &str) -> Result<RecordId, Fault> {
        let record = self.find_record(RowKind::Notice, id)?;
        let replica = self.replica_ref()?;
        match replica.row(RowKind::Notice, &record)? {
            Some(Row::Notice(n)) if n.author.principal == replica.me().principal => Ok(record),
            Some(_) => Err(Fault::forbidden("not-your-notice")),
            None => Err(Fault::missing("not-found").with("id", id)),
        }
    }

    pub(super) fn notice_list(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let mut notices = linked(replica)?;
        notices.retain(|n| n.retracts.is_none());
        notices.sort_by_key(|n| (std::cmp::Reverse(n.created_ms), n.id));
        let confirmed = reach::confirmed(replica)?;
        let mut room = Room::of_list();
        let list = notices
            .iter()
            .map(|n| notice_json(replica, n, &confirmed, &mut room))
            .collect::<Result<Vec<_>, _>>()?;
        let mut shown = json!({ "notices": list });
        self.add_states(&mut shown);
        Ok(answer(shown))
    }

    pub(super) fn notice_show(&mut self, id: &str) -> Result<Answer, Fault> {
        let record = self.find_record(RowKind::Notice, id)?;
        let now = self.now();
        let replica = self.replica()?;
        if replica.me().kind == PrincipalKind::Household {
            replica.receive(now, &record, Reach::READ)?;
        }
        let notices = linked(replica)?;
        let notice = notices
            .iter()
            .find(|n| n.id == record)
            .ok_or_else(|| Fault::missing("not-found").with("id", id))?;
        let confirmed = reach::confirmed(replica)?;
        let room = &mut Room::of_one();
        let mut shown = json!({ "notice": notice_json(replica, notice, &confirmed, room)? });
        self.add_states(&mut shown);
        self.bell_opened(&record.to_text())?;
        self.family_opened(&record.to_text())?;
        Ok(answer(shown))
    }

    pub(super) fn notice_confirm(&mut self, id: &str) -> Result<Answer, Fault> {
        let record = self.find_record(RowKind::Notice, id)?;
        let now = self.now();
        let replica = self.replica()?;
        if replica.me().kind != PrincipalKind::Household {
            return Err(Fault::forbidden("households-confirm"));
        }
        replica.receive(now, &record, Reach::CONFIRMED.with(Reach::READ))?;
        self.bell_opened(&record.to_text())?;
        self.family_opened(&record.to_text())?;
        let mut said = answer(json!({ "id": record.to_text(), "confirmed_ms": now.wall.0 }));
        said.warnings.extend(self.no_longer_holds(&record)?);
        Ok(said)
    }

    /// What whoever confirms a notice should know of it: it was taken back, or says something else by now.
    fn no_longer_holds(&self, record: &RecordId) -> Result<Option<Fault>, Fault> {
        let notices = linked(self.replica_ref()?)?;
        let Some(notice) = notices.iter().find(|n| n.id == *record) else {
            return Ok(None);
        };
        let warning = match (&notice.retracted, notice.corrected_by.first()) {
            (Some(retraction), _) => {
                let reason = Some(retraction.reason.trim()).filter(|reason| !reason.is_empty());
                Fault::warning("confirmed-retracted")
                    .with("id", record.to_text())
                    .with("reason", reason.unwrap_or("none"))
            }
            (None, Some(by)) => Fault::warning("confirmed-corrected").with("by", by.to_text()),
            (None, None) => return Ok(None),
        };
        Ok(Some(warning))
    }

    /// Tells offices which of their notices have arrived here; called by the loop when notices came in.
    pub(crate) fn acknowledge_notices(&mut self) -> Result<(), Fault> {
        let now = self.now();
        let Ok(replica) = self.replica() else {
            return Ok(());
        };
        if replica.me().kind != PrincipalKind::Household {
            return Ok(());
        }
        let notices = replica.rows(RowKind::Notice)?;
        let notices: Vec<RecordId> = notices.into_iter().map(|(id, _)| id).collect();
        replica.receive_all(now, &notices, Reach::DELIVERED)?;
        self.settle()
    }
}

fn cap_words(a: &CapArgs) -> Result<CapWords, Fault> {
    Ok(CapWords {
        urgency: cap_word("urgency", a.urgency.as_deref(), Urgency::parse)?,
        certainty: cap_word("certainty", a.certainty.as_deref(), Certainty::parse)?,
        response: cap_word("response", a.response.as_deref(), Response::parse)?,
        category: cap_word("category", a.category.as_deref(), Category::parse)?,
    })
}

fn cap_word<T>(
    field: &str,
    word: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Fault> {
    let Some(word) = word else { return Ok(None) };
    let bad = || {
        Fault::input("bad-cap-word")
            .with("field", field)
            .with("word", word)
    };
    parse(word).map(Some).ok_or_else(bad)
}

/// All notices with their corrections and retractions settled.
pub(super) fn linked(replica: &Replica) -> Result<Vec<NoticeRow>, Fault> {
    let mut notices: BTreeMap<RecordId, NoticeRow> = replica
        .rows(RowKind::Notice)?
        .into_iter()
        .filter_map(|(id, row)| {
            if let Row::Notice(n) = row {
                Some((id, n))
            } else {
                None
            }
        })
        .collect();
    fold_notice_links(&mut notices);
    Ok(notices.into_values().collect())
}

/// Whether the device that signed it may still publish for its office.
pub(super) fn stands_signed(replica: &Replica, n: &NoticeRow) -> bool {
    let epoch = &replica.authority().charter().newest().epoch;
    epoch.roles_of(&n.author.device) & linli_charter::epoch::ROLE_NOTICE != 0
}

fn notice_json(
    replica: &Replica,
    n: &NoticeRow,
    confirmed: &reach::Confirmed,
    room: &mut Room,
) -> Result<Value, Fault> {
    let (said, left_out) = room.take(replica, &n.thread);
    let me = replica.me().device();
    let receipt = replica.own_receipt(&n.author.principal)?;
    let mine = receipt.notices.get(&n.id);
    let when = |reach: Reach| mine.filter(|(r, _)| r.has(reach)).map(|(_, at)| *at);
    Ok(json!({
        "id": n.id.to_text(),
        "org": n.author.principal.issuer_text(true),
        "org_name": n.author.office_name,
        "title": n.title, "body": n.body, "title_en": n.title_en, "body_en": n.body_en,
        "files": files_json(&n.files),
        "severity": n.severity.map(|s| s.word()),
        "urgency": n.cap.urgency.map(|w| w.word()),
        "certainty": n.cap.certainty.map(|w| w.word()),
        "response": n.cap.response.map(|w| w.word()),
        "category": n.cap.category.map(|w| w.word()),
        "area": n.area,
        "cells": n.cells,
        "effective_ms": n.effective_ms, "expires_ms": n.expires_ms,
        "published_ms": n.created_ms,
        "heard_ms": replica.heard_ms(&n.id)?.unwrap_or(n.created_ms),
        "needs_confirm": n.confirm,
        // Households in its area confirm; an office and a gate only know that it asks them to.
        "for_me": reach::is_for(replica.me(), &n.area),
        "asks_me": n.confirm && reach::is_for(replica.me(), &n.area),
        "reminded_ms": n.reminded_ms,
        // Whichever of the household's computers it was: it is asked once.
        "confirmed_by_me_ms": when(Reach::CONFIRMED).or_else(|| confirmed.at_house.get(&n.id).copied()),
        "read_ms": when(Reach::READ),
        "corrects": n.corrects.map(|r| r.to_text()),
        "corrected_by": n.corrected_by.first().map(|r| r.to_text()),
        "retracted": n.retracted.as_ref().map(|r| json!({
            "by": n.author.office_name, "reason": r.reason, "at_ms": r.at_ms,
        })),
        "signed_by": n.author.device.short(),
        "valid": stands_signed(replica, n),
        "own": n.author.device == me,
        "ours": n.author.principal == replica.me().principal,
        "comments": n.thread.comments.len(),
        "said": said,
        "said_left_out": left_out,
        "comments_closed_ms": n.thread.closed_ms,
        "delivery": super::delivery::of_notice(replica, n, confirmed.by_any.contains(&n.id))?,
    }))
}
