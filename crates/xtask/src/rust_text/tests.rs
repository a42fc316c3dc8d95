//! The reader is trusted by the layers check, so what it drops and what it keeps is held here.

use std::collections::BTreeMap;

use super::paths::Named;
use super::{named, shipped, tokens};

fn words(source: &str) -> Vec<String> {
    tokens(source).into_iter().map(|token| token.text).collect()
}

fn shipped_text(files: &[(&str, &str)], path: &str) -> Option<String> {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let kept = shipped(&files);
    let tokens = kept.get(path)?;
    let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    Some(words.join(" "))
}

fn paths(source: &str) -> Vec<String> {
    named(&tokens(source))
        .into_iter()
        .map(|path| path.parts.join("::"))
        .collect()
}

#[test]
fn comments_and_literals_leave_nothing() {
    for source in [
        "// std::fs",
        "/* a /* nested */ std::fs */",
        "\"std::fs \\\" still\"",
        "r#\"std::fs \" still\"#",
        "b\"std::fs\"",
        "br\"std::fs\"",
        "'x'",
        "'\\''",
        "b'\\n'",
        "'\\u{1F600}'",
        "0xff_u8",
    ] {
        assert_eq!(words(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn code_around_literals_survives() {
    assert_eq!(words("a('\"')b"), ["a", "(", ")", "b"]);
    assert_eq!(words("&'a str"), ["&", "str"]);
    assert_eq!(words("r#fn(r\"x\")"), ["fn", "(", ")"]);
    assert_eq!(words("'\\\\' x '\\''y"), ["x", "y"]);
    assert_eq!(words("1..n"), [".", ".", "n"]);
}

#[test]
fn lines_are_counted_through_literals_and_comments() {
    let found = tokens("/* 1\n2 */ \"3\n\" a\nb");
    let lines: Vec<usize> = found.iter().map(|token| token.line).collect();
    assert_eq!(lines, [3, 4]);
}

#[test]
fn test_code_is_cut_and_its_neighbours_stay() {
    let cases = [
        (
            "#[cfg(test)] mod tests { fn f() { g(); } } fn h() {}",
            "fn h ( ) { }",
        ),
        ("#[cfg(test)] #[allow(x)] use a::b; use c;", "use c ;"),
        ("#[cfg(all(test, feature = \"x\"))] fn f<A, B>() {} y", "y"),
        (
            "struct S { #[cfg(test)] a: u8, b: u8 }",
            "struct S { b : u8 }",
        ),
        (
            "struct S { a: u8, #[cfg(test)] b: u8 }",
            "struct S { a : u8 , }",
        ),
        ("#[cfg(test)] const A: [u8; 2] = [1; 2]; z", "z"),
        ("#![cfg(test)] fn f() {}", ""),
        ("#[test] fn f() {} z", "z"),
    ];
    for (source, left) in cases {
        let got = shipped_text(&[("c/src/lib.rs", source)], "c/src/lib.rs");
        assert_eq!(got.as_deref(), Some(left), "{source}");
    }
}

#[test]
fn code_that_may_ship_is_kept() {
    for source in [
        "#[cfg(any(test, feature = \"x\"))] fn f() { world() }",
        "#[cfg(not(test))] fn f() { world() }",
        "#[cfg(feature = \"test\")] fn f() { world() }",
        "#[cfg(all(not(test), unix))] fn f() { world() }",
    ] {
        let got = shipped_text(&[("c/src/lib.rs", source)], "c/src/lib.rs");
        assert!(got.is_some_and(|text| text.contains("world")), "{source}");
    }
}

#[test]
fn a_module_file_declared_for_tests_falls_away_with_its_children() {
    let files = [
        ("c/src/lib.rs", "mod a; #[cfg(test)] pub(crate) mod t;"),
        ("c/src/a.rs", "#[cfg(test)] mod tests; mod b;"),
        ("c/src/a/b.rs", "b"),
        ("c/src/a/tests.rs", "a"),
        ("c/src/a/tests/deep.rs", "deep"),
        ("c/src/t/mod.rs", "t"),
        ("c/src/tests.rs", "this one is declared by nobody for tests"),
    ];
    for (path, ships) in [
        ("c/src/lib.rs", true),
        ("c/src/a.rs", true),
        ("c/src/a/b.rs", true),
        ("c/src/a/tests.rs", false),
        ("c/src/a/tests/deep.rs", false),
        ("c/src/t/mod.rs", false),
        ("c/src/tests.rs", true),
    ] {
        assert_eq!(shipped_text(&files, path).is_some(), ships, "{path}");
    }
}

#[test]
fn groups_are_opened() {
    let source = "use std::{fs, io::{self, Read as R}, time::*}; a::b::<C::D>::e()";
    assert_eq!(
        paths(source),
        [
            "use",
            "std::fs",
            "std::io",
            "std::io::Read",
            "std::time::*",
            "a::b",
            "C::D",
            "e"
        ]
    );
}

#[test]
fn a_path_is_recognised_however_it_is_reached() {
    let hit = |source: &str| {
        let found: Vec<Named> = named(&tokens(source));
        found.iter().any(|path| path.names(&["std", "fs"]))
    };
    for source in [
        "std::fs::read(x)",
        "use ::std::fs;",
        "use std::{io, fs as files};",
        "use std::*;",
        "use std as quiet;",
        "use std::{self as quiet};",
    ] {
        assert!(hit(source), "{source}");
    }
    for source in ["use std::io;", "fs::read()", "use core::fs;", "std::fmt::*"] {
        assert!(!hit(source), "{source}");
    }
}
