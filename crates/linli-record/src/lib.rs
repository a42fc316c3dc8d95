//! Typed records over Automerge documents, facts, the judging of a change, the fold into rows.

pub mod admission;
