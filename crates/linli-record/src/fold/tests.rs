//! From drafts through admission to rows, in every order.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod board;
mod files;
mod links;
mod records;
mod taken_back;
mod thread;

use super::*;
use crate::admission::{Actor, Doc, Expect};
use crate::kind::ChangeBody;
use crate::schema;
use linli_base::{DeviceId, LaneClass, LaneKey, Period, PrincipalId, Private, ScopeId};

/// An author of a kind; the number makes device and principal.
pub(super) fn author(kind: AuthorKind, principal: u8, device: u8) -> Author {
    let office = kind == AuthorKind::Office;
    Author {
        device: DeviceId([device; 32]),
        principal: PrincipalId([principal; 16]),
        kind,
        office_name: office.then(|| format!("office {principal}")),
        unit: (!office).then(|| Private::new(format!("3-1-{principal}"))),
    }
}

pub(super) fn log(device: u8) -> LogKey {
    LogKey {
        device: DeviceId([device; 32]),
        lane: LaneKey {
            class: LaneClass::Board,
            scope: ScopeId::ZERO,
            period: Period(672),
        },
    }
}

/// Admits the body of a change entry as a replica does.
pub(super) fn admit(doc: &mut Doc, actor: Actor, body: &[u8]) -> RecordKind {
    let body = ChangeBody::decode(body).unwrap();
    let schema = schema::judge(body.kind);
    let expect = Expect {
        actor,
        schema: &schema,
    };
    doc.admit(&body.change, &expect).unwrap();
    body.kind
}

/// Folds a document without facts.
pub(super) fn row(doc: &Doc, kind: RecordKind, author: &Author) -> Option<Row> {
    fold_record(&RecordIn {
        id: RecordId([9; 16]),
        kind,
        author,
        created_ms: 1_000,
        changes: doc.changes().len(),
        value: &doc.snapshot(),
        facts: &[],
    })
}
