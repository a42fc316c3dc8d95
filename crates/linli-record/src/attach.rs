//! What an entry says of a picture or PDF that goes with it: where its sealed bytes are, and the key that opens them.
//!
//! The bytes themselves travel by another way (`docs/formats/attachment.md`). Whoever may read the entry has the key;
//! a hash alone opens nothing. A reference that cannot be read is one of a later version: it is left out, and makes
//! nothing void.

use crate::row::serial;
use linli_base::Private;
use linli_base::cbor::{self, Fields, Value};
use linli_base::limits::{ATTACHMENT_MAX, SEALED_ATTACHMENT_MAX};
use serde::de::Deserializer;
use serde::ser::Serializer;

/// Most attachments of one post, notice or comment.
pub const ATTACHMENTS_MAX: usize = 4;
/// Longest reference in bytes, those of later versions included.
pub const REFERENCE_MAX: usize = 512;
/// Longest name of a file, in characters.
pub const FILE_NAME_CHARS: usize = 60;
/// What sealing adds.
const TAG: usize = SEALED_ATTACHMENT_MAX - ATTACHMENT_MAX;
/// Longest side of a picture that a reference may name.
const SIDE_MAX: u64 = 16_384;

/// What the bytes are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Media {
    /// 1: a picture, JPEG.
    Jpeg,
    /// 2: a picture, PNG.
    Png,
    /// 3: a document, PDF.
    Pdf,
}

impl Media {
    const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Pdf];

    const fn number(self) -> u64 {
        match self {
            Self::Jpeg => 1,
            Self::Png => 2,
            Self::Pdf => 3,
        }
    }

    /// The word that answers carry, which is also how such a file's name ends.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// Reads [`Self::word`].
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.word() == word)
    }

    /// Whether it is drawn beside the text.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// A reference to sealed bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// BLAKE3 of the sealed bytes.
    pub hash: [u8; 32],
    /// The key that opens them; random, used once.
    pub key: Private<[u8; 32]>,
    /// How many sealed bytes there are.
    pub size: u32,
    /// What they are once opened.
    pub media: Media,
    /// Width and height of a picture.
    pub sides: Option<(u16, u16)>,
    /// How the file was called, without its folder.
    pub name: Option<Private<String>>,
}

impl Attachment {
    /// The bytes of the reference.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let side = |side: u16| Value::Uint(u64::from(side));
        Value::map(vec![
            (1, Some(Value::bytes(&self.hash))),
            (2, Some(Value::bytes(self.key.reveal()))),
            (3, Some(Value::Uint(u64::from(self.size)))),
            (4, Some(Value::Uint(self.media.number()))),
            (5, self.sides.map(|(width, _)| side(width))),
            (6, self.sides.map(|(_, height)| side(height))),
            (7, self.name.as_ref().map(|n| Value::text(n.reveal()))),
        ])
        .encode()
    }

    /// Reads [`Self::encode`]; `None` for anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(cbor::decode(bytes, 3).ok()?).ok()?;
        let hash = fields.array(1).ok()?;
        let key = Private::new(fields.array(2).ok()?);
        let size = u32::try_from(fields.uint(3).ok()?).ok()?;
        if !(TAG + 1..=SEALED_ATTACHMENT_MAX).contains(&usize::try_from(size).ok()?) {
            return None;
        }
        let number = fields.uint(4).ok()?;
        let media = Media::ALL.into_iter().find(|m| m.number() == number)?;
        let side = |side: u64| {
            (1..=SIDE_MAX)
                .contains(&side)
                .then(|| u16::try_from(side).ok())?
        };
        let sides = match (fields.opt_uint(5).ok()?, fields.opt_uint(6).ok()?) {
            (None, None) => None,
            (Some(width), Some(height)) => Some((side(width)?, side(height)?)),
            _ => return None,
        };
        let name = fields.opt_text(7).ok()?;
        if name
            .as_deref()
            .is_some_and(|name| clean_name(name).as_deref() != Some(name))
        {
            return None;
        }
        fields.finish().ok()?;
        Some(Self {
            hash,
            key,
            size,
            media,
            sides,
            name: name.map(Private::new),
        })
    }
}

/// The references that this version can read, each file once and no more than [`ATTACHMENTS_MAX`].
#[must_use]
pub fn known<'a>(references: impl IntoIterator<Item = &'a [u8]>) -> Vec<Attachment> {
    let mut seen: Vec<Attachment> = Vec::new();
    for one in references.into_iter().filter_map(Attachment::decode) {
        if seen.len() < ATTACHMENTS_MAX && seen.iter().all(|other| other.hash != one.hash) {
            seen.push(one);
        }
    }
    seen
}

/// The name of a file as others may see it: without its folder, of plain characters, cut in the middle of nothing.
/// `None` if nothing is left of it.
#[must_use]
pub fn clean_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of writing would let a name lie about how it ends.
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |c: &char| !c.is_control() && !turns(*c);
    let kept: String = last.chars().filter(plain).collect();
    let kept = kept.trim();
    let cut: String = if kept.chars().count() > FILE_NAME_CHARS {
        // The end tells what it is, so the beginning gives way.
        let skip = kept.chars().count() - FILE_NAME_CHARS;
        kept.chars().skip(skip).collect()
    } else {
        kept.to_owned()
    };
    let cut = cut.trim();
    (!cut.is_empty() && cut != "." && cut != "..").then(|| cut.to_owned())
}

/// Attachments in rows: a list of references as byte strings.
pub(crate) mod rows {
    use super::{Attachment, Deserializer, Serializer, serial};
    use serde::de::Error as _;

    pub fn serialize<S: Serializer>(list: &[Attachment], to: S) -> Result<S::Ok, S::Error> {
        let list: Vec<Vec<u8>> = list.iter().map(Attachment::encode).collect();
        serial::ids::serialize(&list, to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Attachment>, D::Error> {
        let list: Vec<Vec<u8>> = serial::ids::deserialize(from)?;
        let read = list.iter().map(|bytes| Attachment::decode(bytes));
        let read: Option<Vec<Attachment>> = read.collect();
        read.ok_or_else(|| D::Error::custom("a reference that cannot be read"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn one() -> Attachment {
        Attachment {
            hash: [1; 32],
            key: Private::new([2; 32]),
            size: 1_000,
            media: Media::Jpeg,
            sides: Some((640, 480)),
            name: Some(Private::new("猫.jpg".to_owned())),
        }
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    #[test]
    fn the_bytes_are_those_of_the_documents() {
        let ones = "01".repeat(32);
        let twos = "02".repeat(32);
        assert_eq!(
            hex(&one().encode()),
            format!("a7015820{ones}025820{twos}031903e80401051902800619 01e00767e78cab2e6a7067")
                .replace(' ', "")
        );
        let bare = Attachment {
            media: Media::Pdf,
            sides: None,
            name: None,
            ..one()
        };
        assert_eq!(
            hex(&bare.encode()),
            format!("a4015820{ones}025820{twos}031903e80403")
        );
        assert_eq!(Attachment::decode(&bare.encode()), Some(bare));
        assert_eq!(Attachment::decode(&one().encode()), Some(one()));
    }

    #[test]
    fn what_breaks_a_limit_or_has_more_is_no_reference() {
        let small = Attachment { size: 16, ..one() };
        let large = Attachment {
            size: u32::try_from(SEALED_ATTACHMENT_MAX).unwrap() + 1,
            ..one()
        };
        let zero = Attachment {
            sides: Some((0, 1)),
            ..one()
        };
        let folder = Attachment {
            name: Some(Private::new("a/b.jpg".to_owned())),
            ..one()
        };
        for bad in [small, large, zero, folder] {
            assert_eq!(Attachment::decode(&bad.encode()), None);
        }
        let mut more = one().encode();
        more[0] = 0xa8;
        more.extend_from_slice(&[0x08, 0x01]);
        assert_eq!(Attachment::decode(&more), None, "of a later version");
    }

    #[test]
    fn a_name_loses_its_folder_and_what_would_make_it_lie() {
        let named = |name: &str| clean_name(name);
        assert_eq!(named("C:\\Users\\张三\\猫.jpg").as_deref(), Some("猫.jpg"));
        assert_eq!(named("/media/stick/../y.pdf").as_deref(), Some("y.pdf"));
        assert_eq!(named("a\u{202e}gpj.exe").as_deref(), Some("agpj.exe"));
        assert_eq!(named("tab\t.png").as_deref(), Some("tab.png"));
        assert_eq!(named(".."), None);
        assert_eq!(named("folder/"), None);
        let long = format!("{}.jpg", "猫".repeat(200));
        let cut = named(&long).unwrap();
        assert_eq!(cut.chars().count(), FILE_NAME_CHARS);
        assert!(cut.ends_with(".jpg"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_not_and_what_is_read_has_those_bytes(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)
        ) {
            if let Some(read) = Attachment::decode(&bytes) {
                proptest::prop_assert_eq!(read.encode(), bytes);
            }
        }

        #[test]
        fn a_changed_reference_is_not_read_as_two_different_ones(at in 0..102_usize, to in 0_u8..) {
            let mut bytes = one().encode();
            let at = at % bytes.len();
            bytes[at] = to;
            if let Some(read) = Attachment::decode(&bytes) {
                proptest::prop_assert_eq!(read.encode(), bytes);
            }
        }

        #[test]
        fn a_clean_name_stays_as_it_is(name in "\\PC{0,90}") {
            if let Some(clean) = clean_name(&name) {
                proptest::prop_assert_eq!(clean_name(&clean), Some(clean));
            }
        }
    }
}
