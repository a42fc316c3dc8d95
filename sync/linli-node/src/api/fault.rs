//! A fault as it crosses the socket: a code, an exit status, arguments. Never a value about a person.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What went wrong. The sentence (what happened, what is safe, what to do next) is made from `code` and
/// `args` by the program that shows it, in its language; key `fault-<code>` of its catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}")]
pub struct Fault {
    /// kebab-case, stable: `not-allowed`, `no-community`, `home-busy`, `wrong-passphrase`, ...
    pub code: String,
    /// Exit status of cli.md.
    pub exit: u8,
    /// Arguments of the sentence.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Fault {
    fn of(exit: u8, code: &str) -> Self {
        Self {
            code: code.to_owned(),
            exit,
            args: BTreeMap::new(),
        }
    }

    /// Our fault (1).
    #[must_use]
    pub fn ours(code: &str) -> Self {
        Self::of(1, code)
    }

    /// Bad input (3).
    #[must_use]
    pub fn input(code: &str) -> Self {
        Self::of(3, code)
    }

    /// Not allowed (4).
    #[must_use]
    pub fn forbidden(code: &str) -> Self {
        Self::of(4, code)
    }

    /// Home locked or busy (5).
    #[must_use]
    pub fn busy(code: &str) -> Self {
        Self::of(5, code)
    }

    /// Not found (6).
    #[must_use]
    pub fn missing(code: &str) -> Self {
        Self::of(6, code)
    }

    /// Timed out or unreachable (7).
    #[must_use]
    pub fn unreachable(code: &str) -> Self {
        Self::of(7, code)
    }

    /// Storage (8).
    #[must_use]
    pub fn storage(code: &str) -> Self {
        Self::of(8, code)
    }

    /// Version (9).
    #[must_use]
    pub fn version(code: &str) -> Self {
        Self::of(9, code)
    }

    /// A person must choose (12).
    #[must_use]
    pub fn choose(code: &str) -> Self {
        Self::of(12, code)
    }

    /// A warning: exit 0.
    #[must_use]
    pub fn warning(code: &str) -> Self {
        Self::of(0, code)
    }

    /// With an argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
