//! The residents' register as a file: read, clean, compare.
//!
//! ```text
//! bytes --read--> Sheet --clean--> Cleaned --plan(existing)--> Plan --> a preview the clerk approves
//! ```
//!
//! [`read()`] finds the kind of file, its encoding, its headings, and gives the cells word for word, or a
//! [`ReadError`] that a clerk can act on. [`clean()`] brings them into normal forms and says what is doubtful
//! in an [`Issue`] for each; no doubtful cell is lost, and one bad row hides no other. [`plan()`] compares the
//! result with the records the caller holds and says what would be added, changed, asked. Nothing here writes.
//!
//! ```
//! use jiff::civil::date;
//! use linli_exchange::register::{self, Duplicates, Existing, UnitKey};
//!
//! let file = "楼栋,单元,房号,姓名\n1号楼,一单元,１０１,袁静文\n";
//! let sheet = register::read(file.as_bytes(), "register.csv", &mut |_done, _total| ())?;
//! let cleaned = register::clean(&sheet, date(2026, 11, 22));
//! assert!(cleaned.units.contains_key(&"1-1-101".parse::<UnitKey>().unwrap()));
//!
//! let plan = register::plan(&Existing::default(), &cleaned, Duplicates::Update);
//! assert_eq!((plan.counts.add, plan.counts.units_add), (1, 1));
//! # Ok::<(), register::ReadError>(())
//! ```

mod area;
mod clean;
mod column;
mod error;
mod fold;
mod grid;
mod id_number;
mod issue;
mod person;
mod phone;
mod plan;
mod plate;
mod read;
mod sheet;
mod unit_key;
mod words;

pub use area::NoticeArea;
pub use clean::{CleanCounts, Cleaned, PersonRow, Repeat, RepeatKind, Unit, Vehicle, clean};
pub use column::Column;
pub use error::{DamagedPart, FileKind, Lang, Limit, ReadError};
pub use grid::{AreaWord, GridCell, NoCell};
pub use id_number::{IdDoubt, IdNumber, check_character};
pub use issue::{Issue, IssueKind, Severity};
pub use person::{FieldChange, Person};
pub use phone::Phone;
pub use plan::{
    AskWhy, Duplicates, Existing, ExistingPerson, ExistingUnit, Match, Missing, Move, PersonAdd,
    PersonAsk, PersonMatch, PersonUpdate, Plan, PlanCounts, UnitAdd, UnitUpdate, UnknownMode, plan,
};
pub use plate::Plate;
pub use read::{MAX_FILE_BYTES, MAX_ROWS, MAX_TEXT_BYTES, MAX_UNPACKED_BYTES, read};
pub use sheet::{Cell, CellKind, Encoding, OtherSheet, RawRow, Sheet};
pub use unit_key::{UnitKey, UnreadableUnit};
pub use words::{Area, Relation, RelationKind, Use, UseKind};
