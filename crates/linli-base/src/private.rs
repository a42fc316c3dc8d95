//! A value about a person, which prints as dots.
//!
//! Names, phones, plates and ID numbers travel through the code inside [`Private`], so that no log line,
//! panic or `{:?}` of a larger struct can carry them by accident. Reading one is a visible act: [`Private::reveal`].

use std::fmt;

/// Personal data: `Debug` prints `•••`, there is no `Display`.
///
/// ```
/// let name = linli_base::Private::new("张三".to_string());
/// assert_eq!(format!("{name:?}"), "•••");
/// assert_eq!(name.reveal(), "张三");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for storing, sealing or showing to who may see it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}
