//! The tables: which fields a record of each kind has.

use super::words::{Category, Certainty, PostKind, Response, Severity, Urgency, VisitKind};
use crate::attach::{ATTACHMENTS_MAX, REFERENCE_MAX};
use crate::kind::RecordKind;
use linli_base::limits::{BODY_CHARS, TITLE_CHARS};

/// Longest unit (`3-2-501`: three parts of at most 12 characters), building, stair or room.
pub const UNIT_CHARS: usize = 40;
/// Longest personal name; the longest in the samples has 22 characters.
pub const NAME_CHARS: usize = 80;
/// Longest note on a person or reason of a retraction.
pub const NOTE_CHARS: usize = 2_000;
/// Longest phone, ID number, plate or batch id as written. Doubtful ones are kept as the office wrote them,
/// so this is wider than a sound one needs.
pub const NUMBER_CHARS: usize = 64;
/// Longest word an office uses for a use or a relation.
pub const TERM_CHARS: usize = 40;
/// Longest token of a pass: a gate refuses more than 1,200 characters (pass.md §1).
pub const TOKEN_CHARS: usize = 1_200;
/// Longest label a guard sees (pass.md §1 counts 24 bytes).
pub const LABEL_CHARS: usize = 24;
/// Most buildings a notice names, and stairs a building has.
pub const AREA_ITEMS: usize = 200;
/// Most phones of a person.
pub const PHONE_ITEMS: usize = 8;
/// Most gates a pass names, and the highest number of one (pass.md §1).
pub const GATE_ITEMS: usize = 16;
/// Highest gate number.
pub const GATE_NO_MAX: u64 = 63;
/// Largest floor area in square decimetres (hundredths of a square metre): a hall of 100,000 m².
pub const AREA_DM2_MAX: u64 = 10_000_000;
/// The end of the year 9999 in milliseconds: later moments have no date people can read.
pub const MS_MAX: u64 = 253_402_300_799_999;
/// The same in seconds.
pub const SEC_MAX: u64 = 253_402_300_799;

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    /// Text without control characters.
    Line {
        /// Most characters.
        max: usize,
    },
    /// Text of several lines: line feeds and tabs are allowed.
    Prose {
        /// Most characters.
        max: usize,
    },
    /// One word of a closed list.
    Word(&'static [&'static str]),
    /// One word of an open list: others of its shape are admitted, drafts write only these.
    OpenWord(&'static [&'static str]),
    /// A whole number.
    Uint {
        /// The highest.
        max: u64,
    },
    /// Yes or no.
    Bool,
    /// Bytes.
    Bytes {
        /// How many.
        len: usize,
    },
    /// The whole id of another record, as text.
    Record,
    /// A list of lines.
    Lines {
        /// Most items.
        items: usize,
        /// Most characters of each.
        max: usize,
    },
    /// A list of byte strings that this version may be unable to read.
    Blobs {
        /// Most items.
        items: usize,
        /// Most bytes of each.
        max: usize,
    },
    /// A list of whole numbers.
    Uints {
        /// Most items.
        items: usize,
        /// The highest.
        max: u64,
    },
}

/// One field of a kind of record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FieldSpec {
    /// Its key in the root map.
    pub name: &'static str,
    /// What it holds.
    pub holds: FieldType,
    /// Whether it must be there; a required text must say something too.
    pub required: bool,
}

const fn need(name: &'static str, holds: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        holds,
        required: true,
    }
}

const fn may(name: &'static str, holds: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        holds,
        required: false,
    }
}

const fn line(max: usize) -> FieldType {
    FieldType::Line { max }
}

const fn prose(max: usize) -> FieldType {
    FieldType::Prose { max }
}

const UNIT: FieldType = line(UNIT_CHARS);
/// A grid cell, `02`.
const CELL: FieldType = line(UNIT_CHARS);
const NUMBER: FieldType = line(NUMBER_CHARS);
const TERM: FieldType = line(TERM_CHARS);
const MS: FieldType = FieldType::Uint { max: MS_MAX };
const SEC: FieldType = FieldType::Uint { max: SEC_MAX };
const AREA: FieldType = FieldType::Uint { max: AREA_DM2_MAX };
const UNITS: FieldType = FieldType::Lines {
    items: AREA_ITEMS,
    max: UNIT_CHARS,
};

/// What goes with a text: references to sealed bytes, [`crate::attach::Attachment`].
const FILES: FieldSpec = may(
    "files",
    FieldType::Blobs {
        items: ATTACHMENTS_MAX,
        max: REFERENCE_MAX,
    },
);

/// Which import made a record, and whether undoing that import took it away again.
const BATCH: FieldSpec = may("batch", NUMBER);
const REMOVED: FieldSpec = may("removed", FieldType::Bool);

const NOTICE: &[FieldSpec] = &[
    // Required unless the notice only retracts another; see `rules`.
    may("title", line(TITLE_CHARS)),
    may("body", prose(BODY_CHARS)),
    may("title_en", line(TITLE_CHARS)),
    may("body_en", prose(BODY_CHARS)),
    may("severity", FieldType::Word(Severity::WORDS)),
    may("urgency", FieldType::Word(Urgency::WORDS)),
    may("certainty", FieldType::Word(Certainty::WORDS)),
    may("response", FieldType::Word(Response::WORDS)),
    may("category", FieldType::Word(Category::WORDS)),
    may("area", UNITS),
    // By which names the area was chosen; whom it is for is in the area alone.
    may("cells", UNITS),
    may("effective_ms", MS),
    may("expires_ms", MS),
    may("confirm", FieldType::Bool),
    may("corrects", FieldType::Record),
    may("retracts", FieldType::Record),
    may("reason", prose(NOTE_CHARS)),
    FILES,
];

const POST: &[FieldSpec] = &[
    need("kind", FieldType::OpenWord(PostKind::WORDS)),
    need("body", prose(BODY_CHARS)),
    FILES,
];

const VISIT: &[FieldSpec] = &[
    need("label", line(LABEL_CHARS)),
    need("kind", FieldType::Word(VisitKind::WORDS)),
    need("from_s", SEC),
    need("until_s", SEC),
    need("entries", FieldType::Uint { max: 255 }),
    need("cti", FieldType::Bytes { len: 12 }),
    need("token", line(TOKEN_CHARS)),
    may(
        "gates",
        FieldType::Uints {
            items: GATE_ITEMS,
            max: GATE_NO_MAX,
        },
    ),
    may("plate", NUMBER),
    may("companions", FieldType::Uint { max: 20 }),
    may("short_code", FieldType::Bool),
    may("host_unit", UNIT),
    may("cancelled_ms", MS),
];

const BUILDING: &[FieldSpec] = &[
    need("name", UNIT),
    may("stairs", UNITS),
    may("cell", CELL),
    BATCH,
    REMOVED,
];

const ROOM: &[FieldSpec] = &[
    need("building", UNIT),
    need("stair", UNIT),
    need("room", UNIT),
    may("area_dm2", AREA),
    may("cell", CELL),
    BATCH,
    REMOVED,
];

const HOUSEHOLD: &[FieldSpec] = &[
    need("unit", UNIT),
    may("use", TERM),
    may("area_dm2", AREA),
    BATCH,
    REMOVED,
];

const PERSON: &[FieldSpec] = &[
    need("name", line(NAME_CHARS)),
    need("unit", UNIT),
    may(
        "phones",
        FieldType::Lines {
            items: PHONE_ITEMS,
            max: NUMBER_CHARS,
        },
    ),
    may("id_number", NUMBER),
    may("relation", TERM),
    may("note", prose(NOTE_CHARS)),
    BATCH,
    REMOVED,
];

const VEHICLE: &[FieldSpec] = &[
    need("plate", NUMBER),
    need("unit", UNIT),
    may("owner", FieldType::Record),
    BATCH,
    REMOVED,
];

/// The fields of a kind of record; none for an unknown kind.
#[must_use]
pub const fn fields(kind: RecordKind) -> &'static [FieldSpec] {
    match kind {
        RecordKind::Notice => NOTICE,
        RecordKind::Post => POST,
        RecordKind::Visit => VISIT,
        RecordKind::Building => BUILDING,
        RecordKind::Room => ROOM,
        RecordKind::Household => HOUSEHOLD,
        RecordKind::Person => PERSON,
        RecordKind::Vehicle => VEHICLE,
        RecordKind::Unknown(_) => &[],
    }
}

/// One field of a kind of record, by its key.
#[must_use]
pub fn field(kind: RecordKind, name: &str) -> Option<&'static FieldSpec> {
    fields(kind).iter().find(|spec| spec.name == name)
}
