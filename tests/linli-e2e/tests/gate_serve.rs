//! `linli gate serve --stdin` as a real process: a barrier served line by line, and killed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::barrier::{Barrier, SOON, gate_alone};
use linli_e2e::clock;
use linli_e2e::estate::{Estate, HOST};
use serde_json::Value;

fn pair(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}

#[test]
fn a_barrier_is_served_line_by_line_and_no_line_ends_it() {
    let estate = Estate::found();
    let (gate, passes) = gate_alone(&estate, &["李*", "王*", "赵*"]);
    let code = |n: usize| passes[n]["short_code"].as_str().unwrap().to_owned();
    let text = passes[0]["text"].as_str().unwrap();
    let told = estate.root().join("told");
    // Slow: it tells what it read, and then takes far longer than any answer may.
    let slow = format!("cat >> {}; sleep 300", told.display());
    let mut barrier = Barrier::serve(&gate, &slow);

    let first = barrier.say(format!("P {text}").as_bytes());
    let data = &first["data"];
    assert_eq!(
        (&data["result"], &data["opens"]),
        (&"ADMIT".into(), &true.into())
    );
    assert_eq!(
        (&data["label"], &data["unit"]),
        (&"李*".into(), &HOST.into())
    );
    let event = data["event"].as_str().unwrap().to_owned();
    let again = barrier.say(format!("P {text}").as_bytes());
    assert_eq!(
        (&again["data"]["code"], &again["data"]["opens"]),
        (&"E_REPEAT".into(), &false.into())
    );
    assert_eq!(
        barrier.decides(&format!("C {}", code(1))),
        pair("ADMIT", "")
    );
    clock::until("both commands were told", SOON, || {
        let heard = std::fs::read_to_string(&told).unwrap_or_default();
        heard.lines().count() == 2 && heard.contains(&event)
    });
    // People beside the holder are said before, for one scan.
    assert_eq!(barrier.say(b"N 2")["data"]["noted"], "companions");
    let companions = barrier.decides(&format!("C {}", code(2)));
    assert_eq!(companions, pair("ASK", "E_COMPANIONS"));
    assert_eq!(
        barrier.decides(&format!("C {}", code(2))),
        pair("ADMIT", "")
    );
    assert_eq!(barrier.decides(&format!("X {}", code(1))).0, "EXIT");
    assert_eq!(
        barrier.refuses(format!("X {}", code(1)).as_bytes()),
        "nobody-inside"
    );
    assert_eq!(
        barrier.decides("L 京A00001"),
        pair("ASK", "E_PLATE_UNKNOWN")
    );
    assert_eq!(barrier.decides("X 京A00001").0, "EXIT");
    assert_eq!(barrier.decides("W 3-2-501").0, "ASK");
    assert_eq!(
        barrier.decides("P wxp://f2f0sample"),
        pair("DENY", "E_PREFIX")
    );

    for (line, code) in [
        (&b""[..], "gate-line-empty"),
        (b"Q what", "gate-line-unknown"),
        (b"\xff\xfe\x00\x1b[2J", "gate-line-unknown"),
        (b"P", "gate-line-nothing"),
        (b"N lots", "gate-line-number"),
        ("\u{202e}P x".as_bytes(), "gate-line-unknown"),
    ] {
        assert_eq!(barrier.refuses(line), code);
    }
    let mut long = b"P ".to_vec();
    long.resize(10 << 20, b'A');
    let refused = barrier.say(&long);
    assert_eq!(refused["data"]["result"], "DENY", "{refused}");
    let mut long = b"L ".to_vec();
    long.resize(10 << 20, 0x1b);
    assert_eq!(barrier.refuses(&long), "gate-line-long");
    let strange = barrier.say(b"C \x1b[31m\xe2\x80\xae1234");
    assert_eq!(strange["data"]["result"], "DENY", "{strange}");
    // Tampered in one place, and the loop goes on.
    let mut bad = text.as_bytes().to_vec();
    let last = bad.len() - 3;
    bad[last] = if bad[last] == b'A' { b'B' } else { b'A' };
    let tampered = barrier.say(&[b"P ".as_slice(), &bad].concat());
    assert_eq!(tampered["data"]["result"], "DENY", "{tampered}");
    assert_eq!(tampered["data"]["label"], Value::Null, "{tampered}");
    barrier.end();

    let log = gate.must(&["gate", "log"]);
    let admitted = log["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["result"] == "ADMIT");
    assert_eq!(admitted.count(), 3);
}

#[test]
fn what_a_served_gate_answered_is_in_its_log_after_a_kill() {
    let estate = Estate::found();
    let (gate, passes) = gate_alone(&estate, &["李*", "王*"]);
    let mut barrier = Barrier::serve(&gate, "true");
    let mut answered = Vec::new();
    for pass in &passes {
        let answer = barrier.say(format!("P {}", pass["text"].as_str().unwrap()).as_bytes());
        assert_eq!(answer["data"]["result"], "ADMIT", "{answer}");
        answered.push(answer["data"]["event"].clone());
    }
    drop(barrier);
    let log = gate.must(&["gate", "log"]);
    let events = log["events"].as_array().unwrap();
    for event in &answered {
        assert!(events.iter().any(|e| e["id"] == *event), "{event} is lost");
    }
    // Of a pass that is spent nothing is repeated after a start.
    let mut barrier = Barrier::serve(&gate, "true");
    for pass in &passes {
        let text = pass["text"].as_str().unwrap();
        assert_eq!(
            barrier.decides(&format!("P {text}")),
            pair("DENY", "E_USED")
        );
    }
    barrier.end();
}
