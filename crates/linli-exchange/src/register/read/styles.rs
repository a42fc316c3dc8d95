//! Which cell styles show a number as a date. Nothing else of the styles is read.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::events::Event;

use super::xml::{BadXml, Xml, attribute};

/// For each style, whether it is a date.
pub(super) fn date_styles(part: impl BufRead) -> Result<Vec<bool>, BadXml> {
    let mut xml = Xml::new(part);
    let mut formats: BTreeMap<u32, bool> = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "cellXfs" => in_cell_styles = true,
                "numFmt" => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")?) {
                        formats.insert(id, shows_a_day(&code));
                    }
                }
                "xf" if in_cell_styles => {
                    let id: u32 = attribute(&element, "numFmtId")?
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(0);
                    styles.push(
                        formats
                            .get(&id)
                            .copied()
                            .unwrap_or_else(|| is_built_in_date(id)),
                    );
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_styles = false
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(styles)
}

/// Formats that need no definition: 14 to 17 and 22 everywhere, the others in Chinese Excel.
fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format code shows a day or a year, outside quoted text, brackets and escapes.
fn shows_a_day(code: &str) -> bool {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let until = match c {
            '"' => '"',
            '[' => ']',
            '\\' | '_' | '*' => {
                chars.next();
                continue;
            }
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => continue,
        };
        chars.by_ref().find(|c| *c == until);
    }
    false
}

#[cfg(test)]
mod tests {
    //! Formats as Excel and WPS write them.
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;

    #[test]
    fn formats_of_days_are_told_from_those_of_numbers_and_times() {
        for code in [
            "yyyy-mm-dd",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy/m/d;@",
            "m/d",
            "D.M.YY",
        ] {
            assert!(shows_a_day(code), "{code}");
        }
        for code in [
            "0.00",
            "#,##0\"days\"",
            "[Red]0",
            "@",
            "mm:ss",
            "\\d0",
            "0.00_ ;[Red]\\-0.00\\ ",
            "General",
        ] {
            assert!(!shows_a_day(code), "{code}");
        }
    }

    #[test]
    fn styles_are_dates_by_built_in_or_own_format() {
        let xml = r#"<x:styleSheet xmlns:x="m"><x:numFmts><x:numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;"/></x:numFmts>
            <x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs>
            <x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="14"/><x:xf numFmtId="176"/></x:cellXfs></x:styleSheet>"#;
        assert_eq!(date_styles(xml.as_bytes()).unwrap(), [false, true, true]);
    }
}
