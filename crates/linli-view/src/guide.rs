//! Help that is there without a network: a page for every page of the window, compiled into the program.
//!
//! What a page says is a text file of `guide/`, the same in both languages: the first line is its title, then come
//! paragraphs. Its keys are a table, so that a test can press every one of them.

use crate::intent::Screen;
use crate::words::{Catalogue, Lang};

/// What can be read about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Topic {
    /// Beginning.
    Start,
    /// The first page.
    Home,
    /// Notices.
    Notices,
    /// Visitors and passes.
    Visitors,
    /// The board.
    Board,
    /// Neighbours and sync.
    Neighbours,
    /// Calls of gates.
    Doorbell,
    /// Calling for help.
    Help,
    /// Phone numbers.
    Phones,
    /// Settings.
    Settings,
    /// The gate station.
    Gate,
}

/// A key, and what it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Press {
    /// As people write it: `Ctrl+N`.
    pub key: &'static str,
    /// The sentence that says what it does.
    pub does: &'static str,
}

const fn press(key: &'static str, does: &'static str) -> Press {
    Press { key, does }
}

/// What works on every page of a household or an office.
pub const EVERYWHERE: &[Press] = &[
    press("F1", "guide-key-guide"),
    press("Alt+1", "guide-key-pages"),
    press("Ctrl+K", "guide-key-find"),
    press("Ctrl+N", "guide-key-new"),
    press("Ctrl+,", "guide-key-settings"),
    press("Esc", "guide-key-back"),
];

impl Topic {
    /// All, in the order of a table of contents.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
        Self::Doorbell,
        Self::Help,
        Self::Phones,
        Self::Settings,
        Self::Gate,
    ];

    /// The word that `linli guide` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Home => "home",
            Self::Notices => "notices",
            Self::Visitors => "visitors",
            Self::Board => "board",
            Self::Neighbours => "neighbours",
            Self::Doorbell => "doorbell",
            Self::Help => "help",
            Self::Phones => "phones",
            Self::Settings => "settings",
            Self::Gate => "gate",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.id() == word)
    }

    /// That of a page.
    #[must_use]
    pub const fn of(screen: Screen, gate: bool) -> Self {
        match screen {
            Screen::Home | Screen::Visitors | Screen::Doorbell if gate => Self::Gate,
            Screen::Home => Self::Home,
            Screen::Notices => Self::Notices,
            Screen::Visitors => Self::Visitors,
            Screen::Board => Self::Board,
            Screen::Neighbours => Self::Neighbours,
            Screen::Doorbell => Self::Doorbell,
            Screen::Help => Self::Help,
            Screen::Phones => Self::Phones,
            Screen::Settings => Self::Settings,
        }
    }

    /// The keys of this page alone.
    #[must_use]
    pub const fn keys(self) -> &'static [Press] {
        match self {
            Self::Help => const { &[press("F9", "guide-key-help")] },
            Self::Notices => const { &[press("Ctrl+Enter", "guide-key-sign")] },
            Self::Visitors => const { &[press("Enter", "guide-key-pass")] },
            Self::Board => const { &[press("Ctrl+Enter", "guide-key-post")] },
            _ => &[],
        }
    }

    const fn text(self, lang: Lang) -> &'static str {
        macro_rules! texts {
            ($($topic:ident $name:literal)*) => {
                match (self, lang) {
                    $(
                        (Self::$topic, Lang::ZhCn) => include_str!(concat!("../guide/zh-CN/", $name, ".txt")),
                        (Self::$topic, Lang::En) => include_str!(concat!("../guide/en/", $name, ".txt")),
                    )*
                }
            };
        }
        texts!(Start "start" Home "home" Notices "notices" Visitors "visitors" Board "board" Neighbours "neighbours"
            Doorbell "doorbell" Help "help" Phones "phones" Settings "settings" Gate "gate")
    }
}

/// A page of help.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guide {
    /// Which.
    pub topic: Topic,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Heading of the keys.
    pub keys_title: String,
    /// Keys and what they do.
    pub keys: Vec<(&'static str, String)>,
    /// Heading of the other pages.
    pub more_title: String,
    /// The other pages.
    pub more: Vec<(Topic, String)>,
    /// The word that closes it.
    pub close: String,
}

/// Makes a page.
#[must_use]
pub fn guide(words: &Catalogue, topic: Topic) -> Guide {
    let text = topic.text(words.lang());
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let keys = if topic == Topic::Gate {
        &[]
    } else {
        EVERYWHERE
    };
    Guide {
        topic,
        title: title.to_owned(),
        paragraphs: body
            .split("\n\n")
            .map(|p| p.trim().to_owned())
            .filter(|p| !p.is_empty())
            .collect(),
        keys_title: words.say("guide-keys"),
        keys: topic
            .keys()
            .iter()
            .chain(keys)
            .map(|press| (press.key, words.say(press.does)))
            .collect(),
        more_title: words.say("guide-more"),
        more: Topic::ALL
            .into_iter()
            .filter(|other| *other != topic)
            .map(|other| (other, self::title(words.lang(), other).to_owned()))
            .collect(),
        close: words.say("button-close"),
    }
}

/// The title of a page.
#[must_use]
pub fn title(lang: Lang, topic: Topic) -> &'static str {
    topic.text(lang).lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::samples::{en, zh};

    #[test]
    fn every_page_of_the_window_has_a_topic_with_as_much_to_say_in_both_languages() {
        for topic in Topic::ALL {
            let (zh, en) = (guide(&zh(), topic), guide(&en(), topic));
            assert_eq!(Topic::parse(topic.id()), Some(topic));
            assert_eq!(zh.paragraphs.len(), en.paragraphs.len(), "{topic:?}");
            assert!(
                !zh.paragraphs.is_empty() && zh.title != en.title,
                "{topic:?}"
            );
            for page in [zh, en] {
                let all = format!("{page:?}");
                assert!(!all.contains('⟦'), "{all}");
                assert!(page.title.chars().count() <= 40, "{}", page.title);
            }
        }
        for screen in Screen::ALL
            .into_iter()
            .chain(Screen::ELDERLY)
            .chain([Screen::Settings])
        {
            let topic = Topic::of(screen, false);
            assert!(Topic::ALL.contains(&topic));
        }
        assert_eq!(Topic::of(Screen::Home, true), Topic::Gate);
    }
}
