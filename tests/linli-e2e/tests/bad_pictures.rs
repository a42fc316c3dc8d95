//! Pictures and texts that are no pass, shown to the real program: each gives a code and a sentence in both languages,
//! within little memory and without a home.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::estate::Estate;
use linli_pass::qr::{Medium, Symbol};
use linli_vectors::pictures::{cat, jpeg, png};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Address space that the program may take, in KiB: its code, its threads, and the largest picture it looks at.
const SPACE_KIB: u32 = 2 << 20;

/// Runs the program with its address space bounded; its exit status and the object it said.
fn bounded(estate: &Estate, args: &[&str]) -> (Option<i32>, Value) {
    let home = estate.home("nobody");
    let whole = home.command("en", &[&["--json"][..], args].concat());
    let mut sh = Command::new("sh");
    sh.arg("-c")
        .arg(format!("ulimit -v {SPACE_KIB}; exec \"$0\" \"$@\""))
        .arg(whole.get_program())
        .args(whole.get_args());
    for (name, value) in whole.get_envs() {
        match value {
            Some(value) => sh.env(name, value),
            None => sh.env_remove(name),
        };
    }
    let done = sh.output().unwrap();
    let said = serde_json::from_slice(&done.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&done.stderr)));
    (done.status.code(), said)
}

fn vector(name: &str) -> (String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../linli-vectors/pass");
    let path = folder.join(format!("{name}.json"));
    let value: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let text = value["PREFIX"].as_str().unwrap().to_owned();
    (path.to_str().unwrap().to_owned(), text)
}

#[test]
fn what_is_no_picture_of_a_pass_gives_a_code_and_three_sentences() {
    let estate = Estate::empty();
    let (_, text) = vector("admit_once");
    let good = Symbol::of(&text, Medium::Screen).unwrap().png(4).unwrap();
    let shop = Symbol::of("https://shop.example/pay?sum=9.90", Medium::Screen);
    let tabby = cat(7, 600);
    // Headers that promise pictures of ten and of four thousand million pixels.
    let mut bomb = good.clone();
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let mut wide = jpeg(&[200; 64 * 64], 64, 64, 50);
    let at = wide.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    wide[at + 5..at + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    for (name, bytes, code) in [
        ("cat.png", png(&tabby, 600, 600), "image-without-code"),
        ("cat.jpg", jpeg(&tabby, 600, 600, 75), "image-without-code"),
        ("shop.png", shop.unwrap().png(4).unwrap(), "not-a-pass"),
        ("bomb.png", bomb, "image-too-large"),
        ("wide.jpg", wide, "image-too-large"),
        ("cut.png", good[..good.len() / 2].to_vec(), "image-damaged"),
        (
            "cut.jpg",
            b"\xff\xd8\xff\xe0\x00\x10JFIF".to_vec(),
            "image-damaged",
        ),
        ("heavy.png", vec![0x89; 21 << 20], "file-too-large"),
        ("text.png", b"LL1:6BFOXN".to_vec(), "image-not-png"),
    ] {
        let file = estate.file(name, bytes);
        let (exit, said) = bounded(&estate, &["pass", "decode", "--image", &file]);
        let error = &said["error"];
        assert_eq!(
            (exit, error["code"].as_str()),
            (Some(3), Some(code)),
            "{name}: {said}"
        );
        for part in ["message", "safe", "next"] {
            assert!(error[part].as_str().unwrap().len() > 8, "{name}: {said}");
        }
    }
    let file = estate.file("good.png", good);
    let (exit, said) = bounded(&estate, &["pass", "decode", "--image", &file]);
    assert_eq!(
        (exit, said["data"]["text"].as_str()),
        (Some(0), Some(text.as_str()))
    );
}

#[test]
fn the_largest_photograph_is_looked_at_within_its_memory() {
    let estate = Estate::empty();
    let side = 6_300;
    let grey = vec![128; side * side];
    let side = u32::try_from(side).unwrap();
    let file = estate.file("large.jpg", jpeg(&grey, side, side, 30));
    let (exit, said) = bounded(&estate, &["pass", "decode", "--image", &file]);
    assert_eq!(
        (exit, said["error"]["code"].as_str()),
        (Some(3), Some("image-without-code")),
        "{said}"
    );
}

#[test]
fn odd_texts_before_a_described_gate_are_denied_with_a_code_and_a_sentence() {
    let estate = Estate::empty();
    let (context, good) = vector("admit_chain");
    let long = format!("LL1:{}", "A".repeat(100_000));
    // Whole triples of base45, so that only what they say is cut off.
    let cut = &good[..4 + (good.len() - 7) / 3 * 3];
    for (text, code) in [
        ("https://shop.example/pay?sum=9.90", "E_PREFIX"),
        (long.as_str(), "E_PREFIX"),
        ("\u{202e}1LL\u{7}\u{1b}[2J", "E_PREFIX"),
        ("LL1:\u{202e}6BFOXN", "E_B45"),
        ("LL2:6BFOXN", "E_VERSION"),
        (cut, "E_CBOR"),
    ] {
        let (exit, said) = bounded(&estate, &["pass", "check", text, "--context", &context]);
        let data = &said["data"];
        assert_eq!(
            (exit, data["code"].as_str()),
            (Some(11), Some(code)),
            "{said}"
        );
        for lang in ["sentence_zh", "sentence_en"] {
            let sentence = data[lang].as_str().unwrap();
            assert!((8..400).contains(&sentence.len()), "{sentence}");
            assert!(
                !sentence.contains(['\u{202e}', '\u{1b}', '\u{7}']),
                "{sentence:?}"
            );
        }
    }
    let (exit, said) = bounded(&estate, &["pass", "check", &good, "--context", &context]);
    assert_eq!(
        (exit, said["data"]["result"].as_str()),
        (Some(0), Some("ADMIT")),
        "{said}"
    );
}

/// The check of a PNG's chunk (CRC-32 of ISO 3309), so that a header that lies is otherwise sound.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1));
        }
    }
    !crc
}
