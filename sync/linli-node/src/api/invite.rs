//! Invitations that are open here.

use serde::{Deserialize, Serialize};

/// An act or question. `id` is an invitation's (`i:...`), or its beginning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum InviteAct {
    /// Data: `{invites:[{id, state:"open|answered|comparing|enrolled", unit, role, expires_ms, known_unit, tries_left,
    /// device_name, invite, device, confirmed, confirmed_there, emoji, names_zh, names_en, numbers}], may:[role], running}`;
    /// `invite` is the line, while nobody has come; the pictures are there while they are compared. `may` are the roles for
    /// which this device can invite: `household`, `office`, `gate`, `screen`, `sibling`.
    List,
    /// Data: `{closed:[{id, unit, role}]}`. What has been joined by is not closed.
    Close {
        /// Which; none = all.
        id: Option<String>,
    },
    /// As [`super::Request::SasConfirm`] of this invitation alone. Data: also `id`.
    Confirm {
        /// Which.
        id: String,
        /// What the person typed.
        typed: String,
    },
}
