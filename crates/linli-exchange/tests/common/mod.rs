//! What the tests share: the sample files, workbooks made to order, and a model of applying a plan.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::io::{Cursor, Read, Write};

use jiff::civil::{Date, date};
use linli_exchange::register::{
    self, Cleaned, Existing, ExistingPerson, ExistingUnit, Plan, ReadError, Sheet,
};

/// The day of the sample files.
pub const TODAY: Date = date(2026, 11, 22);

/// A committed sample file.
pub fn sample(name: &str) -> Vec<u8> {
    let path = format!("{}/../../tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

pub fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    register::read(bytes, "register", &mut |_, _| ())
}

pub fn cleaned(bytes: &[u8]) -> Cleaned {
    register::clean(&read(bytes).unwrap(), TODAY)
}

/// A workbook with one sheet of texts, as Excel would write it.
pub fn xlsx(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in rows.enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (line, column) = (u32::try_from(line).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(line, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// The parts of a zip file, in order.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// A zip file of parts.
pub fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with one part rewritten.
pub fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (_, content) in parts.iter_mut().filter(|(part, _)| part == name) {
        *content = change(String::from_utf8(std::mem::take(content)).unwrap()).into_bytes();
    }
    packed(&parts)
}

/// What the records are after a plan is approved as it stands, blanks included.
pub fn applied(existing: &Existing, plan: &Plan) -> Existing {
    let mut after = existing.clone();
    for update in &plan.units_update {
        let unit = after
            .units
            .iter_mut()
            .find(|unit| unit.record == update.record)
            .unwrap();
        unit.unit = update.after(true);
    }
    for update in &plan.update {
        let record = after
            .persons
            .iter_mut()
            .find(|person| person.record == update.record)
            .unwrap();
        record.person = update.after(true);
    }
    let units = plan.units_add.iter().map(|add| ExistingUnit {
        record: format!("unit {}", add.key),
        key: add.key.clone(),
        unit: add.unit.clone(),
    });
    after.units.extend(units);
    let persons = plan.add.iter().map(|add| ExistingPerson {
        record: format!("row {}", add.line),
        person: add.person.clone(),
    });
    after.persons.extend(persons);
    after
}
