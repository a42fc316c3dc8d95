//! Scenes of help: the button, the question, who received it, the alarm, the daily "I am fine", the numbers.

use super::common::help::{calls, cared_for, cry, missed, received};
use super::{Scene, be_gate};
use crate::common::Shared;
use linli_desktop::app::App;
use linli_view::api::{BellSystem, HelpEar, HelpHow, PrincipalKind};
use linli_view::guide::Topic;
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    (
        "60-help",
        Screen::Help,
        |node| {
            cared_for(node, Some(540));
            missed(node);
            let mut far = calls("h:2", "7-1-101", HelpEar::Neighbour);
            far.received = vec![received(
                "7-1-102",
                PrincipalKind::Household,
                HelpHow::Coming,
            )];
            cry(node, far);
            let mut over = calls("h:1", "5-2-301", HelpEar::Neighbour);
            (over.open, over.asks_me) = (false, false);
            (over.at_ms, over.over_ms) = (over.at_ms - 7_200_000, Some(over.at_ms - 7_000_000));
            cry(node, over);
        },
        |_, _| {},
    ),
    (
        "61-help-ask",
        Screen::Help,
        |_| {},
        |ctx, app| app.perform(ctx, Intent::AskHelp { practice: false }),
    ),
    (
        "62-help-nobody",
        Screen::Help,
        |node| mine(node, &[]),
        |_, _| {},
    ),
    ("63-help-received", Screen::Help, heard, |_, _| {}),
    ("63b-help-ending", Screen::Help, heard, |ctx, app| {
        app.perform(ctx, Intent::AskEndHelp)
    }),
    (
        "64-help-practice",
        Screen::Help,
        |node| {
            heard(node);
            node.borrow_mut().help.calls[0].practice = true;
        },
        |_, _| {},
    ),
    (
        "65-help-alarm",
        Screen::Visitors,
        |node| cry(node, calls("h:1", "3-1-201", HelpEar::Helper)),
        |ctx, app| app.perform(ctx, Intent::NewPass),
    ),
    (
        "66-help-alarm-station",
        Screen::Home,
        |node| {
            be_gate(node);
            let mut call = calls("h:1", "3-1-201", HelpEar::Gate);
            call.received = vec![received(
                "3-1-202",
                PrincipalKind::Household,
                HelpHow::Coming,
            )];
            cry(node, call);
        },
        |_, _| {},
    ),
    (
        "67-help-care",
        Screen::Help,
        |node| cared_for(node, Some(540)),
        care,
    ),
    (
        "68-help-phones",
        Screen::Phones,
        |node| cared_for(node, None),
        |_, _| {},
    ),
    (
        "68b-settings",
        Screen::Settings,
        |node| {
            let mut node = node.borrow_mut();
            let thread = node.notices[0].id.clone();
            node.bell.mute(&thread, true);
            node.bell.system = BellSystem::Works;
        },
        |_, app| app.state.at_log_in = Some(true),
    ),
    (
        "68c-guide",
        Screen::Notices,
        |_| {},
        |ctx, app| app.perform(ctx, Intent::Guide(Some(Topic::Page(Screen::Notices)))),
    ),
    (
        "69-help-home",
        Screen::Home,
        |node| {
            cared_for(node, Some(1200));
            missed(node);
            mine(node, &[]);
        },
        |_, _| {},
    ),
];

fn mine(node: &Shared, got: &[(&str, PrincipalKind, HelpHow)]) {
    let mut call = calls("h:9", "3-2-501", HelpEar::Own);
    (call.own, call.asks_me) = (true, false);
    let rows = got.iter().map(|(by, kind, how)| received(by, *kind, *how));
    call.received = rows.collect();
    cry(node, call);
}

fn heard(node: &Shared) {
    cared_for(node, None);
    mine(
        node,
        &[
            ("3-2-502", PrincipalKind::Household, HelpHow::Coming),
            ("4-1-101", PrincipalKind::Household, HelpHow::Heard),
            ("东门", PrincipalKind::Gate, HelpHow::Received),
            ("物业服务中心", PrincipalKind::Office, HelpHow::Received),
            ("3-2-602", PrincipalKind::Household, HelpHow::Holds),
        ],
    );
}

fn care(ctx: &egui::Context, app: &mut App) {
    app.perform(ctx, Intent::EditCare);
    if let Some(draft) = &mut app.state.help.care {
        draft.tried = true;
    }
}
