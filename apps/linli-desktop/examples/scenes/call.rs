//! Calls of gates: over the page, put aside, on the doorbell, and at the station that made them.

use super::common::house::{call, ring};
use super::{Scene, on_duty};
use crate::common::Shared;
use linli_view::api::RingState;
use linli_view::intent::{Intent, Screen};
use linli_view::station::Mode;

pub const SCENES: &[Scene] = &[
    ("52-station-calls", Screen::Home, calls, |ctx, app| {
        app.perform(ctx, Intent::ScanMode(Mode::Calls));
    }),
    (
        "43-call-about",
        Screen::Home,
        |node| {
            let mut about = call("e:1", Some("李*"));
            about.code = Some("E_COMPANIONS".into());
            about.plate = Some("京AD12345".into());
            about.pass = Some("k3v9x2qa".into());
            ring(node, about);
        },
        |_, _| {},
    ),
    (
        "40-call",
        Screen::Visitors,
        |node| ring(node, call("e:1", Some("老周"))),
        |ctx, app| app.perform(ctx, Intent::NewPass),
    ),
    (
        "41-call-aside",
        Screen::Home,
        |node| ring(node, call("e:1", None)),
        |ctx, app| {
            app.perform(
                ctx,
                Intent::AsideCall {
                    event: "e:1".into(),
                },
            )
        },
    ),
    (
        "42-doorbell",
        Screen::Doorbell,
        |node| {
            let mut missed = call("e:1", Some("快递"));
            (missed.here, missed.state) = (false, RingState::NoAnswer);
            let mut over = call("e:0", Some("老周"));
            (over.here, over.state) = (false, RingState::Decided);
            over.at_ms -= 7_200_000;
            node.borrow_mut().rings.extend([missed, over]);
        },
        |_, _| {},
    ),
];

/// A gate that called twice: nobody answered once, once the household said yes.
fn calls(node: &Shared) {
    on_duty(node);
    let mut missed = call("e:1", Some("快递"));
    missed.state = RingState::NoAnswer;
    let mut said = call("e:0", Some("老周"));
    said.state = RingState::Admit;
    said.at_ms -= 600_000;
    node.borrow_mut().rings.extend([missed, said]);
}
