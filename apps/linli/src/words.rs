//! The sentences of the command line, beside those it shares with the desktop.
//!
//! Chinese is the source and English has the same keys; a test holds that. Nothing here is shown in both
//! languages at once: `--lang` decides, else the environment.

use linli_view::words::{Arg, Catalogue, Lang};
use std::ffi::OsString;

/// The sentences of one language: ours first, then the shared ones.
#[derive(Debug)]
pub struct Words {
    own: Catalogue,
    shared: Catalogue,
}

impl Words {
    /// All sentences of a language.
    pub fn of(lang: Lang) -> Self {
        // A test builds both; should a source ever be broken, its sentences come out as bare keys.
        let own = Catalogue::new(lang, own(lang)).unwrap_or_else(|_| Catalogue::of(lang));
        let shared = Catalogue::of(lang);
        Self { own, shared }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.own.lang()
    }

    /// Is there a sentence under this key?
    pub fn has(&self, key: &str) -> bool {
        self.own.has(key) || self.shared.has(key)
    }

    /// The sentence under a key, with its arguments.
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        if self.own.has(key) {
            self.own.text(key, args)
        } else {
            self.shared.text(key, args)
        }
    }

    /// The sentence under a key, if there is one and all it asks for is there.
    pub fn whole(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let own = self.own.whole(key, args);
        own.or_else(|| self.shared.whole(key, args))
    }

    /// The sentence under a key, which needs no arguments.
    pub fn say(&self, key: &str) -> String {
        self.text(key, &[])
    }

    /// The shared ones, by which dates are worded.
    pub const fn shared(&self) -> &Catalogue {
        &self.shared
    }
}

/// Which language the arguments ask for, before they are parsed: usage errors are worded in it too.
pub fn asked_for(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--lang") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('='),
            None if arg == "--" => break,
            None => continue,
        };
        if let Some(lang) = value.and_then(Lang::parse) {
            return lang;
        }
    }
    from_environment()
}

/// The language of the environment: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set.
pub fn from_environment() -> Lang {
    let values =
        ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    Lang::detect(values.iter().map(String::as_str))
}

macro_rules! sources {
    ($lang:literal: $($name:literal)*) => {
        &[$(include_str!(concat!("../locales/", $lang, "/", $name, ".ftl"))),*]
    };
}

/// Our own sources.
pub const fn own(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::ZhCn => {
            sources!("zh-CN": "common" "help" "help-arguments" "usage" "find" "found" "net"
            "notice" "bell" "registry" "pass" "paper" "gate" "door" "post" "attach" "aid" "demo" "charter" "undo")
        }
        Lang::En => {
            sources!("en": "common" "help" "help-arguments" "usage" "find" "found" "net"
            "notice" "bell" "registry" "pass" "paper" "gate" "door" "post" "attach" "aid" "demo" "charter" "undo")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The keys at the beginnings of lines.
    fn keys(lang: Lang) -> BTreeSet<String> {
        own(lang)
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
            .collect()
    }

    #[test]
    fn both_catalogues_are_whole_and_have_the_same_keys() {
        for lang in Lang::ALL {
            let built =
                Catalogue::new(lang, own(lang)).expect("every source parses, no key comes twice");
            for key in keys(lang) {
                assert!(built.has(&key), "{lang} {key}");
            }
        }
        assert_eq!(keys(Lang::ZhCn), keys(Lang::En));
    }

    #[test]
    fn the_language_is_found_before_the_arguments_are_parsed() {
        for (args, lang) in [
            ("linli --lang en status", Lang::En),
            ("linli status --lang=zh-CN", Lang::ZhCn),
            ("linli nonsense --lang en", Lang::En),
        ] {
            let args: Vec<OsString> = args.split(' ').map(OsString::from).collect();
            assert_eq!(asked_for(&args), lang, "{args:?}");
        }
    }
}
