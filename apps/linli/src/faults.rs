//! Holds that every fault has its sentences: what happened, what is safe, what to do next, in both languages.
//!
//! The codes are read off the sources of the node and of this program, with the arguments each place gives, so a
//! fault that is added there without words here is found before a person meets it.

use crate::words::Words;
use linli_view::words::{Arg, Lang};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Constructors of [`linli_node::api::Fault`].
const MAKERS: [&str; 9] = [
    "ours",
    "input",
    "forbidden",
    "busy",
    "missing",
    "unreachable",
    "storage",
    "version",
    "choose",
];
const WARNING: &str = "warning";

/// By code: the arguments that every place gives.
type Codes = BTreeMap<String, BTreeSet<String>>;

fn sources(folder: &Path, codes: &mut Codes) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, codes);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            let shipped = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            collect(shipped, codes);
        }
    }
}

fn collect(text: &str, codes: &mut Codes) {
    for maker in MAKERS.iter().chain([&WARNING]) {
        for (at, found) in text.match_indices(&format!("Fault::{maker}(")) {
            let rest = &text[at + found.len()..];
            let Some(code) = quoted(rest) else { continue };
            let mut args = BTreeSet::new();
            let mut rest = after_closing(rest);
            while let Some(with) = rest.trim_start().strip_prefix(".with(") {
                args.extend(quoted(with));
                rest = after_closing(with);
            }
            codes
                .entry(code)
                .and_modify(|known| known.retain(|arg| args.contains(arg)))
                .or_insert(args);
        }
    }
}

/// The string literal that stands first.
fn quoted(text: &str) -> Option<String> {
    let inner = text.trim_start().strip_prefix('"')?;
    Some(inner.split('"').next()?.to_owned())
}

/// What comes after the bracket that closes.
fn after_closing(text: &str) -> &str {
    let mut open = 1;
    let mut in_text = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '(' if !in_text => open += 1,
            ')' if !in_text => open -= 1,
            _ => {}
        }
        if open == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

fn all_codes() -> Codes {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut codes = Codes::new();
    sources(&here.join("../../sync/linli-node/src"), &mut codes);
    sources(&here.join("src"), &mut codes);
    codes
}

#[test]
fn every_fault_of_the_node_and_of_this_program_has_its_three_sentences() {
    let codes = all_codes();
    assert!(codes.len() > 100, "{} codes were found", codes.len());
    let mut missing = Vec::new();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (code, args) in &codes {
            let args: Vec<(&str, Arg<'_>)> = args
                .iter()
                .map(String::as_str)
                .chain(["code"])
                .map(|name| (name, Arg::Text("x".into())))
                .collect();
            for part in ["message", "safe", "next"] {
                let said = words.text(&format!("fault-{code}-{part}"), &args);
                if said.contains('⟦') || said.is_empty() {
                    missing.push(format!("{lang} {code}: {said}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_sentences_are_kept_for_faults_that_nobody_makes() {
    let mut codes = all_codes();
    codes.insert("unknown".to_owned(), BTreeSet::new());
    let shared = linli_view::words::sources(Lang::En);
    for text in crate::words::own(Lang::En).iter().chain(shared) {
        let keys = text
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key);
        // Of a window's own sentences none ends so.
        let parts = ["message", "safe", "next", "window"];
        let of_a_code = |key: &&str| {
            let of = key.strip_prefix("fault-");
            let part = of.and_then(|of| of.rsplit_once('-'));
            !key.starts_with("fault-usage-") && part.is_some_and(|(_, part)| parts.contains(&part))
        };
        for key in keys.filter(of_a_code) {
            let code = key
                .trim_start_matches("fault-")
                .rsplit_once('-')
                .map(|(code, _)| code);
            assert!(code.is_some_and(|code| codes.contains_key(code)), "{key}");
        }
    }
}

/// Does this ask for something to be typed in a terminal?
fn commands(text: &str) -> bool {
    ["linli ", "--", "LINLI_"]
        .iter()
        .any(|of| text.contains(of))
}

#[test]
fn what_to_do_next_about_a_fault_of_the_node_can_be_done_in_a_window() {
    let mut codes = Codes::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&here.join("../../sync/linli-node/src"), &mut codes);
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (code, args) in &codes {
            let given = args.iter().map(|name| (name.clone(), "x".to_owned()));
            let fault = linli_view::api::Fault {
                said: code.clone(),
                args: given.collect(),
                ..linli_view::api::Fault::of(linli_view::api::FaultCode::Other)
            };
            let said = linli_view::fault::view(words.shared(), &fault);
            let own = words.shared().say("fault-other");
            if said.what == own || said.safe.is_empty() || commands(&said.next) {
                wrong.push(format!("{lang} {code}: {}", said.next));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "add fault-CODE-window to faults-window.ftl:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn codes_and_arguments_are_read_off_the_source() {
    let mut codes = Codes::new();
    let text = r#"Made::input("a").with("x", f(1, ")")).with("y", 2); Made::input(
        "a").with("x", 1) Made::ours("b")"#;
    // Written otherwise, so that this file is not read as one that makes them.
    collect(&text.replace("Made::", "Fault::"), &mut codes);
    assert_eq!(codes["a"], BTreeSet::from(["x".to_owned()]));
    assert!(codes["b"].is_empty());
}
