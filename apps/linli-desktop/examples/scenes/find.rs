//! The box that finds: with hits, and before anything is typed.

use super::{Scene, be_office};
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    (
        "54-find",
        Screen::Home,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::FindBox { open: true });
            app.perform(
                ctx,
                Intent::Find {
                    query: "电".into()
                },
            );
            app.drain();
        },
    ),
    ("55-find-empty", Screen::Board, be_office, |ctx, app| {
        app.perform(ctx, Intent::FindBox { open: true });
    }),
];
