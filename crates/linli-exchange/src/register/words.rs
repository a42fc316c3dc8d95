//! The two columns of a register that hold words from a short list: 居住性质 and 与户主关系.
//!
//! Offices write many words for one thing. Those we know become one; any other stays as it was written.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::fold;
use crate::Private;

/// How a unit is used, as a kind and in the office's word.
///
/// The word of a known kind is always the same (自用 becomes 自住); of [`UseKind::Other`] it is the cell's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    kind: UseKind,
    word: Private<String>,
}

/// Kinds of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// 自住: the owners live there.
    Owner,
    /// 出租.
    Let,
    /// 空置.
    Vacant,
    /// Another word, kept.
    Other,
}

impl Use {
    /// Reads a cell; `None` if it says nothing.
    pub fn read(cell: &str) -> Option<Self> {
        let word = fold::filled(cell)?;
        let kind = match word.as_str() {
            "自住" | "自用" | "自住房" | "业主自住" | "自有自住" => UseKind::Owner,
            "出租" | "租赁" | "出租房" | "租住" | "已出租" => UseKind::Let,
            "空置" | "空" | "空关" | "空房" | "空置房" | "闲置" | "无人居住" => {
                UseKind::Vacant
            }
            _ => UseKind::Other,
        };
        let word = match kind {
            UseKind::Owner => "自住".to_owned(),
            UseKind::Let => "出租".to_owned(),
            UseKind::Vacant => "空置".to_owned(),
            UseKind::Other => word,
        };
        Some(Self {
            kind,
            word: word.into(),
        })
    }

    /// The kind.
    pub const fn kind(&self) -> UseKind {
        self.kind
    }

    /// The word.
    pub fn word(&self) -> &str {
        self.word.reveal()
    }
}

/// What a person is to the head of the household, as a kind and in the office's word.
///
/// The word of a known kind is always the same (妻 becomes 配偶); of [`RelationKind::Other`] it is the cell's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    kind: RelationKind,
    word: Private<String>,
}

/// Kinds of relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// 户主: the head of the household.
    Head,
    /// 配偶.
    Spouse,
    /// 子.
    Son,
    /// 女.
    Daughter,
    /// 父.
    Father,
    /// 母.
    Mother,
    /// 租客.
    Tenant,
    /// Another word, kept.
    Other,
}

impl Relation {
    /// Reads a cell; `None` if it says nothing.
    pub fn read(cell: &str) -> Option<Self> {
        let word = fold::filled(cell)?;
        let (kind, known) = match word.as_str() {
            "户主" | "本人" | "业主" => (RelationKind::Head, Some("户主")),
            "配偶" | "妻" | "妻子" | "夫" | "丈夫" | "爱人" => {
                (RelationKind::Spouse, Some("配偶"))
            }
            "子" | "儿子" | "长子" | "次子" | "三子" | "独生子" => {
                (RelationKind::Son, Some("子"))
            }
            "女" | "女儿" | "长女" | "次女" | "三女" | "独生女" => {
                (RelationKind::Daughter, Some("女"))
            }
            "父" | "父亲" => (RelationKind::Father, Some("父")),
            "母" | "母亲" => (RelationKind::Mother, Some("母")),
            "租客" | "租户" | "承租人" => (RelationKind::Tenant, Some("租客")),
            _ => (RelationKind::Other, None),
        };
        let word = known.map_or(word, str::to_owned);
        Some(Self {
            kind,
            word: word.into(),
        })
    }

    /// The kind.
    pub const fn kind(&self) -> RelationKind {
        self.kind
    }

    /// The word.
    pub fn word(&self) -> &str {
        self.word.reveal()
    }
}

/// A floor area in hundredths of a square metre, which is how precisely deeds state it: 89.2 and 89.20 are one.
///
/// ```
/// use linli_exchange::register::Area;
/// assert_eq!(Area::read("89.20㎡"), Area::read("89.2"));
/// assert_eq!(Area::read("89.2").unwrap().to_string(), "89.2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(u32);

impl Area {
    /// The largest area believed, m²: a hall, not a flat. Beyond it the cell is taken for a slip of the pen.
    const MAX_M2: f64 = 100_000.0;

    /// Reads a cell with or without a unit; `None` if it is no area above zero.
    pub fn read(cell: &str) -> Option<Self> {
        let text = fold::compact(cell);
        let number = ["平方米", "平米", "M2", "M²", "平"]
            .iter()
            .find_map(|unit| text.strip_suffix(unit))
            .unwrap_or(&text);
        if !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        let m2: f64 = number.parse().ok()?;
        if !(0.005..=Self::MAX_M2).contains(&m2) {
            return None;
        }
        // Rounded, because a workbook stores 102.48 as 102.47999999999999.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 10,000,000"
        )]
        Some(Self((m2 * 100.0).round() as u32))
    }

    /// From hundredths of a square metre.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// Hundredths of a square metre.
    pub const fn hundredths(self) -> u32 {
        self.0
    }
}

/// Square metres without trailing zeros.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenths, 0) => write!(f, "{whole}.{tenths}"),
            (tenths, hundredths) => write!(f, "{whole}.{tenths}{hundredths}"),
        }
    }
}

#[cfg(test)]
mod tests {
    //! Words and areas, by example and by property.
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_words_become_one_and_others_stay() {
        for (cell, kind, word) in [
            ("自用", UseKind::Owner, "自住"),
            (" 租赁 ", UseKind::Let, "出租"),
            ("空", UseKind::Vacant, "空置"),
            ("办公", UseKind::Other, "办公"),
        ] {
            let read = Use::read(cell).unwrap();
            assert_eq!((read.kind(), read.word()), (kind, word));
        }
        for (cell, kind, word) in [
            ("本人", RelationKind::Head, "户主"),
            ("妻", RelationKind::Spouse, "配偶"),
            ("次女", RelationKind::Daughter, "女"),
            ("租户", RelationKind::Tenant, "租客"),
            ("其他", RelationKind::Other, "其他"),
            ("女婿", RelationKind::Other, "女婿"),
        ] {
            let read = Relation::read(cell).unwrap();
            assert_eq!((read.kind(), read.word()), (kind, word));
        }
        assert_eq!((Use::read("无"), Relation::read(" ")), (None, None));
    }

    #[test]
    fn areas_are_read_to_the_hundredth() {
        for (cell, printed) in [
            ("89.2", Some("89.2")),
            ("89.20", Some("89.2")),
            ("102.47999999999999", Some("102.48")),
            ("118", Some("118")),
            ("76.05", Some("76.05")),
            ("１１８平方米", Some("118")),
            ("58.3㎡", Some("58.3")),
            ("0", None),
            ("-5", None),
            ("1e9", None),
            ("9999999", None),
            ("约90", None),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(
                Area::read(cell).map(|a| a.to_string()).as_deref(),
                printed,
                "{cell}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn normal_forms_stay(cell in ".{0,12}", hundredths in 1_u32..10_000_000) {
            let area = Area::from_hundredths(hundredths);
            prop_assert_eq!(Area::read(&area.to_string()), Some(area));
            let _ = Area::read(&cell);
            if let Some(read) = Use::read(&cell) {
                prop_assert_eq!(Use::read(read.word()), Some(read));
            }
            if let Some(read) = Relation::read(&cell) {
                prop_assert_eq!(Relation::read(read.word()), Some(read));
            }
        }
    }
}
