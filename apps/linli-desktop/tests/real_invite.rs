//! One window invites and another joins, on real nodes over loopback: no terminal on either side. And what a command does
//! meanwhile is seen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::{InviteAct, Request};
use linli_node::home::HomeOptions;
use linli_view::intent::{Intent, Look, Screen};
use linli_view::invite::{InviteDo, Whom};
use linli_view::start::JoinStage;
use linli_view::words::Lang;
use real::{Window, ask, found, options};

fn act(window: &mut Window, act: InviteDo) {
    let ctx = window.harness.ctx.clone();
    let intent = Intent::Invite(act);
    window.harness.state_mut().perform(&ctx, intent);
}

fn go(window: &mut Window, to: Screen) {
    let ctx = window.harness.ctx.clone();
    window.harness.state_mut().perform(&ctx, Intent::Go(to));
}

/// The line of the invitation on screen, as a person copies it.
fn line(window: &Window) -> String {
    let report = window.harness.state().model.invites.clone().unwrap();
    let open = report.invites.iter().find_map(|one| one.line.clone());
    open.expect("an invitation with a line").0.clone()
}

/// Begins to join in a window, as far as the pictures.
fn joins(home: &HomeOptions, invite: &str) -> Window {
    let mut window = Window::open(home, Lang::En, Look::Light);
    window.until("You are?");
    window.harness.run_ok();
    window.key(Modifiers::NONE, Key::Enter);
    window.until("Join your community");
    window.harness.run_ok();
    window.text(invite);
    window.key(Modifiers::NONE, Key::Tab);
    window.text("living room");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("Compare seven pictures");
    window
}

/// What is read out at the joining screen.
fn numbers(window: &Window) -> String {
    let JoinStage::Pictures(pictures) = window.harness.state().state.joining.stage.clone() else {
        panic!("no pictures");
    };
    let numbers: Vec<String> = pictures.numbers.iter().map(u32::to_string).collect();
    numbers.join(" ")
}

/// Types into the field that has the cursor, and Enter.
fn types(window: &mut Window, text: &str) {
    window.harness.run_ok();
    window.text(text);
    window.key(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_clerk_invites_a_household_in_the_window_and_it_joins_in_another_and_adds_a_computer_itself() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let mut host = Window::open(&office, Lang::En, Look::Light);
    host.until("This is the only computer in the community yet");
    host.click("Invite …");
    host.settle();
    // No register yet: any unit is taken as it is typed.
    host.harness.state_mut().state.inviting.unit = "3-2-501".into();
    act(&mut host, InviteDo::Open);
    host.until("Household 3-2-501");
    assert!(!host.says("The register has no such unit"));
    let invite = line(&host);
    assert!(host.says(&invite), "the whole line stands on the page");
    assert!(
        host.harness.state().model.invites.as_ref().unwrap().invites[0]
            .qr
            .is_some()
    );
    let mut guest = joins(&home, &invite);
    host.until("\"living room\" wants to join (Household 3-2-501)");
    // Misheard: both are told, and nothing is over.
    let read = numbers(&guest);
    let mut wrong: Vec<&str> = read.split(' ').collect();
    wrong.rotate_left(1);
    if wrong.join(" ") != read {
        types(&mut host, &wrong.join(" "));
        host.until("They are not the same; nobody was let in");
        host.harness.state_mut().state.inviting.typed.clear();
        host.key(Modifiers::SHIFT, Key::Tab);
        host.key(Modifiers::NONE, Key::Tab);
    }
    act_typed(&mut host, &read);
    host.until("They agree on this side");
    types(&mut guest, &read);
    guest.until("You are in.");
    host.until("\"living room\" has joined: Household 3-2-501");
    guest.until("3-2-501");
    // The household's second computer, without the office.
    go(&mut guest, Screen::Settings);
    guest.until("Another computer of ours");
    guest.click("Add a computer …");
    guest.until("Whom");
    act(&mut guest, InviteDo::Open);
    guest.until("The invitation (one whole line)");
    let study = options(dir.path(), "study");
    let invite = line(&guest);
    let mut second = joins(&study, &invite);
    let read = numbers(&second);
    guest.until("wants to join (Another computer of ours (3-2-501))");
    act_typed(&mut guest, &read);
    guest.until("They agree on this side");
    types(&mut second, &read);
    second.until("You are in.");
    guest.until("has joined: Another computer of ours");
}

/// What was heard is in the field, and the button is pressed.
fn act_typed(window: &mut Window, read: &str) {
    let report = window.harness.state().model.invites.clone().unwrap();
    let waits = report.invites.iter().find(|one| one.pictures.is_some());
    let id = waits.expect("somebody who waits").id.clone();
    window.harness.state_mut().state.inviting.typed = read.to_owned();
    act(window, InviteDo::Same(id));
}

#[test]
fn pictures_that_differ_close_the_invitation_and_whoever_waits_there_is_told_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let (office, home) = (options(dir.path(), "office"), options(dir.path(), "home"));
    found(&office);
    let mut host = Window::open(&office, Lang::En, Look::Light);
    host.until("Invite …");
    go(&mut host, Screen::Invite);
    host.settle();
    host.harness.state_mut().state.inviting.unit = "3-2-501".into();
    act(&mut host, InviteDo::Open);
    host.until("The invitation (one whole line)");
    let invite = line(&host);
    let mut guest = joins(&home, &invite);
    host.until("wants to join");
    // The other side confirms first and waits; here they differ.
    let read = numbers(&guest);
    types(&mut guest, &read);
    guest.until("Waiting for the other side");
    host.click("They differ: close the invitation");
    host.until("The invitation is closed; nobody can use it any more.");
    guest.until("The other side closed this invitation");
    // It had confirmed, and is not held to that: it begins anew at once.
    guest.click("They differ: start again");
    guest.until("You are?");
    let devices = ask(&office, Request::DeviceList)["devices"].clone();
    assert_eq!(devices.as_array().unwrap().len(), 1, "{devices}");
}

#[test]
fn what_a_command_opens_and_closes_is_seen_in_the_window() {
    let dir = tempfile::tempdir().unwrap();
    let office = options(dir.path(), "office");
    found(&office);
    let mut host = Window::open(&office, Lang::ZhCn, Look::Light);
    host.until("邀请……");
    go(&mut host, Screen::Invite);
    host.settle();
    let open = Request::InviteOpen {
        unit: None,
        role: "gate:1".into(),
        ttl_s: 600,
    };
    let opened = ask(&office, open);
    host.until("1 号门岗");
    act(
        &mut host,
        InviteDo::Show(opened["id"].as_str().map(str::to_owned)),
    );
    host.until(opened["invite"].as_str().unwrap());
    let act_close = InviteAct::Close { id: None };
    let closed = ask(&office, Request::Invite { act: act_close });
    assert_eq!(closed["closed"][0]["id"], opened["id"]);
    host.until("这份邀请已经关闭或到时了");
    // What the node refuses is said in a sentence, and the form stays as it was.
    host.harness.state_mut().state.inviting.unit = "会所".into();
    act(&mut host, InviteDo::Whom(Whom::Household));
    act(&mut host, InviteDo::Open);
    host.until("门牌看不懂");
    assert_eq!(host.harness.state().state.inviting.unit, "会所");
}
