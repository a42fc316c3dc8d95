//! View-models and intents; words, dates, sorting; no egui.
//!
//! Everything a screen shows is made here, from the node's typed replies ([`api`]) and a `now` that comes in as
//! a parameter, so that every sentence can be tested as text. This crate reads no clock, opens no file, starts
//! no thread and knows neither keys nor links.
//!
//! Three kinds of data, never mixed: what is true now is a **view** (immutable, worded, sorted, dated: [`home`],
//! [`notices`], [`notice_page`], [`pass_form`], [`pass_card`], [`neighbours`], [`calls`], [`doorbell`], [`find`], [`help`], [`station`], [`sheet`], [`start`]); what belongs to one
//! window is **state** ([`pass_form::PassDraft`], and the rest in the desktop); what the person wants is an
//! [`intent::Intent`]. What the node said last is kept by [`model::Model`].

pub mod alert;
pub mod api;
pub mod bell;
pub mod board;
pub mod calls;
pub mod cap;
pub mod capabilities;
pub mod clean;
pub mod client;
pub mod compose;
pub mod dates;
pub mod delivery;
pub mod doorbell;
pub mod doors;
pub mod drafts;
pub mod family;
pub mod fault;
pub mod files;
pub mod find;
pub mod folder;
pub mod frame;
pub mod guide;
pub mod help;
pub mod home;
pub mod homes;
pub mod incidents;
pub mod intent;
pub mod invite;
pub mod light;
pub mod model;
pub mod neighbours;
pub mod notice_page;
pub mod notice_paper;
pub mod notice_talk;
pub mod notices;
pub mod pass_card;
pub mod pass_form;
pub mod pass_list;
pub mod pass_paper;
pub mod reach;
pub mod reasons;
pub mod refusal_list;
pub mod register;
pub mod residents;
pub mod scheduled;
pub mod sheet;
pub mod start;
pub mod station;
pub mod templates;
pub mod tone;
pub mod typed;
pub mod undo;
pub mod words;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
