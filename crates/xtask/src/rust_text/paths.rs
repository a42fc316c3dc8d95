//! Collects the paths a piece of code names, with groups opened: `std::{fs, io::Read}` names both.

use super::lex::Token;

/// A path as written, with the line of its first word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its parts: words, and `*` for a glob.
    pub parts: Vec<String>,
    /// The line where it, or its branch of the group, begins.
    pub line: usize,
    /// True if the path is given another name with `as`.
    pub renamed: bool,
}

impl Named {
    /// True if the parts of `wanted` stand in this path one after the other, or if a glob opens a module
    /// that they lie in, or if a parent of theirs is renamed (`use std as quiet`), which would hide them.
    pub fn names(&self, wanted: &[&str]) -> bool {
        let whole = self
            .parts
            .windows(wanted.len())
            .any(|window| window.iter().zip(wanted).all(|(part, want)| part == want));
        let opened = self.parts.split_last().is_some_and(|(last, parents)| {
            let above = if last == "*" {
                parents
            } else if self.renamed {
                &self.parts
            } else {
                return false;
            };
            above.len() < wanted.len()
                && !above.is_empty()
                && above.iter().zip(wanted).all(|(part, want)| part == want)
        });
        whole || opened
    }
}

/// Every path in `tokens`, a single word being a path of one part.
pub fn named(tokens: &[Token]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].is_word() {
            at = branch(tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads the path that begins at `at` below `prefix`; returns the index behind it.
fn branch(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    let line = tokens[at].line;
    let mut parts = prefix.to_vec();
    parts.push(tokens[at].text.clone());
    at += 1;
    loop {
        if !colons(tokens, at) {
            break;
        }
        match tokens.get(at + 2) {
            Some(next) if next.is("{") => return group(tokens, at + 3, &parts, found),
            Some(next) if next.is_word() || next.is("*") => {
                parts.push(next.text.clone());
                at += 3;
            }
            // A turbofish: the words inside it are read as paths of their own.
            _ => {
                at += 2;
                break;
            }
        }
    }
    // `io::{self}` is `io`.
    if parts.len() > 1 && parts.last().is_some_and(|last| last == "self") {
        parts.pop();
    }
    let renamed = tokens.get(at).is_some_and(|next| next.is("as"));
    found.push(Named {
        parts,
        line,
        renamed,
    });
    at
}

/// Reads the branches of a group up to its closing brace; returns the index behind it.
fn group(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Vec<Named>) -> usize {
    while let Some(token) = tokens.get(at) {
        if token.is("}") {
            return at + 1;
        }
        if token.is_word() || token.is("*") {
            at = branch(tokens, at, prefix, found);
            // Skips the new name, which is not a branch of the group.
            if tokens.get(at).is_some_and(|next| next.is("as")) {
                at += 2;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn colons(tokens: &[Token], at: usize) -> bool {
    let is_colon = |index: usize| tokens.get(index).is_some_and(|token| token.is(":"));
    is_colon(at) && is_colon(at + 1)
}
