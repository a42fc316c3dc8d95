//! What a pass says: the claims of a CWT and, inside them, the grant itself (pass.md §1).
//!
//! [`Claims`] is the plain data; [`Grant`] is claims that keep every rule of the format, so holding one means
//! that it can be encoded, shown and decided about. The gate's *policy* (how long a pass may live, who may
//! sign it) is not here: a pass that breaks policy is still a pass, and is answered with its own code.

mod codec;
mod text;
mod window;

#[cfg(test)]
mod tests;

pub(crate) use text::misleads;
pub use window::Window;

use crate::plate::Plate;
use linli_base::{Private, UnixSec, hash};
use std::fmt;
use std::ops::Deref;

/// Longest label and unit, in bytes of UTF-8 (CDDL counts text in bytes): eight Chinese characters.
pub const LABEL_MAX: usize = 24;
/// Most companions a pass can carry.
pub const COMPANIONS_MAX: u8 = 20;
/// Most recurring windows.
pub const WINDOWS_MAX: usize = 8;
/// Most gates a pass can name.
pub const GATES_MAX: usize = 16;
/// Highest gate number.
pub const GATE_NO_MAX: u8 = 63;
/// A pass may start this many seconds before it was issued: two clocks in one flat differ.
pub const START_BEFORE_ISSUE_S: u64 = 300;

/// The id of a pass: 12 random bytes, unique for ever. Cancels and uses name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cti(pub [u8; 12]);

impl Cti {
    /// The short code of this pass (pass.md §5): SHA-256 as one big-endian integer, modulo 10^8.
    #[must_use]
    pub fn short_code(&self) -> ShortCode {
        let digest = hash::sha256(&self.0);
        let rest = digest.iter().fold(0u64, |rest, byte| {
            ((rest << 8) | u64::from(*byte)) % ShortCode::MODULUS
        });
        ShortCode(u32::try_from(rest).unwrap_or(0))
    }

    /// How acts name this pass: 16 bytes, the last four zero (trust.md §4).
    #[must_use]
    pub fn act_target(&self) -> [u8; 16] {
        let mut out = [0; 16];
        out[..12].copy_from_slice(&self.0);
        out
    }
}

impl fmt::Display for Cti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Cti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Eight digits that a visitor without a picture reads out; shown as `4821-0376`.
///
/// ```
/// use linli_pass::{Cti, ShortCode};
/// let code = Cti([7; 12]).short_code();
/// assert_eq!(ShortCode::parse(&code.to_string()), Some(code));
/// assert_eq!(ShortCode::parse("４８２１ ０３７６"), ShortCode::parse("4821-0376"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortCode(u32);

impl ShortCode {
    const MODULUS: u64 = 100_000_000;

    /// Reads eight digits; spaces, hyphens and full width are forgiven.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        use unicode_normalization::UnicodeNormalization;
        let digits: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .collect();
        let eight = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
        eight.then(|| digits.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What kind of visit a pass is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A guest.
    Person,
    /// A car, let in by its plate.
    Vehicle,
    /// A courier.
    Delivery,
    /// A helper or craftsman.
    Worker,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Person, Self::Vehicle, Self::Delivery, Self::Worker];

    /// Its word in files and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Vehicle => "vehicle",
            Self::Delivery => "delivery",
            Self::Worker => "worker",
        }
    }

    /// Reads [`Self::as_str`] again.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// The content of a pass, as plain data. [`Grant::new`] checks it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    /// Who invites: `h:` or `o:` and eight characters.
    pub iss: String,
    /// Where it is meant for: `n:...` any gate of the community, `n:.../g1` one gate. At least one.
    pub aud: Vec<String>,
    /// End of validity.
    pub exp: UnixSec,
    /// Start of validity.
    pub nbf: UnixSec,
    /// When it was issued.
    pub iat: UnixSec,
    /// Its id.
    pub cti: Cti,
    /// Key of the holder's own device (claim 8, `cnf`); this gate cannot check one yet.
    pub holder: Option<[u8; 32]>,
    /// Whom the visitor sees, when an office invites.
    pub host_unit: Option<Private<String>>,
    /// Kind of visit.
    pub kind: Kind,
    /// Entries allowed; 0 = unlimited inside the windows.
    pub entries: u8,
    /// Companions besides the holder.
    pub companions: u8,
    /// The visitor's plate.
    pub plate: Option<Plate>,
    /// Recurring windows; empty = always between nbf and exp.
    pub windows: Vec<Window>,
    /// Gates; the first is the home gate. Empty = any gate, which only an uncounted pass may say.
    pub gates: Vec<u8>,
    /// What the guard sees: `王*`.
    pub label: Option<Private<String>>,
    /// PIN tag: see [`crate::Pin`].
    pub pin_tag: Option<[u8; 4]>,
}

impl Claims {
    /// Whether an office invites.
    #[must_use]
    pub fn by_office(&self) -> bool {
        self.iss.starts_with("o:")
    }

    /// Length of validity in seconds.
    #[must_use]
    pub const fn life_s(&self) -> u64 {
        self.exp.0.saturating_sub(self.nbf.0)
    }

    /// Whether entries are counted.
    #[must_use]
    pub const fn counted(&self) -> bool {
        self.entries > 0
    }

    /// The gate that counts, when entries are counted.
    #[must_use]
    pub fn home_gate(&self) -> Option<u8> {
        self.gates.first().copied().filter(|_| self.counted())
    }
}

/// Why claims are no grant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GrantError {
    /// A claim is missing, unknown or of the wrong kind.
    #[error(transparent)]
    Shape(#[from] linli_base::cbor::ShapeError),
    /// The grant's schema is a later one.
    #[error("this pass was made by a newer version")]
    Newer,
    /// exp must come after nbf, and nbf at most five minutes before iat.
    #[error("the times of the pass contradict each other")]
    Times,
    /// A window starts after it ends; over midnight takes two.
    #[error("a window ends after it starts, on one day; over midnight takes two windows")]
    Window,
    /// A counted pass must say which gate counts.
    #[error("a pass with a number of entries names its gates, the counting one first")]
    Gates,
    /// A text has control or bidi characters, is not NFC, or has the wrong length.
    #[error("{0}: 1 to 24 bytes, without control or direction characters, in NFC")]
    Text(&'static str),
    /// A number or list above what the format can say.
    #[error("{0} is out of range")]
    Range(&'static str),
    /// The plate is not in normal form.
    #[error("the plate is not in normal form")]
    Plate,
    /// Only an office names a host unit: a household is its own.
    #[error("only an office names whom the visitor sees")]
    HostUnit,
}

/// Claims that keep every rule of the format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant(Claims);

impl Grant {
    /// Checks the rules of pass.md §1.
    ///
    /// # Errors
    /// [`GrantError`] names the first rule that is broken.
    pub fn new(claims: Claims) -> Result<Self, GrantError> {
        let c = &claims;
        let start_ok = c.nbf.0.saturating_add(START_BEFORE_ISSUE_S) >= c.iat.0;
        if c.exp <= c.nbf || !start_ok {
            return Err(GrantError::Times);
        }
        if !text::id(&c.iss) {
            return Err(GrantError::Range("iss"));
        }
        if c.aud.is_empty() || !c.aud.iter().all(|a| text::id(a)) {
            return Err(GrantError::Range("aud"));
        }
        if c.host_unit.is_some() && !c.by_office() {
            return Err(GrantError::HostUnit);
        }
        for (name, value) in [("label", &c.label), ("host unit", &c.host_unit)] {
            if value.as_ref().is_some_and(|v| !text::shown(v.reveal())) {
                return Err(GrantError::Text(name));
            }
        }
        if c.companions > COMPANIONS_MAX {
            return Err(GrantError::Range("companions"));
        }
        if c.windows.len() > WINDOWS_MAX {
            return Err(GrantError::Range("windows"));
        }
        if c.gates.len() > GATES_MAX || c.gates.iter().any(|g| *g > GATE_NO_MAX) {
            return Err(GrantError::Range("gates"));
        }
        if c.counted() && c.gates.is_empty() {
            return Err(GrantError::Gates);
        }
        Ok(Self(claims))
    }
}

impl Deref for Grant {
    type Target = Claims;

    fn deref(&self) -> &Claims {
        &self.0
    }
}
