//! What one node is started with.

use std::fmt;
use std::time::Duration;

use linli_base::limits;
use zeroize::Zeroizing;

use crate::addr::Ways;

/// How to start the driver. [`NetConfig::new`] fills in what suits a household.
#[derive(Clone)]
pub struct NetConfig {
    /// Seed of the Ed25519 key that this device proves in handshakes.
    pub net_seed: Zeroizing<[u8; 32]>,
    /// Where to listen: `host:port` (both transports; port 0 lets the system choose one for both) or
    /// multiaddrs. Empty: this device only dials.
    pub listen: Vec<String>,
    /// Look for others on the local network and be found. A hint that anyone can forge.
    pub mdns: bool,
    /// Links at the same time; further peers are turned away. Peers whom [`crate::NetHandle::know`] names
    /// are counted by themselves, so that strangers cannot take their places.
    pub max_links: usize,
    /// Speak TCP with noise and yamux.
    pub tcp: bool,
    /// Speak QUIC.
    pub quic: bool,
    /// Try QUIC before TCP where an address means both.
    pub quic_first: bool,
    /// Largest first frame of a link: the hello of someone who has not shown his certificate yet.
    pub first_frame_max: usize,
    /// A link without a first frame by then ends as [`crate::LinkEnd::Silent`].
    pub first_frame_within: Duration,
    /// How often a connection is tested, and how long the answer may take. A peer who vanished is found out
    /// after about four times this.
    pub ping_every: Duration,
    /// How long a piece of an attachment may take to come.
    pub blob_within: Duration,
    /// A connection that carries neither a link nor an ask is closed after this time.
    pub idle: Duration,
    /// Above this much resident memory of the process no new connection is made. 0 switches it off.
    pub memory_max: usize,
}

impl NetConfig {
    /// A device that listens nowhere yet.
    #[must_use]
    pub fn new(net_seed: [u8; 32]) -> Self {
        Self {
            net_seed: Zeroizing::new(net_seed),
            listen: Vec::new(),
            mdns: false,
            // sync.md §3 aims at a dozen; an office answers more than it calls.
            max_links: 32,
            tcp: true,
            quic: true,
            quic_first: false,
            first_frame_max: limits::HELLO_MAX,
            first_frame_within: Duration::from_millis(limits::HELLO_TIMEOUT_MS),
            ping_every: Duration::from_secs(8),
            // 256 KiB get through 70 kbit/s in half of it.
            blob_within: Duration::from_secs(60),
            idle: Duration::from_secs(600),
            memory_max: 1 << 30,
        }
    }

    /// A device that listens on a free port of this machine only: for tests and examples.
    #[must_use]
    pub fn loopback(net_seed: [u8; 32]) -> Self {
        Self {
            listen: vec!["127.0.0.1:0".to_owned()],
            ..Self::new(net_seed)
        }
    }

    pub(crate) fn ways(&self) -> Ways {
        Ways {
            tcp: self.tcp,
            quic: self.quic,
            quic_first: self.quic_first,
        }
    }
}

impl fmt::Debug for NetConfig {
    /// Says nothing of the seed, and of addresses only how many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NetConfig")
            .field("listen", &self.listen.len())
            .field("mdns", &self.mdns)
            .field("max_links", &self.max_links)
            .field("tcp", &self.tcp)
            .field("quic", &self.quic)
            .finish_non_exhaustive()
    }
}
