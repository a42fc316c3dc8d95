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
    /// A page of the window.
    Page(Screen),
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
    pub fn all() -> impl Iterator<Item = Self> {
        let pages = Screen::EVERY.map(Self::Page);
        [Self::Start].into_iter().chain(pages).chain([Self::Gate])
    }

    /// The word that `linli guide` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Page(screen) => screen.id(),
            Self::Gate => "gate",
        }
    }

    /// Reads that word, and whatever else a page is called.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "start" => Some(Self::Start),
            "gate" => Some(Self::Gate),
            page => Screen::parse(page).map(Self::Page),
        }
    }

    /// That of a page.
    #[must_use]
    pub const fn of(screen: Screen, gate: bool) -> Self {
        match screen {
            Screen::Home | Screen::Visitors | Screen::Doorbell if gate => Self::Gate,
            page => Self::Page(page),
        }
    }

    /// The keys of this page alone.
    #[must_use]
    pub const fn keys(self) -> &'static [Press] {
        match self {
            // Only where this account has several homes; there the strip names it on every page.
            Self::Page(Screen::Settings) => const { &[press("Ctrl+Shift+H", "guide-key-homes")] },
            Self::Page(Screen::Help) => const { &[press("F9", "guide-key-help")] },
            Self::Page(Screen::Notices) => const { &[press("Ctrl+Enter", "guide-key-sign")] },
            Self::Page(Screen::Visitors) => const { &[press("Enter", "guide-key-pass")] },
            Self::Page(Screen::Board) => const { &[press("Ctrl+Enter", "guide-key-post")] },
            _ => &[],
        }
    }

    const fn text(self, lang: Lang) -> &'static str {
        macro_rules! texts {
            ($($topic:pat, $name:literal;)*) => {
                match (self, lang) {
                    $(
                        ($topic, Lang::ZhCn) => include_str!(concat!("../guide/zh-CN/", $name, ".txt")),
                        ($topic, Lang::En) => include_str!(concat!("../guide/en/", $name, ".txt")),
                    )*
                }
            };
        }
        texts! {
            Self::Start, "start";
            Self::Page(Screen::Home), "home";
            Self::Page(Screen::Notices), "notices";
            Self::Page(Screen::Visitors), "visitors";
            Self::Page(Screen::Board), "board";
            Self::Page(Screen::Neighbours), "neighbours";
            Self::Page(Screen::Doorbell), "doorbell";
            Self::Page(Screen::Help), "help";
            Self::Page(Screen::Phones), "phones";
            Self::Page(Screen::Settings), "settings";
            Self::Page(Screen::Register), "register";
            Self::Page(Screen::Invite), "invite";
            Self::Gate, "gate";
        }
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
        more: Topic::all()
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
        for topic in Topic::all() {
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
        for screen in Screen::EVERY {
            assert_eq!(Screen::parse(screen.id()), Some(screen));
            assert!(Topic::all().any(|topic| topic == Topic::of(screen, false)));
        }
        let shown = Screen::ALL.iter().chain(&Screen::ELDERLY);
        for screen in shown.chain(&Screen::OFFICE).chain(&Screen::GATE) {
            assert!(Screen::EVERY.contains(screen));
        }
        assert_eq!(Topic::of(Screen::Home, true), Topic::Gate);
    }
}
