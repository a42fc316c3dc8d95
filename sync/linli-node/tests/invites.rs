//! Invitations that are open: listed with who knocks, compared one by one, closed; and what whoever was joining hears.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, data, options};
use linli_node::api::{InviteAct, Request};
use linli_node::home::{self, HomeOptions, JoinArgs};
use serde_json::{Value, json};
use std::path::Path;

const WRONG: &str = "1 1 1 1 1 1 1";

fn open(at: &HomeOptions, unit: Option<&str>, role: &str) -> Value {
    let (unit, role) = (unit.map(str::to_owned), role.to_owned());
    let ttl_s = 600;
    data(at, Request::InviteOpen { unit, role, ttl_s })
}

fn invites(at: &HomeOptions) -> Value {
    let act = InviteAct::List;
    data(at, Request::Invite { act })
}

fn close(at: &HomeOptions, id: Option<&str>) -> Result<Value, String> {
    let id = id.map(str::to_owned);
    let act = InviteAct::Close { id };
    let answer = ask(at, Request::Invite { act });
    answer.map(|a| a.data).map_err(|fault| fault.code)
}

fn confirm(at: &HomeOptions, id: &Value, typed: &str) -> Result<Value, String> {
    let (id, typed) = (id.as_str().unwrap().to_owned(), typed.to_owned());
    let act = InviteAct::Confirm { id, typed };
    let answer = ask(at, Request::Invite { act });
    answer.map(|a| a.data).map_err(|fault| fault.code)
}

fn join(home: &HomeOptions, invite: &Value, name: &str) -> Result<Value, String> {
    let args = JoinArgs {
        invite: invite["invite"].as_str().unwrap().to_owned(),
        device_name: name.into(),
    };
    let answer = home::join(home, &args);
    answer.map(|a| a.data).map_err(|fault| fault.code)
}

/// What the joining screen shows, as it is read out.
fn read(side: &Value) -> String {
    let numbers = side["numbers"].as_array().unwrap().iter();
    let numbers: Vec<String> = numbers.map(Value::to_string).collect();
    numbers.join(" ")
}

fn of(dir: &Path, name: &str) -> HomeOptions {
    options(dir, name)
}

#[test]
fn an_invitation_is_listed_with_its_line_and_closed_by_the_beginning_of_its_id() {
    let estate = Estate::found();
    let office = &estate.office;
    assert_eq!(invites(office)["invites"], json!([]));
    assert_eq!(
        invites(office)["may"],
        json!(["household", "office", "gate", "screen"])
    );
    let first = open(office, Some("3-2-501"), "household");
    let gate = open(office, None, "gate:1");
    let listed = invites(office)["invites"].clone();
    assert_eq!(listed[0]["id"], first["id"]);
    assert_eq!(listed[0]["state"], "open");
    assert_eq!(listed[0]["invite"], first["invite"], "the same line again");
    assert_eq!(
        (&listed[1]["role"], &listed[1]["unit"]),
        (&"gate:1".into(), &"".into())
    );
    // A word that names none, or is too short to name one, closes nothing.
    assert_eq!(
        close(office, Some("i:000000zz")),
        Err("no-such-invite".into())
    );
    assert_eq!(close(office, Some("i:0")), Err("id-too-short".into()));
    assert_eq!(invites(office)["invites"].as_array().unwrap().len(), 2);
    let id = first["id"].as_str().unwrap();
    let closed = close(office, Some(&id[..10])).unwrap();
    assert_eq!(closed["closed"][0]["unit"], "3-2-501");
    assert_eq!(close(office, Some(id)), Err("no-such-invite".into()));
    // Its line leads nowhere, and leaves nothing behind.
    let dir = tempfile::tempdir().unwrap();
    let late = of(dir.path(), "late");
    assert_eq!(join(&late, &first, "late"), Err("window-closed".into()));
    assert!(!late.dir.join("home.id").exists());
    // The other one stands, and all at once are closed too.
    assert_eq!(invites(office)["invites"][0]["id"], gate["id"]);
    let all = close(office, None).unwrap();
    assert_eq!(all["closed"].as_array().unwrap().len(), 1);
    assert_eq!(close(office, None).unwrap()["closed"], json!([]));
}

#[test]
fn pictures_are_compared_with_the_invitation_they_belong_to_and_three_wrong_lines_close_it_alone() {
    let estate = Estate::found();
    let office = &estate.office;
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (of(dir.path(), "one"), of(dir.path(), "two"));
    let first = open(office, Some("3-2-501"), "household");
    let second = open(office, Some("3-2-502"), "household");
    assert_eq!(
        confirm(office, &first["id"], WRONG),
        Err("nobody-joining".into())
    );
    let here = join(&one, &first, "客厅").unwrap();
    let there = join(&two, &second, "书房").unwrap();
    let listed = invites(office)["invites"].clone();
    assert_eq!(listed[0]["device_name"], "客厅");
    assert_eq!(listed[0]["emoji"], here["emoji"]);
    assert!(listed[0]["invite"].is_null(), "its line is used up");
    // What the other one's screen shows lets nobody in under this one.
    let other = confirm(office, &first["id"], &read(&there));
    assert_eq!(other, Err("sas-different".into()));
    assert_eq!(invites(office)["invites"][0]["tries_left"], 2);
    assert_eq!(invites(office)["invites"][1]["tries_left"], 3);
    assert_eq!(
        confirm(office, &first["id"], "words"),
        Err("sas-unreadable".into()),
        "that is no try"
    );
    for _ in 0..2 {
        let wrong = confirm(office, &first["id"], WRONG);
        assert_eq!(wrong, Err("sas-different".into()));
    }
    let listed = invites(office)["invites"].clone();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["id"], second["id"]);
    // Whoever was joining is told, and does not wait for the end of the ten minutes.
    let typed = read(&here);
    let told = ask(&one, Request::SasConfirm { typed }).unwrap_err();
    assert_eq!(told.code, "invite-closed");
    let agreed = confirm(office, &second["id"], &read(&there)).unwrap();
    assert_eq!(agreed["state"], "confirmed");
    let typed = read(&there);
    data(&two, Request::SasConfirm { typed });
    let listed = invites(office)["invites"].clone();
    assert_eq!(listed[0]["state"], "enrolled");
    assert_eq!(listed[0]["device_name"], "书房");
    // What is done is neither closed nor confirmed once more.
    let id = second["id"].as_str();
    assert_eq!(close(office, id), Err("invite-done".into()));
    assert_eq!(
        confirm(office, &second["id"], WRONG),
        Err("invite-done".into())
    );
    assert_eq!(close(office, None).unwrap()["closed"], json!([]));
}

#[test]
fn a_person_closes_it_while_the_other_side_waits_and_nobody_is_enrolled() {
    let estate = Estate::found();
    let office = &estate.office;
    let dir = tempfile::tempdir().unwrap();
    let home = of(dir.path(), "home");
    let invite = open(office, Some("3-2-501"), "household");
    let side = join(&home, &invite, "客厅").unwrap();
    close(office, invite["id"].as_str()).unwrap();
    assert_eq!(invites(office)["invites"], json!([]));
    assert_eq!(data(office, Request::SasShow)["sides"], json!([]));
    let typed = read(&side);
    let told = ask(&home, Request::SasConfirm { typed }).unwrap_err();
    assert_eq!(told.code, "invite-closed");
    let typed = read(&side);
    let none = ask(office, Request::SasConfirm { typed }).unwrap_err();
    assert_eq!(none.code, "nobody-joining");
    let devices = data(office, Request::DeviceList)["devices"].clone();
    assert_eq!(devices.as_array().unwrap().len(), 1);
    // It had confirmed, and knows that it is not in: a new invitation lets the same computer in at once.
    let again = open(office, Some("3-2-501"), "household");
    home::start_again(&home).unwrap_or_else(|fault| panic!("{fault:?}"));
    let side = join(&home, &again, "客厅").unwrap();
    confirm(office, &again["id"], &read(&side)).unwrap();
    let typed = read(&side);
    data(&home, Request::SasConfirm { typed });
}

#[test]
fn a_household_may_invite_for_itself_alone_and_a_gate_nobody() {
    let mut estate = Estate::found();
    let house = estate.join("house", Some("3-2-501"), "household");
    let gate = estate.join("gate", None, "gate:1");
    assert_eq!(invites(&house)["may"], json!(["sibling"]));
    assert_eq!(invites(&gate)["may"], json!([]));
    let (unit, role, ttl_s) = (Some("3-2-502".into()), "household".into(), 600);
    let refused = ask(&house, Request::InviteOpen { unit, role, ttl_s }).unwrap_err();
    assert_eq!(refused.code, "not-issuing");
    let own = open(&house, None, "sibling");
    assert_eq!(invites(&house)["invites"][0]["id"], own["id"]);
    // Nothing of it is known at the office.
    assert_eq!(
        invites(&estate.office)["invites"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["state"] != "enrolled")
            .count(),
        0
    );
}
