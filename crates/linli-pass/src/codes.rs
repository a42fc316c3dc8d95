//! The codes of a decision (pass.md §2): stable words for logs, vectors and other people's gates.
//!
//! What a person reads is not here but in [`crate::Reason`], which carries the parameters too.

use std::fmt;

/// The three results.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Opens, once the entry is written durably.
    Admit,
    /// The guard decides; one line says what to do.
    Ask,
    /// Stays shut.
    Deny,
}

impl Verdict {
    /// `ADMIT`, `ASK`, `DENY`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admit => "ADMIT",
            Self::Ask => "ASK",
            Self::Deny => "DENY",
        }
    }

    /// Reads [`Self::as_str`] again.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Admit, Self::Ask, Self::Deny]
            .into_iter()
            .find(|v| v.as_str() == word)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $step:literal, [$($verdict:ident),+];)+) => {
        /// A code of pass.md §2. The order here is the normative order of the checks; those that stand beside the
        /// token come last.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $($(#[$doc])* $variant,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// `E_SIG` and so on: what logs and vectors carry.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The step of pass.md §2 that gives it; 0 for those beside the token.
            #[must_use]
            pub const fn step(self) -> u8 {
                match self { $(Self::$variant => $step,)+ }
            }

            /// The results it can come with: one for most, `E_HELD` asks or denies, `E_REPEAT` repeats any.
            #[must_use]
            pub const fn verdicts(self) -> &'static [Verdict] {
                match self { $(Self::$variant => &[$(Verdict::$verdict),+],)+ }
            }
        }
    };
}

codes! {
    /// Not a pass, or too long for one.
    Prefix = "E_PREFIX", 1, [Deny];
    /// A newer kind of pass: this gate must be updated.
    Version = "E_VERSION", 1, [Deny];
    /// Not base45 in its one encoding.
    B45 = "E_B45", 2, [Deny];
    /// Not CBOR, cut off, too deep, too large, or not a pass inside.
    Cbor = "E_CBOR", 3, [Deny];
    /// Well-formed, but not in the one encoding, or a key twice.
    Noncanon = "E_NONCANON", 3, [Deny];
    /// Headers other than the ones that belong there.
    Hdr = "E_HDR", 4, [Deny];
    /// A token of another kind.
    Typ = "E_TYP", 4, [Deny];
    /// The gate does not know the key and no certificate came along.
    KeyUnknown = "E_KEY_UNKNOWN", 5, [Deny];
    /// The certificate that came along does not hold.
    Chain = "E_CHAIN", 5, [Deny];
    /// The certificate was issued by nobody known here.
    IssuerUnknown = "E_ISSUER_UNKNOWN", 5, [Deny];
    /// A key with which anyone could sign.
    WeakKey = "E_WEAK_KEY", 5, [Deny];
    /// The signature is not right.
    Sig = "E_SIG", 6, [Deny];
    /// The device may not invite.
    Role = "E_ROLE", 7, [Deny];
    /// Device or household on hold.
    Held = "E_HELD", 7, [Ask, Deny];
    /// Device or household revoked.
    Revoked = "E_REVOKED", 7, [Deny];
    /// The household is gone.
    Retired = "E_RETIRED", 7, [Deny];
    /// Names another household than the one that signed.
    Iss = "E_ISS", 8, [Deny];
    /// Meant for another gate or estate.
    Aud = "E_AUD", 8, [Deny];
    /// Not valid yet.
    NotYet = "E_NOT_YET", 8, [Deny];
    /// Expired.
    Expired = "E_EXPIRED", 8, [Deny];
    /// Longer than the charter allows.
    TooLong = "E_TOO_LONG", 8, [Deny];
    /// Outside its recurring hours.
    Window = "E_WINDOW", 9, [Deny];
    /// This gate is not on its list.
    Gate = "E_GATE", 9, [Deny];
    /// Cancelled by the host or an officer.
    Cancelled = "E_CANCELLED", 10, [Deny];
    /// The car has another plate.
    Plate = "E_PLATE", 11, [Ask];
    /// All entries are used.
    Used = "E_USED", 12, [Deny];
    /// Counted at another gate that has not handed the use over.
    Away = "E_AWAY", 12, [Ask];
    /// More people than granted.
    Companions = "E_COMPANIONS", 13, [Ask];
    /// PIN missing, wrong, or locked.
    Pin = "E_PIN", 14, [Deny];
    /// The gate's clock cannot be relied on.
    Clock = "E_CLOCK", 15, [Ask];
    /// The cancellations known here are too old for this pass.
    Stale = "E_STALE", 15, [Ask];
    /// The entry could not be written.
    Log = "E_LOG", 16, [Ask];
    /// On the refusal list of the unit or the estate.
    Listed = "E_LISTED", 0, [Deny];
    /// No pass for this plate has been heard of here.
    PlateUnknown = "E_PLATE_UNKNOWN", 0, [Ask];
    /// Read with doubt, or one character from a booked plate.
    PlateNear = "E_PLATE_NEAR", 0, [Ask];
    /// The car is inside already.
    Inside = "E_INSIDE", 0, [Ask];
    /// No pass with this short code has been heard of here.
    CodeUnknown = "E_CODE_UNKNOWN", 0, [Deny];
    /// Too many wrong codes.
    CodeLocked = "E_CODE_LOCKED", 0, [Deny];
    /// The same code again within ten seconds: the same answer, and nothing opens.
    Repeat = "E_REPEAT", 0, [Admit, Ask, Deny];
}

impl Code {
    /// Reads [`Self::as_str`] again.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_written_and_stand_in_order() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            assert!(code.as_str().starts_with("E_"));
        }
        let steps: Vec<u8> = Code::ALL
            .iter()
            .map(|c| c.step())
            .filter(|s| *s > 0)
            .collect();
        assert!(steps.is_sorted());
        assert_eq!(Code::ALL.len(), 39);
        assert_eq!(Verdict::parse("ASK"), Some(Verdict::Ask));
    }
}
