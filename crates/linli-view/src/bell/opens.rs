//! What a window shows when somebody presses a notice of the system.

use super::item::{Item, What};
use super::turn::ANSWERS;
use serde::{Deserialize, Serialize};

/// A page, or one thing on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Opens {
    /// The first page.
    Home,
    /// A notice.
    Notice {
        /// Its id.
        id: String,
    },
    /// The board.
    Board,
    /// A post.
    Post {
        /// Its id.
        id: String,
    },
    /// Help, and who looks after whom.
    Help,
}

impl Opens {
    /// As a command line has it: `notice:r:..`, `board`. Names nobody: it can be read by whoever lists processes.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Home => "home".into(),
            Self::Notice { id } => format!("notice:{id}"),
            Self::Board => "board".into(),
            Self::Post { id } => format!("post:{id}"),
            Self::Help => "help".into(),
        }
    }

    /// Reads such a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let id = |id: &str| (!id.is_empty()).then(|| id.to_owned());
        Some(match word.split_once(':') {
            None if word == "home" => Self::Home,
            None if word == "board" => Self::Board,
            None if word == "help" => Self::Help,
            Some(("notice", of)) => Self::Notice { id: id(of)? },
            Some(("post", of)) => Self::Post { id: id(of)? },
            _ => return None,
        })
    }
}

/// What was announced under a key, as it stands now. Many things at once, and what is gone since, are the first page's: what
/// waits stands there. So does a gate that calls, over whatever page.
#[must_use]
pub fn opens(key: &str, items: &[Item<'_>]) -> Opens {
    if key == ANSWERS {
        return Opens::Board;
    }
    let item = items.iter().find(|item| item.key == key);
    match item.map(|item| item.what) {
        Some(What::Notice(n) | What::Retracted(n)) => Opens::Notice { id: n.id.clone() },
        Some(What::Comment(p, _) | What::Claim(p, _) | What::Decided(p) | What::Post(p)) => {
            Opens::Post { id: p.id.clone() }
        }
        Some(What::Help(_) | What::Missed(_)) => Opens::Help,
        Some(What::Ring(_)) | None => Opens::Home,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn every_page_is_read_from_its_word_and_nothing_else_is_one() {
        let id = "r:abc".to_owned();
        for opens in [
            Opens::Home,
            Opens::Board,
            Opens::Help,
            Opens::Notice { id: id.clone() },
            Opens::Post { id },
        ] {
            assert_eq!(Opens::parse(&opens.word()), Some(opens));
        }
        for odd in ["", "notice", "notice:", "post:", "Home", "gate", "x:y"] {
            assert_eq!(Opens::parse(odd), None, "{odd}");
        }
        assert_eq!(opens("many", &[]), Opens::Home);
        assert_eq!(opens("answers", &[]), Opens::Board);
        assert_eq!(opens("n:gone", &[]), Opens::Home);
    }
}
