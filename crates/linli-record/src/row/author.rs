//! Who wrote something: known from the signature and the charter, never from a field.

use super::serial;
use linli_base::{DeviceId, PrincipalId, Private};
use serde::{Deserialize, Serialize};

/// The author of an entry, as the caller knows it from certificate and charter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Author {
    /// The device that signed.
    #[serde(with = "serial::id")]
    pub device: DeviceId,
    /// The principal it belongs to.
    #[serde(with = "serial::id")]
    pub principal: PrincipalId,
    /// What that principal is.
    pub kind: AuthorKind,
    /// An office's name in the charter, such as 居委会.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_name: Option<String>,
    /// A household's unit in its certificate, such as `3-2-501`.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "serial::opt_private"
    )]
    pub unit: Option<Private<String>>,
}

/// What a principal is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AuthorKind {
    /// 户.
    Household,
    /// 居委会, 业委会, 物业, a party branch, a volunteer team.
    Office,
    /// A gate.
    Gate,
    /// A screen or kiosk: it writes nothing that is folded.
    Machine,
}
