//! Folders of this computer: a photo for a post, a place to save to, one that cannot be opened.

use super::{Scene, common};
use crate::common::NOW_MS;
use linli_desktop::app::App;
use linli_view::folder::{Browse, Entry, Listing, Place, PlaceKind, Want};
use linli_view::intent::{Intent, Screen};
use std::path::Path;

pub const SCENES: &[Scene] = &[
    (
        "77-folder",
        Screen::Board,
        |_| {},
        |ctx, app| {
            common::board::writing(ctx, app);
            look(app, Want::Attach);
        },
    ),
    (
        "77b-folder-closed-to-us",
        Screen::Board,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::NewPost);
            look(app, Want::Attach);
            let browse = app.state.browse.as_mut().unwrap();
            browse.failed = true;
            browse.listing.as_mut().unwrap().entries.clear();
        },
    ),
    (
        "77c-folder-save",
        Screen::Home,
        |_| {},
        |_, app| look(app, Want::SavePapers),
    ),
];

fn look(app: &mut App, want: Want) {
    let here = Path::new("/srv/zhang/图片");
    let entry = |name: &str, bytes: Option<u64>, hours: u64| Entry {
        path: here.join(name),
        name: name.into(),
        bytes,
        changed_ms: Some(NOW_MS - hours * 3_600_000),
    };
    let mut entries = vec![entry("2026年国庆", None, 900), entry("Camera", None, 20)];
    if want == Want::Attach {
        entries.extend([
            entry("沙发.jpg", Some(2_400_000), 1),
            entry(
                "IMG_20261121_183005_门口捡到的一串钥匙还有一个蓝色的小挂件.jpg",
                Some(3_900_000),
                22,
            ),
            entry("说明书.pdf", Some(412_000), 700),
        ]);
    }
    let place = |kind, path: &str| Place {
        kind,
        path: path.into(),
    };
    app.state.browse = Some(Browse {
        typed: here.display().to_string(),
        listing: Some(Listing {
            path: here.into(),
            entries,
            more: 0,
            other: 12,
        }),
        places: vec![
            place(PlaceKind::Home, "/srv/zhang"),
            place(PlaceKind::Desktop, "/srv/zhang/桌面"),
            place(PlaceKind::Documents, "/srv/zhang/文档"),
            place(PlaceKind::Downloads, "/srv/zhang/下载"),
            place(PlaceKind::Pictures, "/srv/zhang/图片"),
            place(PlaceKind::Stick, "/media/zhang/KINGSTON"),
        ],
        ..Browse::new(want)
    });
}
