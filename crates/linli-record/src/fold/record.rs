//! One record to its row.

use super::{RecordIn, remind, thread, value::Reader};
use crate::kind::RecordKind;
use crate::row::{
    BuildingRow, HouseholdRow, NoticeRow, PersonRow, PostRow, RoomRow, Row, VehicleRow, VisitRow,
};
use crate::schema::{
    CapWords, Category, Certainty, PostKind, Response, Severity, Urgency, VisitKind,
};

pub(super) fn fold(record: &RecordIn<'_>) -> Option<Row> {
    let read = Reader {
        kind: record.kind,
        value: record.value,
    };
    match record.kind {
        RecordKind::Notice => notice(record, &read),
        RecordKind::Post => post(record, &read),
        RecordKind::Visit => visit(record, &read),
        RecordKind::Building => building(record, &read),
        RecordKind::Room => room(record, &read),
        RecordKind::Household => household(record, &read),
        RecordKind::Person => person(record, &read),
        RecordKind::Vehicle => vehicle(record, &read),
        RecordKind::Unknown(_) => None,
    }
}

fn notice(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    let retracts = read.record("retracts");
    let title = read.text("title");
    // A notice is one change; what was admitted beside it is void, so this cannot be anything else.
    if record.changes != 1 || (title.is_none() && retracts.is_none()) {
        return None;
    }
    Some(Row::Notice(NoticeRow {
        id: record.id,
        author: record.author.clone(),
        created_ms: record.created_ms,
        title: title.unwrap_or_default(),
        body: read.text("body").unwrap_or_default(),
        title_en: read.text("title_en"),
        body_en: read.text("body_en"),
        severity: read.value.str("severity").and_then(Severity::parse),
        cap: CapWords {
            urgency: read.value.str("urgency").and_then(Urgency::parse),
            certainty: read.value.str("certainty").and_then(Certainty::parse),
            response: read.value.str("response").and_then(Response::parse),
            category: read.value.str("category").and_then(Category::parse),
        },
        area: read.texts("area"),
        cells: read.texts("cells"),
        effective_ms: read.uint("effective_ms"),
        expires_ms: read.uint("expires_ms"),
        confirm: read.flag("confirm"),
        corrects: read.record("corrects"),
        retracts,
        reason: read.text("reason"),
        corrected_by: Vec::new(),
        retracted: None,
        reminded_ms: remind::fold(record.author.principal, record.facts),
        files: read.files(),
        thread: thread::fold(record.author, record.created_ms, record.facts).thread,
    }))
}

fn post(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    let said = thread::fold(record.author, record.created_ms, record.facts);
    Some(Row::Post(PostRow {
        id: record.id,
        author: record.author.clone(),
        created_ms: record.created_ms,
        kind: PostKind::parse(read.value.str("kind")?).unwrap_or(PostKind::Other),
        body: read.private("body")?,
        edited: record.changes > 1,
        closed: said.closed,
        claims: said.claims,
        moderation: said.moderation,
        handed: said.handed,
        files: read.files(),
        thread: said.thread,
        conflicts: read.conflicts(),
    }))
}

fn visit(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    let from_s = read.uint("from_s")?;
    Some(Row::Visit(VisitRow {
        id: record.id,
        author: record.author.clone(),
        created_ms: record.created_ms,
        label: read.private("label")?,
        kind: VisitKind::parse(read.value.str("kind")?)?,
        from_s,
        // Begin and end may have been moved apart from each other.
        until_s: read.uint("until_s")?.max(from_s),
        entries: read.small("entries"),
        gates: read.smalls("gates"),
        plate: read.private("plate"),
        companions: read.small("companions"),
        cti: read.bytes("cti")?,
        token: read.private("token")?,
        short_code: read.flag("short_code"),
        host_unit: read.private("host_unit"),
        cancelled_ms: read.lowest("cancelled_ms"),
        conflicts: read.conflicts(),
    }))
}

fn building(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    Some(Row::Building(BuildingRow {
        id: record.id,
        author: record.author.clone(),
        name: read.text("name")?,
        stairs: read.texts("stairs"),
        cell: read.text("cell"),
        batch: read.text("batch"),
        removed: read.flag("removed"),
        conflicts: read.conflicts(),
    }))
}

fn room(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    Some(Row::Room(RoomRow {
        id: record.id,
        author: record.author.clone(),
        building: read.text("building")?,
        stair: read.text("stair")?,
        room: read.text("room")?,
        area_dm2: read.uint("area_dm2"),
        cell: read.text("cell"),
        batch: read.text("batch"),
        removed: read.flag("removed"),
        conflicts: read.conflicts(),
    }))
}

fn household(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    Some(Row::Household(HouseholdRow {
        id: record.id,
        author: record.author.clone(),
        unit: read.private("unit")?,
        usage: read.text("use"),
        area_dm2: read.uint("area_dm2"),
        batch: read.text("batch"),
        removed: read.flag("removed"),
        conflicts: read.conflicts(),
    }))
}

fn person(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    Some(Row::Person(PersonRow {
        id: record.id,
        author: record.author.clone(),
        name: read.private("name")?,
        unit: read.private("unit")?,
        phones: read
            .texts("phones")
            .into_iter()
            .map(linli_base::Private::new)
            .collect(),
        id_number: read.private("id_number"),
        relation: read.private("relation"),
        note: read.private("note"),
        batch: read.text("batch"),
        removed: read.flag("removed"),
        conflicts: read.conflicts(),
    }))
}

fn vehicle(record: &RecordIn<'_>, read: &Reader<'_>) -> Option<Row> {
    Some(Row::Vehicle(VehicleRow {
        id: record.id,
        author: record.author.clone(),
        plate: read.private("plate")?,
        unit: read.private("unit")?,
        owner: read.record("owner"),
        batch: read.text("batch"),
        removed: read.flag("removed"),
        conflicts: read.conflicts(),
    }))
}
