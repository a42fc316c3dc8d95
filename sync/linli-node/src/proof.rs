//! A signed notice as a file that anybody can check who knows the community's founding id: no home, no network.
//!
//! The file carries the epochs of the charter and the entries as they were signed, with the certificates that open their
//! logs (`docs/formats/notice-file.md`). Checking it goes the way that an entry from a link goes: signature, place,
//! admission, fold. What it cannot say is what happened after it was written.

use linli_base::{CommunityId, Entry, EntryKind, RecordId, base32};
use linli_charter::{Authority, Carried, Certificate, Charter, PrincipalKind};
use linli_keys::seal::plain_body;
use linli_keys::sign::PublicKey;
use linli_keys::signed::Signed;
use linli_record::admission::{Doc, Expect, Limits, preparse};
use linli_record::fold::{RecordIn, fold_notice_links, fold_record};
use linli_record::kind::{ChangeBody, Place, Turn};
use linli_record::row::NoticeRow;
use linli_record::{Author, AuthorKind, RecordKind, Row, schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the file says it is.
pub const FORMAT: &str = "linli-notice/1";
/// Longest file: an epoch may have half a megabyte, a notice with its history far less.
pub const BYTES_MAX: usize = 4 << 20;
/// Most entries: a notice, its corrections and retractions, and the openings of their logs.
const ENTRIES_MAX: usize = 256;

/// The file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct File {
    /// [`FORMAT`].
    pub format: String,
    /// The community's whole id.
    pub community: String,
    /// The notice it is about.
    pub notice: String,
    /// Epochs from the founding on, as they were signed; base32.
    pub epochs: Vec<String>,
    /// Openings of logs, and the changes that are the notice and those around it; base32.
    pub entries: Vec<String>,
}

/// Why a file proves nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unproven {
    /// Not such a file, or cut short.
    #[error("it is no signed notice")]
    Form,
    /// Of a later version.
    #[error("it is of a later version")]
    Version,
    /// The charter is not that of this community.
    #[error("it is from another community")]
    Community,
    /// An epoch is not signed by its founders or members.
    #[error("its charter is not sound")]
    Charter,
    /// A signature does not fit.
    #[error("a signature does not fit")]
    Signature,
    /// Whoever signed may not publish notices there.
    #[error("whoever signed it may not publish")]
    Right,
    /// The content is not what its fields may be.
    #[error("its content is void")]
    Content,
    /// The notice it is about is not in it.
    #[error("the notice it is about is not in it")]
    Missing,
}

impl Unproven {
    /// The same as a word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Version => "version",
            Self::Community => "community",
            Self::Charter => "charter",
            Self::Signature => "signature",
            Self::Right => "right",
            Self::Content => "content",
            Self::Missing => "missing",
        }
    }
}

/// What a file proves: this office signed this, and what else of it the file knows.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The estate's name in the newest epoch of the file.
    pub estate: String,
    /// Minutes east of UTC.
    pub offset_min: i32,
    /// The notice, with its corrections and retraction as far as the file has them.
    pub notice: NoticeRow,
}

/// Checks a file against the community that its reader knows.
///
/// # Errors
/// [`Unproven`]: one thing that does not hold makes the whole file worthless.
pub fn check(bytes: &[u8], community: &CommunityId) -> Result<Proven, Unproven> {
    let file = read(bytes)?;
    let mut authority = authority(&file, community)?;
    let mut waiting = Vec::new();
    for bytes in decoded(&file.entries)? {
        let entry = Entry::decode(&bytes).map_err(|_| Unproven::Form)?;
        let key = PublicKey::parse(&entry.header.device.0).map_err(|_| Unproven::Signature)?;
        let entry = Signed::new(entry).verify(community, &key);
        let entry = entry.map_err(|_| Unproven::Signature)?;
        if entry.content().header.kind == EntryKind::OPEN {
            let body = entry.content().payload.as_deref().and_then(plain_body);
            let certificate = body.and_then(|body| Certificate::parse(body).ok());
            authority.add_certificate(certificate.ok_or(Unproven::Form)?);
        } else {
            waiting.push(entry);
        }
    }
    let mut notices = BTreeMap::new();
    for entry in waiting {
        let carried = authority.carry(entry).map_err(|_| Unproven::Right)?;
        let row = notice(&authority, &carried)?;
        notices.insert(row.id, row);
    }
    fold_notice_links(&mut notices);
    let about = RecordId::parse(&file.notice).ok_or(Unproven::Form)?;
    let epoch = &authority.charter().newest().epoch;
    Ok(Proven {
        estate: epoch.name.clone(),
        offset_min: epoch.offset.minutes(),
        notice: notices.remove(&about).ok_or(Unproven::Missing)?,
    })
}

fn read(bytes: &[u8]) -> Result<File, Unproven> {
    if bytes.len() > BYTES_MAX {
        return Err(Unproven::Form);
    }
    let file: File = serde_json::from_slice(bytes).map_err(|_| Unproven::Form)?;
    if file.format != FORMAT {
        let later = file.format.starts_with("linli-notice/");
        return Err(if later {
            Unproven::Version
        } else {
            Unproven::Form
        });
    }
    if file.entries.len() > ENTRIES_MAX {
        return Err(Unproven::Form);
    }
    Ok(file)
}

fn decoded(all: &[String]) -> Result<Vec<Vec<u8>>, Unproven> {
    all.iter()
        .map(|text| base32::decode(text).ok_or(Unproven::Form))
        .collect()
}

/// The charter, from a founding that gives the id the reader knows.
fn authority(file: &File, community: &CommunityId) -> Result<Authority, Unproven> {
    let epochs = decoded(&file.epochs)?;
    let (founding, later) = epochs.split_first().ok_or(Unproven::Form)?;
    let mut charter = Charter::from_founding(founding).map_err(|_| Unproven::Charter)?;
    let said = CommunityId::parse(&file.community);
    if charter.community() != community || said.as_ref() != Some(community) {
        return Err(Unproven::Community);
    }
    for epoch in later {
        charter.append(epoch).map_err(|_| Unproven::Charter)?;
    }
    Ok(Authority::new(charter))
}

/// The row of a notice: one change, judged as a replica judges it.
fn notice(authority: &Authority, carried: &Carried<Entry>) -> Result<NoticeRow, Unproven> {
    let h = &carried.content().header;
    let void = |_| Unproven::Content;
    if h.kind != EntryKind::CHANGE {
        return Err(Unproven::Content);
    }
    let author = author(authority, h)?;
    let body = carried.content().payload.as_deref().and_then(plain_body);
    let change =
        ChangeBody::decode(body.ok_or(Unproven::Content)?).map_err(|_| Unproven::Content)?;
    let head = preparse(&change.change, &Limits::STANDARD).map_err(|_| Unproven::Content)?;
    let place = Place {
        community: authority.community(),
        header: h,
        kind: change.kind,
        author: author.kind,
        principal: author.principal,
        home: None,
    };
    if change.kind != RecordKind::Notice || !matches!(place.check(&head), Ok(Turn::Judge)) {
        return Err(Unproven::Content);
    }
    let judge = schema::judge(change.kind);
    let actor = linli_base::entry::actor_id(authority.community(), &h.device, &h.record);
    let expect = Expect {
        actor,
        schema: &judge,
    };
    let mut doc = Doc::new();
    doc.admit(&change.change, &expect).map_err(void)?;
    let row = fold_record(&RecordIn {
        id: h.record,
        kind: change.kind,
        author: &author,
        created_ms: h.time.0,
        changes: 1,
        value: &doc.snapshot(),
        facts: &[],
    });
    match row {
        Some(Row::Notice(row)) => Ok(row),
        _ => Err(Unproven::Content),
    }
}

/// The office that signed, under the name the charter gives it.
fn author(authority: &Authority, h: &linli_base::Header) -> Result<Author, Unproven> {
    let device = authority.device(&h.device).ok_or(Unproven::Right)?;
    if device.kind != PrincipalKind::Office {
        return Err(Unproven::Right);
    }
    Ok(Author {
        device: h.device,
        principal: device.principal,
        kind: AuthorKind::Office,
        office_name: authority.office_name(&device.principal).map(str::to_owned),
        unit: None,
    })
}
