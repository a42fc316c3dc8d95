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
use linli_node::home::HomeOptions;
use linli_view::intent::{Intent, Look};
use linli_view::start::{Begin, FoundDraft, FoundStage, JoinStage};
use linli_view::words::Lang;
use real::{Node, Window, ask, found, options};

/// Presses Enter after what was typed into the field that has the cursor.
fn enter(window: &mut Window, presses: &mut u32) {
    *presses += 1;
    window.key(Modifiers::NONE, Key::Enter);
}

fn invite(office: &HomeOptions, unit: Option<&str>, role: &str) -> String {
    let open = Request::InviteOpen {
        unit: unit.map(str::to_owned),
        role: role.into(),
        ttl_s: 600,
    };
    ask(office, open)["invite"].as_str().unwrap().to_owned()
}

#[test]
fn a_household_joins_by_keyboard_alone_with_four_keys_beside_what_it_types() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let _office = Node::start(&office, Vec::new());
    let invite = invite(&office, Some("3-2-501"), "household");
    let mut window = Window::open(&home, Lang::En, Look::Light);
    let mut presses = 0;
    window.until("You are?");
    assert!(window.says("120"), "numbers that help stand there at once");
    // A household is the first answer, and has the focus.
    window.harness.run_ok();
    enter(&mut window, &mut presses);
    window.until("Join your community");
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
    // Whoever finds the way to "try again" meanwhile loses nothing.
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().perform(&ctx, Intent::Retry);
    let typed = pictures.emoji.join(" ");
    ask(&office, Request::SasConfirm { typed });
    window.until("You are in.");
    window.until("3-2-501");
    assert!(presses <= 4, "{presses} keys");
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
        window.until("LLI1");
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

/// Types into the fields one after the other, with Tab between them, and Enter behind the last.
fn fill(window: &mut Window, fields: &[&str]) {
    window.harness.run_ok();
    for (at, text) in fields.iter().enumerate() {
        if at > 0 {
            window.key(Modifiers::NONE, Key::Tab);
        }
        window.text(text);
    }
    window.key(Modifiers::NONE, Key::Enter);
}

/// Takes the answer to "You are?".
fn begin(window: &mut Window, who: Begin) {
    window.until("You are?");
    let at = Begin::ALL.iter().position(|begin| *begin == who).unwrap();
    window.harness.run_ok();
    for _ in 0..at {
        window.key(Modifiers::NONE, Key::Tab);
    }
    window.key(Modifiers::NONE, Key::Enter);
}

fn sheet(window: &Window) -> (Vec<String>, [u8; 2]) {
    let FoundStage::Sheet(paper) = window.harness.state().state.founding.stage.clone() else {
        panic!("no sheet");
    };
    let words = paper.words.0.split_whitespace().map(str::to_owned);
    (words.collect(), paper.ask)
}

#[test]
fn a_community_is_founded_by_keyboard_once_the_sheet_is_on_paper_and_opens_with_its_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let home = options(dir.path(), "home");
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Found);
    window.until("Found a new community");
    let gates = "east gate, west gate";
    let form = [
        "Sunrise",
        "Committee",
        gates,
        "",
        "open sesame",
        "open sesam",
    ];
    fill(&mut window, &form);
    window.until("The two passphrases differ");
    assert!(!home.dir.join("home.id").exists());
    window.text("e");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("First copy these 24 words");
    let (words, ask) = sheet(&window);
    assert_eq!(words.len(), 24);
    for (at, word) in words.iter().enumerate() {
        assert!(window.says(&format!("{}  {word}", at + 1)));
    }
    assert!(
        !home.dir.join("home.id").exists(),
        "nothing is founded while the sheet is not on paper"
    );
    fill(&mut window, &["zebra", "zebra"]);
    window.until("That is not what the sheet says");
    assert!(!home.dir.join("home.id").exists());
    let [one, two] = ask.map(|at| words[usize::from(at) - 1].clone());
    for typed in &mut window.harness.state_mut().state.founding.typed {
        typed.0.clear();
    }
    window.key(Modifiers::SHIFT, Key::Tab);
    fill(&mut window, &[&one, &two]);
    window.until("The community stands");
    window.until("Sunrise");
    let state = &window.harness.state().state;
    assert!(state.opens_with.0.is_empty() && state.opens_again.0.is_empty());
    assert!(state.founding == FoundDraft::default());
    drop(window);
    // From now on only the passphrase opens it, and what was founded is what was typed.
    let mut window = Window::open(&home, Lang::En, Look::Light);
    window.until("This home is locked");
    drop(window);
    let opened = HomeOptions {
        passphrase: Some("open sesame".into()),
        ..home
    };
    let shown = ask_home(&opened);
    assert_eq!(shown["community"]["name"], "Sunrise");
    assert_eq!(shown["community"]["gates"][1]["name"], "west gate");
    assert_eq!(shown["me"]["office"], "Committee");
}

fn ask_home(home: &HomeOptions) -> serde_json::Value {
    ask(home, Request::CommunityShow)
}

/// Begins to join as a household, up to the pictures.
fn to_the_pictures(window: &mut Window, invite: &str) -> Vec<String> {
    fill(window, &[invite, "PC"]);
    window.until("Compare seven pictures");
    let JoinStage::Pictures(pictures) = window.harness.state().state.joining.stage.clone() else {
        panic!("no pictures");
    };
    pictures.emoji
}

#[test]
fn a_household_joins_under_a_passphrase_which_opens_the_home_from_then_on_also_after_a_power_cut() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let _office = Node::start(&office, Vec::new());
    let invite = invite(&office, Some("3-2-501"), "household");
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Household);
    window.until("Join your community");
    fill(&mut window, &[&invite, "PC", "open sesame", "open sesam"]);
    window.until("The two passphrases differ");
    assert!(!home.dir.join("home.id").exists());
    window.text("e");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("Compare seven pictures");
    // The power goes: what was begun is locked, and goes on where it was.
    drop(window);
    let mut window = Window::open(&home, Lang::En, Look::Light);
    window.until("This home is locked");
    window.harness.run_ok();
    window.text("open sesame");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("Show the pictures again");
    window.click("Show the pictures again");
    window.until("Compare seven pictures");
    let JoinStage::Pictures(pictures) = window.harness.state().state.joining.stage.clone() else {
        panic!("no pictures");
    };
    let typed = pictures.emoji.join(" ");
    let confirm = Request::SasConfirm {
        typed: typed.clone(),
    };
    ask(&office, confirm);
    fill(&mut window, &[&typed]);
    window.until("You are in.");
    let state = &window.harness.state().state;
    assert!(state.opens_with.0.is_empty() && state.opens_again.0.is_empty());
    assert!(!window.says("have no passphrase"), "it is protected");
    drop(window);
    let mut window = Window::open(&home, Lang::En, Look::Light);
    window.until("This home is locked");
    drop(window);
    let opened = HomeOptions {
        passphrase: Some("open sesame".into()),
        ..home
    };
    assert_eq!(ask_home(&opened)["me"]["unit"], "3-2-501");
}

#[test]
fn a_joining_that_led_nowhere_begins_again_with_a_new_invitation() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let _office = Node::start(&office, Vec::new());
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Household);
    window.until("Join your community");
    to_the_pictures(&mut window, &invite(&office, Some("3-2-501"), "household"));
    // They differ.
    window.click("They differ: start again");
    window.until("You are?");
    window.settle();
    assert!(!home.dir.join("home.id").exists());
    begin(&mut window, Begin::Household);
    window.until("Join your community");
    window.harness.state_mut().state.joining.name.clear();
    to_the_pictures(&mut window, &invite(&office, Some("3-2-501"), "household"));
    // The power goes, and the invitation is of no use any more: a new one is enough.
    drop(window);
    let mut window = Window::open(&home, Lang::En, Look::Light);
    window.until("Show the pictures again");
    assert!(window.says("Start again"));
    let emoji = to_the_pictures(&mut window, &invite(&office, Some("3-2-501"), "household"));
    let typed = emoji.join(" ");
    let confirm = Request::SasConfirm {
        typed: typed.clone(),
    };
    ask(&office, confirm);
    fill(&mut window, &[&typed]);
    window.until("You are in.");
}

#[test]
fn a_sheet_on_paper_outlives_a_try_that_founded_nothing_and_none_is_drawn_where_no_home_fits() {
    let dir = tempfile::tempdir().unwrap();
    let home = options(dir.path(), "home");
    // A home that lost its id: nobody may clear it away.
    let theirs = home.dir.join("store.redb");
    std::fs::create_dir_all(&home.dir).unwrap();
    std::fs::write(&theirs, "of another home").unwrap();
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Found);
    window.until("Found a new community");
    let founding = &mut window.harness.state_mut().state.founding;
    (founding.name, founding.office) = ("Sunrise".into(), "Committee".into());
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("Here is a home already");
    assert!(window.harness.state().state.founding.stage == FoundStage::Form);
    std::fs::remove_file(&theirs).unwrap();
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("First copy these 24 words");
    let (words, ask) = sheet(&window);
    let two = ask.map(|at| words[usize::from(at) - 1].clone());
    let typed = &mut window.harness.state_mut().state.founding.typed;
    for (field, word) in typed.iter_mut().zip(two) {
        field.0 = word;
    }
    std::fs::write(&theirs, "of another home").unwrap();
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("Here is a home already");
    assert_eq!(sheet(&window).0, words, "the paper still holds");
    std::fs::remove_file(&theirs).unwrap();
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("The community stands");
}

#[test]
fn what_opens_the_home_is_forgotten_with_the_form() {
    let dir = tempfile::tempdir().unwrap();
    let home = options(dir.path(), "home");
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Found);
    window.until("Found a new community");
    *window.harness.state_mut().state.opens_with.0 = "open sesame".into();
    *window.harness.state_mut().state.opens_again.0 = "open sesame".into();
    let ctx = window.harness.ctx.clone();
    window
        .harness
        .state_mut()
        .perform(&ctx, Intent::Begin(None));
    let state = &window.harness.state().state;
    assert!(state.opens_with.0.is_empty() && state.opens_again.0.is_empty());
}

#[test]
fn a_sheet_that_is_left_is_void_and_leaves_no_home_behind() {
    let dir = tempfile::tempdir().unwrap();
    let home = options(dir.path(), "home");
    let mut window = Window::open(&home, Lang::ZhCn, Look::Elderly);
    window.until("您是？");
    window.harness.state_mut().state.begin = Some(Begin::Found);
    window.until("建一个新社区");
    let founding = &mut window.harness.state_mut().state.founding;
    (founding.name, founding.office) = ("朝阳花园".into(), "居委会".into());
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("先把这 24 个词抄在纸上");
    let (words, _) = sheet(&window);
    window
        .harness
        .state_mut()
        .perform(&ctx, Intent::Begin(None));
    window.until("您是？");
    window
        .harness
        .state_mut()
        .perform(&ctx, Intent::Begin(Some(Begin::Found)));
    window.until("建一个新社区");
    assert_eq!(window.harness.state().state.founding.name, "朝阳花园");
    window.harness.state_mut().perform(&ctx, Intent::TryFound);
    window.until("先把这 24 个词抄在纸上");
    assert_ne!(sheet(&window).0, words, "the next sheet has other words");
    drop(window);
    assert!(!home.dir.join("home.id").exists(), "no home is left behind");
}

#[test]
fn a_gate_is_set_up_in_the_window_and_opens_as_its_station() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let _office = Node::start(&office, Vec::new());
    let mut window = Window::open(&home, Lang::En, Look::Light);
    begin(&mut window, Begin::Gate);
    window.until("Make this computer a gate");
    let invite = invite(&office, None, "gate:1");
    fill(&mut window, &[&invite, "east"]);
    window.until("The invitation is for gate 1.");
    let JoinStage::Pictures(pictures) = window.harness.state().state.joining.stage.clone() else {
        panic!("no pictures");
    };
    let typed = pictures.emoji.join(" ");
    ask(
        &office,
        Request::SasConfirm {
            typed: typed.clone(),
        },
    );
    fill(&mut window, &[&typed]);
    window.until("You are in.");
    window.until("东门");
    assert!(window.harness.state().model.is_gate());
}
