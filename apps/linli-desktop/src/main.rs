//! The desktop client in egui.
fn main() {}
