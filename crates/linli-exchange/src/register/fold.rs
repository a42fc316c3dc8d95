//! Brings spellings together: full width and half width, hidden characters, blanks, dashes, numerals.
//!
//! What people type into one column over ten years differs in ways nobody sees on paper. Everything compared
//! in an import is folded here first. Folding twice changes nothing, which the property tests hold.

use unicode_normalization::UnicodeNormalization;

/// Cell contents that stand for an empty cell. Address rules ask clerks to write 无 instead of nothing.
const BLANKS: [&str; 9] = ["", "-", "--", "/", "\\", "无", "暂无", "N/A", "NULL"];

/// Half width, no hidden characters, one kind of hyphen, single inner blanks, none at the ends.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapse(text.chars().filter(|c| keep(*c)));
    }
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().filter(|c| keep(*c)) {
        // A compatibility ideograph is how some people's names are registered: NFKC would replace it.
        if is_compatibility_ideograph(c) {
            out.extend(run.drain(..).nfkc());
            out.push(c);
        } else {
            run.push(c);
        }
    }
    out.extend(run.drain(..).nfkc());
    collapse(out.chars().filter(|c| keep(*c)).map(hyphen))
}

/// Folded, or `None` for a cell that says nothing.
pub fn filled(text: &str) -> Option<String> {
    let folded = fold(text);
    let blank = BLANKS.iter().any(|b| folded.eq_ignore_ascii_case(b));
    (!blank).then_some(folded)
}

/// Folded, without any blank, in capitals: for numbers, plates, rooms.
pub fn compact(text: &str) -> String {
    let folded = fold(text);
    let solid = folded.chars().filter(|c| !c.is_whitespace());
    // Closing a gap may join a letter and a mark, so once more.
    solid.nfkc().map(|c| c.to_ascii_uppercase()).collect()
}

/// A name as it is kept: folded, one kind of middle dot, no blanks inside a short Chinese name (张 三).
pub fn name_form(text: &str) -> String {
    let chars: Vec<char> = fold(text).chars().map(middle_dot).collect();
    let mut out = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(i + 1).copied();
        let at_dot = before == Some('·') || after == Some('·');
        match c {
            ' ' if at_dot => {}
            '.' if before.is_some_and(is_han) && after.is_some_and(is_han) => out.push('·'),
            c => out.push(*c),
        }
    }
    let han = out.chars().filter(|c| is_han(*c)).count();
    // Four, because 欧阳 建国 is also written so; longer ones are transcriptions, whose blanks part words.
    if (1..=4).contains(&han) && out.chars().all(|c| is_han(c) || c == ' ') {
        out.retain(|c| c != ' ');
    }
    out
}

/// What two names are compared by: [`name_form`] without blanks, variants and capitals.
pub fn name_key(text: &str) -> String {
    name_form(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_variation_selector(*c))
        .nfkc()
        .flat_map(char::to_lowercase)
        .nfkc()
        .collect()
}

/// A number written in Chinese characters: 十二 is 12, 二〇一 is 201, 一百零三 is 103.
pub fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c);
    let mut total = 0_u32;
    let mut current: Option<u32> = None;
    let mut units = false;
    for c in text.chars().map(|c| match c {
        '零' | '○' => '〇',
        '两' => '二',
        c => c,
    }) {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            c => {
                let d = u32::try_from(digit(c)?).ok()?;
                // After a 〇 or a unit a digit stands alone; without units digits follow each other (二〇一).
                current = Some(if units {
                    d
                } else {
                    current.unwrap_or(0).checked_mul(10)?.checked_add(d)?
                });
                continue;
            }
        };
        units = true;
        total = total.checked_add(current.take().unwrap_or(1).max(1).checked_mul(unit)?)?;
    }
    let rest = current.unwrap_or(0);
    (!text.is_empty()).then_some(())?;
    total.checked_add(rest)
}

/// Whether the character is a Chinese one, of any extension.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

fn is_variation_selector(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0xE_0100..=0xE_01EF)
}

/// Not a character that nobody sees. Line breaks and tabs stay, as blanks.
fn keep(c: char) -> bool {
    let hidden = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}');
    !hidden && (c.is_whitespace() || !c.is_control())
}

fn hyphen(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        c => c,
    }
}

fn middle_dot(c: char) -> char {
    match c {
        '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{30FB}' => '·',
        c => c,
    }
}

fn collapse(chars: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in chars {
        let blank = c.is_whitespace();
        if !blank {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests;
