//! The shape of the machine a run was made on: what makes numbers of two pages comparable, and no paths.

use crate::clock;
use std::fs;
use std::path::Path;

/// The shape of a machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Machine {
    /// CPU model.
    pub cpu: String,
    /// Cores.
    pub cores: usize,
    /// Memory in MiB.
    pub memory_mib: u64,
    /// Kernel and architecture.
    pub system: String,
    /// Kind of file system that the stores lay on.
    pub disk: String,
    /// How the program was compiled.
    pub build: String,
    /// Date of the run.
    pub date: String,
    /// How busy the machine was.
    pub load: String,
}

impl Machine {
    /// Looks at this machine. What cannot be found out is "unknown".
    #[must_use]
    pub fn look(stores: &Path, load_before: &str) -> Self {
        let system = format!(
            "{} {}, {}",
            std::env::consts::OS,
            read("/proc/sys/kernel/osrelease"),
            std::env::consts::ARCH
        );
        Self {
            cpu: field("/proc/cpuinfo", "model name"),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: field("/proc/meminfo", "MemTotal")
                .split(' ')
                .next()
                .and_then(|kib| kib.parse::<u64>().ok())
                .map_or(0, |kib| kib / 1024),
            system,
            disk: file_system(stores),
            build: if cfg!(debug_assertions) {
                "development profile: these numbers say little".to_owned()
            } else {
                "release".to_owned()
            },
            date: clock::today(),
            load: format!("{load_before} before, {} after", load()),
        }
    }

    /// Name and value, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        vec![
            ("CPU", format!("{}, {} cores", self.cpu, self.cores)),
            ("memory", format!("{} MiB", self.memory_mib)),
            ("system", self.system.clone()),
            ("file system below the stores", self.disk.clone()),
            ("build", self.build.clone()),
            ("date", self.date.clone()),
            ("load average over one minute", self.load.clone()),
        ]
    }
}

/// Load average of the last minute.
#[must_use]
pub fn load() -> String {
    let all = read("/proc/loadavg");
    all.split(' ').next().unwrap_or("unknown").to_owned()
}

/// Memory that this program keeps, in KiB.
///
/// # Errors
/// Where the system does not say.
pub fn resident_kib() -> anyhow::Result<u64> {
    let said = field("/proc/self/status", "VmRSS");
    let kib = said.split(' ').next().and_then(|n| n.parse().ok());
    kib.ok_or_else(|| anyhow::anyhow!("this system does not say how much memory is kept"))
}

fn read(path: &str) -> String {
    fs::read_to_string(path).map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}

fn field(path: &str, name: &str) -> String {
    let text = read(path);
    let found = text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_else(|| "unknown".to_owned())
}

/// The kind of file system of the deepest mount above a folder.
fn file_system(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let mounts = read("/proc/self/mounts");
    let of = |line: &str| {
        let mut parts = line.split(' ').skip(1);
        let (at, kind) = (parts.next()?.to_owned(), parts.next()?.to_owned());
        folder.starts_with(&at).then_some((at.len(), kind))
    };
    let deepest = mounts.lines().filter_map(of).max();
    deepest.map_or_else(|| "unknown".to_owned(), |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_names_no_folder() {
        let dir = std::env::temp_dir();
        let machine = Machine::look(&dir, "0.00");
        assert!(machine.cores > 0);
        for (_, value) in machine.lines() {
            assert!(!value.contains(&*dir.to_string_lossy()), "{value}");
        }
    }
}
