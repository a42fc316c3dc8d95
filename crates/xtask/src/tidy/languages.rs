//! Languages: what can be said in one can be said in the other. `zh-CN` is the source, `en` its pair.

use std::collections::BTreeSet;

use super::Broken;
use crate::repo::Tree;

const SOURCE: &str = "zh-CN";
const PAIR: &str = "en";

pub fn check(tree: &Tree, broken: &mut Vec<Broken>) {
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".ftl")) {
        let Some((language, other)) = pair_of(path) else {
            let what = format!("lies under neither {SOURCE} nor {PAIR}");
            broken.push(Broken::file("language", path, what));
            continue;
        };
        let Some(other_text) = tree.text(&other) else {
            broken.push(Broken::file(
                "language",
                path,
                format!("has no pair {other}"),
            ));
            continue;
        };
        for twice in repeated(text) {
            let what = format!("says `{twice}` twice");
            broken.push(Broken::file("language", path, what));
        }
        let said: BTreeSet<String> = keys(text).into_iter().collect();
        let wanted: BTreeSet<String> = keys(other_text).into_iter().collect();
        for missing in wanted.difference(&said) {
            let what = format!("lacks `{missing}` in {language}, which {other} has");
            broken.push(Broken::file("language", path, what));
        }
    }
}

/// The language of a path and the path of its pair: a folder or a file may carry the language's name.
fn pair_of(path: &str) -> Option<(&'static str, String)> {
    for (mine, other) in [(SOURCE, PAIR), (PAIR, SOURCE)] {
        let file = format!("{mine}.ftl");
        let parts: Vec<&str> = path.split('/').collect();
        let found = parts.iter().any(|part| *part == mine || *part == file);
        if found {
            let swap = |part: &&str| match *part {
                part if part == mine => other.to_owned(),
                part if part == file => format!("{other}.ftl"),
                part => part.to_owned(),
            };
            return Some((mine, parts.iter().map(swap).collect::<Vec<_>>().join("/")));
        }
    }
    None
}

/// The messages, terms (`-name`) and attributes (`name.attribute`) of a Fluent file, in order.
fn keys(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut message = String::new();
    for line in text.lines() {
        let Some((left, _)) = line.split_once('=') else {
            continue;
        };
        let name = left.trim();
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        if let Some(attribute) = name.strip_prefix('.') {
            if line.starts_with(' ') && is_name(attribute) {
                found.push(format!("{message}.{attribute}"));
            }
        } else if !line.starts_with(' ') && is_name(name.strip_prefix('-').unwrap_or(name)) {
            name.clone_into(&mut message);
            found.push(message.clone());
        }
    }
    found
}

fn repeated(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    keys(text)
        .into_iter()
        .filter(|key| !seen.insert(key.clone()))
        .collect()
}
