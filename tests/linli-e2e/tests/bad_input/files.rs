//! Files that are no register.

use linli_e2e::estate::Estate;
use linli_e2e::exe;
use linli_e2e::home::Home;

/// What the home shows and keeps; the same before and after a refusal.
fn traces(home: &Home) -> String {
    let status = home.must(&["status"]);
    let digest = home.must(&["digest"]);
    let batch = home.run(&["registry", "issues", "b1"]).code;
    format!("{} {} {batch:?}", status["counts"], digest["digest"])
}

fn refused(bytes: impl AsRef<[u8]>, name: &str, says: [&str; 2]) {
    let estate = Estate::found();
    let office = &estate.office;
    let before = traces(office);
    let file = estate.file(name, bytes);
    let import = ["registry", "import", &file];
    let object = office.refused(&import, 3, "register-unreadable");
    let message = object["error"]["message"].as_str().unwrap();
    for word in says {
        assert!(
            message.contains(word),
            "{name}: {word:?} is not in {message:?}"
        );
    }
    assert_eq!(traces(office), before, "{name}");
    let good = exe::sample("registry-small-utf8.csv");
    office.must(&["registry", "import", good.to_str().unwrap()]);
    office.must(&["registry", "apply", "b1"]);
}

#[test]
fn a_pdf_is_no_register() {
    refused(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "花名册.pdf",
        ["PDF", "Nothing was imported"],
    );
}

#[test]
fn a_picture_that_was_renamed_to_xlsx_is_no_register() {
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 64]].concat();
    refused(png, "花名册.xlsx", ["a picture", "Nothing was imported"]);
}

#[test]
fn a_workbook_that_is_cut_off_is_damaged() {
    let whole = std::fs::read(exe::sample("registry-fengshengyuan.xlsx")).unwrap();
    refused(
        &whole[..whole.len() / 2],
        "half.xlsx",
        ["damaged", "copy it again"],
    );
}

#[test]
fn a_sheet_without_the_needed_columns_names_them() {
    let text = "姓名,手机号码,车牌号\n张三,13900000001,京A12345\n";
    refused(text, "no-units.csv", ["building, room", "name, phone"]);
}

#[test]
fn an_empty_file_has_no_entries() {
    refused("", "empty.csv", ["no entries", "headings"]);
}

#[test]
fn an_import_that_fails_at_row_900_has_written_nothing() {
    // Row 900 of the file is broken, in an encoding that the other 1,199 rows make clear.
    for (utf8, broken, encoding) in [
        (
            true,
            &b"1\xe5\x8f\xb7\xe6\xa5\xbc,1,101,\xe7\x8e\xff\xfe"[..],
            "UTF-8",
        ),
        (false, &b"1,1,101,\xff\xff\xff"[..], "GB 18030"),
    ] {
        let mut bytes = Vec::new();
        for (at, line) in linli_exchange::sample::csv(1200).lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}');
            if at == 899 {
                bytes.extend_from_slice(broken);
            } else if utf8 {
                bytes.extend_from_slice(line.as_bytes());
            } else {
                bytes.extend_from_slice(&encoding_rs::GB18030.encode(line).0);
            }
            bytes.extend_from_slice(b"\r\n");
        }
        refused(bytes, "row900.csv", ["Row 900", encoding]);
    }
}

#[test]
fn paths_that_lead_to_no_file_are_told_apart() {
    let estate = Estate::found();
    let office = &estate.office;
    let before = traces(office);
    let folder = estate.root().to_str().unwrap();
    office.refused(&["registry", "import", folder], 3, "file-is-folder");
    let nothing = format!("{folder}/none.xlsx");
    office.refused(&["registry", "import", &nothing], 6, "file-not-found");
    office.refused(&["registry", "apply", "b1"], 6, "no-batch");
    office.refused(&["registry", "undo", "b7"], 6, "no-batch");
    let body = estate.file("body.txt", b"\xff\xfe\xfa");
    office.refused(
        &["notice", "publish", "--title", "t", "--body-file", &body],
        3,
        "text-not-utf8",
    );
    office.refused(&["gate", "check", "LL1:AAAA"], 4, "not-a-gate");
    assert_eq!(traces(office), before);
}
