//! The same shift through the real window: `linli-desktop` as a process on a virtual screen, keys from xdotool as a barcode
//! gun and fingers send them, and what is judged is the colour that the guard sees, read from the screen's own memory.
//!
//! The node behind it is the desk of `shift/desk.rs`, on the home's socket: it takes each row's time, which no window can
//! (docs/decisions/0020-the-shift-through-the-window.md). `LINLI_SHOTS=DIR` keeps pictures of the
//! rows. `LINLI_SHIFT=en,dark` plays it in another language and look (zh-CN or en; light, dark or elderly).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "tests; the window runs on the real clock"
)]

#[path = "shift/desk.rs"]
mod shift;

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Stream};
use linli_desktop::picture::Picture;
use linli_desktop::theme::Theme;
use linli_view::api::{GateResult, Incoming, RequestLine};
use linli_view::intent::Look;
use linli_view::station;
use linli_view::tone::Tone;
use linli_view::words::Lang;
use shift::{Desk, Hand, Outcome};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const WIDTH: usize = 1366;
const HEIGHT: usize = 768;
/// Between two looks at the screen; and how many looks a slow machine gets.
const LOOK: Duration = Duration::from_millis(40);
const LOOKS: usize = 500;

/// A process that ends with the test.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A virtual screen whose memory is a file.
struct Screen {
    name: String,
    memory: PathBuf,
    _server: Ends,
}

impl Screen {
    fn start(dir: &Path) -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-noreset",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
            ])
            .arg(format!("{WIDTH}x{HEIGHT}x24"))
            .arg("-fbdir")
            .arg(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb (package xvfb)");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let screen = Self {
            name: format!(":{}", number.trim()),
            memory: dir.join("Xvfb_screen0"),
            _server: Ends(server),
        };
        screen.label_keys(&dir.join("keys.xkb"));
        screen
    }

    /// Puts what a Chinese plate needs on keys that nobody has. A guard has an input method for this, which is tested in
    /// `station.rs`; a key that changes its meaning while it is pressed is a race of the test, not of the window.
    fn label_keys(&self, file: &Path) {
        let run = |args: &[&std::ffi::OsStr]| {
            let done = Command::new("xkbcomp")
                .args(args)
                .stderr(Stdio::null())
                .status();
            assert!(done.expect("xkbcomp (package x11-xkb-utils)").success());
        };
        run(&["-xkb".as_ref(), self.name.as_ref(), file.as_ref()]);
        let known = std::fs::read_to_string(file).unwrap();
        let mut signs = "京津·ＡＤ９０３１７".chars();
        let mut lines = Vec::new();
        for line in known.lines() {
            let spare = line
                .trim_start()
                .strip_prefix("key <I2")
                .and_then(|rest| rest.split_once('>'));
            match spare
                .filter(|(number, _)| *number >= "23")
                .and_then(|(number, _)| Some((number, signs.next()?)))
            {
                Some((number, sign)) => lines.push(format!(
                    "key <I2{number}> {{ [ U{:04X} ] }};",
                    u32::from(sign)
                )),
                None => lines.push(line.to_owned()),
            }
        }
        assert_eq!(signs.next(), None, "keys enough");
        std::fs::write(file, lines.join("\n")).unwrap();
        run(&["-w0".as_ref(), file.as_ref(), self.name.as_ref()]);
    }

    /// What is on the screen: an XWD file with 32 bits a pixel, blue green red.
    fn look(&self) -> Picture {
        let file = std::fs::read(&self.memory).unwrap();
        let number = |at: usize| u32::from_be_bytes(file[at * 4..at * 4 + 4].try_into().unwrap());
        let (header, row, colours) = (number(0), number(12), number(19));
        let start = (header + colours * 12) as usize;
        let mut picture = Picture::white(WIDTH, HEIGHT);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let at = start + y * row as usize + x * 4;
                let to = (y * WIDTH + x) * 4;
                picture.rgba[to..to + 3].copy_from_slice(&[file[at + 2], file[at + 1], file[at]]);
            }
        }
        picture
    }

    fn tool(&self, args: &[&str]) -> String {
        let done = Command::new("xdotool")
            .env("DISPLAY", &self.name)
            .args(args)
            .output()
            .expect("xdotool (package xdotool)");
        String::from_utf8_lossy(&done.stdout).trim().to_owned()
    }

    fn hand(&self, hand: &Hand) {
        match hand {
            Hand::Key(name) => drop(self.tool(&["key", name])),
            Hand::Text(text) => drop(self.tool(&["type", "--delay", "2", "--", text])),
        }
    }
}

/// In which language and look the shift is played: as `LINLI_SHIFT` says, else in Chinese by day.
fn played() -> (Lang, Look) {
    let said = std::env::var("LINLI_SHIFT").unwrap_or_else(|_| "zh-CN,light".into());
    let parts = said.split_once(',');
    let parts = parts.and_then(|(lang, look)| Some((Lang::parse(lang)?, Look::parse(look)?)));
    parts.unwrap_or_else(|| panic!("LINLI_SHIFT={said}: LANGUAGE,LOOK as in en,dark"))
}

/// How much of the screen is the ground of this tone, in thousandths.
fn share(picture: &Picture, tone: Tone) -> usize {
    let ground = Theme::of(played().1).tone(tone).1.to_array();
    let pixels = picture.rgba.chunks(4);
    let same = pixels.filter(|pixel| pixel[..3] == ground[..3]).count();
    same * 1000 / (WIDTH * HEIGHT)
}

/// The answer that the screen shows by its colour: a verdict takes a sixth of it and more.
fn shown(picture: &Picture) -> Option<GateResult> {
    [GateResult::Admit, GateResult::Ask, GateResult::Deny]
        .into_iter()
        .find(|result| share(picture, station::tone(*result)) > 150)
}

/// Serves the home's socket as its owner would; says whenever something was answered.
fn serve(home: &Path, desk: Arc<Mutex<Desk>>) -> Receiver<()> {
    let path = linli_node::home::socket_path(home);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let name = path.to_fs_name::<GenericFilePath>().unwrap();
    let listener = ListenerOptions::new().name(name).create_sync().unwrap();
    let (said, heard) = sync_channel(64);
    let body = move || {
        let Some(stream) = listener.incoming().flatten().next() else {
            return;
        };
        let stream: Arc<Stream> = Arc::new(stream);
        for line in BufReader::new(&*stream).lines() {
            let Ok(line) = line else { return };
            let Ok(RequestLine { id, req }) = serde_json::from_str(&line) else {
                continue;
            };
            let reply = desk.lock().unwrap().answer(&req);
            let mut line = serde_json::to_vec(&Incoming::Reply { id, reply }).unwrap();
            line.push(b'\n');
            if (&*stream).write_all(&line).is_err() {
                return;
            }
            let _ = said.try_send(());
        }
    };
    std::thread::Builder::new().spawn(body).unwrap();
    heard
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// Looks at the screen until it shows this.
fn until(
    screen: &Screen,
    heard: &Receiver<()>,
    holds: impl Fn(&Picture) -> bool,
) -> Option<Picture> {
    for _ in 0..LOOKS {
        let picture = screen.look();
        if holds(&picture) {
            return Some(picture);
        }
        // An answer is a reason to look again at once.
        let _ = heard.recv_timeout(LOOK);
    }
    None
}

#[test]
fn sixty_visitors_of_a_shift_are_answered_on_the_real_window_as_written_down_with_keys_alone() {
    let (lang, look) = played();
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("gate");
    std::fs::create_dir(&home).unwrap();
    let desk = Arc::new(Mutex::new(Desk::new()));
    let heard = serve(&home, Arc::clone(&desk));
    let screen = Screen::start(dir.path());
    let mut window = Command::new(station());
    window
        .args([
            "--attach",
            "--full-screen",
            "--lang",
            lang.tag(),
            "--theme",
            look.id(),
            "--home",
        ])
        .arg(&home)
        .env("DISPLAY", &screen.name)
        .env_remove("WAYLAND_DISPLAY")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .stderr(Stdio::piped());
    let mut window = Ends(window.spawn().unwrap());
    let resting = |picture: &Picture| {
        shown(picture).is_none() && share(picture, Tone::Good) < 5 && is_drawn(picture)
    };
    if until(&screen, &heard, resting).is_none() {
        let _ = window.0.kill();
        let mut said = String::new();
        let _ = window.0.stderr.take().unwrap().read_to_string(&mut said);
        panic!("the station never came up: {said}");
    }
    let id = screen.tool(&["search", "--sync", "--name", "Linli"]);
    let id = id.lines().next().unwrap_or_default().to_owned();
    // Nobody manages windows here: full screen is what the test makes it.
    let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
    screen.tool(&[
        "windowmove",
        &id,
        "0",
        "0",
        "windowsize",
        &id,
        &width,
        &height,
    ]);
    screen.tool(&["windowfocus", "--sync", &id]);
    // The pointer rests in a corner, where it touches no key of the station.
    screen.tool(&["mousemove", "2", "700"]);
    let shots = std::env::var_os("LINLI_SHOTS").map(PathBuf::from);
    let mut wrong = Vec::new();
    let rows = desk.lock().unwrap().rows();
    for at in 0..rows {
        let hands = {
            let mut desk = desk.lock().unwrap();
            let hands = desk.arrives(at);
            let ahead = i128::from(now_ms()) - i128::from(desk.now_ms());
            desk.ahead = i64::try_from(ahead).unwrap();
            hands
        };
        for hand in &hands {
            screen.hand(hand);
        }
        let expected = desk.lock().unwrap().expected(at);
        let picture = match &expected {
            Outcome::Answer(result, _) => until(&screen, &heard, |p| shown(p) == Some(*result)),
            // A departure is a note in green, and no verdict.
            Outcome::Left => until(&screen, &heard, |p| {
                shown(p).is_none() && share(p, Tone::Good) > 20
            }),
        };
        let said = {
            let desk = desk.lock().unwrap();
            match &expected {
                Outcome::Answer(_, code) => desk
                    .answered
                    .as_ref()
                    .is_some_and(|answer| answer.code.as_deref().unwrap_or_default() == code),
                Outcome::Left => desk.left == 1,
            }
        };
        if let (Some(dir), Some(picture)) = (&shots, &picture) {
            std::fs::create_dir_all(dir).unwrap();
            let file = dir.join(format!("row-{:02}.png", at + 1));
            std::fs::write(file, picture.png().unwrap()).unwrap();
        }
        if picture.is_none() || !said {
            let colour = shown(&screen.look());
            let got = desk.lock().unwrap().answered.clone();
            wrong.push(format!("row {}: expected {expected:?}, the screen shows {colour:?}, the node said {got:?}, by {hands:?}", at + 1));
        }
        screen.hand(&Hand::Key("Escape"));
        if until(&screen, &heard, resting).is_none() {
            wrong.push(format!("row {}: the answer stays for the next one", at + 1));
        }
        assert!(wrong.len() < 4, "{}", wrong.join("\n"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The window's program, as the tests' build left it beside `linli`.
fn station() -> PathBuf {
    let name = format!("linli-desktop{}", std::env::consts::EXE_SUFFIX);
    let exe = linli_e2e::exe::linli().with_file_name(name);
    assert!(exe.is_file(), "{} is not built", exe.display());
    exe
}

/// Is the station's page on the screen? Its ground is.
fn is_drawn(picture: &Picture) -> bool {
    let ground = Theme::of(played().1).colour.page.to_array();
    let pixels = picture.rgba.chunks(4);
    let same = pixels.filter(|pixel| pixel[..3] == ground[..3]).count();
    same * 1000 / (WIDTH * HEIGHT) > 50
}
