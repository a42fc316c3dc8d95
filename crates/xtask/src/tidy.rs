//! Holds the habits of STYLE that a machine can hold: how files open and how long they are, unfinished words,
//! paths of one machine, links, languages, the layout.
//!
//! A file may be excepted from one rule by a line in `crates/xtask/tidy-allow.txt`, which says why. A line that
//! excepts nothing is itself a finding, so the list cannot rot.

mod languages;
mod layout;
mod links;
mod rust_files;
#[cfg(test)]
mod tests;
mod words;

use crate::repo::{Finding, Tree};

/// Where exceptions stand, one a line: rule, path, reason.
const ALLOW_LIST: &str = "crates/xtask/tidy-allow.txt";
/// A reason shorter than this says nothing.
const SHORTEST_REASON: usize = 20;

/// One broken habit, before exceptions.
pub struct Broken {
    rule: &'static str,
    path: String,
    line: Option<usize>,
    what: String,
}

impl Broken {
    fn file(rule: &'static str, path: &str, what: impl Into<String>) -> Self {
        Self {
            rule,
            path: path.to_owned(),
            line: None,
            what: what.into(),
        }
    }

    fn line(rule: &'static str, path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::file(rule, path, what)
        }
    }

    fn finding(self) -> Finding {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let what = format!("{} [{}]", self.what, self.rule);
        Finding::new(format!("{}{line}", self.path), what)
    }
}

/// Every broken habit that is not excepted.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut broken = Vec::new();
    rust_files::check(tree, &mut broken);
    words::check(tree, &mut broken);
    links::check(tree, &mut broken);
    languages::check(tree, &mut broken);
    layout::check(tree, &mut broken);

    let mut found = Vec::new();
    let exceptions = exceptions(tree.text(ALLOW_LIST).unwrap_or_default(), &mut found);
    for exception in &exceptions {
        if !broken.iter().any(|one| exception.covers(one)) {
            let at = format!("{ALLOW_LIST}:{}", exception.line);
            let what = format!("excepts nothing: {} {}", exception.rule, exception.path);
            found.push(Finding::new(at, what));
        }
    }
    broken.retain(|one| !exceptions.iter().any(|exception| exception.covers(one)));
    found.extend(broken.into_iter().map(Broken::finding));
    found.sort();
    found
}

struct Exception<'a> {
    rule: &'a str,
    path: &'a str,
    line: usize,
}

impl Exception<'_> {
    fn covers(&self, broken: &Broken) -> bool {
        self.rule == broken.rule && self.path == broken.path
    }
}

fn exceptions<'a>(text: &'a str, found: &mut Vec<Finding>) -> Vec<Exception<'a>> {
    let mut read = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut parts = line.splitn(3, char::is_whitespace);
        let (Some(rule), Some(path)) = (parts.next(), parts.next()) else {
            let at = format!("{ALLOW_LIST}:{}", index + 1);
            found.push(Finding::new(at, "a line is: rule, path, reason"));
            continue;
        };
        if parts.next().map_or(0, |reason| reason.trim().len()) < SHORTEST_REASON {
            let at = format!("{ALLOW_LIST}:{}", index + 1);
            found.push(Finding::new(
                at,
                "an exception needs a reason that argues for it",
            ));
            continue;
        }
        read.push(Exception {
            rule,
            path,
            line: index + 1,
        });
    }
    read
}
