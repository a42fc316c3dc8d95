//! Files in and out of the neighbourhood, as plain data.
//!
//! A register of residents arrives as a spreadsheet that an office has kept for years: four spellings of one
//! building, phones with hyphens, a digit lost in an ID number. This crate reads such a file, brings it into
//! one form, says what is doubtful, and compares it with what the community already holds. It opens no file
//! and reads no clock: bytes, a list of records and today's date come in, plain values go out. See
//! [`register`] for the way through. What goes out on paper, a pass or a gate's day sheet, is in [`paper`]; a
//! [`notice`] goes out in several forms, of which [`cap`] is also read. What goes with a post or notice, a photo or a
//! PDF, is made ready in [`attach`].

pub mod attach;
pub mod cap;
pub mod notice;
pub mod paper;
mod private;
pub mod register;
pub mod sample;
pub mod table;
mod xml;

pub use private::Private;
