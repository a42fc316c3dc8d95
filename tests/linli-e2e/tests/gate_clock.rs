//! A gate whose computer lies about the time, as a real process under libfaketime (Debian package `faketime`): the wall
//! clock is faked, the monotonic one is not. It says in which state its clock is, and admits nobody outside the
//! validity of a pass.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::barrier::gate_alone;
use linli_e2e::clock;
use linli_e2e::estate::{Estate, HOST};
use linli_e2e::home::{Home, Reply};
use std::path::PathBuf;

const DAY_S: i64 = 86_400;

/// The library that lies, wherever this machine's architecture puts it.
fn liar() -> String {
    let lib = PathBuf::from("/usr/lib");
    let folders = std::fs::read_dir(&lib).into_iter().flatten().flatten();
    let mut places: Vec<PathBuf> = folders.map(|folder| folder.path()).collect();
    places.push(lib);
    let found = places
        .into_iter()
        .map(|folder| folder.join("faketime/libfaketimeMT.so.1"))
        .find(|file| file.exists());
    let file = found.expect("libfaketime: the package faketime is needed");
    file.to_str().unwrap().to_owned()
}

/// A gate and its passes: one in force now, one that ends in two minutes, one for a day in two years.
struct Lied {
    gate: Home,
    liar: String,
    texts: [String; 3],
    _estate: Estate,
}

/// So many seconds from now, as libfaketime freezes it.
fn standing(seconds_from_now: i64) -> String {
    let shown = clock::rfc3339(seconds_from_now);
    shown[..19].replace('T', " ")
}

impl Lied {
    fn new() -> Self {
        let estate = Estate::found();
        let (gate, _) = gate_alone(&estate, &[]);
        let issue = |label: &str, from_s: i64, until_s: i64| {
            let (from, until) = (clock::rfc3339(from_s), clock::rfc3339(until_s));
            let pass = [
                "pass", "issue", "--label", label, "--gate", "1", "--host", HOST,
            ];
            let when = ["--from", &from, "--until", &until];
            let issued = estate.office.must(&[&pass[..], &when].concat());
            issued["text"].as_str().unwrap().to_owned()
        };
        let far = 730 * DAY_S;
        let texts = [
            issue("现在", -60, 4 * 3600),
            issue("马上结束", -60, 120),
            issue("两年后", far - 3600, far + 3600),
        ];
        Self {
            gate,
            liar: liar(),
            texts,
            _estate: estate,
        }
    }

    fn run(&self, fake: &str, args: &[&str]) -> Reply {
        let env = [
            ("LD_PRELOAD", self.liar.as_str()),
            ("FAKETIME", fake),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("DONT_FAKE_MONOTONIC", "1"),
            ("NO_FAKE_STAT", "1"),
            ("TZ", "UTC"),
        ];
        self.gate.run_with(args, &env)
    }

    fn state(&self, fake: &str) -> String {
        let reply = self.run(fake, &["gate", "status"]);
        reply.data()["clock"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What becomes of the three passes.
    fn decides(&self, fake: &str) -> [(String, String); 3] {
        self.texts.each_ref().map(|text| {
            let reply = self.run(fake, &["gate", "check", text]);
            let word = |name: &str| reply.data()[name].as_str().unwrap_or_default().to_owned();
            assert_ne!(reply.data()["opens"], true, "{fake}: {}", reply.object);
            (word("result"), word("code"))
        })
    }
}

fn pair(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}

#[test]
fn a_gate_with_a_wrong_clock_says_so_and_admits_nobody_by_it() {
    let lied = Lied::new();
    assert_eq!(lied.state("+0"), "GOOD", "a clock that is faked by nothing");
    let asks = || pair("ASK", "E_CLOCK");
    // Back 30 days, 1970, and standing two hours ago: below what this gate knows for certain.
    for fake in ["-30d", "1970-01-02 00:00:00", &standing(-7200)] {
        assert_eq!(lied.state(fake), "BEHIND", "{fake}");
        assert_eq!(lied.decides(fake), [asks(), asks(), asks()], "{fake}");
    }
    // Two years on, the day for which the third pass is.
    assert_eq!(lied.state("+730d"), "LOST");
    assert_eq!(lied.decides("+730d"), [asks(), asks(), asks()]);
    // None of this raised the floor or spent anything: by the true clock the first pass opens, once.
    assert_eq!(lied.state("+0"), "GOOD");
    let first = lied.gate.run(&["gate", "check", &lied.texts[0]]);
    assert_eq!(first.data()["opens"], true, "{}", first.object);
    let again = lied.gate.run(&["gate", "check", &lied.texts[0]]);
    assert_eq!(again.data()["code"], "E_USED", "{}", again.object);
    // Five hours on the clock is believed, since an office agreed today: what is over by then is over.
    let later = lied.decides("+5h");
    assert_eq!(later[0], pair("DENY", "E_EXPIRED"));
    assert_eq!(later[1], pair("DENY", "E_EXPIRED"));
    assert_eq!(later[2], pair("DENY", "E_NOT_YET"));
}

#[test]
fn a_gate_whose_clock_stands_still_admits_within_validity_only() {
    let lied = Lied::new();
    // Standing from this moment on: nothing is known against it yet, and it is no later than it says.
    let now = standing(0);
    assert_eq!(lied.state(&now), "GOOD");
    let third = lied.run(&now, &["gate", "check", &lied.texts[2]]);
    assert_eq!(third.data()["code"], "E_NOT_YET", "{}", third.object);
    // Standing where it stood an hour before the gate last met the office.
    let hour_ago = standing(-3600);
    assert_eq!(lied.state(&hour_ago), "BEHIND");
    for text in &lied.texts {
        let reply = lied.run(&hour_ago, &["gate", "check", text]);
        assert_eq!(reply.data()["code"], "E_CLOCK", "{}", reply.object);
    }
}
