//! The command tree. Its help texts stand in the catalogues, see [`crate::localise`]; the comments here are for
//! readers of the code.

use crate::commands::{
    attachment, background, charter, community, device, erase, find, gate, guide, help, homes,
    insight, invite, join, me, net, node, notice, notifications, pass, post, registry, ring, sas,
    scripts, undo, wait,
};
use crate::demo;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The whole command line.
#[derive(Parser, Debug)]
#[command(name = "linli", version, disable_help_subcommand = true)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; nothing = where the replica stands.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// One replica; the platform's data folder if not given.
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Exactly one JSON object on stdout.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of sentences.
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh-CN", "en"])]
    pub lang: Option<String>,
    /// File whose first line is the passphrase.
    #[arg(long, global = true, value_name = "F")]
    pub passphrase_file: Option<PathBuf>,
    /// How long to wait for an answer, in seconds.
    #[arg(long, global = true, value_name = "S", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,
}

/// All commands, in the order a new user meets them.
#[derive(Subcommand, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one, and it is read once"
)]
pub enum Command {
    /// A whole neighbourhood on this machine.
    Demo(demo::DemoArgs),
    /// Found a community, show it.
    #[command(subcommand)]
    Community(community::Command),
    /// The epochs of the charter.
    #[command(subcommand)]
    Charter(charter::Command),
    /// Run a home.
    #[command(subcommand)]
    Node(node::Command),
    /// Cut and heal the network on purpose.
    #[command(subcommand)]
    Net(net::Command),
    /// Invite a device.
    #[command(subcommand)]
    Invite(invite::Command),
    /// Who of Linli is heard here.
    Nearby,
    /// Join by an invite.
    Join(join::JoinArgs),
    /// Compare seven pictures.
    #[command(subcommand)]
    Sas(sas::Command),
    /// Devices.
    #[command(subcommand)]
    Device(device::Command),
    /// Notices.
    #[command(subcommand)]
    Notice(notice::Command),
    /// The residents' register.
    #[command(subcommand)]
    Registry(registry::Command),
    /// Visitor passes.
    #[command(subcommand)]
    Pass(pass::Command),
    /// The gate's decision.
    #[command(subcommand)]
    Gate(gate::Command),
    /// Calls of gates to a household.
    #[command(subcommand)]
    Ring(ring::Command),
    /// The mutual-aid board.
    #[command(subcommand)]
    Post(post::Command),
    /// Photos and PDFs of posts and notices.
    #[command(subcommand)]
    Attachment(attachment::Command),
    /// Calls for help.
    #[command(subcommand)]
    Help(help::Command),
    /// What is new, and what waits.
    Today,
    /// What is announced by itself.
    #[command(subcommand)]
    Notifications(notifications::Command),
    /// Who of the household sits here.
    #[command(subcommand)]
    Me(me::Command),
    /// Runs a home from log-in on.
    #[command(subcommand)]
    Background(background::Command),
    /// The homes of this account.
    #[command(subcommand)]
    Homes(homes::Command),
    /// Finds what this replica holds.
    Find(find::FindArgs),
    /// Where this replica stands.
    Status,
    /// Who is met.
    Peers,
    /// Why something is not in step.
    Why(insight::WhyArgs),
    /// What contradicts itself.
    Conflicts,
    /// Looks the home over.
    Doctor,
    /// Hash of the visible rows.
    Digest(insight::DigestArgs),
    /// Waits until something holds.
    Wait(wait::WaitArgs),
    /// Takes the last command back.
    Undo(undo::UndoArgs),
    /// Erases one record.
    Erase(erase::EraseArgs),
    /// The help of the window.
    Guide(guide::GuideArgs),
    /// Completions for a shell.
    Completions(scripts::CompletionsArgs),
    /// The manual page.
    Man(scripts::ManArgs),
}
