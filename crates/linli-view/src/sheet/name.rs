//! The names of a gate's day sheets: what no file system minds, what sorts by day, and what is known again as ours.

use crate::dates::Now;
use crate::words::Catalogue;

const HOUR_MS: u64 = 3_600_000;
/// How long a sheet is kept: names of visitors and plates stand on it in clear.
const KEPT_H: u64 = 24;

/// The minute of a moment: `2026-11-22-1432`.
fn stamp(now: Now, ms: u64) -> String {
    now.civil(ms).map_or_else(String::new, |at| {
        let (y, m, d) = (at.year(), at.month(), at.day());
        format!("{y:04}-{m:02}-{d:02}-{:02}{:02}", at.hour(), at.minute())
    })
}

fn of(words: &Catalogue, gate: u8, date: &str) -> String {
    let args = [("gate", gate.into()), ("date", date.into())];
    let name = words.text("sheet-file", &args);
    name.replace(['\u{2068}', '\u{2069}'], "")
}

/// What a sheet written now is called.
pub(super) fn file(words: &Catalogue, now: Now, gate: u8) -> String {
    of(words, gate, &stamp(now, now.ms))
}

/// The minute in the name of a sheet of this gate; none where it is another file. A number behind it, `-2`, is one of
/// several of that minute.
fn written<'n>(words: &Catalogue, gate: u8, name: &'n str) -> Option<&'n str> {
    let pattern = of(words, gate, "*");
    let (before, after) = pattern.split_once('*')?;
    let rest = name.strip_prefix(before)?.strip_suffix(after)?;
    let (stamp, more) = rest.split_at_checked(15)?;
    let more = more.strip_prefix('-').unwrap_or(more);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let dashes = stamp.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 | 10 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    (dashes && digits(more) && rest.len() <= 19).then_some(stamp)
}

/// Is this a day sheet that this gate wrote, whatever the language?
#[must_use]
pub fn is_of(all: &[Catalogue], gate: u8, name: &str) -> bool {
    all.iter().any(|words| written(words, gate, name).is_some())
}

/// Is it one, and older than a day?
#[must_use]
pub fn is_old(all: &[Catalogue], now: Now, gate: u8, name: &str) -> bool {
    let kept = stamp(now, now.ms.saturating_sub(KEPT_H * HOUR_MS));
    let mut stamps = all.iter().filter_map(|words| written(words, gate, name));
    stamps.any(|stamp| stamp < kept.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{NOW, en, zh};

    #[test]
    fn a_sheet_is_known_again_by_its_name_and_nothing_else_is() {
        let all = [zh(), en()];
        for words in &all {
            let name = file(words, NOW, 1);
            let stem = name.strip_suffix(".pdf").unwrap();
            assert!(is_of(&all, 1, &name), "{name}");
            assert!(is_of(&all, 1, &format!("{stem}-2.pdf")));
            for other in [
                format!("{stem}.png"),
                format!("{stem} copy.pdf"),
                format!("my {name}"),
                format!("{stem}-x.pdf"),
                name.replace("2026", "2O26"),
            ] {
                assert!(!is_of(&all, 1, &other), "{other}");
            }
            // Another gate's, on the same computer.
            assert!(!is_of(&all, 2, &name) && !is_of(&all, 11, &name));
        }
        for other in [
            "",
            "通行码-李然.png",
            "合同-1-2026-11-22-1432.pdf",
            "day-sheet-1-.pdf",
        ] {
            assert!(!is_of(&all, 1, other), "{other}");
        }
    }

    #[test]
    fn a_sheet_is_old_after_a_day() {
        let all = [zh(), en()];
        let name = file(&zh(), NOW, 1);
        let after = |hours: u64| Now {
            ms: NOW.ms + hours * HOUR_MS,
            ..NOW
        };
        assert!(!is_old(&all, after(0), 1, &name) && !is_old(&all, after(24), 1, &name));
        assert!(is_old(&all, after(25), 1, &name) && !is_old(&all, after(25), 2, &name));
    }
}
