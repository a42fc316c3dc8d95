//! A foreign CAP message as the notice it would become. A clerk looks at it; nothing is published here.

use super::Words;
use crate::cap::{Alert, Info, MsgType, Scope, Severity, Status};
use crate::register::{AreaWord, GridCell};

/// Longest headline and text that a notice takes, in code points (`docs/formats/records.md`).
pub const FOREIGN_TITLE_MAX: usize = 200;
/// Longest text.
pub const FOREIGN_BODY_MAX: usize = 12_000;

/// Longest name of a building, and most buildings of one notice.
const BUILDING_MAX: usize = 40;
const BUILDINGS_MAX: usize = 200;
/// Most places that were not understood that are told.
const UNREAD_MAX: usize = 20;

/// What would be published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Headline.
    pub title: String,
    /// Text, with its source below.
    pub body: String,
    /// Headline in English, where the message has an English part beside another.
    pub title_en: Option<String>,
    /// Text in English.
    pub body_en: Option<String>,
    /// The CAP word.
    pub severity: Severity,
    /// How soon, how sure, what to do, what kind of event: the first of each.
    pub words: Words,
    /// Buildings, and grid cells as `grid:02`, where the message names them as we do.
    pub area: Vec<String>,
    /// What it names as a building or a grid cell and we do not understand, or what is too much: an area without these is
    /// not the area that its author meant, and an empty one would be everybody.
    pub area_unread: Vec<String>,
    /// From when the event or the message holds.
    pub effective_ms: Option<u64>,
    /// Until when.
    pub expires_ms: Option<u64>,
}

/// Why an alert is not to be passed on to people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// It is a test, a draft, or for programs only.
    NotMeant(Status),
    /// It answers another program.
    NotForPeople(MsgType),
    /// It is for named recipients.
    Private,
    /// Its time is over.
    Over,
}

impl Alert {
    /// Why it is not to be passed on at that moment, Unix milliseconds; none: it may be. An end of something is never over.
    #[must_use]
    pub fn unfit(&self, now_ms: u64) -> Option<Unfit> {
        let ends = self.infos.iter().filter_map(|info| info.expires);
        let over = ends
            .map(crate::cap::Stamp::ms)
            .max()
            .is_some_and(|end| end <= now_ms);
        if !matches!(self.status, Status::Actual | Status::Exercise) {
            Some(Unfit::NotMeant(self.status))
        } else if matches!(self.msg_type, MsgType::Ack | MsgType::Error) {
            Some(Unfit::NotForPeople(self.msg_type))
        } else if self.scope == Scope::Private {
            Some(Unfit::Private)
        } else if over && self.msg_type != MsgType::Cancel {
            Some(Unfit::Over)
        } else {
            None
        }
    }

    /// The line below a text that says where it is from. A later message is matched by it.
    #[must_use]
    pub fn source_line(&self) -> String {
        source_line(&self.sender, &self.identifier)
    }

    /// The lines of the messages this one replaces or takes back.
    #[must_use]
    pub fn earlier_lines(&self) -> Vec<String> {
        let line = |r: &crate::cap::Reference| source_line(&r.sender, &r.identifier);
        self.references.iter().map(line).collect()
    }

    /// The notice it would become; none if it has no text at all.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let english = |info: &&Info| language(info).starts_with("en");
        let chinese = |info: &&Info| language(info).starts_with("zh");
        let first = self.infos.iter().find(chinese).or(self.infos.first())?;
        let other = (!english(&first))
            .then(|| self.infos.iter().find(english))
            .flatten();
        let (mut area, mut area_unread) = (Vec::new(), Vec::new());
        let ours = |area: &&crate::cap::Area| {
            let names = area.geocodes.iter().map(|(name, _)| name.as_str());
            names
                .into_iter()
                .any(|name| matches!(name, "building" | "grid"))
        };
        // One part by our words and another by a drawing or other codes: without the other it would be for fewer.
        if first.areas.iter().any(|area| ours(&area)) {
            let others = first.areas.iter().filter(|area| !ours(area));
            let descs = others.take(UNREAD_MAX).map(|area| one_line(&area.desc));
            area_unread
                .extend(descs.map(|desc| desc.chars().take(BUILDING_MAX).collect::<String>()));
        }
        for (name, value) in first.areas.iter().flat_map(|area| &area.geocodes) {
            let value = one_line(value);
            let fits = !value.is_empty() && value.chars().count() <= BUILDING_MAX;
            let word = match name.as_str() {
                "building" => Some(value.clone()).filter(|_| fits),
                // Which places that is the register of whoever publishes knows.
                "grid" => GridCell::read(&value).map(|cell| AreaWord::Cell(cell).to_string()),
                _ => None,
            };
            match word {
                Some(word) if area.contains(&word) => {}
                Some(word) if area.len() < BUILDINGS_MAX => area.push(word),
                _ if !matches!(name.as_str(), "building" | "grid") => {}
                _ if area_unread.len() < UNREAD_MAX => {
                    let said = if value.is_empty() { name } else { &value };
                    area_unread.push(said.chars().take(BUILDING_MAX).collect());
                }
                _ => {}
            }
        }
        Some(Draft {
            title: self.title(first),
            body: self.body(first),
            title_en: other.map(|info| self.title(info)),
            body_en: other.map(|info| self.body(info)),
            severity: first.severity,
            words: Words {
                urgency: Some(first.urgency),
                certainty: Some(first.certainty),
                response: first.responses.first().copied(),
                category: first.categories.first().copied(),
            },
            area,
            area_unread,
            effective_ms: first.onset.or(first.effective).map(crate::cap::Stamp::ms),
            expires_ms: first.expires.map(crate::cap::Stamp::ms),
        })
    }

    fn title(&self, info: &Info) -> String {
        let headline = info.headline.as_deref().map(one_line);
        let fits =
            |text: &String| !text.is_empty() && text.chars().count() <= FOREIGN_TITLE_MAX - 12;
        let title = headline
            .filter(fits)
            .or_else(|| Some(one_line(&info.event)).filter(fits))
            .unwrap_or_else(|| "CAP".to_owned());
        let zh = !language(info).starts_with("en");
        match (self.status, zh) {
            (Status::Exercise, true) => format!("【演练】{title}"),
            (Status::Exercise, false) => format!("[Exercise] {title}"),
            _ if self.msg_type == MsgType::Cancel && zh => format!("【解除】{title}"),
            _ if self.msg_type == MsgType::Cancel => format!("[Ended] {title}"),
            _ => title,
        }
    }

    /// Headline, if it did not fit above; text, what to do, where, whom to ask; and the source.
    fn body(&self, info: &Info) -> String {
        let zh = !language(info).starts_with("en");
        let mut parts: Vec<String> = Vec::new();
        let headline = info.headline.as_deref().map(one_line).unwrap_or_default();
        if !self.title(info).ends_with(&headline) {
            parts.push(headline);
        }
        for text in [&info.description, &info.instruction].into_iter().flatten() {
            parts.push(prose(text));
        }
        let places: Vec<String> = info.areas.iter().map(|area| one_line(&area.desc)).collect();
        let (where_, ask, page) = if zh {
            ("地点：", "联系：", "网页：")
        } else {
            ("Where: ", "Contact: ", "Page: ")
        };
        let comma = if zh { "、" } else { ", " };
        for (head, text) in [
            (where_, Some(places.join(comma))),
            (ask, info.contact.as_deref().map(one_line)),
            (page, info.web.as_deref().map(one_line)),
        ] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                parts.push(format!("{head}{text}"));
            }
        }
        let name = info.sender_name.as_deref().map(one_line);
        let name = name.unwrap_or_else(|| self.sender.clone());
        let sent = self.sent;
        parts.push(if zh {
            format!("转自{name}，{sent} 发出\n{}", self.source_line())
        } else {
            format!("Passed on from {name}, sent {sent}\n{}", self.source_line())
        });
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }
}

fn source_line(sender: &str, identifier: &str) -> String {
    one_line(&format!("CAP {sender},{identifier}"))
}

fn language(info: &Info) -> String {
    let tag = info.language.as_deref().unwrap_or("en-US");
    tag.to_ascii_lowercase()
}

/// On one line, without control characters.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Lines without what stands around them in an indented file.
fn prose(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(one_line).collect();
    lines.join("\n")
}
