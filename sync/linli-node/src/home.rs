//! A home: one folder, one replica, one owner at a time; every other program speaks to the owner.
//!
//! These are the entry points of the command line and the desktop. With an owner running (a daemon, the
//! desktop, a gate), [`ask`] goes over the home's local socket; without one it opens the home itself, answers
//! and closes it again.

pub mod attach;
pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod files;
mod join;
pub mod known;
mod making;
pub mod nearby;
mod run;
mod server;
mod session;
pub mod socket;

pub use join::{join, join_looking};
pub use run::{Opener, Ringer, run, run_in_background, run_in_window, run_ringing};
pub use server::on_stop;
pub use session::Session;

use crate::api::{Answer, Fault, Request};
use crate::owner::Owner;
use crate::replica::{Founding, Replica};
use clock::{Clock, OsDice};
use files::HomeFiles;
use linli_base::Dice as _;
use linli_base::UtcOffset;
use linli_keys::paper::{PAPER_WORDS, PaperKey};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Which home, and how to open it.
#[derive(Clone)]
pub struct HomeOptions {
    /// The folder.
    pub dir: PathBuf,
    /// The passphrase, if the home has one.
    pub passphrase: Option<String>,
    /// Where unprotected keys lie, outside any home; none = the platform's configuration folder.
    pub keys_dir: Option<PathBuf>,
    /// How long to wait for an answer.
    pub timeout: Duration,
}

/// What a founder decides.
#[derive(Clone, Debug)]
pub struct FoundArgs {
    /// Name of the community.
    pub name: String,
    /// Its fixed offset, minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// Gates by number and name.
    pub gates: Vec<(u8, String)>,
    /// Name of the founder's office.
    pub office: String,
    /// Number of founders; this version founds with one.
    pub founders: u32,
}

/// What a joining device needs to know.
#[derive(Clone, Debug)]
pub struct JoinArgs {
    /// The invitation.
    pub invite: String,
    /// What the device calls itself.
    pub device_name: String,
}

/// How a node runs.
#[derive(Clone, Debug, Default)]
pub struct RunArgs {
    /// Where to listen; empty = all interfaces, any port.
    pub listen: Vec<String>,
    /// Whom to dial.
    pub peers: Vec<String>,
    /// Whether to look around on the LAN.
    pub mdns: bool,
}

/// How long a command waits for a home that another short command has: less than the second within which a program is
/// told that the home is busy (I11).
const OPEN_WITHIN: Duration = Duration::from_millis(700);
/// How long a program that was told to stop may take to put everything away.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// Waiting in small steps, to an end.
struct Patience {
    began: Instant,
    within: Duration,
}

impl Patience {
    #[expect(
        clippy::disallowed_methods,
        reason = "the runtime is where the clock enters"
    )]
    fn start(within: Duration) -> Self {
        Self {
            began: Instant::now(),
            within,
        }
    }

    /// Waits a step; `false` when the time is over.
    fn wait(&self) -> bool {
        std::thread::sleep(Duration::from_millis(30));
        self.began.elapsed() < self.within
    }
}

/// Waits until no program has the home, after one was told to stop. `false`: it still has.
#[must_use]
pub fn wait_until_free(o: &HomeOptions) -> bool {
    let patience = Patience::start(STOP_WITHIN);
    loop {
        let busy = socket::OwnerStream::connect(o).is_some()
            || HomeFiles::open(o).is_err_and(|fault| fault.code == "home-busy");
        if !busy {
            return true;
        }
        if !patience.wait() {
            return false;
        }
    }
}

/// Asks a home, over its socket if some program owns it, else by opening it.
///
/// # Errors
/// [`Fault`].
pub fn ask(
    o: &HomeOptions,
    request: Request,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Answer, Fault> {
    if let Some(answer) = socket::ask_owner(o, &request, progress)? {
        return answer;
    }
    let patience = Patience::start(OPEN_WITHIN);
    let (files, store, secrets) = loop {
        match HomeFiles::open(o) {
            // A program that answers may have started between our two looks, or a short command has the home.
            Err(fault) if fault.code == "home-busy" => {
                if let Some(answer) = socket::ask_owner(o, &request, progress)? {
                    return answer;
                }
                if !patience.wait() {
                    return Err(fault);
                }
            }
            other => break other?,
        }
    };
    let mut owner = Owner::open(files, store, &secrets)?;
    owner.patience = o.timeout;
    let answer = owner.handle(request, progress);
    owner.settle()?;
    answer
}

/// Is there a home?
#[must_use]
pub fn is_there(o: &HomeOptions) -> bool {
    files::is_home(&o.dir)
}

/// Does some program own it and answer?
#[must_use]
pub fn has_owner(o: &HomeOptions) -> bool {
    socket::OwnerStream::connect(o).is_some()
}

/// Does it open only with a passphrase?
#[must_use]
pub fn needs_passphrase(o: &HomeOptions) -> bool {
    HomeFiles::needs_passphrase(o)
}

/// Where the owner of a home listens.
#[must_use]
pub fn socket_path(home: &std::path::Path) -> PathBuf {
    HomeFiles::socket_path(home)
}

/// Longest name of a community, an office or a gate, in characters: what a notice and a pass have room for.
pub(crate) const NAME_CHARS: usize = 40;

/// A name that everybody will read for years: visible, one line, with nothing that hides or turns text.
pub(crate) fn fit_name(name: &str) -> Option<String> {
    linli_view::clean::fit_name(name, NAME_CHARS)
}

/// A founder's sheet: 24 words, and which two of them a person may be asked for to show that they are on paper.
pub struct Sheet {
    /// The words, with blanks between them.
    pub words: Zeroizing<String>,
    /// Two different positions in order, counted from 1.
    pub ask: [u8; 2],
}

/// Draws a sheet that nothing belongs to yet: [`found_on`] founds with it.
#[must_use]
pub fn draw_sheet() -> Sheet {
    let mut dice = OsDice;
    let words = PaperKey::generate(&mut dice).words().join(" ");
    let mut two = [0; 2];
    dice.fill(&mut two);
    // One of the first twelve and one of the last: who copied half of it is found out.
    let half = (PAPER_WORDS / 2) as u8;
    Sheet {
        words: Zeroizing::new(words),
        ask: [two[0] % half + 1, two[1] % half + half + 1],
    }
}

/// Founds a community in a new home.
///
/// # Errors
/// [`Fault`]; a home that is there already is left as it is.
pub fn found(o: &HomeOptions, a: &FoundArgs) -> Result<Answer, Fault> {
    let paper = PaperKey::generate(&mut OsDice);
    let mut answer = found_with(o, a, &paper)?;
    answer.data["paper_words"] = paper.words().join(" ").into();
    Ok(answer)
}

/// Founds a community with a sheet that is on paper already; its words are not repeated.
///
/// # Errors
/// As [`found`]; `paper-unreadable` if the words are not those of a sheet.
pub fn found_on(o: &HomeOptions, a: &FoundArgs, words: &str) -> Result<Answer, Fault> {
    let paper = PaperKey::from_words(words)
        .map_err(|why| Fault::input("paper-unreadable").with("why", why))?;
    found_with(o, a, &paper)
}

fn found_with(o: &HomeOptions, a: &FoundArgs, paper: &PaperKey) -> Result<Answer, Fault> {
    if a.founders != 1 {
        return Err(Fault::input("founders-one").with("founders", a.founders));
    }
    let offset =
        UtcOffset::from_minutes(a.utc_offset_minutes).ok_or_else(|| Fault::input("bad-offset"))?;
    let name = fit_name(&a.name)
        .ok_or_else(|| Fault::input("community-name-unfit").with("most", NAME_CHARS))?;
    let office = fit_name(&a.office)
        .ok_or_else(|| Fault::input("office-name-unfit").with("most", NAME_CHARS))?;
    let mut gates = BTreeMap::new();
    for (number, name) in &a.gates {
        let name = fit_name(name)
            .ok_or_else(|| Fault::input("gate-name-unfit").with("most", NAME_CHARS))?;
        if gates.insert(*number, name).is_some() {
            return Err(Fault::input("gate-twice").with("number", number));
        }
    }
    let (files, store, secrets) = HomeFiles::create_for(o, None)?;
    let community = name.clone();
    let founding = Founding {
        name,
        offset,
        gates: gates.into_iter().collect(),
        office,
        paper: paper.signing_key().device(),
    };
    let clock = Clock::start();
    let made = Replica::found(
        store,
        files::device_keys(&secrets),
        Box::new(OsDice),
        &founding,
        clock.now(),
    );
    let replica = match made {
        Ok(replica) => replica,
        Err(fault) => {
            // The replica had the store, and has closed it.
            files.remove_new();
            return Err(faults::of_open(&fault));
        }
    };
    // From here on the community stands: no fault may say that it does not, or its founder tears up the only sheet.
    Ok(Owner::of_replica(files, replica, clock).founded(&community))
}

/// Whether a community could be founded here, as far as the folder goes: asked before a sheet is copied.
///
/// # Errors
/// `home-exists`; or the disk's.
pub fn may_found(o: &HomeOptions) -> Result<(), Fault> {
    HomeFiles::may_begin(o)
}

/// Takes back a joining or founding that led nowhere, so that another may begin in the same folder.
///
/// # Errors
/// `home-exists` where a community lives; `join-confirmed` where the pictures were found to be the same and the
/// invitation still runs: the other side may have enrolled this computer. Nothing has changed then.
pub fn start_again(o: &HomeOptions) -> Result<(), Fault> {
    HomeFiles::start_again(o)
}
