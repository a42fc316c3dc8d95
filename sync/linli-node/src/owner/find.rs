//! One box that finds what this home holds: notices, posts, units, people, passes.
//!
//! The index lives in memory and is made when somebody first looks for something; from then on it follows what is written
//! ([`Touched`]). It holds what this home may show, and nothing that was hidden from it or erased.

use super::board::{comment_hidden, hidden_from};
use super::grid::Grid;
use super::posts::shown;
use super::{Owner, answer, notices, reach};
use crate::api::{Answer, Fault};
use crate::replica::{Replica, Topic, Touched};
use linli_base::RecordId;
use linli_exchange::register::{GridCell, UnitKey};
use linli_find::{Doc, Found, Index, Kind, Mark, Query, QueryError, Status};
use linli_pass::Plate;
use linli_record::fact::Reach;
use linli_record::row::{NoticeRow, PersonRow, PostRow};
use linli_record::{Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Hits given when nobody says how many.
const MOST: usize = 20;
/// Hits given at most.
const MOST_MAX: usize = 100;

/// The index, and what of it is out of date.
#[derive(Debug, Default)]
pub(super) struct Finder {
    index: Index,
    /// Nothing was read yet.
    made: bool,
    /// Topics of which something changed since.
    stale: BTreeSet<Topic>,
    /// Rows that were written since.
    touched: Touched,
}

impl Finder {
    /// Takes notice of what changed.
    pub(super) fn changed(&mut self, topics: &BTreeSet<Topic>) {
        if self.made {
            self.stale.extend(topics);
        }
    }

    /// Takes notice of rows that were written.
    pub(super) fn touch(&mut self, touched: Touched) {
        self.touched.join(touched);
    }

    /// Brings the index up to what the replica holds.
    fn renew(&mut self, replica: &Replica) -> Result<(), Fault> {
        let touched = std::mem::replace(&mut self.touched, Touched::none());
        let stale = std::mem::take(&mut self.stale);
        let all = !self.made || matches!(touched, Touched::All);
        let rows = match touched {
            Touched::Rows(rows) if !all => rows,
            _ => {
                self.index = Index::default();
                let every = [RowKind::Post, RowKind::Person, RowKind::Room];
                let mut rows = BTreeSet::new();
                for kind in every {
                    rows.extend(replica.rows(kind)?.into_iter().map(|(id, _)| (kind, id)));
                }
                rows
            }
        };
        let mut units = all;
        for (kind, id) in rows {
            match kind {
                RowKind::Post => self.post(replica, &id)?,
                RowKind::Person => self.person(replica, &id)?,
                RowKind::Building | RowKind::Room | RowKind::Vehicle => units = true,
                _ => {}
            }
        }
        if units {
            self.units(replica)?;
        }
        // What a notice asks of this home, and which corrects which, is not in its row alone.
        if all || stale.contains(&Topic::Notices) || stale.contains(&Topic::Status) {
            self.notices(replica)?;
        }
        self.made = true;
        Ok(())
    }

    fn post(&mut self, replica: &Replica, id: &RecordId) -> Result<(), Fault> {
        match replica.row(RowKind::Post, id)? {
            Some(Row::Post(post))
                if !hidden_from(replica, &post.author, post.moderation.as_ref()) =>
            {
                self.index.put(post_doc(replica, &post));
            }
            _ => self.index.remove(Kind::Post, &id.to_text()),
        }
        Ok(())
    }

    fn person(&mut self, replica: &Replica, id: &RecordId) -> Result<(), Fault> {
        match replica.row(RowKind::Person, id)? {
            Some(Row::Person(person)) if !person.removed => self.index.put(person_doc(&person)),
            _ => self.index.remove(Kind::Person, &id.to_text()),
        }
        Ok(())
    }

    fn units(&mut self, replica: &Replica) -> Result<(), Fault> {
        self.index.clear(Kind::Unit);
        let mut plates: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, row) in replica.rows(RowKind::Vehicle)? {
            if let Row::Vehicle(v) = row
                && !v.removed
            {
                let of = plates.entry(v.unit.reveal().clone()).or_default();
                of.push(normal(v.plate.reveal()));
            }
        }
        let cells = Grid::of(replica)?.by_unit();
        for (_, row) in replica.rows(RowKind::Room)? {
            if let Row::Room(room) = row
                && !room.removed
            {
                let unit = room.unit();
                let plates = plates.remove(&unit).unwrap_or_default();
                let cell = cells.get(&unit);
                self.index.put(unit_doc(replica, &unit, plates, cell));
            }
        }
        Ok(())
    }

    fn notices(&mut self, replica: &Replica) -> Result<(), Fault> {
        self.index.clear(Kind::Notice);
        let house = replica.house_confirmed()?;
        for notice in notices::linked(replica)? {
            // A bare retraction says its word on the notice that it takes back.
            if notice.retracts.is_none() {
                let at_house = house.contains_key(&notice.id);
                self.index.put(notice_doc(replica, &notice, at_house)?);
            }
        }
        Ok(())
    }
}

fn post_doc(replica: &Replica, post: &PostRow) -> Doc {
    let comments = post.thread.comments.iter();
    let comments = comments.filter(|c| !comment_hidden(replica, c));
    let mut text = post.body.reveal().clone();
    for comment in comments {
        text.push('\n');
        text.push_str(comment.text.reveal());
    }
    Doc {
        kind: Kind::Post,
        id: post.id.to_text(),
        title: shown(&post.author),
        text,
        unit: post.author.unit.as_ref().map(|unit| unit.reveal().clone()),
        buildings: Vec::new(),
        cells: Vec::new(),
        plates: Vec::new(),
        mine: post.author.principal == replica.me().principal,
        status: if post.closed.is_some() {
            Status::Over
        } else {
            Status::Open
        },
        until_ms: None,
        at_ms: post.created_ms,
    }
}

fn person_doc(person: &PersonRow) -> Doc {
    let unit = person.unit.reveal().clone();
    let phones = person.phones.iter().map(|phone| phone.reveal().as_str());
    let text: Vec<&str> = std::iter::once(unit.as_str()).chain(phones).collect();
    Doc {
        kind: Kind::Person,
        id: person.id.to_text(),
        title: person.name.reveal().clone(),
        text: text.join(" "),
        unit: Some(unit),
        buildings: Vec::new(),
        cells: Vec::new(),
        plates: Vec::new(),
        mine: false,
        status: Status::Open,
        until_ms: None,
        at_ms: 0,
    }
}

/// A unit is found by `3-2-501`, by its digits in a row, and by what people call it.
fn unit_doc(replica: &Replica, unit: &str, plates: Vec<String>, cell: Option<&GridCell>) -> Doc {
    let digits: String = unit.chars().filter(char::is_ascii_digit).collect();
    let mut parts = unit.splitn(3, '-');
    let (building, stair, room) = (parts.next(), parts.next(), parts.next());
    let stair = stair.filter(|stair| *stair != "0");
    let spoken = format!(
        "{}号楼{}{}",
        building.unwrap_or_default(),
        stair
            .map(|stair| format!("{stair}单元"))
            .unwrap_or_default(),
        room.unwrap_or_default()
    );
    Doc {
        kind: Kind::Unit,
        id: unit.to_owned(),
        title: unit.to_owned(),
        text: format!(
            "{spoken} {digits} {} {}",
            plates.join(" "),
            spoken_cells(cell)
        )
        .trim()
        .to_owned(),
        unit: Some(unit.to_owned()),
        buildings: Vec::new(),
        cells: cell.map(ToString::to_string).into_iter().collect(),
        plates,
        mine: replica.me().certificate.claims().unit.as_deref() == Some(unit),
        status: Status::Open,
        until_ms: None,
        at_ms: 0,
    }
}

fn notice_doc(replica: &Replica, n: &NoticeRow, at_house: bool) -> Result<Doc, Fault> {
    let receipt = replica.own_receipt(&n.author.principal)?;
    let confirmed = receipt.notices.get(&n.id);
    let confirmed = at_house || confirmed.is_some_and(|(reach, _)| reach.has(Reach::CONFIRMED));
    let asks_me = n.confirm && reach::is_for(replica.me(), &n.area);
    let mut text = n.body.clone();
    let english = [n.title_en.as_deref(), n.body_en.as_deref()];
    let comments = n.thread.comments.iter();
    let comments = comments.filter(|c| !comment_hidden(replica, c));
    let office = n.author.office_name.as_deref();
    for more in english.into_iter().flatten().chain(office) {
        text.push('\n');
        text.push_str(more);
    }
    for comment in comments {
        text.push('\n');
        text.push_str(comment.text.reveal());
    }
    if !n.cells.is_empty() {
        text.push('\n');
        text.push_str(&spoken_cells(&n.cells));
    }
    Ok(Doc {
        kind: Kind::Notice,
        id: n.id.to_text(),
        title: n.title.clone(),
        text,
        unit: None,
        buildings: n.area.iter().map(|area| building(area)).collect(),
        cells: n.cells.clone(),
        plates: Vec::new(),
        mine: n.author.principal == replica.me().principal,
        status: match (n.stands(), asks_me && !confirmed) {
            (false, _) => Status::Over,
            (true, true) => Status::Waits,
            (true, false) => Status::Open,
        },
        until_ms: n.expires_ms,
        at_ms: n.created_ms,
    })
}

/// What people type for a cell: 网格02, 02网格.
fn spoken_cells<T: std::fmt::Display>(cells: impl IntoIterator<Item = T>) -> String {
    let cells = cells
        .into_iter()
        .map(|cell| format!("网格{cell} {cell}网格"));
    cells.collect::<Vec<_>>().join(" ")
}

/// The building of an area: `3` of `3-2-501`.
fn building(area: &str) -> String {
    area.split('-').next().unwrap_or(area).to_owned()
}

fn normal(plate: &str) -> String {
    Plate::parse(plate).map_or_else(|_| plate.to_owned(), |p| p.as_str().to_owned())
}

impl Owner {
    /// Data of [`crate::api::Request::Find`].
    pub(super) fn find(&mut self, typed: &str, most: Option<usize>) -> Result<Answer, Fault> {
        let now_ms = self.now().wall.0;
        let query = Query::parse(typed, unit, plates).map_err(|fault| match fault {
            QueryError::Empty => Fault::input("empty-query"),
            QueryError::TooLong => {
                Fault::input("query-too-long").with("max", linli_find::QUERY_MAX)
            }
        })?;
        self.follow_rows()?;
        let passes = !self.finder.made
            || matches!(self.finder.touched, Touched::All)
            || self.finder.stale.contains(&Topic::Passes);
        let mut finder = std::mem::take(&mut self.finder);
        // A fault below leaves an empty finder, which is made anew.
        finder.renew(self.replica_ref()?)?;
        if passes {
            finder.index.clear(Kind::Pass);
            for pass in self.pass_list()?.data["passes"]
                .as_array()
                .into_iter()
                .flatten()
            {
                finder.index.put(pass_doc(pass));
            }
        }
        let most = most.unwrap_or(MOST).min(MOST_MAX);
        let found = finder.index.find(&query, now_ms, most);
        let data = found_json(&found, now_ms);
        self.finder = finder;
        Ok(answer(data))
    }
}

fn unit(text: &str) -> Option<String> {
    UnitKey::from_line(text).ok().map(|unit| unit.to_string())
}

fn plates(text: &str) -> Vec<String> {
    let Ok(plate) = Plate::parse(text) else {
        return Vec::new();
    };
    let like = plate.look_alikes();
    std::iter::once(plate)
        .chain(like)
        .map(|plate| plate.as_str().to_owned())
        .collect()
}

fn pass_doc(pass: &Value) -> Doc {
    let text = |name: &str| pass[name].as_str().map(str::to_owned);
    let plate = text("plate");
    let over = !pass["cancelled_ms"].is_null();
    let said = [plate.clone(), text("host"), text("short_code")];
    Doc {
        kind: Kind::Pass,
        id: text("id").unwrap_or_default(),
        title: text("label").unwrap_or_default(),
        text: said.into_iter().flatten().collect::<Vec<_>>().join(" "),
        unit: text("host"),
        buildings: Vec::new(),
        cells: Vec::new(),
        plates: plate.into_iter().collect(),
        mine: true,
        status: if over { Status::Over } else { Status::Open },
        until_ms: pass["until_s"].as_u64().map(|s| s.saturating_mul(1000)),
        at_ms: pass["issued_ms"].as_u64().unwrap_or_default(),
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Waits => "waits",
        Status::Open => "open",
        Status::Over => "over",
    }
}

fn found_json(found: &Found<'_>, now_ms: u64) -> Value {
    let marks = |marks: &[Mark]| {
        marks
            .iter()
            .map(|m| json!([m.from, m.len]))
            .collect::<Vec<_>>()
    };
    let hits: Vec<Value> = found
        .hits
        .iter()
        .map(|hit| {
            json!({
                "kind": hit.doc.kind.word(), "id": hit.doc.id, "title": hit.doc.title,
                "title_marks": marks(&hit.title_marks), "snippet": hit.snippet, "marks": marks(&hit.marks),
                "unit": hit.doc.unit, "how": hit.how.word(), "status": status(hit.doc.status_at(now_ms)),
                "mine": hit.doc.mine, "at_ms": (hit.doc.at_ms != 0).then_some(hit.doc.at_ms),
            })
        })
        .collect();
    json!({ "hits": hits, "total": found.total, "as_of_ms": now_ms })
}
