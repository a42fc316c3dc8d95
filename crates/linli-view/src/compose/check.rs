//! Reading what was written, and what a clerk should look at again before signing it.

use super::{BODY_CHARS, ComposeDraft, TITLE_CHARS, TITLE_GOOD, until_words};
use crate::api::{NoticeRequest, Severity};
use crate::dates::Now;
use crate::pass_form::{date, time_of_day};
use crate::tone::Tone;
use crate::typed;
use crate::words::Catalogue;
use jiff::civil::{Date, Time};

/// Digits of a mobile number, and of an identity number (GB 11643).
const PHONE_DIGITS: usize = 11;
const ID_DIGITS: usize = 18;
const MINUTE_MS: u64 = 60_000;
/// How far ahead a notice may wait, as the node has it: a year and a day.
const AHEAD_MS: u64 = 366 * 86_400_000;

/// What a draft comes to.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub title: Option<String>,
    pub body: Option<String>,
    pub english: Option<String>,
    pub from: Option<String>,
    pub from_ms: Option<u64>,
    pub until: Option<String>,
    pub area: Option<String>,
    pub until_ms: Option<u64>,
    pub at: Option<String>,
    pub at_ms: Option<u64>,
    pub request: Option<NoticeRequest>,
}

impl Read {
    /// From when and until when it holds.
    pub(super) const fn holds(&self) -> (Option<u64>, Option<u64>) {
        (self.from_ms, self.until_ms)
    }
}

pub(super) fn read(words: &Catalogue, now: Now, draft: &ComposeDraft) -> Read {
    let unfit = |text: &str, max: usize| typed::problem(words, text, max);
    let said = |key: &str| Some(words.say(key));
    let (title, body) = (draft.title.trim(), draft.body.trim());
    let (title_en, body_en) = (draft.title_en.trim(), draft.body_en.trim());
    let mut read = Read {
        title: if title.is_empty() {
            said("compose-problem-title")
        } else {
            unfit(&draft.title, TITLE_CHARS).or_else(|| blank(words, &[title]))
        },
        body: if body.is_empty() {
            said("compose-problem-body")
        } else {
            unfit(&draft.body, BODY_CHARS).or_else(|| blank(words, &[body]))
        },
        english: match (title_en.is_empty(), body_en.is_empty()) {
            (true, true) => None,
            (false, false) => unfit(&draft.title_en, TITLE_CHARS)
                .or_else(|| unfit(&draft.body_en, BODY_CHARS))
                .or_else(|| blank(words, &[title_en, body_en])),
            _ => said("compose-problem-english"),
        },
        ..Read::default()
    };
    if let Some(odd) = areas(&draft.area).iter().find(|area| !is_area(area)) {
        let odd = crate::clean::line(odd, crate::clean::NAME_MAX);
        read.area = Some(words.text("compose-problem-area", &[("area", odd.into())]));
    }
    let until = draft.until.trim();
    if !until.is_empty() {
        read.until_ms = moment(now, until);
        read.until = match read.until_ms {
            None => said("compose-problem-until"),
            Some(ms) if ms <= now.ms => said("compose-problem-until-past"),
            Some(_) => None,
        };
    }
    let from = draft.from.trim();
    if !from.is_empty() {
        read.from_ms = moment(now, from);
        read.from = match (read.from_ms, read.until_ms) {
            (None, _) => said("compose-problem-until"),
            (Some(ms), Some(end)) if end <= ms => said("compose-problem-from-over"),
            // What a correction takes over may have begun.
            (Some(ms), _) if ms <= now.ms && draft.corrects.is_none() => {
                said("compose-problem-from-past")
            }
            _ => None,
        };
    }
    let at = draft.at.trim();
    if !at.is_empty() {
        read.at_ms = moment(now, at);
        read.at = match (read.at_ms, read.until_ms) {
            (None, _) => said("compose-problem-until"),
            (Some(ms), _) if ms <= now.ms => said("compose-problem-until-past"),
            (Some(ms), _) if ms > now.ms.saturating_add(AHEAD_MS) => said("compose-problem-at-far"),
            (Some(ms), Some(end)) if end <= ms => said("compose-problem-at-over"),
            _ => None,
        };
    }
    let problems = [
        &read.at,
        &read.title,
        &read.body,
        &read.english,
        &read.from,
        &read.until,
        &read.area,
    ];
    if problems.iter().all(|p| p.is_none()) {
        let english = !title_en.is_empty();
        read.request = Some(NoticeRequest {
            title: title.to_owned(),
            body: body.to_owned(),
            english: english.then(|| (title_en.to_owned(), body_en.to_owned())),
            severity: draft.severity,
            cap: draft.severity.map(|_| draft.cap).unwrap_or_default(),
            area: areas(&draft.area),
            effective_ms: read.from_ms,
            expires_ms: read.until_ms,
            confirm: draft.confirm,
            comments_closed: draft.comments_closed,
            corrects: draft.corrects.clone(),
        });
    }
    read
}

/// What a template left open.
fn blank(words: &Catalogue, texts: &[&str]) -> Option<String> {
    let left = crate::templates::left(texts.iter().copied())?;
    Some(words.text("compose-problem-blank", &[("blank", left.into())]))
}

/// A building (3, 3号楼, A座), a stair (3-2, 3号楼2单元), a unit (3-2-501) or a grid cell (网格02, grid:02): the node reads it
/// again.
pub(super) fn is_area(text: &str) -> bool {
    let small = text.to_lowercase();
    if small.contains("网格") || small.starts_with("grid:") || small.starts_with("grid：") {
        let name = small.replace("网格", "").replace(['第', ':', '：'], "");
        let name = name.trim_start_matches("grid");
        return !name.is_empty() && name.chars().all(char::is_alphanumeric);
    }
    let parts = text.split('-').count();
    let stair_alone = text.ends_with("单元") && !text.contains(['楼', '幢', '栋', '座', '#', '号']);
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '#');
    (1..=3).contains(&parts)
        && text.split('-').all(|part| !part.is_empty())
        && text.chars().all(sound)
        && !stair_alone
}

/// Parts of the estate, however they are set apart.
pub(super) fn areas(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    let parts = text.split(apart).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// `18:00` (today, or tomorrow where that is past), `11-23`, `11月23日 18:00`.
fn moment(now: Now, text: &str) -> Option<u64> {
    let today = now.civil(now.ms)?.date();
    let at = |day: Date, minute: u32| {
        let start = now.moment(day.to_datetime(Time::midnight()))?;
        Some(start + u64::from(minute) * MINUTE_MS)
    };
    if let Some(minute) = time_of_day(text) {
        let ms = at(today, minute)?;
        return if ms > now.ms {
            Some(ms)
        } else {
            at(today.tomorrow().ok()?, minute)
        };
    }
    if let Some(day) = date(text, today) {
        return at(day.tomorrow().ok()?, 0);
    }
    let (day, time) = text.rsplit_once(char::is_whitespace)?;
    at(date(day, today)?, time_of_day(time)?)
}

pub(super) fn facts(
    words: &Catalogue,
    now: Now,
    office: &str,
    draft: &ComposeDraft,
    read: &Read,
) -> Vec<String> {
    let areas = areas(&draft.area);
    let seen = if areas.is_empty() {
        words.say("compose-fact-all")
    } else {
        let names: Vec<String> = areas
            .iter()
            .map(|one| super::places::said(words, one))
            .collect();
        let list = names.join(&words.say("notice-list-comma"));
        words.text("compose-fact-area", &[("area", list.into())])
    };
    let mut facts = vec![
        words.text("compose-fact-signed", &[("office", office.into())]),
        seen,
        until_words(words, now, read.until_ms),
        words.say(if draft.confirm {
            "compose-fact-confirm"
        } else {
            "compose-fact-plain"
        }),
    ];
    if let Some(ms) = read.from_ms {
        let when = [("when", crate::dates::at(words, now, ms).into())];
        // Before its end.
        facts.insert(2, words.text("compose-fact-from", &when));
    }
    if draft.comments_closed {
        facts.push(words.say("compose-fact-comments-closed"));
    }
    if let Some(ms) = read.at_ms {
        let when = [("when", crate::dates::at(words, now, ms).into())];
        facts.insert(0, words.text("compose-fact-at", &when));
    }
    if draft.severity.is_some() {
        facts.extend(crate::cap::lines(words, &draft.cap));
    }
    facts
}

/// What is worth a second look. Red is what should hardly ever be published.
pub(super) fn points(
    words: &Catalogue,
    draft: &ComposeDraft,
    until_ms: Option<u64>,
) -> Vec<(Tone, String)> {
    let mut out = Vec::new();
    let all = [&draft.title, &draft.body, &draft.title_en, &draft.body_en];
    let runs: Vec<String> = all.iter().flat_map(|text| runs_of_digits(text)).collect();
    if runs.iter().any(|run| run.len() == ID_DIGITS) {
        out.push((Tone::Danger, words.say("compose-point-id")));
    }
    let phones: Vec<&str> = runs
        .iter()
        .map(String::as_str)
        .filter(|run| run.len() == PHONE_DIGITS && run.starts_with('1'))
        .collect();
    if !phones.is_empty() {
        let list = phones.join(&words.say("notice-list-comma"));
        out.push((
            Tone::Warn,
            words.text("compose-point-phone", &[("list", list.into())]),
        ));
    }
    if draft.title.trim().chars().count() > TITLE_GOOD {
        out.push((Tone::Info, words.say("compose-point-title")));
    }
    let urgent = matches!(draft.severity, Some(Severity::Severe | Severity::Extreme));
    if urgent && until_ms.is_none() {
        out.push((Tone::Warn, words.say("compose-point-open")));
    }
    if urgent && !draft.confirm {
        out.push((Tone::Info, words.say("compose-point-confirm")));
    }
    if all.iter().any(|text| text.chars().any(turns)) {
        out.push((Tone::Warn, words.say("compose-point-marks")));
    }
    out
}

/// Marks that hide or turn text.
const fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Numbers as people write them: `139 0000 0023` and `139-0000-0023` are one. The last sign of an identity number may
/// be an X.
fn runs_of_digits(text: &str) -> Vec<String> {
    let (mut out, mut run, mut gap) = (Vec::new(), String::new(), false);
    for c in text.chars().chain([' ', ' ']) {
        let digit = match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
            'x' | 'X' if run.len() == ID_DIGITS - 1 => Some('X'),
            _ => None,
        };
        match digit {
            Some(digit) => {
                run.push(digit);
                gap = false;
            }
            None if matches!(c, ' ' | '-') && !gap && !run.is_empty() => gap = true,
            None => {
                if run.len() >= PHONE_DIGITS {
                    out.push(std::mem::take(&mut run));
                }
                run.clear();
                gap = false;
            }
        }
    }
    out
}
