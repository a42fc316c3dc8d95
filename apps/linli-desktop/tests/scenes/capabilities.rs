//! What the table of capabilities says of the window is so: its intents are there, its words stand in their scenes.

use super::{At, still, things};
use crate::gallery::scenes;
use linli_view::capabilities::{ALL, Screen};
use linli_view::intent::Look;
use linli_view::words::{Catalogue, Lang};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn what_the_table_says_is_shown_stands_in_its_scene() {
    let words = Catalogue::of(Lang::ZhCn);
    let shown = ALL.iter().filter_map(|can| match can.screen {
        Screen::Shows { word, scene } => Some((scene, word)),
        _ => None,
    });
    let shown: BTreeSet<(&str, &str)> = shown.collect();
    let mut last = None;
    for (name, word) in shown {
        let said = words.say(word);
        assert!(!said.contains(['{', '\u{2068}']), "{word} needs arguments");
        if last.as_ref().is_none_or(|(is, _)| *is != name) {
            let scene = scenes().find(|(is, ..)| *is == name);
            let scene = scene.unwrap_or_else(|| panic!("there is no scene {name}"));
            let (mut window, node) = At::of(scene, Lang::ZhCn, Look::Light).window();
            still(&mut window);
            let texts: Vec<String> = things(&window)
                .into_iter()
                .map(|thing| thing.name)
                .collect();
            drop(node);
            last = Some((name, texts));
        }
        let (_, texts) = last.as_ref().unwrap();
        assert!(
            texts.iter().any(|text| text.contains(&said)),
            "{name} does not say {said}: {texts:#?}"
        );
    }
}

/// Words that do not stand on the control itself: the heading above rows that are named by what is in them, or a control
/// that takes more than a press, which [`super::intents`] does.
const ELSEWHERE: &[&str] = &[];

/// The longest part of a sentence that is the same whatever its arguments are.
fn fixed(words: &Catalogue, key: &str) -> String {
    let args = ["n", "title", "by", "office", "text", "who"].map(|name| (name, "…".into()));
    let said = words.text(key, &args);
    let parts = said
        .split('…')
        .map(|part| part.trim_matches(['\u{2068}', '\u{2069}', ' ']));
    parts
        .max_by_key(|part| part.len())
        .unwrap_or_default()
        .to_owned()
}

/// Is this the intent that the table means?
fn fits(heard: &str, intent: &str) -> bool {
    let (name, what) = intent.split_once('/').unwrap_or((intent, ""));
    super::intents::name_of(heard) == name && heard.contains(what)
}

/// Presses of controls of one word until the right one is found.
const TRIES: usize = 24;

#[test]
fn what_the_table_says_is_done_is_done_by_the_control_of_that_word() {
    let words = Catalogue::of(Lang::ZhCn);
    let all = super::intents::all();
    let mut open: BTreeSet<(&str, &str)> = BTreeSet::new();
    for can in ALL {
        if let Screen::Does { intent, word } = can.screen {
            let name = super::intents::name_of(intent);
            assert!(
                all.contains(&name),
                "linli {}: there is no intent {name}",
                can.command
            );
            open.insert((intent, word));
        }
    }
    for word in ELSEWHERE {
        assert!(open.iter().any(|(_, of)| of == word), "{word} is in no row");
    }
    // So far held for the rows that lead to a page; the other words stand on controls of rows and forms.
    open.retain(|(intent, word)| intent.starts_with("Go/") && !ELSEWHERE.contains(word));
    let mut tries: BTreeMap<&str, usize> = BTreeMap::new();
    let mut heard: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for scene in scenes() {
        let at = At::of(scene, Lang::ZhCn, Look::Light);
        let controls = {
            let (window, _node) = at.window();
            things(&window)
        };
        for control in controls.iter().filter(|thing| thing.takes_focus()) {
            let named = |(_, word): &&(&str, &str)| control.name.contains(&fixed(&words, word));
            let due: Vec<(&str, &str)> = open.iter().filter(named).copied().collect();
            let mut fresh = false;
            for (_, word) in &due {
                let count = tries.entry(word).or_default();
                *count += 1;
                fresh |= *count <= TRIES;
            }
            if !fresh {
                continue;
            }
            let said = super::intents::pressed(&at, control);
            for (intent, word) in due {
                heard.entry(word).or_default().extend(said.iter().cloned());
                if said.iter().any(|one| fits(one, intent)) {
                    open.remove(&(intent, word));
                }
            }
        }
    }
    let left: Vec<String> = open
        .iter()
        .map(|(intent, word)| {
            let heard = heard.get(word).map(|all| {
                all.iter()
                    .map(|one| one.chars().take(60).collect::<String>())
                    .collect::<Vec<_>>()
            });
            format!(
                "{word} “{}”: {intent}; heard {heard:?}",
                fixed(&words, word)
            )
        })
        .collect();
    assert!(
        left.is_empty(),
        "no control of that word does what capabilities/table.rs says:\n{}",
        left.join("\n")
    );
}
