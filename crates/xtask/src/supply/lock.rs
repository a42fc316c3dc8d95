//! Reads the lockfile, which cargo writes in one fixed shape: a `[[package]]` block a package.

/// One package of the lockfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Every package, in the file's order.
pub fn packages(lock: &str) -> Vec<Locked> {
    lock.split("[[package]]")
        .skip(1)
        .filter_map(|block| {
            Some(Locked {
                name: value(block, "name")?,
                version: value(block, "version")?,
            })
        })
        .collect()
}

fn value(block: &str, key: &str) -> Option<String> {
    block.lines().find_map(|line| {
        let (name, value) = line.split_once(" = ")?;
        (name == key).then(|| value.trim_matches('"').to_owned())
    })
}
