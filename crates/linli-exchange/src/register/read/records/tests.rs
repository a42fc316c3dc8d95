//! Records by example, and against the `csv` crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use proptest::prelude::*;

use super::*;

fn all(text: &str) -> Vec<(u32, Vec<String>, bool)> {
    Records::new(text, ',')
        .map(|r| {
            (
                r.line,
                r.fields.into_iter().map(Cow::into_owned).collect(),
                r.broken_quotes,
            )
        })
        .collect()
}

fn row(line: u32, fields: &[&str]) -> (u32, Vec<String>, bool) {
    (
        line,
        fields.iter().map(|f| (*f).to_owned()).collect(),
        false,
    )
}

#[test]
fn quoted_cells_may_hold_delimiters_quotes_and_line_breaks_and_are_one_row() {
    assert_eq!(
        all("a,\"b,c\",\"d \"\"e\"\"\"\r\n\r\n1,\"2\r\n3\",4\n5,6"),
        [
            row(1, &["a", "b,c", "d \"e\""]),
            row(2, &[""]),
            row(3, &["1", "2\r\n3", "4"]),
            row(4, &["5", "6"]),
        ]
    );
}

#[test]
fn a_stray_quote_costs_its_own_row_only() {
    let good: Vec<String> = (1..=200).map(|n| format!("{n},b,c,d,e")).collect();
    for strays in [
        vec![50],
        vec![50, 52],
        vec![50, 51],
        vec![50, 90, 130],
        vec![200],
    ] {
        let mut lines = good.clone();
        for stray in &strays {
            lines[stray - 1] = format!("{stray},b,\"c,d,e");
        }
        let read = all(&lines.join("\n"));
        assert_eq!(read.len(), 200, "{strays:?}");
        for (index, (line, fields, broken)) in read.into_iter().enumerate() {
            assert_eq!(usize::try_from(line).unwrap(), index + 1);
            assert_eq!(
                fields,
                [(index + 1).to_string().as_str(), "b", "c", "d", "e"]
            );
            assert_eq!(broken, strays.contains(&(index + 1)));
        }
    }
}

/// Our records, as `csv` counts them: it leaves out empty lines.
fn ours(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    Records::new(text, char::from(delimiter))
        .map(|r| {
            r.fields
                .into_iter()
                .map(Cow::into_owned)
                .collect::<Vec<_>>()
        })
        .filter(|fields| fields.as_slice() != [""])
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn well_formed_text_reads_as_the_csv_crate_reads_it(
        rows in prop::collection::vec(prop::collection::vec("[a张,;\t\"\n ]{0,6}", 2..4), 0..8),
        delimiter in prop::sample::select(vec![b',', b'\t', b';']),
        crlf: bool,
    ) {
        let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).terminator(end).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let theirs: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes())
            .records()
            .map(|r| r.unwrap().iter().map(str::to_owned).collect())
            .collect();
        prop_assert_eq!(ours(&text, delimiter), theirs);
    }

    #[test]
    fn no_text_panics_or_loses_a_line(text in "[a,\"\r\n张]{0,60}") {
        let mut records = Records::new(&text, ',');
        let count = records.by_ref().count();
        prop_assert_eq!(records.position(), text.len());
        prop_assert!(count <= text.matches('\n').count() + 1);
    }
}
