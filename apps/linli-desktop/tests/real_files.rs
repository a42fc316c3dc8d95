//! Photos and PDFs in the window on a real home with a real node: taken into a post, drawn beside it, saved; and files
//! that cannot go along.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use egui::{Event, Key, Modifiers, accesskit, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use linli_desktop::album;
use linli_desktop::app::{App, World};
use linli_desktop::client::{self, Home};
use linli_desktop::clipboard::System;
use linli_desktop::eyes::Eyes;
use linli_desktop::sound;
use linli_desktop::state::State;
use linli_node::api::{DraftAct, Request};
use linli_node::home::{self, FoundArgs, HomeOptions};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What the window is waited for, in steps of 25 ms.
const STEPS: usize = 1_200;

fn open(dir: &Path) -> (HomeOptions, Harness<'static, App>, Arc<AtomicU64>) {
    let options = HomeOptions {
        dir: dir.join("home"),
        passphrase: None,
        keys_dir: Some(dir.join("keys")),
        timeout: Duration::from_secs(30),
    };
    let args = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: vec![],
        office: "居委会".into(),
        founders: 1,
    };
    home::found(&options, &args).unwrap();
    let (window, clock) = again(dir, &options);
    (options, window, clock)
}

/// A window on the home that is there.
fn again(dir: &Path, options: &HomeOptions) -> (Harness<'static, App>, Arc<AtomicU64>) {
    let home = Home {
        dir: options.dir.clone(),
        keys_dir: options.keys_dir.clone(),
        listen: vec!["127.0.0.1:0".into()],
        mdns: false,
        attach: false,
        ring: None,
    };
    let clock = Arc::new(AtomicU64::new(1_795_600_000_000));
    let of = Arc::clone(&clock);
    let world = World {
        home: home.dir.display().to_string(),
        connect: Box::new(move || client::open(&home, Arc::new(|| {}))),
        clock: Box::new(move || of.load(Ordering::Relaxed)),
        clipboard: Box::new(System::default()),
        papers: dir.join("papers"),
        login: Box::new(linli_desktop::login::NoLogIn),
        homes: Box::new(linli_desktop::homes::OneHome),
        pictures: dir.join("pictures"),
        chimes: Box::new(sound::System::start()),
        eyes: Eyes::start(Arc::new(|| {})),
        returns: false,
    };
    let state = State::new(Lang::ZhCn, Look::Light, Screen::Board);
    let builder = Harness::builder()
        .with_size(vec2(1366.0, 900.0))
        .with_max_steps(16);
    let harness = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
    (harness, clock)
}

fn until(
    harness: &mut Harness<'static, App>,
    what: &str,
    mut holds: impl FnMut(&Harness<'static, App>) -> bool,
) {
    for _ in 0..STEPS {
        harness.run_ok();
        if holds(harness) {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(25));
    }
    panic!("never: {what}");
}

fn says(harness: &Harness<'static, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

/// Presses a button; it may stand below what the window shows.
fn click(harness: &mut Harness<'static, App>, name: &str) {
    harness
        .get_by_role_and_label(accesskit::Role::Button, name)
        .scroll_to_me();
    harness.run_ok();
    harness
        .get_by_role_and_label(accesskit::Role::Button, name)
        .click();
    harness.run_ok();
}

/// Types a path into the field and presses the button beside it.
fn add(harness: &mut Harness<'static, App>, path: &Path) {
    harness
        .get_by_role_and_label(accesskit::Role::TextInput, "照片或 PDF 在哪里")
        .focus();
    harness.run_ok();
    harness.event(Event::Text(path.display().to_string()));
    harness.run_ok();
    click(harness, "附上");
}

fn drop_file(harness: &mut Harness<'static, App>, path: PathBuf) {
    let dropped = egui::DroppedFile {
        path: Some(path),
        ..egui::DroppedFile::default()
    };
    harness.input_mut().dropped_files.push(dropped);
}

fn photo() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 320, 200);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    let points: Vec<u8> = (0..320 * 200)
        .flat_map(|n| [200, (n % 251) as u8, 40])
        .collect();
    writer.write_image_data(&points).unwrap();
    writer.finish().unwrap();
    out
}

#[test]
fn a_photo_is_taken_into_a_post_drawn_beside_it_and_saved() {
    let dir = tempfile::tempdir().unwrap();
    let (options, mut window, _) = open(dir.path());
    until(&mut window, "the board", |w| says(w, "还没有人发帖"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_ok();
    window.event(Event::Text("捡到一只猫".into()));
    window.run_ok();

    // What cannot go along says why, and the text stays.
    let broken = dir.path().join("坏的.pdf");
    std::fs::write(&broken, b"%PDF-1.7 cut").unwrap();
    add(&mut window, &broken);
    until(&mut window, "the reason", |w| says(w, "这个 PDF 坏了"));
    window.state_mut().state.file_path.clear();
    add(&mut window, &dir.path().join("nowhere.jpg"));
    until(&mut window, "the reason", |w| says(w, "这个文件打不开"));
    assert_eq!(window.state().state.post_draft.body, "捡到一只猫");

    let cat = dir.path().join("猫.png");
    std::fs::write(&cat, photo()).unwrap();
    window.state_mut().state.file_path.clear();
    add(&mut window, &cat);
    until(&mut window, "the photo goes along", |w| {
        says(w, "去掉 · 猫.png")
    });
    assert_eq!(window.state().state.file_path, "");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the post is out", |w| {
        says(w, "照片 1：猫.png")
    });
    until(&mut window, "the photo is drawn", |w| {
        album::photos(&w.ctx).len() == 1
    });
    let drawn = album::photos(&window.ctx);
    assert_eq!(drawn.values().next().unwrap().size(), [320, 200]);
    assert!(
        window.state().state.files.is_empty(),
        "the next post has its own"
    );

    // The command line sees the same.
    let listed = home::ask(&options, Request::PostList, &mut |_, _| {})
        .unwrap()
        .data;
    assert_eq!(listed["posts"][0]["files"][0]["name"], "猫.png");
    assert_eq!(listed["posts"][0]["files"][0]["state"], "here");
    let save = window.query_all_by_label_contains("保存 · 照片 1").next();
    save.unwrap().click();
    let saved = dir.path().join("pictures/猫.png");
    until(&mut window, "it is saved", |w| {
        says(w, "已保存：") && saved.is_file()
    });
    assert!(std::fs::read(&saved).unwrap().starts_with(b"\x89PNG"));
    drop(window);
}

#[test]
fn a_file_that_is_dropped_on_the_form_goes_along_and_can_be_taken_off() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut window, _) = open(dir.path());
    until(&mut window, "the board", |w| says(w, "还没有人发帖"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_ok();
    let cat = dir.path().join("猫.png");
    std::fs::write(&cat, photo()).unwrap();
    drop_file(&mut window, cat);
    until(&mut window, "it goes along", |w| says(w, "去掉 · 猫.png"));
    click(&mut window, "去掉 · 猫.png");
    assert!(window.state().state.files.is_empty());
    drop(window);
}

#[test]
fn the_photos_of_a_draft_outlive_the_window_and_go_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let (options, mut window, _) = open(dir.path());
    until(&mut window, "the board", |w| says(w, "还没有人发帖"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_ok();
    window.event(Event::Text("捡到一只猫".into()));
    window.run_ok();
    let cat = dir.path().join("猫.png");
    std::fs::write(&cat, photo()).unwrap();
    add(&mut window, &cat);
    until(&mut window, "it goes along", |w| says(w, "去掉 · 猫.png"));
    let ask = |request| home::ask(&options, request, &mut |_, _| {}).unwrap().data;
    let drafts = || {
        let act = DraftAct::List;
        ask(Request::Draft { act })["drafts"].clone()
    };
    until(&mut window, "the home keeps it", |_| {
        drafts()[0]["files"][0]["name"] == "猫.png"
    });
    drop(window);
    // What nothing refers to is collected; what a draft refers to is not.
    ask(Request::PostNew {
        kind: "ask".into(),
        body: "谁有梯子".into(),
    });

    let (mut window, _) = again(dir.path(), &options);
    until(&mut window, "the board", |w| says(w, "谁有梯子"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    until(&mut window, "the draft is back", |w| {
        says(w, "去掉 · 猫.png")
    });
    assert_eq!(window.state().state.post_draft.body, "捡到一只猫");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the post is out", |w| {
        says(w, "照片 1：猫.png")
    });
    until(&mut window, "its draft is gone", |_| {
        drafts() == serde_json::json!([])
    });
    let listed = ask(Request::PostList);
    assert_eq!(listed["posts"][0]["files"][0]["state"], "here");
    drop(window);
}

#[test]
fn a_pdf_goes_out_with_a_notice_after_its_ten_seconds() {
    let dir = tempfile::tempdir().unwrap();
    let (options, mut window, _) = open(dir.path());
    until(&mut window, "the board", |w| says(w, "还没有人发帖"));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    until(&mut window, "the notices", |w| says(w, "写通知"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_ok();
    window.event(Event::Text("3号楼今天停电".into()));
    window.run_ok();
    window
        .get_by_role_and_label(accesskit::Role::MultilineTextInput, "正文")
        .focus();
    window.run_ok();
    window.event(Event::Text("15时至18时".into()));
    window.run_ok();
    for (name, typed) in [
        ("从什么时候起有效", "2026-12-01 08:00"),
        ("有效到", "2026-12-01 18:00"),
    ] {
        let role = accesskit::Role::TextInput;
        window.get_by_role_and_label(role, name).focus();
        window.run_ok();
        window.event(Event::Text(typed.into()));
        window.run_ok();
    }
    let plan = dir.path().join("停电范围.pdf");
    let bytes = b"%PDF-1.4\nxref\n0 0\ntrailer <<>>\nstartxref\n9\n%%EOF";
    std::fs::write(&plan, bytes).unwrap();
    add(&mut window, &plan);
    until(&mut window, "it goes along", |w| {
        says(w, "去掉 · 停电范围.pdf")
    });
    // The window dies here; what was written and what goes along is there again.
    let drafts = || {
        let act = DraftAct::List;
        let all = home::ask(&options, Request::Draft { act }, &mut |_, _| {}).unwrap();
        all.data["drafts"].clone()
    };
    until(&mut window, "the home keeps it", |_| {
        drafts()[0]["files"][0]["name"] == "停电范围.pdf"
    });
    drop(window);
    let (mut window, clock) = again(dir.path(), &options);
    until(&mut window, "the board", |w| says(w, "还没有人发帖"));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    until(&mut window, "the notices", |w| {
        says(w, "写通知") || says(w, "接着写")
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    until(&mut window, "it goes along again", |w| {
        says(w, "去掉 · 停电范围.pdf")
    });
    assert!(says(&window, "3号楼今天停电"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the check", |w| says(w, "签名：居委会"));
    assert!(says(&window, "📎 停电范围.pdf"), "what is signed is seen");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the ten seconds", |w| says(w, "秒后发出"));
    clock.fetch_add(10_000, Ordering::Relaxed);
    until(&mut window, "it is out", |w| says(w, "PDF 1：停电范围.pdf"));
    assert!(window.state().state.notice_files.is_empty());
    let listed = home::ask(&options, Request::NoticeList, &mut |_, _| {})
        .unwrap()
        .data;
    let notice = &listed["notices"][0];
    assert_eq!(notice["title"], "3号楼今天停电");
    assert_eq!(notice["files"][0]["state"], "here");
    assert_eq!(notice["effective_ms"], 1_796_083_200_000_u64);

    // One word is put right: what goes along, the beginning and the end stay with it.
    click(&mut window, "更正");
    until(&mut window, "it goes along with the correction", |w| {
        says(w, "去掉 · 停电范围.pdf")
    });
    window.event(Event::Text("（改）".into()));
    window.run_ok();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the check", |w| says(w, "签名：居委会"));
    assert!(says(&window, "📎 停电范围.pdf"), "what is signed is seen");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    until(&mut window, "the ten seconds", |w| says(w, "秒后发出"));
    clock.fetch_add(10_000, Ordering::Relaxed);
    let mut listed = serde_json::Value::Null;
    until(&mut window, "the correction is out", |_| {
        let all = home::ask(&options, Request::NoticeList, &mut |_, _| {});
        listed = all.unwrap().data["notices"].clone();
        listed.as_array().is_some_and(|all| all.len() == 2)
    });
    let of = |corrects: bool| {
        let all = listed.as_array().unwrap();
        all.iter()
            .find(|n| n["corrects"].is_string() == corrects)
            .unwrap()
    };
    let (earlier, correction) = (of(false), of(true));
    assert_eq!(correction["corrects"], earlier["id"]);
    assert_ne!(correction["title"], earlier["title"]);
    for kept in ["effective_ms", "expires_ms", "body", "area"] {
        assert_eq!(correction[kept], earlier[kept], "{kept}");
    }
    let (old, new) = (&earlier["files"][0], &correction["files"][0]);
    assert_eq!((&new["hash"], &new["name"]), (&old["hash"], &old["name"]));
    assert_eq!(new["state"], "here");
    drop(window);
}

#[test]
fn a_photo_goes_below_a_post_and_below_a_notice_and_outlives_the_window() {
    let dir = tempfile::tempdir().unwrap();
    let (options, mut window, _) = open(dir.path());
    let ask = |request| home::ask(&options, request, &mut |_, _| {}).unwrap().data;
    ask(Request::PostNew {
        kind: "lost".into(),
        body: "谁捡到钥匙".into(),
    });
    until(&mut window, "the post", |w| says(w, "谁捡到钥匙"));
    let row = window.query_all_by_label_contains("谁捡到钥匙").next();
    row.unwrap().click();
    until(&mut window, "the page", |w| says(w, "加照片或 PDF"));
    click(&mut window, "加照片或 PDF");
    let key = dir.path().join("钥匙.png");
    std::fs::write(&key, photo()).unwrap();
    add(&mut window, &key);
    until(&mut window, "it goes along", |w| says(w, "去掉 · 钥匙.png"));
    let drafts = || {
        let act = DraftAct::List;
        ask(Request::Draft { act })["drafts"].clone()
    };
    until(&mut window, "the home keeps it", |_| {
        drafts()[0]["files"][0]["name"] == "钥匙.png"
    });
    drop(window);

    let (mut window, _) = again(dir.path(), &options);
    until(&mut window, "the post", |w| says(w, "谁捡到钥匙"));
    let row = window.query_all_by_label_contains("谁捡到钥匙").next();
    row.unwrap().click();
    until(&mut window, "the draft is back", |w| {
        says(w, "去掉 · 钥匙.png")
    });
    // Without a word: it says all there is to say.
    click(&mut window, "回复");
    until(&mut window, "it is out and drawn", |w| {
        says(w, "照片 1：钥匙.png") && album::photos(&w.ctx).len() == 1
    });
    until(&mut window, "its draft is gone", |_| {
        drafts() == serde_json::json!([])
    });
    let state = &window.state().state;
    assert!(state.reply_files.is_empty() && !state.reply_asks_files);
    let listed = ask(Request::PostList)["posts"][0]["comments"][0].clone();
    assert_eq!(
        (&listed["body"], &listed["files"][0]["state"]),
        (&"".into(), &"here".into())
    );
    let save = window.query_all_by_label_contains("保存 · 照片 1").next();
    save.unwrap().click();
    let saved = dir.path().join("pictures/钥匙.png");
    until(&mut window, "it is saved", |_| saved.is_file());

    // The office shows one below its own notice, too.
    let with = linli_node::api::NoticeArgs {
        title: "3号楼换锁".into(),
        body: "周三".into(),
        ..Default::default()
    };
    ask(Request::NoticePublish(with));
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    until(&mut window, "the notice", |w| says(w, "3号楼换锁"));
    let row = window.query_all_by_label_contains("3号楼换锁").next();
    row.unwrap().click();
    until(&mut window, "its page", |w| says(w, "加照片或 PDF"));
    drop_file(&mut window, key);
    until(&mut window, "it goes along", |w| says(w, "去掉 · 钥匙.png"));
    window
        .get_by_role_and_label(accesskit::Role::MultilineTextInput, "在这里写")
        .focus();
    window.run_ok();
    window.event(Event::Text("新锁".into()));
    window.run_ok();
    click(&mut window, "发表");
    until(&mut window, "it is out", |w| says(w, "照片 1：钥匙.png"));
    let notices = ask(Request::NoticeList);
    let said = &notices["notices"][0]["said"][0];
    assert_eq!(
        (&said["body"], &said["files"][0]["state"]),
        (&"新锁".into(), &"here".into())
    );
    until(&mut window, "nothing is left in the box", |w| {
        w.state().state.talk_files.is_empty() && drafts() == serde_json::json!([])
    });
    drop(window);
}
