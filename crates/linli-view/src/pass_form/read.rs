//! Reading what was typed into the form, forgivingly, and saying what cannot be read.

use super::week::{self, Week};
use super::{AskPin, COMPANIONS_MAX, DAY_MIN, Day, LABEL_MAX_BYTES, PLATE_MAX_BYTES, PassDraft};
use crate::api::{Hours, PassKind, PassRequest, Passphrase, PrincipalKind, Status};
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
    pub last_day: Option<String>,
    pub host: Option<String>,
    pub group: Option<String>,
    pub pin: Option<String>,
    /// Of each further set of hours: what is wrong with its days, its beginning, its end.
    pub also: Vec<[Option<String>; 3]>,
    /// Recurring hours.
    pub windows: Vec<Hours>,
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
    pin: &str,
) -> Checked {
    let mut out = Checked {
        label: label(words, &draft.label),
        ..Checked::default()
    };
    when(words, now, draft, &mut out);
    let entries = entries(draft);
    if entries.is_none() {
        out.group = Some(words.say("pass-problem-group"));
    }
    let entries = entries.unwrap_or_default();
    if !draft.group.trim().is_empty() && entries > 1 {
        let people = [("n", entries.into())];
        out.hints.push(words.text("pass-hint-group", &people));
    }
    let pin = typed_pin(words, draft, pin, now, &mut out);
    let office = status
        .and_then(|s| s.me.as_ref())
        .is_some_and(|me| me.kind == PrincipalKind::Office);
    let host = host(words, draft, &mut out).filter(|_| office);
    let community = status.and_then(|s| s.community.as_ref());
    match (community, status.and_then(|s| s.me.as_ref())) {
        (Some(community), Some(me)) => {
            if !me.may_grant {
                out.problems.push((true, words.say("pass-problem-right")));
            }
            // As the node sees it: a car, a helper, and whatever recurs.
            let standing = matches!(draft.kind, PassKind::Vehicle | PassKind::Worker);
            let max_s = if standing || !out.windows.is_empty() {
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
            if entries > 0 && draft.gates.len() > 1 {
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
    if entries > 0 && draft.gates.is_empty() {
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
    let fields = [
        &out.label,
        &out.date,
        &out.from,
        &out.until,
        &out.plate,
        &out.last_day,
        &out.host,
        &out.group,
        &out.pin,
    ];
    let sound = fields
        .into_iter()
        .chain(out.also.iter().flatten())
        .all(Option::is_none);
    out.request = match out.span {
        Some((from, until)) if sound && out.problems.is_empty() => Some(PassRequest {
            label: draft.label.trim().to_owned(),
            kind: draft.kind,
            // A pass may not begin before it is signed (pass.md §1).
            from_s: from.max(now.ms) / 1000,
            until_s: until / 1000,
            entries,
            gates: draft.gates.clone(),
            plate: (!plate.is_empty()).then_some(plate),
            companions: draft.companions.min(COMPANIONS_MAX),
            windows: out.windows.clone(),
            pin,
            host,
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

/// From this length of life on a PIN has six digits (pass.md §6).
const SIX_DIGITS_FROM_S: u64 = 12 * 3600;

/// Entries as the draft means them: of a group one each. Nothing if what was typed is no number of people.
pub(super) fn entries(draft: &PassDraft) -> Option<u8> {
    match draft.group.trim() {
        "" => Some(draft.entries),
        group => people(group).filter(|people| *people > 0),
    }
}

/// A number of people that a pass can count.
pub(super) fn people(text: &str) -> Option<u8> {
    let text = narrow(text);
    number(text.trim().trim_end_matches(['人', '个'])).and_then(|n| u8::try_from(n).ok())
}

/// The PIN as the node takes it: what was typed, or an empty one that it draws.
fn typed_pin(
    words: &Catalogue,
    draft: &PassDraft,
    typed: &str,
    now: Now,
    out: &mut Checked,
) -> Option<Passphrase> {
    match draft.pin {
        AskPin::No => return None,
        AskPin::Drawn => return Some(Passphrase(String::new())),
        AskPin::Own => {}
    }
    let typed = zeroize::Zeroizing::new(narrow(typed));
    let digits = typed.trim();
    let life_s = out
        .span
        .map_or(0, |(from, until)| until.saturating_sub(from.max(now.ms)))
        / 1000;
    let problem = if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 4 | 6) {
        "pass-problem-pin"
    } else if digits.len() == 4 && life_s >= SIX_DIGITS_FROM_S {
        "pass-problem-pin-six"
    } else {
        return Some(Passphrase(digits.to_owned()));
    };
    out.pin = Some(words.say(problem));
    None
}

/// The unit an office invites for.
fn host(words: &Catalogue, draft: &PassDraft, out: &mut Checked) -> Option<String> {
    let host = narrow(&draft.host).trim().to_owned();
    if host.is_empty() {
        return None;
    }
    if host.len() > LABEL_MAX_BYTES || clean::line(&host, LABEL_MAX_BYTES) != host {
        out.host = Some(words.say("pass-problem-host"));
    }
    Some(host)
}

/// Reads day and times into `span`, and what recurs into `windows`. An end that is not later than the start lies on the
/// next day, unless a last day is said.
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
    let last = match draft.last_day.trim() {
        "" => None,
        typed => {
            let read = date(typed, today);
            if read.is_none() {
                out.last_day = Some(words.say("pass-problem-date"));
            } else if read < day {
                out.last_day = Some(words.say("pass-problem-last-day"));
            }
            read
        }
    };
    let (from, until) = (time_of_day(&draft.from), time_of_day(&draft.until));
    if from.is_none() {
        out.from = Some(words.say("pass-problem-from"));
    }
    if until.is_none() {
        out.until = Some(words.say("pass-problem-until"));
    }
    if draft.week != 0 || !draft.also.is_empty() {
        let week = Week { today, day, last };
        week::recurs(words, now, draft, week, out);
        return;
    }
    let (Some(day), Some(from), Some(until)) = (day, from, until) else {
        return;
    };
    let until_day = last.unwrap_or(day);
    if until_day == day && (from == until || (last.is_some() && until < from)) {
        out.until = Some(words.say("pass-problem-order"));
        return;
    }
    let midnight = |day: Date| now.moment(day.to_datetime(Time::midnight()));
    let (Some(first), Some(end)) = (midnight(day), midnight(until_day)) else {
        out.date = Some(words.say("pass-problem-date"));
        return;
    };
    let at = |midnight: u64, minute: u32| midnight.saturating_add(u64::from(minute) * 60_000);
    let overnight = last.is_none() && until < from;
    let (from, until) = (
        at(first, from),
        at(end, if overnight { until + DAY_MIN } else { until }),
    );
    if until <= from {
        // The last day lies before the first, which its field says.
        return;
    }
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
