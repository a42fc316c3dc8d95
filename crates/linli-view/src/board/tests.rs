//! The board as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod pages;

use super::*;
use crate::api::{CommentItem, ModerationItem, PostDo};
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
        comments_left_out: 0,
        withheld: 0,
        own: false,
        likes: 0,
        liked: false,
        moderation: None,
        hidden: false,
        handed_to: None,
        handed: None,
        outcome: None,
        chosen: None,
        thanks: 0,
        thanked: false,
        files: vec![],
        delivery: None,
    }
}

fn comment(id: &str, body: &str) -> CommentItem {
    CommentItem {
        id: id.into(),
        author: "4-1-101".into(),
        official: false,
        body: body.into(),
        published_ms: NOW.ms,
        hidden: false,
        ..CommentItem::default()
    }
}

const NO_SETTLE: &SettleDraft = &SettleDraft {
    outcome: None,
    chosen: None,
};

/// A household of this estate, which has two offices.
fn reader(ask: Option<&PostAsk>) -> Reader<'_> {
    static OFFICES: std::sync::LazyLock<Vec<String>> =
        std::sync::LazyLock::new(|| vec!["居委会".into(), "物业".into()]);
    Reader {
        me: ME,
        office: false,
        offices: &OFFICES,
        ask,
        settle: NO_SETTLE,
        words: "",
        tried: false,
        delivery: None,
    }
}

fn read(post: &PostItem, reader: &Reader<'_>) -> PostPage {
    page(&zh(), NOW, std::slice::from_ref(post), &post.id, reader).unwrap()
}

fn shown(post: PostItem) -> PostPage {
    read(&post, &reader(None))
}

fn asks(page: &PostPage) -> Vec<PostAsk> {
    page.asks.iter().map(|(ask, _)| ask.clone()).collect()
}

/// The buttons of the question on screen, as far as they do something.
fn sends(page: &PostPage) -> Vec<PostDo> {
    let ask = page.ask.as_ref().unwrap();
    ask.sends
        .iter()
        .filter_map(|(what, _)| what.clone())
        .collect()
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
        let board = board(&zh(), NOW, Shelf::whole(&all), filter);
        board.rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(BoardFilter::All), ["b", "c", "a"]);
    assert_eq!(ids(BoardFilter::Open), ["c", "a"]);
    assert_eq!(ids(BoardFilter::Kind(PostKind::Lost)), ["b", "a"]);
    assert_eq!(
        board(&en(), NOW, Shelf::whole(&[]), BoardFilter::All)
            .filters
            .len(),
        10
    );
}

#[test]
fn who_reads_may_answer_once_like_and_report_and_who_wrote_may_settle() {
    let mut of = post("a", PostKind::Found, "捡到钥匙");
    let like = |on| PostDo::Like { on };
    let thank = PostDo::Thank { on: true };
    assert_eq!(
        does(&shown(of.clone())),
        [PostDo::Claim, like(true), thank.clone()]
    );
    (of.claims, of.liked) = (vec![ME.into()], true);
    assert_eq!(
        does(&shown(of.clone())),
        [PostDo::Unclaim, like(false), thank]
    );
    assert!(shown(of.clone()).report.is_some());
    let office = Reader {
        office: true,
        ..reader(None)
    };
    assert!(read(&of, &office).report.is_none(), "offices decide");
    of.own = true;
    let own = shown(of.clone());
    assert_eq!((does(&own), asks(&own)), (vec![], vec![PostAsk::Settle]));
    assert!(own.report.is_none());
    of.closed = true;
    assert_eq!(asks(&shown(of)), []);
}

#[test]
fn who_wrote_chooses_among_those_who_answered_and_thanks_them() {
    let mut of = post("a", PostKind::Lend, "谁家有梯子");
    (of.own, of.claims) = (true, vec!["2-1-302".into(), "4-1-101".into()]);
    let settle = SettleDraft {
        outcome: None,
        chosen: Some("4-1-101".into()),
    };
    let filled = Reader {
        settle: &settle,
        words: " 多谢 ",
        ..reader(Some(&PostAsk::Settle))
    };
    let page = read(&of, &filled);
    let send = |outcome: &str, chosen: Option<&str>, thanks: Option<&str>| PostDo::Settle {
        outcome: Some(outcome.into()),
        chosen: chosen.map(Into::into),
        thanks: thanks.map(Into::into),
    };
    // What is lent comes back, unless its owner says otherwise.
    assert_eq!(
        sends(&page),
        [send("returned", Some("4-1-101"), Some("多谢"))]
    );
    let who = page.ask.unwrap().chosen.unwrap();
    let words: Vec<&str> = who.items.iter().map(|(_, word, _)| word.as_str()).collect();
    assert_eq!(words, ["不选谁", "2-1-302", "4-1-101"]);
    // Whoever took the claim back meanwhile is not chosen.
    of.claims.pop();
    assert_eq!(
        sends(&read(&of, &filled)),
        [send("returned", None, Some("多谢"))]
    );
    of.claims.clear();
    let alone = read(&of, &reader(Some(&PostAsk::Settle)));
    assert_eq!(sends(&alone), [send("returned", None, None)]);
    assert!(alone.ask.unwrap().chosen.is_none());
    (of.closed, of.outcome, of.chosen) = (true, Some("returned".into()), Some("4-1-101".into()));
    let history = shown(of).history.join("\n");
    assert!(
        history.contains("已归还") && history.contains("4-1-101"),
        "{history}"
    );
}

#[test]
fn a_concern_is_handed_over_and_says_to_whom_and_whether_it_was_answered() {
    let mut of = post("a", PostKind::Concern, "路灯坏了");
    assert_eq!(
        asks(&shown(of.clone())),
        [],
        "a neighbour's is a neighbour's"
    );
    of.own = true;
    assert_eq!(
        asks(&shown(of.clone())),
        [PostAsk::Settle, PostAsk::HandOver]
    );
    let to = |to: &str, words: Option<&str>| PostDo::HandOver {
        to: to.into(),
        words: words.map(Into::into),
    };
    let asked = Reader {
        words: "请尽快",
        ..reader(Some(&PostAsk::HandOver))
    };
    assert_eq!(
        sends(&read(&of, &asked)),
        [to("居委会", Some("请尽快")), to("物业", Some("请尽快"))]
    );
    of.own = false;
    let office = Reader {
        office: true,
        ..reader(None)
    };
    assert_eq!(read(&of, &office).asks[0].1, "立案办理");
    of.handed_to = Some("物业".into());
    of.handed = Some(crate::api::HandedItem {
        by: "3-1-201".into(),
        at_ms: NOW.ms,
        words: None,
        answer: None,
    });
    let history = |of: &PostItem| read(of, &reader(None)).history.join("\n");
    assert!(history(&of).contains("还没有回复"));
    of.handed.as_mut().unwrap().answer = Some("c".into());
    assert!(history(&of).contains("物业") && history(&of).contains("已在下面回复"));
}

#[test]
fn its_author_reads_why_it_is_paused_and_appeals_once_with_reasons() {
    let mut of = post("a", PostKind::Concern, "狗粪是5楼的");
    of.own = true;
    of.moderation = Some(ModerationItem {
        state: "paused".into(),
        reports: 3,
        why: vec![("abuse".into(), 2), ("privacy".into(), 1)],
        may_appeal: true,
        ..ModerationItem::default()
    });
    let appeal = PostAsk::Appeal { comment: None };
    let page = shown(of.clone());
    let warning = page.warning.clone().unwrap();
    assert!(
        warning.contains("3 户举报（骂人、骚扰2、泄露隐私1）"),
        "{warning}"
    );
    assert!(asks(&page).contains(&appeal));
    let tried = Reader {
        tried: true,
        ..reader(Some(&appeal))
    };
    let empty = read(&of, &tried);
    assert_eq!(sends(&empty), []);
    assert!(empty.ask.unwrap().problem.is_some());
    let said = Reader {
        words: "我说的是实话",
        ..reader(Some(&appeal))
    };
    let words = "我说的是实话".to_owned();
    let comment = None;
    assert_eq!(
        sends(&read(&of, &said)),
        [PostDo::Appeal { comment, words }]
    );
    let m = of.moderation.as_mut().unwrap();
    (m.appealed, m.may_appeal) = (true, false);
    m.appeal = Some("我说的是实话".into());
    let page = shown(of);
    assert!(!asks(&page).contains(&appeal));
    let warning = page.warning.unwrap();
    assert!(warning.contains("您已申诉") && warning.contains("我说的是实话"));
}

#[test]
fn a_reply_is_reported_and_its_author_may_appeal() {
    let mut of = post("a", PostKind::Sell, "学习桌");
    of.comments = vec![comment("c1", "骗子"), comment("c2", "别这样")];
    of.comments[1].own = true;
    of.comments[1].moderation = Some(ModerationItem {
        state: "hidden".into(),
        by: Some("居委会".into()),
        reason: Some("规约第三条".into()),
        may_appeal: true,
        rulings: vec![crate::api::RulingItem::default()],
        ..ModerationItem::default()
    });
    let page = shown(of.clone());
    let report = PostAsk::Report {
        comment: Some("c1".into()),
    };
    let appeal = PostAsk::Appeal {
        comment: Some("c2".into()),
    };
    assert_eq!(page.comments[0].asks[0].0, report);
    assert_eq!(page.comments[1].asks[0].0, appeal);
    assert!(
        page.comments[1]
            .warning
            .as_ref()
            .unwrap()
            .contains("规约第三条")
    );
    let asked = read(&of, &reader(Some(&report)));
    assert!(asked.ask.is_none(), "it is asked where it belongs");
    let sends = &asked.comments[0].ask.as_ref().unwrap().sends;
    let first = PostDo::ReportReply {
        comment: "c1".into(),
        reason: "abuse".into(),
    };
    assert_eq!(sends[0].0, Some(first));
}

#[test]
fn a_reply_of_ones_own_is_taken_back_after_a_question_and_its_place_says_so() {
    let mut of = post("a", PostKind::Sell, "学习桌");
    of.comments = vec![comment("c1", "多少钱"), comment("c2", "我的电话是")];
    of.comments[1].own = true;
    let page = shown(of.clone());
    let ask = PostAsk::TakeBack {
        comment: "c2".into(),
    };
    let offered = |page: &PostPage, at: usize| {
        let asks = page.comments[at].asks.iter();
        asks.filter(|(ask, ..)| matches!(ask, PostAsk::TakeBack { .. }))
            .count()
    };
    assert_eq!(
        [0, 1].map(|at| offered(&page, at)),
        [0, 1],
        "only one's own"
    );
    let asked = read(&of, &reader(Some(&ask)));
    let form = asked.comments[1].ask.as_ref().unwrap();
    let does = PostDo::TakeBack {
        comment: "c2".into(),
    };
    assert_eq!(form.sends, [(Some(does), "收回它".to_owned())]);
    assert!(form.question.contains("不能恢复") && asked.comments[0].ask.is_none());
    (of.comments[1].gone, of.comments[1].hidden) = (true, true);
    of.comments[1].body.clear();
    let gone = shown(of);
    assert_eq!(gone.comments[1].body, "这条已由写的人收回。");
    assert!(gone.comments[1].asks.is_empty() && gone.comments[1].files.is_empty());
}

#[test]
fn the_office_sees_who_reported_and_why_and_decides_with_a_reason() {
    use crate::api::{QueueItem, ReportItem, RulingItem};
    let item = QueueItem {
        seen: crate::api::Seen {
            ruling: Some("e1".into()),
            heard: vec!["h1".into()],
        },

        record: "a".into(),
        comment: Some("c1".into()),
        kind: "comment".into(),
        author: "4-1-101".into(),
        body: "骗子".into(),
        files: vec![crate::api::FileItem {
            n: 1,
            media: "jpg".into(),
            name: Some("门口.jpg".into()),
            state: "here".into(),
            ..crate::api::FileItem::default()
        }],
        published_ms: NOW.ms,
        moderation: ModerationItem {
            state: "paused".into(),
            reports: 1,
            appealed: true,
            appeal: Some("我付了钱".into()),
            rulings: vec![RulingItem {
                hide: false,
                by: "物业".into(),
                reason: "看不出骂人".into(),
                at_ms: NOW.ms,
            }],
            ..ModerationItem::default()
        },
        reports: vec![ReportItem {
            by: "3-2-502".into(),
            reason: "abuse".into(),
            words: Some("骂人了".into()),
            at_ms: NOW.ms,
            answered: false,
        }],
        ..QueueItem::default()
    };
    let queue = [item];
    let mut board = board(&zh(), NOW, Shelf::whole(&[]), BoardFilter::Queue);
    board.decides(&zh(), NOW, &queue, BoardFilter::Queue);
    assert_eq!(board.filters[0].1, "待决定（1）");
    let row = &board.rows[0];
    assert!(row.name.starts_with("回复：骗子") && row.summary.contains("3-2-502"));
    let open = |typed: &str, tried| case(&zh(), NOW, &queue, &row.id, typed, tried).unwrap();
    let page = open("  ", true);
    assert!(page.hide.0.is_none() && page.stays.0.is_none() && page.reason.problem.is_some());
    // What is decided on is seen, and asked for by the comment that it goes with.
    assert_eq!(page.of, "c1");
    assert!(page.files[0].picture && page.files[0].here);
    assert!(page.files[0].name.contains("门口.jpg"));
    assert!(page.reports[0].0.contains("骂人、骚扰") && page.reports[0].1 == "骂人了");
    assert!(page.appeal.unwrap().contains("我付了钱"));
    assert!(page.before[0].contains("物业") && page.before[0].contains("看不出骂人"));
    let page = open(" 规约第三条 ", true);
    let rule = |hide| {
        Some(crate::intent::Intent::RulePost {
            id: "a".into(),
            comment: Some("c1".into()),
            hide,
            reason: "规约第三条".into(),
            seen: queue[0].seen.clone(),
        })
    };
    assert_eq!((page.hide.0, page.stays.0), (rule(true), rule(false)));
    assert!(
        case(&zh(), NOW, &[], &row.id, "", false).is_none(),
        "it was decided elsewhere"
    );
}

#[test]
fn what_is_hidden_says_who_hid_it_and_why_and_its_author_still_reads_it() {
    let mut of = post("a", PostKind::Concern, "狗粪是5楼的");
    of.moderation = Some(ModerationItem {
        state: "hidden".into(),
        reports: 3,
        by: Some("居委会".into()),
        reason: Some("点了邻居的名".into()),
        ..ModerationItem::default()
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
        author: "物业".into(),
        official: true,
        ..comment("c", "已派单")
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
