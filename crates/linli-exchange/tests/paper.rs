//! What is printed is rendered by a foreign program (poppler) and read again: the code by our reader, the words as
//! text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod printed;

use linli_exchange::paper::{
    Card, Column, Faces, Form, MODULE_MIN_MM, PaperError, Row, Sheet, Table,
};
use linli_pass::qr::{Medium, Symbol, read_image};
use printed::{Printed, faces, font};
use std::process::Command;

/// Base45 of 375 random-looking bytes: a pass with its chain, as long as they come.
fn long_text() -> String {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let body = (0..563u32)
        .map(|n| char::from(alphabet[(n.wrapping_mul(2_654_435_761) >> 7) as usize % 45]));
    format!("LL1:{}", body.collect::<String>())
}

fn card(text: &str) -> Card {
    let row = |name: &str, value: &str| Row {
        name: name.into(),
        value: value.into(),
    };
    Card {
        estate: "凤声苑".into(),
        title: "访客通行码".into(),
        label: "王*（𬭼Łukasz）".into(),
        rows: vec![
            row("去哪里", "3-2-501"),
            row("有效", "11月22日 18:00 至 22:00"),
            row("短码", "4821-0376"),
        ],
        hint: "门岗没有网络也能扫。请不要转发：谁拿着这张纸，谁就能进。".into(),
        code: Symbol::of(text, Medium::Paper).unwrap(),
        lang: "zh-CN",
    }
}

#[test]
fn a_card_is_read_off_its_paper_and_its_words_are_text_in_both_forms() {
    let text = long_text();
    for (form, dpi, size) in [
        (Form::A7, 200, "209.764 x 297.638"),
        (Form::A4, 75, "595.276 x 841.89"),
    ] {
        let card = card(&text);
        assert!(card.module_mm(&faces(), form).unwrap() >= MODULE_MIN_MM);
        let bytes = card.pdf(&faces(), form).unwrap();
        assert!(bytes.len() < 100_000, "{form:?}: {} bytes", bytes.len());
        let printed = Printed::new(&bytes);
        let pages = printed.pages(dpi);
        assert_eq!(pages.len(), 1);
        assert_eq!(read_image(&pages[0]).unwrap(), [text.as_str()], "{form:?}");
        let words = printed.text();
        for word in [
            "凤声苑",
            "访客通行码",
            "王*",
            "𬭼",
            "Łukasz",
            "3-2-501",
            "11月22日",
            "4821-0376",
            "不要转发",
        ] {
            assert!(words.contains(word), "{form:?}: {word} in {words}");
        }
        let info = Command::new("pdfinfo").arg(&printed.pdf).output().unwrap();
        let info = String::from_utf8(info.stdout).unwrap();
        let page = format!("{size} pts");
        assert!(info.contains(&page), "{info}");
    }
}

#[test]
fn the_type_is_embedded_and_cut_to_what_is_used() {
    let printed = Printed::new(&card("LL1:ABC").pdf(&faces(), Form::A7).unwrap());
    let fonts = printed.fonts();
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 2, "{fonts}");
    for row in rows {
        // Name, type, encoding, then: embedded, subset, with a table from glyphs to Unicode.
        let said: Vec<&str> = row.split_whitespace().collect();
        let yes = said.iter().filter(|w| **w == "yes").count();
        assert_eq!(yes, 3, "{row}");
    }
}

#[test]
fn a_code_that_would_be_too_fine_is_refused_and_the_longest_a_gate_reads_is_not() {
    let longest = card(&format!("LL1:{}", "A".repeat(1_196)));
    let module = longest.module_mm(&faces(), Form::A7).unwrap();
    assert!((MODULE_MIN_MM..0.5).contains(&module), "{module}");
    let text = format!("LL1:{}", "A".repeat(2_000));
    let finer = card(&text);
    assert_eq!(
        finer.pdf(&faces(), Form::A7).unwrap_err(),
        PaperError::CodeTooFine(finer.code.side())
    );
    assert!(finer.pdf(&faces(), Form::A4).is_ok());
}

#[test]
fn a_card_with_much_to_say_loses_no_row_to_its_size() {
    let mut full = card(&long_text());
    full.rows.extend((0..5).map(|n| Row {
        name: format!("名目{n}"),
        value: format!("第{n}项 周一 周三 周五 09:00–11:30；周六 14:00–18:00；尾{n}"),
    }));
    let bytes = full.pdf(&faces(), Form::A7).unwrap();
    let printed = Printed::new(&bytes);
    let words: String = printed.text().split_whitespace().collect();
    for n in 0..5 {
        assert!(words.contains(&format!("名目{n}")), "{words}");
        assert!(words.contains(&format!("尾{n}")), "{words}");
    }
    assert!(full.module_mm(&faces(), Form::A7).unwrap() >= MODULE_MIN_MM);
    assert_eq!(read_image(&printed.pages(300)[0]).unwrap(), [long_text()]);
}

#[test]
fn what_is_no_font_is_refused_by_its_number() {
    let bad = Faces::new([font("LinliMono.ttf"), b"no font".to_vec()]).unwrap_err();
    assert_eq!(bad, PaperError::Face(1));
    assert_eq!(Faces::new([]).unwrap_err(), PaperError::Faces);
}

fn sheet(rows: usize) -> Sheet {
    let column = |title: &str, share| Column {
        title: title.into(),
        share,
    };
    let row = |n: usize| {
        let long = "周一 周三 周五 09:00-11:30，周六 14:00-18:00，另有节假日安排请看通知";
        vec![
            format!("客{n:03}*"),
            format!("3-2-{n}"),
            if n.is_multiple_of(7) {
                long.into()
            } else {
                "18:00".into()
            },
        ]
    };
    Sheet {
        title: "东门 今日单 11月22日".into(),
        lines: vec!["取消名单以 09:42 为准。此后取消的，本单不知道。".into()],
        tables: vec![
            Table {
                title: "预计到访".into(),
                columns: vec![
                    column("称呼", 2.0),
                    column("房号", 2.0),
                    column("时间", 4.0),
                ],
                rows: (0..rows).map(row).collect(),
                empty: "没有".into(),
                ticked: true,
            },
            Table {
                title: "不予放行".into(),
                columns: vec![column("称呼", 1.0)],
                rows: vec![],
                empty: "名单是空的".into(),
                ticked: false,
            },
        ],
        lang: "zh-CN",
    }
}

#[test]
fn a_day_sheet_goes_over_pages_and_loses_no_row() {
    let pdf = sheet(120)
        .pdf(&faces(), &|n, of| format!("第 {n} 页，共 {of} 页"))
        .unwrap();
    let printed = Printed::new(&pdf);
    let pages = printed.pages(20).len();
    assert!(pages >= 3, "{pages}");
    let words = printed.text();
    for n in 0..120 {
        assert_eq!(words.matches(&format!("客{n:03}*")).count(), 1, "row {n}");
    }
    // Title and the names of the columns on every page, the heading of the table once.
    assert_eq!(words.matches("今日单").count(), pages);
    assert_eq!(words.matches("称呼").count(), pages);
    assert_eq!(words.matches("预计到访").count(), 1);
    assert!(words.contains("名单是空的") && words.contains("以 09:42 为准"));
    for n in 1..=pages {
        assert!(words.contains(&format!("第 {n} 页，共 {pages} 页")));
    }
}

#[test]
fn long_cells_break_into_lines_and_no_word_is_lost() {
    let printed = Printed::new(&sheet(8).pdf(&faces(), &|_, _| String::new()).unwrap());
    let words: String = printed.text().split_whitespace().collect();
    for part in ["周一", "周六14:00-18:00", "另有节假日", "看通知"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert_eq!(printed.pages(20).len(), 1);
}
