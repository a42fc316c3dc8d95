//! The board in a window: what neighbours ask, find and offer is read, answered, liked, reported and settled.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::office;
use common::window::{Window, asked, can, click, key, open, press, says, type_text, zh};
use common::{gate, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_view::api::{Fault, FaultCode, ModerationItem, PostDo, PostsOf, Request};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;

fn read(window: &mut Window, part: &str) {
    window.get_by_label_contains(part).click();
    window.run();
}

fn does(id: &str, what: PostDo) -> Request {
    let id = id.to_owned();
    Request::PostDo { id, what }
}

/// What opening a post asks: the list has the newest of its comments alone.
fn opened(id: &str) -> Request {
    let id = id.to_owned();
    Request::PostShow { id }
}

#[test]
fn a_found_key_is_answered_liked_and_replied_to() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "捡到：捡到钥匙");
    assert!(says(&window, "蓝色小熊") && says(&window, "官方回复"));
    click(&mut window, "是我的");
    assert!(says(&window, "已回应：3-2-501") && can(&window, "我不来了"));
    click(&mut window, "赞（7）");
    assert!(can(&window, "取消赞（8）"));
    window
        .get_by_role_and_label(Role::MultilineTextInput, "写回复")
        .focus();
    window.run();
    type_text(&mut window, "晚上去拿");
    window
        .get_by_role_and_label(Role::Button, "回复")
        .scroll_to_me();
    window.run();
    click(&mut window, "回复");
    assert!(says(&window, "回复（3）") && says(&window, "晚上去拿"));
    for what in [PostDo::Claim, PostDo::Like { on: true }] {
        assert!(
            asked(&node).contains(&does("pst1", what)),
            "{:?}",
            asked(&node)
        );
    }
}

#[test]
fn a_post_is_written_by_keyboard_and_opened_and_settled() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    key(&mut window, Modifiers::ALT, Key::Num4);
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "请先写几句"));
    type_text(&mut window, "谁家有梯子？");
    click(&mut window, "什么事 · 借");
    // What is half written stays when one looks elsewhere.
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::ALT, Key::Num4);
    key(&mut window, Modifiers::COMMAND, Key::N);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    let sent = |r: &Request| matches!(r, Request::DraftSend { draft, .. } if draft.about == "lend" && draft.text == "谁家有梯子？");
    assert!(asked(&node).iter().any(sent), "{:?}", asked(&node));
    assert!(says(&window, "已发布") && can(&window, "已了结"));
    click(&mut window, "已了结");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(says(&window, "已了结：已归还"), "what is lent comes back");
    assert!(!can(&window, "已了结"), "it is settled once");
    press(&mut window, Key::Escape);
    assert!(!says(&window, "回复（0）"), "back to the list");
}

#[test]
fn a_report_asks_why_and_can_be_left() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "反映：7号楼");
    click(&mut window, "举报");
    assert!(says(&window, "三户举报后"));
    click(&mut window, "不举报");
    click(&mut window, "举报");
    press(&mut window, Key::Escape);
    assert_eq!(asked(&node), [opened("pst30")], "it was read, no more");
    click(&mut window, "举报");
    click(&mut window, "泄露隐私");
    let reason = "privacy".to_owned();
    assert!(asked(&node).contains(&does("pst30", PostDo::Report { reason })));
    assert!(says(&window, "办事处会看到"));
}

/// Chooses one of several.
fn choose(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

fn write(window: &mut Window, field: &str, text: &str) {
    window
        .get_by_role_and_label(Role::MultilineTextInput, field)
        .focus();
    window.run();
    type_text(window, text);
}

#[test]
fn a_post_is_settled_with_whom_one_chose_and_thanks() {
    let node = node();
    node.borrow_mut().posts[1].claims = vec!["2-1-302".into(), "4-1-101".into()];
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    click(&mut window, "已了结");
    press(&mut window, Key::Escape);
    assert!(can(&window, "已了结"), "Escape leaves it open");
    click(&mut window, "已了结");
    choose(&mut window, "谁帮的忙 · 4-1-101");
    write(
        &mut window,
        "道声谢（可以不写，大家都能看到）",
        "多谢，改天请吃饭",
    );
    click(&mut window, "了结");
    let settle = PostDo::Settle {
        outcome: Some("done".into()),
        chosen: Some("4-1-101".into()),
        thanks: Some("多谢，改天请吃饭".into()),
    };
    assert!(
        asked(&node).contains(&does("pst2", settle)),
        "{:?}",
        asked(&node)
    );
    assert!(says(&window, "发帖人选了 4-1-101") && says(&window, "已了结，谢谢您"));
}

#[test]
fn a_refused_question_keeps_its_words() {
    let node = node();
    node.borrow_mut().refuses = Some(Fault::of(FaultCode::DiskFull));
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    click(&mut window, "已了结");
    write(&mut window, "道声谢（可以不写，大家都能看到）", "多谢");
    click(&mut window, "了结");
    assert!(says(&window, "磁盘") && can(&window, "了结"));
    node.borrow_mut().refuses = None;
    click(&mut window, "了结");
    let last = asked(&node).pop();
    let thanks = |request: Option<Request>| match request {
        Some(Request::PostDo {
            what: PostDo::Settle { thanks, .. },
            ..
        }) => thanks,
        _ => None,
    };
    assert_eq!(thanks(last).as_deref(), Some("多谢"));
}

#[test]
fn the_author_reads_why_it_is_paused_and_appeals() {
    let node = node();
    {
        let post = &mut node.borrow_mut().posts[1];
        post.moderation = Some(ModerationItem {
            state: "paused".into(),
            reports: 3,
            why: vec![("abuse".into(), 3)],
            may_appeal: true,
            ..ModerationItem::default()
        });
    }
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    assert!(says(&window, "3 户举报（骂人、骚扰3）"));
    click(&mut window, "申诉");
    click(&mut window, "提出申诉");
    assert!(says(&window, "请先写几句理由"));
    assert_eq!(asked(&node), [opened("pst2")], "without words none is made");
    write(&mut window, "您的理由", "我没有骂人");
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    let words = "我没有骂人".to_owned();
    let comment = None;
    let appeal = does("pst2", PostDo::Appeal { comment, words });
    assert_eq!(asked(&node), [opened("pst2"), appeal]);
    assert!(says(&window, "您已申诉") && says(&window, "办事处会再看一次"));
}

#[test]
fn the_office_works_off_its_queue_and_turns_a_concern_into_a_case() {
    let node = office();
    let mut window = zh(&node, Screen::Board);
    choose(&mut window, "待决定（2）");
    read(&mut window, "反映：5楼那家");
    for text in ["3 户举报", "3-2-502", "泄露隐私", "写了我家门牌"] {
        assert!(says(&window, text), "{text}");
    }
    click(&mut window, "隐去");
    assert!(says(&window, "请先写理由") && asked(&node).is_empty());
    write(
        &mut window,
        "理由（大家都能看到，也会署上本办事处的名字）",
        "写了门牌",
    );
    click(&mut window, "隐去");
    let rule = Request::BoardRule {
        id: "pst90".into(),
        comment: None,
        hide: true,
        reason: "写了门牌".into(),
        seen: common::board::seen(),
    };
    assert_eq!(asked(&node), [rule]);
    assert!(says(&window, "待决定（1）") && says(&window, "发帖人可以申诉"));
    read(&mut window, "回复：又是他");
    assert!(says(&window, "我只是说事实") && says(&window, "人身攻击"));
    assert!(
        says(&window, "门口.jpg"),
        "its photo stands above the way on"
    );
    window
        .get_by_role_and_label(Role::Button, "看整个帖子")
        .scroll_to_me();
    window.run();
    click(&mut window, "看整个帖子");
    assert!(says(&window, "蓝色小熊"), "the thread around it");
    assert!(!can(&window, "举报"), "an office decides");
    choose(&mut window, "全部");
    read(&mut window, "反映：7号楼");
    assert!(says(&window, "晚上孩子放学看不见路") && says(&window, "还没有回复"));
    click(&mut window, "立案办理");
    click(&mut window, "居委会");
    assert!(says(&window, "已转给 居委会"));
}

#[test]
fn how_far_a_post_has_got_is_said_with_sign_and_words_and_by_whom_when_asked() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "求助：今晚七点");
    assert!(says(&window, "● 已到办事处") && !says(&window, "居委会 有一份"));
    click(&mut window, "送到哪里了：● 已到办事处");
    assert!(says(&window, "居委会 有一份") && says(&window, "3-1-201 有一份"));
    assert!(says(&window, "实际可能更多"));
    click(&mut window, "送到哪里了：● 已到办事处");
    assert!(!says(&window, "居委会 有一份"));
    read(&mut window, "捡到：捡到钥匙");
    let of_others = window.query_all_by_label_contains("送到哪里了").count();
    assert_eq!(of_others, 0, "of what others wrote nothing is known");
    write(&mut window, "写回复", "晚上去拿");
    let send = window.get_by_role_and_label(Role::Button, "回复");
    send.scroll_to_me();
    window.run();
    click(&mut window, "回复");
    assert!(says(&window, "◌ 只在这台电脑上"));
}

#[test]
fn what_an_office_hid_says_so_with_its_reason_and_offers_nothing() {
    let node = node();
    let mut window = zh(&node, Screen::Board);
    read(&mut window, "6-1-101");
    assert!(says(&window, "居委会 隐去了这条帖子：点了邻居的名"));
    assert!(!can(&window, "我来"));
    click(&mut window, "还没了结");
    assert!(!says(&window, "6-1-101"), "what is open is listed alone");
}

#[test]
fn gates_have_no_board_and_both_languages_do() {
    let window = zh(&gate(), Screen::Home);
    assert!(!says(&window, "互助"));
    let window = open(&node(), Lang::En, Look::Elderly, Screen::Board);
    assert!(can(&window, "New post") && says(&window, "Board"));
}

#[test]
fn earlier_replies_come_when_they_are_asked_for_and_stay_when_the_board_is_read_again() {
    let node = node();
    node.borrow_mut().posts[0].comments_left_out = 3;
    let mut window = zh(&node, Screen::Board);
    let ctx = window.ctx.clone();
    let id = "pst1".to_owned();
    let open = Intent::OpenPost { id: id.clone() };
    window.state_mut().perform(&ctx, open);
    window.run();
    assert!(asked(&node).contains(&Request::PostShow { id: id.clone() }));
    assert!(says(&window, "（5）"), "all of them are counted");
    click(&mut window, "看更早的（还有 3 条）");
    let before = node.borrow().posts[0].comments[0].id.clone();
    assert!(asked(&node).contains(&Request::PostEarlier { id, before }));
    for n in 1..=3 {
        assert!(says(&window, &format!("更早的第{n}条")));
    }
    assert!(!says(&window, "看更早的"));
    // Whatever changes on the board, what was read stays.
    let asks = window.state_mut().model.posts.len();
    window.state_mut().perform(&ctx, Intent::Go(Screen::Board));
    window.run();
    window.state_mut().drain();
    window.run();
    assert_eq!(window.state().model.posts.len(), asks);
    let open = Intent::OpenPost { id: "pst1".into() };
    window.state_mut().perform(&ctx, open);
    window.run();
    assert!(says(&window, "更早的第2条") && says(&window, "（5）"));
}

#[test]
fn a_long_board_is_read_further_back_and_by_sort() {
    let node = node();
    node.borrow_mut().shelf = 2;
    let all = node.borrow().posts.len();
    let mut window = zh(&node, Screen::Board);
    let old = node.borrow().posts[3].clone();
    let older = format!("显示更早的（还有 {} 条）", all - 2);
    assert!(says(&window, &format!("本机共 {all} 条")));
    click(&mut window, &older);
    let (of, most) = (PostsOf::All, 202);
    assert!(asked(&node).contains(&Request::PostPage { of, most }));
    assert!(!can(&window, &older));
    read(&mut window, "二手儿童学习桌");
    assert!(asked(&node).contains(&opened(&old.id)));
    click(&mut window, "还没了结");
    let (of, most) = (PostsOf::Open, 200);
    assert!(asked(&node).contains(&Request::PostPage { of, most }));
}

#[test]
fn where_something_is_taken_back_meanwhile_earlier_replies_are_read_anew() {
    let node = node();
    node.borrow_mut().posts[0].comments_left_out = 3;
    let mut window = zh(&node, Screen::Board);
    let ctx = window.ctx.clone();
    let open = |window: &mut Window| {
        let open = Intent::OpenPost { id: "pst1".into() };
        window.state_mut().perform(&ctx, open);
        window.run();
    };
    open(&mut window);
    click(&mut window, "看更早的（还有 3 条）");
    assert!(says(&window, "更早的第2条"));
    node.borrow_mut().posts[0].withheld = 7;
    open(&mut window);
    window.state_mut().drain();
    window.run();
    assert!(!says(&window, "更早的第2条") && says(&window, "看更早的（还有 3 条）"));
}

#[test]
fn a_reply_of_ones_own_is_taken_back_by_screen_after_a_question() {
    let node = node();
    node.borrow_mut().posts[0].comments[0].own = true;
    let mut window = zh(&node, Screen::Board);
    let ctx = window.ctx.clone();
    let open = Intent::OpenPost { id: "pst1".into() };
    window.state_mut().perform(&ctx, open);
    window.run();
    assert!(says(&window, "好像是我家孩子的"));
    let press = |window: &mut Window, name: &str| {
        window.get_by_label_contains(name).scroll_to_me();
        window.run();
        window.get_by_label_contains(name).click();
        window.run();
    };
    press(&mut window, "收回这条回复：5-2-302");
    assert!(says(&window, "不能恢复"));
    click(&mut window, "留着");
    assert!(!says(&window, "不能恢复") && says(&window, "好像是我家孩子的"));
    press(&mut window, "收回这条回复：5-2-302");
    click(&mut window, "收回它");
    assert!(!says(&window, "好像是我家孩子的") && says(&window, "这条已由写的人收回。"));
    assert!(!says(&window, "不能恢复"), "the question is gone");
    let comment = node.borrow().posts[0].comments[0].id.clone();
    assert!(asked(&node).contains(&does("pst1", PostDo::TakeBack { comment })));
    assert!(!can(&window, "收回这条回复：5-2-302"));
}
