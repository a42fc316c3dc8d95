//! A value about a person, which prints as dots and may be kept in a preview on disk.
//!
//! It means what `linli_base::Private` means, under the same method names. It stands here again because an
//! import waits on disk between its preview and its approval, so this one is serialisable, and the one that
//! the rest of Linli carries is on purpose not.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Personal data: `Debug` prints `•••`, there is no `Display`.
///
/// ```
/// let name = linli_exchange::Private::from("张三");
/// assert_eq!(format!("{name:?}"), "•••");
/// assert_eq!(name.reveal(), "张三");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for storing or showing to who may see it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl From<&str> for Private<String> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Private<String> {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}
