//! Completions and the manual, made from the same command tree as the help.

use crate::ctx::Ctx;
use crate::localise;
use crate::manual;
use crate::outcome::{Done, Outcome};
use clap_complete::Shell;
use linli_node::api::Fault;
use serde_json::json;
use std::path::PathBuf;

/// Completions.
#[derive(clap::Args, Debug)]
pub struct CompletionsArgs {
    /// For which shell.
    #[arg(value_name = "SHELL", value_parser = ["bash", "elvish", "fish", "powershell", "zsh"])]
    pub shell: String,
}

/// The manual.
#[derive(clap::Args, Debug)]
pub struct ManArgs {
    /// Writes one page a command into this folder.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// `linli completions`.
pub fn completions(ctx: &Ctx, args: &CompletionsArgs) -> Done {
    let shell: Shell = args
        .shell
        .parse()
        .map_err(|_| Fault::input("bad-mode").with("text", &args.shell))?;
    let mut tree = localise::command(&ctx.words);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree, "linli", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let data = json!({"shell": args.shell, "script": script});
    Ok(Outcome::plain(data, script))
}

/// `linli man`.
pub fn man(ctx: &Ctx, args: &ManArgs) -> Done {
    let pages = manual::pages(&ctx.words);
    let Some(dir) = &args.dir else {
        let whole: String = pages.into_iter().map(|page| page.text).collect();
        let data = json!({"page": whole});
        return Ok(Outcome::plain(data, whole));
    };
    let fault = |_| Fault::storage("file-not-written").with("file", dir.display());
    std::fs::create_dir_all(dir).map_err(fault)?;
    let mut names = Vec::new();
    for page in &pages {
        std::fs::write(dir.join(&page.file), &page.text).map_err(fault)?;
        names.push(page.file.clone());
    }
    let written = [
        ("n", names.len().into()),
        ("dir", dir.display().to_string().into()),
    ];
    let human = ctx.text("man-written", &written);
    Ok(Outcome::plain(json!({"files": names}), human))
}
