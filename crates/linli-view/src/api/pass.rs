//! A visitor pass as its household sees it, and the picture a gate reads.

use super::{Delivery, Passphrase};
use serde::{Deserialize, Serialize};

/// Recurring hours of a pass: days as bits from Monday, first minute of the day, the minute after the last.
pub type Hours = (u8, u16, u16);

/// One pass this household (or office) issued.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PassItem {
    /// Id of the grant.
    pub id: String,
    /// The label the guard sees, such as 李然.
    pub label: String,
    /// Whom or what it lets in.
    pub kind: PassKind,
    /// Valid from.
    pub from_s: u64,
    /// Valid until.
    pub until_s: u64,
    /// Entries allowed; 0 is unlimited.
    pub entries: u8,
    /// Entries heard of so far, from all gate logs known here.
    #[serde(default)]
    pub used: u32,
    /// When the last entry was, if one is known here.
    #[serde(default)]
    pub last_used_ms: Option<u64>,
    /// When the visitor left after that, if it is known here.
    #[serde(default)]
    pub left_ms: Option<u64>,
    /// People beside the holder.
    #[serde(default)]
    pub companions: u8,
    /// The gates it names (first: the home gate), or all gates if it names none; with what they have heard.
    pub gates: Vec<GateHeard>,
    /// True if the grant names its gates, false if any gate will do.
    pub names_gates: bool,
    /// Licence plate, normalised.
    pub plate: Option<String>,
    /// Eight digits for a visitor without a picture.
    pub short_code: String,
    /// When it was cancelled, if it was.
    pub cancelled_ms: Option<u64>,
    /// When it was issued.
    pub issued_ms: u64,
    /// How far the grant has got.
    #[serde(default)]
    pub delivery: Delivery,
    /// Recurring hours; none = always between the two ends.
    #[serde(default)]
    pub windows: Vec<Hours>,
    /// Does the gate ask for a PIN? Which one is kept nowhere.
    #[serde(default)]
    pub pin: bool,
    /// Whom the visitor goes to, where an office invited.
    #[serde(default)]
    pub host: Option<String>,
    /// Names the pass where somebody used it too often.
    #[serde(default)]
    pub mark: String,
}

/// Somebody this household invites again and again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RegularItem {
    /// The label.
    pub label: String,
    /// What for.
    pub kind: PassKind,
    /// Beginning of the pass it was kept from; its time of day counts.
    pub from_s: u64,
    /// Its end.
    pub until_s: u64,
    /// Entries; 0 is unlimited.
    #[serde(default)]
    pub entries: u8,
    /// People beside the holder.
    #[serde(default)]
    pub companions: u8,
    /// The gates, home gate first; empty: any.
    #[serde(default)]
    pub gates: Vec<u8>,
    /// The plate.
    #[serde(default)]
    pub plate: Option<String>,
    /// Recurring hours.
    #[serde(default)]
    pub windows: Vec<Hours>,
}

/// Plates of residents: what issuing them by the register would change, or changed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ResidentPlates {
    /// Is it written?
    pub applied: bool,
    /// Cars that get a pass.
    pub add: Vec<PlateOf>,
    /// Cars whose pass ends soon and is made anew.
    pub renew: Vec<PlateOf>,
    /// Cars that lose theirs.
    pub withdraw: Vec<PlateOf>,
    /// Cars for which nothing changes.
    #[serde(default)]
    pub kept: u64,
    /// What stands in the register as a plate and is none.
    #[serde(default)]
    pub unreadable: Vec<PlateOf>,
}

/// A car and where it belongs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlateOf {
    /// The plate.
    pub plate: String,
    /// The unit.
    #[serde(default)]
    pub unit: String,
}

/// Whether one gate is known to hold the grant. A pass works at a gate that has never heard of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateHeard {
    /// The gate's number.
    pub no: u8,
    /// Its name.
    pub name: String,
    /// It acknowledged the grant.
    pub heard: bool,
    /// When this gate was last heard of here; `None` if never.
    pub as_of_ms: Option<u64>,
}

/// The four kinds of pass.md.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassKind {
    /// A guest.
    #[default]
    Person,
    /// A vehicle.
    Vehicle,
    /// A delivery.
    Delivery,
    /// A worker or recurring helper.
    Worker,
}

/// The answer to an issue: the pass, its token and its picture, all at once.
///
/// The token is a bearer ticket. It is sent to the screen of who made it and kept nowhere else; its `Debug`
/// prints dots.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassIssued {
    /// The pass as the list shows it.
    pub pass: PassItem,
    /// The token, `LL1:...`.
    pub text: String,
    /// The token as a QR code.
    pub qr: PassQr,
    /// The PIN, in the answer to the issue alone: it is told by voice and kept nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Passphrase>,
    /// Codes of what the issuer should know, such as a unit that is not in the register.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

impl std::fmt::Debug for PassIssued {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassIssued")
            .field("pass", &self.pass.id)
            .finish_non_exhaustive()
    }
}

/// The module matrix of a QR code, without quiet zone.
///
/// `bits` holds the modules row by row without padding, most significant bit first, 1 is dark. What comes from
/// the wire may be nonsense; [`PassQr::dark`] answers `false` outside of what is there and never panics.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassQr {
    /// Modules a side: 21 to 177.
    pub size: u16,
    /// The packed modules, `ceil(size * size / 8)` bytes.
    pub bits: Vec<u8>,
}

impl std::fmt::Debug for PassQr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PassQr({0}x{0})", self.size)
    }
}

impl PassQr {
    /// Packs a matrix given row by row; `None` unless it is a square of a QR code's size.
    #[must_use]
    pub fn pack(size: u16, modules: &[bool]) -> Option<Self> {
        let side = usize::from(size);
        if !Self::lawful(size) || modules.len() != side * side {
            return None;
        }
        let mut bits = vec![0_u8; modules.len().div_ceil(8)];
        for (at, dark) in modules.iter().enumerate() {
            if *dark && let Some(byte) = bits.get_mut(at / 8) {
                *byte |= 0x80 >> (at % 8);
            }
        }
        Some(Self { size, bits })
    }

    /// Is this a QR code's size, with as many bytes as it needs? What is not sound is not drawn.
    #[must_use]
    pub fn sound(&self) -> bool {
        let side = usize::from(self.size);
        Self::lawful(self.size) && self.bits.len() == (side * side).div_ceil(8)
    }

    /// Is the module in column `x` of row `y` dark?
    #[must_use]
    pub fn dark(&self, x: u16, y: u16) -> bool {
        if x >= self.size || y >= self.size {
            return false;
        }
        let at = usize::from(y) * usize::from(self.size) + usize::from(x);
        self.bits
            .get(at / 8)
            .is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0)
    }

    /// QR versions 1 to 40 have 21, 25 ... 177 modules a side.
    fn lawful(size: u16) -> bool {
        (21..=177).contains(&size) && size % 4 == 1
    }
}
