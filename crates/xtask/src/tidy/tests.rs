//! Each habit is broken once in an invented repository, and kept once where a coarse check would stumble.

use super::check;
use crate::repo::{Tree, root};

fn lines(files: &[(&str, &str)]) -> Vec<String> {
    check(&Tree::of(files))
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn one_line(files: &[(&str, &str)], expected: &str) {
    let found = lines(files);
    assert_eq!(found.len(), 1, "{expected}: {found:#?}");
    assert!(found[0].contains(expected), "{expected}: {found:#?}");
}

fn clean(files: &[(&str, &str)]) {
    assert_eq!(lines(files), Vec::<String>::new(), "{files:?}");
}

/// A list of exceptions, with this crate around it.
fn excepting(list: &str) -> [(&str, &str); 3] {
    [
        (super::ALLOW_LIST, list),
        ("crates/xtask/Cargo.toml", "name = \"xtask\""),
        ("ARCHITECTURE.md", "xtask"),
    ]
}

fn rust(body: &str) -> String {
    format!("//! A file.\n{body}")
}

#[test]
fn the_exceptions_of_this_repository_are_argued_and_used() {
    let tree = Tree::load(&root().unwrap()).unwrap();
    let about_the_list = |line: &String| line.starts_with(super::ALLOW_LIST);
    let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
    let found: Vec<&String> = found.iter().filter(|line| about_the_list(line)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_rust_file_opens_with_what_it_is() {
    one_line(&[("a.rs", "fn f() {}\n")], "[opening]");
    one_line(&[("a.rs", "//!\n//! Late.\n")], "[opening]");
    clean(&[("a.rs", "//! A file.\n")]);
}

#[test]
fn a_long_file_is_reported_unless_argued_for() {
    let long = rust(&"//\n".repeat(500));
    one_line(&[("a.rs", &long)], "501 lines");
    clean(&[("a.rs", &rust(&"//\n".repeat(499)))]);
    let why = "long-file a.rs one table, which nobody reads from top to bottom";
    clean(&[&excepting(why)[..], &[("a.rs", &long)]].concat());
}

#[test]
fn an_exception_needs_a_reason_and_a_use() {
    for (list, complaint) in [
        (
            "long-file a.rs one table, which nobody reads",
            "excepts nothing",
        ),
        ("long-file a.rs because", "reason"),
        ("long-file", "rule, path, reason"),
    ] {
        one_line(&excepting(list), complaint);
    }
    clean(&excepting("# a comment\n\n"));
}

#[test]
fn unfinished_work_is_found() {
    let word = concat!("TO", "DO");
    one_line(&[("a.rs", &rust(&format!("// {word}: later\n")))], "a.rs:2");
    one_line(&[("a.md", &format!("{word}\n"))], "[unfinished]");
    one_line(&[("a.rs", &rust("fn f() { todo!() }\n"))], "[unfinished]");
    one_line(
        &[("a.rs", &rust("fn f() { unimplemented!(\"x\") }\n"))],
        "[unfinished]",
    );
    clean(&[(
        "a.rs",
        &rust(&format!("const MAS{word}N: u8 = 1; // \"todo!\"\n")),
    )]);
    clean(&[("a.csv", &format!("{word}\n"))]);
}

#[test]
fn an_ignored_test_says_why_and_until_when() {
    one_line(&[("a.rs", &rust("#[ignore]\nfn f() {}\n"))], "[ignored]");
    one_line(
        &[(
            "a.rs",
            &rust("#[ignore = \"it is slow today\"]\nfn f() {}\n"),
        )],
        "[ignored]",
    );
    let in_cfg = rust("#[cfg_attr(miri, ignore)]\nfn f() {}\n");
    one_line(&[("a.rs", &in_cfg)], "[ignored]");
    clean(&[(
        "a.rs",
        &rust("#[ignore = \"no multicast here, 2027-01-31\"]\nfn f() {}\n"),
    )]);
    clean(&[("a.rs", &rust("fn f() { let ignore = [1]; }\n"))]);
}

#[test]
fn white_space_is_kept_tidy() {
    one_line(&[("a.rs", &rust("fn f() {\n\t1\n}\n"))], "a.rs:3: a tab");
    one_line(&[("a.rs", &rust("fn f() {} \n"))], "end of the line");
    one_line(&[("a.rs", &rust("fn f() {}\r\n"))], "end of the line");
    clean(&[("a.tsv", "a\tb\n")]);
}

#[test]
fn folders_of_one_machine_are_found() {
    for folder in [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
    ] {
        for text in [
            format!("cd {folder}x"),
            format!("\"{folder}\""),
            format!("file://{folder}x"),
        ] {
            one_line(&[("run", &text)], "[machine-path]");
        }
        for text in [
            format!("src{folder}x"),
            format!("$TOP{folder}x"),
            format!("..{folder}x"),
        ] {
            clean(&[("run", &text)]);
        }
    }
}

#[test]
fn registry_hosts_are_found_outside_lockfiles() {
    let host = format!("see {}/x", concat!("crates", ".io"));
    one_line(&[("a.md", &host)], "[registry-host]");
    one_line(
        &[("a.py", concat!("files.pythonhosted", ".org"))],
        "[registry-host]",
    );
    clean(&[("Cargo.lock", &host), ("docs/web/package-lock.json", &host)]);
    clean(&[("a.rs", &rust("use my_crates.iter();\n"))]);
}

#[test]
fn links_between_documents_resolve() {
    one_line(&[("docs/a.md", "[x](b.md)")], "leads to no file");
    one_line(&[("docs/a.md", "[x](../../b.md)")], "out of the repository");
    one_line(&[("docs/a.md", "[x]: b.md")], "leads to no file");
    one_line(&[("a.md", "# One\n[x](#two)")], "names no heading");
    one_line(
        &[("a.md", "[x](b.md#two)"), ("b.md", "# One")],
        "names no heading",
    );
    clean(&[
        ("docs/a.md", "[x](../b.md) [y](/b.md) [z](.)"),
        ("b.md", ""),
    ]);
    clean(&[(
        "a.md",
        "# 访客, passes (v1)\n## A\n## A\n[x](#访客-passes-v1) [y](#a-1)",
    )]);
    clean(&[("a.md", "[x](https://example.org/b.md) [y](mailto:a@b)")]);
    clean(&[("a.md", "`[x](b.md)`\n```\n[x](b.md)\n```\n")]);
}

#[test]
fn languages_say_the_same() {
    let zh = "docs/words/zh-CN/app.ftl";
    let en = "docs/words/en/app.ftl";
    one_line(&[(zh, "a = 甲\n")], "has no pair");
    one_line(&[(zh, "a = 甲\nb = 乙\n"), (en, "a = A\n")], "lacks `b`");
    one_line(
        &[(zh, "a = 甲\n    .t = 乙\n"), (en, "a = A\n")],
        "lacks `a.t`",
    );
    one_line(&[(zh, "a = 甲\na = 乙\n"), (en, "a = A\n")], "twice");
    one_line(&[("docs/app.ftl", "a = 甲\n")], "neither");
    let plural = "a = { $n ->\n    [one] x = 1\n   *[other] y = 2\n }\n-t = T\n";
    clean(&[(zh, "a = 甲\n-t = 庭\n"), (en, plural)]);
    clean(&[
        ("docs/zh-CN.ftl", "a = 甲\n"),
        ("docs/en.ftl", "# a note = x\na = A\n"),
    ]);
}

#[test]
fn the_layout_is_the_given_one() {
    let manifest = ("crates/one/Cargo.toml", "name = \"one\"");
    one_line(&[manifest], "not in ARCHITECTURE.md");
    one_line(
        &[manifest, ("ARCHITECTURE.md", "one-more")],
        "not in ARCHITECTURE.md",
    );
    let listed = ("ARCHITECTURE.md", "`crates/one`: x");
    clean(&[manifest, listed]);
    one_line(
        &[("crates/one/Cargo.toml", "name = \"two\""), listed],
        "not named like",
    );
    one_line(&[("crates/one/lib.rs", "//! x"), listed], "is no crate");
    one_line(&[("scripts/x.txt", "")], "beside");
}

#[test]
fn a_large_file_is_reported() {
    let large = "x".repeat(5 * 1024 * 1024);
    one_line(&[("docs/a.txt", &large)], "[large-file]");
}
