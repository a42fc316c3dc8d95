//! Typed records over Automerge documents, facts, the judging of a change, the fold into rows.
//!
//! What people see is a pure fold of admitted entries. This crate holds both halves of that sentence: what an
//! entry may say ([`kind`], [`schema`], [`fact`], [`admission`]) and what follows from all that was said
//! ([`fold`], [`row`]). It reads no clock and no file; whoever calls it knows who wrote what, and says so in an
//! [`Author`].
//!
//! ```text
//! draft --change--> entry ... admission (place, parser, schema) --> Doc --snapshot--\
//!                   entry ... fact::decode ------------------------> Fact -----------> fold --> Row --> bytes
//! ```

pub mod admission;
pub mod attach;
pub mod draft;
pub mod fact;
pub mod fold;
pub mod kind;
pub mod row;
pub mod schema;

pub use draft::DraftError;
pub use fact::Fact;
pub use fold::{FactIn, RecordIn, fold_record};
pub use kind::{ChangeBody, RecordKind};
pub use row::{Author, AuthorKind, Row, RowKind};
