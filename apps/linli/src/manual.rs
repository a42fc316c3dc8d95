//! The manual pages: one for the whole program and one for each command.

use crate::localise;
use crate::words::Words;
use clap::Command;
use clap_mangen::Man;

/// One page.
pub struct Page {
    /// `linli-notice-publish.1`.
    pub file: String,
    /// Its roff.
    pub text: String,
}

/// All pages, the whole program's first.
pub fn pages(words: &Words) -> Vec<Page> {
    let mut pages = Vec::new();
    collect(&localise::command(words), &mut pages, words);
    pages
}

fn collect(command: &Command, pages: &mut Vec<Page>, words: &Words) {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .replace(' ', "-");
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _written = Man::new(command.clone())
        .title(name.to_uppercase())
        .manual(words.say("man-title"))
        .render(&mut text);
    pages.push(Page {
        file: format!("{name}.1"),
        text: headed(&String::from_utf8_lossy(&text), words),
    });
    for below in command.get_subcommands() {
        collect(below, pages, words);
    }
}

/// The headings that the generator writes in English, in the language of the page. NAME stays: programs that index
/// manuals look for it.
fn headed(page: &str, words: &Words) -> String {
    ["SYNOPSIS", "DESCRIPTION", "VERSION"]
        .into_iter()
        .fold(page.to_owned(), |page, heading| {
            let key = format!("man-{}", heading.to_lowercase());
            page.replace(
                &format!(".SH {heading}\n"),
                &format!(".SH \"{}\"\n", words.say(&key)),
            )
        })
}
