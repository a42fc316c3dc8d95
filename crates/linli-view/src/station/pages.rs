//! What stands below the keys when a guard asked for it: who has to be looked for, who is not let in, what is known of a
//! unit, where the day sheet lies, which passes were used too often.

use super::lists::person;
use super::{Facts, Line, Panel, Printed};
use crate::api::{Evacuation, IncidentItem, RefusalItem, UnitItem};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

fn short(text: &str) -> String {
    clean::line(text, clean::NAME_MAX)
}

/// A page whose answer is not here yet.
fn waiting(words: &Catalogue, title: &str) -> Panel {
    Panel::Asked {
        title: words.say(title),
        advice: words.say("station-page-waiting"),
        lines: Vec::new(),
        tone: Tone::Quiet,
    }
}

/// Everybody inside, for who leads people out: by building, as the node counts them, and how many heads there are.
pub(super) fn evacuation(words: &Catalogue, now: Now, list: Option<&Evacuation>) -> Panel {
    let Some(list) = list else {
        return waiting(words, "station-mode-evacuation");
    };
    let mut lines = Vec::new();
    for building in &list.buildings {
        let name = short(&building.building);
        let key = if name.is_empty() {
            "station-evacuation-nowhere"
        } else {
            "station-evacuation-building"
        };
        let args = [("building", name.into()), ("n", building.people.into())];
        lines.push(Line::heading(words.text(key, &args)));
        for one in building.units.iter().flat_map(|unit| &unit.inside) {
            let since = dates::at(words, now, one.since_ms);
            let parts = [
                one.unit.as_deref().map(short),
                Some(person(one.label.as_deref(), one.companions, None, None)),
                one.plate.as_deref().map(short),
                Some(words.text("station-since", &[("time", since.into())])),
            ];
            let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
            lines.push(Line::plain(parts.collect::<Vec<_>>().join("  ")));
        }
    }
    let at = if list.as_of_ms == 0 {
        now.ms
    } else {
        list.as_of_ms
    };
    Panel::Asked {
        title: words.text(
            "station-evacuation",
            &[
                ("n", list.people.into()),
                ("time", dates::time(now, at).into()),
            ],
        ),
        advice: words.say("station-evacuation-advice"),
        lines,
        tone: Tone::Warn,
    }
}

/// Who is not let in: the estate's list first, then each household's for its unit. Why is for those who keep the list.
pub(super) fn refusals(words: &Catalogue, list: Option<&[RefusalItem]>) -> Panel {
    let Some(list) = list else {
        return waiting(words, "station-mode-refusals");
    };
    let mut items: Vec<&RefusalItem> = list.iter().collect();
    items.sort_by_key(|one| (&one.unit, one.at_ms, &one.id));
    let mut lines = Vec::new();
    let mut of = None;
    for one in items {
        if of != Some(&one.unit) {
            of = Some(&one.unit);
            lines.push(Line::heading(match &one.unit {
                Some(unit) => words.text("station-refused-by", &[("unit", short(unit).into())]),
                None => words.say("station-refused-estate"),
            }));
        }
        let who = [&one.name, &one.plate].into_iter().flatten();
        let who: Vec<String> = who.map(|text| short(text)).collect();
        lines.push(Line::plain(who.join("  ")));
    }
    let none = list.is_empty();
    Panel::Asked {
        title: words.text("station-refusals", &[("n", list.len().into())]),
        advice: words.say(if none {
            "station-refusals-none"
        } else {
            "station-refusals-advice"
        }),
        lines,
        tone: if none { Tone::Quiet } else { Tone::Info },
    }
}

/// What a gate may know of a unit: can it be called, its cars, who is expected there and who is inside. Never a name of
/// who lives there, never a telephone.
pub(super) fn units(words: &Catalogue, now: Now, facts: &Facts<'_>) -> Panel {
    let Some((query, units)) = facts.units else {
        return Panel::Asked {
            title: words.say("station-mode-unit"),
            advice: words.say("station-unit-why"),
            lines: Vec::new(),
            tone: Tone::Quiet,
        };
    };
    let mut lines = Vec::new();
    for unit in units {
        lines.push(Line::heading(short(&unit.unit)));
        lines.push(rings(words, unit));
        if !unit.plates.is_empty() {
            let plates: Vec<String> = unit.plates.iter().map(|plate| short(plate)).collect();
            let plates = [("plates", plates.join("  ").into())];
            lines.push(Line::plain(words.text("station-unit-plates", &plates)));
        }
        let here = |of: &Option<String>| of.as_deref() == Some(unit.unit.as_str());
        for one in facts.expected.iter().filter(|one| here(&one.unit)) {
            let plate = one.plate.as_deref();
            let who = person(one.label.as_deref(), one.companions, None, plate);
            let when = dates::span(words, now, one.from_ms, one.until_ms);
            let args = [("who", who.into()), ("when", when.into())];
            lines.push(Line::plain(words.text("station-unit-expected", &args)));
        }
        for one in facts.inside.iter().filter(|one| here(&one.unit)) {
            let plate = one.plate.as_deref();
            let who = person(one.label.as_deref(), one.companions, None, plate);
            let when = dates::at(words, now, one.since_ms);
            let args = [("who", who.into()), ("when", when.into())];
            lines.push(Line::plain(words.text("station-unit-inside", &args)));
        }
    }
    let none = units.is_empty();
    let title = [("query", short(query).into()), ("n", units.len().into())];
    Panel::Asked {
        title: words.text("station-units", &title),
        advice: words.say(match units {
            [] => "station-units-none",
            [_] => "station-units-one",
            _ => "station-units-many",
        }),
        lines,
        tone: if none { Tone::Warn } else { Tone::Quiet },
    }
}

/// Whom to ring, and what to do where nobody can be.
fn rings(words: &Catalogue, unit: &UnitItem) -> Line {
    let (key, tone) = match (unit.devices, unit.online) {
        (0, _) => ("station-unit-no-device", Tone::Warn),
        (_, true) => ("station-unit-linked", Tone::Good),
        (_, false) => ("station-unit-not-linked", Tone::Warn),
    };
    Line {
        text: words.text(key, &[("n", unit.devices.into())]),
        tone,
        heading: false,
    }
}

/// Where the day sheet lies, and what to do with it.
pub(super) fn sheet(words: &Catalogue, printed: Option<&Printed>) -> Panel {
    let (title, advice, lines, tone) = match printed {
        None => return waiting(words, "station-mode-sheet"),
        Some(Printed::At {
            path,
            expected,
            inside,
            left,
        }) => {
            let args = [
                ("expected", (*expected).into()),
                ("inside", (*inside).into()),
            ];
            let mut lines = vec![
                Line::heading(clean::line(path, clean::BODY_MAX)),
                Line::plain(words.text("station-sheet-holds", &args)),
                Line::plain(words.say("station-sheet-use")),
                Line::plain(words.say("station-sheet-gone")),
            ];
            if let Some(left) = left {
                let left = [("path", clean::line(left, clean::BODY_MAX).into())];
                lines.push(Line {
                    tone: Tone::Warn,
                    ..Line::plain(words.text("station-sheet-left", &left))
                });
            }
            (
                words.say("station-sheet-written"),
                words.say("station-sheet-print"),
                lines,
                Tone::Good,
            )
        }
        Some(Printed::Failed { reason }) => {
            let reason = [("reason", clean::line(reason, clean::BODY_MAX).into())];
            let advice = words.text("station-sheet-failed-advice", &reason);
            (
                words.say("station-sheet-failed"),
                advice,
                Vec::new(),
                Tone::Alert,
            )
        }
    };
    Panel::Asked {
        title,
        advice,
        lines,
        tone,
    }
}

/// Passes used more often than they allow, the newest first.
pub(super) fn incidents(words: &Catalogue, now: Now, items: &[IncidentItem]) -> Panel {
    let mut items: Vec<&IncidentItem> = items.iter().collect();
    items.sort_by_key(|item| (std::cmp::Reverse(item.at_ms), &item.pass, item.number));
    let lines = items.iter().map(|item| {
        let who = person(item.label.as_deref(), 0, item.unit.as_deref(), None);
        let args = [
            ("time", dates::at(words, now, item.at_ms).into()),
            ("gate", item.gate.into()),
            ("who", who.into()),
            ("n", item.number.into()),
            ("of", item.entries.into()),
        ];
        words.text(
            if item.by_guard {
                "station-incident-guard"
            } else {
                "station-incident"
            },
            &args,
        )
    });
    Panel::Asked {
        title: words.text("station-incidents", &[("n", items.len().into())]),
        advice: words.say(if items.is_empty() {
            "station-incidents-none"
        } else {
            "station-incidents-advice"
        }),
        lines: lines.map(Line::plain).collect(),
        tone: if items.is_empty() {
            Tone::Quiet
        } else {
            Tone::Warn
        },
    }
}
