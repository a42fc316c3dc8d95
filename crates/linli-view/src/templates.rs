//! Texts that an office needs again and again: some come with the program (`templates.json`), some it keeps itself.
//!
//! What has to be filled in stands between full-width braces, `｛时间｝`: no notice has those by itself, and none goes out
//! while one is left.

use crate::api::{CapWords, Severity, TemplateItem};
use crate::clean;
use crate::compose::ComposeDraft;
use crate::words::{Catalogue, Lang};
use serde::Deserialize;

/// Longest name of an office's own template, in characters.
pub const NAME_CHARS: usize = 40;
const OPEN: char = '｛';
const CLOSE: char = '｝';

/// One that comes with the program.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Shipped {
    /// Its id, such as `power-cut`.
    pub id: String,
    zh: Text,
    en: Text,
    /// The CAP word.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    pub cap: CapWords,
    /// Whether households are asked to confirm.
    pub confirm: bool,
}

/// A template in one language.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Text {
    /// Its name.
    pub name: String,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
}

impl Shipped {
    /// Its text in a language.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &Text {
        match lang {
            Lang::ZhCn => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Those that come with the program.
#[must_use]
pub fn shipped() -> Vec<Shipped> {
    // A test reads the file; should it ever be broken, there are none.
    serde_json::from_str(include_str!("templates.json")).unwrap_or_default()
}

/// What has to be filled in, in order, each once.
#[must_use]
pub fn blanks(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(OPEN) {
        let Some((name, later)) = after.split_once(CLOSE) else {
            break;
        };
        if !name.trim().is_empty() && !out.iter().any(|one| one == name) {
            out.push(name.to_owned());
        }
        rest = later;
    }
    out
}

/// The first that is left in any of these texts, with its braces.
#[must_use]
pub fn left<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let first = texts
        .into_iter()
        .find_map(|text| blanks(text).into_iter().next());
    first.map(|name| format!("{OPEN}{}{CLOSE}", clean::line(&name, clean::NAME_MAX)))
}

/// Fills one in, wherever it stands.
#[must_use]
pub fn fill(text: &str, name: &str, with: &str) -> String {
    text.replace(&format!("{OPEN}{name}{CLOSE}"), with)
}

/// A template on the page where one writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What a screen reader says.
    pub full: String,
    /// An own one: the button that forgets it, and its accessible name.
    pub forget: Option<(String, String)>,
}

/// Those there are: the office's own first.
#[must_use]
pub fn choices(words: &Catalogue, own: &[TemplateItem]) -> Vec<Choice> {
    let full = |name: &str| words.text("template-use-name", &[("name", name.into())]);
    let own = own.iter().map(|one| {
        let name = clean::line(&one.name, NAME_CHARS);
        let forget = words.text("template-forget-name", &[("name", (&name).into())]);
        Choice {
            id: one.id.clone(),
            full: full(&name),
            forget: Some((words.say("template-forget"), forget)),
            name,
        }
    });
    let shipped = shipped().into_iter().map(|one| {
        let name = one.text(words.lang()).name.clone();
        Choice {
            full: full(&name),
            id: one.id,
            name,
            forget: None,
        }
    });
    own.chain(shipped).collect()
}

/// The draft that begins with a template; none if there is none of that id.
#[must_use]
pub fn draft(lang: Lang, own: &[TemplateItem], id: &str) -> Option<ComposeDraft> {
    if let Some(one) = own.iter().find(|one| one.id == id) {
        let (title_en, body_en) = one.english.clone().unwrap_or_default();
        return Some(ComposeDraft {
            title: one.title.clone(),
            body: one.body.clone(),
            title_en,
            body_en,
            severity: one.severity,
            cap: one.cap,
            area: one.area.join(" "),
            confirm: one.confirm,
            comments_closed: one.comments_closed,
            ..ComposeDraft::default()
        });
    }
    let one = shipped().into_iter().find(|one| one.id == id)?;
    let text = one.text(lang);
    Some(ComposeDraft {
        title: text.title.clone(),
        body: text.body.clone(),
        severity: one.severity,
        cap: one.cap,
        confirm: one.confirm,
        ..ComposeDraft::default()
    })
}

#[cfg(test)]
mod tests;
