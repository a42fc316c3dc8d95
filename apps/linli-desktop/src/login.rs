//! Whether this home runs from log-in on, and the program that does so: `linli-desktop --background`.

use crate::args::Args;
use crate::client;
use linli_bell::{Autostart, Opener};
use linli_node::home::{self, HomeOptions, Ringer, RunArgs};
use linli_view::bell;
use linli_view::words::Catalogue;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The switch, for a window.
pub trait LogIn {
    /// Does it start when somebody logs in? None: this system cannot.
    fn is_on(&self) -> Option<bool>;
    /// Switches it.
    ///
    /// # Errors
    /// Why not, as the system says it.
    fn set(&mut self, on: bool) -> Result<(), String>;
    /// Starts it now, without a window; it waits until the window has closed.
    fn start(&mut self);
}

/// None: for tests and pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLogIn;

impl LogIn for NoLogIn {
    fn is_on(&self) -> Option<bool> {
        None
    }

    fn set(&mut self, _: bool) -> Result<(), String> {
        Err(String::new())
    }

    fn start(&mut self) {}
}

/// This person's.
pub struct System {
    entry: Option<Autostart>,
    home: PathBuf,
    lang: String,
    started: bool,
}

impl System {
    /// Of a home.
    #[must_use]
    pub fn of(home: &client::Home) -> Self {
        Self {
            entry: Autostart::of(&home.dir),
            home: std::path::absolute(&home.dir).unwrap_or_else(|_| home.dir.clone()),
            lang: home
                .ring
                .map(|lang| lang.tag().to_owned())
                .unwrap_or_default(),
            started: false,
        }
    }

    fn args(&self) -> Vec<OsString> {
        let mut args: Vec<OsString> = vec!["--home".into(), self.home.clone().into()];
        if !self.lang.is_empty() {
            args.extend(["--lang".into(), self.lang.clone().into()]);
        }
        args.push("--background".into());
        args
    }
}

impl LogIn for System {
    fn is_on(&self) -> Option<bool> {
        self.entry.as_ref().map(Autostart::is_on)
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        let entry = self.entry.as_ref().ok_or_else(String::new)?;
        let done = if on {
            let args = self.args();
            let args: Vec<&OsStr> = args.iter().map(OsString::as_os_str).collect();
            std::env::current_exe().and_then(|program| entry.on(&program, &args))
        } else {
            entry.off()
        };
        done.map_err(|error| error.to_string())?;
        if on {
            self.start();
        }
        Ok(())
    }

    fn start(&mut self) {
        if std::mem::replace(&mut self.started, true) {
            return;
        }
        let Ok(program) = std::env::current_exe() else {
            return;
        };
        let mut process = Command::new(program);
        process
            .args(self.args())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // It lives on when the window closes.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut process, 0);
        // Where it does not start, the next log-in does it.
        self.started = process.spawn().is_ok();
    }
}

/// Runs the home without a window, until somebody logs out or switches it off.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let lang = args.lang();
    let options = HomeOptions {
        dir: args.home(),
        passphrase: None,
        keys_dir: std::env::var_os("LINLI_KEYS_DIR").map(PathBuf::from),
        timeout: Duration::from_secs(10),
    };
    let mut ringer = || Ringer {
        bell: linli_bell::system(),
        lang,
        background: true,
        opens: Opener::of(&options.dir, lang)
            .map(|mut window| -> home::Opener { Box::new(move |opens| window.open(opens)) }),
    };
    let entry = Autostart::of(&options.dir);
    let mut still = || entry.as_ref().is_none_or(Autostart::is_on);
    let node = RunArgs {
        listen: Vec::new(),
        peers: Vec::new(),
        mdns: true,
    };
    let ended = home::run_in_background(&options, &node, &mut ringer, &mut still, &mut |_| ());
    ended.map_err(|fault| {
        if fault.code == "passphrase-needed" {
            let locked = bell::locked(&Catalogue::of(lang));
            // Where nothing shows it, the window says it when it is opened.
            let _ = linli_bell::system().show(&locked);
        }
        anyhow::anyhow!(fault.code)
    })
}
