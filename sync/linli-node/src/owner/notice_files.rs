//! Notices on their way out of the home: whole, with what each is to those before it.

use super::notices::{linked, stands_signed};
use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_base::RecordId;
use linli_exchange::cap::{Category, Certainty, ResponseType, Severity, Urgency};
use linli_exchange::notice::{After, Earlier, Notice, Words};
use linli_record::RowKind;
use linli_record::row::NoticeRow;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

type Notices = BTreeMap<RecordId, NoticeRow>;

impl Owner {
    /// One notice, or all that are in force. Reading one to pass it on is not a household's reading of it: no receipt.
    pub(super) fn notice_files(&self, id: Option<&str>) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let all: Notices = linked(replica)?.into_iter().map(|n| (n.id, n)).collect();
        let chosen = match id {
            Some(id) => vec![self.one(&all, id)?],
            None => self.in_force(replica, &all),
        };
        let files: Vec<Value> = chosen.iter().map(|row| file(replica, &all, row)).collect();
        let community = replica.community();
        Ok(answer(json!({
            "community": community.to_text(),
            "estate": replica.authority().charter().newest().epoch.name,
            "notices": files,
        })))
    }

    /// The signed entries of a notice, of what it corrects and of what corrects it or takes it back.
    pub(super) fn notice_proof(&self, id: &str) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let all: Notices = linked(replica)?.into_iter().map(|n| (n.id, n)).collect();
        let row = self.one(&all, id)?;
        let file = replica.notice_file(&row.id, family(&all, row))?;
        let file = serde_json::to_value(file).map_err(|_| Fault::ours("our-fault"))?;
        Ok(answer(file))
    }

    /// A notice by its id. A retraction's id leads to what it takes back.
    fn one<'a>(&self, all: &'a Notices, id: &str) -> Result<&'a NoticeRow, Fault> {
        let record = self.find_record(RowKind::Notice, id)?;
        let missing = || Fault::missing("not-found").with("id", id);
        let row = all.get(&record).ok_or_else(missing)?;
        let taken = row.retracts.and_then(|of| all.get(&of));
        let row = taken
            .filter(|taken| taken.author.principal == row.author.principal)
            .unwrap_or(row);
        if !stands_signed(self.replica_ref()?, row) {
            return Err(Fault::forbidden("notice-not-valid").with("id", id));
        }
        Ok(row)
    }

    /// Newest first.
    fn in_force<'a>(&self, replica: &Replica, all: &'a Notices) -> Vec<&'a NoticeRow> {
        let now = self.now().wall.0;
        let mut found: Vec<&NoticeRow> = all
            .values()
            .filter(|n| n.retracts.is_none() && n.stands())
            .filter(|n| n.expires_ms.is_none_or(|at| at > now))
            .filter(|n| stands_signed(replica, n))
            .collect();
        found.sort_by_key(|n| (std::cmp::Reverse(n.created_ms), n.id));
        found
    }
}

/// `{notice, corrected_by}`: what it is now, and which one is to be read instead.
fn file(replica: &Replica, all: &Notices, row: &NoticeRow) -> Value {
    let corrected_by = row.corrected_by.first().map(RecordId::to_text);
    json!({ "notice": plain(replica, all, row), "corrected_by": corrected_by })
}

fn plain(replica: &Replica, all: &Notices, row: &NoticeRow) -> Notice {
    let epoch = &replica.authority().charter().newest().epoch;
    let mut earlier = before(all, row);
    let (mut id, mut sent_ms) = (row.id, row.created_ms);
    let after = match &row.retracted {
        Some(back) => {
            earlier.insert(0, as_earlier(row));
            (id, sent_ms) = (back.by, back.at_ms);
            let reason = back.reason.clone();
            After::TakesBack { earlier, reason }
        }
        None if earlier.is_empty() => After::Nothing,
        None => After::Corrects(earlier),
    };
    Notice {
        estate: epoch.name.clone(),
        community: replica.community().short(),
        offset_min: epoch.offset.minutes(),
        id: id.to_text(),
        sender: row.author.principal.issuer_text(true),
        office: row.author.office_name.clone().unwrap_or_default(),
        sent_ms,
        title: row.title.clone(),
        body: row.body.clone(),
        title_en: row.title_en.clone().unwrap_or_default(),
        body_en: row.body_en.clone().unwrap_or_default(),
        severity: row.severity.and_then(|s| Severity::parse(s.word())),
        words: Words {
            urgency: row.cap.urgency.and_then(|w| Urgency::parse(w.word())),
            certainty: row.cap.certainty.and_then(|w| Certainty::parse(w.word())),
            response: row.cap.response.and_then(|w| ResponseType::parse(w.word())),
            category: row.cap.category.and_then(|w| Category::parse(w.word())),
        },
        area: row.area.clone(),
        cells: row.cells.clone(),
        effective_ms: row.effective_ms,
        expires_ms: row.expires_ms,
        after,
    }
}

/// All notices of its office that lead to it or from it by corrections and retractions.
fn family(all: &Notices, row: &NoticeRow) -> BTreeSet<RecordId> {
    let mut found = BTreeSet::from([row.id]);
    let office = |n: &&NoticeRow| n.author.principal == row.author.principal;
    loop {
        let before = found.len();
        for n in all.values().filter(office) {
            let to: Vec<RecordId> = [n.corrects, n.retracts].into_iter().flatten().collect();
            if found.contains(&n.id) {
                found.extend(
                    to.iter()
                        .filter(|id| all.get(id).as_ref().is_some_and(office)),
                );
            } else if to.iter().any(|id| found.contains(id)) {
                found.insert(n.id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn as_earlier(row: &NoticeRow) -> Earlier {
    Earlier {
        id: row.id.to_text(),
        sent_ms: row.created_ms,
    }
}

/// What it corrects, what that corrected, and so on, within its office; a circle ends where it closes.
fn before(all: &Notices, row: &NoticeRow) -> Vec<Earlier> {
    let mut found = Vec::new();
    let mut seen = vec![row.id];
    let mut at = row;
    while let Some(next) = at.corrects.and_then(|of| all.get(&of)) {
        if next.author.principal != row.author.principal || seen.contains(&next.id) {
            break;
        }
        seen.push(next.id);
        found.push(as_earlier(next));
        at = next;
    }
    found
}
