//! The address of a unit inside an estate: building, stair, room, in one spelling.
//!
//! 3, 3.0, 3#, 3#楼, 3幢, 3栋, 3号楼, 三号楼 and their full-width forms are one building; 2, 2单元, 二单元 and 2门
//! one stair; 501, 501室 and ５０１ one room. GB/T 39609 parts an address so (幢, 单元, 室).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Column, fold};

/// Longest part of an address, in characters. The longest seen is an English building name of ten.
const PART_MAX: usize = 12;

/// What stands for the stair of a house that has but one.
const NO_STAIR: &str = "0";

/// A unit: building, stair and room, each in normal form.
///
/// Always true: each part is 1 to 12 letters, digits or ideographs, ASCII in capitals, numbers without leading
/// zeros; so the printed form `3-2-501` reads back as the same key. A house without 单元 has the stair `0`.
/// Keys sort as people count: `1-1-201` before `1-1-1001`. `Debug` prints dots, for an address is a person's.
///
/// ```
/// use linli_exchange::register::UnitKey;
/// let key = UnitKey::from_cells("三号楼", "二单元", "５０１室").unwrap();
/// assert_eq!(key.to_string(), "3-2-501");
/// assert_eq!("3-2-501".parse(), Ok(key));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitKey {
    building: String,
    stair: String,
    room: String,
}

/// Which part of an address could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {part} cannot be read")]
pub struct UnreadableUnit {
    /// [`Column::Building`], [`Column::Stair`] or [`Column::Room`].
    pub part: Column,
}

/// A room cell may name its stair and building too: 2-501, 2单元501室, 3-2-501.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RoomCell {
    pub(super) building: Option<String>,
    pub(super) stair: Option<String>,
    pub(super) room: Option<String>,
}

impl UnitKey {
    /// Reads the three cells of a row. An empty stair is the only one of a house.
    pub fn from_cells(building: &str, stair: &str, room: &str) -> Result<Self, UnreadableUnit> {
        Ok(Self {
            building: building_form(building).ok_or(UnreadableUnit {
                part: Column::Building,
            })?,
            stair: stair_form(stair).ok_or(UnreadableUnit {
                part: Column::Stair,
            })?,
            room: room_form(room).ok_or(UnreadableUnit { part: Column::Room })?,
        })
    }

    /// Reads a whole address as people write it in one line: `3号楼2单元501室`, `3栋2-501`, `3-2-501`.
    ///
    /// ```
    /// use linli_exchange::register::UnitKey;
    /// assert_eq!(UnitKey::from_line("三号楼 2单元 501室").unwrap().to_string(), "3-2-501");
    /// assert!(UnitKey::from_line("张三").is_err());
    /// ```
    pub fn from_line(text: &str) -> Result<Self, UnreadableUnit> {
        let unreadable = |part| UnreadableUnit { part };
        let cell = room_cell(text).ok_or(unreadable(Column::Room))?;
        Ok(Self {
            building: cell.building.ok_or(unreadable(Column::Building))?,
            stair: cell.stair.ok_or(unreadable(Column::Stair))?,
            room: cell.room.ok_or(unreadable(Column::Room))?,
        })
    }

    /// The building, `3`.
    pub fn building(&self) -> &str {
        &self.building
    }

    /// The stair, `2`; `0` in a house without.
    pub fn stair(&self) -> &str {
        &self.stair
    }

    /// The room, `501`.
    pub fn room(&self) -> &str {
        &self.room
    }
}

/// The normal form of a building, if it is one.
pub(super) fn building_form(text: &str) -> Option<String> {
    let text = fold::compact(text);
    let text = text.strip_prefix("NO.").unwrap_or(&text);
    part_form(text, &["号楼", "楼栋", "号", "幢", "栋", "楼", "座", "#"])
}

/// The normal form of a stair; `0` for an empty cell.
pub(super) fn stair_form(text: &str) -> Option<String> {
    let Some(text) = fold::filled(text) else {
        return Some(NO_STAIR.to_owned());
    };
    part_form(&fold::compact(&text), &["单元", "单", "门", "梯"])
}

fn room_form(text: &str) -> Option<String> {
    part_form(&fold::compact(text), &["室", "号", "房", "户"])
}

/// Takes a room cell apart.
pub(super) fn room_cell(text: &str) -> Option<RoomCell> {
    let text = fold::compact(text);
    let mut rest = text.as_str();
    let mut cell = RoomCell::default();
    if let Some((before, after)) = split_after(rest, &["号楼", "#楼", "幢", "栋", "#", "座"])
    {
        cell.building = Some(building_form(before)?);
        rest = after;
    }
    if let Some((before, after)) = split_after(rest, &["单元", "门", "梯"]) {
        cell.stair = Some(part_form(before, &[])?);
        rest = after;
    }
    if let Some((_, after)) = split_after(rest, &["层"]) {
        rest = after;
    }
    let parts: Vec<&str> = rest.split('-').filter(|part| !part.is_empty()).collect();
    let room = match (parts.as_slice(), &cell.building, &cell.stair) {
        ([room], _, _) => room,
        ([stair, room], _, None) => {
            cell.stair = Some(stair_form(stair)?);
            room
        }
        ([building, stair, room], None, None) => {
            cell.building = Some(building_form(building)?);
            cell.stair = Some(stair_form(stair)?);
            room
        }
        _ => return None,
    };
    cell.room = Some(room_form(room)?);
    Some(cell)
}

/// Splits behind the first of the marks that has something on both sides of it.
fn split_after<'t>(text: &'t str, marks: &[&str]) -> Option<(&'t str, &'t str)> {
    marks.iter().find_map(|mark| {
        let (before, after) = text.split_once(mark)?;
        let after = after.trim_start_matches('-');
        (!before.is_empty() && !after.is_empty()).then_some((before, after))
    })
}

/// Takes off 第 and the given endings, turns numerals into digits, and checks what is left.
fn part_form(text: &str, endings: &[&str]) -> Option<String> {
    let mut core = text;
    loop {
        let shorter = core.strip_prefix('第').unwrap_or(core);
        let shorter = endings
            .iter()
            .find_map(|end| shorter.strip_suffix(end))
            .unwrap_or(shorter);
        if shorter.len() == core.len() {
            break;
        }
        core = shorter;
    }
    // A number cell may come as 3.0.
    let core = core.strip_suffix(".0").unwrap_or(core);
    if !core.is_empty() && core.bytes().all(|b| b.is_ascii_digit()) {
        let digits = core.trim_start_matches('0');
        let digits = if digits.is_empty() { "0" } else { digits };
        return (digits.len() <= PART_MAX).then(|| digits.to_owned());
    }
    if let Some(number) = fold::chinese_number(core) {
        return Some(number.to_string());
    }
    let length = core.chars().count();
    let fits = (1..=PART_MAX).contains(&length) && core.chars().all(char::is_alphanumeric);
    fits.then(|| core.to_owned())
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.building, self.stair, self.room)
    }
}

impl fmt::Debug for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnitKey(•••)")
    }
}

impl FromStr for UnitKey {
    type Err = UnreadableUnit;

    fn from_str(text: &str) -> Result<Self, UnreadableUnit> {
        let text = fold::compact(text);
        let parts: Vec<&str> = text.split('-').collect();
        let [building, stair, room] = parts.as_slice() else {
            return Err(UnreadableUnit { part: Column::Room });
        };
        Self::from_cells(building, stair, room)
    }
}

impl TryFrom<String> for UnitKey {
    type Error = UnreadableUnit;

    fn try_from(text: String) -> Result<Self, UnreadableUnit> {
        text.parse()
    }
}

impl From<UnitKey> for String {
    fn from(key: UnitKey) -> Self {
        key.to_string()
    }
}

impl Ord for UnitKey {
    fn cmp(&self, other: &Self) -> Ordering {
        as_counted(&self.building, &other.building)
            .then_with(|| as_counted(&self.stair, &other.stair))
            .then_with(|| as_counted(&self.room, &other.room))
    }
}

impl PartialOrd for UnitKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers before words, by value; words by letters. Numbers have no leading zeros, so longer is larger.
fn as_counted(a: &str, b: &str) -> Ordering {
    let key = |s: &str| {
        let digits = s.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 0, digits)
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests;
