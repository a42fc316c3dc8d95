//! Neighbours and sync: one sentence for how things stand, every other device with what it lacks and why, and
//! what was made here and is still on its way.

use crate::api::{Holding, PeerItem, PeerState, PrincipalKind, SyncFacts, SyncReport};
use crate::clean;
use crate::dates::{self, Now};
use crate::light::{self, LightView};
use crate::reasons::{self, ReasonView};
use crate::tone::Tone;
use crate::words::Catalogue;
use std::cmp::Reverse;

/// Clocks within this agree as far as a person is concerned (the skew a gate allows, pass.md §4).
const CLOCK_FINE_MS: u64 = 120_000;

/// The neighbours screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Neighbours {
    /// Heading.
    pub title: String,
    /// The light.
    pub light: LightView,
    /// One sentence: all delivered, or how many wait.
    pub summary: String,
    /// Why nothing moves at all, if that has one cause.
    pub reason: Option<ReasonView>,
    /// As of when all this is known.
    pub as_of: String,
    /// This clock against the neighbours'.
    pub clock: String,
    /// Is the clock worth a look?
    pub clock_tone: Tone,
    /// Heading of the peers with how many there are.
    pub peers_title: String,
    /// The peers, sorted.
    pub peers: Vec<PeerRow>,
    /// Said when there is none.
    pub peers_none: String,
    /// Heading of what is on its way.
    pub waiting_title: String,
    /// What is on its way, oldest first.
    pub waiting: Vec<WaitingRow>,
    /// Said when nothing is listed: that nothing is on its way, or how many are.
    pub waiting_none: String,
    /// Pause or resume.
    pub pause: PauseButton,
}

/// The button that stops or takes up the exchange.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PauseButton {
    /// Is it paused now?
    pub paused: bool,
    /// The word on it.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// One other device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeerRow {
    /// The device's id.
    pub device: String,
    /// Whose it is, and its name.
    pub who: String,
    /// Online, away, paused.
    pub state: String,
    /// Tone of the state.
    pub tone: Tone,
    /// In step, or what it lacks.
    pub step: String,
    /// When it was met.
    pub met: String,
    /// Why it is not in step.
    pub reason: Option<ReasonView>,
    /// What a screen reader says for the row.
    pub name: String,
}

/// One thing on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingRow {
    /// Kind and label.
    pub what: String,
    /// Copies, where to, since when.
    pub detail: String,
}

/// Makes the screen; before the first answer from empty facts.
#[must_use]
pub fn screen(
    words: &Catalogue,
    now: Now,
    report: Option<&SyncReport>,
    facts: &SyncFacts,
) -> Neighbours {
    let empty = SyncReport::default();
    let report = report.unwrap_or(&empty);
    let mut peers: Vec<&PeerItem> = report.peers.iter().collect();
    peers.sort_by_key(|peer| {
        (
            rank(peer.kind),
            peer.state,
            Reverse(peer.last_met_ms),
            peer.device.clone(),
        )
    });
    let mut waiting: Vec<&Holding> = report.undelivered.iter().collect();
    waiting.sort_by_key(|holding| (holding.since_ms, holding.id.clone()));
    let online = peers
        .iter()
        .filter(|peer| peer.state == PeerState::Online)
        .count();
    let on_way = (facts.undelivered as usize).max(waiting.len());
    Neighbours {
        title: words.say("sync-title"),
        light: light::view(words, now, facts),
        summary: match facts.heard_ms {
            _ if on_way > 0 => words.text("sync-waiting", &[("n", on_way.into())]),
            Some(_) => words.say("sync-all-there"),
            None => words.say("sync-nobody"),
        },
        reason: report.reason.map(|reason| reasons::view(words, reason)),
        as_of: words.text(
            "sync-as-of",
            &[("time", dates::at(words, now, report.as_of_ms).into())],
        ),
        clock: clock(words, report.clock_skew_ms),
        clock_tone: match report.clock_skew_ms {
            Some(skew) if skew.unsigned_abs() > CLOCK_FINE_MS => Tone::Warn,
            _ => Tone::Quiet,
        },
        peers_title: if peers.is_empty() {
            words.say("sync-peers")
        } else {
            words.text(
                "sync-peers-count",
                &[("total", peers.len().into()), ("online", online.into())],
            )
        },
        peers: peers
            .into_iter()
            .map(|peer| peer_row(words, now, peer))
            .collect(),
        peers_none: words.say("sync-peers-none"),
        waiting_title: words.say("sync-undelivered"),
        waiting: waiting
            .into_iter()
            .map(|holding| waiting_row(words, now, holding))
            .collect(),
        waiting_none: if on_way == 0 {
            words.say("sync-undelivered-none")
        } else {
            words.text("sync-waiting", &[("n", on_way.into())])
        },
        pause: PauseButton {
            paused: facts.paused,
            word: words.say(if facts.paused {
                "sync-resume"
            } else {
                "sync-pause"
            }),
            name: words.say(if facts.paused {
                "sync-resume"
            } else {
                "sync-pause-name"
            }),
        },
    }
}

/// Offices first, then gates and stewards, then neighbours.
const fn rank(kind: PrincipalKind) -> u8 {
    match kind {
        PrincipalKind::Office | PrincipalKind::Founder => 0,
        PrincipalKind::Gate => 1,
        PrincipalKind::Steward => 2,
        PrincipalKind::Household => 3,
        PrincipalKind::Screen | PrincipalKind::Other => 4,
    }
}

fn clock(words: &Catalogue, skew_ms: Option<i64>) -> String {
    match skew_ms.map(i64::unsigned_abs) {
        None => words.say("sync-clock-unknown"),
        Some(skew) if skew <= CLOCK_FINE_MS => words.say("sync-clock-fine"),
        Some(skew) => words.text(
            "sync-clock-off",
            &[("length", dates::length(words, skew).into())],
        ),
    }
}

fn peer_row(words: &Catalogue, now: Now, peer: &PeerItem) -> PeerRow {
    let device = clean::line(&peer.name, clean::NAME_MAX);
    let who = match &peer.unit {
        Some(unit) => words.text(
            "peer-unit",
            &[
                ("unit", clean::line(unit, clean::NAME_MAX).into()),
                ("device", device.into()),
            ],
        ),
        None => words.text(
            "peer-owner",
            &[
                ("owner", clean::line(&peer.owner, clean::NAME_MAX).into()),
                ("device", device.into()),
            ],
        ),
    };
    let (state, tone) = match peer.state {
        PeerState::Online => ("peer-online", Tone::Good),
        PeerState::Away => ("peer-away", Tone::Quiet),
        PeerState::Paused => ("peer-paused", Tone::Warn),
    };
    let state = words.say(state);
    let step = match (peer.state, peer.lacks) {
        // Of whom nothing is known, it is never said to be in step.
        (_, None) => words.say("peer-not-known"),
        (_, Some(0)) if peer.they_have_more => words.say("peer-has-more"),
        (_, Some(0)) => words.say("peer-same"),
        (PeerState::Online, Some(n)) => words.text("peer-lacks", &[("n", n.into())]),
        (_, Some(n)) => words.text("peer-lacks-away", &[("n", n.into())]),
    };
    PeerRow {
        device: peer.device.clone(),
        name: words.text(
            "peer-row-name",
            &[
                ("who", (&who).into()),
                ("state", (&state).into()),
                ("step", (&step).into()),
            ],
        ),
        met: match peer.last_met_ms {
            Some(ms) => words.text("peer-met", &[("when", dates::ago(words, now, ms).into())]),
            None => words.say("peer-never-met"),
        },
        reason: peer.reason.map(|reason| reasons::view(words, reason)),
        who,
        state,
        tone,
        step,
    }
}

fn waiting_row(words: &Catalogue, now: Now, holding: &Holding) -> WaitingRow {
    let kind = words.say(match holding.kind.as_str() {
        "notice" => "holding-notice",
        "pass" => "holding-pass",
        "confirm" => "holding-confirm",
        "post" => "holding-post",
        "comment" => "holding-comment",
        _ => "holding-other",
    });
    let copies = if holding.copies == 0 {
        words.say("holding-nobody")
    } else {
        words.text("holding-copies", &[("n", holding.copies.into())])
    };
    let names: Vec<String> = holding
        .waits_for
        .iter()
        .map(|name| clean::line(name, clean::NAME_MAX))
        .collect();
    let waits = (!names.is_empty()).then(|| {
        let names = clean::line(&names.join(&words.say("notice-list-comma")), 200);
        words.text("holding-waits", &[("names", names.into())])
    });
    let since = words.text(
        "holding-since",
        &[("when", dates::ago(words, now, holding.since_ms).into())],
    );
    WaitingRow {
        what: format!("{kind} · {}", clean::line(&holding.label, clean::TITLE_MAX)),
        detail: [Some(copies), waits, Some(since)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    }
}

#[cfg(test)]
mod tests;
