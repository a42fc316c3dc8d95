//! No box instead of a character: not in our words, not in the samples, not in people's names.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use egui::epaint::text::{Fonts, TextOptions};
use egui::{Color32, FontId};
use linli_view::words::{Lang, sources};
use std::collections::BTreeSet;

/// The characters of `text` (as a window would show it) for which no embedded face has a glyph.
///
/// `has_glyph` says no for every character of the face that also holds the box for missing characters, so what it
/// refuses is drawn and compared with that box.
fn missing(text: &str) -> BTreeSet<char> {
    let mut fonts = Fonts::new(TextOptions::default(), embedded());
    let mut fonts = fonts.with_pixels_per_point(1.0);
    let faces = [FontId::proportional(14.0), FontId::new(14.0, medium())];
    let shown = linli_view::clean::text(text, usize::MAX);
    let all: BTreeSet<char> = shown.chars().filter(|c| *c != '\n').collect();
    let mut drawn = |face: &FontId, c: char| {
        let galley = fonts.layout_no_wrap(c.to_string(), face.clone(), Color32::BLACK);
        let uv = galley.rows[0].row.glyphs[0].uv_rect;
        (fonts.has_glyph(face, c), (uv.min, uv.max))
    };
    let boxes: Vec<_> = faces
        .iter()
        .map(|face| drawn(face, '\u{10fffd}').1)
        .collect();
    let mut lacks = |face: &FontId, box_: &([u16; 2], [u16; 2]), c: char| {
        let (has, uv) = drawn(face, c);
        !has && uv == *box_
    };
    all.into_iter()
        .filter(|c| {
            faces
                .iter()
                .zip(&boxes)
                .any(|(face, box_)| lacks(face, box_, *c))
        })
        .collect()
}

#[test]
fn every_character_of_our_own_words_has_a_glyph_in_both_weights() {
    for lang in Lang::ALL {
        for source in sources(lang) {
            assert_eq!(missing(source), BTreeSet::new());
        }
    }
}

#[test]
fn every_character_of_the_sample_replies_has_a_glyph() {
    for sample in [
        include_str!("../../../../crates/linli-view/samples/notices.json"),
        include_str!("../../../../crates/linli-view/samples/passes.json"),
        include_str!("../../../../crates/linli-view/samples/peers.json"),
        include_str!("../../../../crates/linli-view/samples/status.json"),
    ] {
        assert_eq!(missing(sample), BTreeSet::new());
    }
}

#[test]
fn all_of_gbk_and_extension_a_and_the_rare_names_have_glyphs() {
    // The block U+4E00..U+9FA5 is GBK; later additions to it are not.
    let gbk: String = ('\u{4e00}'..='\u{9fa5}').collect();
    assert_eq!(missing(&gbk), BTreeSet::new());
    let extension_a: String = ('\u{3400}'..='\u{4db5}').collect();
    assert_eq!(missing(&extension_a), BTreeSet::new());
    assert_eq!(missing("喆犇堃㛃䶮𬭼𬘓𰻝𱁬𫘜𬬭𫠊·・•"), BTreeSet::new());
    assert_eq!(
        missing("Łukasz Żółć Ștefan Müller 김"),
        BTreeSet::from(['김']),
        "Hangul is left to the system"
    );
}

#[test]
fn the_sixty_four_emoji_of_the_comparison_have_glyphs() {
    let emoji = "🐶🐱🦁🐎🦄🐷🐘🐰🐼🐓🐧🐢🐟🐙🦋🌷🌳🌵🍄🌏🌙☁🔥🍌🍎🍓🌽🍕🎂❤😀🤖🎩👓🔧🎅👍☂⌛⏰🎁💡📕✏📎✂🔒🔑🔨☎🏁🚂🚲✈🚀🏆⚽🎸🎺🔔⚓🎧📁📌";
    assert_eq!(emoji.chars().count(), 64);
    assert_eq!(missing(emoji), BTreeSet::new());
}

#[test]
fn the_embedded_faces_stay_within_their_size() {
    let bytes: usize = FACES.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes < 12 << 20, "{bytes}");
}
