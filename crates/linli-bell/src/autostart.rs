//! Started with the desktop: a file in the folder of XDG's autostart specification 0.5, one for each home.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// The file that starts a program for one home when somebody logs in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Autostart {
    file: PathBuf,
}

impl Autostart {
    /// That of a home, in this person's configuration folder; `None` where the system names none.
    #[must_use]
    pub fn of(home: &Path) -> Option<Self> {
        let absolute = |path: &PathBuf| path.is_absolute();
        let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
        let config = config.filter(absolute).or_else(|| {
            let person = std::env::var_os("HOME").map(PathBuf::from);
            Some(person.filter(absolute)?.join(".config"))
        })?;
        Some(Self::below(&config, home))
    }

    /// That of a home below a configuration folder.
    #[must_use]
    pub fn below(config: &Path, home: &Path) -> Self {
        let home = std::path::absolute(home).unwrap_or_else(|_| home.to_owned());
        // FNV-1a: a name that stays the same, and tells nothing of the folder.
        let hash = home
            .as_os_str()
            .as_encoded_bytes()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self {
            file: config
                .join("autostart")
                .join(format!("linli-{hash:016x}.desktop")),
        }
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Is it there?
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.file.is_file()
    }

    /// Writes it: from the next log-in on the program starts with these arguments.
    ///
    /// # Errors
    /// Of the file system; a path that is no UTF-8 cannot stand in such a file.
    pub fn on(&self, program: &Path, args: &[&OsStr]) -> io::Result<()> {
        let unfit = || io::Error::from(io::ErrorKind::InvalidInput);
        let mut line = quoted(program.to_str().ok_or_else(unfit)?).ok_or_else(unfit)?;
        for arg in args {
            line.push(' ');
            line.push_str(&quoted(arg.to_str().ok_or_else(unfit)?).ok_or_else(unfit)?);
        }
        let text = format!(
            "[Desktop Entry]\nType=Application\nName=Linli\nName[zh_CN]=邻里\nComment=Notices arrive while the window is closed\n\
             Comment[zh_CN]=窗口关着也能收到通知\nExec={line}\nTerminal=false\nNoDisplay=true\nX-GNOME-Autostart-enabled=true\n"
        );
        let folder = self.file.parent().ok_or_else(unfit)?;
        std::fs::create_dir_all(folder)?;
        // Whole or not at all: half a line would start something else.
        let beside = self.file.with_extension("desktop.new");
        std::fs::write(&beside, text)?;
        std::fs::rename(&beside, &self.file)
    }

    /// Takes it away.
    ///
    /// # Errors
    /// Of the file system; one that is not there is no error.
    pub fn off(&self) -> io::Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// One argument as `Exec` has it: in quotes, with what has a meaning inside of them escaped twice, once for the quotes and
/// once for the value of a key. `None`: it cannot stand there.
fn quoted(arg: &str) -> Option<String> {
    if arg.chars().any(char::is_control) {
        return None;
    }
    let mut out = String::from("\"");
    for c in arg.chars() {
        match c {
            '\\' => out.push_str("\\\\\\\\"),
            '"' | '`' | '$' => {
                out.push_str("\\\\");
                out.push(c);
            }
            '%' => out.push_str("%%"),
            c => out.push(c),
        }
    }
    out.push('"');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    #[test]
    fn a_home_has_one_file_that_comes_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let (mine, other) = (Path::new("/srv/li/家"), Path::new("/srv/li/office"));
        let entry = Autostart::below(dir.path(), mine);
        assert_ne!(entry, Autostart::below(dir.path(), other));
        assert_eq!(entry, Autostart::below(dir.path(), mine));
        assert!(!entry.is_on());
        entry.off().unwrap();
        let args = ["--home", "/srv/li/家", "background", "run"].map(OsString::from);
        let args: Vec<&OsStr> = args.iter().map(OsString::as_os_str).collect();
        entry
            .on(Path::new("/opt/my programs/linli"), &args)
            .unwrap();
        assert!(entry.is_on());
        let text = std::fs::read_to_string(entry.file()).unwrap();
        let exec = text.lines().find(|line| line.starts_with("Exec=")).unwrap();
        assert_eq!(
            exec,
            r#"Exec="/opt/my programs/linli" "--home" "/srv/li/家" "background" "run""#
        );
        entry.off().unwrap();
        assert!(!entry.is_on());
        assert_eq!(
            std::fs::read_dir(dir.path().join("autostart"))
                .unwrap()
                .count(),
            0
        );
    }

    #[test]
    fn what_a_path_may_hold_starts_nothing_else() {
        assert_eq!(quoted("a\"b").unwrap(), r#""a\\"b""#);
        assert_eq!(quoted("$(x)").unwrap(), r#""\\$(x)""#);
        assert_eq!(quoted(r"a\b").unwrap(), r#""a\\\\b""#);
        assert_eq!(quoted("50%").unwrap(), r#""50%%""#);
        assert_eq!(quoted("a\nExec=evil"), None);
    }
}
