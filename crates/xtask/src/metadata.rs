//! What cargo knows about the workspace, cut down to what the checks ask of it.
//!
//! All features and all platforms are looked at together: a rule that holds only on the machine where the
//! check ran, or only without a feature, does not hold.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The workspace as cargo resolves it.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// Our own crates.
    pub members: Vec<Member>,
    /// Every package in the graph, ours included.
    pub packages: Vec<Package>,
}

/// One of our own crates.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// The package's name.
    pub name: String,
    /// Its folder below the root, as in `crates/linli-base`.
    pub folder: String,
    /// What its manifest names, of every kind.
    pub uses: Vec<Use>,
    /// Every package linked into it, with the way there (this crate first). Development and build
    /// dependencies are not followed: they are not in the product.
    pub reaches: BTreeMap<String, Vec<String>>,
}

/// One line of a manifest's dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The package's own name, also where the manifest renames it.
    pub name: String,
    /// True for `[dev-dependencies]`.
    pub dev: bool,
}

/// One package of the graph.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The licence expression of its manifest.
    pub licence: Option<String>,
    /// Where it comes from; `None` is a path on this machine.
    pub source: Option<String>,
    /// For a package without a source: whether it lies in this repository.
    pub inside: bool,
    /// The features the resolver turned on.
    pub features: Vec<String>,
}

impl Workspace {
    /// Asks cargo. Fails if the lockfile does not match the manifests.
    pub fn load(root: &Path) -> Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let asked = Command::new(cargo)
            .current_dir(root)
            .args(["metadata", "--format-version", "1", "--locked"])
            .arg("--all-features")
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .context("cargo could not be started")?;
        if !asked.status.success() {
            bail!("cargo metadata --locked failed (its words are above)");
        }
        let told: Value = serde_json::from_slice(&asked.stdout).context("cargo metadata's JSON")?;
        Self::read(&told)
    }

    /// Reads the JSON of `cargo metadata --format-version 1`.
    pub fn read(told: &Value) -> Result<Self> {
        let root = text(told, "workspace_root")?;
        let graph = Graph::read(told)?;
        let ours: Vec<&str> = list(told, "workspace_members")?
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let mut read = Self::default();
        for package in list(told, "packages")? {
            let id = text(package, "id")?;
            let name = text(package, "name")?;
            let manifest = text(package, "manifest_path")?;
            let below = below(manifest, root);
            read.packages.push(Package {
                name: name.to_owned(),
                version: text(package, "version")?.to_owned(),
                licence: package["license"].as_str().map(str::to_owned),
                source: package["source"].as_str().map(str::to_owned),
                inside: below.is_some(),
                features: graph.features.get(id).cloned().unwrap_or_default(),
            });
            if ours.contains(&id) {
                read.members.push(Member {
                    name: name.to_owned(),
                    folder: below
                        .context("a member outside the repository")?
                        .trim_end_matches("/Cargo.toml")
                        .to_owned(),
                    uses: uses(package)?,
                    reaches: graph.reaches(id),
                });
            }
        }
        Ok(read)
    }
}

/// The resolved graph by package id.
struct Graph<'a> {
    names: BTreeMap<&'a str, &'a str>,
    linked: BTreeMap<&'a str, Vec<&'a str>>,
    features: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Graph<'a> {
    fn read(told: &'a Value) -> Result<Self> {
        let mut graph = Self {
            names: BTreeMap::new(),
            linked: BTreeMap::new(),
            features: BTreeMap::new(),
        };
        for package in list(told, "packages")? {
            graph
                .names
                .insert(text(package, "id")?, text(package, "name")?);
        }
        for node in list(&told["resolve"], "nodes")? {
            let id = text(node, "id")?;
            let mut linked = Vec::new();
            for dependency in list(node, "deps")? {
                // Cargo writes null for the plain kind.
                let kinds = list(dependency, "dep_kinds")?;
                if kinds.iter().any(|kind| kind["kind"].is_null()) {
                    linked.push(text(dependency, "pkg")?);
                }
            }
            graph.linked.insert(id, linked);
            let features = list(node, "features")?
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            graph.features.insert(id, features);
        }
        Ok(graph)
    }

    /// Breadth first, so that the way shown is a shortest one.
    fn reaches(&self, from: &'a str) -> BTreeMap<String, Vec<String>> {
        let mut ways: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut queue = VecDeque::from([(from, Vec::new())]);
        while let Some((id, way)) = queue.pop_front() {
            if ways.contains_key(id) {
                continue;
            }
            let name = self.names.get(id).copied().unwrap_or(id);
            let mut here = way;
            here.push(name.to_owned());
            for next in self.linked.get(id).into_iter().flatten() {
                queue.push_back((next, here.clone()));
            }
            ways.insert(id, here);
        }
        ways.remove(from);
        ways.into_iter()
            .map(|(id, way)| (self.names.get(id).copied().unwrap_or(id).to_owned(), way))
            .collect()
    }
}

fn uses(package: &Value) -> Result<Vec<Use>> {
    list(package, "dependencies")?
        .iter()
        .map(|dependency| {
            Ok(Use {
                name: text(dependency, "name")?.to_owned(),
                dev: dependency["kind"].as_str() == Some("dev"),
            })
        })
        .collect()
}

/// `path` relative to `root`, with `/` between the parts.
fn below(path: &str, root: &str) -> Option<String> {
    let rest = Path::new(path).strip_prefix(root).ok()?;
    Some(rest.to_string_lossy().replace('\\', "/"))
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key]
        .as_str()
        .with_context(|| format!("cargo metadata has no text `{key}` here"))
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key]
        .as_array()
        .with_context(|| format!("cargo metadata has no list `{key}` here"))
}
