//! Versions the lockfile must have resolved to: each line stands for something that was seen to break.

use anyhow::{Context, Result};

use super::lock::Locked;
use crate::repo::Finding;

/// What must be true of one package in the lockfile.
pub struct Wanted {
    /// The package.
    pub name: &'static str,
    /// The lowest version that will do.
    pub from: &'static str,
    /// The first version that will not do any more, if there is one.
    pub below: Option<&'static str>,
    /// How often it stands in the lockfile.
    pub count: Count,
    /// Why.
    pub reason: &'static str,
}

/// How many versions of a package may be resolved together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Exactly one.
    One,
    /// One or none.
    AtMostOne,
    /// At least one.
    Some,
}

/// The table.
pub const WANTED: &[Wanted] = &[
    Wanted {
        name: "redb",
        from: "4.2.0",
        below: None,
        count: Count::One,
        reason: "4.1.0 lost to power cuts within 500 images; two versions would be two file formats",
    },
    Wanted {
        name: "yamux",
        from: "0.13.10",
        below: None,
        count: Count::One,
        reason: "one frame from a stranger crashes earlier ones",
    },
    Wanted {
        name: "negentropy",
        from: "0.5.3",
        below: None,
        count: Count::AtMostOne,
        reason: "earlier ones trust the lengths a peer sends",
    },
    Wanted {
        name: "ed25519-dalek",
        from: "3.0.0",
        below: Some("4.0.0"),
        count: Count::One,
        reason: "two versions could disagree on what a valid signature is",
    },
    Wanted {
        name: "egui",
        from: "0.35.0",
        below: Some("0.36.0"),
        count: Count::One,
        reason: "0.36 does not resolve with libp2p 0.57; input methods were reworked in 0.35",
    },
    Wanted {
        name: "libp2p",
        from: "0.57.0",
        below: Some("0.58.0"),
        count: Count::One,
        reason: "0.56 brings a yamux that one frame crashes",
    },
    Wanted {
        name: "iroh",
        from: "1.4.0",
        below: Some("2.0.0"),
        count: Count::Some,
        reason: "the driver away from the LAN must resolve with the rest",
    },
];

/// Compares a lockfile's packages with a table.
pub fn check(locked: &[Locked], wanted: &[Wanted]) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for want in wanted {
        let name = want.name;
        let resolved: Vec<&str> = locked
            .iter()
            .filter(|package| package.name == name)
            .map(|package| package.version.as_str())
            .collect();
        let right = match want.count {
            Count::One => resolved.len() == 1,
            Count::AtMostOne => resolved.len() <= 1,
            Count::Some => !resolved.is_empty(),
        };
        if !right {
            let list = if resolved.is_empty() {
                "none".to_owned()
            } else {
                resolved.join(", ")
            };
            let what = format!(
                "resolved to {list}, wanted {:?}: {}",
                want.count, want.reason
            );
            found.push(Finding::new(name, what));
        }
        for version in resolved {
            let number = number(version)?;
            if number < self::number(want.from)? {
                let what = format!("{version} is older than {}: {}", want.from, want.reason);
                found.push(Finding::new(name, what));
            }
            if let Some(below) = want.below
                && number >= self::number(below)?
            {
                let what = format!("{version} is not below {below}: {}", want.reason);
                found.push(Finding::new(name, what));
            }
        }
    }
    Ok(found)
}

/// A version's order: its three numbers, a pre-release before the release it leads to. Build metadata does
/// not count.
fn number(version: &str) -> Result<([u64; 3], bool)> {
    let version = version.split('+').next().unwrap_or(version);
    let (numbers, release) = match version.split_once('-') {
        Some((numbers, _)) => (numbers, false),
        None => (version, true),
    };
    let mut read = [0; 3];
    for (place, part) in read.iter_mut().zip(numbers.split('.')) {
        *place = part
            .parse()
            .with_context(|| format!("`{version}` is not a version"))?;
    }
    Ok((read, release))
}
