//! Where the demonstration takes place: its folder, its time, and that nothing it started outlives it.

use super::cannot_start;
use super::play::Machines;
use crate::clock;
use crate::ctx::Ctx;
use crate::words::Words;
use linli_node::api::Fault;
use linli_view::words::{Arg, Lang};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The whole demonstration may take this long; a wait ends earlier.
const LONGEST: Duration = Duration::from_secs(110);
/// A neighbour is waited for this long at most; `--timeout` may say less.
const NEIGHBOUR: Duration = Duration::from_secs(30);
/// Tests put a program here that stands between the demonstration and `linli`.
const EXE: &str = "LINLI_DEMO_EXE";

/// Programs that were started and run on, by name.
pub type Running = Arc<Mutex<BTreeMap<String, Child>>>;

/// The folder, the executable, the time left.
pub struct Stage {
    dir: PathBuf,
    temporary: bool,
    keep: bool,
    exe: OsString,
    words: Words,
    neighbour: Duration,
    began: Instant,
    running: Running,
}

impl Stage {
    /// Makes the folder and listens for Ctrl-C.
    pub fn build(ctx: &Ctx, dir: Option<&Path>, keep: bool) -> Result<Self, Fault> {
        let temporary = dir.is_none();
        let dir = match dir {
            Some(dir) => empty_folder(dir)?,
            None => tempfile::Builder::new()
                .prefix("linli-demo-")
                .tempdir()
                .map_err(cannot_start)?
                // Removed by hand at the end: with --keep it stays.
                .keep(),
        };
        let exe = match std::env::var_os(EXE) {
            Some(exe) => exe,
            None => std::env::current_exe().map_err(cannot_start)?.into(),
        };
        let stage = Self {
            dir,
            temporary,
            keep,
            exe,
            words: Words::of(ctx.words.lang()),
            neighbour: NEIGHBOUR.min(ctx.timeout),
            began: clock::instant(),
            running: Running::default(),
        };
        for folder in ["keys", "out", "log"] {
            std::fs::create_dir_all(stage.dir.join(folder)).map_err(cannot_start)?;
        }
        stage.listen_for_signals()?;
        Ok(stage)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The executable that is run for every step.
    pub const fn exe(&self) -> &OsString {
        &self.exe
    }

    /// The language of what the programs say.
    pub const fn lang(&self) -> Lang {
        self.words.lang()
    }

    /// A sentence for the detail of a claim.
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.words.text(key, args)
    }

    /// The programs that run.
    pub const fn running(&self) -> &Running {
        &self.running
    }

    /// Milliseconds since the beginning.
    pub fn took_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// How long a neighbour is waited for; never beyond the end of the demonstration.
    pub fn patience(&self) -> Duration {
        let left = LONGEST.saturating_sub(self.began.elapsed());
        self.neighbour.min(left)
    }

    /// Leaves everything as it is.
    pub fn keep(self, machines: Machines) {
        // The programs are nobody's children any more when this one ends; dropping a handle does not stop them.
        lock(&self.running).clear();
        drop(machines);
    }

    /// Removes what was made.
    pub fn clear(&self) {
        stop_all(&self.running);
        if self.temporary && !self.keep {
            // What cannot be removed lies in the folder for temporary files.
            let _left = std::fs::remove_dir_all(&self.dir);
        }
    }

    /// Ctrl-C and the like: the programs are stopped, the folder goes, the status says which signal it was.
    #[cfg(unix)]
    fn listen_for_signals(&self) -> Result<(), Fault> {
        use tokio::signal::unix::{SignalKind, signal};
        let (running, dir) = (self.running.clone(), self.dir.clone());
        let gone = self.temporary.then_some(dir);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(cannot_start)?;
        let wait = move || {
            let signal = runtime.block_on(async {
                let (Ok(mut stop), Ok(mut interrupt)) = (
                    signal(SignalKind::terminate()),
                    signal(SignalKind::interrupt()),
                ) else {
                    return std::future::pending().await;
                };
                tokio::select! { _ = stop.recv() => 15, _ = interrupt.recv() => 2 }
            });
            // Held to the end: nothing more is started.
            let mut running = lock(&running);
            stop_each(&mut running);
            if let Some(dir) = gone {
                let _left = std::fs::remove_dir_all(dir);
            }
            std::process::exit(128 + signal)
        };
        // It ends with the process; there is nothing to join.
        let named = std::thread::Builder::new().name("demo-signals".to_owned());
        named.spawn(wait).map(|_running| ()).map_err(cannot_start)
    }

    /// Elsewhere a console's Ctrl-C reaches all programs of the console by itself.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "as on Unix, where it can fail")]
    const fn listen_for_signals(&self) -> Result<(), Fault> {
        Ok(())
    }
}

fn empty_folder(dir: &Path) -> Result<PathBuf, Fault> {
    std::fs::create_dir_all(dir).map_err(cannot_start)?;
    let mut inside = std::fs::read_dir(dir).map_err(cannot_start)?;
    if inside.next().is_some() {
        return Err(Fault::input("demo-dir-not-empty").with("dir", dir.display()));
    }
    std::path::absolute(dir).map_err(cannot_start)
}

/// The programs that run.
pub fn lock(running: &Running) -> MutexGuard<'_, BTreeMap<String, Child>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Stops every program that was started.
pub fn stop_all(running: &Running) {
    stop_each(&mut lock(running));
}

fn stop_each(running: &mut BTreeMap<String, Child>) {
    for child in running.values_mut() {
        // A program that has ended already cannot be stopped again.
        let _ended = child.kill().and_then(|()| child.wait());
    }
    running.clear();
}
