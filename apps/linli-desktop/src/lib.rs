//! The desktop client in egui, as a library: the window of a household, drawn from `linli-view`.
//!
//! `logic` drains what came from the node and folds it; `ui` draws and collects intents; [`app::App`] carries them
//! out. Drawing knows neither keys nor links, only views. A library, so that tests and the gallery drive the
//! same window with a client of their own.

pub mod album;
pub mod app;
pub mod args;
#[cfg(feature = "camera")]
pub mod camera;
pub mod client;
pub mod clipboard;
pub mod draw;
pub mod eyes;
pub mod files;
pub mod folders;
pub mod fonts;
pub mod homes;
pub mod login;
pub mod papers;
pub mod picture;
pub mod sound;
pub mod state;
pub mod tables;
pub mod theme;
pub mod typing;
pub mod view;
pub mod window;
