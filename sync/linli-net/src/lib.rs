//! Drivers: libp2p on the LAN; iroh away from it (feature away).
