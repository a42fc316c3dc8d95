//! What people hand in: files, times, windows, addresses. A fault here is bad input (3), said before any home
//! is opened, so nothing has changed.

mod time;

pub use time::{end_near, moment_near, moment_s};

use linli_node::api::Fault;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

/// Longest text of a notice or post read from a file: far above what an entry may hold.
const TEXT_MAX: usize = 1 << 20;
/// Longest line that goes out beside a notice.
const LINE_MAX: usize = 200;
/// Longest passphrase file.
const PASSPHRASE_MAX: usize = 4096;
const DAY_MINUTES: u16 = 1440;

/// A whole file that lies on a disk, of at most `longest` bytes; `-` is stdin. A named pipe would wait for its writer, for
/// ever if nobody comes, and a device has no end.
pub fn file(path: &Path, longest: usize) -> Result<Vec<u8>, Fault> {
    let kind = std::fs::metadata(path).map(|meta| meta.file_type());
    if path != Path::new("-") && kind.is_ok_and(|kind| !kind.is_file() && !kind.is_dir()) {
        return Err(Fault::input("file-is-special").with("file", path.display()));
    }
    stream(path, longest)
}

/// The same of whatever can be read: a shell hands over what another program writes as a pipe, `<(..)`.
pub fn stream(path: &Path, longest: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let most = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        // A folder opens and fails on reading.
        let meta = std::fs::metadata(path).map_err(|e| unread(path, e.kind()))?;
        if meta.is_dir() {
            return Err(Fault::input("file-is-folder").with("file", path.display()));
        }
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|e| unread(path, e.kind()))?;
    if bytes.len() > longest {
        return Err(Fault::input("file-too-large")
            .with("file", path.display())
            .with("mb", longest.div_ceil(1 << 20)));
    }
    Ok(bytes)
}

fn unread(path: &Path, kind: ErrorKind) -> Fault {
    let file = path.display();
    match kind {
        ErrorKind::NotFound => Fault::missing("file-not-found").with("file", file),
        ErrorKind::PermissionDenied => Fault::input("file-not-readable").with("file", file),
        _ => Fault::storage("file-unread").with("file", file),
    }
}

/// Writes a file that was asked for, whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    Place::beside(path)?.fill(bytes)
}

/// A file that can be written: taken before something is done that cannot be taken back.
pub struct Place<'a> {
    path: &'a Path,
    beside: tempfile::NamedTempFile,
}

impl<'a> Place<'a> {
    /// Makes an empty file beside the one to write.
    pub fn beside(path: &'a Path) -> Result<Self, Fault> {
        let folder = path.parent().filter(|dir| !dir.as_os_str().is_empty());
        let beside = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .map_err(|_| not_written(path))?;
        if path.is_dir() {
            return Err(not_written(path));
        }
        Ok(Self { path, beside })
    }

    /// Writes it, and puts it in its place.
    pub fn fill(mut self, bytes: &[u8]) -> Result<(), Fault> {
        let fault = |_| not_written(self.path);
        std::io::Write::write_all(&mut self.beside, bytes).map_err(fault)?;
        self.beside.persist(self.path).map_err(|e| fault(e.error))?;
        Ok(())
    }
}

fn not_written(path: &Path) -> Fault {
    Fault::storage("file-not-written").with("file", path.display())
}

/// A text file, in UTF-8, without its mark.
pub fn text(path: &Path) -> Result<String, Fault> {
    let text = String::from_utf8(stream(path, TEXT_MAX)?)
        .map_err(|_| Fault::input("text-not-utf8").with("file", path.display()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// One line of text for others to read.
pub fn line(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LINE_MAX || text.chars().any(char::is_control) {
        return Err(Fault::input("bad-line").with("most", LINE_MAX));
    }
    Ok(text.to_owned())
}

/// The address of a page, for others to open.
pub fn page(text: &str) -> Result<String, Fault> {
    let bad = || Fault::input("bad-page").with("text", text);
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or_else(bad)?;
    let sound = |c: char| c.is_ascii_graphic() && !"<>\"\\^`{|}".contains(c);
    if rest.is_empty() || text.len() > LINE_MAX || !text.chars().all(sound) {
        return Err(bad());
    }
    Ok(text.to_owned())
}

/// The first line of a passphrase file.
pub fn passphrase(path: &Path) -> Result<String, Fault> {
    let bytes = stream(path, PASSPHRASE_MAX)
        .map_err(|_| Fault::input("passphrase-file").with("file", path.display()))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Fault::input("passphrase-file").with("file", path.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    if first.trim().is_empty() {
        return Err(Fault::input("passphrase-empty").with("file", path.display()));
    }
    Ok(first.to_owned())
}

/// A length of time: `90`, `90s`, `10m`, `2h`, `1d`.
pub fn length(text: &str) -> Result<Duration, Fault> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..) {
        Some("" | "s") => Some(1),
        Some("m") => Some(60),
        Some("h") => Some(3600),
        Some("d") => Some(86_400),
        _ => None,
    };
    let seconds = unit.and_then(|unit| digits.parse::<u64>().ok()?.checked_mul(unit));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| Fault::input("bad-length").with("text", text))
}

/// A gate and its name: `1:东门`.
pub fn gate(text: &str) -> Result<(u8, String), Fault> {
    let read = || {
        let (no, name) = text.split_once([':', '：'])?;
        let no = no.trim().parse::<u8>().ok().filter(|no| *no <= 63)?;
        let name = name.trim();
        (!name.is_empty()).then(|| (no, name.to_owned()))
    };
    read().ok_or_else(|| Fault::input("gate-unreadable").with("text", text))
}

/// A recurring window, `Mon-Sat,08:00-12:00`: days as bits from Monday, first minute, the minute after the last.
pub fn window(text: &str) -> Result<(u8, u16, u16), Fault> {
    let read = || {
        let (days, hours) = text.rsplit_once(',')?;
        let days = days
            .split(',')
            .map(day_span)
            .try_fold(0, |bits, span| Some(bits | span?))?;
        let (start, end) = hours.split_once('-')?;
        let (start, end) = (minute(start)?, minute(end)?);
        (start < end && start < DAY_MINUTES).then_some((days, start, end))
    };
    read().ok_or_else(|| Fault::input("window-unreadable").with("text", text))
}

fn day_span(text: &str) -> Option<u8> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (day(first)?, day(last)?);
    // Sat-Mon goes round the week.
    let mut bits = 0u8;
    let mut at = first;
    loop {
        bits |= 1 << at;
        if at == last {
            return Some(bits);
        }
        at = (at + 1) % 7;
    }
}

fn day(text: &str) -> Option<u8> {
    const WORDS: [[&str; 4]; 7] = [
        ["1", "mon", "周一", "一"],
        ["2", "tue", "周二", "二"],
        ["3", "wed", "周三", "三"],
        ["4", "thu", "周四", "四"],
        ["5", "fri", "周五", "五"],
        ["6", "sat", "周六", "六"],
        ["7", "sun", "周日", "日"],
    ];
    let word = text.trim().to_lowercase();
    let at = WORDS.iter().position(|day| day.contains(&word.as_str()))?;
    u8::try_from(at).ok()
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |part: &str| {
        let right = matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
        right.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= DAY_MINUTES).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Mon-Sat,08:00-12:00", Some((0b011_1111, 480, 720))),
            ("1-6,8:00-24:00", Some((0b011_1111, 480, 1440))),
            ("Mon,00:00-00:01", Some((1, 0, 1))),
            ("1,3,5,09:30-10:00", Some((0b001_0101, 570, 600))),
            ("周六-周一,09:30-10:00", Some((0b110_0001, 570, 600))),
            ("Mon,12:00-12:00", None),
            ("Mon,13:00-12:00", None),
            ("Mon,08:00-24:01", None),
            ("Mon,24:00-24:00", None),
            ("Mon,08:60-09:00", None),
            ("Foo,08:00-09:00", None),
            ("08:00-09:00", None),
            ("8,08:00-09:00", None),
            ("", None),
        ] {
            assert_eq!(window(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn lines_and_pages_for_others_are_one_line_and_a_web_address() {
        assert_eq!(line(" 停电 ").unwrap(), "停电");
        let long = "x".repeat(LINE_MAX + 1);
        for bad in ["", " ", "a\nb", "a\u{1b}b", &long] {
            assert_eq!(line(bad).unwrap_err().code, "bad-line", "{bad}");
        }
        assert_eq!(
            page("https://a.example/b?c=1").unwrap(),
            "https://a.example/b?c=1"
        );
        for bad in [
            "",
            "a.example",
            "https://",
            "javascript:alert(1)",
            "http://a b",
            "http://楼",
            "http://<x>",
        ] {
            assert_eq!(page(bad).unwrap_err().code, "bad-page", "{bad}");
        }
    }

    #[test]
    fn lengths_and_gates_are_read_strictly() {
        assert_eq!(length("10m").unwrap().as_secs(), 600);
        assert_eq!(length("90").unwrap().as_secs(), 90);
        for bad in [
            "",
            "m",
            "10x",
            "-1",
            "1.5h",
            "99999999999999999999d",
            "99999999999999999d",
        ] {
            assert!(length(bad).is_err(), "{bad}");
        }
        assert_eq!(gate("1:东门").unwrap(), (1, "东门".to_owned()));
        for bad in ["东门", "64:x", "1:", "-1:x", ":x"] {
            assert_eq!(gate(bad).unwrap_err().code, "gate-unreadable", "{bad}");
        }
    }

    #[test]
    fn files_that_cannot_be_read_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let code = |path: &Path| file(path, 4).unwrap_err().code;
        assert_eq!(code(&dir.path().join("none")), "file-not-found");
        assert_eq!(code(dir.path()), "file-is-folder");
        #[cfg(unix)]
        {
            let pipe = dir.path().join("pipe");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status();
            assert!(made.unwrap().success());
            assert_eq!(code(&pipe), "file-is-special", "nobody writes to it");
            assert_eq!(code(Path::new("/dev/zero")), "file-is-special");
            let endless = stream(Path::new("/dev/zero"), 4).unwrap_err();
            assert_eq!(endless.code, "file-too-large");
        }
        let long = dir.path().join("long");
        write(&long, b"12345").unwrap();
        assert_eq!(code(&long), "file-too-large");
        let broken = dir.path().join("broken");
        write(&broken, b"\xff\xfe").unwrap();
        assert_eq!(text(&broken).unwrap_err().code, "text-not-utf8");
        assert_eq!(passphrase(&broken).unwrap_err().code, "passphrase-file");
        let empty = dir.path().join("empty");
        write(&empty, b"\n").unwrap();
        assert_eq!(passphrase(&empty).unwrap_err().code, "passphrase-empty");
    }
}
