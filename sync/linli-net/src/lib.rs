//! Drivers: libp2p on the LAN; iroh away from it (feature `away`, which so far only pins its crates).
//!
//! This crate moves opaque bytes between neighbours' devices and knows nothing of what they mean. It offers
//! two things (docs/formats/wire-transport.md has the bytes):
//!
//! - a **link**: one ordered stream of frames with one authenticated peer, at most one per peer, on
//!   `/linli/sync/1`. [`NetHandle::dial`] wants a link and keeps wanting it until [`NetHandle::forget`];
//! - an **ask**: one request and one answer on `/linli/join/1`, up to 64 KiB each. A stranger may ask only
//!   while [`NetHandle::open_window`] is on. [`ask_once`] is the other side of it;
//! - a **piece** of an attachment on `/linli/blob/1`, between peers that have a link ([`blob`]).
//!
//! Who a peer is (his [`NetKey`]) is proven by the handshake. Whether he belongs to the community is not
//! this crate's business: whoever holds the handle reads his first frame and decides.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use linli_net::{NetConfig, NetEvent, start};
//! let (office, mut office_events) = start(NetConfig::loopback([1; 32])).await?;
//! let (home, mut home_events) = start(NetConfig::loopback([2; 32])).await?;
//! home.dial(&office.listen_addrs()[0])?;
//! let link = loop {
//!     if let Some(NetEvent::LinkUp { link, .. }) = home_events.recv().await { break link; }
//! };
//! home.send(link, b"good morning".to_vec())?;
//! let bytes = loop {
//!     if let Some(NetEvent::Frame { bytes, .. }) = office_events.recv().await { break bytes; }
//! };
//! assert_eq!(bytes, b"good morning");
//! # home.shutdown().await; office.shutdown().await; Ok(()) }
//! ```

mod addr;
mod around;
mod ask;
pub mod blob;
mod config;
mod driver;
mod event;
mod frame;
mod handle;
mod join;
mod key;
mod lanes;
mod link;
mod route;
mod seat;
mod swarm;
mod wishes;

pub use addr::AddrFault;
pub use around::listen_around;
pub use ask::{AskFault, ask_once};
pub use blob::{BlobAnswer, BlobAsk, BlobFault, Carrier};
pub use config::NetConfig;
pub use driver::{NetFault, start};
pub use event::{AskId, DialFault, LinkEnd, LinkId, NetEvent, NetEvents};
pub use handle::{NetHandle, SendFault};
pub use key::NetKey;

use libp2p::StreamProtocol;

/// The protocol of a link.
pub const SYNC_PROTOCOL: &str = "/linli/sync/1";
/// The protocol of an ask.
pub const JOIN_PROTOCOL: &str = "/linli/join/1";

/// The protocol of a piece of an attachment.
pub const BLOB_PROTOCOL: &str = "/linli/blob/1";

pub(crate) const SYNC: StreamProtocol = StreamProtocol::new(SYNC_PROTOCOL);
pub(crate) const JOIN: StreamProtocol = StreamProtocol::new(JOIN_PROTOCOL);
pub(crate) const BLOB: StreamProtocol = StreamProtocol::new(BLOB_PROTOCOL);
