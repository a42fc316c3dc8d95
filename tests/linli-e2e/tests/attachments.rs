//! A photo by command from computer to computer, with a kill on its way; what of it lies on the disks, and what is left
//! when its post is erased; and files that cannot go out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::disk::SmallDisk;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use linli_e2e::home::{Home, STEP};
use linli_e2e::process::Run;
use linli_e2e::search::{self, Planted};
use linli_vectors::pictures::{cat, jpeg, png};
use std::path::Path;

const SIDE: u32 = 1_500;

fn states(home: &Home) -> Vec<String> {
    let list = home.must(&["attachment", "list"]);
    let files = list["files"].as_array().unwrap().clone();
    files
        .iter()
        .map(|file| file["state"].as_str().unwrap().to_owned())
        .collect()
}

fn all_here(home: &Home, how_many: usize) {
    clock::until("the files are here", NEIGHBOUR, || {
        let states = states(home);
        states.len() == how_many && states.iter().all(|state| state == "here")
    });
}

/// Runs of bytes from all over something, to be looked for.
fn runs(bytes: &[u8]) -> Planted {
    let starts = (0..bytes.len() - 24).step_by(bytes.len() / 50);
    Planted::bytes(starts.map(|at| bytes[at..at + 24].to_vec()))
}

fn blobs(home: &Home) -> Vec<std::path::PathBuf> {
    let folder = home.dir.join("blobs");
    if folder.is_dir() {
        search::files(&folder)
    } else {
        vec![]
    }
}

#[test]
fn a_photo_goes_from_command_to_command_through_a_kill_and_is_gone_with_its_post() {
    let estate = Estate::found();
    let (office, house, other) = (&estate.office, estate.home("house"), estate.home("other"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    estate::enrol(office, &other, &["--unit", "3-2-502"]);
    let house_node = Daemon::start(&house, &[office_node.addr()]);
    let mut other_node = Daemon::start(&other, &[office_node.addr()]);
    estate::until_online(office, 2);

    let photo = estate.file("一只猫.jpg", jpeg(&cat(3, SIDE), SIDE, SIDE, 98));
    let plan = b"%PDF-1.4\nxref\n0 0\ntrailer <<>>\nstartxref\n9\n%%EOF";
    let plan = estate.file("plan.pdf", plan);
    let post = house.must(&[
        "post",
        "new",
        "--kind",
        "found",
        "捡到一只猫",
        "--photo",
        &photo,
        "--photo",
        &plan,
    ]);
    let post = post["id"].as_str().unwrap();
    // Wherever the transfer is now, power goes at one of them.
    assert!(other_node.kill());
    let other_node = Daemon::start(&other, &[office_node.addr()]);
    for home in [office, &house, &other] {
        all_here(home, 2);
    }

    let saved = estate.root().join("saved.jpg");
    let path = saved.to_str().unwrap();
    let mine = estate.root().join("mine.jpg");
    let said = other.must(&["attachment", "save", post, path]);
    assert_eq!(said["file"]["name"], "一只猫.jpg");
    assert!(
        said.to_string().len() < 400 && said["file"].get("key").is_none(),
        "{said}"
    );
    house.must(&["attachment", "save", post, mine.to_str().unwrap()]);
    let picture = std::fs::read(&saved).unwrap();
    assert_eq!(picture, std::fs::read(&mine).unwrap());
    assert!(picture.starts_with(&[0xff, 0xd8, 0xff]) && picture.len() > 50_000);
    let shown = other.must(&["post", "show", post]);
    let files = shown["post"]["files"].as_array().unwrap();
    assert_eq!(
        (&files[0]["width"], &files[1]["media"]),
        (&SIDE.into(), &"pdf".into())
    );

    // And as people read it.
    let told =
        |lang: &str, args: &[&str]| Run::start(other.command(lang, args)).finish(STEP).stdout;
    let line = told("en", &["post", "show", post]);
    assert!(line.contains("📎 1 一只猫.jpg 1500×1500, "), "{line}");
    assert!(
        line.contains(" KB: here") && line.contains("📎 2 plan.pdf, 1 KB"),
        "{line}"
    );
    let table = told("zh-CN", &["attachment", "list"]);
    assert!(
        table.contains("已在这里") && table.contains("一只猫.jpg"),
        "{table}"
    );

    // No disk shows the picture; all hold the same sealed bytes.
    let clear = runs(&picture);
    let sealed = std::fs::read(
        blobs(&house)
            .iter()
            .max_by_key(|p| p.metadata().unwrap().len())
            .unwrap(),
    )
    .unwrap();
    let closed = runs(&sealed);
    for home in [office, &house, &other] {
        assert!(clear.absent_from(&home.dir) > 2);
        let held = blobs(home)
            .iter()
            .any(|file| std::fs::read(file).unwrap() == sealed);
        assert!(held, "{}", home.name);
    }

    // What goes with a comment goes with it, when whoever said it takes it back.
    let photo = estate.file("项圈.png", png(&cat(5, 60), 60, 60));
    let said = other.must(&["post", "comment", post, "戴着这个", "--photo", &photo]);
    let comment = said["id"].as_str().unwrap();
    for home in [office, &house, &other] {
        all_here(home, 3);
    }
    let of_others = Run::start(house.command("en", &["post", "uncomment", post, comment]));
    assert_eq!(of_others.finish(STEP).code, Some(4));
    other.must(&["post", "uncomment", post, comment]);
    for home in [office, &house, &other] {
        clock::until("it is gone", NEIGHBOUR, || {
            states(home).len() == 2 && blobs(home).len() == 2
        });
        let shown = home.must(&["post", "show", post]).to_string();
        assert!(!shown.contains("戴着这个"), "{}", home.name);
    }
    let line = told("en", &["post", "show", post]);
    assert!(line.contains("[taken back by whoever wrote it]"), "{line}");

    house.must(&["erase", post]);
    assert_eq!(blobs(&house), Vec::<std::path::PathBuf>::new());
    for home in [office, &other] {
        clock::until("it is gone", NEIGHBOUR, || blobs(home).is_empty());
        assert_eq!(states(home), Vec::<String>::new());
    }
    for node in [office_node, house_node, other_node] {
        node.stop();
    }
    for home in [office, &house, &other] {
        assert!(closed.absent_from(&home.dir) > 1);
        assert!(clear.absent_from(&home.dir) > 1);
    }
}

#[test]
fn a_photo_below_a_post_is_asked_for_by_its_comment_and_a_gate_has_no_comment_of_a_notice() {
    let estate = Estate::found();
    let (office, house, gate) = (&estate.office, estate.home("house"), estate.home("gate"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let mut house_node = Daemon::start(&house, &[office_node.addr()]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    estate::until_online(office, 2);
    let photo = estate.file("钥匙.jpg", jpeg(&cat(3, SIDE), SIDE, SIDE, 98));
    let post = office.must(&["post", "new", "--kind", "lost", "谁捡到钥匙"]);
    let body = estate.file("body.txt", "周三");
    let notice = office.must(&["notice", "publish", "--title", "换锁", "--body-file", &body]);
    let (post, notice) = (post["id"].as_str().unwrap(), notice["id"].as_str().unwrap());
    clock::until("the house has both", NEIGHBOUR, || {
        let posts = house.must(&["post", "list"])["posts"]
            .as_array()
            .unwrap()
            .len();
        let notices = house.must(&["notice", "list"])["notices"]
            .as_array()
            .unwrap()
            .len();
        posts + notices == 2
    });
    // Alone, without a word; and below the notice with one.
    let said = house.must(&["post", "comment", post, "--photo", &photo]);
    assert!(house_node.kill());
    let house_node = Daemon::start(&house, &[office_node.addr()]);
    let below = house.must(&["notice", "comment", notice, "这种锁吗", "--photo", &photo]);
    all_here(office, 2);
    let (said, below) = (said["id"].as_str().unwrap(), below["id"].as_str().unwrap());
    let shown = office.must(&["post", "show", post])["post"]["comments"][0].clone();
    assert_eq!(
        (shown["id"].as_str(), shown["body"].as_str()),
        (Some(said), Some(""))
    );
    assert_eq!(shown["files"][0]["name"], "钥匙.jpg");
    let shown = office.must(&["notice", "show", notice])["notice"]["said"][0].clone();
    assert_eq!(
        (shown["id"].as_str(), &shown["files"][0]["state"]),
        (Some(below), &"here".into())
    );
    let told = |args: &[&str]| {
        Run::start(office.command("zh-CN", args))
            .finish(STEP)
            .stdout
    };
    assert!(told(&["post", "show", post]).contains("📎 1 钥匙.jpg 1500×1500"));
    assert!(told(&["notice", "show", notice]).contains("📎 1 钥匙.jpg 1500×1500"));
    let saved = estate.root().join("saved.jpg");
    office.must(&["attachment", "save", said, saved.to_str().unwrap()]);
    assert!(
        std::fs::read(&saved)
            .unwrap()
            .starts_with(&[0xff, 0xd8, 0xff])
    );
    let of = office.must(&["attachment", "list", notice])["files"].clone();
    assert_eq!(
        (of[0]["comment"].as_str(), of.as_array().unwrap().len()),
        (Some(below), 1)
    );
    // A gate has the notice, and no talk of the board below it.
    clock::until("the gate has the notice", NEIGHBOUR, || {
        !gate.must(&["notice", "list"])["notices"]
            .as_array()
            .unwrap()
            .is_empty()
    });
    assert_eq!((states(&gate), blobs(&gate).len()), (vec![], 0));
    for blank in ["", " \n"] {
        let said = house.refused(&["post", "comment", post, blank], 3, "bad-field");
        let args = &said["error"]["args"];
        assert_eq!(
            (&args["field"], &args["why"]),
            (&"body".into(), &"empty".into())
        );
    }
    office.must(&["erase", post]);
    for home in [office, &house] {
        clock::until("of the post nothing is left", NEIGHBOUR, || {
            blobs(home).len() == 1
        });
    }
    for node in [office_node, house_node, gate_node] {
        node.stop();
    }
}

#[test]
fn a_notice_with_a_pdf_reaches_a_gate_and_a_photo_of_the_board_does_not() {
    let estate = Estate::found();
    let (office, gate) = (&estate.office, estate.home("gate"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    estate::until_online(office, 1);
    let photo = estate.file("cat.png", png(&cat(5, 200), 200, 200));
    office.must(&["post", "new", "--kind", "found", "猫", "--photo", &photo]);
    let body = estate.file("body.txt", "停电范围见附件");
    let plan = b"%PDF-1.4\nxref\n0 0\ntrailer <<>>\nstartxref\n9\n%%EOF";
    let plan = estate.file("停电范围.pdf", plan);
    let notice = office.must(&[
        "notice",
        "publish",
        "--title",
        "停电",
        "--body-file",
        &body,
        "--attach",
        &plan,
    ]);
    all_here(office, 2);
    all_here(&gate, 1);
    let notice = notice["id"].as_str().unwrap();
    let shown = gate.must(&["notice", "show", notice]);
    assert_eq!(shown["notice"]["files"][0]["name"], "停电范围.pdf");
    assert_eq!(blobs(&gate).len(), 1);
    let out = estate.root().join("out.pdf");
    gate.must(&["attachment", "save", notice, out.to_str().unwrap()]);
    assert_eq!(
        std::fs::read(&out).unwrap(),
        std::fs::read(Path::new(&plan)).unwrap()
    );
    gate.refused(
        &[
            "attachment",
            "save",
            notice,
            out.to_str().unwrap(),
            "--number",
            "2",
        ],
        6,
        "attach-none",
    );
    gate_node.stop();
    office_node.stop();
}

#[test]
fn where_there_is_no_room_for_photos_words_go_on_and_the_photo_comes_when_there_is() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    // Photos have a disk of their own here, and it is full.
    let disk = SmallDisk::mount(&house.dir.join("blobs"), 8);
    disk.fill();
    let house_node = Daemon::start(&house, &[office_node.addr()]);
    estate::until_online(office, 1);
    let photo = estate.file("cat.jpg", jpeg(&cat(4, 900), 900, 900, 95));
    office.must(&["post", "new", "--kind", "found", "猫", "--photo", &photo]);
    clock::until("it is said that there is no room", NEIGHBOUR, || {
        states(&house) == ["no-room"]
    });
    // Words still go both ways, and a photo of one's own is refused with a sentence.
    let post = ["post", "new", "--kind", "ask", "谁有梯子"];
    let words = house.must(&post)["id"].clone();
    clock::until("words go on", NEIGHBOUR, || {
        office.must(&["post", "list"])["posts"][0]["id"] == words
    });
    let mine = [&post[..], &["--photo", &photo]].concat();
    house.refused(&mine, 8, "disk-full");
    disk.free();
    all_here(&house, 1);
    house.must(&mine);
    all_here(&house, 2);
    all_here(office, 2);
    house_node.stop();
    office_node.stop();
}

#[test]
fn files_that_cannot_go_out_are_refused_in_both_languages_and_nothing_changes() {
    let estate = Estate::found();
    let office = &estate.office;
    let before = office.must(&["digest"])["digest"].clone();
    let huge = [jpeg(&cat(1, 100), 100, 100, 90), vec![0; 65 << 20]].concat();
    let mut bomb = png(&cat(1, 64), 64, 64);
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let mut crc = u32::MAX;
    for byte in &bomb[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
    let photo = jpeg(&cat(1, 300), 300, 300, 90);
    let locked = b"%PDF-1.4\nxref\n0 0\ntrailer <</Encrypt 1 0 R>>\nstartxref\n9\n%%EOF".to_vec();
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty.jpg", vec![], "attach-empty"),
        ("program.jpg", b"MZ no photo".to_vec(), "attach-kind"),
        (
            "phone.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
            "attach-heic",
        ),
        ("cut.jpg", photo[..100].to_vec(), "attach-picture"),
        ("bomb.png", bomb, "attach-points"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj".to_vec(), "attach-pdf"),
        ("locked.pdf", locked, "attach-pdf-locked"),
        (
            "large.pdf",
            [&b"%PDF-1.7"[..], &vec![b' '; 6 << 20]].concat(),
            "attach-large",
        ),
        ("huge.jpg", huge, "file-too-large"),
    ];
    for (name, bytes, code) in cases {
        let file = estate.file(name, bytes);
        let args = ["post", "new", "--kind", "ask", "x", "--photo", &file];
        office.refused(&args, 3, code);
    }
    office.refused(
        &[
            "post",
            "new",
            "--kind",
            "ask",
            "x",
            "--photo",
            "nowhere.jpg",
        ],
        6,
        "file-not-found",
    );
    let small = estate.file("small.jpg", &photo);
    let five = ["--photo", &small].repeat(5);
    let many = [&["post", "new", "--kind", "ask", "x"][..], &five].concat();
    office.refused(&many, 3, "attach-many");
    assert_eq!(office.must(&["digest"])["digest"], before);
    assert_eq!(states(office), Vec::<String>::new());
    // And a photo of forty million bytes goes: what cameras write behind the picture stays behind.
    let large = estate.file("large.jpg", [photo, vec![7; 40_000_000]].concat());
    office.must(&["post", "new", "--kind", "found", "猫", "--photo", &large]);
    assert_eq!(states(office), ["here"]);
    let kept: u64 = blobs(office)
        .iter()
        .map(|file| file.metadata().unwrap().len())
        .sum();
    // The five that were one too many wait an hour for a post, and then go.
    assert!(kept < 2_000_000, "{kept}");
}
