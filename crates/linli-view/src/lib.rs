//! View-models and intents; words, dates, sorting; no egui.
//!
//! Everything a screen shows is made here, from the node's typed replies ([`api`]) and a `now` that comes in as
//! a parameter, so that every sentence can be tested as text. This crate reads no clock, opens no file, starts
//! no thread and knows neither keys nor links.

pub mod api;
