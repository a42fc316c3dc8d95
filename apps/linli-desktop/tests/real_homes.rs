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

const CHANGE: (Modifiers, Key) = (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);

fn change(window: &mut Window, to: &str, says: &str) {
    window.settle();
    window.key(CHANGE.0, CHANGE.1);
    window.until("用哪个身份");
    window.harness.run_ok();
    window.harness.step();
    window.click(to);
    window.until(says);
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
    // The window has had each of them open before.
    for (options, kind, name, unit) in [
        (&office, "office", "物业服务中心", None),
        (&own, "household", "", Some("3-2-501".to_owned())),
    ] {
        let home = KnownHome {
            dir: options.dir.clone(),
            community: "丰盛园".into(),
            name: name.into(),
            kind: kind.into(),
            unit,
        };
        known::note(options.keys_dir.as_deref(), &home).unwrap();
    }
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
    for (options, name) in [(&office, "物业服务中心"), (&own, "另一个单位")] {
        let home = KnownHome {
            dir: options.dir.clone(),
            community: "丰盛园".into(),
            name: name.into(),
            kind: "office".into(),
            unit: None,
        };
        known::note(options.keys_dir.as_deref(), &home).unwrap();
    }
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
    for (options, name) in [(&office, "物业服务中心"), (&locked, "居委会")] {
        let home = KnownHome {
            dir: options.dir.clone(),
            community: "丰盛园".into(),
            name: name.into(),
            kind: "office".into(),
            unit: None,
        };
        known::note(options.keys_dir.as_deref(), &home).unwrap();
    }
    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("现在的身份：物业服务中心");
    window.settle();
    window.key(CHANGE.0, CHANGE.1);
    window.until("没有打开，要口令");
    window.harness.run_ok();
    window.harness.step();
    window.click("换成居委会");
    window.until("现在的身份：居委会");
    window.until("口令");
    window.key(CHANGE.0, CHANGE.1);
    window.until("用哪个身份");
    window.harness.run_ok();
    window.harness.step();
    window.click("换成物业服务中心");
    window.until("现在的身份：物业服务中心");
    window.settle();
    assert!(home::has_owner(&office) && !home::has_owner(&locked));
}
