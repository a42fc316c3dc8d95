//! What stands on the printed card of a pass, as the command line prints it. Never a PIN.

use crate::api::{PassIssued, Status};
use crate::clean;
use crate::dates::{self, Now};
use crate::pass_form;
use crate::words::Catalogue;

/// The card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// The estate.
    pub estate: String,
    /// What it is.
    pub title: String,
    /// Whom the guard sees.
    pub label: String,
    /// Name and value, in order.
    pub rows: Vec<(String, String)>,
    /// What to do with it.
    pub hint: String,
    /// Proposed file name.
    pub file_name: String,
}

/// Makes it.
#[must_use]
pub fn paper(words: &Catalogue, now: Now, status: Option<&Status>, issued: &PassIssued) -> Paper {
    let pass = &issued.pass;
    let short = |text: &str| clean::line(text, clean::NAME_MAX);
    let ms = |s: u64| s.saturating_mul(1000);
    let code = pass.short_code.split_at_checked(4);
    let code = code.map_or_else(
        || short(&pass.short_code),
        |(a, b)| format!("{}-{}", short(a), short(b)),
    );
    let unit = status
        .and_then(|s| s.me.as_ref())
        .and_then(|me| me.unit.as_deref());
    let gates: Vec<String> = pass.gates.iter().map(|gate| short(&gate.name)).collect();
    let mut entries = if pass.entries == 0 {
        words.say("pass-entries-hint")
    } else {
        words.text("pass-entries-n", &[("n", pass.entries.into())])
    };
    if pass.companions > 0 {
        let more = [("n", pass.companions.into())];
        entries = format!("{entries}  {}", words.text("pass-companions-n", &more));
    }
    let rows = [
        (
            "card-valid",
            dates::span_dated(words, now, ms(pass.from_s), ms(pass.until_s)),
        ),
        ("card-hours", pass_form::hours(words, &pass.windows)),
        (
            "card-to",
            pass.host.as_deref().or(unit).map(short).unwrap_or_default(),
        ),
        ("pass-code", code),
        (
            "pass-gates",
            if pass.names_gates {
                gates.join(" ")
            } else {
                String::new()
            },
        ),
        ("pass-entries", entries),
        (
            "pass-plate",
            pass.plate.as_deref().map(short).unwrap_or_default(),
        ),
        (
            "pass-pin",
            if pass.pin {
                words.say("pass-pin-asked")
            } else {
                String::new()
            },
        ),
    ];
    let label = short(&pass.label);
    let community = status.and_then(|s| s.community.as_ref());
    Paper {
        estate: community.map(|c| short(&c.name)).unwrap_or_default(),
        title: words.say("card-title"),
        rows: rows
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| (words.say(key), value))
            .collect(),
        hint: words.say("card-hint"),
        file_name: words.text(
            "card-file",
            &[("label", crate::pass_card::file_stem(&label).into())],
        ),
        label,
    }
}
