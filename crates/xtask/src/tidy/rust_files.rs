//! Rust files: they open with what they are, stay short, have no stray white space, and hide no unfinished work.

use super::Broken;
use crate::repo::Tree;
use crate::rust_text::{Token, tokens};

/// One idea a file; a longer one has become two.
const LONGEST: usize = 500;

pub fn check(tree: &Tree, broken: &mut Vec<Broken>) {
    for (path, text) in tree.rust() {
        opening(path, text, broken);
        length(path, text, broken);
        white_space(path, text, broken);
        let tokens = tokens(text);
        unfinished_macros(path, &tokens, broken);
        ignored_tests(path, text, &tokens, broken);
    }
}

fn opening(path: &str, text: &str, broken: &mut Vec<Broken>) {
    let first = text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("//!").unwrap_or_default();
    if words.trim().is_empty() {
        let what = "opens without `//!` and what it is and why it exists";
        broken.push(Broken::file("opening", path, what));
    }
}

fn length(path: &str, text: &str, broken: &mut Vec<Broken>) {
    let lines = text.lines().count();
    if lines > LONGEST {
        let what = format!("{lines} lines, above {LONGEST}: split it by idea");
        broken.push(Broken::file("long-file", path, what));
    }
}

fn white_space(path: &str, text: &str, broken: &mut Vec<Broken>) {
    for (index, line) in text.split('\n').enumerate() {
        if line.contains('\t') {
            let what = "a tab";
            broken.push(Broken::line("white-space", path, index + 1, what));
        }
        if line.ends_with([' ', '\t', '\r']) {
            let what = "white space at the end of the line";
            broken.push(Broken::line("white-space", path, index + 1, what));
        }
    }
}

fn unfinished_macros(path: &str, tokens: &[Token], broken: &mut Vec<Broken>) {
    for pair in tokens.windows(2) {
        if pair[1].is("!") && (pair[0].is("todo") || pair[0].is("unimplemented")) {
            let what = format!("{}! stands for work not done", pair[0].text);
            broken.push(Broken::line("unfinished", path, pair[0].line, what));
        }
    }
}

/// `#[ignore = "why, 2027-01-31"]`, also inside `cfg_attr`.
fn ignored_tests(path: &str, text: &str, tokens: &[Token], broken: &mut Vec<Broken>) {
    let lines: Vec<&str> = text.lines().collect();
    for (index, token) in tokens.iter().enumerate() {
        if !token.is("ignore") || !in_attribute(&tokens[..index]) {
            continue;
        }
        let line = lines.get(token.line - 1).copied().unwrap_or_default();
        let reason = line.split_once('"').map(|(_, reason)| reason);
        if !reason.is_some_and(|reason| has_date(reason) && reason.len() > 20) {
            let what = "an ignored test needs a reason and a date: #[ignore = \"why, 2027-01-31\"]";
            broken.push(Broken::line("ignored", path, token.line, what));
        }
    }
}

/// True if these tokens end in `#[` or in an open `#[cfg_attr(..,`.
fn in_attribute(before: &[Token]) -> bool {
    let texts: Vec<&str> = before.iter().map(|token| token.text.as_str()).collect();
    if texts.ends_with(&["#", "["]) {
        return true;
    }
    let opened = texts
        .windows(3)
        .rposition(|three| three == ["#", "[", "cfg_attr"]);
    opened.is_some_and(|at| !texts[at..].contains(&"]")) && texts.last() == Some(&",")
}

fn has_date(text: &str) -> bool {
    text.as_bytes().windows(10).any(|ten| {
        ten.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    })
}
