//! Every command once, and how the window reaches the same, or why it does not.
//!
//! Three tests hold on to this table. The command tree has no command that is missing here, and of what a person does every day
//! no option (`linli`). Every intent named here is carried out by a control that has the word named with it, every word
//! stands in the scene named with it (`linli-desktop`, over all scenes). The page of the guide says the same (`linli`). What a gate, a host and a gate's call
//! can do stands in [`crate::station::CAPABILITIES`].

mod table;

pub use table::ALL;

/// How the window reaches a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Screen {
    /// A control does it.
    Does {
        /// The intent, by its name in the code; behind a `/` what of it makes it this one, as it stands in its debug text:
        /// `Go/Neighbours`.
        intent: &'static str,
        /// The word on or above that control, a Fluent key.
        word: &'static str,
    },
    /// It is on the screen, or a field of a form.
    Shows {
        /// Its heading or name, a Fluent key without arguments.
        word: &'static str,
        /// A scene of the gallery that shows it.
        scene: &'static str,
    },
    /// It has no screen.
    None {
        /// Why, a Fluent key.
        why: &'static str,
    },
}

impl Screen {
    /// The Fluent key that is said of it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Does { word, .. } | Self::Shows { word, .. } => word,
            Self::None { why } => why,
        }
    }
}

/// A command, or what an option adds to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Can {
    /// The command, `notice publish`.
    pub command: &'static str,
    /// An option by its long name; none: the command itself.
    pub option: Option<&'static str>,
    /// How the window reaches it.
    pub screen: Screen,
}

/// Groups of whose commands every option is listed: what people do every day.
pub const DAILY: &[&str] = &[
    "notice",
    "post",
    "attachment",
    "help",
    "today",
    "notifications",
    "background",
    "homes",
    "find",
    "undo",
    "guide",
];

/// A command that takes what another takes: its own options are those.
pub const ALIKE: &[(&str, &str)] = &[("notice correct", "notice publish")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Catalogue, Lang};

    #[test]
    fn everything_is_listed_once_and_has_its_words_in_both_languages() {
        for lang in Lang::ALL {
            let words = Catalogue::of(lang);
            for can in ALL {
                assert!(
                    words.has(can.screen.word()),
                    "{}: {}",
                    can.command,
                    can.screen.word()
                );
            }
        }
        for (n, can) in ALL.iter().enumerate() {
            let same = |other: &&Can| (other.command, other.option) == (can.command, can.option);
            assert!(
                !ALL[..n].iter().any(|other| same(&other)),
                "{} twice",
                can.command
            );
        }
    }
}
