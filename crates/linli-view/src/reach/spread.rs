//! How a notice spread, as a picture with a sentence beside it and a text in its place.

use crate::api::{ReachPoint, ReachReport};
use crate::dates::{self, Now};
use crate::words::Catalogue;

const DAY_MS: u64 = 86_400_000;

/// Columns of a picture: each says how many units had got how far by a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spread {
    /// Heading.
    pub title: String,
    /// What it comes to, in a sentence.
    pub said: String,
    /// The whole picture in words, for whoever does not see it.
    pub name: String,
    /// All units: the height of the picture.
    pub of: u32,
    /// The columns, in the order of time; never empty.
    pub columns: Vec<Column>,
    /// What the three shades are: reached, opened, confirmed or told.
    pub shades: [String; 3],
    /// Whose clocks it goes by.
    pub clocks: String,
}

/// One moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The moment, short enough to stand below it.
    pub label: String,
    /// Reached by then.
    pub reached: u32,
    /// Opened by then.
    pub read: u32,
    /// Confirmed or told by then.
    pub settled: u32,
}

/// Makes it; none where nobody was reached yet.
#[must_use]
pub fn spread(words: &Catalogue, now: Now, report: &ReachReport) -> Option<Spread> {
    let points = &report.spread;
    let (first, last) = (points.first()?, points.last()?);
    let of = report.all.of;
    let days = last.until_ms.saturating_sub(report.published_ms) > DAY_MS;
    let label = |at: u64| {
        if days {
            dates::day(words, now, at)
        } else {
            dates::time(now, at)
        }
    };
    let column = |point: &ReachPoint| Column {
        label: label(point.until_ms),
        reached: point.reached.min(of),
        read: point.read.min(of),
        settled: point.settled.min(of),
    };
    let said = [
        ("first", first.reached.into()),
        ("when", dates::at(words, now, first.until_ms).into()),
        ("last", last.reached.into()),
        ("until", dates::at(words, now, last.until_ms).into()),
        ("of", of.into()),
    ];
    let key = if points.len() > 1 {
        "reach-spread-said"
    } else {
        "reach-spread-once"
    };
    let by = |point: &ReachPoint| {
        let said = [
            ("when", dates::at(words, now, point.until_ms).into()),
            ("reached", point.reached.into()),
            ("read", point.read.into()),
            ("settled", point.settled.into()),
        ];
        words.text("reach-spread-column", &said)
    };
    let name: Vec<String> = std::iter::once(words.text("reach-spread-name", &[("of", of.into())]))
        .chain(points.iter().map(by))
        .collect();
    Some(Spread {
        title: words.say("reach-spread-title"),
        said: words.text(key, &said),
        name: name.join("\n"),
        of,
        columns: points.iter().map(column).collect(),
        shades: [
            words.say("reach-shade-reached"),
            words.say("reach-shade-read"),
            words.say("reach-shade-settled"),
        ],
        clocks: words.say("reach-spread-clocks"),
    })
}
