//! Reading what was typed into the form, forgivingly, and saying what cannot be read.

use super::{COMPANIONS_MAX, DAY_MIN, Day, LABEL_MAX_BYTES, PLATE_MAX_BYTES, PassDraft};
use crate::api::{PassKind, PassRequest, Status};
use crate::clean;
use crate::dates::{self, Now};
use crate::words::Catalogue;
use jiff::civil::{Date, Time};

/// What a draft comes to.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub label: Option<String>,
    pub date: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub plate: Option<String>,
    /// Both ends in milliseconds, once understood.
    pub span: Option<(u64, u64)>,
    pub hints: Vec<String>,
    /// Further problems; `true` is said at once, `false` only after a first try.
    pub problems: Vec<(bool, String)>,
    pub request: Option<PassRequest>,
}

pub(super) fn check(
    words: &Catalogue,
    now: Now,
    status: Option<&Status>,
    draft: &PassDraft,
) -> Checked {
    let mut out = Checked {
        label: label(words, &draft.label),
        ..Checked::default()
    };
    when(words, now, draft, &mut out);
    let community = status.and_then(|s| s.community.as_ref());
    match (community, status.and_then(|s| s.me.as_ref())) {
        (Some(community), Some(me)) => {
            if !me.may_grant {
                out.problems.push((true, words.say("pass-problem-right")));
            }
            let max_s = if draft.kind == PassKind::Vehicle {
                community.pass_max_long_s
            } else {
                community.pass_max_s
            };
            if out
                .span
                .is_some_and(|(from, until)| (until - from) / 1000 > max_s)
            {
                let length = dates::length(words, max_s.saturating_mul(1000));
                out.problems.push((
                    true,
                    words.text("pass-problem-long", &[("length", length.into())]),
                ));
            }
            if draft.entries > 0 && draft.gates.len() > 1 {
                let first = community
                    .gates
                    .iter()
                    .find(|gate| Some(&gate.no) == draft.gates.first());
                let name = first
                    .map(|gate| clean::line(&gate.name, clean::NAME_MAX))
                    .unwrap_or_default();
                out.hints
                    .push(words.text("pass-hint-two-gates", &[("gate", name.into())]));
            }
        }
        _ => out
            .problems
            .push((true, words.say("pass-problem-community"))),
    }
    if draft.entries > 0 && draft.gates.is_empty() {
        out.problems.push((true, words.say("pass-problem-gate")));
    }
    let plate = plate(&draft.plate);
    if plate.len() > PLATE_MAX_BYTES {
        out.plate = Some(words.say("pass-problem-plate-long"));
    } else if plate.is_empty() {
        out.plate = (draft.kind == PassKind::Vehicle).then(|| words.say("pass-problem-plate"));
    } else if !common_plate(&plate) {
        out.hints.push(words.say("pass-hint-plate"));
    }
    let sound = [&out.label, &out.date, &out.from, &out.until, &out.plate]
        .iter()
        .all(|p| p.is_none());
    out.request = match out.span {
        Some((from, until)) if sound && out.problems.is_empty() => Some(PassRequest {
            label: draft.label.trim().to_owned(),
            kind: draft.kind,
            // A pass may not begin before it is signed (pass.md §1).
            from_s: from.max(now.ms) / 1000,
            until_s: until / 1000,
            entries: draft.entries,
            gates: draft.gates.clone(),
            plate: (!plate.is_empty()).then_some(plate),
            companions: draft.companions.min(COMPANIONS_MAX),
        }),
        _ => None,
    };
    out
}

fn label(words: &Catalogue, label: &str) -> Option<String> {
    let label = label.trim();
    let key = if label.is_empty() {
        "pass-problem-label"
    } else if label.len() > LABEL_MAX_BYTES {
        "pass-problem-label-long"
    } else if clean::line(label, LABEL_MAX_BYTES) != label {
        "pass-problem-label-marks"
    } else {
        return None;
    };
    Some(words.say(key))
}

/// Reads day and times into `span`. An end that is not later than the start lies on the next day.
fn when(words: &Catalogue, now: Now, draft: &PassDraft, out: &mut Checked) {
    let Some(today) = now.civil(now.ms).map(|t| t.date()) else {
        out.problems.push((true, words.say("date-unknown")));
        return;
    };
    let day = match draft.day {
        Day::Today => Some(today),
        Day::Tomorrow => today.tomorrow().ok(),
        Day::Other => date(&draft.date, today),
    };
    if day.is_none() {
        out.date = Some(words.say("pass-problem-date"));
    }
    let (from, until) = (time_of_day(&draft.from), time_of_day(&draft.until));
    if from.is_none() {
        out.from = Some(words.say("pass-problem-from"));
    }
    if until.is_none() {
        out.until = Some(words.say("pass-problem-until"));
    }
    let (Some(day), Some(from), Some(until)) = (day, from, until) else {
        return;
    };
    if from == until {
        out.until = Some(words.say("pass-problem-order"));
        return;
    }
    let midnight = now.moment(day.to_datetime(Time::midnight()));
    let Some(midnight) = midnight else {
        out.date = Some(words.say("pass-problem-date"));
        return;
    };
    let at = |minute: u32| midnight.saturating_add(u64::from(minute) * 60_000);
    let overnight = until < from;
    let (from, until) = (
        at(from),
        at(if overnight { until + DAY_MIN } else { until }),
    );
    if until <= now.ms {
        out.problems.push((true, words.say("pass-problem-past")));
    } else if overnight {
        out.hints.push(words.say("pass-hint-overnight"));
    }
    out.span = Some((from, until));
}

/// A time of day in minutes: `18:00`, `18：30`, `1800`, `18`, `18点30分`, `24:00`.
///
/// ```
/// use linli_view::pass_form::time_of_day;
/// assert_eq!(time_of_day("18：30"), Some(18 * 60 + 30));
/// assert_eq!(time_of_day("9点"), Some(540));
/// assert_eq!(time_of_day("25:00"), None);
/// ```
#[must_use]
pub fn time_of_day(text: &str) -> Option<u32> {
    let text = narrow(text);
    let text = text.trim().trim_end_matches('分');
    let (hour, minute) = match text.split_once([':', '.', '点', '时', 'h']) {
        Some((hour, "")) => (number(hour)?, 0),
        Some((hour, "半")) => (number(hour)?, 30),
        Some((hour, minute)) => (number(hour)?, number(minute)?),
        None if text.len() == 4 && text.is_ascii() => {
            (number(text.get(..2)?)?, number(text.get(2..)?)?)
        }
        None => (number(text)?, 0),
    };
    let all = hour * 60 + minute;
    (hour <= 24 && minute < 60 && all <= DAY_MIN).then_some(all)
}

/// A date: `11-23`, `11/23`, `11月23日`, `2026-11-23`. Without a year it is the next such day.
#[must_use]
pub fn date(text: &str, today: Date) -> Option<Date> {
    let text = narrow(text);
    let parts: Vec<i16> = text
        .trim()
        .split(['-', '/', '.', '年', '月', '日', '号'])
        .filter(|part| !part.trim().is_empty())
        .map(|part| number(part.trim()).and_then(|n| i16::try_from(n).ok()))
        .collect::<Option<_>>()?;
    let day = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    match parts.as_slice() {
        [month, dom] => day(today.year(), *month, *dom)
            .filter(|date| *date >= today)
            .or_else(|| day(today.year().checked_add(1)?, *month, *dom)),
        [year, month, dom] if *year >= 2000 => day(*year, *month, *dom),
        _ => None,
    }
}

/// A plate as the gate compares it: half width, upper case, without spaces and dots.
#[must_use]
pub fn plate(text: &str) -> String {
    narrow(text)
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '·' | '・' | '•' | '-' | '.')
        })
        .flat_map(char::to_uppercase)
        .collect()
}

/// Province character, letter, five or six of letters and digits (or a last 学 警 挂 港 澳 使 领).
fn common_plate(plate: &str) -> bool {
    let all: Vec<char> = plate.chars().collect();
    let [province, city, serial @ ..] = all.as_slice() else {
        return false;
    };
    let last_ok = |c: &char| c.is_ascii_alphanumeric() || "学警挂港澳使领".contains(*c);
    matches!(province, '\u{4e00}'..='\u{9fff}')
        && city.is_ascii_uppercase()
        && (5..=6).contains(&serial.len())
        && serial.split_last().is_some_and(|(last, rest)| {
            last_ok(last) && rest.iter().all(char::is_ascii_alphanumeric)
        })
}

fn number(text: &str) -> Option<u32> {
    (1..=4).contains(&text.len()).then_some(())?;
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// Full-width forms as their half-width twins.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}
