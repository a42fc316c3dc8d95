//! The name of a device on the network: the Ed25519 key it proves in every handshake.
//!
//! libp2p calls the same thing a peer id and prints it in base58. A [`NetKey`] is the bare 32 bytes, which
//! is what certificates name; the two convert without loss, because the peer id of an Ed25519 key contains
//! the key itself (libp2p's peer-ids specification, "identity" multihash).

use std::fmt;

use libp2p::identity::Keypair;
use libp2p::{PeerId, multihash::Multihash};
use zeroize::Zeroizing;

/// What an Ed25519 peer id holds before the key: protobuf field 1 = 1 (Ed25519), field 2 = 32 bytes.
const PROTOBUF_HEAD: [u8; 4] = [0x08, 0x01, 0x12, 0x20];
/// Multihash code of "not hashed at all".
const IDENTITY: u64 = 0;

/// A peer's Ed25519 public key on the network.
///
/// One that came in an event belongs to a peer who proved it. One that was made from bytes may be no point
/// of the curve at all; dialing it then fails like dialing any other peer who is not there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetKey(pub [u8; 32]);

impl NetKey {
    /// The key that belongs to a device's network seed.
    #[must_use]
    #[expect(clippy::expect_used, reason = "we made the key as an Ed25519 one")]
    pub fn of_seed(seed: &[u8; 32]) -> Self {
        Self::from_peer_id(&keypair(seed).public().to_peer_id())
            .expect("the peer id of an Ed25519 key contains it")
    }

    /// The same name as libp2p writes it.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the length is fixed above it")]
    pub fn peer_id(&self) -> PeerId {
        let mut digest = [0; 36];
        digest[..4].copy_from_slice(&PROTOBUF_HEAD);
        digest[4..].copy_from_slice(&self.0);
        Multihash::wrap(IDENTITY, &digest)
            .ok()
            .and_then(|hash| PeerId::from_multihash(hash).ok())
            .expect("36 bytes unhashed are a peer id")
    }

    /// `None` for the id of any other kind of key.
    #[must_use]
    pub fn from_peer_id(peer: &PeerId) -> Option<Self> {
        let hash: &Multihash<64> = peer.as_ref();
        let key = hash.digest().strip_prefix(PROTOBUF_HEAD.as_slice())?;
        let key = key.try_into().ok()?;
        (hash.code() == IDENTITY).then_some(Self(key))
    }
}

impl fmt::Display for NetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.peer_id().fmt(f)
    }
}

impl fmt::Debug for NetKey {
    /// Enough to tell peers apart in a trace.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "NetKey({a:02x}{b:02x}{c:02x}{d:02x}..)")
    }
}

/// The signing pair of a network seed. The copy that libp2p consumes is wiped by it.
#[expect(clippy::expect_used, reason = "any 32 bytes are an Ed25519 seed")]
pub(crate) fn keypair(seed: &[u8; 32]) -> Keypair {
    let mut copy = Zeroizing::new(*seed);
    Keypair::ed25519_from_bytes(copy.as_mut_slice()).expect("32 bytes are an Ed25519 seed")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_net_key_and_a_peer_id_name_the_same_device() {
        for seed in 0..50 {
            let peer = keypair(&[seed; 32]).public().to_peer_id();
            let key = NetKey::from_peer_id(&peer).unwrap();
            assert_eq!(key.peer_id(), peer);
            assert_eq!(key, NetKey::of_seed(&[seed; 32]));
        }
    }

    #[test]
    fn the_id_of_another_kind_of_key_is_no_net_key() {
        let hashed = PeerId::from_multihash(Multihash::wrap(0x12, &[7; 32]).unwrap()).unwrap();
        assert_eq!(NetKey::from_peer_id(&hashed), None);
    }
}
