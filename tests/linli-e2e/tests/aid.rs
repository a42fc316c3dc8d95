//! Help and the board with real programs: a call that nobody has received, one that a helper and a gate have, a false
//! alarm; and a quarrel that three households report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use linli_e2e::home::{Home, LANGS, STEP};
use linli_e2e::process::Run;
use linli_e2e::search::Planted;
use serde_json::{Value, json};

/// What a command says to people, in both languages.
fn said(home: &Home, args: &[&str]) -> [String; 2] {
    LANGS.map(|lang| {
        let output = Run::start(home.command(lang, args)).finish(STEP);
        assert_eq!(output.code, Some(0), "{args:?}: {}", output.stderr);
        output.stdout
    })
}

fn id(data: &Value) -> String {
    data["id"].as_str().unwrap().to_owned()
}

/// How each has received a call.
fn received(home: &Home, call: &str) -> Vec<(String, String)> {
    let shown = home.must(&["help", "status", call]);
    let list = shown["call"]["received"].as_array().unwrap().clone();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    list.iter()
        .map(|r| (text(&r["by"]), text(&r["how"])))
        .collect()
}

fn until_received(home: &Home, call: &str, by: &str, how: &str) {
    let wanted = (by.to_owned(), how.to_owned());
    clock::until(&format!("{by} {how}"), NEIGHBOUR, || {
        received(home, call).contains(&wanted)
    });
}

#[test]
fn a_call_that_nobody_hears_gives_the_numbers_and_one_that_is_heard_says_by_whom() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, elder, helper) = (
        estate.home("gate"),
        estate.home("elder"),
        estate.home("helper"),
    );
    let office_node = Daemon::start(office, &[]);
    office.must(&["help", "numbers", "--set", "值班室:010-6666 0001"]);
    office.refused(&["help", "numbers", "--set", "值班室"], 3, "bad-phone");
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    estate::enrol(office, &helper, &["--unit", "3-2-502"]);
    estate::enrol(office, &elder, &["--unit", HOST]);
    let elder_node = Daemon::start(&elder, &[office_node.addr()]);
    let helper_node = Daemon::start(&helper, &[office_node.addr(), elder_node.addr()]);
    let gate_node = Daemon::start(&gate, &[office_node.addr(), elder_node.addr()]);
    estate::until_online(&elder, 3);
    clock::until("the numbers are here", NEIGHBOUR, || {
        said(&elder, &["help", "numbers"])[0].contains("010-6666 0001")
    });
    elder.refused(&["help", "check-in"], 3, "no-helpers");
    elder.must(&["help", "helpers", "set", "3-2-502"]);
    elder.must(&["help", "check-in", "--daily", "09:00"]);
    elder.refused(&["help", "check-in", "--daily", "25:00"], 3, "bad-hour");
    elder.must(&["help", "check-in"]);
    let whole = elder.must(&["digest", "--scope", "board"]);
    let whole = whole["digest"].as_str().unwrap();
    helper.must(&["wait", "--digest", whole, "--scope", "board"]);

    // The cable is out. The numbers come, and nothing claims that anybody has heard.
    elder.must(&["net", "pause", "--all"]);
    clock::until("nobody is there", NEIGHBOUR, || {
        elder.must(&["status"])["online"] == 0
    });
    let call = id(&elder.must(&["help", "raise", "--words", "摔倒了门没锁"]));
    let waited = elder.must(&["help", "status", &call, "--wait", "2"]);
    assert_eq!(waited["call"]["nobody"], true);
    for (text, nobody) in said(&elder, &["help", "status", &call])
        .iter()
        .zip(["没有人收到", "Nobody here has received"])
    {
        assert!(text.contains(nobody) && text.contains("120"), "{text}");
        assert!(text.contains("010-6666 0001"), "{text}");
    }
    assert_eq!(elder.must(&["help", "raise"])["again"], true);

    // It is in again.
    elder.must(&["net", "resume", "--all"]);
    let first = elder.must(&["help", "status", &call, "--wait", "60"]);
    assert_eq!(first["call"]["nobody"], false);
    for by in ["3-2-502", "东门", "物业服务中心"] {
        until_received(&elder, &call, by, "received");
    }
    let list = helper.must(&["help", "list"]);
    assert_eq!(
        (&list["calls"][0]["words"], &list["calls"][0]["asks_me"]),
        (&json!("摔倒了门没锁"), &json!(true))
    );
    assert_eq!(gate.must(&["gate", "status"])["help"][0]["by"], HOST);
    for text in said(&gate, &["gate", "status"]) {
        assert!(text.contains("🆘") && text.contains(HOST), "{text}");
    }
    helper.must(&["help", "ack", &call, "--coming"]);
    until_received(&elder, &call, "3-2-502", "coming");
    helper.refused(&["help", "cancel", &call], 4, "not-your-call");
    elder.must(&["help", "cancel", &call]);
    for home in [&helper, office] {
        clock::until("it is taken back", NEIGHBOUR, || {
            home.must(&["help", "list"])["calls"][0]["open"] == false
        });
    }
    clock::until("the gate hears that too", NEIGHBOUR, || {
        gate.must(&["gate", "status"])["help"] == json!([])
    });
    helper.refused(&["help", "ack", &call], 3, "help-over");
    // A practice says that it is one, in every line.
    let practice = id(&elder.must(&["help", "raise", "--practice"]));
    until_received(&elder, &practice, "3-2-502", "received");
    for (text, mark) in said(&helper, &["help", "status", &practice])
        .iter()
        .zip(["【演练】", "[PRACTICE]"])
    {
        assert!(text.contains(mark), "{text}");
    }
    for node in [gate_node, helper_node, elder_node, office_node] {
        node.stop();
    }
    let planted = Planted::texts(["摔倒了门没锁"]);
    for home in [&gate, &elder, &helper, office] {
        let _files = planted.absent_from(&home.dir);
    }
}

#[test]
fn three_households_report_a_post_and_everybody_is_told_who_hid_it_and_why() {
    let estate = Estate::found();
    let office = &estate.office;
    let office_node = Daemon::start(office, &[]);
    let units = [HOST, "3-2-502", "3-2-601", "4-1-101"];
    let homes = units.map(|unit| estate.home(unit));
    let mut nodes = Vec::new();
    for (home, unit) in homes.iter().zip(units) {
        estate::enrol(office, home, &["--unit", unit]);
        nodes.push(Daemon::start(home, &[office_node.addr()]));
    }
    let [author, a, b, c] = &homes;
    let post = id(&author.must(&["post", "new", "--kind", "concern", "物业都是饭桶"]));
    let show = |home: &Home| home.must(&["post", "show", &post])["post"].clone();
    for home in [a, b, c] {
        clock::until("the post is here", NEIGHBOUR, || {
            home.run(&["post", "show", &post]).code == Some(0)
        });
        home.must(&["post", "report", &post, "--reason", "abuse"]);
    }
    a.refused(
        &["post", "report", &post, "--reason", "ad"],
        3,
        "reported-already",
    );
    for home in &homes {
        clock::until("it is paused", NEIGHBOUR, || {
            show(home)["moderation"]["state"] == "paused"
        });
    }
    assert_eq!(
        (show(a)["hidden"].clone(), show(author)["hidden"].clone()),
        (json!(true), json!(false))
    );
    clock::until("the office has it", NEIGHBOUR, || {
        office.must(&["post", "list", "--reported"])["queue"][0]["record"] == post.as_str()
    });
    a.refused(&["post", "list", "--reported"], 4, "offices-only");
    office.must(&[
        "post",
        "moderate",
        &post,
        "--hide",
        "--reason",
        "规约第三条",
    ]);
    clock::until("it is hidden", NEIGHBOUR, || {
        show(a)["moderation"]["state"] == "hidden"
    });
    for text in said(a, &["post", "show", &post]) {
        assert!(
            text.contains("物业服务中心") && text.contains("规约第三条"),
            "{text}"
        );
        assert!(!text.contains("饭桶"), "{text}");
    }
    clock::until("its author knows", NEIGHBOUR, || {
        show(author)["moderation"]["may_appeal"] == true
    });
    author.must(&["post", "appeal", &post, "--words", "我说的是实话"]);
    clock::until("the office hears the appeal", NEIGHBOUR, || {
        office.must(&["post", "list", "--reported"])["queue"][0]["moderation"]["appealed"] == true
    });
    office.must(&[
        "post",
        "moderate",
        &post,
        "--stays",
        "--reason",
        "是意见，不是骂人",
    ]);
    author.must(&["post", "hand-over", &post]);
    for home in [a, b, c] {
        clock::until("it is back, and handed over", NEIGHBOUR, || {
            let post = show(home);
            post["body"] == "物业都是饭桶" && post["handed"]["to"] == "物业服务中心"
        });
    }
    for node in nodes {
        node.stop();
    }
    office_node.stop();
}
