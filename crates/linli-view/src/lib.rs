//! View-models and intents; words, dates, sorting; no egui.
