//! Inviting as a clerk and a household meet it: by keyboard and by name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::invite::{LINE, NUMBERS, agrees_there, knocks};
use common::office::office;
use common::window::{Window, asked, can, click, open, press, says, sized, type_text, zh};
use common::{Shared, gate, house, node};
use egui::{Key, OutputCommand, vec2};
use egui_kittest::kittest::NodeT as _;
use linli_desktop::state::State;
use linli_view::api::{Fault, FaultCode, Request, Topic};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::invite::{InviteDo, Whom};
use linli_view::start::{Begin, FoundStage};
use linli_view::words::Lang;

/// Goes on with Tab until what is called so has the focus.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..80 {
        press(window, Key::Tab);
        let mut all = window.root().children_recursive();
        let here = all.find(|node| node.accesskit_node().is_focused());
        if here.is_some_and(|node| node.accesskit_node().label().as_deref() == Some(name)) {
            return;
        }
    }
    panic!("Tab does not come to {name}");
}

fn act(window: &mut Window, act: InviteDo) {
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::Invite(act));
    window.run();
}

fn open_for(window: &mut Window, unit: &str) {
    window.state_mut().state.inviting.unit = unit.into();
    act(window, InviteDo::Open);
}

#[test]
fn a_clerk_invites_a_household_by_keyboard_and_lets_it_in() {
    let node = office();
    let mut window = zh(&node, Screen::Home);
    tab_to(&mut window, "邀请……");
    press(&mut window, Key::Space);
    assert_eq!(window.state().state.screen, Screen::Invite);
    tab_to(&mut window, "门牌");
    press(&mut window, Key::Enter);
    assert!(says(&window, "还没有写门牌"), "an empty form says so");
    tab_to(&mut window, "门牌");
    type_text(&mut window, "3-2-501");
    press(&mut window, Key::Enter);
    let opening = Request::InviteOpen {
        unit: Some("3-2-501".into()),
        role: "household".into(),
        ttl_s: 600,
    };
    assert!(asked(&node).contains(&opening));
    assert!(says(&window, LINE) && says(&window, "3-2-501 户"));
    assert!(says(&window, "14:42"), "until when it holds");
    knocks(&node, "客厅");
    window.run();
    assert!(says(&window, "“客厅”要加入"));
    assert!(!says(&window, LINE), "the line is used up");
    // The cursor is in the field already.
    type_text(&mut window, "1 2 3 4 5 6 7");
    press(&mut window, Key::Enter);
    assert!(says(&window, "不一样，没有让谁加入"));
    assert!(says(&window, "还可以打错 2 次"));
    window.state_mut().state.inviting.typed.clear();
    window.run();
    tab_to(&mut window, "对方屏幕上是什么");
    type_text(&mut window, NUMBERS);
    press(&mut window, Key::Enter);
    assert!(says(&window, "您这边对上了"));
    agrees_there(&node);
    window.run();
    assert!(says(&window, "“客厅”已加入：3-2-501 户"));
    assert!(!can(&window, "关闭邀请：3-2-501 户"));
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state.screen, Screen::Home);
}

#[test]
fn the_pictures_differ_and_the_invitation_is_closed_at_once() {
    for (lang, differs, closed) in [
        (Lang::ZhCn, "对不上，关闭邀请", "邀请关闭了"),
        (
            Lang::En,
            "They differ: close the invitation",
            "The invitation is closed",
        ),
    ] {
        let node = office();
        let mut window = open(&node, lang, Look::Elderly, Screen::Invite);
        open_for(&mut window, "3-2-501");
        knocks(&node, "PC");
        window.run();
        tab_to(&mut window, differs);
        press(&mut window, Key::Space);
        assert!(node.borrow().invites.invites.is_empty());
        assert!(says(&window, closed));
        let confirmed = |r: &Request| matches!(r, Request::InviteConfirm { .. });
        assert!(!asked(&node).iter().any(confirmed));
    }
}

#[test]
fn after_three_wrong_lines_it_is_over_and_the_page_says_so() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    open_for(&mut window, "3-2-501");
    knocks(&node, "客厅");
    window.run();
    for _ in 0..3 {
        window.state_mut().state.inviting.typed = "7 6 5 4 3 2 1".into();
        act(&mut window, InviteDo::Same("i:000001".into()));
    }
    assert!(says(&window, "这份邀请已经关闭或到时了"));
    assert!(!says(&window, "客厅"));
    // Another one is opened in its place.
    open_for(&mut window, "3-2-501");
    assert!(says(&window, LINE) && !says(&window, "这份邀请已经关闭或到时了"));
}

#[test]
fn its_time_ends_and_the_page_says_so_without_a_word_of_the_node() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    open_for(&mut window, "3-2-501");
    assert!(says(&window, LINE));
    node.borrow_mut().later_ms += 601_000;
    window.run();
    assert!(!says(&window, LINE));
    assert!(says(&window, "这份邀请已经关闭或到时了"));
}

#[test]
fn the_line_is_copied_and_saved_as_a_file_for_this_account_alone() {
    let dir = tempfile::tempdir().unwrap();
    let node = office();
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Invite);
    let mut window = sized(&node, state, dir.path(), vec2(1180.0, 720.0), 1.0);
    open_for(&mut window, "3-2-501");
    let line = LINE.repeat(8);
    let ctx = window.ctx.clone();
    let copy = Intent::Invite(InviteDo::Copy("i:000001".into()));
    window.state_mut().perform(&ctx, copy);
    let commands = ctx.output(|output| output.commands.clone());
    assert!(commands.contains(&OutputCommand::CopyText(line.clone())));
    click(&mut window, "存成文件");
    let file = dir.path().join("邻里邀请.txt");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.lines().any(|one| one == line), "{text}");
    assert!(says(&window, "邻里邀请.txt"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
    // Elsewhere is chosen on the page of folders.
    click(&mut window, "换个地方存……");
    assert!(window.state().state.browse.is_some());
}

#[test]
fn a_slip_is_closed_and_an_unknown_unit_is_said_before_it_is_given_away() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    open_for(&mut window, "9-9-999");
    assert!(says(&window, "花名册里没有这个门牌"));
    tab_to(&mut window, "关闭邀请：9-9-999 户");
    press(&mut window, Key::Space);
    assert!(node.borrow().invites.invites.is_empty());
    assert!(says(&window, "邀请关闭了，谁也不能再用它"));
    open_for(&mut window, "会所");
    assert!(says(&window, "门牌看不懂"));
    assert_eq!(
        window.state().state.inviting.unit,
        "会所",
        "nothing is lost"
    );
}

#[test]
fn units_of_the_register_are_offered_below_the_field() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    tab_to(&mut window, "门牌");
    type_text(&mut window, "501");
    let offered = "选 3-2-501";
    let mut names = common::window::controls(&window).into_iter();
    let found = names.find(|(_, name, _)| name.starts_with(offered));
    let (_, name, _) = found.expect("a unit of the register");
    tab_to(&mut window, &name);
    press(&mut window, Key::Space);
    assert_eq!(window.state().state.inviting.unit, "3-2-501");
}

#[test]
fn who_knocks_is_said_on_every_page_and_esc_leads_back_to_where_one_was() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    open_for(&mut window, "3-2-501");
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::Go(Screen::Board));
    knocks(&node, "客厅");
    window.run();
    assert!(says(&window, "“客厅”要加入（3-2-501 户）"));
    click(&mut window, "去核对");
    assert_eq!(window.state().state.screen, Screen::Invite);
    assert!(can(&window, "对上了，让它加入"));
    assert!(!can(&window, "去核对"));
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state.screen, Screen::Board);
}

#[test]
fn another_knock_does_not_take_the_place_of_the_pictures_on_screen() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    open_for(&mut window, "3-2-501");
    knocks(&node, "客厅");
    window.run();
    act(&mut window, InviteDo::Show(Some("i:000001".into())));
    window.state_mut().state.inviting.typed = "1 52 17".into();
    let second = Request::InviteOpen {
        unit: Some("3-2-502".into()),
        role: "household".into(),
        ttl_s: 600,
    };
    // Another program of this computer opens one, and its joiner comes.
    let mut line = common::line(&node);
    line.send(second);
    drop(line.poll());
    knocks(&node, "书房");
    window.run();
    assert!(says(&window, "“客厅”要加入") && says(&window, "“书房”等您核对图案"));
    assert_eq!(window.state().state.inviting.typed, "1 52 17");
    click(&mut window, "查看邀请：3-2-502 户");
    assert!(says(&window, "“书房”要加入"));
    assert!(window.state().state.inviting.typed.is_empty());
}

#[test]
fn an_office_and_a_gate_are_invited_with_what_they_are() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    click_choice(&mut window, "办公室");
    tab_to(&mut window, "办公室的名称");
    type_text(&mut window, "物业服务中心");
    click_choice(&mut window, "有效 1 小时");
    click(&mut window, "开邀请");
    act(&mut window, InviteDo::Whom(Whom::Gate));
    act(&mut window, InviteDo::Gate(1));
    click(&mut window, "开邀请");
    let roles: Vec<(String, u64)> = asked(&node)
        .into_iter()
        .filter_map(|request| match request {
            Request::InviteOpen { role, ttl_s, .. } => Some((role, ttl_s)),
            _ => None,
        })
        .collect();
    let wanted = [("office:物业服务中心", 3_600), ("gate:1", 3_600)];
    assert_eq!(roles, wanted.map(|(role, s)| (role.to_owned(), s)));
}

/// Presses one of a choice.
fn click_choice(window: &mut Window, name: &str) {
    tab_to(window, name);
    press(window, Key::Space);
}

#[test]
fn a_household_adds_a_computer_of_its_own_from_the_settings() {
    let node = node();
    let mut window = zh(&node, Screen::Settings);
    click(&mut window, "添一台电脑……");
    click(&mut window, "开邀请");
    let own = Request::InviteOpen {
        unit: None,
        role: "sibling".into(),
        ttl_s: 600,
    };
    assert!(asked(&node).contains(&own));
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state.screen, Screen::Settings);
}

#[test]
fn nothing_is_opened_twice_while_the_node_is_at_work() {
    let node = office();
    let mut window = zh(&node, Screen::Invite);
    node.borrow_mut().silent = true;
    open_for(&mut window, "3-2-501");
    act(&mut window, InviteDo::Open);
    node.borrow_mut().silent = false;
    window.run();
    assert_eq!(node.borrow().invites.invites.len(), 1);
}

#[test]
fn a_gate_has_no_way_there_and_says_who_may() {
    let node = gate();
    let mut window = zh(&node, Screen::Home);
    assert!(!can(&window, "邀请……"));
    node.borrow_mut().changed(&[Topic::Invites]);
    window.run();
    let invites = |r: &Request| *r == Request::Invites;
    assert!(!node.borrow().asked.iter().any(invites));
    let window = zh(&node, Screen::Invite);
    assert!(!can(&window, "开邀请"));
}

/// Founding as far as its last step, which the node has done when this returns.
fn founded(node: &Shared) -> Window {
    node.borrow_mut().closed = Some(Fault::of(FaultCode::NoHome));
    let mut window = zh(node, Screen::Home);
    let paper = house::paper();
    let founding = &mut window.state_mut().state.founding;
    (founding.name, founding.office) = ("朝阳花园".into(), "居委会".into());
    let words: Vec<&str> = paper.words.0.split_whitespace().collect();
    for (field, at) in founding.typed.iter_mut().zip(paper.ask) {
        field.0 = words[usize::from(at) - 1].to_owned();
    }
    founding.stage = FoundStage::Sheet(paper);
    window.state_mut().state.begin = Some(Begin::Found);
    node.borrow_mut().closed = None;
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::TryFound);
    window.run();
    window
}

#[test]
fn right_after_founding_one_is_offered_to_invite_or_to_leave_it_for_later() {
    let node = office();
    node.borrow_mut().report.peers.clear();
    let mut window = founded(&node);
    assert_eq!(window.state().state.screen, Screen::Invite);
    assert!(says(&window, "社区建好了。现在可以请第一户"));
    click(&mut window, "以后再说");
    assert_eq!(window.state().state.screen, Screen::Home);
    // It stands on the first page until somebody else is in.
    assert!(says(&window, "小区里还只有这台电脑"));
    click(&mut window, "邀请……");
    assert!(!says(&window, "现在可以请第一户"), "said once");
}
