//! Inviting: the form, the line with its code, the pictures, and how it ends.

use super::{Scene, be_office};
use crate::common::invite::{NUMBERS, agrees_there, knocks};
use crate::common::{NOW_MS, Shared};
use linli_desktop::app::App;
use linli_view::api::{InviteItem, InviteState};
use linli_view::intent::{Intent, Screen};
use linli_view::invite::{InviteDo, InviteDraft, Whom};

pub const SCENES: &[Scene] = &[
    ("84-invite", Screen::Invite, be_office, |_, app| {
        app.state.inviting.unit = "3-2".into();
    }),
    ("84b-invite-founded", Screen::Invite, alone, |ctx, app| {
        app.state.inviting = InviteDraft {
            founded: true,
            ..InviteDraft::default()
        };
        act(ctx, app, InviteDo::Whom(Whom::Office));
        act(ctx, app, InviteDo::Open);
    }),
    ("84c-invite-gate", Screen::Invite, be_office, |ctx, app| {
        act(ctx, app, InviteDo::Whom(Whom::Gate));
    }),
    ("85-invite-open", Screen::Invite, be_office, |ctx, app| {
        opened(ctx, app, "9-9-999");
    }),
    ("85b-invite-several", Screen::Invite, several, |ctx, app| {
        opened(ctx, app, "3-2-501");
    }),
    ("86-invite-pictures", Screen::Invite, waiting, |ctx, app| {
        app.drain();
        app.state.inviting.typed = "1 2 3 4 5 6 7".into();
        act(ctx, app, InviteDo::Same("i:000001".into()));
    }),
    ("86b-invite-agreed", Screen::Invite, waiting, |ctx, app| {
        app.drain();
        app.state.inviting.typed = NUMBERS.into();
        act(ctx, app, InviteDo::Same("i:000001".into()));
    }),
    (
        "86c-invite-joined",
        Screen::Invite,
        |node| {
            waiting(node);
            node.borrow_mut().invites.invites[0].confirmed = true;
            agrees_there(node);
        },
        |ctx, app| {
            app.drain();
            act(ctx, app, InviteDo::Show(Some("i:000001".into())));
        },
    ),
    (
        "86d-invite-arrives",
        Screen::Invite,
        |node| {
            waiting(node);
            let first = &mut node.borrow_mut().invites.invites[0];
            (first.state, first.pictures) = (InviteState::Answered, None);
        },
        |ctx, app| {
            app.drain();
            act(ctx, app, InviteDo::Show(Some("i:000001".into())));
        },
    ),
    ("86e-invite-over", Screen::Invite, be_office, |ctx, app| {
        act(ctx, app, InviteDo::Show(Some("i:000009".into())))
    }),
    ("87-invite-knock", Screen::Board, waiting, |_, _| {}),
    (
        "87b-invite-own",
        Screen::Invite,
        |_| {},
        |ctx, app| {
            act(ctx, app, InviteDo::Open);
        },
    ),
    (
        "87c-invite-nobody",
        Screen::Invite,
        |node| {
            be_office(node);
            node.borrow_mut().invites.may.clear();
        },
        |_, _| {},
    ),
    ("87d-home-alone", Screen::Home, alone, |_, _| {}),
];

fn act(ctx: &egui::Context, app: &mut App, act: InviteDo) {
    app.drain();
    app.perform(ctx, Intent::Invite(act));
    app.drain();
}

fn opened(ctx: &egui::Context, app: &mut App, unit: &str) {
    app.drain();
    app.state.inviting.unit = unit.into();
    act(ctx, app, InviteDo::Open);
    app.perform(ctx, Intent::CloseNote);
}

/// An office that was founded a moment ago.
fn alone(node: &Shared) {
    be_office(node);
    node.borrow_mut().report.peers.clear();
}

/// Somebody has come with the invitation for 3-2-501.
fn waiting(node: &Shared) {
    be_office(node);
    node.borrow_mut().invites.invites = vec![InviteItem {
        id: "i:000001".into(),
        role: "household".into(),
        unit: Some("3-2-501".into()),
        until_ms: NOW_MS + 480_000,
        known_unit: true,
        tries_left: 3,
        ..InviteItem::default()
    }];
    knocks(node, "客厅");
}

fn several(node: &Shared) {
    be_office(node);
    let item = |id: &str, role: &str, state| InviteItem {
        id: id.into(),
        role: role.into(),
        state,
        until_ms: NOW_MS + 3_000_000,
        known_unit: true,
        tries_left: 3,
        device_name: Some("东门岗亭".into()),
        ..InviteItem::default()
    };
    node.borrow_mut().invites.invites = vec![
        item("i:000000", "gate:1", InviteState::Enrolled),
        item("i:000009", "office:物业服务中心", InviteState::Answered),
    ];
}
