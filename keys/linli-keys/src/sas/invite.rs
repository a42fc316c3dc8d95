//! The one-time secret of an invitation: what the QR code on the office's screen adds to public keys.
//!
//! It is not what the comparison of pictures rests on (a photograph of the screen gives it away); it keeps
//! passers-by from starting an exchange at all and names the window that is open.

use linli_base::{CommunityId, Dice, hash};
use std::fmt;
use zeroize::Zeroizing;

/// Domain of an [`InviteId`].
const DOMAIN_INVITE: &str = "linli/invite/1";

/// The secret itself, 32 random bytes; wiped when dropped, never printed, used for one device.
#[derive(Clone)]
pub struct InviteSecret(Zeroizing<[u8; 32]>);

/// Names an invitation without giving it away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct InviteId(pub [u8; 16]);

impl InviteSecret {
    /// A new one, for a window that opens now.
    #[must_use]
    pub fn generate(dice: &mut dyn Dice) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        dice.fill(bytes.as_mut_slice());
        Self(bytes)
    }

    /// From the bytes in a QR code.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(*bytes))
    }

    /// The bytes for a QR code.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Its name: the first 16 bytes of BLAKE3 over domain, community and secret.
    #[must_use]
    pub fn id(&self, community: &CommunityId) -> InviteId {
        InviteId(hash::blake3_16(DOMAIN_INVITE, community, &[&*self.0]))
    }

    /// Shows that who made `message` holds the secret. Compare with [`blake3::Hash`]'s equality, which takes
    /// the same time wherever they differ.
    pub(super) fn prove(
        &self,
        domain: &str,
        community: &CommunityId,
        message: &[u8],
    ) -> blake3::Hash {
        blake3::keyed_hash(&self.0, &hash::signed_bytes(domain, community, message))
    }
}

impl fmt::Debug for InviteSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteSecret(•••)")
    }
}
