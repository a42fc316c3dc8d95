//! Files that an office reads in: a list of residents, an alert of an authority. Read on the album's thread: ten thousand rows
//! take a moment, and a stick may not answer.

use linli_exchange::cap::{self, Alert, BYTES_MAX, MsgType, Status};
use linli_exchange::notice::{FOREIGN_BODY_MAX, Unfit as Refused};
use linli_exchange::register::{self, MAX_FILE_BYTES};
use linli_view::alert::{AlertKind, AlertRead, Unfit};
use linli_view::api::{CapWords, ReadTable};
use linli_view::dates::Now;
use linli_view::register::Unread;
use linli_view::words::{Catalogue, Lang};
use serde_json::{Value, from_value};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What a file is called, as far as people can read it.
#[must_use]
pub fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, Unread> {
    let missing = |_| Unread::Missing;
    let file = File::open(path).map_err(missing)?;
    // Opening a pipe or a device would wait for somebody who writes.
    if !file.metadata().map_err(missing)?.is_file() {
        return Err(Unread::Missing);
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bounded = file.take(limit.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(missing)?;
    if bytes.len() > most {
        return Err(Unread::TooLarge {
            most_mb: limit >> 20,
        });
    }
    Ok(bytes)
}

/// Reads and cleans a list of residents; dates of birth are judged by `now`.
///
/// # Errors
/// Why it cannot be read, for the person who chose it.
pub fn table(path: &Path, now: Now) -> Result<ReadTable, Unread> {
    let bytes = bytes(path, MAX_FILE_BYTES)?;
    let sheet = register::read(&bytes, &name(path), &mut |_, _| {}).map_err(|error| {
        let said = |lang| error.sentence(lang);
        Unread::Said(said(register::Lang::ZhCn), said(register::Lang::En))
    })?;
    let today = now.civil(now.ms).ok_or(Unread::Missing)?.date();
    let cleaned = register::clean(&sheet, today);
    let json = serde_json::to_string(&cleaned).map_err(|_| Unread::Missing)?;
    Ok(json.into())
}

/// Reads an alert.
///
/// # Errors
/// Why it cannot be read, for the person who chose it.
pub fn alert(path: &Path, now: Now) -> Result<AlertRead, Unread> {
    alert_of(&bytes(path, BYTES_MAX)?, &name(path), now)
}

/// Reads an alert from its bytes.
///
/// # Errors
/// Why it cannot be read.
pub fn alert_of(bytes: &[u8], file: &str, now: Now) -> Result<AlertRead, Unread> {
    let alert = Alert::read(bytes).map_err(|error| Unread::Said(error.zh(), error.en()))?;
    let Some(draft) = alert.draft() else {
        let said = |lang| Catalogue::of(lang).say("alert-no-text");
        return Err(Unread::Said(said(Lang::ZhCn), said(Lang::En)));
    };
    let long = |body: &String| body.chars().count() > FOREIGN_BODY_MAX;
    let unfit = alert.unfit(now.ms).map(|why| match why {
        Refused::NotMeant(_) => Unfit::NotMeant,
        Refused::NotForPeople(_) => Unfit::NotForPeople,
        Refused::Private => Unfit::Private,
        Refused::Over => Unfit::Over,
    });
    let too_long = long(&draft.body) || draft.body_en.as_ref().is_some_and(long);
    let named = alert.infos.iter().find_map(|info| info.sender_name.clone());
    let first = alert.infos.first();
    let places = first.into_iter().flat_map(|info| &info.areas);
    let restricted = alert.scope == cap::Scope::Restricted;
    let words = &draft.words;
    Ok(AlertRead {
        file: file.to_owned(),
        sender: named.unwrap_or_else(|| alert.sender.clone()),
        sent_ms: alert.sent.ms(),
        kind: match alert.msg_type {
            MsgType::Update => AlertKind::Update,
            MsgType::Cancel => AlertKind::Cancel,
            _ => AlertKind::New,
        },
        exercise: alert.status == Status::Exercise,
        unfit: unfit.or(too_long.then_some(Unfit::TooLong)),
        only_for: alert.restriction.clone().filter(|_| restricted),
        source: alert.source_line(),
        earlier: alert.earlier_lines(),
        places: places.map(|area| area.desc.clone()).collect(),
        severity: from_value(word(draft.severity.word())).ok(),
        cap: CapWords {
            urgency: words
                .urgency
                .and_then(|one| from_value(word(one.word())).ok()),
            certainty: words
                .certainty
                .and_then(|one| from_value(word(one.word())).ok()),
            response: words
                .response
                .and_then(|one| from_value(word(one.word())).ok()),
            category: words
                .category
                .and_then(|one| from_value(word(one.word())).ok()),
        },
        title: draft.title,
        body: draft.body,
        english: draft.title_en.zip(draft.body_en),
        area: draft.area,
        area_unread: draft.area_unread,
        effective_ms: draft.effective_ms,
        expires_ms: draft.expires_ms,
    })
}

/// A word of CAP, to be read as the views have it.
fn word(word: &str) -> Value {
    Value::String(word.to_owned())
}
