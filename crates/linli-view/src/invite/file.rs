//! An invitation as a file to carry or send: what to do, and the line. Its name says nothing about anybody.

use super::who;
use crate::api::InviteItem;
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::words::Catalogue;

/// The file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileText {
    /// Its name.
    pub name: String,
    /// What is in it, UTF-8. The line stands alone, so that it is copied whole.
    pub text: String,
}

/// Makes it; none once somebody has come.
#[must_use]
pub fn file(words: &Catalogue, now: Now, model: &Model, one: &InviteItem) -> Option<FileText> {
    let line = one.line.as_ref()?;
    let community = model.status.as_ref()?.community.as_ref()?;
    let args = [
        (
            "community",
            clean::line(&community.name, clean::NAME_MAX).into(),
        ),
        ("who", who(words, &one.role, one.unit.as_deref()).into()),
        ("until", dates::at(words, now, one.until_ms).into()),
    ];
    // Notepad of old Windows wants both.
    let text = format!(
        "{}\n\n{}\n\n{}\n",
        words.text("invite-file-head", &args),
        line.0,
        words.say("invite-file-how"),
    );
    Some(FileText {
        name: format!("{}.txt", words.say("invite-file-name")),
        text: text.replace('\n', "\r\n"),
    })
}
