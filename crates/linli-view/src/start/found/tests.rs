//! Founding as text, and what it asks of the form.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{en, zh};
use proptest::prelude::*;

fn paper() -> Box<Paper> {
    let words: Vec<String> = (1..=24).map(|at| format!("word{at}")).collect();
    Box::new(Paper {
        words: Passphrase(words.join(" ")),
        ask: [7, 24],
    })
}

fn filled() -> FoundDraft {
    FoundDraft {
        name: " 朝阳花园 ".into(),
        office: "居委会".into(),
        gates: "东门，西门、 ,后门".into(),
        ..FoundDraft::default()
    }
}

#[test]
fn the_form_names_what_is_missing_in_the_order_of_its_fields() {
    let mut draft = FoundDraft::default();
    assert_eq!(draft.missing("", ""), Some("no-name"));
    draft.name = "朝阳花园".into();
    assert_eq!(draft.missing("", ""), Some("no-office"));
    draft.office = "居委会".into();
    assert_eq!(draft.missing("", ""), None, "gates may come later");
    for wrong in ["8", "+8:00", "+25:00", "08:00", "+08:60", "+08", "+-1:00"] {
        draft.offset = wrong.into();
        assert_eq!(draft.missing("", ""), Some("bad-offset"), "{wrong}");
    }
    draft.offset = "-03：30".into();
    assert_eq!(draft.missing("", ""), None);
    draft.gates = vec!["门"; 16].join(",");
    assert_eq!(draft.missing("", ""), Some("many-gates"));
    draft.gates.clear();
    assert_eq!(draft.missing("a", "b"), Some("passphrases-differ"));
}

#[test]
fn what_the_node_would_refuse_is_found_before_a_sheet_is_drawn() {
    let (long, hides) = ("长".repeat(41), "a\u{202e}b".to_owned());
    for name in [long, hides] {
        let draft = |name: &str, office: &str, gates: &str| FoundDraft {
            name: name.into(),
            office: office.into(),
            gates: gates.into(),
            ..filled()
        };
        let gate = format!("东门，{name}");
        for (draft, code) in [
            (draft(&name, "居委会", ""), "community-name-unfit"),
            (draft("园", &name, ""), "office-name-unfit"),
            (draft("园", "居委会", &gate), "gate-name-unfit"),
        ] {
            assert_eq!(draft.missing("", ""), Some(code));
        }
    }
    assert_eq!(filled().missing("  ", "  "), Some("empty-passphrase"));
    assert_eq!(filled().missing(" a ", " a "), None);
}

#[test]
fn nothing_is_founded_before_two_words_of_the_sheet_are_typed() {
    let (mut draft, paper) = (filled(), paper());
    assert_eq!(draft.request(&paper, ""), Err("sheet-words"));
    draft.typed = [Passphrase("word7".into()), Passphrase("word23".into())];
    assert_eq!(draft.request(&paper, ""), Err("sheet-words"));
    draft.typed[1] = Passphrase(" WORD24 ".into());
    let request = draft.request(&paper, "opens").unwrap();
    assert_eq!(request.name, "朝阳花园");
    let gates = [(1, "东门"), (2, "西门"), (3, "后门")].map(|(n, name)| (n, name.to_owned()));
    assert_eq!(request.gates, gates);
    assert_eq!(request.utc_offset_min, 480);
    assert_eq!(request.passphrase, Some(Passphrase("opens".into())));
    assert_eq!(draft.request(&paper, "").unwrap().passphrase, None);
}

#[test]
fn a_sheet_that_asks_for_a_word_it_has_not_founds_nothing() {
    let draft = filled();
    for ask in [[0, 1], [25, 1], [255, 255]] {
        let paper = Paper { ask, ..*paper() };
        assert_eq!(draft.request(&paper, ""), Err("sheet-words"));
    }
}

#[test]
fn every_stage_says_what_to_do_in_both_languages_and_no_secret_is_printed() {
    let stages = [
        FoundStage::Form,
        FoundStage::Drawing,
        FoundStage::Sheet(paper()),
        FoundStage::Founding(paper()),
    ];
    let codes = [
        "no-name",
        "no-office",
        "bad-offset",
        "many-gates",
        "passphrases-differ",
        "sheet-words",
        "community-name-unfit",
        "empty-passphrase",
        "keys-exist",
        "home-busy",
        "of-a-later-version",
    ];
    for words in [zh(), en()] {
        for stage in &stages {
            for code in codes {
                let draft = FoundDraft {
                    stage: stage.clone(),
                    problem: Some(code.into()),
                    ..filled()
                };
                let page = found(&words, &draft);
                let printed = format!("{page:?}{draft:?}");
                assert!(!printed.contains('⟦'), "{printed}");
                assert!(!printed.contains("word7"), "{printed}");
                let waits = matches!(stage, FoundStage::Drawing | FoundStage::Founding(_));
                assert_eq!(page.button.is_none(), waits, "nothing is pressed twice");
                if let Some(sheet) = page.sheet {
                    assert_eq!(sheet.words.len(), 24);
                    assert!(sheet.fields[0].contains('7'));
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn an_offset_is_read_or_refused_and_never_more_than_fourteen_hours(text in "\\PC{0,8}") {
        if let Some(minutes) = offset(&text) {
            prop_assert!(minutes.abs() < 15 * 60);
        }
    }
}
