//! Holds that every command a sentence names is one: hints of where to go next, faults, notes, in both languages.
//!
//! A hint that is shown as a line to type is parsed whole by the command tree. In running text the words after
//! `linli` must lead to a command that can be run, and the options behind them must be that command's.

use crate::cli::Cli;
use crate::words::own;
use clap::{Command, CommandFactory, Parser};
use linli_view::words::Lang;

/// Keys and values of a catalogue; a value that goes on over several lines is put together.
fn sentences(lang: Lang) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in own(lang).iter().flat_map(|text| text.lines()) {
        if line.starts_with('#') {
            continue;
        }
        match (line.starts_with(' '), line.split_once(" =")) {
            (false, Some((key, value))) => all.push((key.to_owned(), value.trim().to_owned())),
            _ => {
                if let Some((_, value)) = all.last_mut() {
                    value.push('\n');
                    value.push_str(line.trim());
                }
            }
        }
    }
    all
}

/// What stands after each `linli ` of a text, up to the next one or the end of the sentence.
fn named(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, word) in text.match_indices("linli ") {
        let inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let rest = &text[at + word.len()..];
        let ends = ["linli ", "\n", ". ", "; ", "。", "；"];
        let end = ends.iter().filter_map(|end| rest.find(end)).min();
        if !inside {
            found.push(&rest[..end.unwrap_or(rest.len())]);
        }
    }
    found
}

/// The letters that a text begins with, as a command or option has them.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_lowercase() && c != '-');
    &text[..end.unwrap_or(text.len())]
}

/// What is wrong with a command as a text names it.
fn wrong(tree: &Command, line: &str) -> Option<String> {
    let (mut at, mut rest) = (tree, line);
    while let Some(below) = at.find_subcommand(word(rest)) {
        rest = rest[word(rest).len()..].trim_start_matches(' ');
        at = below;
    }
    let alone = at.get_name() == "linli" && !rest.starts_with("--");
    if alone || (at.get_name() != "linli" && at.has_subcommands()) {
        return Some(format!("no command: linli {line}"));
    }
    let longs: Vec<&str> = at.get_arguments().filter_map(clap::Arg::get_long).collect();
    rest.match_indices("--")
        .map(|(from, dashes)| word(&rest[from + dashes.len()..]))
        .find(|long| !longs.contains(long))
        .map(|long| format!("no option --{long}: linli {line}"))
}

#[test]
fn every_command_and_option_that_a_sentence_names_exists() {
    let mut tree = Cli::command();
    tree.build();
    for lang in Lang::ALL {
        let mut looked_at = 0;
        let mut bad = Vec::new();
        for (key, value) in sentences(lang) {
            for line in named(&value) {
                looked_at += 1;
                bad.extend(wrong(&tree, line).map(|what| format!("{lang} {key}: {what}")));
            }
        }
        assert!(looked_at > 40, "{lang}: only {looked_at} were found");
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}

#[test]
fn every_hint_is_a_line_that_can_be_typed() {
    for lang in Lang::ALL {
        for (key, value) in sentences(lang) {
            if !key.starts_with("next-") || key == "next-heading" {
                continue;
            }
            let (line, what) = value
                .split_once("  ")
                .expect("a command, two blanks, what it does");
            assert!(!what.trim().is_empty(), "{lang} {key}");
            let parsed = Cli::try_parse_from(line.split_whitespace());
            assert!(
                parsed.is_ok_and(|cli| cli.command.is_some()),
                "{lang} {key}: {line}"
            );
        }
    }
}

#[test]
fn every_hint_that_can_be_given_has_its_line_and_no_line_is_left_over() {
    let node = include_str!("../../../sync/linli-node/src/owner/status.rs");
    let here = include_str!("commands/insight.rs");
    let quoted = |text: &str| -> Vec<String> {
        let parts = text.split('"').skip(1).step_by(2);
        parts.map(str::to_owned).collect()
    };
    let mut given = Vec::new();
    for rest in node.split("next.push(").skip(1) {
        given.extend(quoted(rest.split(')').next().unwrap_or_default()));
    }
    for rest in [node, here]
        .iter()
        .flat_map(|text| text.split("\"next\": [").skip(1))
    {
        given.extend(quoted(rest.split(']').next().unwrap_or_default()));
    }
    let usual = here
        .split("let usual")
        .nth(1)
        .and_then(|rest| rest.split("};").next());
    for rest in usual.expect("the usual hints").split("&[").skip(1) {
        given.extend(quoted(rest.split(']').next().unwrap_or_default()));
    }
    assert!(given.len() > 15, "{given:?}");
    let keys: Vec<String> = sentences(Lang::En)
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    for hint in &given {
        assert!(keys.contains(&format!("next-{hint}")), "{hint} has no line");
    }
    for key in keys.iter().filter(|key| *key != "next-heading") {
        let hint = key.strip_prefix("next-");
        assert!(
            hint.is_none_or(|hint| given.iter().any(|one| one == hint)),
            "{key} is never shown"
        );
    }
}

#[test]
fn a_command_that_is_none_is_found_in_running_text() {
    let mut tree = Cli::command();
    tree.build();
    let bad = |text| {
        named(text)
            .into_iter()
            .filter_map(|line| wrong(&tree, line))
            .count()
    };
    assert_eq!(
        bad("Use linli device lift to lift it; linli pass show ID --text."),
        0
    );
    assert_eq!(bad("先 linli sas show，再 linli sas confirm。"), 0);
    assert_eq!(
        bad("linli protect; linli device; linli pass show ID --texts"),
        3
    );
}
