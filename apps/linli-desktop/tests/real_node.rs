//! The window on a real home with a real node: what is done in the window, the command line's questions see, and
//! the other way round. One home, no network beyond loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use linli_node::api::{NoticeArgs, Request};
use linli_node::home::{self, FoundArgs, HomeOptions};
use linli_view::intent::Look;
use linli_view::words::Lang;
use real::{PATIENCE, Window, ask, home_of};
use std::path::Path;
use std::sync::atomic::Ordering;

/// Founds a community in `dir/home`.
fn found(dir: &Path, passphrase: Option<&str>) -> HomeOptions {
    let options = HomeOptions {
        dir: dir.join("home"),
        passphrase: passphrase.map(str::to_owned),
        keys_dir: Some(dir.join("keys")),
        timeout: PATIENCE,
    };
    let args = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![(1, "东门".into())],
        office: "居委会".into(),
        founders: 1,
    };
    home::found(&options, &args).unwrap();
    options
}

/// A window that saves into this folder.
fn open(options: &HomeOptions, folder: &Path) -> Window {
    let size = egui::vec2(1180.0, 720.0);
    Window::open_in(home_of(options), Lang::ZhCn, Look::Light, size, |world| {
        world.papers = folder.to_owned();
        world.pictures = folder.to_owned();
    })
}

#[test]
fn a_pass_made_in_the_window_is_the_homes_and_a_notice_from_outside_appears_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let options = found(dir.path(), None);
    let mut window = open(&options, &dir.path().join("pictures"));
    window.until("丰盛园");
    window.key(Modifiers::COMMAND, Key::N);
    window.text("李然");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("不需要联网就能用");
    assert!(
        window
            .harness
            .query_by_label("给李然的通行码二维码")
            .is_some()
    );
    window.click("保存图片");
    assert!(dir.path().join("pictures/通行码-李然.png").is_file());

    // Another program on the same home, over the socket of the window's node.
    let passes = ask(&options, Request::PassList);
    assert_eq!(passes["passes"][0]["label"], "李然");
    assert_eq!(passes["passes"][0]["entries"], 1);
    let notice = NoticeArgs {
        title: "停水通知".into(),
        body: "周六 9:00 至 12:00".into(),
        ..NoticeArgs::default()
    };
    ask(&options, Request::NoticePublish(notice));
    window.key(Modifiers::ALT, Key::Num2);
    window.until("停水通知");

    window.key(Modifiers::ALT, Key::Num3);
    window.click("出示给李然的码");
    window.until("取消这张码");
    window.click("取消这张码");
    window.click("取消它");
    window.until("已取消给“李然”的通行码");
    assert!(ask(&options, Request::PassList)["passes"][0]["cancelled_ms"].is_u64());

    // The window's node stops with the window: the home is free again.
    drop(window);
    assert_eq!(ask(&options, Request::Status)["running"], false);
}

#[test]
fn a_home_under_a_passphrase_opens_in_the_window_and_only_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let options = found(dir.path(), Some("correct horse"));
    let mut window = open(&options, dir.path());
    window.until("这个家锁着");
    window.text("wrong horse");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("口令不对");
    window.text("correct horse");
    window.key(Modifiers::NONE, Key::Enter);
    window.until("等您办的");
}

#[test]
fn a_folder_without_a_home_leads_to_the_first_page() {
    let dir = tempfile::tempdir().unwrap();
    let keys_dir = Some(dir.path().join("keys"));
    let options = HomeOptions {
        dir: dir.path().join("none"),
        passphrase: None,
        keys_dir,
        timeout: PATIENCE,
    };
    let mut window = open(&options, dir.path());
    window.until("欢迎来到邻里");
    // An empty folder is no home either, and is left empty.
    std::fs::create_dir(&options.dir).unwrap();
    window.click("再试一次");
    window.until("欢迎来到邻里");
    assert_eq!(std::fs::read_dir(&options.dir).unwrap().count(), 0);
}

#[test]
fn an_office_writes_a_notice_dies_goes_on_and_publishes_it_and_the_command_line_sees_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let options = found(dir.path(), None);
    let mut window = open(&options, dir.path());
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num2);
    window.until("写通知");
    window.key(Modifiers::COMMAND, Key::N);
    window.text("3号楼今天停电");
    window.until("7 字，最好不超过");
    // The home keeps what was typed, whoever asks.
    let kept = || {
        ask(&options, Request::DraftRead)["text"]
            .as_str()
            .map(str::to_owned)
    };
    // The window writes over nothing before the home has said what it keeps.
    let held = || kept().is_some_and(|text| text.contains("3号楼今天停电"));
    for _ in 0..PATIENCE.as_millis() / 20 {
        if held() {
            break;
        }
        window.until("7 字，最好不超过");
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    assert!(held(), "the draft is kept");
    drop(window);

    let mut window = open(&options, dir.path());
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num2);
    window.until("接着写草稿");
    window.click("接着写草稿");
    window
        .harness
        .get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "正文")
        .focus();
    window.harness.run_ok();
    window.text("15时至18时");
    window.key(Modifiers::COMMAND, Key::Enter);
    window.until("签名：居委会");
    window.key(Modifiers::COMMAND, Key::Enter);
    window.until("秒后发出");
    assert_eq!(
        ask(&options, Request::NoticeList)["notices"],
        serde_json::json!([])
    );
    window.ahead.fetch_add(10_000, Ordering::Relaxed);
    window.until("已签名发布");
    let notices = ask(&options, Request::NoticeList)["notices"].clone();
    let one = &notices[0];
    assert_eq!(
        (&one["title"], &one["body"]),
        (&"3号楼今天停电".into(), &"15时至18时".into())
    );
    assert_eq!(kept(), None);
    window.until("0 户中至少已通知到 0 户");

    // Taken back in the window, as the command line tells it.
    window.click("撤回");
    window.until("撤回这条通知？");
    let name = "原因（大家都会看到）";
    window
        .harness
        .get_by_role_and_label(egui::accesskit::Role::TextInput, name)
        .focus();
    window.harness.run_ok();
    window.text("电已经来了");
    window.key(Modifiers::NONE, Key::Tab);
    window.key(Modifiers::NONE, Key::Enter);
    window.until("已撤回，划去后仍可查看");
    let id = one["id"].as_str().unwrap().to_owned();
    let shown = ask(&options, Request::NoticeShow { id });
    assert_eq!(shown["notice"]["retracted"]["reason"], "电已经来了");
}
