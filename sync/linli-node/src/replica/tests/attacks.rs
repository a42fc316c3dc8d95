//! The corpus of hostile changes, signed as entries by devices that are enrolled, and sent through replicas.
//!
//! A device that was let in may sign whatever it likes. Its log stays whole and is carried; what it says is void where
//! it is opened; and a third replica that met all of it holds the same rows, byte for byte, as one that met none.

use super::*;
use linli_base::{EntryId, EntryKind, LogKey, RecordId, hash};
use linli_record::kind::ChangeBody;
use linli_store::Table;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What stands in the corpus where a replica has an actor id: of Alice, of Bob, of Mallory.
const STAND_INS: [[u8; 16]; 3] = [[0xa1; 16], [0xb0; 16], [0xee; 16]];
/// Alice and Mallory are two computers of one household, Bob's household is the third replica.
const ALICE: usize = 0;
const MALLORY: usize = 1;
const BOB: usize = 2;
/// A household that meets nobody who was struck until the end.
const SPARED: usize = 3;

/// An entry of the corpus, in its own words.
struct Case {
    name: String,
    signer: usize,
    verdict: String,
}

/// Where a case stands in the neighbourhood.
struct Stage {
    case: Case,
    /// The record its `before` made.
    record: Option<RecordId>,
    /// Hash of each change of the corpus and of the one that took its place.
    hashes: Vec<([u8; 32], [u8; 32])>,
    /// The hostile entry and its change.
    hostile: Option<(EntryId, Vec<u8>)>,
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../crates/linli-record/tests/corpus")
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(corpus().join("verdicts.tsv")).unwrap();
    let lines = text.lines().skip(1).map(|line| {
        let mut cells = line.split('\t').map(str::to_owned);
        Case {
            name: cells.next().unwrap(),
            signer: match cells.next().as_deref() {
                Some("alice") => ALICE,
                Some("mallory") => MALLORY,
                other => panic!("nobody is called {other:?}"),
            },
            verdict: cells.next().unwrap(),
        }
    });
    lines.collect()
}

fn file(name: &str, part: &str) -> Option<Vec<u8>> {
    std::fs::read(corpus().join(format!("{name}.{part}.bin"))).ok()
}

fn actors(all: &[Replica], record: &RecordId) -> [[u8; 16]; 3] {
    [ALICE, BOB, MALLORY].map(|who| all[who].actor(record))
}

/// Which of the stand-ins a change of the corpus is written by.
fn author_of(change: &[u8]) -> usize {
    let at = |actor: &[u8; 16]| change.windows(16).position(|window| window == actor);
    match (at(&STAND_INS[0]), at(&STAND_INS[2])) {
        (Some(alice), Some(mallory)) if alice < mallory => ALICE,
        (Some(_), None) => ALICE,
        _ => MALLORY,
    }
}

/// A change of the corpus as it reads in a record of this neighbourhood: real actors, and the hashes of the
/// changes that it builds on. What is no chunk, or deflated, stays as it is.
fn transplant(change: &[u8], actors: [[u8; 16]; 3], hashes: &[([u8; 32], [u8; 32])]) -> Vec<u8> {
    let mut out = change.to_vec();
    let mut put = |old: &[u8], new: &[u8]| {
        let mut at = 0;
        while at + old.len() <= out.len() {
            if out[at..at + old.len()] == *old {
                out[at..at + old.len()].copy_from_slice(new);
                at += old.len();
            } else {
                at += 1;
            }
        }
    };
    for (stand_in, actor) in STAND_INS.iter().zip(&actors) {
        put(stand_in, actor);
    }
    for (old, new) in hashes {
        put(old, new);
    }
    if out != change {
        let sum = hash::sha256(&out[8..]);
        out[4..8].copy_from_slice(&sum[..4]);
    }
    out
}

fn board(replica: &Replica) -> linli_base::LaneKey {
    replica.record_lane(now(5), RecordKind::Post).unwrap()
}

/// Signs a change as an entry of a post, in whatever shape it is.
fn sign(all: &mut [Replica], who: usize, record: Option<RecordId>, change: &[u8]) -> EntryId {
    let lane = board(&all[who]);
    let body = ChangeBody {
        kind: RecordKind::Post,
        change: change.to_vec(),
    };
    let about = record.map_or(About::New, |record| About::Of(record.0));
    let written = all[who]
        .write(now(6), EntryKind::CHANGE, lane, about, &body.encode())
        .unwrap();
    all[who].flush(now(6), &mut vec![]).unwrap();
    written.id
}

/// A record to be made by `who`, in which the actors stand in the order of the corpus: a list of them is sorted.
fn ordered_record(all: &mut [Replica], who: usize) -> RecordId {
    for n in 0..200 {
        let record = all[who].next_record(board(&all[who]));
        if actors(all, &record).is_sorted() {
            return record;
        }
        post(&mut all[who], &format!("{n}"), 5);
    }
    panic!("no record in two hundred");
}

/// Writes what the record of a case holds before the attack.
fn prepare(all: &mut [Replica], case: Case) -> Stage {
    let mut stage = Stage {
        case,
        record: None,
        hashes: vec![],
        hostile: None,
    };
    for n in 0.. {
        let Some(before) = file(&stage.case.name, &format!("before{n}")) else {
            break;
        };
        let who = author_of(&before);
        let fresh = stage.record.is_none();
        let record = match stage.record {
            Some(record) => record,
            None => ordered_record(all, who),
        };
        let change = transplant(&before, actors(all, &record), &stage.hashes);
        stage
            .hashes
            .push((hash::sha256(&before[8..]), hash::sha256(&change[8..])));
        sign(all, who, stage.record, &change);
        if fresh {
            // Both computers of the household have it before either goes on.
            meet(all, &[(ALICE, MALLORY)], 7);
        }
        stage.record = Some(record);
    }
    stage
}

/// Signs a part of a case; gives the record it is about.
fn play(all: &mut [Replica], stage: &Stage, part: &str) -> (RecordId, EntryId, Vec<u8>) {
    let bytes = file(&stage.case.name, part).unwrap();
    let who = stage.case.signer;
    let record = match stage.record {
        Some(record) => record,
        None => all[who].next_record(board(&all[who])),
    };
    let change = transplant(&bytes, actors(all, &record), &stage.hashes);
    let id = sign(all, who, stage.record, &change);
    (record, id, change)
}

fn neighbourhood() -> Vec<Replica> {
    let mut office = found();
    let unit = |n: u8| EnrolAs::Household {
        unit: format!("3-2-50{n}"),
    };
    let mut alice = enrol(&mut office, 2, unit(1));
    let bob = enrol(&mut office, 3, unit(2));
    let spared = enrol(&mut office, 4, unit(3));
    // Whom the office enrolled is known before one of them lets in a computer of its own.
    let mut all = vec![office, alice, bob, spared];
    meet(&mut all, &[(0, 1), (0, 2), (0, 3)], 2);
    alice = all.remove(1);
    let mallory = enrol(&mut alice, 5, EnrolAs::Sibling);
    all.remove(0);
    let mut all: Vec<Replica> = [alice, mallory].into_iter().chain(all).collect();
    meet(
        &mut all,
        &[(ALICE, MALLORY), (ALICE, BOB), (ALICE, SPARED)],
        2,
    );
    all
}

/// Every row of every scope, as one digest each.
fn rows(replica: &Replica) -> BTreeMap<&'static str, [u8; 32]> {
    replica.digests().unwrap()
}

fn holds(replica: &mut Replica, record: &RecordId, change: &[u8]) -> bool {
    let doc = replica.doc(record).unwrap();
    doc.is_some_and(|(_, _, doc)| doc.save_changes().any(|held| held == change))
}

fn reason(replica: &Replica, entry: &EntryId) -> Option<String> {
    let why = replica.staged.get(Table::Quarantine, &entry.0).unwrap()?;
    Some(String::from_utf8(why).unwrap())
}

/// What the corpus says about the change, or what its entry is refused for before the change is judged.
fn expected(case: &Case) -> &str {
    match case.name.as_str() {
        "b5-does-not-build-on-its-own-past" => "only the entry that creates a record begins it",
        _ => &case.verdict,
    }
}

#[test]
fn attacks_signed_by_enrolled_devices_are_carried_void_and_harm_no_third_replica() {
    let mut all = neighbourhood();
    let mut stages: Vec<Stage> = cases()
        .into_iter()
        .map(|case| prepare(&mut all, case))
        .collect();
    assert!(stages.len() >= 50);
    meet(
        &mut all,
        &[
            (ALICE, MALLORY),
            (ALICE, BOB),
            (MALLORY, BOB),
            (ALICE, SPARED),
        ],
        20,
    );
    let before = rows(&all[BOB]);
    assert_eq!(before, rows(&all[SPARED]));

    for stage in &mut stages {
        let (_, id, change) = play(&mut all, stage, "hostile");
        stage.hostile = Some((id, change));
    }
    meet(&mut all, &[(ALICE, MALLORY), (MALLORY, BOB)], 30);
    // Whoever met them holds, byte for byte, what one holds who did not.
    assert_eq!(rows(&all[BOB]), before);
    for stage in &stages {
        let (id, _) = stage.hostile.as_ref().unwrap();
        let name = &stage.case.name;
        for who in [ALICE, MALLORY, BOB] {
            let why = reason(&all[who], id);
            if stage.case.verdict == "waiting" {
                assert_eq!(why, None, "{name} at {who}");
            } else {
                assert_eq!(
                    why.as_deref(),
                    Some(expected(&stage.case)),
                    "{name} at {who}"
                );
            }
        }
        let record = stage.record.unwrap_or(RecordId([0; 16]));
        let (_, change) = stage.hostile.as_ref().unwrap();
        assert!(!holds(&mut all[BOB], &record, change), "{name}");
    }
    let heads = |r: &Replica| {
        let log = LogKey {
            device: all[MALLORY].me().device(),
            lane: board(&all[MALLORY]),
        };
        r.logs.head(&log).map(|head| head.seq)
    };
    assert_eq!(
        heads(&all[BOB]),
        heads(&all[MALLORY]),
        "the log is carried whole"
    );

    // The struck one lives on, and goes on in the same logs: every twin is admitted.
    let _post = post(&mut all[BOB], "还在", 31);
    let mut twins = Vec::new();
    for stage in &stages {
        let (record, id, change) = play(&mut all, stage, "twin");
        twins.push((stage.case.name.clone(), record, id, change));
    }
    meet(
        &mut all,
        &[(ALICE, MALLORY), (MALLORY, BOB), (ALICE, BOB)],
        40,
    );
    let struck = rows(&all[BOB]);
    for (name, record, id, change) in &twins {
        assert_eq!(reason(&all[BOB], id), None, "the twin of {name}");
        assert!(holds(&mut all[BOB], record, change), "the twin of {name}");
    }
    // Folding everything again from the entries gives the same rows.
    all[BOB].rebuild(now(41)).unwrap();
    assert_eq!(rows(&all[BOB]), struck);
    // The one that was spared hears everything at once, in another order, from the third.
    meet(&mut all, &[(BOB, SPARED)], 50);
    assert_eq!(rows(&all[SPARED]), struck);
}
