//! Moments as people write them.

use super::length;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use linli_node::api::Fault;
use linli_view::dates::Now;

/// A moment, RFC 3339 with its offset, in milliseconds since 1970.
pub fn moment_ms(text: &str) -> Result<u64, Fault> {
    text.parse::<Timestamp>()
        .ok()
        .and_then(|stamp| u64::try_from(stamp.as_millisecond()).ok())
        .ok_or_else(|| Fault::input("bad-time").with("text", text))
}

/// A moment in whole seconds.
pub fn moment_s(text: &str) -> Result<u64, Fault> {
    Ok(moment_ms(text)? / 1000)
}

/// A moment as a person at a keyboard writes it: RFC 3339, `now`, `+4h` from now, or by the community's clock `18:00`
/// today, `2026-11-24 8:00` or `2026-11-24T08:00:00`. In milliseconds since 1970.
pub fn moment_near(text: &str, now: Now) -> Result<u64, Fault> {
    let bad = || Fault::input("bad-time").with("text", text);
    if text == "now" {
        return Ok(now.ms);
    }
    if let Some(later) = text.strip_prefix('+') {
        return later_ms(later)
            .and_then(|later| now.ms.checked_add(later))
            .ok_or_else(bad);
    }
    // A Chinese keyboard types a wide colon.
    let text = &text.replace('：', ":");
    let Some((hour, minute)) = hour_and_minute(text) else {
        return match day_and_time(text) {
            Some((day, seconds)) => moment_on(now, day, seconds).ok_or_else(bad),
            None => moment_ms(text),
        };
    };
    let ahead = i64::from(now.offset_min) * 60_000;
    let local = i64::try_from(now.ms).map_err(|_| bad())? + ahead;
    let midnight = local - local.rem_euclid(86_400_000) - ahead;
    u64::try_from(midnight + (hour * 60 + minute) * 60_000).map_err(|_| bad())
}

/// The end of something: [`moment_near`], and not over yet.
pub fn end_near(text: &str, now: Now) -> Result<u64, Fault> {
    let at = moment_near(text, now)?;
    if at <= now.ms {
        return Err(Fault::input("until-over").with("text", text));
    }
    Ok(at)
}

/// `4h`, `4h30m`, `90` seconds, in milliseconds.
fn later_ms(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let unit = digits.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let (part, after) = rest.split_at(rest.len() - unit.len());
        if part.is_empty() || digits.len() == rest.len() {
            return None;
        }
        let part = u64::try_from(length(part).ok()?.as_millis()).ok()?;
        (sum, rest) = (sum.checked_add(part)?, after);
    }
    (!text.is_empty()).then_some(sum)
}

/// `2026-11-24 8:00`, `2026-11-24T08:00:00`: a day, and seconds of it. None where an offset follows: that is RFC 3339.
fn day_and_time(text: &str) -> Option<(Date, i64)> {
    let (day, rest) = text.split_at_checked(10)?;
    let time = rest.strip_prefix(['T', 't']).or_else(|| {
        let time = rest.trim_start_matches(' ');
        (time.len() < rest.len()).then_some(time)
    })?;
    let day = day.parse::<Date>().ok()?;
    let (time, seconds) = match time.rsplit_once(':') {
        Some((time, seconds)) if time.contains(':') => {
            let all = seconds.len() == 2 && seconds.bytes().all(|digit| digit.is_ascii_digit());
            (
                time,
                seconds.parse::<i64>().ok().filter(|s| all && *s < 60)?,
            )
        }
        _ => (time, 0),
    };
    let (hour, minute) = hour_and_minute(time)?;
    // The day ends with its last minute; a second after that is on the next one.
    (hour < 24 || seconds == 0).then_some((day, (hour * 60 + minute) * 60 + seconds))
}

/// That moment by the community's clock, in milliseconds since 1970.
fn moment_on(now: Now, day: Date, seconds: i64) -> Option<u64> {
    let ahead = i64::from(now.offset_min) * 60_000;
    let midnight = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let local = midnight.as_millisecond().checked_add(seconds * 1000)?;
    u64::try_from(local - ahead).ok()
}

/// `18:00`, up to `24:00`.
fn hour_and_minute(text: &str) -> Option<(i64, i64)> {
    let (hour, minute) = text.split_once(':')?;
    if hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let number = |digits: &str| {
        let all = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        all.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    (hour * 60 + minute <= 24 * 60 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_needs_its_offset() {
        assert_eq!(moment_ms("1970-01-01T08:00:01+08:00").ok(), Some(1000));
        assert_eq!(moment_ms("1970-01-01T00:00:00.5Z").ok(), Some(500));
        for bad in [
            "2026-11-23T18:00:00",
            "today",
            "",
            "2026-13-01T00:00:00Z",
            "1969-01-01T00:00:00Z",
        ] {
            let fault = moment_ms(bad).unwrap_err();
            assert_eq!((fault.code.as_str(), fault.exit), ("bad-time", 3), "{bad}");
        }
    }

    #[test]
    fn a_time_near_now_is_said_shortly() {
        // 2026-11-22 23:30 at +08:00, which is 15:30 in UTC.
        let now = Now {
            ms: 1_795_361_400_000,
            offset_min: 480,
        };
        let hours = |n: u64| n * 3_600_000;
        for (text, expected) in [
            ("now", now.ms),
            ("+4h", now.ms + hours(4)),
            ("+0", now.ms),
            ("+1h30m", now.ms + hours(1) + 1_800_000),
            ("23：30", now.ms),
            ("23:30", now.ms),
            ("0:30", now.ms - hours(23)),
            ("24:00", now.ms + 1_800_000),
            ("2026-11-22T15:30:00Z", now.ms),
            ("2026-11-22 23:30", now.ms),
            ("2026-11-22T23:30", now.ms),
            ("2026-11-22T23:30:05", now.ms + 5_000),
            ("2026-11-22  23：30", now.ms),
            ("2026-11-24 8:00", now.ms + hours(32) + 1_800_000),
            ("2026-11-22 24:00", now.ms + 1_800_000),
            ("2024-02-29 00:00", 1_709_136_000_000),
        ] {
            assert_eq!(moment_near(text, now).ok(), Some(expected), "{text}");
        }
        for bad in [
            "+",
            "+4x",
            "++4h",
            "+h",
            "+4h-1m",
            "24:01",
            "12:60",
            "12:5",
            "-1:00",
            "+18446744073709551615d",
            "tomorrow",
            "2026-11-24",
            "2026-11-24 ",
            "2026-11-2408:00",
            "2026-02-29 08:00",
            "2026-11-24 25:00",
            "2026-11-24 24:00:01",
            "2026-11-24 08:00:60",
            "2026-11-24 08:00:+1",
            "2026-11-24 08",
            "2026/11/24 08:00",
            "1969-12-31 08:00",
        ] {
            let fault = moment_near(bad, now).unwrap_err();
            assert_eq!((fault.code.as_str(), fault.exit), ("bad-time", 3), "{bad}");
        }
    }

    #[test]
    fn an_end_lies_ahead() {
        let now = Now {
            ms: 1_795_361_400_000,
            offset_min: 480,
        };
        assert!(end_near("23:31", now).is_ok());
        for over in ["23:30", "9:00", "now", "2026-11-22T15:29:59Z"] {
            let fault = end_near(over, now).unwrap_err();
            assert_eq!(
                (fault.code.as_str(), fault.exit),
                ("until-over", 3),
                "{over}"
            );
        }
    }
}
