//! What is said below a notice, as text.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
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
    talk(&zh(), NOW, item, PrincipalKind::Household, None)
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
    let office = talk(&en(), NOW, &item, PrincipalKind::Office, Some("e:1"));
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
        let other = talk(&en(), NOW, &item, me, None);
        assert!(other.reply.is_none() && other.switch.is_none(), "{me:?}");
    }
}
