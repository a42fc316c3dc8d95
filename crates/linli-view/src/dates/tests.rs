//! Dates as people read them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{DAY, HOUR, MINUTE, NOW, en, zh};

#[test]
fn moments_are_dated_as_seen_from_now() {
    for (ms, chinese, english) in [
        (NOW.ms, "今天 14:32", "today 14:32"),
        (NOW.ms - DAY, "昨天 14:32", "yesterday 14:32"),
        (NOW.ms - 15 * HOUR, "昨天 23:32", "yesterday 23:32"),
        (NOW.ms + DAY, "明天 14:32", "tomorrow 14:32"),
        (
            NOW.ms - 8 * DAY + 33 * MINUTE,
            "11月14日 周六 15:05",
            "Sat 14 Nov 15:05",
        ),
        (
            NOW.ms + 40 * DAY,
            "2027年1月1日 周五 14:32",
            "Fri 1 Jan 2027 14:32",
        ),
        (0, "1970年1月1日 周四 08:00", "Thu 1 Jan 1970 08:00"),
        (u64::MAX, "时间不明", "at an unknown time"),
        (i64::MAX as u64, "时间不明", "at an unknown time"),
    ] {
        assert_eq!(at(&zh(), NOW, ms), chinese);
        assert_eq!(at(&en(), NOW, ms), english);
    }
    assert_eq!(day(&zh(), NOW, NOW.ms), "11月22日 周日");
    assert_eq!(day(&en(), NOW, NOW.ms), "Sun 22 Nov");
}

#[test]
fn what_was_a_moment_ago_is_counted_and_the_plural_is_right() {
    for (past, chinese, english) in [
        (0, "刚刚", "just now"),
        (59_000, "刚刚", "just now"),
        (MINUTE, "1 分钟前", "1 minute ago"),
        (3 * MINUTE, "3 分钟前", "3 minutes ago"),
        (HOUR, "1 小时前", "1 hour ago"),
        (11 * HOUR, "11 小时前", "11 hours ago"),
        (12 * HOUR, "今天 02:32", "today 02:32"),
        (20 * HOUR, "昨天 18:32", "yesterday 18:32"),
    ] {
        assert_eq!(ago(&zh(), NOW, NOW.ms - past), chinese);
        assert_eq!(ago(&en(), NOW, NOW.ms - past), english);
    }
    assert_eq!(ago(&zh(), NOW, NOW.ms + 30_000), "刚刚");
    assert_eq!(
        ago(&zh(), NOW, NOW.ms + HOUR),
        "今天 15:32",
        "a clock that runs ahead is not hidden"
    );
}

#[test]
fn a_span_names_the_day_once_if_it_can() {
    let from = NOW.ms + 3 * HOUR + 28 * MINUTE;
    assert_eq!(span(&zh(), NOW, from, from + 4 * HOUR), "今天 18:00–22:00");
    assert_eq!(
        span(&zh(), NOW, from, from + 8 * HOUR),
        "今天 18:00 至 明天 02:00"
    );
    assert_eq!(
        span(&en(), NOW, from, from + 8 * HOUR),
        "today 18:00 to tomorrow 02:00"
    );
}

#[test]
fn a_span_for_a_picture_names_its_days_whatever_today_is() {
    let from = NOW.ms + 3 * HOUR + 28 * MINUTE;
    assert_eq!(
        span_dated(&zh(), NOW, from, from + 4 * HOUR),
        "11月22日 周日 18:00–22:00"
    );
    assert_eq!(
        span_dated(&en(), NOW, from, from + 8 * HOUR),
        "Sun 22 Nov 18:00 to Mon 23 Nov 02:00"
    );
    assert_eq!(span_dated(&zh(), NOW, from, u64::MAX), "时间不明");
}

#[test]
fn the_communitys_offset_decides_what_today_is() {
    let ms = NOW.ms - 14 * HOUR;
    assert_eq!(at(&zh(), NOW, ms), "今天 00:32");
    assert_eq!(
        at(
            &zh(),
            Now {
                ms: NOW.ms,
                offset_min: 0
            },
            ms
        ),
        "昨天 16:32"
    );
    assert_eq!(
        at(
            &zh(),
            Now {
                ms: NOW.ms,
                offset_min: i32::MAX
            },
            ms
        ),
        "昨天 16:32",
        "nonsense counts as UTC"
    );
}

#[test]
fn lengths_are_rounded_down_to_one_unit() {
    assert_eq!(length(&zh(), 40 * MINUTE), "40 分钟");
    assert_eq!(length(&en(), HOUR), "1 hour");
    assert_eq!(length(&en(), 72 * HOUR), "3 days");
    assert_eq!(length(&zh(), 30 * HOUR), "30 小时");
}

#[test]
fn a_wall_clock_moment_and_its_number_agree() {
    let civil = NOW.civil(NOW.ms).unwrap();
    assert_eq!(NOW.moment(civil), Some(NOW.ms));
    assert_eq!(NOW.civil(u64::MAX), None);
}
