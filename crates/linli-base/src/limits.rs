//! Every bound in one place, each with its reason.
//!
//! A limit that is checked in two places is read from here in both. All sizes are bytes unless the name
//! says otherwise.

/// Largest plain payload of an entry: one Automerge change or one fact (trust.md §4).
pub const PAYLOAD_MAX: usize = 65_536;
/// What sealing adds to a payload: key id 16, HPKE encapsulation 32, salt 16, tag 16.
pub const SEAL_OVERHEAD: usize = 80;
/// Largest payload as carried.
pub const CARRIED_MAX: usize = PAYLOAD_MAX + SEAL_OVERHEAD;
/// Largest frame on a sync stream; a frame holds at least one entry and usually many.
pub const FRAME_MAX: usize = 1 << 20;
/// The hello must come whole within the first 4 KiB of a stream (sync.md §2).
pub const HELLO_MAX: usize = 4096;
/// A peer has this long to show its certificate, in milliseconds.
pub const HELLO_TIMEOUT_MS: u64 = 5_000;
/// Entries of one author that wait for a predecessor; beyond it the farthest are dropped and asked again.
pub const HELD_PER_AUTHOR: usize = 512;
/// Changes of one author that wait for another change of their record.
pub const PENDING_PER_AUTHOR: usize = 512;
/// Bytes of ranges sent to a link and not yet acknowledged; a slow link costs this much memory.
pub const IN_FLIGHT_MAX: usize = 4 << 20;
/// Statements: largest payload (trust.md §1).
pub const STATEMENT_MAX: usize = 4_096;
/// Longest title of a notice or post, in characters.
pub const TITLE_CHARS: usize = 200;
/// Longest body of a notice, post or comment, in characters (fits a payload with room for four-byte ones).
pub const BODY_CHARS: usize = 12_000;
/// Single-pass cancels carried per device (trust.md §5).
pub const CANCELS_PER_DEVICE: usize = 4_096;
/// Lifetime of a device certificate, seconds (90 days).
pub const CERT_LIFE_S: u64 = 90 * 86_400;
/// How long an invitation window stays open unless said otherwise, seconds.
pub const INVITE_TTL_S: u64 = 600;
/// Bytes a stranger may send on the one protocol open to him while a window is open.
pub const JOIN_BYTES_MAX: usize = 65_536;
/// Deepest nesting of any CBOR we read.
pub const CBOR_DEPTH: usize = 12;
/// Most devices, gates or offices an epoch may list; bounds the work a charter can ask of everyone.
pub const EPOCH_ITEMS_MAX: usize = 4_096;
/// Largest epoch in bytes.
pub const EPOCH_MAX: usize = 512 * 1024;
/// Largest picture or PDF that goes with an entry (sync.md §3).
pub const ATTACHMENT_MAX: usize = 5 << 20;
/// The same once it is sealed: a tag of 16 bytes more.
pub const SEALED_ATTACHMENT_MAX: usize = ATTACHMENT_MAX + 16;
