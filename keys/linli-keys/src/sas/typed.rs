//! Reading back seven pictures that a person typed.
//!
//! People type what they see, in whatever way their keyboard offers: the pictures themselves, their Chinese or
//! English names, or the numbers from a printed table, glued together or set apart. A word is taken only when
//! it is exactly one of the table; a likely meaning is proposed, never assumed.

use super::emoji::{Emoji, Seven, TABLE};

/// Why typed words are not seven pictures.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TypedError {
    /// A word that is neither a picture, a name nor a number of the table.
    #[error("word {position}, {word:?}, is not in the table")]
    Unknown {
        /// Which word, counted from 1.
        position: usize,
        /// The word, as it was read.
        word: String,
        /// Up to three pictures that were perhaps meant, likeliest first.
        near: Vec<&'static Emoji>,
    },
    /// All words are known, but they are not seven.
    #[error("{found} pictures instead of 7")]
    Count {
        /// How many there are.
        found: usize,
    },
}

/// Reads seven pictures: as emoji (with or without U+FE0F, in any skin tone), Chinese or English names in any
/// case, or numbers from 0 to 63; between them spaces, commas, `、` or, where it is unambiguous, nothing.
/// Text copied from [`Seven::display`], where each picture stands beside its own name, is read too.
///
/// # Errors
/// [`TypedError`] names the first word that is not known, or the wrong count.
///
/// ```
/// use linli_keys::sas::parse_typed;
/// let seven = parse_typed("🐶 猫, lion、3 独角兽猪 Thumbs up")?;
/// assert_eq!(seven.numbers(), [0, 1, 2, 3, 4, 5, 36]);
/// # Ok::<(), linli_keys::sas::TypedError>(())
/// ```
pub fn parse_typed(text: &str) -> Result<Seven, TypedError> {
    let chars: Vec<char> = text
        .chars()
        .filter(|c| !is_decoration(*c))
        .map(fold)
        .collect();
    let mut words: Vec<Word> = Vec::new();
    let mut rest = chars.as_slice();
    loop {
        while let [first, tail @ ..] = rest
            && is_separator(*first)
        {
            rest = tail;
        }
        if rest.is_empty() {
            break;
        }
        let Some((word, len)) = longest_match(rest) else {
            return Err(unknown(words.len() + 1, rest));
        };
        words.push(word);
        rest = rest.get(len..).unwrap_or_default();
    }
    let numbers = drop_captions(&words);
    numbers
        .as_slice()
        .try_into()
        .ok()
        .and_then(Seven::from_numbers)
        .ok_or(TypedError::Count {
            found: numbers.len(),
        })
}

#[derive(Clone, Copy)]
struct Word {
    number: u8,
    is_picture: bool,
}

/// Variation selectors, joiners and skin tones: the same picture in another dress.
fn is_decoration(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200b}'..='\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Full-width letters and digits as an input method leaves them, and capitals.
fn fold(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    narrow.to_ascii_lowercase()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || (c.is_ascii_punctuation()) || "、。，；：·•｜—–…".contains(c)
}

fn longest_match(rest: &[char]) -> Option<(Word, usize)> {
    if rest.first().is_some_and(char::is_ascii_digit) {
        return number(rest);
    }
    TABLE
        .iter()
        .filter_map(|e| {
            let picture = starts_with(rest, e.emoji).map(|len| (true, len));
            let name = || starts_with(rest, e.zh).or_else(|| starts_with_words(rest, e.en));
            let (is_picture, len) = picture.or_else(|| name().map(|len| (false, len)))?;
            Some((
                Word {
                    number: e.number,
                    is_picture,
                },
                len,
            ))
        })
        // 火车 before 火: of two names that fit, the longer one was typed.
        .max_by_key(|(_, len)| *len)
}

fn number(rest: &[char]) -> Option<(Word, usize)> {
    let len = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let digits: String = rest.iter().take(len).collect();
    let number = digits.parse().ok().filter(|&n: &u8| n < 64)?;
    Some((
        Word {
            number,
            is_picture: false,
        },
        len,
    ))
}

fn starts_with(rest: &[char], name: &str) -> Option<usize> {
    let mut len = 0;
    for want in name.chars().filter(|c| !is_decoration(*c)) {
        if *rest.get(len)? != want {
            return None;
        }
        len += 1;
    }
    Some(len)
}

/// An English name, ending at a word's end; between its words spaces, hyphens or nothing.
fn starts_with_words(rest: &[char], name: &str) -> Option<usize> {
    let mut len = 0;
    for (i, word) in name.split(' ').enumerate() {
        if i > 0 {
            let gap = rest
                .get(len..)?
                .iter()
                .take_while(|c| matches!(c, ' ' | '-' | '_'));
            len += gap.count();
        }
        for want in word.chars().map(fold) {
            if *rest.get(len)? != want {
                return None;
            }
            len += 1;
        }
    }
    let ends = rest.get(len).is_none_or(|c| !c.is_ascii_alphanumeric());
    ends.then_some(len)
}

/// When every picture is followed by its own name, the names are captions and do not count.
fn drop_captions(words: &[Word]) -> Vec<u8> {
    let captioned = words.len() == 14
        && words.chunks_exact(2).all(
            |pair| matches!(pair, [a, b] if a.is_picture && !b.is_picture && a.number == b.number),
        );
    let step = if captioned { 2 } else { 1 };
    words.iter().step_by(step).map(|w| w.number).collect()
}

fn unknown(position: usize, rest: &[char]) -> TypedError {
    let word: String = rest.iter().take_while(|c| !is_separator(**c)).collect();
    let mut near: Vec<(usize, &'static Emoji)> = TABLE
        .iter()
        .filter_map(|e| Some((distance(&word, e)?, e)))
        .collect();
    near.sort_by_key(|(far, e)| (*far, e.number));
    let near = near.into_iter().take(3).map(|(_, e)| e).collect();
    TypedError::Unknown {
        position,
        word,
        near,
    }
}

/// How far a word is from a picture's names; `None` when it is not near.
fn distance(word: &str, e: &Emoji) -> Option<usize> {
    let first = word.chars().next()?;
    if LOOKALIKES
        .iter()
        .any(|(c, number)| *c == first && *number == e.number)
    {
        return Some(0);
    }
    if word.is_ascii() {
        let name: String = e.en.chars().map(fold).collect();
        if word.chars().count() >= 3 && (name.starts_with(word) || word.starts_with(&name)) {
            return Some(1);
        }
        let edits = edits(word, &name);
        // One slip in a word of three letters, two in any longer one (an exchange of letters counts as two).
        return (edits <= 1 + usize::from(name.len() > 3)).then_some(edits);
    }
    let shared = e.zh.chars().filter(|c| word.contains(*c)).count();
    (shared > 0).then(|| 2 + e.zh.chars().count() - shared)
}

/// Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cb, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let cost = (diagonal + usize::from(ca != *cb))
                .min(left + 1)
                .min(*above + 1);
            diagonal = *above;
            *above = cost;
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Pictures that keyboards offer beside those of the table: proposed, never taken for them.
const LOOKALIKES: &[(char, u8)] = &[
    ('🐕', 0),
    ('🐩', 0),
    ('🐈', 1),
    ('🐴', 3),
    ('🐖', 5),
    ('🐽', 5),
    ('🐇', 7),
    ('🐔', 9),
    ('🐠', 12),
    ('🐡', 12),
    ('🦑', 13),
    ('🌸', 15),
    ('🌹', 15),
    ('🌺', 15),
    ('🌻', 15),
    ('🌲', 16),
    ('🌴', 16),
    ('🌍', 19),
    ('🌎', 19),
    ('🌛', 20),
    ('🌜', 20),
    ('⛅', 21),
    ('🍏', 24),
    ('🍰', 28),
    ('💖', 29),
    ('💗', 29),
    ('♥', 29),
    ('😃', 30),
    ('😄', 30),
    ('🙂', 30),
    ('🕶', 33),
    ('🌂', 37),
    ('☔', 37),
    ('⏳', 38),
    ('🕐', 39),
    ('⏱', 39),
    ('📖', 42),
    ('📗', 42),
    ('📘', 42),
    ('📙', 42),
    ('🖊', 43),
    ('🖇', 44),
    ('🔓', 46),
    ('🔐', 46),
    ('🗝', 47),
    ('⚒', 48),
    ('📞', 49),
    ('🚩', 50),
    ('🚆', 51),
    ('🛩', 53),
    ('🏅', 55),
    ('🏀', 56),
    ('🎷', 58),
    ('🔕', 59),
    ('📂', 62),
    ('📍', 63),
];
