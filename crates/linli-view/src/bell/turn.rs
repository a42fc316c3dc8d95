//! What is announced now, what is taken away again, and when to look the next time.

use super::item::{Class, Item, What};
use crate::api::BellReport;
use crate::dates::Now;
use std::collections::BTreeSet;

/// What is about somebody's life is said again after this time.
pub const REPEAT_MS: u64 = 3 * 60_000;
/// Answers to what this home wrote are announced at most so often.
pub const BUNDLE_MS: u64 = 15 * 60_000;
/// More than so many things that wait are announced as one.
const APART_MAX: usize = 3;
/// By day: from this hour.
const DAY_FROM: i8 = 8;
/// To this hour.
const DAY_UNTIL: i8 = 21;

/// What one look leads to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Turn<'a> {
    /// To be shown, the most pressing first.
    pub show: Vec<Announce<'a>>,
    /// Keys of what was shown and is over.
    pub gone: Vec<String>,
    /// When to look again, if nothing changes before.
    pub again_ms: Option<u64>,
}

/// One thing to be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Announce<'a> {
    /// Names it: what comes with the same key takes its place.
    pub key: String,
    /// The items it speaks for.
    pub speaks_for: Vec<String>,
    /// What it says.
    pub way: Way<'a>,
}

/// What it says.
#[derive(Clone, PartialEq, Debug)]
pub enum Way<'a> {
    /// One thing.
    One(Item<'a>),
    /// So many things wait.
    Many(usize),
    /// So many answers to what this home wrote.
    Answers(usize),
}

/// The key of many things that wait.
const MANY: &str = "many";
/// The key of answers.
pub(super) const ANSWERS: &str = "answers";

/// Looks at what there is. `kept` takes note of what is seen for the first time; what was shown is told to [`shown`].
#[must_use]
pub fn turn<'a>(now: Now, kept: &mut BellReport, items: &[Item<'a>]) -> Turn<'a> {
    take_note(now, kept, items);
    let mut out = Turn::default();
    let day = by_day(now);
    let mut again = Again(None);
    for item in items {
        if item.class == Class::Life && !item.known {
            match kept.told.get(&item.key) {
                // A clock that was put back does not silence it.
                Some(last) if *last <= now.ms && now.ms - last < REPEAT_MS => {
                    again.at(last + REPEAT_MS);
                }
                _ => {
                    again.at(now.ms.saturating_add(REPEAT_MS));
                    out.show.push(one(item));
                }
            }
        }
    }
    let waits: Vec<&Item<'a>> = items.iter().filter(|item| waits(kept, item)).collect();
    let (now_, rest): (Vec<&&Item<'a>>, Vec<_>) =
        waits.iter().partition(|item| day || item.any_hour);
    let (rings, others): (Vec<&&Item<'a>>, Vec<_>) =
        now_.into_iter().partition(|item| item.any_hour);
    out.show.extend(rings.into_iter().map(|item| one(item)));
    if others.len() > APART_MAX {
        out.show.push(Announce {
            key: MANY.into(),
            speaks_for: others.iter().map(|item| item.key.clone()).collect(),
            way: Way::Many(others.len()),
        });
    } else {
        out.show.extend(others.into_iter().map(|item| one(item)));
    }
    let mut answers: Vec<String> = Vec::new();
    if kept.settings.mine {
        let new = items
            .iter()
            .filter(|item| item.class == Class::Mine && item.fresh(kept));
        answers.extend(
            new.filter(|item| !kept.told.contains_key(&item.key))
                .map(|i| i.key.clone()),
        );
    }
    let ready = kept.bundle_ms.saturating_add(BUNDLE_MS);
    let early = kept.bundle_ms <= now.ms && now.ms < ready;
    if !rest.is_empty() || (!answers.is_empty() && !day) {
        again.maybe(next_morning(now));
    }
    if !answers.is_empty() && day {
        if early {
            again.at(ready);
        } else {
            out.show.push(Announce {
                key: ANSWERS.into(),
                way: Way::Answers(answers.len()),
                speaks_for: answers,
            });
        }
    }
    // What becomes grave or is over with time alone.
    for item in items {
        if let What::Notice(n) = item.what {
            let ends = [n.effective_ms, n.expires_ms];
            ends.into_iter()
                .flatten()
                .filter(|at| *at > now.ms)
                .for_each(|at| again.at(at));
        }
    }
    let open: BTreeSet<&str> = items
        .iter()
        .filter(|i| !i.known)
        .map(|i| i.key.as_str())
        .collect();
    out.gone = kept
        .told
        .keys()
        .filter(|key| !open.contains(key.as_str()))
        .cloned()
        .collect();
    let all: BTreeSet<&str> = items.iter().map(|i| i.key.as_str()).collect();
    kept.told.retain(|key, _| all.contains(key.as_str()));
    out.again_ms = again.0;
    out
}

/// It was shown. To be written down now.
pub fn shown(now: Now, kept: &mut BellReport, key: &str, speaks_for: &[String]) {
    if key == ANSWERS {
        kept.bundle_ms = now.ms;
    }
    for item in speaks_for {
        kept.told.insert(item.clone(), now.ms);
    }
}

fn take_note(now: Now, kept: &mut BellReport, items: &[Item<'_>]) {
    for item in items.iter().filter(|item| item.timeless()) {
        // What was there before this home first looked is as old as it says.
        let at = if kept.begun {
            now.ms
        } else {
            item.at_ms.min(now.ms)
        };
        kept.seen.entry(item.key.clone()).or_insert(at);
    }
    if !kept.begun {
        kept.begun = true;
        kept.looked_ms = kept.looked_ms.max(now.ms);
    }
    let here: BTreeSet<&str> = items.iter().map(|item| item.key.as_str()).collect();
    kept.seen.retain(|key, _| here.contains(key.as_str()));
}

/// Does it wait for this home, and was not announced?
fn waits(kept: &BellReport, item: &Item<'_>) -> bool {
    let about_us = matches!(
        item.what,
        What::Comment(..) | What::Claim(..) | What::Decided(_)
    );
    item.class == Class::Needs
        && kept.settings.needs
        && !item.known
        && !item.muted(kept)
        && !kept.told.contains_key(&item.key)
        && (!about_us || item.fresh(kept))
}

fn one<'a>(item: &Item<'a>) -> Announce<'a> {
    Announce {
        key: item.key.clone(),
        speaks_for: vec![item.key.clone()],
        way: Way::One(item.clone()),
    }
}

/// The earliest moment to look again.
struct Again(Option<u64>);

impl Again {
    fn at(&mut self, ms: u64) {
        self.0 = Some(self.0.map_or(ms, |had| had.min(ms)));
    }

    fn maybe(&mut self, ms: Option<u64>) {
        if let Some(ms) = ms {
            self.at(ms);
        }
    }
}

/// Is it between 08:00 and 21:00?
fn by_day(now: Now) -> bool {
    now.civil(now.ms)
        .is_none_or(|then| (DAY_FROM..DAY_UNTIL).contains(&then.hour()))
}

/// The next 08:00.
fn next_morning(now: Now) -> Option<u64> {
    let then = now.civil(now.ms)?;
    let morning = then.date().at(DAY_FROM, 0, 0, 0);
    let morning = if then < morning {
        morning
    } else {
        then.date().tomorrow().ok()?.at(DAY_FROM, 0, 0, 0)
    };
    now.moment(morning)
}
