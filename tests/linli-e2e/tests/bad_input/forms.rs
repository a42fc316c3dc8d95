//! Arguments that are read and make no sense: said in the chosen language, and nothing is made.

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};

#[test]
fn an_invitation_is_open_for_a_week_at_most_and_no_number_stops_a_node() {
    let estate = Estate::found();
    let office = &estate.office;
    let mut node = Daemon::start(office, &[]);
    for ttl in ["0s", "8d", "9999999d", "18446744073709551615s"] {
        let open = ["invite", "open", "--unit", "3-2-501", "--ttl", ttl];
        office.refused(&open, 3, "invite-ttl");
    }
    assert!(node.is_alive());
    for ttl in ["1s", "7d"] {
        office.must(&["invite", "open", "--unit", "3-2-501", "--ttl", ttl]);
    }
    node.stop();
}

#[test]
fn a_picture_that_cannot_be_written_makes_no_pass() {
    let estate = Estate::found();
    let office = &estate.office;
    let (from, until) = (clock::rfc3339(0), clock::rfc3339(3600));
    let nowhere = format!("{}/none/pass.png", estate.root().display());
    let folder = estate.root().display().to_string();
    for png in [&nowhere, &folder] {
        let issue = [
            "pass", "issue", "--label", "李*", "--host", "3-2-501", "--from", &from, "--until",
            &until, "--png", png,
        ];
        office.refused(&issue, 8, "file-not-written");
    }
    let passes = office.must(&["pass", "list"])["passes"].clone();
    assert_eq!(passes, serde_json::json!([]));
}

#[test]
fn fields_are_named_and_refused_in_the_language_of_the_person() {
    let estate = Estate::found();
    let office = &estate.office;
    let until = clock::rfc3339(3600);
    let from = clock::rfc3339(7200);
    let body = estate.file("body.txt", "今晚停电");
    let publish = [
        "notice",
        "publish",
        "--title",
        "停电",
        "--body-file",
        &body,
        "--effective",
        &from,
        "--expires",
        &until,
    ];
    office.refused(&publish, 3, "bad-field");
    let out = office.command("zh-CN", &publish).output().unwrap();
    let said =
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(
        said.contains("结束时间") && said.contains("早于开始的时间"),
        "{said}"
    );
    assert!(
        !said.contains("effective") && !said.contains("is before"),
        "{said}"
    );
    let notices = office.must(&["notice", "list"])["notices"].clone();
    assert_eq!(notices, serde_json::json!([]));
}

#[test]
fn text_that_nobody_could_see_is_not_published_and_a_title_that_turns_around_turns_nothing_else() {
    let estate = Estate::found();
    let office = &estate.office;
    let (zero, text) = (
        estate.file("zero.txt", "\u{200b}\u{200b}"),
        estate.file("text.txt", "今晚停电"),
    );
    let post = ["post", "new", "--kind", "ask", "--body-file", &zero];
    office.refused(&post, 3, "bad-field");
    for nothing in ["\u{200b}\u{200b}", "\u{3164}", "\u{202e}"] {
        let publish = [
            "notice",
            "publish",
            "--title",
            nothing,
            "--body-file",
            &text,
        ];
        office.refused(&publish, 3, "bad-field");
    }
    let publish = ["notice", "publish", "--title", "停电", "--body-file", &zero];
    office.refused(&publish, 3, "bad-field");
    for (lang, word) in [
        ("zh-CN", "看不见的字符"),
        ("en", "nothing in it that can be seen"),
    ] {
        let out = office.command(lang, &publish).output().unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned()
            + &String::from_utf8_lossy(&out.stderr);
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(
        office.must(&["notice", "list"])["notices"],
        serde_json::json!([])
    );
    assert_eq!(
        office.must(&["post", "list"])["posts"],
        serde_json::json!([])
    );

    // Honest scripts need such marks: they are signed as they are written, and turn nothing of the list around.
    let title = "停\u{202e}电\u{200b}通\u{2066}知";
    office.must(&["notice", "publish", "--title", title, "--body-file", &text]);
    let listed = office.must(&["notice", "list"])["notices"].clone();
    assert_eq!(listed[0]["title"], title);
    let out = office
        .command("zh-CN", &["notice", "list"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(said.contains("停电通知"), "{said}");
}

#[test]
fn whoever_is_enrolled_is_said_to_be_and_a_household_invites_for_itself_only() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    for (lang, word) in [("zh-CN", "已加入"), ("en", "Enrolled")] {
        let out = office.command(lang, &["sas", "show"]).output().unwrap();
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(said.contains(word), "{said}");
    }
    let (from, until) = (clock::rfc3339(0), clock::rfc3339(3600));
    let issue = |host: &str| {
        let args = [
            "pass", "issue", "--label", "李*", "--from", &from, "--until", &until, "--host", host,
        ];
        args.map(str::to_owned)
    };
    let other = issue("9-9-999");
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    house.refused(&other, 4, "host-not-yours");
    let own = issue("3-2-501");
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let house_node = Daemon::start(&house, &[node.addr()]);
    clock::until("the key of the gates arrives", NEIGHBOUR, || {
        house.run(&own).code == Some(0)
    });
    house_node.stop();
    node.stop();
}

#[test]
fn names_that_nobody_could_read_found_nothing_and_leave_no_folder() {
    let estate = Estate::empty();
    let office = &estate.office;
    let long = "园".repeat(41);
    let found = |name: &str, gates: &[&str], desk: &str, code: &str| {
        let mut args = vec!["community", "found", "--utc-offset", "+08:00"];
        args.extend(["--name", name, "--office", desk]);
        for gate in gates {
            args.extend(["--gate", gate]);
        }
        office.refused(&args, 3, code);
        assert!(!office.is_there(), "{code}");
    };
    for name in [
        "",
        "  ",
        "丰\u{1b}[2J园",
        "丰\u{202e}园",
        "丰\u{200b}园",
        &long,
    ] {
        found(name, &["1:东门"], "物业", "community-name-unfit");
        if !name.trim().is_empty() {
            found("丰盛园", &[&format!("1:{name}")], "物业", "gate-name-unfit");
        }
        found("丰盛园", &["1:东门"], name, "office-name-unfit");
    }
    found("丰盛园", &["1:东门", "1:西门"], "物业", "gate-twice");
    found("丰盛园", &["64:东门"], "物业", "gate-unreadable");
}

#[test]
fn a_node_told_to_listen_at_no_address_says_so_and_does_not_start() {
    let estate = Estate::found();
    let office = &estate.office;
    for addr in ["bogus", "127.0.0.1:99999", ""] {
        let run = ["node", "run", "--no-mdns", "--listen", addr];
        office.refused(&run, 3, "listen-unreadable");
    }
    assert_eq!(office.must(&["status"])["running"], false);
}

#[test]
fn times_are_said_as_a_person_says_them() {
    let estate = Estate::found();
    let office = &estate.office;
    let issue = [
        "pass", "issue", "--label", "李*", "--host", "3-2-501", "--until",
    ];
    fn made<'a>(issue: &[&'a str], until: &'a str) -> Vec<&'a str> {
        [issue, &[until]].concat()
    }
    let pass = office.must(&made(&issue, "+4h"));
    let life = |pass: &serde_json::Value| {
        pass["until_s"].as_u64().unwrap() - pass["from_s"].as_u64().unwrap()
    };
    let listed = office.must(&["pass", "list"])["passes"][0].clone();
    assert_eq!(life(&listed), 4 * 3600, "{pass}");
    for bad in ["tomorrow", "+4x", "25:00", "12:60"] {
        office.refused(&made(&issue, bad), 3, "bad-time");
    }
    let over = clock::rfc3339(-60);
    office.refused(&made(&issue, &over), 3, "until-over");
    let late = [
        "notice",
        "publish",
        "--title",
        "停水",
        "--body-file",
        "-",
        "--expires",
        &over,
    ];
    office.refused(&late, 3, "until-over");
}
