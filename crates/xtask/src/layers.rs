//! Holds the layers: who may use whom, and what must be absent below the adapters.
//!
//! The rules are data in [`table`]; here they are applied to the workspace as cargo resolves it and to the
//! source as it ships. `cargo xtask layers` prints what is broken; a plain test holds the same.

mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::metadata::{Member, Workspace};
use crate::repo::{Finding, Tree};
use crate::rust_text::{named, shipped};
use table::{
    APART, FREE_FOLDERS, FREE_PACKAGES, PURE_UP_TO, RANKS, RESERVED, Rank, UNNAMED, UNREACHED,
    WORLD,
};

/// Every broken rule of layering, in order of crate.
pub fn check(workspace: &Workspace, tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in &workspace.members {
        reserved_dependencies(member, &mut found);
        kept_apart(member, tree, &mut found);
        if is_free(member) {
            continue;
        }
        let Some(rank) = rank_of(&member.name) else {
            let what =
                "has no rank: give it a line, with a reason, in crates/xtask/src/layers/table.rs";
            found.push(Finding::new(&member.folder, what));
            continue;
        };
        only_lower_ranks(member, rank, workspace, &mut found);
        if rank.rank <= PURE_UP_TO {
            untouched_by_the_world(member, tree, &mut found);
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Tests that span crates, and this crate, may use everything, and are used by nothing that has a rank.
fn is_free(member: &Member) -> bool {
    FREE_PACKAGES.contains(&member.name.as_str())
        || FREE_FOLDERS
            .iter()
            .any(|folder| member.folder.starts_with(folder))
}

fn rank_of(name: &str) -> Option<&'static Rank> {
    RANKS.iter().find(|rank| rank.name == name)
}

/// Development dependencies count: a test that needs a higher layer belongs into `tests/`.
fn only_lower_ranks(member: &Member, rank: &Rank, all: &Workspace, found: &mut Vec<Finding>) {
    for used in &member.uses {
        let Some(other) = all.members.iter().find(|other| other.name == used.name) else {
            continue;
        };
        let what = if is_free(other) {
            format!("uses {}, which only tests may use", other.name)
        } else {
            match rank_of(&other.name) {
                Some(lower) if lower.rank < rank.rank => continue,
                Some(higher) => format!(
                    "is of rank {} ({}) and uses {} of rank {} ({})",
                    rank.rank, rank.reason, other.name, higher.rank, higher.reason
                ),
                None => format!("uses {}, which has no rank", other.name),
            }
        };
        found.push(Finding::new(&member.folder, what));
    }
}

fn reserved_dependencies(member: &Member, found: &mut Vec<Finding>) {
    for used in &member.uses {
        for rule in RESERVED {
            if rule.packages.contains(&used.name.as_str())
                && !rule.to.contains(&member.name.as_str())
            {
                let only = rule.to.join(", ");
                let what = format!("names {}, which is for {only}: {}", used.name, rule.reason);
                found.push(Finding::new(&member.folder, what));
            }
        }
    }
}

/// Pairs that must not know each other: neither directly, nor through others, nor by a re-exported name.
fn kept_apart(member: &Member, tree: &Tree, found: &mut Vec<Finding>) {
    for rule in APART.iter().filter(|rule| rule.name == member.name) {
        for stranger in rule.from {
            if member.uses.iter().any(|used| used.name == *stranger) {
                let what = format!("uses {stranger}: {}", rule.reason);
                found.push(Finding::new(&member.folder, what));
            } else if rule.not_even_through_others
                && let Some(way) = member.reaches.get(*stranger)
            {
                let what = format!("reaches {}: {}", way.join(" -> "), rule.reason);
                found.push(Finding::new(&member.folder, what));
            }
            let module = stranger.replace('-', "_");
            for (at, line) in lines_naming(member, tree, &[&module]) {
                let what = format!("names {module}: {}", rule.reason);
                found.push(Finding::new(format!("{at}:{line}"), what));
            }
        }
    }
}

fn untouched_by_the_world(member: &Member, tree: &Tree, found: &mut Vec<Finding>) {
    for (stranger, reason) in UNREACHED {
        let directly = member.uses.iter().any(|used| used.name == *stranger);
        let way = member.reaches.get(*stranger).map(|way| way.join(" -> "));
        if directly || way.is_some() {
            let way = way.unwrap_or_else(|| format!("{} -> {stranger}", member.name));
            let what = format!("ranks 0-{PURE_UP_TO} do without {stranger} ({reason}): {way}");
            found.push(Finding::new(&member.folder, what));
        }
    }
    for (stranger, reason) in UNNAMED {
        let shipped = |used: &&crate::metadata::Use| !used.dev && used.name == *stranger;
        if member.uses.iter().any(|used| shipped(&used)) {
            let what = format!("ranks 0-{PURE_UP_TO} do not name {stranger}: {reason}");
            found.push(Finding::new(&member.folder, what));
        }
    }
    for (path, reason) in WORLD {
        for (at, line) in lines_naming(member, tree, path) {
            let what = format!("{}: {reason}", path.join("::"));
            found.push(Finding::new(format!("{at}:{line}"), what));
        }
    }
}

/// Where the shipped source of a crate names a path.
fn lines_naming<'a>(member: &Member, tree: &'a Tree, wanted: &[&str]) -> Vec<(&'a str, usize)> {
    let below = format!("{}/src/", member.folder);
    let files: BTreeMap<&str, &str> = tree
        .rust()
        .filter(|(path, _)| path.starts_with(&below))
        .collect();
    let mut lines = Vec::new();
    for (path, tokens) in shipped(&files) {
        for name in named(&tokens) {
            if name.names(wanted) {
                lines.push((path, name.line));
            }
        }
    }
    lines
}
