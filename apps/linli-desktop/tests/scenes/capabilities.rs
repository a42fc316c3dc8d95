//! What the table of capabilities says of the window is so: its intents are there, its words stand in their scenes.

use super::{At, still, things};
use crate::gallery::scenes;
use linli_view::capabilities::{ALL, Screen};
use linli_view::intent::Look;
use linli_view::words::{Catalogue, Lang};
use std::collections::BTreeSet;

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

#[test]
fn what_the_table_says_is_done_is_an_intent() {
    let all = super::intents::all();
    for can in ALL {
        if let Screen::Does { intent, .. } = can.screen {
            assert!(
                all.contains(intent),
                "linli {}: there is no intent {intent}",
                can.command
            );
        }
    }
}
