//! Who of the family sits here, as a person meets it: by keyboard and by name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::window::{can, click, key, says, sized, zh};
use common::{be_gate, house, node};
use egui::{Key, Modifiers, vec2};
use linli_desktop::state::State;
use linli_view::api::{FamilyDo, Request};
use linli_view::intent::{Intent, Look, Screen};
use linli_view::words::Lang;
use std::path::Path;

#[test]
fn somebody_is_written_down_and_sits_down() {
    let node = node();
    let mut window = zh(&node, Screen::Settings);
    assert!(says(&window, "家里谁在用这台电脑？"));
    assert!(
        !can(&window, "在用的是全家，换一位"),
        "nobody was written down yet"
    );
    window.state_mut().state.person = "奶奶".into();
    window.run();
    click(&mut window, "加上");
    assert_eq!(node.borrow().family.people[0].name, "奶奶");
    assert!(window.state().state.person.is_empty());
    click(&mut window, "现在是奶奶在用");
    assert!(says(&window, "现在是奶奶在用。"));
    assert!(can(&window, "在用的是奶奶，换一位"));
    let sit = Request::Family(FamilyDo::Sit { id: Some(1) });
    assert!(node.borrow().asked.contains(&sit));
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert!(says(&window, "奶奶，您好"));
}

#[test]
fn language_and_look_go_with_the_person_and_come_back() {
    let node = node();
    house::three_generations(&node);
    let mut window = zh(&node, Screen::Home);
    click(&mut window, "在用的是全家，换一位");
    click(&mut window, "现在是小雨在用");
    assert_eq!(window.state().state.lang, Lang::ZhCn);
    click(&mut window, "换成英文（English）");
    assert_eq!(window.state().state.lang, Lang::En);
    click(&mut window, "小雨 sits here; somebody else");
    click(&mut window, "奶奶 sits here now");
    // What she never chose is as the household has it; her type is large.
    let state = &window.state().state;
    assert_eq!((state.lang, state.look), (Lang::ZhCn, Look::Elderly));
    click(&mut window, "在用的是奶奶，换一位");
    click(&mut window, "现在是小雨在用");
    assert_eq!(
        (window.state().state.lang, window.state().state.look),
        (Lang::En, Look::Light)
    );
    // A window that is opened again begins as whoever sits here had it, unless its command line says otherwise.
    let window = zh(&node, Screen::Home);
    assert_eq!(window.state().state.lang, Lang::En);
}

#[test]
fn nobody_inherits_what_another_chose_and_the_household_gets_its_own_back() {
    let node = node();
    house::three_generations(&node);
    let mut window = zh(&node, Screen::Home);
    click(&mut window, "在用的是全家，换一位");
    click(&mut window, "现在是奶奶在用");
    assert_eq!(window.state().state.look, Look::Elderly);
    click(&mut window, "在用的是奶奶，换一位");
    click(&mut window, "现在是妈妈在用");
    assert_eq!(window.state().state.look, Look::Light);
    click(&mut window, "换成英文（English）");
    let mother = node.borrow().family.people[1].clone();
    assert_eq!(
        (mother.lang.as_deref(), mother.look),
        (Some("en"), None),
        "she chose a language and no look"
    );
    click(&mut window, "妈妈 sits here; somebody else");
    let whole = FamilyDo::Sit { id: None };
    let ctx = window.ctx.clone();
    window.state_mut().perform(&ctx, Intent::Family(whole));
    window.run();
    let state = &window.state().state;
    assert_eq!((state.lang, state.look), (Lang::ZhCn, Look::Light));
}

#[test]
fn what_the_command_line_asked_for_stands_until_somebody_sits_down() {
    let node = node();
    house::three_generations(&node);
    {
        let family = &mut node.borrow_mut().family;
        family.now = Some(3);
        family.people[2].lang = Some("en".into());
    }
    let mut state = State::new(Lang::ZhCn, Look::Light, Screen::Home);
    state.given = (true, true);
    let nowhere = Path::new("/nonexistent/pictures");
    let mut window = sized(&node, state, nowhere, vec2(1180.0, 720.0), 1.0);
    assert_eq!(window.state().state.lang, Lang::ZhCn);
    click(&mut window, "在用的是小雨，换一位");
    click(&mut window, "现在是妈妈在用");
    click(&mut window, "在用的是妈妈，换一位");
    click(&mut window, "现在是小雨在用");
    assert_eq!(window.state().state.lang, Lang::En);
}

#[test]
fn a_gate_is_nobodys_family() {
    let node = node();
    be_gate(&node);
    house::three_generations(&node);
    let window = zh(&node, Screen::Notices);
    assert!(!says(&window, "在用"));
    assert!(
        !node
            .borrow()
            .asked
            .contains(&Request::Family(FamilyDo::Show))
    );
}
