//! The first run in a window with nodes of its own: an invitation, a name, seven pictures, by the keyboard alone and
//! without any network but this computer's; and what goes wrong on the way is said, with a way on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::Request;
use linli_view::intent::Look;
use linli_view::start::JoinStage;
use linli_view::words::Lang;
use real::{Node, Window, ask, found, options};

/// Presses Enter after what was typed into the field that has the cursor.
fn enter(window: &mut Window, presses: &mut u32) {
    *presses += 1;
    window.key(Modifiers::NONE, Key::Enter);
}

fn invite(office: &linli_node::home::HomeOptions) -> String {
    let open = Request::InviteOpen {
        unit: Some("3-2-501".into()),
        role: "household".into(),
        ttl_s: 600,
    };
    ask(office, open)["invite"].as_str().unwrap().to_owned()
}

#[test]
fn a_household_joins_by_keyboard_alone_with_three_keys_beside_what_it_types() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let _office = Node::start(&office, Vec::new());
    let invite = invite(&office);
    let mut window = Window::open(&home, Lang::En, Look::Light);
    let mut presses = 0;
    window.until("Join your community");
    assert!(window.says("120"), "numbers that help stand there at once");
    // The cursor is in the field already.
    window.harness.run_ok();
    window.text(&invite);
    window.key(Modifiers::NONE, Key::Tab);
    presses += 1;
    window.text("living room");
    enter(&mut window, &mut presses);
    window.until("Compare seven pictures");
    let JoinStage::Pictures(pictures) = window.harness.state().state.joining.stage.clone() else {
        panic!("no pictures");
    };
    assert_eq!(pictures.emoji.len(), 7);
    assert!(window.says("The invitation is for 3-2-501."));
    // Misheard once: nothing happens but a sentence.
    let mut wrong: Vec<String> = pictures.numbers.iter().map(u32::to_string).collect();
    wrong.rotate_left(1);
    if wrong[0] != pictures.numbers[0].to_string() {
        window.harness.run_ok();
        window.text(&wrong.join(" "));
        window.key(Modifiers::NONE, Key::Enter);
        window.until("They are not the same");
        window.harness.state_mut().state.joining.typed.clear();
    }
    let typed: Vec<String> = pictures.numbers.iter().map(u32::to_string).collect();
    window.harness.run_ok();
    window.text(&typed.join(" "));
    enter(&mut window, &mut presses);
    window.until("Waiting for the other side");
    let typed = pictures.emoji.join(" ");
    ask(&office, Request::SasConfirm { typed });
    window.until("You are in.");
    window.until("3-2-501");
    assert!(presses <= 3, "{presses} keys");
}

#[test]
fn what_is_no_invitation_is_said_and_the_form_stays_as_it_was() {
    for (lang, missing, wrong) in [
        (
            Lang::En,
            "The invitation is missing",
            "This is no invitation",
        ),
        (Lang::ZhCn, "还没有邀请", "这不是邀请"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let home = options(dir.path(), "home");
        let mut window = Window::open(&home, lang, Look::Elderly);
        window.until("120");
        window.harness.run_ok();
        window.key(Modifiers::NONE, Key::Enter);
        window.until(missing);
        window.text("hello");
        window.key(Modifiers::NONE, Key::Tab);
        window.text("PC");
        window.key(Modifiers::NONE, Key::Enter);
        window.until(wrong);
        let joining = &window.harness.state().state.joining;
        assert_eq!(
            (joining.invite.as_str(), joining.name.as_str()),
            ("hello", "PC")
        );
        assert!(!home.dir.join("home.id").exists(), "no home is left behind");
    }
}
