//! The rarer fields of a pass, cancelling all, plates of residents and passes used too often, by the keyboard alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::office::office;
use common::passes::incident;
use common::window::{Window, asked, can, click, key, press, says, sized, type_text, zh};
use common::{NOW_MS, Shared, node};
use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use linli_desktop::state::State;
use linli_view::api::{PassRequest, Passphrase, Request, Topic};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;

/// Goes on with Tab until the control of this name has the focus.
#[track_caller]
fn tab_to(window: &mut Window, role: Role, name: &str) {
    for _ in 0..120 {
        let there = window.query_by_role_and_label(role, name);
        if there.is_some_and(|node| node.accesskit_node().is_focused()) {
            return;
        }
        press(window, Key::Tab);
    }
    panic!("Tab never came to {name}");
}

/// Comes there by Tab and presses it.
#[track_caller]
fn do_press(window: &mut Window, name: &str) {
    tab_to(window, Role::Button, name);
    press(window, Key::Space);
}

/// Comes there by Tab and writes over what stands there.
#[track_caller]
fn write(window: &mut Window, name: &str, text: &str) {
    tab_to(window, Role::TextInput, name);
    key(window, Modifiers::COMMAND, Key::A);
    type_text(window, text);
}

fn issued(node: &Shared) -> PassRequest {
    let asked = asked(node);
    let mut issued = asked.into_iter().filter_map(|request| match request {
        Request::PassIssue(pass) => Some(pass),
        _ => None,
    });
    let pass = issued.next().expect("a pass was made");
    assert_eq!(issued.next(), None, "one pass");
    pass
}

#[test]
fn a_helper_who_comes_every_week_with_a_pin_is_invited_by_the_keyboard_alone() {
    let node = node();
    let mut window = zh(&node, Screen::Home);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, "王阿姨");
    assert!(
        !can(&window, "每周哪几天 · 周一"),
        "the plain form stays plain"
    );
    do_press(&mut window, "更多：每周、多天、团体、口令");
    for day in ["周一", "周三", "周五"] {
        do_press(&mut window, &format!("每周哪几天 · {day}"));
    }
    write(&mut window, "从", "9:00");
    write(&mut window, "到", "11:00");
    assert!(says(
        &window,
        "周一 周三 周五 09:00–11:00 · 11月23日 周一 至 12月18日 周五"
    ));
    do_press(&mut window, "再加一段时间");
    do_press(&mut window, "第 2 段 · 每周哪几天 · 周六");
    write(&mut window, "第 2 段 · 从", "14");
    write(&mut window, "第 2 段 · 到", "13点");
    write(&mut window, "最后一天", "2026-12-31");
    do_press(&mut window, "口令 · 由电脑定");
    write(&mut window, "第 2 段 · 到", "18点");
    press(&mut window, Key::Enter);
    let pass = issued(&node);
    assert_eq!(
        pass.windows,
        [(0b001_0101, 540, 660), (0b010_0000, 840, 1080)]
    );
    assert_eq!(
        (pass.entries, &pass.pin),
        (0, &Some(Passphrase(String::new())))
    );

    // The PIN, once.
    assert!(says(&window, "482735") && says(&window, "离开这一页就看不到了"));
    assert!(says(&window, "门岗会问口令"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "482735"));
    click(&mut window, "出示给王阿姨的码");
    assert!(says(&window, "门岗会问口令") && !says(&window, "482735"));
    let kept = format!("{:?}{:?}", node.borrow().asked, window.state().state);
    assert!(
        !kept.contains("482735"),
        "nowhere in what was asked or is remembered"
    );
}

#[test]
fn a_pin_of_ones_own_is_checked_beside_its_field_and_forgotten_with_the_page() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    click(&mut window, "＋ 邀请访客");
    type_text(&mut window, "李然");
    do_press(&mut window, "更多：每周、多天、团体、口令");
    do_press(&mut window, "口令 · 自己定");
    write(&mut window, "口令数字", "12");
    press(&mut window, Key::Enter);
    assert!(says(&window, "口令要 4 位或 6 位数字"));
    assert_eq!(asked(&node), []);
    write(&mut window, "口令数字", "4827");
    // Whoever goes elsewhere meanwhile finds the form again, but not the PIN.
    key(&mut window, Modifiers::ALT, Key::Num1);
    assert_eq!(window.state().state.pin.0.as_str(), "");
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(can(&window, "口令 · 自己定"));
    write(&mut window, "口令数字", "4827");
    press(&mut window, Key::Enter);
    assert_eq!(issued(&node).pin, Some(Passphrase("4827".into())));
    assert!(says(&window, "4827") && says(&window, "口令（只显示这一次）"));
    key(&mut window, Modifiers::ALT, Key::Num1);
    key(&mut window, Modifiers::ALT, Key::Num3);
    assert!(!says(&window, "口令（只显示这一次）"));
}

#[test]
fn a_wedding_of_fifty_over_two_days_is_one_picture() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    click(&mut window, "＋ 邀请访客");
    type_text(&mut window, "喜宴");
    do_press(&mut window, "更多：每周、多天、团体、口令");
    write(&mut window, "一张码给几个人用", "500");
    assert!(says(&window, "请写 1 到 255 的数字"));
    write(&mut window, "一张码给几个人用", "50");
    write(&mut window, "最后一天", "11-23");
    assert!(says(&window, "一张图给 50 人用") && says(&window, "今天 14:30 至 明天 22:00"));
    press(&mut window, Key::Enter);
    let pass = issued(&node);
    assert_eq!((pass.entries, pass.gates.as_slice()), (50, [1].as_slice()));
    assert_eq!(pass.until_s - NOW_MS / 1000, (31 * 60 + 28) * 60);
}

#[test]
fn an_office_says_for_whom_and_hears_that_the_register_does_not_know_the_unit() {
    let node = office();
    let mut window = zh(&node, Screen::Visitors);
    click(&mut window, "＋ 邀请访客");
    type_text(&mut window, "电梯维保");
    write(&mut window, "去哪一户", "9-9-999");
    press(&mut window, Key::Enter);
    assert_eq!(issued(&node).host.as_deref(), Some("9-9-999"));
    assert!(says(&window, "登记里没有这个房号") && says(&window, "去 9-9-999"));
}

#[test]
fn all_passes_are_cancelled_after_a_question_that_says_what_it_does() {
    let node = node();
    let mut window = zh(&node, Screen::Visitors);
    do_press(&mut window, "全部取消…");
    assert!(says(&window, "家里别的机器发的也一起取消"));
    assert!(!says(&window, "住户车牌"), "a household issues no plates");
    // Escape is no.
    press(&mut window, Key::Escape);
    assert!(!says(&window, "家里别的机器发的也一起取消"));
    do_press(&mut window, "全部取消…");
    do_press(&mut window, "都留着");
    assert_eq!(asked(&node), []);
    do_press(&mut window, "全部取消…");
    do_press(&mut window, "全部取消");
    assert_eq!(asked(&node), [Request::PassCancelAll]);
    assert!(says(&window, "到现在为止发的通行码全部取消了"));
    assert!(!can(&window, "全部取消…"), "nothing is left to cancel");
    assert!(says(&window, "已取消"));
}

#[test]
fn an_office_looks_what_the_register_would_change_and_writes_it_by_the_keyboard() {
    let node = office();
    let mut window = zh(&node, Screen::Visitors);
    assert!(!can(&window, "照此写入"));
    do_press(&mut window, "看要改什么");
    assert!(says(
        &window,
        "还没写入：要发 1 个，续 0 个，收回 1 个，不变 11 个。"
    ));
    assert!(says(&window, "京AD12345  3-2-501") && says(&window, "拖拉机  1-1-101"));
    do_press(&mut window, "照此写入");
    assert_eq!(
        asked(&node),
        [
            Request::Residents { apply: false },
            Request::Residents { apply: true }
        ]
    );
    assert!(says(&window, "住户车牌已写入") && !can(&window, "照此写入"));
    do_press(&mut window, "看要改什么");
    assert!(says(&window, "和登记一致，不用改（12 个）"));
    do_press(&mut window, "全部取消…");
    assert!(says(&window, "按登记发的住户车牌也一起收回"));
}

#[test]
fn a_pass_used_too_often_is_said_on_the_page_on_the_pass_and_to_the_office() {
    let node = node();
    let (id, label) = {
        let pass = &node.borrow().passes[0];
        (pass.id.clone(), pass.label.clone())
    };
    let mut window = zh(&node, Screen::Visitors);
    assert!(!says(&window, "用超次数"));
    {
        let mut node = node.borrow_mut();
        node.passes[0].mark = "k3v9x2qa".into();
        node.incidents = vec![incident("k3v9x2qa")];
        node.changed(&[Topic::Passes]);
    }
    window.run();
    assert!(says(&window, "用超次数的码（1）") && says(&window, "这张码可能被转发了"));
    assert!(says(
        &window,
        "今天 14:17 西门 郑* 2-3-502：第 2 次，只准 1 次（值班员放行）"
    ));
    do_press(&mut window, &format!("打开用超次数的码：{label}"));
    assert_eq!(asked(&node), [Request::PassImage { id }]);
    assert!(says(&window, "重新发一张，加上口令"));

    let office = office();
    office.borrow_mut().incidents = vec![incident("k3v9x2qa")];
    let window = zh(&office, Screen::Visitors);
    assert!(says(&window, "请他们取消那张码") && says(&window, "郑* 2-3-502"));
}

#[test]
fn a_card_to_print_is_saved_in_both_sizes_and_says_where() {
    let node = node();
    let dir = tempfile::tempdir().unwrap();
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Visitors);
    let mut window = sized(&node, state, dir.path(), vec2(1180.0, 720.0), 1.0);
    click(&mut window, "出示给李然的码");
    for (word, n) in [("打印卡片（A7）", 1), ("打印成 A4", 2)] {
        click(&mut window, word);
        assert!(says(&window, "卡片已保存，打开就能打印"), "{word}");
        let files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().collect();
        assert_eq!(files.len(), n);
        for file in files {
            let file = file.unwrap().path();
            assert_eq!(file.extension().unwrap(), "pdf");
            assert!(std::fs::read(file).unwrap().starts_with(b"%PDF-"));
        }
    }
}
