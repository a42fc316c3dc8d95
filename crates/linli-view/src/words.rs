//! Sentences by key, in the language the person chose.
//!
//! Chinese is the source; English has the same keys (a test holds that). A [`Catalogue`] is built from Fluent
//! texts, so the command line can load its own sentences beside those of this crate.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::fmt;

/// The languages Linli speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Lang {
    /// Simplified Chinese, the source.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Lang {
    /// Both, source first.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag, as `--lang` takes it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a tag or a `LANG` value: `zh-CN`, `zh_CN.UTF-8`, `en`, `en_GB`.
    ///
    /// ```
    /// use linli_view::words::Lang;
    /// assert_eq!(Lang::parse("zh_CN.UTF-8"), Some(Lang::ZhCn));
    /// assert_eq!(Lang::parse("en"), Some(Lang::En));
    /// assert_eq!(Lang::parse("C"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let primary = text.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language for these environment values, in the order they outrank each other (`LC_ALL`, `LC_MESSAGES`,
    /// `LANG`): the first that is set and not empty decides. Nothing set or a language we lack: Chinese, except
    /// that an explicit other language gets English, which more people read.
    #[must_use]
    pub fn detect<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        match values.into_iter().find(|value| !value.is_empty()) {
            None | Some("C" | "POSIX" | "C.UTF-8" | "C.utf8") => Self::ZhCn,
            Some(value) => Self::parse(value).unwrap_or(Self::En),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A value put into a sentence.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Text as it is; foreign text must have gone through [`crate::clean`] first.
    Text(std::borrow::Cow<'a, str>),
    /// A number, which also picks the plural.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
macro_rules! numbers {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Arg<'_> {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(u8 u16 u32 u64 usize i64);

/// Why a catalogue could not be built: a fault of ours, found by tests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CatalogueError {
    /// Which of the sources, counted from 0.
    pub source: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fluent source {}: {}", self.source, self.message)
    }
}
impl std::error::Error for CatalogueError {}

/// All sentences of one language.
///
/// A missing key never fails: it comes out as `⟦key⟧`, which tests look for in every view.
///
/// ```
/// use linli_view::words::{Catalogue, Lang};
/// let source = "peers = { $n ->\n    [one] one neighbour\n   *[other] { $n } neighbours\n}";
/// let words = Catalogue::new(Lang::En, &[source])?;
/// assert_eq!(words.text("peers", &[("n", 3_u32.into())]), "3 neighbours");
/// assert_eq!(words.text("nothing", &[]), "⟦nothing⟧");
/// # Ok::<(), linli_view::words::CatalogueError>(())
/// ```
pub struct Catalogue {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catalogue({})", self.lang)
    }
}

impl Catalogue {
    /// From Fluent sources; a key that comes twice, or a source that does not parse, is an error.
    pub fn new(lang: Lang, sources: &[&str]) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::empty(lang);
        for (source, text) in sources.iter().enumerate() {
            let fault = |message: String| CatalogueError { source, message };
            let resource = FluentResource::try_new((*text).to_owned())
                .map_err(|(_, errors)| fault(join(errors.iter())))?;
            catalogue
                .bundle
                .add_resource(resource)
                .map_err(|errors| fault(join(errors.iter())))?;
        }
        Ok(catalogue)
    }

    /// The sentences of this crate, which the desktop shows. Also see [`sources`].
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        let mut catalogue = Self::empty(lang);
        for text in sources(lang) {
            // A test proves that every source parses; a broken line must not take the window down with it.
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            catalogue.bundle.add_resource_overriding(resource);
        }
        catalogue
    }

    /// The language of these sentences.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Is there a sentence under this key?
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The sentence under `key`, with its arguments filled in.
    ///
    /// A sentence that lacks an argument is our fault: a development build stops there, so that a test meets it, and
    /// elsewhere a person reads the sentence's name instead of a gap.
    #[must_use]
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let (text, whole) = self.fill(key, args);
        debug_assert!(whole, "{text}");
        text
    }

    /// The sentence under `key`, if there is one and all it asks for is there.
    #[must_use]
    pub fn whole(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let (text, whole) = self.fill(key, args);
        Some(text).filter(|_| whole && self.has(key))
    }

    /// The sentence and whether it had all it asks for.
    fn fill(&self, key: &str, args: &[(&str, Arg<'_>)]) -> (String, bool) {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return (format!("⟦{key}⟧"), true);
        };
        let mut values = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_ref()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            values.set(*name, value);
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut errors);
        if errors.is_empty() {
            (text.into_owned(), true)
        } else {
            (format!("⟦{key}: {}⟧", join(errors.iter())), false)
        }
    }

    /// The sentence under `key`, which needs no arguments.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.text(key, &[])
    }

    fn empty(lang: Lang) -> Self {
        let id = lang.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks are invisible in a terminal but boxes in egui; foreign text is cleaned of bidi
        // controls before it gets here.
        bundle.set_use_isolating(false);
        Self { lang, bundle }
    }
}

/// The Fluent sources of this crate, to be loaded beside further ones.
#[must_use]
pub const fn sources(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::ZhCn => &[
            include_str!("../locales/zh-CN/alert.ftl"),
            include_str!("../locales/zh-CN/begin.ftl"),
            include_str!("../locales/zh-CN/bell.ftl"),
            include_str!("../locales/zh-CN/board.ftl"),
            include_str!("../locales/zh-CN/files.ftl"),
            include_str!("../locales/zh-CN/calls.ftl"),
            include_str!("../locales/zh-CN/cap.ftl"),
            include_str!("../locales/zh-CN/capabilities.ftl"),
            include_str!("../locales/zh-CN/dates.ftl"),
            include_str!("../locales/zh-CN/delivery.ftl"),
            include_str!("../locales/zh-CN/family.ftl"),
            include_str!("../locales/zh-CN/faults.ftl"),
            include_str!("../locales/zh-CN/faults-window.ftl"),
            include_str!("../locales/zh-CN/find.ftl"),
            include_str!("../locales/zh-CN/folder.ftl"),
            include_str!("../locales/zh-CN/frame.ftl"),
            include_str!("../locales/zh-CN/guide.ftl"),
            include_str!("../locales/zh-CN/help.ftl"),
            include_str!("../locales/zh-CN/homes.ftl"),
            include_str!("../locales/zh-CN/invite.ftl"),
            include_str!("../locales/zh-CN/join.ftl"),
            include_str!("../locales/zh-CN/letter.ftl"),
            include_str!("../locales/zh-CN/notices.ftl"),
            include_str!("../locales/zh-CN/office.ftl"),
            include_str!("../locales/zh-CN/passes.ftl"),
            include_str!("../locales/zh-CN/register.ftl"),
            include_str!("../locales/zh-CN/sheet.ftl"),
            include_str!("../locales/zh-CN/start.ftl"),
            include_str!("../locales/zh-CN/station.ftl"),
            include_str!("../locales/zh-CN/sync.ftl"),
            include_str!("../locales/zh-CN/undo.ftl"),
        ],
        Lang::En => &[
            include_str!("../locales/en/alert.ftl"),
            include_str!("../locales/en/begin.ftl"),
            include_str!("../locales/en/bell.ftl"),
            include_str!("../locales/en/board.ftl"),
            include_str!("../locales/en/files.ftl"),
            include_str!("../locales/en/calls.ftl"),
            include_str!("../locales/en/cap.ftl"),
            include_str!("../locales/en/capabilities.ftl"),
            include_str!("../locales/en/dates.ftl"),
            include_str!("../locales/en/delivery.ftl"),
            include_str!("../locales/en/family.ftl"),
            include_str!("../locales/en/faults.ftl"),
            include_str!("../locales/en/faults-window.ftl"),
            include_str!("../locales/en/find.ftl"),
            include_str!("../locales/en/folder.ftl"),
            include_str!("../locales/en/frame.ftl"),
            include_str!("../locales/en/guide.ftl"),
            include_str!("../locales/en/help.ftl"),
            include_str!("../locales/en/homes.ftl"),
            include_str!("../locales/en/invite.ftl"),
            include_str!("../locales/en/join.ftl"),
            include_str!("../locales/en/letter.ftl"),
            include_str!("../locales/en/notices.ftl"),
            include_str!("../locales/en/office.ftl"),
            include_str!("../locales/en/passes.ftl"),
            include_str!("../locales/en/register.ftl"),
            include_str!("../locales/en/sheet.ftl"),
            include_str!("../locales/en/start.ftl"),
            include_str!("../locales/en/station.ftl"),
            include_str!("../locales/en/sync.ftl"),
            include_str!("../locales/en/undo.ftl"),
        ],
    }
}

fn join<E: fmt::Display>(errors: impl Iterator<Item = E>) -> String {
    errors
        .map(|error| error.to_string())
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests;
