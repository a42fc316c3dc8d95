//! Telephone numbers: digits, without the ways people group them.

use serde::{Deserialize, Serialize};

use super::fold;
use crate::Private;

/// A telephone number in normal form: digits alone for a number that fits, the folded text otherwise.
///
/// Fits: a Chinese mobile number (11 digits), a landline with area code (10 to 12 digits from 0), or the local
/// part of one (7 or 8 digits), which older registers are full of. Anything else is kept and doubted.
///
/// ```
/// use linli_exchange::register::Phone;
/// let phone = Phone::read("+86 139-0000-8480").pop().unwrap();
/// assert!(phone.fits());
/// assert_eq!(phone.text().reveal(), "13900008480");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Phone {
    text: Private<String>,
    fits: bool,
}

impl Phone {
    /// Reads a cell, which may hold several numbers. Each is there once, in the order written.
    pub fn read(cell: &str) -> Vec<Self> {
        let mut phones: Vec<Self> = Vec::new();
        for piece in fold::fold(&cell.replace(['\r', '\n'], "/")).split(['/', '、', ',', ';', '|'])
        {
            for phone in Self::read_piece(piece) {
                if !phones.contains(&phone) {
                    phones.push(phone);
                }
            }
        }
        phones
    }

    /// Whether it has the form of a Chinese number.
    pub const fn fits(&self) -> bool {
        self.fits
    }

    /// The number as kept.
    pub const fn text(&self) -> &Private<String> {
        &self.text
    }

    fn read_piece(piece: &str) -> Vec<Self> {
        let piece = piece.trim().trim_start_matches('\'');
        // A number cell may come as 13900001111.0.
        let piece = piece.strip_suffix(".0").unwrap_or(piece);
        if piece.is_empty() {
            return Vec::new();
        }
        let grouping = |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '+');
        let digits: String = piece.chars().filter(|c| !grouping(*c)).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() {
            return vec![Self {
                text: piece.into(),
                fits: false,
            }];
        }
        // Two mobile numbers with a blank between.
        if let Some((first, second)) = digits.split_at_checked(11)
            && is_mobile(first)
            && is_mobile(second)
        {
            return [first, second]
                .map(|n| Self {
                    text: n.into(),
                    fits: true,
                })
                .into();
        }
        let plain = ["0086", "86"]
            .iter()
            .find_map(|code| digits.strip_prefix(code).filter(|rest| is_mobile(rest)))
            .unwrap_or(&digits);
        vec![Self {
            fits: is_mobile(plain) || is_landline(plain),
            text: plain.into(),
        }]
    }
}

fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9)
}

fn is_landline(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'0', b'1'..=b'9', rest @ ..] => (8..=10).contains(&rest.len()),
        [b'2'..=b'9', rest @ ..] => (6..=7).contains(&rest.len()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    //! Numbers as clerks write them.
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_lose_their_grouping_and_odd_ones_are_kept() {
        for (cell, expected) in [
            ("13900008480", vec![("13900008480", true)]),
            ("139-0000-8480", vec![("13900008480", true)]),
            ("139 0000-8313", vec![("13900008313", true)]),
            ("+86 13900008313", vec![("13900008313", true)]),
            ("008613900008313", vec![("13900008313", true)]),
            ("１３９００００８３１３", vec![("13900008313", true)]),
            ("13900008313.0", vec![("13900008313", true)]),
            (
                "13900008313/13900008314",
                vec![("13900008313", true), ("13900008314", true)],
            ),
            (
                "13900008313\n13900008314",
                vec![("13900008313", true), ("13900008314", true)],
            ),
            (
                "13900008313 13900008314",
                vec![("13900008313", true), ("13900008314", true)],
            ),
            ("13900008313、13900008313", vec![("13900008313", true)]),
            ("010-62345678", vec![("01062345678", true)]),
            ("(0755)26001234", vec![("075526001234", true)]),
            ("62345678", vec![("62345678", true)]),
            ("1390000848", vec![("1390000848", false)]),
            ("139000084801", vec![("139000084801", false)]),
            ("12345678901", vec![("12345678901", false)]),
            ("同上", vec![("同上", false)]),
            ("-", vec![("-", false)]),
            ("", vec![]),
        ] {
            let read: Vec<(String, bool)> = Phone::read(cell)
                .into_iter()
                .map(|p| (p.text().reveal().clone(), p.fits()))
                .collect();
            let expected: Vec<(String, bool)> = expected
                .into_iter()
                .map(|(t, f)| (t.to_owned(), f))
                .collect();
            assert_eq!(read, expected, "{cell}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_cell_panics_and_a_number_that_fits_stays(cell in "[0-9+() .-/、\n同]{0,30}|.{0,20}") {
            for phone in Phone::read(&cell).into_iter().filter(Phone::fits) {
                prop_assert_eq!(Phone::read(phone.text().reveal()), vec![phone]);
            }
        }
    }
}
