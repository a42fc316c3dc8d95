//! What was typed into a field of free text: whether it can go out, and the sentence that says why not.
//!
//! A field takes in far more than may be sent, so that what is pasted is told and not cut behind one's back.

use crate::clean;
use crate::words::Catalogue;

/// Most characters that a field of free text takes in: well above all that may be sent from one.
pub const FIELD_CHARS: usize = 20_000;

/// What is wrong with a text of which at most `max` characters can be sent; none also where nothing was typed: whether
/// that matters is the form's own question.
#[must_use]
pub fn problem(words: &Catalogue, text: &str, max: usize) -> Option<String> {
    let count = text.chars().count();
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if clean::blank(text) {
        return Some(words.say("typed-unseen"));
    }
    let over = text.chars().count().saturating_sub(max);
    if over == 0 {
        return None;
    }
    // A full field has let nothing in behind its last character: how much that was, nobody knows.
    let key = if count >= FIELD_CHARS {
        "typed-full"
    } else {
        "typed-long"
    };
    let said = [
        ("over", over.into()),
        ("max", max.into()),
        ("full", FIELD_CHARS.into()),
    ];
    Some(words.text(key, &said))
}

/// A text without the blanks around it, if it can be sent.
#[must_use]
pub fn sound(text: &str, max: usize) -> Option<&str> {
    let text = text.trim();
    (!clean::blank(text) && text.chars().count() <= max).then_some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::Lang;
    use proptest::prelude::*;

    #[test]
    fn a_long_text_says_by_how_much_and_a_full_field_that_it_is_full() {
        for lang in Lang::ALL {
            let words = Catalogue::of(lang);
            let of = |n: usize| problem(&words, &"停".repeat(n), 200);
            assert_eq!(of(0), None);
            assert_eq!(of(200), None);
            let one = of(201).unwrap();
            assert!(one.contains('1') && one.contains("200"), "{one}");
            let many = of(10_000).unwrap();
            assert!(many.contains("9800") || many.contains("9,800"), "{many}");
            let full = of(FIELD_CHARS).unwrap();
            assert_ne!(full, many);
            let blank = problem(&words, "\u{200b}\u{200b}", 200).unwrap();
            assert!(
                [&one, &many, &full, &blank]
                    .iter()
                    .all(|s| !s.contains('⟦'))
            );
        }
    }

    proptest! {
        /// What is sound has no problem; what has neither is empty.
        #[test]
        fn sound_or_told_or_nothing(text in "(\u{200b}|\u{202e}|\u{3164}|\u{301}| |\n|a|停){0,12}", max in 0_usize..12) {
            let words = Catalogue::of(Lang::En);
            let told = problem(&words, &text, max);
            let empty = text.trim().is_empty();
            prop_assert_eq!(sound(&text, max).is_some(), told.is_none() && !empty);
        }
    }
}
