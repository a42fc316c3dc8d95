//! Both languages say the same things.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of a language and the variables each uses.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in sources(lang).iter().flat_map(|text| text.lines()) {
        if line.starts_with('#') {
            continue;
        }
        if let Some((key, _)) = line
            .split_once(" = ")
            .filter(|(key, _)| !key.starts_with([' ', '}', '-']))
        {
            last = key.to_owned();
            assert!(
                keys.insert(last.clone(), BTreeSet::new()).is_none(),
                "{lang}: {last} comes twice"
            );
        }
        for part in line.split('$').skip(1) {
            let name: String = part
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            keys.get_mut(&last).unwrap().insert(name);
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (zh, en) = (keys(Lang::ZhCn), keys(Lang::En));
    let names =
        |keys: &BTreeMap<String, BTreeSet<String>>| keys.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&zh), names(&en));
    // What a fault brings differs from sentence to sentence, and some run over several lines: `linli::faults` fills them in.
    for (key, variables) in zh.iter().filter(|(key, _)| !key.starts_with("fault-")) {
        assert_eq!(variables, &en[key], "{key}");
    }
    assert!(zh.len() > 150, "{}", zh.len());
}

#[test]
fn every_source_parses_and_no_key_comes_twice() {
    for lang in Lang::ALL {
        let words = Catalogue::new(lang, sources(lang)).unwrap();
        for key in keys(lang).keys() {
            assert!(words.has(key), "{lang}: {key}");
        }
    }
}

#[test]
fn a_second_program_loads_its_own_sentences_beside_ours() {
    let mut all = sources(Lang::En).to_vec();
    all.push("cli-done = Done: { $n } rows");
    let words = Catalogue::new(Lang::En, &all).unwrap();
    assert_eq!(
        words.text("cli-done", &[("n", 4_u64.into())]),
        "Done: 4 rows"
    );
    assert_eq!(words.say("nav-home"), "Home");
    all.push("nav-home = twice");
    assert_eq!(
        Catalogue::new(Lang::En, &all).unwrap_err().source,
        all.len() - 1
    );
    assert!(Catalogue::new(Lang::En, &["broken = { $"]).is_err());
}

#[test]
fn a_missing_argument_shows_itself_instead_of_a_gap() {
    let words = Catalogue::of(Lang::ZhCn);
    let (text, whole) = words.fill("ago-minutes", &[]);
    assert!(text.starts_with("⟦ago-minutes") && !whole);
}

#[test]
fn the_language_is_found_from_the_environment() {
    for (values, lang) in [
        (vec!["", "", "zh_CN.UTF-8"], Lang::ZhCn),
        (vec!["en_GB.UTF-8", "", "zh_CN.UTF-8"], Lang::En),
        (vec!["de_DE.UTF-8"], Lang::En),
        (vec!["C.UTF-8"], Lang::ZhCn),
        (vec!["zh_TW"], Lang::ZhCn),
        (vec![], Lang::ZhCn),
    ] {
        assert_eq!(Lang::detect(values.clone()), lang, "{values:?}");
    }
}
