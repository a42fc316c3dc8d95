//! The ids of everything: parsed once, then held as types.
//!
//! `Debug` and `Display` print the short text form that people see; the full value is in the tuple field.

use crate::base32;
use crate::hash;
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// From a slice of exactly the right length.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// The whole id as text: the type's letter and base32 of all bytes.
            #[must_use]
            pub fn to_text(&self) -> String {
                format!(concat!($prefix, ":{}"), base32::encode(&self.0))
            }

            /// Reads [`Self::to_text`] again.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::from_slice(&base32::decode(text.strip_prefix(concat!($prefix, ":"))?)?)
            }

            /// The short form shown to people: the letter and eight base32 characters (40 bits).
            #[must_use]
            pub fn short(&self) -> String {
                format!(concat!($prefix, ":{}"), base32::encode(&self.0[..5]))
            }

            /// All zeros: "none".
            pub const ZERO: Self = Self([0; $len]);

            /// Whether this is [`Self::ZERO`].
            #[must_use]
            pub fn is_zero(&self) -> bool {
                self.0 == [0; $len]
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.short())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.short())
            }
        }
    };
}

id!(
    /// A neighbourhood: SHA-256 of epoch 0's signed bytes.
    CommunityId, 32, "n"
);
id!(
    /// A device: its Ed25519 verifying key. Holding one does not mean that the key is sound; enrolment checks that.
    DeviceId, 32, "d"
);
id!(
    /// An entry: BLAKE3 of its signed bytes, without the signature.
    EntryId, 32, "e"
);
id!(
    /// An epoch: SHA-256 of its signed bytes.
    EpochId, 32, "c"
);
id!(
    /// Who acts: a household, an office, a gate, a screen.
    PrincipalId, 16, "h"
);
id!(
    /// A record that people see, or what an act is about.
    RecordId, 16, "r"
);
id!(
    /// Who may read a lane; zeros = the whole community.
    ScopeId, 16, "s"
);

impl PrincipalId {
    /// The principal that begins with this device (trust.md §3).
    #[must_use]
    pub fn of_first_device(community: &CommunityId, device: &DeviceId) -> Self {
        Self(hash::blake3_16(
            "linli/principal/1",
            community,
            &[&device.0],
        ))
    }

    /// Its scope: the lanes of a household or an office are named by the principal itself.
    #[must_use]
    pub const fn scope(&self) -> ScopeId {
        ScopeId(self.0)
    }

    /// `h:` for households, `o:` for offices, as a pass writes its issuer.
    #[must_use]
    pub fn issuer_text(&self, office: bool) -> String {
        format!(
            "{}:{}",
            if office { "o" } else { "h" },
            base32::encode(&self.0[..5])
        )
    }
}

impl DeviceId {
    /// How an act names this device: the first 16 bytes of its hash (trust.md §4).
    #[must_use]
    pub fn act_target(&self) -> [u8; 16] {
        hash::first16(&hash::blake3_raw(&self.0))
    }
}

impl ScopeId {
    /// The scope that all gates and the property desk read.
    #[must_use]
    pub fn gates(community: &CommunityId) -> Self {
        Self(hash::blake3_16("linli/scope/1", community, &[b"gates"]))
    }

    /// The scope that a household shares with one office.
    #[must_use]
    pub fn with(community: &CommunityId, household: &PrincipalId, office: &PrincipalId) -> Self {
        Self(hash::blake3_16(
            "linli/scope/1",
            community,
            &[b"with", &household.0, &office.0],
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let id = RecordId([7; 16]);
        assert_eq!(RecordId::parse(&id.to_text()), Some(id));
        assert_eq!(RecordId::parse("d:00"), None);
        assert_eq!(id.short().len(), 10);
    }
}
