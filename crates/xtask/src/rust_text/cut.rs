//! Cuts away what is compiled only for tests.

use std::collections::{BTreeMap, BTreeSet};

use super::lex::{Token, tokens};

/// The words an item can begin with. Anything else under an attribute is a field, a variant, an argument or
/// a match arm, and ends at a comma.
const ITEM_WORDS: &[&str] = &[
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "let",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
];

/// The tokens of every file that are part of a build without tests. `files` are the Rust files below one
/// crate's `src`, by path; a file that is only declared under `#[cfg(test)] mod name;` falls away with
/// everything below it.
pub fn shipped<'a>(files: &BTreeMap<&'a str, &str>) -> BTreeMap<&'a str, Vec<Token>> {
    let mut kept = BTreeMap::new();
    let mut only_tests = BTreeSet::new();
    for (path, source) in files {
        let (tokens, modules) = cut(tokens(source));
        for module in modules {
            only_tests.insert(format!("{}/{module}", children_of(path)));
        }
        kept.insert(*path, tokens);
    }
    kept.retain(|path, _| {
        let module = path.trim_end_matches(".rs");
        let mut above = module.match_indices('/').map(|(at, _)| &module[..at]);
        !only_tests.contains(module) && !above.any(|folder| only_tests.contains(folder))
    });
    kept
}

/// The folder where a file's child modules lie.
fn children_of(path: &str) -> &str {
    let stem = path.trim_end_matches(".rs");
    for special in ["/lib", "/main", "/mod"] {
        if let Some(folder) = stem.strip_suffix(special) {
            return folder;
        }
    }
    stem
}

/// Splits tokens into those that ship and the names of the test-only modules that lie in files of their own.
fn cut(all: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    let mut kept = Vec::new();
    let mut modules = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let Some(end) = attribute_end(&all, at) else {
            kept.push(all[at].clone());
            at += 1;
            continue;
        };
        let attribute = &all[at..end];
        if !only_for_tests(attribute) {
            kept.extend_from_slice(attribute);
            at = end;
        } else if attribute[1].is("!") {
            // The whole file, or the whole inline module: the latter is cut only to its end by its own
            // attribute, so an inner one outside the file's head is kept.
            if kept.is_empty() {
                return (Vec::new(), modules);
            }
            kept.extend_from_slice(attribute);
            at = end;
        } else {
            let item = skip_attributes(&all, end);
            let after = item_end(&all, item);
            modules.extend(module_in_file(&all[item..after]));
            at = after;
        }
    }
    (kept, modules)
}

/// If an attribute begins at `at`, the index behind its closing bracket.
fn attribute_end(all: &[Token], at: usize) -> Option<usize> {
    if !all.get(at)?.is("#") {
        return None;
    }
    let open = at + 1 + usize::from(all.get(at + 1)?.is("!"));
    if !all.get(open)?.is("[") {
        return None;
    }
    let mut depth = 0_usize;
    for (offset, token) in all[open..].iter().enumerate() {
        if token.is("[") {
            depth += 1;
        } else if token.is("]") {
            depth -= 1;
            if depth == 0 {
                return Some(open + offset + 1);
            }
        }
    }
    None
}

fn skip_attributes(all: &[Token], mut at: usize) -> usize {
    while let Some(end) = attribute_end(all, at) {
        at = end;
    }
    at
}

/// `#[test]`, `#[cfg(test)]` and `#[cfg(all(.., test, ..))]`. An `any` or a `not` may ship, so it is kept.
fn only_for_tests(attribute: &[Token]) -> bool {
    let words: Vec<&str> = attribute
        .iter()
        .filter(|token| token.is_word())
        .map(|token| token.text.as_str())
        .collect();
    match words.as_slice() {
        ["test"] | ["cfg", "test"] => true,
        ["cfg", "all", rest @ ..] => {
            rest.contains(&"test") && !rest.contains(&"any") && !rest.contains(&"not")
        }
        _ => false,
    }
}

/// The index behind the item, field or arm that begins at `start`.
fn item_end(all: &[Token], start: usize) -> usize {
    let is_item = all
        .get(start)
        .is_some_and(|first| ITEM_WORDS.contains(&first.text.as_str()));
    let mut depth = 0_usize;
    for (offset, token) in all[start..].iter().enumerate() {
        let here = start + offset;
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                if depth == 0 {
                    return here;
                }
                depth -= 1;
                if depth == 0 && token.is("}") {
                    return here + 1;
                }
            }
            ";" if depth == 0 => return here + 1,
            "," if depth == 0 && !is_item => return here + 1,
            _ => {}
        }
    }
    all.len()
}

/// The name in `mod name;`, with or without a visibility before it.
fn module_in_file(item: &[Token]) -> Option<String> {
    let at = item.iter().position(|token| token.is("mod"))?;
    let name = item.get(at + 1)?;
    item.get(at + 2)?.is(";").then(|| name.text.clone())
}
