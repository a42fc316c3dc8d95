//! Programs a step needs and the machine may lack: looked for first, fetched by name if missing, and if that
//! fails the error names the package a person would have to install.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// A program and the Debian package that brings it.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// What is started.
    pub binary: &'static str,
    /// What is installed.
    pub package: &'static str,
}

/// The cargo that started us, or the one on the path.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Where cargo builds to.
pub fn target(root: &Path) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// True if a program of this name is on the path.
pub fn is_here(binary: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(binary).is_file())
}

/// Installs what is missing with apt, which takes root.
pub fn ensure_apt(programs: &[Program]) -> Result<()> {
    let missing = || programs.iter().filter(|program| !is_here(program.binary));
    let packages: Vec<&str> = missing().map(|program| program.package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    let by_hand = format!("install by hand: {}", packages.join(" "));
    if !is_here("apt-get") {
        bail!("there is no apt-get here; {by_hand}");
    }
    if answer(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("apt-get wants root; {by_hand}");
    }
    println!("installing {}", packages.join(" "));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        quiet(&mut command).with_context(|| by_hand.clone())
    };
    apt(&["update"])?;
    let install = ["install", "--yes", "--no-install-recommends"];
    apt(&[&install, packages.as_slice()].concat())?;
    if let Some(still) = missing().next() {
        bail!(
            "{} was installed and brought no `{}`",
            still.package,
            still.binary
        );
    }
    Ok(())
}

/// A Python environment below the target folder that holds exactly these requirements (`name==version`);
/// gives back its interpreter. Made anew when the list changes.
pub fn ensure_venv(root: &Path, requirements: &[&str]) -> Result<PathBuf> {
    let folder = target(root).join("venv");
    let python = folder.join("bin/python");
    let stamp = folder.join("requirements.txt");
    let wanted = requirements.join("\n");
    let held = std::fs::read_to_string(&stamp).unwrap_or_default();
    if python.is_file() && held == wanted {
        return Ok(python);
    }
    if !is_here("python3") {
        bail!("there is no python3 here; install by hand: python3 python3-venv");
    }
    println!(
        "making a Python environment with {}",
        requirements.join(" ")
    );
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    quiet(&mut make).context("python3 cannot make environments; install by hand: python3-venv")?;
    let mut fill = Command::new(&python);
    fill.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ])
    .args(requirements);
    quiet(&mut fill)
        .with_context(|| format!("pip could not install {}", requirements.join(" ")))?;
    std::fs::write(&stamp, wanted).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(python)
}

/// A folder below the target folder with the modules that `folder`'s `package-lock.json` names, each checked against the
/// hash there, none of their scripts run; gives it back. Made anew when the lock file changes.
pub fn ensure_npm(root: &Path, folder: &str) -> Result<PathBuf> {
    let from = root.join(folder);
    let into = target(root).join("npm");
    let lock = std::fs::read_to_string(from.join("package-lock.json"))
        .with_context(|| format!("reading the lock file of {folder}"))?;
    let stamp = into.join("installed-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|held| held == lock) {
        return Ok(into);
    }
    println!("installing the modules of {folder}");
    std::fs::create_dir_all(&into).with_context(|| format!("making {}", into.display()))?;
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(from.join(file), into.join(file))
            .with_context(|| format!("copying {file} of {folder}"))?;
    }
    let mut fill = Command::new("npm");
    // Not `ci`: it wants the optional native modules of every platform in the lock file, which nobody needs here. What is
    // installed is what the lock file names, with its hashes.
    fill.args(["install", "--ignore-scripts", "--omit=optional"])
        .args(["--no-audit", "--no-fund"])
        .current_dir(&into);
    quiet(&mut fill).with_context(|| format!("npm could not install the modules of {folder}"))?;
    std::fs::write(&stamp, lock).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(into)
}

/// Runs a command without input; what it says is shown only if it fails.
fn quiet(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{name} could not be started"))?;
    if !said.status.success() {
        let out = String::from_utf8_lossy(&said.stdout);
        let err = String::from_utf8_lossy(&said.stderr);
        bail!("{name}: {}\n{out}{err}", said.status);
    }
    Ok(())
}

fn answer(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{name} could not be started"))?;
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}
