//! An estate in a temporary folder: an office that founds it, and whoever joins.

use crate::clock;
use crate::home::Home;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a neighbour is waited for.
pub const NEIGHBOUR: Duration = Duration::from_secs(60);

/// A folder with homes in it. Removed at the end, unless a test failed: then its place is printed.
#[derive(Debug)]
pub struct Estate {
    root: PathBuf,
    left: bool,
    /// The office, which founded the community.
    pub office: Home,
}

impl Estate {
    /// An estate with a gate, number 1, and one office.
    ///
    /// # Panics
    /// When it cannot be founded.
    #[must_use]
    pub fn found() -> Self {
        let estate = Self::empty();
        found(&estate.office);
        estate
    }

    /// A folder where nothing is founded yet.
    ///
    /// # Panics
    /// When there is no room for it.
    #[must_use]
    pub fn empty() -> Self {
        let dir = tempfile::Builder::new()
            .prefix("linli-e2e-")
            .tempdir()
            .expect("a temporary folder");
        let root = dir.keep();
        Self {
            office: Home::new(&root, "office"),
            root,
            left: false,
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Another computer.
    #[must_use]
    pub fn home(&self, name: &str) -> Home {
        Home::new(&self.root, name)
    }

    /// Writes a file beside the homes.
    ///
    /// # Panics
    /// When it cannot be written.
    #[must_use]
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.root.join(name);
        std::fs::write(&path, bytes).expect("a file is written");
        path.to_str().expect("a path in UTF-8").to_owned()
    }
}

impl Estate {
    /// Leaves the folder where it is, and says where.
    #[must_use]
    pub fn leave(&mut self) -> String {
        self.left = true;
        self.root.display().to_string()
    }
}

impl Drop for Estate {
    fn drop(&mut self) {
        if self.left {
            return;
        }
        if std::thread::panicking() {
            eprintln!("left for a look: {}", self.root.display());
        } else {
            let _left = std::fs::remove_dir_all(&self.root);
        }
    }
}

/// The command that founds a community with one gate.
pub const FOUND: [&str; 10] = [
    "community",
    "found",
    "--name",
    "丰盛园",
    "--utc-offset",
    "+08:00",
    "--gate",
    "1:东门",
    "--office",
    "物业服务中心",
];

/// Founds a community with one gate in a new home.
///
/// # Panics
/// When it is refused.
pub fn found(home: &Home) -> Value {
    home.must(&FOUND)
}

/// Opens an invitation at a running office: `["--unit", "3-2-501"]`, `["--role", "gate:1"]`.
///
/// # Panics
/// When it is refused.
#[must_use]
pub fn invite(office: &Home, role: &[&str]) -> String {
    let opened = office.must(&[&["invite", "open"], role].concat());
    opened["invite"].as_str().expect("an invitation").to_owned()
}

/// Enrols a new computer at a running office, the pictures typed on both sides; gives its device.
///
/// # Panics
/// When a step is refused.
pub fn enrol(office: &Home, joiner: &Home, role: &[&str]) -> String {
    let invite = invite(office, role);
    let side = joiner.must(&["join", &invite, "--device-name", &joiner.name]);
    let typed: Vec<&str> = strings(&side["emoji"]);
    assert_eq!(typed.len(), 7, "{side}");
    let typed = [&["sas", "confirm"], &typed[..]].concat();
    office.must(&typed);
    let done = joiner.must(&typed);
    done["device"].as_str().expect("a device").to_owned()
}

/// The texts of an array.
#[must_use]
pub fn strings(list: &Value) -> Vec<&str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// The texts of all posts that a home shows, in order of their characters.
///
/// # Panics
/// When it does not list them.
#[must_use]
pub fn bodies(home: &Home) -> Vec<String> {
    let list = home.must(&["post", "list"]);
    let posts = list["posts"].as_array().expect("posts").iter();
    let mut bodies: Vec<String> = posts
        .map(|post| post["body"].as_str().expect("a body").to_owned())
        .collect();
    bodies.sort();
    bodies
}

/// The call of a gate about a line of its log, as a home has it; null where it has none.
///
/// # Panics
/// When it does not list calls.
#[must_use]
pub fn call_about(home: &Home, event: &str) -> Value {
    let rings = home.must(&["ring", "list"])["rings"].clone();
    let mut rings = rings.as_array().expect("calls").clone();
    rings.retain(|call| call["event"] == event);
    rings.pop().unwrap_or_default()
}

/// Waits until a running home sees so many others.
///
/// # Panics
/// When they do not come.
pub fn until_online(home: &Home, count: u64) {
    clock::until(&format!("{} sees {count}", home.name), NEIGHBOUR, || {
        home.must(&["status"])["online"].as_u64() == Some(count)
    });
}

/// The unit that an office's passes are for.
pub const HOST: &str = "3-2-501";

/// An office issues a pass for one entry at gate 1, valid now.
///
/// # Panics
/// When it is refused.
#[must_use]
pub fn issue(office: &Home, label: &str) -> Value {
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(4 * 3600));
    let pass = ["pass", "issue", "--label", label, "--gate", "1"];
    let when = ["--host", HOST, "--from", &from, "--until", &until];
    office.must(&[&pass[..], &when].concat())
}
