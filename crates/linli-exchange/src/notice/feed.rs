//! Notices as an Atom feed (RFC 4287): one file that any reader, screen or web page takes in.

use super::{Kept, Notice, Tongue, uuid_of};
use crate::cap::Stamp;
use crate::xml::Xml;
use std::fmt::Write;

const ATOM: &str = "http://www.w3.org/2005/Atom";

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
    /// The notices, each with the bytes of its id.
    pub notices: Vec<(Vec<u8>, Notice)>,
}

impl Feed {
    /// The feed as a whole file in UTF-8.
    #[must_use]
    pub fn xml(&self) -> String {
        let stamp = |ms| Stamp::of_ms(ms, self.offset_min).to_string();
        let newest = self.notices.iter().map(|(_, n)| n.sent_ms).max();
        let mut out = Xml::new();
        out.open_with("feed", &[("xmlns", ATOM), ("xml:lang", "zh-CN")]);
        out.leaf("id", &uuid_of(Kept::Feed, &self.community));
        out.leaf("title", &self.estate);
        out.leaf("updated", &stamp(newest.unwrap_or(self.made_ms)));
        out.open("author");
        out.leaf("name", &self.estate);
        out.close("author");
        out.leaf("generator", "Linli");
        for (id, notice) in &self.notices {
            out.open("entry");
            out.leaf("id", &uuid_of(Kept::Notice, id));
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
            out.leaf_with("content", &[("type", "text")], &content(notice));
            out.close("entry");
        }
        out.close("feed");
        out.finish()
    }
}

/// The text, the English one below it, for which buildings, until when.
fn content(notice: &Notice) -> String {
    let mut parts = vec![notice.body.clone()];
    if !notice.title_en.is_empty() {
        parts.push(format!("{}\n{}", notice.title_en, notice.body_en));
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
