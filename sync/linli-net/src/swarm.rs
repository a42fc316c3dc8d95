//! How libp2p is put together: transports, behaviours, and every limit that is off until composed.

use std::time::Duration;

use libp2p::request_response::{self as ask, ProtocolSupport};
use libp2p::swarm::behaviour::toggle::Toggle;
use libp2p::swarm::{NetworkBehaviour, Swarm};
use libp2p::{SwarmBuilder, identify, mdns, noise, ping, tcp, yamux};
use libp2p::{
    allow_block_list as lists, connection_limits as limits, memory_connection_limits as memory,
};

use crate::config::NetConfig;
use crate::driver::NetFault;
use crate::join::{BlobCodec, JoinCodec};
use crate::key::keypair;
use crate::lanes::Lanes;
use crate::{BLOB, JOIN};

/// The name we give in identify; says nothing of version or platform.
const AGENT: &str = "linli";
const PROTOCOL: &str = "/linli/1";

/// A connection that is not made by then is given up. QUIC took 0.15 s on a LAN, TCP a tenth of it. Where
/// nobody listens TCP hears so at once; QUIC hears nothing and waits this long.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// How long an ask may wait for its answer; a clerk may have to look up from the counter.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Connections beside those that carry links: joiners who ask, calls that cross, strangers.
pub(crate) const SPARE_CONNECTIONS: usize = 64;
/// Two devices that call each other over two addresses each.
const PER_PEER: u32 = 4;
/// Handshakes under way. A stranger can occupy one for [`CONNECT_WITHIN`].
const PENDING: u32 = 128;
/// A link, an ask or two, as many pieces, ping and identify need eight.
const STREAMS: usize = 32;
/// Asks at the same time on one connection.
const ASKS_PER_CONNECTION: usize = 8;

#[derive(NetworkBehaviour)]
pub(crate) struct Behaviour {
    // Those that turn connections away come first.
    pub(crate) blocked: lists::Behaviour<lists::BlockedPeers>,
    limits: limits::Behaviour,
    memory: Toggle<memory::Behaviour>,
    pub(crate) lanes: Lanes,
    pub(crate) join: ask::Behaviour<JoinCodec>,
    pub(crate) blob: ask::Behaviour<BlobCodec>,
    identify: identify::Behaviour,
    ping: ping::Behaviour,
    pub(crate) mdns: Toggle<mdns::tokio::Behaviour>,
}

impl Behaviour {
    fn new(cfg: &NetConfig, key: &libp2p::identity::Keypair) -> std::io::Result<Self> {
        // Links of those we know and of those we do not are counted apart.
        let most = cfg
            .max_links
            .saturating_mul(2)
            .saturating_add(SPARE_CONNECTIONS);
        let established = u32::try_from(most);
        let connections = limits::ConnectionLimits::default()
            .with_max_pending_incoming(Some(PENDING))
            .with_max_pending_outgoing(Some(PENDING))
            .with_max_established_per_peer(Some(PER_PEER))
            .with_max_established(Some(established.unwrap_or(u32::MAX)));
        let memory =
            (cfg.memory_max > 0).then(|| memory::Behaviour::with_max_bytes(cfg.memory_max));
        // What strangers claim about themselves is not kept, and where we listen is not told to them.
        let identify = identify::Config::new(PROTOCOL.to_owned(), key.public())
            .with_agent_version(AGENT.to_owned())
            .with_cache_size(0)
            .with_hide_listen_addrs(true);
        let mdns = if cfg.mdns {
            let often = mdns::Config {
                // One lost packet costs this long (five minutes by default).
                query_interval: Duration::from_secs(60),
                ..mdns::Config::default()
            };
            Some(mdns::tokio::Behaviour::new(
                often,
                key.public().to_peer_id(),
            )?)
        } else {
            None
        };
        Ok(Self {
            blocked: lists::Behaviour::default(),
            limits: limits::Behaviour::new(connections),
            memory: memory.into(),
            lanes: Lanes::default(),
            join: join(ProtocolSupport::Full),
            blob: ask::Behaviour::new(
                [(BLOB, ProtocolSupport::Full)],
                ask::Config::default()
                    .with_request_timeout(cfg.blob_within)
                    .with_max_concurrent_streams(ASKS_PER_CONNECTION),
            ),
            identify: identify::Behaviour::new(identify),
            ping: ping::Behaviour::new(
                ping::Config::new()
                    .with_interval(cfg.ping_every)
                    .with_timeout(cfg.ping_every),
            ),
            mdns: mdns.into(),
        })
    }
}

fn join(support: ProtocolSupport) -> ask::Behaviour<JoinCodec> {
    ask::Behaviour::new(
        [(JOIN, support)],
        ask::Config::default()
            .with_request_timeout(ANSWER_WITHIN)
            .with_max_concurrent_streams(ASKS_PER_CONNECTION),
    )
}

/// A swarm of a running node.
pub(crate) fn node(cfg: &NetConfig) -> Result<Swarm<Behaviour>, NetFault> {
    let key = keypair(&cfg.net_seed);
    let behaviour =
        Behaviour::new(cfg, &key).map_err(|error| NetFault::System(error.to_string()))?;
    swarm(key, behaviour, cfg.idle)
}

/// A swarm that only asks, and is gone a moment later.
pub(crate) fn asker(seed: &[u8; 32]) -> Result<Swarm<ask::Behaviour<JoinCodec>>, NetFault> {
    swarm(
        keypair(seed),
        join(ProtocolSupport::Outbound),
        ANSWER_WITHIN,
    )
}

/// A swarm that only hears who is around.
pub(crate) fn ear(seed: &[u8; 32]) -> Result<Swarm<mdns::tokio::Behaviour>, NetFault> {
    let key = keypair(seed);
    let me = key.public().to_peer_id();
    let behaviour = mdns::tokio::Behaviour::new(mdns::Config::default(), me)
        .map_err(|error| NetFault::System(error.to_string()))?;
    swarm(key, behaviour, ANSWER_WITHIN)
}

fn swarm<B: NetworkBehaviour>(
    key: libp2p::identity::Keypair,
    behaviour: B,
    idle: Duration,
) -> Result<Swarm<B>, NetFault> {
    let muxer = || {
        let mut config = yamux::Config::default();
        config.set_max_num_streams(STREAMS);
        config
    };
    let swarm = SwarmBuilder::with_existing_identity(key)
        .with_tokio()
        .with_tcp(tcp::Config::new().nodelay(true), noise::Config::new, muxer)
        .map_err(|error| NetFault::System(error.to_string()))?
        .with_quic_config(|mut config| {
            config.max_concurrent_stream_limit = STREAMS as u32;
            config.handshake_timeout = CONNECT_WITHIN;
            config
        })
        .with_behaviour(|_| behaviour)
        .map_err(|error| NetFault::System(error.to_string()))?
        .with_swarm_config(|config| {
            config
                .with_idle_connection_timeout(idle)
                .with_max_negotiating_inbound_streams(STREAMS)
        })
        .with_connection_timeout(CONNECT_WITHIN)
        .build();
    Ok(swarm)
}
