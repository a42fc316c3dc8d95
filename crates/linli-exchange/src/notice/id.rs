//! Stable ids for readers that want a UUID.

use std::fmt::Write;

/// What a UUID is made for; part of it, so that a community and a notice never share one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// A whole feed.
    Feed,
    /// One notice.
    Notice,
}

/// `urn:uuid:` from the first sixteen bytes of an id, as version 8 of RFC 9562: its version and variant are set, and the
/// first bit says what it is made for. The other bits are the id's.
#[must_use]
pub fn uuid_of(kept: Kept, id: &[u8]) -> String {
    let mut bytes = [0_u8; 16];
    for (to, from) in bytes.iter_mut().zip(id) {
        *to = *from;
    }
    bytes[0] = (bytes[0] & 0x7f) | if kept == Kept::Feed { 0x80 } else { 0 };
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut out = "urn:uuid:".to_owned();
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}
