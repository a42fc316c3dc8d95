//! One notice in full: what it says, who signed, whether it still holds, what it asks.

use crate::api::{Area, ExportForm, NoticeItem, NoticeText, Stage};
use crate::cap;
use crate::clean;
use crate::dates::{self, Now};
use crate::files::{self, FileLine};
use crate::notice_talk::Talk;
use crate::notices;
use crate::reach::OfficePanel;
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;

/// The page of one notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticePage {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Text, several lines.
    pub body: String,
    /// The same in another language, if the office wrote one.
    pub also: Option<AlsoText>,
    /// Says nothing more about it; set where the window knows what is announced.
    pub mute: Option<crate::bell::Muted>,
    /// Severity, state, what it asks.
    pub badges: Vec<Badge>,
    /// A sentence that must be read before the text: not valid, retracted, corrected.
    pub warning: Option<Warning>,
    /// Photos and documents.
    pub files: Vec<FileLine>,
    /// Who signed, when, for whom, how long.
    pub facts: Vec<String>,
    /// The notice this one corrects or is corrected by.
    pub links: Vec<Link>,
    /// What it asks of this household.
    pub confirm: Confirm,
    /// Struck out: retracted or not valid.
    pub struck: bool,
    /// What its own office sees and does.
    pub office: Option<OfficePanel>,
    /// How it is given to people without Linli: form, word, accessible name; none of one that is not valid.
    pub give: Option<Give>,
    /// What is said below it.
    pub talk: Option<Talk>,
}

/// How a notice leaves the house.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Give {
    /// Heading.
    pub title: String,
    /// Form, word, accessible name.
    pub forms: Vec<(ExportForm, String, String)>,
}

/// The text in a second language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlsoText {
    /// What it is.
    pub label: String,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
}

/// A sentence in a coloured frame above the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The sentence.
    pub text: String,
    /// Its tone.
    pub tone: Tone,
}

/// A way to another notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The sentence before the button; empty if the warning above has said it.
    pub text: String,
    /// The button.
    pub button: String,
    /// Where it leads.
    pub id: String,
}

/// What the notice asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Confirm {
    /// Nothing.
    Nothing,
    /// A confirmation: a button and why.
    Asked {
        /// The word on the button.
        button: String,
        /// Its accessible name.
        name: String,
        /// What confirming means.
        why: String,
    },
    /// It was given.
    Given {
        /// When.
        text: String,
        /// How far it has got.
        delivery: String,
        /// Who is known to hold it; may be empty.
        heard_by: String,
    },
}

/// Makes the page of the notice with this id, if it is here.
#[must_use]
pub fn page(words: &Catalogue, now: Now, items: &[NoticeItem], id: &str) -> Option<NoticePage> {
    let item = items.iter().find(|item| item.id == id)?;
    Some(of(words, now, item, items))
}

/// The page of a notice among others.
pub(crate) fn of(
    words: &Catalogue,
    now: Now,
    item: &NoticeItem,
    items: &[NoticeItem],
) -> NoticePage {
    let text = notices::in_language(item, words.lang());
    NoticePage {
        id: item.id.clone(),
        title: notices::headline(words, text),
        body: clean::text(&text.body, clean::BODY_MAX),
        also: std::iter::once(&item.text)
            .chain(&item.also)
            .find(|other| *other != text)
            .map(|other| also(words, other)),
        badges: notices::badges(words, now, item),
        warning: warning(words, now, item),
        files: files::lines(words, &item.files),
        facts: facts(words, now, item),
        links: links(words, item, items),
        confirm: confirm(words, now, item),
        struck: item.retracted.is_some() || !item.valid,
        office: None,
        give: item.valid.then(|| give(words)),
        talk: None,
        mute: None,
    }
}

fn give(words: &Catalogue) -> Give {
    let form = |form, word: &str, name: &str| (form, words.say(word), words.say(name));
    Give {
        title: words.say("give-title"),
        forms: vec![
            form(ExportForm::Paper, "give-paper", "give-paper-name"),
            form(ExportForm::Chat, "give-chat", "give-chat"),
            form(ExportForm::Signed, "give-signed", "give-signed-name"),
            form(ExportForm::Cap, "give-cap", "give-cap-name"),
            form(ExportForm::Atom, "give-atom", "give-atom-name"),
        ],
    }
}

fn also(words: &Catalogue, text: &NoticeText) -> AlsoText {
    AlsoText {
        label: words.say("notice-also"),
        title: notices::headline(words, text),
        body: clean::text(&text.body, clean::BODY_MAX),
    }
}

fn org(item: &NoticeItem) -> String {
    clean::line(&item.org_name, clean::NAME_MAX)
}

fn warning(words: &Catalogue, now: Now, item: &NoticeItem) -> Option<Warning> {
    if !item.valid {
        let args = [
            (
                "device",
                clean::line(&item.signed_by, clean::NAME_MAX).into(),
            ),
            ("org", org(item).into()),
        ];
        return Some(Warning {
            text: words.text("notice-invalid", &args),
            tone: Tone::Danger,
        });
    }
    if let Some(retraction) = &item.retracted {
        let by = clean::line(&retraction.by, clean::NAME_MAX);
        let when = dates::at(words, now, retraction.at_ms);
        let mut text = words.text(
            "notice-retracted",
            &[("by", by.into()), ("when", when.into())],
        );
        let reason = clean::line(&retraction.reason, 300);
        if !reason.is_empty() {
            text = format!(
                "{text}\n{}",
                words.text("notice-retracted-reason", &[("reason", reason.into())])
            );
        }
        return Some(Warning {
            text,
            tone: Tone::Warn,
        });
    }
    item.corrected_by.as_ref().map(|_| Warning {
        text: words.say("notice-corrected"),
        tone: Tone::Warn,
    })
}

fn facts(words: &Catalogue, now: Now, item: &NoticeItem) -> Vec<String> {
    let mut facts = Vec::new();
    if item.valid {
        let device = clean::line(&item.signed_by, clean::NAME_MAX);
        facts.push(words.text(
            "notice-signed",
            &[("org", org(item).into()), ("device", device.into())],
        ));
    }
    facts.push(words.text(
        "notice-published",
        &[
            ("published", dates::at(words, now, item.published_ms).into()),
            ("heard", dates::at(words, now, item.heard_ms).into()),
        ],
    ));
    let at = |ms: u64| dates::at(words, now, ms);
    match (item.effective_ms, item.expires_ms) {
        (Some(from), Some(until)) if from < until => {
            facts.push(words.text(
                "notice-effective",
                &[("span", dates::span(words, now, from, until).into())],
            ));
        }
        (_, Some(until)) => {
            facts.push(words.text("notice-effective-until", &[("until", at(until).into())]))
        }
        (Some(from), None) => {
            facts.push(words.text("notice-effective-from", &[("from", at(from).into())]))
        }
        (None, None) => {}
    }
    facts.push(area(words, &item.area, &item.cells));
    if notices::current(item, now) {
        // What nobody is to do any more is not said again.
        facts.extend(cap::lines(words, &item.cap));
    }
    facts
}

/// Whom a notice is for, in words. A building written as a bare number gets its 号楼.
#[must_use]
pub fn area(words: &Catalogue, area: &Area, cells: &[String]) -> String {
    match area {
        Area::All => words.say("notice-area-all"),
        Area::Buildings(names) => {
            let names: Vec<String> = names
                .iter()
                .map(|name| {
                    let name = clean::line(name, clean::NAME_MAX);
                    if name.chars().all(|c| c.is_ascii_digit()) {
                        words.text("notice-building", &[("name", name.into())])
                    } else {
                        crate::compose::places::said(words, &name)
                    }
                })
                .collect();
            let joined = clean::line(&names.join(&words.say("notice-list-comma")), 300);
            let buildings = ("buildings", joined.into());
            if cells.is_empty() {
                return words.text("notice-area-buildings", &[buildings]);
            }
            let cells = cells.join(&words.say("notice-list-comma"));
            let cells = ("cells", clean::line(&cells, 300).into());
            words.text("notice-area-cells", &[buildings, cells])
        }
    }
}

fn links(words: &Catalogue, item: &NoticeItem, items: &[NoticeItem]) -> Vec<Link> {
    let here = |id: &Option<String>| {
        id.as_ref()
            .filter(|id| items.iter().any(|other| other.id == **id))
            .cloned()
    };
    let link = |id: String, text: String, button: &str| Link {
        text,
        button: words.say(button),
        id,
    };
    here(&item.corrected_by)
        .map(|id| link(id, String::new(), "notice-corrected-open"))
        .into_iter()
        .chain(
            here(&item.corrects)
                .map(|id| link(id, words.say("notice-corrects"), "notice-corrects-open")),
        )
        .collect()
}

fn confirm(words: &Catalogue, now: Now, item: &NoticeItem) -> Confirm {
    if let Some(at) = item.confirmed_by_me_ms {
        let org = org(item);
        let delivery = match item.delivery.stage {
            Stage::Here => words.say("notice-delivery-here"),
            Stage::Elsewhere => words.text(
                "notice-delivery-elsewhere",
                &[
                    ("n", item.delivery.heard_by.len().max(1).into()),
                    ("org", org.into()),
                ],
            ),
            Stage::Arrived => words.text("notice-delivery-arrived", &[("org", org.into())]),
            Stage::Read => words.text("notice-delivery-read", &[("org", org.into())]),
        };
        let names: Vec<String> = item
            .delivery
            .heard_by
            .iter()
            .map(|by| clean::line(&by.name, clean::NAME_MAX))
            .collect();
        let names = clean::line(&names.join(&words.say("notice-list-comma")), 200);
        Confirm::Given {
            text: words.text(
                "notice-confirmed",
                &[("when", dates::at(words, now, at).into())],
            ),
            delivery,
            heard_by: if names.is_empty() {
                String::new()
            } else {
                words.text("notice-heard-by", &[("names", names.into())])
            },
        }
    } else if notices::needs_me(item, now) {
        let title = notices::headline(words, notices::in_language(item, words.lang()));
        Confirm::Asked {
            button: words.say("notice-confirm"),
            name: words.text("notice-confirm-name", &[("title", title.into())]),
            why: words.say("notice-confirm-why"),
        }
    } else {
        Confirm::Nothing
    }
}

#[cfg(test)]
mod tests;
