//! A gate that is shown thousands of bad scans, as a real process: it opens for none, its log does not fill, and its
//! memory does not grow.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::barrier::{Barrier, gate_alone};
use linli_e2e::clock;
use linli_e2e::dice::Dice;
use linli_e2e::estate::Estate;

/// A number below `n`.
fn below(dice: &mut Dice, n: u64) -> u64 {
    let bytes = dice.bytes(8);
    u64::from_le_bytes(bytes.try_into().unwrap()) % n
}

/// One hostile line: a good one with bytes changed, cut, doubled, or nothing but noise.
fn mutated(dice: &mut Dice, good: &[&str]) -> Vec<u8> {
    let mut line = good[below(dice, good.len() as u64) as usize]
        .as_bytes()
        .to_vec();
    for _ in 0..=below(dice, 4) {
        let at = below(dice, line.len().max(1) as u64) as usize;
        let byte = below(dice, 256) as u8;
        match below(dice, 5) {
            0 if at < line.len() => line[at] = byte,
            1 => line.truncate(at.max(2)),
            2 => line.insert(at.min(line.len()), byte),
            3 => line.extend_from_within(at.min(line.len())..),
            _ => line.extend((0..at).map(|n| byte.wrapping_add(n as u8))),
        }
    }
    line.retain(|byte| *byte != b'\n');
    line
}

/// A line of nothing that was ever good: noise, a made-up token, a guessed code, a passing car.
fn made_up(dice: &mut Dice) -> Vec<u8> {
    const BASE45: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut line = match below(dice, 5) {
        0 => Vec::new(),
        1 => b"P ".to_vec(),
        2 => b"P LL1:".to_vec(),
        3 => b"C ".to_vec(),
        _ => "L 京A".as_bytes().to_vec(),
    };
    let known = line.first().copied();
    let len = 1 + below(dice, 300) as usize;
    for byte in dice.bytes(len) {
        match known {
            Some(b'P') if line.starts_with(b"P LL1:") => {
                line.push(BASE45[usize::from(byte) % BASE45.len()]);
            }
            Some(b'C') if line.len() < 10 => line.push(b'0' + byte % 10),
            Some(b'L') if line.len() < 11 => line.push(b"0123456789ABCDEF"[usize::from(byte) % 16]),
            Some(b'C' | b'L') => {}
            _ => line.push(byte),
        }
    }
    line.retain(|byte| *byte != b'\n');
    line
}

/// 100,000 on command: `LINLI_SCANS=100000`.
#[test]
fn ten_thousand_bad_scans_open_nothing_end_nothing_fill_no_log_and_take_no_memory() {
    let scans: usize = std::env::var("LINLI_SCANS").map_or(10_000, |n| n.parse().unwrap());
    let estate = Estate::found();
    let (gate, passes) = gate_alone(&estate, &["李*"]);
    let text = format!("P {}", passes[0]["text"].as_str().unwrap());
    let code = format!("C {}", passes[0]["short_code"].as_str().unwrap());
    let good = [
        text.as_str(),
        &text,
        &text,
        &code,
        "L 京AD12345",
        "N 2",
        "K 4821",
        "X 京AD12345",
    ];
    let mut barrier = Barrier::serve(&gate, "true");
    let (mut dice, mut tenth, mut opened) = (Dice::new(20_261_122), 0, 0);
    let (mut decided, began) = (0usize, clock::now());
    for n in 0..scans {
        let line = if n % 3 == 0 {
            made_up(&mut dice)
        } else {
            mutated(&mut dice, &good)
        };
        let answer = barrier.say(&line);
        let shown = String::from_utf8_lossy(&line);
        // The pass is one and for one entry. Its certificate rides unsigned beside it and counts for nothing at a gate
        // that knows the household; a change there makes no other pass of it, and no second entry.
        opened += u32::from(answer["data"]["opens"] == true);
        decided += usize::from(answer["data"]["result"].is_string());
        assert!(opened <= 1, "{shown:?} opened again: {answer}");
        let word = answer["data"]["result"]
            .as_str()
            .or(answer["error"]["code"].as_str());
        assert!(
            word.or(answer["data"]["noted"].as_str()).is_some(),
            "{shown:?}: {answer}"
        );
        if n == scans / 10 {
            tenth = barrier.resident_kib();
        }
    }
    let last = barrier.resident_kib();
    println!("{scans} scans: {tenth} KiB after a tenth, {last} KiB at the end");
    assert!(
        last <= tenth + 5 * 1024,
        "memory grew from {tenth} to {last} KiB"
    );
    barrier.end();

    // Most were counted and are no line of their own. What the last minute counted is a line with the next decision.
    let next = gate.run(&["gate", "check", "no pass at all"]);
    assert_eq!(next.data()["result"], "DENY");
    let log = gate.must(&["gate", "log"]);
    let lines = log["events"].as_array().unwrap();
    let counted: u64 = lines.iter().filter_map(|l| l["count"].as_u64()).sum();
    let minutes = usize::try_from(began.elapsed().as_secs() / 60).unwrap() + 1;
    println!(
        "{decided} decisions in {minutes} minutes begun: {} lines, {counted} counted",
        lines.len()
    );
    assert!(counted > 0, "nothing was counted");
    let departures = lines.iter().filter(|l| l["result"] == "EXIT").count();
    let room = 30 * (minutes + 1) + departures;
    assert!(
        lines.len() <= room,
        "{} lines, room for {room}",
        lines.len()
    );
    assert!(lines.len() + usize::try_from(counted).unwrap() <= decided + minutes + 2);
}
