//! Letters read as pinyin.

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::{PinyinData, PinyinNotation};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Whole syllables and first letters, which may be mixed.
const NOTATION: PinyinNotation = PinyinNotation::Ascii.union(PinyinNotation::AsciiFirstLetter);
/// The last character that the table of readings could know: the end of the ideographs of Unicode 17.
const LAST: u32 = 0x33479;

fn data() -> &'static PinyinData {
    static DATA: OnceLock<PinyinData> = OnceLock::new();
    DATA.get_or_init(|| PinyinData::new(NOTATION))
}

/// Which syllables each character is read as, by number.
struct Readings {
    /// All syllables there are, each once; its place is its number.
    syllables: Vec<String>,
    /// By code point: where its syllables begin in `numbers`, and where they end.
    spans: Vec<(u32, u32)>,
    numbers: Vec<u16>,
}

impl Readings {
    fn all() -> &'static Self {
        static READINGS: OnceLock<Readings> = OnceLock::new();
        READINGS.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut known: BTreeMap<String, u16> = BTreeMap::new();
        let (mut spans, mut numbers) = (Vec::new(), Vec::new());
        for code in 0..=LAST {
            let from = numbers.len();
            if let Some(c) = char::from_u32(code).filter(|c| !c.is_ascii()) {
                data().get_pinyins_and_for_each(c, |pinyin| {
                    if let Some(spelt) = pinyin.notation(PinyinNotation::Ascii) {
                        let next = known.len() as u16;
                        let number = *known.entry(spelt.to_owned()).or_insert(next);
                        // 好 is read in two tones: one syllable.
                        if !numbers[from..].contains(&number) {
                            numbers.push(number);
                        }
                    }
                });
            }
            spans.push((from as u32, numbers.len() as u32));
        }
        let mut syllables = vec![String::new(); known.len()];
        for (spelt, number) in known {
            syllables[usize::from(number)] = spelt;
        }
        Self {
            syllables,
            spans,
            numbers,
        }
    }

    fn of(&self, c: char) -> &[u16] {
        let span = self.spans.get(c as usize);
        span.and_then(|(from, to)| self.numbers.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }
}

/// Positions in a term, a bit each: bit `p` says that its first `p` characters stand before.
type Places = u128;

/// What one syllable does to a term: from which places on it goes how far.
#[derive(Clone, Copy, Default)]
struct Steps {
    /// Where the whole syllable stands.
    whole: Places,
    /// How many letters it has.
    len: u32,
    /// Where its first letter stands.
    first: Places,
}

/// A term read as pinyin: all ways of reading it at once (an automaton whose states are sets of places in it), one pass over a text.
///
/// What it finds is what `ib-matcher` finds; a property holds the two together. That one also says where.
pub struct Spelling {
    term: String,
    /// A bit for every character of the term, and one more.
    end: Places,
    /// By the number of the syllable.
    steps: Vec<Steps>,
    /// Where each of its characters stands as itself.
    literal: Vec<(char, Places)>,
    /// By code point, a bit each: the term can begin with it. Most characters of a text begin nothing, and are passed over.
    begins: Vec<u64>,
    matcher: OnceLock<IbMatcher<'static>>,
}

impl std::fmt::Debug for Spelling {
    /// Without the term: people look for names.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spelling").finish_non_exhaustive()
    }
}

impl Spelling {
    /// Of a folded term of at most [`crate::QUERY_MAX`] characters; none where it is longer, has no letter, or but one and
    /// nothing else (which would fit nearly everything).
    #[must_use]
    pub fn of(term: &str) -> Option<Self> {
        let chars: Vec<char> = term.chars().collect();
        let letters = chars.iter().any(char::is_ascii_alphabetic);
        if !letters || !(2..=crate::QUERY_MAX).contains(&chars.len()) {
            return None;
        }
        let mut literal: Vec<(char, Places)> = Vec::new();
        for (place, c) in chars.iter().enumerate() {
            match literal.iter_mut().find(|(known, _)| known == c) {
                Some((_, places)) => *places |= 1 << place,
                None => literal.push((*c, 1 << place)),
            }
        }
        let steps = |syllable: &String| {
            let letters: Vec<char> = syllable.chars().collect();
            let places = |part: &[char]| {
                let at = (0..chars.len()).filter(|at| chars[*at..].starts_with(part));
                at.fold(0, |places: Places, at| places | 1 << at)
            };
            Steps {
                whole: places(&letters),
                len: letters.len() as u32,
                first: places(letters.get(..1).unwrap_or_default()),
            }
        };
        let steps: Vec<Steps> = Readings::all().syllables.iter().map(steps).collect();
        Some(Self {
            end: 1 << chars.len(),
            begins: begins(&steps, chars.first().copied()),
            steps,
            literal,
            term: term.to_owned(),
            matcher: OnceLock::new(),
        })
    }

    /// Does a folded text contain it?
    #[must_use]
    pub fn is_in(&self, folded: &str) -> bool {
        let mut places: Places = 0;
        folded.chars().any(|c| {
            if places == 0 && !self.begins(c) {
                return false;
            }
            // It may begin anywhere.
            places = self.step(places | 1, c);
            places & self.end != 0
        })
    }

    /// Is it the whole of a folded text, and nothing left over?
    #[must_use]
    pub fn is_all_of(&self, folded: &str) -> bool {
        let places = folded.chars().try_fold(1, |places, c| {
            let next = self.step(places, c);
            (next != 0).then_some(next)
        });
        places.is_some_and(|places| places & self.end != 0)
    }

    fn begins(&self, c: char) -> bool {
        let code = c as usize;
        let word = self.begins.get(code / 64);
        // What lies behind the table is looked at.
        word.is_none_or(|word| word >> (code % 64) & 1 == 1)
    }

    /// Where one is in the term behind one character more of the text.
    fn step(&self, from: Places, c: char) -> Places {
        let literal = self.literal.iter().find(|(known, _)| *known == c);
        let mut places = literal.map_or(0, |(_, at)| (from & at) << 1);
        for syllable in Readings::all().of(c) {
            if let Some(steps) = self.steps.get(usize::from(*syllable)) {
                places |= (from & steps.first) << 1;
                places |= (from & steps.whole) << steps.len;
            }
        }
        places
    }

    /// Where a folded text contains it: from and to, in bytes.
    #[must_use]
    pub fn find(&self, folded: &str) -> Option<(usize, usize)> {
        let matcher = self.matcher.get_or_init(|| {
            let pinyin = PinyinMatchConfig::builder(NOTATION).data(data()).build();
            IbMatcher::builder(self.term.as_str())
                .pinyin(pinyin)
                .build()
        });
        matcher.find(folded).map(|m| (m.start(), m.end()))
    }
}

/// The characters with which a term can begin: its first one itself, and those of which a reading stands there.
fn begins(steps: &[Steps], first: Option<char>) -> Vec<u64> {
    let readings = Readings::all();
    let starts = |number: &u16| {
        let steps = steps.get(usize::from(*number)).copied().unwrap_or_default();
        (steps.first | steps.whole) & 1 == 1
    };
    let starts: Vec<bool> = readings.numbers.iter().map(starts).collect();
    let mut bits = vec![0_u64; readings.spans.len().div_ceil(64)];
    let mut set = |code: usize| {
        if let Some(word) = bits.get_mut(code / 64) {
            *word |= 1 << (code % 64);
        }
    };
    for (code, (from, to)) in readings.spans.iter().enumerate() {
        let span = starts.get(*from as usize..*to as usize);
        if span.is_some_and(|span| span.contains(&true)) {
            set(code);
        }
    }
    if let Some(first) = first {
        set(first as usize);
    }
    bits
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
    fn the_whole_of_a_name_and_nothing_left_over() {
        let all = |term: &str, text| Spelling::of(term).unwrap().is_all_of(text);
        for term in ["zs", "zhangsan", "zsan", "张s"] {
            assert!(all(term, "张三"), "{term}");
            assert!(!all(term, "张三丰"), "{term}");
            assert!(!all(term, "小张三"), "{term}");
        }
        assert!(!all("zhangsanfeng", "张三"));
        assert!(!all("zs", ""));
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
        /// One pass finds what the library finds, mixed scripts and readings among it.
        #[test]
        fn found_here_is_found_there(
            text in "[张三李四王莉重庆银行停电搬沙发好女绿嗯鑫龘a-z0-9 ]{0,12}",
            term in "[a-z张重嗯0-9]{2,8}",
        ) {
            if let Some(spelling) = Spelling::of(&term) {
                prop_assert_eq!(spelling.is_in(&text), spelling.find(&text).is_some());
            }
        }

        /// Terms made of the text's own readings, cut anywhere: those that are likely to be found.
        #[test]
        fn a_part_of_what_is_spelt_is_judged_alike(
            text in "[张三李四王莉重庆银行停电搬沙发了绿]{2,6}",
            (from, len) in (0_usize..12, 2_usize..12),
        ) {
            let term: String = text.chars().map(spelt).collect();
            let term: String = term.chars().skip(from).take(len).collect();
            if let Some(spelling) = Spelling::of(&term) {
                prop_assert_eq!(spelling.is_in(&text), spelling.find(&text).is_some());
            }
        }

        /// Every text is found by the first letters and by the whole syllables of its characters.
        #[test]
        fn what_is_spelt_is_found(text in "[张三李四王莉重庆银行停电搬沙发]{2,6}") {
            let whole: String = text.chars().map(spelt).collect();
            let firsts: String = text.chars().map(|c| spelt(c)[..1].to_owned()).collect();
            for term in [whole, firsts] {
                let spelling = Spelling::of(&term).unwrap();
                prop_assert!(spelling.is_in(&text), "{}", term);
                prop_assert!(spelling.find(&text).is_some(), "{}", term);
            }
        }
    }

    fn spelt(c: char) -> String {
        let reading = data().get_pinyins(c).next().unwrap();
        reading.notation(PinyinNotation::Ascii).unwrap().to_owned()
    }
}
