//! The sample replies, for the tests of this crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::field_reassign_with_default,
    reason = "tests"
)]

use crate::api::{NoticeItem, PassItem, RingItem, RingState, Status, SyncReport};
use crate::dates::Now;
use crate::model::Model;
use crate::words::{Catalogue, Lang};

/// Sunday 2026-11-22 14:32 in Beijing.
pub(crate) const NOW: Now = Now::beijing(1_795_329_120_000);
pub(crate) const MINUTE: u64 = 60_000;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;

pub(crate) fn zh() -> Catalogue {
    Catalogue::of(Lang::ZhCn)
}

pub(crate) fn en() -> Catalogue {
    Catalogue::of(Lang::En)
}

pub(crate) fn status() -> Status {
    serde_json::from_str(include_str!("../samples/status.json")).unwrap()
}

pub(crate) fn notices() -> Vec<NoticeItem> {
    serde_json::from_str(include_str!("../samples/notices.json")).unwrap()
}

pub(crate) fn notice(id: &str) -> NoticeItem {
    notices().into_iter().find(|item| item.id == id).unwrap()
}

pub(crate) fn passes() -> Vec<PassItem> {
    serde_json::from_str(include_str!("../samples/passes.json")).unwrap()
}

pub(crate) fn report() -> SyncReport {
    serde_json::from_str(include_str!("../samples/peers.json")).unwrap()
}

/// A call that rings here since `at_ms`.
pub(crate) fn call(event: &str, at_ms: u64) -> RingItem {
    RingItem {
        event: event.into(),
        gate: 1,
        gate_name: Some("东门".into()),
        at_ms,
        heard_ms: 0,
        unit: Some("3-2-501".into()),
        name: Some("老周".into()),
        companions: 1,
        resident: false,
        code: None,
        plate: None,
        pass: None,
        state: RingState::Rings,
        live: true,
        here: true,
        rang: true,
        answers: Vec::new(),
        device: None,
        for_s: Some(55),
        since_ms: at_ms,
    }
}

pub(crate) fn model() -> Model {
    let mut model = Model::default();
    model.status = Some(status());
    model.notices = notices();
    model.passes = passes();
    model.report = Some(report());
    model
}
