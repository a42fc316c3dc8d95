//! The gate's log as a file for the auditor: a table that a spreadsheet opens, oldest line first, times as the
//! community's clocks show them.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of};
use jiff::tz::Offset;
use linli_exchange::table::{self, Cell};
use linli_node::api::{Answer, Fault};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The log.
#[derive(clap::Args, Debug)]
pub struct Log {
    /// Writes it to a file instead: XLSX if it is called so, else CSV.
    #[arg(long, value_name = "F")]
    pub export: Option<PathBuf>,
}

/// Columns, as programs name them: the file is read by people of both languages and by programs.
const COLUMNS: [&str; 19] = [
    "at",
    "at_ms",
    "gate",
    "seq",
    "result",
    "code",
    "label",
    "unit",
    "plate",
    "companions",
    "uses",
    "entries",
    "badge",
    "reason",
    "corrected",
    "count",
    "since",
    "id",
    "about",
];

/// Writes the log.
pub fn write(ctx: &Ctx, answer: Answer, file: &Path) -> Done {
    let offset_min = ctx.now().offset_min;
    let offset = Offset::from_seconds(offset_min.saturating_mul(60)).unwrap_or(Offset::UTC);
    let events = answer.data.list("events");
    let rows: Vec<Vec<Cell>> = events
        .iter()
        .rev()
        .map(|event| row(event, offset))
        .collect();
    let workbook = file
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    let bytes = if workbook {
        table::xlsx("gate", &COLUMNS, &rows).map_err(|_| Fault::ours("our-fault"))?
    } else {
        table::csv(&COLUMNS, &rows).into_bytes()
    };
    input::write(file, &bytes)?;
    let args = [
        ("n", events.len().into()),
        ("path", file.display().to_string().into()),
    ];
    let human = ctx.text("gate-log-exported", &args);
    let data = json!({"file": file.display().to_string(), "events": events.len()});
    Ok(Outcome::plain(data, human))
}

fn row(event: &Value, offset: Offset) -> Vec<Cell> {
    let at = |name: &str| match event.some_number(name).and_then(|ms| at(ms, offset)) {
        Some(text) => Cell::Text(text),
        None => Cell::Empty,
    };
    let cell = |name: &&str| match *name {
        "at" => at("at_ms"),
        "since" => at("since_ms"),
        name => match event.field(name) {
            Value::Null => Cell::Empty,
            Value::Bool(yes) => Cell::Bool(*yes),
            Value::Number(number) if number.is_u64() => {
                number.as_u64().map_or(Cell::Empty, Cell::Number)
            }
            other => Cell::Text(line_of(other)),
        },
    };
    COLUMNS.iter().map(cell).collect()
}

/// RFC 3339 at the community's offset: `2026-11-23T07:00:00+08:00`.
fn at(ms: u64, offset: Offset) -> Option<String> {
    let at = jiff::Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()?;
    Some(at.display_with_offset(offset).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_row_with_the_time_of_the_community() {
        let offset = Offset::from_seconds(8 * 3600).unwrap();
        let deny = json!({"at_ms": 60_000, "gate": 1, "seq": 3, "result": "DENY", "code": "E_SIG", "id": "e:b"});
        let counted = json!({"at_ms": 120_000, "since_ms": 60_000, "gate": 1, "seq": 4, "result": "REFUSED",
            "count": 480, "id": "e:c"});
        let let_in = json!({"at_ms": 0, "gate": 1, "seq": 2, "result": "OVERRIDE", "label": "=1+1",
            "unit": "3-2-501", "reason": "说\"好\",就好", "corrected": false, "id": "e:a", "about": "e:0"});
        let rows = [&let_in, &deny, &counted].map(|event| row(event, offset));
        let text = table::csv(&COLUMNS, &rows);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 5);
        assert!(lines[0].starts_with("\u{feff}at,at_ms,gate,seq,result"));
        let first = "1970-01-01T08:00:00+08:00,0,1,2,OVERRIDE,,\"'=1+1\",3-2-501,";
        assert!(lines[1].starts_with(first), "{}", lines[1]);
        assert!(lines[1].contains("\"说\"\"好\"\",就好\",false,,,e:a,e:0"));
        assert!(lines[2].starts_with("1970-01-01T08:01:00+08:00,60000,1,3,DENY,E_SIG,"));
        assert!(
            lines[3].ends_with(",480,1970-01-01T08:01:00+08:00,e:c,"),
            "{}",
            lines[3]
        );
    }
}
