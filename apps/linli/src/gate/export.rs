//! The gate's log as a file for the auditor: CSV that a spreadsheet opens, oldest line first.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, line_of};
use linli_node::api::Answer;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The log.
#[derive(clap::Args, Debug)]
pub struct Log {
    /// Writes it to a CSV file instead.
    #[arg(long, value_name = "F")]
    pub export: Option<PathBuf>,
}

/// Columns, as programs name them: the file is read by people of both languages and by programs.
const COLUMNS: [&str; 15] = [
    "at_ms",
    "gate",
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
    "id",
    "about",
];

/// Writes the log.
pub fn write(ctx: &Ctx, answer: Answer, file: &Path) -> Done {
    let events = answer.data.list("events");
    let text = csv(events);
    input::write(file, text.as_bytes())?;
    let args = [
        ("n", events.len().into()),
        ("path", file.display().to_string().into()),
    ];
    let human = ctx.text("gate-log-exported", &args);
    let data = json!({"file": file.display().to_string(), "events": events.len()});
    Ok(Outcome::plain(data, human))
}

/// RFC 4180 with a byte order mark, which Excel needs to see Chinese.
fn csv(events: &[Value]) -> String {
    let mut out = String::from("\u{feff}at,");
    out.push_str(&COLUMNS.join(","));
    out.push_str("\r\n");
    for event in events.iter().rev() {
        let at = i64::try_from(event.number("at_ms")).ok();
        let at = at.and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
        let mut cells = vec![at.map(|at| at.to_string()).unwrap_or_default()];
        cells.extend(COLUMNS.map(|name| cell(&line_of(event.field(name)))));
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// Quoted where it must be; a text that a spreadsheet would take for a formula stands behind an apostrophe.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_a_table_that_runs_no_formula() {
        let events = [
            json!({"at_ms": 60_000, "gate": 1, "result": "DENY", "code": "E_SIG", "id": "e:b"}),
            json!({"at_ms": 0, "gate": 1, "result": "OVERRIDE", "label": "=1+1", "unit": "3-2-501",
                "reason": "说\"好\",就好", "corrected": false, "id": "e:a", "about": "e:0"}),
        ];
        let text = csv(&events);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[0].starts_with("\u{feff}at,at_ms,gate,result"));
        assert!(lines[1].starts_with("1970-01-01T00:00:00Z,0,1,OVERRIDE,,\"'=1+1\",3-2-501,"));
        assert!(lines[1].contains("\"说\"\"好\"\",就好\",false,e:a,e:0"));
        assert!(lines[2].starts_with("1970-01-01T00:01:00Z,60000,1,DENY,E_SIG,"));
    }
}
