//! The doorbell: the calls of the gates, and in which order this household's devices ring.

use crate::api::{Doorbell, RingItem, RingState};
use crate::calls;
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;

/// Calls shown; the command line lists more.
const CALLS_MAX: usize = 12;
/// Lengths offered, in seconds; the command line takes any from 5 to 120.
const LENGTHS: [u8; 5] = [15, 30, 55, 90, 120];

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoorbellPage {
    /// Its heading.
    pub title: String,
    /// Heading of the calls.
    pub calls_title: String,
    /// The newest first.
    pub calls: Vec<CallRow>,
    /// Said when there was none.
    pub calls_none: String,
    /// Heading of the order.
    pub order_title: String,
    /// What the order does.
    pub order_note: String,
    /// The devices.
    pub order: Vec<DeviceRow>,
    /// How long each rings, in words; empty before it is known.
    pub length: String,
    /// Other lengths; empty where this device may not set them.
    pub lengths: Vec<Length>,
}

/// One call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallRow {
    /// The call.
    pub event: String,
    /// Who, and where to.
    pub who: String,
    /// Which gate, when.
    pub when: String,
    /// How it stands.
    pub state: Badge,
    /// What can still be said.
    pub says: Vec<Saying>,
}

/// Something that can still be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saying {
    /// Let in?
    pub admit: bool,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// One device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeviceRow {
    /// Its place and its name.
    pub text: String,
    /// Lets it ring earlier; absent for the first, and where this device may not.
    pub earlier: Option<Earlier>,
}

/// Lets a device ring one place earlier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earlier {
    /// The word on the button.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// All devices in the new order.
    pub order: Vec<String>,
}

/// A length to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Length {
    /// Seconds.
    pub seconds: u8,
    /// Its word.
    pub word: String,
    /// Its accessible name.
    pub name: String,
    /// Is it so now?
    pub here: bool,
}

/// Makes the page.
#[must_use]
pub fn page(words: &Catalogue, now: Now, model: &Model) -> DoorbellPage {
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    let may = me.is_some_and(|me| me.may_grant);
    let bell = model.doorbell.clone().unwrap_or_default();
    let mut rings: Vec<&RingItem> = model.rings.iter().collect();
    rings.sort_by_key(|ring| (std::cmp::Reverse(ring.at_ms), ring.event.clone()));
    let note = if may {
        "bell-order-note"
    } else {
        "bell-order-not"
    };
    DoorbellPage {
        title: words.say("bell-title"),
        calls_title: words.say("bell-calls"),
        calls: rings
            .into_iter()
            .take(CALLS_MAX)
            .map(|ring| row(words, now, model, ring))
            .collect(),
        calls_none: words.say("bell-calls-none"),
        order_title: words.say("bell-order"),
        order_note: words.say(note),
        order: order(words, model, &bell, may),
        length: if bell.seconds == 0 {
            String::new()
        } else {
            words.text("bell-length", &[("n", bell.seconds.into())])
        },
        lengths: lengths(words, &bell, may),
    }
}

fn row(words: &Catalogue, now: Now, model: &Model, ring: &RingItem) -> CallRow {
    let gate = calls::gate(words, ring);
    let who = calls::who(words, ring);
    let saying = |admit, key: &str, name: &str| Saying {
        admit,
        word: words.say(key),
        name: words.text(name, &[("who", (&who).into())]),
    };
    // A no beats every yes, so after one there is nothing left to say; a decision of the guard ends it all.
    let no = ring.answers.iter().any(|answer| !answer.admit);
    let yes = ring
        .answers
        .iter()
        .any(|answer| answer.mine && answer.admit);
    let open = calls::young(ring, now) && ring.state != RingState::Decided && !no && ring.rang;
    let mut says = Vec::new();
    if open && !model.answering(&ring.event) {
        if !yes {
            says.push(saying(true, "call-admit", "bell-admit-name"));
        }
        says.push(saying(false, "call-refuse", "bell-refuse-name"));
    }
    let mut said = calls::shown(words, ring);
    said.insert(
        0,
        words.text(
            "bell-when",
            &[
                ("gate", gate.into()),
                ("time", dates::at(words, now, ring.at_ms).into()),
            ],
        ),
    );
    CallRow {
        event: ring.event.clone(),
        who: who.clone(),
        when: said.join(" · "),
        state: state(words, now, ring),
        says,
    }
}

fn state(words: &Catalogue, now: Now, ring: &RingItem) -> Badge {
    let (key, tone) = match ring.state {
        RingState::Rings if !calls::young(ring, now) => ("bell-state-old", Tone::Quiet),
        RingState::Rings => ("bell-state-rings", Tone::Warn),
        RingState::Admit => ("bell-state-admit", Tone::Good),
        RingState::Refuse => ("bell-state-refuse", Tone::Danger),
        RingState::NoAnswer | RingState::NotReached => ("bell-state-none", Tone::Quiet),
        RingState::Decided => ("bell-state-let-in", Tone::Good),
        RingState::Other => ("bell-state-old", Tone::Quiet),
    };
    Badge::new(words.say(key), tone)
}

fn order(words: &Catalogue, model: &Model, bell: &Doorbell, may: bool) -> Vec<DeviceRow> {
    let all: Vec<String> = bell.order.iter().map(|one| one.device.clone()).collect();
    let rows = bell.order.iter().enumerate().map(|(at, one)| {
        let name = device(words, model, &one.device, one.me);
        let args = [("n", (at + 1).into()), ("name", (&name).into())];
        let earlier = (may && at > 0).then(|| {
            let mut order = all.clone();
            order.swap(at, at - 1);
            Earlier {
                word: words.say("bell-earlier"),
                name: words.text("bell-earlier-name", &[("name", (&name).into())]),
                order,
            }
        });
        DeviceRow {
            text: words.text("bell-device", &args),
            earlier,
        }
    });
    rows.collect()
}

/// What a person calls a device: this computer, or the name it has on the page of neighbours.
fn device(words: &Catalogue, model: &Model, id: &str, me: bool) -> String {
    let peers = model.report.iter().flat_map(|report| &report.peers);
    let known = peers
        .filter(|peer| peer.device == id)
        .map(|peer| &peer.name)
        .next();
    let own = model.status.as_ref().and_then(|status| status.me.as_ref());
    let own = own.filter(|_| me).map(|me| &me.device_name);
    let name = own.or(known);
    let name = match name.filter(|name| !name.is_empty()) {
        Some(name) => clean::line(name, clean::NAME_MAX),
        None => {
            let id = clean::line(id.trim_start_matches("d:"), 8);
            words.text("bell-other", &[("id", id.into())])
        }
    };
    if me {
        words.text("bell-me", &[("name", name.into())])
    } else {
        name
    }
}

fn lengths(words: &Catalogue, bell: &Doorbell, may: bool) -> Vec<Length> {
    if !may || bell.seconds == 0 {
        return Vec::new();
    }
    let all = LENGTHS.into_iter().map(|seconds| Length {
        seconds,
        word: words.text("bell-seconds", &[("n", seconds.into())]),
        name: words.text("bell-seconds-name", &[("n", seconds.into())]),
        here: seconds == bell.seconds,
    });
    all.collect()
}

#[cfg(test)]
mod tests;
