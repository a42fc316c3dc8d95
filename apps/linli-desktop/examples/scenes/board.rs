//! Scenes of the board: the list, a post, the form, what is asked below a post, the office's queue.

use super::{Scene, be_office, common};
use linli_view::api::ModerationItem;
use linli_view::board::{BoardFilter, PostAsk};
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    ("36-board", Screen::Board, |_| {}, |_, _| {}),
    (
        "37-post",
        Screen::Board,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst1".into() });
        },
    ),
    (
        "38-post-form",
        Screen::Board,
        |_| {},
        |ctx, app| common::board::writing(ctx, app),
    ),
    (
        "39-post-settle",
        Screen::Board,
        |node| node.borrow_mut().posts[1].claims.push("4-1-101".into()),
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst2".into() });
            app.perform(ctx, Intent::AskPost(PostAsk::Settle));
            app.state.settle.chosen = Some("4-1-101".into());
            app.state.post_words = "多谢，改天请吃饭".into();
        },
    ),
    (
        "39b-post-appeal",
        Screen::Board,
        |node| {
            node.borrow_mut().posts[1].moderation = Some(ModerationItem {
                state: "paused".into(),
                reports: 3,
                why: vec![("abuse".into(), 2), ("privacy".into(), 1)],
                may_appeal: true,
                ..ModerationItem::default()
            });
        },
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst2".into() });
            app.perform(ctx, Intent::AskPost(PostAsk::Appeal { comment: None }));
            app.state.post_tried = true;
        },
    ),
    ("39c-case", Screen::Board, be_office, |ctx, app| {
        app.perform(ctx, Intent::FilterPosts(BoardFilter::Queue));
        app.perform(
            ctx,
            Intent::OpenCase {
                key: "pst90".into(),
            },
        );
    }),
    ("39d-concern", Screen::Board, be_office, |ctx, app| {
        app.perform(ctx, Intent::OpenPost { id: "pst30".into() });
        app.perform(ctx, Intent::AskPost(PostAsk::HandOver));
    }),
];
