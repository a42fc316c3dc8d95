//! Licences: every package of the graph, for all platforms and features, under terms we can pass on.

use spdx::{Expression, LicenseReq, Licensee, ParseMode};

use crate::metadata::Workspace;
use crate::repo::Finding;

/// Licences we accept, each with why. Linli itself is `MIT OR Apache-2.0`.
pub const ALLOWED: &[(&str, &str)] = &[
    ("MIT", "permissive; Linli's own"),
    ("Apache-2.0", "permissive; Linli's own"),
    ("BSD-2-Clause", "permissive"),
    (
        "BSD-3-Clause",
        "permissive; no use of names for advertising",
    ),
    ("ISC", "permissive"),
    ("Zlib", "permissive; changed versions say so"),
    ("0BSD", "no condition at all"),
    ("BSL-1.0", "permissive; nothing to show in binaries"),
    ("CC0-1.0", "public domain"),
    ("Unlicense", "public domain"),
    ("Unicode-3.0", "permissive; the Unicode tables"),
    (
        "CDLA-Permissive-2.0",
        "permissive, for data; the web's root certificates",
    ),
    ("MPL-2.0", "copyleft a file: we change none of those files"),
];

/// Every package whose licence is missing, unreadable or not satisfied by [`ALLOWED`], and every line of
/// [`ALLOWED`] that is no SPDX licence.
pub fn check(workspace: &Workspace) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut accepted = Vec::new();
    for (name, _) in ALLOWED {
        match Licensee::parse(name) {
            Ok(licensee) => accepted.push(licensee),
            Err(error) => found.push(Finding::new(*name, error.reason.to_string())),
        }
    }
    let accepts = |asked: &LicenseReq| accepted.iter().any(|licence| licence.satisfies(asked));
    for package in &workspace.packages {
        let at = format!("{} {}", package.name, package.version);
        let Some(licence) = &package.licence else {
            found.push(Finding::new(at, "states no licence expression"));
            continue;
        };
        // Older manifests put a slash for OR, which the lax mode reads.
        match Expression::parse_mode(licence, ParseMode::LAX) {
            Ok(expression) if expression.evaluate(accepts) => {}
            Ok(_) => found.push(Finding::new(at, format!("`{licence}` is not accepted"))),
            Err(error) => {
                let what = format!("`{licence}` cannot be read: {}", error.reason);
                found.push(Finding::new(at, what));
            }
        }
    }
    found
}
