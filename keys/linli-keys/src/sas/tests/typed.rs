//! What people type, and what is answered when it is not in the table.

use super::*;
use proptest::prelude::*;

fn numbers(text: &str) -> Vec<u8> {
    parse_typed(text)
        .map(|seven| seven.numbers().to_vec())
        .unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn the_table_is_numbered_and_no_name_is_used_twice() {
    let mut names = std::collections::BTreeSet::new();
    for (i, e) in TABLE.iter().enumerate() {
        assert_eq!(usize::from(e.number), i);
        for name in [e.emoji, e.en, e.zh] {
            assert!(names.insert(name), "{name}");
        }
    }
    assert_eq!(names.len(), 3 * 64);
}

#[test]
fn seven_pictures_may_be_typed_in_many_ways() {
    for text in [
        "🐶🐱🦁❤️👍☁️⏰",
        "🐶 🐱 🦁 ❤ 👍🏽 ☁ ⏰",
        "狗 猫 狮子 心 赞 云 时钟",
        "狗、猫、狮子、心、赞、云、时钟",
        "狗猫狮子心赞云时钟",
        "狗,猫，狮子;心；赞。云 / 时钟",
        "Dog Cat Lion Heart Thumbs Up Cloud Clock",
        "dog, cat, lion, heart, thumbs-up, cloud, clock",
        "DOG CAT LION HEART THUMBSUP CLOUD CLOCK",
        "0 1 2 29 36 21 39",
        "0,1,2,29,36,21,39",
        "０、１、２、２９、３６、２１、３９",
        "🐶狗、🐱猫、🦁狮子、❤️心、👍赞、☁️云、⏰时钟",
        "🐶 Dog, 🐱 Cat, 🦁 Lion, ❤️ Heart, 👍 Thumbs Up, ☁️ Cloud, ⏰ Clock",
        "  狗 cat 2 ❤\u{fe0f}　赞 云\n时钟  ",
    ] {
        assert_eq!(numbers(text), [0, 1, 2, 29, 36, 21, 39], "{text}");
    }
}

#[test]
fn any_two_names_written_together_are_still_two() {
    for a in &TABLE {
        for b in &TABLE {
            for (x, y) in [
                (a.zh, b.zh),
                (a.emoji, b.emoji),
                (a.emoji, b.zh),
                (a.zh, b.emoji),
            ] {
                let text = format!("{x}{y}狗狗狗狗狗");
                assert_eq!(
                    numbers(&text),
                    [a.number, b.number, 0, 0, 0, 0, 0],
                    "{text}"
                );
            }
            let text = format!("{} {} 0 0 0 0 0", a.en.to_uppercase(), b.en.to_lowercase());
            assert_eq!(
                numbers(&text),
                [a.number, b.number, 0, 0, 0, 0, 0],
                "{text}"
            );
        }
    }
}

/// The error's position, word and proposals by their English names.
fn unknown(text: &str) -> (usize, String, Vec<&'static str>) {
    match parse_typed(text) {
        Err(TypedError::Unknown {
            position,
            word,
            near,
        }) => (position, word, near.iter().map(|e| e.en).collect()),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn an_unknown_word_is_named_with_what_was_perhaps_meant() {
    for (text, position, word, near) in [
        ("狗 猫 獅子 心 赞 云 时钟", 3, "獅子", "Lion"),
        ("dog cat loin", 3, "loin", "Lion"),
        ("dog, Rockett", 2, "rockett", "Rocket"),
        ("dog thumb", 2, "thumb", "Thumbs Up"),
        ("light", 1, "light", "Light Bulb"),
        ("🐴🐶", 1, "🐴🐶", "Horse"),
        ("单车", 1, "单车", "Train"),
        ("脚踏自行车", 1, "脚踏自行车", "Bicycle"),
        ("⏳ 狗", 1, "⏳", "Hourglass"),
    ] {
        let got = unknown(text);
        assert_eq!((got.0, got.1.as_str()), (position, word), "{text}");
        assert!(
            got.2.contains(&near) && got.2.len() <= 3,
            "{text}: {:?}",
            got.2
        );
    }
    assert_eq!(unknown("64").2, Vec::<&str>::new());
    assert_eq!(unknown("0 1 999999999999").0, 3);
    assert_eq!(unknown("xyzzy").2, Vec::<&str>::new());
    assert_eq!(unknown("catdog").1, "catdog");
}

#[test]
fn six_or_eight_pictures_are_not_seven() {
    assert_eq!(parse_typed(""), Err(TypedError::Count { found: 0 }));
    assert_eq!(
        parse_typed("狗狗狗狗狗狗"),
        Err(TypedError::Count { found: 6 })
    );
    assert_eq!(
        parse_typed("狗狗狗狗狗狗狗狗"),
        Err(TypedError::Count { found: 8 })
    );
    // Fourteen words are seven captioned pictures only when each caption is its own picture's.
    let wrong = "🐶狗🐱猫🦁狮子❤️心👍赞☁️云⏰火";
    assert_eq!(parse_typed(wrong), Err(TypedError::Count { found: 14 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_displayed_can_be_typed_back(bits: [u8; 6]) {
        let seven = Seven::from_bits(&bits);
        for text in [seven.display(Lang::ZhCn), seven.display(Lang::En), seven.to_string()] {
            prop_assert_eq!(parse_typed(&text), Ok(seven));
        }
        prop_assert_eq!(Seven::from_numbers(seven.numbers()), Some(seven));
        prop_assert!(seven.matches(&seven));
    }

    #[test]
    fn the_first_42_bits_are_the_pictures(bits: [u8; 6]) {
        let text: String = bits.iter().map(|b| format!("{b:08b}")).collect();
        let want: Vec<u8> = (0..7).map(|i| u8::from_str_radix(&text[6 * i..6 * i + 6], 2).unwrap()).collect();
        prop_assert_eq!(Seven::from_bits(&bits).numbers().to_vec(), want);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\PC🐶火车0-9a-z ,、]{0,40}") {
        let _ = parse_typed(&text);
    }
}

#[test]
fn a_number_above_63_is_no_picture() {
    assert_eq!(Seven::from_numbers([0, 0, 0, 0, 0, 0, 64]), None);
    assert!(!Seven::from_bits(&[0; 6]).matches(&Seven::from_bits(&[0, 0, 0, 0, 0, 64])));
}
