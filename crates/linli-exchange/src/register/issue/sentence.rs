//! The sentences of [`Issue`], Chinese and English side by side.

use super::{Issue, IssueKind};
use crate::register::{Column, IdDoubt, Lang};

pub(super) fn of(issue: &Issue, lang: Lang) -> String {
    let column = issue.column.map(|column| column.heading(lang));
    match lang {
        Lang::ZhCn => {
            let place = match (issue.line, column) {
                (Some(line), Some(column)) => format!("第 {line} 行「{column}」:"),
                (Some(line), None) => format!("第 {line} 行:"),
                (None, _) => String::new(),
            };
            place + &zh(&issue.kind)
        }
        Lang::En => {
            let place = match (issue.line, column) {
                (Some(line), Some(column)) => format!("Row {line}, {column}: "),
                (Some(line), None) => format!("Row {line}: "),
                (None, _) => String::new(),
            };
            place + &en(&issue.kind)
        }
    }
}

fn zh(kind: &IssueKind) -> String {
    match kind {
        IssueKind::UnitMissing => "没有写明楼栋或房号,该行未导入;请补上后重新导入。".to_owned(),
        IssueKind::UnitUnreadable => {
            "看不懂这个写法,该行未导入;请改成数字,如 3号楼、2单元、501。".to_owned()
        }
        IssueKind::UnitDisagrees => {
            "房号里写的楼栋或单元与本行另一列不一致,已按另一列导入;请核对。".to_owned()
        }
        IssueKind::NameMissing => "有电话、证件或车牌却没有姓名,该行未导入;请补上姓名。".to_owned(),
        IssueKind::TooLong { limit } => {
            format!("内容超过 {limit} 个字,未导入这一格;请缩短或移到别处。")
        }
        IssueKind::Id { doubt } => {
            format!("{}原样保留,但不据此认人;请核对证件。", doubt_zh(*doubt))
        }
        IssueKind::Phone => "不像是电话号码,已原样保留;请核对。".to_owned(),
        IssueKind::Plate => "不像是国内车牌,已原样保留;请核对。".to_owned(),
        IssueKind::PlateTwice { first } => {
            format!("同一车牌在第 {first} 行已登记,两处都已保留;请核对车主。")
        }
        IssueKind::Area => "不是面积,未导入这一格;请填平方米数。".to_owned(),
        IssueKind::AreaDisagrees { first } => {
            format!("与第 {first} 行同一房屋的面积不同,以第 {first} 行为准;请核对。")
        }
        IssueKind::Grid => "看不懂是哪个网格,未导入这一格;请写编号,如 02。".to_owned(),
        IssueKind::GridDisagrees { first } => {
            format!("与第 {first} 行同一房屋的网格不同,以第 {first} 行为准;请核对。")
        }
        IssueKind::UseDisagrees { first } => {
            format!("与第 {first} 行同一房屋的居住性质不同,以第 {first} 行为准;请核对。")
        }
        IssueKind::UseUnknown => "不是常用的居住性质,已按原文保留。".to_owned(),
        IssueKind::NoteWithoutPerson => {
            "该行没有住户,备注无处可记,未导入;请记到住户名下。".to_owned()
        }
        IssueKind::Repeats { first } => format!("与第 {first} 行重复,只导入一次。"),
        IssueKind::Adds { first } => {
            format!("与第 {first} 行是同一人,已把多出的内容并入第 {first} 行。")
        }
        IssueKind::RepeatDiffers { first, columns } => {
            format!(
                "与第 {first} 行像是同一人,但{}不同;请决定以哪行为准。",
                headings(columns, Lang::ZhCn)
            )
        }
        IssueKind::IdInOtherUnit { first } => {
            format!("证件号与第 {first} 行相同,房屋却不同;请确认是同一人有两处房屋,还是号码填错。")
        }
        IssueKind::NameTwice { first } => {
            format!("与第 {first} 行同屋同名而证件号不同,按两个人导入;请核对。")
        }
        IssueKind::Totals => "是合计行,已跳过。".to_owned(),
        IssueKind::BrokenQuotes => "有一个引号没有配对,已按没有引号读取;请核对这一行。".to_owned(),
        IssueKind::SheetNotRead {
            sheet,
            hidden: false,
        } => {
            format!("工作表「{sheet}」也像登记表,这次没有读取;如需导入,请另存为单独的文件。")
        }
        IssueKind::SheetNotRead {
            sheet,
            hidden: true,
        } => format!("隐藏的工作表「{sheet}」没有读取。"),
        IssueKind::ColumnNotRead { heading } => format!("「{heading}」列不在导入范围内,没有读取。"),
    }
}

fn en(kind: &IssueKind) -> String {
    match kind {
        IssueKind::UnitMissing => {
            "building or room is missing, so the row was not imported; fill it in and import again.".to_owned()
        }
        IssueKind::UnitUnreadable => {
            "cannot be read as an address, so the row was not imported; use numbers, such as 3, 2, 501.".to_owned()
        }
        IssueKind::UnitDisagrees => {
            "the room names another building or stair than that column, which was used; please check.".to_owned()
        }
        IssueKind::NameMissing => {
            "a phone, ID or plate without a name, so the row was not imported; fill in the name.".to_owned()
        }
        IssueKind::TooLong { limit } => {
            format!("longer than {limit} characters, so the cell was left out; shorten it or move it elsewhere.")
        }
        IssueKind::Id { doubt } => {
            format!("{} It is kept, but identifies nobody; please check the document.", doubt_en(*doubt))
        }
        IssueKind::Phone => "does not look like a phone number; kept as written, please check.".to_owned(),
        IssueKind::Plate => "does not look like a Chinese plate; kept as written, please check.".to_owned(),
        IssueKind::PlateTwice { first } => {
            format!("the same plate is in row {first}; both are kept, please check whose it is.")
        }
        IssueKind::Area => "is no area, so the cell was left out; give square metres.".to_owned(),
        IssueKind::AreaDisagrees { first } => {
            format!("row {first} states another area for this unit and was used; please check.")
        }
        IssueKind::Grid => "names no grid cell, so the cell was left out; give its number, such as 02.".to_owned(),
        IssueKind::GridDisagrees { first } => {
            format!("row {first} states another grid cell for this unit and was used; please check.")
        }
        IssueKind::UseDisagrees { first } => {
            format!("row {first} states another use for this unit and was used; please check.")
        }
        IssueKind::UseUnknown => "is none of the usual uses; kept as written.".to_owned(),
        IssueKind::NoteWithoutPerson => {
            "nobody is in this row, so its note has nowhere to go and was left out; put it beside a person.".to_owned()
        }
        IssueKind::Repeats { first } => format!("repeats row {first}; imported once."),
        IssueKind::Adds { first } => format!("is the same person as row {first}; what it adds was put there."),
        IssueKind::RepeatDiffers { first, columns } => format!(
            "seems to be the same person as row {first}, but differs in {}; please decide which is right.",
            headings(columns, Lang::En)
        ),
        IssueKind::IdInOtherUnit { first } => format!(
            "the ID number is that of row {first}, in another unit; is it one person with two homes, or a slip?"
        ),
        IssueKind::NameTwice { first } => {
            format!("same unit and name as row {first} with another ID number; imported as two people, please check.")
        }
        IssueKind::Totals => "is a row of totals; passed over.".to_owned(),
        IssueKind::BrokenQuotes => {
            "a quotation mark is not closed; the row was read without it, please check it.".to_owned()
        }
        IssueKind::SheetNotRead { sheet, hidden: false } => format!(
            "The sheet \"{sheet}\" looks like a register too and was not read; to import it, save it as a file of its own."
        ),
        IssueKind::SheetNotRead { sheet, hidden: true } => format!("The hidden sheet \"{sheet}\" was not read."),
        IssueKind::ColumnNotRead { heading } => format!("The column \"{heading}\" is not imported."),
    }
}

fn doubt_zh(doubt: IdDoubt) -> &'static str {
    match doubt {
        IdDoubt::StoredAsNumber => "证件号被存成了数字,末几位已丢失。",
        IdDoubt::OldForm => "是旧的 15 位号码。",
        IdDoubt::Length => "不是 18 位身份证号(可能是其他证件)。",
        IdDoubt::Characters => "含有身份证号里不该有的字符。",
        IdDoubt::Division => "开头两位不是任何省份的代码。",
        IdDoubt::Date => "其中的出生日期不存在。",
        IdDoubt::Future => "其中的出生日期在今天之后。",
        IdDoubt::CheckCharacter => "校验位不对,至少有一位写错。",
    }
}

fn doubt_en(doubt: IdDoubt) -> &'static str {
    match doubt {
        IdDoubt::StoredAsNumber => "the ID was stored as a number and has lost its last digits.",
        IdDoubt::OldForm => "is the old form of 15 digits.",
        IdDoubt::Length => "does not have 18 characters (it may be another document).",
        IdDoubt::Characters => "has characters that no ID number has.",
        IdDoubt::Division => "its first two digits are no province.",
        IdDoubt::Date => "its date of birth does not exist.",
        IdDoubt::Future => "its date of birth is after today.",
        IdDoubt::CheckCharacter => "its check character is wrong: at least one digit is.",
    }
}

fn headings(columns: &[Column], lang: Lang) -> String {
    let names: Vec<&str> = columns.iter().map(|c| c.heading(lang)).collect();
    names.join(match lang {
        Lang::ZhCn => "、",
        Lang::En => ", ",
    })
}
