//! Invitations that are open in this home: who may be invited, who knocks, and the pictures to compare.

use super::{PassQr, Passphrase, Pictures};
use serde::{Deserialize, Serialize};

/// All of them, and what this device may open.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct InviteReport {
    /// In the order in which they were opened.
    #[serde(default)]
    pub invites: Vec<InviteItem>,
    /// For which roles this device can invite: `household`, `office`, `gate`, `screen`, `sibling`.
    #[serde(default)]
    pub may: Vec<String>,
    /// In the answer to an opening: the new one.
    #[serde(default)]
    pub opened: Option<String>,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct InviteItem {
    /// Its id.
    pub id: String,
    /// How far it is.
    pub state: InviteState,
    /// What it makes of whoever joins: `household`, `office:NAME`, `gate:NO`, `screen`, `sibling`.
    pub role: String,
    /// The unit, of a household.
    #[serde(default)]
    pub unit: Option<String>,
    /// Until when it is open.
    #[serde(default)]
    pub until_ms: u64,
    /// False: the register has no such unit.
    #[serde(default)]
    pub known_unit: bool,
    /// Comparisons that may go wrong until it closes.
    #[serde(default)]
    pub tries_left: u8,
    /// What the device that joins calls itself.
    #[serde(default)]
    pub device_name: Option<String>,
    /// The person here has said that the pictures agree.
    #[serde(default)]
    pub confirmed: bool,
    /// The person there has.
    #[serde(default)]
    pub confirmed_there: bool,
    /// The line for whoever joins, while nobody has come. Who has it can knock; prints as dots.
    #[serde(default)]
    pub line: Option<Passphrase>,
    /// The same as a picture.
    #[serde(default)]
    pub qr: Option<PassQr>,
    /// What both screens show, while it is compared.
    #[serde(default)]
    pub pictures: Option<Pictures>,
}

/// How far an invitation is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteState {
    /// Nobody has come.
    #[default]
    Open,
    /// Somebody has, and the pictures are about to.
    Answered,
    /// Both sides see the pictures.
    Comparing,
    /// Whoever it was for has joined.
    Enrolled,
    /// A state this version does not know.
    #[serde(other)]
    Other,
}
