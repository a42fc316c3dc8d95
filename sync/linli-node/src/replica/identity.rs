//! Who this replica is: its keys and its place in the community.

use linli_base::{CommunityId, DeviceId, PrincipalId};
use linli_charter::{Certificate, PrincipalKind};
use linli_keys::SigningKey;
use linli_keys::seal::KexSecret;
use zeroize::Zeroizing;

/// Keys and certificate of this device. Never printed, never stored outside the vault but for the certificate.
pub struct Identity {
    /// The community.
    pub community: CommunityId,
    /// Signs entries, passes and certificates.
    pub sign: SigningKey,
    /// Opens what is sealed to this device.
    pub kex: KexSecret,
    /// libp2p's key.
    pub net_seed: Zeroizing<[u8; 32]>,
    /// The newest certificate held for this device.
    pub certificate: Certificate,
    /// Who acts.
    pub principal: PrincipalId,
    /// What kind of principal.
    pub kind: PrincipalKind,
}

impl Identity {
    /// This device.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.sign.device()
    }

    /// Public half of the libp2p key.
    #[must_use]
    pub fn net(&self) -> [u8; 32] {
        SigningKey::from_seed(&self.net_seed).device().0
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({} of {})", self.device(), self.community)
    }
}
