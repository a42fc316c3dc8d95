//! Two real homes behind one window: the office's and a household's, changed on real nodes, one of them under a passphrase.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use linli_node::api::Request;
use linli_node::home::known::{self, KnownHome};
use linli_node::home::{self, HomeOptions};
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{Node, Window, ask, ask_until, enrol, found, options};
use std::path::Path;

/// Homes of one account: their keys lie in one folder.
fn of_account(dir: &Path, name: &str) -> HomeOptions {
    HomeOptions {
        keys_dir: Some(dir.join("keys")),
        ..options(dir, name)
    }
}

/// The window has had this home open before.
fn note(of: &HomeOptions, kind: &str, name: &str, unit: Option<&str>) {
    let home = KnownHome {
        dir: of.dir.clone(),
        community: "丰盛园".into(),
        name: name.into(),
        kind: kind.into(),
        unit: unit.map(str::to_owned),
    };
    known::note(of.keys_dir.as_deref(), &home).unwrap();
}

const CHANGE: (Modifiers, Key) = (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);

/// Opens the list of homes, which shows this, and chooses from it.
fn choose(window: &mut Window, shows: &str, to: &str, says: &str) {
    window.key(CHANGE.0, CHANGE.1);
    window.until(shows);
    window.harness.run_ok();
    window.harness.step();
    window.click(to);
    window.until(says);
}

fn change(window: &mut Window, to: &str, says: &str) {
    window.settle();
    choose(window, "用哪个身份", to, says);
}

#[test]
fn a_clerk_goes_from_the_office_to_the_own_household_and_back_and_each_signs_for_itself() {
    let dir = tempfile::tempdir().unwrap();
    let (office, own) = (
        of_account(dir.path(), "office"),
        of_account(dir.path(), "own"),
    );
    found(&office);
    {
        let _node = Node::start(&office, Vec::new());
        enrol(&office, &own, Some("3-2-501"), "household");
    }
    note(&office, "office", "物业服务中心", None);
    note(&own, "household", "", Some("3-2-501"));
    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("现在的身份：物业服务中心");
    // The strip is there before the home is open; keys are for an open one.
    window.settle();
    window.key(Modifiers::ALT, Key::Num2);
    window.until("写通知");
    window.key(Modifiers::COMMAND, Key::N);
    window.text("还没有写完的通知");
    change(&mut window, "换成3-2-501 户", "现在的身份：3-2-501 户");
    // The office's node has stopped: its lock is free, and its draft is in it.
    let draft = ask(&office, Request::DraftRead)["text"].to_string();
    assert!(draft.contains("还没有写完的通知"), "{draft}");
    window.settle();
    assert!(!window.says("还没有写完的通知") && !window.says("写通知"));
    assert_eq!(
        ask(&own, Request::DraftRead)["text"],
        serde_json::Value::Null
    );
    change(&mut window, "换成物业服务中心", "现在的身份：物业服务中心");
    window.settle();
    window.key(Modifiers::ALT, Key::Num2);
    window.until("接着写");
    assert!(home::has_owner(&office) && !home::has_owner(&own));
    assert_eq!(
        ask(&office, Request::NoticeList)["notices"],
        serde_json::json!([])
    );
}

#[test]
fn a_home_that_another_program_runs_is_spoken_to_and_runs_on_and_one_that_is_gone_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let (office, own) = (
        of_account(dir.path(), "office"),
        of_account(dir.path(), "own"),
    );
    found(&office);
    found(&own);
    let node = Node::start(&own, Vec::new());
    note(&office, "office", "物业服务中心", None);
    note(&own, "office", "另一个单位", None);
    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("现在的身份：物业服务中心");
    // What the list said of the other is mended once it is open.
    change(&mut window, "换成另一个单位", "现在的身份：物业服务中心");
    window.settle();
    assert!(!home::has_owner(&office));
    drop(window);
    ask_until(
        "the service still runs it",
        &own,
        Request::Status,
        |status| status["running"] == true,
    );
    drop(node);
    std::fs::rename(&own.dir, dir.path().join("away")).unwrap();
    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("现在的身份");
    window.settle();
    window.key(CHANGE.0, CHANGE.1);
    window.until("找不到这个文件夹");
    window.key(Modifiers::NONE, Key::Escape);
    assert!(window.says("丰盛园"));
}

#[test]
fn a_home_under_a_passphrase_asks_for_it_and_the_way_back_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let office = of_account(dir.path(), "office");
    let locked = HomeOptions {
        passphrase: Some("长长的一句口令 2026".into()),
        ..of_account(dir.path(), "locked")
    };
    found(&office);
    found(&locked);
    note(&office, "office", "物业服务中心", None);
    note(&locked, "office", "居委会", None);
    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("现在的身份：物业服务中心");
    window.settle();
    choose(
        &mut window,
        "没有打开，要口令",
        "换成居委会",
        "现在的身份：居委会",
    );
    window.until("口令");
    let back = ("换成物业服务中心", "现在的身份：物业服务中心");
    choose(&mut window, "用哪个身份", back.0, back.1);
    window.settle();
    assert!(home::has_owner(&office) && !home::has_owner(&locked));
}
