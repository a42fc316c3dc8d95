//! CAP 1.2 (OASIS): alerts out as XML, and in from whoever sends them.
//!
//! The form in which authorities and programs hand each other warnings. An alert of ours is a notice of an office in
//! that form ([`crate::notice::Notice::alert`]); an alert of an authority becomes a notice after a clerk has looked at it.
//! `docs/formats/cap.md` has the whole mapping. A foreign file is judged before it is believed: bounded, without a
//! document type, and as strict in its words as the schema; what is refused names its element and its line.
//!
//! ```
//! use linli_exchange::cap::Alert;
//! let sound = concat!(
//!     "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>1</identifier><sender>a@b</sender>",
//!     "<sent>2026-11-22T14:05:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>",
//!     "<scope>Public</scope></alert>"
//! );
//! let alert = Alert::read(sound.as_bytes())?;
//! assert_eq!(Alert::read(alert.xml().as_bytes())?, alert);
//! let error = Alert::read(sound.replace("+08:00", "Z").as_bytes()).unwrap_err();
//! assert_eq!((error.element.as_str(), error.line), ("sent", 1));
//! # Ok::<(), linli_exchange::cap::CapError>(())
//! ```

mod decode;
mod error;
mod read;
mod stamp;
mod tree;
mod words;
mod write;

pub use error::{CapError, CapFault};
pub use stamp::Stamp;
pub use words::{Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, Urgency};

/// The namespace of CAP 1.2.
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// Longest file that is read: alerts have some kilobytes; what is larger carries pictures that we would not show.
pub const BYTES_MAX: usize = 1 << 20;

/// A message. Texts are kept as they stand; nothing in a foreign one is true because it says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alert {
    /// Which message of this sender.
    pub identifier: String,
    /// Who sent it; no spaces, commas, `<` or `&`.
    pub sender: String,
    /// When.
    pub sent: Stamp,
    /// Whether it is meant.
    pub status: Status,
    /// New, changed, taken back.
    pub msg_type: MsgType,
    /// Where the sender has it from.
    pub source: Option<String>,
    /// For whom.
    pub scope: Scope,
    /// The rule of a restricted scope.
    pub restriction: Option<String>,
    /// The readers of a private scope.
    pub addresses: Option<String>,
    /// Marks for its handling.
    pub codes: Vec<String>,
    /// What the message itself is for.
    pub note: Option<String>,
    /// The messages it replaces or takes back.
    pub references: Vec<Reference>,
    /// The incidents it belongs to.
    pub incidents: Option<String>,
    /// The message once for each language.
    pub infos: Vec<Info>,
}

/// An earlier message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// Its sender.
    pub sender: String,
    /// Its identifier.
    pub identifier: String,
    /// When it was sent.
    pub sent: Stamp,
}

/// What the message says in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Info {
    /// RFC 3066; none means `en-US`.
    pub language: Option<String>,
    /// Kinds of event, at least one.
    pub categories: Vec<Category>,
    /// What it is about.
    pub event: String,
    /// What to do.
    pub responses: Vec<ResponseType>,
    /// How soon.
    pub urgency: Urgency,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub certainty: Certainty,
    /// For whom it is meant.
    pub audience: Option<String>,
    /// Codes of the event, name and value.
    pub event_codes: Vec<(String, String)>,
    /// From when the message holds.
    pub effective: Option<Stamp>,
    /// When the event begins.
    pub onset: Option<Stamp>,
    /// Until when the message holds.
    pub expires: Option<Stamp>,
    /// The sender's name for people.
    pub sender_name: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Text.
    pub description: Option<String>,
    /// What to do, as text.
    pub instruction: Option<String>,
    /// A page with more.
    pub web: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The sender's own values, name and value.
    pub parameters: Vec<(String, String)>,
    /// Files that belong to it.
    pub resources: Vec<Resource>,
    /// Where.
    pub areas: Vec<Area>,
}

/// A file that belongs to a message. It is carried, not opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// What it is.
    pub desc: String,
    /// Its type.
    pub mime_type: String,
    /// Its size in bytes, as written.
    pub size: Option<String>,
    /// Where it is.
    pub uri: Option<String>,
    /// The file itself in base64.
    pub deref_uri: Option<String>,
    /// Its SHA-1 in hexadecimal.
    pub digest: Option<String>,
}

/// A place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Area {
    /// In words.
    pub desc: String,
    /// Rings of `latitude,longitude` pairs, as written.
    pub polygons: Vec<String>,
    /// `latitude,longitude kilometres`, as written.
    pub circles: Vec<String>,
    /// Codes of the place, name and value.
    pub geocodes: Vec<(String, String)>,
    /// Feet above sea level, as written.
    pub altitude: Option<String>,
    /// The upper end of a span of heights, as written.
    pub ceiling: Option<String>,
}
