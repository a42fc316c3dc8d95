//! Photos and PDFs between running homes, over real sockets on loopback: they travel, go on where they were cut, go to
//! whoever may have them and to nobody else, and are gone when what they belong to is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, data, until};
use linli_node::api::{AttachAct, FileArgs, NoticeArgs, Request};
use linli_node::home::HomeOptions;
use linli_node::home::attach::{picture, read, stage};
use serde_json::{Value, json};
use std::path::PathBuf;

/// A picture that no encoder makes small, so that it comes in several pieces.
fn photo() -> Vec<u8> {
    let side = 900_u32;
    let mut state = 9_u32;
    let points: Vec<u8> = (0..side * side * 3)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&points).unwrap();
    writer.finish().unwrap();
    out
}

fn act(act: AttachAct) -> Request {
    Request::Attach { act }
}

fn post(o: &HomeOptions, body: &str, files: &[FileArgs]) -> String {
    let said = data(
        o,
        act(AttachAct::PostNew {
            kind: "found".into(),
            body: body.into(),
            files: files.to_vec(),
        }),
    );
    said["id"].as_str().unwrap().to_owned()
}

fn files(o: &HomeOptions) -> Vec<Value> {
    let list = data(o, act(AttachAct::List { id: None }));
    list["files"].as_array().unwrap().clone()
}

fn states(o: &HomeOptions) -> Vec<String> {
    let all = files(o);
    all.iter()
        .map(|f| f["state"].as_str().unwrap().to_owned())
        .collect()
}

fn open(o: &HomeOptions, id: &str, n: u32) -> FileArgs {
    let opened = data(o, act(AttachAct::Open { id: id.into(), n }));
    serde_json::from_value(opened["file"].clone()).unwrap()
}

/// The files of blobs in a home, by how they end.
fn kept(o: &HomeOptions, ending: &str) -> Vec<PathBuf> {
    let Ok(dir) = std::fs::read_dir(o.dir.join("blobs")) else {
        return vec![];
    };
    let all = dir.map(|file| file.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect()
}

#[test]
fn a_photo_goes_with_its_post_from_home_to_home_and_is_gone_when_the_post_is_erased() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let owner = estate.join("owner", Some("3-2-501"), "household");
    let other = estate.join("other", Some("3-2-502"), "household");
    estate.meet(&[&owner, &other]);
    let sealed = stage(&owner, &photo(), Some("/media/张三/猫.png")).unwrap();
    assert_eq!(kept(&owner, "new").len(), 1);
    let id = post(&owner, "捡到一只猫", std::slice::from_ref(&sealed));
    assert_eq!(
        (kept(&owner, "new").len(), kept(&owner, "blob").len()),
        (0, 1)
    );

    // The other home has no link with the owner: the photo comes by way of the office.
    until("the photo is everywhere", || {
        [&office, &other].iter().all(|o| states(o) == ["here"])
    });
    let mine = read(&owner, &open(&owner, &id, 1)).unwrap();
    let theirs = open(&other, &id, 1);
    assert_eq!(read(&other, &theirs).unwrap(), mine);
    assert_eq!(theirs.name.as_deref(), Some("猫.png"), "without its folder");
    assert_eq!(theirs.media, "jpg");
    let small = picture(&other, &theirs, 100).unwrap();
    assert_eq!((small.width, small.height), (100, 100));
    let shown = data(&other, Request::PostShow { id: id.clone() });
    let file = &shown["post"]["files"][0];
    assert_eq!(
        (&file["state"], &file["width"]),
        (&json!("here"), &json!(900))
    );
    assert!(file.get("key").is_none(), "{file}");

    // On disk there is no picture, and its name opens nothing.
    let on_disk = std::fs::read(&kept(&other, "blob")[0]).unwrap();
    assert!(mine.starts_with(&[0xff, 0xd8, 0xff]) && !on_disk.starts_with(&[0xff, 0xd8]));
    assert!(!on_disk.windows(32).any(|at| at == &mine[1000..1032]));
    let guessed = FileArgs {
        key: theirs.hash.clone(),
        ..theirs.clone()
    };
    assert_eq!(read(&other, &guessed).unwrap_err().code, "attach-lost");

    data(&owner, Request::Erase { id: id.clone() });
    assert_eq!(kept(&owner, "blob"), Vec::<PathBuf>::new());
    until("the photo is nowhere", || {
        [&office, &other]
            .iter()
            .all(|o| kept(o, "blob").is_empty() && files(o).is_empty())
    });
    assert_eq!(read(&other, &theirs).unwrap_err().code, "attach-lost");
}

#[test]
fn a_transfer_that_was_cut_goes_on_after_a_restart_with_fewer_bytes_than_anew() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let owner = estate.join("owner", Some("3-2-501"), "household");
    estate.meet(&[&owner]);
    let sealed = stage(&owner, &photo(), None).unwrap();
    let size = u64::from(sealed.size);
    assert!(size > 300_000, "more than one piece: {size}");
    let id = post(&owner, "猫", &[sealed]);
    until("the photo is at the office", || states(&office) == ["here"]);
    let received = |o: &HomeOptions| {
        let list = data(
            o,
            act(AttachAct::List {
                id: Some(id.clone()),
            }),
        );
        list["received"].as_u64().unwrap()
    };
    assert_eq!(received(&office), size, "anew");
    // As if the power of the office had gone in the middle: one piece of 256 KiB, and half a group of the next.
    estate.stop(&office);
    let whole = kept(&office, "blob")[0].clone();
    let bytes = std::fs::read(&whole).unwrap();
    std::fs::remove_file(&whole).unwrap();
    std::fs::write(whole.with_extension("part"), &bytes[..262_144 + 5_000]).unwrap();
    estate.restart(&office);
    assert_eq!(states(&office), ["coming"]);
    let why = data(&office, Request::Why { item: id.clone() });
    assert_eq!(why["reason"], "large-file");
    let fault = ask(
        &office,
        act(AttachAct::Open {
            id: id.clone(),
            n: 1,
        }),
    )
    .unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("attach-waiting", 7));
    estate.link(&owner, &office);
    until("the photo is whole again", || states(&office) == ["here"]);
    assert_eq!(
        received(&office),
        size - 262_144,
        "the first piece did not come again"
    );
    assert_eq!(std::fs::read(&whole).unwrap(), bytes);
    assert!(kept(&office, "part").is_empty());
    let why = data(&office, Request::Why { item: id.clone() });
    assert_eq!(why["reason"], Value::Null);

    // Cut again, and erased before the rest comes: what has come is gone too.
    estate.stop(&office);
    std::fs::remove_file(&whole).unwrap();
    std::fs::write(whole.with_extension("part"), &bytes[..262_144]).unwrap();
    data(&owner, Request::Erase { id });
    estate.restart(&office);
    estate.link(&owner, &office);
    until("nothing is left of it", || kept(&office, "part").is_empty());
    assert!(kept(&office, "blob").is_empty());
}

#[test]
fn what_a_disk_has_changed_is_served_to_nobody_and_fetched_again() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let owner = estate.join("owner", Some("3-2-501"), "household");
    estate.meet(&[&owner]);
    let sealed = stage(&owner, &photo(), None).unwrap();
    let id = post(&owner, "猫", &[sealed]);
    until("the photo is at the office", || states(&office) == ["here"]);
    estate.stop(&owner);
    estate.stop(&office);
    let path = kept(&office, "blob")[0].clone();
    let good = std::fs::read(&path).unwrap();
    let mut bad = good.clone();
    bad[200_000] ^= 1;
    std::fs::write(&path, &bad).unwrap();
    estate.restart(&office);
    let other = estate.join("other", Some("3-2-502"), "household");
    estate.meet(&[&other]);
    until("the post is there, and its photo is asked for", || {
        states(&other) == ["waiting"] && kept(&office, "blob").is_empty()
    });
    assert_eq!(
        states(&office),
        ["waiting"],
        "the office knows that it is bad"
    );
    estate.restart(&owner);
    estate.link(&owner, &office);
    until("both have it", || {
        states(&office) == ["here"] && states(&other) == ["here"]
    });
    assert_eq!(std::fs::read(&path).unwrap(), good);
    let opened = open(&other, &id, 1);
    assert!(read(&other, &opened).is_ok());
}

#[test]
fn a_gate_gets_no_photo_of_the_board_and_one_of_a_notice() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let owner = estate.join("owner", Some("3-2-501"), "household");
    let gate = estate.join("gate", None, "gate:1");
    estate.meet(&[&owner, &gate]);
    let sealed = stage(&owner, &photo(), None).unwrap();
    post(&owner, "猫", &[sealed]);
    let map = b"%PDF-1.4\nxref\n0 0\ntrailer <<>>\nstartxref\n9\n%%EOF";
    let sealed = stage(&office, map, Some("停电范围.pdf")).unwrap();
    let with = NoticeArgs {
        title: "停电".into(),
        body: "范围见附件".into(),
        ..NoticeArgs::default()
    };
    let publish = AttachAct::NoticePublish {
        with,
        corrects: None,
        files: vec![sealed],
    };
    let notice = data(&office, act(publish))["id"]
        .as_str()
        .unwrap()
        .to_owned();
    until("both are at the office, the notice's at the gate", || {
        states(&office) == ["here", "here"] && states(&gate) == ["here"]
    });
    assert_eq!(read(&gate, &open(&gate, &notice, 1)).unwrap(), map);
    assert_eq!(kept(&gate, "blob").len(), 1);
    assert_eq!(files(&gate)[0]["kind"], "notice");
    let shown = data(&gate, Request::NoticeShow { id: notice.clone() });
    assert_eq!(shown["notice"]["files"][0]["name"], "停电范围.pdf");
    let fault = ask(&gate, act(AttachAct::Open { id: notice, n: 2 })).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("attach-none", 6));
}

#[test]
fn files_that_cannot_go_out_are_refused_with_a_sentence_and_nothing_is_written() {
    let estate = Estate::found();
    let office = estate.office.clone();
    let code = |bytes: &[u8]| stage(&office, bytes, Some("x.jpg")).unwrap_err().code;
    assert_eq!(code(b""), "attach-empty");
    assert_eq!(code(b"not a picture"), "attach-kind");
    assert_eq!(code(b"%PDF-1.4 cut sho"), "attach-pdf");
    assert_eq!(code(b"\xff\xd8\xff\xe0 cut short"), "attach-picture");
    assert!(kept(&office, "new").is_empty());
    let small = b"%PDF-1.4\nxref\n0 0\ntrailer <<>>\nstartxref\n9\n%%EOF";
    let five: Vec<FileArgs> = (0..5)
        .map(|_| stage(&office, small, None).unwrap())
        .collect();
    let new = |files: &[FileArgs]| {
        let act = AttachAct::PostNew {
            kind: "ask".into(),
            body: "x".into(),
            files: files.to_vec(),
        };
        ask(&office, Request::Attach { act })
    };
    assert_eq!(new(&five).unwrap_err().code, "attach-many");
    let mut other = five[0].clone();
    other.hash = five[1].hash.clone();
    other.size += 1;
    assert_eq!(new(&[other]).unwrap_err().code, "attach-lost");
    assert!(files(&office).is_empty());
    assert!(
        data(&office, Request::PostList)["posts"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    new(&five[..4]).unwrap();
    assert_eq!(states(&office), ["here", "here", "here", "here"]);
    // The fifth was never named in a post, and does not stay for ever; those that were do.
    assert_eq!(
        (kept(&office, "new").len(), kept(&office, "blob").len()),
        (1, 4)
    );
}
