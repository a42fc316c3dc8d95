//! No command without a screen or a written reason, and the page of the guide that lists them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::localise::command;
use crate::words::Words;
use clap::Command;
use linli_view::capabilities::{ALIKE, ALL, Can, DAILY, Screen};
use linli_view::words::{Catalogue, Lang};
use std::fmt::Write as _;

/// Groups with a table of their own, [`linli_view::station::CAPABILITIES`].
const STATION: [&str; 3] = ["gate", "pass", "ring"];

/// The command tree as a person has it.
pub fn tree(lang: Lang) -> Command {
    let mut tree = command(&Words::of(lang));
    tree.build();
    tree
}

/// The commands below one, each by its whole name.
pub fn leaves(at: &Command, name: &[String]) -> Vec<(Vec<String>, Command)> {
    let below: Vec<&Command> = at
        .get_subcommands()
        .filter(|one| one.get_name() != "help" || name.is_empty())
        .collect();
    if below.is_empty() {
        return vec![(name.to_vec(), at.clone())];
    }
    let each = below.into_iter().flat_map(|one| {
        let name = [name, &[one.get_name().to_owned()]].concat();
        leaves(one, &name)
    });
    each.collect()
}

/// All commands but those of the station.
fn commands(lang: Lang) -> Vec<(String, Command)> {
    let all = leaves(&tree(lang), &[]).into_iter();
    let ours = all.filter(|(name, _)| !STATION.contains(&name[0].as_str()));
    ours.map(|(name, leaf)| (name.join(" "), leaf)).collect()
}

fn of<'a>(command: &'a str) -> impl Iterator<Item = &'static Can> + 'a {
    let alike = ALIKE.iter().find(|(one, _)| *one == command);
    let other = alike.map(|(_, other)| *other);
    ALL.iter()
        .filter(move |can| can.command == command || Some(can.command) == other)
}

#[test]
fn no_command_is_without_a_screen_or_a_reason() {
    let (tree, mut missing) = (tree(Lang::En), Vec::new());
    let global = |id: &str| tree.get_arguments().any(|arg| arg.get_id() == id);
    for (name, leaf) in commands(Lang::En) {
        if !ALL
            .iter()
            .any(|can| can.command == name && can.option.is_none())
        {
            missing.push(name.clone());
        }
        // What has no screen needs no field for its options.
        let none = of(&name).all(|can| matches!(can.screen, Screen::None { .. }));
        if none || !DAILY.contains(&name.split(' ').next().unwrap()) {
            continue;
        }
        for arg in leaf.get_arguments() {
            let Some(long) = arg.get_long().filter(|_| !global(arg.get_id().as_str())) else {
                continue;
            };
            if long != "help" && !of(&name).any(|can| can.option == Some(long)) {
                missing.push(format!("{name} --{long}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "not in linli_view::capabilities::ALL; say how the window reaches it, or why not: {missing:#?}"
    );
}

#[test]
fn nothing_is_listed_that_no_command_does() {
    let commands = commands(Lang::En);
    for can in ALL {
        let found = commands.iter().find(|(name, _)| name == can.command);
        let (_, leaf) = found.unwrap_or_else(|| panic!("there is no linli {}", can.command));
        if let Some(option) = can.option {
            let known = leaf
                .get_arguments()
                .any(|arg| arg.get_long() == Some(option));
            assert!(known, "linli {} has no --{option}", can.command);
        }
    }
}

/// The table as a page of the guide, both languages side by side.
fn guide() -> String {
    let (zh, en) = (Catalogue::of(Lang::ZhCn), Catalogue::of(Lang::En));
    let chinese = commands(Lang::ZhCn);
    let english = commands(Lang::En);
    let mut page = String::from(
        "# What the window can do of what the commands can\n\n\
         Written from `crates/linli-view/src/capabilities/table.rs`; a test says when this page is old, and \
         `LINLI_WRITE=1 cargo test -p linli --bin linli the_guide_lists` writes it anew. What a gate, a host and a gate's call can do \
         stands in [its own table](gate-keys.md).\n\n\
         | 能做什么 | what | command | screen 屏幕 |\n|---|---|---|---|\n",
    );
    for can in ALL {
        let about = |commands: &[(String, Command)]| -> String {
            let leaf = commands.iter().find(|(name, _)| name == can.command);
            let leaf = leaf.map(|(_, leaf)| leaf).unwrap();
            let help = match can.option {
                None => leaf.get_about().cloned(),
                Some(option) => leaf
                    .get_arguments()
                    .find(|arg| arg.get_long() == Some(option))
                    .and_then(|arg| arg.get_help().cloned()),
            };
            help.unwrap_or_default().to_string().replace('|', "/")
        };
        let option = can
            .option
            .map(|name| format!(" --{name}"))
            .unwrap_or_default();
        let bare = |words: &Catalogue| {
            let args = ["n", "title", "by", "office", "text", "who"].map(|name| (name, "…".into()));
            words
                .text(can.screen.word(), &args)
                .replace(['\u{2068}', '\u{2069}'], "")
        };
        let both = format!("{} / {}", bare(&zh), bare(&en));
        let screen = match can.screen {
            Screen::Does { .. } => format!("button 按钮: {both}"),
            Screen::Shows { .. } => format!("on the page 页面上: {both}"),
            Screen::None { .. } => format!("no 没有: {both}"),
        };
        let _ = writeln!(
            page,
            "| {} | {} | `linli {}{option}` | {screen} |",
            about(&chinese),
            about(&english),
            can.command
        );
    }
    page
}

#[test]
fn the_guide_lists_what_the_table_lists() {
    let page = guide();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let file = root.join("docs/guide/screens.md");
    if std::env::var_os("LINLI_WRITE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "docs/guide/screens.md is old: LINLI_WRITE=1 cargo test -p linli --bin linli the_guide_lists"
    );
}
