//! Photographs of passes are read, as many of each kind as was once measured; what is no pass gives a code and a
//! sentence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use linli_pass::context::Context;
use linli_pass::qr::{ImageError, Medium, Symbol, read_image};
use linli_pass::{Code, Decision, Lang, Setting, Verdict};
use linli_vectors::pictures::{Class, cat, corpus, jpeg, png};
use std::collections::BTreeMap;

const EACH: usize = 24;
const SEED: u64 = 0x4c4c_3131;

/// The share, in hundredths, that must be read of each class. With this seed all of the first eight were read; one in
/// twenty-four may go to another version of a decoder. Of the hard ones nothing is asked.
const FLOORS: &[(Class, usize)] = &[
    (Class::Plain, 95),
    (Class::Rotated, 95),
    (Class::Perspective, 95),
    (Class::Blurred, 95),
    (Class::Shaded, 95),
    (Class::Noisy, 95),
    (Class::Squeezed, 95),
    (Class::Printed, 95),
    (Class::Hard, 0),
];

fn vector(name: &str) -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pass/");
    serde_json::from_str(&std::fs::read_to_string(format!("{path}{name}.json")).unwrap()).unwrap()
}

/// The passes of two vectors: without and with the chain.
fn texts() -> Vec<String> {
    ["admit_once", "admit_chain"]
        .map(|name| vector(name)["PREFIX"].as_str().unwrap().to_owned())
        .to_vec()
}

/// What the guard reads, in both languages.
fn sentences(decision: &Decision) -> [String; 2] {
    let gate = Context::parse(&vector("admit_chain").to_string()).unwrap();
    let gate = gate.state().unwrap();
    [Lang::ZhCn, Lang::En].map(|lang| {
        decision.reason.sentence(&Setting {
            lang,
            offset: gate.place.offset,
            now: gate.news.unwrap(),
            gates: &gate.place.names,
        })
    })
}

/// Decides a text at the gate of a vector.
fn decide(text: &str) -> Decision {
    let context = Context::parse(&vector("admit_chain").to_string()).unwrap();
    context.check(text, None).unwrap().0
}

#[test]
fn photographs_of_every_kind_are_read_as_often_as_was_measured() {
    let shots = corpus(&texts(), SEED, EACH).unwrap();
    let mut read: BTreeMap<Class, usize> = BTreeMap::new();
    for shot in &shots {
        // Never another text: a code is read right or not at all.
        if let Ok(found) = read_image(&shot.file) {
            assert_eq!(found, [shot.text.as_str()], "{:?}", shot.class);
            *read.entry(shot.class).or_default() += 1;
        }
    }
    let mut low = Vec::new();
    for (class, floor) in FLOORS {
        let share = read.get(class).copied().unwrap_or(0) * 100 / EACH;
        println!("{:12} {share:3} of 100 read, {floor} asked", class.as_str());
        if share < *floor {
            low.push((class.as_str(), share, *floor));
        }
    }
    assert_eq!(FLOORS.len(), Class::ALL.len());
    assert!(low.is_empty(), "class, read, asked: {low:?}");
}

#[test]
fn the_same_seed_makes_the_same_pictures_and_another_others() {
    let some = |seed| corpus(&texts()[..1], seed, 1).unwrap();
    let (one, again, other) = (some(1), some(1), some(2));
    assert!(one.iter().zip(&again).all(|(a, b)| a.file == b.file));
    assert!(one.iter().zip(&other).all(|(a, b)| a.file != b.file));
}

#[test]
fn a_pass_read_off_a_photograph_is_decided_as_if_it_were_pasted() {
    let text = &texts()[1];
    let shots = corpus(std::slice::from_ref(text), SEED, 1).unwrap();
    let printed = shots.iter().find(|s| s.class == Class::Printed).unwrap();
    let found = read_image(&printed.file).unwrap();
    assert_eq!(decide(&found[0]).verdict, Verdict::Admit);
}

#[test]
fn a_cat_a_blank_and_a_wall_have_no_code() {
    for seed in 0..4 {
        let cat = cat(seed, 500);
        for file in [png(&cat, 500, 500), jpeg(&cat, 500, 500, 80)] {
            assert_eq!(read_image(&file), Err(ImageError::NoCode), "cat {seed}");
        }
    }
    for level in [0, 128, 255] {
        let blank = png(&vec![level; 300 * 200], 300, 200);
        assert_eq!(read_image(&blank), Err(ImageError::NoCode));
    }
    let wall: Vec<u8> = (0..400 * 400)
        .map(|i| {
            if (i / 20 + i / 400 / 20) % 2 == 0 {
                40
            } else {
                210
            }
        })
        .collect();
    assert_eq!(read_image(&png(&wall, 400, 400)), Err(ImageError::NoCode));
}

#[test]
fn a_web_shops_code_is_read_and_refused_with_a_sentence_that_does_not_repeat_it() {
    let shop = "https://shop.example/pay?order=20261123&sum=99.00";
    let file = Symbol::of(shop, Medium::Screen).unwrap().png(4).unwrap();
    let found = read_image(&file).unwrap();
    assert_eq!(found, [shop]);
    let decision = decide(&found[0]);
    assert_eq!(
        (decision.verdict, decision.code()),
        (Verdict::Deny, Some(Code::Prefix))
    );
    assert!(decision.show.is_none());
    for sentence in sentences(&decision) {
        assert!(
            !sentence.is_empty() && !sentence.contains("shop.example"),
            "{sentence}"
        );
    }
}

#[test]
fn a_damaged_or_huge_picture_is_refused_and_a_cut_jpeg_is_read_where_it_is_whole() {
    let text = &texts()[0];
    let code = Symbol::of(text, Medium::Screen).unwrap();
    let file = code.png(4).unwrap();
    for cut in [9, 40, file.len() / 2, file.len() - 20] {
        assert_eq!(
            read_image(&file[..cut]),
            Err(ImageError::Damaged),
            "{cut} bytes"
        );
    }
    // A JPEG's header that promises 65,500 by 65,500.
    let mut huge = jpeg(&vec![200; 64 * 64], 64, 64, 50);
    let at = huge.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    huge[at + 5..at + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    assert_eq!(read_image(&huge), Err(ImageError::Pixels));
    assert_eq!(read_image(&huge[..at + 4]), Err(ImageError::Damaged));
    // The lower third is white paper: it may be missing.
    let side = code.side() * 4;
    let mut luma: Vec<u8> = (0..side * side * 3 / 2)
        .map(|i| {
            if code.is_dark(i % side / 4, i / side / 4) {
                20
            } else {
                240
            }
        })
        .collect();
    luma.truncate(side * (side * 3 / 2));
    let (w, h) = (side as u32, (side * 3 / 2) as u32);
    let whole = jpeg(&luma[..(w * h) as usize], w, h, 80);
    assert_eq!(read_image(&whole).unwrap(), [text.as_str()]);
    let cut = &whole[..whole.len() - 12];
    assert!(
        matches!(read_image(cut), Ok(found) if found == [text.as_str()])
            || read_image(cut) == Err(ImageError::Damaged)
    );
}

#[test]
fn pasted_text_of_any_length_and_kind_is_answered_by_its_code_alone() {
    let long = "LL1:".to_owned() + &"A".repeat(10 << 20);
    let wide = "码".repeat(3 << 20);
    for (text, code) in [
        (long.as_str(), Code::Prefix),
        (wide.as_str(), Code::Prefix),
        ("\u{0}\u{1b}[2J\u{7}", Code::Prefix),
        ("\u{202e}1LL:CBA", Code::Prefix),
        ("LL1:\u{202e}6BFOXN", Code::B45),
        ("LL1:6BF\u{0}OXN", Code::B45),
        ("LL1:ＡＢＣ", Code::B45),
        ("", Code::Prefix),
        ("LL1:", Code::Cbor),
    ] {
        let decision = decide(text);
        let short: String = text.chars().take(12).collect();
        assert_eq!(decision.code(), Some(code), "{short:?}");
        assert_eq!(decision.verdict, Verdict::Deny);
        for sentence in sentences(&decision) {
            assert!((8..400).contains(&sentence.len()), "{sentence}");
            assert!(!sentence.chars().any(|c| c.is_control() || c == '\u{202e}'));
        }
    }
}
