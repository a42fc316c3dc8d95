//! The door-knock sheet: whom a notice has not reached, in the order in which one walks.
//!
//! It names units and no person: paper is lost and photographed.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use crate::shape::Shape;
use linli_exchange::paper::{Column, Sheet, Table};
use linli_node::api::Fault;
use linli_view::dates;
use serde_json::Value;

/// The PDF, from what `notice reach` answered.
pub fn pdf(ctx: &Ctx, reach: &Value) -> Result<Vec<u8>, Fault> {
    let foot = |page: usize, of: usize| {
        ctx.text("doors-foot", &[("page", page.into()), ("of", of.into())])
    };
    sheet(ctx, reach).pdf(&faces()?, &foot).map_err(not_printed)
}

fn sheet(ctx: &Ctx, reach: &Value) -> Sheet {
    let now = ctx.now();
    let when = |ms| {
        let day = dates::day(ctx.words.shared(), now, ms);
        format!("{day} {}", dates::time(now, ms))
    };
    let number = |key: &str| reach.number(key).into();
    let counts = [
        ("when", when(reach.number("as_of_ms")).into()),
        ("reached", number("reached")),
        ("of", number("of")),
        ("vacant", number("vacant")),
    ];
    let published = [("when", when(reach.number("published_ms")).into())];
    let title = [("title", reach.line("title").into())];
    Sheet {
        title: ctx.text("doors-title", &title),
        lines: vec![
            ctx.text("doors-published", &published),
            ctx.text("doors-counts", &counts),
            ctx.text("doors-use", &[("id", reach.line("id").into())]),
        ],
        tables: stairs(reach.list("open"))
            .into_iter()
            .map(|(stair, list)| table(ctx, &stair, &list))
            .collect(),
        lang: ctx.words.lang().tag(),
    }
}

/// Units by building and stair, in the order they came.
fn stairs(open: &[Value]) -> Vec<(String, Vec<&Value>)> {
    let mut out: Vec<(String, Vec<&Value>)> = Vec::new();
    for one in open {
        let unit = one.line("unit");
        let stair = unit.rsplit_once('-').map_or("", |(stair, _)| stair);
        match out.last_mut().filter(|(of, _)| of == stair) {
            Some((_, list)) => list.push(one),
            None => out.push((stair.to_owned(), vec![one])),
        }
    }
    out
}

fn table(ctx: &Ctx, stair: &str, list: &[&Value]) -> Table {
    let column = |(key, share): (&str, f32)| Column {
        title: ctx.say(key),
        share,
    };
    let row = |one: &&Value| {
        let state = format!("doors-state-{}", one.line("state"));
        vec![one.line("unit"), ctx.say(&state), String::new()]
    };
    let (building, stair) = stair.split_once('-').unwrap_or((stair, ""));
    let named = [
        ("building", building.into()),
        ("stair", stair.into()),
        ("n", list.len().into()),
    ];
    let key = match (building, stair) {
        ("", _) => "doors-elsewhere",
        (_, "" | "0") => "doors-building",
        _ => "doors-stair",
    };
    Table {
        title: ctx.text(key, &named),
        columns: [
            ("head-unit", 2.0),
            ("doors-so-far", 3.4),
            ("doors-remark", 5.0),
        ]
        .map(column)
        .into(),
        rows: list.iter().map(row).collect(),
        empty: String::new(),
        ticked: true,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;
    use serde_json::json;

    #[test]
    fn doors_stand_stair_by_stair_in_the_order_they_came() {
        let open = ["1-1-101", "1-1-201", "1-2-101", "2-1-101", "后院"];
        let open: Vec<Value> = open.iter().map(|unit| json!({ "unit": unit })).collect();
        let stairs = stairs(&open);
        let shape: Vec<(&str, usize)> = stairs.iter().map(|(s, l)| (s.as_str(), l.len())).collect();
        assert_eq!(shape, [("1-1", 2), ("1-2", 1), ("2-1", 1), ("", 1)]);
    }
}
