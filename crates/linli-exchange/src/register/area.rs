//! The area of a notice: a building, a stair of it, or one unit, in normal form.

use std::fmt;

use super::UnitKey;
use super::unit_key::{building_form, stair_form};

/// A part of the estate. Prints as `3`, `3-2` or `3-2-501` and reads back from that.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct NoticeArea(String);

impl NoticeArea {
    /// Reads what people write: `3`, `3号楼`, `3号楼2单元`, `3-2`, `3-2-501`. `None` for what is none of these.
    ///
    /// ```
    /// use linli_exchange::register::NoticeArea;
    /// assert_eq!(NoticeArea::parse("三号楼").unwrap().to_string(), "3");
    /// assert_eq!(NoticeArea::parse("3号楼2单元").unwrap().to_string(), "3-2");
    /// assert!(NoticeArea::parse("3-2-501").unwrap().covers("3-2-501"));
    /// assert!(!NoticeArea::parse("3").unwrap().covers("31-2-501"));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.matches('-').count();
        if (parts == 2 || text.contains(['室', '房', '户']))
            && let Ok(unit) = UnitKey::from_line(text)
        {
            return Some(Self(unit.to_string()));
        }
        if parts == 0 && !text.contains("单元") {
            return building_form(text).map(Self);
        }
        let cut = text.find('-').map(|at| (at, at + 1));
        let marks = ["号楼", "楼", "幢", "栋", "座", "#"];
        let marked = || {
            marks.iter().find_map(|mark| {
                let at = text.find(mark)? + mark.len();
                Some((at, at))
            })
        };
        let (before, after) = cut.or_else(marked)?;
        let (building, stair) = (text.get(..before)?, text.get(after..)?.trim());
        let building = building_form(building)?;
        let stair = stair_form(stair).filter(|_| !stair.is_empty())?;
        Some(Self(format!("{building}-{stair}")))
    }

    /// Whether a unit lies in it.
    #[must_use]
    pub fn covers(&self, unit: &str) -> bool {
        let rest = unit.strip_prefix(&self.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

impl fmt::Display for NoticeArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn buildings_stairs_and_units_are_read_as_people_write_them() {
        for (text, form) in [
            ("3", "3"),
            (" 3号楼 ", "3"),
            ("三号楼", "3"),
            ("A座", "A"),
            ("3-2", "3-2"),
            ("3号楼2单元", "3-2"),
            ("三号楼 二单元", "3-2"),
            ("3-2-501", "3-2-501"),
            ("3号楼2单元501室", "3-2-501"),
        ] {
            let area = NoticeArea::parse(text).map(|a| a.to_string());
            assert_eq!(area.as_deref(), Some(form), "{text}");
        }
        for text in ["", " ", "-", "3-", "…", "3-2-501-1-1", "3号楼单元"] {
            assert_eq!(NoticeArea::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_area_covers_what_lies_in_it_and_not_what_is_spelt_alike() {
        let area = |text| NoticeArea::parse(text).unwrap();
        assert!(area("3").covers("3-2-501") && area("3-2").covers("3-2-501"));
        assert!(!area("3").covers("13-2-501") && !area("3").covers("31-1-101"));
        assert!(!area("3-2").covers("3-21-501") && !area("3-2-501").covers("3-2-5011"));
    }

    proptest! {
        #[test]
        fn any_text_is_an_area_in_its_normal_form_or_none(text in ".{0,20}") {
            if let Some(area) = NoticeArea::parse(&text) {
                prop_assert_eq!(NoticeArea::parse(&area.to_string()), Some(area));
            }
        }
    }
}
