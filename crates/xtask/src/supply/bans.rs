//! Packages, features and sources we do without.

use super::lock::Locked;
use crate::metadata::Workspace;
use crate::repo::Finding;

/// Packages that must not be in the lockfile, on any platform.
pub const PACKAGES: &[(&str, &str)] = &[
    ("openssl", "needs a system package; TLS here is rustls"),
    ("openssl-sys", "needs a system package; TLS here is rustls"),
    ("native-tls", "needs a system package; TLS here is rustls"),
    (
        "sled",
        "its own page sends readers to SQLite; storage here is redb",
    ),
    ("sharks", "Shamir shares with a known flaw, unmaintained"),
    (
        "china_identification_card",
        "panics on six Chinese characters; the check digit is ours",
    ),
    (
        "libp2p-gossipsub",
        "peers could crash it in 2026, which the usual advisory database did not say",
    ),
];

/// Features that must stay off, whoever asks for them.
pub const FEATURES: &[(&str, &str, &str)] = &[
    (
        "ed25519-dalek",
        "batch",
        "batch verification disagrees with the strict kind",
    ),
    (
        "ed25519-dalek",
        "legacy_compatibility",
        "accepts signatures that are not canonical",
    ),
    ("ed25519-dalek", "hazmat", "lets a nonce be chosen by hand"),
    ("libp2p", "gossipsub", "peers could crash it in 2026"),
];

/// What cargo calls its default registry.
const REGISTRY: &str = concat!("registry+https://github.com/rust-lang/crates", ".io-index");

/// Everything that stands in the tables above or comes from elsewhere.
pub fn check(workspace: &Workspace, locked: &[Locked]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, reason) in PACKAGES {
        for package in locked.iter().filter(|package| package.name == *name) {
            let at = format!("{name} {}", package.version);
            found.push(Finding::new(at, format!("banned: {reason}")));
        }
    }
    for package in &workspace.packages {
        let at = format!("{} {}", package.name, package.version);
        for (name, feature, reason) in FEATURES {
            if package.name == *name && package.features.iter().any(|on| on == feature) {
                let what = format!("feature `{feature}` is on: {reason}");
                found.push(Finding::new(&at, what));
            }
        }
        match &package.source {
            Some(source) if source == REGISTRY => {}
            None if package.inside => {}
            Some(source) => found.push(Finding::new(at, format!("comes from {source}"))),
            None => found.push(Finding::new(
                at,
                "comes from a folder outside the repository",
            )),
        }
    }
    found
}
