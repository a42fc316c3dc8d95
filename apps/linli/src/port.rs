//! The only door to the node: every question of this program goes through here.

use linli_base::CommunityId;
use linli_node::api::{Answer, Fault, FileArgs, Request};
use linli_node::home::known::{KnownHome, Stands};
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, Ringer, RunArgs, Session};
use linli_node::proof::{Proven, Unproven};
use serde_json::Value;
use std::path::Path;

/// Asks a home, over its socket if some program owns it, else by opening it.
pub fn ask(
    options: &HomeOptions,
    request: Request,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Answer, Fault> {
    home::ask(options, request, progress)
}

/// Founds a community in a new home.
pub fn found(options: &HomeOptions, args: FoundArgs) -> Result<Answer, Fault> {
    home::found(options, &args)
}

/// Begins to join a community with a new home.
pub fn join(options: &HomeOptions, args: JoinArgs) -> Result<Answer, Fault> {
    home::join_looking(options, &args)
}

/// Listens who of Linli is around; needs no home.
pub fn nearby() -> Result<Answer, Fault> {
    home::nearby::nearby()
}

/// Runs a home until it is told to stop.
pub fn run(
    options: &HomeOptions,
    args: RunArgs,
    ready: &mut dyn FnMut(Value),
) -> Result<(), Fault> {
    home::run(options, &args, ready)
}

/// Runs a home without a window; while another program has it, waits for that one to end.
pub fn run_in_background(
    options: &HomeOptions,
    args: RunArgs,
    ringer: &mut dyn FnMut() -> Ringer,
    still: &mut dyn FnMut() -> bool,
    ready: &mut dyn FnMut(Value),
) -> Result<(), Fault> {
    home::run_in_background(options, &args, ringer, still, ready)
}

/// Is there a home?
pub fn is_home(options: &HomeOptions) -> bool {
    home::is_there(options)
}

/// Does some program own it and answer?
pub fn has_owner(options: &HomeOptions) -> bool {
    home::has_owner(options)
}

/// Does it open only with a passphrase?
pub fn needs_passphrase(options: &HomeOptions) -> bool {
    home::needs_passphrase(options)
}

/// Waits until no program has the home, after one was told to stop.
pub fn wait_until_free(options: &HomeOptions) -> bool {
    home::wait_until_free(options)
}

/// Checks a signed notice in a file, without a home.
pub fn prove_notice(bytes: &[u8], community: &CommunityId) -> Result<Proven, Unproven> {
    linli_node::proof::check(bytes, community)
}

/// Seals a file and puts it into a home, to be named in a post or notice.
pub fn stage_file(
    options: &HomeOptions,
    bytes: &[u8],
    name: Option<&str>,
) -> Result<FileArgs, Fault> {
    home::attach::stage(options, bytes, name)
}

/// Opens a sealed file of a home.
pub fn open_file(options: &HomeOptions, file: &FileArgs) -> Result<Vec<u8>, Fault> {
    home::attach::read(options, file)
}

/// Opens a home for many questions.
pub fn session(options: &HomeOptions) -> Result<Session, Fault> {
    Session::open(options)
}

/// The homes of this account.
pub fn known_homes(keys_dir: Option<&Path>) -> Result<Vec<KnownHome>, Fault> {
    home::known::known(keys_dir)
}

/// Notes a home on that list.
pub fn note_home(keys_dir: Option<&Path>, known: &KnownHome) -> Result<(), Fault> {
    home::known::note(keys_dir, known)
}

/// Takes one off the list; whether it was there.
pub fn forget_home(keys_dir: Option<&Path>, dir: &Path) -> Result<bool, Fault> {
    home::known::forget(keys_dir, dir)
}

/// How a home stands, without opening it.
pub fn home_stands(options: &HomeOptions) -> Stands {
    home::known::stands(options)
}
