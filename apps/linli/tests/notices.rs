//! Notices as files for others, and alerts of others as notices, as the real program does it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use common::{Desk, split};
use linli_exchange::cap::{Alert, MsgType, Status};
use office::{exported, founded, id, publish};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn alert(desk: &Desk, id: &str, more: &str) -> Alert {
    let line = [&[id, "--format", "cap"][..], &split(more)].concat();
    Alert::read(&exported(desk, &line).0).unwrap()
}

#[test]
fn a_notice_goes_out_as_alert_its_correction_as_update_and_its_retraction_as_cancel() {
    let (desk, body) = founded();
    let first = publish(
        &desk,
        "停电",
        &body,
        "--severity Severe --area 3 --expires +4h",
    );
    let plain = alert(&desk, &first, "");
    assert_eq!(
        (plain.identifier.as_str(), plain.msg_type),
        (first.as_str(), MsgType::Alert)
    );
    assert!(plain.sent.to_string().ends_with("+08:00"));
    let info = &plain.infos[0];
    assert_eq!(
        (info.severity.word(), info.areas[0].desc.as_str()),
        ("Severe", "丰盛园 3号楼")
    );
    let more = "--exercise --category infra --event 停电 --response prepare --urgency future --certainty likely --web https://a.example/ --contact 13900000021";
    let drill = alert(&desk, &first, more);
    assert_eq!(
        (drill.status, drill.infos[0].categories[0].word()),
        (Status::Exercise, "Infra")
    );
    assert_eq!(drill.infos[0].web.as_deref(), Some("https://a.example/"));

    let fixed = [
        "notice",
        "correct",
        &first,
        "--title",
        "停电（更正）",
        "--body-file",
        &body,
    ];
    let second = id(&desk, &fixed);
    let update = alert(&desk, &second, "");
    assert_eq!(update.msg_type, MsgType::Update);
    assert_eq!(update.references[0].identifier, first);
    assert_eq!(
        (&update.references[0].sender, update.references[0].sent),
        (&plain.sender, plain.sent)
    );
    let (_, old) = exported(&desk, &[&first, "--format", "cap"]);
    assert_eq!(
        old["warnings"][0]["code"], "notice-corrected-since",
        "{old}"
    );

    let third = id(&desk, &["notice", "retract", &second, "--reason", "修好了"]);
    for asked in [&second, &third] {
        let cancel = alert(&desk, asked, "");
        assert_eq!(
            (cancel.identifier.as_str(), cancel.msg_type),
            (third.as_str(), MsgType::Cancel)
        );
        let names: Vec<&str> = cancel
            .references
            .iter()
            .map(|r| r.identifier.as_str())
            .collect();
        assert_eq!(names, [second.as_str(), first.as_str()]);
        assert_eq!(cancel.note.as_deref(), Some("修好了"));
    }
    // Passing a notice on is not reading it, and writes nothing.
    let digest = || desk.json(&["digest"]).object()["data"]["digest"].clone();
    let before = digest();
    exported(&desk, &[&first, "--format", "pdf"]);
    assert_eq!(digest(), before);
}

#[test]
fn a_feed_holds_what_is_in_force_and_nothing_else() {
    let (desk, body) = founded();
    let kept = publish(&desk, "停水", &body, "--expires +4h");
    let wrong = publish(&desk, "写错了", &body, "");
    let right = [
        "notice",
        "correct",
        &wrong,
        "--title",
        "写对了",
        "--body-file",
        &body,
    ];
    id(&desk, &right);
    let gone = publish(&desk, "不停了", &body, "");
    id(&desk, &["notice", "retract", &gone]);
    let (bytes, object) = exported(&desk, &["--all", "--format", "atom"]);
    let xml = String::from_utf8(bytes).unwrap();
    assert_eq!(object["data"]["count"], 2);
    for (title, there) in [
        ("停水", true),
        ("写对了", true),
        ("写错了", false),
        ("不停了", false),
    ] {
        assert_eq!(
            xml.contains(&format!("<title>{title}</title>")),
            there,
            "{title}: {xml}"
        );
    }
    assert!(
        xml.contains("居委会</name>") && xml.contains("请不要乘电梯"),
        "{xml}"
    );
    let (again, _) = exported(&desk, &["--all", "--format", "atom"]);
    assert_eq!(String::from_utf8(again).unwrap(), xml, "ids and times stay");
    let (one, _) = exported(&desk, &[&kept, "--format", "atom"]);
    assert_eq!(
        String::from_utf8(one).unwrap().matches("<entry>").count(),
        1
    );
}

#[test]
fn a_chat_text_says_who_what_where_until_when_and_how_to_check() {
    let (desk, body) = founded();
    let long = desk.file("long.txt", "请大家注意。".repeat(200));
    let first = publish(
        &desk,
        "停电",
        &body,
        "--area 3 --area 5-2 --expires 2099-11-22T18:00:00+08:00",
    );
    let ask = |id: &str| desk.words("zh-CN", &["notice", "export", id, "--format", "text"]);
    let said = ask(&first);
    let short: String = first.chars().take(10).collect();
    for part in [
        "【居委会】停电",
        "请不要乘电梯。",
        "适用：3号楼、5-2",
        "2099",
        "18:00 止",
        "丰盛园",
        &short,
    ] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    assert!(said.err.contains("复制到群里") && !said.out.contains("复制到群里"));
    let object = desk
        .json(&["notice", "export", &first, "--format", "text"])
        .object();
    assert!(
        object["data"]["text"]
            .as_str()
            .unwrap()
            .contains("Check: search for")
    );
    let second = publish(&desk, "长通知", &long, "");
    let said = ask(&second);
    assert!(
        said.out.chars().count() < 450 && said.out.contains("全文请看"),
        "{}",
        said.out
    );
    let fixed = [
        "notice",
        "correct",
        &first,
        "--title",
        "停电改期",
        "--body-file",
        &body,
    ];
    let third = id(&desk, &fixed);
    let newer: String = third.chars().take(10).collect();
    let said = ask(&first);
    assert!(
        said.out.starts_with(&format!("已由通知 {newer} 更正")),
        "{}",
        said.out
    );
    assert!(ask(&third).out.contains(&format!("代替通知 {short}")));
    id(&desk, &["notice", "retract", &third, "--reason", "不停了"]);
    let said = ask(&third);
    assert!(
        said.out.starts_with("本通知已撤回\n\n不停了\n"),
        "{}",
        said.out
    );
    let (pdf, _) = exported(&desk, &[&third, "--format", "pdf"]);
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn an_export_that_makes_no_sense_writes_no_file() {
    let (desk, body) = founded();
    let first = publish(&desk, "停电", &body, "");
    let out = desk.path("out");
    let file = out.to_str().unwrap();
    let nowhere = desk.path("no/such").to_str().unwrap().to_owned();
    for (line, exit, code) in [
        (vec![&first[..], "--format", "cap"], 2, "usage-missing"),
        (vec!["--format", "cap", "--out", file], 2, "usage-missing"),
        (
            vec![&first, "--all", "--format", "atom", "--out", file],
            2,
            "usage-conflict",
        ),
        (
            vec![&first, "--format", "docx", "--out", file],
            2,
            "usage-bad-value",
        ),
        (
            vec!["--all", "--format", "pdf", "--out", file],
            3,
            "only-feeds-hold-all",
        ),
        (
            vec![&first, "--format", "text", "--exercise"],
            3,
            "only-for-cap",
        ),
        (
            vec![
                &first,
                "--format",
                "cap",
                "--web",
                "javascript:1",
                "--out",
                file,
            ],
            3,
            "bad-page",
        ),
        (
            vec![&first, "--format", "cap", "--event", "a\nb", "--out", file],
            3,
            "bad-line",
        ),
        (
            vec!["r:zzzzzzzzzz", "--format", "cap", "--out", file],
            6,
            "not-found",
        ),
        (
            vec![&first, "--format", "cap", "--out", nowhere.as_str()],
            8,
            "file-not-written",
        ),
    ] {
        let said = desk.json(&[&["notice", "export"], &line[..]].concat());
        assert_eq!((said.exit, said.code().as_str()), (exit, code), "{line:?}");
        assert!(!out.exists(), "{line:?}");
    }
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cap")
}

/// A sample that will not be over while these tests are kept.
fn sample(desk: &Desk, name: &str) -> String {
    let text = std::fs::read_to_string(samples().join(name)).unwrap();
    let mut later = String::new();
    for line in text.lines() {
        if line.contains("<expires>") {
            later.push_str("<expires>2099-01-01T00:00:00+08:00</expires>");
        } else {
            later.push_str(line);
        }
        later.push('\n');
    }
    desk.file(name, later)
}

fn titles(desk: &Desk) -> Vec<Value> {
    let list = desk.json(&["notice", "list"]).object()["data"]["notices"].clone();
    let state =
        |n: &Value| serde_json::json!([n["title"], n["corrects"], n["retracted"]["reason"]]);
    let mut seen: Vec<Value> = list.as_array().unwrap().iter().map(state).collect();
    seen.sort_by_key(ToString::to_string);
    seen
}

#[test]
fn an_alert_is_shown_first_and_published_only_when_somebody_says_so() {
    let (desk, _) = founded();
    let gas = sample(&desk, "01-alert-gas-leak.xml");
    let said = desk.words("zh-CN", &["notice", "import", &gas]);
    assert_eq!(said.exit, 0, "{said:?}");
    for part in [
        "wuye@fengshengyuan.invalid",
        "7号楼2单元燃气泄漏",
        "立即走楼梯下楼",
        "严重程度：Extreme。楼栋：7",
        "还没有发布",
        &format!("linli notice import {gas} --publish"),
    ] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    assert!(titles(&desk).is_empty());
    let line = [
        "notice",
        "import",
        &gas,
        "--confirm",
        "--area",
        "7",
        "--publish",
        "--as",
        "居委会",
    ];
    let published = desk.json(&line).object()["data"].clone();
    assert_eq!(
        (&published["act"], &published["source"]["identifier"]),
        (&"publish".into(), &"FSY-WY-20261120184200-0".into())
    );
    let id = published["published"].as_str().unwrap();
    let shown = desk.json(&["notice", "show", id]).object()["data"]["notice"].clone();
    assert_eq!(
        (&shown["severity"], &shown["needs_confirm"]),
        (&"Extreme".into(), &true.into())
    );
    assert!(
        shown["body"]
            .as_str()
            .unwrap()
            .ends_with("CAP wuye@fengshengyuan.invalid,FSY-WY-20261120184200-0")
    );

    // What comes later about the same is known as such.
    let later = sample(&desk, "02-update-gas-leak.xml");
    let preview = desk.json(&["notice", "import", &later]).object()["data"].clone();
    assert_eq!(
        (&preview["act"], &preview["about"], &preview["published"]),
        (&"correct".into(), &id.into(), &Value::Null)
    );
    let second = desk
        .json(&["notice", "import", &later, "--publish"])
        .object()["data"]
        .clone();
    let shown = desk.words(
        "en",
        &["notice", "import", &sample(&desk, "03-cancel-gas-leak.xml")],
    );
    let second = second["published"].as_str().unwrap();
    assert!(
        shown.out.contains("would retract it") && shown.out.contains(second),
        "{}",
        shown.out
    );
    let cancel = desk.path("03-cancel-gas-leak.xml");
    let said = desk.json(&["notice", "import", cancel.to_str().unwrap(), "--publish"]);
    assert_eq!(
        (said.exit, &said.object()["data"]["act"]),
        (0, &"retract".into()),
        "{said:?}"
    );
    let seen = titles(&desk);
    assert_eq!(seen.len(), 2);
    assert!(
        seen.iter()
            .any(|n| n[1] == id && n[2].as_str().unwrap().contains("【解除】7号楼险情解除")),
        "{seen:?}"
    );
    let ours = alert(&desk, second, "");
    assert_eq!(ours.msg_type, MsgType::Cancel);
}

#[test]
fn what_must_not_be_passed_on_is_not_and_the_sentence_says_why() {
    let (desk, _) = founded();
    let gas = std::fs::read_to_string(samples().join("01-alert-gas-leak.xml")).unwrap();
    let gas = gas.replace("2026-11-20T23:59", "2099-11-20T23:59");
    let with = |from: &str, to: &str| {
        assert!(gas.contains(from));
        desk.file("x.xml", gas.replace(from, to))
    };
    let long = "长".repeat(13_000);
    // The only place that it names: without it the notice would be for everybody.
    let nowhere = format!(">{}</value>", "7".repeat(60));
    for (from, to, code) in [
        ("Actual", "Test", "cap-not-meant"),
        ("Actual", "System", "cap-not-meant"),
        ("Actual", "Draft", "cap-not-meant"),
        (">Alert<", ">Ack<", "cap-not-for-people"),
        ("Public", "Private", "cap-private"),
        ("2099-11-20T23:59", "2020-11-20T23:59", "cap-over"),
        ("浓度较高", long.as_str(), "cap-too-long"),
        (">7</value>", nowhere.as_str(), "cap-area-unread"),
        ("<alert ", "<!DOCTYPE a><alert ", "cap-unreadable"),
        ("Extreme", "红色", "cap-unreadable"),
    ] {
        let file = with(from, to);
        let said = desk.json(&["notice", "import", &file, "--publish"]);
        assert_eq!((said.exit, said.code().as_str()), (3, code), "{to}");
        let shown = desk.words("zh-CN", &["notice", "import", &file]);
        assert!(!shown.out.contains("--publish"), "{to}: {}", shown.out);
        assert!(shown.err.contains("没有发布"), "{to}: {shown:?}");
    }
    let file = with(">7</value>", &nowhere);
    let said = desk
        .json(&["notice", "import", &file, "--area", "3"])
        .object();
    assert_eq!(said["data"]["notice"]["area"], serde_json::json!(["3"]));
    let file = with("Extreme", "红色");
    let message = desk.json(&["notice", "import", &file]).object()["error"]["message"].clone();
    assert!(
        message.as_str().unwrap().contains("line 16, <severity>"),
        "{message}"
    );
    let no_info = desk.file("y.xml", concat!(
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>1</identifier><sender>a</sender>",
        "<sent>2026-11-22T14:05:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>",
        "<scope>Public</scope></alert>"
    ));
    let nowhere = desk.path("no/such").to_str().unwrap().to_owned();
    let big = desk.file("big.xml", vec![b' '; 10 << 20]);
    for (file, code) in [
        (no_info.as_str(), "cap-without-text"),
        (&big, "file-too-large"),
        (nowhere.as_str(), "file-not-found"),
    ] {
        assert_eq!(desk.json(&["notice", "import", file]).code(), code);
    }
    let said = desk.json(&[
        "notice",
        "import",
        &with("Public", "Public"),
        "--publish",
        "--as",
        "物业",
    ]);
    assert_eq!(said.code(), "other-office");
    assert!(titles(&desk).is_empty());
    // Looking needs no home.
    let looked = common::linli(
        &desk.path("keys"),
        &[
            "--home",
            desk.path("none").to_str().unwrap(),
            "--json",
            "notice",
            "import",
            &file,
        ],
    );
    assert_eq!(looked.exit, 0, "{looked:?}");
}
