//! Foreign text made fit to be drawn.
//!
//! Whatever a neighbour typed may contain marks that turn the reading direction around, invisible characters,
//! control characters, towers of combining marks or a hundred thousand lines. A window shows the words and
//! nothing else: the record itself stays as it was signed. Everything here is total: any string in, a harmless
//! string out.

/// Longest headline drawn, in characters. An office's headline is at most 30 long; twice that and a bit.
pub const TITLE_MAX: usize = 80;
/// Longest name, label or unit drawn, in characters. The longest name in the samples has 22.
pub const NAME_MAX: usize = 40;
/// Longest body drawn on a page, in characters. A long notice has 2,000.
pub const BODY_MAX: usize = 20_000;
/// Most combining marks kept in a row. Vietnamese needs two, pointed Hebrew and vocalised Arabic three.
const MARKS_MAX: usize = 3;
/// Most line breaks kept in a row.
const BREAKS_MAX: usize = 2;

/// One line: without breaks, marks that reverse, or invisible characters; clipped to `max` characters with `…`.
///
/// ```
/// use linli_view::clean::line;
/// assert_eq!(line("停\u{202e}电\n通知", 80), "停电 通知");
/// assert_eq!(line("abcdef", 4), "abc…");
/// ```
#[must_use]
pub fn line(text: &str, max: usize) -> String {
    let mut out = Sieve::new(max);
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = true;
            continue;
        }
        if gap && !out.text.is_empty() && !invisible(c) {
            out.push(' ');
            gap = false;
        } else if !invisible(c) {
            gap = false;
        }
        if !out.push(c) {
            break;
        }
    }
    out.text
}

/// Nothing of it would be seen: empty, or nothing but blanks and characters that are not drawn.
///
/// ```
/// use linli_view::clean::blank;
/// assert!(blank(" \u{200b}\u{202e}\n"));
/// assert!(!blank("停\u{200b}"));
/// ```
#[must_use]
pub fn blank(text: &str) -> bool {
    // U+2800 is a letter of Braille that draws nothing.
    let bare: String = text.chars().filter(|c| *c != '\u{2800}').collect();
    line(&bare, 1).is_empty()
}

/// A name that everybody will read for years, without the blanks around it: visible, one line, at most `most`
/// characters, with nothing that hides or turns text. None: it is no such name.
///
/// ```
/// use linli_view::clean::fit_name;
/// assert_eq!(fit_name(" 东门 ", 40).as_deref(), Some("东门"));
/// assert_eq!(fit_name("a\u{202e}b", 40), None);
/// ```
#[must_use]
pub fn fit_name(name: &str, most: usize) -> Option<String> {
    let name = name.trim();
    // U+2800 is a letter of Braille that draws nothing.
    let hides = |c: char| {
        c.is_control() || invisible(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{2800}')
    };
    let fits = !name.is_empty() && name.chars().count() <= most && !name.chars().any(hides);
    fits.then(|| name.to_owned())
}

/// A text of several lines, clipped to `max` characters. Tabs become a gap that looks like a column.
#[must_use]
pub fn text(text: &str, max: usize) -> String {
    let mut out = Sieve::new(max);
    let mut breaks = 0;
    for c in text.chars() {
        let kept = match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => {
                breaks += 1;
                if breaks > BREAKS_MAX || out.text.is_empty() {
                    continue;
                }
                out.push('\n')
            }
            '\t' => out.push('\u{3000}') && out.push('\u{3000}'),
            c if c.is_control() => true,
            c if c.is_whitespace() => out.push(if c == '\u{3000}' { c } else { ' ' }),
            c => {
                if !invisible(c) {
                    breaks = 0;
                }
                out.push(c)
            }
        };
        if !kept {
            break;
        }
    }
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// Collects at most `max` characters and refuses what must not be drawn.
struct Sieve {
    text: String,
    left: usize,
    marks: usize,
}

impl Sieve {
    fn new(max: usize) -> Self {
        Self {
            text: String::new(),
            left: max,
            marks: 0,
        }
    }

    /// Takes one character; `false` once the text is full, with `…` as its last character.
    fn push(&mut self, c: char) -> bool {
        if invisible(c) {
            return true;
        }
        if combining(c) {
            self.marks += 1;
            if self.marks > MARKS_MAX || self.text.is_empty() {
                return true;
            }
        } else {
            self.marks = 0;
        }
        if self.left == 0 {
            self.text.pop();
            self.text.push('…');
            return false;
        }
        self.left -= 1;
        self.text.push(c);
        true
    }
}

/// Characters that draw nothing but change what is read: directional marks and isolates, zero-width joints and
/// spaces, variation selectors, tags, fillers, and what Unicode set aside.
#[must_use]
pub fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// The blocks of combining marks that are piled up to deface a page.
fn combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6dc}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests;
