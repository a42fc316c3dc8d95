//! The citizen identity number of GB 11643: accepted, or kept as written with what is doubtful about it.
//!
//! Eighteen characters: division (6), date of birth (8), serial (3), check character. The check is ISO 7064
//! MOD 11-2. We write it ourselves because the crate for it slices bytes and dies of six Chinese characters.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fold;
use super::sheet::CellKind;
use crate::Private;

/// Weight of each of the first seventeen digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Check character by remainder.
const CHECK: [u8; 11] = *b"10X98765432";

/// Province-level codes of GB/T 2260, with 81, 82, 83 for residents from Hong Kong, Macao and Taiwan. Numbers
/// of foreign permanent residents begin with a 9 before the province.
const PROVINCES: [u8; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 81, 82, 83,
];

/// A document number from the register.
///
/// Only an accepted one identifies a person: two rows with it are one person anywhere in the estate. A
/// doubtful one is kept word for word (folded, in capitals) so that the clerk can correct it, and says nothing
/// about who somebody is.
///
/// ```
/// use jiff::civil::date;
/// use linli_exchange::register::{IdDoubt, IdNumber};
/// let today = date(2026, 11, 22);
/// let right = IdNumber::read("11010119470915576x", today);
/// assert_eq!(right.accepted(), Some("11010119470915576X"));
/// assert_eq!(IdNumber::read("110101194709155761", today).doubt(), Some(IdDoubt::CheckCharacter));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdNumber {
    text: Private<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    doubt: Option<IdDoubt>,
}

/// Why an ID number is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdDoubt {
    /// Stored as a number, which keeps fifteen digits: the last ones are lost, whatever the check says.
    StoredAsNumber,
    /// The fifteen-digit form, out of use since 2013.
    OldForm,
    /// Not eighteen characters. It may be another document.
    Length,
    /// Something other than digits and a final X.
    Characters,
    /// No province has these first two digits.
    Division,
    /// No such day, or before 1900.
    Date,
    /// Born after today.
    Future,
    /// The last character does not follow from the others: a digit is wrong somewhere.
    CheckCharacter,
}

impl IdNumber {
    /// Reads a text cell. Blanks and the apostrophe that spreadsheets use for "this is text" do not count.
    pub fn read(text: &str, today: Date) -> Self {
        let text = fold::compact(text);
        let text = text.trim_start_matches('\'');
        // What a spreadsheet prints for a number too long for its column.
        let rounded = text.contains("E+")
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || b"E+.".contains(&b));
        let doubt = if rounded {
            Some(IdDoubt::StoredAsNumber)
        } else {
            doubt(text, today)
        };
        Self {
            text: text.into(),
            doubt,
        }
    }

    /// A number as a record keeps it. The doubt has to be kept beside the text: one that was stored as a number
    /// in a workbook may look right when it is read again.
    pub fn restore(text: &str, doubt: Option<IdDoubt>) -> Self {
        Self {
            text: fold::compact(text).into(),
            doubt,
        }
    }

    pub(super) fn read_cell(text: &str, kind: CellKind, today: Date) -> Self {
        let mut id = Self::read(text, today);
        if kind == CellKind::Number {
            id.doubt = Some(IdDoubt::StoredAsNumber);
        }
        id
    }

    /// The number, if it may identify a person.
    pub fn accepted(&self) -> Option<&str> {
        self.doubt.is_none().then(|| self.text.reveal().as_str())
    }

    /// Why it may not.
    pub const fn doubt(&self) -> Option<IdDoubt> {
        self.doubt
    }

    /// The number as kept, accepted or not.
    pub const fn text(&self) -> &Private<String> {
        &self.text
    }
}

/// The check character for the first seventeen digits.
///
/// `None` unless they are seventeen ASCII digits.
pub fn check_character(seventeen: &[u8]) -> Option<char> {
    if seventeen.len() != WEIGHTS.len() || !seventeen.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = seventeen
        .iter()
        .zip(WEIGHTS)
        .map(|(d, w)| u32::from(d - b'0') * w)
        .sum();
    CHECK
        .get(usize::try_from(sum % 11).ok()?)
        .map(|c| char::from(*c))
}

fn doubt(text: &str, today: Date) -> Option<IdDoubt> {
    let bytes = text.as_bytes();
    if bytes.len() == 15 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(IdDoubt::OldForm);
    }
    if text.chars().count() != 18 {
        return Some(IdDoubt::Length);
    }
    let Some((seventeen, [last])) = bytes.split_at_checked(17) else {
        return Some(IdDoubt::Characters);
    };
    let Some(check) = check_character(seventeen) else {
        return Some(IdDoubt::Characters);
    };
    if !last.is_ascii_digit() && *last != b'X' {
        return Some(IdDoubt::Characters);
    }
    let number = |range: std::ops::Range<usize>| {
        let digits = seventeen.get(range).unwrap_or_default();
        digits
            .iter()
            .fold(0_i16, |n, d| n * 10 + i16::from(d - b'0'))
    };
    let province = u8::try_from(number(0..2)).unwrap_or(0);
    if !PROVINCES.contains(&province) && seventeen.first() != Some(&b'9') {
        return Some(IdDoubt::Division);
    }
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Some(IdDoubt::Date);
    };
    match Date::new(year, month, day) {
        Ok(birth) if birth > today => Some(IdDoubt::Future),
        Ok(_) if year >= 1900 => (check != char::from(*last)).then_some(IdDoubt::CheckCharacter),
        _ => Some(IdDoubt::Date),
    }
}

#[cfg(test)]
mod tests;
