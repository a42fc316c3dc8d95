//! The door-knock sheet: whom a notice has not reached, in the order in which one walks. This words it;
//! `linli_exchange::paper` lays it out, for the command line and for the window alike.
//!
//! It names units and no person: paper is lost and photographed.

use crate::api::{ReachOpen, ReachReport};
use crate::clean;
use crate::dates::{self, Now};
use crate::sheet::{DaySheet, DayTable};
use crate::words::Catalogue;

/// The foot of a page.
#[must_use]
pub fn foot(words: &Catalogue, page: usize, of: usize) -> String {
    words.text("doors-foot", &[("page", page.into()), ("of", of.into())])
}

/// Makes the sheet.
#[must_use]
pub fn sheet(words: &Catalogue, now: Now, reach: &ReachReport) -> DaySheet {
    let when = |ms| {
        let day = dates::day(words, now, ms);
        format!("{day} {}", dates::time(now, ms))
    };
    let headline = clean::line(&reach.title, clean::TITLE_MAX);
    let counts = [
        ("when", when(reach.as_of_ms).into()),
        ("reached", reach.all.reached.into()),
        ("of", reach.all.of.into()),
        ("vacant", reach.vacant.into()),
    ];
    let published = [("when", when(reach.published_ms).into())];
    let stem = crate::pass_card::file_stem(&headline.chars().take(24).collect::<String>());
    DaySheet {
        title: words.text("doors-title", &[("title", headline.into())]),
        lines: vec![
            words.text("doors-published", &published),
            words.text("doors-counts", &counts),
            words.text("doors-use", &[("id", clean::line(&reach.id, 40).into())]),
        ],
        tables: stairs(&reach.open)
            .into_iter()
            .map(|(stair, list)| table(words, &stair, &list))
            .collect(),
        file_name: words.text("doors-file", &[("title", stem.into())]),
    }
}

/// Units by building and stair, in the order they came.
fn stairs(open: &[ReachOpen]) -> Vec<(String, Vec<&ReachOpen>)> {
    let mut out: Vec<(String, Vec<&ReachOpen>)> = Vec::new();
    for one in open {
        let stair = one.unit.rsplit_once('-').map_or("", |(stair, _)| stair);
        match out.last_mut().filter(|(of, _)| of == stair) {
            Some((_, list)) => list.push(one),
            None => out.push((stair.to_owned(), vec![one])),
        }
    }
    out
}

fn table(words: &Catalogue, stair: &str, list: &[&ReachOpen]) -> DayTable {
    let row = |one: &&ReachOpen| {
        let state = format!("doors-state-{}", one.state);
        let unit = clean::line(&one.unit, clean::NAME_MAX);
        vec![unit, words.say(&state), String::new()]
    };
    let (building, stair) = stair.split_once('-').unwrap_or((stair, ""));
    let named = [
        ("building", clean::line(building, clean::NAME_MAX).into()),
        ("stair", clean::line(stair, clean::NAME_MAX).into()),
        ("n", list.len().into()),
    ];
    let key = match (building, stair) {
        ("", _) => "doors-elsewhere",
        (_, "" | "0") => "doors-building",
        _ => "doors-stair",
    };
    let columns = [
        ("doors-unit", 2.0),
        ("doors-so-far", 3.4),
        ("doors-remark", 5.0),
    ];
    DayTable {
        title: words.text(key, &named),
        columns: columns.map(|(key, share)| (words.say(key), share)).into(),
        rows: list.iter().map(row).collect(),
        empty: String::new(),
        ticked: true,
    }
}

#[cfg(test)]
mod tests {
    //! The sheet as text.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;
    use crate::samples::{NOW, en, zh};

    #[test]
    fn doors_stand_stair_by_stair_in_the_order_they_came() {
        let units = ["1-1-101", "1-1-201", "1-2-101", "2-1-101", "后院"];
        let open = units.map(|unit| ReachOpen {
            unit: unit.into(),
            state: "no-device".into(),
        });
        let stairs = stairs(&open);
        let shape: Vec<(&str, usize)> = stairs.iter().map(|(s, l)| (s.as_str(), l.len())).collect();
        assert_eq!(shape, [("1-1", 2), ("1-2", 1), ("2-1", 1), ("", 1)]);
    }

    #[test]
    fn the_sheet_says_of_which_notice_as_of_when_and_where_ticks_go() {
        let reach = ReachReport {
            id: "r:8f3k2m1p".into(),
            title: "停电".into(),
            published_ms: NOW.ms - 3_600_000,
            as_of_ms: NOW.ms,
            open: vec![ReachOpen {
                unit: "3-2-501".into(),
                state: "read".into(),
            }],
            ..ReachReport::default()
        };
        let sheet = sheet(&zh(), NOW, &reach);
        assert_eq!(
            (sheet.title.as_str(), sheet.tables.len()),
            ("敲门单：停电", 1)
        );
        assert!(sheet.lines[1].contains("14:32") && sheet.lines[2].contains("r:8f3k2m1p"));
        assert_eq!(sheet.tables[0].title, "3号楼 2单元（1 户）");
        assert_eq!(sheet.tables[0].rows[0][1], "已读，未确认");
        assert_eq!(
            super::sheet(&en(), NOW, &reach).tables[0].columns[0].0,
            "Unit"
        );
    }
}
