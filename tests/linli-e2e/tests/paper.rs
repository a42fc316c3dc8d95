//! Paper as real processes: a pass printed in a flat is held before a gate, and the gate's own day sheet is printed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST, NEIGHBOUR};
use std::path::Path;
use std::process::Command;

/// A program of poppler-utils; the step of the tests installs it.
fn poppler(program: &str, args: &[&str]) {
    let done = Command::new(program).args(args).output();
    let done = done.unwrap_or_else(|e| panic!("{program} is missing (apt: poppler-utils): {e}"));
    assert!(done.status.success(), "{program}: {done:?}");
}

fn words_of(pdf: &Path) -> String {
    let out = pdf.with_extension("txt");
    let args = [
        "-enc",
        "UTF-8",
        pdf.to_str().unwrap(),
        out.to_str().unwrap(),
    ];
    poppler("pdftotext", &args);
    std::fs::read_to_string(out).unwrap()
}

/// What a scanner or phone makes of the page, at this many dots an inch.
fn photographed(pdf: &Path, dpi: &str) -> String {
    let stem = pdf.with_extension("");
    let args = ["-r", dpi, "-jpeg", "-singlefile"];
    let files = [pdf.to_str().unwrap(), stem.to_str().unwrap()];
    poppler("pdftoppm", &[&args[..], &files].concat());
    pdf.with_extension("jpg").to_str().unwrap().to_owned()
}

#[test]
fn a_printed_pass_is_admitted_off_its_paper_and_the_day_sheet_says_who_is_expected() {
    let estate = Estate::found();
    let (office, gate, house) = (&estate.office, estate.home("gate"), estate.home("house"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    estate::enrol(office, &house, &["--unit", HOST]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let house_node = Daemon::start(&house, &[office_node.addr(), gate_node.addr()]);
    estate::until_online(&house, 2);
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(4 * 3600));
    let issue = |label: &str, more: &[&str]| {
        let what = ["pass", "issue", "--label", label, "--gate", "1"];
        let when = ["--from", from.as_str(), "--until", until.as_str()];
        house.must(&[&what[..], &when, more].concat())
    };
    let card = estate.root().join("card.pdf");
    let page = estate.root().join("page.pdf");
    let wang = issue("王*", &["--pdf", card.to_str().unwrap()]);
    let week = [
        "--kind",
        "worker",
        "--entries",
        "0",
        "--window",
        "Mon-Sun,00:00-24:00",
    ];
    issue("刘阿姨", &week);
    issue("张*", &["--plate", "京Q88B26", "--companions", "2"]);
    let id = wang["id"].as_str().unwrap();
    house.must(&[
        "pass",
        "show",
        id,
        "--pdf",
        page.to_str().unwrap(),
        "--paper",
        "a4",
    ]);
    for pdf in [&card, &page] {
        let words = words_of(pdf);
        for word in ["王*", HOST, wang["short_code"].as_str().unwrap()] {
            assert!(words.contains(word), "{word} in {words}");
        }
    }
    house.must(&[
        "gate",
        "refuse",
        "add",
        "--name",
        "推销员",
        "--reason",
        "多次上门",
    ]);
    clock::until(
        "the gate has heard of all three and of the refusal",
        NEIGHBOUR,
        || {
            let lists = gate.must(&["gate", "refuse", "list"]);
            gate.must(&["gate", "status"])["grants"] == 3
                && lists["refusals"][0]["name"] == "推销员"
        },
    );

    let sheet = estate.root().join("sheet.pdf");
    let told = gate.must(&["gate", "sheet", "--pdf", sheet.to_str().unwrap()]);
    assert_eq!(
        (&told["expected"], &told["inside"]),
        (&3.into(), &0.into()),
        "{told}"
    );
    let words = words_of(&sheet);
    for word in ["王*", "刘阿姨", "张* +2", "京Q88B26", "推销员", HOST] {
        assert!(words.contains(word), "{word} in {words}");
    }

    let picture = photographed(&card, "200");
    let admitted = gate.must(&["gate", "check", "--image", &picture]);
    assert_eq!(
        (&admitted["result"], &admitted["label"]),
        (&"ADMIT".into(), &"王*".into()),
        "{admitted}"
    );
    let told = gate.must(&["gate", "sheet", "--pdf", sheet.to_str().unwrap()]);
    assert_eq!(
        (&told["expected"], &told["inside"]),
        (&2.into(), &1.into()),
        "{told}"
    );
    // The same code on the larger paper is the same pass: used.
    let picture = photographed(&page, "100");
    let again = gate.run(&["gate", "check", "--image", &picture]);
    assert!(
        ["E_USED", "E_REPEAT"]
            .iter()
            .any(|code| again.data()["code"] == *code),
        "{again:?}"
    );
    // A place that cannot be written is refused before there is a pass.
    let nowhere = estate.root().join("none/card.pdf");
    let what = [
        "pass",
        "issue",
        "--label",
        "赵*",
        "--gate",
        "1",
        "--pdf",
        nowhere.to_str().unwrap(),
    ];
    let when = ["--from", from.as_str(), "--until", until.as_str()];
    house.refused(&[&what[..], &when].concat(), 8, "file-not-written");
    gate_node.stop();
    house_node.stop();
    office_node.stop();
}
