//! What is doubtful in a register, row by row, in words for the clerk.

use serde::{Deserialize, Serialize};

use super::{Column, IdDoubt, Lang};
use crate::Private;

mod sentence;

/// One doubt about one cell, row or sheet.
///
/// The sentence names row and column, never what stands there. The cell itself is kept beside it, under dots,
/// for the screen on which the clerk corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The row, from 1; `None` for the sheet as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column, if it is one cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// What is doubtful.
    pub kind: IssueKind,
    /// The cell as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Private<String>>,
}

/// What becomes of a doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information; nothing is lost.
    Note,
    /// Imported as written, to be looked at.
    Warning,
    /// The row is not imported.
    Refused,
}

/// What is doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum IssueKind {
    /// The row has no building or no room.
    UnitMissing,
    /// The cell is no building, stair or room.
    UnitUnreadable,
    /// The room cell names another building or stair than that column; the column counts.
    UnitDisagrees,
    /// A phone, plate or ID number without a name.
    NameMissing,
    /// Longer than anything that belongs there; left out.
    TooLong {
        /// The most characters.
        limit: u16,
    },
    /// An ID number that is not accepted. It is kept and identifies nobody.
    Id {
        /// Why.
        doubt: IdDoubt,
    },
    /// A phone number of no known form, kept.
    Phone,
    /// A plate of no known form, kept.
    Plate,
    /// The plate stands in an earlier row too.
    PlateTwice {
        /// That row.
        first: u32,
    },
    /// No area; left out.
    Area,
    /// Another area than an earlier row of the unit states; the earlier counts.
    AreaDisagrees {
        /// That row.
        first: u32,
    },
    /// No grid cell; left out.
    Grid,
    /// Another grid cell than an earlier row of the unit states; the earlier counts.
    GridDisagrees {
        /// That row.
        first: u32,
    },
    /// Another use than an earlier row of the unit states; the earlier counts.
    UseDisagrees {
        /// That row.
        first: u32,
    },
    /// A use of no known kind, kept as text.
    UseUnknown,
    /// A note on a row without a person; it has nowhere to go.
    NoteWithoutPerson,
    /// The person stands in an earlier row, and this row says nothing else.
    Repeats {
        /// That row.
        first: u32,
    },
    /// The person stands in an earlier row, to which this one adds.
    Adds {
        /// That row.
        first: u32,
    },
    /// The person stands in an earlier row, which says otherwise in these columns. The clerk decides.
    RepeatDiffers {
        /// That row.
        first: u32,
        /// Where they differ.
        columns: Vec<Column>,
    },
    /// The ID number stands in a row of another unit. The clerk decides.
    IdInOtherUnit {
        /// That row.
        first: u32,
    },
    /// Two people of one unit have one name and two ID numbers: perhaps two people.
    NameTwice {
        /// The other row.
        first: u32,
    },
    /// A row of totals, not a person; passed over.
    Totals,
    /// A quotation mark was not closed in its row; the row was read without it.
    BrokenQuotes,
    /// Another sheet looks like a register and was not read.
    SheetNotRead {
        /// Its name.
        sheet: String,
        /// Whether it is hidden.
        hidden: bool,
    },
    /// A column that is not imported.
    ColumnNotRead {
        /// Its heading.
        heading: String,
    },
}

impl IssueKind {
    /// What becomes of it.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::UnitMissing | Self::UnitUnreadable | Self::NameMissing => Severity::Refused,
            Self::Repeats { .. }
            | Self::Adds { .. }
            | Self::Totals
            | Self::ColumnNotRead { .. } => Severity::Note,
            Self::SheetNotRead { hidden: true, .. } | Self::NameTwice { .. } => Severity::Note,
            Self::UnitDisagrees
            | Self::TooLong { .. }
            | Self::Id { .. }
            | Self::Phone
            | Self::Plate
            | Self::PlateTwice { .. }
            | Self::Area
            | Self::AreaDisagrees { .. }
            | Self::Grid
            | Self::GridDisagrees { .. }
            | Self::UseDisagrees { .. }
            | Self::UseUnknown
            | Self::NoteWithoutPerson
            | Self::RepeatDiffers { .. }
            | Self::IdInOtherUnit { .. }
            | Self::BrokenQuotes
            | Self::SheetNotRead { .. } => Severity::Warning,
        }
    }
}

impl Issue {
    /// What becomes of it.
    pub const fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Where it is, what is doubtful, what was done and what to do.
    ///
    /// ```
    /// use linli_exchange::register::{Column, Issue, IssueKind, Lang};
    /// let issue = Issue { line: Some(9), column: Some(Column::Phone), kind: IssueKind::Phone, cell: None };
    /// assert!(issue.sentence(Lang::ZhCn).starts_with("第 9 行「手机号码」:"));
    /// ```
    pub fn sentence(&self, lang: Lang) -> String {
        sentence::of(self, lang)
    }
}
