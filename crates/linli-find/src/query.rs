//! What a person typed into the box.

use crate::{QUERY_MAX, Spelling, fold};

/// What can be found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// 房: a unit of the estate.
    Unit,
    /// 人: somebody of the register.
    Person,
    /// 通知
    Notice,
    /// 帖子: a post of the board.
    Post,
    /// 通行: a pass made here.
    Pass,
}

impl Kind {
    /// All, in the order of their words.
    pub const ALL: [Self; 5] = [
        Self::Unit,
        Self::Person,
        Self::Notice,
        Self::Post,
        Self::Pass,
    ];

    /// The word in data and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Person => "person",
            Self::Notice => "notice",
            Self::Post => "post",
            Self::Pass => "pass",
        }
    }

    /// Reads that word, or what people call it in Chinese.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "unit" | "房" | "房屋" | "户" => Some(Self::Unit),
            "person" | "人" | "人员" => Some(Self::Person),
            "notice" | "通知" | "公告" => Some(Self::Notice),
            "post" | "帖" | "帖子" | "互助" => Some(Self::Post),
            "pass" | "通行" | "通行码" | "访客" => Some(Self::Pass),
            _ => None,
        }
    }
}

/// How something stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It waits for this home: a confirmation.
    Waits,
    /// It goes on: a notice in force, an open post, a pass that holds.
    Open,
    /// It is over.
    Over,
}

impl Status {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "waits" | "unconfirmed" | "未确认" | "待确认" => Some(Self::Waits),
            "open" | "有效" | "未解决" | "进行中" => Some(Self::Open),
            "over" | "closed" | "已结束" | "已解决" | "过期" => Some(Self::Over),
            _ => None,
        }
    }
}

/// What narrows a search: `类:通知`, `楼:3`, `网格:02`, `状态:未确认`, or `kind:`, `building:`, `grid:`, `status:`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Filter {
    /// Only these.
    Kind(Kind),
    /// Only what is of, or for, this building.
    Building(String),
    /// Only what lies in, or names, this grid cell: its `cell_key`.
    Cell(String),
    /// Only what stands so.
    Status(Status),
}

impl Filter {
    fn parse(folded: &str) -> Option<Self> {
        let (name, value) = folded.split_once(':')?;
        match name {
            "类" | "kind" => Kind::parse(value).map(Self::Kind),
            "楼" | "building" if !value.is_empty() => {
                let number = value.trim_end_matches("号楼").trim_end_matches('楼');
                (!number.is_empty()).then(|| Self::Building(number.to_owned()))
            }
            "网格" | "grid" => Some(cell_key(value))
                .filter(|cell| !cell.is_empty())
                .map(Self::Cell),
            "状态" | "status" => Status::parse(value).map(Self::Status),
            _ => None,
        }
    }
}

/// What two ways of writing a grid cell have in common: `02`, `2`, `第2网格` are one.
#[must_use]
pub(crate) fn cell_key(text: &str) -> String {
    let core = text.trim_start_matches('第').trim_start_matches("网格");
    let core = core.trim_end_matches("网格").trim_end_matches('号');
    core.trim_start_matches('0').to_lowercase()
}

/// Why there is nothing to look for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QueryError {
    /// Nothing but blanks.
    #[error("nothing to look for")]
    Empty,
    /// More than [`QUERY_MAX`] characters.
    #[error("a query has at most {QUERY_MAX} characters")]
    TooLong,
}

/// One word of a query.
#[derive(Debug)]
pub(crate) struct Term {
    /// As it stands, folded.
    pub(crate) text: String,
    /// The unit it names, as `3-2-501`.
    pub(crate) unit: Option<String>,
    /// The plate it would be, in normal form, and behind it those that look like it.
    pub(crate) plates: Vec<String>,
    /// Read as pinyin.
    pub(crate) spelling: Option<Spelling>,
}

/// A query: every term has to be found, every filter to hold.
#[derive(Debug)]
pub struct Query {
    pub(crate) terms: Vec<Term>,
    pub(crate) filters: Vec<Filter>,
}

impl Query {
    /// Reads what was typed. `unit` turns `3号楼2单元501` into `3-2-501`; `plates` gives a plate in the normal form of
    /// [`crate::Doc::plates`], and behind it those that look like it: nothing where a text is none.
    ///
    /// # Errors
    /// [`QueryError`]. A filter that is not understood is looked for as a word.
    pub fn parse(
        typed: &str,
        unit: impl Fn(&str) -> Option<String>,
        plates: impl Fn(&str) -> Vec<String>,
    ) -> Result<Self, QueryError> {
        if typed.chars().count() > QUERY_MAX {
            return Err(QueryError::TooLong);
        }
        let folded = fold(typed);
        let (mut terms, mut filters) = (Vec::new(), Vec::new());
        // A unit is often typed with blanks: 3号楼 2单元 501.
        let whole = unit(folded.trim()).filter(|_| folded.trim().contains(' '));
        if let Some(unit) = whole {
            terms.push(Term {
                text: unit.clone(),
                unit: Some(unit),
                plates: Vec::new(),
                spelling: None,
            });
        } else {
            for word in folded.split_whitespace() {
                match Filter::parse(word) {
                    Some(filter) => filters.push(filter),
                    None => terms.push(Term {
                        unit: unit(word),
                        plates: plates(word),
                        spelling: Spelling::of(word),
                        text: word.to_owned(),
                    }),
                }
            }
        }
        if terms.is_empty() && filters.is_empty() {
            return Err(QueryError::Empty);
        }
        Ok(Self { terms, filters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Result<Query, QueryError> {
        let unit = |text: &str| (text == "3号楼 2单元 501").then(|| "3-2-501".to_owned());
        Query::parse(typed, unit, |_| Vec::new())
    }

    #[test]
    fn words_and_filters() {
        let query = parse("停电　類：通知 楼:3号楼 网格:02 状态:未确认 foo:bar").unwrap();
        let words: Vec<&str> = query.terms.iter().map(|t| t.text.as_str()).collect();
        assert_eq!(words, ["停电", "foo:bar"]);
        let filters = [
            Filter::Kind(Kind::Notice),
            Filter::Building("3".to_owned()),
            Filter::Cell("2".to_owned()),
            Filter::Status(Status::Waits),
        ];
        assert_eq!(query.filters, filters);
    }

    #[test]
    fn a_unit_with_blanks_is_one_term() {
        let query = parse("3号楼 2单元 501").unwrap();
        assert_eq!(query.terms.len(), 1);
        assert_eq!(query.terms[0].unit.as_deref(), Some("3-2-501"));
    }

    #[test]
    fn nothing_and_too_much_are_said() {
        assert_eq!(parse(" 　").unwrap_err(), QueryError::Empty);
        assert_eq!(parse(&"长".repeat(101)).unwrap_err(), QueryError::TooLong);
        assert!(parse(&"长".repeat(100)).is_ok());
    }

    #[test]
    fn every_word_is_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.word()), Some(kind));
        }
    }
}
