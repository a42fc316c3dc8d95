//! Which texts a pass may carry: what a guard reads must be what the host wrote.

use super::LABEL_MAX;
use unicode_normalization::UnicodeNormalization;

/// Longest issuer or audience: `n:` and the whole id in base32 with a gate number fit.
const ID_MAX: usize = 64;

/// An issuer or audience: visible ASCII.
pub(super) fn id(text: &str) -> bool {
    !text.is_empty() && text.len() <= ID_MAX && text.bytes().all(|b| b.is_ascii_graphic())
}

/// A label or unit: 1 to 24 bytes of NFC, with nothing in it that reorders or hides what is beside it.
pub(super) fn shown(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LABEL_MAX
        && !text.chars().any(misleads)
        && text.nfc().eq(text.chars())
        && text.chars().any(|c| !c.is_whitespace())
}

/// Whether a character reorders, hides, or takes no room: none of them is shown to a guard.
pub(crate) fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Direction marks, embeddings, overrides, isolates.
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators, and characters that take no room at all.
            | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
            // Tags and interlinear marks: invisible text beside the visible.
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
