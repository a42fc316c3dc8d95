//! A notice at a real office: warned in plain words, answered below, given to people without Linli.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod real;

use egui::{Key, Modifiers, accesskit};
use egui_kittest::kittest::Queryable;
use linli_exchange::cap::Alert;
use linli_node::api::{NoticeArgs, Request};
use linli_view::intent::{Intent, Look};
use linli_view::words::Lang;
use real::{Node, Window, ask, enrol, found, options};
use std::path::{Path, PathBuf};

fn written(folder: &Path, ending: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let named = files.map(|file| file.path());
    let mut fits = named.filter(|path| path.to_str().is_some_and(|p| p.ends_with(ending)));
    fits.next().unwrap_or_else(|| panic!("no {ending}"))
}

#[test]
fn an_office_answers_below_its_notice_and_gives_it_to_people_without_linli() {
    let dir = tempfile::tempdir().unwrap();
    let options = options(dir.path(), "office");
    found(&options);
    let mut notice = NoticeArgs {
        title: "3号楼停电".into(),
        body: "15时至18时".into(),
        severity: Some("Severe".into()),
        ..NoticeArgs::default()
    };
    notice.cap.response = Some("Prepare".into());
    let id = ask(&options, Request::NoticePublish(notice))["id"].clone();
    let id = id.as_str().unwrap().to_owned();

    let mut window = Window::open(&options, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    window.key(Modifiers::ALT, Key::Num2);
    window.until("3号楼停电");
    let row = window
        .harness
        .get_by_label_contains("3号楼停电，物业服务中心");
    row.click();
    window.until("请大家：提前准备");

    window.in_sight("存成 CAP 文件，给别的预警系统");
    window.until("CAP 文件已存好");
    let xml = std::fs::read(written(&options.dir, ".cap.xml")).unwrap();
    let alert = Alert::read(&xml).unwrap();
    assert_eq!(alert.identifier, id);
    assert_eq!(alert.infos[0].responses[0].word(), "Prepare");

    window.in_sight("存成带签名的文件，任何人都能核对");
    window.until("带签名的文件已存好");
    let file = std::fs::read(written(&options.dir, ".linli.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(file, ask(&options, Request::NoticeProof { id: id.clone() }));

    window.in_sight("把现在有效的通知都存成 Atom 订阅，给网页和大屏");
    window.until("Atom 订阅已存好");
    let feed = std::fs::read_to_string(written(&options.dir, ".atom")).unwrap();
    assert!(feed.contains("3号楼停电") && feed.contains("丰盛园"));

    window.key(Modifiers::COMMAND, Key::P);
    window.until("打印后贴出去");
    let pdf = std::fs::read(written(&options.dir, ".pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));

    window.in_sight("复制群消息");
    window.until("到群里粘贴");

    let field = "在这里写";
    window
        .harness
        .get_by_role_and_label(accesskit::Role::MultilineTextInput, field)
        .focus();
    window.harness.run_ok();
    window.text("有问题请在这里问。");
    window.in_sight("发表");
    window.until("官方答复 · 物业服务中心");
    window.in_sight("关闭评论");
    window.until("评论已关闭");
    let shown = ask(&options, Request::NoticeShow { id });
    assert_eq!(shown["notice"]["said"][0]["body"], "有问题请在这里问。");
    assert!(shown["notice"]["comments_closed_ms"].is_u64());
}

#[test]
fn a_real_node_says_why_nobody_can_be_reminded_just_now() {
    let dir = tempfile::tempdir().unwrap();
    let (office, house) = (options(dir.path(), "office"), options(dir.path(), "house"));
    found(&office);
    let node = Node::start(&office, Vec::new());
    enrol(&office, &house, Some("3-2-501"), "household");
    drop(node);
    let publish = |area: &str| {
        let notice = NoticeArgs {
            title: format!("{area}号楼停电"),
            body: "15时至18时".into(),
            area: vec![area.into()],
            confirm: true,
            ..NoticeArgs::default()
        };
        let said = ask(&office, Request::NoticePublish(notice));
        said["id"].as_str().unwrap().to_owned()
    };
    let (theirs, nobodys) = (publish("3"), publish("9"));

    let mut window = Window::open(&office, Lang::ZhCn, Look::Light);
    window.until("丰盛园");
    let ctx = window.harness.ctx.clone();
    // As another window of this office would ask that has not heard of the first reminder.
    let mut remind = |id: &str, words: &[&str]| {
        let intent = Intent::Remind(id.to_owned());
        window.harness.state_mut().perform(&ctx, intent);
        for part in words {
            window.until(part);
        }
        assert!(!window.says("本机的身份"));
    };
    remind(&theirs, &["已再次提醒"]);
    remind(
        &theirs,
        &["离上次提醒还不到五分钟。没有再发。", "5 分钟后再试。"],
    );
    remind(&nobodys, &["没有可提醒的。", "其余各户请打印敲门单"]);
}
