//! What is said below a notice, as text.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::api::{ModerationItem, PostDo, RulingItem};
use crate::board::SettleDraft;
use crate::samples::{NOW, en, notice, zh};

fn comment(id: &str, author: &str, body: &str) -> CommentItem {
    CommentItem {
        id: id.into(),
        author: author.into(),
        official: author == "物业",
        body: body.into(),
        published_ms: NOW.ms - 60_000,
        ..CommentItem::default()
    }
}

fn item() -> NoticeItem {
    let mut item = notice("ntc059");
    item.said = vec![
        comment("e:1", "3-1-201", "几点来电？"),
        comment("e:2", "5-2-601", "电梯停吗"),
        CommentItem {
            answers: Some("e:1".into()),
            ..comment("e:3", "物业", "18点左右。")
        },
    ];
    item
}

#[test]
fn what_is_not_listed_is_counted_and_said() {
    assert_eq!(house(&item()).more, "");
    let mut many = item();
    many.said_left_out = 40;
    let talk = house(&many);
    assert_eq!(talk.title, "大家说的（43）");
    assert!(talk.more.contains("40"), "{}", talk.more);
}

fn house(item: &NoticeItem) -> Talk {
    let settle = SettleDraft::default();
    let reader = reader(&settle, None);
    talk(&zh(), NOW, item, PrincipalKind::Household, None, &reader)
}

const fn reader<'a>(settle: &'a SettleDraft, ask: Option<&'a PostAsk>) -> Reader<'a> {
    Reader {
        me: "3-2-501",
        office: false,
        offices: &[],
        ask,
        settle,
        words: "",
        tried: true,
        delivery: None,
    }
}

#[test]
fn the_office_stands_on_top_marked_with_what_it_answers() {
    let talk = house(&item());
    assert_eq!(talk.title, "大家说的（3）");
    let ids: Vec<&str> = talk.said.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["e:3", "e:1", "e:2"]);
    let first = &talk.said[0];
    assert_eq!(first.official.as_deref(), Some("官方答复"));
    assert_eq!(first.answers, "回复 3-1-201：几点来电？");
    assert!(talk.said[1].official.is_none() && talk.reply.is_some());
    assert!(talk.switch.is_none(), "a household closes nothing");
}

#[test]
fn closed_comments_say_by_whom_and_leave_the_word_to_the_own_office() {
    let mut item = item();
    item.comments_closed_ms = Some(NOW.ms - 60_000);
    item.said[1].late = true;
    item.said[1].hidden = true;
    let talk_house = house(&item);
    assert!(talk_house.closed.contains("物业") && talk_house.reply.is_none());
    assert!(talk_house.said.iter().all(|s| s.answer.is_none()));
    assert!(talk_house.said[2].body.contains("关闭以后"));
    item.ours = true;
    item.said[1].hidden = false;
    let settle = SettleDraft::default();
    let desk = Reader {
        office: true,
        ..reader(&settle, None)
    };
    let kind = PrincipalKind::Office;
    let office = talk(&en(), NOW, &item, kind, Some("e:1"), &desk);
    assert_eq!(office.switch, Some((true, "Open comments".into())));
    let reply = office.reply.unwrap();
    assert_eq!(
        reply.answering.unwrap().0,
        "In answer to 3-1-201: 几点来电？"
    );
    assert!(!office.said[2].note.is_empty());
    // Another office has no more to say there than a household, and a gate never has.
    item.ours = false;
    for me in [
        PrincipalKind::Office,
        PrincipalKind::Gate,
        PrincipalKind::Screen,
    ] {
        let other = talk(&en(), NOW, &item, me, None, &desk);
        assert!(other.reply.is_none() && other.switch.is_none(), "{me:?}");
    }
}

/// Hidden by an office, after it had once decided that it stays.
fn hidden(own: bool) -> ModerationItem {
    let ruling = |hide, reason: &str| RulingItem {
        hide,
        by: "居委会".into(),
        reason: reason.into(),
        at_ms: NOW.ms - 60_000,
    };
    ModerationItem {
        state: "hidden".into(),
        by: Some("居委会".into()),
        reason: Some("请就事论事".into()),
        may_appeal: own,
        rulings: vec![ruling(false, "说得有理"), ruling(true, "请就事论事")],
        ..ModerationItem::default()
    }
}

#[test]
fn below_a_notice_a_neighbour_reports_and_reads_why_something_was_hidden_and_its_author_appeals() {
    let mut item = item();
    item.said[0].hidden = true;
    item.said[0].moderation = Some(hidden(false));
    item.said[1].own = true;
    item.said[1].moderation = Some(hidden(true));
    item.said.push(comment("e:4", "6-1-101", "买保健品找我"));
    let page = house(&item);
    let of = |id: &str| page.said.iter().find(|s| s.id == id).unwrap();
    let why = of("e:1").warning.as_deref().unwrap();
    assert!(
        why.contains("居委会") && why.contains("请就事论事"),
        "{why}"
    );
    assert_eq!(of("e:1").decided.len(), 1);
    assert!(of("e:1").decided[0].contains("说得有理"));
    assert!(of("e:1").asks.is_empty(), "it is hidden already");
    let mine = of("e:2");
    let comment = Some("e:2".to_owned());
    let back = PostAsk::TakeBack {
        comment: "e:2".into(),
    };
    assert_eq!(mine.asks.len(), 2, "nobody reports themselves");
    assert_eq!(mine.asks[1].0, back);
    assert_eq!(
        mine.asks[0].0,
        PostAsk::Appeal {
            comment: comment.clone()
        }
    );
    let comment4 = Some("e:4".to_owned());
    assert_eq!(
        of("e:4").asks[0].0,
        PostAsk::Report {
            comment: comment4.clone()
        }
    );
    assert!(
        of("e:4").asks[0].2.contains("6-1-101"),
        "whose it is, read out"
    );
    assert!(of("e:4").warning.is_none());

    // What is asked stands at the comment that it is about, and nothing else is offered meanwhile.
    let settle = SettleDraft::default();
    for (ask, id) in [
        (PostAsk::Appeal { comment }, "e:2"),
        (back, "e:2"),
        (PostAsk::Report { comment: comment4 }, "e:4"),
    ] {
        let reader = reader(&settle, Some(&ask));
        let kind = PrincipalKind::Household;
        let page = talk(&zh(), NOW, &item, kind, None, &reader);
        for said in &page.said {
            assert_eq!(said.ask.is_some(), said.id == id);
            assert!(said.asks.is_empty());
        }
    }
    let ask = PostAsk::Appeal {
        comment: Some("e:2".into()),
    };
    let mut typed = reader(&settle, Some(&ask));
    let kind = PrincipalKind::Household;
    let form = |reader: &Reader<'_>| {
        let page = talk(&zh(), NOW, &item, kind, None, reader);
        page.said.into_iter().find_map(|s| s.ask).unwrap()
    };
    assert!(form(&typed).problem.is_some() && form(&typed).sends[0].0.is_none());
    typed.words = " 我说的是事实 ";
    let send = PostDo::Appeal {
        comment: Some("e:2".into()),
        words: "我说的是事实".into(),
    };
    assert_eq!(form(&typed).sends[0].0, Some(send));
    // An office decides and need not report; a gate has no word here.
    let settle = SettleDraft::default();
    for (me, office) in [(PrincipalKind::Office, true), (PrincipalKind::Gate, false)] {
        let other = Reader {
            office,
            ..reader(&settle, None)
        };
        let mut item = item.clone();
        item.said[1].own = false;
        item.said[1].moderation = None;
        let page = talk(&en(), NOW, &item, me, None, &other);
        assert!(page.said.iter().all(|s| s.asks.is_empty()), "{me:?}");
    }
}
