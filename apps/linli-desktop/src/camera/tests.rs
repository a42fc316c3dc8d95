//! Recorded frames, from a folder and from a program. Real hardware is tested by nobody here.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use linli_pass::qr::{Medium, Symbol};
use std::sync::mpsc::sync_channel;

/// A frame with a code in it, darker from left to right as in the shade of a roof; or with nothing.
fn shot(text: Option<&str>) -> Vec<u8> {
    const MODULE: usize = 5;
    let symbol = Symbol::of(text.unwrap_or("x"), Medium::Screen).unwrap();
    let side = symbol.side() * MODULE;
    let (width, height) = (side + 60, side + 40);
    let mut file = format!("P5\n# a camera at the gate\n{width} {height}\n255\n").into_bytes();
    for y in 0..height {
        for x in 0..width {
            let inside = (30..30 + side).contains(&x) && (20..20 + side).contains(&y);
            let dark =
                text.is_some() && inside && symbol.is_dark((x - 30) / MODULE, (y - 20) / MODULE);
            let light = 235 - x * 80 / width;
            let noise = (x * 7 + y * 13) % 9;
            file.push(u8::try_from(if dark { 30 + noise } else { light + noise }).unwrap());
        }
    }
    file
}

fn watched(source: impl FrameSource + 'static) -> Vec<String> {
    let (tell, told) = sync_channel(8);
    let camera = Camera::watch(source, tell, Arc::new(|| {})).unwrap();
    // The sender goes with the thread, at the end of the frames.
    let seen = told.iter().map(|seen| match seen {
        Seen::Camera(text) => text,
        Seen::Picture(_) => String::new(),
    });
    let seen = seen.collect();
    drop(camera);
    seen
}

#[test]
fn a_code_that_stays_in_front_of_the_camera_is_one_scan_and_coming_back_is_another() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (Some("LL1:ONE"), Some("LL1:TWO"));
    let mut film = vec![None, one, one, None, one, two, two];
    film.extend([None; GONE_AFTER as usize]);
    film.push(two);
    for (at, text) in film.into_iter().enumerate() {
        std::fs::write(dir.path().join(format!("{at:03}.pgm")), shot(text)).unwrap();
    }
    std::fs::write(dir.path().join("notes.txt"), "no frame").unwrap();
    let seen = watched(Folder::open(dir.path()).unwrap());
    assert_eq!(seen, ["LL1:ONE", "LL1:TWO", "LL1:TWO"]);
}

#[test]
fn frames_come_from_a_program_and_end_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("film");
    let film = [shot(None), shot(Some("LL1:ONE")), shot(Some("LL1:TWO"))].concat();
    std::fs::write(&file, film).unwrap();
    let command = format!("cat '{}'", file.display());
    assert_eq!(
        watched(Program::start(&command).unwrap()),
        ["LL1:ONE", "LL1:TWO"]
    );
    assert!(watched(Program::start("exit 3").unwrap()).is_empty());
}

#[test]
fn what_is_no_frame_ends_the_watching_and_allocates_nothing() {
    for bytes in [
        &b"P6\n2 2\n255\n"[..],
        b"P5\n99999999 99999999\n255\n",
        b"P5\n0 4\n255\n",
        b"P5\n2 2\n65535\n",
        b"P5\n2 2\n255\nabc",
        b"P5 #",
        &[b' '; 4096],
    ] {
        assert!(frame(&mut BufReader::new(bytes)).is_err());
    }
    assert!(matches!(frame(&mut BufReader::new(&b""[..])), Ok(None)));
}
