//! Calls every function that the root's `clippy.toml` bans, so that a test can see each ban fire.

/// The clocks.
pub fn clocks() {
    let _ = std::time::SystemTime::now();
    let _ = std::time::Instant::now();
    let _ = jiff::Timestamp::now();
    let _ = jiff::Zoned::now();
}

/// What runs on when nobody waits for it.
pub fn detached() {
    let _ = std::thread::spawn(|| ());
    let _ = tokio::spawn(async {});
    let _ = tokio::task::spawn(async {});
}

/// Queues without an end.
pub fn unbounded() {
    let _ = std::sync::mpsc::channel::<()>();
    let _ = tokio::sync::mpsc::unbounded_channel::<()>();
    let _ = futures::channel::mpsc::unbounded::<()>();
}

/// Colours made on the spot.
pub fn raw_colours() {
    let _ = ecolor::Color32::from_rgb(1, 2, 3);
    let _ = ecolor::Color32::from_rgba_unmultiplied(1, 2, 3, 4);
    let _ = ecolor::Color32::from_rgba_premultiplied(1, 2, 3, 4);
    let _ = ecolor::Color32::from_gray(1);
}
