//! Ten thousand random and mutated scans, and thousands of mutated contexts: each gets an answer and a sentence, none
//! a panic, and none that was changed gets in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use linli_base::UnixSec;
use linli_pass::context::Context;
use linli_pass::token::{to_text, unbase45, unprefix};
use linli_pass::vectors::make;
use linli_pass::{Decision, GateState, Lang, Now, Scan, Setting, Verdict, What, decide};
use rand_like::Dice;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Monday 2026-11-23, 07:00 at +08:00: the moment of the vectors.
const MONDAY: UnixSec = UnixSec(1_795_388_400);

fn vector(name: &str) -> (Context, String) {
    let path = format!("{}/pass/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let json = std::fs::read_to_string(path).unwrap();
    let value: Value = serde_json::from_str(&json).unwrap();
    let text = value["PREFIX"].as_str().unwrap().to_owned();
    (Context::parse(&json).unwrap(), text)
}

/// What a guard must not be shown: characters that do nothing visible, or turn the direction of writing.
fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Numbers from a seed, the same every time.
mod rand_like {
    pub(super) struct Dice(pub(super) u64);

    impl Dice {
        pub(super) fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }

        pub(super) fn below(&mut self, end: usize) -> usize {
            usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
        }

        pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
            &from[self.below(from.len())]
        }
    }
}

const ODD: &[char] = &[
    'A', '0', ' ', ':', 'L', '1', '京', '\u{0}', '\u{1b}', '\u{202e}', '\u{feff}', '😀', 'ｌ', '%',
    '\n', '-',
];

fn random_text(dice: &mut Dice) -> String {
    let start = *dice.pick(&["", "LL1:", "LL2:", "LP1:", "https://", "京Q"]);
    let length = dice.below(80);
    let rest: String = (0..length).map(|_| *dice.pick(ODD)).collect();
    format!("{start}{rest}")
}

/// Some characters of a text changed, left out, doubled; or some bytes below its base45.
fn mutated(dice: &mut Dice, good: &str) -> String {
    if dice.below(2) == 0 {
        let mut chars: Vec<char> = good.chars().collect();
        for _ in 0..=dice.below(3) {
            let at = dice.below(chars.len());
            match dice.below(3) {
                0 => chars[at] = *dice.pick(ODD),
                1 => {
                    chars.remove(at);
                }
                _ => chars.insert(at, *dice.pick(ODD)),
            }
        }
        return chars.into_iter().collect();
    }
    let mut bytes = unbase45(unprefix(good).unwrap()).unwrap();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            2 => bytes.truncate(at.max(1)),
            _ => bytes.insert(at, u8::try_from(dice.below(256)).unwrap()),
        }
    }
    to_text(&bytes)
}

fn sentences(decision: &Decision, gate: &GateState, now: UnixSec) -> [String; 2] {
    [Lang::ZhCn, Lang::En].map(|lang| {
        decision.reason.sentence(&Setting {
            lang,
            offset: gate.place.offset,
            now,
            gates: &gate.place.names,
        })
    })
}

fn said(decision: &Decision, gate: &GateState, now: UnixSec) {
    for sentence in sentences(decision, gate, now) {
        assert!((6..600).contains(&sentence.len()), "{sentence}");
        assert!(!sentence.chars().any(misleads), "{sentence:?}");
    }
}

#[test]
fn ten_thousand_scans_are_each_answered_and_none_that_was_changed_gets_in() {
    let mut dice = Dice(0x5ca9);
    // The gate relies on the certificate, so that every byte of the pass counts.
    let (context, good) = vector("admit_chain");
    let gate = context.state().unwrap();
    let mut verdicts = BTreeMap::new();
    for n in 0..10_000 {
        let text = match n % 5 {
            0 => random_text(&mut dice),
            _ => mutated(&mut dice, &good),
        };
        let what = match n % 50 {
            5 => What::Code(text.clone()),
            15 => What::Plate {
                read: text.clone(),
                sure: dice.below(2) == 0,
            },
            25 => What::WalkIn {
                unit: Some(text.clone()),
                name: Some(text.clone()),
            },
            _ => What::Text(text.clone()),
        };
        let mut scan = Scan::of(what);
        scan.companions = u8::try_from(dice.below(256)).unwrap();
        let decision = decide(&scan, &gate, Now::at(MONDAY));
        if text.trim() != good {
            assert_ne!(decision.verdict, Verdict::Admit, "{text:?}");
        }
        said(&decision, &gate, MONDAY);
        *verdicts.entry(decision.verdict).or_insert(0) += 1;
    }
    // The storm has seen refusals and questions; the pass itself still opens.
    assert!(
        verdicts[&Verdict::Deny] > 5_000 && verdicts[&Verdict::Ask] > 50,
        "{verdicts:?}"
    );
    let decision = decide(&Scan::text(good), &gate, Now::at(MONDAY));
    assert_eq!(decision.verdict, Verdict::Admit);
}

/// Every place in a JSON value.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(k, v)| places(v, &format!("{at}/{k}"), all)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(n, v)| places(v, &format!("{at}/{n}"), all)),
        _ => {}
    }
}

#[test]
fn a_mutated_context_is_refused_or_decides_and_never_panics() {
    let mut dice = Dice(0xc0de);
    let sound = serde_json::to_value(make::gate_context().unwrap()).unwrap();
    let mut all = Vec::new();
    places(&sound, "", &mut all);
    let odd = [
        json!(null),
        json!(0),
        json!(-1),
        json!(u64::MAX),
        json!(i64::MAX),
        json!(1e300),
        json!(""),
        json!("00"),
        json!("zz"),
        json!([]),
        json!({}),
        json!(true),
        json!("LOST"),
        json!("BEHIND"),
        json!("9999-12-31T23:59:59Z"),
        json!("-009999-01-01T00:00:00Z"),
        json!("+14:00"),
        json!("京Q88B26"),
        json!(["", ""]),
        json!("4821-0376"),
    ];
    let (_, pass) = vector("admit_once");
    let (mut decided, mut refused) = (0, 0);
    for n in 0..3_000 {
        let mut changed = sound.clone();
        for _ in 0..=n % 3 {
            let at: &String = dice.pick(&all);
            if let Some(place) = changed.pointer_mut(at) {
                *place = dice.pick(&odd).clone();
            }
        }
        let mut text = changed.to_string();
        if n % 7 == 0 {
            let at = (0..text.len())
                .cycle()
                .skip(dice.below(text.len()))
                .find(|at| text.is_char_boundary(*at))
                .unwrap();
            text.insert(at, *dice.pick(ODD));
        }
        let Ok(context) = Context::parse(&text) else {
            refused += 1;
            continue;
        };
        let at = *dice.pick(&[
            None,
            Some(UnixSec(0)),
            Some(UnixSec(u64::MAX)),
            Some(MONDAY),
        ]);
        for shown in [pass.as_str(), "4821-0376", "京Q88B26", "", "LL1:6BFOXN"] {
            match context.check(shown, at) {
                Ok((decision, gate)) => {
                    let now = at.unwrap_or(MONDAY);
                    assert!(sentences(&decision, &gate, now).iter().all(|s| s.len() > 5));
                    decided += 1;
                }
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        let _ = context.run(Some(&pass));
    }
    assert!(
        decided > 50 && refused > 500,
        "{decided} decided, {refused} refused"
    );
}
