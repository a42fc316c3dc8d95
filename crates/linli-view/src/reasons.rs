//! The ten reasons in words, each with one thing to do (sync.md §5).

use crate::api::Reason;
use crate::words::Catalogue;

/// Why something is not in step, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReasonView {
    /// Why.
    pub why: String,
    /// What to do, which may be nothing.
    pub todo: String,
}

/// A reason in words.
#[must_use]
pub fn view(words: &Catalogue, reason: Reason) -> ReasonView {
    let (why, todo) = keys(reason);
    ReasonView {
        why: words.say(why),
        todo: words.say(todo),
    }
}

const fn keys(reason: Reason) -> (&'static str, &'static str) {
    match reason {
        Reason::NobodyOnLan => ("reason-nobody-on-lan", "reason-nobody-on-lan-do"),
        Reason::OtherOff => ("reason-other-off", "reason-other-off-do"),
        Reason::OtherCommunity => ("reason-other-community", "reason-other-community-do"),
        Reason::ClocksApart => ("reason-clocks-apart", "reason-clocks-apart-do"),
        Reason::VersionTooOld => ("reason-version-too-old", "reason-version-too-old-do"),
        Reason::Firewall => ("reason-firewall", "reason-firewall-do"),
        Reason::DiskFull => ("reason-disk-full", "reason-disk-full-do"),
        Reason::LargeFile => ("reason-large-file", "reason-large-file-do"),
        Reason::NotEntitled => ("reason-not-entitled", "reason-not-entitled-do"),
        Reason::VerificationFailed => (
            "reason-verification-failed",
            "reason-verification-failed-do",
        ),
    }
}
