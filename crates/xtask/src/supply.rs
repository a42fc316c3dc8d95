//! What we build on: that the lockfile resolved to versions without known wounds, under licences we can pass
//! on, from the one registry. Why this is our own: docs/decisions/0001-own-checks-instead-of-cargo-deny.md.

mod bans;
mod licences;
mod lock;
#[cfg(test)]
mod tests;
mod versions;

use anyhow::Result;

use crate::metadata::Workspace;
use crate::repo::{Finding, Tree};

/// What the lockfile resolved, against [`versions::WANTED`].
pub fn versions(tree: &Tree) -> Result<Vec<Finding>> {
    let lock = tree.text("Cargo.lock").unwrap_or_default();
    versions::check(&lock::packages(lock), versions::WANTED)
}

/// Every package's licence, against [`licences::ALLOWED`].
pub fn licences(workspace: &Workspace) -> Vec<Finding> {
    licences::check(workspace)
}

/// Packages, features and sources we do without, against [`bans::PACKAGES`] and its neighbours.
pub fn bans(workspace: &Workspace, tree: &Tree) -> Vec<Finding> {
    let lock = tree.text("Cargo.lock").unwrap_or_default();
    bans::check(workspace, &lock::packages(lock))
}
