//! A notice as rows give it: signed by an office, perhaps corrected or retracted, perhaps waiting for a confirm.

use super::{CapWords, CommentItem, Delivery, FileItem};
use serde::{Deserialize, Serialize};

/// One notice with everything a list or a page needs. All text is foreign: it may hold anything.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeItem {
    /// The notice's id.
    pub id: String,
    /// Id of the office that signed.
    pub org: String,
    /// Its name, such as 居委会.
    pub org_name: String,
    /// Short id of the device that signed.
    pub signed_by: String,
    /// Headline and text in the language it was written in.
    pub text: NoticeText,
    /// The same in further languages, as the office wrote them. Nothing is ever translated by machine.
    #[serde(default)]
    pub also: Vec<NoticeText>,
    /// The CAP word, or none for an ordinary notice.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    #[serde(default)]
    pub cap: CapWords,
    /// Whom it is for.
    pub area: Area,
    /// The grid cells by which its office chose the area.
    #[serde(default)]
    pub cells: Vec<String>,
    /// When the office signed it.
    pub published_ms: u64,
    /// When it reached this home.
    pub heard_ms: u64,
    /// From when it holds.
    pub effective_ms: Option<u64>,
    /// Until when it holds.
    pub expires_ms: Option<u64>,
    /// The office asks this home for a confirmation; offices and gates are not asked.
    pub needs_confirm: bool,
    /// Whether the office asks anybody for a confirmation.
    #[serde(default)]
    pub confirm_asked: bool,
    /// Signed by the office whose home this is.
    #[serde(default)]
    pub ours: bool,
    /// How often its office asked once more.
    #[serde(default)]
    pub reminders: u32,
    /// When this household confirmed, on any of its devices.
    pub confirmed_by_me_ms: Option<u64>,
    /// When it was first opened on this home.
    pub read_ms: Option<u64>,
    /// The notice this one corrects.
    pub corrects: Option<String>,
    /// The notice that corrects this one.
    pub corrected_by: Option<String>,
    /// Set once the office took it back.
    pub retracted: Option<Retraction>,
    /// Photos and documents that go with it.
    #[serde(default)]
    pub files: Vec<FileItem>,
    /// What is said below it, in causal order.
    #[serde(default)]
    pub said: Vec<CommentItem>,
    /// How many more there are that had no room here.
    #[serde(default)]
    pub said_left_out: u64,
    /// When its office closed the comments, while they are closed.
    #[serde(default)]
    pub comments_closed_ms: Option<u64>,
    /// How far it (or, for a household, its confirmation) has got.
    #[serde(default)]
    pub delivery: Delivery,
    /// False if it is signed by somebody who may not speak for this office: shown struck out, with the reason.
    pub valid: bool,
}

/// Headline and text in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeText {
    /// `zh-CN`, `en`, or another BCP 47 tag.
    pub lang: String,
    /// Headline.
    pub title: String,
    /// Text; lines end with `\n`.
    pub body: String,
}

/// Who took a notice back, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retraction {
    /// Name of the office.
    pub by: String,
    /// Its reason; may be empty.
    pub reason: String,
    /// When it signed the retraction.
    pub at_ms: u64,
}

/// Whom a notice is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The whole estate.
    All,
    /// These buildings, as the register writes them.
    Buildings(Vec<String>),
}

/// The severity words of CAP 1.2.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Severity {
    /// Minor (blue).
    Minor,
    /// Moderate (yellow).
    Moderate,
    /// Severe (orange).
    Severe,
    /// Extreme (red).
    Extreme,
    /// Unknown, or a word this version does not know.
    #[serde(other)]
    Unknown,
}
