//! Where the `linli` executable is: next to the tests in the target folder, built by cargo if it is missing or older
//! than its sources.
//!
//! Always the dev profile: its named places of [`crate::kill`] are absent from a release build. `LINLI_E2E_EXE` names
//! another executable, such as one that is broken on purpose.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

/// What `linli` is built from, below the root of the workspace.
const SOURCES: [&str; 4] = ["apps/linli", "crates", "keys", "sync"];

/// Names another executable.
pub const OTHER: &str = "LINLI_E2E_EXE";

/// The executable.
///
/// # Panics
/// When it cannot be built.
pub fn linli() -> &'static Path {
    static EXE: OnceLock<PathBuf> = OnceLock::new();
    EXE.get_or_init(|| {
        if let Some(other) = std::env::var_os(OTHER) {
            return other.into();
        }
        let exe = target()
            .join("debug")
            .join(format!("linli{}", std::env::consts::EXE_SUFFIX));
        if is_older(&exe) {
            build();
        }
        assert!(
            exe.is_file(),
            "{} is not there after a build",
            exe.display()
        );
        exe
    })
}

/// The window's executable, beside it.
///
/// # Panics
/// When it cannot be built.
pub fn desktop() -> &'static Path {
    static EXE: OnceLock<PathBuf> = OnceLock::new();
    EXE.get_or_init(|| {
        let name = format!("linli-desktop{}", std::env::consts::EXE_SUFFIX);
        let exe = linli().with_file_name(name);
        let sources = newest(&root().join("apps/linli-desktop"));
        let is_older = modified(&exe).is_none_or(|built| sources > Some(built));
        if is_older && std::env::var_os(OTHER).is_none() {
            build();
        }
        assert!(exe.is_file(), "{} is not there", exe.display());
        exe
    })
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// A file of the committed sample data.
#[must_use]
pub fn sample(name: &str) -> PathBuf {
    root().join("tests/data").join(name)
}

/// The target folder, from where this test or command lies in it.
fn target() -> PathBuf {
    let me = std::env::current_exe().expect("a path of this program");
    me.ancestors()
        .find(|dir| dir.join("CACHEDIR.TAG").is_file())
        .map_or_else(|| root().join("target"), Path::to_owned)
}

fn is_older(exe: &Path) -> bool {
    let Some(built) = modified(exe) else {
        return true;
    };
    SOURCES
        .iter()
        .any(|source| newest(&root().join(source)) > Some(built))
}

/// When the newest source below a folder was changed.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    entries
        .filter_map(|entry| {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_dir() {
                // Tests and examples are no part of it.
                return (name != "tests" && name != "examples")
                    .then(|| newest(&path))
                    .flatten();
            }
            let source = path
                .extension()
                .is_some_and(|e| e == "rs" || e == "ftl" || e == "toml");
            source.then(|| modified(&path)).flatten()
        })
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

fn build() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .current_dir(root())
        // As the tests are built: with the features of this package alone half of the tree would be built again.
        .args(["build", "--workspace", "--bins", "--tests", "--locked"])
        .arg("--quiet")
        .status()
        .expect("cargo starts");
    assert!(built.success(), "cargo build: {built}");
}
