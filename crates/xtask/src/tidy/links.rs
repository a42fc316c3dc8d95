//! Links between documents: the file a link names exists, and so does the heading behind its `#`.

use super::Broken;
use crate::repo::Tree;

pub fn check(tree: &Tree, broken: &mut Vec<Broken>) {
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".md")) {
        for (line, target) in links(text) {
            if let Some(what) = complaint(tree, path, &target) {
                broken.push(Broken::line("link", path, line, what));
            }
        }
    }
}

/// What is wrong with a link, if anything. Links that leave the repository are not followed.
fn complaint(tree: &Tree, from: &str, target: &str) -> Option<String> {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric())) {
        return None;
    }
    let (file, heading) = match target.split_once('#') {
        Some((file, heading)) => (file, Some(heading)),
        None => (target, None),
    };
    let file = if file.is_empty() {
        from.to_owned()
    } else {
        match resolved(from, file) {
            Some(file) => file,
            None => return Some(format!("{target} leads out of the repository")),
        }
    };
    if !tree.has(&file) {
        return Some(format!("{target} leads to no file"));
    }
    let heading = heading?;
    let text = tree.text(&file).filter(|_| file.ends_with(".md"))?;
    let known = headings(text);
    (!known.iter().any(|one| one == heading)).then(|| format!("{target} names no heading there"))
}

/// `target` as a path from the root, seen from the file `from`.
fn resolved(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The links of a document with their lines, code left out.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        let line = without_code(line);
        for (at, _) in line.match_indices("](") {
            let rest = &line[at + 2..];
            let Some(end) = rest.find([')', ' ']) else {
                continue;
            };
            let target = rest[..end].trim_matches(['<', '>']);
            found.push((number, target.to_owned()));
        }
        let reference = line.trim_start();
        if reference.starts_with('[')
            && let Some((_, target)) = reference.split_once("]: ")
        {
            let target = target.split_whitespace().next().unwrap_or_default();
            found.push((number, target.to_owned()));
        }
    }
    found
}

/// Lines outside fenced code, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fenced && !fence).then_some((index + 1, line))
    })
}

/// The line with everything between backticks taken out.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The anchors of a document, made of its headings as code hosts make them.
fn headings(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for (_, line) in prose(text) {
        let title = line.trim_start_matches('#');
        if title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let base = anchor(title.trim());
        let mut name = base.clone();
        let mut again = 0;
        while anchors.contains(&name) {
            again += 1;
            name = format!("{base}-{again}");
        }
        anchors.push(name);
    }
    anchors
}

fn anchor(title: &str) -> String {
    title
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}
