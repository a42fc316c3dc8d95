//! The demonstration finds out: for each of its claims a program stands in between and makes it false (a peer
//! killed, a name planted in a file, a byte changed), and the demonstration then fails and names that claim.
//!
//! The liar is a shell script that the demonstration takes for `linli`. It passes everything on but what its lie is
//! about. Runs take some ten seconds each, most of it the ten seconds for which a gate repeats its answer.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{LINLI, Said, register};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// What every liar begins with. `$who` is the machine, `$line` the command without the global options.
const OPENING: &str = r#"#!/bin/sh
home=$2
who=$(basename "$home")
demo=$(dirname "$home")
line=$(printf '%s ' "$@" | sed 's/^--home [^ ]* --json --lang [^ ]* //')
real() { "$REAL" "$@"; }
done_before() { [ -e "$STATE/$1" ] || { : > "$STATE/$1"; return 1; }; }
good() { echo '{"schema":"linli/1","ok":true,"as_of":"","covers":null,"data":{},"warnings":[],"error":null}'; exit 0; }
case "$line" in "node run"*) echo $$ > "$STATE/pid-$who" ;; esac
case "$who $line" in
"#;
const CLOSING: &str = r#"
esac
exec "$REAL" "$@"
"#;

struct Lie {
    /// The claim it makes false.
    claim: &'static str,
    /// All claims that fall with it.
    falls: &'static [&'static str],
    /// Branches of the script.
    script: &'static str,
}

const EVERYTHING_AFTER_FOUNDING: &[&str] = &[
    "founded",
    "register",
    "enrolled",
    "gate-skeleton",
    "notice-signed",
    "notice-confirmed",
    "pass-offline",
    "household-off",
    "gate-admits",
    "gate-forged",
    "gate-used",
    "posted-apart",
    "healed",
    "same-digest",
    "nothing-of-others",
    "sealed-at-rest",
    "keys-outside",
];
const EVERYTHING_AFTER_ENROLLING: &[&str] = &[
    "enrolled",
    "gate-skeleton",
    "notice-signed",
    "notice-confirmed",
    "pass-offline",
    "household-off",
    "gate-admits",
    "gate-forged",
    "gate-used",
    "posted-apart",
    "healed",
    "same-digest",
    "nothing-of-others",
    "keys-outside",
];

const LIES: &[Lie] = &[
    Lie {
        claim: "founded",
        falls: EVERYTHING_AFTER_FOUNDING,
        // What is shown has another gate than was founded.
        script: r#""office community show"*) real "$@" | sed 's/东门/南门/g'; exit 0 ;;"#,
    },
    Lie {
        claim: "register",
        falls: &[
            "register",
            "gate-skeleton",
            "nothing-of-others",
            "sealed-at-rest",
        ],
        // The preview writes.
        script: r#""office registry import"*) real "$@"; "$REAL" --home "$home" --json registry apply b1 >/dev/null; exit 0 ;;"#,
    },
    Lie {
        claim: "enrolled",
        falls: EVERYTHING_AFTER_ENROLLING,
        // Somebody stands between: the office sees other pictures than the joiner.
        script: r#""office sas show"*) real "$@" | sed 's/"emoji":\["[^"]*"/"emoji":["🃏"/g'; exit 0 ;;"#,
    },
    Lie {
        claim: "gate-skeleton",
        falls: &["gate-skeleton"],
        // The gate lacks a building: its digest is another one.
        script: r#""gate digest --scope skeleton"*) real "$@" | sed 's/"digest":"./"digest":"!/'; exit 0 ;;"#,
    },
    Lie {
        claim: "notice-signed",
        falls: &[
            "notice-signed",
            "notice-confirmed",
            "posted-apart",
            "healed",
            "same-digest",
        ],
        // A peer is killed as the notice goes out.
        script: r#""office notice publish"*) kill -9 "$(cat "$STATE/pid-household-2")"; exec "$REAL" "$@" ;;"#,
    },
    Lie {
        claim: "notice-confirmed",
        falls: &["notice-confirmed"],
        // It says that it confirmed, and did not.
        script: r#""household-1 notice confirm"*) good ;;"#,
    },
    Lie {
        claim: "pass-offline",
        falls: &[
            "pass-offline",
            "household-off",
            "gate-admits",
            "gate-forged",
            "gate-used",
            "healed",
        ],
        // The household's network stays on.
        script: r#""household-1 net pause"*) done_before a || good ;;"#,
    },
    Lie {
        claim: "household-off",
        falls: &["household-off", "posted-apart", "healed", "same-digest"],
        // What is switched off is not what runs.
        script: r#""household-1 node run"*) done_before a || { "$REAL" "$@" & echo $! > "$STATE/pid-hidden"; wait; } ;;"#,
    },
    Lie {
        claim: "gate-admits",
        falls: &["gate-admits", "gate-forged", "gate-used", "healed"],
        // A byte of the pass is changed on the way to the visitor.
        script: r#""household-1 pass issue"*) real "$@" | sed 's/"text":"LL1:..../"text":"LL1:0000/'; exit 0 ;;"#,
    },
    Lie {
        claim: "gate-forged",
        falls: &["gate-forged"],
        // A gate that looks at nothing: whatever it is shown, it checks the first pass again.
        script: r#""gate gate check LL1"*)
            if [ -e "$STATE/first" ]; then
                case "$(cat "$STATE/first")" in "$line") ;; *) sed 's/^/ /' "$STATE/said"; exit 0 ;; esac
            else echo "$line" > "$STATE/first"; real "$@" > "$STATE/said"; cat "$STATE/said"; exit 0
            fi ;;"#,
    },
    Lie {
        claim: "gate-used",
        falls: &["gate-used"],
        // A gate that forgets: it answers the same code as it did first.
        script: r#""gate gate check LL1"*)
            if [ -e "$STATE/first" ]; then
                case "$(cat "$STATE/first")" in "$line") cat "$STATE/said"; exit 0 ;; esac
            else echo "$line" > "$STATE/first"; real "$@" > "$STATE/said"; cat "$STATE/said"; exit 0
            fi ;;"#,
    },
    Lie {
        claim: "posted-apart",
        // Nothing is posted, and an empty board proves nothing about equal ones.
        falls: &["posted-apart", "healed", "same-digest"],
        // The two halves are not apart.
        script: r#""office net pause"*) good ;;"#,
    },
    Lie {
        claim: "healed",
        falls: &["healed", "same-digest"],
        // One half never comes back.
        script: r#""household-1 net resume"*) if done_before a; then good; fi ;;"#,
    },
    Lie {
        claim: "same-digest",
        falls: &["same-digest"],
        // One replica holds something else.
        script: r#""gate digest ") real "$@" | sed 's/"notice":"./"notice":"!/'; exit 0 ;;"#,
    },
    Lie {
        claim: "nothing-of-others",
        falls: &["nothing-of-others"],
        // A neighbour's name lies in a household's folder, as Windows writes it.
        script: r#""household-2 digest"*) printf '\203\137\362\123\055\116\127\000' > /dev/null; printf '陈明 13900001271' > "$home/notes.tmp" ;;"#,
    },
    Lie {
        claim: "sealed-at-rest",
        falls: &["sealed-at-rest"],
        // The office leaves a copy of the register in its folder.
        script: r#""office registry apply"*) printf '110101198105088146' > "$home/export.csv" ;;"#,
    },
    Lie {
        claim: "keys-outside",
        falls: &["keys-outside"],
        // A home that carries its own key.
        script: r#""household-1 digest"*) cat "$demo"/keys/household-1/* > "$home/backup" ;;"#,
    },
];

/// A folder for a liar and what it remembers.
struct Liar {
    dir: tempfile::TempDir,
}

impl Liar {
    fn telling(script: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("linli");
        std::fs::write(&path, format!("{OPENING}{script}{CLOSING}")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { dir }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(LINLI);
        command
            .args(["demo", "--registry"])
            .arg(register())
            // Neighbours on one machine answer within a second; a lie is found out sooner so.
            .args(["--timeout", "6"])
            .args(args)
            .env("LINLI_DEMO_EXE", self.dir.path().join("linli"))
            .env("REAL", LINLI)
            .env("STATE", self.dir.path());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        let said = Said::of(&self.command(args).output().unwrap());
        // A program that the liar hid from the demonstration is nobody's to stop but ours.
        if let Ok(pid) = std::fs::read_to_string(self.dir.path().join("pid-hidden")) {
            let _gone = Command::new("kill").args(["-9", pid.trim()]).status();
        }
        said
    }

    /// Processes of `linli node run` that were started and are still there.
    fn left_behind(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.dir.path()).unwrap();
        files
            .map(|file| file.unwrap().path())
            .filter(|file| {
                file.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with("pid-")
            })
            .map(|file| std::fs::read_to_string(file).unwrap().trim().to_owned())
            .filter(|pid| Path::new("/proc").join(pid).exists())
            .collect()
    }
}

fn failed(object: &Value) -> Vec<String> {
    let claims = object["data"]["claims"].as_array().expect("claims");
    claims
        .iter()
        .filter(|claim| claim["ok"] != true)
        .map(|claim| claim["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn an_honest_program_in_between_changes_nothing_and_nothing_is_left_behind() {
    let liar = Liar::telling("");
    let said = liar.run(&["--json", "--lang", "en"]);
    let object = said.object();
    assert_eq!((said.exit, failed(&object)), (0, Vec::new()), "{said:?}");
    assert_eq!(
        object["data"]["claims"].as_array().unwrap().len(),
        LIES.len()
    );
    assert_eq!(liar.left_behind(), Vec::<String>::new());
    let dir = object["data"]["dir"].as_str().unwrap();
    assert!(!Path::new(dir).exists(), "{dir} is left behind");
}

#[test]
fn every_claim_has_a_lie_that_makes_it_false_and_is_named() {
    // Two at a time: most of a run is waiting.
    let halves = LIES.chunks(LIES.len().div_ceil(2));
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = halves
            .map(|lies| scope.spawn(|| lies.iter().filter_map(tell).collect::<Vec<_>>()))
            .collect();
        runs.into_iter()
            .flat_map(|run| run.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Tells one lie; what went other than expected.
fn tell(lie: &Lie) -> Option<String> {
    let liar = Liar::telling(lie.script);
    let said = liar.run(&["--json", "--lang", "en"]);
    let found = failed(&said.object());
    let named = said.object()["data"]["failed"]
        .to_string()
        .contains(lie.claim);
    let as_expected = said.exit == 1 && named && found == lie.falls;
    (!as_expected).then(|| {
        let (claim, falls, lines) = (lie.claim, lie.falls, said.err.lines().collect::<Vec<_>>());
        let crosses = lines.windows(3).filter(|three| three[0].starts_with('✗'));
        let details: Vec<&str> = crosses.map(|three| three[2].trim()).collect();
        let exit = said.exit;
        format!("{claim}: exit {exit}, fell {found:?}, expected {falls:?}, because {details:#?}")
    })
}

#[test]
fn a_person_is_told_which_claims_do_not_hold() {
    let lie = LIES.iter().find(|lie| lie.claim == "founded").unwrap();
    let said = Liar::telling(lie.script).run(&["--lang", "zh-CN"]);
    assert_eq!(said.exit, 1);
    assert!(said.err.contains("条不成立：founded"), "{}", said.err);
    assert!(
        said.err.contains("✗ 一台电脑建成了一个小区"),
        "{}",
        said.err
    );
}

#[test]
fn a_signal_stops_every_program_and_removes_the_folder() {
    let liar = Liar::telling("");
    let mut demo = liar
        .command(&["--json"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let gate = liar.dir.path().join("pid-gate");
    while !gate.exists() {
        assert!(demo.try_wait().unwrap().is_none(), "it ended early");
        std::thread::yield_now();
    }
    let stopped = Command::new("kill").arg(demo.id().to_string()).status();
    assert!(stopped.unwrap().success());
    let output = demo.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(128 + 15));
    assert_eq!(liar.left_behind(), Vec::<String>::new());
    let said = String::from_utf8(output.stderr).unwrap();
    let dir = said
        .split_whitespace()
        .find(|word| word.contains("linli-demo-"));
    let dir = dir
        .expect("the folder is named")
        .trim_end_matches([':', '：']);
    assert!(!Path::new(dir).exists(), "{dir} is left behind");
}
