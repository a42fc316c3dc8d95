//! Bytes from a stranger: every known attack is refused for its reason, cheaply, and harms nobody.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::cases::{ALICE, BOB, Case, all, twins_are_changes, verdicts};
use common::heavy::{HEAVY, heavy};
use common::{admit, any_value};
use linli_record::admission::{Doc, Expect, Limits, Refusal, Scalar, Verdict, preparse};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

fn holding(changes: &[Vec<u8>]) -> Doc {
    let mut doc = Doc::new();
    for bytes in changes {
        admit(&mut doc, bytes).expect("what the record holds is sound");
    }
    doc
}

fn judge(doc: &mut Doc, case: &Case, bytes: &[u8]) -> Result<(), Verdict> {
    doc.admit(
        bytes,
        &Expect {
            actor: case.actor,
            schema: &any_value,
        },
    )
    .map(|_| ())
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

#[test]
fn the_corpus_on_disk_is_what_the_generator_makes() {
    let cases = all();
    assert!(twins_are_changes(&cases));
    let mut wanted: Vec<(String, Vec<u8>)> =
        vec![("verdicts.tsv".to_owned(), verdicts(&cases).into_bytes())];
    for case in cases {
        for (at, bytes) in case.before.into_iter().enumerate() {
            wanted.push((format!("{}.before{at}.bin", case.name), bytes));
        }
        wanted.push((format!("{}.hostile.bin", case.name), case.hostile));
        wanted.push((format!("{}.twin.bin", case.name), case.twin));
    }
    if std::env::var_os("LINLI_WRITE_CORPUS").is_some() {
        for (name, bytes) in &wanted {
            std::fs::write(folder().join(name), bytes).unwrap();
        }
    }
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".md"))
        .collect();
    found.sort();
    for (name, bytes) in &wanted {
        let held = std::fs::read(folder().join(name)).unwrap_or_default();
        assert!(
            held == *bytes,
            "{name} differs; set LINLI_WRITE_CORPUS to write it again"
        );
    }
    let mut names: Vec<String> = wanted.into_iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(found, names, "a file too many or too few");
}

#[test]
fn each_attack_is_refused_for_its_reason_and_its_twin_is_admitted() {
    for case in all() {
        let mut doc = holding(&case.before);
        assert_eq!(
            judge(&mut doc, &case, &case.hostile),
            Err(case.verdict.clone()),
            "{}",
            case.name
        );
        assert_eq!(
            judge(&mut doc, &case, &case.twin),
            Ok(()),
            "the twin of {}",
            case.name
        );
        // Once more, with the twin in place: still refused.
        assert!(
            judge(&mut doc, &case, &case.hostile).is_err(),
            "{}",
            case.name
        );
    }
}

#[test]
fn a_replica_that_met_the_attack_equals_one_that_did_not() {
    for case in all() {
        let mut spared = holding(&case.before);
        let mut struck = holding(&case.before);
        assert!(judge(&mut struck, &case, &case.hostile).is_err());
        assert_eq!(spared, struck, "{}", case.name);
        // An honest third device writes on top, and both go on alike, across a restart too.
        let change = spared
            .author(BOB, |draft| draft.put("note", Scalar::from("收到")))
            .unwrap();
        assert_eq!(
            struck
                .author(BOB, |draft| draft.put("note", Scalar::from("收到")))
                .unwrap(),
            change
        );
        admit(&mut spared, &change).unwrap();
        admit(&mut struck, &change).unwrap();
        assert_eq!(spared.heads(), struck.heads(), "{}", case.name);
        assert_eq!(spared.snapshot(), struck.snapshot(), "{}", case.name);
        let restarted = Doc::from_admitted(struck.save_changes()).unwrap();
        assert_eq!(restarted.snapshot(), spared.snapshot(), "{}", case.name);
    }
}

#[test]
fn the_genuine_change_arrives_after_somebody_used_its_authors_actor_id() {
    let case = all()
        .into_iter()
        .find(|case| case.name.starts_with("a6"))
        .unwrap();
    let mut doc = holding(&case.before);
    assert!(judge(&mut doc, &case, &case.hostile).is_err());
    // The very bytes that were void from Mallory are Alice's when Alice signs them.
    let genuine = doc.admit(
        &case.hostile,
        &Expect {
            actor: ALICE,
            schema: &any_value,
        },
    );
    assert!(genuine.is_ok());
}

#[test]
fn replicas_that_met_the_two_rivals_in_opposite_order_still_take_a_third_devices_change() {
    let case = all()
        .into_iter()
        .find(|case| case.name.starts_with("a5"))
        .unwrap();
    let (base, left, right) = (&case.before[0], &case.before[1], &case.hostile);
    let bystander = holding(std::slice::from_ref(base))
        .author(BOB, |draft| draft.put("note", "收到"))
        .unwrap();
    for (first, late) in [(left, right), (right, left)] {
        let mut doc = holding(&[base.clone(), first.clone()]);
        assert_eq!(
            admit(&mut doc, late),
            Err(Verdict::Void(Refusal::SeqTaken { seq: 2 }))
        );
        admit(&mut doc, &bystander).unwrap();
        assert_eq!(doc.snapshot().str("note"), Some("收到"));
        let again = Doc::from_admitted(doc.save_changes()).unwrap();
        assert_eq!(again.heads(), doc.heads());
    }
}

/// What this thread has spent computing; waiting for a busy machine does not count.
fn cpu_time() -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(spent.split_whitespace().next().unwrap().parse().unwrap())
}

/// Peak resident memory of this process in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

const IN_CHILD: &str = "LINLI_JUDGE";

/// Runs only in a process of its own, started by [`in_a_process_of_its_own`]: judges one input.
#[test]
fn child() {
    let Ok(input) = std::env::var(IN_CHILD) else {
        return;
    };
    let (actor, before, bytes) = heavy_or_case(&input);
    let mut doc = Doc::from_admitted(before.iter().map(Vec::as_slice)).unwrap();
    let idle = peak_kib();
    let start = cpu_time();
    let verdict = doc
        .admit(
            &bytes,
            &Expect {
                actor,
                schema: &any_value,
            },
        )
        .map(|_| ());
    let took = cpu_time() - start;
    println!(
        "judged {} {} {}",
        took.as_micros(),
        peak_kib() - idle,
        verdict.is_ok()
    );
}

/// Judges an input in a fresh process, so that the peak of its memory is its own.
fn in_a_process_of_its_own(input: &str) -> (Duration, u64, bool) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture", "--test-threads=1"])
        .env(IN_CHILD, input)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{input}: {text}");
    let line = text
        .lines()
        .find_map(|line| line.split_once("judged "))
        .expect("the child judges")
        .1;
    let parts: Vec<&str> = line.split(' ').collect();
    (
        Duration::from_micros(parts[0].parse().unwrap()),
        parts[1].parse().unwrap(),
        parts[2] == "true",
    )
}

fn heavy_or_case(input: &str) -> ([u8; 16], Vec<Vec<u8>>, Vec<u8>) {
    match all().into_iter().find(|case| case.name == input) {
        Some(case) => (case.actor, case.before, case.hostile),
        None => heavy(input),
    }
}

/// 250 ms of computing and 64 MiB (trust.md §6).
fn assert_cheap(input: &str, (took, kib, _): (Duration, u64, bool)) {
    assert!(took < Duration::from_millis(250), "{input} took {took:?}");
    assert!(kib < 64 * 1024, "{input} took {kib} KiB");
}

#[test]
fn judging_any_attack_takes_less_than_250_ms_and_64_mib() {
    for case in all() {
        let judged = in_a_process_of_its_own(case.name);
        assert!(!judged.2, "{}", case.name);
        assert_cheap(case.name, judged);
    }
}

#[test]
fn the_heaviest_sound_changes_take_less_than_250_ms_and_64_mib() {
    for shape in HEAVY {
        let judged = in_a_process_of_its_own(shape);
        assert!(judged.2, "{shape} is sound");
        println!("{shape}: {judged:?}");
        assert_cheap(shape, judged);
    }
}

#[test]
fn a_mebibyte_of_anything_is_refused_at_once() {
    let mut long = all().swap_remove(0).twin;
    long.resize(1 << 20, 0);
    let start = cpu_time();
    assert_eq!(
        preparse(&long, &Limits::STANDARD),
        Err(Refusal::TooLong { bytes: 1 << 20 })
    );
    assert!(cpu_time() - start < Duration::from_millis(50));
}
