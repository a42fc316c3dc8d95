//! The board as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::{CommentItem, ModerationItem};
use crate::samples::{NOW, en, zh};

const ME: &str = "3-2-501";

fn post(id: &str, kind: PostKind, body: &str) -> PostItem {
    PostItem {
        id: id.into(),
        kind,
        author: "3-1-201".into(),
        body: body.into(),
        published_ms: NOW.ms - 60_000,
        heard_ms: NOW.ms,
        closed: false,
        claims: vec![],
        comments: vec![],
        own: false,
        likes: 0,
        liked: false,
        moderation: None,
        hidden: false,
        handed_to: None,
        files: vec![],
    }
}

fn shown(post: PostItem) -> PostPage {
    let id = post.id.clone();
    page(&zh(), NOW, &[post], &id, ME, false).unwrap()
}

fn does(page: &PostPage) -> Vec<PostDo> {
    page.acts.iter().map(|(act, _)| act.clone()).collect()
}

#[test]
fn the_list_is_filtered_by_kind_and_by_what_is_open_newest_first() {
    let mut old = post("a", PostKind::Lost, "丢了一把伞");
    old.published_ms -= 1;
    let mut settled = post("b", PostKind::Lost, "丢了猫");
    settled.closed = true;
    let all = [old, settled, post("c", PostKind::Ask, "搬沙发")];
    let ids = |filter| -> Vec<String> {
        let board = board(&zh(), NOW, &all, filter);
        board.rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(BoardFilter::All), ["b", "c", "a"]);
    assert_eq!(ids(BoardFilter::Open), ["c", "a"]);
    assert_eq!(ids(BoardFilter::Kind(PostKind::Lost)), ["b", "a"]);
    assert_eq!(board(&en(), NOW, &[], BoardFilter::All).filters.len(), 10);
}

#[test]
fn who_reads_may_answer_once_like_and_report_and_who_wrote_may_settle() {
    let mut of = post("a", PostKind::Found, "捡到钥匙");
    let like = |on| PostDo::Like { on };
    assert_eq!(does(&shown(of.clone())), [PostDo::Claim, like(true)]);
    (of.claims, of.liked) = (vec![ME.into()], true);
    assert_eq!(does(&shown(of.clone())), [PostDo::Unclaim, like(false)]);
    assert!(shown(of.clone()).report.is_some());
    of.own = true;
    let own = shown(of.clone());
    assert_eq!((does(&own), own.report), (vec![PostDo::Close], None));
    of.closed = true;
    assert_eq!(does(&shown(of)), []);
}

#[test]
fn what_is_hidden_says_who_hid_it_and_why_and_its_author_still_reads_it() {
    let mut of = post("a", PostKind::Concern, "狗粪是5楼的");
    of.moderation = Some(ModerationItem {
        state: "hidden".into(),
        reports: 3,
        by: Some("居委会".into()),
        reason: Some("点了邻居的名".into()),
        appealed: false,
    });
    of.hidden = true;
    let page = shown(of.clone());
    let warning = page.warning.unwrap();
    assert!(warning.contains("居委会") && warning.contains("点了邻居的名"));
    assert_eq!((page.body.as_str(), does(&shown(of.clone()))), ("", vec![]));
    (of.own, of.hidden) = (true, false);
    let own = shown(of);
    assert!(own.body.contains("狗粪") && own.warning.unwrap().contains("申诉"));
}

#[test]
fn foreign_text_is_drawn_harmless_and_an_office_is_marked() {
    let mut of = post("a", PostKind::Ask, "看\u{202e}不见\u{200b}的");
    of.comments = vec![CommentItem {
        id: "c".into(),
        author: "物业".into(),
        official: true,
        body: "已派单".into(),
        published_ms: NOW.ms,
        hidden: false,
    }];
    let page = shown(of);
    assert_eq!(page.body, "看不见的");
    assert_eq!(page.comments[0].official.as_deref(), Some("官方回复"));
}

#[test]
fn an_empty_post_is_not_sent_and_says_so_once_tried() {
    let mut draft = PostDraft::default();
    assert_eq!(
        (form(&zh(), &draft).ready, form(&zh(), &draft).body.problem),
        (None, None)
    );
    draft.tried = true;
    assert!(form(&zh(), &draft).body.problem.is_some());
    draft.body = " 搬沙发 ".into();
    assert_eq!(
        form(&zh(), &draft).ready,
        Some((PostKind::Ask, "搬沙发".into()))
    );
    draft.body = "长".repeat(POST_CHARS + 1);
    assert!(form(&zh(), &draft).ready.is_none());
}
