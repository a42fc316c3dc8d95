//! Files that cannot be read: each says what it is, and no file panics.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{packed, parts, read, sample, with_part};
use linli_exchange::register::{
    Column, DamagedPart, Encoding, FileKind, Lang, Limit, MAX_ROWS, ReadError,
};
use proptest::prelude::*;

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn kind(bytes: &[u8]) -> FileKind {
    match read(bytes) {
        Err(ReadError::NotASheet { found }) => found,
        other => panic!("read as {other:?}"),
    }
}

fn compound(stream: &str) -> Vec<u8> {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(),
        &[0; 512],
        &name,
        &[0; 64],
    ]
    .concat()
}

fn zip_of(names: &[&str]) -> Vec<u8> {
    let parts: Vec<(String, Vec<u8>)> = names
        .iter()
        .map(|n| ((*n).to_owned(), b"<x/>".to_vec()))
        .collect();
    packed(&parts)
}

#[test]
fn other_kinds_of_files_are_named() {
    for (bytes, expected) in [
        (b"%PDF-1.7\n%\xE2\xE3".to_vec(), FileKind::Pdf),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), FileKind::Picture),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), FileKind::Picture),
        (b"{\\rtf1\\ansi".to_vec(), FileKind::RichText),
        (b"Rar!\x1A\x07".to_vec(), FileKind::Archive),
        (b"  <!DOCTYPE html><html>".to_vec(), FileKind::WebPage),
        (b"<table><tr><td>".to_vec(), FileKind::WebPage),
        (
            b"<?xml version=\"1.0\"?><Workbook/>".to_vec(),
            FileKind::Xml,
        ),
        (b"name,\0\x01\x02".to_vec(), FileKind::Unknown),
        (compound("EncryptedPackage"), FileKind::PasswordProtected),
        (compound("Workbook"), FileKind::OldExcel),
        (compound("WordDocument"), FileKind::Word),
        (compound("Something"), FileKind::Unknown),
        (
            zip_of(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]),
            FileKind::Word,
        ),
        (
            zip_of(&["[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"]),
            FileKind::Slides,
        ),
        (
            zip_of(&["_rels/.rels", "xl/workbook.bin"]),
            FileKind::BinaryExcel,
        ),
        (zip_of(&["mimetype", "content.xml"]), FileKind::OpenDocument),
        (zip_of(&["photo.jpg"]), FileKind::Archive),
    ] {
        assert_eq!(kind(&bytes), expected);
    }
}

#[test]
fn files_without_content_or_headings_say_so() {
    for empty in [
        "",
        "\u{FEFF}",
        " \r\n,,,\r\n",
        "楼栋,房号,姓名\n",
        "楼栋,房号,姓名\n,,\n , ,\n",
    ] {
        assert_eq!(read(empty.as_bytes()), Err(ReadError::Empty), "{empty:?}");
    }
    let no_rows = with_part(&sample("registry-2026-12.xlsx"), SHEET, |xml| {
        format!(
            "{}{}",
            &xml[..xml.find("<row").unwrap()],
            &xml[xml.find("</sheetData>").unwrap()..]
        )
    });
    assert!(
        matches!(read(&no_rows), Err(ReadError::MissingColumns { .. })),
        "the notes of sheet 2 are left"
    );

    let missing = |missing: &[Column], found: &[Column]| {
        Err(ReadError::MissingColumns {
            missing: missing.to_vec(),
            found: found.to_vec(),
        })
    };
    use Column::{Building, Name, Phone, Room};
    assert_eq!(
        read(b"just some words\n"),
        missing(&[Building, Room, Name], &[])
    );
    assert_eq!(
        read("楼栋,姓名,电话\n1,张三,1\n".as_bytes()),
        missing(&[Room], &[Building, Name, Phone])
    );
    assert_eq!(
        read("1号楼,101,张三\n".as_bytes()),
        missing(&[Building, Room, Name], &[])
    );
}

#[test]
fn broken_text_names_its_row_and_utf_8_is_not_taken_for_gb_18030() {
    let broken = |line: usize, bytes: Vec<u8>, insert: &[u8]| {
        let at = bytes
            .iter()
            .enumerate()
            .filter(|(_, b)| **b == b'\n')
            .nth(line - 2)
            .unwrap()
            .0
            + 1;
        [&bytes[..at], insert, &bytes[at..]].concat()
    };
    let utf8 = sample("registry-small-utf8.csv");
    let unmarked = utf8[3..].to_vec();
    for bytes in [
        broken(90, utf8, b"\xFF\xE5"),
        broken(90, unmarked, b"\xFF\xE5"),
    ] {
        assert_eq!(
            read(&bytes),
            Err(ReadError::BrokenEncoding {
                row: 90,
                encoding: Encoding::Utf8
            })
        );
    }
    let gb = broken(55, sample("registry-small-gb18030.csv"), b"\xFF");
    assert_eq!(
        read(&gb),
        Err(ReadError::BrokenEncoding {
            row: 55,
            encoding: Encoding::Gb18030
        })
    );
    let mut utf16: Vec<u8> = "\u{FEFF}楼栋,房号,姓名\n1,101,"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    utf16.extend([0x00, 0xD8, b'\n', 0]);
    assert_eq!(
        read(&utf16),
        Err(ReadError::BrokenEncoding {
            row: 2,
            encoding: Encoding::Utf16Le
        })
    );
}

#[test]
fn a_cut_or_contradictory_workbook_is_damaged() {
    let whole = sample("registry-2026-12.xlsx");
    let container = Err(ReadError::Damaged {
        part: DamagedPart::Container,
    });
    assert_eq!(read(&whole[..whole.len() / 2]), container);
    assert_eq!(read(b"PK\x03\x04"), container);

    let cut_sheet = with_part(&whole, SHEET, |xml| {
        xml[..xml.find("r=\"50\"").unwrap()].to_owned()
    });
    let Err(ReadError::Damaged {
        part: DamagedPart::Sheet { row },
    }) = read(&cut_sheet)
    else {
        panic!("read a cut sheet");
    };
    assert!((48..=50).contains(&row));
    let no_sheet: Vec<_> = parts(&whole)
        .into_iter()
        .filter(|(name, _)| name != SHEET)
        .collect();
    assert_eq!(
        read(&packed(&no_sheet)),
        Err(ReadError::Damaged {
            part: DamagedPart::Workbook
        })
    );

    // A sheet whose bytes were changed without its checksum: nothing of it may be believed.
    let stored = {
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts(&whole) {
            writer.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut writer, &content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let mut flipped = stored.clone();
    let at = flipped
        .windows(11)
        .position(|w| w == b"13900007968")
        .unwrap();
    flipped[at + 10] = b'9';
    assert!(read(&stored).is_ok());
    assert!(matches!(read(&flipped), Err(ReadError::Damaged { .. })));
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let too_large = |limit: Limit| Err(ReadError::TooLarge { limit });
    assert_eq!(
        read(&vec![b' '; (64 << 20) + 1]),
        too_large(Limit::FileBytes)
    );

    let whole = sample("registry-2026-12.xlsx");
    // 20 MiB of one blank, packed to 20 KiB.
    let tight = with_part(&whole, SHEET, |xml| xml + &" ".repeat(20 << 20));
    assert!(tight.len() < 100 << 10);
    assert_eq!(read(&tight), too_large(Limit::Unpacked));

    // A part that says it is small and is not: the declared size in the directory is overwritten.
    let mut lying = with_part(&whole, SHEET, |xml| xml + &" ".repeat(500 << 10));
    let sheet_size = u32::try_from(
        parts(&lying)
            .iter()
            .find(|(n, _)| n == SHEET)
            .unwrap()
            .1
            .len(),
    )
    .unwrap();
    let spots: Vec<usize> = (0..lying.len() - 4)
        .filter(|at| lying[*at..*at + 4] == sheet_size.to_le_bytes())
        .collect();
    for at in spots {
        lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    assert!(matches!(read(&lying), Err(ReadError::Damaged { .. })));

    // An attribute that asks for all memory of the machine is only an attribute.
    let strings =
        "<sst xmlns=\"m\" count=\"1\" uniqueCount=\"9999999999999\"><si><t>x</t></si></sst>";
    let mut asking = parts(&with_part(&whole, "xl/_rels/workbook.xml.rels", |xml| {
        let more = "<Relationship Id=\"rIdS\" Type=\"r/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
        xml.replace("</Relationships>", more)
    }));
    asking.push((
        "xl/sharedStrings.xml".to_owned(),
        strings.as_bytes().to_vec(),
    ));
    assert_eq!(read(&packed(&asking)).unwrap().rows.len(), 103);
}

#[test]
fn one_text_named_by_every_cell_does_not_fill_the_memory() {
    let whole = sample("registry-2026-12.xlsx");
    let relation = "<Relationship Id=\"rIdS\" Type=\"r/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>";
    let mut bomb = parts(&with_part(&whole, "xl/_rels/workbook.xml.rels", |xml| {
        xml.replace("</Relationships>", relation)
    }));
    let long = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(300_000));
    bomb.push(("xl/sharedStrings.xml".to_owned(), long.into_bytes()));
    let rows: String = (3..600)
        .map(|r| format!("<row r=\"{r}\"><c r=\"A{r}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    for (name, content) in &mut bomb {
        if name == SHEET {
            let xml = String::from_utf8(content.clone()).unwrap();
            let (head, tail) = (
                xml.find("<row r=\"3\"").unwrap(),
                xml.find("</sheetData>").unwrap(),
            );
            *content = format!("{}{rows}{}", &xml[..head], &xml[tail..]).into_bytes();
        }
    }
    assert_eq!(
        read(&packed(&bomb)),
        Err(ReadError::TooLarge { limit: Limit::Text })
    );
}

#[test]
fn more_rows_than_any_estate_has_are_refused() {
    let mut text = String::from("楼栋,房号,姓名\n");
    text.push_str(&"1,1,a\n".repeat(MAX_ROWS));
    assert_eq!(read(text.as_bytes()).unwrap().rows.len(), MAX_ROWS);
    text.push_str("1,1,a\n");
    assert_eq!(
        read(text.as_bytes()),
        Err(ReadError::TooLarge { limit: Limit::Rows })
    );
}

#[test]
fn every_error_says_what_happened_what_is_safe_and_what_to_do() {
    let columns = vec![Column::Room, Column::Name];
    let mut errors = vec![
        ReadError::MissingColumns {
            missing: columns.clone(),
            found: vec![],
        },
        ReadError::MissingColumns {
            missing: columns.clone(),
            found: columns,
        },
        ReadError::BrokenEncoding {
            row: 900,
            encoding: Encoding::Gb18030,
        },
        ReadError::Empty,
    ];
    use FileKind as K;
    for found in [
        K::Pdf,
        K::Picture,
        K::Word,
        K::Slides,
        K::OldExcel,
        K::BinaryExcel,
        K::PasswordProtected,
        K::OpenDocument,
        K::WebPage,
        K::Xml,
        K::RichText,
        K::Archive,
        K::Unknown,
    ] {
        errors.push(ReadError::NotASheet { found });
    }
    for limit in [Limit::FileBytes, Limit::Rows, Limit::Unpacked, Limit::Text] {
        errors.push(ReadError::TooLarge { limit });
    }
    for part in [
        DamagedPart::Container,
        DamagedPart::Workbook,
        DamagedPart::Texts,
        DamagedPart::Sheet { row: 7 },
    ] {
        errors.push(ReadError::Damaged { part });
    }
    for error in errors {
        let (zh, en) = (error.sentence(Lang::ZhCn), error.sentence(Lang::En));
        assert!(
            zh.contains("没有导入任何内容,现有登记未变。") && zh.ends_with('。'),
            "{zh}"
        );
        assert!(
            en.contains("Nothing was imported, and the register is as it was.")
                && en.ends_with('.'),
            "{en}"
        );
        assert!(en.is_ascii(), "{en}");
    }
    let row = ReadError::BrokenEncoding {
        row: 900,
        encoding: Encoding::Utf8,
    };
    assert!(
        row.sentence(Lang::ZhCn).contains("第 900 行")
            && row.sentence(Lang::En).contains("Row 900")
    );
}

/// Changes some bytes, and perhaps cuts or doubles a piece.
fn mutate(
    mut bytes: Vec<u8>,
    changes: &[(prop::sample::Index, u8)],
    cut: Option<(prop::sample::Index, u16)>,
) -> Vec<u8> {
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    if let Some((at, length)) = cut {
        let at = at.index(bytes.len());
        let end = (at + usize::from(length)).min(bytes.len());
        bytes.drain(at..end);
    }
    bytes
}

fn import_whole(bytes: &[u8]) {
    if let Ok(sheet) = read(bytes) {
        let cleaned = linli_exchange::register::clean(&sheet, common::TODAY);
        let counts = cleaned.counts;
        assert_eq!(
            counts.rows,
            counts.persons + counts.repeated + counts.without_person + counts.refused
        );
        let existing = linli_exchange::register::Existing::from(&cleaned);
        linli_exchange::register::plan(
            &existing,
            &cleaned,
            linli_exchange::register::Duplicates::Update,
        );
    }
}

type Changes = Vec<(prop::sample::Index, u8)>;
type Cut = Option<(prop::sample::Index, u16)>;

fn damage() -> impl Strategy<Value = (Changes, Cut)> {
    (
        prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..12),
        any::<Cut>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), magic in 0_usize..6) {
        let magic: &[u8] = [&b""[..], b"PK\x03\x04", b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF", "楼栋,房号,姓名\n".as_bytes()][magic];
        import_whole(&[magic, &bytes].concat());
    }

    #[test]
    fn damaged_text_files_never_panic((changes, cut) in damage(), gb: bool) {
        let name = if gb { "registry-small-gb18030.csv" } else { "registry-small-utf8.csv" };
        import_whole(&mutate(sample(name), &changes, cut));
    }

    #[test]
    fn damaged_workbooks_never_panic((changes, cut) in damage()) {
        import_whole(&mutate(sample("registry-2026-12.xlsx"), &changes, cut));
    }

    /// Damage inside the parts, which checksums would otherwise hide from the readers of XML.
    #[test]
    fn workbooks_with_damaged_parts_never_panic((changes, cut) in damage(), part in any::<prop::sample::Index>()) {
        let mut parts = parts(&sample("registry-2026-12.xlsx"));
        let worth: Vec<usize> = (0..parts.len()).filter(|i| !parts[*i].0.starts_with("docProps") && !parts[*i].0.contains("theme")).collect();
        let index = worth[part.index(worth.len())];
        parts[index].1 = mutate(std::mem::take(&mut parts[index].1), &changes, cut);
        import_whole(&packed(&parts));
    }
}
