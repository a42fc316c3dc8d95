//! Cleaning, one quirk at a time. Files are written out so that a case reads as a clerk sees it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use jiff::civil::date;

use super::*;
use crate::register::{self, IdDoubt, Lang, Severity};

const HEAD: &str = "楼栋,单元,房号,建筑面积,姓名,电话,身份证号,与户主关系,居住性质,车牌号,备注\n";

fn cleaned(rows: &str) -> Cleaned {
    let file = format!("{HEAD}{rows}");
    let sheet = register::read(file.as_bytes(), "test.csv", &mut |_, _| ()).unwrap();
    let cleaned = clean(&sheet, date(2026, 11, 22));
    let counts = cleaned.counts;
    assert_eq!(
        counts.rows,
        counts.persons + counts.repeated + counts.without_person + counts.refused
    );
    cleaned
}

/// Issues as (row, column, kind).
fn issues(rows: &str) -> Vec<(u32, Option<Column>, IssueKind)> {
    cleaned(rows)
        .issues
        .into_iter()
        .map(|i| (i.line.unwrap(), i.column, i.kind))
        .collect()
}

#[test]
fn every_doubt_names_its_row_and_column_and_only_three_refuse_the_row() {
    use IssueKind as K;
    let long = format!("1,1,101,,{},,,,,,\n", "张".repeat(65));
    for (row, column, kind, persons) in [
        (
            ",1,101,,张三,,,,,,\n",
            Some(Column::Building),
            K::UnitMissing,
            0,
        ),
        ("1,1,,,张三,,,,,,\n", Some(Column::Room), K::UnitMissing, 0),
        (
            "1,1,?,,张三,,,,,,\n",
            Some(Column::Room),
            K::UnitUnreadable,
            0,
        ),
        (
            "1,一/二,101,,张三,,,,,,\n",
            Some(Column::Stair),
            K::UnitUnreadable,
            0,
        ),
        (
            "1,1,2-101,,张三,,,,,,\n",
            Some(Column::Room),
            K::UnitDisagrees,
            1,
        ),
        (
            "1,1,101,,,13900000001,,,,,\n",
            Some(Column::Name),
            K::NameMissing,
            0,
        ),
        ("1,1,101,,张三,1390000,,,,,\n", None, K::Totals, 1),
        (
            "1,1,101,,张三,139000,,,,,\n",
            Some(Column::Phone),
            K::Phone,
            1,
        ),
        (
            "1,1,101,,张三,,110101195610124045,,,,\n",
            Some(Column::IdNumber),
            K::Id {
                doubt: IdDoubt::CheckCharacter,
            },
            1,
        ),
        (
            "1,1,101,,张三,,,,,WB12345,\n",
            Some(Column::Plate),
            K::Plate,
            1,
        ),
        ("1,1,101,大,张三,,,,,,\n", Some(Column::Area), K::Area, 1),
        (
            "1,1,101,,张三,,,,办公,,\n",
            Some(Column::Use),
            K::UseUnknown,
            1,
        ),
        (
            "1,1,101,,,,,,空置,,钥匙在物业\n",
            Some(Column::Note),
            K::NoteWithoutPerson,
            0,
        ),
        ("合计,,,,,,,,,,\n", None, K::Totals, 0),
        (&long, Some(Column::Name), K::TooLong { limit: 64 }, 0),
        ("1,1,101,,\"张三,,,,,,\n", None, K::BrokenQuotes, 1),
    ] {
        let cleaned = cleaned(row);
        if kind != K::Totals || persons == 0 {
            let first = cleaned.issues.first().unwrap_or_else(|| panic!("{row}"));
            assert_eq!(
                (first.line, first.column, &first.kind),
                (Some(2), column, &kind),
                "{row}"
            );
            assert_eq!(cleaned.persons.len(), persons, "{row}");
        }
        let refused = cleaned
            .issues
            .iter()
            .any(|i| i.severity() == Severity::Refused);
        assert_eq!(refused, cleaned.counts.refused == 1, "{row}");
        for issue in &cleaned.issues {
            let (zh, en) = (issue.sentence(Lang::ZhCn), issue.sentence(Lang::En));
            assert!(zh.starts_with("第 2 行") && zh.ends_with('。'), "{zh}");
            assert!(en.starts_with("Row 2") && en.ends_with('.'), "{en}");
            for value in ["张三", "13900000001", "110101195610124045", "WB12345"] {
                assert!(
                    !zh.contains(value) && !en.contains(value),
                    "a sentence holds a value"
                );
            }
        }
    }
}

#[test]
fn a_doubtful_cell_is_kept_beside_its_issue_and_in_the_person() {
    let cleaned = cleaned("1,1,101,,张三,１39000,11010119561012404５,,,临牌,\n");
    let person = &cleaned.persons[0].person;
    assert_eq!(
        person.text(Column::IdNumber).unwrap().reveal(),
        "110101195610124045"
    );
    assert_eq!(person.accepted_id(), None);
    assert_eq!(person.text(Column::Phone).unwrap().reveal(), "139000");
    assert_eq!(person.text(Column::Plate).unwrap().reveal(), "临牌");
    let cells: Vec<&str> = cleaned
        .issues
        .iter()
        .map(|i| i.cell.as_ref().unwrap().reveal().as_str())
        .collect();
    assert_eq!(cells, ["１39000", "临牌", "11010119561012404５"]);
}

#[test]
fn one_broken_row_hides_none_of_the_others() {
    let mut rows = String::new();
    for n in 1..=1000 {
        rows.push_str(&match n {
            900 => "1,1,\"900,,张三,,,,,,\n".to_owned(),
            901 => ",,,,,,,,,,孤零零\n".to_owned(),
            n => format!("1,1,{n},,张三,,,,,,\n"),
        });
    }
    let cleaned = cleaned(&rows);
    assert_eq!(
        (
            cleaned.counts.rows,
            cleaned.counts.persons,
            cleaned.counts.refused
        ),
        (1000, 999, 1)
    );
    assert_eq!(cleaned.persons.last().unwrap().line, 1001);
    let broken: Vec<_> = cleaned
        .issues
        .iter()
        .map(|i| (i.line.unwrap(), i.kind.clone()))
        .collect();
    assert_eq!(
        broken,
        [
            (901, IssueKind::BrokenQuotes),
            (902, IssueKind::UnitMissing)
        ]
    );
}

#[test]
fn area_and_use_belong_to_the_unit_and_disagreement_is_told() {
    let rows = "1,1,101,,张三,,,,自住,,\n1幢,一单元,１０１,89.2,李四,,,,自用,,\n1,1,101,89.20,王五,,,,出租,,\n1,1,101,90,赵六,,,,自住,,\n";
    let cleaned = cleaned(rows);
    let unit = &cleaned.units[&"1-1-101".parse::<UnitKey>().unwrap()];
    assert_eq!(
        (cleaned.units.len(), unit.area.unwrap().to_string()),
        (1, "89.2".to_owned())
    );
    assert_eq!(unit.usage.as_ref().unwrap().word(), "自住");
    assert_eq!(
        issues(rows),
        [
            (4, Some(Column::Use), IssueKind::UseDisagrees { first: 2 }),
            (5, Some(Column::Area), IssueKind::AreaDisagrees { first: 3 }),
        ]
    );
}

/// A column of mobile numbers under "Cell" was taken for the grid, which every household reads.
#[test]
fn a_phone_number_in_the_column_of_cells_stays_out_and_is_told() {
    assert_eq!(Column::from_heading("Cell"), None);
    let file = "楼栋,单元,房号,网格,姓名\n1,1,101,13900008480,张三\n1,1,102,110101194709155761,李四\n1,1,103,王五,王五\n";
    let sheet = crate::register::read(file.as_bytes(), "r.csv", &mut |_, _| ()).unwrap();
    let cleaned = clean(&sheet, date(2026, 11, 22));
    assert!(cleaned.units.values().all(|unit| unit.cell.is_none()));
    let told: Vec<_> = cleaned.issues.iter().map(|i| (i.line, &i.kind)).collect();
    assert_eq!(told, [2, 3, 4].map(|line| (Some(line), &IssueKind::Grid)));
}

#[test]
fn a_grid_cell_belongs_to_the_unit_and_is_read_in_any_spelling() {
    let file = "楼栋,单元,房号,所属网格,姓名\n1,1,101,第2网格,张三\n1,1,101,02,李四\n1,1,101,3,王五\n1,1,102,/,赵六\n1,1,103,2/3,孙七\n";
    let sheet = crate::register::read(file.as_bytes(), "r.csv", &mut |_, _| ()).unwrap();
    let cleaned = clean(&sheet, date(2026, 11, 22));
    let cell = |unit: &str| {
        let unit = &cleaned.units[&unit.parse::<UnitKey>().unwrap()];
        unit.cell.as_ref().map(ToString::to_string)
    };
    assert_eq!(cell("1-1-101").as_deref(), Some("02"));
    assert_eq!((cell("1-1-102"), cell("1-1-103")), (None, None));
    let told: Vec<(Option<u32>, &IssueKind)> =
        cleaned.issues.iter().map(|i| (i.line, &i.kind)).collect();
    assert_eq!(
        told,
        [
            (Some(4), &IssueKind::GridDisagrees { first: 2 }),
            (Some(6), &IssueKind::Grid)
        ]
    );
    for issue in &cleaned.issues {
        assert!(
            issue.sentence(Lang::ZhCn).ends_with('。') && issue.sentence(Lang::En).ends_with('.')
        );
    }
}

#[test]
fn a_vacant_unit_needs_no_name() {
    let cleaned = cleaned("1,1,101,89.2,,,,,空置,,\n1,1,102,,空置,,,,,,\n1,1,103,,无,,,户主,,,\n");
    assert_eq!(
        (
            cleaned.units.len(),
            cleaned.counts.without_person,
            cleaned.persons.len()
        ),
        (3, 3, 0)
    );
    assert_eq!(cleaned.issues, []);
}

#[test]
fn people_who_stand_there_twice_are_found_and_told_apart() {
    const A: &str = "110101195610124044";
    const B: &str = "110101201810229092";
    use RepeatKind as R;
    for (rows, kind) in [
        (
            format!("1,1,101,,张三,,{A},户主,,,\n1幢,1,101,,张 三,,{A},本人,,,\n"),
            Some(R::Same),
        ),
        (
            "1,1,101,,张三,,,户主,,,\n1,1,101,,张三,,,,,,\n".to_owned(),
            Some(R::Same),
        ),
        (
            format!("1,1,101,,张三,13900000001,,,,,\n1,1,101,,张三,13900000002,{A},,,,注\n"),
            Some(R::Adds(vec![Column::Phone, Column::IdNumber, Column::Note])),
        ),
        (
            "1,1,101,,张三,,,户主,,,甲\n1,1,101,,张三,,,子,,,乙\n".to_owned(),
            Some(R::Differs(vec![Column::Relation, Column::Note])),
        ),
        // A row copied and its name overtyped, the ID number forgotten.
        (
            format!("1,1,101,,张三,,{A},,,,\n1,1,101,,李四,,{A},,,,\n"),
            Some(R::Differs(vec![Column::Name])),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,\n2,1,101,,张三,,{A},,,,\n"),
            Some(R::OtherUnit),
        ),
        (
            format!("1,1,101,,张三,,{A},,,,\n1,1,101,,张三,,{B},,,,\n"),
            None,
        ),
        (
            "1,1,101,,张三,,,,,,\n1,1,102,,张三,,,,,,\n".to_owned(),
            None,
        ),
        // Not accepted, so it identifies nobody.
        (
            "1,1,101,,张三,,110101195610124045,,,,\n2,1,101,,李四,,110101195610124045,,,,\n"
                .to_owned(),
            None,
        ),
    ] {
        let cleaned = cleaned(&rows);
        assert_eq!(
            cleaned.repeats.first().map(|r| r.kind.clone()),
            kind,
            "{rows}"
        );
        assert_eq!(cleaned.persons.len() + cleaned.repeats.len(), 2);
    }
    let added = cleaned(&format!(
        "1,1,101,,张三,13900000001,,,,,\n1,1,101,,张三,13900000002,{A},,,,注\n"
    ));
    let person = &added.persons[0].person;
    assert_eq!(
        person.text(Column::Phone).unwrap().reveal(),
        "13900000001、13900000002"
    );
    assert_eq!(
        (
            person.accepted_id(),
            person.note.as_ref().unwrap().reveal().as_str()
        ),
        (Some(A), "注")
    );
    let two = issues(&format!("1,1,101,,张三,,{A},,,,\n1,1,101,,张三,,{B},,,,\n"));
    assert_eq!(
        two,
        [(3, Some(Column::IdNumber), IssueKind::NameTwice { first: 2 })]
    );
}

#[test]
fn a_plate_on_two_people_is_told() {
    let rows = "1,1,101,,张三,,,,,京A12345,\n1,1,102,,李四,,,,,京A·12345,\n";
    assert_eq!(
        issues(rows),
        [(3, Some(Column::Plate), IssueKind::PlateTwice { first: 2 })]
    );
    assert_eq!(
        cleaned(rows)
            .vehicles()
            .map(|v| (v.line, v.unit.to_string()))
            .last(),
        Some((3, "1-1-102".to_owned()))
    );
}

#[test]
fn headings_are_found_under_titles_in_any_order_and_by_any_name() {
    let read = |file: &str| register::read(file.as_bytes(), "", &mut |_, _| ());
    let file = "青松园台账,,,,,\n填写说明:楼栋必填,,,,,\n\n序号,联系电话(手机),住户姓名 *,室号,幢号,门栋,手机\n1,13900000001,张三,501,3#,,13900000002\n";
    let sheet = read(file).unwrap();
    assert_eq!((sheet.header_row, sheet.rows[0].line), (4, 5));
    assert_eq!(sheet.unread, ["序号", "门栋"]);
    let cleaned = clean(&sheet, date(2026, 11, 22));
    let person = &cleaned.persons[0].person;
    assert_eq!(
        (person.unit.to_string().as_str(), person.phones.len()),
        ("3-0-501", 2)
    );
    let kinds: Vec<_> = cleaned
        .issues
        .iter()
        .map(|i| (i.line, i.severity()))
        .collect();
    assert_eq!(kinds, [(None, Severity::Note); 2]);

    let two_rows = "房屋,,住户,,备注\n楼号,房间号,姓名,证件号码,\n1,101,张三,,注\n";
    let sheet = read(two_rows).unwrap();
    assert_eq!(
        (
            sheet.header_row,
            sheet.columns.contains(&Column::Note),
            sheet.rows.len()
        ),
        (2, true, 1)
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let cleaned = cleaned("1,1,101,,张三,,,,,,\"两\r\n行\"\n\n,,,,,,,,,,\n1,1,102,,李四,,,,,,\n");
    let lines: Vec<u32> = cleaned.persons.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5]);
}
