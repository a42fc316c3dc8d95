//! Notices at the office: what is said below one, templates, previews, what waits for its time.

use super::{Scene, be_office, common, open};
use crate::common::{NOW_MS, Shared};
use linli_desktop::app::App;
use linli_view::api::{
    Category, CommentItem, Fault, FaultCode, ModerationItem, Response, RulingItem, ScheduledItem,
};
use linli_view::board::PostAsk;
use linli_view::compose::PreviewTab;
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    (
        "34c-reach-reminded",
        Screen::Notices,
        |node| {
            be_office(node);
            node.borrow_mut().reminded_ms = vec![NOW_MS - 60_000];
        },
        |ctx, app| {
            open(ctx, app, "ntc056");
            app.drain();
        },
    ),
    (
        "34d-reach-refused",
        Screen::Notices,
        |node| {
            be_office(node);
            node.borrow_mut().refuses = Some(Fault {
                said: "remind-nobody".into(),
                ..Fault::of(FaultCode::BadInput)
            });
        },
        |ctx, app| {
            open(ctx, app, "ntc056");
            app.perform(ctx, Intent::Remind("ntc056".into()));
            app.drain();
        },
    ),
    ("70-notice-talk", Screen::Notices, talked, |ctx, app| {
        open(ctx, app, "ntc056");
    }),
    (
        "70b-notice-talk-hidden",
        Screen::Notices,
        |node| {
            talked(node);
            let mut node = node.borrow_mut();
            let item = node.notices.iter_mut().find(|n| n.id == "ntc056").unwrap();
            let hidden = |own: bool| ModerationItem {
                state: "hidden".into(),
                by: Some("居委会".into()),
                reason: Some("请就事论事，不要点名".into()),
                may_appeal: own,
                rulings: vec![RulingItem {
                    hide: true,
                    by: "居委会".into(),
                    reason: "请就事论事，不要点名".into(),
                    at_ms: NOW_MS - 300_000,
                }],
                ..ModerationItem::default()
            };
            item.said[1].hidden = true;
            item.said[1].moderation = Some(hidden(false));
            let mut mine = item.said[0].clone();
            mine.id = "e:4".into();
            mine.author = "3-2-501".into();
            mine.own = true;
            mine.body = "值班的人上次就没接电话。".into();
            mine.moderation = Some(hidden(true));
            mine.files = common::board::kept(&[common::board::attached("通话记录.jpg").file]);
            item.said.push(mine);
        },
        |ctx, app| {
            open(ctx, app, "ntc056");
            let comment = Some("e:4".into());
            app.perform(ctx, Intent::AskPost(PostAsk::Appeal { comment }));
            app.state.post_words = "我说的是事实，有通话记录。".into();
        },
    ),
    (
        "71-notice-talk-office",
        Screen::Notices,
        |node| {
            be_office(node);
            talked(node);
        },
        |ctx, app| {
            open(ctx, app, "ntc056");
            let comment = Some("e:1".into());
            app.perform(ctx, Intent::AnswerBelow { comment });
        },
    ),
    (
        "71b-compose-drafts",
        Screen::Notices,
        be_office,
        |ctx, app| {
            compose(ctx, app);
            app.perform(ctx, Intent::AnotherNotice);
            app.state.notice_draft.as_mut().unwrap().title = "周六上午清洗水箱".into();
        },
    ),
    (
        "71c-compose-unkept",
        Screen::Notices,
        |node| {
            be_office(node);
            node.borrow_mut().full = true;
        },
        compose,
    ),
    (
        "72-notice-templates",
        Screen::Notices,
        be_office,
        |ctx, app| {
            app.perform(ctx, Intent::NewNotice);
        },
    ),
    ("72b-notice-grid", Screen::Notices, be_office, |ctx, app| {
        compose(ctx, app);
        app.state.notice_draft.as_mut().unwrap().area = "网格04".into();
        app.drain();
    }),
    ("73-notice-large", Screen::Notices, be_office, |ctx, app| {
        preview(ctx, app, PreviewTab::Large);
    }),
    ("74-notice-paper", Screen::Notices, be_office, |ctx, app| {
        preview(ctx, app, PreviewTab::Paper);
    }),
    ("75-notice-chat", Screen::Notices, be_office, |ctx, app| {
        preview(ctx, app, PreviewTab::Chat);
    }),
    (
        "76-notice-scheduled",
        Screen::Notices,
        |node| {
            be_office(node);
            let one = |id: &str, state: &str, title: &str, ahead_ms: u64| ScheduledItem {
                id: id.into(),
                at_ms: NOW_MS + ahead_ms,
                state: state.into(),
                title: title.into(),
                ..ScheduledItem::default()
            };
            node.borrow_mut().scheduled = vec![
                one("s1", "missed", "周日上午停水", 0),
                one("s2", "waits", "下周一起电梯年检", 61_000_000),
            ];
        },
        |_, _| {},
    ),
];

pub fn compose(ctx: &egui::Context, app: &mut App) {
    app.perform(ctx, Intent::NewNotice);
    let draft = app.state.notice_draft.as_mut().unwrap();
    draft.title = "因高压线路故障，3号楼今天15–18时停电".into();
    draft.body = "请提前给手机充电，电梯停用期间请走楼梯。\n值班电话 139 0000 0023。".into();
    (draft.area, draft.until) = ("网格02 5-2".into(), "18:00".into());
    draft.severity = Some(linli_view::api::Severity::Severe);
    draft.cap.response = Some(Response::Prepare);
    draft.cap.category = Some(Category::Infra);
}

fn preview(ctx: &egui::Context, app: &mut App, tab: PreviewTab) {
    compose(ctx, app);
    app.state.notice_draft.as_mut().unwrap().preview = tab;
}

fn talked(node: &Shared) {
    let mut node = node.borrow_mut();
    let item = node.notices.iter_mut().find(|n| n.id == "ntc056").unwrap();
    let said = |id: &str, author: &str, body: &str| CommentItem {
        id: id.into(),
        author: author.into(),
        official: author == "居委会",
        body: body.into(),
        published_ms: NOW_MS - 600_000,
        ..CommentItem::default()
    };
    item.said = vec![
        said("e:1", "3-1-201", "几点能来电？家里有老人要用制氧机。"),
        said("e:2", "5-2-601", "电梯停吗"),
        CommentItem {
            answers: Some("e:1".into()),
            ..said(
                "e:3",
                "居委会",
                "预计18点前恢复。需要制氧机的请打值班电话，我们送移动电源上门。",
            )
        },
    ];
}
