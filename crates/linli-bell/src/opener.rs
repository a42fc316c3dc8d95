//! Opens the window of a home that runs without one.

use linli_view::bell::Opens;
use linli_view::words::Lang;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The window's program, for one home.
#[derive(Debug)]
pub struct Opener {
    program: PathBuf,
    home: PathBuf,
    lang: Lang,
    /// Windows that were opened: whoever starts a program asks for its end.
    opened: Vec<Child>,
}

impl Opener {
    /// The window's program beside this one; `None` where there is none.
    #[must_use]
    pub fn of(home: &Path, lang: Lang) -> Option<Self> {
        let me = std::env::current_exe().ok()?;
        let name = format!("linli-desktop{}", std::env::consts::EXE_SUFFIX);
        let program = me.with_file_name(name);
        program.is_file().then(|| Self {
            program,
            home: std::path::absolute(home).unwrap_or_else(|_| home.to_owned()),
            lang,
            opened: Vec::new(),
        })
    }

    fn args(&self, opens: &Opens) -> Vec<OsString> {
        vec![
            "--home".into(),
            self.home.clone().into(),
            "--lang".into(),
            self.lang.tag().into(),
            "--open".into(),
            opens.word().into(),
        ]
    }

    /// Opens it. Where it does not start nothing happens: what was pressed still waits in the home.
    pub fn open(&mut self, opens: &Opens) {
        self.opened
            .retain_mut(|window| matches!(window.try_wait(), Ok(None)));
        let mut process = Command::new(&self.program);
        process
            .args(self.args(opens))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // It lives on when this program ends.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut process, 0);
        self.opened.extend(process.spawn());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_told_its_home_its_language_and_what_to_show() {
        let opener = Opener {
            program: "linli-desktop".into(),
            home: "/srv/家".into(),
            lang: Lang::En,
            opened: Vec::new(),
        };
        let id = "r:abc".to_owned();
        let args = opener.args(&Opens::Notice { id });
        let said = [
            "--home",
            "/srv/家",
            "--lang",
            "en",
            "--open",
            "notice:r:abc",
        ];
        assert_eq!(args, said.map(OsString::from));
    }
}
