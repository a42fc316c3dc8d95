//! Sheet XML as several programs write it, and as nobody should.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;

fn context() -> Context {
    Context {
        texts: vec!["张三".into(), "".into()],
        date_styles: vec![false, true],
        epoch: epoch(false),
    }
}

fn read(rows_xml: &str) -> Result<Vec<(u32, usize, String, CellKind)>, ReadError> {
    let xml = format!(
        "<worksheet><dimension ref=\"K9:A1\"/><sheetData>{rows_xml}</sheetData></worksheet>"
    );
    let mut out = Vec::new();
    rows(xml.as_bytes(), &context(), &mut |row, _| {
        for (column, cell) in row.cells {
            out.push((row.line, column, cell.text.into_inner(), cell.kind));
        }
        Ok(Flow::On)
    })?;
    Ok(out)
}

#[test]
fn cells_of_every_kind_are_read() {
    let xml = r#"<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3"><v>13900006336</v></c><c r="AA3" s="1"><v>46335</v></c></row>
        <row><c t="inlineStr"><is><r><t>李</t></r><r><t xml:space="preserve"> 四</t></r><rPh sb="0" eb="1"><t>Li</t></rPh></is></c>
        <c t="str"><f>A1&amp;"x"</f><v>a_x000D_b&amp;c&#x5F20;</v></c><c/><c t="e"><v>#REF!</v></c><c><v>3.0</v></c><c><v>1.1010119880712E+17</v></c></row>"#;
    let text = |line, column, text: &str| (line, column, text.to_owned(), CellKind::Text);
    let number = |line, column, text: &str| (line, column, text.to_owned(), CellKind::Number);
    assert_eq!(
        read(xml).unwrap(),
        [
            text(3, 1, "张三"),
            number(3, 2, "13900006336"),
            text(3, 26, "2026-11-09"),
            text(4, 0, "李 四"),
            text(4, 1, "a\rb&c张"),
            text(4, 3, "#REF!"),
            number(4, 4, "3"),
            number(4, 5, "1.1010119880712E+17"),
        ]
    );
}

#[test]
fn cells_that_no_program_writes_are_damage_at_their_row() {
    for (xml, row) in [
        (
            r#"<row r="7"><c r="A7"><v>1</v></c></row><row r="99999999999"/>"#,
            7,
        ),
        (r#"<row r="2000000"/>"#, 0),
        (r#"<row r="0"/>"#, 0),
        (r#"<row r="2"><c r="AAAAAAAAAAAAAAAA2"/></row>"#, 2),
        (r#"<row r="2"><c r="XFE2"/></row>"#, 2),
        (r#"<row r="2"><c r="2"/></row>"#, 2),
        (r#"<row r="2"><c t="s"><v>99</v></c></row>"#, 2),
        (r#"<row r="2"><c t="s"><v>-1</v></c></row>"#, 2),
        (r#"<row r="5"><c>"#, 5),
    ] {
        assert_eq!(
            read(xml),
            Err(ReadError::Damaged {
                part: DamagedPart::Sheet { row }
            }),
            "{xml}"
        );
    }
}

#[test]
fn escapes_that_are_none_stay() {
    for (from, to) in [
        ("_x0041_", "A"),
        ("_x41_", "_x41_"),
        ("a_x", "a_x"),
        ("_xD800_", "_xD800_"),
        ("_x张三李_", "_x张三李_"),
    ] {
        assert_eq!(unescape(from), to);
    }
}
