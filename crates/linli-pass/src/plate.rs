//! Licence plates in the one form in which they are compared.
//!
//! A guard types full width, a camera reads O for 0, a household writes a middle dot. Two spellings of one
//! plate must meet, and two plates that differ by one character must be noticed instead of guessed at: see
//! [`Plate::near`].

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Fewest characters of a plate in normal form: province, city letter and five.
pub const PLATE_MIN: usize = 7;
/// Most characters: new-energy plates have six after the city letter.
pub const PLATE_MAX: usize = 8;

/// What people type between the city letter and the serial part.
const DOTS: &[char] = &[
    '\u{00b7}', '\u{2022}', '\u{2027}', '\u{2219}', '\u{22c5}', '\u{30fb}', '\u{0387}',
];

/// Pairs that cameras and people take for each other besides O/0 and I/1, which are folded.
const LOOK_ALIKE: &[(char, char)] = &[
    ('0', 'D'),
    ('0', 'Q'),
    ('D', 'Q'),
    ('1', 'L'),
    ('1', 'T'),
    ('2', 'Z'),
    ('4', 'A'),
    ('5', 'S'),
    ('6', 'G'),
    ('7', 'T'),
    ('8', 'B'),
    ('C', 'G'),
    ('E', 'F'),
    ('M', 'N'),
    ('U', 'V'),
    ('V', 'Y'),
];

/// Why a text is no plate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlateError {
    /// Not 7 or 8 characters after folding.
    #[error("a plate has 7 or 8 characters")]
    Length,
    /// A character that no plate carries.
    #[error("a plate has Chinese characters, Latin letters and digits only")]
    Character,
}

/// A plate in normal form; personal, so `Debug` prints dots.
///
/// Always 7 or 8 characters: Chinese characters, capital Latin letters, digits; no O and no I from the third
/// character on.
///
/// ```
/// use linli_pass::Plate;
/// let typed = Plate::parse("京ＡＤ９０３１７")?;
/// assert_eq!(typed, Plate::parse("京a·d90317")?);
/// assert_eq!(Plate::parse("京MO157P")?.as_str(), "京M0157P");
/// # Ok::<(), linli_pass::PlateError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plate(String);

/// Two plates one edit apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    /// One character stands for another that looks like it (B and 8).
    LookAlike,
    /// One character was replaced, left out or added.
    OneEdit,
}

impl Plate {
    /// Folds a text to normal form (pass.md §5).
    ///
    /// # Errors
    /// [`PlateError`] when what is left cannot be a plate.
    pub fn parse(text: &str) -> Result<Self, PlateError> {
        let folded: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace() && !DOTS.contains(c))
            .flat_map(char::to_uppercase)
            .enumerate()
            .map(|(at, c)| match c {
                // The city letter may be a true O; only what follows is a serial.
                'O' if at >= 2 => '0',
                'I' if at >= 2 => '1',
                c => c,
            })
            .collect();
        if !folded.chars().all(on_plates) {
            return Err(PlateError::Character);
        }
        if (PLATE_MIN..=PLATE_MAX).contains(&folded.chars().count()) {
            Ok(Self(folded))
        } else {
            Err(PlateError::Length)
        }
    }

    /// The plate that sorts before every other.
    pub(crate) fn lowest() -> Self {
        Self("0".repeat(PLATE_MIN))
    }

    /// Takes a text that must already be in normal form, as a pass must carry it.
    #[must_use]
    pub fn from_normal(text: &str) -> Option<Self> {
        Self::parse(text).ok().filter(|plate| plate.0 == text)
    }

    /// The plate itself, to show to who may see it or to compare.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the other plate is exactly one edit away (one character replaced, missing or added).
    #[must_use]
    pub fn near(&self, other: &Self) -> Option<Near> {
        let (a, b): (Vec<char>, Vec<char>) = (self.0.chars().collect(), other.0.chars().collect());
        let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let room = a.len().min(b.len()) - front;
        let back = a
            .iter()
            .rev()
            .zip(b.iter().rev())
            .take(room)
            .take_while(|(x, y)| x == y)
            .count();
        match (&a[front..a.len() - back], &b[front..b.len() - back]) {
            ([x], [y]) if look_alike(*x, *y) => Some(Near::LookAlike),
            ([_], [_] | []) | ([], [_]) => Some(Near::OneEdit),
            _ => None,
        }
    }

    /// The plates that differ from this one in one character that looks like it ([`Near::LookAlike`]).
    #[must_use]
    pub fn look_alikes(&self) -> Vec<Self> {
        let chars: Vec<char> = self.0.chars().collect();
        let mut all = Vec::new();
        for (at, c) in chars.iter().enumerate() {
            for (x, y) in LOOK_ALIKE {
                let other = match *c {
                    c if c == *x => *y,
                    c if c == *y => *x,
                    _ => continue,
                };
                let with = chars.iter().enumerate();
                let with: String = with
                    .map(|(n, c)| if n == at { other } else { *c })
                    .collect();
                all.extend(Self::from_normal(&with));
            }
        }
        all
    }

    /// The plate and every text that is it with one character left out: two plates one edit apart share at
    /// least one of these, which is how an index finds them without comparing all.
    pub(crate) fn neighbourhood(&self) -> Vec<String> {
        let chars: Vec<char> = self.0.chars().collect();
        let without = |skip: usize| {
            let kept = chars.iter().enumerate().filter(move |(at, _)| *at != skip);
            kept.map(|(_, c)| *c).collect::<String>()
        };
        let mut all: Vec<String> = (0..chars.len()).map(without).collect();
        all.push(self.0.clone());
        all
    }
}

impl fmt::Debug for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

fn on_plates(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn look_alike(a: char, b: char) -> bool {
    LOOK_ALIKE
        .iter()
        .any(|&(x, y)| (a, b) == (x, y) || (b, a) == (x, y))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    fn plate(text: &str) -> Plate {
        Plate::parse(text).unwrap()
    }

    #[test]
    fn spellings_of_one_plate_meet() {
        for (typed, normal) in [
            ("京ＡＤ９０３１７", "京AD90317"),
            ("京MO157P", "京M0157P"),
            ("津C·66018", "津C66018"),
            ("京E・K2051", "京EK2051"),
            (" 京 e k2o5i ", "京EK2051"),
            ("京OA1234", "京OA1234"),
            ("粤Z1234港", "粤Z1234港"),
        ] {
            assert_eq!(plate(typed).as_str(), normal);
            assert_eq!(Plate::from_normal(normal), Some(plate(typed)));
        }
        assert_eq!(Plate::from_normal("京MO157P"), None);
    }

    #[test]
    fn what_cannot_be_a_plate_is_said_so() {
        for (text, why) in [
            ("", PlateError::Length),
            ("京A123", PlateError::Length),
            ("京AD903170", PlateError::Length),
            ("京A-12345", PlateError::Character),
            ("京A12\u{202e}345", PlateError::Character),
            ("京A1234Ω", PlateError::Character),
        ] {
            assert_eq!(Plate::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn one_edit_is_near_and_two_are_not() {
        let booked = plate("京Q88B26");
        assert_eq!(booked.near(&plate("京Q88826")), Some(Near::LookAlike));
        assert_eq!(booked.near(&plate("京Q88K26")), Some(Near::OneEdit));
        assert_eq!(booked.near(&plate("京Q88B264")), Some(Near::OneEdit));
        assert_eq!(plate("京Q88B264").near(&booked), Some(Near::OneEdit));
        assert_eq!(booked.near(&booked), None);
        assert_eq!(booked.near(&plate("京Q88K27")), None);
        assert_eq!(booked.near(&plate("京Q8B826")), None);
    }

    #[test]
    fn a_plate_does_not_print_itself() {
        assert_eq!(format!("{:?}", plate("京Q88B26")), "•••");
    }

    proptest! {
        #[test]
        fn look_alikes_are_near(text in "京[A-Z][0-9A-Z]{5}") {
            let plate = plate(&text);
            for other in plate.look_alikes() {
                prop_assert_eq!(plate.near(&other), Some(Near::LookAlike));
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,12}") {
            if let Ok(p) = Plate::parse(&text) {
                prop_assert_eq!(Plate::parse(p.as_str()), Ok(p));
            }
        }

        #[test]
        fn near_plates_share_a_neighbour(a in "[京沪][A-Z][A-HJ-NP-Z0-9]{5,6}", b in "[京沪][A-Z][A-HJ-NP-Z0-9]{5,6}", at in 0usize..7) {
            let (a, b) = (plate(&a), plate(&b));
            prop_assert_eq!(a.near(&b).is_some(), b.near(&a).is_some());
            let mut chars: Vec<char> = a.as_str().chars().collect();
            chars[at] = 'X';
            let c = plate(&chars.iter().collect::<String>());
            if a != c {
                prop_assert!(a.near(&c).is_some());
                let near = c.neighbourhood();
                prop_assert!(a.neighbourhood().iter().any(|n| near.contains(n)));
            }
        }
    }
}
