//! Notices as an Atom feed (RFC 4287): one file that any reader, screen or web page takes in.

use super::{Kept, Notice, Tongue, Words, uuid_of};
use crate::cap::Stamp;
use crate::xml::Xml;
use std::fmt::Write;

const ATOM: &str = "http://www.w3.org/2005/Atom";
/// The name space of CAP 1.2: warning services put its words into the entries of their feeds under it.
const CAP: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// A feed of notices, in the order in which they are to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// The estate's name.
    pub estate: String,
    /// The community's whole id, as bytes: the feed keeps its id as long as the community lives.
    pub community: Vec<u8>,
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// When the file is made; the feed says the newest of this and its notices only where it has none.
    pub made_ms: u64,
    /// The notices.
    pub entries: Vec<FeedEntry>,
}

/// A notice of a feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedEntry {
    /// The bytes of its id.
    pub id: Vec<u8>,
    /// The notice.
    pub notice: Notice,
    /// What its words of CAP say, in plain Chinese, a line each: for people who read the feed.
    pub plain: Vec<String>,
    /// The same in English; said where the office wrote the notice in English, too.
    pub plain_en: Vec<String>,
}

impl Feed {
    /// The feed as a whole file in UTF-8.
    #[must_use]
    pub fn xml(&self) -> String {
        let stamp = |ms| Stamp::of_ms(ms, self.offset_min).to_string();
        let newest = self.entries.iter().map(|e| e.notice.sent_ms).max();
        let mut out = Xml::new();
        let mut names = vec![("xmlns", ATOM), ("xml:lang", "zh-CN")];
        if self.entries.iter().any(|e| warns(&e.notice)) {
            names.push(("xmlns:cap", CAP));
        }
        out.open_with("feed", &names);
        out.leaf("id", &uuid_of(Kept::Feed, &self.community));
        out.leaf("title", &self.estate);
        out.leaf("updated", &stamp(newest.unwrap_or(self.made_ms)));
        out.open("author");
        out.leaf("name", &self.estate);
        out.close("author");
        out.leaf("generator", "Linli");
        for entry in &self.entries {
            let notice = &entry.notice;
            out.open("entry");
            out.leaf("id", &uuid_of(Kept::Notice, &entry.id));
            out.leaf("title", &notice.title);
            out.leaf("published", &stamp(notice.sent_ms));
            // A notice never changes: its correction is another one.
            out.leaf("updated", &stamp(notice.sent_ms));
            out.open("author");
            out.leaf("name", &format!("{} {}", notice.estate, notice.office));
            out.close("author");
            if let Some(severity) = notice.severity {
                out.empty("category", &[("term", severity.word())]);
            }
            if warns(notice) {
                for (name, word) in cap(notice) {
                    out.leaf(name, &word);
                }
            }
            out.leaf_with("content", &[("type", "text")], &content(entry));
            out.close("entry");
        }
        out.close("feed");
        out.finish()
    }
}

/// Does it say anything in CAP's words?
fn warns(notice: &Notice) -> bool {
    notice.severity.is_some() || notice.words != Words::default()
}

/// What it says in CAP's words, for programs: no more than the office said, in the order of CAP's own schema.
fn cap(notice: &Notice) -> Vec<(&'static str, String)> {
    let stamp = |ms| Stamp::of_ms(ms, notice.offset_min).to_string();
    let words = &notice.words;
    let said = [
        ("cap:category", words.category.map(|w| w.word().to_owned())),
        (
            "cap:responseType",
            words.response.map(|w| w.word().to_owned()),
        ),
        ("cap:urgency", words.urgency.map(|w| w.word().to_owned())),
        ("cap:severity", notice.severity.map(|w| w.word().to_owned())),
        (
            "cap:certainty",
            words.certainty.map(|w| w.word().to_owned()),
        ),
        ("cap:effective", notice.effective_ms.map(stamp)),
        ("cap:expires", notice.expires_ms.map(stamp)),
    ];
    let said = said.into_iter();
    said.filter_map(|(name, word)| Some((name, word?)))
        .collect()
}

/// The text with what its words of CAP say, the English one below it, for which buildings, until when.
fn content(entry: &FeedEntry) -> String {
    let notice = &entry.notice;
    let mut parts = vec![notice.body.clone(), entry.plain.join("\n")];
    if !notice.title_en.is_empty() {
        let said = [
            &[notice.title_en.clone(), notice.body_en.clone()][..],
            &entry.plain_en,
        ];
        parts.push(said.concat().join("\n"));
    }
    let places = notice.places(Tongue::Zh).join("、");
    let mut last = format!("适用：{places}");
    let span = [("起", notice.effective_ms), ("止", notice.expires_ms)];
    for (word, at) in span {
        if let Some(ms) = at {
            let at = Stamp::of_ms(ms, notice.offset_min);
            let _ = write!(last, "  {at} {word}");
        }
    }
    parts.push(last);
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}
