//! The order of events, and what one act leaves for the next.
//!
//! An act that fails leaves its things out; acts that need them then fail too and say so, so that every claim is
//! looked at and the first cause is the first ✗.

use super::book::Book;
use super::cast::Cast;
use super::machine::Machine;
use super::stage::{Running, Stage, stop_all};
use super::{Stop, act_notice, act_office, act_pass, act_post, act_secrets};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// The four computers. When they are dropped, their programs are stopped.
pub struct Machines {
    /// The office, who founded.
    pub office: Machine,
    /// The household that invites a visitor.
    pub first: Machine,
    /// Another household.
    pub second: Machine,
    /// The gate.
    pub gate: Machine,
    running: Running,
}

/// What acts leave for later ones.
#[derive(Default)]
pub struct Props {
    /// The digests of a community in which nothing has happened, by scope.
    pub founded: Option<Value>,
    /// The register is in.
    pub registered: bool,
    /// All are members and in step.
    pub enrolled: bool,
    /// A notice that asks for confirmation.
    pub notice: Option<String>,
    /// Text and short code of the pass.
    pub pass: Option<(String, String)>,
    /// When the gate let the visitor in.
    pub admitted: Option<Instant>,
    /// The request for help.
    pub post: Option<String>,
}

/// Everything an act works with.
pub struct Play<'a> {
    /// Folder and time.
    pub stage: &'a Stage,
    /// Who plays.
    pub cast: &'a Cast,
    /// The register's file.
    pub registry: &'a Path,
    /// The computers.
    pub on: Machines,
    /// What earlier acts left.
    pub props: Props,
}

/// Plays it all.
pub fn play(stage: &Stage, cast: &Cast, registry: &Path, book: &mut Book<'_>) -> Machines {
    let mut play = Play {
        stage,
        cast,
        registry,
        on: Machines {
            office: Machine::new(stage, "office"),
            first: Machine::new(stage, "household-1"),
            second: Machine::new(stage, "household-2"),
            gate: Machine::new(stage, "gate"),
            running: stage.running().clone(),
        },
        props: Props::default(),
    };
    act_office::play(&mut play, book);
    act_notice::play(&mut play, book);
    act_pass::play(&mut play, book);
    act_post::apart(&mut play, book);
    // The gate repeats an answer for ten seconds; the post has filled most of them.
    act_pass::again(&play, book);
    act_post::heal(&mut play, book);
    act_secrets::play(&play, book);
    play.on
}

/// What an earlier act was to leave.
pub fn left<T: Clone>(prop: &Option<T>, act: &str) -> Result<T, Stop> {
    prop.clone().ok_or_else(|| after(act))
}

/// As [`left`], for what is done or not.
pub fn done(done: bool, act: &str) -> Result<(), Stop> {
    if done { Ok(()) } else { Err(after(act)) }
}

fn after(act: &str) -> Stop {
    format!("← {act} ✗")
}

impl Machines {
    /// All of them, in the order of the story.
    pub fn all(&self) -> [&Machine; 4] {
        [&self.office, &self.first, &self.second, &self.gate]
    }

    /// What is left running, and how to look at it.
    pub fn kept(&self) -> Vec<Value> {
        let desktop = desktop();
        self.all()
            .into_iter()
            .map(|one| {
                let line = format!(
                    "LINLI_KEYS_DIR={} {desktop} --home {}",
                    one.keys.display(),
                    one.home.display()
                );
                json!({
                    "name": one.name, "home": one.home, "keys_dir": one.keys, "addr": one.addr,
                    "pid": one.pid(), "desktop": line,
                })
            })
            .collect()
    }

    /// The processes, for `kill`.
    pub fn pids(&self) -> String {
        let pids = self.all().into_iter().filter_map(Machine::pid);
        pids.map(|pid| pid.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Drop for Machines {
    fn drop(&mut self) {
        stop_all(&self.running);
    }
}

/// The desktop beside this program, or by its name.
fn desktop() -> String {
    let name = format!("linli-desktop{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe()
        .ok()
        .map(|exe| exe.with_file_name(&name));
    match beside.filter(|path| path.is_file()) {
        Some(path) => path.display().to_string(),
        None => name,
    }
}
