//! Words that must not stand in a tracked file: unfinished work, folders of one machine, registries' hosts.
//!
//! The needles are put together from halves, so that this file does not find itself.

use super::Broken;
use crate::repo::Tree;

const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Absolute folders that exist on the machine where something was written and nowhere else.
const MACHINE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
];

/// A build takes its packages from wherever the machine is set up to; naming a host would fix one.
const HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("npmmirror", ".com"),
    concat!("rsproxy", ".cn"),
    concat!("proxy.golang", ".org"),
    concat!("rubygems", ".org"),
    concat!("maven.apache", ".org"),
];

/// Lockfiles name where packages came from; that is their format.
const LOCKFILES: &[&str] = &["Cargo.lock", "package-lock.json"];

/// What people write, as opposed to data and samples.
const WRITTEN: &[&str] = &[
    "rs", "toml", "md", "ftl", "sh", "py", "js", "mjs", "ts", "yml", "yaml",
];

pub fn check(tree: &Tree, broken: &mut Vec<Broken>) {
    for (path, text) in tree.texts() {
        let name = path.rsplit('/').next().unwrap_or(path);
        let lock = LOCKFILES.contains(&name);
        let written = match name.rsplit_once('.') {
            Some((_, extension)) => WRITTEN.contains(&extension),
            None => true,
        };
        for (index, line) in text.lines().enumerate() {
            let mut report = |rule, what: String| {
                broken.push(Broken::line(rule, path, index + 1, what));
            };
            if let Some(word) = UNFINISHED
                .iter()
                .find(|word| written && has_word(line, word))
            {
                report(
                    "unfinished",
                    format!("{word}: finish it, or write down why not"),
                );
            }
            if let Some(folder) = MACHINE.iter().find(|folder| has_absolute(line, folder)) {
                report(
                    "machine-path",
                    format!("{folder} is a folder of one machine"),
                );
            }
            if let Some(host) = HOSTS.iter().find(|host| !lock && has_host(line, host)) {
                report("registry-host", format!("{host} fixes a package registry"));
            }
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && !joins(after)
    })
}

/// Not absolute where something stands before the slash, as in `src/home/` or `$TOP/home/`; absolute again
/// behind `file://`.
fn has_absolute(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = &line[..at];
        if before.ends_with("file://") {
            return true;
        }
        let last = before.chars().next_back();
        !last.is_some_and(|c| c.is_alphanumeric() || "_-./*~})]>".contains(c))
    })
}

fn has_host(line: &str, host: &str) -> bool {
    line.match_indices(host).any(|(at, _)| {
        let last = line[..at].chars().next_back();
        let next = line[at + host.len()..].chars().next();
        !last.is_some_and(|c| c.is_alphanumeric() || c == '-')
            && !next.is_some_and(char::is_alphanumeric)
    })
}
