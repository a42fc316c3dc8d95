//! Hostile and merely odd text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use proptest::prelude::*;

#[test]
fn a_line_has_no_breaks_no_turns_and_no_hidden_characters() {
    for (raw, clean) in [
        ("  停电\r\n通知\t今天 ", "停电 通知 今天"),
        ("\u{202e}abc\u{202c}", "abc"),
        ("\u{2066}a\u{2069}\u{200b}b\u{feff}c", "abc"),
        ("押\u{200b} \u{200b}金", "押 金"),
        ("a\0b\u{7}c", "a b c"),
        ("\u{e0041}\u{e007f}x", "x"),
        ("\u{200b}\u{200b}", ""),
        ("👨\u{200d}👩\u{fe0f}", "👨👩"),
        ("㛃犇堃𰻝", "㛃犇堃𰻝"),
    ] {
        assert_eq!(line(raw, 80), clean, "{raw:?}");
    }
}

#[test]
fn towers_of_marks_are_cut_down_but_real_spelling_stays() {
    assert_eq!(
        line(&format!("e{}", "\u{301}".repeat(900)), 80),
        format!("e{}", "\u{301}".repeat(3))
    );
    assert_eq!(line("Nguye\u{302}\u{303}n", 80), "Nguye\u{302}\u{303}n");
    assert_eq!(line("\u{301}\u{301}", 80), "");
}

#[test]
fn a_text_keeps_its_lines_and_tables_but_not_a_thousand_empty_ones() {
    assert_eq!(text("a\tb\nc", 80), "a\u{3000}\u{3000}b\nc");
    assert_eq!(text(&format!("a{}b", "\n".repeat(5_000)), 80), "a\n\nb");
    assert_eq!(text("a\r\nb", 80), "a\nb");
    assert_eq!(text("\n\n  \n", 80), "");
}

#[test]
fn long_text_is_clipped_with_a_mark_at_a_whole_character() {
    assert_eq!(line("一二三四五", 3), "一二…");
    assert_eq!(line("一二三", 3), "一二三");
    assert_eq!(text(&"长".repeat(100_000), 50).chars().count(), 50);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn cleaning_is_bounded_and_cleaning_twice_changes_nothing(raw in any::<String>(), max in 1_usize..60) {
        for clean in [line, text] {
            let once = clean(&raw, max);
            prop_assert!(once.chars().count() <= max);
            prop_assert!(!once.chars().any(|c| invisible(c) || (c.is_control() && c != '\n')));
            prop_assert_eq!(clean(&once, max), once);
        }
    }
}

#[test]
fn what_a_list_and_a_page_show_nothing_of_is_blank() {
    for nothing in [
        "",
        " \n\t",
        "\u{200b}\u{200b}",
        "\u{3164}",
        "\u{2800}",
        "\u{301}",
        "\u{3000}\u{202e}",
    ] {
        assert!(blank(nothing), "{nothing:?}");
        assert!(
            nothing.contains('\u{2800}') || text(nothing, 10).is_empty(),
            "{nothing:?}"
        );
    }
    for something in ["停", "\u{200b}a", "👍", "…", "\u{202e}停电\u{202c}"] {
        assert!(!blank(something), "{something:?}");
    }
}
