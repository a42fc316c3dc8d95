//! The sentences of [`ReadError`], Chinese and English side by side.

use super::{DamagedPart, FileKind, Lang, Limit, ReadError};
use crate::register::{Column, Encoding};

pub(super) fn of(error: &ReadError, lang: Lang) -> String {
    let (happened, next) = match lang {
        Lang::ZhCn => zh(error),
        Lang::En => en(error),
    };
    match lang {
        Lang::ZhCn => format!("{happened}没有导入任何内容,现有登记未变。{next}"),
        Lang::En => {
            format!("{happened} Nothing was imported, and the register is as it was. {next}")
        }
    }
}

fn zh(error: &ReadError) -> (String, String) {
    match error {
        ReadError::NotASheet { found } => {
            let (what, next) = kind_zh(*found);
            (
                format!("这个文件是{what},不是可读取的登记表。"),
                next.to_owned(),
            )
        }
        ReadError::MissingColumns { missing, found } => (
            format!("没有找到必需的列:{}。", headings(missing, Lang::ZhCn)),
            if found.is_empty() {
                "请确认表中有一行表头,至少含楼栋、房号、姓名三列。".to_owned()
            } else {
                format!(
                    "已认出:{}。请补上缺少的列或改正表头后重试。",
                    headings(found, Lang::ZhCn)
                )
            },
        ),
        ReadError::BrokenEncoding { row, encoding } => (
            format!(
                "第 {row} 行含有不属于 {} 编码的字节,文字已损坏。",
                encoding_name(*encoding)
            ),
            "请用原来的软件打开,检查该行,另存为 XLSX 或 UTF-8 编码的 CSV 后重试。".to_owned(),
        ),
        ReadError::Empty => (
            "文件里没有登记内容。".to_owned(),
            "请确认选对了文件,并且表头下面有数据。".to_owned(),
        ),
        ReadError::TooLarge { limit } => (
            format!("文件超出了导入上限({})。", limit_zh(*limit)),
            "请按楼栋拆成几个文件分别导入;如果文件来历不明,请不要打开。".to_owned(),
        ),
        ReadError::Damaged { part } => (
            format!("工作簿已损坏({})。", part_zh(*part)),
            "请重新下载或复制文件;如果 Excel 或 WPS 还能打开,请另存为新的 XLSX 后重试。".to_owned(),
        ),
    }
}

fn en(error: &ReadError) -> (String, String) {
    match error {
        ReadError::NotASheet { found } => {
            let (what, next) = kind_en(*found);
            (format!("This file is {what}, not a register that can be read."), next.to_owned())
        }
        ReadError::MissingColumns { missing, found } => (
            format!("Required columns were not found: {}.", headings(missing, Lang::En)),
            if found.is_empty() {
                "Check that one row has headings, with at least building, room and name.".to_owned()
            } else {
                format!(
                    "Found: {}. Add what is missing, or correct the headings, and try again.",
                    headings(found, Lang::En)
                )
            },
        ),
        ReadError::BrokenEncoding { row, encoding } => (
            format!("Row {row} holds bytes that are not {}: its text is damaged.", encoding_name(*encoding)),
            "Open the file where it was made, check that row, save it as XLSX or as CSV in UTF-8, and try again."
                .to_owned(),
        ),
        ReadError::Empty => (
            "There are no entries in the file.".to_owned(),
            "Check that it is the right file and that rows stand below the headings.".to_owned(),
        ),
        ReadError::TooLarge { limit } => (
            format!("The file is over the limit of an import ({}).", limit_en(*limit)),
            "Split it by building and import the parts; if you do not know where it comes from, do not open it."
                .to_owned(),
        ),
        ReadError::Damaged { part } => (
            format!("The workbook is damaged ({}).", part_en(*part)),
            "Download or copy it again; if Excel or WPS still opens it, save it as a new XLSX and try again."
                .to_owned(),
        ),
    }
}

fn kind_zh(kind: FileKind) -> (&'static str, &'static str) {
    const CHOOSE: &str = "请选择 XLSX 或 CSV 格式的登记表。";
    const RESAVE: &str = "请用 Excel 或 WPS 打开,另存为 XLSX 后重试。";
    match kind {
        FileKind::Pdf => (" PDF 文档", "请向制表人要原始的 XLSX 或 CSV 文件。"),
        FileKind::Picture => ("图片", "请向制表人要原始的 XLSX 或 CSV 文件。"),
        FileKind::Word => (
            " Word 文档",
            "请把表格复制到 Excel 或 WPS 表格中,存为 XLSX 后重试。",
        ),
        FileKind::Slides => ("演示文稿", CHOOSE),
        FileKind::OldExcel => ("旧版 Excel 文件(.xls)", RESAVE),
        FileKind::BinaryExcel => (" Excel 二进制工作簿(.xlsb)", RESAVE),
        FileKind::PasswordProtected => (
            "加了密码的文件",
            "请用 Excel 或 WPS 打开,去掉密码,另存后重试。",
        ),
        FileKind::OpenDocument => (" OpenDocument 文件", RESAVE),
        FileKind::WebPage => ("网页(有些网站把网页存成 .xls)", RESAVE),
        FileKind::Xml => (" XML 文件", RESAVE),
        FileKind::RichText => ("富文本(.rtf)", CHOOSE),
        FileKind::Archive => ("压缩包", "请先解压,再选择其中的 XLSX 或 CSV 文件。"),
        FileKind::Unknown => ("无法识别的二进制文件", CHOOSE),
    }
}

fn kind_en(kind: FileKind) -> (&'static str, &'static str) {
    const CHOOSE: &str = "Choose a register in XLSX or CSV.";
    const RESAVE: &str = "Open it in Excel or WPS, save it as XLSX, and try again.";
    match kind {
        FileKind::Pdf => (
            "a PDF",
            "Ask whoever made it for the XLSX or CSV behind it.",
        ),
        FileKind::Picture => (
            "a picture",
            "Ask whoever made it for the XLSX or CSV behind it.",
        ),
        FileKind::Word => (
            "a Word document",
            "Copy its table into Excel or WPS, save that as XLSX, and try again.",
        ),
        FileKind::Slides => ("a slide show", CHOOSE),
        FileKind::OldExcel => ("an old Excel file (.xls)", RESAVE),
        FileKind::BinaryExcel => ("a binary Excel workbook (.xlsb)", RESAVE),
        FileKind::PasswordProtected => (
            "locked with a password",
            "Open it in Excel or WPS, remove the password, save it, and try again.",
        ),
        FileKind::OpenDocument => ("an OpenDocument file", RESAVE),
        FileKind::WebPage => ("a web page (some sites save one as .xls)", RESAVE),
        FileKind::Xml => ("XML", RESAVE),
        FileKind::RichText => ("rich text (.rtf)", CHOOSE),
        FileKind::Archive => (
            "an archive",
            "Unpack it first, then choose the XLSX or CSV inside.",
        ),
        FileKind::Unknown => ("of an unknown binary kind", CHOOSE),
    }
}

fn limit_zh(limit: Limit) -> &'static str {
    match limit {
        Limit::FileBytes => "64 MiB",
        Limit::Rows => "200,000 行",
        Limit::Unpacked => "解压后过大",
        Limit::Text => "文字总量过大",
    }
}

fn limit_en(limit: Limit) -> &'static str {
    match limit {
        Limit::FileBytes => "64 MiB",
        Limit::Rows => "200,000 rows",
        Limit::Unpacked => "far too large once unpacked",
        Limit::Text => "far too much text",
    }
}

fn part_zh(part: DamagedPart) -> String {
    match part {
        DamagedPart::Container => "文件不完整".to_owned(),
        DamagedPart::Workbook => "工作表目录".to_owned(),
        DamagedPart::Texts => "文字表".to_owned(),
        DamagedPart::Sheet { row: 0 } => "工作表开头".to_owned(),
        DamagedPart::Sheet { row } => format!("工作表第 {row} 行附近"),
    }
}

fn part_en(part: DamagedPart) -> String {
    match part {
        DamagedPart::Container => "the file is not whole".to_owned(),
        DamagedPart::Workbook => "its list of sheets".to_owned(),
        DamagedPart::Texts => "its table of texts".to_owned(),
        DamagedPart::Sheet { row: 0 } => "the beginning of a sheet".to_owned(),
        DamagedPart::Sheet { row } => format!("a sheet, near row {row}"),
    }
}

fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Workbook => "XLSX",
        Encoding::Utf8 => "UTF-8",
        Encoding::Gb18030 => "GB 18030",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
    }
}

fn headings(columns: &[Column], lang: Lang) -> String {
    let names: Vec<&str> = columns.iter().map(|c| c.heading(lang)).collect();
    names.join(match lang {
        Lang::ZhCn => "、",
        Lang::En => ", ",
    })
}
