//! Grid cells (单元网格): the parts of an estate that a grid worker looks after, in one spelling.
//!
//! GB/T 30428 numbers them within a community by three digits behind the twelve of the community; offices write
//! `02`, `第2网格`, `网格02` or the whole fifteen digits. A number of up to three digits is a cell of this estate and is
//! kept with two; the whole code is kept as it is, for only its owner knows which community it names.
//!
//! Which home lies in which cell is read by every household, so nothing about a person may pass for a cell: what is neither
//! a number, nor a letter, nor a word for a place names none.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{NoticeArea, fold};

/// Longest name of a cell, in characters.
const CELL_MAX: usize = 20;
/// Digits of a number within the estate, and of the whole code of GB/T 30428.
const SHORT_DIGITS: usize = 3;
const WHOLE_DIGITS: usize = 15;
/// Most letters beside a number: `WG02`.
const LETTERS_MAX: usize = 4;
/// How a word for a part of an estate ends: 东片, 第一片区, 甲组.
const PART_ENDS: [char; 7] = ['片', '区', '组', '段', '块', '带', '部'];
/// How a word before a number may end too, for communities give their own name: 丰盛园02.
const PLACE_ENDS: [char; 10] = ['园', '苑', '里', '村', '街', '路', '巷', '坊', '城', '庭'];
/// One character that tells parts of an estate apart, alone or beside a number.
const PART_MARKS: &str = "东西南北中甲乙丙丁戊己庚辛壬癸";
/// What stands before a cell where an area is meant.
const PREFIX: &str = "grid:";

/// A grid cell in normal form: a number of the estate with at least two digits; the whole code; a letter, or letters beside
/// such a number; or a word for a part of an estate, with or without a number. At most 20 characters.
///
/// Telephone numbers, numbers of documents and names of people are none of these.
///
/// ```
/// use linli_exchange::register::GridCell;
/// let cell = GridCell::read("第2网格").unwrap();
/// assert_eq!(cell.to_string(), "02");
/// assert_eq!(GridCell::read("网格 ０２"), Some(cell));
/// assert_eq!(GridCell::read("网格"), None);
/// assert_eq!(GridCell::read("13900008480"), None);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GridCell(String);

impl GridCell {
    /// Reads what an office writes in the column of cells; `None` for what names no cell.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let compact = fold::compact(&fold::filled(text)?);
        let mut core = compact.as_str();
        loop {
            let shorter = core.trim_start_matches([':', '第']);
            let shorter = ["GRID", "单元网格", "网格"]
                .iter()
                .find_map(|head| shorter.strip_prefix(head))
                .unwrap_or(shorter);
            let shorter = ["单元网格", "网格", "号"]
                .iter()
                .find_map(|end| shorter.strip_suffix(end))
                .unwrap_or(shorter);
            if shorter.len() == core.len() {
                break;
            }
            core = shorter;
        }
        // A number cell may come as 2.0.
        let core = core.strip_suffix(".0").unwrap_or(core);
        // 网格:无 says as little as 无.
        fold::filled(core)?;
        let digits = !core.is_empty() && core.bytes().all(|b| b.is_ascii_digit());
        let short = core.trim_start_matches('0');
        if digits && core.len() <= SHORT_DIGITS {
            return (!short.is_empty()).then(|| Self(format!("{short:0>2}")));
        }
        if let Some(number) = fold::chinese_number(core).filter(|n| (1..=999).contains(n)) {
            return Some(Self(format!("{number:02}")));
        }
        let named = if digits {
            core.len() == WHOLE_DIGITS && !is_old_id_number(core)
        } else {
            names_a_part(core)
        };
        named.then(|| Self(core.to_owned()))
    }

    /// Its name, `02`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GridCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Letters, or a word for a place, with at most [`SHORT_DIGITS`] digits among them.
fn names_a_part(core: &str) -> bool {
    let word: String = core.chars().filter(|c| !c.is_ascii_digit()).collect();
    let count = |of: fn(&char) -> bool| core.chars().filter(of).count();
    let (digits, letters) = (
        count(char::is_ascii_digit),
        count(char::is_ascii_alphabetic),
    );
    let known = |c: char| c.is_ascii_alphanumeric() || fold::is_han(c);
    if core.chars().count() > CELL_MAX
        || digits > SHORT_DIGITS
        || letters > LETTERS_MAX
        || !core.chars().all(known)
    {
        return false;
    }
    if word.len() == letters {
        // Letters without a number may be a name: LI, WANG.
        return letters == 1 || digits > 0;
    }
    // 幸福社区第02: what stands before a number.
    let word = word.strip_suffix('第').unwrap_or(&word);
    let Some(last) = word.chars().next_back() else {
        return false;
    };
    let alone = word.chars().count() == 1;
    PART_ENDS.contains(&last) && !alone
        || digits > 0 && PLACE_ENDS.contains(&last)
        || alone && PART_MARKS.contains(last)
}

/// Fifteen digits may be the number of a document of before 1999: six of a division, then a day of birth in six. A code of
/// a community has a street there, whose numbers look like no day that a person was born on since 1920 but in few places.
fn is_old_id_number(fifteen: &str) -> bool {
    let two = |at: usize| {
        let digits = fifteen.get(at..at + 2);
        digits.and_then(|d| d.parse::<u8>().ok()).unwrap_or(0)
    };
    two(6) >= 20 && (1..=12).contains(&two(8)) && (1..=31).contains(&two(10))
}

/// No name of a grid cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no grid cell")]
pub struct NoCell;

impl TryFrom<String> for GridCell {
    type Error = NoCell;

    fn try_from(text: String) -> Result<Self, NoCell> {
        Self::read(&text).ok_or(NoCell)
    }
}

impl From<GridCell> for String {
    fn from(cell: GridCell) -> Self {
        cell.0
    }
}

/// One word of what people write for an area: a place by its address, or a grid cell.
///
/// A cell is a word for some places, which the register knows; a signed notice names the places.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AreaWord {
    /// A building, a stair, a unit.
    Place(NoticeArea),
    /// A grid cell.
    Cell(GridCell),
}

impl AreaWord {
    /// Reads `3号楼`, `3-2`, `3-2-501`, and for a cell `grid:02`, `网格02`, `第2网格`. `None` for what is none of these.
    ///
    /// ```
    /// use linli_exchange::register::AreaWord;
    /// assert_eq!(AreaWord::parse("网格2").unwrap().to_string(), "grid:02");
    /// assert_eq!(AreaWord::parse("三号楼").unwrap().to_string(), "3");
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let compact = fold::compact(text);
        if compact.contains("网格") || compact.starts_with("GRID:") {
            return GridCell::read(text).map(Self::Cell);
        }
        NoticeArea::parse(text).map(Self::Place)
    }
}

impl fmt::Display for AreaWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(place) => place.fmt(f),
            Self::Cell(cell) => write!(f, "{PREFIX}{cell}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_read_as_offices_write_them() {
        for (text, form) in [
            ("02", "02"),
            ("2", "02"),
            ("2.0", "02"),
            ("第2网格", "02"),
            ("第二网格", "02"),
            ("网格０２", "02"),
            ("2号网格", "02"),
            ("单元网格 2", "02"),
            ("grid:2", "02"),
            ("012", "12"),
            ("112", "112"),
            ("东片", "东片"),
            ("第一片区", "一片区"),
            ("东", "东"),
            ("a", "A"),
            ("wg02", "WG02"),
            ("甲2", "甲2"),
            ("丰盛园02网格", "丰盛园02"),
            ("幸福社区第02网格", "幸福社区第02"),
            ("110101001001002", "110101001001002"),
        ] {
            let cell = GridCell::read(text).map(|cell| cell.to_string());
            assert_eq!(cell.as_deref(), Some(form), "{text}");
        }
        for text in [
            "",
            "无",
            "网格",
            "0",
            "000",
            "grid:",
            "2/3",
            "一二三四五六七八九十一二三四五六七八九十一网片",
        ] {
            assert_eq!(GridCell::read(text), None, "{text}");
        }
    }

    /// The cell of a home is read by every household: nothing about a person may get into it.
    #[test]
    fn nothing_about_a_person_is_a_cell() {
        for text in [
            "13900008480",
            "139 0000 8480",
            "+86 13900008480",
            "1390000848",
            "01062345678",
            "62345678",
            "6234567",
            "1２3４",
            "11010119470915576X",
            "110101194709155761",
            "110101470915576",
            "110101900901002",
            "١٣٩٠٠٠٠٨٤٨٠",
            "一三九〇〇〇〇八四八〇",
            "E12345678",
            "张三",
            "王芳",
            "欧阳建国",
            "网格员张三",
            "张三网格02",
            "片",
            "WANG",
            "LI",
            "京A12345",
        ] {
            assert_eq!(GridCell::read(text), None, "{text}");
        }
        for phone in ["13900008480", "01062345678", "62345678"] {
            assert!(
                super::super::Phone::read(phone)
                    .iter()
                    .all(super::super::Phone::fits)
            );
        }
    }

    #[test]
    fn a_cell_is_no_building_and_a_building_no_cell() {
        for (text, form) in [
            ("grid:02", "grid:02"),
            ("GRID：2", "grid:02"),
            ("网格02", "grid:02"),
            ("02", "2"),
            ("3号楼", "3"),
            ("3-2", "3-2"),
        ] {
            let word = AreaWord::parse(text).map(|word| word.to_string());
            assert_eq!(word.as_deref(), Some(form), "{text}");
        }
        assert_eq!(AreaWord::parse("grid:"), None);
        assert_eq!(AreaWord::parse("网格…"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_word_in_its_normal_form_or_none(text in "(grid:|网格|第)?.{0,20}") {
            if let Some(word) = AreaWord::parse(&text) {
                prop_assert_eq!(AreaWord::parse(&word.to_string()), Some(word));
            }
            if let Some(cell) = GridCell::read(&text) {
                let digits = cell.name().bytes().filter(u8::is_ascii_digit).count();
                prop_assert!(digits <= 3 || digits == 15);
                prop_assert_eq!(GridCell::read(cell.name()), Some(cell));
            }
        }
    }
}
