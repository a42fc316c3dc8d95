//! Alerts of authorities at the office: understood, with places nobody here knows, none at all, the end of one.

use super::{Scene, be_office};
use crate::common::{NOW_MS, Shared};
use linli_desktop::app::App;
use linli_desktop::tables;
use linli_view::alert::{AlertAsk, AlertDo, AlertRead, AlertState};
use linli_view::dates::Now;
use linli_view::intent::{Intent, Screen};
use linli_view::register::Unread;

const GAS: &[u8] = include_bytes!("../../../../tests/data/cap/01-alert-gas-leak.xml");
const OVER: &[u8] = include_bytes!("../../../../tests/data/cap/03-cancel-gas-leak.xml");
const ICE: &[u8] = include_bytes!("../../../../tests/data/cap/04-two-languages-icy-roads.xml");
const POWER: &[u8] = include_bytes!("../../../../tests/data/cap/05-polygon-geocode-power-cut.xml");

pub const SCENES: &[Scene] = &[
    ("84-alert", Screen::Notices, be_office, |_, app| {
        show(app, read(POWER));
    }),
    ("84b-alert-whom", Screen::Notices, be_office, |ctx, app| {
        let mut alert = read(ICE);
        alert.area_unread = vec!["幸福里三区".into(), "Z-900".into()];
        show(app, alert);
        app.perform(ctx, Intent::Alert(AlertDo::Whole(false)));
        app.perform(ctx, Intent::Alert(AlertDo::Take));
    }),
    ("84c-alert-unread", Screen::Notices, be_office, |_, app| {
        let why = Unread::Said(
            "第 3 行 sent:时间要带时区,如 +08:00。".into(),
            "Line 3, sent: a time needs its offset, such as +08:00.".into(),
        );
        app.state.alert = Some(AlertState::Failed("预警.xml".into(), why));
    }),
    ("84d-alert-ends", Screen::Notices, passed_on, |_, app| {
        show(app, read(OVER));
    }),
    ("84e-alert-over", Screen::Notices, be_office, |_, app| {
        let mut alert = read(GAS);
        alert.unfit = Some(linli_view::alert::Unfit::Over);
        alert.exercise = true;
        show(app, alert);
    }),
    ("84f-alert-reads", Screen::Notices, be_office, |_, app| {
        app.state.alert = Some(AlertState::Reads("预警.xml".into()));
    }),
];

fn read(bytes: &[u8]) -> AlertRead {
    let now = Now {
        ms: NOW_MS,
        offset_min: 480,
    };
    let mut alert = tables::alert_of(bytes, "预警.xml", now).unwrap();
    // The samples are of one week, and this window of one minute of it.
    alert.unfit = None;
    alert
}

fn show(app: &mut App, alert: AlertRead) {
    let ask = AlertAsk::of(alert);
    app.state.alert = Some(AlertState::Read(Box::new(ask)));
}

/// The office has passed the gas leak on.
fn passed_on(node: &Shared) {
    be_office(node);
    let gas = read(GAS);
    let mut node = node.borrow_mut();
    let item = node.notices.iter_mut().find(|n| n.ours).unwrap();
    (item.text.title, item.text.body) = (gas.title, gas.body);
    (item.corrected_by, item.retracted) = (None, None);
}
