//! Number plates of GA 36, in one spelling. A plate that fits no form is doubted, never refused.

use serde::{Deserialize, Serialize};

use super::fold;
use crate::Private;

/// The short names of provinces, and 使 for embassies.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";

/// Last characters of special plates.
const SUFFIXES: &str = "警学挂港澳领使试超";

/// A plate in normal form: capitals, no dots or blanks, in the serial 0 and 1 for O and I, which GA 36 does
/// not use there.
///
/// ```
/// use linli_exchange::register::Plate;
/// let plate = Plate::read("冀Ｂ·７O４７７").pop().unwrap();
/// assert!(plate.fits());
/// assert_eq!(plate.text().reveal(), "冀B70477");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Plate {
    text: Private<String>,
    fits: bool,
}

impl Plate {
    /// Reads a cell, which may hold several plates. Each is there once, in the order written.
    pub fn read(cell: &str) -> Vec<Self> {
        let mut plates: Vec<Self> = Vec::new();
        for piece in fold::fold(&cell.replace(['\r', '\n'], "/")).split(['/', '、', ',', ';', '|'])
        {
            for plate in Self::read_piece(piece) {
                if !plates.contains(&plate) {
                    plates.push(plate);
                }
            }
        }
        plates
    }

    /// Whether it has the form of a Chinese plate.
    pub const fn fits(&self) -> bool {
        self.fits
    }

    /// The plate as kept.
    pub const fn text(&self) -> &Private<String> {
        &self.text
    }

    fn read_piece(piece: &str) -> Vec<Self> {
        let dots = ['·', '•', '‧', '∙', '⋅', '・', '.', '-'];
        let plain: String = fold::compact(piece)
            .chars()
            .filter(|c| !dots.contains(c))
            .collect();
        if plain.is_empty() {
            return Vec::new();
        }
        if let Some(one) = Self::fitting(&plain) {
            return vec![one];
        }
        // Two plates with a blank between: the second begins at a province.
        let second = plain
            .char_indices()
            .skip(1)
            .filter(|(_, c)| PROVINCES.contains(*c));
        for (at, _) in second {
            let (first, rest) = plain.split_at(at);
            if let (Some(first), Some(second)) = (Self::fitting(first), Self::fitting(rest)) {
                return vec![first, second];
            }
        }
        vec![Self {
            text: plain.into(),
            fits: false,
        }]
    }

    fn fitting(plain: &str) -> Option<Self> {
        let mut chars = plain.chars();
        let (province, office) = (chars.next()?, chars.next()?);
        let serial: String = chars
            .map(|c| match c {
                'O' => '0',
                'I' => '1',
                c => c,
            })
            .collect();
        let province_fits = PROVINCES.contains(province) && office.is_ascii_uppercase();
        let core = serial
            .strip_suffix(|c| SUFFIXES.contains(c))
            .unwrap_or(&serial);
        let emergency = serial
            .strip_suffix("应急")
            .is_some_and(|core| core.len() == 4);
        let alphanumeric = core
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let count = serial.chars().count();
        let fits = province_fits
            && (emergency
                || alphanumeric
                    && (count == 5 || count == 6 && core.len() == 6 && is_new_energy(core)));
        fits.then(|| Self {
            text: format!("{province}{office}{serial}").into(),
            fits,
        })
    }
}

/// Six characters: a letter first (small vehicles, a second may follow) or a letter last (large ones).
fn is_new_energy(serial: &str) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match serial.as_bytes() {
        [b'A'..=b'Z', second, rest @ ..] if digits(rest) => {
            second.is_ascii_digit() || second.is_ascii_uppercase()
        }
        [rest @ .., b'A'..=b'Z'] => digits(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    //! Plates as they stand in registers.
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plates_have_one_spelling_and_odd_ones_are_kept() {
        for (cell, expected) in [
            ("京AD94875", vec![("京AD94875", true)]),
            ("京 NYWJ1S", vec![("京NYWJ1S", true)]),
            ("京ＮＹＷＪ１Ｓ", vec![("京NYWJ1S", true)]),
            ("冀B·17231", vec![("冀B17231", true)]),
            ("京a·d501O1", vec![("京AD50101", true)]),
            ("京NI0O01", vec![("京N10001", true)]),
            ("京A12345D", vec![("京A12345D", true)]),
            ("京A1234警", vec![("京A1234警", true)]),
            ("粤Z1234港", vec![("粤Z1234港", true)]),
            ("京A1234应急", vec![("京A1234应急", true)]),
            (
                "京AD94875、冀B17231",
                vec![("京AD94875", true), ("冀B17231", true)],
            ),
            (
                "京AD94875 冀B17231",
                vec![("京AD94875", true), ("冀B17231", true)],
            ),
            ("京AD94875\n京AD94875", vec![("京AD94875", true)]),
            ("京AD9487", vec![("京AD9487", true)]),
            ("WB 12345", vec![("WB12345", false)]),
            ("京A123", vec![("京A123", false)]),
            ("临牌", vec![("临牌", false)]),
            ("", vec![]),
        ] {
            let expected: Vec<(String, bool)> = expected
                .into_iter()
                .map(|(t, f)| (t.to_owned(), f))
                .collect();
            let read: Vec<(String, bool)> = Plate::read(cell)
                .into_iter()
                .map(|p| (p.text().reveal().clone(), p.fits()))
                .collect();
            assert_eq!(read, expected, "{cell}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_cell_panics_and_a_plate_that_fits_stays(cell in "[京冀使A-Z0-9·・ 警应急挂]{0,12}|.{0,16}") {
            for plate in Plate::read(&cell).into_iter().filter(Plate::fits) {
                prop_assert_eq!(Plate::read(plate.text().reveal()), vec![plate]);
            }
        }
    }
}
