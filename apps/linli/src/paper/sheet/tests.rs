//! The sheet says everything the gate told, in both languages, and nothing it was not told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::words::Words;
use linli_view::words::Lang;
use serde_json::json;
use std::time::Duration;

/// No home answers, so dates are at Beijing's offset.
fn ctx(lang: Lang) -> Ctx {
    let folder = std::env::temp_dir().join("linli-no-such-home");
    Ctx::new(
        Words::of(lang),
        true,
        Some(folder),
        None,
        Duration::from_secs(1),
    )
}

fn told() -> Value {
    json!({
        "status": {"gate": {"no": 1, "name": "东门"}, "clock": "DRIFT", "cancels_as_of_ms": 1_795_388_400_000_u64},
        "expected": [
            {"label": "王*", "unit": "3-2-501", "from_ms": 1_795_388_400_000_u64, "until_ms": 1_795_402_800_000_u64,
                "entries": 2, "used": 1, "companions": 2, "windows": 0, "phone": "13800000000"},
            {"label": "刘阿姨", "unit": "1-1-101", "from_ms": 1_795_388_400_000_u64, "until_ms": 1_799_000_000_000_u64,
                "entries": 0, "used": 0, "windows": 2, "hours": [[0b1_0101, 540, 690], [127, 840, 1080]]},
            {"label": "陈师傅", "unit": "1-1-102", "from_ms": 1_795_388_400_000_u64, "until_ms": 1_799_000_000_000_u64,
                "entries": 0, "used": 0, "windows": 3, "plate": "京Q88B26"},
        ],
        "inside": [{"label": "老周", "unit": "3-2-501", "since_ms": 1_795_388_400_000_u64, "overstayed_s": 60,
            "until_ms": 1_795_388_400_000_u64}],
        "refused": [{"name": "推销员", "unit": "3-1-701"}, {"plate": "京N58K21"}],
    })
}

fn made(lang: Lang) -> Sheet {
    let told = told();
    let told = Told {
        status: told.field("status"),
        expected: told.list("expected"),
        inside: told.list("inside"),
        refused: told.list("refused"),
    };
    sheet(&ctx(lang), &told)
}

#[test]
fn helpers_stand_with_their_days_and_hours_apart_from_guests() {
    let sheet = made(Lang::ZhCn);
    let [inside, once, regular, plates, refused] = &sheet.tables[..] else {
        panic!("{} tables", sheet.tables.len());
    };
    assert_eq!(inside.rows[0][1], "老周");
    assert!(inside.rows[0][4].contains("超时"), "{:?}", inside.rows);
    assert_eq!(once.rows.len(), 1);
    assert_eq!(
        (once.rows[0][1].as_str(), once.rows[0][4].as_str()),
        ("王* +2", "1")
    );
    assert_eq!(
        regular.rows[0][2],
        "周一 周三 周五 09:00–11:30\n每天 14:00–18:00"
    );
    assert!(regular.rows[1][2].contains('3'), "{:?}", regular.rows[1]);
    assert_eq!(plates.rows[0][0], "京Q88B26");
    assert_eq!(refused.rows[1][2], "全小区");
    assert!(!format!("{sheet:?}").contains("13800000000"));
}

#[test]
fn freshness_and_a_doubtful_clock_are_said_first_in_both_languages() {
    for (lang, words) in [
        (Lang::ZhCn, ["11月23日 周一 07:00", "不知道", "核对"]),
        (Lang::En, ["07:00", "does not know", "compared"]),
    ] {
        let sheet = made(lang);
        let lines = sheet.lines.join("\n");
        for word in words {
            assert!(lines.contains(word), "{lang}: {word} in {lines}");
        }
        assert!(sheet.title.contains("东门") && !format!("{sheet:?}").contains('⟦'));
        let pdf = sheet.pdf(&faces().unwrap(), &|_, _| String::new()).unwrap();
        assert!(
            pdf.starts_with(b"%PDF-") && pdf.len() < 200_000,
            "{}",
            pdf.len()
        );
    }
}
