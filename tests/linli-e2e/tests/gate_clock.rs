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
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR, call_about};
use linli_e2e::home::{Home, Reply};
use linli_e2e::liar::{liar, lie};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const DAY_S: i64 = 86_400;

/// A gate and its passes: one in force now, one that ends in two minutes, one for a day in two years.
struct Lied {
    gate: Home,
    liar: String,
    texts: [String; 3],
    estate: Estate,
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
            estate,
        }
    }

    fn run(&self, fake: &str, args: &[&str]) -> Reply {
        self.gate.run_with(args, &lie(&self.liar, fake))
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

/// The monotonic clock of a process, so many times as fast: put in front of libfaketime, which then freezes the other one.
///
/// libfaketime alone cannot do it. What it does to the wall clock, shift or rate, it does to the monotonic one too, also
/// when its file is rewritten, and `FAKETIME_DONT_FAKE_MONOTONIC` leaves that one as it is; so under it alone ten minutes
/// of a standing clock are ten minutes of waiting.
const FAST: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
typedef int (*reads)(clockid_t, struct timespec *);
static reads next;
static struct timespec first;
static long long rate = 1;
static const long long SECOND = 1000000000LL;
__attribute__((constructor)) static void begin(void) {
    next = (reads)dlsym(RTLD_NEXT, "clock_gettime");
    const char *said = getenv("FAST_MONOTONIC");
    rate = said ? atoll(said) : 1;
    next(CLOCK_MONOTONIC, &first);
}
int clock_gettime(clockid_t which, struct timespec *out) {
    if (!next) next = (reads)dlsym(RTLD_NEXT, "clock_gettime");
    int failed = next(which, out);
    if (failed || which != CLOCK_MONOTONIC || rate == 1) return failed;
    long long ns = (out->tv_sec - first.tv_sec) * SECOND + out->tv_nsec - first.tv_nsec;
    ns = ns * rate + first.tv_nsec;
    out->tv_sec = first.tv_sec + ns / SECOND;
    out->tv_nsec = ns % SECOND;
    return 0;
}
"#;

/// Twenty seconds a second: ten minutes in half a minute.
const RATE: &str = "20";

/// Compiles it with the compiler that links Rust programs.
fn fast(dir: &Path) -> String {
    let (source, library) = (dir.join("fast.c"), dir.join("fast.so"));
    std::fs::write(&source, FAST).unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library);
    let built = cc
        .arg(&source)
        .arg("-ldl")
        .output()
        .expect("cc, as for linking");
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success(), "{said}");
    library.to_str().unwrap().to_owned()
}

#[test]
fn a_clock_that_stands_still_for_ten_minutes_is_lost_in_a_running_gate() {
    // LINLI_WAIT_REALLY=1 waits the ten minutes out, with libfaketime alone.
    let really = std::env::var_os("LINLI_WAIT_REALLY").is_some();
    let lied = Lied::new();
    let fast = fast(lied.estate.root());
    let both = format!("{fast}:{}", lied.liar);
    let run = |preload: &str, fake: &str, also_monotonic: bool, rate: &str| {
        let mut env = lie(preload, fake).to_vec();
        env.retain(|(name, _)| !(also_monotonic && name.ends_with("DONT_FAKE_MONOTONIC")));
        env.push(("FAST_MONOTONIC", rate));
        Daemon::start_with(&lied.gate, &[], &env)
    };
    let gate = &lied.gate;
    let state = || gate.must(&["gate", "status"])["clock"].clone();

    // One of the two stands.
    let frozen = standing(0);
    let node = if really {
        run(&lied.liar, &frozen, false, "1")
    } else {
        run(&both, &frozen, false, RATE)
    };
    assert_eq!(state(), "GOOD", "nothing is known against it yet");
    let patience = Duration::from_secs(if really { 900 } else { 150 });
    clock::until("the gate sees that its clock stands", patience, || {
        state() == "LOST"
    });
    for text in &lied.texts {
        let reply = gate.run(&["gate", "check", text]);
        let word = |name: &str| reply.data()[name].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            (word("result"), word("code")),
            pair("ASK", "E_CLOCK"),
            "{}",
            reply.object
        );
    }
    node.stop();
    // Nothing was spent: by a clock that runs, the first pass opens.
    let first = gate.run(&["gate", "check", &lied.texts[0]]);
    assert_eq!(first.data()["opens"], true, "{}", first.object);

    // Both clocks run a minute a second: nothing stands, and after a quarter of an hour nothing is lost.
    let node = run(&lied.liar, "+0 x60", true, "1");
    let began = clock::now();
    while began.elapsed() < Duration::from_secs(15) {
        assert_eq!(state(), "GOOD", "after {:?}", began.elapsed());
        clock::pass(Duration::from_secs(1));
    }
    node.stop();
}

#[test]
fn a_gate_whose_clock_is_wrong_rings_at_the_households_devices_and_hears_their_answer() {
    let estate = Estate::found();
    let office = &estate.office;
    let [gate, house, phone] = ["gate", "house", "phone"].map(|name| estate.home(name));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    let first = estate::enrol(office, &house, &["--unit", HOST]);
    let house_node = Daemon::start(&house, &[office_node.addr()]);
    let second = estate::enrol(&house, &phone, &["--role", "sibling"]);
    let phone_node = Daemon::start(&phone, &[office_node.addr(), house_node.addr()]);
    house.must(&["ring", "order", &first, &second, "--seconds", "5"]);
    let peers = [office_node.addr(), house_node.addr(), phone_node.addr()];
    let liar = liar();
    // A month back, before its last agreement; and two years on.
    for fake in ["-30d", "+730d"] {
        let node = Daemon::start_with(&gate, &peers, &lie(&liar, fake));
        estate::until_online(&gate, 3);
        clock::until("the gate knows both devices", NEIGHBOUR, || {
            gate.must(&["gate", "unit", HOST])["units"][0]["devices"] == 2
        });
        let state = gate.must(&["gate", "status"])["clock"].clone();
        assert!(
            ["BEHIND", "LOST"].contains(&state.as_str().unwrap()),
            "{fake}: {state}"
        );
        let said = gate.run(&["gate", "walk-in", "--unit", HOST, "--name", "老周"]);
        let event = said.data()["event"].as_str().unwrap().to_owned();
        assert_eq!(said.data()["ring"], "RINGS", "{fake}: {}", said.object);
        // The first device is silent; the second one, which may grant nothing, rings after it and answers.
        for home in [&house, &phone] {
            let what = format!("{fake}: it rings at {}", home.name);
            clock::until(&what, NEIGHBOUR, || {
                call_about(home, &event)["here"] == true
            });
        }
        phone.must(&["ring", "answer", &event, "--admit"]);
        clock::until(&format!("{fake}: the gate hears it"), NEIGHBOUR, || {
            let call = call_about(&gate, &event);
            call["state"] == "ADMIT" && call["device"] == second.as_str()
        });
        let act = ["--reason", "住户同意", "--badge", "07"];
        gate.must(&[&["gate", "override", &event][..], &act].concat());
        for home in [&house, &phone] {
            let what = format!("{fake}: {} hears that it is over", home.name);
            clock::until(&what, NEIGHBOUR, || {
                call_about(home, &event)["state"] == "DECIDED"
            });
        }
        node.stop();
    }
    for node in [phone_node, house_node, office_node] {
        node.stop();
    }
}
