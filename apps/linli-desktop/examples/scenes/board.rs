//! Scenes of the board: the list, a post, the form, what is asked below a post, the office's queue.

use super::{Scene, be_office, common};
use linli_view::api::{DraftItem, ModerationItem, UndoItem, UndoState};
use linli_view::board::{BoardFilter, PostAsk};
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    ("36-board", Screen::Board, |_| {}, |_, _| {}),
    (
        "36b-board-older",
        Screen::Board,
        |node| node.borrow_mut().shelf = 3,
        |_, _| {},
    ),
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
    (
        "39e-post-delivery",
        Screen::Board,
        |node| {
            let draft = |text: &str, n: u64| DraftItem {
                id: Some(format!("d{n}")),
                kind: "reply".into(),
                about: "pst2".into(),
                text: text.into(),
                version: 1,
                at_ms: common::NOW_MS - n * 60_000,
                ..DraftItem::default()
            };
            let mut node = node.borrow_mut();
            node.drafts = vec![draft("七点我能来", 3), draft("我有推车", 9)];
        },
        |ctx, app| {
            app.drain();
            app.perform(ctx, Intent::OpenPost { id: "pst2".into() });
            app.perform(ctx, Intent::ShowDelivery("pst2".into()));
        },
    ),
    (
        "39g-post-reply-photo",
        Screen::Board,
        |node| {
            let mut node = node.borrow_mut();
            node.posts[0].comments_left_out = 112;
            let replies = &mut node.posts[0].comments;
            replies[0].files = common::board::kept(&[common::board::attached("小熊.jpg").file]);
            replies[1].body.clear();
            replies[1].files = common::board::kept(&[common::board::attached("前台.jpg").file]);
        },
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst1".into() });
            app.perform(ctx, Intent::AskReplyFiles);
            app.state.reply_files = vec![common::board::attached("钥匙.jpg")];
            app.state.reply = "是这一把吗？".into();
        },
    ),
    (
        "39h-post-take-back",
        Screen::Board,
        |node| {
            let mut node = node.borrow_mut();
            let replies = &mut node.posts[0].comments;
            replies[0].own = true;
            let mut gone = replies[0].clone();
            (gone.id, gone.gone, gone.hidden) = ("gone".into(), true, true);
            gone.body.clear();
            replies.insert(0, gone);
        },
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst1".into() });
            let comment = app.model.posts[0].comments[1].id.clone();
            app.perform(ctx, Intent::AskPost(PostAsk::TakeBack { comment }));
        },
    ),
    (
        "39f-undo-ask",
        Screen::Visitors,
        |node| {
            node.borrow_mut().undo = Some(UndoItem {
                state: UndoState::Asks,
                what: "pass".into(),
                about: "李然".into(),
            });
        },
        |ctx, app| {
            app.perform(ctx, Intent::Undo { yes: false });
            app.drain();
        },
    ),
];
