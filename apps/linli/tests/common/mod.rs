//! Running the real program, and reading what it said.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "tests; each test binary uses its part"
)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program under test.
pub const LINLI: &str = env!("CARGO_BIN_EXE_linli");

/// A sample register of the repository.
pub fn register() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/registry-small-utf8.csv")
}

/// `linli ARGS`, in a language that does not depend on the machine, with keys nowhere near the account's own.
pub fn linli(keys: &Path, args: &[&str]) -> Said {
    let output = Command::new(LINLI)
        .args(args)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env_remove("LINLI_LOG")
        .env("LINLI_KEYS_DIR", keys)
        .output()
        .expect("linli starts");
    Said::of(&output)
}

/// What a program said.
#[derive(Debug)]
pub struct Said {
    /// Exit status.
    pub exit: i32,
    /// Its stdout.
    pub out: String,
    /// Its stderr.
    pub err: String,
}

impl Said {
    /// Reads an output.
    pub fn of(output: &Output) -> Self {
        Self {
            exit: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8"),
            err: String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8"),
        }
    }

    /// The one JSON object on stdout, with the shape that cli.md promises.
    pub fn object(&self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "one line: {self:?}");
        let object: Value = serde_json::from_str(&self.out).expect("JSON");
        for field in [
            "schema", "ok", "as_of", "covers", "data", "warnings", "error",
        ] {
            assert!(object.get(field).is_some(), "{field} is missing: {self:?}");
        }
        assert_eq!(object["schema"], "linli/1");
        assert_eq!(
            object["ok"].as_bool(),
            Some(object["error"].is_null()),
            "{self:?}"
        );
        object
    }

    /// The code of the fault in the object.
    pub fn code(&self) -> String {
        let object = self.object();
        let error = &object["error"];
        for part in ["message", "safe", "next"] {
            let text = error[part].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.contains('⟦'), "{part}: {self:?}");
        }
        error["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A folder for homes and keys.
pub struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file with these bytes.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// `linli --home office --json LINE`.
    pub fn json(&self, line: &[&str]) -> Said {
        let home = self.path("office");
        let args = [
            &["--home", home.to_str().unwrap(), "--json", "--lang", "en"],
            line,
        ]
        .concat();
        linli(&self.path("keys"), &args)
    }

    /// The same in words.
    pub fn words(&self, lang: &str, line: &[&str]) -> Said {
        let home = self.path("office");
        let args = [&["--home", home.to_str().unwrap(), "--lang", lang], line].concat();
        linli(&self.path("keys"), &args)
    }

    /// Founds a community in `office`.
    pub fn found(&self) -> Said {
        let line = "community found --name 丰盛园 --utc-offset +08:00 --gate 1:东门";
        self.json(&line.split(' ').collect::<Vec<_>>())
    }
}

/// The words of a line.
pub fn split(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}
