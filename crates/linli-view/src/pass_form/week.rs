//! A pass that recurs: days of the week and hours, from a first day to a last one.

use super::read::{Checked, time_of_day};
use super::{DAY_MIN, HOURS_MAX, MoreHours, PassDraft};
use crate::api::{Hours, RegularItem};
use crate::dates::{self, Now};
use crate::sheet;
use crate::words::Catalogue;
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};

/// The days of the week as bits, Monday first.
pub const WEEKDAYS: [u8; 7] = [1, 2, 4, 8, 16, 32, 64];
/// All seven.
const ALL_DAYS: u8 = 0b111_1111;
/// Without a last day it is these many days, the first one counted: four weeks.
const DAYS: i64 = 28;

/// Between which days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Week {
    pub today: Date,
    pub day: Option<Date>,
    pub last: Option<Date>,
}

/// Days of the week, first minute, last minute; over midnight the last is the smaller one.
type Row = (u8, u32, u32);

/// Reads what recurs into `windows`, and its first opening and last closing into `span`.
pub(super) fn recurs(
    words: &Catalogue,
    now: Now,
    draft: &PassDraft,
    week: Week,
    out: &mut Checked,
) {
    let mut rows = Vec::new();
    let main = (time_of_day(&draft.from), time_of_day(&draft.until));
    if draft.week != 0
        && let (Some(from), Some(until)) = main
    {
        if from % DAY_MIN == until {
            out.until = Some(words.say("pass-problem-order"));
        }
        rows.push((draft.week & ALL_DAYS, from % DAY_MIN, until));
    }
    if draft.week == 0 {
        out.problems.push((true, words.say("pass-problem-week")));
    }
    for also in &draft.also {
        out.also.push(read_row(words, also, &mut rows));
    }
    let windows: Vec<Hours> = rows.iter().flat_map(|row| windows(*row)).collect();
    if windows.len() > HOURS_MAX {
        out.problems
            .push((true, words.say("pass-problem-hours-many")));
    }
    let Some(day) = week.day else { return };
    // A first day in the past cannot be typed; yesterday's date means next year's.
    let day = day.max(week.today);
    let last = week
        .last
        .or_else(|| day.checked_add((DAYS - 1).days()).ok())
        .unwrap_or(day);
    let ends = rows.iter().filter_map(|row| ends(now, *row, day, last));
    let span = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    out.windows = windows;
    match span {
        _ if rows.is_empty() || out.last_day.is_some() => {}
        None => out.last_day = Some(words.say("pass-problem-no-day")),
        Some((_, until)) if until <= now.ms => {
            out.problems.push((true, words.say("pass-problem-past")));
        }
        Some(span) => out.span = Some(span),
    }
}

fn read_row(words: &Catalogue, also: &MoreHours, rows: &mut Vec<Row>) -> [Option<String>; 3] {
    let (from, until) = (time_of_day(&also.from), time_of_day(&also.until));
    let said = |wrong: bool, key: &str| wrong.then(|| words.say(key));
    let same = matches!((from, until), (Some(from), Some(until)) if from % DAY_MIN == until);
    if let (Some(from), Some(until)) = (from, until)
        && !same
        && also.days != 0
    {
        rows.push((also.days & ALL_DAYS, from % DAY_MIN, until));
    }
    [
        said(also.days == 0, "pass-problem-week"),
        said(from.is_none(), "pass-problem-from"),
        said(until.is_none(), "pass-problem-until").or(said(same, "pass-problem-order")),
    ]
}

/// As a pass says it: over midnight takes two.
fn windows((days, from, until): Row) -> Vec<Hours> {
    let minute = |minute: u32| u16::try_from(minute).unwrap_or(u16::MAX);
    if from < until {
        return vec![(days, minute(from), minute(until))];
    }
    let next_day = (days << 1 | days >> 6) & ALL_DAYS;
    let mut both = vec![(days, minute(from), minute(DAY_MIN))];
    if until > 0 {
        both.push((next_day, 0, minute(until)));
    }
    both
}

/// When these hours open for the first time and close for the last, between the two days.
fn ends(now: Now, (days, from, until): Row, first: Date, last: Date) -> Option<(u64, u64)> {
    let on = |date: &Date| {
        let weekday = date.weekday().to_monday_zero_offset();
        *date >= first && *date <= last && days >> weekday & 1 == 1
    };
    let opens = (0..7)
        .filter_map(|n| first.checked_add(n.days()).ok())
        .find(on)?;
    let closes = (0..7)
        .filter_map(|n| last.checked_sub(n.days()).ok())
        .find(on)?;
    let at = |date: Date, minute: u32| {
        let midnight = now.moment(date.to_datetime(Time::midnight()))?;
        Some(midnight.saturating_add(u64::from(minute) * 60_000))
    };
    let until = if until > from { until } else { until + DAY_MIN };
    Some((at(opens, from)?, at(closes, until)?))
}

/// 周一 周三 09:00–11:00 · 11月23日 周一 至 12月20日 周日
pub(crate) fn span(
    words: &Catalogue,
    now: Now,
    windows: &[Hours],
    from: u64,
    until: u64,
) -> String {
    // A pass that closes at midnight ends on the day before.
    let days = [
        ("from", dates::day(words, now, from).into()),
        (
            "until",
            dates::day(words, now, until.saturating_sub(1)).into(),
        ),
    ];
    let days = words.text("span-days", &days);
    words.text(
        "pass-weekly",
        &[
            ("hours", hours(words, windows).into()),
            ("days", days.into()),
        ],
    )
}

/// Recurring hours in words: 周一 周三 09:00–11:00、周六 14:00–18:00
#[must_use]
pub fn hours(words: &Catalogue, windows: &[Hours]) -> String {
    let each: Vec<String> = windows
        .iter()
        .map(|(days, start, end)| {
            sheet::window(words, u64::from(*days), u64::from(*start), u64::from(*end))
        })
        .collect();
    each.join(&words.say("notice-list-comma"))
}

/// Is a pass with these hours open at this moment?
pub(crate) fn open(windows: &[Hours], now: Now) -> bool {
    let Some(at) = now.civil(now.ms) else {
        return false;
    };
    let minute = u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs());
    let weekday = at.weekday().to_monday_zero_offset();
    windows.is_empty()
        || windows
            .iter()
            .any(|(days, start, end)| days >> weekday & 1 == 1 && (*start..*end).contains(&minute))
}

/// Is it open at any time of the day of this moment?
pub(crate) fn on_day(windows: &[Hours], now: Now) -> bool {
    let weekday = now
        .civil(now.ms)
        .map(|at| at.weekday().to_monday_zero_offset());
    windows.is_empty()
        || weekday.is_some_and(|weekday| windows.iter().any(|(days, ..)| days >> weekday & 1 == 1))
}

impl PassDraft {
    /// The hours of somebody who comes again and again, from today on, for as many days as before.
    pub(super) fn recur(&mut self, now: Now, of: &RegularItem) {
        let clock = |minute: u16| super::clock(minute.into());
        let mut hours = of.windows.iter();
        if let Some((days, from, until)) = hours.next() {
            (self.week, self.from, self.until) = (*days, clock(*from), clock(*until));
        }
        let also = hours.map(|(days, from, until)| MoreHours {
            days: *days,
            from: clock(*from),
            until: clock(*until),
        });
        self.also = also.collect();
        let long_ms = of.until_s.saturating_sub(of.from_s).saturating_mul(1000);
        let last = now.civil(now.ms.saturating_add(long_ms));
        self.last_day = last.map(|at| at.date().to_string()).unwrap_or_default();
    }
}
