//! Drafts in words: the rows of a list, and what is told of keeping them.

use super::{DraftLine, DraftRow, DraftTold, Form, root};
use crate::api::FaultCode;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

/// Makes the rows of one form; of replies those below one post.
#[must_use]
pub fn rows(
    words: &Catalogue,
    now: Now,
    lines: &[DraftLine],
    form: Form,
    about: Option<&str>,
) -> Vec<DraftRow> {
    let fits =
        |line: &&DraftLine| line.form == form && about.is_none_or(|of| root(&line.about) == of);
    let row = |line: &DraftLine| {
        let said = [
            ("title", (&line.title).into()),
            ("files", line.files.into()),
            ("when", dates::at(words, now, line.at_ms).into()),
        ];
        let text = words.text("draft-line", &said);
        let named = |key: &str| {
            let word = words.say(key);
            let name = format!("{word} · {text}");
            (word, name)
        };
        DraftRow {
            mark: line.mark,
            take: named("draft-take"),
            drop: named("draft-drop"),
            text,
        }
    };
    lines.iter().filter(fits).map(row).collect()
}

/// The sentence, by its key.
#[must_use]
pub const fn told(told: DraftTold) -> (&'static str, Tone) {
    match told {
        DraftTold::Unsaved(FaultCode::DiskFull) => ("draft-unsaved", Tone::Alert),
        DraftTold::Unsaved(FaultCode::DraftsMany) => ("draft-unsaved-many", Tone::Alert),
        DraftTold::Unsaved(FaultCode::DraftTooLong) => ("draft-unsaved-long", Tone::Alert),
        DraftTold::Unsaved(_) => ("draft-unsaved-other", Tone::Alert),
        DraftTold::Unlisted => ("draft-unlisted", Tone::Alert),
        DraftTold::SavedAgain => ("draft-saved-again", Tone::Good),
        DraftTold::Twice => ("draft-twice", Tone::Warn),
        DraftTold::Elsewhere => ("draft-elsewhere", Tone::Warn),
    }
}
