//! One computer: a home, its keys outside of it, and the commands run on it.

use crate::exe;
use crate::process::Run;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long one command may take. A register of 10,000 rows on a busy machine is the longest.
pub const STEP: Duration = Duration::from_secs(300);

/// The two languages of every sentence.
pub const LANGS: [&str; 2] = ["zh-CN", "en"];

/// A home and where its keys lie.
#[derive(Clone, Debug)]
pub struct Home {
    /// Its name, that of its folder.
    pub name: String,
    /// The folder.
    pub dir: PathBuf,
    /// Where its keys lie.
    pub keys: PathBuf,
    /// `--passphrase-file` of every command.
    pub passphrase: Option<PathBuf>,
    /// `LINLI_LOG` of every command; nothing is logged without.
    pub log: Option<&'static str>,
}

/// What a command came back with.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Exit status; none when a signal ended it.
    pub code: Option<i32>,
    /// The one object on stdout; null if it was killed before it said anything.
    pub object: Value,
    /// What it said to stderr.
    pub stderr: String,
}

impl Reply {
    /// `data` of the object.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.object["data"]
    }

    /// `error.code` of the object, or nothing.
    #[must_use]
    pub fn error(&self) -> &str {
        self.object["error"]["code"].as_str().unwrap_or_default()
    }
}

impl Home {
    /// A computer that has no home yet, below `root`; its keys lie beside it.
    #[must_use]
    pub fn new(root: &Path, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            dir: root.join(name),
            keys: root.join("keys").join(name),
            passphrase: None,
            log: None,
        }
    }

    /// `linli --home .. --lang L ARGS`.
    #[must_use]
    pub fn command(&self, lang: &str, args: &[&str]) -> Command {
        let mut command = Command::new(exe::linli());
        command
            .arg("--home")
            .arg(&self.dir)
            .args(["--lang", lang])
            .env("LINLI_KEYS_DIR", &self.keys)
            .env_remove("LINLI_KILL_AT")
            .env_remove("LINLI_LOG")
            // An abort on purpose is not worth an image of the process, which would hold its keys.
            .env("RUST_BACKTRACE", "0");
        if let Some(log) = self.log {
            command.env("LINLI_LOG", log);
        }
        if let Some(file) = &self.passphrase {
            command.arg("--passphrase-file").arg(file);
        }
        command.args(args);
        command
    }

    /// Starts one command with `--json`.
    #[must_use]
    pub fn start(&self, args: &[&str]) -> Run {
        self.start_with(args, &[])
    }

    /// The same with variables set.
    #[must_use]
    pub fn start_with(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let mut command = self.command("en", args);
        command.arg("--json").envs(env.iter().copied());
        Run::start(command)
    }

    /// Runs one command to its end.
    #[must_use]
    pub fn run(&self, args: &[&str]) -> Reply {
        self.run_with(args, &[])
    }

    /// The same with variables set.
    #[must_use]
    pub fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Reply {
        Self::reply(self.start_with(args, env))
    }

    /// Waits for the end of a command and reads its one object.
    ///
    /// # Panics
    /// When an ended command has not said exactly one object of the agreed shape, or a panic shows on stderr.
    #[must_use]
    pub fn reply(run: Run) -> Reply {
        let output = run.finish(STEP);
        let text = output.stdout.trim();
        let object: Value = match (output.code, text.is_empty()) {
            (None, true) => Value::Null,
            _ => serde_json::from_str(text)
                .unwrap_or_else(|e| panic!("{e}: not one object: {text:?}\n{}", output.stderr)),
        };
        if !object.is_null() {
            judge_shape(output.code, &object);
        }
        assert!(!output.stderr.contains("panicked"), "{}", output.stderr);
        Reply {
            code: output.code,
            object,
            stderr: output.stderr,
        }
    }

    /// Runs one command that has to succeed, and gives its data.
    ///
    /// # Panics
    /// With what it said instead.
    pub fn must(&self, args: &[&str]) -> Value {
        let reply = self.run(args);
        let said = &reply.object["error"];
        assert_eq!(
            reply.code,
            Some(0),
            "{}: {args:?}: {said}\n{}",
            self.name,
            reply.stderr
        );
        reply.object["data"].clone()
    }

    /// Runs one command that has to be refused so: with this exit status, this code, and in both languages what
    /// happened, what is safe and what to do next. For people the same goes to stderr, and nothing to stdout.
    /// Gives the English object.
    ///
    /// # Panics
    /// When anything of it does not hold.
    pub fn refused(&self, args: &[&str], exit: i32, code: &str) -> Value {
        let mut objects = LANGS.map(|lang| {
            let mut command = self.command(lang, args);
            command.arg("--json");
            let reply = Self::reply(Run::start(command));
            let said = format!("{args:?}: {}", reply.object);
            assert_eq!((reply.code, reply.error()), (Some(exit), code), "{said}");
            reply.object
        });
        for part in ["message", "safe", "next"] {
            let [zh, en] = &objects;
            let (zh, en) = (sentence(zh, part, code), sentence(en, part, code));
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            assert!(zh.contains(chinese), "{code}: {part} is not Chinese: {zh}");
            assert_ne!(zh, en, "{code}: {part}");
        }
        for (lang, object) in LANGS.iter().zip(&objects) {
            let output = Run::start(self.command(lang, args)).finish(STEP);
            assert_eq!(output.code, Some(exit), "{args:?}: {}", output.stderr);
            assert_eq!(output.stdout, "", "{args:?}");
            let lines: Vec<&str> = output.stderr.lines().collect();
            for part in ["message", "safe", "next"] {
                let expected = sentence(object, part, code);
                let shown = expected.lines().all(|line| lines.contains(&line));
                assert!(shown, "{args:?}: {part} is missing on stderr: {lines:?}");
            }
        }
        std::mem::take(&mut objects[1])
    }

    /// Whether anything of a home is there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        std::fs::read_dir(&self.dir).is_ok_and(|mut files| files.next().is_some())
    }

    /// A copy of this home's files, sockets aside, and of no keys.
    ///
    /// # Panics
    /// When a file cannot be copied.
    #[must_use]
    pub fn copied(&self, root: &Path, name: &str) -> Self {
        let copy = Self::new(root, name);
        std::fs::create_dir_all(&copy.dir).expect("a folder for the copy");
        for entry in std::fs::read_dir(&self.dir).expect("the home").flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                std::fs::copy(entry.path(), copy.dir.join(entry.file_name())).expect("a copy");
            }
        }
        copy
    }
}

/// One of the sentences of a fault; it stands there, whole, and is not the general one, which names the code.
fn sentence<'a>(object: &'a Value, part: &str, code: &str) -> &'a str {
    let text = object["error"][part].as_str().unwrap_or_default();
    let whole = !text.trim().is_empty() && !text.contains('⟦') && !text.contains(code);
    assert!(whole, "{code}: {part} says {text:?}");
    text
}

/// The object as cli.md has it.
fn judge_shape(code: Option<i32>, object: &Value) {
    let fields = [
        "schema", "ok", "as_of", "covers", "data", "warnings", "error",
    ];
    for field in fields {
        assert!(object.get(field).is_some(), "no {field}: {object}");
    }
    assert_eq!(object["schema"], "linli/1");
    let ok = object["ok"] == true;
    assert_eq!(ok, object["error"].is_null(), "{object}");
    // ASK, DENY and claims that do not hold are answers too.
    assert!(
        ok || code != Some(0),
        "a fault with exit status 0: {object}"
    );
}
