//! Letters read as pinyin.

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use std::sync::OnceLock;

/// Whole syllables and first letters, which may be mixed.
const NOTATION: PinyinNotation = PinyinNotation::Ascii.union(PinyinNotation::AsciiFirstLetter);
/// `zhuang` and its like: the longest syllable has six letters.
const SYLLABLE_MAX: usize = 6;
const LETTERS: usize = 26;

fn data() -> &'static PinyinData {
    static DATA: OnceLock<PinyinData> = OnceLock::new();
    DATA.get_or_init(|| PinyinData::new(NOTATION))
}

/// Bit `n` is the `n`th letter: those that a reading of the character begins with; a letter stands for itself.
fn begins(c: char) -> u32 {
    if c.is_ascii() {
        return letter(c).map_or(0, |n| 1 << n);
    }
    let mut bits = 0;
    data().get_pinyins_and_for_each(c, |pinyin| {
        let first = pinyin.notation(PinyinNotation::Ascii);
        if let Some(n) = first
            .and_then(|spelt| spelt.chars().next())
            .and_then(letter)
        {
            bits |= 1 << n;
        }
    });
    bits
}

fn letter(c: char) -> Option<usize> {
    let lower = c.to_ascii_lowercase();
    lower
        .is_ascii_lowercase()
        .then(|| usize::from(lower as u8 - b'a'))
}

/// Which letters begin two characters of a text that stand beside each other: 26 x 26 bits.
///
/// A pinyin term of more than one syllable needs one of a few such pairs ([`Spelling::fits`]); most texts have none of them
/// and are not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature([u64; (LETTERS * LETTERS).div_ceil(64)]);

impl Signature {
    /// Of a folded text.
    #[must_use]
    pub fn of(folded: &str) -> Self {
        let mut bits = Self([0; (LETTERS * LETTERS).div_ceil(64)]);
        let mut before = 0;
        for c in folded.chars() {
            let here = begins(c);
            bits.add(before, here);
            before = here;
        }
        bits
    }

    fn add(&mut self, before: u32, here: u32) {
        for a in ones(before) {
            for b in ones(here) {
                let at = a * LETTERS + b;
                if let Some(word) = self.0.get_mut(at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
        }
    }

    fn has(&self, (a, b): (usize, usize)) -> bool {
        let at = a * LETTERS + b;
        self.0
            .get(at / 64)
            .is_some_and(|word| word & (1 << (at % 64)) != 0)
    }
}

/// The numbers of the bits that are set.
fn ones(bits: u32) -> impl Iterator<Item = usize> {
    (0..LETTERS).filter(move |n| bits & (1 << n) != 0)
}

/// A term read as pinyin.
pub struct Spelling {
    matcher: IbMatcher<'static>,
    /// One of these pairs has to be there; empty: any text may fit.
    pairs: Vec<(usize, usize)>,
}

impl std::fmt::Debug for Spelling {
    /// Without the term: people look for names.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spelling").finish_non_exhaustive()
    }
}

impl Spelling {
    /// Of a folded term; none where it has no letter, or but one and nothing else (which would fit nearly everything).
    #[must_use]
    pub fn of(term: &str) -> Option<Self> {
        let letters = term.chars().filter(|c| letter(*c).is_some()).count();
        if letters == 0 || term.chars().count() < 2 {
            return None;
        }
        let pinyin = PinyinMatchConfig::notations(NOTATION);
        Some(Self {
            matcher: IbMatcher::builder(term).pinyin(pinyin).build(),
            pairs: pairs(term),
        })
    }

    /// Could a text with this signature contain it?
    #[must_use]
    pub fn fits(&self, signature: &Signature) -> bool {
        self.pairs.is_empty() || self.pairs.iter().any(|pair| signature.has(*pair))
    }

    /// Where a folded text contains it: from and to, in bytes.
    #[must_use]
    pub fn find(&self, folded: &str) -> Option<(usize, usize)> {
        self.matcher.find(folded).map(|m| (m.start(), m.end()))
    }
}

/// The pairs of first letters with which a term of letters can begin, when it is more than one syllable; empty where it may
/// be one syllable alone, or begins otherwise.
fn pairs(term: &str) -> Vec<(usize, usize)> {
    let letters: Option<Vec<usize>> = term.chars().map(letter).collect();
    let Some((first, rest)) = letters.as_deref().and_then(<[usize]>::split_first) else {
        return Vec::new();
    };
    if may_be_one_syllable(term) {
        return Vec::new();
    }
    let next = rest.iter().take(SYLLABLE_MAX);
    next.map(|second| (*first, *second)).collect()
}

/// Is there a character that is read like this, or begins like this? Looked up in the table of readings once.
fn may_be_one_syllable(term: &str) -> bool {
    static SYLLABLES: OnceLock<std::collections::BTreeSet<String>> = OnceLock::new();
    let all = SYLLABLES.get_or_init(|| {
        let spelt = data().iter().filter_map(|pinyin| {
            let spelt = pinyin.notation(PinyinNotation::Ascii)?;
            Some(spelt.to_owned())
        });
        spelt.collect()
    });
    all.contains(term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(term: &str, text: &str) -> bool {
        Spelling::of(term).unwrap().find(text).is_some()
    }

    #[test]
    fn whole_syllables_first_letters_and_both() {
        for term in ["zhangsan", "zs", "zhangs", "zsan", "张san"] {
            assert!(finds(term, "3-2-501 张三"), "{term}");
        }
        assert!(!finds("zhangsi", "张三"));
    }

    #[test]
    fn every_reading_of_a_character() {
        assert!(finds("chongqing", "重庆"));
        assert!(finds("zhongyao", "重要"));
        assert!(finds("yinhang", "银行"));
    }

    #[test]
    fn one_letter_or_none_is_no_spelling() {
        assert!(Spelling::of("z").is_none());
        assert!(Spelling::of("501").is_none());
        assert!(Spelling::of("张三").is_none());
    }

    #[test]
    fn a_name_is_not_in_the_debug_form() {
        let shown = format!("{:?}", Spelling::of("zhangsan").unwrap());
        assert!(!shown.contains("zhang"), "{shown}");
    }

    proptest! {
        /// What is found is never passed over by the signature.
        #[test]
        fn the_signature_lets_through_what_is_found(
            text in "[张三李四王莉重庆银行停电搬沙发a-z0-9 ]{0,12}",
            term in "[a-z]{2,8}",
        ) {
            let spelling = Spelling::of(&term).unwrap();
            if spelling.find(&text).is_some() {
                prop_assert!(spelling.fits(&Signature::of(&text)));
            }
        }

        /// Every text is found by the first letters and by the whole syllables of its characters.
        #[test]
        fn what_is_spelt_is_found(text in "[张三李四王莉重庆银行停电搬沙发]{2,6}") {
            let mut whole = String::new();
            let mut firsts = String::new();
            for c in text.chars() {
                let reading = data().get_pinyins(c).next().unwrap();
                let spelt = reading.notation(PinyinNotation::Ascii).unwrap();
                whole.push_str(spelt);
                firsts.push_str(&spelt[..1]);
            }
            for term in [whole, firsts] {
                let spelling = Spelling::of(&term).unwrap();
                prop_assert!(spelling.fits(&Signature::of(&text)), "{}", term);
                prop_assert!(spelling.find(&text).is_some(), "{}", term);
            }
        }
    }
}
