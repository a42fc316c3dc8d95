//! What stands on a screen only after something was done there: questions, forms, lists that are empty at first.

use super::{Scene, be_office, close, compose, open};
use crate::common::passes::regular;
use linli_view::api::FaultCode;
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    (
        "07b-visitors-regulars",
        Screen::Visitors,
        |node| {
            let regular = regular(&node.borrow().passes[0]);
            node.borrow_mut().regulars.push(regular);
            node.borrow_mut().refusals[0].mine = true;
        },
        |_, _| {},
    ),
    (
        "10b-pass-cancel",
        Screen::Visitors,
        |_| {},
        |ctx, app| {
            let id = app.model.passes[0].id.clone();
            app.perform(ctx, Intent::ShowPass { id: id.clone() });
            app.perform(ctx, Intent::AskCancelPass { id });
        },
    ),
    (
        "10c-pass-regular",
        Screen::Visitors,
        |node| {
            let regular = regular(&node.borrow().passes[0]);
            node.borrow_mut().regulars.push(regular);
        },
        |ctx, app| {
            let id = app.model.passes[0].id.clone();
            app.perform(ctx, Intent::ShowPass { id });
        },
    ),
    (
        "38b-post-form-written",
        Screen::Board,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::NewPost);
            app.state.post_draft.body = "周六上午有人能帮忙抬一下柜子吗？".into();
        },
    ),
    (
        "11b-paused",
        Screen::Neighbours,
        |node| node.borrow_mut().report.facts.paused = true,
        |_, _| {},
    ),
    (
        "35b-retract-reason",
        Screen::Notices,
        be_office,
        |ctx, app| {
            open(ctx, app, "ntc056");
            app.perform(ctx, Intent::AskRetract);
            app.state.retract_reason = "时间有误".into();
            app.drain();
        },
    ),
    (
        "37b-post-report",
        Screen::Board,
        |_| {},
        |ctx, app| {
            app.perform(ctx, Intent::OpenPost { id: "pst1".into() });
            app.perform(ctx, Intent::AskReport);
        },
    ),
    (
        "37c-post-files",
        Screen::Board,
        |node| {
            for file in &mut node.borrow_mut().posts[0].files {
                file.state = "here".into();
            }
        },
        |ctx, app| app.perform(ctx, Intent::OpenPost { id: "pst1".into() }),
    ),
    ("68f-phones-office", Screen::Help, be_office, |_, _| {}),
    ("68g-phones-form", Screen::Help, be_office, |ctx, app| {
        app.perform(ctx, Intent::EditPhones);
        app.state.help.phones.as_mut().unwrap().lines = "值班室：010-6666 0001".into();
    }),
    (
        "68h-join-again",
        Screen::Home,
        |node| close(node, FaultCode::NoCommunity),
        |_, _| {},
    ),
    (
        "72b-notice-templates-own",
        Screen::Notices,
        be_office,
        |ctx, app| {
            compose(ctx, app);
            for intent in [
                Intent::KeepTemplate,
                Intent::DiscardDraft,
                Intent::NewNotice,
            ] {
                app.perform(ctx, intent);
                app.drain();
            }
        },
    ),
];
